/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breakpoints at the best positions: efficiency linear in log10(FLOPs) between them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "fit/constraint.h"
#include "fit/heights.h"
#include "fit/knots.h"
#include "fit/left_out.h"
#include "fit/model.h"

enum {
    BUDGET = 100000,          /* arrangements tried for one number of breakpoints */
    BUDGET_REWEIGHED = 20000, /* in one round of reweighing, of which there are many */
    BUDGET_LEFT_OUT = 5000,   /* and for one left-out point */
    LEAVE_OUT_MAX = 64,       /* points */
    TABLE_POINTS_MAX = 24, /* points up to which others than the number asked for are tried, too */
};

static size_t parameters_of(size_t breakpoints)
{
    return 2 * breakpoints - 2;
}

static size_t piecewise_parameter_count(const struct fit_options *options)
{
    return parameters_of(options->breakpoints >= 2 ? options->breakpoints : 2);
}

static double piecewise_evaluate(const struct fit *fit, double flops)
{
    struct curve curve = {fit->breakpoints, fit->breakpoint_count};
    return curve_evaluate(&curve, flops);
}

/* The slope of segment i, per decade. */
static double slope_of(const struct breakpoint *breakpoints, size_t i)
{
    return (breakpoints[i + 1].efficiency - breakpoints[i].efficiency) /
           log10(breakpoints[i + 1].flops / breakpoints[i].flops);
}

/*
 * A knot's height acts through its hat function, its position through the hat function times the
 * slope there, downwards; at the knot itself, where that jumps, through the mean of both slopes.
 */
static void piecewise_gradient(const struct fit *fit, double flops, double *row)
{
    const struct breakpoint *knots = fit->breakpoints;
    size_t count = fit->breakpoint_count, left = 0;
    for (size_t i = 0; i < fit->p; i++)
        row[i] = 0;
    while (left + 2 < count && flops >= knots[left + 1].flops)
        left++;
    double share =
        log10(flops / knots[left].flops) / log10(knots[left + 1].flops / knots[left].flops);
    share = fmin(fmax(share, 0), 1);
    double slope = slope_of(knots, left);
    if (share == 0 && left > 0)
        slope = (slope + slope_of(knots, left - 1)) / 2;
    row[left] = 1 - share;
    row[left + 1] = share;
    if (left > 0)
        row[count + left - 1] = -slope * (1 - share);
    if (left + 2 < count)
        row[count + left] = -slope * share;
}

static double sse_of(const struct curve_points *points, const struct breakpoint *breakpoints,
                     size_t count)
{
    struct curve curve = {breakpoints, count};
    double sse = 0;
    for (size_t i = 0; i < points->count; i++) {
        double residual = points->efficiency[i] - curve_evaluate(&curve, points->flops[i]);
        sse += curve_weight(points, i) * residual * residual;
    }
    return sse;
}

/* Adds a line to the table of numbers of breakpoints; returns its AICc. */
static double add_choice(struct fit *fit, const struct curve_points *points,
                         const struct breakpoint *breakpoints, size_t count)
{
    double sse = sse_of(points, breakpoints, count);
    double aicc = fit_aicc(points, sse, parameters_of(count));
    fit->choices = memory_resize(fit->choices, fit->choice_count + 1, sizeof *fit->choices);
    fit->choices[fit->choice_count++] = (struct fit_choice){count, sse, aicc};
    return aicc;
}

static bool keep_to_constraint(const struct fit *fit, struct breakpoint *breakpoints, size_t count)
{
    double heights[FIT_BREAKPOINTS_MAX];
    for (size_t i = 0; i < count; i++)
        heights[i] = breakpoints[i].efficiency;
    bool kept = heights_keep(heights, count, &fit->constraint);
    for (size_t i = 0; kept && i < count; i++)
        breakpoints[i].efficiency = heights[i];
    return kept;
}

/* What a search for a number of breakpoints found. */
struct knots_found {
    struct breakpoint breakpoints[FIT_BREAKPOINTS_MAX];
    bool complete;   /* all arrangements were looked at */
    double sse_free; /* of the free optimum, where it is not allowed; else NaN */
};

/* The free optimum where it is allowed, else the best of all arrangements under the constraint. */
static bool find_knots(const struct fit *fit, struct knot_search *search,
                       const struct curve_points *points, size_t count, size_t budget,
                       struct knots_found *found)
{
    found->sse_free = NAN;
    knot_search_constrain(search, NULL);
    if (!knot_search_run(search, count, budget, found->breakpoints, &found->complete))
        return false;
    if (keep_to_constraint(fit, found->breakpoints, count))
        return true;
    found->sse_free = sse_of(points, found->breakpoints, count);
    knot_search_constrain(search, &fit->constraint);
    return knot_search_run(search, count, budget, found->breakpoints, &found->complete);
}

static void keep(struct fit *fit, const struct knots_found *found, size_t count)
{
    free(fit->breakpoints);
    fit->breakpoints = memory_copy(found->breakpoints, count, sizeof *found->breakpoints);
    fit->breakpoint_count = count;
    fit->p = parameters_of(count);
    fit->sse_free = found->sse_free;
}

/*
 * Tries every number of breakpoints that has no more parameters than there are points and sizes,
 * and keeps the one with the lowest AICc. That is defined for k while n > 2k; below 5 points it is
 * not for any, and two breakpoints are all that can be told from a straight line's worth.
 */
static bool choose_count(struct fit *fit, struct knot_search *search,
                         const struct curve_points *points, const struct fit_options *options)
{
    struct knots_found found;
    bool all_complete = true;
    double lowest = INFINITY;
    for (size_t k = 2;
         k <= FIT_BREAKPOINTS_CHOSEN_MAX && parameters_of(k) <= points->count &&
         parameters_of(k) <= knot_search_sizes(search) && fit_goes_on(options, fit->model);
         k++) {
        if (!find_knots(fit, search, points, k, BUDGET, &found))
            break;
        all_complete &= found.complete;
        double aicc = add_choice(fit, points, found.breakpoints, k);
        if (k == 2 || aicc < lowest) {
            lowest = isnan(aicc) ? lowest : aicc;
            keep(fit, &found, k);
        }
    }
    return all_complete;
}

static bool use_count(struct fit *fit, struct knot_search *search,
                      const struct curve_points *points, const struct fit_options *options,
                      bool *complete)
{
    struct knots_found found;
    size_t count = options->breakpoints, budget = options->one_left_out ? BUDGET_LEFT_OUT
                                                  : options->robust     ? BUDGET_REWEIGHED
                                                                        : BUDGET;
    bool any = find_knots(fit, search, points, count, budget, &found);
    *complete = found.complete;
    if (!any) {
        fit->status = FIT_FAILED;
        free(fit->breakpoints);
        fit->breakpoints = NULL;
        fit->breakpoint_count = 0;
        fit_warn(fit, "%zu breakpoints cannot be placed on %zu different sizes", count,
                 knot_search_candidates(search));
        return false;
    }
    keep(fit, &found, count);
    return true;
}

static void warn_of_search(struct fit *fit, const struct knot_search *search, bool complete)
{
    size_t candidates = knot_search_candidates(search);
    size_t sizes = knot_search_sizes(search);
    if (complete || fit->breakpoint_count == 2)
        return;
    if (candidates < sizes)
        fit_warn(fit, "breakpoints were looked for at %zu of the %zu sizes only", candidates,
                 sizes);
    else
        fit_warn(fit, "not every arrangement of breakpoints was tried: there may be a better one");
}

/* Efficiency at or below 0 has no latency: says where the fit gets there. */
static void warn_of_zero(struct fit *fit)
{
    bool positive = false;
    for (size_t i = 0; i < fit->breakpoint_count; i++)
        positive |= fit->breakpoints[i].efficiency > 0;
    if (!positive) {
        fit_warn(fit, "is not positive anywhere between the first and the last point");
        return;
    }
    for (size_t i = 0; i + 1 < fit->breakpoint_count; i++) {
        const struct breakpoint *left = &fit->breakpoints[i];
        const struct breakpoint *right = left + 1;
        if ((left->efficiency > 0) == (right->efficiency > 0))
            continue;
        double t = left->efficiency / (left->efficiency - right->efficiency);
        fit_warn_zero(fit, left->flops * pow(right->flops / left->flops, t));
    }
}

/* Names the segments that are held level and the breakpoints that are held at the bound. */
static void tell_held(struct fit *fit)
{
    size_t level = 0, low = 0;
    char bound[NUMBER_TEXT_MAX];
    if (isnan(fit->sse_free))
        return;
    for (size_t i = 0; fit->constraint.monotone && i + 1 < fit->breakpoint_count; i++)
        if (fit->breakpoints[i + 1].efficiency <= fit->breakpoints[i].efficiency) {
            fit_hold(fit, "segment %zu", i);
            level++;
        }
    for (size_t i = 0; fit->constraint.positive && i < fit->breakpoint_count; i++)
        if (fit->breakpoints[i].efficiency <= fit->constraint.bound) {
            fit_hold(fit, "breakpoint %zu", i);
            low++;
        }
    if (level > 0)
        fit_warn(fit, "at bound: %zu of %zu segments %s level", level, fit->breakpoint_count - 1,
                 level == 1 ? "is" : "are");
    number_print_short(fit->constraint.bound, 4, bound);
    if (low > 0)
        fit_warn(fit, "at bound: %zu of %zu breakpoints %s at %s", low, fit->breakpoint_count,
                 low == 1 ? "is" : "are", bound);
}

static void piecewise_run(struct fit *fit, const struct curve_points *points,
                          const struct fit_options *options)
{
    if (options->breakpoints == 1 || options->breakpoints > FIT_BREAKPOINTS_MAX) {
        fit->status = FIT_FAILED;
        fit_warn(fit, "the number of breakpoints must be from 2 to %d", FIT_BREAKPOINTS_MAX);
        return;
    }
    struct knot_search *search = knot_search_new(points);
    if (knot_search_sizes(search) < 2) {
        fit->status = FIT_FAILED;
        fit_warn(fit, "the sizes differ too little for a curve");
    } else {
        bool complete = true;
        bool fitted = true;
        if (!options->breakpoints ||
            (!options->robust && !options->one_left_out && points->count <= TABLE_POINTS_MAX))
            complete = choose_count(fit, search, points, options);
        if (options->breakpoints)
            fitted = use_count(fit, search, points, options, &complete);
        if (fitted) {
            warn_of_search(fit, search, complete);
            warn_of_zero(fit);
            tell_held(fit);
        }
    }
    knot_search_free(search);
}

/* Refits heights and positions, for the same number of breakpoints. */
static void piecewise_leave_one_out(const struct fit *fit, const struct curve_points *points,
                                    double *errors)
{
    struct fit_left_out left_out;
    fit_left_out_init(&left_out, points);
    for (size_t i = 0; i < points->count; i++) {
        struct curve_points others = fit_left_out_view(&left_out, points, i);
        struct knots_found found;
        struct curve curve = {found.breakpoints, fit->breakpoint_count};
        struct knot_search *search = knot_search_new(&others);
        if (find_knots(fit, search, &others, curve.count, BUDGET_LEFT_OUT, &found))
            errors[i] = points->efficiency[i] - curve_evaluate(&curve, points->flops[i]);
        knot_search_free(search);
    }
    fit_left_out_done(&left_out);
}

const struct fit_model fit_piecewise_linear = {
    .name = "piecewise_linear",
    .parameter_count = piecewise_parameter_count,
    .run = piecewise_run,
    .evaluate = piecewise_evaluate,
    .gradient = piecewise_gradient,
    .leave_one_out = piecewise_leave_one_out,
    .leave_one_out_max = LEAVE_OUT_MAX,
};
