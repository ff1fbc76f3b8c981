/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where ticks go and what they say, and ranges that leave data some air. */
#include "plot/axis.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "plot/scale.h"

static const double air = 0.05;        /* of the range, on each side */
static const double tick_slack = 1e-9; /* of a step: ticks on a bound belong to the axis */
static const double largest = 1e300;   /* so that a difference of two bounds is finite */

double axis_value(const struct plot_axis *axis, double fraction)
{
    if (fraction == 0.0)
        return axis->low;
    if (fraction == 1.0)
        return axis->high;
    struct scale scale = scale_of(axis);
    return scale_value(&scale, fraction);
}

/* Steps of a linear range: k * step for k in [first, last]. */
struct steps {
    double step, first, last;
};

static size_t steps_count(const struct steps *steps)
{
    double count = steps->last - steps->first + 1;
    return count > 0 ? (size_t)count : 0;
}

/* The smallest step of 1, 2, 5 x 10^n that needs no more than wanted ticks. */
static struct steps linear_steps(double low, double high, size_t wanted)
{
    static const double mantissas[] = {1, 2, 5};
    /* The range of two of the smallest numbers there are, divided, is 0. */
    double decade = fmax(floor(log10((high - low) / (double)wanted)), -323);
    for (;; decade++) {
        for (size_t i = 0; i < 3; i++) {
            double step = mantissas[i] * pow(10, decade);
            struct steps steps = {step, ceil(low / step - tick_slack),
                                  floor(high / step + tick_slack)};
            if (step > 0 && steps_count(&steps) <= wanted)
                return steps;
        }
    }
}

static void print_linear(double value, double step, double reach, bool si,
                         char label[NUMBER_TEXT_MAX])
{
    int places = (int)floor(log10(step) + tick_slack);
    int digits = (int)floor(log10(reach) + tick_slack) - places + 1;
    if (si)
        number_print_si(value, digits > 3 ? digits : 3, label);
    else if (reach < 1e6 && places >= -5)
        snprintf(label, NUMBER_TEXT_MAX, "%.*f", places < 0 ? -places : 0, value);
    else
        number_print_short(value, digits > 1 ? digits : 1, label);
}

static size_t linear_ticks(const struct plot_axis *axis, size_t wanted, bool si,
                           struct axis_tick *ticks)
{
    struct steps steps = linear_steps(axis->low, axis->high, wanted);
    size_t count = steps_count(&steps);
    double reach = fmax(fabs(steps.first), fabs(steps.last)) * steps.step;
    for (size_t i = 0; i < count; i++) {
        double k = steps.first + (double)i;
        ticks[i].value = k == 0 ? 0.0 : number_round(k * steps.step, 12);
        print_linear(ticks[i].value, steps.step, reach > 0 ? reach : 1, si, ticks[i].label);
    }
    return count;
}

/* All small ones in one spelling: 0.00005 below 0.0001, or 5e-07 where most digits were zeros. */
static void print_log(struct axis_tick *tick, double lowest, bool si)
{
    static const double fixed_from = 1e-6 * (1 - 1e-9), small = 1e-3 * (1 - 1e-9);
    int places = -(int)floor(log10(tick->value) + tick_slack);
    if (si)
        number_print_si(tick->value, 3, tick->label);
    else if (tick->value >= small || lowest >= 1e-4)
        number_print_short(tick->value, 3, tick->label);
    else if (lowest >= fixed_from)
        snprintf(tick->label, sizeof tick->label, "%.*f", places, tick->value);
    else
        snprintf(tick->label, sizeof tick->label, "%.0e", tick->value);
}

/* 1-2-5 of every decade; counts on past what it stores, up to one more than wanted. */
static size_t mantissa_ticks(const struct plot_axis *axis, size_t wanted, struct axis_tick *ticks)
{
    static const double mantissas[] = {1, 2, 5};
    size_t count = 0;
    for (double decade = floor(log10(axis->low)); count <= wanted; decade++) {
        if (decade > log10(axis->high) + 1)
            break;
        for (size_t i = 0; i < 3; i++) {
            double value = mantissas[i] * pow(10, decade);
            if (value < axis->low * (1 - tick_slack) || value > axis->high * (1 + tick_slack))
                continue;
            if (count < wanted)
                ticks[count].value = value;
            count++;
        }
    }
    return count;
}

/* Every decade, or every second, third, fifth, tenth ... one: as many as are wanted. */
static size_t decade_ticks(const struct plot_axis *axis, size_t wanted, struct axis_tick *ticks)
{
    static const double strides[] = {1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000};
    for (size_t i = 0; i < sizeof strides / sizeof *strides; i++) {
        double first = ceil(log10(axis->low) / strides[i] - tick_slack);
        double last = floor(log10(axis->high) / strides[i] + tick_slack);
        if (last - first + 1 > (double)wanted)
            continue;
        size_t count = last >= first ? (size_t)(last - first) + 1 : 0;
        for (size_t k = 0; k < count; k++)
            ticks[k].value = pow(10, (first + (double)k) * strides[i]);
        return count;
    }
    return 0;
}

static size_t log_ticks(const struct plot_axis *axis, size_t wanted, bool si,
                        struct axis_tick *ticks)
{
    enum { TOO_FEW = 3 };
    size_t count = mantissa_ticks(axis, wanted, ticks);
    if (count < TOO_FEW && wanted >= TOO_FEW)
        return linear_ticks(axis, wanted, si, ticks);
    if (count > wanted)
        count = decade_ticks(axis, wanted, ticks);
    for (size_t i = 0; i < count; i++)
        print_log(&ticks[i], ticks[0].value, si);
    return count;
}

size_t axis_ticks(const struct plot_axis *axis, size_t wanted, bool si,
                  struct axis_tick ticks[AXIS_TICKS_MAX])
{
    if (wanted > AXIS_TICKS_MAX)
        wanted = AXIS_TICKS_MAX;
    if (wanted == 0 || !(axis->low < axis->high))
        return 0;
    return axis->log ? log_ticks(axis, wanted, si, ticks) : linear_ticks(axis, wanted, si, ticks);
}

static double bounded(double value, double otherwise)
{
    if (isnan(value))
        return otherwise;
    return fmin(fmax(value, -largest), largest);
}

static void fit_linear(struct plot_axis *axis)
{
    double extra = (axis->high - axis->low) * air;
    if (extra == 0)
        extra = axis->low == 0 ? 1 : fabs(axis->low) / 2;
    bool positive = axis->low >= 0, negative = axis->high <= 0;
    axis->low -= extra;
    axis->high += extra;
    /* Air below zero would suggest that what is never negative could be. */
    if (positive && axis->low < 0 && axis->high > 0)
        axis->low = 0;
    if (negative && axis->high > 0 && axis->low < 0)
        axis->high = 0;
}

static void fit_log(struct plot_axis *axis)
{
    if (axis->high <= 0)
        axis->low = axis->high = 1;
    if (axis->low <= 0)
        axis->low = axis->high / 1000;
    axis->low = fmax(axis->low, 1 / largest);
    axis->high = fmax(axis->high, axis->low);
    double extra = (log10(axis->high) - log10(axis->low)) * air;
    if (extra == 0)
        extra = 0.5;
    axis->low = fmax(axis->low / pow(10, extra), 1 / largest);
    axis->high = fmin(axis->high * pow(10, extra), largest);
}

void axis_fit(struct plot_axis *axis)
{
    double low = bounded(axis->low, bounded(axis->high, 1));
    double high = bounded(axis->high, low);
    axis->low = fmin(low, high);
    axis->high = fmax(low, high);
    if (axis->log)
        fit_log(axis);
    else
        fit_linear(axis);
}

struct plot_axis axis_usable(const struct plot_axis *axis)
{
    struct plot_axis usable = *axis;
    bool bad = !(axis->low < axis->high) || (axis->log && axis->low <= 0) ||
               !isfinite(axis->high - axis->low);
    if (bad)
        axis_fit(&usable);
    return usable;
}
