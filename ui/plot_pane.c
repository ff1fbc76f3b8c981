/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing the plot in hand, and choosing the part of it that is shown. */
#include "ui/plot_pane.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "ui/app.h"

static const double zoom_step = 0.75; /* the share that is left of what was shown, for a step in */
static const double pan_step = 0.2;

void plot_pane_init(struct plot_pane *pane, size_t count)
{
    *pane = (struct plot_pane){.cursor = NAN, .focus_x = NAN, .focus_y = NAN};
    pane->curves = memory_new_array(count, sizeof *pane->curves);
}

void plot_pane_done(struct plot_pane *pane)
{
    free(pane->curves);
    free(pane->effects);
}

/*
 * Fills pane with the plot of the view in front; false where that shows none. The caller ends the
 * pane with plot_pane_done.
 */
static bool find_pane(const struct app *app, const struct layout *layout, struct plot_pane *pane)
{
    const struct view *view = app_view(app);
    if (!view->plot || layout->too_small)
        return false;
    view->plot(app, layout, pane);
    return true;
}

/* The pane's options with the axes of the part that is shown, which are kept in *axes. */
static struct scene_options shown_options(const struct app *app, const struct plot_pane *pane,
                                          struct scene_window *axes)
{
    struct scene_options options = pane->options;
    if (app->part.window.part && !pane->fixed) {
        *axes = window_axes(&app->part.window);
        options.window = axes;
    }
    return options;
}

void plot_pane_draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct plot_pane pane;
    struct scene_window axes;
    if (!find_pane(app, layout, &pane))
        return;
    struct scene_options options = shown_options(app, &pane, &axes);
    struct picture_subject subject = {pane.curves, pane.count, &options, pane.cursor, app->style};
    pictures_draw(app->pictures, &subject, canvas, pane.area);
    plot_pane_done(&pane);
}

size_t plot_pane_frames(const struct app *app, const struct layout *layout,
                        struct plot_frame frames[PLOT_PANELS_MAX])
{
    struct plot_pane pane;
    struct scene_window axes;
    if (!find_pane(app, layout, &pane))
        return 0;
    struct scene_options options = shown_options(app, &pane, &axes);
    struct scene *scene = scene_new(pane.curves, pane.count, &options);
    size_t count = pane.fixed ? 0 : scene_arrange(scene, pane.area, app->charset, frames);
    scene_free(scene);
    plot_pane_done(&pane);
    return count;
}

/* --- the part that is shown --- */

/* All that the plot has, and where in it the user is, in units of its axes. */
struct extent {
    struct window whole;
    double focus_x, focus_y;
};

static bool find_extent(const struct app *app, struct extent *extent)
{
    struct layout layout = app_layout(app);
    struct plot_pane pane;
    struct scene_window axes;
    if (!find_pane(app, &layout, &pane))
        return false;
    bool found = !pane.fixed && pane.count > 0;
    if (found && pane.options.window)
        axes = *pane.options.window;
    else if (found)
        scene_window_find(pane.curves, pane.count, &pane.options, &axes);
    if (found) {
        extent->whole = window_of(&axes, pane.options.log_y);
        extent->focus_x = window_x(pane.focus_x);
        extent->focus_y = window_y(&extent->whole, pane.focus_y);
    }
    plot_pane_done(&pane);
    return found;
}

/* Brings a cursor that is no longer in sight to the nearer end of the part. */
static void take_cursor_along(struct app *app)
{
    const struct view *view = app_view(app);
    double *cursor = view->cursor ? view->cursor(app) : NULL;
    if (!cursor || isnan(*cursor) || !app->part.window.part)
        return;
    struct scene_window axes = window_axes(&app->part.window);
    *cursor = fmin(fmax(*cursor, axes.x_low), axes.x_high);
}

/* To be called after the user has moved the part: where the cursor is now must not move it back. */
static void note_focus(struct app *app)
{
    struct extent extent;
    take_cursor_along(app);
    if (!find_extent(app, &extent))
        return;
    app->part.focus_x = extent.focus_x;
    app->part.focus_y = extent.focus_y;
}

void plot_pane_zoom(struct app *app, double flops, double efficiency, int steps)
{
    struct extent extent;
    if (!find_extent(app, &extent))
        return;
    window_zoom(&app->part.window, &extent.whole, window_x(flops),
                window_y(&extent.whole, efficiency), pow(zoom_step, steps));
    note_focus(app);
}

void plot_pane_pan(struct app *app, double x, double y)
{
    struct extent extent;
    if (!find_extent(app, &extent))
        return;
    window_pan(&app->part.window, &extent.whole, x, y);
    note_focus(app);
}

/* Zooms about the place where the user is, if that is in sight, else about the middle. */
static void zoom_by_key(struct app *app, const struct extent *extent, int steps)
{
    double x = extent->focus_x, y = extent->focus_y;
    const struct window *window = app->part.window.part ? &app->part.window : &extent->whole;
    if (!(x >= window->x.low && x <= window->x.high))
        x = NAN;
    if (!(y >= window->y.low && y <= window->y.high))
        y = NAN;
    window_zoom(&app->part.window, &extent->whole, x, y, pow(zoom_step, steps));
    note_focus(app);
    if (!app->part.window.part)
        app_say(app, ROLE_TEXT, "All of the plot is shown");
}

/* Shows the box of the first curve's data points, with some air around it. */
static void fit_to_points(struct app *app, const struct extent *extent)
{
    struct layout layout = app_layout(app);
    struct plot_pane pane;
    struct scene_window box;
    if (!find_pane(app, &layout, &pane))
        return;
    bool found = scene_points_window(pane.curves, pane.count, &pane.options, &box);
    plot_pane_done(&pane);
    if (!found) {
        app_say(app, ROLE_TEXT, "There are no data points to fit the plot to");
        return;
    }
    app->part.window = window_of(&box, extent->whole.log_y);
    window_keep_inside(&app->part.window, &extent->whole);
    note_focus(app);
    app_say(app, ROLE_TEXT, "The data points fill the plot; %s shows all of it",
            app_key_name(app, ACTION_WHOLE).chars);
}

bool plot_pane_is_about_part(enum action action)
{
    return action == ACTION_ZOOM_IN || action == ACTION_ZOOM_OUT || action == ACTION_PART_LEFT ||
           action == ACTION_PART_RIGHT || action == ACTION_PART_UP || action == ACTION_PART_DOWN ||
           action == ACTION_WHOLE || action == ACTION_POINTS;
}

static void pan_by_key(struct app *app, double x, double y)
{
    if (app->part.window.part)
        plot_pane_pan(app, x, y);
    else
        app_say(app, ROLE_TEXT, "All of the plot is shown; %s zooms in",
                app_key_name(app, ACTION_ZOOM_IN).chars);
}

bool plot_pane_act(struct app *app, enum action action)
{
    struct extent extent;
    if (!plot_pane_is_about_part(action))
        return false;
    if (!find_extent(app, &extent)) {
        app_say(app, ROLE_TEXT, "There is nothing to zoom in here");
        return true;
    }
    if (action == ACTION_ZOOM_IN || action == ACTION_ZOOM_OUT)
        zoom_by_key(app, &extent, action == ACTION_ZOOM_IN ? 1 : -1);
    else if (action == ACTION_PART_LEFT || action == ACTION_PART_RIGHT)
        pan_by_key(app, action == ACTION_PART_LEFT ? -pan_step : pan_step, 0);
    else if (action == ACTION_PART_UP || action == ACTION_PART_DOWN)
        pan_by_key(app, 0, action == ACTION_PART_DOWN ? -pan_step : pan_step);
    else if (action == ACTION_POINTS)
        fit_to_points(app, &extent);
    else
        plot_pane_reset(app);
    return true;
}

void plot_pane_follow(struct app *app)
{
    struct plot_part *part = &app->part;
    struct extent extent;
    if (!part->window.part || app->pointer.held || !find_extent(app, &extent))
        return; /* while a button is held, what is under it stays */
    window_keep_inside(&part->window, &extent.whole);
    if (!number_same(part->focus_x, extent.focus_x) || !number_same(part->focus_y, extent.focus_y))
        window_reveal(&part->window, &extent.whole, extent.focus_x, extent.focus_y);
    part->focus_x = extent.focus_x;
    part->focus_y = extent.focus_y;
}

void plot_pane_reset(struct app *app)
{
    app->part = (struct plot_part){0};
}

void plot_pane_append_part(const struct app *app, struct buffer *out)
{
    char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    if (!app->part.window.part || !app_view(app)->plot)
        return;
    struct scene_window axes = window_axes(&app->part.window);
    number_print_si(axes.x_low, 3, low);
    number_print_si(axes.x_high, 3, high);
    buffer_print(out, "part: %s to %s", low, high);
}

void plot_pane_narrow(const struct app *app, double *low, double *high)
{
    if (!app->part.window.part)
        return;
    struct scene_window axes = window_axes(&app->part.window);
    *low = axes.x_low;
    *high = axes.x_high;
}
