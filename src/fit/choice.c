/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing among fits: AICc, and which of several fits is the best. */
#include <float.h>
#include <math.h>

#include "fit/fit.h"
#include "fit/model.h"

/* Relative error that rounding leaves in a perfect fit, intercept and slope * x cancelling. */
static const double perfect = 16 * DBL_EPSILON;

double fit_aicc_price(size_t n, size_t p)
{
    double k = (double)p + 1, spare = (double)n - k - 1;
    return spare > 0 ? 2 * k + 2 * k * (k + 1) / spare : (double)NAN;
}

double fit_rounding_sse(const struct curve_points *points)
{
    double scale = 0;
    for (size_t i = 0; i < points->count; i++)
        scale += curve_weight(points, i) * points->efficiency[i] * points->efficiency[i];
    return fmax(perfect * perfect * scale, DBL_MIN);
}

double fit_aicc(const struct curve_points *points, double sse, size_t p)
{
    double n = (double)points->count;
    return n * log(fmax(sse, fit_rounding_sse(points)) / n) + fit_aicc_price(points->count, p);
}

bool fit_best_is_by_aicc(const struct fit *const *fits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (fits[i] && fits[i]->status == FIT_OK && isnan(fits[i]->aicc))
            return false;
    return true;
}

const struct fit *fit_best(const struct fit *const *fits, size_t count)
{
    bool by_aicc = fit_best_is_by_aicc(fits, count);
    const struct fit *best = NULL;
    double lowest = INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (!fits[i] || fits[i]->status != FIT_OK)
            continue;
        double figure = by_aicc ? fits[i]->aicc : fits[i]->loo_rmse;
        if (figure < lowest) {
            lowest = figure;
            best = fits[i];
        }
    }
    return best;
}
