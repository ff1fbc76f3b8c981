/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Iteratively reweighted least squares for any model, and how many breakpoints it asks for. */
#include "fit/reweigh.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "fit/diagnostics.h"
#include "fit/model.h"
#include "fit/robust.h"
#include "fit/sites.h"

enum { ROUNDS = 100 };

enum outcome {
    SETTLED,
    UNSETTLED, /* the rounds ran out */
    EXACT,     /* more than half of the points lie on it: nothing tells noise */
    FAILED,    /* a round led to no parameters */
};

/* Reweighing under way or done; owns all but the points, which outlive it. */
struct reweighing {
    const struct curve_points *points;
    struct fit *fit;   /* solved for the weights, without figures; has parameters */
    double *leverages; /* of the start, where every point had its say */
    double *factors;   /* what is left of each point's weight */
    double *weights;   /* that times the point's own */
    double scale;      /* by which the factors were told; 0 before the first round */
    enum outcome outcome;
};

static struct reweighing *reweighing_new(const struct curve_points *points, struct fit *start)
{
    struct reweighing *it = memory_new_array(1, sizeof *it);
    size_t n = points->count;
    it->points = points;
    it->fit = start;
    it->leverages = memory_new_array(n, sizeof *it->leverages);
    it->factors = memory_new_array(n, sizeof *it->factors);
    it->weights = memory_new_array(n, sizeof *it->weights);
    fit_find_leverages(start, points, it->leverages);
    return it;
}

static void reweighing_free(struct reweighing *it)
{
    if (!it)
        return;
    fit_free(it->fit);
    free(it->leverages);
    free(it->factors);
    free(it->weights);
    free(it);
}

static struct curve_points weighted_points(const struct reweighing *it)
{
    const struct curve_points *points = it->points;
    return (struct curve_points){points->flops, points->efficiency, it->weights, points->count};
}

/* Solves with the weights that the last solution suggests, until that changes nothing. */
static enum outcome settle(struct reweighing *it, const struct fit_options *options)
{
    const double settled = 1e-9;
    const struct curve_points *points = it->points;
    struct curve_points weighted = weighted_points(it);
    double change = INFINITY;
    for (int round = 0; round < ROUNDS && change > settled; round++) {
        double scale = robust_scale(it->fit, points, it->leverages);
        if (!(scale > 0))
            return EXACT;
        it->scale = scale;
        robust_factors(it->fit, points, it->leverages, scale, it->factors);
        for (size_t i = 0; i < points->count; i++)
            it->weights[i] = it->factors[i] * curve_weight(points, i);
        struct fit *next = fit_solve(it->fit->model, &weighted, options);
        if (!fit_has_parameters(next)) {
            fit_free(next);
            return FAILED;
        }
        change = robust_change(it->fit, next, points);
        fit_free(it->fit);
        it->fit = next;
    }
    return change > settled ? UNSETTLED : SETTLED;
}

/* NULL where there is nothing to reweigh: no parameters, or no point to spare. */
static struct reweighing *reweigh(const struct fit_model *model, const struct curve_points *points,
                                  const struct fit_options *options)
{
    struct fit *start = fit_solve(model, points, options);
    if (!fit_has_parameters(start) || points->count <= start->p) {
        fit_free(start);
        return NULL;
    }
    struct reweighing *it = reweighing_new(points, start);
    it->outcome = settle(it, options);
    return it;
}

/* Breakpoints worth asking about: a median tells noise only while n >= 2p. */
static size_t most_breakpoints(const struct curve_points *points)
{
    struct sites sites;
    sites_init(&sites, points);
    size_t k = 2;
    while (k < FIT_BREAKPOINTS_CHOSEN_MAX && 4 * k <= points->count && 2 * k <= sites.count)
        k++;
    sites_done(&sites);
    return k;
}

static struct reweighing *reweigh_broken_line(const struct curve_points *points, size_t k,
                                              const struct fit_options *asked)
{
    struct fit_options options = *asked;
    options.breakpoints = k;
    return reweigh(&fit_piecewise_linear, points, &options);
}

/*
 * The number of breakpoints by a robust AIC: one that least squares chose would give an outlier
 * knots of its own. All are judged by one scale, the smallest that any of them leaves.
 */
static struct reweighing *reweigh_best(const struct curve_points *points,
                                       const struct fit_options *options)
{
    struct reweighing *tried[FIT_BREAKPOINTS_CHOSEN_MAX + 1] = {NULL};
    double scale = INFINITY, lowest = INFINITY;
    size_t most = 2, best = 2;
    for (size_t k = 2; k <= most; k++) {
        tried[k] = reweigh_broken_line(points, k, options);
        if (!tried[k] || tried[k]->outcome == FAILED)
            continue;
        if (k == 2) /* which says that there are points to go on with */
            most = most_breakpoints(points);
        scale = fmin(scale, robust_scale(tried[k]->fit, points, tried[k]->leverages));
    }
    for (size_t k = 2; k <= most; k++) {
        if (!tried[k] || tried[k]->outcome == FAILED)
            continue;
        double figure = robust_aicc(tried[k]->fit, points, scale);
        if (figure < lowest) {
            lowest = figure;
            best = k;
        }
    }
    for (size_t k = 2; k <= most; k++)
        if (k != best)
            reweighing_free(tried[k]);
    return tried[best];
}

/* Student's t and AICc hold for weights that do not come from the residuals themselves. */
static void forget_what_does_not_hold(struct fit *fit)
{
    for (size_t i = 0; i < FIT_PARAMETERS_MAX; i++)
        fit->std_errors[i] = fit->ci_low[i] = fit->ci_high[i] = NAN;
    for (size_t i = 0; i < fit->statistics.count; i++)
        fit->deleted_residuals[i] = NAN;
    fit->standard_error = fit->aicc = NAN;
    free(fit->covariance);
    fit->covariance = NULL;
}

/* Hands over the fit of a reweighing with its figures. */
static struct fit *take_fit(struct reweighing *it)
{
    struct curve_points weighted = weighted_points(it);
    struct fit *fit = fit_judge(it->fit, &weighted);
    forget_what_does_not_hold(fit);
    fit->weighted = it->points->weights != NULL;
    fit->robust_scale = it->scale;
    fit->robust_weights = it->factors;
    it->factors = NULL;
    it->fit = NULL;
    return fit;
}

static void warn_of(struct fit *fit, enum outcome outcome)
{
    const char *how = fit->robust_weights ? "reweighed no further" : "not reweighed";
    if (outcome == UNSETTLED)
        fit_warn(fit, "still changing after %d rounds of reweighing: one of several fits", ROUNDS);
    else if (outcome == EXACT)
        fit_warn(fit, "%s: more than half of the points lie on it exactly", how);
    else if (outcome == FAILED)
        fit_warn(fit, "%s: the weights led to no fit", how);
}

struct fit *fit_run_robust(const struct fit_model *model, const struct curve_points *points,
                           const struct fit_options *options)
{
    struct fit_options plain = *options;
    plain.robust = false;
    bool choose = model == &fit_piecewise_linear && !options->breakpoints;
    struct reweighing *it =
        choose ? reweigh_best(points, options) : reweigh(model, points, options);
    enum outcome outcome = it ? it->outcome : SETTLED;
    bool usable = it && it->scale > 0 && outcome != FAILED && fit_goes_on(options, model);
    struct fit *fit = usable ? take_fit(it) : fit_judge(fit_solve(model, points, &plain), points);
    warn_of(fit, fit_has_parameters(fit) ? outcome : SETTLED);
    reweighing_free(it);
    return fit;
}
