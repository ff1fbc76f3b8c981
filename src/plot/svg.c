/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of panels as SVG: where they lie, their titles, the x axis they share. */
#include "plot/svg.h"

#include <math.h>

#include "base/buffer.h"
#include "plot/axis.h"
#include "plot/svg_sheet.h"
#include "plot/xml.h"

enum { LEFT = 74, RIGHT = 22, BOTTOM = 50, TOP = 16, BETWEEN = 18, TITLE_ROW = 20, NOTE_ROW = 17 };

/* Everything is borrowed but the cover and the sheets' entries. */
struct picture {
    const struct svg_page *page;
    struct plot_axis x;
    size_t count;
    struct svg_sheet sheets[PLOT_PANELS_MAX];
    int legend_rows[PLOT_PANELS_MAX];
    struct svg_cover cover;
};

static double head_height(const struct svg_page *page)
{
    return TOP + (page->title ? TITLE_ROW : 0) + (page->note ? NOTE_ROW : 0);
}

/* Shares the height between the panels, below what their legends take. */
static void arrange(struct picture *picture)
{
    const struct svg_page *page = picture->page;
    double y = head_height(page), room = page->height - BOTTOM - y;
    int weights = 0;
    for (size_t i = 0; i < picture->count; i++) {
        room -= picture->legend_rows[i] * SVG_LEGEND_ROW + (i ? BETWEEN : 0);
        weights += picture->sheets[i].plot->weight;
    }
    for (size_t i = 0; i < picture->count; i++) {
        struct svg_sheet *sheet = &picture->sheets[i];
        y += picture->legend_rows[i] * SVG_LEGEND_ROW + (i ? BETWEEN : 0);
        sheet->inner = (struct svg_box){LEFT, y, page->width - LEFT - RIGHT,
                                        fmax(room * sheet->plot->weight / weights, 1)};
        y += sheet->inner.height;
    }
}

static void draw_panel(struct svg_sheet *sheet, struct buffer *out)
{
    sheet->out = out;
    sheet->entry_count = 0;
    buffer_append_string(out, "<g class=\"panel\">\n");
    svg_draw_guides(sheet);
    svg_draw_lines(sheet);
    svg_draw_marks(sheet);
    svg_draw_labels(sheet);
    buffer_append_string(out, "</g>\n");
}

/*
 * Draws all panels; false where a legend wants more rows than it was given, and takes note of it.
 */
static bool draw_panels(struct picture *picture, struct buffer *out)
{
    bool fits = true;
    int most = picture->page->height / 4 / SVG_LEGEND_ROW / (int)picture->count;
    arrange(picture);
    svg_cover_init(&picture->cover, picture->page);
    for (size_t i = 0; i < picture->count; i++) {
        struct svg_sheet *sheet = &picture->sheets[i];
        draw_panel(sheet, out);
        int wanted = svg_draw_legend(sheet, NULL, 0, 0);
        wanted = wanted < most ? wanted : most;
        fits = fits && wanted <= picture->legend_rows[i];
        if (wanted > picture->legend_rows[i])
            picture->legend_rows[i] = wanted;
        svg_draw_legend(sheet, out, sheet->inner.y - 4, picture->legend_rows[i]);
    }
    svg_cover_done(&picture->cover);
    return fits;
}

/* Labels of ticks that would touch the one before or leave the page are left away. */
static void draw_x_axis(const struct picture *picture, struct buffer *out)
{
    enum { APART = 80 };
    const struct svg_sheet *sheet = &picture->sheets[picture->count - 1];
    const struct svg_box *inner = &sheet->inner;
    struct axis_tick ticks[AXIS_TICKS_MAX];
    double y = inner->y + inner->height + 17, free_from = 0;
    size_t count = axis_ticks(&picture->x, (size_t)fmax(inner->width / APART, 2), true, ticks);
    for (size_t i = 0; i < count; i++) {
        double x = svg_x(sheet, ticks[i].value);
        double width = svg_text_width(ticks[i].label, SVG_FONT_SMALL);
        if (x - width / 2 < free_from || x + width / 2 > picture->page->width)
            continue;
        svg_text(out, x, y, "middle", sheet->look->ink, ticks[i].label);
        free_from = x + width / 2 + 4;
    }
    if (picture->x.title)
        svg_text(out, inner->x + inner->width / 2, y + 21, "middle", sheet->look->ink,
                 picture->x.title);
}

static void draw_y_title(const struct svg_sheet *sheet, struct buffer *out)
{
    struct buffer shown = {0};
    const double x = 18, y = sheet->inner.y + sheet->inner.height / 2;
    if (!sheet->plot->y.title)
        return;
    int columns = svg_columns(sheet->inner.height, SVG_FONT_SMALL);
    svg_display(&shown, sheet->plot->y.title, -1);
    if (svg_text_width(buffer_string(&shown), SVG_FONT_SMALL) > sheet->inner.height) {
        buffer_truncate(&shown, 0);
        svg_display(&shown, sheet->plot->y.title, columns < 4 ? 4 : columns);
    }
    buffer_print(out,
                 "<text transform=\"rotate(-90 %.2f %.2f)\" x=\"%.2f\" y=\"%.2f\" "
                 "text-anchor=\"middle\" fill=\"%s\">",
                 x, y, x, y, sheet->look->ink);
    xml_append(out, buffer_string(&shown));
    buffer_append_string(out, "</text>\n");
    buffer_done(&shown);
}

/* A line above the panels, cut to the page. */
static void draw_heading(const struct svg_page *page, const char *text, double y, int size,
                         const char *style, const char *color, struct buffer *out)
{
    struct buffer shown = {0};
    svg_display(&shown, text, -1);
    if (svg_text_width(buffer_string(&shown), size) * 1.1 > page->width - 2 * RIGHT) {
        buffer_truncate(&shown, 0);
        svg_display(&shown, text, svg_columns(page->width - 2 * RIGHT, size));
    }
    buffer_print(out, "<text x=\"%d\" y=\"%.2f\" font-size=\"%d\" fill=\"%s\"%s>", RIGHT, y, size,
                 color, style);
    xml_append(out, buffer_string(&shown));
    buffer_append_string(out, "</text>\n");
    buffer_done(&shown);
}

static void draw_head(const struct svg_page *page, struct buffer *out)
{
    const struct svg_look *look = svg_look(page->theme);
    struct buffer title = {0};
    svg_display(&title, page->title ? page->title : "calscope plot", -1);
    buffer_print(out,
                 "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                 "viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"Helvetica, Arial, "
                 "'Liberation Sans', 'DejaVu Sans', sans-serif\" font-size=\"%d\">\n<title>",
                 page->width, page->height, page->width, page->height, SVG_FONT_SMALL);
    xml_append(out, buffer_string(&title));
    buffer_print(out, "</title>\n<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", page->width,
                 page->height, look->paper);
    if (page->title)
        draw_heading(page, page->title, TOP + 9, SVG_FONT_TITLE, " font-weight=\"bold\"", look->ink,
                     out);
    if (page->note)
        draw_heading(page, page->note, TOP + 9 + (page->title ? NOTE_ROW : 0), SVG_FONT_SMALL, "",
                     look->dim, out);
    buffer_done(&title);
}

static void picture_init(struct picture *picture, const struct svg_page *page,
                         const struct plot_panels *panels)
{
    *picture = (struct picture){.page = page, .x = axis_usable(&panels->x)};
    picture->count = panels->count < PLOT_PANELS_MAX ? panels->count : PLOT_PANELS_MAX;
    for (size_t i = 0; i < picture->count; i++) {
        struct svg_sheet *sheet = &picture->sheets[i];
        sheet->look = svg_look(page->theme);
        sheet->plot = &panels->items[i];
        sheet->cover = &picture->cover;
        sheet->x_axis = picture->x;
        sheet->y_axis = axis_usable(&panels->items[i].y);
        sheet->x = scale_of(&sheet->x_axis);
        sheet->y = scale_of(&sheet->y_axis);
    }
}

void svg_plot(const struct svg_page *page, const struct plot_panels *panels, struct buffer *out)
{
    enum { TRIES = 8 }; /* a legend's row moves labels, which may need another row */
    struct picture picture;
    struct buffer drawn = {0};
    picture_init(&picture, page, panels);
    draw_head(page, out);
    for (int i = 0; i < TRIES; i++) {
        buffer_truncate(&drawn, 0);
        if (draw_panels(&picture, &drawn))
            break;
    }
    buffer_append(out, buffer_string(&drawn), drawn.length);
    draw_x_axis(&picture, out);
    for (size_t i = 0; i < picture.count; i++)
        draw_y_title(&picture.sheets[i], out);
    buffer_append_string(out, "</svg>\n");
    buffer_done(&drawn);
}
