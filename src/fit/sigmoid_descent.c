/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a starting point to the nearest sigmoid: Levenberg-Marquardt over the normal equations of at
 * most four parameters, after More (1978) for the scale and Nielsen (1999, "Damping parameter in
 * Marquardt's method") for the damping. One exponential a point and step, no memory but the stack:
 * a curve is fitted some fifty times for one key, each point left out once.
 */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "fit/sigmoid.h"

/* The problem linearised at some parameters: half the gradient and half the Hessian of the SSE. */
struct normal {
    double sse;
    double gradient[SIGMOID_PARAMETERS];
    double matrix[SIGMOID_PARAMETERS][SIGMOID_PARAMETERS]; /* its lower triangle */
};

/* Where a descent stands. */
struct descent {
    size_t p;
    double at[SIGMOID_PARAMETERS];
    struct normal normal;               /* there */
    double lengths[SIGMOID_PARAMETERS]; /* squares of the longest columns met */
    double damping, growth;
};

static void normal_add(struct normal *normal, const double row[SIGMOID_PARAMETERS], double residual,
                       size_t p)
{
    normal->sse += residual * residual;
    for (size_t j = 0; j < p; j++) {
        normal->gradient[j] += row[j] * residual;
        for (size_t k = 0; k <= j; k++)
            normal->matrix[j][k] += row[j] * row[k];
    }
}

static void normal_find(const struct sigmoid_problem *problem,
                        const double parameters[SIGMOID_PARAMETERS], size_t p,
                        struct normal *normal)
{
    *normal = (struct normal){0};
    for (size_t i = 0; i < problem->count; i++) {
        double row[SIGMOID_PARAMETERS], weight = problem->root_weights[i];
        double value = sigmoid_gradient(parameters, problem->x[i], row);
        for (size_t j = 0; j < SIGMOID_PARAMETERS; j++)
            row[j] *= weight;
        normal_add(normal, row, weight * (value - problem->y[i]), p);
    }
}

/*
 * Solves (matrix + damping x lengths) step = -gradient by Cholesky's decomposition; false where
 * rounding leaves the sum without one.
 */
static bool solve_step(const struct descent *descent, double step[SIGMOID_PARAMETERS])
{
    double l[SIGMOID_PARAMETERS][SIGMOID_PARAMETERS];
    for (size_t j = 0; j < descent->p; j++) {
        step[j] = -descent->normal.gradient[j];
        for (size_t k = 0; k <= j; k++) {
            double sum = descent->normal.matrix[j][k];
            sum += j == k ? descent->damping * descent->lengths[j] : 0;
            for (size_t m = 0; m < k; m++)
                sum -= l[j][m] * l[k][m];
            if (j == k && !(sum > 0))
                return false;
            l[j][k] = j == k ? sqrt(sum) : sum / l[k][k];
        }
        for (size_t k = 0; k < j; k++)
            step[j] -= l[j][k] * step[k];
        step[j] /= l[j][j];
    }
    for (size_t j = descent->p; j-- > 0;) {
        for (size_t k = j + 1; k < descent->p; k++)
            step[j] -= l[k][j] * step[k];
        step[j] /= l[j][j];
    }
    return true;
}

/* By how much the SSE falls with a step, were the sigmoid linear in its parameters. */
static double predict(const struct descent *descent, const double step[SIGMOID_PARAMETERS])
{
    double fall = 0;
    for (size_t j = 0; j < descent->p; j++)
        fall += step[j] *
                (descent->damping * descent->lengths[j] * step[j] - descent->normal.gradient[j]);
    return fall;
}

static void reject(struct descent *descent)
{
    descent->damping *= descent->growth;
    descent->growth *= 2;
}

/* gain: the fall of the SSE over what was predicted. */
static void accept(struct descent *descent, const double trial[SIGMOID_PARAMETERS],
                   const struct normal *normal, double gain)
{
    memcpy(descent->at, trial, sizeof descent->at);
    descent->normal = *normal;
    descent->damping *= fmax(1.0 / 3, 1 - (2 * gain - 1) * (2 * gain - 1) * (2 * gain - 1));
    descent->growth = 2;
    for (size_t j = 0; j < descent->p; j++)
        descent->lengths[j] = fmax(descent->lengths[j], normal->matrix[j][j]);
}

static void add_step(const struct descent *descent, const double step[SIGMOID_PARAMETERS],
                     double trial[SIGMOID_PARAMETERS])
{
    memcpy(trial, descent->at, sizeof descent->at);
    for (size_t j = 0; j < descent->p; j++)
        trial[j] += step[j];
}

/* One step, if a good one is found. Returns the share of the SSE that it took; 0: none is left. */
static double descend_once(const struct sigmoid_problem *problem, struct descent *descent)
{
    /*
     * Below this share the SSE itself cannot tell a better place; the last step is taken on trust.
     */
    const double noise = 1e-13, largest_damping = 1e12;
    double before = descent->normal.sse;
    for (; descent->damping < largest_damping; reject(descent)) {
        double step[SIGMOID_PARAMETERS], trial[SIGMOID_PARAMETERS];
        struct normal normal;
        if (!solve_step(descent, step))
            continue;
        double predicted = predict(descent, step);
        add_step(descent, step, trial);
        normal_find(problem, trial, descent->p, &normal);
        if (!(predicted > noise * before)) {
            if (normal.sse <= before * (1 + noise))
                accept(descent, trial, &normal, 1);
            return 0;
        }
        if (normal.sse < before) {
            accept(descent, trial, &normal, (before - normal.sse) / predicted);
            return 1 - normal.sse / before;
        }
    }
    return 0;
}

/*
 * Where the parameters are hard to tell apart, the damping holds back the very steps that are left:
 * the last ones are Gauss-Newton's, as long as they lead down.
 */
static void finish(const struct sigmoid_problem *problem, struct descent *descent)
{
    enum { LAST_STEPS = 12 };
    const double noise = 1e-20;
    descent->damping = 0;
    for (int i = 0; i < LAST_STEPS; i++) {
        double step[SIGMOID_PARAMETERS], trial[SIGMOID_PARAMETERS];
        struct normal normal;
        if (!solve_step(descent, step) || !(predict(descent, step) > noise * descent->normal.sse))
            return;
        add_step(descent, step, trial);
        normal_find(problem, trial, descent->p, &normal);
        if (!(normal.sse < descent->normal.sse))
            return;
        accept(descent, trial, &normal, 1);
    }
}

double sigmoid_descend(const struct sigmoid_problem *problem, size_t steps,
                       double parameters[SIGMOID_PARAMETERS])
{
    /* Along the valleys of unidentified curves the SSE hardly falls and the parameters run away. */
    const double worthwhile = 1e-8;
    enum { IDLE_STEPS = 3 };
    struct descent descent = {.p = problem->floor ? 4 : 3, .damping = 1e-3, .growth = 2};
    memcpy(descent.at, parameters, sizeof descent.at);
    normal_find(problem, descent.at, descent.p, &descent.normal);
    if (!isfinite(descent.normal.sse))
        return INFINITY;
    for (size_t j = 0; j < descent.p; j++)
        descent.lengths[j] = descent.normal.matrix[j][j] > 0 ? descent.normal.matrix[j][j] : 1;
    int idle = 0;
    for (size_t i = 0; i < steps && idle < IDLE_STEPS; i++) {
        double fallen = descend_once(problem, &descent);
        if (fallen == 0)
            break;
        idle = fallen > worthwhile ? 0 : idle + 1;
    }
    finish(problem, &descent);
    memcpy(parameters, descent.at, sizeof descent.at);
    return descent.normal.sse;
}
