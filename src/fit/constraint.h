/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is common to fits that are held to a constraint: whether it is active, what it costs, and
 * how that is said. How a model finds its best allowed parameters stands with the model. Private to
 * this folder.
 */
#ifndef FIT_CONSTRAINT_H
#define FIT_CONSTRAINT_H

#include <stdbool.h>

#include "curve/curve.h"
#include "fit/fit.h"

/* What the options ask for; bound NaN where it is not asked for, or no point is positive. */
struct fit_constraint fit_constraint_of(const struct fit_options *options,
                                        const struct curve_points *points);

/* Whether it is held to one, active or not. */
bool fit_is_constrained(const struct fit *fit);

/* Appends a formatted name to at_bound. */
void fit_hold(struct fit *fit, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Forgets what a free fit said of itself, keeping its sum of squares in sse_free, where a model
 * goes on to look for allowed parameters.
 */
void fit_start_constrained(struct fit *fit, const struct curve_points *points);

/*
 * For a fit that has its parameters: fills sse, and sse_free where the model has not; says what an
 * active constraint costs, and takes away what is then undefined (std_errors).
 */
void fit_finish_constrained(struct fit *fit, const struct curve_points *points);

/*
 * Replaces the errors of left-out points by those of refits under the fit's constraint, where that
 * is active in such a refit; options make the same model again.
 */
void fit_leave_out_constrained(const struct fit *fit, const struct curve_points *points,
                               const struct fit_options *options, double *errors);

#endif
