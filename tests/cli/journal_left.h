/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a session that was killed leaves: a journal of one edit in the user's folder. */
#ifndef TESTS_CLI_JOURNAL_LEFT_H
#define TESTS_CLI_JOURNAL_LEFT_H

#include "../journal_start.h"
#include "answer.h"
#include "base/folders.h"
#include "tune/journal.h"
#include "tune/session.h"

/* The journal of a session that scaled the file's conv2d by factor. */
static inline void journal_left_in(const char *file, double factor)
{
    struct calibration *calibration;
    struct journal_writer *writer;
    struct curve_version *next;
    size_t length;
    char *folder = folder_state();
    assert_int_equal(calibration_load(file, &calibration, NULL), STATUS_OK);
    struct session *session = session_new(calibration);
    const char *bytes = json_document_bytes(calibration->document, &length);
    size_t curve = (size_t)(calibration_find(calibration, "conv2d", NULL) - calibration->curves);
    assert_int_equal(journal_start(folder, file, bytes, length, &writer, NULL), STATUS_OK);
    assert_int_equal(edit_scale(session_current(session, curve), factor, &next, NULL), STATUS_OK);
    assert_int_equal(journal_append(writer,
                                    &(struct journal_entry){JOURNAL_EDIT, "conv2d", JOURNAL_COMPUTE,
                                                            "scaled", next},
                                    NULL),
                     STATUS_OK);
    version_free(next);
    journal_keep(writer);
    session_free(session);
    calibration_free(calibration);
    free(folder);
}

#endif
