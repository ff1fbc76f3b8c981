/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far two curves are apart over a range of sizes, over plain arrays. All ratios are b/a;
 * undefined figures are NaN.
 */
#ifndef COMPARE_RANGE_H
#define COMPARE_RANGE_H

#include "curve/curve.h"

/* Over the range that was asked for. */
struct compare_range {
    double geomean_ratio;   /* exp of the mean of ln(b/a) over log FLOPs */
    double max_ratio;       /* the ratio with the largest |ln ratio| */
    double max_ratio_flops; /* the smallest size that has it */
    double area; /* of |b - a| over log10 FLOPs: efficiency x decades; of any sign of a and b */
};

/*
 * Compares two curves over [low, high] FLOPs, 0 < low <= high, exactly: between neighbouring
 * breakpoints of either curve both are linear, so ln has a closed integral, the ratio is monotonic,
 * and the area is two triangles where the curves cross, else a trapezium. Ratios are NaN where a
 * curve is not positive all over the range, everything where the range is not one or a curve empty.
 */
void compare_range(const struct curve *a, const struct curve *b, double low, double high,
                   struct compare_range *result);

/*
 * The mean of ln(b/a)^2 over log FLOPs on [low, high], in squared nepers: Gauss-Kronrod quadrature
 * (GSL's qng) on each stretch where both curves are linear, to a relative 1e-6; 2e-4 where an
 * efficiency changes 3e5-fold within one. The same, to the last bit, with the sides swapped. NaN
 * where compare_range is. GSL's error handler must be off, as fit_setup (fit/fit.h) has it.
 */
double compare_mean_square(const struct curve *a, const struct curve *b, double low, double high);

#endif
