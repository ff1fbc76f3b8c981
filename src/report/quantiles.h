/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The panel of a normal quantile plot: sorted residuals against the quantiles that as many normal
 * ones would have, where points of one normal distribution lie along a line.
 *
 * The i-th smallest of n stands at the quantile of (i - 3/8) / (n + 1/4) (Blom 1958). The line has
 * the mean and the standard deviation (n - 1) of the residuals shown.
 */
#ifndef REPORT_QUANTILES_H
#define REPORT_QUANTILES_H

#include "plot/plot.h"
#include "report/scene.h"

/*
 * Owned by the scene; zeroed it is empty. Made by quantiles_init, which plot and x then point into.
 */
struct quantiles {
    size_t count;
    double *x, *y;   /* normal quantiles; residuals, rising */
    size_t *indices; /* of these points among the curve's */
    enum plot_point_style *styles;
    enum plot_origin *origins;
    double mean, std;
    struct plot_points points;
    struct plot_line line;
};

/*
 * Fills plot and the x axis from the residuals of the points that take part: the deleted ones of
 * the candidate where at least three have one, else mean - curve (or - candidate). The axes say
 * which.
 */
void quantiles_init(struct quantiles *quantiles, const struct scene_curve *curve, struct plot *plot,
                    struct plot_axis *x);
void quantiles_done(struct quantiles *quantiles);

#endif
