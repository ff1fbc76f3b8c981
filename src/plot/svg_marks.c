/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points of an SVG panel with their error bars and stems; arrows for those off the axes. */
#include <math.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "plot/svg_sheet.h"

static enum plot_point_style style_of(const struct plot_points *points, size_t i)
{
    return points->styles ? points->styles[i] : PLOT_POINT_PLAIN;
}

static const char *color_of(const struct svg_sheet *sheet, const struct plot_points *points,
                            size_t i)
{
    if (style_of(points, i) == PLOT_POINT_LEFT_OUT)
        return sheet->look->dim;
    return sheet->look->lines[(unsigned)points->series % SVG_COLORS];
}

static double into(double value, double low, double size)
{
    return fmin(fmax(value, low), low + size);
}

/* A vertical line; a cap at each end that is in sight. */
static void draw_upright(struct svg_sheet *sheet, double x, double y0, double y1, bool caps,
                         const char *color)
{
    const double cap = 3.5;
    const struct svg_box *inner = &sheet->inner;
    double a = into(y0, inner->y, inner->height), b = into(y1, inner->y, inner->height);
    if (a == b && (a != y0 || b != y1))
        return;
    buffer_print(sheet->out,
                 "<path class=\"bar\" stroke=\"%s\" stroke-width=\"1.2\" d=\"M%.2f %.2fV%.2f",
                 color, x, a, b);
    if (caps && a == y0)
        buffer_print(sheet->out, "M%.2f %.2fh%.1f", x - cap, a, 2 * cap);
    if (caps && b == y1)
        buffer_print(sheet->out, "M%.2f %.2fh%.1f", x - cap, b, 2 * cap);
    buffer_append_string(sheet->out, "\"/>\n");
    svg_cover_line(sheet->cover, x, a, x, b);
}

static void draw_uprights(struct svg_sheet *sheet, const struct plot_points *points, size_t i)
{
    double x = svg_x(sheet, points->x[i]);
    bool inside = x >= sheet->inner.x && x <= sheet->inner.x + sheet->inner.width;
    if (!inside || isnan(points->y[i]))
        return;
    const char *color = color_of(sheet, points, i);
    if (points->stems)
        draw_upright(sheet, x, svg_y(sheet, 0), svg_y(sheet, points->y[i]), false, color);
    if (points->low && points->high && !isnan(points->low[i]) && !isnan(points->high[i]))
        draw_upright(sheet, x, svg_y(sheet, points->low[i]), svg_y(sheet, points->high[i]), true,
                     color);
}

static void draw_marker(struct svg_sheet *sheet, const struct plot_points *points, size_t i,
                        double x, double y)
{
    enum plot_origin origin = points->origins ? points->origins[i] : PLOT_MEASURED;
    const struct svg_marker marker = {"point", points->series, origin, x, y};
    svg_draw_marker(sheet->out, sheet->look, &marker);
}

static void draw_shape(struct svg_sheet *sheet, const struct plot_points *points, size_t i,
                       double x, double y)
{
    const char *color = color_of(sheet, points, i);
    enum plot_point_style style = style_of(points, i);
    if (style == PLOT_POINT_LEFT_OUT)
        buffer_print(sheet->out,
                     "<path class=\"point\" stroke=\"%s\" stroke-width=\"1.6\" fill=\"none\" "
                     "d=\"M%.2f %.2fm-4-4l8 8m0-8l-8 8\"/>\n",
                     color, x, y);
    else if (points->breakpoints)
        buffer_print(sheet->out,
                     "<path class=\"point\" stroke=\"%s\" stroke-width=\"1.4\" fill=\"none\" "
                     "d=\"M%.2f %.2fm0-7.5l7.5 7.5l-7.5 7.5l-7.5-7.5z\"/>\n",
                     color, x, y);
    else
        draw_marker(sheet, points, i, x, y);
    if (style == PLOT_POINT_SELECTED)
        buffer_print(sheet->out,
                     "<circle fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" cx=\"%.2f\" "
                     "cy=\"%.2f\" r=\"10\"/>\n",
                     sheet->look->ink, x, y);
}

void svg_draw_arrow(struct svg_sheet *sheet, const char *kind, double x, double y, int dx, int dy,
                    const char *color)
{
    buffer_print(sheet->out, "<path class=\"%s\" fill=\"%s\" d=\"M%.2f %.2fl%d %dl%d %dz\"/>\n",
                 kind, color, x, y, -8 * dx - 4 * dy, -8 * dy - 4 * dx, 8 * dy, 8 * dx);
}

static void draw_point(struct svg_sheet *sheet, const struct plot_points *points, size_t i)
{
    const struct svg_box *inner = &sheet->inner;
    double x = svg_x(sheet, points->x[i]), y = svg_y(sheet, points->y[i]);
    if (isnan(x) || isnan(y))
        return;
    const double slack = 0.01;
    double at_x = into(x, inner->x, inner->width), at_y = into(y, inner->y, inner->height);
    if (fabs(at_x - x) > slack)
        svg_draw_arrow(sheet, "point", at_x, at_y, x > at_x ? 1 : -1, 0,
                       color_of(sheet, points, i));
    else if (fabs(at_y - y) > slack)
        svg_draw_arrow(sheet, "point", at_x, at_y, 0, y > at_y ? 1 : -1,
                       color_of(sheet, points, i));
    else
        draw_shape(sheet, points, i, at_x, at_y);
    struct svg_box box = {at_x - 7, at_y - 7, 14, 14};
    svg_cover_box(sheet->cover, &box);
}

/* A number beside its point, where there is room: on its right, its left, above, below. */
static void draw_number(struct svg_sheet *sheet, const struct plot_points *points, size_t i)
{
    char *text = memory_print("%zu", points->numbers[i]);
    double x = svg_x(sheet, points->x[i]), y = svg_y(sheet, points->y[i]);
    double width = svg_text_width(text, SVG_FONT_SMALL);
    const struct svg_box places[] = {{x + 10, y - 6, width, 12},
                                     {x - 10 - width, y - 6, width, 12},
                                     {x - width / 2, y - 22, width, 12},
                                     {x - width / 2, y + 10, width, 12}};
    for (size_t k = 0; k < sizeof places / sizeof *places; k++)
        if (svg_inside(sheet, &places[k]) && svg_cover_free(sheet->cover, &places[k])) {
            svg_text(sheet->out, places[k].x, places[k].y + 10, "start", sheet->look->dim, text);
            svg_cover_box(sheet->cover, &places[k]);
            break;
        }
    free(text);
}

/* Sets drawn first lie below: those of the other curves, and data below breakpoints. */
void svg_draw_marks(struct svg_sheet *sheet)
{
    const struct plot *plot = sheet->plot;
    for (size_t k = 0; k < plot->points_count; k++)
        for (size_t i = 0; i < plot->points[k].count; i++)
            draw_uprights(sheet, &plot->points[k], i);
    for (size_t k = 0; k < plot->points_count; k++)
        for (size_t i = 0; i < plot->points[k].count; i++)
            draw_point(sheet, &plot->points[k], i);
    for (size_t k = 0; k < plot->points_count; k++)
        for (size_t i = 0; plot->points[k].numbers && i < plot->points[k].count; i++)
            draw_number(sheet, &plot->points[k], i);
}
