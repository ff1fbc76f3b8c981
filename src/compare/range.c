/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two curves on the stretches where both are linear: the ratio, the area and the mean square. */
#include "compare/range.h"

#include <float.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"

/* The mean of ln(e) where e goes linearly from e0 to e1, both positive: ln of the identric mean. */
static double mean_log(double e0, double e1)
{
    double r = (e1 - e0) / e0;
    /* (1 + r) ln(1 + r)/r - 1 cancels for small r; its series to r^4 is exact there. */
    if (fabs(r) < 1e-3)
        return log(e0) + r * (0.5 - r * (1.0 / 6 - r * (1.0 / 12 - r / 20)));
    return log(e0) + (1 + r) * log1p(r) / r - 1;
}

/* Breakpoint sizes of a curve that lie strictly inside the range, appended to sizes. */
static size_t collect_sizes(const struct curve *curve, double low, double high, double *sizes)
{
    size_t count = 0;
    for (size_t i = 0; i < curve->count; i++)
        if (curve->breakpoints[i].flops > low && curve->breakpoints[i].flops < high)
            sizes[count++] = curve->breakpoints[i].flops;
    return count;
}

/* The ends of the range and every breakpoint between, rising. The caller frees it. */
static double *sizes_new(const struct curve *a, const struct curve *b, double low, double high,
                         size_t *count)
{
    double *sizes = memory_new_array(a->count + b->count + 2, sizeof *sizes);
    size_t n = 0;
    sizes[n++] = low;
    n += collect_sizes(a, low, high, sizes + n);
    n += collect_sizes(b, low, high, sizes + n);
    sizes[n++] = high;
    qsort(sizes, n, sizeof *sizes, number_compare);
    *count = n;
    return sizes;
}

/* Both curves at one size. */
struct pair {
    double flops, a, b;
};

static bool pairs_are_positive(const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!(pairs[i].a > 0 && pairs[i].b > 0))
            return false;
    return true;
}

static double mean_log_ratio(const struct pair *pairs, size_t count)
{
    double sum = 0;
    double width = log(pairs[count - 1].flops) - log(pairs[0].flops);
    if (!(width > 0))
        return log(pairs[0].b) - log(pairs[0].a);
    for (size_t i = 0; i + 1 < count; i++) {
        const struct pair *left = &pairs[i];
        const struct pair *right = left + 1;
        double share = (log(right->flops) - log(left->flops)) / width;
        sum += share * (mean_log(left->b, right->b) - mean_log(left->a, right->a));
    }
    return sum;
}

/* b - a; 0 where it is what rounding leaves of two equal ones. */
static double gap(const struct pair *pair)
{
    double rounding = 8 * DBL_EPSILON * fmax(fabs(pair->a), fabs(pair->b));
    double difference = pair->b - pair->a;
    return fabs(difference) <= rounding ? 0 : difference;
}

/*
 * Exact: the difference is linear over log10 FLOPs between neighbours, so it crosses 0 once or not.
 */
static double area_between(const struct pair *pairs, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        double left = gap(&pairs[i]), right = gap(&pairs[i + 1]);
        double height = (fabs(left) + fabs(right)) / 2;
        if (left * right < 0)
            height = (left * left + right * right) / (fabs(left) + fabs(right)) / 2;
        sum += height * (log10(pairs[i + 1].flops) - log10(pairs[i].flops));
    }
    return sum;
}

static void find_largest_ratio(const struct pair *pairs, size_t count, struct compare_range *result)
{
    double largest = -1;
    for (size_t i = 0; i < count; i++) {
        double size = fabs(log(pairs[i].b) - log(pairs[i].a));
        if (!(size > largest))
            continue;
        largest = size;
        result->max_ratio = pairs[i].b / pairs[i].a;
        result->max_ratio_flops = pairs[i].flops;
    }
}

/*
 * Both curves at the ends of every stretch of the range where both are linear, rising. NULL where
 * the range is not one or a curve is empty. The caller frees it.
 */
static struct pair *pairs_new(const struct curve *a, const struct curve *b, double low, double high,
                              size_t *count)
{
    if (!(low > 0 && high >= low && isfinite(high)) || !a->count || !b->count)
        return NULL;
    double *sizes = sizes_new(a, b, low, high, count);
    struct pair *pairs = memory_new_array(*count, sizeof *pairs);
    for (size_t i = 0; i < *count; i++)
        pairs[i] =
            (struct pair){sizes[i], curve_evaluate(a, sizes[i]), curve_evaluate(b, sizes[i])};
    free(sizes);
    return pairs;
}

void compare_range(const struct curve *a, const struct curve *b, double low, double high,
                   struct compare_range *result)
{
    size_t count;
    *result = (struct compare_range){NAN, NAN, NAN, NAN};
    struct pair *pairs = pairs_new(a, b, low, high, &count);
    if (!pairs)
        return;
    result->area = area_between(pairs, count);
    if (pairs_are_positive(pairs, count)) {
        result->geomean_ratio = exp(mean_log_ratio(pairs, count));
        find_largest_ratio(pairs, count, result);
    }
    free(pairs);
}

/* ln(b/a)^2 a share t of the way along a stretch; stretch points to its two ends. */
static double square_at(double t, void *stretch)
{
    const struct pair *left = stretch;
    const struct pair *right = left + 1;
    double a = left->a + t * (right->a - left->a);
    double b = left->b + t * (right->b - left->b);
    double difference = log(b) - log(a);
    return difference * difference;
}

static double mean_square_between(struct pair *stretch)
{
    const double relative = 1e-6;
    gsl_function square = {.function = square_at, .params = stretch};
    double mean;
    double error;
    size_t evaluations;
    /* Where it does not get there, its last and best value stands. */
    (void)gsl_integration_qng(&square, 0, 1, 0, relative, &mean, &error, &evaluations);
    return mean;
}

double compare_mean_square(const struct curve *a, const struct curve *b, double low, double high)
{
    size_t count;
    struct pair *pairs = pairs_new(a, b, low, high, &count);
    if (!pairs || !pairs_are_positive(pairs, count)) {
        free(pairs);
        return NAN;
    }
    double width = log(high) - log(low);
    double sum = width > 0 ? 0 : mean_square_between(pairs); /* one size: both ends are the same */
    for (size_t i = 0; i + 1 < count; i++)
        if (pairs[i + 1].flops > pairs[i].flops)
            sum += (log(pairs[i + 1].flops) - log(pairs[i].flops)) / width *
                   mean_square_between(&pairs[i]);
    free(pairs);
    return sum;
}
