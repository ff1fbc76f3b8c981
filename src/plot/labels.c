/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels beside their lines, where they cover nothing and are nearest to what they name. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "plot/legend.h"
#include "plot/sheet.h"

enum { REACH = 3 };

/* A place for a label and how bad it is; nothing above COST_MAX is worth taking. */
struct place {
    int row, column;
    double cost;
};

static const double cost_max = 6;

/* The search for one label's place. */
struct search {
    const struct sheet *sheet;
    size_t line;
    int columns; /* of the label */
    int last;    /* the rightmost column where the line is in sight */
    struct place best;
    size_t rival; /* the line that last came too near: most likely it does so again */
};

static int trail_at(const struct sheet *sheet, size_t line, int column)
{
    if (column < 0 || column >= sheet->inner.columns)
        return -1;
    return sheet->trail[line * (size_t)sheet->inner.columns + (size_t)column];
}

/*
 * The distance from a label's cells to the line in column c, in half rows; a column counts as one.
 */
static int distance_at(const struct search *search, const short *trail, int row, int column, int c)
{
    if (c < 0 || c >= search->sheet->inner.columns || trail[c] < 0)
        return INT_MAX;
    int aside = c < column ? column - c : c - (column + search->columns) + 1;
    return 2 * abs(trail[c] - row) + (aside > 0 ? aside : 0);
}

/*
 * The shortest such distance to a line, up to REACH columns beyond the label's ends, or the first
 * one found below `enough`. Goes inwards from both ends, as that is where lines that rise or fall
 * come near.
 */
static int distance(const struct search *search, size_t line, int row, int column, int enough)
{
    const short *trail = search->sheet->trail + line * (size_t)search->sheet->inner.columns;
    int left = column - REACH, right = column + search->columns - 1 + REACH;
    int nearest = INT_MAX;
    for (; left <= right && nearest >= enough; left++, right--) {
        int from_left = distance_at(search, trail, row, column, left);
        int from_right = distance_at(search, trail, row, column, right);
        int nearer = from_left < from_right ? from_left : from_right;
        nearest = nearer < nearest ? nearer : nearest;
    }
    return nearest;
}

/*
 * Whether a reader could take the label for another line's: its own must be nearer by a row at
 * least.
 */
static bool could_name_another(struct search *search, int row, int column, int own)
{
    size_t count = search->sheet->plot->line_count;
    for (size_t i = 0; i < count; i++) {
        size_t line = (search->rival + i) % count;
        if (line == search->line || distance(search, line, row, column, own + 2) >= own + 2)
            continue;
        search->rival = line;
        return true;
    }
    return false;
}

static void consider(struct search *search, int row, int column)
{
    const struct sheet *sheet = search->sheet;
    int right = column + search->columns;
    if (row < 0 || row >= sheet->inner.rows || column < 0 || right > sheet->inner.columns)
        return;
    double cost = 3.0 * fabs((double)(search->last - right)) / sheet->inner.columns;
    if (cost >= search->best.cost)
        return;
    /* One free cell on each side keeps a label apart from glyphs and other labels. */
    int first = column > 0 ? column - 1 : 0;
    int end = right < sheet->inner.columns ? right + 1 : right;
    if (!sheet_free(sheet, row, first, end - first))
        return;
    int own = distance(search, search->line, row, column, 0);
    cost += own / 2.0;
    if (cost >= search->best.cost)
        return;
    if (!could_name_another(search, row, column, own))
        search->best = (struct place){row, column, cost};
}

/*
 * Considers the places of a label that ends at column: above and below the part of the line that it
 * spans, and beside the line there. The column may lie past the line's end: the label then still
 * stands over half of its width.
 */
static void consider_around(struct search *search, int column)
{
    int row = trail_at(search->sheet, search->line, column < search->last ? column : search->last);
    if (row < 0)
        return;
    int start = column - search->columns + 1;
    int top = row, bottom = row;
    for (int c = start; c < column; c++) {
        int trail = trail_at(search->sheet, search->line, c);
        if (trail >= 0 && trail < top)
            top = trail;
        if (trail > bottom)
            bottom = trail;
    }
    if (column <= search->last) {
        consider(search, row, column + 2);
        consider(search, row, column - 1 - search->columns);
    }
    for (int gap = 1; gap <= 2; gap++) {
        consider(search, top - gap, start);
        consider(search, bottom + gap, start);
    }
}

static bool find_place(struct search *search)
{
    search->best = (struct place){0, 0, cost_max};
    for (search->last = search->sheet->inner.columns - 1; search->last >= 0; search->last--)
        if (trail_at(search->sheet, search->line, search->last) >= 0)
            break;
    for (int column = search->last + search->columns / 2; column >= 0; column--)
        consider_around(search, column);
    return search->best.cost < cost_max;
}

/*
 * Appends "conv2d" or, among several series with points, "conv2d (●)": a bare glyph would be taken
 * for a point.
 */
static int print_label(const struct sheet *sheet, const struct plot_line *line, struct buffer *out)
{
    int columns = text_append(out, line->label, strlen(line->label), sheet->canvas->charset,
                              LEGEND_LABEL_MAX);
    if (!sheet_has_series(sheet->plot) || !legend_has_points(sheet->plot, line->series))
        return columns;
    buffer_print(out, " (%s)", plot_glyph(line->series, sheet->style));
    return columns + 4;
}

static bool place_label(struct sheet *sheet, size_t line)
{
    const struct plot_line *described = &sheet->plot->lines[line];
    struct buffer text = {0};
    struct search search = {.sheet = sheet, .line = line};
    search.columns = print_label(sheet, described, &text);
    bool found = search.columns <= sheet->inner.columns / 2 && find_place(&search);
    if (found)
        sheet_text(sheet, search.best.row, search.best.column, search.columns,
                   sheet_role(described->series), buffer_string(&text));
    buffer_done(&text);
    return found;
}

/* Writes a point's number where nothing else is: on its right, its left, above or below it. */
static void place_number(struct sheet *sheet, const struct plot_points *points, size_t i)
{
    char text[24];
    int row = sheet_row(sheet, points->y[i]), column = sheet_column(sheet, points->x[i]);
    int width = snprintf(text, sizeof text, "%zu", points->numbers[i]);
    const int places[][2] = {
        {row, column + 2}, {row, column - 1 - width}, {row - 1, column}, {row + 1, column}};
    for (size_t k = 0; k < sizeof places / sizeof *places; k++)
        if (sheet_free(sheet, places[k][0], places[k][1] - (k == 0), width + 1)) {
            sheet_text(sheet, places[k][0], places[k][1], width, ROLE_DIM, text);
            return;
        }
}

static void place_numbers(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->plot->points_count; i++) {
        const struct plot_points *points = &sheet->plot->points[i];
        for (size_t j = 0; points->numbers && j < points->count; j++)
            place_number(sheet, points, j);
    }
}

void sheet_draw_labels(struct sheet *sheet, struct rect head, struct rect *spare)
{
    struct legend legend;
    legend_init(&legend, sheet, head, spare);
    for (size_t i = 0; i < sheet->plot->line_count; i++)
        if (sheet->plot->lines[i].label && !place_label(sheet, i))
            legend_add_line(&legend, &sheet->plot->lines[i]);
    legend_add_points(&legend);
    legend_done(&legend);
    place_numbers(sheet);
}
