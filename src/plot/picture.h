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
                                 const struct plot_panels *panels, enum plot_style style);
void picture_free(struct plot_picture *picture);

/* Copies it to (row, column), clipped at the canvas's edges. */
void picture_show(const struct plot_picture *picture, struct canvas *canvas, int row, int column);

/*
 * Lays a vertical line over all panels of the picture shown at (row, column). cursor is in units of
 * x; NaN: nothing is drawn. panels must have the lines of those that it was drawn from.
 */
void picture_draw_cursor(const struct plot_picture *picture, const struct plot_panels *panels,
                         double cursor, struct canvas *canvas, int row, int column);

/* Where each panel lies on a canvas that shows it at (row, column); frames: one a panel. */
void picture_frames(const struct plot_picture *picture, int row, int column,
                    struct plot_frame *frames);

#endif
