/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plot drawn once, to be shown again and again: finding places for labels costs far more than
 * copying cells. The cursor is no part of it; it is laid over what is shown.
 */
#ifndef PLOT_PICTURE_H
#define PLOT_PICTURE_H

#include "plot/plot.h"

struct plot_picture;

/*
 * Draws panels as plot_draw does, rows x columns large. Keeps nothing of them; the caller frees it.
 */
struct plot_picture *picture_new(int rows, int columns, enum text_charset charset,
                                 const struct plot_axis *x, const struct plot *panels,
                                 size_t panel_count, enum plot_style style);
void picture_free(struct plot_picture *picture);

/*
 * Copies it to (row, column), clipped at the canvas's edges. cursor (NaN: none) is a vertical line
 * in all panels, for which panels must describe the same as those it was drawn from. frames (NULL,
 * or as many as panels were asked for) receives where each came to lie on the canvas.
 */
void picture_show(const struct plot_picture *picture, const struct plot *panels, double cursor,
                  struct canvas *canvas, int row, int column, struct plot_frame *frames);

#endif
