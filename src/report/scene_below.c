/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second panel of a scene: residuals or effects of points, or ratios of curves. */
#include <math.h>

#include "base/memory.h"
#include "plot/axis.h"
#include "report/scene_private.h"

void scene_add_residuals(struct scene *scene, const struct scene_curve *curve)
{
    size_t count = curve->source ? curve->source->means.count : 0;
    struct line_context line = {.curve = curve->curve, .fit = curve->fit, .scale = 1};
    struct point_arrays *arrays = &scene->residual_arrays;
    struct plot *panel = &scene->panels[scene->panel_count++];
    double reach = 0;
    point_arrays_init(arrays, count);
    for (size_t i = 0; i < count; i++) {
        arrays->x[i] = curve->source->means.flops[i];
        arrays->y[i] = curve->effects ? curve->effects[i]
                                      : curve->source->means.efficiency[i] -
                                            scene_evaluate_line(&line, arrays->x[i]);
        arrays->styles[i] = scene_point_style(curve, i);
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

static double evaluate_ratio(const void *context, double x)
{
    const struct ratio_context *ratio = context;
    return curve_evaluate(&ratio->b, x) * ratio->scale_b /
           (curve_evaluate(&ratio->a, x) * ratio->scale_a);
}

/* The line of one curve over the first, where both have something to say. */
static void add_ratio_line(struct scene *scene, const struct scene_curve *curves, size_t index,
                           const struct scene_options *options)
{
    double low_a, high_a, low_b, high_b;
    struct plot *panel = &scene->panels[1];
    struct ratio_context *ratio = &scene->ratios[panel->line_count];
    scene_curve_extent(&curves[0], &low_a, &high_a);
    scene_curve_extent(&curves[index], &low_b, &high_b);
    double low = fmax(low_a, low_b), high = fmin(high_a, high_b);
    if (!(low < high))
        return;
    *ratio = (struct ratio_context){.a = curves[0].curve,
                                    .b = curves[index].curve,
                                    .scale_a = scene_curve_scale(&curves[0], options->shape),
                                    .scale_b = scene_curve_scale(&curves[index], options->shape)};
    scene->ratio_lines[panel->line_count++] =
        (struct plot_line){.evaluate = evaluate_ratio,
                           .context = ratio,
                           .from = low,
                           .to = high,
                           .label = scene->ratios_named ? curves[index].label : NULL,
                           .series = curves[index].series};
    for (int i = 0; i <= 200; i++)
        scene_widen_y(&panel->y, evaluate_ratio(ratio, low * pow(high / low, i / 200.0)));
}

/* Of shapes it is another ratio than the figures beside the plot tell. */
static const char *ratio_title(size_t count, bool shape)
{
    if (shape)
        return count == 2 ? "ratio of shapes B/A" : "ratio of shapes to the reference";
    return count == 2 ? "ratio B/A" : "ratio to the reference";
}

void scene_add_ratios(struct scene *scene, const struct scene_curve *curves, size_t count,
                      const struct scene_options *options)
{
    struct plot *panel = &scene->panels[scene->panel_count++];
    scene->ratios = memory_new_array(count - 1, sizeof *scene->ratios);
    scene->ratio_lines = memory_new_array(count - 1, sizeof *scene->ratio_lines);
    scene->level = 1;
    scene->ratios_named = count > 2; /* one line needs no name */
    *panel = (struct plot){
        .y = {.low = 0.9, .high = 1.1, .log = true, .title = ratio_title(count, options->shape)},
        .lines = scene->ratio_lines,
        .levels = &scene->level,
        .level_count = 1,
        .weight = 2,
        .series_elsewhere = options->compared,
        .series_listed = options->listed};
    for (size_t i = 1; i < count; i++)
        add_ratio_line(scene, curves, i, options);
    axis_fit(&panel->y);
}
