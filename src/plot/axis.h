/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes: where ticks go and what they say, and the place of a value along an axis. Pure. */
#ifndef PLOT_AXIS_H
#define PLOT_AXIS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/number.h"
#include "plot/plot.h"

enum { AXIS_TICKS_MAX = 64 };

struct axis_tick {
    double value;
    char label[NUMBER_TEXT_MAX];
};

/* The value at a fraction of the axis, in data units: 0 is low, 1 is high, exactly. */
double axis_value(const struct plot_axis *axis, double fraction);

/*
 * At most wanted ticks: decades (or every second, third... decade, or 1-2-5 within few decades) on
 * a log axis; steps of 1, 2, 5 x 10^n on a linear one. si: labels like "10 M", else like "0.01".
 * Returns their number, in rising order.
 */
size_t axis_ticks(const struct plot_axis *axis, size_t wanted, bool si,
                  struct axis_tick ticks[AXIS_TICKS_MAX]);

/* Widens [low, high] to a range that shows all of it with some air; for log, to positive bounds. */
void axis_fit(struct plot_axis *axis);

/* The axis as it is or, where it cannot be drawn so, fitted by axis_fit(). */
struct plot_axis axis_usable(const struct plot_axis *axis);

#endif
