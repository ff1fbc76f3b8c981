/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tuning by hand: one breakpoint at a time, with the statistics following every key. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/readout.h"
#include "report/symbol.h"
#include "ui/app.h"
#include "ui/view/tune_drag.h"
#include "ui/view/tune_edit.h"

enum { READOUT_ROWS = 4 };

/* Selects the breakpoint nearest to a size. */
static void look_at(struct app *app, double flops)
{
    struct curve curve = app_curve(app);
    app->tune.breakpoint = 0;
    for (size_t i = 1; i < curve.count; i++)
        if (fabs(log10(curve.breakpoints[i].flops / flops)) <
            fabs(log10(curve.breakpoints[app->tune.breakpoint].flops / flops)))
            app->tune.breakpoint = i;
}

void tune_start(struct app *app)
{
    app->tune = (struct tune_state){0};
    if (!isnan(app->curves.cursor))
        look_at(app, app->curves.cursor);
    app_enter(app, &view_tune);
}

/* The version that is shown: the current one or, during a drag, what it would become. */
static const struct curve_version *shown(const struct app *app)
{
    return app->tune.drag.version ? app->tune.drag.version : tune_current(app);
}

static void plot(const struct app *app, const struct layout *layout, struct plot_pane *pane)
{
    plot_pane_init(pane, 1);
    pane->count = 1;
    pane->curves[0] = (struct scene_curve){.source = app_source(app),
                                           .curve = version_curve(shown(app)),
                                           .label = app_source(app)->name,
                                           .series = (int)(app->curve % ROLE_SERIES_COUNT),
                                           .left_out = app->file->left_out[app->curve],
                                           .selected_point = -1,
                                           .selected_breakpoint = (int)app->tune.breakpoint,
                                           .show_breakpoints = true};
    pane->options = (struct scene_options){
        .log_y = app->log_y, .bars = app->bars, .range = true, .residuals = true};
    pane->area = layout->main;
    if (app->tune.drag.going_on && !app->part.window.part)
        pane->options.window = &app->tune.drag.axes;
    if (tune_current(app)->count > 0) {
        pane->focus_x = shown(app)->breakpoints[app->tune.breakpoint].flops;
        pane->focus_y = shown(app)->breakpoints[app->tune.breakpoint].efficiency;
    }
}

static bool was_stored(const struct calibration_curve *source, const struct breakpoint *breakpoint)
{
    for (size_t i = 0; i < source->breakpoint_count; i++)
        if (source->breakpoints[i].flops == breakpoint->flops &&
            source->breakpoints[i].efficiency == breakpoint->efficiency)
            return true;
    return false;
}

static void draw_breakpoint(const struct app *app, struct canvas *canvas, struct rect line,
                            size_t index)
{
    const struct breakpoint *breakpoint = &shown(app)->breakpoints[index];
    bool selected = index == app->tune.breakpoint;
    enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
    char size[NUMBER_TEXT_MAX], efficiency[NUMBER_TEXT_MAX];
    number_print_si(breakpoint->flops, 4, size);
    number_print_short(breakpoint->efficiency, 4, efficiency);
    canvas_fill(canvas, line, role);
    canvas_print(canvas, line.row, line.column, line.columns, role, "%s%2zu %8s %9s %s",
                 selected ? symbol(SYMBOL_POINTER, canvas->charset) : " ", index, size, efficiency,
                 was_stored(app_source(app), breakpoint) ? "" : "*");
}

static void draw_list(const struct app *app, struct canvas *canvas, struct rect area)
{
    int count = (int)tune_current(app)->count, rows = area.rows - 1;
    int first = layout_first_line((int)app->tune.breakpoint, count, rows);
    if (area.rows < 2)
        return;
    canvas_print(canvas, area.row, area.column, area.columns, ROLE_TITLE, "  # %8s %9s",
                 app_source(app)->bandwidth ? "BYTES" : "FLOPS", "EFFIC.");
    for (int i = 0; i < rows && first + i < count; i++)
        draw_breakpoint(app, canvas, (struct rect){area.row + 1 + i, area.column, 1, area.columns},
                        (size_t)(first + i));
}

enum { STATISTICS_DIGITS = 5, STATISTICS_DIGITS_BRIEF = 3 };

/* In so many digits, or more where they would hide that the two differ. */
static void append_change(struct buffer *out, const char *name, double old, double now, int digits,
                          const char *arrow)
{
    char from[NUMBER_TEXT_MAX], to[NUMBER_TEXT_MAX];
    do {
        number_print_short(old, digits, from);
        number_print_short(now, digits, to);
    } while (strcmp(from, to) == 0 && ++digits <= STATISTICS_DIGITS);
    buffer_print(out, "%s%s ", out->length ? "   " : "", name);
    if (strcmp(from, to) == 0)
        buffer_append_string(out, to);
    else
        buffer_print(out, "%s %s %s", from, arrow, to);
}

/*
 * The statistics of the file's curve and of this one, side by side, in as many digits as columns
 * have room for.
 */
static void append_statistics(const struct app *app, enum text_charset charset, int columns,
                              struct buffer *out)
{
    const char *arrow = symbol(SYMBOL_ARROW, charset);
    int digits = STATISTICS_DIGITS;
    const struct calibration_curve *source = app_source(app);
    struct curve stored = calibration_stored_curve(source), now = version_curve(shown(app));
    struct curve_statistics before, after;
    curve_statistics(&stored, &source->means, &before, NULL);
    curve_statistics(&now, &source->means, &after, NULL);
    do {
        buffer_truncate(out, 0);
        append_change(out, symbol(SYMBOL_R_SQUARED, charset), before.r_squared, after.r_squared,
                      digits, arrow);
        append_change(out, "residual std", before.residual_std, after.residual_std, digits, arrow);
        append_change(out, "largest", before.max_residual, after.max_residual, digits, arrow);
    } while (text_columns(out->bytes, charset) > columns && digits-- > STATISTICS_DIGITS_BRIEF);
}

static void draw_detail(const struct app *app, struct canvas *canvas, struct rect area)
{
    struct readout readout = {app_source(app), version_curve(shown(app)), canvas->charset,
                              app_peak(app, app->file, app_source(app)->bandwidth), 0};
    static const enum role roles[READOUT_ROWS] = {ROLE_TITLE, ROLE_TEXT, ROLE_TEXT, ROLE_WARNING};
    struct buffer lines[READOUT_ROWS] = {{0}};
    if (tune_current(app)->count == 0) {
        buffer_print(&lines[0], "This curve has no breakpoints: %s fits one",
                     app_key_name(app, ACTION_REFIT).chars);
    } else {
        double flops = shown(app)->breakpoints[app->tune.breakpoint].flops;
        append_statistics(app, canvas->charset, area.columns - 1, &lines[0]);
        buffer_print(&lines[1], "breakpoint %zu: ", app->tune.breakpoint);
        readout.columns = area.columns - 1 - (int)lines[1].length;
        readout_at(&readout, flops, &lines[1]);
        readout_nearest_point(&readout, flops, &lines[2]);
        readout_falling_latency(&readout, &lines[3]);
    }
    app_draw_lines(canvas, area, lines, roles, READOUT_ROWS);
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    draw_list(app, canvas, layout->side);
    plot_pane_draw(app, canvas, layout);
    draw_detail(app, canvas, layout->detail);
}

/* Which keys move the breakpoint: left, down, up, right, and in coarse steps. */
static void append_moves(const struct app *app, struct buffer *out)
{
    static const enum action moves[] = {
        ACTION_MOVE_LEFT,     ACTION_MOVE_DOWN,     ACTION_MOVE_UP,     ACTION_MOVE_RIGHT,
        ACTION_MOVE_FAR_LEFT, ACTION_MOVE_FAR_DOWN, ACTION_MOVE_FAR_UP, ACTION_MOVE_FAR_RIGHT};
    buffer_append_string(out, "As in the file.");
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        if (moves[i] == ACTION_MOVE_FAR_LEFT)
            buffer_append_string(out, " move the breakpoint,");
        buffer_print(out, " %s", app_key_name(app, moves[i]).chars);
    }
    buffer_append_string(out, " in coarse steps");
}

static void hint(const struct app *app, struct buffer *out)
{
    bool modified = session_curve_modified(app->file->session, app->curve);
    if (app->tune.drag.version)
        buffer_print(out, "Let go to leave the breakpoint there; %s puts it back",
                     app_key_name(app, ACTION_BACK).chars);
    else if (modified)
        buffer_print(out, "Changed: %s undoes, %s shows what a save would write",
                     app_key_name(app, ACTION_UNDO).chars, app_key_name(app, ACTION_SAVE).chars);
    else
        append_moves(app, out);
}

static int item_at(const struct app *app, const struct layout *layout, int row, int column)
{
    return pointer_line(layout->side, 1, (int)app->tune.breakpoint, (int)tune_current(app)->count,
                        row, column);
}

static bool select_item(struct app *app, size_t item)
{
    bool other = app->tune.breakpoint != item;
    app->tune.breakpoint = item;
    return other;
}

static bool act(struct app *app, enum action action)
{
    if (tune_drag_cancel(app, action))
        return true;
    if (action == ACTION_TAKE) {
        tune_edit_take_over(app);
        return true;
    }
    if (action == ACTION_REFIT) {
        fit_start(app);
        return true;
    }
    /* without breakpoints, only actions that make some have a meaning */
    return tune_current(app)->count > 0 && tune_edit_act(app, action);
}

static int detail_rows(const struct app *app)
{
    (void)app;
    return READOUT_ROWS;
}

/* Undo may leave fewer breakpoints than there were. */
static void follow(struct app *app)
{
    if (!app->pointer.held)
        tune_drag_end(app);
    if (app->tune.breakpoint >= tune_current(app)->count)
        app->tune.breakpoint = tune_current(app)->count ? tune_current(app)->count - 1 : 0;
}

const struct view view_tune = {.id = VIEW_TUNE,
                               .draw = draw,
                               .act = act,
                               .hint = hint,
                               .detail_rows = detail_rows,
                               .plot = plot,
                               .item_at = item_at,
                               .select = select_item,
                               .point = tune_drag_point,
                               .leave = tune_drag_end,
                               .follow = follow,
                               .curve_name = app_curve_name,
                               .take_curve = app_take_curve,
                               .look_at = look_at};
