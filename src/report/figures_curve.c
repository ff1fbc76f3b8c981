/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of a curve: what it says at a size, how it stands to its points, what is stored. */
#include "report/figures_private.h"

#include <math.h>

#include "base/buffer.h"

/* Between which breakpoints a size lies, or which end holds there. */
static void say_breakpoints(struct figure *figure, const struct curve *curve, double flops)
{
    size_t right = 0;
    while (right < curve->count && curve->breakpoints[right].flops < flops)
        right++;
    if (right == 0 || right == curve->count) {
        const struct breakpoint *end = &curve->breakpoints[right == 0 ? 0 : right - 1];
        figure_say(figure, "at %s beyond breakpoint %zu (%s: %s), whose value holds",
                   figure_size(flops).chars, right == 0 ? right : right - 1,
                   figure_size(end->flops).chars, figure_number(end->efficiency).chars);
        return;
    }
    const struct breakpoint *a = &curve->breakpoints[right - 1], *b = &curve->breakpoints[right];
    figure_say(figure, "at %s between breakpoint %zu (%s: %s) and %zu (%s: %s)",
               figure_size(flops).chars, right - 1, figure_size(a->flops).chars,
               figure_number(a->efficiency).chars, right, figure_size(b->flops).chars,
               figure_number(b->efficiency).chars);
}

static void add_cursor(struct figure_list *list, const struct readout *readout, double flops)
{
    const struct curve *curve = &readout->curve;
    const struct calibration_curve *source = readout->source;
    double efficiency = curve_evaluate(curve, flops);
    struct figure *figure = figure_add(list, "efficiency", efficiency,
                                       "linear in log10 of the size between breakpoints", NULL);
    say_breakpoints(figure, curve, flops);
    figure = figure_add(list, "milliseconds", readout_milliseconds(curve, flops, readout->peak),
                        "size / (peak x efficiency) x 1000",
                        isnan(readout->peak) ? "no peak was given; :peak SIZE gives one"
                        : efficiency > 0     ? "larger than any number"
                                             : "the efficiency is not positive");
    if (!isnan(readout->peak))
        figure_say(figure, "size %s, peak %s a second, efficiency %s", figure_size(flops).chars,
                   figure_size(readout->peak).chars, figure_number(efficiency).chars);
    if (source->means.count == 0)
        return;
    const struct data_point *point = &source->points[curve_nearest_point(&source->means, flops)];
    double there = curve_evaluate(curve, point->flops);
    figure = figure_add(list, "residual", point->mean - there,
                        "mean of the nearest data point - curve at its size", NULL);
    figure_say(figure, "point %zu at %s: mean %s, curve %s, n = %s observations (%s)", point->index,
               figure_size(point->flops).chars, figure_number(point->mean).chars,
               figure_number(there).chars, figure_number(point->observations).chars,
               point_source_name(point->source));
}

static void add_statistics(struct figure_list *list, const struct readout *readout)
{
    const struct curve_points *means = &readout->source->means;
    struct curve_statistics statistics;
    curve_statistics(&readout->curve, means, &statistics, NULL);
    struct figure *r_squared = figure_add_residuals(
        list, statistics.r_squared, "1 - SS_res / SS_tot, the breakpoints against the points",
        false, &statistics, means->count ? NULL : "the curve has no data points");
    struct figure *residual_std = r_squared + 1, *max_residual = r_squared + 2;
    if (curve_joins_points(&readout->curve, means))
        figure_say(r_squared, "n = %zu points, each of which is a breakpoint: nothing is left over",
                   statistics.count);
    else if (statistics.ss_tot > 0)
        figure_say(r_squared, "SS_res %s, SS_tot %s, n = %zu points",
                   figure_number(statistics.ss_res).chars, figure_number(statistics.ss_tot).chars,
                   statistics.count);
    else
        figure_say(r_squared, "SS_res %s, n = %zu points", figure_number(statistics.ss_res).chars,
                   statistics.count);
    figure_say(residual_std, "n = %zu points", statistics.count);
    if (means->count)
        figure_say(max_residual, "at %s, n = %zu points",
                   figure_size(means->flops[statistics.max_residual_index]).chars,
                   statistics.count);
}

static void add_stored(struct figure_list *list, const struct calibration_curve *source)
{
    static const char meaning[] = "as in the file, by whoever wrote it; 0 is written for unknown";
    static const char absent[] = "the file has none";
    bool summed = calibration_statistics_known(source) && calibration_points_sum_up(source);
    struct figure *stored[] = {
        figure_add(list, "stored r_squared", source->r_squared, meaning, absent),
        figure_add(list, "stored residual_std", source->residual_std, meaning, absent),
        figure_add(list, "stored max_residual", source->max_residual, meaning, absent)};
    for (size_t i = 0; i < sizeof stored / sizeof *stored && summed; i++)
        if (!isnan(stored[i]->value))
            figure_say(stored[i], "perhaps of the raw observations that the points sum up");
}

static void add_falling(struct figure_list *list, const struct readout *readout)
{
    struct buffer spans = {0};
    size_t count = readout_falling_spans(readout, FIGURE_SPANS_MAX, &spans);
    struct figure *figure =
        figure_add(list, "falling latency", (double)count,
                   "stretches where efficiency grows faster than size: where it is less than its "
                   "slope per decade / ln 10",
                   NULL);
    figure_say(figure, "%s", buffer_string(&spans));
    buffer_done(&spans);
}

size_t figures_of_readout(const struct readout *readout, double flops,
                          struct figure figures[FIGURES_MAX])
{
    struct figure_list list = {figures, 0};
    if (readout->curve.count > 0 && !isnan(flops))
        add_cursor(&list, readout, flops);
    add_statistics(&list, readout);
    if (readout->curve.count > 0)
        add_falling(&list, readout);
    add_stored(&list, readout->source);
    return list.count;
}
