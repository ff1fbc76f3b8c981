/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table below the plot of several calibrations: one row for each. */
#ifndef UI_VIEW_OVERLAY_TABLE_H
#define UI_VIEW_OVERLAY_TABLE_H

#include "plot/canvas.h"

struct app;
struct buffer;
struct layout;
struct overlay_state;

/* Compares each calibration with the reference anew; what it makes is the state's to forget. */
void overlay_table_compare(struct app *app);

/* Frees these comparisons. */
void overlay_table_forget(struct overlay_state *state);

/*
 * The rows of names, two in each, that stand above plots which have neither table nor hint for
 * them, within so many; 0 where they have.
 */
int overlay_name_rows(const struct app *app, const struct layout *layout);

/* Appends them in one line: "o A = orin_15w", without the folders that all have in common. */
void overlay_append_names(const struct app *app, struct buffer *out);

/* Draws them, two in each row of area. */
void overlay_names_draw(const struct app *app, struct canvas *canvas, struct rect area);

/* A row of names, then a row a calibration, as many as area has. */
void overlay_table_draw(const struct app *app, struct canvas *canvas, struct rect area);

#endif
