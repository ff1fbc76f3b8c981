/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules about curves: breakpoints, range, shape, and stored statistics against the points. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/number.h"
#include "check/sizes.h"

/* Stored figures are rounded by some writers. */
static const double STATISTIC_TOLERANCE = 1e-3;

enum { SPANS_SHOWN = 8, SIZE_DIGITS = 4 };

static const struct json_value *
fitted_member(const struct checker *checker, const struct calibration_curve *curve, const char *key)
{
    const struct json_value *fitted = json_member(checker->document, curve->value, "fitted_curve");
    return json_member(checker->document, fitted, key);
}

/* One more of "20 M to 50 M, 1 G to 2 G". */
static void append_span(struct buffer *out, double low, double high)
{
    char from[NUMBER_TEXT_MAX], to[NUMBER_TEXT_MAX];
    number_print_si(low, SIZE_DIGITS, from);
    number_print_si(high, SIZE_DIGITS, to);
    buffer_print(out, "%s%s to %s", out->length ? ", " : "", from, to);
}

static bool read_pair(const struct checker *checker, const struct json_value *pair,
                      struct breakpoint *breakpoint)
{
    const struct json_document *document = checker->document;
    return json_value_type(pair) == JSON_ARRAY && json_value_count(pair) == 2 &&
           json_number(document, json_item(document, pair, 0), &breakpoint->flops) &&
           json_number(document, json_item(document, pair, 1), &breakpoint->efficiency);
}

static void check_breakpoint_values(const struct checker *checker, const struct json_value *pair,
                                    const struct breakpoint *breakpoint)
{
    if (breakpoint->flops <= 0)
        checker_report(checker, pair, SEVERITY_ERROR, "flops-not-positive",
                       "the size %g of the breakpoint is not positive", breakpoint->flops);
    if (breakpoint->efficiency <= 0)
        checker_report(checker, pair, SEVERITY_ERROR, "efficiency-not-positive",
                       "the efficiency %g of the breakpoint is not positive",
                       breakpoint->efficiency);
    if (breakpoint->efficiency > IMPLAUSIBLE_EFFICIENCY)
        checker_report(checker, pair, SEVERITY_WARNING, "implausible-efficiency",
                       "an efficiency of %g is more than %g times the peak", breakpoint->efficiency,
                       IMPLAUSIBLE_EFFICIENCY);
}

static void read_item(const struct checker *checker, struct size_item *item)
{
    struct breakpoint breakpoint;
    if (!read_pair(checker, item->value, &breakpoint))
        return;
    item->size = breakpoint.flops;
    item->efficiency = breakpoint.efficiency;
}

/*
 * Remedies are beyond doubt where every breakpoint has a size and none contradicts another of its
 * size: otherwise a person has to look at them anyway.
 */
static bool are_clear(const struct sizes *sizes)
{
    return sizes->sized == sizes->count && sizes->again == sizes->repeats;
}

/* A breakpoint that says what another says goes, as long as a curve is left. */
static bool check_twice(const struct checker *checker, const struct sizes *sizes, size_t index,
                        const char *size)
{
    checker_report(checker, sizes->items[index].value, SEVERITY_ERROR, "breakpoint-duplicate",
                   "two breakpoints have the size %s", size);
    return are_clear(sizes) && sizes->count - sizes->repeats >= 2 &&
           checker_mends(checker, MEND_REPEATS);
}

static bool check_falling_size(const struct checker *checker, const struct sizes *sizes,
                               size_t index, const char *size)
{
    char before[NUMBER_TEXT_MAX];
    number_print_si(sizes_before(sizes, index), 6, before);
    checker_report(checker, sizes->items[index].value, SEVERITY_ERROR, "breakpoint-order",
                   "breakpoints must rise in size: %s follows %s", size, before);
    return are_clear(sizes) && checker_mends(checker, MEND_ORDER);
}

static void check_breakpoint_order(const struct checker *checker, const struct json_value *array)
{
    struct sizes sizes = sizes_of(checker, array, read_item);
    bool sorts = false, drops = false;
    for (size_t i = 0; i < sizes.count; i++) {
        char size[NUMBER_TEXT_MAX];
        number_print_si(sizes.items[i].size, 6, size);
        if (isnan(sizes.items[i].size))
            continue;
        if (sizes.items[i].first != i)
            drops = check_twice(checker, &sizes, i, size) || drops;
        if (sizes.items[i].size < sizes_before(&sizes, i))
            sorts = check_falling_size(checker, &sizes, i, size) || sorts;
    }
    if (sorts)
        sizes_sort(checker, &sizes);
    if (drops)
        sizes_drop_repeats(checker, array, &sizes);
    sizes_done(&sizes);
}

static void check_breakpoints(const struct checker *checker, const struct calibration_curve *curve)
{
    const struct json_value *array = fitted_member(checker, curve, "breakpoints");
    if (!array || json_value_type(array) != JSON_ARRAY)
        return;
    for (const struct json_value *pair = json_value_first(checker->document, array); pair;
         pair = json_value_next(checker->document, pair)) {
        struct breakpoint breakpoint;
        if (read_pair(checker, pair, &breakpoint))
            check_breakpoint_values(checker, pair, &breakpoint);
        else
            checker_report(checker, pair, SEVERITY_ERROR, "breakpoint-form",
                           "a breakpoint must be a pair of numbers [size, efficiency]");
    }
    check_breakpoint_order(checker, array);
    if (json_value_count(array) < 2)
        checker_report(checker, array, SEVERITY_ERROR, "breakpoint-count",
                       "a curve needs at least two breakpoints, this one has %zu",
                       json_value_count(array));
}

/* Two bounds that are exchanged frame what the curve is about; other bounds are a riddle. */
static bool is_exchanged(const struct calibration_curve *curve)
{
    return curve->max_flops >= 0 && curve->max_flops < curve->min_flops &&
           curve->low <= curve->min_flops && curve->high >= curve->max_flops;
}

static void check_range(const struct checker *checker, const struct calibration_curve *curve)
{
    const struct json_value *low = json_member(checker->document, curve->value, "min_flops");
    if (curve->min_flops >= curve->max_flops) {
        checker_report(checker, low, SEVERITY_ERROR, "range-order",
                       "`min_flops` %g is not below `max_flops` %g", curve->min_flops,
                       curve->max_flops);
        if (is_exchanged(curve) && checker_mends(checker, MEND_VALUES))
            checker_exchange(checker, low,
                             json_member(checker->document, curve->value, "max_flops"));
    }
    if (curve->min_flops < 0)
        checker_report(checker, low, SEVERITY_ERROR, "flops-not-positive",
                       "`min_flops` %g is negative", curve->min_flops);
}

static void check_monotonic(const struct checker *checker, const struct calibration_curve *curve)
{
    struct buffer text = {0};
    size_t falls = 0;
    for (size_t i = 1; i < curve->breakpoint_count; i++) {
        if (curve->breakpoints[i].efficiency >= curve->breakpoints[i - 1].efficiency)
            continue;
        if (falls++ >= SPANS_SHOWN)
            continue;
        append_span(&text, curve->breakpoints[i - 1].flops, curve->breakpoints[i].flops);
    }
    if (falls > 0)
        checker_report(checker, fitted_member(checker, curve, "breakpoints"), SEVERITY_NOTE,
                       "non-monotonic", "efficiency falls while size grows: %s %s%s", text.bytes,
                       calibration_unit(curve), falls > SPANS_SHOWN ? " and more" : "");
    buffer_done(&text);
}

static void check_latency(const struct checker *checker, const struct calibration_curve *curve)
{
    struct curve_span spans[SPANS_SHOWN];
    struct curve stored = calibration_stored_curve(curve);
    size_t count = curve_falling_latency(&stored, spans, SPANS_SHOWN);
    struct buffer text = {0};
    for (size_t i = 0; i < count && i < SPANS_SHOWN; i++)
        append_span(&text, spans[i].low, spans[i].high);
    if (count > 0)
        checker_report(checker, fitted_member(checker, curve, "breakpoints"), SEVERITY_NOTE,
                       "falling-latency",
                       "a larger operation is predicted faster than a smaller one: %s %s%s",
                       text.bytes, calibration_unit(curve), count > SPANS_SHOWN ? " and more" : "");
    buffer_done(&text);
}

/*
 * Between min_flops and the first breakpoint the schema's sample listing falls through its loop. Of
 * bounds that are exchanged the lower one is taken: that they are is another finding.
 */
static void check_listing_gap(const struct checker *checker, const struct calibration_curve *curve)
{
    struct curve stored = calibration_stored_curve(curve);
    double bound = is_exchanged(curve) ? curve->max_flops : curve->min_flops;
    if (stored.count == 0 || !(bound < stored.breakpoints[0].flops))
        return;
    double first = stored.breakpoints[0].flops;
    double inside = bound > 0 ? bound : first / 2;
    double meant = curve_evaluate(&stored, inside);
    double listed = curve_listing_evaluate(&stored, bound, inside);
    if (listed == meant)
        return;
    char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    number_print_si(bound, SIZE_DIGITS, low);
    number_print_si(first, SIZE_DIGITS, high);
    checker_report(checker, fitted_member(checker, curve, "breakpoints"), SEVERITY_NOTE,
                   "listing-gap",
                   "from %s to %s %s, below the first breakpoint, a reader that follows the "
                   "schema's sample listing returns the last breakpoint's efficiency %.4g "
                   "instead of %.4g",
                   low, high, calibration_unit(curve), listed, meant);
}

static bool contradicts(double stored, double recomputed)
{
    return isfinite(stored) && isfinite(recomputed) &&
           fabs(stored - recomputed) > STATISTIC_TOLERANCE * fmax(fabs(stored), fabs(recomputed));
}

static void report_statistic(const struct checker *checker, const struct calibration_curve *curve,
                             const char *key, double stored, double recomputed, const char *why)
{
    checker_report(checker, fitted_member(checker, curve, key), SEVERITY_NOTE, "stored-statistics",
                   "`%s` is stored as %.4g, the data points give %.4g%s", key, stored, recomputed,
                   why);
}

static void check_possible(const struct checker *checker, const struct calibration_curve *curve)
{
    static const char *const keys[] = {"r_squared", "residual_std", "max_residual"};
    double stored[] = {curve->r_squared, curve->residual_std, curve->max_residual};
    bool impossible[] = {stored[0] > 1, stored[1] < 0, stored[2] < 0};
    for (size_t i = 0; i < 3; i++)
        if (impossible[i])
            checker_report(checker, fitted_member(checker, curve, keys[i]), SEVERITY_WARNING,
                           "impossible-statistic", "`%s` is stored as %g, which no data can give",
                           keys[i], stored[i]);
}

static void check_statistics(const struct checker *checker, const struct calibration_curve *curve)
{
    struct curve stored = calibration_stored_curve(curve);
    struct curve_statistics now;
    if (!calibration_statistics_known(curve) || stored.count == 0 || curve->means.count == 0)
        return;
    curve_statistics(&stored, &curve->means, &now, NULL);
    if (calibration_points_sum_up(curve)) {
        /* A mean's residual is the mean of its observations' residuals: never beyond the largest */
        if (now.max_residual > curve->max_residual * (1 + STATISTIC_TOLERANCE))
            report_statistic(checker, curve, "max_residual", curve->max_residual, now.max_residual,
                             ", more than any observation behind them could");
        return;
    }
    if (contradicts(curve->r_squared, now.r_squared))
        report_statistic(checker, curve, "r_squared", curve->r_squared, now.r_squared, "");
    if (contradicts(curve->residual_std, now.residual_std))
        report_statistic(checker, curve, "residual_std", curve->residual_std, now.residual_std, "");
    if (contradicts(curve->max_residual, now.max_residual))
        report_statistic(checker, curve, "max_residual", curve->max_residual, now.max_residual, "");
}

static void check_key(const struct checker *checker, const struct calibration_curve *curve)
{
    const char *key = json_key(checker->document, curve->value);
    if (curve->operation_type && strcmp(curve->operation_type, key) != 0)
        checker_report(checker, json_member(checker->document, curve->value, "operation_type"),
                       SEVERITY_WARNING, "operation-type-key",
                       "operation_type \"%.80s\" differs from its key \"%.80s\"",
                       curve->operation_type, key);
}

void check_curve(const struct checker *checker, const struct calibration_curve *curve)
{
    check_key(checker, curve);
    check_breakpoints(checker, curve);
    check_range(checker, curve);
    check_monotonic(checker, curve);
    check_latency(checker, curve);
    check_listing_gap(checker, curve);
    check_possible(checker, curve);
    check_statistics(checker, curve);
}
