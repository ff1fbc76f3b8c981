/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Residuals against normal quantiles. */
#include "report/quantiles.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "plot/axis.h"

enum { FEWEST_DELETED = 3 };

static double evaluate_line(const void *context, double x)
{
    const struct quantiles *quantiles = context;
    return quantiles->mean + quantiles->std * x;
}

/* Deleted residuals of the candidate that are numbers. */
static size_t count_deleted(const struct fit *fit)
{
    size_t count = 0;
    for (size_t i = 0; fit && i < fit->statistics.count; i++)
        count += isfinite(fit->deleted_residuals[i]);
    return count;
}

/* The residuals to show, in the order of the points. */
static void gather(struct quantiles *quantiles, const struct scene_curve *curve, bool deleted)
{
    const struct curve_points *means = &curve->source->means;
    size_t fitted = 0;
    for (size_t i = 0; i < means->count; i++) {
        if (curve->left_out && curve->left_out[i])
            continue;
        double value = deleted ? curve->fit->deleted_residuals[fitted]
                       : curve->fit
                           ? curve->fit->residuals[fitted]
                           : means->efficiency[i] - curve_evaluate(&curve->curve, means->flops[i]);
        fitted++;
        if (!isfinite(value))
            continue;
        quantiles->y[quantiles->count] = value;
        quantiles->indices[quantiles->count++] = i;
    }
}

/* Sorts the residuals, the indices with them, and puts each at its quantile. */
static void arrange(struct quantiles *quantiles, const struct scene_curve *curve)
{
    size_t n = quantiles->count, *indices = quantiles->indices;
    size_t *order = memory_new_array(n, sizeof *order);
    double *values = memory_copy(quantiles->y, n, sizeof *values);
    size_t *old = memory_copy(indices, n, sizeof *old);
    gsl_sort_index(order, values, 1, n);
    for (size_t i = 0; i < n; i++) {
        bool selected = curve->selected_point == (int)old[order[i]];
        quantiles->x[i] = gsl_cdf_ugaussian_Pinv(((double)i + 0.625) / ((double)n + 0.25));
        quantiles->y[i] = values[order[i]];
        indices[i] = old[order[i]];
        quantiles->styles[i] = selected ? PLOT_POINT_SELECTED : PLOT_POINT_PLAIN;
        quantiles->origins[i] = scene_origin(curve->source->points[old[order[i]]].source);
    }
    free(old);
    free(values);
    free(order);
}

static void set_axes(const struct quantiles *quantiles, bool deleted, struct plot *plot,
                     struct plot_axis *x)
{
    size_t n = quantiles->count;
    double reach = n ? quantiles->x[n - 1] : 1;
    *x = (struct plot_axis){
        .low = -reach, .high = reach, .title = "normal quantile of (i - 3/8) / (n + 1/4)"};
    axis_fit(x);
    plot->y = (struct plot_axis){.low = n ? quantiles->y[0] : -1,
                                 .high = n ? quantiles->y[n - 1] : 1,
                                 .title = deleted ? "deleted residual" : "residual"};
    plot->y.low = fmin(plot->y.low, evaluate_line(quantiles, -reach));
    plot->y.high = fmax(plot->y.high, evaluate_line(quantiles, reach));
    axis_fit(&plot->y);
}

void quantiles_init(struct quantiles *quantiles, const struct scene_curve *curve, struct plot *plot,
                    struct plot_axis *x)
{
    size_t all = curve->source ? curve->source->means.count : 0;
    bool deleted = count_deleted(curve->fit) >= FEWEST_DELETED;
    *quantiles = (struct quantiles){
        .x = memory_new_array(all, sizeof *quantiles->x),
        .y = memory_new_array(all, sizeof *quantiles->y),
        .indices = memory_new_array(all, sizeof *quantiles->indices),
        .styles = memory_new_array(all, sizeof *quantiles->styles),
        .origins = memory_new_array(all, sizeof *quantiles->origins),
    };
    if (all > 0) {
        gather(quantiles, curve, deleted);
        arrange(quantiles, curve);
    }
    if (quantiles->count > 0)
        quantiles->mean = gsl_stats_mean(quantiles->y, 1, quantiles->count);
    if (quantiles->count > 1)
        quantiles->std = gsl_stats_sd(quantiles->y, 1, quantiles->count);
    set_axes(quantiles, deleted, plot, x);
    quantiles->points = (struct plot_points){.x = quantiles->x,
                                             .y = quantiles->y,
                                             .styles = quantiles->styles,
                                             .origins = quantiles->origins,
                                             .numbers = quantiles->indices,
                                             .count = quantiles->count,
                                             .series = curve->series};
    quantiles->line = (struct plot_line){.evaluate = evaluate_line,
                                         .context = quantiles,
                                         .from = x->low,
                                         .to = x->high,
                                         .label = "normal: their mean and std",
                                         .dashed = true,
                                         .series = curve->series + 1};
    plot->points = &quantiles->points;
    plot->lines = &quantiles->line;
    plot->points_count = 1;
    plot->line_count = quantiles->count > 1;
}

void quantiles_done(struct quantiles *quantiles)
{
    free(quantiles->x);
    free(quantiles->y);
    free(quantiles->indices);
    free(quantiles->styles);
    free(quantiles->origins);
}
