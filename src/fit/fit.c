/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The driver of the curve models: guards, statistics, and what a fit owns. */
#include "fit/fit.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "fit/constraint.h"
#include "fit/diagnostics.h"
#include "fit/model.h"
#include "fit/reweigh.h"

static const struct fit_model *const models[] = {
    &fit_piecewise_linear,
    &fit_log_linear,
    &fit_sigmoid,
};

enum { MODEL_COUNT = sizeof models / sizeof *models, CONSTRAINED_LEFT_OUT_MAX = 64 };

size_t fit_model_count(void)
{
    return MODEL_COUNT;
}

const struct fit_model *fit_model_at(size_t index)
{
    return index < MODEL_COUNT ? models[index] : NULL;
}

const struct fit_model *fit_model_find(const char *name)
{
    for (size_t i = 0; i < MODEL_COUNT; i++)
        if (strcmp(models[i]->name, name) == 0)
            return models[i];
    return NULL;
}

const char *fit_model_name(const struct fit_model *model)
{
    return model->name;
}

const char *fit_status_name(enum fit_status status)
{
    static const char *const names[] = {
        [FIT_OK] = "ok",
        [FIT_UNIDENTIFIED] = "unidentified",
        [FIT_TOO_FEW_POINTS] = "too_few_points",
        [FIT_FAILED] = "failed",
    };
    return names[status];
}

/* GSL's own handler aborts. Numbers that come to nothing are judged by what comes back. */
static void on_gsl_error(const char *reason, const char *file, int line, int code)
{
    (void)reason;
    (void)file;
    (void)line;
    if (code == GSL_ENOMEM)
        memory_run_out();
}

void fit_setup(void)
{
    gsl_set_error_handler(on_gsl_error);
}

/* One more of the texts that a fit owns. */
static void __attribute__((format(printf, 3, 0)))
add_text(char ***texts, size_t *count, const char *format, va_list arguments)
{
    char text[256];
    vsnprintf(text, sizeof text, format, arguments);
    *texts = memory_resize(*texts, *count + 1, sizeof **texts);
    (*texts)[(*count)++] = memory_copy_string(text);
}

void fit_warn(struct fit *fit, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_text(&fit->warnings, &fit->warning_count, format, arguments);
    va_end(arguments);
}

void fit_hold(struct fit *fit, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_text(&fit->at_bound, &fit->at_bound_count, format, arguments);
    va_end(arguments);
}

void fit_warn_zero(struct fit *fit, double flops)
{
    char size[NUMBER_TEXT_MAX];
    number_print_si(flops, 4, size);
    fit_warn(fit, "crosses zero at %s", size);
}

static struct fit *fit_new(const struct fit_model *model, size_t point_count)
{
    struct fit *fit = memory_new_array(1, sizeof *fit);
    fit->model = model;
    fit->residuals = memory_new_array(point_count, sizeof *fit->residuals);
    fit->leverages = memory_new_array(point_count, sizeof *fit->leverages);
    fit->deleted_residuals = memory_new_array(point_count, sizeof *fit->deleted_residuals);
    fit->deleted_limit = NAN;
    for (size_t i = 0; i < point_count; i++)
        fit->residuals[i] = fit->leverages[i] = fit->deleted_residuals[i] = NAN;
    for (size_t i = 0; i < FIT_PARAMETERS_MAX; i++) {
        fit->parameters[i] = fit->std_errors[i] = NAN;
        fit->ci_low[i] = fit->ci_high[i] = NAN;
    }
    fit->standard_error = fit->aicc = fit->loo_rmse = fit->robust_scale = NAN;
    fit->sse = fit->sse_free = fit->constraint.bound = NAN;
    return fit;
}

void fit_free(struct fit *fit)
{
    if (!fit)
        return;
    for (size_t i = 0; i < fit->warning_count; i++)
        free(fit->warnings[i]);
    free(fit->warnings);
    for (size_t i = 0; i < fit->at_bound_count; i++)
        free(fit->at_bound[i]);
    free(fit->at_bound);
    free(fit->breakpoints);
    free(fit->choices);
    free(fit->residuals);
    free(fit->leverages);
    free(fit->deleted_residuals);
    free(fit->covariance);
    free(fit->robust_weights);
    free(fit);
}

bool fit_has_parameters(const struct fit *fit)
{
    return fit->status == FIT_OK || fit->status == FIT_UNIDENTIFIED;
}

double fit_evaluate(const struct fit *fit, double flops)
{
    return fit_has_parameters(fit) && flops > 0 ? fit->model->evaluate(fit, flops) : NAN;
}

static bool point_is_valid(const struct curve_points *points, size_t index)
{
    double weight = curve_weight(points, index);
    return isfinite(points->flops[index]) && points->flops[index] > 0 &&
           isfinite(points->efficiency[index]) && isfinite(weight) && weight > 0;
}

static bool points_are_at_one_size(const struct curve_points *points)
{
    for (size_t i = 1; i < points->count; i++)
        if (points->flops[i] != points->flops[0])
            return false;
    return true;
}

/* What no model can do anything with; sets status and warning. */
static bool fit_refuse(struct fit *fit, const struct curve_points *points)
{
    fit->status = FIT_FAILED;
    for (size_t i = 0; i < points->count; i++)
        if (!point_is_valid(points, i)) {
            fit_warn(fit, "point %zu has no usable size, efficiency or weight", i);
            return true;
        }
    if (points->count < fit->p) {
        fit->status = FIT_TOO_FEW_POINTS;
        fit_warn(fit, "%zu points are too few for %zu parameters", points->count, fit->p);
        return true;
    }
    if (points_are_at_one_size(points)) {
        fit_warn(fit, "all points are at the same size");
        return true;
    }
    if (fit->constraint.positive && isnan(fit->constraint.bound)) {
        fit_warn(fit, "no point is positive, so no positive fit goes with them");
        return true;
    }
    fit->status = FIT_OK;
    return false;
}

static size_t count_sizes(const struct curve_points *points)
{
    double *sorted = memory_copy(points->flops, points->count, sizeof *sorted);
    qsort(sorted, points->count, sizeof *sorted, number_compare);
    size_t count = 1;
    for (size_t i = 1; i < points->count; i++)
        count += sorted[i] != sorted[i - 1];
    free(sorted);
    return count;
}

/* An unidentified fit may have stopped short of points that its model could go through. */
static bool goes_through_all(const struct fit *fit, const struct curve_points *points)
{
    const double rounding = 1e-9; /* what an iteration that converged leaves */
    double largest = 0, farthest = 0;
    for (size_t i = 0; i < points->count; i++) {
        double residual = points->efficiency[i] - fit->model->evaluate(fit, points->flops[i]);
        if (isnan(residual))
            return false;
        largest = fmax(largest, fabs(points->efficiency[i]));
        farthest = fmax(farthest, fabs(residual));
    }
    return farthest <= rounding * largest;
}

/* The counts that leave parameters undetermined whatever the model. */
static void fit_judge_counts(struct fit *fit, const struct curve_points *points)
{
    if (fit->status != FIT_OK)
        return;
    if (points->count == fit->p) {
        fit->status = FIT_UNIDENTIFIED;
        fit_warn(fit, "unidentified: as many parameters as points%s",
                 goes_through_all(fit, points) ? ": it goes through all of them" : "");
        return;
    }
    /* Two parameters need two sizes, which fit_refuse has seen to. */
    size_t sizes = fit->p > 2 ? count_sizes(points) : fit->p;
    if (sizes < fit->p) {
        fit->status = FIT_UNIDENTIFIED;
        fit_warn(fit, "unidentified: %zu parameters but only %zu different sizes", fit->p, sizes);
    }
}

static double root_mean_square(const double *values, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i] * values[i];
    return sqrt(sum / (double)count);
}

static double leave_one_out_error(struct fit *fit, const struct curve_points *points)
{
    if (points->count <= fit->p)
        return NAN;
    size_t most = fit->model->leave_one_out_max;
    if (fit_is_constrained(fit)) /* no closed form tells what a constraint makes of the others */
        most = CONSTRAINED_LEFT_OUT_MAX;
    if (most && points->count > most) {
        fit_warn(fit, "left-out error not computed: more than %zu points", most);
        return NAN;
    }
    double *errors = memory_new_array(points->count, sizeof *errors);
    for (size_t i = 0; i < points->count; i++)
        errors[i] = NAN;
    fit->model->leave_one_out(fit, points, errors);
    double result = root_mean_square(errors, points->count);
    free(errors);
    return result;
}

static void fit_figures(struct fit *fit, const struct curve_points *points)
{
    size_t n = points->count;
    for (size_t i = 0; i < n; i++)
        fit->residuals[i] = points->efficiency[i] - fit->model->evaluate(fit, points->flops[i]);
    curve_statistics_of_residuals(points, fit->residuals, &fit->statistics);
    if (n > fit->p)
        fit->standard_error = sqrt(fit->statistics.ss_res / (double)(n - fit->p));
    for (size_t i = 0; i < fit->parameter_count; i++)
        fit->std_errors[i] *= fit->standard_error;
    if (!fit_constraint_is_active(fit))
        fit_diagnose(fit, points);
    fit->aicc = fit_aicc(points, fit->statistics.ss_res, fit->p);
    fit->loo_rmse = leave_one_out_error(fit, points);
}

bool fit_goes_on(const struct fit_options *options, const struct fit_model *model)
{
    return !options->keep_going || options->keep_going(options->context, model);
}

/* What was reached so far is no fit. */
static void fit_give_up(struct fit *fit, const char *why)
{
    fit->status = FIT_FAILED;
    free(fit->breakpoints);
    free(fit->choices);
    fit->breakpoints = NULL;
    fit->choices = NULL;
    fit->breakpoint_count = fit->choice_count = 0;
    while (fit->warning_count > 0)
        free(fit->warnings[--fit->warning_count]);
    fit_warn(fit, "%s", why);
}

struct fit *fit_solve_under(const struct fit_model *model, const struct curve_points *points,
                            const struct fit_options *options,
                            const struct fit_constraint *constraint)
{
    struct fit *fit = fit_new(model, points->count);
    fit->weighted = points->weights != NULL;
    fit->p = model->parameter_count(options);
    fit->constraint = *constraint;
    if (fit_refuse(fit, points))
        return fit;
    if (fit_goes_on(options, model))
        model->run(fit, points, options);
    if (!fit_goes_on(options, model))
        fit_give_up(fit, "stopped");
    if (fit_is_constrained(fit) && fit_has_parameters(fit))
        fit_finish_constrained(fit, points);
    return fit;
}

struct fit *fit_solve(const struct fit_model *model, const struct curve_points *points,
                      const struct fit_options *options)
{
    struct fit_constraint constraint = fit_constraint_of(options, points);
    return fit_solve_under(model, points, options, &constraint);
}

struct fit *fit_judge(struct fit *fit, const struct curve_points *points)
{
    if (fit_has_parameters(fit)) {
        fit_judge_counts(fit, points);
        fit_figures(fit, points);
        if (!isfinite(fit->statistics.ss_res))
            fit_give_up(fit, "the residuals' squares are beyond what can be computed");
    }
    if (!fit_has_parameters(fit)) {
        fit->parameter_count = 0;
        curve_statistics_of_residuals(points, fit->residuals, &fit->statistics);
    }
    return fit;
}

struct fit *fit_run(const struct fit_model *model, const struct curve_points *points,
                    const struct fit_options *options)
{
    static const struct fit_options defaults = {0};
    if (!options)
        options = &defaults;
    if (options->robust)
        return fit_run_robust(model, points, options);
    return fit_judge(fit_solve(model, points, options), points);
}
