/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a curve model is to fit.c: a table of functions. Private to this folder. */
#ifndef FIT_MODEL_H
#define FIT_MODEL_H

#include <math.h>

#include "fit/fit.h"

/* The most breakpoints that are tried where nobody says how many. */
enum { FIT_BREAKPOINTS_CHOSEN_MAX = 12 };

struct fit_model {
    const char *name;
    /* Free parameters under these options; the fewest it may have where it chooses itself. */
    size_t (*parameter_count)(const struct fit_options *options);
    /*
     * Fills parameters, breakpoints, p, and FIT_OK, FIT_UNIDENTIFIED or FIT_FAILED with a warning.
     * std_errors receives sqrt(diag((J'WJ)^-1)); fit.c scales it by the standard error. The points
     * are valid, there are at least parameter_count of them, at two or more sizes. Where
     * fit->constraint is active, what it holds is in at_bound, and sse_free is known
     * (constraint.h).
     */
    void (*run)(struct fit *fit, const struct curve_points *points,
                const struct fit_options *options);
    double (*evaluate)(const struct fit *fit, double flops);
    bool straight; /* in log10 of FLOPs, throughout */
    /*
     * The derivatives of that by each of the p parameters: of piecewise_linear first the heights of
     * all knots, then log10 of the positions of the inner ones.
     */
    void (*gradient)(const struct fit *fit, double flops, double *row);
    /* errors (one a point, NaN before): mean - what the fit to all other points predicts there. */
    void (*leave_one_out)(const struct fit *fit, const struct curve_points *points, double *errors);
    /* The most points for which that is affordable; 0: any number. */
    size_t leave_one_out_max;
};

extern const struct fit_model fit_piecewise_linear;
extern const struct fit_model fit_log_linear;
extern const struct fit_model fit_sigmoid;

/* The model's parameters for these points, without any figures. */
struct fit *fit_solve(const struct fit_model *model, const struct curve_points *points,
                      const struct fit_options *options);

/* The same under a constraint that does not come from these points. */
struct fit *fit_solve_under(const struct fit_model *model, const struct curve_points *points,
                            const struct fit_options *options,
                            const struct fit_constraint *constraint);

/* Gives a solved fit its figures; returns it. */
struct fit *fit_judge(struct fit *fit, const struct curve_points *points);

/* What makes the square of a residual a weighted one. */
static inline double fit_root_weight(const struct curve_points *points, size_t index)
{
    return sqrt(curve_weight(points, index));
}

/* Whether nobody asked to stop; see fit_options. */
bool fit_goes_on(const struct fit_options *options, const struct fit_model *model);

/* Appends a formatted sentence to the warnings. */
void fit_warn(struct fit *fit, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Warns that the fit crosses zero at a size; the unit is the caller's data's. */
void fit_warn_zero(struct fit *fit, double flops);

/* The SSE that rounding alone leaves: a fit with no more goes exactly through the points. */
double fit_rounding_sse(const struct curve_points *points);

/*
 * n ln(SSE/n) + 2K + 2K(K + 1)/(n - K - 1) with K = p + 1 (Hurvich and Tsai 1989); NaN where its
 * denominator is not positive. An SSE below fit_rounding_sse counts as that much, so that
 * among perfect fits the one with the fewest parameters wins and none is -infinity.
 */
double fit_aicc(const struct curve_points *points, double sse, size_t p);

/* What of that the parameters cost. */
double fit_aicc_price(size_t n, size_t p);

#endif
