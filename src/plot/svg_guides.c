/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What lies behind the data of an SVG panel: grid, stretches, levels, and the ticks of its y axis.
 */
#include <math.h>

#include "base/buffer.h"
#include "plot/axis.h"
#include "plot/svg_sheet.h"

static void draw_across(struct svg_sheet *sheet, double y, const char *color)
{
    const struct svg_box *inner = &sheet->inner;
    buffer_print(sheet->out, "<path class=\"level\" stroke=\"%s\" d=\"M%.2f %.2fH%.2f\"/>\n", color,
                 inner->x, y, inner->x + inner->width);
}

static void draw_y_ticks(struct svg_sheet *sheet)
{
    enum { APART = 34, TEXT = 14 };
    struct axis_tick ticks[AXIS_TICKS_MAX];
    size_t wanted = (size_t)fmax(sheet->inner.height / APART, 3);
    size_t count = axis_ticks(&sheet->y_axis, wanted, false, ticks);
    double last = INFINITY;
    for (size_t i = 0; i < count; i++) {
        double y = svg_y(sheet, ticks[i].value);
        draw_across(sheet, y, sheet->look->grid);
        if (last - y < TEXT)
            continue;
        last = y;
        svg_text(sheet->out, sheet->inner.x - 7, y + 4, "end", sheet->look->ink, ticks[i].label);
    }
}

/* 2 to 9 of each decade, as marks on the axis, where there are not too many decades for it. */
static void draw_minor(struct svg_sheet *sheet, bool upright)
{
    enum { DECADES_MAX = 12, LENGTH = 4 };
    const struct plot_axis *axis = upright ? &sheet->y_axis : &sheet->x_axis;
    const struct svg_box *inner = &sheet->inner;
    if (!axis->log || log10(axis->high / axis->low) > DECADES_MAX)
        return;
    int last = (int)floor(log10(axis->high));
    for (int decade = (int)floor(log10(axis->low)); decade <= last; decade++)
        for (int i = 1; i < 10; i++) {
            double value = i * pow(10, decade);
            if (value < axis->low || value > axis->high)
                continue;
            if (upright)
                buffer_print(sheet->out, "<path stroke=\"%s\" d=\"M%.2f %.2fh%d\"/>\n",
                             sheet->look->dim, inner->x, svg_y(sheet, value), LENGTH);
            else
                buffer_print(sheet->out, "<path stroke=\"%s\" d=\"M%.2f %.2fv-%d\"/>\n",
                             sheet->look->dim, svg_x(sheet, value), inner->y + inner->height,
                             LENGTH);
        }
}

static void draw_x_grid(struct svg_sheet *sheet)
{
    enum { APART = 80 };
    struct axis_tick ticks[AXIS_TICKS_MAX];
    size_t count =
        axis_ticks(&sheet->x_axis, (size_t)fmax(sheet->inner.width / APART, 2), true, ticks);
    for (size_t i = 0; i < count; i++)
        buffer_print(sheet->out, "<path stroke=\"%s\" d=\"M%.2f %.2fv%.2f\"/>\n", sheet->look->grid,
                     svg_x(sheet, ticks[i].value), sheet->inner.y, sheet->inner.height);
}

static void draw_bound(struct svg_sheet *sheet, double value)
{
    if (!(value >= sheet->x_axis.low && value <= sheet->x_axis.high))
        return;
    double x = svg_x(sheet, value);
    buffer_print(sheet->out,
                 "<path class=\"bound\" stroke=\"%s\" stroke-dasharray=\"4 3\" "
                 "d=\"M%.2f %.2fv%.2f\"/>\n",
                 sheet->look->dim, x, sheet->inner.y, sheet->inner.height);
    svg_cover_line(sheet->cover, x, sheet->inner.y, x, sheet->inner.y + sheet->inner.height);
}

static void draw_span(struct svg_sheet *sheet, const struct plot_span *span)
{
    if (span->bounds) {
        draw_bound(sheet, span->low);
        draw_bound(sheet, span->high);
        return;
    }
    double from = svg_x(sheet, fmax(span->low, sheet->x_axis.low));
    double to = svg_x(sheet, fmin(span->high, sheet->x_axis.high));
    if (!(from <= to))
        return;
    buffer_print(sheet->out,
                 "<rect class=\"span\" fill=\"%s\" fill-opacity=\"0.22\" x=\"%.2f\" y=\"%.2f\" "
                 "width=\"%.2f\" height=\"%.2f\"/>\n",
                 sheet->look->warning, from, sheet->inner.y, fmax(to - from, 1),
                 sheet->inner.height);
}

static void draw_levels(struct svg_sheet *sheet)
{
    for (size_t i = 0; i < sheet->plot->level_count; i++) {
        double y = svg_y(sheet, sheet->plot->levels[i]);
        if (y >= sheet->inner.y && y <= sheet->inner.y + sheet->inner.height)
            draw_across(sheet, y, sheet->look->dim);
    }
}

void svg_draw_guides(struct svg_sheet *sheet)
{
    const struct svg_box *inner = &sheet->inner;
    for (size_t i = 0; i < sheet->plot->span_count; i++)
        if (!sheet->plot->spans[i].bounds)
            draw_span(sheet, &sheet->plot->spans[i]);
    draw_x_grid(sheet);
    draw_y_ticks(sheet);
    draw_levels(sheet);
    for (size_t i = 0; i < sheet->plot->span_count; i++)
        if (sheet->plot->spans[i].bounds)
            draw_span(sheet, &sheet->plot->spans[i]);
    buffer_print(sheet->out, "<path stroke=\"%s\" fill=\"none\" d=\"M%.2f %.2fv%.2fh%.2f\"/>\n",
                 sheet->look->ink, inner->x, inner->y, inner->height, inner->width);
    draw_minor(sheet, true);
    draw_minor(sheet, false);
}
