/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The refit view's table: the curve as it is and every fit, judged by the same points. */
#ifndef UI_VIEW_FIT_TABLE_H
#define UI_VIEW_FIT_TABLE_H

#include "ui/app.h"

/*
 * Rows that the table would like: the sentence, head, rows, parameters, the longest list of
 * warnings.
 */
int fit_table_rows(const struct app *app);

/* Draws the table, of the laboratory in hand. */
void fit_table_draw(const struct app *app, struct canvas *canvas, struct rect area);

/*
 * What the selected fit does to latency, where the table has no room to say it below the rows; ""
 * where it says it, or there is nothing to say.
 */
const char *fit_table_hidden_latency(const struct app *app);

/* Draws all that is remarked on the selected fit, from that row on. Returns the row behind. */
int fit_table_draw_remarks(const struct app *app, struct canvas *canvas, int row);

/* The row of the table at a place on the screen; -1: none. */
int fit_table_row_at(const struct app *app, struct rect area, int row, int column);

/* The table's rows, to be searched. */
void fit_table_text(const struct app *app, struct search_text *out);

/* The fit in the selected row; NULL for the current curve. */
const struct fit *fit_table_selected(const struct app *app);

#endif
