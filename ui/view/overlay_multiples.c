/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several calibrations over one another in small plots with the same axes, one an operation. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "report/symbol.h"
#include "ui/app.h"
#include "ui/view/overlay_multiples.h"
#include "ui/view/overlay_table.h"

enum { SMALL_COLUMNS = 36, SMALL_ROWS = 8 }; /* the least that a small plot is legible in */

static struct scene_window find_window(const struct app *app, bool bandwidth)
{
    const struct overlay_state *state = &app->overlay;
    struct scene_curve *curves =
        memory_new_array(state->operation_count * COMPARE_CALIBRATIONS_MAX, sizeof *curves);
    struct scene_options options = overlay_scene_options(app);
    struct scene_window window;
    size_t count = 0;
    for (size_t i = 0; i < state->operation_count; i++)
        if (state->operations[i].bandwidth == bandwidth)
            count += overlay_gather(state, &state->operations[i], curves + count);
    scene_window_find(curves, count, &options, &window);
    free(curves);
    return window;
}

/* The shared axes follow what is drawn. */
void overlay_multiples_follow(struct app *app)
{
    struct overlay_windows *windows = &app->overlay.windows;
    struct scene_options options = overlay_scene_options(app), *made_for = &windows->made_for;
    bool same = made_for->log_y == options.log_y && made_for->bars == options.bars &&
                made_for->shape == options.shape;
    if (!app->overlay.multiples || (same && windows->compute.x_high > 0))
        return;
    windows->compute = find_window(app, false);
    windows->bandwidth = find_window(app, true);
    *made_for = options;
}

static int at_least_one(int value, int most)
{
    return value < 1 ? 1 : value > most ? most : value;
}

/* All between title and status line: there is no list beside them. */
struct overlay_grid overlay_multiples_grid(const struct app *app, const struct layout *layout)
{
    const struct overlay_state *state = &app->overlay;
    int names = overlay_name_rows(app, layout);
    int count = (int)state->operation_count;
    struct overlay_grid grid = {.area = {layout->title.row + 1 + names, layout->title.column,
                                         layout->status.row - layout->title.row - 1 - names,
                                         layout->title.columns}};
    grid.columns = at_least_one(grid.area.columns / SMALL_COLUMNS, count);
    int wanted = (count + grid.columns - 1) / grid.columns;
    grid.rows = at_least_one(grid.area.rows / SMALL_ROWS, wanted);
    grid.first = layout_first_line((int)state->row / grid.columns, wanted, grid.rows);
    return grid;
}

struct rect overlay_multiples_area(const struct overlay_grid *grid, int i)
{
    int rows = grid->area.rows / grid->rows, columns = grid->area.columns / grid->columns;
    return (struct rect){grid->area.row + i / grid->columns * rows, i % grid->columns * columns,
                         rows, columns};
}

void overlay_multiples_fill(const struct app *app, const struct overlay_grid *grid, size_t row,
                            struct plot_pane *pane)
{
    const struct overlay_state *state = &app->overlay;
    const struct compare_operation *operation = &state->operations[row];
    plot_pane_init(pane, COMPARE_CALIBRATIONS_MAX);
    pane->count = overlay_gather(state, operation, pane->curves);
    pane->options = overlay_scene_options(app);
    pane->options.listed = true;
    pane->options.window =
        operation->bandwidth ? &state->windows.bandwidth : &state->windows.compute;
    pane->area = overlay_multiples_area(grid, (int)row - grid->first * grid->columns);
    pane->area.row++;
    pane->area.rows--;
    pane->area.columns--;
}

/*
 * Draws an operation's small plot. A part that is zoomed to is shown of all plots with the selected
 * one's unit.
 */
static void draw_small_plot(const struct app *app, struct canvas *canvas,
                            const struct overlay_grid *grid, size_t row)
{
    const struct overlay_state *state = &app->overlay;
    const struct compare_operation *operation = &state->operations[row];
    struct plot_pane pane;
    struct scene_window part = window_axes(&app->part.window);
    bool here = row == state->row;
    overlay_multiples_fill(app, grid, row, &pane);
    if (app->part.window.part && operation->bandwidth == overlay_operation(app)->bandwidth)
        pane.options.window = &part;
    canvas_print(canvas, pane.area.row - 1, pane.area.column, pane.area.columns,
                 here ? ROLE_SELECTED : ROLE_TITLE, "%s %s (%zu of %zu)",
                 here ? symbol(SYMBOL_POINTER, canvas->charset) : " ", operation->name,
                 operation->curve_count, state->count);
    struct picture_subject subject = {pane.curves, pane.count, &pane.options, NAN, app->style};
    pictures_draw(app->pictures, &subject, canvas, pane.area);
    plot_pane_done(&pane);
}

void overlay_multiples_draw(const struct app *app, struct canvas *canvas,
                            const struct layout *layout)
{
    struct overlay_grid grid = overlay_multiples_grid(app, layout);
    for (int i = 0; i < grid.rows * grid.columns; i++) {
        size_t row = (size_t)(grid.first * grid.columns + i);
        if (row < app->overlay.operation_count)
            draw_small_plot(app, canvas, &grid, row);
    }
}
