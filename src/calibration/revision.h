/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file as it stood in a revision of the git repository that it is in (libgit2). */
#ifndef CALIBRATION_REVISION_H
#define CALIBRATION_REVISION_H

#include <stddef.h>

#include "base/error.h"

struct buffer;

/*
 * Appends the bytes of path as of revision (a branch, tag, commit, HEAD~1) to out. The file must
 * exist in the work tree. Refuses more than limit bytes.
 */
enum status revision_read(const char *path, const char *revision, size_t limit, struct buffer *out,
                          struct error *error);

/*
 * Appends names of revisions of the repository that path is in, a line each: HEAD, those before it,
 * branches, tags. Nothing where there is no repository.
 */
void revision_list(const char *path, struct buffer *out);

#endif
