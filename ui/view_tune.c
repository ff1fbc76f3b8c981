/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tuning by hand: one breakpoint at a time, with the statistics following every key. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "report/readout.h"
#include "report/symbol.h"
#include "ui/app.h"
#include "ui/typed_number.h"

enum { READOUT_ROWS = 4, CURVE_PICK_MAX = 256 };

#define FINE_DECADES 0.01
#define COARSE_DECADES 0.1
#define FINE_FACTOR 1.01
#define COARSE_FACTOR 1.1

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

static const struct curve_version *current(const struct app *app)
{
    return session_current(app->file->session, app->curve);
}

/* What the screen shows: the version in hand, or what it would be if the button were let go. */
static const struct curve_version *shown(const struct app *app)
{
    return app->tune.drag.version ? app->tune.drag.version : current(app);
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
    if (current(app)->count > 0) {
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
    int count = (int)current(app)->count, rows = area.rows - 1;
    int first = layout_first_line((int)app->tune.breakpoint, count, rows);
    if (area.rows < 2)
        return;
    canvas_print(canvas, area.row, area.column, area.columns, ROLE_TITLE, "  # %8s %9s",
                 app_source(app)->bandwidth ? "BYTES" : "FLOPS", "EFFIC.");
    for (int i = 0; i < rows && first + i < count; i++)
        draw_breakpoint(app, canvas, (struct rect){area.row + 1 + i, area.column, 1, area.columns},
                        (size_t)(first + i));
}

static void append_change(struct buffer *out, const char *name, double old, double now,
                          const char *arrow)
{
    char from[NUMBER_TEXT_MAX], to[NUMBER_TEXT_MAX];
    number_print_short(old, 5, from);
    number_print_short(now, 5, to);
    if (strcmp(from, to) == 0)
        buffer_print(out, "%s %s   ", name, to);
    else
        buffer_print(out, "%s %s %s %s   ", name, from, arrow, to);
}

/* The statistics of the file's curve and of this one, side by side. */
static void append_statistics(const struct app *app, enum text_charset charset, struct buffer *out)
{
    const char *arrow = symbol(SYMBOL_ARROW, charset);
    const struct calibration_curve *source = app_source(app);
    struct curve stored = calibration_stored_curve(source), now = version_curve(shown(app));
    struct curve_statistics before, after;
    curve_statistics(&stored, &source->means, &before, NULL);
    curve_statistics(&now, &source->means, &after, NULL);
    append_change(out, symbol(SYMBOL_R_SQUARED, charset), before.r_squared, after.r_squared, arrow);
    append_change(out, "residual std", before.residual_std, after.residual_std, arrow);
    append_change(out, "largest", before.max_residual, after.max_residual, arrow);
}

static void draw_detail(const struct app *app, struct canvas *canvas, struct rect area)
{
    struct readout readout = {app_source(app), version_curve(shown(app)), canvas->charset,
                              app_peak(app, app->file, app_source(app)->bandwidth)};
    static const enum role roles[READOUT_ROWS] = {ROLE_TITLE, ROLE_TEXT, ROLE_TEXT, ROLE_WARNING};
    struct buffer lines[READOUT_ROWS] = {{0}};
    if (current(app)->count == 0) {
        buffer_print(&lines[0], "This curve has no breakpoints: %s fits one",
                     app_key_name(app, ACTION_REFIT).chars);
    } else {
        double flops = shown(app)->breakpoints[app->tune.breakpoint].flops;
        append_statistics(app, canvas->charset, &lines[0]);
        buffer_print(&lines[1], "breakpoint %zu: ", app->tune.breakpoint);
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

/* Commits the outcome of an edit, or says why it was refused. */
static bool commit_edit(struct app *app, enum status status, struct curve_version *version,
                        const struct error *error, const char *what)
{
    if (status) {
        app_say(app, ROLE_WARNING, "Refused: %s", error->message);
        return false;
    }
    const char *old_type = current(app)->curve_type;
    bool parametric = old_type && strcmp(old_type, "piecewise_linear") != 0;
    if (parametric)
        app_say(app, ROLE_TEXT, "The curve was %s; edited by hand it is piecewise_linear",
                old_type);
    return app_commit(app, version, what);
}

static void nudge(struct app *app, double decades, double factor)
{
    struct curve_version *version = NULL;
    struct error error;
    char what[48];
    snprintf(what, sizeof what, "moved breakpoint %zu", app->tune.breakpoint);
    enum status status =
        edit_nudge(current(app), app->tune.breakpoint, decades, factor, &version, &error);
    if (!status)
        session_settle(app->file->session, app->curve, app->tune.breakpoint, &version);
    commit_edit(app, status, version, &error, what);
}

/* A number as the prompt offers it: six digits, which stand for the value's every digit. */
static void offer(double value, char text[NUMBER_TEXT_MAX])
{
    number_print_repr(number_round(value, EDIT_DIGITS), text);
}

/* Whether a side of SIZE:EFFICIENCY leaves value as it is: it is empty, or as it was offered. */
static bool side_stays(const char *text, size_t length, double value)
{
    char offered[NUMBER_TEXT_MAX];
    offer(value, offered);
    return strspn(text, " ") >= length ||
           (strlen(offered) == length && memcmp(text, offered, length) == 0);
}

static enum status parse_breakpoint(const char *text, struct breakpoint *value, struct error *error)
{
    size_t length = strcspn(text, ":");
    const char *rest = text[length] ? text + length + 1 : "";
    enum status status = STATUS_OK;
    if (strchr(rest, ':'))
        return error_set(error, STATUS_REFUSED, "There is one colon too many");
    if (!side_stays(text, length, value->flops))
        status = typed_number_read("The size", "250M or 1.5e9", text, length, &value->flops, error);
    if (!status && !side_stays(rest, strlen(rest), value->efficiency))
        status = typed_number_read("The efficiency", "0.61", rest, strlen(rest), &value->efficiency,
                                   error);
    return status;
}

static void accept_set(struct app *app, const char *text)
{
    struct curve_version *version = NULL;
    struct error error;
    char what[48];
    struct breakpoint value = current(app)->breakpoints[app->tune.breakpoint];
    if (parse_breakpoint(text, &value, &error)) {
        app_ask_again(app, "%s. SIZE:EFFICIENCY is such as 250M:0.61, or :0.61", error.message);
        return;
    }
    snprintf(what, sizeof what, "set breakpoint %zu", app->tune.breakpoint);
    enum status status = edit_set(current(app), app->tune.breakpoint, value, &version, &error);
    if (status)
        app_ask_again(app, "Refused: %s%s", error.message,
                      strchr(text, ':') ? "" : "; an efficiency alone is typed as :0.61");
    else
        commit_edit(app, status, version, &error, what);
}

static void ask_set(struct app *app)
{
    char flops[NUMBER_TEXT_MAX], efficiency[NUMBER_TEXT_MAX], text[2 * NUMBER_TEXT_MAX + 1];
    const struct breakpoint *value = &current(app)->breakpoints[app->tune.breakpoint];
    offer(value->flops, flops);
    offer(value->efficiency, efficiency);
    snprintf(text, sizeof text, "%s:%s", flops, efficiency);
    app_offer(app, "Size:efficiency ", text, accept_set);
}

static void accept_scale(struct app *app, const char *text)
{
    struct curve_version *version = NULL;
    struct error error;
    double factor;
    if (typed_number_read("The factor", "0.9", text, strlen(text), &factor, &error)) {
        app_ask_again(app, "%s", error.message);
        return;
    }
    enum status status = edit_scale(current(app), factor, &version, &error);
    if (status)
        app_ask_again(app, "Refused: %s", error.message);
    else
        commit_edit(app, status, version, &error, "scaled the curve");
}

/* Halfway to the next breakpoint, or to the one before at the end. */
static void insert(struct app *app)
{
    struct curve_version *version = NULL;
    struct error error;
    size_t i = app->tune.breakpoint, index = 0;
    struct curve curve = app_curve(app);
    double at = curve.breakpoints[i].flops;
    double other = curve.count == 1      ? at * 100 /* a lone one gets a neighbour */
                   : i + 1 < curve.count ? curve.breakpoints[i + 1].flops
                                         : curve.breakpoints[i - 1].flops;
    double flops = number_round(sqrt(at) * sqrt(other), 3);
    struct breakpoint value = {flops, number_round(curve_evaluate(&curve, flops), EDIT_DIGITS)};
    enum status status = edit_insert(current(app), value, &version, &index, &error);
    if (commit_edit(app, status, version, &error, "inserted a breakpoint"))
        app->tune.breakpoint = index;
}

static void delete_selected(struct app *app)
{
    struct curve_version *version = NULL;
    struct error error;
    char what[48];
    snprintf(what, sizeof what, "deleted breakpoint %zu", app->tune.breakpoint);
    enum status status = edit_delete(current(app), app->tune.breakpoint, &version, &error);
    if (commit_edit(app, status, version, &error, what) &&
        app->tune.breakpoint >= current(app)->count)
        app->tune.breakpoint--;
}

static void snap(struct app *app)
{
    struct curve_version *version = NULL;
    struct error error;
    char what[48];
    snprintf(what, sizeof what, "snapped breakpoint %zu", app->tune.breakpoint);
    enum status status =
        edit_snap(current(app), app->tune.breakpoint, &app_source(app)->means, &version, &error);
    commit_edit(app, status, version, &error, what);
}

/* Takes over the curve of the marked calibration: the marked one, or the one of the same name. */
static void take_over(struct app *app)
{
    struct error error;
    const struct side *mark = app->marks;
    if (app->mark_count == 0) {
        app_say(app, ROLE_WARNING,
                "First press %s on the calibration, or on the curve, to take over",
                app_key_name(app, ACTION_MARK).chars);
        return;
    }
    const struct calibration_curve *from =
        mark->whole ? calibration_find(mark->file->calibration, app_source(app)->name, &error)
                    : &mark->file->calibration->curves[mark->curve];
    if (!from) {
        app_say(app, ROLE_WARNING, "%s: %s", mark->file->id, error.message);
        return;
    }
    if (from->bandwidth != app_source(app)->bandwidth) {
        app_say(app, ROLE_WARNING, "%s is measured in %s, this curve in %s", from->name,
                from->bandwidth ? "bytes" : "FLOPs", from->bandwidth ? "FLOPs" : "bytes");
        return;
    }
    struct curve curve = file_curve(mark->file, file_index_of(mark->file, from));
    struct curve_version *version = version_new("piecewise_linear", curve.breakpoints, curve.count);
    char *what = memory_print("took over %s of %s", from->name, mark->file->id);
    if (app_commit(app, version, what)) {
        app->tune.breakpoint = 0;
        app_say(app, ROLE_TEXT, "Took over %s of %s; %s undoes", from->name, mark->file->id,
                app_key_name(app, ACTION_UNDO).chars);
    }
    free(what);
}

/* The moves, as one table: action, decades, factor. */
static bool act_move(struct app *app, enum action action)
{
    static const struct {
        enum action action;
        double decades, factor;
    } moves[] = {
        {ACTION_MOVE_LEFT, -FINE_DECADES, 1},       {ACTION_MOVE_RIGHT, FINE_DECADES, 1},
        {ACTION_MOVE_UP, 0, FINE_FACTOR},           {ACTION_MOVE_DOWN, 0, 1 / FINE_FACTOR},
        {ACTION_MOVE_FAR_LEFT, -COARSE_DECADES, 1}, {ACTION_MOVE_FAR_RIGHT, COARSE_DECADES, 1},
        {ACTION_MOVE_FAR_UP, 0, COARSE_FACTOR},     {ACTION_MOVE_FAR_DOWN, 0, 1 / COARSE_FACTOR},
    };
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (moves[i].action == action) {
            nudge(app, moves[i].decades, moves[i].factor);
            return true;
        }
    return false;
}

static bool act_on_breakpoint(struct app *app, enum action action)
{
    size_t count = current(app)->count;
    switch (action) {
    case ACTION_NEXT:
        app->tune.breakpoint = (app->tune.breakpoint + 1) % count;
        return true;
    case ACTION_PREVIOUS:
        app->tune.breakpoint = (app->tune.breakpoint + count - 1) % count;
        return true;
    case ACTION_EXACT:
        ask_set(app);
        return true;
    case ACTION_INSERT:
        insert(app);
        return true;
    case ACTION_DELETE:
        delete_selected(app);
        return true;
    case ACTION_SNAP:
        snap(app);
        return true;
    case ACTION_SCALE:
        app_ask(app, "Multiply all efficiencies by: ", "", accept_scale);
        return true;
    default:
        return act_move(app, action);
    }
}

/* --- the mouse --- */

static void end_drag(struct app *app)
{
    version_free(app->tune.drag.version);
    app->tune.drag = (struct tune_drag){0};
}

/* The breakpoint under the pointer is selected, and goes along with it from then on. */
static bool begin_drag(struct app *app, const struct plot_place *place)
{
    const struct plot_axis *x = &place->frame.x, *y = &place->frame.y;
    const struct curve_version *from = current(app);
    double flops[CURVE_PICK_MAX], efficiencies[CURVE_PICK_MAX];
    size_t count = from->count < CURVE_PICK_MAX ? from->count : CURVE_PICK_MAX;
    end_drag(app);
    for (size_t i = 0; i < count; i++) {
        flops[i] = from->breakpoints[i].flops;
        efficiencies[i] = from->breakpoints[i].efficiency;
    }
    int nearest = place->panel == 0 ? pointer_nearest(place, flops, efficiencies, count) : -1;
    if (nearest < 0)
        return false;
    app->tune.breakpoint = (size_t)nearest;
    app->tune.drag = (struct tune_drag){.going_on = true,
                                        .row = place->row,
                                        .column = place->column,
                                        .axes = {x->low, x->high, y->low, y->high}};
    return true;
}

/* Between its neighbours, which it cannot pass. */
static double between_neighbours(const struct curve_version *version, size_t index, double flops)
{
    static const double apart = 1.001;
    if (index > 0)
        flops = fmax(flops, apart * version->breakpoints[index - 1].flops);
    if (index + 1 < version->count)
        flops = fmin(flops, version->breakpoints[index + 1].flops / apart);
    return number_round(flops, EDIT_DIGITS);
}

/* Straight up or down leaves the size's every digit, straight aside the efficiency's. */
static void drag_to(struct app *app, const struct plot_place *place)
{
    struct tune_drag *drag = &app->tune.drag;
    size_t index = app->tune.breakpoint;
    struct breakpoint value = current(app)->breakpoints[index];
    struct curve_version *version = NULL;
    struct error error;
    if (place->column != drag->column)
        value.flops = between_neighbours(current(app), index, place->x);
    if (place->row != drag->row)
        value.efficiency = place->y;
    if (edit_set(current(app), index, value, &version, &error)) {
        app_say(app, ROLE_WARNING, "Refused: %s", error.message);
        return;
    }
    version_free(drag->version);
    drag->version = version;
}

/* All of the way is one edit. */
static void drop(struct app *app)
{
    struct curve_version *version = app->tune.drag.version;
    struct error error = {0};
    char what[48];
    app->tune.drag.version = NULL;
    end_drag(app);
    if (version && version_equal(version, current(app)))
        version_free(version);
    else if (version) {
        snprintf(what, sizeof what, "dragged breakpoint %zu", app->tune.breakpoint);
        commit_edit(app, STATUS_OK, version, &error, what);
    }
}

static bool point(struct app *app, const struct plot_place *place, enum mouse_kind kind)
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

static int item_at(const struct app *app, const struct layout *layout, int row, int column)
{
    return pointer_line(layout->side, 1, (int)app->tune.breakpoint, (int)current(app)->count, row,
                        column);
}

static bool select_item(struct app *app, size_t item)
{
    bool other = app->tune.breakpoint != item;
    app->tune.breakpoint = item;
    return other;
}

/* Any key puts a breakpoint that is being dragged back; Esc does no more than that. */
static bool cancel_drag(struct app *app, enum action action)
{
    bool going_on = app->tune.drag.going_on;
    end_drag(app);
    if (going_on && action == ACTION_BACK)
        app_say(app, ROLE_TEXT, "Put back: the curve is as it was");
    return going_on && action == ACTION_BACK;
}

static bool act(struct app *app, enum action action)
{
    if (cancel_drag(app, action))
        return true;
    if (action == ACTION_TAKE) {
        take_over(app);
        return true;
    }
    if (action == ACTION_REFIT) {
        fit_start(app);
        return true;
    }
    /* Without breakpoints only what makes some has a meaning. */
    return current(app)->count > 0 && act_on_breakpoint(app, action);
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
        end_drag(app);
    if (app->tune.breakpoint >= current(app)->count)
        app->tune.breakpoint = current(app)->count ? current(app)->count - 1 : 0;
}

const struct view view_tune = {.id = VIEW_TUNE,
                               .draw = draw,
                               .act = act,
                               .hint = hint,
                               .detail_rows = detail_rows,
                               .plot = plot,
                               .item_at = item_at,
                               .select = select_item,
                               .point = point,
                               .leave = end_drag,
                               .follow = follow,
                               .curve_name = app_curve_name,
                               .take_curve = app_take_curve,
                               .look_at = look_at};
