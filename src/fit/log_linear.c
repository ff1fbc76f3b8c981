/* SPDX-License-Identifier: GPL-3.0-or-later */
/* efficiency = intercept + slope * log10(FLOPs), by weighted least squares in closed form. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "fit/constraint.h"
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

static struct moments moments_of(const struct curve_points *points, const double *x)
{
    struct moments m = {0};
    for (size_t i = 0; i < points->count; i++) {
        double weight = curve_weight(points, i);
        m.weight += weight;
        m.mean_x += weight * x[i];
        m.mean_y += weight * points->efficiency[i];
    }
    m.mean_x /= m.weight;
    m.mean_y /= m.weight;
    for (size_t i = 0; i < points->count; i++) {
        double dx = x[i] - m.mean_x;
        m.sxx += curve_weight(points, i) * dx * dx;
        m.sxy += curve_weight(points, i) * dx * (points->efficiency[i] - m.mean_y);
    }
    return m;
}

static void warn_of_zero(struct fit *fit, const struct curve_points *points)
{
    struct curve_span sizes = curve_points_span(points);
    double at_low = fit->model->evaluate(fit, sizes.low);
    double at_high = fit->model->evaluate(fit, sizes.high);
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

/*
 * A line by its heights at the first and the last point, which are all that a constraint asks of
 * it.
 */
struct ends {
    double x[2], heights[2];
    bool beyond[2]; /* that end is of the range asked for, beyond the points */
};

static struct ends ends_of(const struct fit *fit, const struct curve_points *points,
                           const double *x)
{
    struct ends ends = {.x = {INFINITY, -INFINITY}};
    for (size_t i = 0; i < points->count; i++) {
        ends.x[0] = fmin(ends.x[0], x[i]);
        ends.x[1] = fmax(ends.x[1], x[i]);
    }
    const struct fit_constraint *asked = &fit->constraint;
    double low = asked->positive && asked->low > 0 ? log10(asked->low) : ends.x[0];
    double high = asked->positive && asked->high > 0 ? log10(asked->high) : ends.x[1];
    ends.beyond[0] = low < ends.x[0];
    ends.beyond[1] = high > ends.x[1];
    ends.x[0] = fmin(ends.x[0], low);
    ends.x[1] = fmax(ends.x[1], high);
    for (int i = 0; i < 2; i++)
        ends.heights[i] = fit->parameters[INTERCEPT] + fit->parameters[SLOPE] * ends.x[i];
    return ends;
}

static bool keeps(const struct fit_constraint *constraint, const struct ends *ends)
{
    const double rounding = 1e-13;
    double allowance = rounding * fmax(fabs(ends->heights[0]), fabs(ends->heights[1]));
    bool rises = ends->heights[1] >= ends->heights[0] - allowance;
    double lowest = fmin(ends->heights[0], ends->heights[1]);
    return (rises || !constraint->monotone) &&
           (lowest >= constraint->bound || !constraint->positive);
}

/*
 * Beyond the least sum of squares: m.weight times the square at the mean, m.sxx times the slope's.
 */
static double excess(const struct moments *m, const struct ends *ends)
{
    double slope = (ends->heights[1] - ends->heights[0]) / (ends->x[1] - ends->x[0]);
    double at_mean = ends->heights[0] + slope * (m->mean_x - ends->x[0]) - m->mean_y;
    double too_steep = slope - m->sxy / m->sxx;
    return m->weight * at_mean * at_mean + m->sxx * too_steep * too_steep;
}

/* The best line through height at an end. */
static struct ends through(const struct moments *m, struct ends ends, int end, double height)
{
    double dx = m->mean_x - ends.x[end];
    double slope =
        (m->sxy + m->weight * dx * (m->mean_y - height)) / (m->sxx + m->weight * dx * dx);
    ends.heights[end] = height;
    ends.heights[1 - end] = height + slope * (ends.x[1 - end] - ends.x[end]);
    return ends;
}

/*
 * The problem is convex with three edges (level, either end at the bound) in two dimensions, so its
 * optimum is the best allowed one among those of each edge and their corner.
 */
static struct ends best_allowed(const struct fit_constraint *constraint, const struct moments *m,
                                struct ends ends)
{
    double bound = constraint->positive ? constraint->bound : -INFINITY;
    double level = fmax(m->mean_y, bound);
    struct ends best = ends;
    best.heights[0] = best.heights[1] = level;
    for (int end = 0; end < 2 && constraint->positive; end++) {
        struct ends other = through(m, ends, end, bound);
        if (keeps(constraint, &other) && excess(m, &other) < excess(m, &best))
            best = other;
    }
    return best;
}

static void tell_held(struct fit *fit, const struct ends *ends)
{
    const char *const names[] = {ends->beyond[0] ? "lower end" : "first point",
                                 ends->beyond[1] ? "upper end" : "last point"};
    char bound[NUMBER_TEXT_MAX];
    number_print_short(fit->constraint.bound, 4, bound);
    if (ends->heights[0] == ends->heights[1]) {
        fit_hold(fit, "slope");
        fit_warn(fit, "at bound: slope is 0");
    }
    for (int end = 0; end < 2; end++)
        if (ends->heights[end] == fit->constraint.bound) {
            fit_hold(fit, "%s", names[end]);
            fit_warn(fit, "at bound: the efficiency at the %s is %s", names[end], bound);
        }
}

static void constrain(struct fit *fit, const struct curve_points *points, const struct moments *m,
                      const double *x)
{
    struct ends ends = ends_of(fit, points, x);
    if (keeps(&fit->constraint, &ends))
        return;
    fit_start_constrained(fit, points);
    ends = best_allowed(&fit->constraint, m, ends);
    tell_held(fit, &ends);
    fit->parameters[SLOPE] = (ends.heights[1] - ends.heights[0]) / (ends.x[1] - ends.x[0]);
    fit->parameters[INTERCEPT] = ends.heights[0] - fit->parameters[SLOPE] * ends.x[0];
}

static void log_linear_run(struct fit *fit, const struct curve_points *points,
                           const struct fit_options *options)
{
    (void)options;
    double *x = logarithms_new(points);
    struct moments m = moments_of(points, x);
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
    } else {
        if (fit_is_constrained(fit))
            constrain(fit, points, &m, x);
        warn_of_zero(fit, points);
    }
    free(x);
}

/*
 * For a linear model the error at a left-out point is its residual / (1 - leverage), exactly.
 * Leverage 1 is the only point away from all others: without it no line is determined. A constraint
 * that holds a line without a point is no part of that: such a line is fitted again.
 */
static void log_linear_leave_one_out(const struct fit *fit, const struct curve_points *points,
                                     double *errors)
{
    double *x = logarithms_new(points);
    struct moments m = moments_of(points, x);
    for (size_t i = 0; i < points->count; i++) {
        double dx = x[i] - m.mean_x;
        double leverage = curve_weight(points, i) * (1 / m.weight + dx * dx / m.sxx);
        errors[i] = leverage < 1 - 1e-12 ? fit->residuals[i] / (1 - leverage) : NAN;
    }
    free(x);
    struct fit_options options = {0};
    if (fit_is_constrained(fit))
        fit_leave_out_constrained(fit, points, &options, errors);
}

const struct fit_model fit_log_linear = {
    .name = "log_linear",
    .parameter_count = log_linear_parameter_count,
    .run = log_linear_run,
    .evaluate = log_linear_evaluate,
    .straight = true,
    .gradient = log_linear_gradient,
    .leave_one_out = log_linear_leave_one_out,
};
