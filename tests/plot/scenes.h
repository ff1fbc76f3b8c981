/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plots of the Jetson's legacy figures, as the program will draw them; shared by the plot tests. */
#ifndef TESTS_PLOT_SCENES_H
#define TESTS_PLOT_SCENES_H

#include <math.h>
#include <stddef.h>

#include "plot/axis.h"
#include "plot/plot.h"

enum { SCENE_POINTS_MAX = 16 };

/* An operation: points with 20 % standard deviation, and the knots of its curve. */
struct operation {
    const char *name;
    size_t count, knots;
    double x[SCENE_POINTS_MAX], y[SCENE_POINTS_MAX];
    double knot_x[SCENE_POINTS_MAX], knot_y[SCENE_POINTS_MAX];
    double min_flops, max_flops;
};

static const struct operation batchnorm = {
    "conv2d_batchnorm",
    9,
    5,
    {1e7, 5e7, 1e8, 2e8, 2.31e8, 5e8, 1e9, 3.7e9, 5e9},
    {0.06, 0.23, 0.4, 0.54, 0.73, 0.8, 2.5, 4.5, 5},
    {1e7, 5e7, 2e8, 5e8, 5e9},
    {0.06, 0.23, 0.54, 0.8, 5},
    1e7,
    1e10,
};

static const struct operation conv2d = {
    "conv2d",
    6,
    4,
    {5e7, 2e8, 2.31e8, 5e8, 3.7e9, 5e9},
    {0.6, 1.13, 1.13, 1.3, 5.4, 5.6},
    {5e7, 2e8, 5e8, 5e9},
    {0.6, 1.13, 1.3, 5.6},
    5e7,
    1e10,
};

static const struct operation matmul = {
    "matmul",
    7,
    6,
    {1e7, 5e7, 2e8, 5e8, 1e9, 5e9, 1e10},
    {0.2, 0.35, 0.6, 0.9, 1.15, 1.4, 1.5},
    {1e7, 5e7, 2e8, 5e8, 5e9, 1e10},
    {0.2, 0.35, 0.6, 0.9, 1.4, 1.5},
    1e7,
    2e10,
};

static const struct operation mbconv = {
    "mbconv",
    8,
    5,
    {5e6, 1e7, 2e7, 3e7, 4e7, 5e7, 7.5e7, 1e8},
    {0.025, 0.025, 0.03, 0.035, 0.045, 0.055, 0.075, 0.1},
    {5e6, 1e7, 3e7, 5e7, 1e8},
    {0.025, 0.025, 0.035, 0.055, 0.1},
    5e6,
    1e8,
};

static inline double operation_evaluate(const void *context, double x)
{
    const struct operation *operation = context;
    size_t i = 1;
    if (x <= operation->knot_x[0])
        return operation->knot_y[0];
    while (i < operation->knots && x > operation->knot_x[i])
        i++;
    if (i == operation->knots)
        return operation->knot_y[i - 1];
    double share =
        log(x / operation->knot_x[i - 1]) / log(operation->knot_x[i] / operation->knot_x[i - 1]);
    return operation->knot_y[i - 1] + share * (operation->knot_y[i] - operation->knot_y[i - 1]);
}

/* An operation's series, with room for what a plot only borrows. */
struct series {
    double low[SCENE_POINTS_MAX], high[SCENE_POINTS_MAX];
    struct plot_line line;
    struct plot_points points;
};

static inline void series_init(struct series *series, const struct operation *operation, int number)
{
    for (size_t i = 0; i < operation->count; i++) {
        series->low[i] = 0.8 * operation->y[i];
        series->high[i] = 1.2 * operation->y[i];
    }
    series->line = (struct plot_line){.evaluate = operation_evaluate,
                                      .context = operation,
                                      .from = operation->min_flops,
                                      .to = operation->max_flops,
                                      .label = operation->name,
                                      .series = number};
    series->points = (struct plot_points){.x = operation->x,
                                          .y = operation->y,
                                          .low = series->low,
                                          .high = series->high,
                                          .count = operation->count,
                                          .series = number};
}

static inline struct plot_points knots_of(const struct operation *operation, int number)
{
    return (struct plot_points){.x = operation->knot_x,
                                .y = operation->knot_y,
                                .count = operation->knots,
                                .label = "breakpoint",
                                .series = number,
                                .breakpoints = true};
}

static inline struct plot_axis flops_axis(double low, double high)
{
    struct plot_axis axis = {low, high, true, "FLOPs per operation"};
    axis_fit(&axis);
    return axis;
}

static inline struct plot_axis efficiency_axis(double low, double high, bool logarithmic)
{
    struct plot_axis axis = {low, high, logarithmic, "efficiency (achieved / peak)"};
    axis_fit(&axis);
    return axis;
}

#endif
