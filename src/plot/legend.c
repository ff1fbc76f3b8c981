/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legend of a panel. */
#include "plot/legend.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"

enum { LABEL_COLUMNS_MAX = 28, BETWEEN = 2 };

bool legend_has_points(const struct plot *plot, int series)
{
    for (size_t i = 0; i < plot->points_count; i++)
        if (plot->points[i].series == series && !plot->points[i].breakpoints)
            return true;
    return false;
}

static bool has_labelled_line(const struct plot *plot, int series)
{
    for (size_t i = 0; i < plot->line_count; i++)
        if (plot->lines[i].series == series && plot->lines[i].label)
            return true;
    return false;
}

void legend_init(struct legend *legend, struct sheet *sheet, struct rect area)
{
    legend->sheet = sheet;
    legend->area = area;
    legend->count = legend->beyond = 0;
}

static void add(struct legend *legend, const char *glyph, const char *label, enum role role)
{
    if (legend->count == LEGEND_ENTRIES_MAX) {
        legend->beyond++;
        return;
    }
    enum text_charset charset = legend->sheet->canvas->charset;
    int label_columns = text_columns(label, charset);
    if (label_columns > LABEL_COLUMNS_MAX)
        label_columns = LABEL_COLUMNS_MAX;
    legend->entries[legend->count++] =
        (struct legend_entry){glyph, label, role, text_columns(glyph, charset) + 1 + label_columns};
}

/* Whether glyphs of points tell where these come from, and thus not which line they belong to. */
static bool tells_origins(const struct sheet *sheet)
{
    for (size_t i = 0; sheet->tells_origins && i < sheet->plot->points_count; i++)
        if (sheet->plot->points[i].origins)
            return true;
    return false;
}

void legend_add_line(struct legend *legend, const struct plot_line *line)
{
    const struct glyphs *glyphs = legend->sheet->glyphs;
    const char *glyph = line->dashed ? glyphs->dashed : glyphs->line;
    if (legend_has_points(legend->sheet->plot, line->series) && !tells_origins(legend->sheet))
        glyph = plot_glyph(line->series, legend->sheet->style);
    add(legend, glyph, line->label, sheet_role(line->series));
}

/* Several stretches of one kind need one entry. */
static bool span_named_before(const struct plot *plot, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (plot->spans[i].label && strcmp(plot->spans[i].label, plot->spans[index].label) == 0)
            return true;
    return false;
}

static const char *point_glyph(const struct sheet *sheet, const struct plot_points *points)
{
    enum plot_origin origin = sheet_origin_of(sheet, points, 0);
    return origin < PLOT_ORIGINS ? sheet->glyphs->origin[origin]
                                 : plot_glyph(points->series, sheet->style);
}

/* What is measured goes without saying where nothing else is in sight. */
static void add_origins(struct legend *legend)
{
    const struct sheet *sheet = legend->sheet;
    const unsigned all = (SEEN_ORIGIN + SEEN_KNOT_ON) * ((1U << PLOT_ORIGINS) - 1);
    bool said = sheet->seen & all & ~(unsigned)(SEEN_ORIGIN | SEEN_KNOT_ON);
    for (int i = 0; said && i < PLOT_ORIGINS; i++)
        if (sheet->seen & (unsigned)SEEN_ORIGIN << i)
            add(legend, sheet->glyphs->origin[i], plot_origin_name((enum plot_origin)i), ROLE_DIM);
}

/* One entry for all glyphs of breakpoints on data points: which of them is which looks alike. */
static void add_knots_on_points(struct legend *legend)
{
    const struct sheet *sheet = legend->sheet;
    unsigned seen = sheet->seen / SEEN_KNOT_ON | (sheet->seen & SEEN_KNOT_ON_POINT ? 1 : 0);
    legend->knots_on[0] = '\0';
    for (int i = 0; i < PLOT_ORIGINS; i++)
        if (seen & 1U << i)
            strcat(legend->knots_on, sheet->glyphs->knot_on[i]);
    if (*legend->knots_on)
        add(legend, legend->knots_on, "breakpoint on a data point", ROLE_DIM);
}

void legend_add_points(struct legend *legend)
{
    const struct plot *plot = legend->sheet->plot;
    for (size_t i = 0; i < plot->points_count; i++) {
        const struct plot_points *points = &plot->points[i];
        if (!points->label || points->count == 0)
            continue;
        if (points->breakpoints)
            add(legend, legend->sheet->glyphs->knot, points->label, sheet_role(points->series));
        else if (!has_labelled_line(plot, points->series))
            add(legend, point_glyph(legend->sheet, points), points->label,
                sheet_role(points->series));
    }
    for (size_t i = 0; i < plot->span_count; i++)
        if (plot->spans[i].label && !span_named_before(plot, i))
            add(legend, legend->sheet->glyphs->stretch, plot->spans[i].label, plot->spans[i].role);
    add_origins(legend);
    add_knots_on_points(legend);
    if (legend->sheet->seen & SEEN_LEFT_OUT)
        add(legend, legend->sheet->glyphs->left_out, "left out", ROLE_DIM);
}

/* How many entries fit; *columns receives the width of these with the blanks between them. */
static int fitting(const struct legend *legend, int room, int *columns)
{
    int count = 0;
    *columns = 0;
    while (count < legend->count) {
        int wanted = legend->entries[count].columns + (count ? BETWEEN : 0);
        if (*columns + wanted > room)
            break;
        *columns += wanted;
        count++;
    }
    return count;
}

static void draw_entry(const struct legend *legend, const struct legend_entry *entry, int column)
{
    struct canvas *canvas = legend->sheet->canvas;
    int used =
        canvas_text(canvas, legend->area.row, column, entry->columns, entry->role, entry->glyph);
    canvas_text(canvas, legend->area.row, column + used + 1, entry->columns - used - 1, entry->role,
                entry->label);
}

void legend_done(struct legend *legend)
{
    int columns, room = legend->area.columns;
    if (legend->area.rows < 1 || legend->count == 0)
        return;
    int shown = fitting(legend, room, &columns);
    char more[16] = "";
    int more_columns = 0;
    if (shown == 0)
        return; /* a bare "+2" would explain nothing */
    if (shown < legend->count || legend->beyond) {
        enum { MORE = 4 }; /* " +15" */
        shown = fitting(legend, room - MORE, &columns);
        more_columns = snprintf(more, sizeof more, " +%d", legend->count - shown + legend->beyond);
    }
    int column = legend->area.column + room - columns - more_columns;
    if (columns + more_columns > room)
        return;
    for (int i = 0; i < shown; i++) {
        draw_entry(legend, &legend->entries[i], column);
        column += legend->entries[i].columns + BETWEEN;
    }
    if (more_columns)
        canvas_text(legend->sheet->canvas, legend->area.row,
                    legend->area.column + room - more_columns, more_columns, ROLE_DIM, more);
}
