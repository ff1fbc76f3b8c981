/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure as rows of a list: name and value, beside them formula, what went in, why it is n/a. */
#ifndef UI_VIEW_FIGURE_ROWS_H
#define UI_VIEW_FIGURE_ROWS_H

#include "plot/canvas.h"
#include "report/figures.h"

/* Draws a figure from that row on. Returns its rows. */
int figure_rows_draw(struct canvas *canvas, int row, const struct figure *figure);

#endif
