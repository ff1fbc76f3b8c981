/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small plots of the overlay, one an operation: how they lie, what each shows. */
#ifndef UI_VIEW_OVERLAY_MULTIPLES_H
#define UI_VIEW_OVERLAY_MULTIPLES_H

#include <stddef.h>

#include "plot/canvas.h"

struct app;
struct layout;
struct overlay_state;
struct plot_pane;

/* How the small plots lie. */
struct overlay_grid {
    struct rect area;
    int columns, rows; /* of plots that are shown */
    int first;         /* row of plots */
};

/* The grid whose plots are legible and have the selected operation's among them. */
struct overlay_grid overlay_multiples_grid(const struct app *app, const struct layout *layout);

/* The rectangle of the i-th small plot that is shown, its heading included. */
struct rect overlay_multiples_area(const struct overlay_grid *grid, int i);

/* What the small plot of an operation shows, below its heading; the caller ends the pane. */
void overlay_multiples_fill(const struct app *app, const struct overlay_grid *grid, size_t row,
                            struct plot_pane *pane);

/* Draws those that are shown, each with its heading. */
void overlay_multiples_draw(const struct app *app, struct canvas *canvas,
                            const struct layout *layout);

/* After every key: the shared axes follow what is drawn. */
void overlay_multiples_follow(struct app *app);

#endif
