/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the mouse does in the explorer: lists, the footer and plots under the pointer. Finding out
 * what is there is pure: layout -> row of a list, or place in a plot -> FLOPs and efficiency.
 */
#ifndef UI_POINTER_H
#define UI_POINTER_H

#include <stdbool.h>
#include <stddef.h>

#include "plot/plot.h"
#include "ui/terminal/mouse.h"

struct app;
struct layout;

/* Between events. Zeroed, nothing goes on. */
struct pointer_state {
    bool held; /* the button went down in the plot, and the view follows it until it is let go */
    /*
     * The last click has opened something. If it was the first of a double click, the second one
     * must not act on what was opened.
     */
    bool entered;
    struct mouse_event click;
};

/* A place in a panel of a plot, on the screen and in the panel's units. */
struct plot_place {
    size_t panel; /* 0: efficiency over FLOPs */
    struct plot_frame frame;
    int row, column;
    double x, y; /* of the cell's middle, in as few digits as tell it from the next cell's */
};

/*
 * The item at a place of a list of count lines that stands in area below head rows, scrolled as
 * layout_first_line says; -1 where there is none.
 */
int pointer_line(struct rect area, int head, int selected, int count, int row, int column);

/* Whether a cell of the screen lies in area. */
bool pointer_in(struct rect area, int row, int column);

/*
 * Among count places in data units the one nearest to the pointer, within reach (2 columns, 1 row);
 * -1 where there is none.
 */
int pointer_nearest(const struct plot_place *place, const double *x, const double *y, size_t count);

/* Takes an event. False where it changed nothing that is shown. */
bool app_mouse(struct app *app, const struct mouse_event *event);

#endif
