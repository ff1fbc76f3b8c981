/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Curve models over plain arrays: fit, judge, sample. Knows no file and no JSON.
 *
 * A model is a constant table of functions, one file a model (piecewise_linear.c, log_linear.c,
 * sigmoid.c). Guards, statistics and leave-one-out are common to all and stand in fit.c; AICc and
 * the best of several fits in choice.c. Fits are made without bounds, but for those asked for
 * (monotone, positive), and judged afterwards; p, aicc, loo_rmse, standard_error and "best" follow
 * the project's definitions (README, Definitions).
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

/* What is asked of a fit. All zero: plain least squares that chooses its own breakpoints. */
struct fit_options {
    /*
     * piecewise_linear: the number of breakpoints, from 2 to FIT_BREAKPOINTS_MAX. 0 tries up to 12
     * and takes the number with the lowest AICc, or 2 where AICc is undefined for all (n < 5). With
     * robust, a robust AIC decides instead, among the numbers for which n >= 2p.
     */
    size_t breakpoints;
    bool floor; /* sigmoid: a fourth, free parameter */
    /*
     * With many points a fit can take long. This is called between its steps, unless it is NULL;
     * once it returns false it must go on returning false, and the fit ends as FIT_FAILED with the
     * warning "stopped".
     */
    bool (*keep_going)(void *context, const struct fit_model *model);
    void *context;
    /*
     * This fit is one of many that each leave a point out: try only the given number of
     * breakpoints, and fewer arrangements of them.
     */
    bool one_left_out;
    bool robust;   /* lower the weights of points far off, down to 0 (bisquare), and fit again */
    bool monotone; /* efficiency never falls as FLOPs rise */
    bool positive; /* efficiency stays at or above a bound: struct fit_constraint */
    /*
     * The range in FLOPs, beyond the points, on which positive must hold too: a saved fit is
     * sampled there. 0: only at the points.
     */
    double low, high;
};

/*
 * The constraint that a fit was held to. The bound is a hundredth of the smallest positive mean
 * among the points. It holds from the first point to the last, and from low to high where the
 * options ask for that. A sigmoid never reaches its ends: there the plateau must be positive, and a
 * floor at or above the bound.
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

/*
 * A fit and its figures. Made by fit_run, freed by fit_free; nothing in it is borrowed but the
 * model and the names. n is the number of points, p that of free parameters.
 */
struct fit {
    const struct fit_model *model;
    enum fit_status status;

    size_t parameter_count; /* 0 for piecewise_linear: its parameters are the breakpoints */
    const char *parameter_names[FIT_PARAMETERS_MAX];
    /* The sigmoid of flat points has only its plateau; its other parameters are NaN. */
    double parameters[FIT_PARAMETERS_MAX];
    double std_errors[FIT_PARAMETERS_MAX]; /* NaN where undefined */
    /* 95 % intervals by Student's t with n - p degrees of freedom; NaN where undefined. */
    double ci_low[FIT_PARAMETERS_MAX], ci_high[FIT_PARAMETERS_MAX];
    bool weighted;                  /* the points came with weights */
    size_t p;                       /* piecewise_linear: 2k - 2 for k breakpoints */
    struct breakpoint *breakpoints; /* piecewise_linear: the knots; else NULL */
    size_t breakpoint_count;
    /* piecewise_linear: every number of breakpoints that was tried. None of a robust fit. */
    struct fit_choice *choices;
    size_t choice_count;

    double *residuals; /* statistics.count of them, in the order of the points */
    /*
     * Both one a point, NaN where undefined; of what is not linear (the sigmoid, the positions of
     * knots) to first order. A leverage is how much of its own prediction the point makes, from 0
     * to 1; they sum to p. A deleted residual is the residual over the standard deviation that the
     * other points give it: Student's t with n - p - 1 degrees of freedom where the model holds;
     * undefined also where rounding is all that is left of the points.
     */
    double *leverages, *deleted_residuals;
    double deleted_limit; /* the largest |deleted residual| that chance allows; NaN: undefined */
    /*
     * The share of each point's weight that the robust option left, 0 to 1. NULL without that
     * option, and where it could not be applied, which a warning says. statistics, leverages and
     * loo_rmse are of the fit with these weights. As the weights come from the residuals, whatever
     * rests on Student's t or on AICc is undefined: std_errors, ci_low, ci_high, standard_error,
     * aicc, covariance, the bands, deleted_residuals and choices.
     */
    double *robust_weights;
    double robust_scale; /* the standard deviation behind those weights; NaN without them */
    double *covariance;  /* p x p, of the parameters, over standard_error^2; NULL: undetermined */
    struct curve_statistics statistics;

    struct fit_constraint constraint;
    /*
     * The sum of squared residuals (weighted as statistics.ss_res) of this fit, and that of the
     * same model with as many breakpoints and no constraint. NaN where there is no constraint.
     *
     * Equal sums: the constraint is not active, and the fit is the free one, but for loo_rmse (each
     * of its refits is held too) and choices.
     *
     * Else it is active. p, aicc and standard_error still count every parameter, which errs on the
     * safe side. What assumes a free optimum is undefined for all parameters, as the free ones
     * depend on the held ones: std_errors, ci_low, ci_high, covariance, the bands, leverages and
     * deleted_residuals.
     */
    double sse, sse_free;
    /*
     * The names of what the constraint holds: "slope" or "steepness" (at 0), "floor", "segment 2"
     * (level), "breakpoint 0" (at the bound; both count from 0), "first point" or "last point" (the
     * curve there is at the bound), "lower end" or "upper end" (the same where the range reaches
     * beyond the points). Empty although the constraint is active where another optimum of least
     * squares is allowed as it is.
     */
    char **at_bound;
    size_t at_bound_count;

    double standard_error; /* sqrt(SS_res / (n - p)); NaN at n <= p */
    double aicc;           /* NaN where its denominator is not positive */
    /*
     * The root mean square of mean - prediction, each point predicted by a fit to all others. For
     * log_linear that follows from the leverages; other models are refitted, with positions free
     * and the number of breakpoints kept. NaN where such a fit is undefined, at n <= p, and beyond
     * 64 points, which a warning says.
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
