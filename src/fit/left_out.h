/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All points but one, for each of them in turn. Private to this folder. */
#ifndef FIT_LEFT_OUT_H
#define FIT_LEFT_OUT_H

#include <stddef.h>

#include "curve/curve.h"

/* Room for the points that stay. Owned by whoever declares it. */
struct fit_left_out {
    double *flops;
    double *efficiency;
    double *weights; /* NULL where the points have none */
};

/* Makes room for all of points but one; fit_left_out_done frees it. */
void fit_left_out_init(struct fit_left_out *left_out, const struct curve_points *points);
void fit_left_out_done(struct fit_left_out *left_out);

/* All points but the one at index, as a view of left_out's arrays until the next call. */
struct curve_points fit_left_out_view(struct fit_left_out *left_out,
                                      const struct curve_points *points, size_t index);

#endif
