/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairing two calibrations' curves and points, and putting the statistics to them. */
#include "compare/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "compare/range.h"

static bool same_point(const struct data_point *a, const struct data_point *b)
{
    const double of_a[] = {a->flops,    a->mean,     a->std,          a->min,    a->max,
                           a->ci_lower, a->ci_upper, a->observations, a->samples};
    const double of_b[] = {b->flops,    b->mean,     b->std,          b->min,    b->max,
                           b->ci_lower, b->ci_upper, b->observations, b->samples};
    for (size_t i = 0; i < sizeof of_a / sizeof *of_a; i++)
        if (!number_same(of_a[i], of_b[i]))
            return false;
    return text_same(a->source_name, b->source_name);
}

static int by_size(const void *a, const void *b)
{
    const struct data_point *p = *(const struct data_point *const *)a;
    const struct data_point *q = *(const struct data_point *const *)b;
    if (p->flops != q->flops)
        return p->flops < q->flops ? -1 : 1;
    return p->index < q->index ? -1 : 1;
}

/* The points by rising size; the file may have them in any order. */
static const struct data_point **sorted_points(const struct calibration_curve *curve)
{
    const struct data_point **points = memory_new_array(curve->means.count, sizeof *points);
    for (size_t i = 0; i < curve->means.count; i++)
        points[i] = &curve->points[i];
    qsort(points, curve->means.count, sizeof *points, by_size);
    return points;
}

/* What efficiencies are multiplied with: the side's peak, or 1. */
struct scales {
    double a, b;
};

static bool has_peaks(const struct compare_options *options)
{
    return options->peak_a > 0 && options->peak_b > 0;
}

static struct scales scales_of(const struct compared_curve *curve,
                               const struct compare_options *options)
{
    return curve->rates ? (struct scales){options->peak_a, options->peak_b} : (struct scales){1, 1};
}

static struct compare_sample sample_of(const struct data_point *point, double scale,
                                       const struct compare_options *options)
{
    return (struct compare_sample){scale * point->mean, scale * point->std,
                                   options->use_samples ? point->samples : point->observations};
}

/* Of an operation of that size at that rate. */
static double milliseconds(double flops, double rate)
{
    return rate > 0 ? flops / rate * 1000 : NAN;
}

static struct compared_point compare_point(const struct compared_curve *curve,
                                           const struct data_point *a, const struct data_point *b,
                                           const struct compare_options *options)
{
    struct scales scales = scales_of(curve, options);
    struct compare_sample sample_a = sample_of(a, scales.a, options);
    struct compare_sample sample_b = sample_of(b, scales.b, options);
    struct compare_ratio ratio;
    compare_samples(&sample_a, &sample_b, &ratio);
    return (struct compared_point){
        .flops = a->flops,
        .a = sample_a.mean,
        .b = sample_b.mean,
        .ratio = ratio.ratio,
        .ci_low = ratio.ci_low,
        .ci_high = ratio.ci_high,
        .p_value = ratio.p_value,
        .p_adjusted = NAN,
        .verdict = COMPARE_UNCLEAR,
        .reason = ratio.reason,
        .n_a = sample_a.n,
        .n_b = sample_b.n,
        .milliseconds_a = curve->rates ? milliseconds(a->flops, sample_a.mean) : NAN,
        .milliseconds_b = curve->rates ? milliseconds(b->flops, sample_b.mean) : NAN,
    };
}

/* Merges two sorted lists; sizes pair only if they are the same number. */
static void pair_points(struct compared_curve *curve, const struct compare_options *options)
{
    size_t count_a = curve->a->means.count, count_b = curve->b->means.count, i = 0, j = 0;
    const struct data_point **a = sorted_points(curve->a), **b = sorted_points(curve->b);
    curve->points = memory_new_array(count_a < count_b ? count_a : count_b, sizeof *curve->points);
    curve->sizes_only_a = memory_new_array(count_a, sizeof *curve->sizes_only_a);
    curve->sizes_only_b = memory_new_array(count_b, sizeof *curve->sizes_only_b);
    while (i < count_a || j < count_b) {
        if (j == count_b || (i < count_a && a[i]->flops < b[j]->flops)) {
            curve->sizes_only_a[curve->only_a_count++] = a[i++]->flops;
        } else if (i == count_a || a[i]->flops > b[j]->flops) {
            curve->sizes_only_b[curve->only_b_count++] = b[j++]->flops;
        } else {
            curve->changed_points += !same_point(a[i], b[j]);
            curve->points[curve->point_count++] = compare_point(curve, a[i++], b[j++], options);
        }
    }
    free(a);
    free(b);
}

/* The stored breakpoints with every efficiency times scale; the caller frees them. */
static struct breakpoint *scaled_breakpoints(const struct calibration_curve *curve, double scale)
{
    struct breakpoint *scaled =
        memory_copy(curve->breakpoints, curve->breakpoint_count, sizeof *scaled);
    for (size_t i = 0; i < curve->breakpoint_count; i++)
        scaled[i].efficiency *= scale;
    return scaled;
}

static void compare_ranges(struct compared_curve *curve, const struct compare_options *options)
{
    double low_a, high_a, low_b, high_b;
    if (!calibration_curve_extent(curve->a, &low_a, &high_a) ||
        !calibration_curve_extent(curve->b, &low_b, &high_b))
        return;
    curve->range_low = fmax(low_a, low_b);
    curve->range_high = fmin(high_a, high_b);
    curve->has_range = curve->range_low <= curve->range_high;
    if (!curve->has_range)
        return;
    struct scales scales = scales_of(curve, options);
    struct breakpoint *scaled_a = scaled_breakpoints(curve->a, scales.a);
    struct breakpoint *scaled_b = scaled_breakpoints(curve->b, scales.b);
    struct curve a = {scaled_a, curve->a->breakpoint_count};
    struct curve b = {scaled_b, curve->b->breakpoint_count};
    struct compare_range range;
    compare_range(&a, &b, curve->range_low, curve->range_high, &range);
    curve->geomean_ratio = range.geomean_ratio;
    curve->max_ratio = range.max_ratio;
    curve->max_ratio_flops = range.max_ratio_flops;
    curve->area = range.area;
    free(scaled_a);
    free(scaled_b);
}

/* Both are there. */
static void compare_pair(struct compared_curve *curve, const struct compare_options *options)
{
    struct curve a = calibration_stored_curve(curve->a), b = calibration_stored_curve(curve->b);
    curve->rates = has_peaks(options) && !curve->a->bandwidth && !curve->b->bandwidth;
    pair_points(curve, options);
    compare_ranges(curve, options);
    curve->change_count = structure_compare(&a, &b, &curve->changes);
    curve->field_count = fields_of_curves(curve->a, curve->b, &curve->fields);
    curve->differs = curve->changed_points || curve->only_a_count || curve->only_b_count ||
                     curve->change_count || curve->field_count ||
                     (curve->rates && options->peak_a != options->peak_b);
}

/* At least one of the two is there. */
static void add_pair(struct comparison *comparison, const struct calibration_curve *a,
                     const struct calibration_curve *b, const struct compare_options *options)
{
    struct compared_curve *curve = &comparison->curves[comparison->curve_count++];
    *curve = (struct compared_curve){.a = a,
                                     .b = b,
                                     .geomean_ratio = NAN,
                                     .max_ratio = NAN,
                                     .max_ratio_flops = NAN,
                                     .area = NAN,
                                     .differs = !a || !b};
    if (a && b && strcmp(a->name, b->name) != 0)
        curve->name = memory_print("%s / %s", a->name, b->name);
    else
        curve->name = memory_copy_string(a ? a->name : b->name);
    if (a && b)
        compare_pair(curve, options);
    comparison->differs |= curve->differs;
}

/* One table: every shared size of the comparison counts in Holm's adjustment. */
static void judge(struct comparison *comparison, double margin)
{
    size_t count = 0, next = 0;
    for (size_t i = 0; i < comparison->curve_count; i++)
        count += comparison->curves[i].point_count;
    struct compare_ratio *table = memory_new_array(count, sizeof *table);
    for (size_t i = 0; i < comparison->curve_count; i++)
        for (size_t j = 0; j < comparison->curves[i].point_count; j++) {
            const struct compared_point *point = &comparison->curves[i].points[j];
            table[next++] = (struct compare_ratio){.ratio = point->ratio,
                                                   .ci_low = point->ci_low,
                                                   .ci_high = point->ci_high,
                                                   .p_value = point->p_value,
                                                   .p_adjusted = NAN,
                                                   .reason = point->reason};
        }
    compare_judge(table, count, margin);
    next = 0;
    for (size_t i = 0; i < comparison->curve_count; i++)
        for (size_t j = 0; j < comparison->curves[i].point_count; j++, next++) {
            comparison->curves[i].points[j].p_adjusted = table[next].p_adjusted;
            comparison->curves[i].points[j].verdict = table[next].verdict;
            comparison->curves[i].points[j].reason = table[next].reason;
        }
    free(table);
}

/* Takes sentence. */
static void warn(struct comparison *comparison, char *sentence)
{
    comparison->warnings = memory_resize(comparison->warnings, comparison->warning_count + 1,
                                         sizeof *comparison->warnings);
    comparison->warnings[comparison->warning_count++] = sentence;
}

/* Whether every pair is compared as rates, so that scales do not matter. */
static bool rates_only(const struct comparison *comparison, const struct compare_options *options)
{
    for (size_t i = 0; i < comparison->curve_count; i++) {
        const struct compared_curve *curve = &comparison->curves[i];
        if (curve->a && curve->b && !curve->rates)
            return false;
    }
    return has_peaks(options);
}

static void warn_of_scales(struct comparison *comparison, const struct calibration *a,
                           const struct calibration *b, const struct compare_options *options)
{
    if (rates_only(comparison, options))
        return;
    if (!text_same(a->hardware_id, b->hardware_id) ||
        !text_same(a->hardware_name, b->hardware_name) || !text_same(a->precision, b->precision) ||
        !text_same(a->device_type, b->device_type))
        warn(comparison, memory_copy_string("efficiencies share a scale only where theoretical "
                                            "peaks do, and the files do not state them"));
}

static bool senses_differ(const struct compared_curve *curve)
{
    if (!curve->a || !curve->b)
        return false;
    enum interval_sense a = calibration_interval_sense(curve->a);
    enum interval_sense b = calibration_interval_sense(curve->b);
    return a != INTERVAL_UNKNOWN && b != INTERVAL_UNKNOWN && a != b;
}

static void warn_of_senses(struct comparison *comparison)
{
    struct buffer names = {0};
    for (size_t i = 0; i < comparison->curve_count; i++)
        if (senses_differ(&comparison->curves[i]))
            buffer_print(&names, "%s%s", names.length ? ", " : "", comparison->curves[i].name);
    if (names.length)
        warn(comparison,
             memory_print("the two sides state their intervals in different senses (mean -+ 1.96 "
                          "std, and that over sqrt(n)): %s",
                          names.bytes));
    buffer_done(&names);
}

static void finish(struct comparison *comparison, const struct calibration *a,
                   const struct calibration *b, const struct compare_options *options)
{
    judge(comparison, options->margin);
    comparison->field_count = fields_of_calibrations(a, b, &comparison->fields);
    comparison->differs |= comparison->field_count > 0;
    warn_of_scales(comparison, a, b, options);
    warn_of_senses(comparison);
}

/* The other side's curve of the same name and kind. */
static const struct calibration_curve *find_curve(const struct calibration *calibration,
                                                  const struct calibration_curve *like)
{
    return calibration_find_kind(calibration, like->name, like->bandwidth);
}

struct comparison *compare_calibrations(const struct calibration *a, const struct calibration *b,
                                        const struct compare_options *options)
{
    struct comparison *comparison = memory_new_array(1, sizeof *comparison);
    comparison->curves =
        memory_new_array(a->curve_count + b->curve_count, sizeof *comparison->curves);
    for (size_t i = 0; i < a->curve_count; i++)
        add_pair(comparison, &a->curves[i], find_curve(b, &a->curves[i]), options);
    for (size_t i = 0; i < b->curve_count; i++)
        if (!find_curve(a, &b->curves[i]))
            add_pair(comparison, NULL, &b->curves[i], options);
    finish(comparison, a, b, options);
    return comparison;
}

struct comparison *compare_curves(const struct calibration *a,
                                  const struct calibration_curve *curve_a,
                                  const struct calibration *b,
                                  const struct calibration_curve *curve_b,
                                  const struct compare_options *options)
{
    struct comparison *comparison = memory_new_array(1, sizeof *comparison);
    comparison->curves = memory_new_array(1, sizeof *comparison->curves);
    add_pair(comparison, curve_a, curve_b, options);
    finish(comparison, a, b, options);
    return comparison;
}

void comparison_free(struct comparison *comparison)
{
    if (!comparison)
        return;
    for (size_t i = 0; i < comparison->curve_count; i++) {
        free(comparison->curves[i].name);
        free(comparison->curves[i].points);
        free(comparison->curves[i].sizes_only_a);
        free(comparison->curves[i].sizes_only_b);
        free(comparison->curves[i].changes);
        fields_free(comparison->curves[i].fields, comparison->curves[i].field_count);
    }
    for (size_t i = 0; i < comparison->warning_count; i++)
        free(comparison->warnings[i]);
    free(comparison->curves);
    fields_free(comparison->fields, comparison->field_count);
    free(comparison->warnings);
    free(comparison);
}

void compare_append_verdicts(const struct compared_curve *curve, struct buffer *out)
{
    static const enum compare_verdict order[] = {COMPARE_BETTER, COMPARE_WORSE, COMPARE_SAME,
                                                 COMPARE_UNCLEAR};
    const char *separator = "";
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        size_t count = 0;
        for (size_t j = 0; j < curve->point_count; j++)
            count += curve->points[j].verdict == order[i];
        if (count == 0)
            continue;
        buffer_print(out, "%s%zu %s", separator, count, compare_verdict_name(order[i]));
        separator = ", ";
    }
}
