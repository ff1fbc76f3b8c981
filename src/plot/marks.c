/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points as glyphs, with their error bars and stems; arrows for those that lie off the axes. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "plot/sheet.h"

static enum plot_point_style style_of(const struct plot_points *points, size_t i)
{
    return points->styles ? points->styles[i] : PLOT_POINT_PLAIN;
}

static enum role role_of(const struct plot_points *points, size_t i)
{
    bool left_out = style_of(points, i) == PLOT_POINT_LEFT_OUT;
    return left_out ? ROLE_DIM : sheet_role(points->series);
}

static int clamp(int value, int count)
{
    if (value < 0)
        return 0;
    return value < count ? value : count - 1;
}

static void draw_stem(struct sheet *sheet, int row, int column, enum role role)
{
    int zero = clamp(sheet_row(sheet, 0), sheet->inner.rows);
    int end = clamp(row, sheet->inner.rows);
    for (int r = end < zero ? end : zero; r <= (end < zero ? zero : end); r++)
        if (r != zero)
            sheet_put(sheet, r, column, role, sheet->glyphs->stem, COVER_BAR);
}

static void draw_bar(struct sheet *sheet, int top, int bottom, int column, enum role role)
{
    const struct glyphs *glyphs = sheet->glyphs;
    int first = clamp(top, sheet->inner.rows), last = clamp(bottom, sheet->inner.rows);
    if (top >= sheet->inner.rows || bottom < 0)
        return;
    for (int row = first; row <= last; row++) {
        const char *glyph = glyphs->bar;
        if (row == top && top < bottom)
            glyph = glyphs->bar_top;
        if (row == bottom && top < bottom)
            glyph = glyphs->bar_bottom;
        sheet_put(sheet, row, column, role, glyph, COVER_BAR);
    }
}

/*
 * The row where the bar of a point ends, which stands in row, at fraction `from` of the axis.
 * Counted from the point's cell rather than from the axis, so that bars which are equally long look
 * so; less than half a row is not worth a cap.
 */
static int bar_end(const struct sheet *sheet, double from, int row, double end)
{
    double to = scale_fraction(&sheet->y, end);
    bool visible = row >= 0 && row < sheet->inner.rows;
    if (!visible || isnan(to))
        return sheet_row(sheet, end);
    double rows = round((from - to) * sheet->inner.rows);
    return row + (int)fmin(fmax(rows, -sheet->inner.rows), sheet->inner.rows);
}

static void draw_upright(struct sheet *sheet, const struct plot_points *points, size_t i)
{
    int column = sheet_column(sheet, points->x[i]);
    if (isnan(points->y[i]) || column < 0 || column >= sheet->inner.columns)
        return;
    double from = scale_fraction(&sheet->y, points->y[i]);
    int row = sheet_row_of(sheet, from);
    if (points->stems)
        draw_stem(sheet, row, column, role_of(points, i));
    if (points->low && points->high && !isnan(points->low[i]) && !isnan(points->high[i]))
        draw_bar(sheet, bar_end(sheet, from, row, points->high[i]),
                 bar_end(sheet, from, row, points->low[i]), column, role_of(points, i));
}

static void draw_uprights(struct sheet *sheet, const struct plot_points *points)
{
    if (!points->stems && !(points->low && points->high))
        return;
    for (size_t i = 0; i < points->count; i++)
        draw_upright(sheet, points, i);
}

static const char *knot_on(struct sheet *sheet, enum plot_origin origin)
{
    bool told = origin < PLOT_ORIGINS;
    sheet->seen |= told ? (unsigned)SEEN_KNOT_ON << origin : SEEN_KNOT_ON_POINT;
    return sheet->glyphs->knot_on[told ? origin : PLOT_MEASURED];
}

/*
 * The glyph of point i. origin: its own or, where it is a breakpoint on a data point, that point's.
 */
static const char *glyph_of(struct sheet *sheet, const struct plot_points *points, size_t i,
                            enum cover below, enum plot_origin origin)
{
    const struct glyphs *glyphs = sheet->glyphs;
    enum plot_point_style style = style_of(points, i);
    if (style == PLOT_POINT_LEFT_OUT)
        return glyphs->left_out;
    if (points->breakpoints && style == PLOT_POINT_SELECTED)
        return glyphs->knot_selected;
    if (below == (points->breakpoints ? COVER_POINT : COVER_KNOT)) {
        sheet->bare_knots -= !points->breakpoints;
        return knot_on(sheet, origin);
    }
    if (points->breakpoints) {
        sheet->bare_knots++;
        return glyphs->knot;
    }
    if (origin == PLOT_ORIGINS) {
        if (points->origins && points->origins[i] != PLOT_MEASURED)
            sheet->seen |= SEEN_UNTOLD;
        return plot_glyph(points->series, sheet->style);
    }
    sheet->seen |= (unsigned)SEEN_ORIGIN << origin;
    sheet->shaded[origin] |= 1U << ((unsigned)points->series % ROLE_SERIES_COUNT);
    return sheet->tells == TELLS_BOTH ? glyphs_shade(glyphs, points->series, origin)
                                      : glyphs->origin[origin];
}

/* An arrow at the edge nearest to a point that is out of sight; NULL for one that is not. */
static const char *arrow_of(const struct sheet *sheet, int row, int column)
{
    if (column < 0)
        return sheet->glyphs->left;
    if (column >= sheet->inner.columns)
        return sheet->glyphs->right;
    if (row < 0)
        return sheet->glyphs->up;
    return row >= sheet->inner.rows ? sheet->glyphs->down : NULL;
}

static void draw_brackets(struct sheet *sheet, int row, int column)
{
    sheet_put(sheet, row, column - 1, ROLE_SELECTED, sheet->glyphs->open, COVER_KNOT);
    sheet_put(sheet, row, column + 1, ROLE_SELECTED, sheet->glyphs->close, COVER_KNOT);
}

static void draw_point(struct sheet *sheet, const struct plot_points *points, size_t i)
{
    if (isnan(points->y[i]) || isnan(points->x[i]))
        return;
    int row = sheet_row(sheet, points->y[i]), column = sheet_column(sheet, points->x[i]);
    const char *arrow = arrow_of(sheet, row, column);
    row = clamp(row, sheet->inner.rows);
    column = clamp(column, sheet->inner.columns);
    enum cover below = sheet_cover(sheet, row, column);
    enum plot_point_style style = style_of(points, i);
    if (points->breakpoints && style == PLOT_POINT_PLAIN && below == COVER_LEFT_OUT)
        return; /* the cross tells more */
    enum role role = role_of(points, i);
    if (style == PLOT_POINT_SELECTED) {
        role = ROLE_SELECTED;
        draw_brackets(sheet, row, column);
    }
    if (style == PLOT_POINT_LEFT_OUT)
        sheet->seen |= SEEN_LEFT_OUT;
    enum plot_origin origin = below == COVER_POINT && points->breakpoints
                                  ? sheet_origin(sheet, row, column)
                                  : sheet_origin_of(sheet, points, i);
    const char *glyph = arrow ? arrow : glyph_of(sheet, points, i, below, origin);
    if (points->breakpoints)
        sheet_put(sheet, row, column, role, glyph, COVER_KNOT);
    else if (style == PLOT_POINT_LEFT_OUT && !arrow)
        sheet_put(sheet, row, column, role, glyph, COVER_LEFT_OUT);
    else
        sheet_put_point(sheet, row, column, role, glyph, origin);
}

static void draw_points(struct sheet *sheet, const struct plot_points *points,
                        enum plot_point_style style)
{
    if (!points->styles && style != PLOT_POINT_PLAIN)
        return;
    for (size_t i = 0; i < points->count; i++)
        if (style_of(points, i) == style)
            draw_point(sheet, points, i);
}

/*
 * Counts for each cell how many points off the axes its arrow stands for: breakpoints, or data
 * points.
 */
static void count_beyond(const struct sheet *sheet, bool breakpoints, unsigned *counts)
{
    for (size_t k = 0; k < sheet->plot->points_count; k++) {
        const struct plot_points *points = &sheet->plot->points[k];
        for (size_t i = 0; points->breakpoints == breakpoints && i < points->count; i++) {
            if (isnan(points->x[i]) || isnan(points->y[i]))
                continue;
            int row = sheet_row(sheet, points->y[i]), column = sheet_column(sheet, points->x[i]);
            if (arrow_of(sheet, row, column))
                counts[clamp(row, sheet->inner.rows) * sheet->inner.columns +
                       clamp(column, sheet->inner.columns)]++;
        }
    }
}

/* Writes beside an arrow for several points their number, unless a point stands there. */
static void draw_count(struct sheet *sheet, int row, int column, unsigned count)
{
    char digits[16], one[2] = "";
    int width = snprintf(digits, sizeof digits, "%u", count);
    int at = column + 1 + width <= sheet->inner.columns ? column + 1 : column - width;
    for (int i = 0; i < width; i++)
        if (sheet_cover(sheet, row, at + i) >= COVER_POINT)
            return;
    for (int i = 0; i < width; i++) {
        one[0] = digits[i];
        sheet_put(sheet, row, at + i, ROLE_DIM, one, COVER_LABEL);
    }
}

/* A breakpoint mostly stands on a data point: the two count as one. */
static void draw_counts(struct sheet *sheet)
{
    size_t cells = (size_t)sheet->inner.rows * (size_t)sheet->inner.columns;
    unsigned *data = memory_new_array(2 * cells, sizeof *data), *knots = data + cells;
    count_beyond(sheet, false, data);
    count_beyond(sheet, true, knots);
    for (size_t i = 0; i < cells; i++) {
        unsigned count = data[i] > knots[i] ? data[i] : knots[i];
        if (count > 1)
            draw_count(sheet, (int)i / sheet->inner.columns, (int)i % sheet->inner.columns, count);
    }
    free(data);
}

void sheet_draw_marks(struct sheet *sheet)
{
    static const enum plot_point_style order[] = {PLOT_POINT_LEFT_OUT, PLOT_POINT_PLAIN,
                                                  PLOT_POINT_SELECTED};
    for (size_t i = 0; i < sheet->plot->points_count; i++)
        draw_uprights(sheet, &sheet->plot->points[i]);
    for (size_t pass = 0; pass < sizeof order / sizeof *order; pass++)
        for (size_t i = 0; i < sheet->plot->points_count; i++)
            draw_points(sheet, &sheet->plot->points[i], order[pass]);
    if (sheet->bare_knots > 0)
        sheet->seen |= SEEN_KNOT;
    draw_counts(sheet);
}
