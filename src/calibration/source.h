/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a calibration comes from, as the command line names it: a path, a registry id, FILE@REV (a
 * revision in the git repository that the file is in), or "-" for standard input.
 */
#ifndef CALIBRATION_SOURCE_H
#define CALIBRATION_SOURCE_H

#include "base/error.h"
#include "calibration/calibration.h"

/*
 * Resolves argument and reads it. registry is the folder for ids. *path (may be NULL) receives the
 * file's path, or NULL where there is none to save to (a revision, standard input); the caller
 * frees it and *out. Errors have no file name in them: the caller knows the argument.
 */
enum status source_load(const char *argument, const char *registry, struct calibration **out,
                        char **path, struct error *error);

/* The file at path as it stood in a revision of its repository. The caller frees *out. */
enum status source_load_revision(const char *path, const char *revision, struct calibration **out,
                                 struct error *error);

/*
 * The revision of FILE@REV, borrowed from argument, and in *file what stands before it, for the
 * caller to free. NULL, with *file as it was, where it is no such name. A file may be called so all
 * the same: look for that first.
 */
const char *source_split_revision(const char *argument, char **file);

/* The path of the file that a path or id names; the caller frees it. NULL with a message. */
char *source_find(const char *argument, const char *registry, struct error *error);

#endif
