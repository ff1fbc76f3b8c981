/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table below the plot of several calibrations: one row for each. */
#ifndef UI_VIEW_OVERLAY_TABLE_H
#define UI_VIEW_OVERLAY_TABLE_H

#include "compare/operations.h"
#include "plot/canvas.h"
#include "report/figures.h"

struct app;
struct buffer;
struct layout;
struct overlay_state;

/* Compares each calibration with the reference anew; what it makes is the state's to forget. */
void overlay_table_compare(struct app *app);

/* Frees these comparisons. */
void overlay_table_forget(struct overlay_state *state);

/*
 * How many rows of names, two in each, stand above the plots: as many as there is room for, and
 * none where the table or the hint has the names.
 */
int overlay_name_rows(const struct app *app, const struct layout *layout);

/* Appends the names in one line: "o A = orin_15w", without the folders that all have in common. */
void overlay_append_names(const struct app *app, struct buffer *out);

/* Draws the names, two in each row of area. */
void overlay_names_draw(const struct app *app, struct canvas *canvas, struct rect area);

/* Each calibration but the reference, beside it, for report/figures.h. Returns their number. */
size_t overlay_curves(const struct overlay_state *state,
                      struct overlaid_curve curves[COMPARE_CALIBRATIONS_MAX]);

/* Draws a row of headings, then a row for each calibration, as many as area has rows. */
void overlay_table_draw(const struct app *app, struct canvas *canvas, struct rect area);

#endif
