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
 */
#ifndef FIT_KNOTS_H
#define FIT_KNOTS_H

#include <stdbool.h>
#include <stddef.h>

#include "curve/curve.h"

struct knot_search;

/* Borrows nothing. Points are valid, one or more. The caller frees it. */
struct knot_search *knot_search_new(const struct curve_points *points);
void knot_search_free(struct knot_search *search);

/* Different sizes among the points. */
size_t knot_search_sizes(const struct knot_search *search);

/* Sizes at which a knot may lie; fewer than knot_search_sizes where there are too many to try. */
size_t knot_search_candidates(const struct knot_search *search);

/*
 * Fills count breakpoints, 2 <= count <= FIT_BREAKPOINTS_MAX, the first and last at the first and
 * last size. At most budget arrangements are tried; *complete says whether that were all. False
 * where there are fewer candidates than breakpoints.
 */
bool knot_search_run(struct knot_search *search, size_t count, size_t budget,
                     struct breakpoint *breakpoints, bool *complete);

#endif
