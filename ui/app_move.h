/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How selections, texts and cursors move. */
#ifndef UI_APP_MOVE_H
#define UI_APP_MOVE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/action.h"

struct app;

/* Moves a list's selection by what the action says; false where it is no movement. */
bool app_move(const struct app *app, enum action action, size_t *selected, size_t count);

/*
 * Scrolls a text by what the action says: *top is the row shown first, last that of the last page.
 * False where it is no movement.
 */
bool app_scroll(const struct app *app, enum action action, size_t *top, size_t last);

/* Shows a row of a text: on top, or with the last page where that is near the end. */
void app_scroll_to(size_t row, size_t *top, size_t last);

/*
 * Moves a cursor along [low, high] FLOPs by what the action says: 1/100 of what is shown of the
 * range, 1/10 for the far ones; beyond the ends by air (a share of the range). False where it is no
 * movement.
 */
bool app_move_cursor(const struct app *app, enum action action, double low, double high, double air,
                     double *cursor);

/* A cursor put to FLOPs, within the same bounds. */
void app_put_cursor(double flops, double low, double high, double air, double *cursor);

/* Moves a cursor to a size as far as [low, high] and air let it, and says so where they do not. */
void app_look_at(struct app *app, double flops, double low, double high, double air,
                 double *cursor);

#endif
