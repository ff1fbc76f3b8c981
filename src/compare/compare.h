/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two calibrations on one grid: what differs, where, and how surely. Takes calibrations and knows
 * no source. All ratios are b/a.
 *
 * Where both sides have a data point at the same FLOPs they are compared by Welch's test on the log
 * ratio (compare/statistics.h); elsewhere the curves are compared over their common range
 * (compare/range.h), without a verdict. Differences are those of the field's data, not of a save:
 * both sides are as stored.
 *
 * Efficiencies share a scale only where theoretical peaks do. With the peaks of both sides given,
 * achieved rates are compared instead: efficiency x peak, in FLOPs per second. Peaks are those of
 * arithmetic, so curves over bytes stay efficiencies. Swapping the sides gives the mirror image:
 * ratios and intervals inverted, verdicts and changes turned round, areas and p-values as they
 * were.
 */
#ifndef COMPARE_COMPARE_H
#define COMPARE_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "calibration/calibration.h"
#include "compare/fields.h"
#include "compare/statistics.h"
#include "compare/structure.h"

struct buffer;

struct compare_options {
    double margin;         /* ratios within [1/(1+margin), 1+margin] are "same"; 0.05 by default */
    bool use_samples;      /* n is num_samples instead of num_observations */
    double peak_a, peak_b; /* FLOPs per second; rates are compared where both are > 0 */
};

/* Both sides of one shared size. Undefined figures are NaN. */
struct compared_point {
    double flops;
    double a, b; /* means: efficiencies, or rates */
    double ratio, ci_low, ci_high, p_value, p_adjusted;
    enum compare_verdict verdict;
    const char *reason; /* static: why the verdict is unclear, where there is one; else NULL */
    double n_a, n_b;    /* the observations (or samples) behind the means */
    double milliseconds_a, milliseconds_b; /* implied latency, flops / rate; NaN without peaks */
};

/*
 * One operation. Everything is owned by the comparison; curves are borrowed from the calibrations.
 */
struct compared_curve {
    char *name;                        /* the key, or "A-NAME / B-NAME" for a pair of two names */
    const struct calibration_curve *a; /* NULL: only in b */
    const struct calibration_curve *b; /* NULL: only in a */
    bool has_range;                    /* the sizes that both cover */
    double range_low, range_high;      /* FLOPs */
    double geomean_ratio;              /* over log FLOPs on the common range; NaN without one */
    double max_ratio, max_ratio_flops; /* the ratio with the largest |ln ratio|, and where */
    double area; /* between the curves on the common range: efficiency (or rate) x decades */
    bool rates;  /* a, b and area are in FLOPs per second; else fractions of peak */
    struct compared_point *points; /* at the same FLOPs in both, rising */
    size_t point_count;
    size_t changed_points; /* of those, records that differ in any figure or in their source */
    double *sizes_only_a, *sizes_only_b; /* FLOPs of the points on one side only, rising */
    size_t only_a_count, only_b_count;
    struct breakpoint_change *changes; /* by rising size */
    size_t change_count;
    struct compared_field *fields; /* curve type, range, statistics, sources... that differ */
    size_t field_count;
    bool differs; /* any of the above, or rates on different scales, or only on one side */
};

struct comparison {
    struct compared_curve *curves; /* a's curves in a's order, then those only in b */
    size_t curve_count;
    struct compared_field *fields; /* metadata of the files that differs */
    size_t field_count;
    char **warnings; /* sentences: scales that may differ, intervals in different senses */
    size_t warning_count;
    bool differs; /* anything at all */
};

/* Compares every curve, paired by name. The caller frees the result; a and b must outlive it. */
struct comparison *compare_calibrations(const struct calibration *a, const struct calibration *b,
                                        const struct compare_options *options);

/* Compares one curve of each, whatever their names (also two of one file). One may be NULL. */
struct comparison *compare_curves(const struct calibration *a,
                                  const struct calibration_curve *curve_a,
                                  const struct calibration *b,
                                  const struct calibration_curve *curve_b,
                                  const struct compare_options *options);

void comparison_free(struct comparison *comparison);

/* "2 better, 1 worse, 5 unclear" over the shared points; nothing where there are none. */
void compare_append_verdicts(const struct compared_curve *curve, struct buffer *out);

#endif
