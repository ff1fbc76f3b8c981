/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a search for knots knows while it goes on. Private to its files, everyone else includes
 * fit/knots.h.
 */
#ifndef FIT_KNOTS_PRIVATE_H
#define FIT_KNOTS_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "fit/fit.h"
#include "fit/knots.h"
#include "fit/sites.h"

enum { KNOT_NODES_MAX = 2 * FIT_BREAKPOINTS_MAX };

/*
 * Sums over the sites strictly between two candidates, in the hat functions of these two: with t
 * from 0 to 1 between them, of (1-t)^2, t(1-t), t^2, (1-t)y, ty and y^2, all weighted.
 */
struct knot_segment {
    double s00, s01, s11, t0, t1, yy;
};

/* The least cost of everything so far, as a function of the height h here: d h^2 - 2 z h + c. */
struct knot_cost {
    double d, z, c;
};

/*
 * One site where a line's height is a parameter, on the path from left to right. A knot on a site
 * is one node; a knot between two sites is two, the first of which ends what is coupled.
 */
struct knot_node {
    size_t candidate;
    bool ends;             /* the knot lies between this candidate and the next node's */
    struct knot_cost cost; /* up to and including this node's site */
    double pivot, sum;     /* what back substitution needs: h = (sum - s01 h_next) / pivot */
    double coupling;
};

/* A search, and the state of its run; owns its arrays and sites. */
struct knot_search {
    struct sites sites;
    size_t count;                /* of candidates */
    size_t *candidates;          /* indices of sites */
    struct knot_segment *tables; /* count x count, used above the diagonal */
    double *y;      /* the sites' y less a straight line, which keeps digits in the sums */
    double line[2]; /* the heights of that line at the first and last site */
    double scale;   /* weighted sum of y^2: what rounding is relative to */
    const struct fit_constraint *constraint; /* NULL: free */
    /*
     * Under monotone the least that any rising values cost: up to and including a site; from it on.
     */
    double *rising_before, *rising_after;
    /* The state of one run. */
    struct knot_node nodes[KNOT_NODES_MAX];
    size_t tried, budget;
    double best;
    double best_x[FIT_BREAKPOINTS_MAX]; /* log10 of the interior knots */
    size_t wanted;                      /* interior knots */
};

/* The site of a candidate, and its log10 FLOPs. */
static inline size_t knot_site(const struct knot_search *search, size_t candidate)
{
    return search->candidates[candidate];
}

static inline double knot_x(const struct knot_search *search, size_t candidate)
{
    return search->sites.x[knot_site(search, candidate)];
}

/* The straight line that was taken away from the data, at a place (log10 FLOPs). */
double knot_line_at(const struct knot_search *search, double x);

/*
 * Fills the constrained heights at nodes[0..last], above the line that was taken away; returns
 * their cost.
 */
double knot_solve_constrained(const struct knot_search *search, size_t last, double *heights);

#endif
