/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two calibrations, or two curves: overlaid, their ratio below, and a table of what differs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "ui/app.h"
#include "ui/view/compare_details.h"
#include "ui/view/compare_hint.h"
#include "ui/view/compare_text.h"

static const struct calibration_curve *side_curve(const struct side *side)
{
    return &side->file->calibration->curves[side->curve];
}

static void compare_again(struct app *app)
{
    struct compare_state *state = &app->compare;
    struct compare_options options = {.margin = 0.05};
    comparison_free(state->comparison);
    const struct calibration *a = state->a.file->calibration, *b = state->b.file->calibration;
    if (state->a.whole || state->b.whole)
        state->comparison = compare_calibrations(a, b, &options);
    else
        state->comparison =
            compare_curves(a, side_curve(&state->a), b, side_curve(&state->b), &options);
}

/* The cursor goes to the middle of what both sides cover, or to none. */
static void place_cursor(struct app *app)
{
    const struct comparison *comparison = app->compare.comparison;
    app->compare.cursor = NAN;
    plot_pane_reset(app);
    if (app->compare.row >= comparison->curve_count)
        return;
    const struct compared_curve *curve = &comparison->curves[app->compare.row];
    if (curve->has_range)
        app->compare.cursor = number_round(sqrt(curve->range_low) * sqrt(curve->range_high), 3);
}

/*
 * The operation to begin with: that of the curve in hand, if one comes from there; else the first
 * that differs.
 */
static size_t first_row(const struct app *app)
{
    const struct comparison *comparison = app->compare.comparison;
    size_t differing = comparison->curve_count;
    for (size_t i = 0; i < comparison->curve_count; i++) {
        const struct compared_curve *curve = &comparison->curves[i];
        if (app_view(app) == &view_curves && curve->b && curve->b == app_source(app))
            return i;
        if (curve->differs && differing == comparison->curve_count)
            differing = i;
    }
    return differing < comparison->curve_count ? differing : 0;
}

/* Both sides are one: says so, and what else there is to compare it with. */
static void refuse_itself(struct app *app, const struct side *side)
{
    struct key_name compare = app_key_name(app, ACTION_COMPARE);
    struct key_name revision = app_key_name(app, ACTION_REVISION);
    struct buffer text = {0};
    buffer_print(&text, "A and B are both %s%s%s", side->file->id, side->whole ? "" : " ",
                 side->whole ? "" : side_curve(side)->name);
    buffer_append_string(&text, ": nothing to compare.");
    if (action_of(ACTION_COMPARE)->views & app_view(app)->id)
        buffer_print(&text, " Select another one, then %s; or %s: with what git has of it",
                     compare.chars, revision.chars);
    else
        buffer_append_string(&text, " Select another one");
    if (session_modified_count(side->file->session) > 0)
        buffer_print(&text, "; %s shows its unsaved changes", app_key_name(app, ACTION_SAVE).chars);
    app_say(app, ROLE_WARNING, "%s", text.bytes);
    buffer_done(&text);
}

void compare_start(struct app *app, struct side a, struct side b)
{
    bool whole = a.whole || b.whole;
    if (a.file == b.file && (whole || a.curve == b.curve)) {
        refuse_itself(app, &b);
        return;
    }
    if (!whole && side_curve(&a)->bandwidth != side_curve(&b)->bandwidth) {
        app_say(app, ROLE_WARNING, "One curve is over bytes, the other over FLOPs: no comparison");
        return;
    }
    app->compare = (struct compare_state){.a = a, .b = b};
    compare_again(app);
    if (!app->compare.comparison->differs) {
        app->compare.detail = COMPARE_SUMMARY;
        app->compare.page = true;
    }
    app->compare.row = first_row(app);
    place_cursor(app);
    app_enter(app, &view_compare);
}

/* A name that git does not know can be mended; without a name there is nothing to mend. */
static void refuse_revision(struct app *app, const char *text, const struct error *error)
{
    if (*text)
        app_ask_again(app, "%s", error->message);
    else
        app_say_error(app, app->file->id, error);
}

/* Compares a revision (A) with the file as it is (B): what a commit would change. */
static void accept_revision(struct app *app, const char *text)
{
    struct error error;
    struct side a = {.whole = true}, b = {.file = app->file, .whole = true};
    const char *revision = *text ? text : "HEAD";
    if (!app->file) /* its last curve has gone on disk while the question stood */
        app_say(app, ROLE_WARNING, "Nothing to compare: the calibration holds no curves any more");
    else if (files_open_revision(&app->files, app->file, revision, &a.file, &error))
        refuse_revision(app, text, &error);
    else
        compare_start(app, a, b);
}

void compare_ask_revision(struct app *app)
{
    app_ask(app, "Compare with the revision (Enter: HEAD): ", "", accept_revision);
}

/* The plot lies below the line that says which is A and which is B. */
static void plot(const struct app *app, const struct layout *layout, struct plot_pane *pane)
{
    const struct compared_curve *pair = compare_details_curve(app);
    plot_pane_init(pane, 2);
    pane->area = layout->main;
    pane->area.row++;
    pane->area.rows--;
    if (!pair)
        return;
    const struct calibration_curve *sides[2] = {pair->a, pair->b};
    for (int i = 0; i < 2; i++)
        if (sides[i])
            pane->curves[pane->count++] =
                (struct scene_curve){.source = sides[i],
                                     .curve = calibration_stored_curve(sides[i]),
                                     .label = i ? "B" : "A",
                                     .series = i,
                                     .selected_point = -1,
                                     .selected_breakpoint = -1};
    pane->options = (struct scene_options){.log_y = app->log_y,
                                           .bars = app->bars,
                                           .ratio = pane->count == 2,
                                           .shape = app->compare.shape,
                                           .compared = true,
                                           .listed = true};
    pane->cursor = pane->focus_x = app->compare.cursor;
}

static double *cursor(struct app *app)
{
    return &app->compare.cursor;
}

/* Which is A and which is B, in the colours of their curves. */
static void draw_sides(const struct app *app, struct canvas *canvas, struct rect line)
{
    const struct side *sides[2] = {&app->compare.a, &app->compare.b};
    bool pair = !app->compare.a.whole && !app->compare.b.whole;
    int half = line.columns / 2;
    for (int i = 0; i < 2; i++) {
        struct buffer name = {0};
        enum role role = ROLE_SERIES + (unsigned)i;
        int at = line.column + i * half + 1;
        buffer_print(&name, "%s%s%s", sides[i]->file->id, pair ? " " : "",
                     pair ? side_curve(sides[i])->name : "");
        at += canvas_print(canvas, line.row, at, half - 2, role,
                           "%s %c = ", plot_glyph(i, app->style), 'A' + i);
        canvas_text_end(canvas, line.row, at, half - 8, role, name.bytes);
        buffer_done(&name);
    }
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct rect detail = layout->detail, sides = layout->main;
    sides.rows = 1;
    draw_sides(app, canvas, sides);
    if (layout->main.rows > 1)
        plot_pane_draw(app, canvas, layout);
    if (detail.rows > 0)
        compare_details_draw(app, canvas, detail);
}

/* Which operation the plot, the points and the changes are of. */
static void title(const struct app *app, struct buffer *out)
{
    const struct compared_curve *pair = compare_details_curve(app);
    if (pair)
        buffer_print(out, ": %s", pair->name);
    compare_append_shape(app, app->compare.shape, out);
}

static void swap_sides(struct app *app)
{
    struct side a = app->compare.a;
    const struct compared_curve *selected = compare_details_curve(app);
    char *name = selected ? memory_copy_string(selected->name) : NULL;
    app->compare.a = app->compare.b;
    app->compare.b = a;
    app->compare.point = app->compare.top = 0;
    compare_again(app);
    /* Stay on the same curve: the order follows side A. */
    for (size_t i = 0; name && i < app->compare.comparison->curve_count; i++)
        if (strcmp(app->compare.comparison->curves[i].name, name) == 0)
            app->compare.row = i;
    if (app->compare.row >= app->compare.comparison->curve_count)
        app->compare.row = 0;
    free(name);
}

static bool move_cursor(struct app *app, enum action action)
{
    const struct compared_curve *pair = compare_details_curve(app);
    if (!pair || !pair->has_range || isnan(app->compare.cursor) ||
        pair->range_low >= pair->range_high)
        return false;
    return app_move_cursor(app, action, pair->range_low, pair->range_high, 0, &app->compare.cursor);
}

/* Moves in the table that is shown; the plot's cursor goes along. */
static bool move_in_table(struct app *app, enum action action)
{
    const struct comparison *comparison = app->compare.comparison;
    const struct compared_curve *pair = compare_details_curve(app);
    if (compare_text_is_shown(app) && comparison->differs)
        return app_scroll(app, action, &app->compare.top, compare_text_last_top(app));
    if (app->compare.detail == COMPARE_POINTS && pair && pair->point_count) {
        if (!app_move(app, action, &app->compare.point, pair->point_count))
            return false;
        app->compare.cursor = pair->points[app->compare.point].flops;
        return true;
    }
    if (!app_move(app, action, &app->compare.row, comparison->curve_count))
        return false;
    app->compare.point = 0;
    place_cursor(app);
    return true;
}

static const char *curve_name(const struct app *app, size_t index)
{
    const struct comparison *comparison = app->compare.comparison;
    return index < comparison->curve_count ? comparison->curves[index].name : NULL;
}

static void take_curve(struct app *app, size_t index)
{
    app->compare.row = index;
    app->compare.point = app->compare.top = 0;
    place_cursor(app);
}

static void look_at(struct app *app, double flops)
{
    const struct compared_curve *pair = compare_details_curve(app);
    if (pair && pair->has_range)
        app_look_at(app, flops, pair->range_low, pair->range_high, 0, &app->compare.cursor);
}

static int item_at(const struct app *app, const struct layout *layout, int row, int column)
{
    const struct compare_state *state = &app->compare;
    const struct compared_curve *pair = compare_details_curve(app);
    if (state->detail == COMPARE_OPERATIONS)
        return pointer_line(layout->detail, 1, (int)state->row, (int)state->comparison->curve_count,
                            row, column);
    if (state->detail == COMPARE_POINTS && pair)
        return pointer_line(layout->detail, 1, (int)state->point, (int)pair->point_count, row,
                            column);
    return -1;
}

static bool select_item(struct app *app, size_t item)
{
    bool points = app->compare.detail == COMPARE_POINTS;
    size_t *selected = points ? &app->compare.point : &app->compare.row;
    if (*selected == item)
        return false;
    *selected = item;
    if (points) {
        app->compare.cursor = compare_details_curve(app)->points[item].flops;
    } else {
        app->compare.point = 0;
        place_cursor(app);
    }
    return true;
}

static bool point(struct app *app, const struct plot_place *place, enum mouse_kind kind)
{
    const struct compared_curve *pair = compare_details_curve(app);
    (void)kind;
    if (!pair || !pair->has_range)
        return false;
    app_put_cursor(place->x, pair->range_low, pair->range_high, 0, &app->compare.cursor);
    return true;
}

/* Asks for A's peak, then for B's: to compare milliseconds one needs both. */
static void ask_peaks(struct app *app)
{
    const struct compared_curve *pair = compare_details_curve(app);
    app_ask_peak(app, app->compare.a.file, pair && (pair->a ? pair->a : pair->b)->bandwidth);
    if (app->compare.b.file != app->compare.a.file)
        app->peak.next = app->compare.b.file;
}

/* Without a difference there is one page, so no key for others. */
static bool idle(const struct app *app, enum action action)
{
    return action == ACTION_DETAILS && !app->compare.comparison->differs &&
           !compare_details_crowded(app);
}

/*
 * Goes to the next page below the plot. Where there is no room for both, the plot is a page, too.
 */
static void next_details(struct app *app)
{
    struct compare_state *state = &app->compare;
    bool crowded = compare_details_crowded(app);
    state->top = 0;
    if (idle(app, ACTION_DETAILS)) {
        app_say(app, ROLE_TEXT, "The two do not differ: there is no other page");
    } else if (!state->comparison->differs) {
        state->page = !state->page;
    } else if (crowded && !state->page) {
        state->page = true;
    } else {
        state->detail = (state->detail + 1) % COMPARE_DETAILS;
        state->page = state->detail != COMPARE_OPERATIONS;
    }
}

static bool is_about_plot(enum action action)
{
    switch (action) {
    case ACTION_SHAPE:
    case ACTION_LOG:
    case ACTION_STYLE:
    case ACTION_BARS:
    case ACTION_CURSOR_LEFT:
    case ACTION_CURSOR_RIGHT:
    case ACTION_CURSOR_FAR_LEFT:
    case ACTION_CURSOR_FAR_RIGHT:
        return true;
    default:
        return plot_pane_is_about_part(action);
    }
}

/* Before a key acts on the plot: a page that stands in its place makes room for it. */
static void bring_plot_into_sight(struct app *app)
{
    struct compare_state *state = &app->compare;
    if (!state->page || !compare_details_crowded(app))
        return;
    state->page = false;
    if (state->comparison->differs)
        state->detail = COMPARE_OPERATIONS;
}

static bool act(struct app *app, enum action action)
{
    if (is_about_plot(action))
        bring_plot_into_sight(app);
    if (move_in_table(app, action))
        return true;
    if (move_cursor(app, action))
        return true;
    switch (action) {
    case ACTION_SWAP:
        swap_sides(app);
        return true;
    case ACTION_PEAK:
        ask_peaks(app);
        return true;
    case ACTION_SHAPE:
        app->compare.shape = !app->compare.shape;
        plot_pane_reset(app);
        compare_say_shape(app, app->compare.shape);
        return true;
    case ACTION_DETAILS:
        next_details(app);
        return true;
    default:
        return false;
    }
}

static void go_to_line(struct app *app, size_t line)
{
    if (compare_text_is_shown(app))
        compare_text_go(app, line);
    else
        (void)select_item(app, line);
}

static bool searched(const struct app *app, struct search_text *out)
{
    out->go = go_to_line;
    compare_details_search(app, out);
    return true;
}

static void leave(struct app *app)
{
    comparison_free(app->compare.comparison);
    app->compare.comparison = NULL;
    plot_pane_reset(app);
}

const struct view view_compare = {.searched = searched,
                                  .id = VIEW_COMPARE,
                                  .draw = draw,
                                  .act = act,
                                  .idle = idle,
                                  .hint = compare_hint,
                                  .title = title,
                                  .leave = leave,
                                  .plot = plot,
                                  .cursor = cursor,
                                  .item_at = item_at,
                                  .select = select_item,
                                  .point = point,
                                  .detail_rows = compare_details_rows,
                                  .curve_name = curve_name,
                                  .take_curve = take_curve,
                                  .look_at = look_at};
