/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of two curves, B against A. */
#include "report/figures_private.h"

#include <math.h>
#include <stdio.h>

#include "base/buffer.h"
#include "report/changes.h"

static const char no_range[] = "no size is covered by both";

static void add_pair_at(struct figure_list *list, const struct compared_curve *pair, double flops)
{
    static const char formula[] =
        "the stored curve, linear in log10 of the size between breakpoints";
    struct curve a = calibration_stored_curve(pair->a), b = calibration_stored_curve(pair->b);
    double left = curve_evaluate(&a, flops), right = curve_evaluate(&b, flops);
    struct figure *figure = figure_add(list, "A", left, formula, "it has no breakpoints");
    figure_say(figure, "at %s, %zu breakpoints", figure_size(flops).chars, a.count);
    figure = figure_add(list, "B", right, formula, "it has no breakpoints");
    figure_say(figure, "at %s, %zu breakpoints", figure_size(flops).chars, b.count);
    figure =
        figure_add(list, "B/A", right / left, "B over A at that size", "one of them is undefined");
    figure_say(figure, "%s / %s", figure_number(right).chars, figure_number(left).chars);
}

static void add_range(struct figure_list *list, const struct compared_curve *pair)
{
    struct figure *ratios[] = {
        figure_add(list, "mean B/A", pair->geomean_ratio,
                   "exp of the mean of ln(B/A) over log size, exact for the two curves", no_range),
        figure_add(list, "farthest B/A", pair->max_ratio, "the ratio with the largest |ln(B/A)|",
                   no_range),
        figure_add(list, "area", pair->area, "integral of |B - A| over log10 of the size",
                   no_range)};
    if (!pair->has_range)
        return;
    struct buffer lacks = {0};
    bool lacking = changes_append_lacks(pair, &lacks);
    figure_say(ratios[0], "from %s to %s, which both cover%s%s", figure_size(pair->range_low).chars,
               figure_size(pair->range_high).chars, lacking ? "; " : "", buffer_string(&lacks));
    buffer_done(&lacks);
    figure_say(ratios[1], "at %s", figure_size(pair->max_ratio_flops).chars);
    figure_say(ratios[2], "%s, from %s to %s",
               pair->rates ? "FLOP/s x decades" : "efficiency x decades",
               figure_size(pair->range_low).chars, figure_size(pair->range_high).chars);
}

static void add_point(struct figure_list *list, const struct compared_curve *pair, size_t index)
{
    const struct compared_point *point = &pair->points[index];
    const char *reason = point->reason ? point->reason : "it could not be computed";
    struct figure *figure =
        figure_add(list, "point B/A", point->ratio, "means of the data points", reason);
    figure_say(figure, "shared point %zu of %zu at %s: A %s (n = %s), B %s (n = %s)", index + 1,
               pair->point_count, figure_size(point->flops).chars, figure_number(point->a).chars,
               figure_number(point->n_a).chars, figure_number(point->b).chars,
               figure_number(point->n_b).chars);
    figure = figure_add(list, "lower limit", point->ci_low,
                        "95 % interval of B/A: ln(B/A) -+ t se, exponentiated", reason);
    figure_say(figure, "se^2 = std^2 / (mean^2 n) of A and of B, t by Welch and Satterthwaite");
    figure_add(list, "upper limit", point->ci_high, "the other end of it", reason);
    figure_add(list, "p", point->p_value, "Welch's test of ln(B/A) = 0", reason);
    figure = figure_add(list, "adjusted p", point->p_adjusted, "Holm's adjustment over the table",
                        reason);
    figure_say(figure, "verdict: %s", compare_verdict_name(point->verdict));
}

size_t figures_of_pair(const struct compared_curve *pair, double flops, size_t point,
                       struct figure figures[FIGURES_MAX])
{
    struct figure_list list = {figures, 0};
    if (!pair->a || !pair->b)
        return 0;
    if (!isnan(flops))
        add_pair_at(&list, pair, flops);
    add_range(&list, pair);
    if (point < pair->point_count)
        add_point(&list, pair, point);
    return list.count;
}

static void add_overlaid_at(struct figure_list *list, const struct overlaid_curve *curve,
                            double flops)
{
    char name[FIGURE_NAME_MAX];
    double of = calibration_curve_value(curve->pair->b, flops),
           to = calibration_curve_value(curve->pair->a, flops);
    snprintf(name, sizeof name, "%c/%c", curve->letter, curve->reference);
    struct figure *figure =
        figure_add(list, name, of / to, "efficiency over efficiency at the cursor",
                   "the cursor is outside of one of the curves");
    figure_say(figure, "at %s: %s / %s", figure_size(flops).chars, figure_number(of).chars,
               figure_number(to).chars);
}

static void add_overlaid_mean(struct figure_list *list, const struct overlaid_curve *curve)
{
    char name[FIGURE_NAME_MAX];
    const struct compared_curve *pair = curve->pair;
    snprintf(name, sizeof name, "mean %c/%c", curve->letter, curve->reference);
    struct figure *figure = figure_add(
        list, name, pair->geomean_ratio,
        "exp of the mean of the ratio's logarithm over log size, exact for the two curves",
        no_range);
    if (pair->has_range)
        figure_say(figure, "from %s to %s, which both cover", figure_size(pair->range_low).chars,
                   figure_size(pair->range_high).chars);
}

size_t figures_of_overlay(const struct overlaid_curve *curves, size_t count, double flops,
                          struct figure figures[FIGURES_MAX])
{
    struct figure_list list = {figures, 0};
    for (size_t i = 0; i < count && list.count + 2 <= FIGURES_MAX; i++) {
        if (!curves[i].pair)
            continue;
        if (!isnan(flops))
            add_overlaid_at(&list, &curves[i], flops);
        add_overlaid_mean(&list, &curves[i]);
    }
    return list.count;
}
