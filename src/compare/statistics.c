/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Welch's test on the log ratio, Holm's adjustment, verdicts. */
#include "compare/statistics.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

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
