/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing what surrounds the data. Private to plot. */
#ifndef PLOT_FRAME_H
#define PLOT_FRAME_H

#include "plot/glyphs.h"
#include "plot/layout.h"

/* Axis lines, y labels, grid, and the stretches of the x axis that mean something. */
void frame_draw_panel(struct canvas *canvas, const struct plot_layout *layout, size_t index,
                      const struct plot *plot, const struct glyphs *glyphs);

/* Writes the panel's title and returns what it leaves of the head row, for the legend. */
struct rect frame_draw_head(struct canvas *canvas, const struct panel_layout *panel,
                            const char *title);

/*
 * What a title of the x axis that begins on the left leaves of its row; without rows where that is
 * nothing.
 */
struct rect frame_title_rest(const struct canvas *canvas, const struct plot_layout *layout);

/* Labels and title of the shared x axis, the title in the middle or on the left. */
void frame_draw_x_labels(struct canvas *canvas, const struct plot_layout *layout, bool left);

#endif
