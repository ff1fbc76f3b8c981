/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A view: a table of functions. What it remembers is its own part of the state (ui/app.h); it
 * reaches the terminal only through the canvas. Functions that take a const app only read.
 */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "plot/canvas.h"
#include "ui/action.h"
#include "ui/layout.h"
#include "ui/plot_pane.h"
#include "ui/pointer.h"
#include "ui/search.h"
#include "ui/terminal/mouse.h"

struct app;

struct view {
    enum view_id id;
    void (*draw)(const struct app *app, struct canvas *canvas, const struct layout *layout);
    bool (*act)(struct app *app, enum action action); /* false: not an action of this view */
    /* Whether an action has no effect now: its key then stays out of the footer; or NULL. */
    bool (*idle)(const struct app *app, enum action action);
    void (*hint)(const struct app *app, struct buffer *out); /* status line without a message */
    void (*leave)(struct app *app);                          /* frees what entering made; or NULL */
    int (*detail_rows)(const struct app *app); /* lines wanted below the plot; NULL: none */
    void (*follow)(
        struct app *app); /* after every key: what the view derives from shared state; or NULL */
    void (*title)(const struct app *app, struct buffer *out); /* more for the title; or NULL */
    /* Fills the pane of the plot that the view shows, for its caller to end; or NULL. */
    void (*plot)(const struct app *app, const struct layout *layout, struct plot_pane *pane);
    double *(*cursor)(struct app *app); /* of that plot, in FLOPs; or NULL */
    /* What is listed at a place on the screen, or -1; and having it in hand: false where it is
     * already. Both or neither. */
    int (*item_at)(const struct app *app, const struct layout *layout, int row, int column);
    bool (*select)(struct app *app, size_t item);
    /* The button at a place in the plot: pressed, moved while held, let go. False from a press:
     * what follows is not wanted. Or NULL. */
    bool (*point)(struct app *app, const struct plot_place *place, enum mouse_kind kind);
    /* What can be searched in it; false: nothing, now. NULL: never. */
    bool (*searched)(const struct app *app, struct search_text *out);
    /* Work for when no key waits: whether there is some, and one bounded piece of it; or NULL. */
    bool (*work_waits)(const struct app *app);
    void (*work)(struct app *app);
    /*
     * The curves to choose from by name: the one at index (NULL: no more), and taking it; or NULL.
     */
    const char *(*curve_name)(const struct app *app, size_t index);
    void (*take_curve)(struct app *app, size_t index);
    void (*look_at)(struct app *app, double flops); /* moves what stands at a size there; or NULL */
};

extern const struct view view_browse, view_curves, view_fit, view_tune, view_compare, view_save,
    view_conflict, view_findings, view_help, view_matrix, view_tour;

#endif
