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

/*
 * Heights of the least squares broken line with knots at x[0] < ... < x[count - 1], the first and
 * last at the first and last site; linear time (hat functions: a tridiagonal system).
 */
void sites_solve_heights(const struct sites *sites, const double *x, size_t count, double *heights);

#endif
