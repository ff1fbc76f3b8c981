/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file that only grows, by records that are on the disk when the call that adds them returns.
 *
 * It is made new, locked for as long as it is open, and private to the user. A record whose append
 * failed is taken off again, so what follows is never joined to half of one.
 */
#ifndef BASE_FILE_LOG_H
#define BASE_FILE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct file_log;

/* What a log is called: FOLDER/STEM-NUMBER.SUFFIX; larger numbers are younger. Borrowed. */
struct file_log_name {
    const char *folder, *stem, *suffix;
};

/*
 * Makes a log, and the folders on the way (mode 0700), with length bytes of first as its content;
 * durable, with all that leads to it, on return. The caller closes or removes *out.
 */
enum status file_log_new(const struct file_log_name *name, const char *first, size_t length,
                         struct file_log **out, struct error *error);

/*
 * Appends a record. On failure the file is as it was before; where even that fails, every later
 * append does too, and a reader must leave out the torn end.
 */
enum status file_log_append(struct file_log *log, const char *record, size_t length,
                            struct error *error);

const char *file_log_path(const struct file_log *log); /* borrowed */

/* Each frees log (NULL: nothing to do): the file stays, or goes. */
void file_log_close(struct file_log *log);
void file_log_remove(struct file_log *log);

/* Whether a program has the log at path open. False as well where it cannot be opened. */
bool file_log_in_use(const char *path);

/* Removes the log at path unless it is in use; STATUS_REFUSED where it is. */
enum status file_log_remove_left(const char *path, struct error *error);

#endif
