/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranges along two axes, moved and stretched within what there is to see. */
#include "report/window.h"

#include <math.h>

static const double reveal_share = 0.1; /* of a range, kept between its ends and what is revealed */
static const double slack = 1e-9;       /* of the whole: nearer than that is equal */

static double span_of(const struct window_range *range)
{
    return range->high - range->low;
}

struct window window_of(const struct scene_window *axes, bool log_y)
{
    struct window window = {.part = true, .log_y = log_y};
    window.x = (struct window_range){log10(axes->x_low), log10(axes->x_high)};
    window.y = log_y ? (struct window_range){log10(axes->y_low), log10(axes->y_high)}
                     : (struct window_range){axes->y_low, axes->y_high};
    return window;
}

struct scene_window window_axes(const struct window *window)
{
    const struct window_range *y = &window->y;
    return (struct scene_window){.x_low = pow(10, window->x.low),
                                 .x_high = pow(10, window->x.high),
                                 .y_low = window->log_y ? pow(10, y->low) : y->low,
                                 .y_high = window->log_y ? pow(10, y->high) : y->high};
}

double window_x(double flops)
{
    return flops > 0 ? log10(flops) : (double)NAN;
}

double window_y(const struct window *window, double efficiency)
{
    return window->log_y ? window_x(efficiency) : efficiency;
}

/* As wide as it is where there is room, within limits; then moved inside. */
static void range_keep_inside(struct window_range *range, const struct window_range *whole)
{
    double most = span_of(whole), least = most / WINDOW_DEPTH;
    double middle = range->low + span_of(range) / 2;
    double span = fmin(fmax(span_of(range), least), most);
    if (!isfinite(middle) || !isfinite(span)) {
        *range = *whole;
        return;
    }
    double low = fmin(fmax(middle - span / 2, whole->low), whole->high - span);
    *range = (struct window_range){low, fmin(low + span, whole->high)};
}

static bool is_all(const struct window_range *range, const struct window_range *whole)
{
    return span_of(range) >= span_of(whole) * (1 - slack);
}

void window_keep_inside(struct window *window, const struct window *whole)
{
    if (!window->part)
        return;
    if (window->log_y != whole->log_y) { /* the axis is another one now */
        window->log_y = whole->log_y;
        window->y = whole->y;
    }
    range_keep_inside(&window->x, &whole->x);
    range_keep_inside(&window->y, &whole->y);
    window->part = !is_all(&window->x, &whole->x) || !is_all(&window->y, &whole->y);
}

/* Before a part is changed: if all was shown, the part is all of it. */
static void begin(struct window *window, const struct window *whole)
{
    if (!window->part)
        *window = *whole;
    window_keep_inside(window, whole);
    window->part = true;
}

static void range_zoom(struct window_range *range, double about, double factor)
{
    double fixed = isnan(about) ? range->low + span_of(range) / 2 : about;
    fixed = fmin(fmax(fixed, range->low), range->high);
    range->low = fixed + (range->low - fixed) * factor;
    range->high = fixed + (range->high - fixed) * factor;
}

/*
 * Keeps a factor from making a range smaller than the least: it would creep away from the place
 * that it is zoomed about.
 */
static double bounded_factor(const struct window_range *range, const struct window_range *whole,
                             double factor)
{
    double least = span_of(whole) / WINDOW_DEPTH;
    return fmax(factor, fmin(least / span_of(range), 1));
}

void window_zoom(struct window *window, const struct window *whole, double x, double y,
                 double factor)
{
    begin(window, whole);
    range_zoom(&window->x, x, bounded_factor(&window->x, &whole->x, factor));
    range_zoom(&window->y, y, bounded_factor(&window->y, &whole->y, factor));
    window_keep_inside(window, whole);
}

static void range_move(struct window_range *range, double by)
{
    range->low += by;
    range->high += by;
}

void window_pan(struct window *window, const struct window *whole, double x, double y)
{
    begin(window, whole);
    range_move(&window->x, x * span_of(&window->x));
    range_move(&window->y, y * span_of(&window->y));
    window_keep_inside(window, whole);
}

static void range_reveal(struct window_range *range, double value)
{
    double inside = reveal_share * span_of(range);
    if (value < range->low)
        range_move(range, value - inside - range->low);
    else if (value > range->high)
        range_move(range, value + inside - range->high);
}

void window_reveal(struct window *window, const struct window *whole, double x, double y)
{
    if (!window->part)
        return;
    range_reveal(&window->x, x); /* comparisons with NaN are false */
    range_reveal(&window->y, y);
    window_keep_inside(window, whole);
}
