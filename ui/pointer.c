/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From events of the mouse to what keys could have done, and to what only a pointer can. */
#include "ui/pointer.h"

#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "ui/app.h"
#include "ui/footer.h"
#include "ui/terminal/term.h"

enum { DOUBLE_CLICK_MS = 400, REACH_COLUMNS = 2, REACH_ROWS = 1 };

bool pointer_in(struct rect area, int row, int column)
{
    return row >= area.row && row < area.row + area.rows && column >= area.column &&
           column < area.column + area.columns;
}

int pointer_line(struct rect area, int head, int selected, int count, int row, int column)
{
    area.row += head;
    area.rows -= head;
    if (!pointer_in(area, row, column))
        return -1;
    int line = layout_first_line(selected, count, area.rows) + row - area.row;
    return line < count ? line : -1;
}

/*
 * Rounds a value to as few digits as keep it nearer to itself than to the values before and behind.
 */
static double round_within(double value, double before, double behind)
{
    double low = value + (fmin(before, behind) - value) / 2;
    double high = value + (fmax(before, behind) - value) / 2;
    for (int digits = 2; digits < 12; digits++) {
        double rounded = number_round(value, digits);
        if (rounded >= low && rounded <= high)
            return rounded;
    }
    return value;
}

/* The place in a panel nearest to one on the screen. */
static void find_nearest_place(const struct plot_frame *frame, size_t panel, int row, int column,
                               struct plot_place *place)
{
    const struct rect *inner = &frame->inner;
    row = layout_clamp(row, inner->row, inner->row + inner->rows - 1);
    column = layout_clamp(column, inner->column, inner->column + inner->columns - 1);
    *place = (struct plot_place){
        .panel = panel,
        .frame = *frame,
        .row = row,
        .column = column,
        .x = round_within(plot_frame_x(frame, column), plot_frame_x(frame, column - 1),
                          plot_frame_x(frame, column + 1)),
        .y = round_within(plot_frame_y(frame, row), plot_frame_y(frame, row - 1),
                          plot_frame_y(frame, row + 1)),
    };
}

/* Whether a place on the screen is in one of the panels; then *place is that. */
static bool find_place(const struct plot_frame *frames, size_t count, int row, int column,
                       struct plot_place *place)
{
    for (size_t i = 0; i < count; i++)
        if (pointer_in(frames[i].inner, row, column)) {
            find_nearest_place(&frames[i], i, row, column, place);
            return true;
        }
    return false;
}

int pointer_nearest(const struct plot_place *place, const double *x, const double *y, size_t count)
{
    int nearest = -1, least = 0;
    for (size_t i = 0; i < count; i++) {
        int columns = plot_frame_column(&place->frame, x[i]) - place->column;
        int rows = plot_frame_row(&place->frame, y[i]) - place->row;
        if (abs(columns) > REACH_COLUMNS || abs(rows) > REACH_ROWS)
            continue;
        int far = columns * columns + 4 * rows * rows; /* a row is about two columns high */
        if (nearest < 0 || far < least) {
            nearest = (int)i;
            least = far;
        }
    }
    return nearest;
}

/* --- events --- */

/*
 * What of a plot lies under the pointer: over a panel the wheel zooms, on an axis it moves along
 * that.
 */
enum plot_part_hit { HIT_NOTHING, HIT_PANEL, HIT_X_AXIS, HIT_Y_AXIS };

static enum plot_part_hit hit_plot(const struct app *app, const struct layout *layout,
                                   const struct mouse_event *event, struct plot_place *place)
{
    struct plot_frame frames[PLOT_PANELS_MAX];
    size_t count = plot_pane_frames(app, layout, frames);
    if (find_place(frames, count, event->row, event->column, place))
        return HIT_PANEL;
    for (size_t i = 0; i < count; i++) {
        const struct rect *inner = &frames[i].inner;
        bool beside = event->row >= inner->row && event->row < inner->row + inner->rows;
        bool below = event->column >= inner->column &&
                     event->column < inner->column + inner->columns &&
                     event->row >= inner->row + inner->rows &&
                     event->row <= inner->row + inner->rows + (i + 1 == count ? 2 : 0);
        if (below)
            return HIT_X_AXIS;
        if (beside && event->column < inner->column && event->column >= inner->column - 10)
            return i == 0 ? HIT_Y_AXIS : HIT_NOTHING;
    }
    return HIT_NOTHING;
}

/* A click on what is selected already opens it, in views where Enter does. */
static void open_selected(struct app *app, const struct mouse_event *event)
{
    enum action action = action_of_key(app_view(app)->id, TERM_KEY_ENTER);
    if (action != ACTION_OPEN && action != ACTION_TUNE && action != ACTION_GO)
        return;
    app_view(app)->act(app, action);
    app->pointer.entered = true;
    app->pointer.click = *event;
}

static bool press_in_list(struct app *app, const struct layout *layout,
                          const struct mouse_event *event)
{
    const struct view *view = app_view(app);
    int item = view->item_at ? view->item_at(app, layout, event->row, event->column) : -1;
    if (item < 0)
        return false;
    if (!view->select(app, (size_t)item))
        open_selected(app, event);
    return true;
}

static bool press_in_plot(struct app *app, const struct layout *layout,
                          const struct mouse_event *event)
{
    struct plot_place place;
    const struct view *view = app_view(app);
    if (!view->point || hit_plot(app, layout, event, &place) != HIT_PANEL)
        return false;
    app->pointer.held = view->point(app, &place, MOUSE_PRESS);
    return true;
}

static bool is_double(const struct mouse_event *first, const struct mouse_event *second)
{
    return second->milliseconds - first->milliseconds < DOUBLE_CLICK_MS &&
           second->row == first->row && abs(second->column - first->column) <= 1;
}

/*
 * Begins to take a click or a turn of the wheel. False where it only answers the question whether
 * to quit, with no.
 */
static bool begin_event(struct app *app)
{
    app_begin_input(app);
    app->count = 0;
    return !app_is_confirmed(app, ACTION_QUIT);
}

static bool press(struct app *app, const struct layout *layout, const struct mouse_event *event)
{
    struct pointer_state *pointer = &app->pointer;
    bool second = pointer->entered && is_double(&pointer->click, event);
    *pointer = (struct pointer_state){0};
    if (second)
        return false;
    if (pointer_in(layout->footer, event->row, event->column)) {
        int key = footer_key_at(app, layout->footer, event->column);
        if (key != TERM_KEY_NONE)
            app_key(app, key);
        return key != TERM_KEY_NONE;
    }
    if (app->prompt.active)
        return false;
    if (begin_event(app) && !press_in_list(app, layout, event))
        press_in_plot(app, layout, event);
    return true;
}

/*
 * Hands a drag or the release to the view that took the press. Beyond the panel the pointer counts
 * as at its edge.
 */
static bool follow_pointer(struct app *app, const struct layout *layout,
                           const struct mouse_event *event)
{
    struct plot_frame frames[PLOT_PANELS_MAX];
    struct plot_place place;
    const struct view *view = app_view(app);
    if (!app->pointer.held || !view->point || plot_pane_frames(app, layout, frames) == 0)
        return false;
    find_nearest_place(&frames[0], 0, event->row, event->column, &place);
    app_end_message(app);
    view->point(app, &place, event->kind);
    app->pointer.held = event->kind != MOUSE_RELEASE;
    return true;
}

/* Moves the selection by a line; false where the view has no such movement. */
static bool scroll(struct app *app, int steps)
{
    const struct view *view = app_view(app);
    bool by_line = action_of_key(view->id, TERM_KEY_UP) == ACTION_UP;
    enum action up = by_line ? ACTION_UP : ACTION_PREVIOUS;
    enum action down = by_line ? ACTION_DOWN : ACTION_NEXT;
    return view->act(app, steps > 0 ? up : down);
}

static bool wheel(struct app *app, const struct layout *layout, const struct mouse_event *event)
{
    static const double share = 0.1;
    struct plot_place place;
    if (app->prompt.active || app->pointer.held)
        return false;
    if (!begin_event(app))
        return true;
    const struct view *view = app_view(app);
    enum plot_part_hit hit = hit_plot(app, layout, event, &place);
    bool in_list = view->item_at && view->item_at(app, layout, event->row, event->column) >= 0;
    if (hit == HIT_NOTHING || (in_list && hit != HIT_PANEL))
        return scroll(app, event->steps);
    if (hit == HIT_X_AXIS || (event->shift && hit == HIT_PANEL))
        plot_pane_pan(app, share * event->steps, 0);
    else if (hit == HIT_Y_AXIS)
        plot_pane_pan(app, 0, share * event->steps);
    else /* a panel of residuals has only the axis of sizes in common with the first */
        plot_pane_zoom(app, place.x, place.panel == 0 ? place.y : (double)NAN, event->steps);
    return true;
}

bool app_mouse(struct app *app, const struct mouse_event *event)
{
    struct layout layout = app_layout(app);
    bool changed;
    if (layout.too_small || !app->mouse)
        return false;
    if (event->kind == MOUSE_PRESS)
        changed = press(app, &layout, event);
    else if (event->kind == MOUSE_WHEEL)
        changed = wheel(app, &layout, event);
    else
        changed = follow_pointer(app, &layout, event);
    if (changed)
        app_follow(app);
    return changed;
}
