/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which part of a plot is shown: the arithmetic of zooming and panning. Pure.
 *
 * A window's ranges are in the units of the axes that it is for: x in log10 FLOPs (or bytes), y in
 * efficiency, or in its log10 where that axis is logarithmic. All functions that take `whole`, the
 * window of everything, keep the part inside it and at least 1/WINDOW_DEPTH of it wide and high; a
 * part that is all of it is no part any more.
 */
#ifndef REPORT_WINDOW_H
#define REPORT_WINDOW_H

#include <stdbool.h>

#include "report/scene.h"

enum { WINDOW_DEPTH = 200 };

struct window_range {
    double low, high;
};

/* Zeroed it is no part: all is shown. */
struct window {
    bool part;
    bool log_y; /* what y is in */
    struct window_range x, y;
};

/* The window of these axes, as a part. */
struct window window_of(const struct scene_window *axes, bool log_y);
struct scene_window window_axes(const struct window *window);

/* A place in the window's units. NaN where the axis has no such value. */
double window_x(double flops);
double window_y(const struct window *window, double efficiency);

/*
 * Shows factor times as much (below 1: zooms in) and keeps the place (x, y), in the window's units,
 * where it is on the screen. NaN: the middle stays, along that axis.
 */
void window_zoom(struct window *window, const struct window *whole, double x, double y,
                 double factor);

/* Moves by shares of what is shown; positive is to larger sizes and up. */
void window_pan(struct window *window, const struct window *whole, double x, double y);

/* Moves a part no farther than it must for (x, y) to stand a little inside. NaN: wherever it is. */
void window_reveal(struct window *window, const struct window *whole, double x, double y);

/* Brings a part into the whole, which may have changed. */
void window_keep_inside(struct window *window, const struct window *whole);

#endif
