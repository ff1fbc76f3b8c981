/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of the points that stay. */
#include "fit/left_out.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

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
