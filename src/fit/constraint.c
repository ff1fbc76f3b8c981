/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Constraints on fits: whether they are active, and what they cost. */
#include "fit/constraint.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "fit/left_out.h"
#include "fit/model.h"

struct fit_constraint fit_constraint_of(const struct fit_options *options,
                                        const struct curve_points *points)
{
    const double share = 0.01;
    double smallest = INFINITY;
    for (size_t i = 0; i < points->count; i++)
        if (points->efficiency[i] > 0)
            smallest = fmin(smallest, points->efficiency[i]);
    bool known = options->positive && isfinite(smallest);
    return (struct fit_constraint){options->monotone, options->positive,
                                   known ? share * smallest : (double)NAN, options->low,
                                   options->high};
}

bool fit_is_constrained(const struct fit *fit)
{
    return fit->constraint.monotone || fit->constraint.positive;
}

bool fit_constraint_is_active(const struct fit *fit)
{
    return fit->at_bound_count > 0 || fit->sse > fit->sse_free;
}

/* The sum of squared residuals, weighted where weights are given, of a fit that has parameters. */
static double sum_of_squares(const struct fit *fit, const struct curve_points *points)
{
    double sum = 0;
    for (size_t i = 0; i < points->count; i++) {
        double residual = points->efficiency[i] - fit->model->evaluate(fit, points->flops[i]);
        sum += curve_weight(points, i) * residual * residual;
    }
    return sum;
}

void fit_start_constrained(struct fit *fit, const struct curve_points *points)
{
    fit->sse_free = sum_of_squares(fit, points);
    for (size_t i = 0; i < fit->warning_count; i++)
        free(fit->warnings[i]);
    for (size_t i = 0; i < FIT_PARAMETERS_MAX; i++)
        fit->std_errors[i] = NAN;
    fit->warning_count = 0;
    fit->status = FIT_OK;
}

static const char *words_of(const struct fit_constraint *constraint)
{
    if (constraint->monotone && constraint->positive)
        return "non-decreasing and positive";
    return constraint->monotone ? "non-decreasing" : "positive";
}

static void tell_cost(struct fit *fit)
{
    char held[NUMBER_TEXT_MAX], loose[NUMBER_TEXT_MAX], share[NUMBER_TEXT_MAX + 8] = "";
    double percent = 100 * (fit->sse / fit->sse_free - 1);
    number_print_short(fit->sse, 3, held);
    number_print_short(fit->sse_free, 3, loose);
    if (isfinite(percent) && percent < 1e4)
        snprintf(share, sizeof share, " (+%.*f %%)", percent < 1 ? 2 : 0, percent);
    fit_warn(fit, "%s: the sum of squared residuals is %s in place of %s%s",
             words_of(&fit->constraint), held, loose, share);
}

void fit_finish_constrained(struct fit *fit, const struct curve_points *points)
{
    fit->sse = sum_of_squares(fit, points);
    /* Where not every arrangement could be tried, the search under the constraint may find more. */
    fit->sse_free = isnan(fit->sse_free) ? fit->sse : fmin(fit->sse, fit->sse_free);
    if (!fit_constraint_is_active(fit))
        return;
    tell_cost(fit);
    for (size_t i = 0; i < FIT_PARAMETERS_MAX; i++)
        fit->std_errors[i] = NAN;
}

void fit_leave_out_constrained(const struct fit *fit, const struct curve_points *points,
                               const struct fit_options *options, double *errors)
{
    struct fit_left_out left_out;
    fit_left_out_init(&left_out, points);
    for (size_t i = 0; i < points->count; i++) {
        struct curve_points others = fit_left_out_view(&left_out, points, i);
        struct fit *refit = fit_solve_under(fit->model, &others, options, &fit->constraint);
        if (fit_constraint_is_active(refit))
            errors[i] = points->efficiency[i] - fit_evaluate(refit, points->flops[i]);
        fit_free(refit);
    }
    fit_left_out_done(&left_out);
}
