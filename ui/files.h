/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files that were opened since the program began: each with its calibration as loaded and its
 * editing session, kept until the end so that going back to the list loses nothing.
 */
#ifndef UI_FILES_H
#define UI_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "calibration/calibration.h"
#include "tune/session.h"

/* Owned by struct files; the pointer stays valid until files_done. */
struct file {
    char *id;
    char *path;
    struct calibration *calibration;
    struct session *session;
    bool **left_out; /* [curve][point]: points that refits leave out; of this run only, not saved */
    double peak[2];  /* theoretical peak in FLOP/s, and in bytes/s for bandwidth; NaN: not given */
};

struct files {
    struct file **items;
    size_t count;
};

/* The opened file of that path, opened now if it was not yet. */
enum status files_open(struct files *files, const char *id, const char *path, struct file **out,
                       struct error *error);
struct file *files_find(const struct files *files, const char *path);
size_t files_modified_count(const struct files *files);
void files_done(struct files *files);

size_t file_index_of(const struct file *file, const struct calibration_curve *curve);

/* The curve as the user sees it now: the session's current version. Borrowed until the next edit.
 */
struct curve file_curve(const struct file *file, size_t curve);

/*
 * Writes the file's changes with a note (NULL: none). overwrite: also when the file on disk is not
 * the one that was loaded. After STATUS_OK and STATUS_UNSYNCED the file is unmodified, and its
 * history still undoes.
 */
enum status file_save(struct file *file, const char *note, bool overwrite, struct error *error);

/* Loads the file anew; its history is gone. */
enum status file_reload(struct file *file, struct error *error);

#endif
