/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The axes of a scene's first panel, and the windows made from them. */
#include <math.h>

#include "plot/axis.h"
#include "report/scene_private.h"

void scene_widen(double *low, double *high, double value)
{
    if (!isfinite(value))
        return;
    *low = isnan(*low) ? value : fmin(*low, value);
    *high = isnan(*high) ? value : fmax(*high, value);
}

void scene_widen_y(struct plot_axis *y, double value)
{
    if (!y->log || value > 0)
        scene_widen(&y->low, &y->high, value);
}

static void set_x_axis(struct scene *scene, const struct scene_curve *curves, size_t count)
{
    double low = NAN, high = NAN;
    for (size_t i = 0; i < count; i++) {
        double from, to;
        scene_curve_extent(&curves[i], &from, &to);
        scene_widen(&low, &high, from);
        scene_widen(&low, &high, to);
    }
    bool bandwidth = count && curves[0].source && curves[0].source->bandwidth;
    scene->x = (struct plot_axis){.low = isnan(low) ? 1e6 : low,
                                  .high = isnan(high) ? 1e9 : high,
                                  .log = true,
                                  .title = bandwidth ? "bytes" : "FLOPs"};
    axis_fit(&scene->x);
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
            scene_widen_y(&panel->y, panel->points[i].y[j]);
    for (size_t i = 0; i < count; i++) {
        double scale = scene_curve_scale(&curves[i], options->shape);
        for (size_t j = 0; j < curves[i].curve.count; j++)
            scene_widen_y(&panel->y, curves[i].curve.breakpoints[j].efficiency * scale);
    }
    double floor = panel->y.log ? panel->y.low / 3.2 : -INFINITY;
    for (size_t i = 0; i < panel->points_count; i++)
        for (size_t j = 0; panel->points[i].low && j < panel->points[i].count; j++) {
            scene_widen_y(&panel->y, fmax(panel->points[i].low[j], floor));
            scene_widen_y(&panel->y, panel->points[i].high[j]);
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

void scene_set_axes(struct scene *scene, const struct scene_curve *curves, size_t count,
                    const struct scene_options *options)
{
    set_x_axis(scene, curves, count);
    set_y_axis(scene, curves, count, options);
    if (options->window)
        impose(scene, options->window);
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
        scene_widen(&x.low, &x.high, point->flops);
        scene_widen_y(&y, point->mean * scene_curve_scale(&curves[0], options->shape));
    }
    if (isnan(x.low) || isnan(y.low))
        return false;
    axis_fit(&x);
    axis_fit(&y);
    *out = (struct scene_window){x.low, x.high, y.low, y.high};
    return true;
}
