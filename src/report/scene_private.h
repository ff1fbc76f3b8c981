/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene while it is built, and what its parts ask of a curve. Private to the scene's files. */
#ifndef REPORT_SCENE_PRIVATE_H
#define REPORT_SCENE_PRIVATE_H

#include "report/quantiles.h"
#include "report/scene.h"

enum { SPANS_MAX = 32 }; /* of falling latency */

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

/* Owns its arrays, which lines, points and panels point into. */
struct scene {
    struct plot_axis x;
    struct plot panels[2];
    size_t panel_count;
    struct line_context *contexts; /* LINES_PER_CURVE a curve */
    struct ratio_context *ratios;  /* one a curve behind the first */
    struct plot_line *ratio_lines;
    bool ratios_named; /* there are several */
    struct plot_line *lines;
    struct plot_points *points;  /* of the first panel: data, then breakpoints */
    struct point_arrays *arrays; /* as many as points */
    struct plot_points residual; /* of the second panel, where it is of residuals */
    struct point_arrays residual_arrays;
    struct quantiles quantiles;
    struct plot_span spans[SPANS_MAX + 1];
    double level; /* of the second panel's reference line */
};

/* The value of the line whose struct line_context this is, at x. */
double scene_evaluate_line(const void *context, double x);

/* Widens [*low, *high] (NaN: empty yet) to value, if it is finite. */
void scene_widen(double *low, double *high, double value);

/* Takes a value into the y range; a log axis has no place for what is not positive. */
void scene_widen_y(struct plot_axis *y, double value);

/* The sizes that a curve speaks for: its bounds, points and breakpoints. NaN where it has none. */
void scene_curve_extent(const struct scene_curve *curve, double *low, double *high);

/* What its efficiencies are multiplied by: 1, or 1/maximum where shapes are compared. */
double scene_curve_scale(const struct scene_curve *curve, bool shape);

/* Of the point at index of its source: selected, left out or plain. */
enum plot_point_style scene_point_style(const struct scene_curve *curve, size_t index);

/* Zeros for count points; point_arrays_done frees them. */
void point_arrays_init(struct point_arrays *arrays, size_t count);
void point_arrays_done(struct point_arrays *arrays);

/* scene_curves.c: the first panel. index is that of the curve. */
void scene_add_lines(struct scene *scene, size_t index, const struct scene_curve *curve,
                     const struct scene_options *options);
void scene_add_points(struct scene *scene, const struct scene_curve *curve,
                      const struct scene_options *options);
void scene_add_spans(struct scene *scene, const struct scene_curve *curve);

/* scene_axes.c: those of the first panel, from what it holds. */
void scene_set_axes(struct scene *scene, const struct scene_curve *curves, size_t count,
                    const struct scene_options *options);

/* scene_below.c: a second panel, with its axes. Ratios want two curves or more. */
void scene_add_residuals(struct scene *scene, const struct scene_curve *curve);
void scene_add_ratios(struct scene *scene, const struct scene_curve *curves, size_t count,
                      const struct scene_options *options);

#endif
