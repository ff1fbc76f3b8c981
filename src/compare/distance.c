/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outlines of calibrations and the distance between two of them. */
#include "compare/distance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "compare/range.h"

static int by_name(const void *a, const void *b)
{
    const struct outline_curve *p = a;
    const struct outline_curve *q = b;
    int order = strcmp(p->name, q->name);
    return order ? order : p->bandwidth - q->bandwidth;
}

void outline_init(struct outline *outline, const struct calibration *calibration)
{
    outline->count = 0;
    outline->curves = memory_new_array(calibration->curve_count, sizeof *outline->curves);
    for (size_t i = 0; i < calibration->curve_count; i++) {
        const struct calibration_curve *curve = &calibration->curves[i];
        double low;
        double high;
        if (!calibration_curve_extent(curve, &low, &high))
            continue;
        outline->curves[outline->count++] = (struct outline_curve){
            .name = memory_copy_string(curve->name),
            .bandwidth = curve->bandwidth,
            .breakpoints = memory_copy(curve->breakpoints, curve->breakpoint_count,
                                       sizeof *curve->breakpoints),
            .count = curve->breakpoint_count,
            .low = low,
            .high = high};
    }
    qsort(outline->curves, outline->count, sizeof *outline->curves, by_name);
}

void outline_done(struct outline *outline)
{
    for (size_t i = 0; i < outline->count; i++) {
        free(outline->curves[i].name);
        free(outline->curves[i].breakpoints);
    }
    free(outline->curves);
    *outline = (struct outline){0};
}

static double mean_square(const struct outline_curve *a, const struct outline_curve *b)
{
    const struct curve curve_a = {a->breakpoints, a->count};
    const struct curve curve_b = {b->breakpoints, b->count};
    return compare_mean_square(&curve_a, &curve_b, fmax(a->low, b->low), fmin(a->high, b->high));
}

struct distance distance_between(const struct outline *a, const struct outline *b)
{
    struct distance distance = {NAN, 0};
    double sum = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        int order = by_name(&a->curves[i], &b->curves[j]);
        if (order == 0) {
            double square = mean_square(&a->curves[i], &b->curves[j]);
            sum += isnan(square) ? 0 : square;
            distance.operations += !isnan(square);
        }
        i += order <= 0;
        j += order >= 0;
    }
    if (distance.operations)
        distance.nepers = sqrt(sum / (double)distance.operations);
    return distance;
}

double distance_percent(double nepers)
{
    return 100 * expm1(nepers);
}
