/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How selections, texts and cursors move. */
#ifndef UI_APP_MOVE_H
#define UI_APP_MOVE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/action.h"

struct app;

/* Moves a list's selection as the action says; false where the action is no movement. */
bool app_move(const struct app *app, enum action action, size_t *selected, size_t count);

/*
 * Scrolls a text as the action says: *top is the first row shown, last its value on the last page.
 * False where the action is no movement.
 */
bool app_scroll(const struct app *app, enum action action, size_t *top, size_t last);

/* Scrolls so that a row is the first one shown or, near the end, as far as the last page. */
void app_scroll_to(size_t row, size_t *top, size_t last);

/*
 * Moves a cursor within [low, high] FLOPs as the action says: by 1/100 of the part of the range
 * that is shown, or 1/10 for the far actions. The cursor may pass either end by air, a share of the
 * range. False where the action is no such movement.
 */
bool app_move_cursor(const struct app *app, enum action action, double low, double high, double air,
                     double *cursor);

/* Puts the cursor at flops or, beyond these bounds, at the nearer of them. */
void app_put_cursor(double flops, double low, double high, double air, double *cursor);

/* The same, with a message where flops lies beyond the bounds. */
void app_look_at(struct app *app, double flops, double low, double high, double air,
                 double *cursor);

#endif
