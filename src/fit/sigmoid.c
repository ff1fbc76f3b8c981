/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * efficiency = floor + plateau / (1 + exp(-steepness * (x - midpoint))): the best one, and its
 * judgement.
 */
#include "fit/sigmoid.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "fit/constraint.h"
#include "fit/left_out.h"
#include "fit/model.h"

enum {
    STEPS = 200, /* on unidentified curves the search has no end: this is it */
    LEAVE_OUT_MAX = 64,
};

/* What the Definitions ask of a sigmoid that is "ok". */
static const size_t fewest_points = 4;
static const double steepest = 20;       /* per decade */
static const double highest_plateau = 2; /* times the largest mean */
static const double worst_condition = 1e6;

/* The scaled problem with the arrays it views; owned by whoever declares it. */
struct work {
    struct sigmoid_problem problem;
    double *store;
    double scale;    /* what y was divided by */
    double heaviest; /* what the weights were divided by */
    size_t p;
};

static void work_init(struct work *work, const struct curve_points *points, bool floor)
{
    size_t n = points->count;
    work->store = memory_new_array(3 * n, sizeof *work->store);
    work->p = floor ? 4 : 3;
    work->scale = work->heaviest = 0;
    for (size_t i = 0; i < n; i++) {
        work->scale = fmax(work->scale, fabs(points->efficiency[i]));
        work->heaviest = fmax(work->heaviest, curve_weight(points, i));
    }
    for (size_t i = 0; i < n; i++) {
        work->store[i] = log10(points->flops[i]);
        work->store[n + i] = points->efficiency[i] / work->scale;
        work->store[2 * n + i] = sqrt(curve_weight(points, i) / work->heaviest);
    }
    work->problem =
        (struct sigmoid_problem){n, work->store, work->store + n, work->store + 2 * n, floor};
}

static void work_done(struct work *work)
{
    free(work->store);
}

/* The weighted Jacobian at some parameters and, if residuals is given, the weighted residuals. */
static void linearise(const struct sigmoid_problem *problem,
                      const double parameters[SIGMOID_PARAMETERS], gsl_matrix *jacobian,
                      gsl_vector *residuals)
{
    double gradient[SIGMOID_PARAMETERS];
    for (size_t i = 0; i < problem->count; i++) {
        double weight = problem->root_weights[i];
        double value = sigmoid_gradient(parameters, problem->x[i], gradient);
        if (residuals)
            gsl_vector_set(residuals, i, weight * (value - problem->y[i]));
        for (size_t j = 0; j < jacobian->size2; j++)
            gsl_matrix_set(jacobian, i, j, weight * gradient[j]);
    }
}

/* One Gauss-Newton step for parameters; returns its largest relative change, or infinity. */
static double newton_step(struct work *work, gsl_matrix *jacobian, gsl_vector *residuals,
                          const double parameters[SIGMOID_PARAMETERS],
                          double next[SIGMOID_PARAMETERS])
{
    double store[2 * SIGMOID_PARAMETERS];
    gsl_vector_view tau = gsl_vector_view_array(store, work->p);
    gsl_vector_view step = gsl_vector_view_array(store + SIGMOID_PARAMETERS, work->p);
    gsl_vector_view rest =
        gsl_vector_subvector(residuals, work->problem.count, work->problem.count);
    gsl_vector_view here = gsl_vector_subvector(residuals, 0, work->problem.count);
    linearise(&work->problem, parameters, jacobian, &here.vector);
    if (gsl_linalg_QR_decomp(jacobian, &tau.vector) ||
        gsl_linalg_QR_lssolve(jacobian, &tau.vector, &here.vector, &step.vector, &rest.vector))
        return INFINITY;
    double largest = 0;
    memcpy(next, parameters, SIGMOID_PARAMETERS * sizeof *next);
    for (size_t j = 0; j < work->p; j++) {
        double change = gsl_vector_get(&step.vector, j);
        next[j] -= change;
        largest = fmax(largest, fabs(change) / (fabs(next[j]) + 1e-3));
        if (!isfinite(next[j]))
            return INFINITY;
    }
    return largest;
}

/*
 * Near the minimum the SSE is flat to within rounding over half the digits of the parameters, so
 * descending stops there; Gauss-Newton steps get the other half while each is smaller than the
 * one before.
 */
static void polish(struct work *work, double parameters[SIGMOID_PARAMETERS])
{
    enum { STEPS_POLISH = 50 };
    size_t n = work->problem.count;
    double previous = 1e-3;
    double now[SIGMOID_PARAMETERS];
    double next[SIGMOID_PARAMETERS];
    gsl_matrix *jacobian = gsl_matrix_alloc(n, work->p);
    gsl_vector *residuals = gsl_vector_alloc(2 * n);
    memcpy(now, parameters, sizeof now);
    for (int i = 0; i < STEPS_POLISH && previous > 1e-15; i++) {
        double change = newton_step(work, jacobian, residuals, now, next);
        if (!(change < 0.9 * previous))
            break;
        previous = change;
        memcpy(now, next, sizeof now);
    }
    const double rounding = 1e-9;
    if (sigmoid_sse(&work->problem, now) <=
        sigmoid_sse(&work->problem, parameters) * (1 + rounding))
        memcpy(parameters, now, sizeof now);
    gsl_matrix_free(jacobian);
    gsl_vector_free(residuals);
}

/*
 * Descends from each of count starts, given in the scale of the problem, and asks between them
 * whether to go on. False: all are hopeless.
 */
static bool search(const struct sigmoid_problem *problem,
                   double starts[SIGMOID_STARTS_MAX][SIGMOID_PARAMETERS], size_t count,
                   const struct fit_options *options, double parameters[SIGMOID_PARAMETERS])
{
    double best = INFINITY;
    for (size_t i = 0; i < count && fit_goes_on(options, &fit_sigmoid); i++) {
        double sse = sigmoid_descend(problem, STEPS, starts[i]);
        if (!(sse < best))
            continue;
        best = sse;
        memcpy(parameters, starts[i], sizeof starts[i]);
    }
    return isfinite(best);
}

/* The best sigmoid for all points. */
static bool search_all(const struct sigmoid_problem *problem, const struct fit_options *options,
                       double parameters[SIGMOID_PARAMETERS])
{
    double starts[SIGMOID_STARTS_MAX][SIGMOID_PARAMETERS];
    struct sigmoid_grid *grid = sigmoid_grid_new(problem);
    size_t count = sigmoid_starts(grid, SIZE_MAX, starts);
    sigmoid_grid_free(grid);
    return search(problem, starts, count, options, parameters);
}

/* The weighted Jacobian's columns scaled to length 1, decomposed. */
struct spectrum {
    double lengths[SIGMOID_PARAMETERS];
    double values[SIGMOID_PARAMETERS]; /* singular values, largest first */
    double vectors[SIGMOID_PARAMETERS][SIGMOID_PARAMETERS];
};

static double scale_columns(gsl_matrix *jacobian, double *lengths)
{
    double shortest = INFINITY;
    for (size_t j = 0; j < jacobian->size2; j++) {
        double sum = 0;
        for (size_t i = 0; i < jacobian->size1; i++)
            sum += pow(gsl_matrix_get(jacobian, i, j), 2);
        lengths[j] = sqrt(sum);
        shortest = fmin(shortest, lengths[j]);
        for (size_t i = 0; i < jacobian->size1 && lengths[j] > 0; i++)
            gsl_matrix_set(jacobian, i, j, gsl_matrix_get(jacobian, i, j) / lengths[j]);
    }
    return shortest;
}

/* False where a column vanishes: then a parameter has no influence at all. */
static bool spectrum_find(struct work *work, const double parameters[SIGMOID_PARAMETERS],
                          struct spectrum *spectrum)
{
    size_t p = work->p;
    gsl_matrix *jacobian = gsl_matrix_alloc(work->problem.count, p);
    gsl_matrix_view vectors =
        gsl_matrix_view_array_with_tda(&spectrum->vectors[0][0], p, p, SIGMOID_PARAMETERS);
    gsl_vector_view values = gsl_vector_view_array(spectrum->values, p);
    linearise(&work->problem, parameters, jacobian, NULL);
    bool found =
        scale_columns(jacobian, spectrum->lengths) > 0 &&
        gsl_linalg_SV_decomp_jacobi(jacobian, &vectors.matrix, &values.vector) == GSL_SUCCESS;
    gsl_matrix_free(jacobian);
    return found && isfinite(spectrum->values[p - 1]);
}

/* sqrt(diag((J'WJ)^-1)) in the units of the unscaled problem. */
static void fill_std_errors(struct fit *fit, const struct work *work,
                            const struct spectrum *spectrum)
{
    for (size_t j = 0; j < work->p; j++) {
        double variance = 0;
        for (size_t k = 0; k < work->p; k++)
            variance += pow(spectrum->vectors[j][k] / spectrum->values[k], 2);
        bool linear = j == SIGMOID_PLATEAU || j == SIGMOID_FLOOR;
        fit->std_errors[j] =
            sqrt(variance / work->heaviest) / spectrum->lengths[j] * (linear ? 1 : 1 / work->scale);
    }
}

static void set_unidentified(struct fit *fit, const char *reason)
{
    fit->status = FIT_UNIDENTIFIED;
    fit_warn(fit, "unidentified: %s", reason);
}

/* The reason, and in brackets by which of its limits and which value. */
static void set_beyond(struct fit *fit, const char *reason, const char *which, double value,
                       const char *limit, double at)
{
    char found[NUMBER_TEXT_MAX], allowed[NUMBER_TEXT_MAX];
    number_print_short(value, 4, found);
    number_print_short(at, 4, allowed);
    fit->status = FIT_UNIDENTIFIED;
    fit_warn(fit, "unidentified: %s (%s %s %s %s)", reason, which, found, limit, allowed);
}

void sigmoid_judge(struct fit *fit, const struct curve_points *points, double condition)
{
    const double *parameters = fit->parameters;
    double last_x = -INFINITY;
    double largest = -INFINITY;
    for (size_t i = 0; i < points->count; i++) {
        last_x = fmax(last_x, log10(points->flops[i]));
        largest = fmax(largest, points->efficiency[i]);
    }
    if (points->count == fit->p)
        return; /* said by the driver, for every model */
    if (points->count < fewest_points)
        set_unidentified(fit, "fewer than 4 points");
    else if (!(parameters[SIGMOID_STEEPNESS] > 0))
        set_beyond(fit, "efficiency does not rise with size", "steepness",
                   parameters[SIGMOID_STEEPNESS], "is not above", 0);
    else if (parameters[SIGMOID_MIDPOINT] > last_x)
        set_beyond(fit, "saturation not observed", "the midpoint", parameters[SIGMOID_MIDPOINT],
                   "lies beyond the last point at", last_x);
    else if (parameters[SIGMOID_PLATEAU] > highest_plateau * largest)
        set_beyond(fit, "saturation not observed", "the plateau", parameters[SIGMOID_PLATEAU],
                   "is more than twice the largest efficiency", largest);
    else if (parameters[SIGMOID_STEEPNESS] > steepest)
        set_beyond(fit, "a step between two points", "steepness", parameters[SIGMOID_STEEPNESS],
                   "per decade is above", steepest);
    else if (!(condition <= worst_condition))
        set_beyond(fit, "the points do not tell the parameters apart",
                   "the Jacobian's condition number", condition, "is above", worst_condition);
}

/* Of flat data only the height is known: the sigmoid is all plateau. */
static void run_flat(struct fit *fit, const struct curve_points *points)
{
    fit->parameters[SIGMOID_PLATEAU] = points->efficiency[0];
    if (points->count != fit->p)
        set_unidentified(fit, "flat data has no steepness and no midpoint");
}

static size_t sigmoid_parameter_count(const struct fit_options *options)
{
    return options->floor ? 4 : 3;
}

static double sigmoid_evaluate(const struct fit *fit, double flops)
{
    if (isnan(fit->parameters[SIGMOID_STEEPNESS]))
        return fit->parameters[SIGMOID_PLATEAU];
    double parameters[SIGMOID_PARAMETERS] = {0};
    memcpy(parameters, fit->parameters, fit->parameter_count * sizeof *parameters);
    return sigmoid_value(parameters, log10(flops));
}

/* Of a flat curve only the plateau does anything. */
static void sigmoid_fit_gradient(const struct fit *fit, double flops, double *row)
{
    double parameters[SIGMOID_PARAMETERS] = {0}, gradient[SIGMOID_PARAMETERS] = {1};
    memcpy(parameters, fit->parameters, fit->parameter_count * sizeof *parameters);
    if (!isnan(parameters[SIGMOID_STEEPNESS]))
        sigmoid_gradient(parameters, log10(flops), gradient);
    memcpy(row, gradient, fit->p * sizeof *row);
}

/*
 * With a floor each curve has two spellings; the one with a positive plateau is the legible one.
 * Where floor and plateau cancel to nearly nothing, it would be another curve: then it stays as it
 * is.
 */
static void turn_upright(const struct sigmoid_problem *problem,
                         double parameters[SIGMOID_PARAMETERS])
{
    const double rounding = 1e-9;
    double turned[SIGMOID_PARAMETERS];
    memcpy(turned, parameters, sizeof turned);
    turned[SIGMOID_FLOOR] += turned[SIGMOID_PLATEAU];
    turned[SIGMOID_PLATEAU] *= -1;
    turned[SIGMOID_STEEPNESS] *= -1;
    double before = sigmoid_sse(problem, parameters), after = sigmoid_sse(problem, turned);
    if (!(parameters[SIGMOID_PLATEAU] > 0) &&
        after <= before * (1 + rounding) + (double)problem->count * 1e-28)
        memcpy(parameters, turned, sizeof turned);
}

static void run_curved(struct fit *fit, const struct curve_points *points,
                       const struct fit_options *options)
{
    struct work work;
    struct spectrum spectrum;
    double condition = INFINITY;
    work_init(&work, points, options->floor);
    if (!search_all(&work.problem, options, fit->parameters)) {
        fit->status = FIT_FAILED;
        fit_warn(fit, "no starting point led to a fit");
        work_done(&work);
        return;
    }
    polish(&work, fit->parameters);
    if (options->floor)
        turn_upright(&work.problem, fit->parameters);
    if (spectrum_find(&work, fit->parameters, &spectrum)) {
        condition = spectrum.values[0] / spectrum.values[work.p - 1];
        fill_std_errors(fit, &work, &spectrum);
    }
    fit->parameters[SIGMOID_PLATEAU] *= work.scale;
    fit->parameters[SIGMOID_FLOOR] *= work.scale;
    sigmoid_judge(fit, points, condition);
    work_done(&work);
}

static void sigmoid_run(struct fit *fit, const struct curve_points *points,
                        const struct fit_options *options)
{
    static const char *const names[] = {"plateau", "steepness", "midpoint", "floor"};
    fit->parameter_count = fit->p;
    memcpy(fit->parameter_names, names, fit->p * sizeof *names);
    if (curve_points_are_flat(points))
        run_flat(fit, points);
    else
        run_curved(fit, points, options);
    if (fit_has_parameters(fit) && !sigmoid_keeps(fit))
        sigmoid_constrain(fit, points, options);
}

/* What the other points say of the one at index; a point that weighs nothing is left out. */
static double left_out_value(struct work *work, struct sigmoid_grid *grid, size_t index)
{
    static const struct fit_options unasked = {0}; /* a fit to 64 points takes no time */
    double *root_weight = work->store + 2 * work->problem.count + index, kept = *root_weight;
    double parameters[SIGMOID_PARAMETERS], starts[SIGMOID_STARTS_MAX][SIGMOID_PARAMETERS];
    size_t count = sigmoid_starts(grid, index, starts);
    *root_weight = 0;
    bool found = search(&work->problem, starts, count, &unasked, parameters);
    *root_weight = kept;
    return found ? work->scale * sigmoid_value(parameters, work->problem.x[index]) : (double)NAN;
}

static void sigmoid_leave_one_out(const struct fit *fit, const struct curve_points *points,
                                  double *errors)
{
    struct work work;
    struct fit_left_out left_out;
    struct fit_options options = {.floor = fit->p == SIGMOID_PARAMETERS};
    work_init(&work, points, options.floor);
    struct sigmoid_grid *grid = sigmoid_grid_new(&work.problem);
    fit_left_out_init(&left_out, points);
    for (size_t i = 0; i < points->count; i++) {
        struct curve_points others = fit_left_out_view(&left_out, points, i);
        double value =
            curve_points_are_flat(&others) ? others.efficiency[0] : left_out_value(&work, grid, i);
        errors[i] = points->efficiency[i] - value;
    }
    fit_left_out_done(&left_out);
    sigmoid_grid_free(grid);
    work_done(&work);
    if (fit_is_constrained(fit))
        fit_leave_out_constrained(fit, points, &options, errors);
}

const struct fit_model fit_sigmoid = {
    .name = "sigmoid",
    .parameter_count = sigmoid_parameter_count,
    .run = sigmoid_run,
    .evaluate = sigmoid_evaluate,
    .gradient = sigmoid_fit_gradient,
    .leave_one_out = sigmoid_leave_one_out,
    .leave_one_out_max = LEAVE_OUT_MAX,
};
