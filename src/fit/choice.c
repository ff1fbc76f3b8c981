/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing among fits: AICc, leaving points out, and which of several fits is the best. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fit/fit.h"
#include "fit/model.h"

/* Relative error that rounding leaves in a perfect fit, intercept and slope * x cancelling. */
static const double perfect = 16 * DBL_EPSILON;

double fit_aicc_price(size_t n, size_t p)
{
    double k = (double)p + 1, spare = (double)n - k - 1;
    return spare > 0 ? 2 * k + 2 * k * (k + 1) / spare : (double)NAN;
}

double fit_aicc(const struct curve_points *points, double sse, size_t p)
{
    double n = (double)points->count;
    double scale = 0;
    for (size_t i = 0; i < points->count; i++)
        scale += (points->weights ? points->weights[i] : 1) * points->efficiency[i] *
                 points->efficiency[i];
    double smallest = fmax(perfect * perfect * scale, DBL_MIN);
    return n * log(fmax(sse, smallest) / n) + fit_aicc_price(points->count, p);
}

void fit_left_out_init(struct fit_left_out *left_out, const struct curve_points *points)
{
    left_out->flops = memory_new_array(points->count, sizeof *left_out->flops);
    left_out->efficiency = memory_new_array(points->count, sizeof *left_out->efficiency);
    left_out->weights =
        points->weights ? memory_new_array(points->count, sizeof *left_out->weights) : NULL;
}

void fit_left_out_done(struct fit_left_out *left_out)
{
    free(left_out->flops);
    free(left_out->efficiency);
    free(left_out->weights);
}

static void copy_without(double *target, const double *source, size_t count, size_t index)
{
    if (!target)
        return;
    memcpy(target, source, index * sizeof *target);
    memcpy(target + index, source + index + 1, (count - index - 1) * sizeof *target);
}

struct curve_points fit_left_out_view(struct fit_left_out *left_out,
                                      const struct curve_points *points, size_t index)
{
    copy_without(left_out->flops, points->flops, points->count, index);
    copy_without(left_out->efficiency, points->efficiency, points->count, index);
    copy_without(left_out->weights, points->weights, points->count, index);
    return (struct curve_points){left_out->flops, left_out->efficiency, left_out->weights,
                                 points->count - 1};
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
