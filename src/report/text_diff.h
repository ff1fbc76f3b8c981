/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A unified diff of two texts, as git prints it (libgit2). */
#ifndef REPORT_TEXT_DIFF_H
#define REPORT_TEXT_DIFF_H

#include <stddef.h>

struct buffer;

/*
 * Appends a unified diff with three lines of context, from its "---" line on; nothing where the
 * texts are equal. name stands in its header as a/name and b/name.
 *
 * Where a line changed that nobody could read (JSON on one line), all lines are taken apart between
 * members and items, and headings of hunks say where in the texts these parts are: "@@ -LINE:COLUMN
 * +LINE:COLUMN @@". That is for people, and no patch.
 */
void text_diff(const char *old, size_t old_length, const char *now, size_t length, const char *name,
               struct buffer *out);

#endif
