/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sigmoid as a function of x = log10(FLOPs), and where to start looking for its parameters.
 * Private to this folder.
 */
#ifndef FIT_SIGMOID_H
#define FIT_SIGMOID_H

#include <stdbool.h>
#include <stddef.h>

#include "fit/fit.h"

enum { SIGMOID_PLATEAU, SIGMOID_STEEPNESS, SIGMOID_MIDPOINT, SIGMOID_FLOOR, SIGMOID_PARAMETERS };

/* floor + plateau / (1 + exp(-steepness * (x - midpoint))), without overflow */
double sigmoid_value(const double parameters[SIGMOID_PARAMETERS], double x);

/* Fills the derivatives of that in the parameters' order; returns the value itself. */
double sigmoid_gradient(const double parameters[SIGMOID_PARAMETERS], double x,
                        double gradient[SIGMOID_PARAMETERS]);

/* Arrays that someone else owns; y divided by its largest magnitude. */
struct sigmoid_problem {
    size_t count;
    const double *x;            /* log10(FLOPs) */
    const double *y;            /* scaled efficiency */
    const double *root_weights; /* square roots of the weights */
    bool floor;                 /* the fourth parameter is free; else it is 0 */
};

/* The weighted sum of squared residuals, in the problem's scaled units. */
double sigmoid_sse(const struct sigmoid_problem *problem,
                   const double parameters[SIGMOID_PARAMETERS]);

/*
 * Walks from parameters to the nearest minimum in at most so many steps and returns the SSE there;
 * infinity, without a step, where that of the start is none. Without a floor its parameter stays.
 */
double sigmoid_descend(const struct sigmoid_problem *problem, size_t steps,
                       double parameters[SIGMOID_PARAMETERS]);

/*
 * A grid over steepness (both signs) and midpoint, plateau and floor solved linearly at each node.
 * It keeps its sums over the points, so that leaving one out takes only that one's share. problem
 * is borrowed and must be the same at each call. The caller frees the grid.
 */
struct sigmoid_grid;
struct sigmoid_grid *sigmoid_grid_new(const struct sigmoid_problem *problem);
void sigmoid_grid_free(struct sigmoid_grid *grid);

enum { SIGMOID_STARTS_MAX = 4 };

/*
 * Fills starting points without the point at left_out (SIZE_MAX: with all), best first, and returns
 * how many: the grid's best local minima.
 */
size_t sigmoid_starts(struct sigmoid_grid *grid, size_t left_out,
                      double starts[SIGMOID_STARTS_MAX][SIGMOID_PARAMETERS]);

/* The tests of the Definitions, over parameters in units of efficiency: status and warning. */
void sigmoid_judge(struct fit *fit, const struct curve_points *points, double condition);

/* Whether a fit's parameters are as its constraint has them. */
bool sigmoid_keeps(const struct fit *fit);

/*
 * Replaces the parameters of a fit that is not so by the best allowed ones, or by a constant where
 * no sigmoid is better; judges them, and names what is held. Asks between its steps whether to go
 * on.
 */
void sigmoid_constrain(struct fit *fit, const struct curve_points *points,
                       const struct fit_options *options);

#endif
