/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points gathered by size, and the heights of a broken line with given knots. */
#include "fit/sites.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* A point, and its place in the data. */
struct sample {
    double flops, efficiency, weight;
    size_t place;
};

/* Those of one size in the order of the data: their mean is then the same on every system. */
static int compare_samples(const void *a, const void *b)
{
    const struct sample *left = a, *right = b;
    if (left->flops != right->flops)
        return left->flops < right->flops ? -1 : 1;
    return left->place < right->place ? -1 : 1;
}

static struct sample *samples_new_sorted(const struct curve_points *points)
{
    struct sample *samples = memory_new_array(points->count, sizeof *samples);
    for (size_t i = 0; i < points->count; i++)
        samples[i] =
            (struct sample){points->flops[i], points->efficiency[i], curve_weight(points, i), i};
    qsort(samples, points->count, sizeof *samples, compare_samples);
    return samples;
}

void sites_init(struct sites *sites, const struct curve_points *points)
{
    sites->count = 0;
    sites->flops = memory_new_array(points->count, sizeof *sites->flops);
    sites->x = memory_new_array(points->count, sizeof *sites->x);
    sites->y = memory_new_array(points->count, sizeof *sites->y);
    sites->weight = memory_new_array(points->count, sizeof *sites->weight);
    struct sample *samples = samples_new_sorted(points);
    for (size_t i = 0; i < points->count; i++) {
        double x = log10(samples[i].flops);
        if (sites->count == 0 || x > sites->x[sites->count - 1]) {
            sites->flops[sites->count] = samples[i].flops;
            sites->x[sites->count++] = x;
        }
        size_t last = sites->count - 1;
        sites->weight[last] += samples[i].weight;
        sites->y[last] +=
            samples[i].weight / sites->weight[last] * (samples[i].efficiency - sites->y[last]);
    }
    free(samples);
}

void sites_done(struct sites *sites)
{
    free(sites->flops);
    free(sites->x);
    free(sites->y);
    free(sites->weight);
    *sites = (struct sites){0};
}

void sites_accumulate(const struct sites *sites, const double *x, const double *heights,
                      struct tridiagonal *system, bool first)
{
    size_t k = 0;
    for (size_t i = 0; i < sites->count; i++) {
        while (k + 2 < system->count && sites->x[i] >= x[k + 1])
            k++;
        double t = (sites->x[i] - x[k]) / (x[k + 1] - x[k]);
        double w = sites->weight[i];
        double residual = sites->y[i] - ((1 - t) * heights[k] + t * heights[k + 1]);
        system->right[k] += w * (1 - t) * residual;
        system->right[k + 1] += w * t * residual;
        if (!first)
            continue;
        system->diagonal[k] += w * (1 - t) * (1 - t);
        system->diagonal[k + 1] += w * t * t;
        system->beside[k] += w * t * (1 - t);
    }
}

/* Adds the solution to heights; factors the diagonal in place on the first pass. */
static void solve(struct tridiagonal *system, double *heights, bool first)
{
    size_t last = system->count - 1;
    for (size_t i = 0; i < last; i++) {
        double ratio = system->beside[i] / system->diagonal[i];
        if (first)
            system->diagonal[i + 1] -= ratio * system->beside[i];
        system->right[i + 1] -= ratio * system->right[i];
    }
    double next = 0;
    for (size_t i = last + 1; i-- > 0;) {
        double coupled = i < last ? system->beside[i] * next : 0;
        next = (system->right[i] - coupled) / system->diagonal[i];
        heights[i] += next;
        system->right[i] = 0;
    }
}

void sites_solve_heights(const struct sites *sites, const double *x, size_t count, double *heights)
{
    double *store = memory_new_array(3 * count, sizeof *store);
    struct tridiagonal system = {count, store, store + count, store + 2 * count};
    for (size_t i = 0; i < count; i++)
        heights[i] = 0;
    /* The second pass solves for what rounding left of the first: iterative refinement. */
    for (int pass = 0; pass < 2; pass++) {
        sites_accumulate(sites, x, heights, &system, pass == 0);
        solve(&system, heights, pass == 0);
    }
    free(store);
}

/* Neighbouring sites that share one value, their weighted mean. */
struct pool {
    double weight, mean;
};

/*
 * Adds a site to pools whose means rise (sign 1) or fall (sign -1) towards the last; returns what
 * that costs. Two pools that become one cost w1 w2 / (w1 + w2) x the square of their means'
 * difference.
 */
static double add_to_pools(struct pool *pools, size_t *count, struct pool site, double sign)
{
    double cost = 0;
    while (*count > 0 && sign * (pools[*count - 1].mean - site.mean) > 0) {
        struct pool before = pools[--*count];
        double weight = before.weight + site.weight, difference = before.mean - site.mean;
        cost += before.weight * (site.weight / weight) * difference * difference;
        site = (struct pool){weight, site.mean + before.weight / weight * difference};
    }
    pools[(*count)++] = site;
    return cost;
}

void sites_cost_of_rising(const struct sites *sites, double *before, double *after)
{
    struct pool *pools = memory_new_array(sites->count, sizeof *pools);
    size_t count = 0;
    double cost = 0;
    for (size_t i = 0; i < sites->count; i++)
        before[i] = cost +=
            add_to_pools(pools, &count, (struct pool){sites->weight[i], sites->y[i]}, 1);
    after[sites->count] = cost = 0;
    count = 0;
    for (size_t i = sites->count; i-- > 0;)
        after[i] = cost +=
            add_to_pools(pools, &count, (struct pool){sites->weight[i], sites->y[i]}, -1);
    free(pools);
}
