/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statistics of a comparison, over plain numbers: how surely two measured efficiencies differ.
 * All ratios are b/a; undefined figures are NaN.
 */
#ifndef COMPARE_STATISTICS_H
#define COMPARE_STATISTICS_H

#include <stddef.h>

enum compare_verdict {
    COMPARE_UNCLEAR,
    COMPARE_SAME,
    COMPARE_BETTER, /* b is more efficient than a */
    COMPARE_WORSE,
};

const char *compare_verdict_name(enum compare_verdict verdict); /* "unclear", ... as in JSON */

/* One side of a shared size, as a data point states it. NaN where it states nothing. */
struct compare_sample {
    double mean; /* efficiency */
    double std;  /* sample standard deviation, same unit */
    double n;    /* what counts as a number of observations */
};

struct compare_ratio {
    double ratio;
    double ci_low, ci_high; /* two-sided 95 % for the ratio, not adjusted for the table */
    double degrees;         /* Welch-Satterthwaite degrees of freedom */
    double p_value;         /* two-sided, of ratio 1 */
    double p_adjusted;      /* Holm, over the table given to compare_judge */
    enum compare_verdict verdict;
    const char *reason; /* static; why the verdict is unclear, else NULL: "one observation" */
};

/*
 * Welch's test on ln(b/a) with the delta method's variance of a log mean,
 * se^2 = std_a^2/(mean_a^2 n_a) + std_b^2/(mean_b^2 n_b). Leaves p_adjusted NaN and the verdict
 * unclear until compare_judge. Where n < 2 on a side, a std is 0 or a mean is not positive, only
 * the ratio (of positive means) and the reason are defined.
 */
void compare_samples(const struct compare_sample *a, const struct compare_sample *b,
                     struct compare_ratio *result);

/*
 * Adjusts the p-values of a table (Holm 1979; entries without one do not count) and gives the
 * verdicts, the first that holds: nothing to test: unclear; the interval lies within
 * [1/(1 + margin), 1 + margin]: same; p_adjusted < 0.05: better or worse; else unclear.
 */
void compare_judge(struct compare_ratio *table, size_t count, double margin);

#endif
