/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Direct labels of an SVG panel: beside their lines, where they touch nothing. */
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "plot/axis.h"
#include "plot/svg_sheet.h"

enum { HEIGHT = 15, BASELINE = 12, AWAY = 4 };

bool svg_inside(const struct svg_sheet *sheet, const struct svg_box *box)
{
    const struct svg_box *inner = &sheet->inner;
    return box->x >= inner->x && box->y >= inner->y &&
           box->x + box->width <= inner->x + inner->width &&
           box->y + box->height <= inner->y + inner->height;
}

static double line_y(const struct svg_sheet *sheet, const struct plot_line *line, double x)
{
    double value = axis_value(&sheet->x_axis, (x - sheet->inner.x) / sheet->inner.width);
    return value >= line->from && value <= line->to
               ? svg_y(sheet, line->evaluate(line->context, value))
               : (double)NAN;
}

/* Highest and lowest of the line over the box's width; false where it is not there all along. */
static bool line_reach(const struct svg_sheet *sheet, const struct plot_line *line,
                       const struct svg_box *box, double *top, double *bottom)
{
    enum { STEPS = 8 };
    *top = INFINITY;
    *bottom = -INFINITY;
    for (int i = 0; i <= STEPS; i++) {
        double y = line_y(sheet, line, box->x + box->width * i / STEPS);
        if (isnan(y))
            return false;
        *top = fmin(*top, y);
        *bottom = fmax(*bottom, y);
    }
    return true;
}

/* Whether another line runs nearer to the box than the one that it names. */
static bool is_ambiguous(const struct svg_sheet *sheet, const struct plot_line *line,
                         const struct svg_box *box)
{
    double x = box->x + box->width / 2, y = box->y + box->height / 2;
    double own = fabs(line_y(sheet, line, x) - y);
    for (size_t i = 0; i < sheet->plot->line_count; i++) {
        const struct plot_line *other = &sheet->plot->lines[i];
        if (other != line && fabs(line_y(sheet, other, x) - y) < 1.2 * own)
            return true;
    }
    return false;
}

static bool try_place(const struct svg_sheet *sheet, const struct plot_line *line,
                      struct svg_box *box)
{
    double top, bottom;
    if (!line_reach(sheet, line, box, &top, &bottom))
        return false;
    for (int below = 0; below < 2; below++) {
        box->y = below ? bottom + AWAY : top - AWAY - box->height;
        if (svg_inside(sheet, box) && svg_cover_free(sheet->cover, box) &&
            !is_ambiguous(sheet, line, box))
            return true;
    }
    return false;
}

/*
 * Behind the line's end, or from there to the left: curves lie further apart where operations are
 * large.
 */
static bool find_place(const struct svg_sheet *sheet, const struct plot_line *line,
                       struct svg_box *box)
{
    const double step = 6; /* pixels */
    double from, to;
    if (!svg_line_ends(sheet, line, &from, &to))
        return false;
    box->x = svg_x(sheet, to) + 2 * AWAY;
    box->y = line_y(sheet, line, svg_x(sheet, to * (1 - 1e-9))) - box->height / 2;
    if (svg_inside(sheet, box) && svg_cover_free(sheet->cover, box))
        return true;
    for (box->x = svg_x(sheet, to) - box->width - 2; box->x > svg_x(sheet, from); box->x -= step)
        if (try_place(sheet, line, box))
            return true;
    return false;
}

static bool place(struct svg_sheet *sheet, const struct plot_line *line)
{
    struct buffer shown = {0};
    svg_display(&shown, line->label, SVG_LABEL_COLUMNS);
    struct svg_box box = {.width = svg_text_width(buffer_string(&shown), SVG_FONT_SMALL),
                          .height = HEIGHT};
    bool found = find_place(sheet, line, &box);
    if (found) {
        svg_cover_box(sheet->cover, &box);
        svg_text(sheet->out, box.x, box.y + BASELINE, "start",
                 sheet->look->texts[(unsigned)line->series % SVG_COLORS], line->label);
    }
    buffer_done(&shown);
    return found;
}

static void add(struct svg_sheet *sheet, struct svg_entry entry)
{
    for (size_t i = 0; i < sheet->entry_count; i++)
        if (!entry.line && strcmp(sheet->entries[i].label, entry.label) == 0)
            return;
    if (sheet->entry_count < SVG_LEGEND_MAX)
        sheet->entries[sheet->entry_count++] = entry;
}

static bool has_labelled_line(const struct plot *plot, int series)
{
    for (size_t i = 0; i < plot->line_count; i++)
        if (plot->lines[i].series == series && plot->lines[i].label)
            return true;
    return false;
}

static void add_points(struct svg_sheet *sheet, const struct plot_points *points)
{
    for (size_t i = 0; points->styles && i < points->count; i++)
        if (points->styles[i] == PLOT_POINT_LEFT_OUT) {
            add(sheet, (struct svg_entry){.left_out = true, .label = "left out"});
            break;
        }
    const char *label = points->label;
    if (points->count == 0)
        return;
    if (points->breakpoints)
        add(sheet, (struct svg_entry){.points = points, .label = label ? label : "breakpoints"});
    else if (label && !has_labelled_line(sheet->plot, points->series))
        add(sheet, (struct svg_entry){.points = points,
                                      .origin = points->origins ? *points->origins : PLOT_MEASURED,
                                      .label = label});
}

/* Whether the panel has such a point, and not as a cross; *of is the first set that does. */
static bool has_origin(const struct plot *plot, enum plot_origin origin,
                       const struct plot_points **of)
{
    for (size_t k = 0; k < plot->points_count; k++) {
        const struct plot_points *points = *of = &plot->points[k];
        for (size_t i = 0; points->origins && i < points->count; i++)
            if (points->origins[i] == origin &&
                !(points->styles && points->styles[i] == PLOT_POINT_LEFT_OUT))
                return true;
    }
    return false;
}

/* What is measured goes without saying where all of it is. */
static void add_origins(struct svg_sheet *sheet)
{
    const struct plot_points *of[PLOT_ORIGINS];
    bool has[PLOT_ORIGINS], said = false;
    for (int i = 0; i < PLOT_ORIGINS; i++) {
        has[i] = has_origin(sheet->plot, (enum plot_origin)i, &of[i]);
        said = said || (has[i] && i != PLOT_MEASURED);
    }
    for (int i = 0; i < PLOT_ORIGINS; i++)
        if (said && has[i])
            add(sheet, (struct svg_entry){.points = of[i],
                                          .origin = (enum plot_origin)i,
                                          .label = plot_origin_name((enum plot_origin)i)});
}

void svg_draw_labels(struct svg_sheet *sheet)
{
    const struct plot *plot = sheet->plot;
    for (size_t i = 0; i < plot->line_count; i++)
        if (plot->lines[i].label && !place(sheet, &plot->lines[i]))
            add(sheet, (struct svg_entry){.line = &plot->lines[i], .label = plot->lines[i].label});
    for (size_t i = 0; i < plot->points_count; i++)
        add_points(sheet, &plot->points[i]);
    add_origins(sheet);
    for (size_t i = 0; i < plot->span_count; i++) {
        const struct plot_span *span = &plot->spans[i];
        const char *label = span->bounds ? "calibrated range" : span->label;
        if (label)
            add(sheet, (struct svg_entry){.span = span, .label = label});
    }
}
