/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures with what they are made of. */
#include "report/explain.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/number.h"

/* The list as it grows. */
struct list {
    struct explained *items;
    size_t count;
};

static struct explained *add(struct list *list, const char *name, double value, const char *formula,
                             const char *reason)
{
    struct explained *item = &list->items[list->count++];
    *item = (struct explained){.name = name, .value = value, .formula = formula};
    item->reason = isnan(value) ? reason : NULL;
    return item;
}

static void __attribute__((format(printf, 2, 3)))
say(struct explained *item, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(item->inputs, sizeof item->inputs, format, arguments);
    va_end(arguments);
}

/* A number as text, for the length of an expression's use: each has an array of its own. */
struct text {
    char chars[NUMBER_TEXT_MAX];
};

static struct text si(double value)
{
    struct text text = {""};
    number_print_si(value, 4, text.chars);
    return text;
}

static struct text brief(double value)
{
    struct text text = {""};
    number_print_short(value, 4, text.chars);
    return text;
}

/* Between which breakpoints a size lies, or which end holds there. */
static void say_breakpoints(struct explained *item, const struct curve *curve, double flops)
{
    size_t right = 0;
    while (right < curve->count && curve->breakpoints[right].flops < flops)
        right++;
    if (right == 0 || right == curve->count) {
        const struct breakpoint *end = &curve->breakpoints[right == 0 ? 0 : right - 1];
        say(item, "at %s beyond breakpoint %zu (%s: %s), whose value holds", si(flops).chars,
            right == 0 ? right : right - 1, si(end->flops).chars, brief(end->efficiency).chars);
        return;
    }
    const struct breakpoint *a = &curve->breakpoints[right - 1], *b = &curve->breakpoints[right];
    say(item, "at %s between breakpoint %zu (%s: %s) and %zu (%s: %s)", si(flops).chars, right - 1,
        si(a->flops).chars, brief(a->efficiency).chars, right, si(b->flops).chars,
        brief(b->efficiency).chars);
}

static void explain_cursor(struct list *list, const struct readout *readout, double flops)
{
    const struct curve *curve = &readout->curve;
    const struct calibration_curve *source = readout->source;
    double efficiency = curve_evaluate(curve, flops);
    struct explained *item = add(list, "efficiency", efficiency,
                                 "linear in log10 of the size between breakpoints", NULL);
    say_breakpoints(item, curve, flops);
    item = add(list, "milliseconds", readout_milliseconds(curve, flops, readout->peak),
               "size / (peak x efficiency) x 1000",
               isnan(readout->peak) ? "no peak was given: p types one"
                                    : "the efficiency is not positive");
    if (!isnan(readout->peak))
        say(item, "size %s, peak %s a second, efficiency %s", si(flops).chars,
            si(readout->peak).chars, brief(efficiency).chars);
    if (source->means.count == 0)
        return;
    const struct data_point *point = &source->points[curve_nearest_point(&source->means, flops)];
    double there = curve_evaluate(curve, point->flops);
    item = add(list, "residual", point->mean - there,
               "mean of the nearest data point - curve at its size", NULL);
    say(item, "point %zu at %s: mean %s, curve %s, n = %s observations (%s)", point->index,
        si(point->flops).chars, brief(point->mean).chars, brief(there).chars,
        brief(point->observations).chars, point_source_name(point->source));
}

static void explain_statistics(struct list *list, const struct readout *readout)
{
    static const char none[] = "the curve has no data points";
    static const char recomputed[] = "1 - SS_res / SS_tot, the breakpoints against the points";
    const struct curve_points *means = &readout->source->means;
    struct curve_statistics statistics;
    curve_statistics(&readout->curve, means, &statistics, NULL);
    struct explained *item =
        add(list, "r_squared", statistics.r_squared, recomputed,
            means->count ? "SS_tot is 0: all points have the same efficiency" : none);
    if (statistics.ss_tot > 0)
        say(item, "SS_res %s, SS_tot %s, n = %zu points", brief(statistics.ss_res).chars,
            brief(statistics.ss_tot).chars, statistics.count);
    else
        say(item, "SS_res %s, n = %zu points", brief(statistics.ss_res).chars, statistics.count);
    item = add(list, "residual_std", statistics.residual_std,
               "standard deviation of the residuals, n - 1",
               means->count ? "a single point has no spread" : none);
    say(item, "n = %zu points", statistics.count);
    item = add(list, "max_residual", statistics.max_residual, "the largest |residual|", none);
    if (means->count)
        say(item, "at %s, n = %zu points", si(means->flops[statistics.max_residual_index]).chars,
            statistics.count);
}

static void explain_stored(struct list *list, const struct calibration_curve *source)
{
    static const char meaning[] = "as in the file, by whoever wrote it; 0 is written for unknown";
    static const char absent[] = "the file has none";
    add(list, "stored r_squared", source->r_squared, meaning, absent);
    add(list, "stored residual_std", source->residual_std, meaning, absent);
    add(list, "stored max_residual", source->max_residual, meaning, absent);
}

size_t explain_curve(const struct readout *readout, double flops,
                     struct explained items[EXPLAINED_MAX])
{
    struct list list = {items, 0};
    if (readout->curve.count > 0 && !isnan(flops))
        explain_cursor(&list, readout, flops);
    explain_statistics(&list, readout);
    explain_stored(&list, readout->source);
    return list.count;
}

/* --- a pair --- */

static void explain_pair_at(struct list *list, const struct compared_curve *pair, double flops)
{
    static const char formula[] =
        "the stored curve, linear in log10 of the size between breakpoints";
    struct curve a = calibration_stored_curve(pair->a), b = calibration_stored_curve(pair->b);
    double left = curve_evaluate(&a, flops), right = curve_evaluate(&b, flops);
    struct explained *item = add(list, "A", left, formula, "it has no breakpoints");
    say(item, "at %s, %zu breakpoints", si(flops).chars, a.count);
    item = add(list, "B", right, formula, "it has no breakpoints");
    say(item, "at %s, %zu breakpoints", si(flops).chars, b.count);
    item = add(list, "B/A", right / left, "B over A at that size", "one of them is undefined");
    say(item, "%s / %s", brief(right).chars, brief(left).chars);
}

static void explain_range(struct list *list, const struct compared_curve *pair)
{
    static const char none[] = "no size is covered by both";
    struct explained *items[] = {
        add(list, "mean B/A", pair->geomean_ratio,
            "exp of the mean of ln(B/A) over log size, exact for the two curves", none),
        add(list, "farthest B/A", pair->max_ratio, "the ratio with the largest |ln(B/A)|", none),
        add(list, "area", pair->area, "integral of |B - A| over log10 of the size", none)};
    if (!pair->has_range)
        return;
    say(items[0], "from %s to %s, which both cover", si(pair->range_low).chars,
        si(pair->range_high).chars);
    say(items[1], "at %s", si(pair->max_ratio_flops).chars);
    say(items[2], "%s, from %s to %s", pair->rates ? "FLOP/s x decades" : "efficiency x decades",
        si(pair->range_low).chars, si(pair->range_high).chars);
}

static void explain_point(struct list *list, const struct compared_curve *pair, size_t index)
{
    const struct compared_point *point = &pair->points[index];
    const char *reason = point->reason ? point->reason : "it could not be computed";
    struct explained *item =
        add(list, "point B/A", point->ratio, "means of the data points", reason);
    say(item, "shared point %zu of %zu at %s: A %s (n = %s), B %s (n = %s)", index + 1,
        pair->point_count, si(point->flops).chars, brief(point->a).chars, brief(point->n_a).chars,
        brief(point->b).chars, brief(point->n_b).chars);
    item = add(list, "lower limit", point->ci_low,
               "95 % interval of B/A: ln(B/A) -+ t se, exponentiated", reason);
    say(item, "se^2 = std^2 / (mean^2 n) of A and of B, t by Welch and Satterthwaite");
    add(list, "upper limit", point->ci_high, "the other end of it", reason);
    add(list, "p", point->p_value, "Welch's test of ln(B/A) = 0", reason);
    item = add(list, "adjusted p", point->p_adjusted, "Holm's adjustment over the table", reason);
    say(item, "verdict: %s", compare_verdict_name(point->verdict));
}

size_t explain_pair(const struct compared_curve *pair, double flops, size_t point,
                    struct explained items[EXPLAINED_MAX])
{
    struct list list = {items, 0};
    if (!pair->a || !pair->b)
        return 0;
    if (!isnan(flops))
        explain_pair_at(&list, pair, flops);
    explain_range(&list, pair);
    if (point < pair->point_count)
        explain_point(&list, pair, point);
    return list.count;
}
