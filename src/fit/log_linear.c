/* SPDX-License-Identifier: GPL-3.0-or-later */
/* efficiency = intercept + slope * log10(FLOPs), by weighted least squares in closed form. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "fit/model.h"

enum { INTERCEPT, SLOPE, PARAMETERS };

/* The logarithms are most of the work on long lists. The caller frees them. */
static double *logarithms_new(const struct curve_points *points)
{
    double *x = memory_new_array(points->count, sizeof *x);
    for (size_t i = 0; i < points->count; i++)
        x[i] = log10(points->flops[i]);
    return x;
}

/* Sums about the weighted means, which keep all digits where sums of squares would not. */
struct moments {
    double weight;
    double mean_x, mean_y;
    double sxx, sxy;
};

static double weight_at(const struct curve_points *points, size_t index)
{
    return points->weights ? points->weights[index] : 1;
}

static struct moments moments_of(const struct curve_points *points, const double *x)
{
    struct moments m = {0};
    for (size_t i = 0; i < points->count; i++) {
        double weight = weight_at(points, i);
        m.weight += weight;
        m.mean_x += weight * x[i];
        m.mean_y += weight * points->efficiency[i];
    }
    m.mean_x /= m.weight;
    m.mean_y /= m.weight;
    for (size_t i = 0; i < points->count; i++) {
        double dx = x[i] - m.mean_x;
        m.sxx += weight_at(points, i) * dx * dx;
        m.sxy += weight_at(points, i) * dx * (points->efficiency[i] - m.mean_y);
    }
    return m;
}

static void warn_of_zero(struct fit *fit, const struct curve_points *points)
{
    double low = INFINITY;
    double high = 0;
    for (size_t i = 0; i < points->count; i++) {
        low = fmin(low, points->flops[i]);
        high = fmax(high, points->flops[i]);
    }
    double at_low = fit->model->evaluate(fit, low);
    double at_high = fit->model->evaluate(fit, high);
    if (at_low > 0 && at_high > 0)
        return;
    if (at_low <= 0 && at_high <= 0)
        fit_warn(fit, "is not positive anywhere between the first and the last point");
    else
        fit_warn_zero(fit, pow(10, -fit->parameters[INTERCEPT] / fit->parameters[SLOPE]));
}

static size_t log_linear_parameter_count(const struct fit_options *options)
{
    (void)options;
    return PARAMETERS;
}

static double log_linear_evaluate(const struct fit *fit, double flops)
{
    return fit->parameters[INTERCEPT] + fit->parameters[SLOPE] * log10(flops);
}

static void log_linear_gradient(const struct fit *fit, double flops, double *row)
{
    (void)fit;
    row[INTERCEPT] = 1;
    row[SLOPE] = log10(flops);
}

static void log_linear_run(struct fit *fit, const struct curve_points *points,
                           const struct fit_options *options)
{
    (void)options;
    double *x = logarithms_new(points);
    struct moments m = moments_of(points, x);
    free(x);
    fit->parameter_count = PARAMETERS;
    fit->parameter_names[INTERCEPT] = "intercept";
    fit->parameter_names[SLOPE] = "slope";
    fit->parameters[SLOPE] = m.sxy / m.sxx;
    fit->parameters[INTERCEPT] = m.mean_y - fit->parameters[SLOPE] * m.mean_x;
    fit->std_errors[SLOPE] = sqrt(1 / m.sxx);
    fit->std_errors[INTERCEPT] = sqrt(1 / m.weight + m.mean_x * m.mean_x / m.sxx);
    if (!isfinite(fit->parameters[INTERCEPT])) {
        fit->status = FIT_FAILED;
        fit_warn(fit, "the sizes differ too little for a slope");
        return;
    }
    warn_of_zero(fit, points);
}

/*
 * For a linear model the error at a left-out point is its residual / (1 - leverage), exactly.
 * Leverage 1 is the only point away from all others: without it no line is determined.
 */
static void log_linear_leave_one_out(const struct fit *fit, const struct curve_points *points,
                                     double *errors)
{
    double *x = logarithms_new(points);
    struct moments m = moments_of(points, x);
    for (size_t i = 0; i < points->count; i++) {
        double dx = x[i] - m.mean_x;
        double leverage = weight_at(points, i) * (1 / m.weight + dx * dx / m.sxx);
        errors[i] = leverage < 1 - 1e-12 ? fit->residuals[i] / (1 - leverage) : NAN;
    }
    free(x);
}

const struct fit_model fit_log_linear = {
    .name = "log_linear",
    .parameter_count = log_linear_parameter_count,
    .run = log_linear_run,
    .evaluate = log_linear_evaluate,
    .gradient = log_linear_gradient,
    .leave_one_out = log_linear_leave_one_out,
};
