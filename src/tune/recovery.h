/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking up the edits of a session that ended before they were saved. */
#ifndef TUNE_RECOVERY_H
#define TUNE_RECOVERY_H

#include <stdbool.h>

#include "base/error.h"
#include "tune/journal.h"
#include "tune/merge.h"
#include "tune/session.h"

/* A journal with the session that it tells of, over the file as that session had loaded it. */
struct recovery {
    struct journal *journal;
    struct calibration *loaded;
    struct session *session;
};

/*
 * Reads the journal at path and does all its edits again. STATUS_INVALID where it makes no sense.
 */
enum status recovery_open(const char *path, struct recovery *out, struct error *error);

/* The same of a journal that is read already; takes it, also where it fails. */
enum status recovery_make(struct journal *journal, struct recovery *out, struct error *error);
void recovery_done(struct recovery *recovery);

/* Whether the file is still the one that the edits started from. */
bool recovery_is_current(const struct recovery *recovery, const struct calibration *now);

/*
 * Does the edits in session, which is over the file as it is now: one by one where that is still
 * the same and session has no unsaved edits, so that each can be undone; else merged, one step a
 * curve. STATUS_CHANGED, with nothing done, where the merge meets a conflict that it may not
 * decide.
 */
enum status recovery_apply(const struct recovery *recovery, struct session *session,
                           enum merge_conflict conflict, struct error *error);

/*
 * The curve of session, which has the edits now, that the last of them is about: of those that are
 * not saved, unless none is. False where it has no such curve.
 */
bool recovery_last_curve(const struct recovery *recovery, const struct session *session,
                         size_t *curve);

/*
 * Whether the file holds every curve as the edits left it: there is nothing to take up. Never where
 * a part of the journal cannot be read.
 */
bool recovery_is_done(const struct recovery *recovery, const struct calibration *now);

/*
 * Whether session has every curve as the edits left it, saved or not. So it is where a session that
 * had taken them up into a journal of its own ended before the one that it had them from was gone.
 */
bool recovery_is_in(const struct recovery *recovery, const struct session *session);

/*
 * The files that the journals of folder which no running program writes are about, one for each
 * journal that has something to take up, or may have: it, or the file, makes no sense. The caller
 * frees the strings and the array; NULL where the folder cannot be read.
 */
char **recovery_files(const char *folder, size_t *count);

#endif
