/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An axis made ready for thousands of values: its logarithms are taken once. Private to plot. */
#ifndef PLOT_SCALE_H
#define PLOT_SCALE_H

#include <math.h>
#include <stdbool.h>

#include "plot/plot.h"

/* Transformed units: log2 of data units on a log axis, data units themselves on a linear one. */
struct scale {
    double low, high; /* transformed; low < high */
    bool log;
};

static inline struct scale scale_of(const struct plot_axis *axis)
{
    if (axis->log)
        return (struct scale){log2(axis->low), log2(axis->high), true};
    return (struct scale){axis->low, axis->high, false};
}

/* 0 at the low end, 1 at the high end, beyond that outside; NaN for what the axis has not. */
static inline double scale_fraction(const struct scale *scale, double value)
{
    if (scale->log)
        value = value > 0 ? log2(value) : (double)NAN;
    return (value - scale->low) / (scale->high - scale->low);
}

/* The way back: the value at a fraction, in data units. */
static inline double scale_value(const struct scale *scale, double fraction)
{
    double value = scale->low + fraction * (scale->high - scale->low);
    return scale->log ? exp2(value) : value;
}

/*
 * The cell of a fraction among cells: 0 .. cells - 1 inside, -1 before, cells behind. Values on a
 * cell's border fall into the later cell on every machine; both ends belong to the axis. fraction
 * must not be NaN.
 */
static inline int scale_cell(double fraction, int cells)
{
    const double slack = 1e-9;
    if (fraction < -slack)
        return -1;
    if (fraction > 1 + slack)
        return cells;
    int cell = (int)(fraction * cells + slack);
    return cell < cells ? cell : cells - 1;
}

#endif
