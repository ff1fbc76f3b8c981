/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first panel of a scene: lines of curves and fits, bands, points with bars, stretches. */
#include <math.h>

#include "report/scene_private.h"

double scene_evaluate_line(const void *context, double x)
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

static void add_data(struct scene *scene, const struct scene_curve *curve,
                     const struct scene_options *options)
{
    size_t count = curve->source ? curve->source->means.count : 0;
    struct plot *panel = &scene->panels[0];
    struct point_arrays *arrays = &scene->arrays[panel->points_count];
    double scale = scene_curve_scale(curve, options->shape);
    point_arrays_init(arrays, count);
    for (size_t i = 0; i < count; i++) {
        const struct data_point *point = &curve->source->points[i];
        bar_of(point, options->bars, &arrays->low[i], &arrays->high[i]);
        arrays->x[i] = point->flops;
        arrays->y[i] = point->mean * scale;
        arrays->low[i] *= scale;
        arrays->high[i] *= scale;
        arrays->styles[i] = scene_point_style(curve, i);
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
    double scale = scene_curve_scale(curve, options->shape);
    size_t count = curve->curve.count;
    point_arrays_init(arrays, count);
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
static void add_curve(struct scene *scene, size_t index, const struct scene_curve *curve,
                      const struct scene_options *options)
{
    struct plot *panel = &scene->panels[0];
    double low, high;
    scene_curve_extent(curve, &low, &high);
    for (int candidate = 0; candidate < 2; candidate++) {
        if (isnan(low) || (candidate ? !curve->fit : curve->curve.count == 0))
            continue;
        struct line_context *context =
            &scene->contexts[LINES_PER_CURVE * index + (size_t)candidate];
        *context = (struct line_context){.curve = curve->curve,
                                         .fit = candidate ? curve->fit : NULL,
                                         .scale = scene_curve_scale(curve, options->shape)};
        scene->lines[panel->line_count++] = (struct plot_line){
            .evaluate = scene_evaluate_line,
            .context = context,
            .from = low,
            .to = high,
            .label = candidate ? fit_model_name(curve->fit->model) : curve->label,
            .dashed = candidate,
            .tells_edge = candidate,
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
    scene_curve_extent(curve, &low, &high);
    bool prediction = options->band == SCENE_BAND_PREDICTION;
    enum fit_band band = prediction ? FIT_BAND_PREDICTION : FIT_BAND_CONFIDENCE;
    if (options->band == SCENE_BAND_NONE || !has_band(curve->fit, band, low))
        return;
    for (int upper = 0; upper < 2; upper++) {
        struct line_context *context =
            &scene->contexts[LINES_PER_CURVE * index + 2 + (size_t)upper];
        *context = (struct line_context){.fit = curve->fit,
                                         .scale = scene_curve_scale(curve, options->shape),
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
    scene_curve_extent(curve, &low, &high);
    if (!curve->without || isnan(low))
        return;
    struct line_context *context = &scene->contexts[LINES_PER_CURVE * index + 4];
    *context = (struct line_context){.fit = curve->without,
                                     .scale = scene_curve_scale(curve, options->shape)};
    scene->lines[scene->panels[0].line_count++] = (struct plot_line){
        .evaluate = scene_evaluate_line,
        .context = context,
        .from = low,
        .to = high,
        .label = curve->without_label,
        .dashed = true,
        .series = curve->series + 3,
    };
}

void scene_add_lines(struct scene *scene, size_t index, const struct scene_curve *curve,
                     const struct scene_options *options)
{
    add_band(scene, index, curve, options);
    add_without(scene, index, curve, options);
    add_curve(scene, index, curve, options);
}

void scene_add_points(struct scene *scene, const struct scene_curve *curve,
                      const struct scene_options *options)
{
    add_data(scene, curve, options);
    add_breakpoints(scene, curve, options);
}

void scene_add_spans(struct scene *scene, const struct scene_curve *curve)
{
    struct plot *panel = &scene->panels[0];
    struct curve_span falling[SPANS_MAX];
    size_t count = curve_falling_latency(&curve->curve, falling, SPANS_MAX);
    for (size_t i = 0; i < count && i < SPANS_MAX; i++)
        scene->spans[panel->span_count++] = (struct plot_span){.low = falling[i].low,
                                                               .high = falling[i].high,
                                                               .role = ROLE_WARNING,
                                                               .label = "falling latency",
                                                               .brief = "falls"};
    if (curve->source && curve->source->min_flops > 0 && curve->source->max_flops > 0)
        scene->spans[panel->span_count++] = (struct plot_span){.low = curve->source->min_flops,
                                                               .high = curve->source->max_flops,
                                                               .role = ROLE_DIM,
                                                               .bounds = true};
    panel->spans = scene->spans;
}
