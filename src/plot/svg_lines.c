/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of an SVG panel: sampled at every pixel and at every point's x, clipped to the panel. */
#include <math.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"
#include "plot/axis.h"
#include "plot/svg_sheet.h"

double svg_x(const struct svg_sheet *sheet, double value)
{
    return sheet->inner.x + scale_fraction(&sheet->x, value) * sheet->inner.width;
}

double svg_y(const struct svg_sheet *sheet, double value)
{
    const double far = 10; /* panels */
    double fraction = scale_fraction(&sheet->y, value);
    if (isnan(fraction) && !isnan(value))
        fraction = -far;
    if (!isnan(fraction))
        fraction = fmin(fmax(fraction, -far), 1 + far);
    return sheet->inner.y + (1 - fraction) * sheet->inner.height;
}

bool svg_line_ends(const struct svg_sheet *sheet, const struct plot_line *line, double *from,
                   double *to)
{
    *from = fmax(line->from, sheet->x_axis.low);
    *to = fmin(line->to, sheet->x_axis.high);
    return *from < *to;
}

/*
 * Where to evaluate: each pixel between the ends, and each point, where a curve may have a corner.
 */
static double *sample_places(const struct svg_sheet *sheet, double from, double to, size_t *count)
{
    size_t pixels = (size_t)ceil(svg_x(sheet, to) - svg_x(sheet, from)) + 1, capacity = pixels + 1;
    for (size_t i = 0; i < sheet->plot->points_count; i++)
        capacity += sheet->plot->points[i].count;
    double *places = memory_new_array(capacity, sizeof *places);
    struct plot_axis axis = {.low = from, .high = to, .log = sheet->x_axis.log};
    *count = 0;
    for (size_t i = 0; i <= pixels; i++)
        places[(*count)++] = axis_value(&axis, (double)i / (double)pixels);
    for (size_t i = 0; i < sheet->plot->points_count; i++)
        for (size_t k = 0; k < sheet->plot->points[i].count; k++) {
            double x = sheet->plot->points[i].x[k];
            if (x > from && x < to)
                places[(*count)++] = x;
        }
    qsort(places, *count, sizeof *places, number_compare);
    return places;
}

/* A path that is being written. */
struct pen {
    struct svg_sheet *sheet;
    double x, y; /* the last place; y NaN: none */
    bool down;   /* the path goes on from there */
};

/* The part of a segment inside the panel, as far as y goes; x is inside already. */
static bool clip(const struct svg_box *inner, double *x0, double *y0, double *x1, double *y1)
{
    double low = 0, high = 1, rise = *y1 - *y0, top = inner->y, bottom = inner->y + inner->height;
    if (rise == 0 && (*y0 < top || *y0 > bottom))
        return false;
    if (rise != 0) {
        double a = (top - *y0) / rise, b = (bottom - *y0) / rise;
        low = fmax(low, fmin(a, b));
        high = fmin(high, fmax(a, b));
    }
    if (low > high)
        return false;
    double x = *x0, y = *y0, run = *x1 - *x0;
    *x0 = x + low * run;
    *y0 = y + low * rise;
    *x1 = x + high * run;
    *y1 = y + high * rise;
    return true;
}

static void pen_to(struct pen *pen, double x, double y)
{
    double x0 = pen->x, y0 = pen->y, x1 = x, y1 = y;
    pen->x = x;
    pen->y = y;
    if (isnan(y0) || isnan(y) || !clip(&pen->sheet->inner, &x0, &y0, &x1, &y1)) {
        pen->down = false;
        return;
    }
    if (!pen->down)
        buffer_print(pen->sheet->out, "M%.2f %.2f", x0, y0);
    buffer_print(pen->sheet->out, "L%.2f %.2f", x1, y1);
    svg_cover_line(pen->sheet->cover, x0, y0, x1, y1);
    pen->down = x1 == x && y1 == y;
}

/* A point that lies on the straight way from the one before to the next adds nothing. */
static bool is_straight(double x0, double y0, double x1, double y1, double x2, double y2)
{
    const double tolerance = 0.002; /* pixels: over a long bend 0.1 */
    return x2 > x0 && fabs(y0 + (y2 - y0) * (x1 - x0) / (x2 - x0) - y1) < tolerance;
}

static void trace(struct pen *pen, const double *xs, const double *ys, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (i == 0 || i + 1 == count || isnan(pen->y) ||
            !is_straight(pen->x, pen->y, xs[i], ys[i], xs[i + 1], ys[i + 1]))
            pen_to(pen, xs[i], ys[i]);
}

/* A line in pixels. Owns its arrays. */
struct polyline {
    double *xs, *ys;
    size_t count;
};

static bool polyline_init(struct polyline *polyline, const struct svg_sheet *sheet,
                          const struct plot_line *line)
{
    double from, to;
    *polyline = (struct polyline){0};
    if (!svg_line_ends(sheet, line, &from, &to))
        return false;
    polyline->xs = sample_places(sheet, from, to, &polyline->count);
    polyline->ys = memory_new_array(polyline->count, sizeof *polyline->ys);
    for (size_t i = 0; i < polyline->count; i++) {
        polyline->ys[i] = svg_y(sheet, line->evaluate(line->context, polyline->xs[i]));
        polyline->xs[i] = svg_x(sheet, polyline->xs[i]);
    }
    return true;
}

static void polyline_done(struct polyline *polyline)
{
    free(polyline->xs);
    free(polyline->ys);
}

static const char *line_color(const struct svg_sheet *sheet, const struct plot_line *line)
{
    return sheet->look->lines[(unsigned)line->series % SVG_COLORS];
}

/* Where a stretch out of sight begins, and again some way along it. */
static void draw_edge_arrows(struct svg_sheet *sheet, const struct plot_line *line,
                             const struct polyline *polyline)
{
    const double apart = 40, slack = 0.5; /* pixels */
    double top = sheet->inner.y, bottom = top + sheet->inner.height, next = -INFINITY;
    for (size_t i = 0; i < polyline->count; i++) {
        double x = polyline->xs[i], y = polyline->ys[i];
        bool above = y<top - slack, below = y> bottom + slack;
        if (!above && !below)
            next = -INFINITY;
        if ((!above && !below) || x < next)
            continue;
        svg_draw_arrow(sheet, "edge", x, above ? top : bottom, 0, above ? -1 : 1,
                       line_color(sheet, line));
        next = x + apart;
    }
}

static void draw_line(struct svg_sheet *sheet, const struct plot_line *line)
{
    struct polyline polyline;
    const char *dash = svg_dash(line);
    if (!polyline_init(&polyline, sheet, line))
        return;
    buffer_print(sheet->out,
                 "<path class=\"line\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" "
                 "stroke-dasharray=\"%s\" d=\"",
                 line_color(sheet, line), line->dashed ? "1.6" : "2", *dash ? dash : "none");
    struct pen pen = {sheet, NAN, NAN, false};
    size_t start = sheet->out->length;
    trace(&pen, polyline.xs, polyline.ys, polyline.count);
    if (sheet->out->length == start) /* all of it out of sight */
        buffer_print(sheet->out, "M%.2f %.2f", sheet->inner.x, sheet->inner.y);
    buffer_append_string(sheet->out, "\"/>\n");
    if (line->tells_edge)
        draw_edge_arrows(sheet, line, &polyline);
    polyline_done(&polyline);
}

static void append_edge(const struct svg_sheet *sheet, const struct polyline *edge, bool back)
{
    for (size_t k = 0; k < edge->count; k++) {
        size_t i = back ? edge->count - 1 - k : k;
        double y = fmin(fmax(edge->ys[i], sheet->inner.y), sheet->inner.y + sheet->inner.height);
        if (!isnan(edge->ys[i]))
            buffer_print(sheet->out, "%s%.2f %.2f", back || k ? "L" : "M", edge->xs[i], y);
    }
}

/* What lies between the two edges of a band, which have the same places. */
static void fill_band(struct svg_sheet *sheet, const struct plot_line *lower)
{
    struct polyline low, high = {0};
    bool visible = polyline_init(&low, sheet, lower) && polyline_init(&high, sheet, lower + 1);
    if (visible && !isnan(low.ys[0])) {
        buffer_print(sheet->out, "<path class=\"band\" fill=\"%s\" fill-opacity=\"0.13\" d=\"",
                     line_color(sheet, lower));
        append_edge(sheet, &low, false);
        append_edge(sheet, &high, true);
        buffer_append_string(sheet->out, "z\"/>\n");
    }
    polyline_done(&low);
    polyline_done(&high);
}

/* The first is drawn last, as on a canvas, where it wins. */
void svg_draw_lines(struct svg_sheet *sheet)
{
    for (size_t i = 0; i + 1 < sheet->plot->line_count; i++)
        if (sheet->plot->lines[i].lower_edge)
            fill_band(sheet, &sheet->plot->lines[i]);
    for (size_t i = 0; i < sheet->plot->line_count; i++)
        draw_line(sheet, &sheet->plot->lines[i]);
}
