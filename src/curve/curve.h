/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Efficiency curves over plain arrays: the one function that evaluates a curve, for plots,
 * statistics, comparison, tuning and every command; and the statistics of a curve against points.
 *
 * Units: sizes in FLOPs (or bytes for bandwidth curves), efficiency as a fraction of the
 * theoretical peak. x = log10(FLOPs). A curve is linear in efficiency over x between breakpoints
 * and holds the value of the nearest end point outside (the schema's prose; its sample listing
 * differs, see curve_listing_evaluate).
 */
#ifndef CURVE_CURVE_H
#define CURVE_CURVE_H

#include <stdbool.h>
#include <stddef.h>

struct breakpoint {
    double flops;      /* > 0, strictly increasing along a curve */
    double efficiency; /* fraction of peak */
};

/* A view of breakpoints that someone else owns. */
struct curve {
    const struct breakpoint *breakpoints;
    size_t count;
};

/* Measured points as parallel arrays that someone else owns. */
struct curve_points {
    const double *flops;      /* > 0 */
    const double *efficiency; /* means */
    const double *weights;    /* > 0, or NULL: all 1 */
    size_t count;
};

/* What the point at index weighs. */
static inline double curve_weight(const struct curve_points *points, size_t index)
{
    return points->weights ? points->weights[index] : 1;
}

/* Whether two breakpoints, or all of two curves, are the same, to the last digit. */
static inline bool breakpoint_equal(const struct breakpoint *a, const struct breakpoint *b)
{
    return a->flops == b->flops && a->efficiency == b->efficiency;
}
bool curve_equal(const struct curve *a, const struct curve *b);

/* NaN for an empty curve or a size that is not positive. */
double curve_evaluate(const struct curve *curve, double flops);

/*
 * What a reader that follows the schema's sample listing would return: for sizes in
 * [min_flops, first breakpoint) that is the LAST breakpoint's efficiency.
 */
double curve_listing_evaluate(const struct curve *curve, double min_flops, double flops);

/* Undefined figures are NaN. Definitions: residual = mean - curve(flops). */
struct curve_statistics {
    size_t count;
    double ss_res; /* sum of squared residuals, weighted where weights are given */
    double ss_tot; /* the same of the points about their mean; 0 where they are as good as equal */
    double r_squared; /* 1 - SS_res/SS_tot in the weighted sense; NaN where SS_tot is 0 */
    double r_squared_unweighted; /* the same with all weights 1 */
    double residual_std; /* sample standard deviation of the residuals (n - 1); NaN for n < 2 */
    double max_residual; /* the largest |residual|; NaN for n = 0 */
    size_t max_residual_index; /* the point that has it */
};

/* residuals (count of them, or NULL) receives mean - curve at each point. */
void curve_statistics(const struct curve *curve, const struct curve_points *points,
                      struct curve_statistics *statistics, double *residuals);

/* The same from residuals that another model left. */
void curve_statistics_of_residuals(const struct curve_points *points, const double *residuals,
                                   struct curve_statistics *statistics);

/* A stretch of sizes, in FLOPs. */
struct curve_span {
    double low;
    double high;
};

/* From the smallest size of points to the largest; from infinity to 0 where there are none. */
struct curve_span curve_points_span(const struct curve_points *points);

/* Whether all points, if there are any, are at one height but for rounding: R^2 is undefined. */
bool curve_points_are_flat(const struct curve_points *points);

/*
 * Whether each of the points, and there are some, is a breakpoint, but for rounding: residuals are
 * then 0 and R^2 is 1 whatever was measured.
 */
bool curve_joins_points(const struct curve *curve, const struct curve_points *points);

/* The point nearest to a size in log10; points must not be empty. */
size_t curve_nearest_point(const struct curve_points *points, double flops);

/*
 * Finds where implied latency, FLOPs / (peak x efficiency), falls while FLOPs grow: there a larger
 * operation is predicted faster than a smaller one. On a segment of slope m per decade that is
 * where efficiency < m / ln 10 (d ln(latency)/dx = ln 10 - m/efficiency), so it starts at the
 * segment's left end. Touching spans are merged. Writes at most capacity spans and returns how many
 * there are.
 */
size_t curve_falling_latency(const struct curve *curve, struct curve_span *spans, size_t capacity);

#endif
