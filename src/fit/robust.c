/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bisquare weights, as gsl_multifit_robust makes them for linear models (residuals adjusted by
 * leverage, scale by the median absolute residual: DuMouchel and O'Brien 1989), for any model.
 */
#include "fit/robust.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "fit/model.h"

static const double tuning = 4.685;         /* 95 % efficient where the noise is normal */
static const double normal_median = 0.6745; /* of |z|, z standard normal */
static const double highest_leverage = 0.9999;
static const double exact = 1e-12;        /* of the largest efficiency: what rounding leaves */
static const double known = 1e-9;         /* likewise: what is left to reweigh where that stops */
static const double least_factor = 1e-10; /* weights are positive: this is as good as none */

/* |residual| as its weight and leverage make it comparable with the others. */
static double adjusted(const struct fit *fit, const struct curve_points *points,
                       const double *leverages, size_t i)
{
    double residual = points->efficiency[i] - fit_evaluate(fit, points->flops[i]);
    double leverage = isnan(leverages[i]) ? 0 : fmin(leverages[i], highest_leverage);
    return fabs(residual) * fit_root_weight(points, i) / sqrt(1 - leverage);
}

/* Of the n adjusted residuals the p - 1 smallest say nothing: the fit goes nearly through them. */
static double robust_sigma(const double *residuals, size_t n, size_t p)
{
    double *sorted = memory_copy(residuals, n, sizeof *sorted);
    gsl_sort(sorted, 1, n);
    double sigma = gsl_stats_median_from_sorted_data(sorted + p - 1, 1, n - p + 1) / normal_median;
    free(sorted);
    return sigma;
}

double robust_scale(const struct fit *fit, const struct curve_points *points,
                    const double *leverages)
{
    size_t n = points->count;
    double *residuals = memory_new_array(n, sizeof *residuals), largest = 0;
    for (size_t i = 0; i < n; i++) {
        residuals[i] = adjusted(fit, points, leverages, i);
        largest = fmax(largest, fabs(points->efficiency[i]) * fit_root_weight(points, i));
    }
    double sigma = robust_sigma(residuals, n, fit->p);
    free(residuals);
    return sigma > exact * largest ? sigma : 0;
}

void robust_factors(const struct fit *fit, const struct curve_points *points,
                    const double *leverages, double scale, double *factors)
{
    for (size_t i = 0; i < points->count; i++) {
        double u = adjusted(fit, points, leverages, i) / (tuning * scale);
        factors[i] = fmax(u < 1 ? pow(1 - u * u, 2) : 0, least_factor);
    }
}

/* c^2/6 (1 - (1 - (u/c)^2)^3) within c, and level beyond: half of u^2 where u is small. */
static double loss(double u)
{
    double v = fmin(u / tuning * (u / tuning), 1);
    return tuning * tuning / 6 * (1 - pow(1 - v, 3));
}

double robust_aicc(const struct fit *fit, const struct curve_points *points, double scale)
{
    double sum = 0, largest = 0;
    for (size_t i = 0; i < points->count; i++)
        largest = fmax(largest, fabs(points->efficiency[i]) * fit_root_weight(points, i));
    scale = fmax(scale, known * largest);
    for (size_t i = 0; i < points->count && largest > 0; i++) {
        double residual = points->efficiency[i] - fit_evaluate(fit, points->flops[i]);
        sum += loss(residual * fit_root_weight(points, i) / scale);
    }
    return 2 * sum + fit_aicc_price(points->count, fit->p);
}

double robust_change(const struct fit *before, const struct fit *after,
                     const struct curve_points *points)
{
    double change = 0, largest = 0;
    for (size_t i = 0; i < points->count; i++) {
        double difference =
            fit_evaluate(after, points->flops[i]) - fit_evaluate(before, points->flops[i]);
        change = fmax(change, fabs(difference));
        largest = fmax(largest, fabs(points->efficiency[i]));
    }
    return change / largest;
}
