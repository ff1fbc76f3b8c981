/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A view is a table of functions. It reads the state (ui/app.h), of which one part is its own, and
 * draws on a canvas. Functions that take a const app only read.
 *
 * A new view takes: a bit in enum view_id and the keys' actions (ui/action.h), its name in
 * ui/action.c, its files in ui/view/ with this table, its struct in struct app, where its plot or
 * list lies (ui/layout.c, if not in all of the screen), and a screen of it in tests/screens.
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

/* Functions may be NULL unless it says that they may not. */
struct view {
    enum view_id id;

    /* Draws the view between title and status line. Never NULL. */
    void (*draw)(const struct app *app, struct canvas *canvas, const struct layout *layout);

    /* Does an action. False: it is none of this view's, so ui/app_act.c does it. Never NULL. */
    bool (*act)(struct app *app, enum action action);

    /* Whether an action of the view has no effect now: its key then stays out of the footer. */
    bool (*idle)(const struct app *app, enum action action);

    /* Appends what the status line says while there is no message. */
    void (*hint)(const struct app *app, struct buffer *out);

    /* Appends what comes behind the view's name in the title. */
    void (*title)(const struct app *app, struct buffer *out);

    /* Frees what entering the view made. */
    void (*leave)(struct app *app);

    /* After every key: derives anew what depends on state that others change. */
    void (*follow)(struct app *app);

    /* How many rows the view would like below its plot. NULL: none. */
    int (*detail_rows)(const struct app *app);

    /* Fills the pane of the plot that the view shows; the caller ends it. */
    void (*plot)(const struct app *app, const struct layout *layout, struct plot_pane *pane);

    /* Where the cursor of that plot is kept, in FLOPs. */
    double *(*cursor)(struct app *app);

    /* Moves the cursor, or what else stands at a size, to that size in FLOPs. */
    void (*look_at)(struct app *app, double flops);

    /* The index of the item that is listed at a place on the screen; -1: none. NULL with select. */
    int (*item_at)(const struct app *app, const struct layout *layout, int row, int column);

    /* Selects an item by that index; false: it was selected already. */
    bool (*select)(struct app *app, size_t item);

    /*
     * Takes the mouse's button in the plot: pressed, moved while it is held, let go. False from a
     * press: the view does not want what follows.
     */
    bool (*point)(struct app *app, const struct plot_place *place, enum mouse_kind kind);

    /* Fills out with what can be searched in the view; false: nothing, now. */
    bool (*searched)(const struct app *app, struct search_text *out);

    /* Whether there is work to be done while no key waits. NULL with work. */
    bool (*work_waits)(const struct app *app);

    /* Does one bounded piece of that work. */
    void (*work)(struct app *app);

    /* The name of the curve at an index; NULL behind the last one. NULL with take_curve. */
    const char *(*curve_name)(const struct app *app, size_t index);

    /* Takes the curve at that index. */
    void (*take_curve)(struct app *app, size_t index);
};

/* Those that others enter or ask for; a view that its own start function enters is static. */
extern const struct view view_browse, view_curves, view_fit, view_tune, view_compare, view_save,
    view_conflict, view_findings, view_help, view_matrix, view_tour;

#endif
