/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Curve models over plain arrays: fit, judge, sample. Knows no file and no JSON.
 *
 * A model is a constant table of functions, one file a model (piecewise_linear.c, log_linear.c,
 * sigmoid.c). What is common to all stands in fit.c: guards, statistics, leave-one-out, AICc, the
 * choice of the best. Fits are made without bounds, but for those asked for (monotone, positive),
 * and judged afterwards; p, aicc, loo_rmse, standard_error and "best" follow the project's
 * definitions (README, Definitions).
 */
#ifndef FIT_FIT_H
#define FIT_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "curve/curve.h"

enum fit_status {
    FIT_OK,
    FIT_UNIDENTIFIED,   /* the data does not determine the parameters; a warning names the test */
    FIT_TOO_FEW_POINTS, /* n < p: no parameters */
    /*
     * No parameters either: unusable points, one size only, or the numerics gave up. A warning says
     * why.
     */
    FIT_FAILED,
};

struct fit_model;

enum { FIT_PARAMETERS_MAX = 4, FIT_BREAKPOINTS_MAX = 64 };

struct fit_options {
    /*
     * piecewise_linear: how many, from 2 to FIT_BREAKPOINTS_MAX; 0: the number with the best AICc,
     * up to 12; 2 where it is defined for none (n < 5). With robust a robust AIC of those with
     * n >= 2p, on one scale for all.
     */
    size_t breakpoints;
    bool floor; /* sigmoid: a fourth, free parameter */
    /*
     * Asked between the steps of a fit of model, of which many points can make a fit take long;
     * NULL: nobody. Once it has said no it goes on saying so, and the fit is FIT_FAILED, "stopped".
     */
    bool (*keep_going)(void *context, const struct fit_model *model);
    void *context;
    /* One of many such fits: breakpoints are given, no others are tried, and fewer arrangements. */
    bool one_left_out;
    bool robust;   /* reweigh the points until those that do not belong have no say (bisquare) */
    bool monotone; /* efficiency never falls as FLOPs rise */
    bool positive; /* efficiency stays at or above a bound: struct fit_constraint */
    /* FLOPs between which that is to hold, too, as a fit is saved there; 0: only at the points. */
    double low, high;
};

/*
 * What a fit was held to. The bound is a hundredth of the smallest positive mean among the points,
 * and holds from the first point to the last, and from low to high where the options ask; of the
 * sigmoid, which never gets to its ends, the plateau is positive and a floor at or above the bound.
 */
struct fit_constraint {
    bool monotone, positive;
    double bound;     /* a fraction of peak, > 0; NaN where not positive */
    double low, high; /* FLOPs; 0: no more than the points */
};

/* piecewise_linear with one number of breakpoints. */
struct fit_choice {
    size_t breakpoints;
    double sse;  /* weighted where weights are given */
    double aicc; /* NaN where undefined */
};

/* Made by fit_run, freed by fit_free; nothing in it is borrowed but model and names. */
struct fit {
    const struct fit_model *model;
    enum fit_status status;
    size_t parameter_count; /* 0 for piecewise_linear: its parameters are the breakpoints */
    const char *parameter_names[FIT_PARAMETERS_MAX];
    /* Of a flat curve the sigmoid has only its plateau, the others are NaN. */
    double parameters[FIT_PARAMETERS_MAX];
    double std_errors[FIT_PARAMETERS_MAX]; /* NaN where undefined */
    /* 95 %, by Student's t with n - p degrees of freedom; NaN where undefined */
    double ci_low[FIT_PARAMETERS_MAX], ci_high[FIT_PARAMETERS_MAX];
    bool weighted;                  /* the points came with weights */
    size_t p;                       /* free parameters, 2k - 2 for k breakpoints */
    struct breakpoint *breakpoints; /* piecewise_linear: the knots; else NULL */
    size_t breakpoint_count;
    /* piecewise_linear: every number of breakpoints that was tried; empty where reweighed. */
    struct fit_choice *choices;
    size_t choice_count;
    double *residuals; /* statistics.count of them, in the order of the data */
    /*
     * One a point: how much of its own prediction a point makes (0 to 1, their sum is p), and its
     * residual over the standard deviation that the other points give it (Student's t with
     * n - p - 1 degrees of freedom where the model holds). NaN where the points do not tell. To
     * first order for what is not linear: the sigmoid, and the positions of knots.
     */
    double *leverages, *deleted_residuals;
    double deleted_limit; /* the largest |deleted residual| that chance allows; NaN: undefined */
    /*
     * What the robust option left of each point's weight, 0 to 1; NULL without it, and where
     * nothing could be reweighed, which a warning says. statistics, leverages and loo_rmse are
     * those of the fit so weighted. What rests on Student's t or on AICc is undefined, as the
     * weights come from the residuals themselves: std_errors, ci_low, ci_high, standard_error,
     * aicc, covariance, and so the bands, deleted_residuals and choices (which are empty).
     */
    double *robust_weights;
    double robust_scale; /* the standard deviation that tells those; weighted, NaN without them */
    double *covariance;  /* p x p, of the parameters over standard_error^2; NULL: not determined */
    struct curve_statistics statistics;
    struct fit_constraint constraint;
    /*
     * The sums of squared residuals (weighted as statistics.ss_res is) of this fit and of the same
     * model without the constraint, with as many breakpoints; NaN where there is no constraint.
     * Where they are equal it is not active: then nothing differs from a fit without it but
     * loo_rmse, which holds every refit to it, and the table of choices. Where it is active p, and
     * with it aicc and standard_error, counts parameters as without it, which is on the safe side;
     * and what rests on the free optimum (Student's t about a vanishing gradient) is undefined for
     * all parameters, as those that are free depend on those that are held: std_errors, ci_low,
     * ci_high, covariance, and so the bands, leverages and deleted_residuals.
     */
    double sse, sse_free;
    /*
     * What is held on the edge of what is allowed: "slope", "steepness" (at 0), "floor", "segment
     * 2" (level), "breakpoint 0" (at the bound; both from 0), "first point", "last point" (at the
     * bound; "lower end", "upper end" where that reaches beyond the points). Nothing, though the
     * constraint is active, where another optimum of least squares is allowed.
     */
    char **at_bound;
    size_t at_bound_count;
    double standard_error; /* sqrt(SS_res/(n - p)); NaN at n <= p */
    double aicc;           /* NaN where its denominator is not positive */
    /*
     * Root mean square of mean - prediction at each point of a fit to all others: by leverage for
     * log_linear, by refitting everything for the others (positions too, the number of breakpoints
     * kept). NaN where such a fit is not defined, n <= p, or beyond 64 points (a warning says so).
     */
    double loo_rmse;
    char **warnings; /* sentences */
    size_t warning_count;
};

/* The models in the order in which tables show them: piecewise_linear, log_linear, sigmoid. */
size_t fit_model_count(void);
const struct fit_model *fit_model_at(size_t index);
const struct fit_model *fit_model_find(const char *name); /* NULL where there is none */
const char *fit_model_name(const struct fit_model *model);
const char *fit_status_name(enum fit_status status); /* "ok", "unidentified", ... as in JSON */

/*
 * Fits model to points (in any order; duplicates allowed; weights as given). Always returns a fit:
 * what went wrong is its status and warnings. The caller frees it with fit_free.
 */
struct fit *fit_run(const struct fit_model *model, const struct curve_points *points,
                    const struct fit_options *options);
void fit_free(struct fit *fit);

/* Whether there is a curve to evaluate: the fit is ok, or unidentified. */
bool fit_has_parameters(const struct fit *fit);

/* The fitted efficiency at a size; NaN where the fit has no parameters. */
double fit_evaluate(const struct fit *fit, double flops);

/*
 * The lowest aicc among fits that are ok, where all of these have one; else the lowest loo_rmse;
 * else NULL. Entries may be NULL.
 */
const struct fit *fit_best(const struct fit *const *fits, size_t count);

/* Whether that goes by aicc, and not by loo_rmse. */
bool fit_best_is_by_aicc(const struct fit *const *fits, size_t count);

/* How a fit becomes breakpoints. */
struct fit_sampling {
    double low, high; /* FLOPs: the range that is sampled */
    double tolerance; /* how close a line between breakpoints stays to the model: 0.01 is 1 % */
};

/*
 * Breakpoints that a piecewise-linear reader can use: the knots themselves, or a sampling of the
 * model, as few as keep such a reader within the tolerance, checked at 10,000 places. At least two,
 * values of the model, with the error spread evenly over the segments. The caller frees *out.
 * False, with *out untouched, where the fit has no parameters, a sampled range is not
 * 0 < low < high, or the model is not positive on the range (a knot anywhere is not): then
 * *bad_flops, if given, is a size at which it is not, and is left alone for the other reasons.
 */
bool fit_sample(const struct fit *fit, const struct fit_sampling *sampling, struct breakpoint **out,
                size_t *count, double *bad_flops);

/*
 * Whether fit_sample would find breakpoints between low and high FLOPs: asked at both ends and at
 * the knots, between which every model rises or falls throughout.
 */
bool fit_can_sample(const struct fit *fit, double low, double high);

/*
 * Whether a point does not belong to the rest: its deleted residual is beyond what chance allows to
 * one of n points once in 20 fits (Bonferroni). The rule can fire at any n above p + 1, which
 * "farther than 3 standard deviations" cannot below n = 11. Of a robust fit: its robust weight is
 * below 0.01, as it is beyond 4.44 robust standard deviations.
 */
bool fit_is_outlier(const struct fit *fit, size_t index);

/*
 * Whether a finished fit is another one than the free one. It need not be held by anything: where
 * least squares has several optima, the best one that is allowed may be one of them.
 */
bool fit_constraint_is_active(const struct fit *fit);

enum fit_band {
    FIT_BAND_CONFIDENCE, /* where the curve is, at one size, with 95 % confidence */
    FIT_BAND_PREDICTION, /* where a new point would be */
};

/*
 * The band at a size, pointwise; false where it is not defined: n <= p, nothing determined, or a
 * prediction of a weighted fit, as nothing says what the new point would weigh.
 */
bool fit_band(const struct fit *fit, enum fit_band band, double flops, double *low, double *high);

/*
 * Has GSL report errors as status values instead of aborting, but for a failed allocation, which
 * ends the program as any other does. Call once before the first fit.
 */
void fit_setup(void);

#endif
