/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A breakpoint under the pointer, from where it was to where the button is let go. */
#include "ui/view/tune_drag.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "ui/app.h"
#include "ui/view/tune_edit.h"

void tune_drag_end(struct app *app)
{
    version_free(app->tune.drag.version);
    app->tune.drag = (struct tune_drag){0};
}

/* The breakpoint of a version within the pointer's reach; -1: none. */
static int breakpoint_at(const struct curve_version *version, const struct plot_place *place)
{
    double *flops = memory_new_array(version->count, sizeof *flops);
    double *efficiencies = memory_new_array(version->count, sizeof *efficiencies);
    for (size_t i = 0; i < version->count; i++) {
        flops[i] = version->breakpoints[i].flops;
        efficiencies[i] = version->breakpoints[i].efficiency;
    }
    int nearest = pointer_nearest(place, flops, efficiencies, version->count);
    free(flops);
    free(efficiencies);
    return nearest;
}

/* Selects the breakpoint under the pointer, which it follows from then on. */
static bool begin_drag(struct app *app, const struct plot_place *place)
{
    const struct plot_axis *x = &place->frame.x, *y = &place->frame.y;
    int nearest = place->panel == 0 ? breakpoint_at(tune_current(app), place) : -1;
    tune_drag_end(app);
    if (nearest < 0)
        return false;
    app->tune.breakpoint = (size_t)nearest;
    app->tune.drag = (struct tune_drag){.going_on = true,
                                        .row = place->row,
                                        .column = place->column,
                                        .axes = {x->low, x->high, y->low, y->high}};
    return true;
}

/* A size as near to flops as a breakpoint can go between its neighbours. */
static double between_neighbours(const struct curve_version *version, size_t index, double flops)
{
    static const double apart = 1.001;
    if (index > 0)
        flops = fmax(flops, apart * version->breakpoints[index - 1].flops);
    if (index + 1 < version->count)
        flops = fmin(flops, version->breakpoints[index + 1].flops / apart);
    return number_round(flops, EDIT_DIGITS);
}

/*
 * Moves the breakpoint to the pointer. In the column where the drag began the size keeps its every
 * digit, in its row the efficiency does.
 */
static void drag_to(struct app *app, const struct plot_place *place)
{
    struct tune_drag *drag = &app->tune.drag;
    size_t index = app->tune.breakpoint;
    struct breakpoint value = tune_current(app)->breakpoints[index];
    struct curve_version *version = NULL;
    struct error error;
    if (place->column != drag->column)
        value.flops = between_neighbours(tune_current(app), index, place->x);
    if (place->row != drag->row)
        value.efficiency = place->y;
    if (edit_set(tune_current(app), index, value, &version, &error)) {
        app_say(app, ROLE_WARNING, "Refused: %s", error.message);
        return;
    }
    version_free(drag->version);
    drag->version = version;
}

/* Ends the drag: all of it is one edit. */
static void drop(struct app *app)
{
    struct curve_version *version = app->tune.drag.version;
    struct error error = {0};
    char what[48];
    app->tune.drag.version = NULL;
    tune_drag_end(app);
    if (version && version_equal(version, tune_current(app)))
        version_free(version);
    else if (version) {
        snprintf(what, sizeof what, "dragged breakpoint %zu", app->tune.breakpoint);
        tune_edit_commit(app, STATUS_OK, version, &error, what);
    }
}

bool tune_drag_point(struct app *app, const struct plot_place *place, enum mouse_kind kind)
{
    if (kind == MOUSE_PRESS)
        return begin_drag(app, place);
    if (!app->tune.drag.going_on)
        return false;
    drag_to(app, place);
    if (kind == MOUSE_RELEASE)
        drop(app);
    return true;
}

bool tune_drag_cancel(struct app *app, enum action action)
{
    bool going_on = app->tune.drag.going_on;
    tune_drag_end(app);
    if (going_on && action == ACTION_BACK)
        app_say(app, ROLE_TEXT, "Put back: the curve is as it was");
    return going_on && action == ACTION_BACK;
}
