/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours, dashes and markers of series in SVG; text in display form. */
#include <string.h>

#include "base/buffer.h"
#include "plot/svg_sheet.h"
#include "plot/xml.h"

/*
 * Okabe and Ito, "Color Universal Design", 2008. Grey stands for their yellow, unreadable on white.
 */
static const struct svg_look light = {
    .paper = "#ffffff",
    .ink = "#1a1a1a",
    .dim = "#666666",
    .grid = "#e4e4e4",
    .warning = "#e69f00",
    .lines = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000",
              "#808080"},
    .texts = {"#005f96", "#a84a00", "#00704f", "#9a4477", "#8a5f00", "#1b6f9e", "#000000",
              "#5a5a5a"},
};

static const struct svg_look dark = {
    .paper = "#14171c",
    .ink = "#e6e8eb",
    .dim = "#9aa1aa",
    .grid = "#2b3038",
    .warning = "#e69f00",
    .lines = {"#4da6e0", "#f0803c", "#2cc79b", "#e39bc2", "#f0b84a", "#8ccff5", "#ffffff",
              "#f0e442"},
    .texts = {"#4da6e0", "#f0803c", "#2cc79b", "#e39bc2", "#f0b84a", "#8ccff5", "#ffffff",
              "#f0e442"},
};

const struct svg_look *svg_look(enum svg_theme theme)
{
    return theme == SVG_DARK ? &dark : &light;
}

const char *svg_dash(const struct plot_line *line)
{
    static const char *const dashes[SVG_COLORS] = {"",     "8 3", "3 3",         "9 3 2 3",
                                                   "14 4", "5 2", "9 3 2 3 2 3", "2 5"};
    unsigned series = (unsigned)line->series;
    const char *dash = dashes[(series + series / SVG_COLORS) % SVG_COLORS];
    return line->dashed && !*dash ? "6 4" : dash;
}

/* A path around the point where the pen is. */
static const char *form_of(int series)
{
    static const char *const shapes[SVG_COLORS] = {
        "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",                  /* circle */
        "m-3.6-3.6h7.2v7.2h-7.2z",                             /* square */
        "m0-4.8l4.6 8h-9.2z",                                  /* triangle */
        "m0-5.2l4.4 5.2l-4.4 5.2l-4.4-5.2z",                   /* diamond */
        "m0 4.8l4.6-8h-9.2z",                                  /* triangle on its head */
        "m-2.4-4.2h4.8l2.4 4.2l-2.4 4.2h-4.8l-2.4-4.2z",       /* hexagon */
        "m-1.5-4.8h3v3.3h3.3v3h-3.3v3.3h-3v-3.3h-3.3v-3h3.3z", /* plus */
        "m0-5.4l1.6 3.8h3.8l-3 2.6l1.2 4l-3.6-2.4l-3.6 2.4l1.2-4l-3-2.6h3.8z", /* star */
    };
    return shapes[(unsigned)series % SVG_COLORS];
}

void svg_draw_marker(struct buffer *out, const struct svg_look *look,
                     const struct svg_marker *marker)
{
    static const char *const dashes[PLOT_ORIGINS] = {NULL, NULL, "3.4 2.2", "0.9 1.7"};
    const char *color = look->lines[(unsigned)marker->series % SVG_COLORS];
    bool full = marker->origin == PLOT_MEASURED;
    buffer_print(out, "<path class=\"%s\" fill=\"%s\" stroke=\"%s\" ", marker->name,
                 full ? color : look->paper, full ? look->paper : color);
    buffer_print(out, "stroke-width=\"%s\" ", full ? "0.8" : "1.5");
    if (dashes[marker->origin])
        buffer_print(out, "stroke-dasharray=\"%s\" ", dashes[marker->origin]);
    buffer_print(out, "d=\"M%.2f %.2f%s\"/>\n", marker->x, marker->y, form_of(marker->series));
}

void svg_display(struct buffer *out, const char *text, int columns)
{
    text_append(out, text, strlen(text), TEXT_UNICODE, columns);
}

/* Parts of the font's size, each a little more than DejaVu Sans, the widest common font, takes. */
double svg_text_width(const char *text, int font_size)
{
    static const char narrow[] = " !'()*,./:;I[\\]fijlrt|", wide[] = "%+<=>@MWmw~\"#&";
    const char *end = text + strlen(text);
    struct text_cell cell;
    double width = 0;
    while (text_next(&text, end, TEXT_UNICODE, &cell)) {
        bool ascii = cell.bytes[1] == '\0';
        if (ascii && strchr(narrow, cell.bytes[0]))
            width += 0.42;
        else if (ascii && strchr(wide, cell.bytes[0]))
            width += 1.0;
        else
            width += 0.7 * cell.columns;
    }
    return width * font_size;
}

/* Bold letters are wider. */
int svg_columns(double width, int font_size)
{
    return (int)(width / (0.72 * font_size));
}

void svg_text(struct buffer *out, double x, double y, const char *anchor, const char *color,
              const char *text)
{
    struct buffer shown = {0};
    svg_display(&shown, text, SVG_LABEL_COLUMNS);
    buffer_print(out, "<text x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\" fill=\"%s\">", x, y, anchor,
                 color);
    xml_append(out, buffer_string(&shown));
    buffer_append_string(out, "</text>\n");
    buffer_done(&shown);
}
