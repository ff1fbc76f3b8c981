/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the figures of a fit are, and why some are not. */
#include "report/figures_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char robust_reason[] = "the weights come from the residuals: robust";
static const char held_reason[] = "held to a constraint: what rests on the free optimum is unknown";

/* What the figures are of, and the list as it grows. */
struct fit_figures {
    struct figure_list list;
    const struct laboratory *laboratory;
    const struct fit *fit; /* NULL: of a curve that was not fitted */
};

/* The text of a warning behind the beginning that is asked for; NULL where no warning begins so. */
static const char *warning_after(const struct fit *fit, const char *beginning)
{
    for (size_t i = 0; i < fit->warning_count; i++)
        if (strncmp(fit->warnings[i], beginning, strlen(beginning)) == 0)
            return fit->warnings[i] + strlen(beginning);
    return NULL;
}

/* Says why there is no fit, and so no figure has a value; false where there is one. */
static bool explain_no_fit(const struct fit *fit, char reason[FIGURE_TEXT_MAX])
{
    if (fit_has_parameters(fit))
        return false;
    snprintf(reason, FIGURE_TEXT_MAX, "there is no fit: %s",
             fit->warning_count ? fit->warnings[0] : fit_status_name(fit->status));
    return true;
}

/* Says that n points leave nothing beside the parameters and more; false where they do. */
static bool explain_freedom(const struct fit *fit, size_t more, char reason[FIGURE_TEXT_MAX])
{
    long spare = (long)fit->statistics.count - (long)fit->p - (long)more;
    char less[24] = "";
    if (spare > 0)
        return false;
    if (more)
        snprintf(less, sizeof less, " - %zu", more);
    snprintf(reason, FIGURE_TEXT_MAX, "n - p%s is %ld: nothing is left to estimate the error from",
             less, spare);
    return true;
}

/* Why the Jacobian gives no covariance. */
static void explain_singular(const struct fit *fit, char reason[FIGURE_TEXT_MAX])
{
    const char *unidentified = warning_after(fit, "unidentified: ");
    if (warning_after(fit, "leverages and bands not computed"))
        snprintf(reason, FIGURE_TEXT_MAX, "too many points for a covariance");
    else
        snprintf(reason, FIGURE_TEXT_MAX, "the covariance is singular: %s",
                 unidentified ? unidentified : "the points do not tell the parameters apart");
}

/* Why what rests on the covariance is undefined where it is. */
static void explain_covariance(const struct fit *fit, size_t more, char reason[FIGURE_TEXT_MAX])
{
    if (explain_no_fit(fit, reason))
        return;
    if (fit->robust_weights)
        snprintf(reason, FIGURE_TEXT_MAX, "%s", robust_reason);
    else if (explain_freedom(fit, more, reason))
        return;
    else if (fit_constraint_is_active(fit))
        snprintf(reason, FIGURE_TEXT_MAX, "%s", held_reason);
    else
        explain_singular(fit, reason);
}

static void explain_loo(const struct fit *fit, char reason[FIGURE_TEXT_MAX])
{
    const char *skipped = warning_after(fit, "left-out error not computed: ");
    if (explain_no_fit(fit, reason) || explain_freedom(fit, 0, reason))
        return;
    if (skipped)
        snprintf(reason, FIGURE_TEXT_MAX, "not computed: %s", skipped);
    else
        snprintf(reason, FIGURE_TEXT_MAX, "without some point there is no fit to the others");
}

static void add_residuals(struct fit_figures *figures, double r_squared,
                          const struct curve_statistics *statistics, const char *none)
{
    bool weighted = figures->laboratory->weights != NULL;
    figure_add_residuals(&figures->list, r_squared,
                         weighted ? "1 - SS_res / SS_tot, both weighted" : "1 - SS_res / SS_tot",
                         weighted, statistics, none);
}

static void add_error_figures(struct fit_figures *figures)
{
    const struct fit *fit = figures->fit;
    char reason[FIGURE_TEXT_MAX] = "";
    explain_covariance(fit, 0, reason);
    figure_add(&figures->list, "standard_error", fit->standard_error,
               "square root of SS_res / (n - p)", reason);
    if (!explain_no_fit(fit, reason) && fit->robust_weights)
        snprintf(reason, sizeof reason, "%s", robust_reason);
    else if (fit_has_parameters(fit))
        explain_freedom(fit, 2, reason);
    figure_add(&figures->list, "aicc", fit->aicc,
               "n ln(SS_res / n) + 2K + 2K(K + 1) / (n - K - 1), K = p + 1", reason);
    explain_loo(fit, reason);
    figure_add(&figures->list, "loo_rmse", fit->loo_rmse, "RMS error at points left out of the fit",
               reason);
}

/* A line a parameter; knots are known through the band alone. */
static void add_std_errors(struct fit_figures *figures)
{
    const struct fit *fit = figures->fit;
    char reason[FIGURE_TEXT_MAX] = "";
    explain_covariance(fit, 0, reason);
    for (size_t i = 0; i < fit->parameter_count; i++) {
        char name[FIGURE_NAME_MAX];
        bool lacking = isnan(fit->parameters[i]);
        snprintf(name, sizeof name, "std error %s", fit->parameter_names[i]);
        struct figure *figure =
            figure_add(&figures->list, name, fit->std_errors[i], "",
                       lacking ? "flat data does not have this parameter" : reason);
        if (!lacking)
            figure_say(figure, "standard error of the %s, which is %.5g", fit->parameter_names[i],
                       fit->parameters[i]);
    }
    if (fit->breakpoint_count)
        figure_add(&figures->list, "std_errors", NAN, "standard errors of positions and heights",
                   "breakpoints depend on each other: see how far the curve is known, the band");
}

/* Half the width of a band in the middle of the fitted sizes. */
static double half_width(const struct laboratory *laboratory, const struct fit *fit,
                         enum fit_band band)
{
    struct curve_span sizes = curve_points_span(&laboratory->points);
    double middle = sqrt(sizes.low) * sqrt(sizes.high), lower, upper;
    return fit_band(fit, band, middle, &lower, &upper) ? (upper - lower) / 2 : NAN;
}

static void add_bands(struct fit_figures *figures)
{
    const struct fit *fit = figures->fit;
    char reason[FIGURE_TEXT_MAX] = "";
    explain_covariance(fit, 0, reason);
    figure_add(&figures->list, "confidence band",
               half_width(figures->laboratory, fit, FIT_BAND_CONFIDENCE),
               "half width of the 95 % band, mid-range", reason);
    if (fit->weighted && !fit->robust_weights && fit->covariance)
        snprintf(reason, sizeof reason, "nothing says what a new point would weigh");
    figure_add(&figures->list, "prediction band",
               half_width(figures->laboratory, fit, FIT_BAND_PREDICTION),
               "half width of that of new points there", reason);
}

static void add_deleted(struct fit_figures *figures)
{
    const struct fit *fit = figures->fit;
    char reason[FIGURE_TEXT_MAX] = "";
    double worst = NAN;
    for (size_t i = 0; i < fit->statistics.count; i++)
        worst = fmax(worst, fabs(fit->deleted_residuals[i]));
    explain_covariance(fit, 1, reason);
    if (fit->covariance && fit->statistics.count > fit->p + 1)
        snprintf(reason, sizeof reason, "without any one point the others are met exactly");
    figure_add(&figures->list, "deleted residual", worst,
               "largest |residual| / error without that point", reason);
}

size_t figures_of_fit(const struct laboratory *laboratory, const struct fit *fit,
                      struct figure figures[FIGURES_MAX])
{
    struct fit_figures of = {{figures, 0}, laboratory, fit};
    char reason[FIGURE_TEXT_MAX] = "";
    bool none = explain_no_fit(fit, reason);
    add_residuals(&of, laboratory_r_squared(laboratory, fit), &fit->statistics,
                  none ? reason : NULL);
    add_error_figures(&of);
    add_std_errors(&of);
    add_bands(&of);
    add_deleted(&of);
    return of.list.count;
}

size_t figures_of_curve(const struct laboratory *laboratory, const struct curve *curve,
                        struct figure figures[FIGURES_MAX])
{
    static const char reason[] = "this curve was not fitted here: its parameters are not counted";
    struct fit_figures of = {{figures, 0}, laboratory, NULL};
    struct curve_statistics statistics;
    curve_statistics(curve, &laboratory->points, &statistics, NULL);
    add_residuals(&of, statistics.r_squared, &statistics,
                  curve->count ? NULL : "the curve has no breakpoints");
    figure_add(&of.list, "aicc", NAN, "n ln(SS_res / n) + 2K + 2K(K + 1) / (n - K - 1)", reason);
    figure_add(&of.list, "loo_rmse", NAN, "RMS error at points left out of the fit", reason);
    return of.list.count;
}
