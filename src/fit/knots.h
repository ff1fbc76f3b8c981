/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The best positions and heights of the knots of a continuous broken line through weighted points.
 * Private to this folder.
 *
 * The least squares optimum over free positions is found exactly: between two neighbouring sizes a
 * knot is where the lines on both sides meet, each fitted without regard to the other (Hudson
 * 1966), and otherwise it lies on a size. So a branch and bound over "on size i" and "between sizes
 * i and i + 1" visits every arrangement that can be the best. Beyond a budget it keeps the best one
 * found, starting from evenly spread knots moved one at a time, and says so.
 *
 * Under a constraint the same arrangements are visited, bounded by what they cost without it and by
 * what the best non-decreasing sequence of values costs where there are no knots yet; each is then
 * judged by its constrained optimum. That slopes are not negative leaves the lines on both sides of
 * a gap without regard to each other, so the argument holds as before. A lower bound of the heights
 * does not, where lines would meet below it: such a knot stays on the bound, and its place in the
 * gap is found by searching along it.
 */
#ifndef FIT_KNOTS_H
#define FIT_KNOTS_H

#include <stdbool.h>
#include <stddef.h>

#include "curve/curve.h"

struct fit_constraint;
struct knot_search;

/* Borrows nothing. Points are valid, one or more. The caller frees it. */
struct knot_search *knot_search_new(const struct curve_points *points);
void knot_search_free(struct knot_search *search);

/* Different sizes among the points. */
size_t knot_search_sizes(const struct knot_search *search);

/* Sizes at which a knot may lie; fewer than knot_search_sizes where there are too many to try. */
size_t knot_search_candidates(const struct knot_search *search);

/*
 * Runs from now on are held to the constraint, which is borrowed; NULL: free, as at the beginning.
 */
void knot_search_constrain(struct knot_search *search, const struct fit_constraint *constraint);

/*
 * Fills count breakpoints, 2 <= count <= FIT_BREAKPOINTS_MAX, the first and last at the first and
 * last size. At most budget arrangements are tried; *complete says whether that were all. False
 * where there are fewer candidates than breakpoints.
 */
bool knot_search_run(struct knot_search *search, size_t count, size_t budget,
                     struct breakpoint *breakpoints, bool *complete);

#endif
