/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table below the plot of several calibrations: one row for each. */
#ifndef UI_OVERLAY_TABLE_H
#define UI_OVERLAY_TABLE_H

#include "plot/canvas.h"

struct app;
struct overlay_state;

/* Compares each calibration with the reference anew; what it makes is the state's to forget. */
void overlay_table_compare(struct app *app);

/* Frees these comparisons. */
void overlay_table_forget(struct overlay_state *state);

/* A row of names, then a row a calibration, as many as area has. */
void overlay_table_draw(const struct app *app, struct canvas *canvas, struct rect area);

#endif
