/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much each point counts in a fit that outliers must not pull. Private to this folder. */
#ifndef FIT_ROBUST_H
#define FIT_ROBUST_H

#include "fit/fit.h"

/*
 * Tukey's bisquare of the residuals of a fit: 1 for a point on the curve, 0 for one farther off than
 * 4.685 robust standard deviations. leverages are those of the unweighted start. False, with factors
 * untouched, where more than half of the points lie on the curve exactly: nothing tells noise then.
 */
bool robust_factors(const struct fit *fit, const struct curve_points *points,
                    const double *leverages, double *factors);

/* The largest change between two fits' predictions at the points, over the largest efficiency. */
double robust_change(const struct fit *before, const struct fit *after,
                     const struct curve_points *points);

#endif
