/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far two calibrations' curves are apart, as one number, for tables of many devices.
 *
 * For an operation that both have, over the sizes that both cover (calibration_curve_extent of
 * each), the mean square of ln(b/a) over log FLOPs (compare_mean_square); every operation counts
 * the same; the distance is the root of their mean, in nepers. exp(distance) is the factor by which
 * the two typically differ: 0.0953 is 10 %, 0 none. It is a distance between what is stored:
 * efficiencies share a scale only where the theoretical peaks do.
 */
#ifndef COMPARE_DISTANCE_H
#define COMPARE_DISTANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "calibration/calibration.h"

/* One curve of an outline. Owned by it. */
struct outline_curve {
    char *name;
    bool bandwidth;
    struct breakpoint *breakpoints;
    size_t count;
    double low, high; /* FLOPs (bytes): calibration_curve_extent */
};

/*
 * What a distance needs of a calibration, so that a whole registry fits into memory. Owns copies of
 * all it holds; curves that have a range only, ordered by name.
 */
struct outline {
    struct outline_curve *curves;
    size_t count;
};

/* The caller owns what *outline gets. */
void outline_init(struct outline *outline, const struct calibration *calibration);
void outline_done(struct outline *outline);

struct distance {
    double nepers;     /* NaN: no operation to compare */
    size_t operations; /* on which it rests: common range, positive on both sides */
};

/* The same, to the last bit, with the sides swapped; 0 of an outline to itself. */
struct distance distance_between(const struct outline *a, const struct outline *b);

/* The distance as a percentage by which the two typically differ: 100 (exp(nepers) - 1). */
double distance_percent(double nepers);

#endif
