/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Welch's test on the log ratio, Holm's adjustment, verdicts, and the ratio of two curves. */
#include "compare/statistics.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"

static const double significance = 0.05;

const char *compare_verdict_name(enum compare_verdict verdict)
{
    static const char *const names[] = {
        [COMPARE_UNCLEAR] = "unclear",
        [COMPARE_SAME] = "same",
        [COMPARE_BETTER] = "better",
        [COMPARE_WORSE] = "worse",
    };
    return names[verdict];
}

/* Why there is nothing to test, or NULL. Comparisons are such that NaN fails them. */
static const char *reason_against(const struct compare_sample *a, const struct compare_sample *b)
{
    if (!(a->mean > 0 && b->mean > 0) || isinf(a->mean) || isinf(b->mean))
        return "an efficiency is not positive";
    if (!(a->n >= 1 && b->n >= 1))
        return "number of observations unknown";
    if (!(a->n >= 2 && b->n >= 2))
        return "one observation";
    if (!(a->std > 0 && b->std > 0) || isinf(a->std) || isinf(b->std))
        return "spread unknown";
    return NULL;
}

/* The variance of ln(mean of n observations), to first order. */
static double log_mean_variance(const struct compare_sample *sample)
{
    double relative = sample->std / sample->mean;
    return relative * relative / sample->n;
}

/*
 * Both tails of Student's t. GSL's own takes an expansion beyond 30 degrees of freedom that loses
 * digits far out (seven are left at t = 15), its incomplete beta function does not, up to where it
 * becomes an expansion itself. Of that function the side is taken that does not cancel.
 */
static double two_sided_p(double t, double degrees)
{
    const double exact_up_to = 1e5;
    double square = t * t;
    if (degrees > exact_up_to)
        return 2 * gsl_cdf_tdist_Q(t, degrees);
    if (square < degrees)
        return gsl_cdf_beta_Q(square / (degrees + square), 0.5, degrees / 2);
    return gsl_cdf_beta_P(degrees / (degrees + square), degrees / 2, 0.5);
}

void compare_samples(const struct compare_sample *a, const struct compare_sample *b,
                     struct compare_ratio *result)
{
    *result = (struct compare_ratio){NAN, NAN, NAN, NAN, NAN, NAN, COMPARE_UNCLEAR, NULL};
    if (a->mean > 0 && b->mean > 0)
        result->ratio = b->mean / a->mean;
    result->reason = reason_against(a, b);
    if (result->reason)
        return;
    double variance_a = log_mean_variance(a);
    double variance_b = log_mean_variance(b);
    double variance = variance_a + variance_b;
    if (!(variance > 0) || isinf(variance)) {
        result->reason = "the spread is beyond what can be computed";
        return;
    }
    double difference = log(b->mean) - log(a->mean);
    /* Shares first: squares of tiny variances would vanish. */
    double share_a = variance_a / variance;
    double share_b = variance_b / variance;
    result->degrees = 1 / (share_a * share_a / (a->n - 1) + share_b * share_b / (b->n - 1));
    double half_width = gsl_cdf_tdist_Qinv(significance / 2, result->degrees) * sqrt(variance);
    result->ci_low = exp(difference - half_width);
    result->ci_high = exp(difference + half_width);
    result->p_value = two_sided_p(fabs(difference) / sqrt(variance), result->degrees);
}

static int compare_by_p_value(const void *a, const void *b)
{
    double left = (*(struct compare_ratio *const *)a)->p_value;
    double right = (*(struct compare_ratio *const *)b)->p_value;
    return (left > right) - (left < right);
}

/* The i-th smallest of m p-values counts m - i times, and never less than a smaller one. */
static void adjust_p_values(struct compare_ratio *table, size_t count)
{
    struct compare_ratio **tested = memory_new_array(count, sizeof(struct compare_ratio *));
    size_t m = 0;
    for (size_t i = 0; i < count; i++) {
        table[i].p_adjusted = NAN;
        if (!isnan(table[i].p_value))
            tested[m++] = &table[i];
    }
    qsort(tested, m, sizeof(struct compare_ratio *), compare_by_p_value);
    double largest = 0;
    for (size_t i = 0; i < m; i++) {
        largest = fmax(largest, fmin(1, (double)(m - i) * tested[i]->p_value));
        tested[i]->p_adjusted = largest;
    }
    free(tested);
}

static void judge(struct compare_ratio *entry, double margin)
{
    entry->verdict = COMPARE_UNCLEAR;
    if (isnan(entry->p_value))
        return; /* the reason is given already */
    entry->reason = NULL;
    if (entry->ci_low >= 1 / (1 + margin) && entry->ci_high <= 1 + margin)
        entry->verdict = COMPARE_SAME;
    else if (entry->p_adjusted < significance)
        entry->verdict = entry->ratio > 1 ? COMPARE_BETTER : COMPARE_WORSE;
    else
        entry->reason = "may be noise";
}

void compare_judge(struct compare_ratio *table, size_t count, double margin)
{
    adjust_p_values(table, count);
    for (size_t i = 0; i < count; i++)
        judge(&table[i], margin);
}

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
