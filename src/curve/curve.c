/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluating a curve, its statistics against points, and where its implied latency falls. */
#include "curve/curve.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* ln(b / a), exact to the last digits for sizes that lie close together too. */
static double log_ratio(double a, double b)
{
    double relative = (b - a) / a;
    return isfinite(relative) ? log1p(relative) : log(b) - log(a);
}

/* The last breakpoint at or below flops, which lies inside the curve. */
static size_t segment_find(const struct curve *curve, double flops)
{
    size_t low = 0;
    size_t high = curve->count - 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (curve->breakpoints[middle].flops <= flops)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bool curve_equal(const struct curve *a, const struct curve *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!breakpoint_equal(&a->breakpoints[i], &b->breakpoints[i]))
            return false;
    return true;
}

double curve_evaluate(const struct curve *curve, double flops)
{
    if (curve->count == 0 || !(flops > 0))
        return NAN;
    const struct breakpoint *first = &curve->breakpoints[0];
    const struct breakpoint *last = &curve->breakpoints[curve->count - 1];
    if (flops <= first->flops)
        return first->efficiency;
    if (flops >= last->flops)
        return last->efficiency;
    const struct breakpoint *left = &curve->breakpoints[segment_find(curve, flops)];
    const struct breakpoint *right = left + 1;
    double t = log_ratio(left->flops, flops) / log_ratio(left->flops, right->flops);
    return left->efficiency + t * (right->efficiency - left->efficiency);
}

double curve_listing_evaluate(const struct curve *curve, double min_flops, double flops)
{
    bool matches_no_segment = curve->count > 0 && flops < curve->breakpoints[0].flops;
    if (matches_no_segment && flops > 0 && flops >= min_flops)
        return curve->breakpoints[curve->count - 1].efficiency;
    return curve_evaluate(curve, flops);
}

/* Rounding alone makes the mean of equal values differ from them: that spread counts as none. */
static bool values_are_flat(const double *values, size_t count)
{
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        low = fmin(low, values[i]);
        high = fmax(high, values[i]);
    }
    return count == 0 || high - low <= 4 * DBL_EPSILON * fmax(fabs(low), fabs(high));
}

static double sum_of_squares(const double *values, const double *weights, size_t count,
                             double center)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double difference = values[i] - center;
        sum += (weights ? weights[i] : 1) * difference * difference;
    }
    return sum;
}

static double mean_of(const double *values, const double *weights, size_t count)
{
    double sum = 0;
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = weights ? weights[i] : 1;
        sum += weight * values[i];
        total += weight;
    }
    return sum / total;
}

/* What overflows has no value. */
static double defined(double value)
{
    return isfinite(value) ? value : (double)NAN;
}

static double ss_tot_of(const struct curve_points *points, const double *weights)
{
    if (values_are_flat(points->efficiency, points->count))
        return 0;
    double mean = mean_of(points->efficiency, weights, points->count);
    return sum_of_squares(points->efficiency, weights, points->count, mean);
}

static double r_squared_of(double ss_res, double ss_tot)
{
    return ss_tot > 0 ? 1 - ss_res / ss_tot : NAN;
}

/* An undefined residual makes the largest one undefined. */
static void find_largest(const double *residuals, size_t count, struct curve_statistics *statistics)
{
    statistics->max_residual = NAN;
    statistics->max_residual_index = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && fabs(residuals[i]) <= statistics->max_residual)
            continue;
        statistics->max_residual = fabs(residuals[i]);
        statistics->max_residual_index = i;
        if (isnan(residuals[i]))
            return;
    }
}

void curve_statistics_of_residuals(const struct curve_points *points, const double *residuals,
                                   struct curve_statistics *statistics)
{
    size_t n = points->count;
    statistics->count = n;
    statistics->ss_res = sum_of_squares(residuals, points->weights, n, 0);
    statistics->ss_tot = ss_tot_of(points, points->weights);
    statistics->r_squared = r_squared_of(statistics->ss_res, statistics->ss_tot);
    statistics->r_squared_unweighted =
        r_squared_of(sum_of_squares(residuals, NULL, n, 0), ss_tot_of(points, NULL));
    statistics->residual_std = NAN;
    if (n >= 2) {
        double mean = mean_of(residuals, NULL, n);
        statistics->residual_std =
            defined(sqrt(sum_of_squares(residuals, NULL, n, mean) / (double)(n - 1)));
    }
    find_largest(residuals, n, statistics);
}

void curve_statistics(const struct curve *curve, const struct curve_points *points,
                      struct curve_statistics *statistics, double *residuals)
{
    double *own = residuals ? NULL : memory_new_array(points->count, sizeof *own);
    double *values = residuals ? residuals : own;
    for (size_t i = 0; i < points->count; i++)
        values[i] = points->efficiency[i] - curve_evaluate(curve, points->flops[i]);
    curve_statistics_of_residuals(points, values, statistics);
    free(own);
}

/*
 * With u = ln(FLOPs) a segment is e = e0 + s (u - u0) and ln(latency) = u - ln(e) + constant, which
 * falls while 0 < e < s: from where the segment is positive to one e-fold beyond its zero.
 */
static bool segment_falling_latency(const struct breakpoint *left, struct curve_span *span)
{
    const struct breakpoint *right = left + 1;
    double s = (right->efficiency - left->efficiency) / log_ratio(left->flops, right->flops);
    if (!(right->flops > left->flops) || !(s > 0) || !(left->efficiency < s) ||
        !(right->efficiency > 0))
        return false;
    span->low = left->efficiency >= 0 ? left->flops : left->flops * exp(-left->efficiency / s);
    span->high =
        right->efficiency <= s ? right->flops : left->flops * exp(1 - left->efficiency / s);
    return span->high > span->low;
}

size_t curve_falling_latency(const struct curve *curve, struct curve_span *spans, size_t capacity)
{
    size_t count = 0;
    double end = NAN;
    for (size_t i = 0; i + 1 < curve->count; i++) {
        struct curve_span span;
        if (!segment_falling_latency(&curve->breakpoints[i], &span))
            continue;
        if (span.low != end) {
            if (count < capacity)
                spans[count] = span;
            count++;
        } else if (count <= capacity) {
            spans[count - 1].high = span.high;
        }
        end = span.high;
    }
    return count;
}

struct curve_span curve_points_span(const struct curve_points *points)
{
    struct curve_span span = {INFINITY, 0};
    for (size_t i = 0; i < points->count; i++) {
        span.low = fmin(span.low, points->flops[i]);
        span.high = fmax(span.high, points->flops[i]);
    }
    return span;
}

bool curve_points_are_flat(const struct curve_points *points)
{
    return values_are_flat(points->efficiency, points->count);
}

static bool is_close(double a, double b)
{
    const double rounding = 1e-9;
    return fabs(a - b) <= rounding * fmax(fabs(a), fabs(b));
}

bool curve_joins_points(const struct curve *curve, const struct curve_points *points)
{
    if (curve->count == 0)
        return false;
    for (size_t i = 0; i < points->count; i++) {
        size_t left = segment_find(curve, points->flops[i]);
        size_t right = left + 1 < curve->count ? left + 1 : left;
        const struct breakpoint *ends[2] = {&curve->breakpoints[left], &curve->breakpoints[right]};
        bool joined = false;
        for (size_t end = 0; end < 2; end++)
            joined |= is_close(ends[end]->flops, points->flops[i]) &&
                      is_close(ends[end]->efficiency, points->efficiency[i]);
        if (!joined)
            return false;
    }
    return points->count > 0;
}

size_t curve_nearest_point(const struct curve_points *points, double flops)
{
    size_t nearest = 0;
    double least = INFINITY; /* the larger size over the smaller: it grows as the log's distance */
    for (size_t i = 0; i < points->count; i++) {
        double ratio = fmax(points->flops[i] / flops, flops / points->flops[i]);
        if (ratio < least) {
            least = ratio;
            nearest = i;
        }
    }
    return nearest;
}
