/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Positions of knots within intervals that are given, for the cases in which they have no closed form:
 * a knot whose height rests on a bound. Private to this folder.
 */
#ifndef FIT_POSITIONS_H
#define FIT_POSITIONS_H

#include <stddef.h>

#include "fit/fit.h"
#include "fit/sites.h"

/*
 * Fills the positions (log10 of FLOPs) of count knots, each from low to high (which may be equal), with
 * the smallest weighted sum of squares of the constrained heights that turns from a coarse grid to
 * golden sections lead to, one knot after another; returns that sum.
 */
double positions_settle(const struct sites *sites, const double *low, const double *high,
                        size_t count, const struct fit_constraint *constraint, double *x);

#endif
