/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curves of one calibration: a list, a plot with a cursor, and what it reads. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/memory.h"
#include "report/readout.h"
#include "report/symbol.h"
#include "ui/app.h"

enum { READOUT_ROWS = 4 };

#define CURSOR_AIR 0.05 /* beyond the curve's ends, as a share of its range */

/* Lines of the list: the compute curves under one heading, the bandwidth curves under another. */
struct list {
    int compute, lines, selected;
};

static struct list list_of(const struct app *app)
{
    const struct calibration *calibration = app->file->calibration;
    int count = (int)calibration->curve_count, compute = (int)calibration->compute_count;
    return (struct list){compute, count + (compute > 0) + (count > compute),
                         (int)app->curve + (compute > 0) + ((int)app->curve >= compute)};
}

/* The selected curve first, then those overlaid; all of the same unit. */
static void plot(const struct app *app, const struct layout *layout, struct plot_pane *pane)
{
    const struct calibration *calibration = app->file->calibration;
    struct curve current = app_curve(app);
    plot_pane_init(pane, calibration->curve_count);
    for (size_t offset = 0; offset < calibration->curve_count; offset++) {
        size_t i = offset == 0 ? app->curve : offset <= app->curve ? offset - 1 : offset;
        const struct calibration_curve *source = &calibration->curves[i];
        if (i != app->curve &&
            (!app->curves.overlay[i] || source->bandwidth != app_source(app)->bandwidth))
            continue;
        pane->curves[pane->count++] =
            (struct scene_curve){.source = source,
                                 .curve = file_curve(app->file, i),
                                 .digest = session_digest(app->file->session, i),
                                 .label = source->name,
                                 .series = (int)(i % ROLE_SERIES_COUNT),
                                 .left_out = app->file->left_out[i],
                                 .selected_point = -1,
                                 .selected_breakpoint = -1,
                                 .show_breakpoints = i == app->curve};
    }
    pane->options = (struct scene_options){.log_y = app->log_y,
                                           .bars = app->bars,
                                           .range = true,
                                           .listed = list_of(app).lines <= layout->side.rows};
    pane->area = layout->main;
    pane->cursor = pane->focus_x = app->curves.cursor;
    pane->focus_y = curve_evaluate(&current, app->curves.cursor);
}

static double *cursor(struct app *app)
{
    return &app->curves.cursor;
}

/* Whether the mark is on this curve of the file in hand. */
static bool is_mark(const struct app *app, size_t curve)
{
    const struct side *mark = app->marks;
    return app->mark_count > 0 && mark->file == app->file && !mark->whole && mark->curve == curve;
}

/*
 * Whether the plot has the curve's own glyph: of one curve alone glyphs tell where its points come
 * from.
 */
static bool has_glyph(const struct app *app, size_t curve)
{
    const struct calibration *calibration = app->file->calibration;
    size_t drawn = 1;
    for (size_t i = 0; i < calibration->curve_count; i++)
        drawn += i != app->curve && app->curves.overlay[i] &&
                 calibration->curves[i].bandwidth == app_source(app)->bandwidth;
    return drawn > 1 && (curve == app->curve || app->curves.overlay[curve]);
}

/* "conv2d *   9": a long name is cut before the star is lost. */
static void draw_name_and_count(struct canvas *canvas, struct rect line,
                                const struct calibration_curve *curve, bool is_modified,
                                enum role role)
{
    const char *name = curve->name + (curve->bandwidth ? strlen("bandwidth:") : 0);
    char count[24];
    int digits = snprintf(count, sizeof count, "%zu", curve->means.count);
    int column = line.column + 4;
    int room = line.columns - 4 - digits - 1 - (is_modified ? 2 : 0);
    column += canvas_text(canvas, line.row, column, room, role, name);
    if (is_modified)
        canvas_text(canvas, line.row, column, 2, role, " *");
    canvas_text(canvas, line.row, line.column + line.columns - digits, digits,
                role == ROLE_SELECTED ? role : ROLE_DIM, count);
}

/* One line of the list: a curve, or the heading over the curves of one unit. */
static void draw_curve_line(const struct app *app, struct canvas *canvas, struct rect line,
                            size_t i)
{
    const struct calibration_curve *source = &app->file->calibration->curves[i];
    bool selected = i == app->curve;
    bool marked = is_mark(app, i);
    int series = (int)(i % ROLE_SERIES_COUNT);
    enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
    canvas_fill(canvas, line, role);
    canvas_text(canvas, line.row, line.column, 1, selected ? role : ROLE_MARKED,
                marked     ? symbol(SYMBOL_MARK, canvas->charset)
                : selected ? symbol(SYMBOL_POINTER, canvas->charset)
                           : " ");
    if (has_glyph(app, i))
        canvas_text(canvas, line.row, line.column + 2, 1, ROLE_SERIES + (unsigned)series,
                    plot_glyph(series, app->style));
    draw_name_and_count(canvas, line, source, session_curve_modified(app->file->session, i), role);
}

/* The curve in a line of the list; -1: a heading. */
static int curve_in_line(const struct list *list, int line)
{
    int curve = line - (list->compute > 0);
    if (curve < 0 || curve == list->compute)
        return -1; /* behind the last compute curve stands the other heading, if anything */
    return curve > list->compute ? curve - 1 : curve;
}

static void draw_list(const struct app *app, struct canvas *canvas, struct rect area)
{
    struct list list = list_of(app);
    int first = layout_first_line(list.selected, list.lines, area.rows);
    for (int i = 0; i < area.rows && first + i < list.lines; i++) {
        int curve = curve_in_line(&list, first + i);
        struct rect line = {area.row + i, area.column, 1, area.columns};
        if (curve < 0) {
            canvas_text(canvas, line.row, line.column + 2, -1, ROLE_TITLE,
                        first + i > 0 || list.compute == 0 ? "BANDWIDTH" : "COMPUTE");
            canvas_text(canvas, line.row, line.column + line.columns - 6, 6, ROLE_DIM, "points");
        } else {
            draw_curve_line(app, canvas, line, (size_t)curve);
        }
    }
}

static struct readout readout_of(const struct app *app, enum text_charset charset)
{
    return (struct readout){app_source(app), app_curve(app), charset,
                            app_peak(app, app->file, app_source(app)->bandwidth),
                            app_layout(app).detail.columns - 1};
}

/* A digest of all that the sentences on the curve in hand depend on. */
static uint64_t digest_of_sentences(const struct app *app)
{
    const struct calibration_curve *source = app_source(app);
    const double others[] = {source->r_squared,         source->residual_std, source->max_residual,
                             (double)source->bandwidth, (double)app->charset, (double)app->columns};
    uint64_t digest = digest_numbers(session_digest(app->file->session, app->curve), others,
                                     sizeof others / sizeof *others);
    return digest ^ source->points_digest;
}

/* The place for what is said of a curve; empty where nothing was said yet. */
static struct curve_sentences *sentences_of(struct curves_state *curves, size_t curve)
{
    if (curve >= curves->sentences_count) {
        curves->sentences = memory_resize(curves->sentences, curve + 1, sizeof *curves->sentences);
        memset(&curves->sentences[curves->sentences_count], 0,
               (curve + 1 - curves->sentences_count) * sizeof *curves->sentences);
        curves->sentences_count = curve + 1;
    }
    return &curves->sentences[curve];
}

void curves_done(struct curves_state *curves)
{
    for (size_t i = 0; i < curves->sentences_count; i++) {
        buffer_done(&curves->sentences[i].fit);
        buffer_done(&curves->sentences[i].falling);
    }
    free(curves->sentences);
}

/* What depends on all points of the curve in hand is said anew only where they are others. */
static void follow(struct app *app)
{
    struct curve_sentences *sentences = sentences_of(&app->curves, app->curve);
    struct readout readout = readout_of(app, app->charset);
    uint64_t digest = digest_of_sentences(app);
    if (sentences->digest == digest)
        return;
    sentences->digest = digest;
    buffer_truncate(&sentences->fit, 0);
    buffer_truncate(&sentences->falling, 0);
    readout_fit(&readout, &sentences->fit);
    readout_falling_latency(&readout, &sentences->falling);
}

static int item_at(const struct app *app, const struct layout *layout, int row, int column)
{
    struct list list = list_of(app);
    int line = pointer_line(layout->side, 0, list.selected, list.lines, row, column);
    return line < 0 ? -1 : curve_in_line(&list, line);
}

static bool select_curve(struct app *app, size_t curve)
{
    if (curve == app->curve)
        return false;
    app_take_curve(app, curve);
    return true;
}

static void draw_readout(const struct app *app, struct canvas *canvas, struct rect area)
{
    struct readout readout = readout_of(app, canvas->charset);
    static const enum role roles[READOUT_ROWS] = {ROLE_TITLE, ROLE_TEXT, ROLE_TEXT, ROLE_WARNING};
    struct buffer lines[READOUT_ROWS] = {{0}};
    bool has_cursor = !isnan(app->curves.cursor);
    if (has_cursor) {
        readout_at(&readout, app->curves.cursor, &lines[0]);
        readout_nearest_point(&readout, app->curves.cursor, &lines[1]);
    }
    if (app->curve < app->curves.sentences_count) {
        const struct curve_sentences *sentences = &app->curves.sentences[app->curve];
        buffer_append_string(&lines[2], buffer_string(&sentences->fit));
        buffer_append_string(&lines[3], buffer_string(&sentences->falling));
    }
    app_draw_lines(canvas, area, lines, roles, READOUT_ROWS);
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    draw_list(app, canvas, layout->side);
    plot_pane_draw(app, canvas, layout);
    draw_readout(app, canvas, layout->detail);
}

static void hint(const struct app *app, struct buffer *out)
{
    const struct calibration *calibration = app->file->calibration;
    if (app->mark_count > 0) {
        marks_describe(app, app->marks[0].whole ? "this calibration" : "this curve", out);
        return;
    }
    buffer_print(out, "%s, %s, %.10s",
                 calibration->hardware_name ? calibration->hardware_name : "?",
                 calibration->precision ? calibration->precision : "?",
                 calibration->calibration_date ? calibration->calibration_date : "?");
    if (app_source(app)->description)
        buffer_print(out, "   %s", app_source(app)->description);
}

static bool move_cursor(struct app *app, enum action action)
{
    double low, high;
    if (isnan(app->curves.cursor) || !calibration_curve_extent(app_source(app), &low, &high) ||
        low >= high)
        return false;
    return app_move_cursor(app, action, low, high, CURSOR_AIR, &app->curves.cursor);
}

static void look_at(struct app *app, double flops)
{
    double low, high;
    if (calibration_curve_extent(app_source(app), &low, &high))
        app_look_at(app, flops, low, high, CURSOR_AIR, &app->curves.cursor);
}

/*
 * The overlaid curve that a cell of the screen shows part of, by the role that it is drawn in; the
 * curve in hand where there is none.
 */
static size_t curve_drawn_at(const struct app *app, int row, int column)
{
    const struct calibration *calibration = app->file->calibration;
    enum role role = app_role_at(app, row, column);
    for (size_t i = 0; i < calibration->curve_count; i++)
        if (app->curves.overlay[i] && i != app->curve &&
            role == ROLE_SERIES + (unsigned)(i % ROLE_SERIES_COUNT) &&
            calibration->curves[i].bandwidth == app_source(app)->bandwidth)
            return i;
    return app->curve;
}

/*
 * A click on another curve's line, point or label puts that curve in hand; elsewhere the cursor
 * follows.
 */
static bool point(struct app *app, const struct plot_place *place, enum mouse_kind kind)
{
    double low, high;
    size_t curve =
        kind == MOUSE_PRESS ? curve_drawn_at(app, place->row, place->column) : app->curve;
    if (curve != app->curve) {
        struct plot_part part = app->part;
        app_take_curve(app, curve);
        app->part = part; /* what was clicked stays where it is */
        return false;
    }
    if (!calibration_curve_extent(app_source(app), &low, &high))
        return false;
    app_put_cursor(place->x, low, high, CURSOR_AIR, &app->curves.cursor);
    return true;
}

static void compare(struct app *app)
{
    if (app->mark_count == 0)
        app_say(app, ROLE_WARNING,
                "First press %s: here for this curve, or in the list for a calibration",
                app_key_name(app, ACTION_MARK).chars);
    else
        marks_compare(app, (struct side){.file = app->file, .curve = app->curve});
}

/* The selected curve is in the picture anyway, so that nothing else would show the change. */
static void overlay(struct app *app)
{
    bool *stays = &app->curves.overlay[app->curve];
    *stays = !*stays;
    app_say(app, ROLE_TEXT,
            *stays ? "%s stays in the picture; %s lets it go again"
                   : "%s is in the picture only while selected; %s keeps it there",
            app_source(app)->name, app_key_name(app, ACTION_OVERLAY).chars);
}

static void overlay_all(struct app *app)
{
    size_t count = app->file->calibration->curve_count;
    bool any = false;
    for (size_t i = 0; i < count; i++)
        any |= app->curves.overlay[i];
    for (size_t i = 0; i < count; i++)
        app->curves.overlay[i] = !any;
}

static void enter_findings(struct app *app)
{
    app->findings = (struct findings_state){0};
    check_calibration(app->file->calibration, NULL, &app->findings.findings);
    app_enter(app, &view_findings);
}

static bool act(struct app *app, enum action action)
{
    size_t curve = app->curve;
    if (app_move(app, action, &curve, app->file->calibration->curve_count)) {
        if (curve != app->curve)
            app_take_curve(app, curve);
        return true;
    }
    if (move_cursor(app, action))
        return true;
    switch (action) {
    case ACTION_OVERLAY:
        overlay(app);
        return true;
    case ACTION_OVERLAY_ALL:
        overlay_all(app);
        return true;
    case ACTION_TUNE:
        tune_start(app);
        return true;
    case ACTION_REFIT:
        fit_start(app);
        return true;
    case ACTION_MARK:
        marks_turn(app, (struct side){.file = app->file, .curve = app->curve});
        return true;
    case ACTION_COMPARE:
        compare(app);
        return true;
    case ACTION_REVISION:
        compare_ask_revision(app);
        return true;
    case ACTION_FINDINGS:
        enter_findings(app);
        return true;
    default:
        return false;
    }
}

static int detail_rows(const struct app *app)
{
    (void)app;
    return READOUT_ROWS;
}

static void go_to_curve(struct app *app, size_t line)
{
    if (line != app->curve)
        app_take_curve(app, line);
}

static bool searched(const struct app *app, struct search_text *out)
{
    for (size_t i = 0; i < app->file->calibration->curve_count; i++)
        search_add_line(out, "%s", app->file->calibration->curves[i].name);
    out->at = app->curve;
    out->go = go_to_curve;
    return true;
}

const struct view view_curves = {.searched = searched,
                                 .id = VIEW_CURVES,
                                 .draw = draw,
                                 .act = act,
                                 .hint = hint,
                                 .detail_rows = detail_rows,
                                 .follow = follow,
                                 .plot = plot,
                                 .cursor = cursor,
                                 .item_at = item_at,
                                 .select = select_curve,
                                 .point = point,
                                 .curve_name = app_curve_name,
                                 .take_curve = app_take_curve,
                                 .look_at = look_at};
