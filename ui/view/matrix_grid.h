/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid of the matrix view on the screen: where its parts lie, which cells are shown. */
#ifndef UI_VIEW_MATRIX_GRID_H
#define UI_VIEW_MATRIX_GRID_H

#include <stddef.h>

#include "plot/canvas.h"

struct app;

/* Rectangles and widths are of the screen; rows and columns of cells count from 0. */
struct matrix_grid {
    struct rect heading, names, body, legend, sentence;
    int name_columns, cell_columns;                /* in columns of the screen, blanks included */
    size_t first_row, rows, first_column, columns; /* of the cells that are shown */
};

/* Lays the shown face out in area, the selected cell among those shown. The face has cells. */
struct matrix_grid matrix_grid_lay_out(const struct app *app, struct rect area);

/* Draws the shown face's cells, names, legend and sentence where the grid has them. */
void matrix_grid_draw(const struct app *app, struct canvas *canvas, const struct matrix_grid *grid);

#endif
