/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines as dots: 2 across and 4 down in each cell, joined from one dot column to the next. */
#include <stdlib.h>

#include "base/memory.h"
#include "plot/sheet.h"

enum { DOTS_ACROSS = 2, DOTS_DOWN = 4, DASH = 5, GAP = 4, ARROWS_APART = 4 };

/* The dots of all lines of a panel: one byte of bits and the last line's role for each cell. */
struct raster {
    int rows, columns; /* in dots */
    unsigned char *bits, *roles;
};

/* A pen on its way along one line. Rows are in dots from the top, never far outside. */
struct pen {
    struct raster *raster;
    enum role role;
    bool dashed, down;
    int column, row;
    unsigned travelled; /* dots, for dashes */
};

static void raster_set(struct raster *raster, int row, int column, enum role role)
{
    static const unsigned char masks[DOTS_DOWN][DOTS_ACROSS] = {
        {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    if (row < 0 || row >= raster->rows || column < 0 || column >= raster->columns)
        return;
    int cell = row / DOTS_DOWN * (raster->columns / DOTS_ACROSS) + column / DOTS_ACROSS;
    bool taken = raster->bits[cell] && raster->roles[cell] != role;
    raster->bits[cell] |= masks[row % DOTS_DOWN][column % DOTS_ACROSS];
    /* Where two lines run together they take turns, so that both are seen. */
    if (!taken || cell % 2)
        raster->roles[cell] = (unsigned char)role;
}

static void pen_dot(struct pen *pen, int row, int column)
{
    if (!pen->dashed || pen->travelled % (DASH + GAP) < DASH)
        raster_set(pen->raster, row, column, pen->role);
    pen->travelled++;
}

/*
 * Moves the pen to the next dot column. The two dots are joined by uprights that meet halfway, so
 * that steep parts have no holes.
 */
static void pen_move(struct pen *pen, int row, int column)
{
    if (pen->down) {
        int step = row > pen->row ? 1 : -1;
        int middle = pen->row + (row - pen->row) / 2;
        for (int r = pen->row; r != middle;)
            pen_dot(pen, r += step, pen->column);
        for (int r = middle; r != row && r + step != row;)
            pen_dot(pen, r += step, column);
    }
    pen_dot(pen, row, column);
    pen->down = true;
    pen->row = row;
    pen->column = column;
}

static int dot_row(const struct sheet *sheet, double y)
{
    const int margin = 3; /* beyond the edge every row looks the same */
    int rows = sheet->inner.rows * DOTS_DOWN;
    double fraction = scale_fraction(&sheet->y, y);
    if (isnan(fraction)) /* 0 or less on a log axis */
        return rows + margin;
    double row = floor((1 - fraction) * rows + 1e-9);
    if (row == rows && fraction > -1e-9) /* the low end belongs to the axis */
        return rows - 1;
    return (int)fmin(fmax(row, -margin), rows + margin);
}

/* The dot columns that the line covers, first to last; none: first > last. */
static void dot_range(const struct sheet *sheet, const struct plot_line *line, int *first,
                      int *last)
{
    int columns = sheet->inner.columns * DOTS_ACROSS;
    double from = scale_fraction(&sheet->x, line->from);
    double to = scale_fraction(&sheet->x, line->to);
    *first = isnan(from) ? 0 : scale_cell(from, columns);
    *last = isnan(to) ? -1 : scale_cell(to, columns);
    if (*first < 0)
        *first = 0;
    if (*last >= columns)
        *last = columns - 1;
}

static void trace(struct sheet *sheet, struct raster *raster, const struct plot_line *line,
                  short *trail)
{
    struct pen pen = {.raster = raster, .role = sheet_role(line->series), .dashed = line->dashed};
    int first, last;
    dot_range(sheet, line, &first, &last);
    for (int column = first; column <= last; column++) {
        double x = scale_value(&sheet->x, (column + 0.5) / raster->columns);
        x = fmin(fmax(x, line->from), line->to);
        double y = line->evaluate(line->context, x);
        if (isnan(y)) {
            pen.down = false;
            continue;
        }
        int row = dot_row(sheet, y);
        pen_move(&pen, row, column);
        if (row >= 0 && row < raster->rows)
            trail[column / DOTS_ACROSS] = (short)(row / DOTS_DOWN);
    }
}

static void lay_down(struct sheet *sheet, const struct raster *raster)
{
    char text[4];
    for (int row = 0; row < sheet->inner.rows; row++) {
        for (int column = 0; column < sheet->inner.columns; column++) {
            int cell = row * sheet->inner.columns + column;
            if (raster->bits[cell] == 0)
                continue;
            glyphs_dots(sheet->style, raster->bits[cell], text);
            sheet_put(sheet, row, column, (enum role)raster->roles[cell], text, COVER_LINE);
        }
    }
}

/* The arrow for a line in a column where it is out of sight; NULL: it is not. */
static const char *edge_arrow(const struct sheet *sheet, const struct plot_line *line, int column)
{
    double x = scale_value(&sheet->x, (column + 0.5) / sheet->inner.columns);
    double y = line->evaluate(line->context, fmin(fmax(x, line->from), line->to));
    int row = isnan(y) ? 0 : dot_row(sheet, y);
    return row < 0                                ? sheet->glyphs->up
           : row >= sheet->inner.rows * DOTS_DOWN ? sheet->glyphs->down
                                                  : NULL;
}

/* Where a stretch out of sight begins, and every few columns from there. */
static void draw_edge_arrows(struct sheet *sheet, const struct plot_line *line)
{
    int first, last, since = 0;
    dot_range(sheet, line, &first, &last);
    for (int column = first / DOTS_ACROSS; column <= last / DOTS_ACROSS; column++) {
        const char *arrow = edge_arrow(sheet, line, column);
        since = arrow ? since + 1 : 0;
        if (since % ARROWS_APART == 1)
            sheet_put(sheet, arrow == sheet->glyphs->up ? 0 : sheet->inner.rows - 1, column,
                      sheet_role(line->series), arrow, COVER_LINE);
    }
}

void sheet_draw_lines(struct sheet *sheet)
{
    size_t cells = (size_t)sheet->inner.rows * (size_t)sheet->inner.columns;
    struct raster raster = {
        .rows = sheet->inner.rows * DOTS_DOWN,
        .columns = sheet->inner.columns * DOTS_ACROSS,
        .bits = memory_new_array(cells, 1),
        .roles = memory_new_array(cells, 1),
    };
    for (size_t i = 0; i < sheet->plot->line_count; i++)
        trace(sheet, &raster, &sheet->plot->lines[i],
              sheet->trail + i * (size_t)sheet->inner.columns);
    lay_down(sheet, &raster);
    for (size_t i = 0; i < sheet->plot->line_count; i++)
        if (sheet->plot->lines[i].tells_edge)
            draw_edge_arrows(sheet, &sheet->plot->lines[i]);
    free(raster.bits);
    free(raster.roles);
}
