/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules about data points: signs, order, intervals, and how much evidence they carry. */
#include <float.h>
#include <math.h>

#include "base/number.h"
#include "check/checker.h"

/* The field's files break min <= mean <= max by one unit in the last place. */
static const double ULPS = 8;

static bool exceeds(double a, double b)
{
    return a - b > ULPS * DBL_EPSILON * fmax(fabs(a), fabs(b));
}

static void check_signs(const struct checker *checker, const struct json_value *point)
{
    double flops = checker_number(checker, point, "flops");
    double mean = checker_number(checker, point, "efficiency_mean");
    if (flops <= 0)
        checker_report(checker, json_member(checker->document, point, "flops"), SEVERITY_ERROR,
                       "flops-not-positive", "the size %g is not positive", flops);
    const struct json_value *at = json_member(checker->document, point, "efficiency_mean");
    if (mean <= 0)
        checker_report(checker, at, SEVERITY_ERROR, "efficiency-not-positive",
                       "the mean efficiency %g is not positive", mean);
    if (mean > IMPLAUSIBLE_EFFICIENCY)
        checker_report(checker, at, SEVERITY_WARNING, "implausible-efficiency",
                       "a mean efficiency of %g is more than %g times the peak", mean,
                       IMPLAUSIBLE_EFFICIENCY);
}

static void check_counts(const struct checker *checker, const struct json_value *point)
{
    static const char *const keys[] = {"num_observations", "num_samples"};
    for (size_t i = 0; i < 2; i++) {
        double count = checker_number(checker, point, keys[i]);
        if (count < 1)
            checker_report(checker, json_member(checker->document, point, keys[i]),
                           SEVERITY_WARNING, "count-not-positive", "`%s` is %g", keys[i], count);
    }
}

static void check_spread(const struct checker *checker, const struct json_value *point)
{
    double mean = checker_number(checker, point, "efficiency_mean");
    double std = checker_number(checker, point, "efficiency_std");
    double low = checker_number(checker, point, "efficiency_min");
    double high = checker_number(checker, point, "efficiency_max");
    if (std < 0)
        checker_report(checker, json_member(checker->document, point, "efficiency_std"),
                       SEVERITY_ERROR, "negative-std", "the standard deviation %g is negative",
                       std);
    if (exceeds(low, mean) || exceeds(mean, high) || exceeds(low, high))
        checker_report(checker, point, SEVERITY_WARNING, "min-mean-max",
                       "min <= mean <= max does not hold: %g, %g, %g", low, mean, high);
}

static void check_interval(const struct checker *checker, const struct json_value *point)
{
    double mean = checker_number(checker, point, "efficiency_mean");
    double low = checker_number(checker, point, "ci_lower");
    double high = checker_number(checker, point, "ci_upper");
    if (exceeds(low, mean) || exceeds(mean, high) || exceeds(low, high))
        checker_report(checker, point, SEVERITY_WARNING, "interval",
                       "the interval from %g to %g does not hold the mean %g", low, high, mean);
}

/* Reports a size that is not above the one before it, unless that one had no usable size. */
static double check_order(const struct checker *checker, const struct json_value *point,
                          double previous)
{
    double flops = checker_number(checker, point, "flops");
    const struct json_value *at = json_member(checker->document, point, "flops");
    char size[NUMBER_TEXT_MAX], before[NUMBER_TEXT_MAX];
    number_print_si(flops, 6, size);
    number_print_si(previous, 6, before);
    if (flops == previous)
        checker_report(checker, at, SEVERITY_WARNING, "duplicate-point",
                       "two data points in a row have the size %s", size);
    else if (flops < previous)
        checker_report(checker, at, SEVERITY_WARNING, "points-order",
                       "data points are not sorted: %s follows %s", size, before);
    return flops;
}

static void check_evidence(const struct checker *checker, const struct calibration_curve *curve)
{
    size_t single = 0, legacy = 0, count = curve->means.count;
    const struct json_value *array = json_member(checker->document, curve->value, "data_points");
    for (size_t i = 0; i < count; i++) {
        single += curve->points[i].observations == 1;
        legacy += curve->points[i].source == POINT_LEGACY;
    }
    if (single > 0)
        checker_report(checker, array, SEVERITY_NOTE, "single-observation",
                       "%zu of %zu data points rest on a single observation", single, count);
    if (legacy > 0)
        checker_report(checker, array, SEVERITY_NOTE, "legacy-values",
                       "%zu of %zu data points are legacy values with an estimated spread", legacy,
                       count);
}

void check_points(const struct checker *checker, const struct calibration_curve *curve)
{
    const struct json_value *array = json_member(checker->document, curve->value, "data_points");
    if (!array || json_value_type(array) != JSON_ARRAY)
        return;
    double previous = NAN;
    for (const struct json_value *point = json_value_first(checker->document, array); point;
         point = json_value_next(checker->document, point)) {
        if (json_value_type(point) != JSON_OBJECT)
            continue;
        check_signs(checker, point);
        check_counts(checker, point);
        check_spread(checker, point);
        check_interval(checker, point);
        previous = check_order(checker, point, previous);
    }
    if (json_value_count(array) == 0)
        checker_report(checker, array, SEVERITY_WARNING, "no-points",
                       "the curve has no data points");
    check_evidence(checker, curve);
}
