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
    double focus_x, focus_y;      /* where the user is, in FLOPs and efficiency; NaN: nowhere */
    double *effects;              /* of curves[0], or NULL */
    char without[64];
    bool fixed; /* its axes are not FLOPs and efficiency, so there is nothing to zoom */
};

/* What is shown of the plot in hand. Zeroed: all of it. */
struct plot_part {
    struct window window;
    double focus_x, focus_y; /* where the user was when the part last followed */
};

/* An empty pane with room for count curves. */
void plot_pane_init(struct plot_pane *pane, size_t count);
void plot_pane_done(struct plot_pane *pane);

/* Draws the view's plot. */
void plot_pane_draw(const struct app *app, struct canvas *canvas, const struct layout *layout);

/* Where the panels of the view's plot lie on the screen; returns how many there are. */
size_t plot_pane_frames(const struct app *app, const struct layout *layout,
                        struct plot_frame frames[PLOT_PANELS_MAX]);

/* Zooms or pans as the action says; false where the action is for neither. */
bool plot_pane_act(struct app *app, enum action action);

/* Whether the action is for zooming or panning. */
bool plot_pane_is_about_part(enum action action);

/* Zooms by steps (positive: in) about a place, in FLOPs and efficiency. */
void plot_pane_zoom(struct app *app, double flops, double efficiency, int steps);

/* Moves the part by shares of what is shown. */
void plot_pane_pan(struct app *app, double x, double y);

/* To be called after every key: has the part follow the user, and stay inside the plot. */
void plot_pane_follow(struct app *app);

/* Shows all of the plot again, as for another curve or view. */
void plot_pane_reset(struct app *app);

/* "part: 20 M to 300 M", of the axis of sizes; nothing where all is shown. */
void plot_pane_append_part(const struct app *app, struct buffer *out);

/* Narrows [low, high], in FLOPs, to the part that is shown, so that steps of a cursor suit it. */
void plot_pane_narrow(const struct app *app, double *low, double *high);

#endif
