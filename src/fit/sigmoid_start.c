/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sigmoid's value, and starting points for its fit from a grid over the data. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fit/sigmoid.h"

enum {
    STEEPNESSES = 12, /* of each sign */
    MIDPOINTS = 28,
    ROWS = 2 * STEEPNESSES,
    POINTS_USED = 64, /* of a long list only that many, evenly taken, judge a start */
};

static double logistic(double z)
{
    if (z >= 0)
        return 1 / (1 + exp(-z));
    double e = exp(z);
    return e / (1 + e);
}

double sigmoid_value(const double parameters[SIGMOID_PARAMETERS], double x)
{
    double z = parameters[SIGMOID_STEEPNESS] * (x - parameters[SIGMOID_MIDPOINT]);
    return parameters[SIGMOID_FLOOR] + parameters[SIGMOID_PLATEAU] * logistic(z);
}

double sigmoid_gradient(const double parameters[SIGMOID_PARAMETERS], double x,
                        double gradient[SIGMOID_PARAMETERS])
{
    double distance = x - parameters[SIGMOID_MIDPOINT];
    double z = parameters[SIGMOID_STEEPNESS] * distance;
    /* g(1 - g) of the smaller one of the two: 1 - g alone would lose its digits. */
    double e = exp(-fabs(z)), larger = 1 / (1 + e), smaller = e * larger;
    double slope = parameters[SIGMOID_PLATEAU] * larger * smaller;
    gradient[SIGMOID_PLATEAU] = z >= 0 ? larger : smaller;
    gradient[SIGMOID_STEEPNESS] = slope * distance;
    gradient[SIGMOID_MIDPOINT] = -slope * parameters[SIGMOID_STEEPNESS];
    gradient[SIGMOID_FLOOR] = 1;
    return parameters[SIGMOID_FLOOR] + parameters[SIGMOID_PLATEAU] * gradient[SIGMOID_PLATEAU];
}

double sigmoid_sse(const struct sigmoid_problem *problem,
                   const double parameters[SIGMOID_PARAMETERS])
{
    double sum = 0;
    for (size_t i = 0; i < problem->count; i++) {
        double residual =
            problem->root_weights[i] * (sigmoid_value(parameters, problem->x[i]) - problem->y[i]);
        sum += residual * residual;
    }
    return sum;
}

/* One node of the grid: what is left of the data there, and the linear parameters that leave it. */
struct node {
    double sse;
    double plateau, floor;
};

/* Weighted sums for the linear parameters, with g the logistic at each point. */
struct sums {
    double w, wg, wgg, wy, wgy, wyy;
};

/* Those of one row that depend on g, a column each. */
struct row_sums {
    double wg[MIDPOINTS], wgg[MIDPOINTS], wgy[MIDPOINTS];
};

struct sigmoid_grid {
    const struct sigmoid_problem *problem;
    double steepness[ROWS]; /* the one of a row and of the row as far from the end: -s and s */
    double midpoints[STEEPNESSES][MIDPOINTS]; /* for both, evenly spaced */
    double factors[STEEPNESSES][MIDPOINTS];   /* see fill_factors */
    struct sums sums;                         /* those that are the same for the whole grid */
    struct row_sums rows[STEEPNESSES];        /* of the rising sigmoids */
    struct node nodes[ROWS][MIDPOINTS];
};

/* The least squares plateau (and floor) for given sums. */
static struct node solve_linear(const struct sums *s, bool floor)
{
    struct node node = {.plateau = s->wgy / s->wgg};
    double reduced = s->wgg - s->wg * s->wg / s->w;
    if (floor) {
        node.plateau = reduced > 1e-12 * s->wgg ? (s->wgy - s->wg * s->wy / s->w) / reduced : 0;
        node.floor = (s->wy - node.plateau * s->wg) / s->w;
    }
    node.sse = s->wyy - node.plateau * s->wgy - node.floor * s->wy;
    if (!isfinite(node.sse))
        node.sse = INFINITY;
    return node;
}

static void fill_axes(struct sigmoid_grid *grid)
{
    const struct sigmoid_problem *problem = grid->problem;
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t i = 0; i < problem->count; i++) {
        low = fmin(low, problem->x[i]);
        high = fmax(high, problem->x[i]);
    }
    double range = high - low, steepness = 0.5 / range;
    /* From nearly straight over the data to a step between neighbours, whatever the range. */
    for (int i = 0; i < STEEPNESSES; i++, steepness *= 1.7) {
        grid->steepness[STEEPNESSES + i] = steepness;
        grid->steepness[STEEPNESSES - 1 - i] = -steepness;
    }
    for (int i = 0; i < STEEPNESSES; i++) {
        /* Of a slow sigmoid a tail may be all that lies over the points. */
        double tail = 4 / grid->steepness[STEEPNESSES + i];
        double from = low - fmax(0.25 * range, tail), to = high + fmax(0.75 * range, tail);
        for (int k = 0; k < MIDPOINTS; k++)
            grid->midpoints[i][k] = from + (to - from) * k / (MIDPOINTS - 1);
    }
}

/* Of a long list some points, evenly taken. */
static size_t stride_of(const struct sigmoid_problem *problem)
{
    return 1 + (problem->count - 1) / POINTS_USED;
}

/*
 * exp(steepness * (midpoint - center)): as the midpoints are evenly spaced, a geometric sequence.
 */
static void fill_factors(const double midpoints[MIDPOINTS], double steepness,
                         double factors[MIDPOINTS])
{
    const int middle = MIDPOINTS / 2;
    double ratio = exp(steepness * (midpoints[1] - midpoints[0]));
    factors[middle] = 1;
    for (int i = middle + 1; i < MIDPOINTS; i++)
        factors[i] = factors[i - 1] * ratio;
    for (int i = middle; i-- > 0;)
        factors[i] = factors[i + 1] / ratio;
}

/*
 * Adds to one row what a point contributes, or takes it away (sign -1). exp(-steepness * (x -
 * midpoint)) is split into a factor of the point and one of the midpoint (fill_factors), so that a
 * row of the grid takes one exponential a point instead of one a point and node.
 */
static void add_to_row(const struct sigmoid_grid *grid, int kind, size_t point, double sign,
                       struct row_sums *row)
{
    const struct sigmoid_problem *problem = grid->problem;
    double w = sign * problem->root_weights[point] * problem->root_weights[point];
    double wy = w * problem->y[point];
    double factor = exp(-grid->steepness[STEEPNESSES + kind] *
                        (problem->x[point] - grid->midpoints[kind][MIDPOINTS / 2]));
    for (int k = 0; k < MIDPOINTS; k++) {
        double g = 1 / (1 + factor * grid->factors[kind][k]);
        row->wg[k] += w * g;
        row->wgg[k] += w * g * g;
        row->wgy[k] += wy * g;
    }
}

static void add_to_sums(const struct sigmoid_problem *problem, size_t point, double sign,
                        struct sums *sums)
{
    double w = sign * problem->root_weights[point] * problem->root_weights[point];
    double y = problem->y[point];
    sums->w += w;
    sums->wy += w * y;
    sums->wyy += w * y * y;
}

static void sum_points(struct sigmoid_grid *grid)
{
    const struct sigmoid_problem *problem = grid->problem;
    size_t stride = stride_of(problem);
    for (size_t i = 0; i < problem->count; i += stride)
        add_to_sums(problem, i, 1, &grid->sums);
    for (int kind = 0; kind < STEEPNESSES; kind++) {
        fill_factors(grid->midpoints[kind], grid->steepness[STEEPNESSES + kind],
                     grid->factors[kind]);
        for (size_t i = 0; i < problem->count; i += stride)
            add_to_row(grid, kind, i, 1, &grid->rows[kind]);
    }
}

/* Those of the falling sigmoid at the same place: 1 - g for g. */
static struct sums turn(const struct sums *s)
{
    struct sums turned = *s;
    turned.wg = s->w - s->wg;
    turned.wgg = s->w - 2 * s->wg + s->wgg;
    turned.wgy = s->wy - s->wgy;
    return turned;
}

/* Solves for all nodes, with the sums over all points but left_out. */
static void fill_nodes(struct sigmoid_grid *grid, size_t left_out)
{
    const struct sigmoid_problem *problem = grid->problem;
    bool counted = left_out < problem->count && left_out % stride_of(problem) == 0;
    struct sums s = grid->sums;
    if (counted)
        add_to_sums(problem, left_out, -1, &s);
    for (int kind = 0; kind < STEEPNESSES; kind++) {
        struct row_sums row = grid->rows[kind];
        if (counted)
            add_to_row(grid, kind, left_out, -1, &row);
        for (int k = 0; k < MIDPOINTS; k++) {
            s.wg = row.wg[k];
            s.wgg = row.wgg[k];
            s.wgy = row.wgy[k];
            struct sums falling = turn(&s);
            grid->nodes[STEEPNESSES + kind][k] = solve_linear(&s, problem->floor);
            grid->nodes[STEEPNESSES - 1 - kind][k] = solve_linear(&falling, problem->floor);
        }
    }
}

static double sse_at(const struct sigmoid_grid *grid, int row, int column)
{
    bool inside = row >= 0 && row < ROWS && column >= 0 && column < MIDPOINTS;
    return inside ? grid->nodes[row][column].sse : INFINITY;
}

static bool is_local_minimum(const struct sigmoid_grid *grid, int row, int column)
{
    double here = sse_at(grid, row, column);
    for (int i = -1; i <= 1; i++)
        for (int j = -1; j <= 1; j++)
            if (sse_at(grid, row + i, column + j) < here)
                return false;
    return isfinite(here);
}

/* Inserts a node into the sorted list of the best ones found so far. */
static size_t insert(const struct sigmoid_grid *grid, int row, int column, size_t count,
                     double sses[SIGMOID_STARTS_MAX],
                     double starts[SIGMOID_STARTS_MAX][SIGMOID_PARAMETERS])
{
    const struct node *node = &grid->nodes[row][column];
    size_t place = 0;
    while (place < count && sses[place] <= node->sse)
        place++;
    if (place >= SIGMOID_STARTS_MAX)
        return count;
    size_t last = count < SIGMOID_STARTS_MAX ? count : SIGMOID_STARTS_MAX - 1;
    for (size_t i = last; i > place; i--) {
        memcpy(starts[i], starts[i - 1], sizeof *starts);
        sses[i] = sses[i - 1];
    }
    sses[place] = node->sse;
    starts[place][SIGMOID_PLATEAU] = node->plateau;
    starts[place][SIGMOID_STEEPNESS] = grid->steepness[row];
    int kind = row < STEEPNESSES ? STEEPNESSES - 1 - row : row - STEEPNESSES;
    starts[place][SIGMOID_MIDPOINT] = grid->midpoints[kind][column];
    starts[place][SIGMOID_FLOOR] = node->floor;
    return last + 1;
}

struct sigmoid_grid *sigmoid_grid_new(const struct sigmoid_problem *problem)
{
    struct sigmoid_grid *grid = memory_new_array(1, sizeof *grid);
    grid->problem = problem;
    fill_axes(grid);
    sum_points(grid);
    return grid;
}

void sigmoid_grid_free(struct sigmoid_grid *grid)
{
    free(grid);
}

size_t sigmoid_starts(struct sigmoid_grid *grid, size_t left_out,
                      double starts[SIGMOID_STARTS_MAX][SIGMOID_PARAMETERS])
{
    double sses[SIGMOID_STARTS_MAX];
    size_t count = 0;
    fill_nodes(grid, left_out);
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < MIDPOINTS; column++)
            if (is_local_minimum(grid, row, column))
                count = insert(grid, row, column, count, sses, starts);
    return count;
}
