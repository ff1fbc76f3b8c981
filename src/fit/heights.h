/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Heights of the knots of a broken line that must not fall, or must not get below a bound: the
 * exact least squares optimum for given knots. Private to this folder.
 *
 * A convex problem in variables that must not be negative (the steps up from knot to knot, or the
 * heights above the bound), solved by the active set method of Lawson and Hanson, "Solving Least
 * Squares Problems" (1974), chapter 23. Knots on one level move as one, so each system is again
 * tridiagonal.
 */
#ifndef FIT_HEIGHTS_H
#define FIT_HEIGHTS_H

#include <stdbool.h>
#include <stddef.h>

#include "fit/fit.h"
#include "fit/sites.h"

enum { HEIGHTS_MAX = 2 * FIT_BREAKPOINTS_MAX };

/*
 * Fills the heights that minimize h'Ah / 2 - right'h, A given by the system's diagonal and beside
 * (none of which changes). starts, one a height, the first true, tells where a new line begins,
 * which owes nothing to the height before; its coupling to that is 0. Under both constraints only
 * the first line is held to the bound: a later one is for the caller. At most HEIGHTS_MAX heights.
 */
void heights_solve(const struct tridiagonal *system, const bool *starts,
                   const struct fit_constraint *constraint, double *heights);

/* As sites_solve_heights, under the constraint. At most HEIGHTS_MAX knots. */
void heights_solve_sites(const struct sites *sites, const double *x, size_t count,
                         const struct fit_constraint *constraint, double *heights);

/* Weighted sum of squares of the sites about the broken line. */
double heights_sse(const struct sites *sites, const double *x, size_t count, const double *heights);

/*
 * Whether heights keep to the constraint but for what rounding does to them, which is then taken
 * away: heights that keep to it exactly are not touched.
 */
bool heights_keep(double *heights, size_t count, const struct fit_constraint *constraint);

#endif
