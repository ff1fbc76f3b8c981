/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of one panel while it is being drawn, and the record of what lies on them. */
#include "plot/sheet.h"

#include <stdlib.h>

#include "base/memory.h"

/* What a byte of sheet.cover holds: the cover, and above it the origin of a point. */
enum { COVER_MASK = 15, ORIGIN_SHIFT = 4 };

bool sheet_has_series(const struct plot *plot)
{
    for (size_t i = 1; i < plot->points_count; i++)
        if (plot->points[i].series != plot->points[0].series)
            return true;
    return plot->series_elsewhere;
}

static bool can_shade(const struct plot *plot, const struct glyphs *glyphs)
{
    for (size_t i = 0; i < plot->points_count; i++) {
        const struct plot_points *points = &plot->points[i];
        if (!points->breakpoints && points->count > 0 &&
            (unsigned)points->series % ROLE_SERIES_COUNT >= GLYPHS_SHADES)
            return false;
    }
    return glyphs->hollow[0] != NULL;
}

void sheet_init(struct sheet *sheet, struct canvas *canvas, const struct plot *plot,
                const struct plot_frame *frame, enum plot_style style)
{
    size_t columns = (size_t)frame->inner.columns;
    *sheet = (struct sheet){
        .canvas = canvas,
        .plot = plot,
        .inner = frame->inner,
        .x = scale_of(&frame->x),
        .y = scale_of(&frame->y),
        .style = style,
        .glyphs = glyphs_of(style),
        .cover = memory_new_array((size_t)frame->inner.rows * columns, 1),
        .trail = memory_new_array(plot->line_count * columns, sizeof(short)),
    };
    sheet->tells = !sheet_has_series(plot)          ? TELLS_ORIGIN
                   : can_shade(plot, sheet->glyphs) ? TELLS_BOTH
                                                    : TELLS_SERIES;
    for (size_t i = 0; i < plot->line_count * columns; i++)
        sheet->trail[i] = -1;
}

void sheet_done(struct sheet *sheet)
{
    free(sheet->cover);
    free(sheet->trail);
    *sheet = (struct sheet){0};
}

static unsigned char *cover_at(const struct sheet *sheet, int row, int column)
{
    if (row < 0 || row >= sheet->inner.rows || column < 0 || column >= sheet->inner.columns)
        return NULL;
    return &sheet->cover[(size_t)row * (size_t)sheet->inner.columns + (size_t)column];
}

void sheet_put(struct sheet *sheet, int row, int column, enum role role, const char *glyph,
               enum cover cover)
{
    unsigned char *mark = cover_at(sheet, row, column);
    if (!mark)
        return;
    *mark = (unsigned char)cover;
    canvas_put(sheet->canvas, sheet->inner.row + row, sheet->inner.column + column, role, glyph);
}

enum cover sheet_cover(const struct sheet *sheet, int row, int column)
{
    const unsigned char *mark = cover_at(sheet, row, column);
    return mark ? (enum cover)(*mark & COVER_MASK) : COVER_LABEL;
}

void sheet_put_point(struct sheet *sheet, int row, int column, enum role role, const char *glyph,
                     enum plot_origin origin)
{
    sheet_put(sheet, row, column, role, glyph, COVER_POINT);
    unsigned char *mark = cover_at(sheet, row, column);
    if (mark)
        *mark |= (unsigned char)(origin << ORIGIN_SHIFT);
}

enum plot_origin sheet_origin(const struct sheet *sheet, int row, int column)
{
    const unsigned char *mark = cover_at(sheet, row, column);
    return mark ? (enum plot_origin)(*mark >> ORIGIN_SHIFT) : PLOT_ORIGINS;
}

enum plot_origin sheet_origin_of(const struct sheet *sheet, const struct plot_points *points,
                                 size_t i)
{
    bool told = sheet->tells != TELLS_SERIES && points->origins && !points->breakpoints;
    return told ? points->origins[i] : PLOT_ORIGINS;
}

bool sheet_free(const struct sheet *sheet, int row, int column, int columns)
{
    for (int i = 0; i < columns; i++)
        if (sheet_cover(sheet, row, column + i) != COVER_NONE)
            return false;
    return true;
}

void sheet_text(struct sheet *sheet, int row, int column, int columns, enum role role,
                const char *text)
{
    canvas_text(sheet->canvas, sheet->inner.row + row, sheet->inner.column + column, columns, role,
                text);
    for (int i = 0; i < columns; i++)
        *cover_at(sheet, row, column + i) = COVER_LABEL;
}

int sheet_row_of(const struct sheet *sheet, double fraction)
{
    return isnan(fraction) ? sheet->inner.rows : scale_cell(1 - fraction, sheet->inner.rows);
}

int sheet_row(const struct sheet *sheet, double y)
{
    return sheet_row_of(sheet, scale_fraction(&sheet->y, y));
}

int sheet_column(const struct sheet *sheet, double x)
{
    double fraction = scale_fraction(&sheet->x, x);
    return isnan(fraction) ? -1 : scale_cell(fraction, sheet->inner.columns);
}
