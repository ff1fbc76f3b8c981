/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Knots' positions by one-dimensional searches, one after another. */
#include "fit/positions.h"

#include <math.h>

#include "fit/heights.h"

enum { GRID = 6, SECTIONS = 30, ROUNDS = 8 };

/* Knots under way; borrows all but the positions, which it changes. */
struct settling {
    const struct sites *sites;
    const struct fit_constraint *constraint;
    size_t count;
    double *x;
};

static double cost_with(const struct settling *settling, size_t knot, double x)
{
    double heights[FIT_BREAKPOINTS_MAX], before = settling->x[knot];
    settling->x[knot] = x;
    heights_solve_sites(settling->sites, settling->x, settling->count, settling->constraint,
                        heights);
    double cost = heights_sse(settling->sites, settling->x, settling->count, heights);
    settling->x[knot] = before;
    return cost;
}

/* Golden sections between low and high: each keeps the half that holds the lower value. */
static double section(const struct settling *settling, size_t knot, double low, double high)
{
    const double golden = 0.6180339887498949;
    double left = high - golden * (high - low), right = low + golden * (high - low);
    double at_left = cost_with(settling, knot, left), at_right = cost_with(settling, knot, right);
    for (int i = 0; i < SECTIONS; i++) {
        if (at_left <= at_right) {
            high = right;
            right = left;
            at_right = at_left;
            left = high - golden * (high - low);
            at_left = cost_with(settling, knot, left);
        } else {
            low = left;
            left = right;
            at_left = at_right;
            right = low + golden * (high - low);
            at_right = cost_with(settling, knot, right);
        }
    }
    return at_left <= at_right ? left : right;
}

/* Moves a knot to the best place between low and high; the cost there. */
static double move(struct settling *settling, size_t knot, double low, double high, double cost)
{
    double step = (high - low) / GRID, best = settling->x[knot];
    for (int i = 1; i < GRID; i++) {
        double here = cost_with(settling, knot, low + i * step);
        if (here < cost) {
            cost = here;
            best = low + i * step;
        }
    }
    double refined = section(settling, knot, fmax(low, best - step), fmin(high, best + step));
    double at_refined = cost_with(settling, knot, refined);
    settling->x[knot] = at_refined < cost ? refined : best;
    return fmin(at_refined, cost);
}

bool positions_may_rest(const struct sites *sites, const double *low, const double *high,
                        size_t count, const struct fit_constraint *constraint)
{
    const double shares[] = {0.01, 0.5, 0.99};
    for (size_t k = 0; k < sizeof shares / sizeof *shares; k++) {
        double x[FIT_BREAKPOINTS_MAX], heights[FIT_BREAKPOINTS_MAX];
        for (size_t i = 0; i < count; i++)
            x[i] = low[i] + shares[k] * (high[i] - low[i]);
        heights_solve_sites(sites, x, count, constraint, heights);
        for (size_t i = 0; i < count; i++)
            if (high[i] > low[i] && heights[i] <= constraint->bound)
                return true;
    }
    return false;
}

double positions_settle(const struct sites *sites, const double *low, const double *high,
                        size_t count, const struct fit_constraint *constraint, double *x)
{
    const double worthwhile = 1e-10;
    struct settling settling = {sites, constraint, count, x};
    for (size_t i = 0; i < count; i++)
        x[i] = low[i] + (high[i] - low[i]) / 2;
    double cost = cost_with(&settling, 0, x[0]), before = INFINITY;
    for (int round = 0; round < ROUNDS && before - cost > worthwhile * cost; round++) {
        before = cost;
        for (size_t i = 0; i < count; i++)
            if (high[i] > low[i])
                cost = move(&settling, i, low[i], high[i], cost);
    }
    return cost;
}
