/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The best sigmoid under a constraint. For a given steepness and midpoint it is linear in plateau
 * and floor, whose best allowed values have a closed form (variable projection: Golub and Pereyra
 * 1973); over the two that are left a grid and Nelder and Mead's simplex find the smallest sum of
 * squares.
 */
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "fit/constraint.h"
#include "fit/diagnostics.h"
#include "fit/model.h"
#include "fit/sigmoid.h"

enum { STEEPNESSES = 24, MIDPOINTS = 24, STARTS = 4, STEPS = 400 };

/* The problem with what each search needs; owns x. */
struct projection {
    const struct curve_points *points;
    const struct fit_options *options; /* asked whether to go on */
    double *x;                         /* log10 of FLOPs */
    double low, high;                  /* the smallest and largest of them */
    bool floor;
    double least_floor; /* -infinity where nothing holds it */
    double sign;        /* of the steepness */
};

static void projection_init(struct projection *projection, const struct fit *fit,
                            const struct curve_points *points, const struct fit_options *options)
{
    *projection = (struct projection){
        .points = points, .options = options, .low = INFINITY, .high = -INFINITY};
    projection->x = memory_new_array(points->count, sizeof *projection->x);
    for (size_t i = 0; i < points->count; i++) {
        projection->x[i] = log10(points->flops[i]);
        projection->low = fmin(projection->low, projection->x[i]);
        projection->high = fmax(projection->high, projection->x[i]);
    }
    projection->floor = fit->p == SIGMOID_PARAMETERS;
    projection->least_floor = fit->constraint.positive ? fit->constraint.bound : -INFINITY;
}

/* Weighted means over the points, with g the logistic of each. */
struct means {
    double weight, g, y;
};

static struct means means_of(const struct projection *projection, const double *parameters)
{
    const struct curve_points *points = projection->points;
    struct means means = {0};
    for (size_t i = 0; i < points->count; i++) {
        double w = curve_weight(points, i);
        means.weight += w;
        means.g += w * sigmoid_value(parameters, projection->x[i]);
        means.y += w * points->efficiency[i];
    }
    means.g /= means.weight;
    means.y /= means.weight;
    return means;
}

/* The best plateau for g and y counted from given values, at least 0. */
static double plateau_from(const struct projection *projection, const double *parameters,
                           double from_g, double from_y)
{
    const struct curve_points *points = projection->points;
    double gy = 0, gg = 0;
    for (size_t i = 0; i < points->count; i++) {
        double g = sigmoid_value(parameters, projection->x[i]) - from_g;
        gy += curve_weight(points, i) * g * (points->efficiency[i] - from_y);
        gg += curve_weight(points, i) * g * g;
    }
    return gg > 0 ? fmax(gy / gg, 0) : 0;
}

/* Fills plateau and floor for a steepness and midpoint; returns the sum of squares. */
static double project(const struct projection *projection, double parameters[SIGMOID_PARAMETERS])
{
    const struct curve_points *points = projection->points;
    double sum = 0;
    parameters[SIGMOID_PLATEAU] = 1;
    parameters[SIGMOID_FLOOR] = 0;
    if (projection->floor) {
        struct means means = means_of(projection, parameters);
        double plateau = plateau_from(projection, parameters, means.g, means.y);
        double floor = means.y - plateau * means.g;
        if (floor < projection->least_floor) {
            floor = projection->least_floor;
            plateau = plateau_from(projection, parameters, 0, floor);
        }
        parameters[SIGMOID_PLATEAU] = plateau;
        parameters[SIGMOID_FLOOR] = floor;
    } else {
        parameters[SIGMOID_PLATEAU] = plateau_from(projection, parameters, 0, 0);
    }
    for (size_t i = 0; i < points->count; i++) {
        double residual = points->efficiency[i] - sigmoid_value(parameters, projection->x[i]);
        sum += curve_weight(points, i) * residual * residual;
    }
    return sum;
}

/*
 * A place of the search, (ln |steepness|, midpoint), as parameters with the best plateau and floor.
 */
static double project_at(const struct projection *projection, double log_steepness, double midpoint,
                         double parameters[SIGMOID_PARAMETERS])
{
    parameters[SIGMOID_STEEPNESS] = projection->sign * exp(log_steepness);
    parameters[SIGMOID_MIDPOINT] = midpoint;
    return project(projection, parameters);
}

static double cost_at(const gsl_vector *place, void *data)
{
    double parameters[SIGMOID_PARAMETERS];
    double cost = project_at(data, gsl_vector_get(place, 0), gsl_vector_get(place, 1), parameters);
    return isfinite(cost) ? cost : HUGE_VAL;
}

/* One end of a search. */
struct place {
    double cost, log_steepness, midpoint;
};

static struct place descend(struct projection *projection, struct place start)
{
    const double smallest = 1e-10;
    double range = projection->high - projection->low;
    double at[2] = {start.log_steepness, start.midpoint},
           step[2] = {0.25, (range + 8 / exp(start.log_steepness)) / MIDPOINTS};
    gsl_vector_view from = gsl_vector_view_array(at, 2), size = gsl_vector_view_array(step, 2);
    gsl_multimin_function function = {cost_at, 2, projection};
    gsl_multimin_fminimizer *simplex =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, 2);
    gsl_multimin_fminimizer_set(simplex, &function, &from.vector, &size.vector);
    for (int i = 0; i < STEPS && gsl_multimin_fminimizer_size(simplex) > smallest; i++)
        if (gsl_multimin_fminimizer_iterate(simplex))
            break;
    struct place end = {simplex->fval, gsl_vector_get(simplex->x, 0),
                        gsl_vector_get(simplex->x, 1)};
    gsl_multimin_fminimizer_free(simplex);
    return end.cost < start.cost ? end : start;
}

static void keep_if_better(struct place *starts, struct place place)
{
    for (int i = 0; i < STARTS; i++)
        if (place.cost < starts[i].cost) {
            struct place worse = starts[i];
            starts[i] = place;
            place = worse;
        }
}

/* The best places of a grid: from straight over the data to a step between neighbours. */
static void grid_starts(const struct projection *projection, struct place *starts)
{
    double range = projection->high - projection->low, parameters[SIGMOID_PARAMETERS];
    for (int row = 0; row < STEEPNESSES && fit_goes_on(projection->options, &fit_sigmoid); row++) {
        struct place best = {.cost = INFINITY, .log_steepness = log(0.02 / range) + 0.45 * row};
        /* A tail of the sigmoid may be all that lies over the points. */
        double tail = 4 / exp(best.log_steepness);
        for (int i = 0; i < MIDPOINTS; i++) {
            double midpoint = projection->low + range * i / (MIDPOINTS - 1) +
                              tail * (2.0 * i / (MIDPOINTS - 1) - 1);
            double cost = project_at(projection, best.log_steepness, midpoint, parameters);
            if (cost < best.cost) {
                best.cost = cost;
                best.midpoint = midpoint;
            }
        }
        keep_if_better(starts, best);
    }
}

/* The best sigmoid whose steepness has the projection's sign; returns its sum of squares. */
static double search(struct projection *projection, double parameters[SIGMOID_PARAMETERS])
{
    struct place starts[STARTS], best = {.cost = INFINITY};
    for (int i = 0; i < STARTS; i++)
        starts[i].cost = INFINITY;
    grid_starts(projection, starts);
    for (int i = 0;
         i < STARTS && isfinite(starts[i].cost) && fit_goes_on(projection->options, &fit_sigmoid);
         i++) {
        struct place end = descend(projection, starts[i]);
        if (end.cost < best.cost)
            best = end;
    }
    return project_at(projection, best.log_steepness, best.midpoint, parameters);
}

/* The best constant that is allowed, and what it leaves. */
static double level_of(const struct projection *projection, double *sse)
{
    const struct curve_points *points = projection->points;
    const double any[SIGMOID_PARAMETERS] = {0};
    double level = fmax(means_of(projection, any).y, projection->least_floor);
    *sse = 0;
    for (size_t i = 0; i < points->count; i++)
        *sse += curve_weight(points, i) * pow(points->efficiency[i] - level, 2);
    return level;
}

bool sigmoid_keeps(const struct fit *fit)
{
    const double *parameters = fit->parameters;
    const struct fit_constraint *constraint = &fit->constraint;
    bool is_flat = isnan(parameters[SIGMOID_STEEPNESS]);
    bool rises = is_flat || parameters[SIGMOID_PLATEAU] * parameters[SIGMOID_STEEPNESS] >= 0;
    bool is_high =
        fit->p < SIGMOID_PARAMETERS || is_flat || parameters[SIGMOID_FLOOR] >= constraint->bound;
    if (constraint->monotone && !rises)
        return false;
    return !constraint->positive || (parameters[SIGMOID_PLATEAU] > 0 && is_high);
}

static void take_level(struct fit *fit, double level)
{
    for (size_t i = 0; i < fit->parameter_count; i++)
        fit->parameters[i] = NAN;
    fit->parameters[SIGMOID_PLATEAU] = level;
    fit->status = FIT_UNIDENTIFIED;
    fit_hold(fit, "steepness");
    fit_warn(fit, "unidentified: flat (no %s sigmoid is better than a constant)",
             fit->constraint.monotone ? "rising" : "positive");
}

static void take_curve(struct fit *fit, const struct curve_points *points,
                       const double parameters[SIGMOID_PARAMETERS])
{
    for (size_t i = 0; i < fit->parameter_count; i++)
        fit->parameters[i] = parameters[i];
    sigmoid_judge(fit, points, fit_condition(fit, points));
    if (!fit->constraint.positive || fit->p < SIGMOID_PARAMETERS ||
        parameters[SIGMOID_FLOOR] > fit->constraint.bound)
        return;
    char bound[NUMBER_TEXT_MAX];
    number_print_short(fit->constraint.bound, 4, bound);
    fit_hold(fit, "floor");
    fit_warn(fit, "at bound: floor is %s", bound);
}

void sigmoid_constrain(struct fit *fit, const struct curve_points *points,
                       const struct fit_options *options)
{
    double best[SIGMOID_PARAMETERS] = {0}, sse_level, sse = INFINITY;
    struct projection projection;
    projection_init(&projection, fit, points, options);
    double level = level_of(&projection, &sse_level);
    fit_start_constrained(fit, points);
    for (int sign = 1; sign >= (fit->constraint.monotone ? 1 : -1); sign -= 2) {
        double parameters[SIGMOID_PARAMETERS];
        projection.sign = sign;
        double here = search(&projection, parameters);
        if (here < sse) {
            sse = here;
            for (size_t i = 0; i < SIGMOID_PARAMETERS; i++)
                best[i] = parameters[i];
        }
    }
    /* A step beyond the points, or one too slow to see, is a constant in other words. */
    const double worthwhile = 1e-6;
    if (sse < sse_level * (1 - worthwhile) && best[SIGMOID_PLATEAU] > 0)
        take_curve(fit, points, best);
    else
        take_level(fit, level);
    free(projection.x);
}
