/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was marked for a comparison: up to eight calibrations, the first of them side A; or one
 * curve. The list and the curves mark and compare in the same way.
 */
#ifndef UI_MARKS_H
#define UI_MARKS_H

#include <stddef.h>

#include "base/buffer.h"

struct app;
struct file;
struct side;

/* The place of the file at path among the marks; their count where it has none. */
size_t marks_find(const struct app *app, const char *path);

/* Takes the marks off a file whose calibration is about to go. */
void marks_drop(struct app *app, const struct file *file);

/*
 * Marks a side, or takes its mark away. A curve goes with no other mark, and no other with it: what
 * that takes away is said.
 */
void marks_turn(struct app *app, struct side side);

/*
 * Appends what is marked and which key compares that with `with`, as in "this curve"; nothing where
 * nothing is marked.
 */
void marks_describe(const struct app *app, const char *with, struct buffer *out);

/*
 * Compares all that is marked, and this side, if it is not: two calibrations beside one another,
 * more over one another.
 */
void marks_compare(struct app *app, struct side side);

#endif
