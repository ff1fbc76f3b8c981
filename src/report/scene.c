/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds the panels of a picture of curves: lines, points, error bars, ranges, residuals, ratio. */
#include "report/scene.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "plot/axis.h"
#include "report/quantiles.h"

enum { SPANS_MAX = 32 };

/* What a line's evaluate() needs: a curve, a fit or an edge of its band, and what to divide by. */
struct line_context {
    struct curve curve;
    const struct fit *fit;
    double scale; /* 1, or 1/maximum when shapes are compared */
    enum fit_band band;
    bool upper;
};

enum { LINES_PER_CURVE = 5 }; /* the curve, its candidate, two edges of a band, another fit */

/* The two sides of a line of the ratio panel. */
struct ratio_context {
    struct curve a, b;
    double scale_a, scale_b;
};

/* The arrays of one set of points. */
struct point_arrays {
    double *x, *y, *low, *high;
    enum plot_point_style *styles;
    enum plot_origin *origins;
};

struct scene {
    struct plot_axis x;
    struct plot panels[2];
    size_t panel_count;
    struct line_context *contexts; /* LINES_PER_CURVE a curve */
    struct ratio_context *ratios;  /* one a curve behind the first */
    struct plot_line *ratio_lines;
    struct plot_line *lines;
    struct plot_points *points;  /* of the first panel: data, then breakpoints */
    struct point_arrays *arrays; /* as many as points */
    struct plot_points residual;
    struct point_arrays residual_arrays;
    struct quantiles quantiles;
    struct plot_span spans[SPANS_MAX + 1];
    double level;
};

static double evaluate_line(const void *context, double x)
{
    const struct line_context *line = context;
    double value = line->fit ? fit_evaluate(line->fit, x) : curve_evaluate(&line->curve, x);
    return value * line->scale;
}

static double evaluate_band(const void *context, double x)
{
    const struct line_context *line = context;
    double low, high;
    if (!fit_band(line->fit, line->band, x, &low, &high))
        return NAN;
    return (line->upper ? high : low) * line->scale;
}

static double evaluate_ratio(const void *context, double x)
{
    const struct ratio_context *ratio = context;
    return curve_evaluate(&ratio->b, x) * ratio->scale_b /
           (curve_evaluate(&ratio->a, x) * ratio->scale_a);
}

/* Widens [*low, *high] to value, if it is one. */
static void widen(double *low, double *high, double value)
{
    if (!isfinite(value))
        return;
    *low = isnan(*low) ? value : fmin(*low, value);
    *high = isnan(*high) ? value : fmax(*high, value);
}

/* The sizes that a curve speaks for: its bounds, points and breakpoints. NaN where it has none. */
static void curve_extent(const struct scene_curve *curve, double *low, double *high)
{
    *low = *high = NAN;
    if (curve->curve.count) {
        *low = curve->curve.breakpoints[0].flops;
        *high = curve->curve.breakpoints[curve->curve.count - 1].flops;
    }
    double from, to;
    if (curve->source && calibration_curve_extent(curve->source, &from, &to)) {
        widen(low, high, from);
        widen(low, high, to);
    }
}

static double curve_scale(const struct scene_curve *curve, bool shape)
{
    double maximum = 0;
    for (size_t i = 0; shape && i < curve->curve.count; i++)
        maximum = fmax(maximum, curve->curve.breakpoints[i].efficiency);
    return shape && maximum > 0 ? 1 / maximum : 1;
}

static void bar_of(const struct data_point *point, enum scene_bars bars, double *low, double *high)
{
    *low = *high = NAN;
    if (bars == SCENE_BARS_STD) {
        *low = point->mean - point->std;
        *high = point->mean + point->std;
    } else if (bars == SCENE_BARS_INTERVAL) {
        *low = point->ci_lower;
        *high = point->ci_upper;
    } else if (bars == SCENE_BARS_RANGE) {
        *low = point->min;
        *high = point->max;
    }
}

static void arrays_init(struct point_arrays *arrays, size_t count)
{
    arrays->x = memory_new_array(count, sizeof *arrays->x);
    arrays->y = memory_new_array(count, sizeof *arrays->y);
    arrays->low = memory_new_array(count, sizeof *arrays->low);
    arrays->high = memory_new_array(count, sizeof *arrays->high);
    arrays->styles = memory_new_array(count, sizeof *arrays->styles);
    arrays->origins = memory_new_array(count, sizeof *arrays->origins);
}

static void arrays_done(struct point_arrays *arrays)
{
    free(arrays->x);
    free(arrays->y);
    free(arrays->low);
    free(arrays->high);
    free(arrays->styles);
    free(arrays->origins);
}

enum plot_origin scene_origin(enum point_source source)
{
    static const enum plot_origin origins[POINT_SOURCE_COUNT] = {
        [POINT_MEASURED] = PLOT_MEASURED,
        [POINT_LEGACY] = PLOT_LEGACY,
        [POINT_INTERPOLATED] = PLOT_INTERPOLATED,
        [POINT_OTHER] = PLOT_OTHER_SOURCE,
    };
    return origins[source];
}

static enum plot_point_style point_style(const struct scene_curve *curve, size_t index)
{
    if (curve->selected_point == (int)index)
        return PLOT_POINT_SELECTED;
    return curve->left_out && curve->left_out[index] ? PLOT_POINT_LEFT_OUT : PLOT_POINT_PLAIN;
}

static void add_data(struct scene *scene, const struct scene_curve *curve,
                     const struct scene_options *options)
{
    size_t count = curve->source ? curve->source->means.count : 0;
    struct plot *panel = &scene->panels[0];
    struct point_arrays *arrays = &scene->arrays[panel->points_count];
    double scale = curve_scale(curve, options->shape);
    arrays_init(arrays, count);
    for (size_t i = 0; i < count; i++) {
        const struct data_point *point = &curve->source->points[i];
        bar_of(point, options->bars, &arrays->low[i], &arrays->high[i]);
        arrays->x[i] = point->flops;
        arrays->y[i] = point->mean * scale;
        arrays->low[i] *= scale;
        arrays->high[i] *= scale;
        arrays->styles[i] = point_style(curve, i);
        arrays->origins[i] = scene_origin(point->source);
    }
    bool bars = options->bars != SCENE_BARS_NONE;
    scene->points[panel->points_count++] = (struct plot_points){
        .x = arrays->x,
        .y = arrays->y,
        .low = bars ? arrays->low : NULL,
        .high = bars ? arrays->high : NULL,
        .styles = arrays->styles,
        .origins = arrays->origins,
        .count = count,
        .label = curve->curve.count ? NULL : curve->label,
        .series = curve->series,
    };
}

static void add_breakpoints(struct scene *scene, const struct scene_curve *curve,
                            const struct scene_options *options)
{
    if (!curve->show_breakpoints)
        return;
    struct plot *panel = &scene->panels[0];
    struct point_arrays *arrays = &scene->arrays[panel->points_count];
    double scale = curve_scale(curve, options->shape);
    size_t count = curve->curve.count;
    arrays_init(arrays, count);
    for (size_t i = 0; i < count; i++) {
        arrays->x[i] = curve->curve.breakpoints[i].flops;
        arrays->y[i] = curve->curve.breakpoints[i].efficiency * scale;
        arrays->styles[i] =
            curve->selected_breakpoint == (int)i ? PLOT_POINT_SELECTED : PLOT_POINT_PLAIN;
    }
    scene->points[panel->points_count++] = (struct plot_points){
        .x = arrays->x,
        .y = arrays->y,
        .styles = arrays->styles,
        .count = count,
        .series = curve->series,
        .breakpoints = true,
    };
}

/* One curve's line and, dashed beside it, its candidate. */
static void add_lines(struct scene *scene, size_t index, const struct scene_curve *curve,
                      const struct scene_options *options)
{
    struct plot *panel = &scene->panels[0];
    double low, high;
    curve_extent(curve, &low, &high);
    for (int candidate = 0; candidate < 2; candidate++) {
        if (isnan(low) || (candidate ? !curve->fit : curve->curve.count == 0))
            continue;
        struct line_context *context =
            &scene->contexts[LINES_PER_CURVE * index + (size_t)candidate];
        *context = (struct line_context){.curve = curve->curve,
                                         .fit = candidate ? curve->fit : NULL,
                                         .scale = curve_scale(curve, options->shape)};
        scene->lines[panel->line_count++] = (struct plot_line){
            .evaluate = evaluate_line,
            .context = context,
            .from = low,
            .to = high,
            .label = candidate ? fit_model_name(curve->fit->model) : curve->label,
            .dashed = candidate,
            .series = curve->series + candidate,
        };
    }
}

/* Whether there is a band to draw and to name in the legend. */
static bool has_band(const struct fit *fit, enum fit_band band, double flops)
{
    double low, high;
    return fit && !isnan(flops) && fit_band(fit, band, flops, &low, &high);
}

/* The edges of the candidate's band; a log axis clips a lower one that is not positive. */
static void add_band(struct scene *scene, size_t index, const struct scene_curve *curve,
                     const struct scene_options *options)
{
    struct plot *panel = &scene->panels[0];
    double low, high;
    curve_extent(curve, &low, &high);
    bool prediction = options->band == SCENE_BAND_PREDICTION;
    enum fit_band band = prediction ? FIT_BAND_PREDICTION : FIT_BAND_CONFIDENCE;
    if (options->band == SCENE_BAND_NONE || !has_band(curve->fit, band, low))
        return;
    for (int upper = 0; upper < 2; upper++) {
        struct line_context *context =
            &scene->contexts[LINES_PER_CURVE * index + 2 + (size_t)upper];
        *context = (struct line_context){.fit = curve->fit,
                                         .scale = curve_scale(curve, options->shape),
                                         .band = band,
                                         .upper = upper};
        scene->lines[panel->line_count++] = (struct plot_line){
            .evaluate = evaluate_band,
            .context = context,
            .from = low,
            .to = high,
            .label = !upper       ? NULL
                     : prediction ? "95 % of new points"
                                  : "95 % confidence",
            .dashed = true,
            .series = curve->series + 2,
            .lower_edge = !upper,
        };
    }
}

/* What the candidate would be without a point. */
static void add_without(struct scene *scene, size_t index, const struct scene_curve *curve,
                        const struct scene_options *options)
{
    double low, high;
    curve_extent(curve, &low, &high);
    if (!curve->without || isnan(low))
        return;
    struct line_context *context = &scene->contexts[LINES_PER_CURVE * index + 4];
    *context =
        (struct line_context){.fit = curve->without, .scale = curve_scale(curve, options->shape)};
    scene->lines[scene->panels[0].line_count++] = (struct plot_line){
        .evaluate = evaluate_line,
        .context = context,
        .from = low,
        .to = high,
        .label = curve->without_label,
        .dashed = true,
        .series = curve->series + 3,
    };
}

static void set_x_axis(struct scene *scene, const struct scene_curve *curves, size_t count)
{
    double low = NAN, high = NAN;
    for (size_t i = 0; i < count; i++) {
        double from, to;
        curve_extent(&curves[i], &from, &to);
        widen(&low, &high, from);
        widen(&low, &high, to);
    }
    bool bandwidth = count && curves[0].source && curves[0].source->bandwidth;
    scene->x = (struct plot_axis){.low = isnan(low) ? 1e6 : low,
                                  .high = isnan(high) ? 1e9 : high,
                                  .log = true,
                                  .title = bandwidth ? "bytes" : "FLOPs"};
    axis_fit(&scene->x);
}

/* Takes a value into the y range; a log axis has no place for what is not positive. */
static void widen_y(struct plot_axis *y, double value)
{
    if (!y->log || value > 0)
        widen(&y->low, &y->high, value);
}

/*
 * The y range: means, breakpoints and bars. On a log axis a bar may reach down to nearly nothing;
 * it must not squeeze the curve, so bars widen the range by half a decade at most.
 */
static void set_y_axis(struct scene *scene, const struct scene_curve *curves, size_t count,
                       const struct scene_options *options)
{
    struct plot *panel = &scene->panels[0];
    panel->y = (struct plot_axis){.low = NAN,
                                  .high = NAN,
                                  .log = options->log_y,
                                  .title = options->shape ? "efficiency / maximum" : "efficiency"};
    for (size_t i = 0; i < panel->points_count; i++)
        for (size_t j = 0; j < panel->points[i].count; j++)
            widen_y(&panel->y, panel->points[i].y[j]);
    for (size_t i = 0; i < count; i++) {
        double scale = curve_scale(&curves[i], options->shape);
        for (size_t j = 0; j < curves[i].curve.count; j++)
            widen_y(&panel->y, curves[i].curve.breakpoints[j].efficiency * scale);
    }
    double floor = panel->y.log ? panel->y.low / 3.2 : -INFINITY;
    for (size_t i = 0; i < panel->points_count; i++)
        for (size_t j = 0; panel->points[i].low && j < panel->points[i].count; j++) {
            widen_y(&panel->y, fmax(panel->points[i].low[j], floor));
            widen_y(&panel->y, panel->points[i].high[j]);
        }
    if (isnan(panel->y.low)) {
        panel->y.low = panel->y.log ? 0.01 : 0;
        panel->y.high = 1;
    }
    axis_fit(&panel->y);
}

static void impose(struct scene *scene, const struct scene_window *window)
{
    scene->x.low = window->x_low;
    scene->x.high = window->x_high;
    scene->panels[0].y.low = window->y_low;
    scene->panels[0].y.high = window->y_high;
}

static void add_spans(struct scene *scene, const struct scene_curve *curve)
{
    struct plot *panel = &scene->panels[0];
    struct curve_span falling[SPANS_MAX];
    size_t count = curve_falling_latency(&curve->curve, falling, SPANS_MAX);
    for (size_t i = 0; i < count && i < SPANS_MAX; i++)
        scene->spans[panel->span_count++] = (struct plot_span){.low = falling[i].low,
                                                               .high = falling[i].high,
                                                               .role = ROLE_WARNING,
                                                               .label = "larger is faster"};
    if (curve->source && curve->source->min_flops > 0 && curve->source->max_flops > 0)
        scene->spans[panel->span_count++] = (struct plot_span){.low = curve->source->min_flops,
                                                               .high = curve->source->max_flops,
                                                               .role = ROLE_DIM,
                                                               .bounds = true};
    panel->spans = scene->spans;
}

static void add_residuals(struct scene *scene, const struct scene_curve *curve)
{
    size_t count = curve->source ? curve->source->means.count : 0;
    struct line_context line = {.curve = curve->curve, .fit = curve->fit, .scale = 1};
    struct point_arrays *arrays = &scene->residual_arrays;
    struct plot *panel = &scene->panels[scene->panel_count++];
    double reach = 0;
    arrays_init(arrays, count);
    for (size_t i = 0; i < count; i++) {
        arrays->x[i] = curve->source->means.flops[i];
        arrays->y[i] = curve->effects ? curve->effects[i]
                                      : curve->source->means.efficiency[i] -
                                            evaluate_line(&line, arrays->x[i]);
        arrays->styles[i] = point_style(curve, i);
        arrays->origins[i] = scene_origin(curve->source->points[i].source);
        if (isfinite(arrays->y[i]))
            reach = fmax(reach, fabs(arrays->y[i]));
    }
    if (reach == 0)
        reach = 1e-3;
    scene->residual = (struct plot_points){.x = arrays->x,
                                           .y = arrays->y,
                                           .styles = arrays->styles,
                                           .origins = arrays->origins,
                                           .count = count,
                                           .series = curve->series,
                                           .stems = true};
    *panel = (struct plot){.y = {.low = -1.15 * reach,
                                 .high = 1.15 * reach,
                                 .title = curve->effects ? curve->effects_title : "residual"},
                           .points = &scene->residual,
                           .points_count = 1,
                           .levels = &scene->level,
                           .level_count = 1,
                           .weight = 2};
    scene->level = 0;
}

/* The line of one curve over the first, where both have something to say. */
static void add_ratio_line(struct scene *scene, const struct scene_curve *curves, size_t index,
                           const struct scene_options *options)
{
    double low_a, high_a, low_b, high_b;
    struct plot *panel = &scene->panels[1];
    struct ratio_context *ratio = &scene->ratios[panel->line_count];
    curve_extent(&curves[0], &low_a, &high_a);
    curve_extent(&curves[index], &low_b, &high_b);
    double low = fmax(low_a, low_b), high = fmin(high_a, high_b);
    if (!(low < high))
        return;
    *ratio = (struct ratio_context){.a = curves[0].curve,
                                    .b = curves[index].curve,
                                    .scale_a = curve_scale(&curves[0], options->shape),
                                    .scale_b = curve_scale(&curves[index], options->shape)};
    scene->ratio_lines[panel->line_count++] = (struct plot_line){.evaluate = evaluate_ratio,
                                                                 .context = ratio,
                                                                 .from = low,
                                                                 .to = high,
                                                                 .series = curves[index].series};
    for (int i = 0; i <= 200; i++)
        widen_y(&panel->y, evaluate_ratio(ratio, low * pow(high / low, i / 200.0)));
}

static void add_ratios(struct scene *scene, const struct scene_curve *curves, size_t count,
                       const struct scene_options *options)
{
    struct plot *panel = &scene->panels[scene->panel_count++];
    scene->ratios = memory_new_array(count - 1, sizeof *scene->ratios);
    scene->ratio_lines = memory_new_array(count - 1, sizeof *scene->ratio_lines);
    scene->level = 1;
    *panel = (struct plot){.y = {.low = 0.9,
                                 .high = 1.1,
                                 .log = true,
                                 .title = count == 2 ? "ratio B/A" : "ratio to the reference"},
                           .lines = scene->ratio_lines,
                           .levels = &scene->level,
                           .level_count = 1,
                           .weight = 2};
    for (size_t i = 1; i < count; i++)
        add_ratio_line(scene, curves, i, options);
    axis_fit(&panel->y);
}

static struct scene *scene_begin(size_t count)
{
    struct scene *scene = memory_new_array(1, sizeof *scene);
    scene->contexts = memory_new_array(LINES_PER_CURVE * count, sizeof *scene->contexts);
    scene->lines = memory_new_array(LINES_PER_CURVE * count, sizeof *scene->lines);
    scene->points = memory_new_array(2 * count, sizeof *scene->points);
    scene->arrays = memory_new_array(2 * count, sizeof *scene->arrays);
    scene->panels[0] = (struct plot){.lines = scene->lines, .points = scene->points, .weight = 5};
    scene->panel_count = 1;
    return scene;
}

struct scene *scene_lines_new(const struct scene_curve *curves, size_t count,
                              const struct scene_options *options)
{
    struct scene *scene = scene_begin(count);
    for (size_t i = count; i-- > 0;) {
        add_band(scene, i, &curves[i], options);
        add_without(scene, i, &curves[i], options);
        add_lines(scene, i, &curves[i], options);
    }
    scene->residual.stems = options->residuals;
    scene->panels[scene->panel_count++] =
        (struct plot){.points = &scene->residual, .points_count = 1};
    return scene;
}

struct scene *scene_new(const struct scene_curve *curves, size_t count,
                        const struct scene_options *options)
{
    struct scene *scene = scene_begin(count);
    if (options->quantiles && count) {
        quantiles_init(&scene->quantiles, &curves[0], &scene->panels[0], &scene->x);
        return scene;
    }
    /* The first curve is drawn last: what is drawn later wins a cell. */
    for (size_t i = count; i-- > 0;) {
        add_band(scene, i, &curves[i], options);
        add_without(scene, i, &curves[i], options);
        add_lines(scene, i, &curves[i], options);
        add_data(scene, &curves[i], options);
        add_breakpoints(scene, &curves[i], options);
    }
    scene->panels[0].series_elsewhere = options->compared;
    set_x_axis(scene, curves, count);
    set_y_axis(scene, curves, count, options);
    if (options->window)
        impose(scene, options->window);
    if (options->range && count)
        add_spans(scene, &curves[0]);
    if (options->residuals && count)
        add_residuals(scene, &curves[0]);
    else if (options->ratio && count > 1)
        add_ratios(scene, curves, count, options);
    return scene;
}

void scene_window_find(const struct scene_curve *curves, size_t count,
                       const struct scene_options *options, struct scene_window *out)
{
    struct scene *scene = scene_new(curves, count, options);
    const struct plot_axis *x = &scene->x, *y = &scene->panels[0].y;
    *out = (struct scene_window){x->low, x->high, y->low, y->high};
    scene_free(scene);
}

bool scene_points_window(const struct scene_curve *curves, size_t count,
                         const struct scene_options *options, struct scene_window *out)
{
    struct plot_axis x = {.low = NAN, .high = NAN, .log = true};
    struct plot_axis y = {.low = NAN, .high = NAN, .log = options->log_y};
    size_t points = count && curves[0].source ? curves[0].source->means.count : 0;
    for (size_t i = 0; i < points; i++) {
        const struct data_point *point = &curves[0].source->points[i];
        widen(&x.low, &x.high, point->flops);
        widen_y(&y, point->mean * curve_scale(&curves[0], options->shape));
    }
    if (isnan(x.low) || isnan(y.low))
        return false;
    axis_fit(&x);
    axis_fit(&y);
    *out = (struct scene_window){x.low, x.high, y.low, y.high};
    return true;
}

void scene_free(struct scene *scene)
{
    if (!scene)
        return;
    for (size_t i = 0; i < scene->panels[0].points_count && !scene->quantiles.x; i++)
        arrays_done(&scene->arrays[i]);
    quantiles_done(&scene->quantiles);
    arrays_done(&scene->residual_arrays);
    free(scene->arrays);
    free(scene->points);
    free(scene->lines);
    free(scene->contexts);
    free(scene->ratios);
    free(scene->ratio_lines);
    free(scene);
}

struct plot_panels scene_panels(const struct scene *scene)
{
    return (struct plot_panels){scene->x, scene->panels, scene->panel_count};
}

/* A residual or ratio panel is worth its rows only where there are enough of them. */
static struct plot_panels panels_worth(const struct scene *scene, int rows)
{
    struct plot_panels panels = scene_panels(scene);
    if (rows < 10)
        panels.count = 1;
    return panels;
}

void scene_draw(const struct scene *scene, struct canvas *canvas, struct rect area, double cursor,
                enum plot_style style, struct plot_frame *frames)
{
    struct plot_panels panels = panels_worth(scene, area.rows);
    plot_draw(canvas, area, &panels, cursor, style, frames);
}

size_t scene_arrange(const struct scene *scene, struct rect area, enum text_charset charset,
                     struct plot_frame frames[PLOT_PANELS_MAX])
{
    struct plot_panels panels = panels_worth(scene, area.rows);
    size_t shown = 0;
    plot_arrange(area, &panels, charset, frames);
    while (shown < panels.count && frames[shown].inner.rows > 0)
        shown++;
    return shown;
}

struct plot_picture *scene_picture(const struct scene *scene, int rows, int columns,
                                   enum text_charset charset, enum plot_style style)
{
    struct plot_panels panels = panels_worth(scene, rows);
    return picture_new(rows, columns, charset, &panels, style);
}

void scene_show(const struct scene *scene, const struct plot_picture *picture, double cursor,
                struct canvas *canvas, int row, int column)
{
    picture_show(picture, canvas, row, column);
    if (isnan(cursor))
        return;
    struct plot_panels panels = scene_panels(scene);
    picture_draw_cursor(picture, &panels, cursor, canvas, row, column);
}
