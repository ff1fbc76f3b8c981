/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several calibrations over one another: operations, plot and figures, or a small plot each. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "report/symbol.h"
#include "ui/app.h"

enum { SMALL_COLUMNS = 36, SMALL_ROWS = 8 }; /* the least that a small plot is legible in */

static const struct compare_operation *selected(const struct app *app)
{
    return &app->overlay.operations[app->overlay.row];
}

/* --- the figures --- */

static void forget_figures(struct overlay_state *state)
{
    for (size_t i = 0; i < state->count; i++) {
        comparison_free(state->against[i]);
        state->against[i] = NULL;
    }
}

/* Whole calibrations: p-values are then adjusted as in a comparison of two. */
static void compare_with_reference(struct app *app)
{
    struct overlay_state *state = &app->overlay;
    const struct compare_options options = {.margin = 0.05};
    forget_figures(state);
    for (size_t i = 0; i < state->count; i++)
        if (i != state->reference)
            state->against[i] = compare_calibrations(state->files[state->reference]->calibration,
                                                     state->files[i]->calibration, &options);
}

/* The operation in hand of one calibration against the reference; NULL: not on both sides. */
static const struct compared_curve *find_pair(const struct overlay_state *state, size_t index)
{
    const struct comparison *comparison = state->against[index];
    const struct compare_operation *operation = &state->operations[state->row];
    for (size_t i = 0; comparison && i < comparison->curve_count; i++) {
        const struct compared_curve *pair = &comparison->curves[i];
        if (pair->a && pair->a == operation->curves[state->reference] &&
            pair->b == operation->curves[index])
            return pair->b ? pair : NULL;
    }
    return NULL;
}

/* The sizes that any of the curves covers. */
static bool find_extent(const struct compare_operation *operation, size_t count, double *low,
                        double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        double from, to;
        if (!operation->curves[i] || !calibration_curve_extent(operation->curves[i], &from, &to))
            continue;
        *low = fmin(*low, from);
        *high = fmax(*high, to);
    }
    return *low < *high;
}

static void select_row(struct app *app, size_t row)
{
    struct overlay_state *state = &app->overlay;
    double low, high;
    bool same_axes =
        state->multiples && selected(app)->bandwidth == state->operations[row].bandwidth;
    if (!same_axes)
        plot_pane_reset(app);
    state->row = row;
    state->cursor = NAN;
    if (find_extent(selected(app), state->count, &low, &high))
        state->cursor = number_round(sqrt(low) * sqrt(high), 3);
}

/* --- the plots --- */

/* The curves of one operation, the reference first, so that it is drawn over the others. */
static size_t gather(const struct overlay_state *state, const struct compare_operation *operation,
                     struct scene_curve curves[COMPARE_CALIBRATIONS_MAX])
{
    static const char *const letters[] = {"A", "B", "C", "D", "E", "F", "G", "H"};
    size_t count = 0;
    for (size_t i = 0; i < state->count; i++) {
        size_t place = (state->reference + i) % state->count;
        if (operation->curves[place])
            curves[count++] =
                (struct scene_curve){.source = operation->curves[place],
                                     .curve = calibration_stored_curve(operation->curves[place]),
                                     .label = letters[place],
                                     .series = (int)place,
                                     .selected_point = -1,
                                     .selected_breakpoint = -1};
    }
    return count;
}

static struct scene_options options_of(const struct app *app)
{
    return (struct scene_options){
        .log_y = app->log_y, .bars = app->bars, .shape = app->overlay.shape, .compared = true};
}

static struct scene_window find_window(const struct app *app, bool bandwidth)
{
    const struct overlay_state *state = &app->overlay;
    struct scene_curve *curves =
        memory_new_array(state->operation_count * COMPARE_CALIBRATIONS_MAX, sizeof *curves);
    struct scene_options options = options_of(app);
    struct scene_window window;
    size_t count = 0;
    for (size_t i = 0; i < state->operation_count; i++)
        if (state->operations[i].bandwidth == bandwidth)
            count += gather(state, &state->operations[i], curves + count);
    scene_window_find(curves, count, &options, &window);
    free(curves);
    return window;
}

/* The shared axes follow what is drawn. */
static void follow(struct app *app)
{
    struct overlay_windows *windows = &app->overlay.windows;
    struct scene_options options = options_of(app), *made_for = &windows->made_for;
    bool same = made_for->log_y == options.log_y && made_for->bars == options.bars &&
                made_for->shape == options.shape;
    if (!app->overlay.multiples || (same && windows->compute.x_high > 0))
        return;
    windows->compute = find_window(app, false);
    windows->bandwidth = find_window(app, true);
    *made_for = options;
}

/* How the small plots lie. */
struct grid {
    struct rect area;
    int columns, rows; /* of plots that are shown */
    int first;         /* row of plots */
};

static int at_least_one(int value, int most)
{
    return value < 1 ? 1 : value > most ? most : value;
}

/* All between title and status line: there is no list beside them. */
static struct grid grid_of(const struct overlay_state *state, const struct layout *layout)
{
    int count = (int)state->operation_count;
    struct grid grid = {.area = {layout->title.row + 1, layout->title.column,
                                 layout->status.row - layout->title.row - 1,
                                 layout->title.columns}};
    grid.columns = at_least_one(grid.area.columns / SMALL_COLUMNS, count);
    int wanted = (count + grid.columns - 1) / grid.columns;
    grid.rows = at_least_one(grid.area.rows / SMALL_ROWS, wanted);
    grid.first = layout_first_line((int)state->row / grid.columns, wanted, grid.rows);
    return grid;
}

/* The rectangle of the i-th small plot that is shown, its heading included. */
static struct rect small_area(const struct grid *grid, int i)
{
    int rows = grid->area.rows / grid->rows, columns = grid->area.columns / grid->columns;
    return (struct rect){grid->area.row + i / grid->columns * rows, i % grid->columns * columns,
                         rows, columns};
}

/* What a small plot shows, below its heading. */
static void fill_small(const struct app *app, const struct grid *grid, size_t row,
                       struct plot_pane *pane)
{
    const struct overlay_state *state = &app->overlay;
    const struct compare_operation *operation = &state->operations[row];
    plot_pane_init(pane, COMPARE_CALIBRATIONS_MAX);
    pane->count = gather(state, operation, pane->curves);
    pane->options = options_of(app);
    pane->options.window =
        operation->bandwidth ? &state->windows.bandwidth : &state->windows.compute;
    pane->area = small_area(grid, (int)row - grid->first * grid->columns);
    pane->area.row++;
    pane->area.rows--;
    pane->area.columns--;
}

/* The part shown is one of all small plots of the selected one's unit. */
static void draw_small_plot(const struct app *app, struct canvas *canvas, const struct grid *grid,
                            size_t row)
{
    const struct overlay_state *state = &app->overlay;
    const struct compare_operation *operation = &state->operations[row];
    struct plot_pane pane;
    struct scene_window part = window_axes(&app->part.window);
    bool here = row == state->row;
    fill_small(app, grid, row, &pane);
    if (app->part.window.part && operation->bandwidth == selected(app)->bandwidth)
        pane.options.window = &part;
    canvas_print(canvas, pane.area.row - 1, pane.area.column, pane.area.columns,
                 here ? ROLE_SELECTED : ROLE_TITLE, "%s %s (%zu of %zu)",
                 here ? symbol(SYMBOL_POINTER, canvas->charset) : " ", operation->name,
                 operation->curve_count, state->count);
    struct picture_subject subject = {pane.curves, pane.count, &pane.options, NAN, app->style};
    pictures_draw(app->pictures, &subject, canvas, pane.area);
    plot_pane_done(&pane);
}

static void draw_small_plots(const struct app *app, struct canvas *canvas,
                             const struct layout *layout)
{
    struct grid grid = grid_of(&app->overlay, layout);
    for (int i = 0; i < grid.rows * grid.columns; i++) {
        size_t row = (size_t)(grid.first * grid.columns + i);
        if (row < app->overlay.operation_count)
            draw_small_plot(app, canvas, &grid, row);
    }
}

/* The selected operation's plot, the large one or the small one. */
static void plot(const struct app *app, const struct layout *layout, struct plot_pane *pane)
{
    if (app->overlay.multiples) {
        struct grid grid = grid_of(&app->overlay, layout);
        fill_small(app, &grid, app->overlay.row, pane);
        return;
    }
    plot_pane_init(pane, COMPARE_CALIBRATIONS_MAX);
    pane->count = gather(&app->overlay, selected(app), pane->curves);
    pane->options = options_of(app);
    pane->options.ratio = selected(app)->curves[app->overlay.reference] != NULL;
    pane->area = layout->main;
    pane->cursor = pane->focus_x = app->overlay.cursor;
}

static double *cursor(struct app *app)
{
    return app->overlay.multiples ? NULL : &app->overlay.cursor;
}

/* --- the lists --- */

static void draw_operations(const struct app *app, struct canvas *canvas, struct rect area)
{
    const struct overlay_state *state = &app->overlay;
    int count = (int)state->operation_count, rows = area.rows - 1;
    int first = layout_first_line((int)state->row, count, rows);
    canvas_text(canvas, area.row, area.column + 2, area.columns - 2, ROLE_TITLE, "OPERATION");
    canvas_text(canvas, area.row, area.column + area.columns - 2, 2, ROLE_DIM, "in");
    for (int i = 0; i < rows && first + i < count; i++) {
        const struct compare_operation *operation = &state->operations[first + i];
        bool here = (size_t)(first + i) == state->row;
        enum role role = here ? ROLE_SELECTED : ROLE_TEXT;
        struct rect line = {area.row + 1 + i, area.column, 1, area.columns};
        canvas_fill(canvas, line, role);
        canvas_print(canvas, line.row, line.column, line.columns - 3, role, "%s %s",
                     here ? symbol(SYMBOL_POINTER, canvas->charset) : " ", operation->name);
        canvas_print(canvas, line.row, line.column + line.columns - 1, 1, here ? role : ROLE_DIM,
                     "%zu", operation->curve_count);
    }
}

static void append_number(struct buffer *out, double value, int digits)
{
    char text[NUMBER_TEXT_MAX];
    number_print_short(value, digits, text);
    buffer_append_string(out, isnan(value) ? "n/a" : text);
}

/* The columns of the table below the plot; their texts are figures of one calibration. */
struct figures {
    struct buffer here, ratio, mean, verdicts;
};

static void figures_done(struct figures *figures)
{
    buffer_done(&figures->here);
    buffer_done(&figures->ratio);
    buffer_done(&figures->mean);
    buffer_done(&figures->verdicts);
}

static double value_at(const struct calibration_curve *curve, double flops)
{
    struct curve stored = calibration_stored_curve(curve);
    return curve_evaluate(&stored, flops);
}

static void figures_fill(const struct app *app, size_t index, struct figures *figures)
{
    const struct overlay_state *state = &app->overlay;
    const struct compare_operation *operation = selected(app);
    const struct calibration_curve *curve = operation->curves[index];
    const struct calibration_curve *reference = operation->curves[state->reference];
    if (curve)
        append_number(&figures->here, value_at(curve, state->cursor), 4);
    const struct compared_curve *pair = find_pair(state, index);
    const char *instead = !curve                      ? "has no such curve"
                          : index == state->reference ? "the reference"
                          : !pair                     ? "nothing to compare with"
                                                      : NULL;
    if (instead) {
        buffer_append_string(&figures->verdicts, instead);
        return;
    }
    append_number(&figures->ratio,
                  value_at(curve, state->cursor) / value_at(reference, state->cursor), 3);
    append_number(&figures->mean, pair->geomean_ratio, 3);
    if (!pair->differs)
        buffer_append_string(&figures->verdicts, "no difference");
    else if (pair->point_count == 0)
        buffer_append_string(&figures->verdicts, "no shared sizes");
    else if (pair->changed_points == 0)
        buffer_append_string(&figures->verdicts, "points unchanged");
    else
        compare_append_verdicts(pair, &figures->verdicts);
}

/*
 * The figures take so many columns at the right end; the verdicts find no room on a narrow screen.
 */
static int figures_columns(int columns)
{
    enum { FIGURES = 27, VERDICTS = 29, NAMES = 18 };
    return columns >= NAMES + FIGURES + VERDICTS ? FIGURES + VERDICTS : FIGURES;
}

static void draw_calibration(const struct app *app, struct canvas *canvas, struct rect line,
                             size_t index)
{
    const struct overlay_state *state = &app->overlay;
    struct figures figures = {0};
    int names = line.columns - figures_columns(line.columns), at = line.column + names;
    figures_fill(app, index, &figures);
    canvas_print(canvas, line.row, line.column + 1, 3, ROLE_SERIES + (unsigned)index, "%s %c",
                 plot_glyph((int)index, app->style), 'A' + (int)index);
    canvas_text_end(canvas, line.row, line.column + 5, names - 6, ROLE_SERIES + (unsigned)index,
                    state->files[index]->id);
    canvas_print(canvas, line.row, at, 10, ROLE_TEXT, "%10s", buffer_string(&figures.here));
    canvas_print(canvas, line.row, at + 10, 8, ROLE_TEXT, "%8s", buffer_string(&figures.ratio));
    canvas_print(canvas, line.row, at + 18, 8, ROLE_TEXT, "%8s", buffer_string(&figures.mean));
    canvas_text(canvas, line.row, at + 27, 29, ROLE_TEXT, buffer_string(&figures.verdicts));
    figures_done(&figures);
}

static void draw_calibrations(const struct app *app, struct canvas *canvas, struct rect area)
{
    enum {
        READABLE_COLUMNS = 110
    }; /* further apart a name and its figures are hard to hold together */
    if (area.columns > READABLE_COLUMNS)
        area.columns = READABLE_COLUMNS;
    const struct overlay_state *state = &app->overlay;
    int at = area.column + area.columns - figures_columns(area.columns);
    int reference = 'A' + (int)state->reference;
    char size[NUMBER_TEXT_MAX] = "-";
    if (!isnan(state->cursor))
        number_print_si(state->cursor, 3, size);
    canvas_text(canvas, area.row, area.column + 1, -1, ROLE_TITLE, "CALIBRATION");
    canvas_print(canvas, area.row, at, 10, ROLE_TITLE, " AT %6s", size);
    canvas_print(canvas, area.row, at + 10, 8, ROLE_TITLE, "%7s%c", "/", reference);
    canvas_print(canvas, area.row, at + 18, 8, ROLE_TITLE, "%7s%c", "MEAN /", reference);
    canvas_print(canvas, area.row, at + 27, 29, ROLE_TITLE, "SHARED POINTS: AGAINST %c", reference);
    for (int i = 0; i < (int)state->count && i + 1 < area.rows; i++)
        draw_calibration(app, canvas, (struct rect){area.row + 1 + i, area.column, 1, area.columns},
                         (size_t)i);
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    if (app->overlay.multiples) {
        draw_small_plots(app, canvas, layout);
        return;
    }
    if (layout->side.rows > 0)
        draw_operations(app, canvas, layout->side);
    plot_pane_draw(app, canvas, layout);
    if (layout->detail.rows > 1)
        draw_calibrations(app, canvas, layout->detail);
}

static int detail_rows(const struct app *app)
{
    return 1 + (int)app->overlay.count;
}

static void hint(const struct app *app, struct buffer *out)
{
    const struct overlay_state *state = &app->overlay;
    if (state->multiples) {
        for (size_t i = 0; i < state->count; i++)
            buffer_print(out, "%s%s %c = %s", i ? "  " : "", plot_glyph((int)i, app->style),
                         'A' + (int)i, state->files[i]->id);
        return;
    }
    buffer_print(out, "operation %zu of %zu: %s   %s shows all of them side by side",
                 state->row + 1, state->operation_count, selected(app)->name,
                 app_key_name(app, ACTION_MULTIPLES).chars);
}

/* --- keys --- */

/* In the grid up and down go by rows of plots, left and right by plots. */
static bool move_in_grid(struct app *app, enum action action)
{
    struct overlay_state *state = &app->overlay;
    struct layout layout = layout_compute(app->rows, app->columns, VIEW_OVERLAY, detail_rows(app));
    size_t columns = (size_t)grid_of(state, &layout).columns, row = state->row;
    switch (action) {
    case ACTION_CURSOR_LEFT:
        row -= row > 0;
        break;
    case ACTION_CURSOR_RIGHT:
        row += row + 1 < state->operation_count;
        break;
    case ACTION_UP:
        row -= row >= columns ? columns : 0;
        break;
    case ACTION_DOWN:
        row = row + columns < state->operation_count ? row + columns : state->operation_count - 1;
        break;
    default:
        return false;
    }
    select_row(app, row);
    return true;
}

static const char *curve_name(const struct app *app, size_t index)
{
    const struct overlay_state *state = &app->overlay;
    return index < state->operation_count ? state->operations[index].name : NULL;
}

static void look_at(struct app *app, double flops)
{
    double low, high;
    if (find_extent(selected(app), app->overlay.count, &low, &high))
        app_look_at(app, flops, low, high, 0, &app->overlay.cursor);
}

static bool move(struct app *app, enum action action)
{
    struct overlay_state *state = &app->overlay;
    double low, high;
    size_t row = state->row;
    if (state->multiples && move_in_grid(app, action))
        return true;
    if (app_move(app, action, &row, state->operation_count)) {
        select_row(app, row);
        return true;
    }
    return !state->multiples && find_extent(selected(app), state->count, &low, &high) &&
           app_move_cursor(app, action, low, high, 0, &state->cursor);
}

static int item_at(const struct app *app, const struct layout *layout, int row, int column)
{
    const struct overlay_state *state = &app->overlay;
    if (!state->multiples)
        return pointer_line(layout->side, 1, (int)state->row, (int)state->operation_count, row,
                            column);
    struct grid grid = grid_of(state, layout);
    for (int i = 0; i < grid.rows * grid.columns; i++) {
        size_t item = (size_t)(grid.first * grid.columns + i);
        if (item < state->operation_count && pointer_in(small_area(&grid, i), row, column))
            return (int)item;
    }
    return -1;
}

static bool select_item(struct app *app, size_t item)
{
    if (item == app->overlay.row)
        return false;
    select_row(app, item);
    return true;
}

static bool point(struct app *app, const struct plot_place *place, enum mouse_kind kind)
{
    struct overlay_state *state = &app->overlay;
    double low, high;
    (void)kind;
    if (state->multiples || !find_extent(selected(app), state->count, &low, &high))
        return false;
    app_put_cursor(place->x, low, high, 0, &state->cursor);
    return true;
}

static bool act(struct app *app, enum action action)
{
    struct overlay_state *state = &app->overlay;
    if (move(app, action))
        return true;
    switch (action) {
    case ACTION_REFERENCE:
        state->reference = (state->reference + 1) % state->count;
        compare_with_reference(app);
        return true;
    case ACTION_SHAPE:
        state->shape = !state->shape;
        plot_pane_reset(app);
        return true;
    case ACTION_MULTIPLES:
        state->multiples = !state->multiples;
        plot_pane_reset(app);
        return true;
    default:
        return false;
    }
}

static void go_to_operation(struct app *app, size_t line)
{
    (void)select_item(app, line);
}

static bool searched(const struct app *app, struct search_text *out)
{
    for (size_t i = 0; i < app->overlay.operation_count; i++)
        search_add_line(out, "%s", app->overlay.operations[i].name);
    out->at = app->overlay.row;
    out->go = go_to_operation;
    return true;
}

static void leave(struct app *app)
{
    forget_figures(&app->overlay);
    plot_pane_reset(app);
    free(app->overlay.operations);
    app->overlay = (struct overlay_state){0};
}

static const struct view view_overlay = {.id = VIEW_OVERLAY,
                                         .draw = draw,
                                         .act = act,
                                         .hint = hint,
                                         .leave = leave,
                                         .plot = plot,
                                         .cursor = cursor,
                                         .item_at = item_at,
                                         .select = select_item,
                                         .point = point,
                                         .detail_rows = detail_rows,
                                         .follow = follow,
                                         .curve_name = curve_name,
                                         .take_curve = select_row,
                                         .look_at = look_at,
                                         .searched = searched};

/* The operation of the curve in hand, where that is where one comes from. */
static size_t first_row(const struct app *app)
{
    const struct overlay_state *state = &app->overlay;
    for (size_t i = 0; app_view(app) == &view_curves && i < state->operation_count; i++)
        if (strcmp(state->operations[i].name, app_source(app)->name) == 0)
            return i;
    return 0;
}

void overlay_start(struct app *app, struct file *const *files, size_t count)
{
    const struct calibration *calibrations[COMPARE_CALIBRATIONS_MAX];
    struct overlay_state *state = &app->overlay;
    *state = (struct overlay_state){.count = count};
    for (size_t i = 0; i < count; i++) {
        state->files[i] = files[i];
        calibrations[i] = files[i]->calibration;
    }
    state->operation_count = compare_operations(calibrations, count, &state->operations);
    if (state->operation_count == 0) {
        app_say(app, ROLE_WARNING, "None of these calibrations has a curve");
        leave(app);
        return;
    }
    size_t row = first_row(app);
    app_enter(app, &view_overlay);
    compare_with_reference(app);
    select_row(app, row);
}
