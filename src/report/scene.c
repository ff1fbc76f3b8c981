/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts a scene together from curves, and draws it. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "report/scene_private.h"

void scene_curve_extent(const struct scene_curve *curve, double *low, double *high)
{
    *low = *high = NAN;
    if (curve->curve.count) {
        *low = curve->curve.breakpoints[0].flops;
        *high = curve->curve.breakpoints[curve->curve.count - 1].flops;
    }
    double from, to;
    if (curve->source && calibration_curve_extent(curve->source, &from, &to)) {
        scene_widen(low, high, from);
        scene_widen(low, high, to);
    }
}

double scene_curve_scale(const struct scene_curve *curve, bool shape)
{
    double maximum = 0;
    for (size_t i = 0; shape && i < curve->curve.count; i++)
        maximum = fmax(maximum, curve->curve.breakpoints[i].efficiency);
    return shape && maximum > 0 ? 1 / maximum : 1;
}

void point_arrays_init(struct point_arrays *arrays, size_t count)
{
    arrays->x = memory_new_array(count, sizeof *arrays->x);
    arrays->y = memory_new_array(count, sizeof *arrays->y);
    arrays->low = memory_new_array(count, sizeof *arrays->low);
    arrays->high = memory_new_array(count, sizeof *arrays->high);
    arrays->styles = memory_new_array(count, sizeof *arrays->styles);
    arrays->origins = memory_new_array(count, sizeof *arrays->origins);
}

void point_arrays_done(struct point_arrays *arrays)
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

enum plot_point_style scene_point_style(const struct scene_curve *curve, size_t index)
{
    if (curve->selected_point == (int)index)
        return PLOT_POINT_SELECTED;
    return curve->left_out && curve->left_out[index] ? PLOT_POINT_LEFT_OUT : PLOT_POINT_PLAIN;
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
    for (size_t i = count; i-- > 0;)
        scene_add_lines(scene, i, &curves[i], options);
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
        scene_add_lines(scene, i, &curves[i], options);
        scene_add_points(scene, &curves[i], options);
    }
    scene->panels[0].series_elsewhere = options->compared;
    scene->panels[0].series_listed = options->listed;
    scene_set_axes(scene, curves, count, options);
    if (options->range && count)
        scene_add_spans(scene, &curves[0]);
    if (options->residuals && count)
        scene_add_residuals(scene, &curves[0]);
    else if (options->ratio && count > 1)
        scene_add_ratios(scene, curves, count, options);
    return scene;
}

void scene_free(struct scene *scene)
{
    if (!scene)
        return;
    for (size_t i = 0; i < scene->panels[0].points_count && !scene->quantiles.x; i++)
        point_arrays_done(&scene->arrays[i]);
    quantiles_done(&scene->quantiles);
    point_arrays_done(&scene->residual_arrays);
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
