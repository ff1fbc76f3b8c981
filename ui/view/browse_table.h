/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The browser's list as a table, with as many columns as the screen has room for. */
#ifndef UI_VIEW_BROWSE_TABLE_H
#define UI_VIEW_BROWSE_TABLE_H

#include <stdbool.h>

#include "plot/canvas.h"
#include "report/fields.h"

struct app;

/* Draws headings and rows; there must be at least one. */
void browse_table_draw(const struct app *app, struct canvas *canvas, struct rect area);

/*
 * The field that is sorted by in the next column to the right of that of field, or in the one to
 * its left; round at the ends. field NULL stands for the first column's.
 */
const struct field *browse_table_field(const struct app *app, const struct field *field, bool next);

#endif
