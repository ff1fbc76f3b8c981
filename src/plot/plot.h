/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plots on a canvas: series over a shared log or linear x axis, in one panel or several stacked
 * ones (a curve and its residuals; two curves and their ratio) whose columns line up.
 *
 * A plot describes; plot_draw draws. Everything in a plot is borrowed for the call. Lines are drawn
 * in braille dots (2 x 4 a cell), in half blocks or in ASCII; points are glyphs in cells and win
 * over lines.
 */
#ifndef PLOT_PLOT_H
#define PLOT_PLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "plot/canvas.h"

/* An axis in data units. A log axis has 0 < low < high. */
struct plot_axis {
    double low, high;
    bool log;
    const char *title; /* "efficiency", "FLOPs"; the unit stands in it; may be NULL */
};

/* How a point is drawn. */
enum plot_point_style {
    PLOT_POINT_PLAIN,
    PLOT_POINT_LEFT_OUT, /* hollow or "x": not used by the fit */
    PLOT_POINT_SELECTED, /* unmistakable */
};

/* A line: a function of x drawn between from and to; NaN leaves a gap. */
struct plot_line {
    double (*evaluate)(const void *context, double x);
    const void *context;
    double from, to;
    const char *label; /* written beside the line where there is room, else in a legend; or NULL */
    bool dashed;       /* a second reading of the same thing: a candidate, a stored curve */
    int series;        /* role ROLE_SERIES + series, and its glyph */
    bool lower_edge;   /* of a band whose upper edge is the next line: pictures fill it */
    bool tells_edge;   /* arrows at the edge say where it is above or below what is shown */
};

/*
 * Where a data point comes from. Told by its glyph: by its shape where all points of a panel are of
 * one series; else the shape names the series, and the glyph is full, hollow or small, where the
 * first five series alone are shown and not in ASCII. In SVG always, by the marker's fill and
 * outline.
 */
enum plot_origin {
    PLOT_MEASURED,
    PLOT_LEGACY,
    PLOT_INTERPOLATED,
    PLOT_OTHER_SOURCE,
    PLOT_ORIGINS,
};

/* Points with optional vertical error bars. */
struct plot_points {
    const double *x, *y;
    const enum plot_origin *origins; /* or NULL: nothing is said of it */
    const double *low, *high; /* error bars in data units, or NULL; NaN: none at that point */
    const enum plot_point_style *styles; /* or NULL: all plain */
    const size_t *numbers; /* written beside the points where there is room, or NULL */
    size_t count;
    /* For the legend: always for breakpoints, else where no line of the series has one; or NULL. */
    const char *label;
    int series;
    bool breakpoints; /* drawn as the knots of a curve, distinct from data points */
    bool stems;       /* a line from y = 0 to each point, as residual plots have */
};

/* A stretch of the x axis that means something: the calibrated range, falling latency. */
struct plot_span {
    double low, high;
    enum role role;
    const char *label; /* short, shown where it fits; or NULL */
    /*
     * True: only its two ends are drawn, as vertical lines named min and max; false: a stretch of
     * the panel's x axis is set off.
     */
    bool bounds;
    const char *brief; /* the label where a legend has little room; NULL: the label */
};

struct plot {
    struct plot_axis y;
    const struct plot_line *lines;
    size_t line_count;
    const struct plot_points *points;
    size_t points_count;
    const struct plot_span *spans;
    size_t span_count;
    const double *levels; /* horizontal reference lines in y, e.g. 1.0 */
    size_t level_count;
    int weight;            /* share of the height among stacked panels, at least 1 */
    bool series_elsewhere; /* the screen names series by glyph beside the plot: points keep it */
    bool series_listed;    /* it lists all of them there, so that the legend need not */
};

enum { PLOT_PANELS_MAX = 4 };

/* Panels stacked over one x axis, the first on top. */
struct plot_panels {
    struct plot_axis x;
    const struct plot *items;
    size_t count; /* at most PLOT_PANELS_MAX are drawn */
};

enum plot_style {
    PLOT_BRAILLE, /* needs a Unicode canvas */
    PLOT_BLOCKS,  /* half blocks, for fonts whose braille is hard to see; a Unicode canvas, too */
    PLOT_ASCII,
    PLOT_STYLES,
};

/* Where a panel's data area came to lie, for cursors and later for the mouse. */
struct plot_frame {
    struct rect inner; /* the cells inside the axes */
    struct plot_axis x, y;
};

/*
 * Draws panels into area. cursor (NaN: none) is a vertical line in all panels.
 * frames (NULL or one a panel) receives where each came to lie. Too small an area (under 12
 * columns or 4 rows) gets a note that says so; where not all panels find room the last ones are
 * left away, and their frames have no rows. Values off the axes are clipped; points off them are
 * shown as arrows at the edge, with their number where several share one, and so are lines that ask
 * for it, with an arrow every few columns. An axis that cannot be
 * drawn (low >= high, a log axis with low <= 0) is fitted first: the frames say what became of it.
 *
 * A label names its line directly, followed by the glyph in parentheses where several series have
 * points. The legend in the panel's top row takes what finds no room, and explains breakpoints,
 * points left out and where points come from, unless all in sight are measured. Where that row is
 * too short it goes on beside the x axis' title, then takes briefer words, then free places in the
 * panel; what is left is counted.
 */
void plot_draw(struct canvas *canvas, struct rect area, const struct plot_panels *panels,
               double cursor, enum plot_style style, struct plot_frame *frames);

/* Where the panels would come to lie, without drawing them; frames: one a panel. */
void plot_arrange(struct rect area, const struct plot_panels *panels, enum text_charset charset,
                  struct plot_frame *frames);

/* The glyph of series i as drawn for plain points, for legends and tables. */
const char *plot_glyph(int series, enum plot_style style);

/* What a legend calls points from there. */
const char *plot_origin_name(enum plot_origin origin);

/* The x in the middle of a column of the frame, and the column (may lie outside) of an x. */
double plot_frame_x(const struct plot_frame *frame, int column);
int plot_frame_column(const struct plot_frame *frame, double x);

/* The same for rows and y. */
double plot_frame_y(const struct plot_frame *frame, int row);
int plot_frame_row(const struct plot_frame *frame, double y);

#endif
