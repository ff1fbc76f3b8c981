/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legend of a panel. */
#include "plot/legend.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"

enum { BETWEEN = 2 };

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

void legend_init(struct legend *legend, struct sheet *sheet, struct rect area, struct rect *spare)
{
    legend->sheet = sheet;
    legend->area = area;
    legend->spare = spare;
    legend->count = legend->beyond = 0;
}

static void add(struct legend *legend, struct legend_entry entry)
{
    if (legend->count < LEGEND_ENTRIES_MAX)
        legend->entries[legend->count++] = entry;
    else
        legend->beyond++;
}

static void add_named(struct legend *legend, const char *glyph, const char *label, enum role role)
{
    add(legend, (struct legend_entry){glyph, label, label, role, false, false});
}

static void add_sign(struct legend *legend, const char *glyph, const char *label, const char *brief)
{
    add(legend, (struct legend_entry){glyph, label, brief, ROLE_DIM, true, false});
}

/* Whether glyphs of points tell where these come from, and thus not which line they belong to. */
static bool tells_origins(const struct sheet *sheet)
{
    for (size_t i = 0; sheet->tells == TELLS_ORIGIN && i < sheet->plot->points_count; i++)
        if (sheet->plot->points[i].origins)
            return true;
    return false;
}

void legend_add_line(struct legend *legend, const struct plot_line *line)
{
    const struct glyphs *glyphs = legend->sheet->glyphs;
    const char *glyph = line->dashed ? glyphs->dashed : glyphs->line;
    const struct plot *plot = legend->sheet->plot;
    if (plot->series_listed && sheet_has_series(plot))
        return;
    if (legend_has_points(legend->sheet->plot, line->series) && !tells_origins(legend->sheet))
        glyph = plot_glyph(line->series, legend->sheet->style);
    add_named(legend, glyph, line->label, sheet_role(line->series));
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
    return origin < PLOT_ORIGINS && sheet->tells == TELLS_ORIGIN
               ? sheet->glyphs->origin[origin]
               : plot_glyph(points->series, sheet->style);
}

/*
 * The glyphs of points of that origin: one or, where glyphs also tell the series, one for each
 * series.
 */
static const char *origin_glyphs(struct legend *legend, enum plot_origin origin)
{
    const struct sheet *sheet = legend->sheet;
    char *glyphs = legend->origins[origin];
    if (sheet->tells == TELLS_ORIGIN)
        return sheet->glyphs->origin[origin];
    *glyphs = '\0';
    for (int series = 0; series < GLYPHS_SHADES; series++)
        if (sheet->shaded[origin] & 1U << series)
            strcat(glyphs, glyphs_shade(sheet->glyphs, series, origin));
    return glyphs;
}

/*
 * Explains the glyphs of origins; not where all points in sight are measured, which goes without
 * saying.
 */
static void add_origins(struct legend *legend)
{
    static const char *const briefly[PLOT_ORIGINS] = {"measured", "legacy", "interp.", "other"};
    const unsigned small = SEEN_ORIGIN << PLOT_INTERPOLATED | SEEN_ORIGIN << PLOT_OTHER_SOURCE;
    const struct sheet *sheet = legend->sheet;
    const unsigned all = (SEEN_ORIGIN + SEEN_KNOT_ON) * ((1U << PLOT_ORIGINS) - 1);
    bool said = sheet->seen & all & ~(unsigned)(SEEN_ORIGIN | SEEN_KNOT_ON);
    bool alike = sheet->tells == TELLS_BOTH && (sheet->seen & small) == small;
    for (int i = 0; said && i < (alike ? PLOT_INTERPOLATED : PLOT_ORIGINS); i++)
        if (sheet->seen & (unsigned)SEEN_ORIGIN << i)
            add_sign(legend, origin_glyphs(legend, (enum plot_origin)i),
                     plot_origin_name((enum plot_origin)i), briefly[i]);
    if (!alike)
        return;
    legend->sheet->shaded[PLOT_INTERPOLATED] |= sheet->shaded[PLOT_OTHER_SOURCE];
    add_sign(legend, origin_glyphs(legend, PLOT_INTERPOLATED), "interpolated or other", "others");
}

static bool has_named_knots(const struct plot *plot)
{
    for (size_t i = 0; i < plot->points_count; i++)
        if (plot->points[i].breakpoints && plot->points[i].label)
            return true;
    return false;
}

/* One entry for all glyphs of breakpoints on data points: which of them is which looks alike. */
static void add_knots(struct legend *legend)
{
    const struct sheet *sheet = legend->sheet;
    bool bare = sheet->seen & SEEN_KNOT && !has_named_knots(sheet->plot);
    unsigned seen = sheet->seen / SEEN_KNOT_ON & ((1U << PLOT_ORIGINS) - 1);
    seen |= sheet->seen & SEEN_KNOT_ON_POINT ? 1 : 0;
    legend->knots_on[0] = '\0';
    for (int i = 0; i < PLOT_ORIGINS; i++)
        if (seen & 1U << i)
            strcat(legend->knots_on, sheet->glyphs->knot_on[i]);
    if (bare)
        add_sign(legend, sheet->glyphs->knot, "breakpoint", "breakpoint");
    if (*legend->knots_on)
        add_sign(legend, legend->knots_on, "breakpoint on a point",
                 bare ? "on a point" : "breakpoint");
}

void legend_add_points(struct legend *legend)
{
    static const char untold[] = "sources: one curve at a time";
    const struct plot *plot = legend->sheet->plot;
    for (size_t i = 0; i < plot->points_count; i++) {
        const struct plot_points *points = &plot->points[i];
        if (!points->label || points->count == 0)
            continue;
        if (points->breakpoints)
            add_named(legend, legend->sheet->glyphs->knot, points->label,
                      sheet_role(points->series));
        else if (!has_labelled_line(plot, points->series))
            add_named(legend, point_glyph(legend->sheet, points), points->label,
                      sheet_role(points->series));
    }
    for (size_t i = 0; i < plot->span_count; i++)
        if (plot->spans[i].label && !span_named_before(plot, i))
            add(legend, (struct legend_entry){legend->sheet->glyphs->stretch, plot->spans[i].label,
                                              plot->spans[i].brief ? plot->spans[i].brief
                                                                   : plot->spans[i].label,
                                              plot->spans[i].role, true, false});
    add_origins(legend);
    add_knots(legend);
    if (legend->sheet->seen & SEEN_LEFT_OUT)
        add_sign(legend, legend->sheet->glyphs->left_out, "left out", "left out");
    if (legend->sheet->seen & SEEN_UNTOLD) /* glyphs were not enough for it */
        add(legend, (struct legend_entry){"", untold, untold, ROLE_DIM, false, true});
}

static const char *label_of(const struct legend_entry *entry, bool brief)
{
    return brief ? entry->brief : entry->label;
}

/* The columns that an entry such as "o legacy" takes. */
static int columns_of(const struct legend *legend, const struct legend_entry *entry, bool brief)
{
    enum text_charset charset = legend->sheet->canvas->charset;
    int label = text_columns(label_of(entry, brief), charset);
    int glyph = text_columns(entry->glyph, charset);
    if (label > LEGEND_LABEL_MAX)
        label = LEGEND_LABEL_MAX;
    return glyph + (glyph > 0) + label;
}

/* A run of entries in one row. */
struct run {
    int first, end;
    int columns; /* with the blanks between them */
};

/* The run of entries from first on for which there is room. */
static struct run fitting(const struct legend *legend, int first, int room, bool brief)
{
    struct run run = {first, first, 0};
    for (; run.end < legend->count; run.end++) {
        int wanted =
            columns_of(legend, &legend->entries[run.end], brief) + (run.columns ? BETWEEN : 0);
        if (run.columns + wanted > room)
            break;
        run.columns += wanted;
    }
    return run;
}

/* Draws a run so that it ends free_columns before the right end of the row. */
static void draw_run(const struct legend *legend, const struct rect *row, const struct run *run,
                     int free_columns, bool brief)
{
    struct canvas *canvas = legend->sheet->canvas;
    int column = row->column + row->columns - free_columns - run->columns;
    for (int i = run->first; i < run->end; i++) {
        const struct legend_entry *entry = &legend->entries[i];
        int columns = columns_of(legend, entry, brief);
        int used = canvas_text(canvas, row->row, column, columns, entry->role, entry->glyph);
        used += used > 0;
        canvas_text(canvas, row->row, column + used, columns - used, entry->role,
                    label_of(entry, brief));
        column += columns + BETWEEN;
    }
}

/*
 * Writes "legacy (o)" into a free place of the panel, where a glyph in front would be taken for a
 * point. False where there is none.
 */
static bool draw_inside(struct legend *legend, const struct legend_entry *entry)
{
    struct sheet *sheet = legend->sheet;
    struct buffer text = {0};
    bool found = entry->optional;
    buffer_print(&text, "%s (%s)", entry->brief, entry->glyph);
    int columns = text_columns(buffer_string(&text), sheet->canvas->charset);
    for (int row = sheet->inner.rows - 1; entry->sign && !found && row >= 0; row--)
        for (int at = sheet->inner.columns - columns - 1; !found && at > 0; at--)
            if (sheet_free(sheet, row, at - 1, columns + 2)) {
                sheet_text(sheet, row, at, columns, entry->role, buffer_string(&text));
                found = true;
            }
    buffer_done(&text);
    return found;
}

/*
 * Shortens a run to what has room. Returns how many of the other entries find no place in the panel
 * either.
 */
static int shorten(struct legend *legend, struct run *run, int room, bool brief)
{
    struct run shorter = fitting(legend, run->first, room, brief);
    int lost = 0;
    for (int i = shorter.end; i < run->end; i++)
        lost += !draw_inside(legend, &legend->entries[i]);
    *run = shorter;
    return lost;
}

/* Shares the entries out between the rows that there are. Returns whether they have to be brief. */
static bool share_out(const struct legend *legend, struct run *head, struct run *rest)
{
    int below = legend->spare->rows ? legend->spare->columns : 0;
    for (int brief = 0; brief < 2; brief++) {
        *head = fitting(legend, 0, legend->area.columns, brief);
        *rest = fitting(legend, head->end, below, brief);
        if (rest->end == legend->count)
            return brief;
    }
    return true;
}

void legend_done(struct legend *legend)
{
    enum { MORE = 4 }; /* " +15" */
    struct canvas *canvas = legend->sheet->canvas;
    struct run head, rest;
    if (legend->area.rows < 1 || legend->count == 0)
        return;
    bool brief = share_out(legend, &head, &rest);
    if (head.columns == 0)
        return; /* a bare "+2" would explain nothing */
    int lost = legend->beyond;
    for (int i = rest.end; i < legend->count; i++)
        lost += !draw_inside(legend, &legend->entries[i]);
    bool below = rest.columns > 0;
    struct run *last = below ? &rest : &head;
    const struct rect *row = below ? legend->spare : &legend->area;
    if (lost && last->columns > row->columns - MORE)
        lost += shorten(legend, last, row->columns - MORE, brief);
    if (lost)
        canvas_print(canvas, row->row, row->column + row->columns - MORE, MORE, ROLE_DIM, " +%-2d",
                     lost);
    draw_run(legend, &legend->area, &head, lost && !below ? MORE : 0, brief);
    if (below) {
        draw_run(legend, legend->spare, &rest, lost ? MORE : 0, brief);
        legend->spare->rows = 0;
    }
}
