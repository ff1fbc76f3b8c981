/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leaving one point out at a time, and how far the curve moves. */
#include "fit/influence.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "fit/left_out.h"
#include "fit/model.h"

enum { PLACES = 200 }; /* at which the largest shift is looked for */

static double relative_shift(const struct fit *fit, const struct fit *without, double flops)
{
    double before = fit_evaluate(fit, flops);
    return before > 0 ? fit_evaluate(without, flops) / before - 1 : (double)NAN;
}

/*
 * The largest change is looked for in efficiency: relative to a curve that is next to nothing at
 * small sizes every change would be the largest there.
 */
static void find_largest(const struct fit *fit, struct fit_point_influence *point,
                         const struct curve_span *sizes)
{
    double largest = -1;
    for (int i = 0; i <= PLACES; i++) {
        double flops = sizes->low * pow(sizes->high / sizes->low, (double)i / PLACES);
        double change = fabs(fit_evaluate(point->without, flops) - fit_evaluate(fit, flops));
        double shift = relative_shift(fit, point->without, flops);
        if (isnan(shift) || change <= largest)
            continue;
        largest = change;
        point->largest_shift = shift;
        point->largest_at = flops;
    }
}

static void measure(const struct fit *fit, const struct curve_points *points, size_t i,
                    struct fit_point_influence *point)
{
    double leverage = fit->leverages[i], kept = 1 - leverage, s = fit->standard_error;
    double weight = curve_weight(points, i);
    *point = (struct fit_point_influence){
        .dffits = NAN, .cook = NAN, .shift = NAN, .largest_shift = NAN, .largest_at = NAN};
    if (!(kept > 1e-12))
        return;
    point->dffits = fit->deleted_residuals[i] * sqrt(leverage / kept);
    point->cook = weight * fit->residuals[i] * fit->residuals[i] * leverage /
                  ((double)fit->p * s * s * kept * kept);
}

/* What each point weighed in the fit. The caller frees it. */
static double *weights_new(const struct fit *fit, const struct curve_points *points)
{
    double *weights = memory_new_array(points->count, sizeof *weights);
    for (size_t i = 0; i < points->count; i++)
        weights[i] = curve_weight(points, i) * (fit->robust_weights ? fit->robust_weights[i] : 1);
    return weights;
}

static void refit(const struct fit *fit, const struct curve_points *points,
                  const struct fit_options *options, struct fit_influence *influence)
{
    struct fit_options alike = *options;
    struct fit_left_out left_out;
    struct curve_span sizes = curve_points_span(points);
    alike.breakpoints = fit->breakpoint_count;
    alike.robust = false;
    alike.one_left_out = true;
    /* What the fit was held to, and as far: also where an end point is the one that is left out. */
    struct fit_constraint constraint = fit->constraint;
    constraint.low = constraint.low > 0 ? fmin(sizes.low, constraint.low) : sizes.low;
    constraint.high = fmax(sizes.high, constraint.high);
    fit_left_out_init(&left_out, points);
    for (size_t i = 0; i < points->count; i++) {
        struct fit_point_influence *point = &influence->points[i];
        struct curve_points others = fit_left_out_view(&left_out, points, i);
        struct fit *without = fit_solve_under(fit->model, &others, &alike, &constraint);
        if (!fit_has_parameters(without)) {
            fit_free(without);
            continue;
        }
        point->without = without;
        point->shift = relative_shift(fit, without, points->flops[i]);
        find_largest(fit, point, &sizes);
    }
    fit_left_out_done(&left_out);
}

struct fit_influence *fit_influence_new(const struct fit *fit, const struct curve_points *points,
                                        const struct fit_options *options)
{
    struct fit_influence *influence = memory_new_array(1, sizeof *influence);
    influence->count = points->count;
    influence->points = memory_new_array(points->count, sizeof *influence->points);
    for (size_t i = 0; i < points->count; i++)
        measure(fit, points, i, &influence->points[i]);
    if (fit_has_parameters(fit) && points->count <= FIT_INFLUENCE_POINTS_MAX) {
        struct curve_points same = *points;
        double *weights = weights_new(fit, points);
        same.weights = weights;
        refit(fit, &same, options, influence);
        free(weights);
    }
    return influence;
}

void fit_influence_free(struct fit_influence *influence)
{
    if (!influence)
        return;
    for (size_t i = 0; i < influence->count; i++)
        fit_free(influence->points[i].without);
    free(influence->points);
    free(influence);
}
