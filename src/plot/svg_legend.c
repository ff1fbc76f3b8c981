/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legend above an SVG panel. */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "plot/svg_sheet.h"

enum { SWATCH = 26, BETWEEN = 18, MORE = 40 };

static const struct plot_points *points_of(const struct svg_sheet *sheet,
                                           const struct svg_entry *entry)
{
    for (size_t i = 0; entry->line && i < sheet->plot->points_count; i++)
        if (sheet->plot->points[i].series == entry->line->series &&
            !sheet->plot->points[i].breakpoints)
            return &sheet->plot->points[i];
    return entry->points;
}

static void draw_line_swatch(const struct svg_sheet *sheet, struct buffer *out,
                             const struct svg_entry *entry, double x, double y)
{
    const char *color = sheet->look->dim, *dash = "4 3";
    if (entry->line) {
        color = sheet->look->lines[(unsigned)entry->line->series % SVG_COLORS];
        dash = *svg_dash(entry->line) ? svg_dash(entry->line) : "none";
    }
    buffer_print(out,
                 "<path stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\" "
                 "d=\"M%.2f %.2fh%d\"/>\n",
                 color, dash, x, y, SWATCH - 4);
}

static void draw_swatch(const struct svg_sheet *sheet, struct buffer *out,
                        const struct svg_entry *entry, double x, double y)
{
    const struct plot_points *points = points_of(sheet, entry);
    const char *color = points ? sheet->look->lines[(unsigned)points->series % SVG_COLORS] : "";
    double middle = x + (SWATCH - 4) / 2.0;
    if (entry->line || (entry->span && entry->span->bounds))
        draw_line_swatch(sheet, out, entry, x, y);
    if (entry->span && !entry->span->bounds)
        buffer_print(out,
                     "<rect fill=\"%s\" fill-opacity=\"0.35\" x=\"%.2f\" y=\"%.2f\" width=\"%d\" "
                     "height=\"10\"/>\n",
                     sheet->look->warning, x, y - 5, SWATCH - 4);
    else if (entry->left_out)
        buffer_print(
            out, "<path stroke=\"%s\" stroke-width=\"1.6\" d=\"M%.2f %.2fm-4-4l8 8m0-8l-8 8\"/>\n",
            sheet->look->dim, middle, y);
    else if (points && points->breakpoints)
        buffer_print(out,
                     "<path stroke=\"%s\" stroke-width=\"1.4\" fill=\"none\" "
                     "d=\"M%.2f %.2fm0-6l6 6l-6 6l-6-6z\"/>\n",
                     color, middle, y);
    else if (points)
        svg_draw_marker(out, sheet->look,
                        &(struct svg_marker){"swatch", points->series, entry->origin, middle, y});
}

static double entry_width(const struct svg_entry *entry)
{
    struct buffer shown = {0};
    svg_display(&shown, entry->label, SVG_LABEL_COLUMNS);
    double width = SWATCH + svg_text_width(buffer_string(&shown), SVG_FONT_SMALL);
    buffer_done(&shown);
    return width;
}

/* Walks through the entries; draws those of the given number of rows where out is given. */
int svg_draw_legend(const struct svg_sheet *sheet, struct buffer *out, double bottom, int rows)
{
    const struct svg_box *inner = &sheet->inner;
    double x = inner->x, end = inner->x + inner->width - MORE;
    int row = 0;
    for (size_t i = 0; i < sheet->entry_count; i++) {
        double width = entry_width(&sheet->entries[i]);
        if (x > inner->x && x + width > end) {
            x = inner->x;
            row++;
        }
        double y = bottom - SVG_LEGEND_ROW * (rows - row) + SVG_LEGEND_ROW / 2.0;
        if (out && row == rows) { /* in the room kept at the end of the last row */
            char *more = memory_print("+%zu", sheet->entry_count - i);
            svg_text(out, inner->x + inner->width, y - SVG_LEGEND_ROW + 4, "end", sheet->look->dim,
                     more);
            free(more);
            break;
        }
        if (out) {
            draw_swatch(sheet, out, &sheet->entries[i], x, y);
            svg_text(out, x + SWATCH, y + 4, "start", sheet->look->ink, sheet->entries[i].label);
        }
        x += width + BETWEEN;
    }
    return sheet->entry_count ? row + 1 : 0;
}
