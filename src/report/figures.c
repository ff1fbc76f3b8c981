/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the figures of a fit are, and why some are not. */
#include "report/figures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char robust_reason[] = "the weights come from the residuals: robust";
static const char held_reason[] = "held to a constraint: what rests on the free optimum is unknown";

/* The list as it grows. */
struct figure_list {
    const struct laboratory *laboratory;
    const struct fit *fit;
    struct figure *figures;
    size_t count;
};

/* The reason is kept only where there is no value; NULL: none is known. */
static void add(struct figure_list *list, const char *name, double value, const char *formula,
                const char *reason)
{
    struct figure *figure = &list->figures[list->count++];
    *figure = (struct figure){.name = name, .value = value, .formula = formula};
    if (isnan(value) && reason)
        snprintf(figure->reason, sizeof figure->reason, "%s", reason);
}

/* The warning that begins so, past that; NULL where there is none. */
static const char *warning_after(const struct fit *fit, const char *beginning)
{
    for (size_t i = 0; i < fit->warning_count; i++)
        if (strncmp(fit->warnings[i], beginning, strlen(beginning)) == 0)
            return fit->warnings[i] + strlen(beginning);
    return NULL;
}

/* What leaves every figure without a value; false where nothing does. */
static bool explain_no_fit(const struct fit *fit, char reason[FIGURE_REASON_MAX])
{
    if (fit_has_parameters(fit))
        return false;
    snprintf(reason, FIGURE_REASON_MAX, "there is no fit: %s",
             fit->warning_count ? fit->warnings[0] : fit_status_name(fit->status));
    return true;
}

/*
 * What is left of n once taken are the parameters and as many more. False where that is positive.
 */
static bool explain_freedom(const struct fit *fit, size_t more, char reason[FIGURE_REASON_MAX])
{
    long spare = (long)fit->statistics.count - (long)fit->p - (long)more;
    char less[24] = "";
    if (spare > 0)
        return false;
    if (more)
        snprintf(less, sizeof less, " - %zu", more);
    snprintf(reason, FIGURE_REASON_MAX,
             "n - p%s is %ld: nothing is left to estimate the error from", less, spare);
    return true;
}

/* Why the Jacobian gives no covariance. */
static void explain_singular(const struct fit *fit, char reason[FIGURE_REASON_MAX])
{
    const char *unidentified = warning_after(fit, "unidentified: ");
    if (warning_after(fit, "leverages and bands not computed"))
        snprintf(reason, FIGURE_REASON_MAX, "too many points for a covariance");
    else
        snprintf(reason, FIGURE_REASON_MAX, "the covariance is singular: %s",
                 unidentified ? unidentified : "the points do not tell the parameters apart");
}

/* Why what rests on the covariance is undefined where it is. */
static void explain_covariance(const struct fit *fit, size_t more, char reason[FIGURE_REASON_MAX])
{
    if (explain_no_fit(fit, reason))
        return;
    if (fit->robust_weights)
        snprintf(reason, FIGURE_REASON_MAX, "%s", robust_reason);
    else if (explain_freedom(fit, more, reason))
        return;
    else if (fit_constraint_is_active(fit))
        snprintf(reason, FIGURE_REASON_MAX, "%s", held_reason);
    else
        explain_singular(fit, reason);
}

static void explain_loo(const struct fit *fit, char reason[FIGURE_REASON_MAX])
{
    const char *skipped = warning_after(fit, "left-out error not computed: ");
    if (explain_no_fit(fit, reason) || explain_freedom(fit, 0, reason))
        return;
    if (skipped)
        snprintf(reason, FIGURE_REASON_MAX, "not computed: %s", skipped);
    else
        snprintf(reason, FIGURE_REASON_MAX, "without some point there is no fit to the others");
}

/* What a set of residuals alone tells. */
static void add_residual_figures(struct figure_list *list, double r_squared,
                                 const struct curve_statistics *statistics, const char *no_fit)
{
    bool weighted = list->laboratory->weights != NULL;
    const char *flat = "SS_tot is 0: all points have the same efficiency";
    add(list, "r_squared", r_squared,
        weighted ? "1 - SS_res / SS_tot, both weighted" : "1 - SS_res / SS_tot",
        no_fit ? no_fit : flat);
    if (weighted)
        add(list, "r_squared_unweighted", statistics->r_squared_unweighted,
            "the same with every point counting alike", no_fit ? no_fit : flat);
    add(list, "residual_std", statistics->residual_std,
        "standard deviation of the residuals, n - 1",
        no_fit ? no_fit : "a single point has no spread");
    add(list, "max_residual", statistics->max_residual, "the largest |residual|",
        no_fit ? no_fit : "there is no point");
}

static void add_error_figures(struct figure_list *list)
{
    const struct fit *fit = list->fit;
    char reason[FIGURE_REASON_MAX] = "";
    explain_covariance(fit, 0, reason);
    add(list, "standard_error", fit->standard_error, "square root of SS_res / (n - p)", reason);
    if (!explain_no_fit(fit, reason) && fit->robust_weights)
        snprintf(reason, sizeof reason, "%s", robust_reason);
    else if (fit_has_parameters(fit))
        explain_freedom(fit, 2, reason);
    add(list, "aicc", fit->aicc, "n ln(SS_res / n) + 2K + 2K(K + 1) / (n - K - 1), K = p + 1",
        reason);
    explain_loo(fit, reason);
    add(list, "loo_rmse", fit->loo_rmse, "RMS error at points left out of the fit", reason);
}

/* A line a parameter; knots are known through the band alone. */
static void add_std_errors(struct figure_list *list)
{
    const struct fit *fit = list->fit;
    char reason[FIGURE_REASON_MAX] = "";
    explain_covariance(fit, 0, reason);
    for (size_t i = 0; i < fit->parameter_count; i++)
        add(list, fit->parameter_names[i], fit->std_errors[i], "standard error of that parameter",
            isnan(fit->parameters[i]) ? "flat data does not have this parameter" : reason);
    if (fit->breakpoint_count)
        add(list, "std_errors", NAN, "standard errors of positions and heights",
            "breakpoints depend on each other: see how far the curve is known, the band");
}

/* Half the width of a band in the middle of the fitted sizes. */
static double half_width(const struct laboratory *laboratory, const struct fit *fit,
                         enum fit_band band)
{
    double low = INFINITY, high = 0, lower, upper;
    for (size_t i = 0; i < laboratory->points.count; i++) {
        low = fmin(low, laboratory->flops[i]);
        high = fmax(high, laboratory->flops[i]);
    }
    return fit_band(fit, band, sqrt(low) * sqrt(high), &lower, &upper) ? (upper - lower) / 2 : NAN;
}

static void add_bands(struct figure_list *list)
{
    const struct fit *fit = list->fit;
    char reason[FIGURE_REASON_MAX] = "";
    explain_covariance(fit, 0, reason);
    add(list, "confidence band", half_width(list->laboratory, fit, FIT_BAND_CONFIDENCE),
        "half width of the 95 % band, mid-range", reason);
    if (fit->weighted && !fit->robust_weights && fit->covariance)
        snprintf(reason, sizeof reason, "nothing says what a new point would weigh");
    add(list, "prediction band", half_width(list->laboratory, fit, FIT_BAND_PREDICTION),
        "half width of that of new points there", reason);
}

static void add_deleted(struct figure_list *list)
{
    const struct fit *fit = list->fit;
    char reason[FIGURE_REASON_MAX] = "";
    double worst = NAN;
    for (size_t i = 0; i < fit->statistics.count; i++)
        worst = fmax(worst, fabs(fit->deleted_residuals[i]));
    explain_covariance(fit, 1, reason);
    if (fit->covariance && fit->statistics.count > fit->p + 1)
        snprintf(reason, sizeof reason, "without any one point the others are met exactly");
    add(list, "deleted residual", worst, "largest |residual| / error without that point", reason);
}

size_t figures_of_fit(const struct laboratory *laboratory, const struct fit *fit,
                      struct figure figures[FIGURES_MAX])
{
    struct figure_list list = {laboratory, fit, figures, 0};
    char reason[FIGURE_REASON_MAX] = "";
    bool none = explain_no_fit(fit, reason);
    add_residual_figures(&list, laboratory_r_squared(laboratory, fit), &fit->statistics,
                         none ? reason : NULL);
    add_error_figures(&list);
    add_std_errors(&list);
    add_bands(&list);
    add_deleted(&list);
    return list.count;
}

size_t figures_of_curve(const struct laboratory *laboratory, const struct curve *curve,
                        struct figure figures[FIGURES_MAX])
{
    static const char reason[] = "this curve was not fitted here: its parameters are not counted";
    struct figure_list list = {laboratory, NULL, figures, 0};
    struct curve_statistics statistics;
    curve_statistics(curve, &laboratory->points, &statistics, NULL);
    add_residual_figures(&list, statistics.r_squared, &statistics,
                         curve->count ? NULL : "the curve has no breakpoints");
    add(&list, "aicc", NAN, "n ln(SS_res / n) + 2K + 2K(K + 1) / (n - K - 1)", reason);
    add(&list, "loo_rmse", NAN, "RMS error at points left out of the fit", reason);
    return list.count;
}
