/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the parts of a plot lie in its area: heads, margins, panels, axes. Private to plot. */
#ifndef PLOT_LAYOUT_H
#define PLOT_LAYOUT_H

#include "plot/axis.h"
#include "plot/plot.h"

/* Ticks on cells: at[i] is the row or column within inner where tick i stands. */
struct tick_row {
    struct axis_tick ticks[AXIS_TICKS_MAX];
    int at[AXIS_TICKS_MAX];
    int columns[AXIS_TICKS_MAX]; /* of the labels */
    size_t count;
};

struct panel_layout {
    struct rect head; /* the row with title and legend; no rows: there is none */
    struct rect inner;
    int axis_row; /* of the x axis: below inner, or below the last panel where all share one */
    struct plot_axis y;
    struct tick_row ticks; /* of y, from low to high */
};

/*
 * panels says how many of those asked for have room. Left of each inner lie margin columns for
 * labels (0: none are shown), and one for the axis.
 */
struct plot_layout {
    struct rect area;
    struct plot_axis x;
    struct panel_layout panel[PLOT_PANELS_MAX];
    size_t panels;
    int margin;
    int gap;                   /* blank columns between labels and the y axis; part of margin */
    int labels_row, title_row; /* of the x axis, on the canvas; -1: not shown */
    struct tick_row ticks;     /* of x */
};

/* False where the area is too small for any plot. */
bool layout_arrange(struct plot_layout *layout, struct rect area, const struct plot_panels *panels,
                    enum text_charset charset);

/* Whether the x axis below a panel is its own, or that of all. */
bool layout_has_axis(const struct panel_layout *panel);

/* Where an x label of columns, centred at a tick, begins: in columns of the area, kept inside. */
int layout_label_start(const struct plot_layout *layout, int at, int columns);

#endif
