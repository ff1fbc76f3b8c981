/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Positions of knots within intervals that are given, for the cases in which they have no closed
 * form: a knot whose height rests on a bound. Private to this folder.
 */
#ifndef FIT_POSITIONS_H
#define FIT_POSITIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "fit/fit.h"
#include "fit/sites.h"

/*
 * Fills the positions (log10 of FLOPs) of count knots, each from low to high (which may be equal),
 * with the smallest weighted sum of squares of the constrained heights that turns from a coarse
 * grid to golden sections lead to, one knot after another; returns that sum.
 */
double positions_settle(const struct sites *sites, const double *low, const double *high,
                        size_t count, const struct fit_constraint *constraint, double *x);

/*
 * Whether a knot that may move rests on the bound where all of them are near their low ends, in the
 * middle, or near their high ends: else there is hardly a place at which one would.
 */
bool positions_may_rest(const struct sites *sites, const double *low, const double *high,
                        size_t count, const struct fit_constraint *constraint);

#endif
