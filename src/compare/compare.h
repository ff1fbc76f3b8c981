/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two calibrations on one grid: what differs, where, and how surely. Takes calibrations and knows
 * no source. All ratios are b/a.
 *
 * Where both sides have a data point at the same FLOPs they are compared by Welch's test on the log
 * ratio (compare/statistics.h); elsewhere the curves are compared over their common range, without
 * a verdict. Differences are those of the field's data, not of a save: both sides are as stored.
 */
#ifndef COMPARE_COMPARE_H
#define COMPARE_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "calibration/calibration.h"
#include "compare/statistics.h"

struct buffer;

struct compare_options {
    double margin;    /* ratios within [1/(1+margin), 1+margin] are "same"; 0.05 by default */
    bool use_samples; /* n is num_samples instead of num_observations */
};

/* Both sides of one shared size. Undefined figures are NaN. */
struct compared_point {
    double flops;
    double a, b; /* means */
    double ratio, ci_low, ci_high, p_value, p_adjusted;
    enum compare_verdict verdict;
    const char *reason; /* static: why the verdict is unclear, where there is one; else NULL */
};

/* One operation. Everything is owned by the comparison; curves are borrowed from the calibrations.
 */
struct compared_curve {
    char *name;                        /* the key, or "A-NAME / B-NAME" for a pair of two names */
    const struct calibration_curve *a; /* NULL: only in b */
    const struct calibration_curve *b; /* NULL: only in a */
    bool has_range;                    /* the sizes that both cover */
    double range_low, range_high;      /* FLOPs */
    double geomean_ratio;              /* over log FLOPs on the common range; NaN without one */
    double max_ratio, max_ratio_flops; /* the ratio with the largest |ln ratio|, and where */
    struct compared_point *points;     /* at the same FLOPs in both, rising */
    size_t point_count;
    bool differs; /* any value that is compared: points, breakpoints, curve type, range */
};

struct compared_field {
    const char *field; /* static: "hardware_id" */
    const char *a, *b; /* borrowed from the calibrations; NULL where absent */
};

struct comparison {
    struct compared_curve *curves; /* a's curves in a's order, then those only in b */
    size_t curve_count;
    struct compared_field *fields; /* metadata that differs */
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
