/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The overlay view: the list of operations, the plot of the selected one, keys. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "report/symbol.h"
#include "ui/app.h"
#include "ui/view/compare_details.h"
#include "ui/view/overlay_multiples.h"
#include "ui/view/overlay_table.h"

const struct compare_operation *overlay_operation(const struct app *app)
{
    return &app->overlay.operations[app->overlay.row];
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
        state->multiples && overlay_operation(app)->bandwidth == state->operations[row].bandwidth;
    if (!same_axes)
        plot_pane_reset(app);
    state->row = row;
    state->cursor = NAN;
    if (find_extent(overlay_operation(app), state->count, &low, &high))
        state->cursor = number_round(sqrt(low) * sqrt(high), 3);
}

size_t overlay_gather(const struct overlay_state *state, const struct compare_operation *operation,
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

struct scene_options overlay_scene_options(const struct app *app)
{
    return (struct scene_options){
        .log_y = app->log_y, .bars = app->bars, .shape = app->overlay.shape, .compared = true};
}

/* Whether the screen has no room for the table below the plot. */
static bool is_crowded(const struct app *app)
{
    struct layout layout =
        layout_compute(app->rows, app->columns, VIEW_OVERLAY, 1 + (int)app->overlay.count);
    return !layout.too_small && layout.detail.rows < 2;
}

static bool is_table_alone(const struct app *app)
{
    return app->overlay.table && !app->overlay.multiples && is_crowded(app);
}

static int detail_rows(const struct app *app)
{
    return is_table_alone(app) ? LAYOUT_DETAIL_ALONE : 1 + (int)app->overlay.count;
}

/* The selected operation's plot, the large one or the small one. */
static void plot(const struct app *app, const struct layout *layout, struct plot_pane *pane)
{
    if (app->overlay.multiples) {
        struct overlay_grid grid = overlay_multiples_grid(app, layout);
        overlay_multiples_fill(app, &grid, app->overlay.row, pane);
        return;
    }
    plot_pane_init(pane, COMPARE_CALIBRATIONS_MAX);
    pane->count = overlay_gather(&app->overlay, overlay_operation(app), pane->curves);
    pane->options = overlay_scene_options(app);
    pane->options.ratio = overlay_operation(app)->curves[app->overlay.reference] != NULL;
    pane->options.listed = true;
    pane->area = layout->main;
    int names = is_table_alone(app) ? pane->area.rows : overlay_name_rows(app, layout);
    pane->area.row += names;
    pane->area.rows -= names;
    pane->cursor = pane->focus_x = app->overlay.cursor;
}

static double *cursor(struct app *app)
{
    return app->overlay.multiples ? NULL : &app->overlay.cursor;
}

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

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct rect names = {layout->title.row + 1, layout->main.column, overlay_name_rows(app, layout),
                         layout->main.columns};
    if (app->overlay.multiples) {
        names.column = layout->title.column;
        names.columns = layout->title.columns;
        overlay_names_draw(app, canvas, names);
        overlay_multiples_draw(app, canvas, layout);
        return;
    }
    overlay_names_draw(app, canvas, names);
    if (layout->side.rows > 0)
        draw_operations(app, canvas, layout->side);
    if (is_table_alone(app))
        canvas_text(canvas, layout->main.row, 1, layout->main.columns - 1, ROLE_TITLE,
                    overlay_operation(app)->name);
    else
        plot_pane_draw(app, canvas, layout);
    if (layout->detail.rows > 1)
        overlay_table_draw(app, canvas, layout->detail);
}

static void title(const struct app *app, struct buffer *out)
{
    compare_append_shape(app, app->overlay.shape, out);
}

static void hint(const struct app *app, struct buffer *out)
{
    const struct overlay_state *state = &app->overlay;
    struct layout layout = app_layout(app);
    if (state->multiples && overlay_name_rows(app, &layout) == 0) {
        overlay_append_names(app, out);
        return;
    }
    buffer_print(out, "operation %zu of %zu: %s", state->row + 1, state->operation_count,
                 overlay_operation(app)->name);
    if (overlay_name_rows(app, &layout) > 0) /* there is no table to say it */
        buffer_print(out, ", against %c", 'A' + (int)state->reference);
    if (!state->multiples && !is_table_alone(app))
        buffer_print(out, "   %s shows all of them side by side",
                     app_key_name(app, ACTION_MULTIPLES).chars);
}

/* In the grid up and down go by rows of plots, left and right by plots. */
static bool move_in_grid(struct app *app, enum action action)
{
    struct overlay_state *state = &app->overlay;
    struct layout layout = layout_compute(app->rows, app->columns, VIEW_OVERLAY, detail_rows(app));
    size_t columns = (size_t)overlay_multiples_grid(app, &layout).columns, row = state->row;
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
    if (find_extent(overlay_operation(app), app->overlay.count, &low, &high))
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
    return !state->multiples && find_extent(overlay_operation(app), state->count, &low, &high) &&
           app_move_cursor(app, action, low, high, 0, &state->cursor);
}

static int item_at(const struct app *app, const struct layout *layout, int row, int column)
{
    const struct overlay_state *state = &app->overlay;
    if (!state->multiples)
        return pointer_line(layout->side, 1, (int)state->row, (int)state->operation_count, row,
                            column);
    struct overlay_grid grid = overlay_multiples_grid(app, layout);
    for (int i = 0; i < grid.rows * grid.columns; i++) {
        size_t item = (size_t)(grid.first * grid.columns + i);
        if (item < state->operation_count &&
            pointer_in(overlay_multiples_area(&grid, i), row, column))
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
    if (state->multiples || !find_extent(overlay_operation(app), state->count, &low, &high))
        return false;
    app_put_cursor(place->x, low, high, 0, &state->cursor);
    return true;
}

/*
 * Goes on from the plot to all operations, to the table where it has no room below the plot, and
 * back.
 */
static void next_page(struct app *app)
{
    struct overlay_state *state = &app->overlay;
    bool alone = is_table_alone(app);
    state->table = state->multiples && is_crowded(app);
    state->multiples = !state->multiples && !alone;
    plot_pane_reset(app);
}

/* Before a key acts on the plot: the table that stands in its place makes room for it. */
static void bring_plot_into_sight(struct app *app, enum action action)
{
    if (action == ACTION_SHAPE || action == ACTION_LOG || action == ACTION_STYLE ||
        action == ACTION_BARS || plot_pane_is_about_part(action))
        app->overlay.table = false;
}

static bool act(struct app *app, enum action action)
{
    struct overlay_state *state = &app->overlay;
    bring_plot_into_sight(app, action);
    if (move(app, action))
        return true;
    switch (action) {
    case ACTION_REFERENCE:
        state->reference = (state->reference + 1) % state->count;
        overlay_table_compare(app);
        return true;
    case ACTION_SHAPE:
        state->shape = !state->shape;
        plot_pane_reset(app);
        compare_say_shape(app, state->shape);
        return true;
    case ACTION_MULTIPLES:
        next_page(app);
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
    overlay_table_forget(&app->overlay);
    plot_pane_reset(app);
    free(app->overlay.operations);
    app->overlay = (struct overlay_state){0};
}

static const struct view view_overlay = {.id = VIEW_OVERLAY,
                                         .draw = draw,
                                         .act = act,
                                         .hint = hint,
                                         .title = title,
                                         .leave = leave,
                                         .plot = plot,
                                         .cursor = cursor,
                                         .item_at = item_at,
                                         .select = select_item,
                                         .point = point,
                                         .detail_rows = detail_rows,
                                         .follow = overlay_multiples_follow,
                                         .curve_name = curve_name,
                                         .take_curve = select_row,
                                         .look_at = look_at,
                                         .searched = searched};

/* The operation to begin with: that of the curve in hand, if one comes from there. */
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
    overlay_table_compare(app);
    select_row(app, row);
}
