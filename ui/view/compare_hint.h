/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the status line says beside a comparison. */
#ifndef UI_VIEW_COMPARE_HINT_H
#define UI_VIEW_COMPARE_HINT_H

struct app;
struct buffer;

/*
 * Appends both curves at the cursor, in efficiency and, where peaks are known, in milliseconds;
 * below 60 columns in fewer words. Before it the row in hand, where not all rows have room.
 */
void compare_hint(const struct app *app, struct buffer *out);

#endif
