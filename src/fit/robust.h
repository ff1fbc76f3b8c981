/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much each point counts in a fit that outliers must not pull. Private to this folder. */
#ifndef FIT_ROBUST_H
#define FIT_ROBUST_H

#include "fit/fit.h"

/*
 * The standard deviation of a fit's weighted residuals, by their median. leverages are those of the
 * unweighted start. 0 where more than half of the points lie on the curve exactly: nothing tells
 * noise then.
 */
double robust_scale(const struct fit *fit, const struct curve_points *points,
                    const double *leverages);

/*
 * Tukey's bisquare of the residuals of a fit: 1 for a point on the curve, 0 for one farther off
 * than 4.685 times the scale.
 */
void robust_factors(const struct fit *fit, const struct curve_points *points,
                    const double *leverages, double scale, double *factors);

/*
 * Ronchetti's robust AIC ("Robust model selection in regression", 1985): twice the sum of the loss
 * that belongs to those weights, at most 7.3 a point, at a scale common to the fits compared; and
 * AICc's price of parameters. NaN where that is not defined.
 */
double robust_aicc(const struct fit *fit, const struct curve_points *points, double scale);

/* The largest change between two fits' predictions at the points, over the largest efficiency. */
double robust_change(const struct fit *before, const struct fit *after,
                     const struct curve_points *points);

#endif
