/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules about data points: signs, order, intervals, and how much evidence they carry. */
#include <float.h>
#include <math.h>

#include "base/number.h"
#include "check/sizes.h"

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

/* The values of a point that frame its mean; numbers are NaN where they are missing. */
struct spread {
    const struct json_value *low, *mean, *high;
    double least, middle, most;
};

static struct spread spread_of(const struct checker *checker, const struct json_value *point)
{
    const struct json_document *document = checker->document;
    struct spread spread = {json_member(document, point, "efficiency_min"),
                            json_member(document, point, "efficiency_mean"),
                            json_member(document, point, "efficiency_max"),
                            NAN,
                            NAN,
                            NAN};
    json_number(document, spread.low, &spread.least);
    json_number(document, spread.mean, &spread.middle);
    json_number(document, spread.high, &spread.most);
    return spread;
}

/*
 * A minimum is below a maximum by definition: where the mean lies between them they are exchanged.
 */
static void check_frame(const struct checker *checker, const struct json_value *point,
                        const struct spread *spread)
{
    checker_report(checker, point, SEVERITY_WARNING, "min-mean-max",
                   "min <= mean <= max does not hold: %g, %g, %g", spread->least, spread->middle,
                   spread->most);
    if (spread->most <= spread->middle && spread->middle <= spread->least &&
        checker_mends(checker, MEND_VALUES))
        checker_exchange(checker, spread->low, spread->high);
}

static void check_rounding(const struct checker *checker, const struct json_value *point,
                           const struct spread *spread)
{
    bool below = spread->middle < spread->least;
    bool above = spread->middle > spread->most;
    checker_report(checker, point, SEVERITY_NOTE, "rounded-extreme",
                   "the mean %.17g is %s %.17g by rounding alone", spread->middle,
                   below ? "below the minimum" : "above the maximum",
                   below ? spread->least : spread->most);
    bool mends = checker_mends(checker, MEND_VALUES);
    if (mends && below)
        checker_replace(checker, spread->low, spread->mean);
    if (mends && above)
        checker_replace(checker, spread->high, spread->mean);
}

static void check_spread(const struct checker *checker, const struct json_value *point)
{
    struct spread spread = spread_of(checker, point);
    double std = checker_number(checker, point, "efficiency_std");
    if (std < 0)
        checker_report(checker, json_member(checker->document, point, "efficiency_std"),
                       SEVERITY_ERROR, "negative-std", "the standard deviation %g is negative",
                       std);
    if (exceeds(spread.least, spread.middle) || exceeds(spread.middle, spread.most) ||
        exceeds(spread.least, spread.most))
        check_frame(checker, point, &spread);
    else if (spread.least > spread.middle || spread.middle > spread.most)
        check_rounding(checker, point, &spread);
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

static void read_point(const struct checker *checker, struct size_item *item)
{
    if (json_value_type(item->value) != JSON_OBJECT)
        return;
    item->size = checker_number(checker, item->value, "flops");
    item->efficiency = checker_number(checker, item->value, "efficiency_mean");
}

static void check_order_of(const struct checker *checker, const struct sizes *sizes, size_t index,
                           bool *mends)
{
    const struct size_item *item = &sizes->items[index];
    const struct json_value *at = json_member(checker->document, item->value, "flops");
    double before = sizes_before(sizes, index);
    char size[NUMBER_TEXT_MAX], previous[NUMBER_TEXT_MAX];
    number_print_si(item->size, 6, size);
    number_print_si(before, 6, previous);
    if (item->first != index)
        checker_report(checker, at, SEVERITY_WARNING, "duplicate-point",
                       "two data points have the size %s", size);
    if (!(item->size < before))
        return;
    checker_report(checker, at, SEVERITY_WARNING, "points-order",
                   "data points are not sorted: %s follows %s", size, previous);
    if (sizes->sized == sizes->count)
        *mends = checker_mends(checker, MEND_ORDER);
}

static void check_order(const struct checker *checker, const struct json_value *array)
{
    struct sizes sizes = sizes_of(checker, array, read_point);
    bool mends = false;
    for (size_t i = 0; i < sizes.count; i++)
        if (!isnan(sizes.items[i].size))
            check_order_of(checker, &sizes, i, &mends);
    if (mends)
        sizes_sort(checker, &sizes);
    sizes_done(&sizes);
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
    for (const struct json_value *point = json_value_first(checker->document, array); point;
         point = json_value_next(checker->document, point)) {
        if (json_value_type(point) != JSON_OBJECT)
            continue;
        check_signs(checker, point);
        check_counts(checker, point);
        check_spread(checker, point);
        check_interval(checker, point);
    }
    check_order(checker, array);
    if (json_value_count(array) == 0)
        checker_report(checker, array, SEVERITY_WARNING, "no-points",
                       "the curve has no data points");
    check_evidence(checker, curve);
}
