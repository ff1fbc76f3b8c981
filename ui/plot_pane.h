/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plot of a view: what the view puts into it, and the part of it that is shown. A view fills a
 * pane (its plot function); drawing, zooming and the mouse all ask that one.
 */
#ifndef UI_PLOT_PANE_H
#define UI_PLOT_PANE_H

#include "report/scene.h"
#include "report/window.h"
#include "ui/action.h"

struct app;
struct canvas;
struct layout;

/* Owns curves and effects; the rest is borrowed from the app. */
struct plot_pane {
    struct rect area;
    struct scene_curve *curves;
    size_t count;
    struct scene_options options; /* .window: axes that are locked, or NULL */
    double cursor;                /* FLOPs; NaN: none */
    double focus_x, focus_y;      /* what the user is on, FLOPs and efficiency; NaN: nothing */
    double *effects;              /* of the curves, or NULL */
    char without[64];
    bool fixed; /* other axes than FLOPs and efficiency: there is no part of it */
};

/* What is shown of the plot in hand. Zeroed: all of it. */
struct plot_part {
    struct window window;
    double focus_x, focus_y; /* as last followed */
};

/* An empty pane with room for count curves. */
void plot_pane_init(struct plot_pane *pane, size_t count);
void plot_pane_done(struct plot_pane *pane);

/* Draws the view's plot. */
void plot_pane_draw(const struct app *app, struct canvas *canvas, const struct layout *layout);

/* Where its panels lie on the screen; returns how many there are. */
size_t plot_pane_frames(const struct app *app, const struct layout *layout,
                        struct plot_frame frames[PLOT_PANELS_MAX]);

/* Zoom and pan, as the action says; false where it is neither. */
bool plot_pane_act(struct app *app, enum action action);

/* Whether that is what the action is for. */
bool plot_pane_is_about_part(enum action action);

/* Zooms by steps (positive: in) about a place, in FLOPs and efficiency. */
void plot_pane_zoom(struct app *app, double flops, double efficiency, int steps);

/* Moves the part by shares of what is shown. */
void plot_pane_pan(struct app *app, double x, double y);

/* After every key: the part goes along with what the user is on, and stays inside the plot. */
void plot_pane_follow(struct app *app);

/* Shows all again: another curve, another view. */
void plot_pane_reset(struct app *app);

/* "part: 20 M to 300 M ", of the axis of sizes; nothing where all is shown. */
void plot_pane_append_part(const struct app *app, struct buffer *out);

/* Takes [low, high] to what is shown of it, so that steps of a cursor fit the part. */
void plot_pane_narrow(const struct app *app, double *low, double *high);

#endif
