/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each point does to a fit, and how far the fit is known. Private to this folder. */
#ifndef FIT_DIAGNOSTICS_H
#define FIT_DIAGNOSTICS_H

#include "fit/fit.h"

/*
 * Fills covariance, leverages, deleted_residuals and the intervals of a fit whose residuals, p,
 * statistics and std_errors are there. What the points leave undetermined stays NaN or NULL.
 */
void fit_diagnose(struct fit *fit, const struct curve_points *points);

/* Fills one leverage a point of a fit that has but parameters; NaN where the points do not tell. */
void fit_find_leverages(const struct fit *fit, const struct curve_points *points,
                        double *leverages);

/*
 * The condition number of the weighted Jacobian of a fit that has but parameters, its columns
 * scaled to length 1; infinity where it cannot be told.
 */
double fit_condition(const struct fit *fit, const struct curve_points *points);

#endif
