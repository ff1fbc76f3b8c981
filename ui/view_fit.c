/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fit laboratory: all models side by side over the points that take part. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "report/readout.h"
#include "report/symbol.h"
#include "ui/app.h"

#define SAMPLE_TOLERANCE 0.01 /* a saved fit's breakpoints keep to the model within 1 % */

static bool *left_out(const struct app *app)
{
    return app->file->left_out[app->curve];
}

/* The points that take part, as arrays that the caller frees. */
static struct curve_points fitted_points(const struct app *app)
{
    const struct curve_points *all = &app_source(app)->means;
    double *flops = memory_new_array(all->count, sizeof *flops);
    double *efficiency = memory_new_array(all->count, sizeof *efficiency);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (left_out(app)[i])
            continue;
        flops[count] = all->flops[i];
        efficiency[count++] = all->efficiency[i];
    }
    return (struct curve_points){.flops = flops, .efficiency = efficiency, .count = count};
}

static void points_done(struct curve_points *points)
{
    free((double *)points->flops);
    free((double *)points->efficiency);
}

static void forget_fits(struct app *app)
{
    for (size_t i = 0; app->fit.fits && i < fit_model_count(); i++)
        fit_free(app->fit.fits[i]);
    free(app->fit.fits);
    free(app->fit.adoptable);
    app->fit.fits = NULL;
    app->fit.adoptable = NULL;
    app->fit.best = NULL;
}

/* Whether the fit has breakpoints that could be saved. */
static bool can_adopt(const struct app *app, const struct fit *fit)
{
    double low, high;
    return calibration_curve_range(app_source(app), &low, &high) && fit_can_sample(fit, low, high);
}

/* Fits again, after the points or the options changed. */
static void fit_again(struct app *app)
{
    struct curve_points points = fitted_points(app);
    struct fit_options options = {.breakpoints = app->fit.breakpoints};
    forget_fits(app);
    app->fit.curve = app->curve;
    app->fit.fits = memory_new_array(fit_model_count(), sizeof *app->fit.fits);
    app->fit.adoptable = memory_new_array(fit_model_count(), sizeof *app->fit.adoptable);
    for (size_t i = 0; i < fit_model_count(); i++) {
        app->fit.fits[i] = fit_run(fit_model_at(i), &points, &options);
        app->fit.adoptable[i] = can_adopt(app, app->fit.fits[i]);
    }
    app->fit.best = fit_best((const struct fit *const *)app->fit.fits, fit_model_count());
    points_done(&points);
}

/* Fits from scratch, and starts at the fit that Enter should adopt, where there is one. */
static void fit_afresh(struct app *app)
{
    forget_fits(app);
    app->fit = (struct fit_state){.row = 1};
    fit_again(app);
    for (size_t i = fit_model_count(); i-- > 0;)
        if (app->fit.fits[i]->status == FIT_OK && app->fit.adoptable[i])
            app->fit.row = 1 + i;
    for (size_t i = 0; i < fit_model_count(); i++)
        if (app->fit.fits[i] == app->fit.best && app->fit.adoptable[i])
            app->fit.row = 1 + i;
}

void fit_start(struct app *app)
{
    fit_afresh(app);
    app_enter(app, &view_fit);
}

/* Undo may have put another curve in hand. */
static void follow(struct app *app)
{
    if (app->fit.curve != app->curve)
        fit_afresh(app);
}

/* The fit in the selected row; NULL for the current curve. */
static const struct fit *selected_fit(const struct app *app)
{
    return app->fit.row ? app->fit.fits[app->fit.row - 1] : NULL;
}

static void draw_plot(const struct app *app, struct canvas *canvas, struct rect area)
{
    const struct fit *fit = selected_fit(app);
    bool drawn = fit && !isnan(fit_evaluate(fit, 1e6));
    struct scene_curve curve = {.source = app_source(app),
                                .curve = app_curve(app),
                                .fit = drawn ? fit : NULL,
                                .label = "current curve",
                                .series = (int)(app->curve % ROLE_SERIES_COUNT),
                                .left_out = left_out(app),
                                .selected_point = (int)app->fit.point,
                                .selected_breakpoint = -1,
                                .show_breakpoints = !drawn};
    struct scene_options options = {.log_y = app->log_y, .bars = app->bars, .residuals = true};
    pictures_draw(app->pictures, &curve, 1, &options, canvas, area, NAN, app->style);
}

/* One row of the table; NaN figures read "n/a". */
struct row {
    char name[32];
    double r_squared, residual_std, max_residual, aicc, loo_rmse;
    const char *status;
};

/* What the status column says; a fit that cannot be saved is not held up as the best. */
static const char *fit_verdict(const struct app *app, size_t index)
{
    const struct fit *fit = app->fit.fits[index];
    if (fit->status == FIT_OK && !app->fit.adoptable[index])
        return "not positive";
    return fit == app->fit.best ? "ok, best" : fit_status_name(fit->status);
}

static struct row row_of_fit(const struct app *app, size_t index)
{
    const struct fit *fit = app->fit.fits[index];
    struct row row = {.r_squared = fit->statistics.r_squared,
                      .residual_std = fit->statistics.residual_std,
                      .max_residual = fit->statistics.max_residual,
                      .aicc = fit->aicc,
                      .loo_rmse = fit->loo_rmse,
                      .status = fit_verdict(app, index)};
    if (fit->breakpoint_count)
        snprintf(row.name, sizeof row.name, "%s k=%zu", fit_model_name(fit->model),
                 fit->breakpoint_count);
    else
        snprintf(row.name, sizeof row.name, "%s", fit_model_name(fit->model));
    return row;
}

/* The curve as it is now, judged by the same points as the fits. */
static struct row row_of_current(const struct app *app)
{
    struct curve_points points = fitted_points(app);
    struct curve curve = app_curve(app);
    struct curve_statistics statistics;
    bool modified = session_curve_modified(app->file->session, app->curve);
    curve_statistics(&curve, &points, &statistics, NULL);
    points_done(&points);
    struct row row = {.r_squared = statistics.r_squared,
                      .residual_std = statistics.residual_std,
                      .max_residual = statistics.max_residual,
                      .aicc = NAN,
                      .loo_rmse = NAN,
                      .status = modified ? "edited" : "in the file"};
    snprintf(row.name, sizeof row.name, "%s, recomputed", modified ? "current" : "stored");
    return row;
}

enum { NAME_COLUMNS = 22, FIGURE_COLUMNS = 9, ALL_FIGURES_FROM = 78 };

/* Figures right-aligned from column on; as many as the width has room for. */
static int draw_figures(struct canvas *canvas, struct rect line, enum role role,
                        const char *const figures[5])
{
    int count = line.columns >= ALL_FIGURES_FROM ? 5 : line.columns >= 60 ? 3 : 1;
    int at = line.column + NAME_COLUMNS;
    for (int i = 0; i < count; i++, at += FIGURE_COLUMNS) {
        int width = text_columns(figures[i], canvas->charset);
        canvas_text(canvas, line.row, at + FIGURE_COLUMNS - width, width, role, figures[i]);
    }
    return at + 1;
}

static void draw_row(const struct app *app, struct canvas *canvas, struct rect line, size_t index)
{
    struct row row = index ? row_of_fit(app, index - 1) : row_of_current(app);
    double values[5] = {row.r_squared, row.residual_std, row.max_residual, row.aicc, row.loo_rmse};
    char texts[5][NUMBER_TEXT_MAX];
    const char *figures[5];
    bool selected = index == app->fit.row;
    enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
    for (int i = 0; i < 5; i++) {
        number_print_short(values[i], i == 0 || i == 3 ? 4 : 3, texts[i]);
        figures[i] = texts[i];
    }
    canvas_fill(canvas, line, role);
    canvas_print(canvas, line.row, line.column, NAME_COLUMNS, role, "%s %s",
                 selected ? symbol(SYMBOL_POINTER, canvas->charset) : " ", row.name);
    int at = draw_figures(canvas, line, role, figures);
    canvas_text(canvas, line.row, at, line.column + line.columns - at, role, row.status);
}

static void draw_head(struct canvas *canvas, struct rect line)
{
    const char *heads[5] = {symbol(SYMBOL_R_SQUARED, canvas->charset), "RES STD", "LARGEST", "AICc",
                            "LOO RMSE"};
    canvas_text(canvas, line.row, line.column + 2, -1, ROLE_TITLE, "MODEL");
    int at = draw_figures(canvas, line, ROLE_TITLE, heads);
    canvas_text(canvas, line.row, at, -1, ROLE_TITLE, "STATUS");
}

/* "midpoint 9.241 +- 0.2 (1.74 G)": what is in log10 of a size is given as a size too. */
static void append_parameter(struct buffer *out, const struct fit *fit, size_t index,
                             enum text_charset charset)
{
    char number[NUMBER_TEXT_MAX];
    double value = fit->parameters[index], std_error = fit->std_errors[index];
    number_print_short(value, 4, number);
    buffer_print(out, "%s %s", fit->parameter_names[index], number);
    if (!isnan(std_error)) {
        number_print_short(std_error, 2, number);
        buffer_print(out, " %s %s", symbol(SYMBOL_PLUS_MINUS, charset), number);
    }
    if (strcmp(fit->parameter_names[index], "midpoint") == 0 && !isnan(value)) {
        number_print_si(pow(10, value), 3, number);
        buffer_print(out, " (%s)", number);
    }
    buffer_append_string(out, "   ");
}

static void append_breakpoints(struct buffer *out, struct curve curve)
{
    for (size_t i = 0; i < curve.count; i++) {
        char size[NUMBER_TEXT_MAX], efficiency[NUMBER_TEXT_MAX];
        number_print_si(curve.breakpoints[i].flops, 3, size);
        number_print_short(curve.breakpoints[i].efficiency, 3, efficiency);
        buffer_print(out, "%s%s:%s", i ? "  " : "", size, efficiency);
    }
}

/* Parameters of the selected row, and its first warnings. */
static void draw_explanation(const struct app *app, struct canvas *canvas, struct rect area)
{
    const struct fit *fit = selected_fit(app);
    struct buffer text = {0};
    if (!fit || fit->breakpoint_count) {
        struct curve knots = app_curve(app);
        if (fit)
            knots = (struct curve){fit->breakpoints, fit->breakpoint_count};
        buffer_append_string(&text, "breakpoints  ");
        append_breakpoints(&text, knots);
    }
    for (size_t i = 0; fit && i < fit->parameter_count; i++)
        append_parameter(&text, fit, i, canvas->charset);
    canvas_text(canvas, area.row, area.column + 2, area.columns - 2, ROLE_TEXT,
                buffer_string(&text));
    buffer_done(&text);
    for (size_t i = 0; fit && i < fit->warning_count && (int)i + 1 < area.rows; i++)
        canvas_text(canvas, area.row + 1 + (int)i, area.column + 2, area.columns - 2, ROLE_WARNING,
                    fit->warnings[i]);
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct rect area = layout->detail;
    draw_plot(app, canvas, layout->main);
    int models = (int)fit_model_count();
    if (area.rows < 2 + models)
        return;
    struct rect line = {area.row, area.column, 1, area.columns};
    draw_head(canvas, line);
    for (size_t i = 0; i <= fit_model_count(); i++) {
        line.row++;
        draw_row(app, canvas, line, i);
    }
    draw_explanation(
        app, canvas,
        (struct rect){line.row + 1, area.column, area.rows - models - 2, area.columns});
}

static void hint(const struct app *app, struct buffer *out)
{
    const struct calibration_curve *source = app_source(app);
    size_t out_count = 0;
    char size[NUMBER_TEXT_MAX], mean[NUMBER_TEXT_MAX];
    if (source->means.count == 0) {
        buffer_append_string(out, "This curve has no data points to fit");
        return;
    }
    for (size_t i = 0; i < source->means.count; i++)
        out_count += left_out(app)[i];
    const struct data_point *point = &source->points[app->fit.point];
    number_print_si(point->flops, 3, size);
    number_print_short(point->mean, 4, mean);
    buffer_print(out, "h l: point %zu at %s, %s, %s%s", point->index, size, mean,
                 point_source_name(point->source),
                 left_out(app)[app->fit.point] ? ", LEFT OUT" : "");
    if (out_count)
        buffer_print(out, "   %zu of %zu points left out", out_count, source->means.count);
}

static void accept_source(struct app *app, const char *text)
{
    const struct calibration_curve *source = app_source(app);
    size_t matched = 0, out_before = 0;
    for (size_t i = 0; i < source->means.count; i++)
        if (strncmp(text, point_source_name(source->points[i].source), strlen(text)) == 0) {
            matched++;
            out_before += left_out(app)[i];
        }
    if (!*text || matched == 0) {
        app_say(app, ROLE_WARNING, "No point comes from \"%s\"", text);
        return;
    }
    for (size_t i = 0; i < source->means.count; i++)
        if (strncmp(text, point_source_name(source->points[i].source), strlen(text)) == 0)
            left_out(app)[i] = out_before < matched;
    fit_again(app);
    app_say(app, ROLE_TEXT, "%zu points %s", matched,
            out_before < matched ? "left out" : "taken back");
}

static void ask_source(struct app *app)
{
    size_t counts[POINT_SOURCE_COUNT] = {0};
    struct buffer names = {0};
    for (size_t i = 0; i < app_source(app)->means.count; i++)
        counts[app_source(app)->points[i].source]++;
    readout_sources(counts, &names);
    app_ask(app, "Leave out or take back all points of source: ",
            strchr(buffer_string(&names), '+') ? "" : buffer_string(&names), accept_source);
    buffer_done(&names);
}

static void toggle_point(struct app *app)
{
    if (app_source(app)->means.count == 0)
        return;
    left_out(app)[app->fit.point] = !left_out(app)[app->fit.point];
    fit_again(app);
}

/* The table's row of the model that has breakpoints to choose. */
static size_t piecewise_row(const struct app *app)
{
    size_t row = 1;
    while (app->fit.fits[row - 1]->model != fit_model_find("piecewise_linear"))
        row++;
    return row;
}

/* The piecewise fit's number of breakpoints, from what the table shows. */
static void change_breakpoints(struct app *app, int by)
{
    size_t piecewise = piecewise_row(app) - 1, fitted = app->fit.fits[0]->statistics.count;
    size_t now = app->fit.breakpoints;
    if (now == 0)
        now = app->fit.fits[piecewise]->breakpoint_count;
    if (now < 2)
        now = 2;
    if ((by < 0 && now <= 2) || (by > 0 && now >= FIT_BREAKPOINTS_MAX))
        return;
    size_t wanted = by < 0 ? now - 1 : now + 1;
    if (by > 0 && 2 * wanted - 2 > fitted) {
        app_say(app, ROLE_WARNING,
                "%zu breakpoints have %zu parameters, more than there are points", wanted,
                2 * wanted - 2);
        return;
    }
    app->fit.breakpoints = wanted;
    app->fit.row = piecewise + 1;
    fit_again(app);
}

/* Breakpoints that a piecewise-linear reader gets, as the curve's next version. */
static struct curve_version *sampled_version(struct app *app, const struct fit *fit)
{
    struct breakpoint *breakpoints;
    size_t count;
    double low, high, bad = NAN;
    if (!calibration_curve_range(app_source(app), &low, &high))
        return NULL;
    if (!fit_sample(fit, low, high, SAMPLE_TOLERANCE, &breakpoints, &count, &bad)) {
        char size[NUMBER_TEXT_MAX];
        number_print_si(bad, 3, size);
        app_say(app, ROLE_WARNING,
                isnan(bad) ? "%s has no parameters to adopt"
                           : "Not adopted: %s is not positive at %s",
                fit_model_name(fit->model), size);
        return NULL;
    }
    struct curve_version *version = version_new("piecewise_linear", breakpoints, count);
    free(breakpoints);
    return version;
}

static void adopt(struct app *app)
{
    const struct fit *fit = selected_fit(app);
    if (!fit) {
        app_back(app);
        return;
    }
    struct curve_version *version = sampled_version(app, fit);
    if (!version)
        return;
    size_t count = version->count;
    bool doubtful = fit->status != FIT_OK;
    char *what = memory_print("adopted %s", fit_model_name(fit->model));
    const char *name = fit_model_name(fit->model);
    if (app_commit(app, version, what)) {
        app_say(app, doubtful ? ROLE_WARNING : ROLE_GOOD,
                "Adopted %s%s as %zu breakpoints; u undoes, w saves", name,
                doubtful ? " although it is not ok" : "", count);
        app->tune.breakpoint = 0;
        app_back(app);
    }
    free(what);
}

static bool act(struct app *app, enum action action)
{
    size_t points = app_source(app)->means.count;
    if (app_move(app, action, &app->fit.row, fit_model_count() + 1))
        return true;
    switch (action) {
    case ACTION_POINT_LEFT:
        app->fit.point -= app->fit.point > 0;
        return true;
    case ACTION_POINT_RIGHT:
        app->fit.point += app->fit.point + 1 < points;
        return true;
    case ACTION_LEAVE_OUT:
        toggle_point(app);
        return true;
    case ACTION_LEAVE_OUT_SOURCE:
        ask_source(app);
        return true;
    case ACTION_MORE:
        change_breakpoints(app, +1);
        return true;
    case ACTION_FEWER:
        change_breakpoints(app, -1);
        return true;
    case ACTION_AUTO:
        app->fit.breakpoints = 0;
        fit_again(app);
        return true;
    case ACTION_ADOPT:
        adopt(app);
        return true;
    default:
        return false;
    }
}

/* Head, one row a model and one for the curve, parameters, and the longest list of warnings. */
static int detail_rows(const struct app *app)
{
    size_t warnings = 0;
    for (size_t i = 0; app->fit.fits && i < fit_model_count(); i++)
        if (app->fit.fits[i] && app->fit.fits[i]->warning_count > warnings)
            warnings = app->fit.fits[i]->warning_count;
    return 3 + (int)(fit_model_count() + warnings);
}

const struct view view_fit = {.id = VIEW_FIT,
                              .draw = draw,
                              .act = act,
                              .hint = hint,
                              .leave = forget_fits,
                              .detail_rows = detail_rows,
                              .follow = follow};
