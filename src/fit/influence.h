/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each point does to a fit: the fit made again without it, and the measures that need no
 * refit.
 *
 * DFFITS = t sqrt(h / (1 - h)), t the deleted residual, h the leverage; Cook's distance =
 * w e^2 h / (p s^2 (1 - h)^2), e the residual, w its weight, s the standard error (Belsley, Kuh and
 * Welsch 1980; Cook 1977): to first order where a model is not linear. The refits are not.
 */
#ifndef FIT_INFLUENCE_H
#define FIT_INFLUENCE_H

#include "fit/fit.h"

enum { FIT_INFLUENCE_POINTS_MAX = 64 }; /* beyond, nothing is refitted */

/* Of one point. NaN where it is undefined. */
struct fit_point_influence {
    double dffits, cook;
    struct fit *without;  /* the model's parameters without the point; NULL: it was not refitted */
    double shift;         /* relative change of the curve at the point's size, without it */
    double largest_shift; /* the same where the curve moves most, from first to last point */
    double largest_at;    /* FLOPs: where that is; looked for where the fit is positive */
};

/* Owns its points and their fits. */
struct fit_influence {
    size_t count;
    struct fit_point_influence *points; /* in the order of the data */
};

/*
 * fit is what fit_run made of these points and options. A piecewise_linear fit keeps its number of
 * breakpoints, a robust one the weights that it left. The caller frees the result.
 */
struct fit_influence *fit_influence_new(const struct fit *fit, const struct curve_points *points,
                                        const struct fit_options *options);
void fit_influence_free(struct fit_influence *influence);

#endif
