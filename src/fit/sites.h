/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Points gathered by size, in increasing order, and the least squares heights of a broken line with
 * given knots through them. Private to this folder.
 */
#ifndef FIT_SITES_H
#define FIT_SITES_H

#include <stdbool.h>
#include <stddef.h>

#include "curve/curve.h"

/* Owned by whoever declares it. A site stands for all points of one size: their weighted mean. */
struct sites {
    size_t count;
    double *flops;  /* strictly increasing */
    double *x;      /* log10 of that, strictly increasing */
    double *y;      /* weighted mean efficiency */
    double *weight; /* sum of weights */
};

/* Sizes whose log10 cannot be told apart are one site. */
void sites_init(struct sites *sites, const struct curve_points *points);
void sites_done(struct sites *sites);

/* A symmetric tridiagonal system, owned by whoever declares it. */
struct tridiagonal {
    size_t count;
    double *diagonal;
    double *beside; /* entry (i, i + 1) */
    double *right;
};

/*
 * Adds to the system of the knots' heights J'WJ (on the first pass only) and J'W(y - the line with
 * the given heights), J the hat functions of knots as below.
 */
void sites_accumulate(const struct sites *sites, const double *x, const double *heights,
                      struct tridiagonal *system, bool first);

/*
 * Heights of the least squares broken line with knots at x[0] < ... < x[count - 1], the first and
 * last at the first and last site; linear time (hat functions: a tridiagonal system).
 */
void sites_solve_heights(const struct sites *sites, const double *x, size_t count, double *heights);

/*
 * Fills, for every site, the least weighted sum of squares that any non-decreasing values leave of
 * the sites up to and including it (before), and of those from it on (after, one more: 0 at the
 * end). By pooling adjacent violators.
 */
void sites_cost_of_rising(const struct sites *sites, double *before, double *after);

#endif
