/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies behind the data: levels, the zero line, the ends of a range; and the cursor over it. */
#include <string.h>

#include "plot/sheet.h"

enum { ROOMY_COLUMNS = 32, ROOMY_ROWS = 6 };

static void draw_level(struct sheet *sheet, double y, const char *glyph, enum role role)
{
    int row = sheet_row(sheet, y);
    int step = sheet->style == PLOT_ASCII && role == ROLE_GRID ? 2 : 1;
    for (int column = 0; column < sheet->inner.columns; column += step)
        sheet_put(sheet, row, column, role, glyph, COVER_FAINT);
}

static void draw_bound(struct sheet *sheet, double x, enum role role)
{
    int column = sheet_column(sheet, x);
    for (int row = 0; row < sheet->inner.rows; row++)
        sheet_put(sheet, row, column, role, sheet->glyphs->bound, COVER_FAINT);
}

static bool has_stems(const struct plot *plot)
{
    for (size_t i = 0; i < plot->points_count; i++)
        if (plot->points[i].stems)
            return true;
    return false;
}

void sheet_draw_guides(struct sheet *sheet)
{
    const struct plot *plot = sheet->plot;
    for (size_t i = 0; i < plot->span_count; i++) {
        if (!plot->spans[i].bounds)
            continue;
        draw_bound(sheet, plot->spans[i].low, plot->spans[i].role);
        draw_bound(sheet, plot->spans[i].high, plot->spans[i].role);
    }
    for (size_t i = 0; i < plot->level_count; i++)
        draw_level(sheet, plot->levels[i], sheet->glyphs->level, ROLE_GRID);
    if (has_stems(plot))
        draw_level(sheet, 0, sheet->glyphs->zero, ROLE_AXIS);
}

static bool try_text(struct sheet *sheet, int row, int column, int columns, enum role role,
                     const char *text)
{
    if (!sheet_free(sheet, row, column, columns))
        return false;
    sheet_text(sheet, row, column, columns, role, text);
    return true;
}

/*
 * Labels an end of the range, min or max: at the top or else at the bottom, and outside of the
 * range if there is room, as the data lie inside.
 */
static void label_bound(struct sheet *sheet, double x, bool low, enum role role)
{
    int column = sheet_column(sheet, x);
    if (column < 0 || column >= sheet->inner.columns)
        return;
    const char *text = low ? "min" : "max";
    int columns = (int)strlen(text);
    int left = column - 1 - columns, right = column + 2;
    int bottom = sheet->inner.rows - 1;
    if (try_text(sheet, 0, low ? left : right, columns, role, text) ||
        try_text(sheet, 0, low ? right : left, columns, role, text) ||
        try_text(sheet, bottom, low ? left : right, columns, role, text))
        return;
    try_text(sheet, bottom, low ? right : left, columns, role, text);
}

void sheet_draw_span_labels(struct sheet *sheet)
{
    if (sheet->inner.columns < ROOMY_COLUMNS || sheet->inner.rows < ROOMY_ROWS)
        return;
    for (size_t i = 0; i < sheet->plot->span_count; i++) {
        const struct plot_span *span = &sheet->plot->spans[i];
        if (!span->bounds)
            continue;
        label_bound(sheet, span->low, true, span->role);
        label_bound(sheet, span->high, false, span->role);
    }
}

static void mark_crossings(struct sheet *sheet, double x, int column)
{
    for (size_t i = 0; i < sheet->plot->line_count; i++) {
        const struct plot_line *line = &sheet->plot->lines[i];
        double y =
            x >= line->from && x <= line->to ? line->evaluate(line->context, x) : (double)NAN;
        if (isnan(y))
            continue;
        int row = sheet_row(sheet, y);
        if (sheet_cover(sheet, row, column) < COVER_POINT)
            sheet_put(sheet, row, column, ROLE_CURSOR, sheet->glyphs->crossing, COVER_BAR);
    }
}

void sheet_draw_cursor(struct sheet *sheet, double x, bool crossings, bool axis)
{
    if (isnan(x))
        return;
    int column = sheet_column(sheet, x);
    if (column < 0 || column >= sheet->inner.columns)
        return;
    int zero = has_stems(sheet->plot) ? sheet_row(sheet, 0) : -1;
    if (crossings)
        mark_crossings(sheet, x, column);
    for (int row = 0; row < sheet->inner.rows; row++) {
        bool on_zero = row == zero && sheet_cover(sheet, row, column) == COVER_FAINT;
        if (sheet_cover(sheet, row, column) < COVER_LINE)
            sheet_put(sheet, row, column, ROLE_CURSOR,
                      on_zero ? sheet->glyphs->cursor_on_axis : sheet->glyphs->cursor, COVER_FAINT);
    }
    if (axis)
        canvas_put(sheet->canvas, sheet->inner.row + sheet->inner.rows,
                   sheet->inner.column + column, ROLE_CURSOR, sheet->glyphs->cursor_on_axis);
}
