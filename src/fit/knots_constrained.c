/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best heights of one arrangement of knots under the search's constraint. */
#include "fit/heights.h"
#include "fit/knots_private.h"

/*
 * The system of the heights at nodes[0..last]; returns the sum of squares that no height changes.
 */
static double fill_system(const struct knot_search *search, size_t last, struct tridiagonal *system)
{
    double constant = 0;
    system->count = last + 1;
    for (size_t i = 0; i <= last; i++) {
        size_t site = knot_site(search, search->nodes[i].candidate);
        double weight = search->sites.weight[site], y = search->y[site];
        system->diagonal[i] += weight;
        system->right[i] += weight * y;
        constant += weight * y * y;
        if (i == last || search->nodes[i].ends)
            continue;
        const struct knot_segment *s = &search->tables[search->nodes[i].candidate * search->count +
                                                       search->nodes[i + 1].candidate];
        system->diagonal[i] += s->s00;
        system->beside[i] = s->s01;
        system->diagonal[i + 1] += s->s11;
        system->right[i] += s->t0;
        system->right[i + 1] += s->t1;
        constant += s->yy;
    }
    return constant;
}

double knot_line_at(const struct knot_search *search, double x)
{
    const struct sites *sites = &search->sites;
    double first = sites->x[0], last = sites->x[sites->count - 1];
    return search->line[0] + (x - first) / (last - first) * (search->line[1] - search->line[0]);
}

/* With sign 1 the right side for heights above 0, with -1 back to those above the line. */
static void move_right_side(const struct knot_search *search, struct tridiagonal *system,
                            double sign)
{
    for (size_t i = 0; i < system->count; i++) {
        double line = sign * knot_line_at(search, knot_x(search, search->nodes[i].candidate));
        system->right[i] += system->diagonal[i] * line;
        if (i > 0)
            system->right[i - 1] += system->beside[i - 1] * line;
        if (i + 1 < system->count)
            system->right[i + 1] += system->beside[i] * line;
    }
}

static double cost_of_heights(const struct tridiagonal *system, const double *heights)
{
    double cost = 0;
    for (size_t i = 0; i < system->count; i++) {
        double product = system->diagonal[i] * heights[i];
        if (i + 1 < system->count)
            product += 2 * system->beside[i] * heights[i + 1];
        cost += heights[i] * (product - 2 * system->right[i]);
    }
    return cost;
}

double knot_solve_constrained(const struct knot_search *search, size_t last, double *heights)
{
    double diagonal[KNOT_NODES_MAX] = {0}, beside[KNOT_NODES_MAX] = {0},
           right[KNOT_NODES_MAX] = {0};
    bool starts[KNOT_NODES_MAX];
    struct tridiagonal system = {0, diagonal, beside, right};
    double constant = fill_system(search, last, &system);
    for (size_t i = 0; i <= last; i++)
        starts[i] = i == 0 || search->nodes[i - 1].ends;
    move_right_side(search, &system, 1);
    heights_solve(&system, starts, search->constraint, heights);
    move_right_side(search, &system, -1);
    for (size_t i = 0; i <= last; i++)
        heights[i] -= knot_line_at(search, knot_x(search, search->nodes[i].candidate));
    return constant + cost_of_heights(&system, heights);
}
