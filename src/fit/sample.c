/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breakpoints for readers that know only piecewise-linear curves. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "fit/model.h"

enum {
    PLACES = 10000, /* at which the bound is checked */
    HALVINGS = 12,  /* of the interval that holds the smallest bound for the same count */
};

static bool is_range(double low, double high)
{
    return low > 0 && high > low && isfinite(high);
}

/* The model at evenly spaced places in log10(FLOPs), ends included. */
struct places {
    double *flops;
    double *efficiency;
    size_t count;
};

static void places_init(struct places *places, const struct fit *fit, double low, double high)
{
    places->count = PLACES;
    places->flops = memory_new_array(PLACES, sizeof *places->flops);
    places->efficiency = memory_new_array(PLACES, sizeof *places->efficiency);
    double step = log(high / low) / (PLACES - 1);
    for (size_t i = 0; i < PLACES; i++) {
        places->flops[i] = i == 0 ? low : i == PLACES - 1 ? high : low * exp(step * (double)i);
        places->efficiency[i] = fit_evaluate(fit, places->flops[i]);
    }
}

static void places_done(struct places *places)
{
    free(places->flops);
    free(places->efficiency);
}

static bool places_are_positive(const struct places *places, double *bad_flops)
{
    for (size_t i = 0; i < places->count; i++) {
        if (places->efficiency[i] > 0)
            continue;
        if (bad_flops)
            *bad_flops = places->flops[i];
        return false;
    }
    return true;
}

/*
 * The last place to which a straight line from place a stays within tolerance of the model: each
 * place passed narrows the slopes that such a line may have, until none is left.
 */
static size_t farthest(const struct places *places, size_t a, double tolerance)
{
    double left = places->efficiency[a], flattest = -INFINITY, steepest = INFINITY;
    size_t reached = a + 1;
    for (size_t b = a + 1; b < places->count && flattest <= steepest; b++) {
        double model = places->efficiency[b], per_place = 1 / (double)(b - a);
        double slope = (model - left) * per_place, room = tolerance * model * per_place;
        if (slope >= flattest && slope <= steepest)
            reached = b;
        if (slope - room > flattest)
            flattest = slope - room;
        if (slope + room < steepest)
            steepest = slope + room;
    }
    return reached;
}

/* Fills indices (NULL: only counts) of the places where breakpoints go. */
static size_t place_breakpoints(const struct places *places, double tolerance, size_t *indices)
{
    size_t count = 0;
    for (size_t i = 0;; i = farthest(places, i, tolerance)) {
        if (indices)
            indices[count] = i;
        count++;
        if (i == places->count - 1)
            return count;
    }
}

/* The smallest tolerance that needs no more breakpoints: the error spreads over all segments. */
static double even_out(const struct places *places, double tolerance)
{
    size_t count = place_breakpoints(places, tolerance, NULL);
    double low = 0;
    double high = tolerance;
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        if (place_breakpoints(places, middle, NULL) <= count)
            high = middle;
        else
            low = middle;
    }
    return high;
}

/*
 * What rounding may have turned around where the model is level; the places are few enough to look.
 */
static void keep_rising(const struct fit *fit, struct breakpoint *breakpoints, size_t count)
{
    for (size_t i = 1; fit->constraint.monotone && i < count; i++)
        breakpoints[i].efficiency = fmax(breakpoints[i].efficiency, breakpoints[i - 1].efficiency);
}

static void sample_places(const struct places *places, double tolerance, struct breakpoint **out,
                          size_t *count)
{
    double even = even_out(places, tolerance);
    size_t *indices = memory_new_array(places->count, sizeof *indices);
    *count = place_breakpoints(places, even, indices);
    *out = memory_new_array(*count, sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = (struct breakpoint){places->flops[indices[i]], places->efficiency[indices[i]]};
    free(indices);
}

/* The knots stand for themselves, so the range matters only where they say nothing good. */
static bool sample_knots(const struct fit *fit, struct breakpoint **out, size_t *count,
                         double *bad_flops)
{
    for (size_t i = 0; i < fit->breakpoint_count; i++) {
        if (fit->breakpoints[i].efficiency > 0)
            continue;
        if (bad_flops)
            *bad_flops = fit->breakpoints[i].flops;
        return false;
    }
    *out = memory_copy(fit->breakpoints, fit->breakpoint_count, sizeof **out);
    *count = fit->breakpoint_count;
    return true;
}

/* A line needs no more than its ends. */
static bool sample_line(const struct fit *fit, const struct fit_sampling *sampling,
                        struct breakpoint **out, size_t *count, double *bad_flops)
{
    const double ends[] = {sampling->low, sampling->high};
    struct breakpoint breakpoints[2];
    for (int i = 0; i < 2; i++) {
        breakpoints[i] = (struct breakpoint){ends[i], fit_evaluate(fit, ends[i])};
        if (breakpoints[i].efficiency > 0)
            continue;
        if (bad_flops)
            *bad_flops = ends[i];
        return false;
    }
    *out = memory_copy(breakpoints, 2, sizeof *breakpoints);
    *count = 2;
    return true;
}

bool fit_sample(const struct fit *fit, const struct fit_sampling *sampling, struct breakpoint **out,
                size_t *count, double *bad_flops)
{
    /* A hundredth is kept back for what lies between the places. */
    const double share = 0.99;
    if (isnan(fit_evaluate(fit, 1)))
        return false;
    if (fit->breakpoints)
        return sample_knots(fit, out, count, bad_flops);
    if (!is_range(sampling->low, sampling->high))
        return false;
    if (fit->model->straight)
        return sample_line(fit, sampling, out, count, bad_flops);
    struct places places;
    places_init(&places, fit, sampling->low, sampling->high);
    bool positive = places_are_positive(&places, bad_flops);
    if (positive) {
        sample_places(&places, share * fmax(sampling->tolerance, 0), out, count);
        keep_rising(fit, *out, *count);
    }
    places_done(&places);
    return positive;
}

bool fit_can_sample(const struct fit *fit, double low, double high)
{
    if (isnan(fit_evaluate(fit, 1)))
        return false;
    for (size_t i = 0; i < fit->breakpoint_count; i++)
        if (!(fit->breakpoints[i].efficiency > 0))
            return false;
    return fit->breakpoints ||
           (is_range(low, high) && fit_evaluate(fit, low) > 0 && fit_evaluate(fit, high) > 0);
}
