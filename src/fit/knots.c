/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search for the best knots of a broken line: branch and bound over where knots may lie. */
#include "fit/knots.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fit/heights.h"
#include "fit/knots_private.h"
#include "fit/positions.h"
#include "fit/sites.h"

enum {
    CANDIDATES_ALL = 64,   /* up to here every size is a candidate */
    CANDIDATES_SOME = 32,  /* beyond, this many spread evenly over the sizes */
    EXCHANGES_FROM = 14,   /* from here a good first arrangement pays for itself */
    POSITIONS_PRICE = 600, /* arrangements that could be tried while positions settle in one */
};

static struct knot_segment segment_between(const struct knot_search *search, size_t left,
                                           size_t right)
{
    const struct sites *sites = &search->sites;
    struct knot_segment s = {0};
    double origin = sites->x[left];
    double width = sites->x[right] - origin;
    for (size_t i = left + 1; i < right; i++) {
        double t = (sites->x[i] - origin) / width;
        double w = sites->weight[i];
        double y = search->y[i];
        s.s00 += w * (1 - t) * (1 - t);
        s.s01 += w * t * (1 - t);
        s.s11 += w * t * t;
        s.t0 += w * (1 - t) * y;
        s.t1 += w * t * y;
        s.yy += w * y * y;
    }
    return s;
}

static void choose_candidates(struct knot_search *search)
{
    size_t sizes = search->sites.count;
    search->count = sizes <= CANDIDATES_ALL ? sizes : CANDIDATES_SOME;
    search->candidates = memory_new_array(search->count, sizeof *search->candidates);
    for (size_t i = 0; i < search->count; i++)
        search->candidates[i] = i * (sizes - 1) / (search->count - 1);
}

static void fill_tables(struct knot_search *search)
{
    size_t count = search->count;
    search->tables = memory_new_array(count * count, sizeof *search->tables);
    for (size_t a = 0; a < count; a++)
        for (size_t b = a + 1; b < count; b++)
            search->tables[a * count + b] =
                segment_between(search, knot_site(search, a), knot_site(search, b));
}

/* Taking a straight line away moves no knot, and leaves sums that cancel less. */
static void take_line_away(struct knot_search *search)
{
    const struct sites *sites = &search->sites;
    double ends[2] = {sites->x[0], sites->x[sites->count - 1]};
    double *heights = search->line;
    sites_solve_heights(sites, ends, 2, heights);
    for (size_t i = 0; i < sites->count; i++) {
        double t = (sites->x[i] - ends[0]) / (ends[1] - ends[0]);
        search->y[i] = sites->y[i] - (heights[0] + t * (heights[1] - heights[0]));
        search->scale += sites->weight[i] * search->y[i] * search->y[i];
    }
}

struct knot_search *knot_search_new(const struct curve_points *points)
{
    struct knot_search *search = memory_new_array(1, sizeof *search);
    sites_init(&search->sites, points);
    search->y = memory_new_array(search->sites.count, sizeof *search->y);
    if (search->sites.count < 2)
        return search;
    take_line_away(search);
    choose_candidates(search);
    fill_tables(search);
    return search;
}

void knot_search_free(struct knot_search *search)
{
    if (!search)
        return;
    sites_done(&search->sites);
    free(search->candidates);
    free(search->tables);
    free(search->y);
    free(search->rising_before);
    free(search->rising_after);
    free(search);
}

void knot_search_constrain(struct knot_search *search, const struct fit_constraint *constraint)
{
    search->constraint = constraint;
    if (!constraint || !constraint->monotone || search->rising_before)
        return;
    search->rising_before = memory_new_array(search->sites.count, sizeof *search->rising_before);
    search->rising_after = memory_new_array(search->sites.count + 1, sizeof *search->rising_after);
    sites_cost_of_rising(&search->sites, search->rising_before, search->rising_after);
}

size_t knot_search_sizes(const struct knot_search *search)
{
    return search->sites.count;
}

size_t knot_search_candidates(const struct knot_search *search)
{
    return search->count;
}

/* A node at candidate before any line leaves it to the right; c is the cost of all before. */
static void node_start(const struct knot_search *search, struct knot_node *node, size_t candidate,
                       double c)
{
    size_t site = knot_site(search, candidate);
    double weight = search->sites.weight[site];
    double y = search->y[site];
    node->candidate = candidate;
    node->ends = false;
    node->cost = (struct knot_cost){weight, weight * y, c + weight * y * y};
}

/* Draws a line from node to candidate: eliminates the height at node, fills next. */
static void node_extend(const struct knot_search *search, struct knot_node *node,
                        struct knot_node *next, size_t candidate)
{
    const struct knot_segment *s = &search->tables[node->candidate * search->count + candidate];
    node->pivot = node->cost.d + s->s00;
    node->sum = node->cost.z + s->t0;
    node->coupling = s->s01;
    double ratio = s->s01 / node->pivot;
    node_start(search, next, candidate, node->cost.c + s->yy - node->sum * node->sum / node->pivot);
    next->cost.d += s->s11 - s->s01 * ratio;
    next->cost.z += s->t1 - node->sum * ratio;
}

static double node_least(const struct knot_node *node)
{
    return node->cost.c - node->cost.z * node->cost.z / node->cost.d;
}

static bool candidates_are_neighbours(const struct knot_search *search, size_t left)
{
    return knot_site(search, left) + 1 == knot_site(search, left + 1);
}

/* Where the lines on both sides of the gap after node i meet; false where not inside the gap. */
static bool lines_meet(const struct knot_search *search, const double *heights, size_t i, double *x)
{
    const struct knot_node *nodes = search->nodes;
    double x_left = knot_x(search, nodes[i].candidate);
    double x_right = knot_x(search, nodes[i + 1].candidate);
    double left_slope =
        (heights[i] - heights[i - 1]) / (x_left - knot_x(search, nodes[i - 1].candidate));
    double right_slope =
        (heights[i + 2] - heights[i + 1]) / (knot_x(search, nodes[i + 2].candidate) - x_right);
    double step = heights[i + 1] - heights[i] - right_slope * (x_right - x_left);
    *x = x_left + step / (left_slope - right_slope);
    double margin = 1e-6 * (x_right - x_left);
    return *x > x_left + margin && *x < x_right - margin;
}

static void back_substitute(const struct knot_search *search, size_t last, double *heights)
{
    for (size_t i = last + 1; i-- > 0;) {
        const struct knot_node *node = &search->nodes[i];
        if (i == last || node->ends)
            heights[i] = node->cost.z / node->cost.d;
        else
            heights[i] = (node->sum - node->coupling * heights[i + 1]) / node->pivot;
    }
}

/*
 * Whether the lines that meet in the gap after node i do so at or above the bound, if there is one.
 */
static bool meets_above(const struct knot_search *search, const double *heights, size_t i, double x)
{
    const struct fit_constraint *constraint = search->constraint;
    if (!constraint || !constraint->positive || constraint->monotone)
        return true;
    double before = knot_x(search, search->nodes[i - 1].candidate);
    double here = knot_x(search, search->nodes[i].candidate);
    double height = heights[i] + (heights[i] - heights[i - 1]) * (x - here) / (here - before);
    return height + knot_line_at(search, x) >= constraint->bound;
}

/*
 * Fills the interior knots' positions from the heights; false where lines do not meet in their gap.
 */
static bool place_knots(const struct knot_search *search, size_t last, const double *heights,
                        double *x)
{
    size_t count = 0;
    for (size_t i = 1; i < last; i++) {
        bool starts_again = search->nodes[i - 1].ends; /* the gap's knot is counted already */
        if (search->nodes[i].ends && (!lines_meet(search, heights, i, &x[count]) ||
                                      !meets_above(search, heights, i, x[count])))
            return false;
        if (!search->nodes[i].ends && !starts_again)
            x[count] = knot_x(search, search->nodes[i].candidate);
        if (!starts_again)
            count++;
    }
    return true;
}

/*
 * The arrangement nodes[0..last] with knots that may rest on the bound anywhere in their gaps, kept
 * if it is better than the best.
 */
static void consider_resting(struct knot_search *search, size_t last)
{
    const struct sites *sites = &search->sites;
    double low[FIT_BREAKPOINTS_MAX], high[FIT_BREAKPOINTS_MAX], x[FIT_BREAKPOINTS_MAX];
    size_t count = 0;
    for (size_t i = 0; i <= last; i++) {
        double here = knot_x(search, search->nodes[i].candidate);
        if (i > 0 && search->nodes[i - 1].ends)
            continue;
        low[count] = here;
        high[count++] =
            search->nodes[i].ends ? knot_x(search, search->nodes[i + 1].candidate) : here;
    }
    if (!positions_may_rest(sites, low, high, count, search->constraint))
        return;
    search->tried += POSITIONS_PRICE;
    double cost = positions_settle(sites, low, high, count, search->constraint, x);
    if (!(cost < search->best - 1e-14 * search->scale))
        return;
    search->best = cost;
    memcpy(search->best_x, x + 1, search->wanted * sizeof *x);
}

/* Keeps the arrangement nodes[0..last] if it is better than the best and its lines do meet. */
static void consider(struct knot_search *search, size_t last)
{
    double cost = node_least(&search->nodes[last]);
    double worthwhile = search->best - 1e-14 * search->scale;
    if (!(cost < worthwhile))
        return;
    double heights[KNOT_NODES_MAX];
    double x[FIT_BREAKPOINTS_MAX] = {0};
    if (search->constraint)
        cost = knot_solve_constrained(search, last, heights);
    else
        back_substitute(search, last, heights);
    if (!(cost < worthwhile))
        return;
    if (place_knots(search, last, heights, x)) {
        search->best = cost;
        memcpy(search->best_x, x, search->wanted * sizeof *x);
    } else if (search->constraint && search->constraint->positive &&
               !search->constraint->monotone) {
        consider_resting(search, last);
    }
}

/* What everything up to a candidate costs at least, by the free lines or by any rising values. */
static double least_before(const struct knot_search *search, const struct knot_node *node)
{
    double least = node_least(node);
    if (!search->constraint || !search->constraint->monotone)
        return least;
    return fmax(least, search->rising_before[knot_site(search, node->candidate)]);
}

/* What everything right of a candidate costs at least. */
static double least_after(const struct knot_search *search, size_t candidate)
{
    if (!search->constraint || !search->constraint->monotone)
        return 0;
    return search->rising_after[knot_site(search, candidate) + 1];
}

/* Places remaining knots right of nodes[at] in every way that may still be the best. */
static void branch(struct knot_search *search, size_t at, size_t remaining)
{
    size_t last = search->count - 1;
    struct knot_node *node = &search->nodes[at];
    struct knot_node *next = node + 1;
    if (remaining == 0) {
        node_extend(search, node, next, last);
        consider(search, at + 1);
        return;
    }
    for (size_t b = node->candidate + 1; b < last && search->tried < search->budget; b++) {
        search->tried++;
        node_extend(search, node, next, b);
        /* More points under the same lines never cost less. */
        double least = least_before(search, next);
        if (least >= search->best)
            break;
        if (least + least_after(search, b) >= search->best)
            continue;
        branch(search, at + 1, remaining - 1);
        if (b + 2 > last || !candidates_are_neighbours(search, b))
            continue;
        node_extend(search, node, next, b);
        next->ends = true;
        node_start(search, next + 1, b + 1, node_least(next));
        branch(search, at + 2, remaining - 1);
    }
}

/* The cost with knots on the given interior candidates. */
static double cost_on_candidates(struct knot_search *search, const size_t *knots, size_t count)
{
    struct knot_node *nodes = search->nodes;
    node_start(search, &nodes[0], 0, 0);
    for (size_t i = 0; i < count; i++)
        node_extend(search, &nodes[i], &nodes[i + 1], knots[i]);
    node_extend(search, &nodes[count], &nodes[count + 1], search->count - 1);
    double heights[KNOT_NODES_MAX];
    return search->constraint ? knot_solve_constrained(search, count + 1, heights)
                              : node_least(&nodes[count + 1]);
}

/* Moves knots[i] to the candidate between its neighbours that costs least; true if it moved. */
static bool exchange(struct knot_search *search, size_t *knots, size_t count, size_t i)
{
    size_t low = i ? knots[i - 1] + 1 : 1;
    size_t high = i + 1 < count ? knots[i + 1] : search->count - 1;
    size_t before = knots[i];
    size_t best = before;
    double least = cost_on_candidates(search, knots, count) - 1e-14 * search->scale;
    for (size_t b = low; b < high; b++) {
        knots[i] = b;
        double cost = cost_on_candidates(search, knots, count);
        if (cost < least) {
            least = cost;
            best = b;
        }
    }
    knots[i] = best;
    return best != before;
}

/* A good first arrangement: knots spread evenly, then moved one at a time while that helps. */
static void start_from_exchanges(struct knot_search *search)
{
    enum { ROUNDS = 20 };
    size_t knots[FIT_BREAKPOINTS_MAX];
    size_t count = search->wanted;
    for (size_t i = 0; i < count; i++)
        knots[i] = (i + 1) * (search->count - 1) / (count + 1);
    bool moved = true;
    for (int round = 0; moved && round < ROUNDS; round++) {
        moved = false;
        for (size_t i = 0; i < count; i++)
            moved |= exchange(search, knots, count, i);
    }
    cost_on_candidates(search, knots, count);
    consider(search, count + 1);
}

static double flops_of(const struct knot_search *search, double x)
{
    const struct sites *sites = &search->sites;
    size_t low = 0;
    while (low + 1 < sites->count && sites->x[low] < x)
        low++;
    return sites->x[low] == x ? sites->flops[low] : pow(10, x);
}

static void fill_breakpoints(const struct knot_search *search, struct breakpoint *breakpoints)
{
    const struct sites *sites = &search->sites;
    size_t count = search->wanted + 2;
    double x[FIT_BREAKPOINTS_MAX];
    double heights[FIT_BREAKPOINTS_MAX];
    x[0] = sites->x[0];
    memcpy(x + 1, search->best_x, search->wanted * sizeof *x);
    x[count - 1] = sites->x[sites->count - 1];
    if (search->constraint)
        heights_solve_sites(sites, x, count, search->constraint, heights);
    else
        sites_solve_heights(sites, x, count, heights);
    for (size_t i = 0; i < count; i++)
        breakpoints[i] = (struct breakpoint){flops_of(search, x[i]), heights[i]};
}

bool knot_search_run(struct knot_search *search, size_t count, size_t budget,
                     struct breakpoint *breakpoints, bool *complete)
{
    *complete = false;
    if (count < 2 || count > FIT_BREAKPOINTS_MAX || count > search->count)
        return false;
    search->wanted = count - 2;
    search->tried = 0;
    search->budget = budget;
    search->best = INFINITY;
    if (search->count >= EXCHANGES_FROM)
        start_from_exchanges(search);
    node_start(search, &search->nodes[0], 0, 0);
    branch(search, 0, search->wanted);
    *complete = search->tried < search->budget && search->count == search->sites.count;
    if (search->best == INFINITY)
        start_from_exchanges(search);
    fill_breakpoints(search, breakpoints);
    return true;
}
