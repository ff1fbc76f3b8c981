/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plots of the selected fit, and the table of what each point does to it. */
#include "ui/view/fit_pages.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "report/symbol.h"
#include "ui/view/fit_table.h"

/* One more switch goes here, into struct fit_state, the table of actions and act_on_settings(). */
struct fit_options fit_pages_options(const struct app *app)
{
    return (struct fit_options){
        .breakpoints = app->fit.breakpoints,
        .robust = app->fit.robust,
        .floor = app->fit.floor,
        .monotone = app->fit.monotone,
        .positive = app->fit.positive,
    };
}

void fit_pages_next(struct app *app)
{
    static const char *const words[] = {
        "Residuals over the sizes",
        "Normal quantiles: residuals of one normal distribution lie along the line"};
    app->fit.page = (enum fit_page)((app->fit.page + 1) % FIT_PAGES);
    if (app->fit.page == FIT_PAGE_INFLUENCE)
        app_say(app, ROLE_TEXT,
                "Influence: %s %s select a point, and the fit without it stands beside the fit",
                app_key_name(app, ACTION_POINT_LEFT).chars,
                app_key_name(app, ACTION_POINT_RIGHT).chars);
    else
        app_say(app, ROLE_TEXT, "%s", words[app->fit.page]);
}

void fit_pages_forget(struct app *app)
{
    fit_influence_free(app->fit.influence);
    app->fit.influence = NULL;
    app->fit.influence_of = NULL;
}

void fit_pages_follow(struct app *app)
{
    const struct fit *fit = fit_table_selected(app);
    if (app->fit.page != FIT_PAGE_INFLUENCE || fit == app->fit.influence_of)
        return;
    struct fit_options options = fit_pages_options(app);
    fit_pages_forget(app);
    if (fit)
        app->fit.influence = fit_influence_new(fit, &app->fit.laboratory->points, &options);
    app->fit.influence_of = fit;
}

/* What the selected point does to the fit; NULL where it takes no part. */
static const struct fit_point_influence *selected_influence(const struct app *app)
{
    const struct laboratory *laboratory = app->fit.laboratory;
    for (size_t i = 0; app->fit.influence && i < laboratory->points.count; i++)
        if (laboratory->places[i] == app->fit.point)
            return &app->fit.influence->points[i];
    return NULL;
}

void fit_pages_append_shift(const struct app *app, struct buffer *out)
{
    const struct fit_point_influence *point = selected_influence(app);
    char here[NUMBER_TEXT_MAX], largest[NUMBER_TEXT_MAX], at[NUMBER_TEXT_MAX];
    if (!point)
        return;
    if (!point->without) {
        buffer_append_string(out, app->fit.influence->count > FIT_INFLUENCE_POINTS_MAX
                                      ? "; not refitted: more than 64 points"
                                      : "; without it there is no fit");
        return;
    }
    number_print_short(100 * point->shift, 3, here);
    number_print_short(100 * point->largest_shift, 3, largest);
    number_print_si(point->largest_at, 3, at);
    buffer_print(out, "; without it the curve moves by %s %% there, most at %s: %s %%", here, at,
                 largest);
}

/*
 * For each data point the largest shift of the curve without it, in %, or where there are too many
 * points to refit (*shifts is false) its DFFITS; NaN of those left out. The caller frees it.
 */
static double *effects_new(const struct app *app, bool *shifts)
{
    const struct laboratory *laboratory = app->fit.laboratory;
    const struct fit_influence *influence = app->fit.influence;
    double *effects = memory_new_array(app_source(app)->means.count, sizeof *effects);
    for (size_t i = 0; i < app_source(app)->means.count; i++)
        effects[i] = NAN;
    *shifts = laboratory->points.count <= FIT_INFLUENCE_POINTS_MAX;
    for (size_t i = 0; influence && i < influence->count; i++)
        effects[laboratory->places[i]] =
            *shifts ? 100 * influence->points[i].largest_shift : influence->points[i].dffits;
    return effects;
}

static void add_influence(const struct app *app, struct plot_pane *pane)
{
    const struct fit_point_influence *point = selected_influence(app);
    struct scene_curve *curve = &pane->curves[0];
    bool shifts;
    snprintf(pane->without, sizeof pane->without, "without point %zu",
             app_source(app)->points[app->fit.point].index);
    pane->effects = effects_new(app, &shifts);
    curve->effects = pane->effects;
    curve->effects_title = shifts ? "where the curve moves most without the point, %" : "DFFITS";
    curve->without = point ? point->without : NULL;
    curve->without_label = pane->without;
}

enum { NARROW = 60 }; /* columns, below which the legend has room for short labels alone */

void fit_pages_plot(const struct app *app, const struct layout *layout, struct plot_pane *pane)
{
    const struct fit *fit = fit_table_selected(app);
    const struct calibration_curve *source = app_source(app);
    bool drawn = fit && !isnan(fit_evaluate(fit, 1e6));
    bool influence = drawn && app->fit.page == FIT_PAGE_INFLUENCE;
    plot_pane_init(pane, 1);
    pane->count = 1;
    pane->curves[0] =
        (struct scene_curve){.source = source,
                             .fit = drawn ? fit : NULL,
                             .label = influence                       ? NULL
                                      : layout->main.columns < NARROW ? "current"
                                                                      : "current curve",
                             .series = (int)(app->curve % ROLE_SERIES_COUNT),
                             .left_out = app->file->left_out[app->curve],
                             .selected_point = (int)app->fit.point,
                             .selected_breakpoint = -1,
                             .show_breakpoints = !drawn};
    pane->options = (struct scene_options){.log_y = app->log_y,
                                           .bars = app->bars,
                                           .residuals = true,
                                           .quantiles = app->fit.page == FIT_PAGE_QUANTILES,
                                           .band = app->fit.band};
    pane->area = layout->main;
    pane->fixed = app->fit.page == FIT_PAGE_QUANTILES || app->fit.figures;
    if (!influence)
        pane->curves[0].curve = app_curve(app);
    else if (source->means.count > 0)
        add_influence(app, pane);
    if (app->fit.point < source->means.count) {
        pane->focus_x = source->means.flops[app->fit.point];
        pane->focus_y = source->means.efficiency[app->fit.point];
    }
}

/* --- the table of points --- */

enum { COLUMNS_OF_POINTS = 10, POINT_COLUMNS = 9, POINTER_COLUMNS = 2 };

/* Right-aligned cells, as many as the width has room for. */
static void draw_cells(struct canvas *canvas, struct rect line, enum role role,
                       const char *const cells[COLUMNS_OF_POINTS])
{
    int at = line.column + POINTER_COLUMNS - 2;
    for (int i = 0; i < COLUMNS_OF_POINTS; i++, at += POINT_COLUMNS) {
        int width = text_columns(cells[i], canvas->charset);
        if (at + POINT_COLUMNS > line.column + line.columns)
            return;
        canvas_text(canvas, line.row, at + POINT_COLUMNS - width, width, role, cells[i]);
    }
}

static void draw_point(const struct app *app, struct canvas *canvas, struct rect line, size_t i)
{
    const struct laboratory *laboratory = app->fit.laboratory;
    const struct fit *fit = app->fit.influence_of;
    const struct fit_point_influence *point = &app->fit.influence->points[i];
    const struct data_point *data = &app_source(app)->points[laboratory->places[i]];
    double values[COLUMNS_OF_POINTS] = {0,
                                        0,
                                        100 * point->shift,
                                        100 * point->largest_shift,
                                        0,
                                        point->cook,
                                        point->dffits,
                                        fit->leverages[i],
                                        fit->deleted_residuals[i],
                                        fit->residuals[i]};
    char texts[COLUMNS_OF_POINTS][NUMBER_TEXT_MAX];
    const char *cells[COLUMNS_OF_POINTS];
    bool selected = laboratory->places[i] == app->fit.point;
    for (int k = 0; k < COLUMNS_OF_POINTS; k++) {
        number_print_short(values[k], fabs(values[k]) < 1e-3 ? 2 : 3, texts[k]);
        cells[k] = texts[k];
    }
    snprintf(texts[0], NUMBER_TEXT_MAX, "%zu", data->index);
    number_print_si(data->flops, 3, texts[1]);
    number_print_si(point->largest_at, 3, texts[4]);
    enum role role = selected ? ROLE_SELECTED : fit_is_outlier(fit, i) ? ROLE_WARNING : ROLE_TEXT;
    canvas_fill(canvas, line, role);
    canvas_text(canvas, line.row, line.column, 1, role,
                selected ? symbol(SYMBOL_POINTER, canvas->charset) : " ");
    draw_cells(canvas, line, role, cells);
}

/* The place of the selected point among those fitted; 0 where it takes no part. */
static size_t selected_place(const struct laboratory *laboratory, size_t point)
{
    for (size_t i = 0; i < laboratory->points.count; i++)
        if (laboratory->places[i] == point)
            return i;
    return 0;
}

void fit_pages_draw_points(const struct app *app, struct canvas *canvas, struct rect area)
{
    static const char *const heads[COLUMNS_OF_POINTS] = {
        "POINT",    "SIZE",   "SHIFT %",  "MOST %",  "AT",
        "COOK'S D", "DFFITS", "LEVERAGE", "DELETED", "RESIDUAL"};
    const struct fit_influence *influence = app->fit.influence;
    struct rect line = {area.row, area.column, 1, area.columns};
    if (area.rows < 2)
        return;
    if (!influence) {
        canvas_print(canvas, line.row, line.column + 1, line.columns - 1, ROLE_TEXT,
                     "The current curve was not fitted here: %s selects a fit",
                     app_key_name(app, ACTION_DOWN).chars);
        return;
    }
    draw_cells(canvas, line, ROLE_TITLE, heads);
    int shown = area.rows - 1, count = (int)influence->count;
    int first =
        layout_first_line((int)selected_place(app->fit.laboratory, app->fit.point), count, shown);
    for (int i = first; i < count && i < first + shown; i++) {
        line.row++;
        draw_point(app, canvas, line, (size_t)i);
    }
}
