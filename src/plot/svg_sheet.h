/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One panel of an SVG picture while it is written, and what already lies where. Private to plot. */
#ifndef PLOT_SVG_SHEET_H
#define PLOT_SVG_SHEET_H

#include "plot/scale.h"
#include "plot/svg.h"

/* In pixels of the page. */
struct svg_box {
    double x, y, width, height;
};

enum { SVG_COLORS = 8 }; /* a ninth series has the first colour and marker, with another dash */

/* Colours of a theme; a text is darker than its line, to be read on white. */
struct svg_look {
    const char *paper, *ink, *dim, *grid, *warning;
    const char *lines[SVG_COLORS], *texts[SVG_COLORS];
};

/* That of a theme. Static. */
const struct svg_look *svg_look(enum svg_theme theme);
const char *svg_dash(const struct plot_line *line); /* "": solid */

/* The sign of a data point around (x, y), in pixels of the page. */
struct svg_marker {
    const char *name; /* its class in the SVG */
    int series;       /* names its form and its colour */
    enum plot_origin origin;
    double x, y;
};

/* Full where the point is measured, hollow where not, with dashes or dots around. */
void svg_draw_marker(struct buffer *out, const struct svg_look *look,
                     const struct svg_marker *marker);

/* The page in squares of 2 pixels, each taken or free. Owns them. */
struct svg_cover {
    int columns, rows;
    unsigned char *taken;
};

/* A page with nothing on it; then what lies under a line or a box is taken. */
void svg_cover_init(struct svg_cover *cover, const struct svg_page *page);
void svg_cover_done(struct svg_cover *cover);
void svg_cover_line(struct svg_cover *cover, double x0, double y0, double x1, double y1);
void svg_cover_box(struct svg_cover *cover, const struct svg_box *box);
/* Whether a box touches nothing that is taken; off the page its edge counts. */
bool svg_cover_free(const struct svg_cover *cover, const struct svg_box *box);

enum { SVG_LEGEND_MAX = 32, SVG_LEGEND_ROW = 18 };

/* What a legend explains: one of these. */
struct svg_entry {
    const struct plot_line *line;
    const struct plot_points *points;
    const struct plot_span *span;
    bool left_out;
    enum plot_origin origin; /* of points: how their marker is drawn */
    const char *label;
};

/* Everything is borrowed for one panel's drawing, but the entries. */
struct svg_sheet {
    struct buffer *out;
    const struct svg_look *look;
    const struct plot *plot;
    struct svg_cover *cover;
    struct svg_box inner;
    struct plot_axis x_axis, y_axis;
    struct scale x, y;
    struct svg_entry entries[SVG_LEGEND_MAX];
    size_t entry_count;
};

/* Where a value in data units stands on the page. */
double svg_x(const struct svg_sheet *sheet, double value);
/* NaN for NaN; far below the panel for what a log axis has not. */
double svg_y(const struct svg_sheet *sheet, double value);

/* Whether all of box lies in the panel. */
bool svg_inside(const struct svg_sheet *sheet, const struct svg_box *box);

/* The ends of a line's visible part in data units of x; false where there is none. */
bool svg_line_ends(const struct svg_sheet *sheet, const struct plot_line *line, double *from,
                   double *to);

void svg_draw_guides(struct svg_sheet *sheet); /* svg_guides.c: grid, stretches, levels, ticks */
void svg_draw_lines(struct svg_sheet *sheet);  /* svg_lines.c */
void svg_draw_marks(struct svg_sheet *sheet);  /* svg_marks.c: bars, stems, points */
/* At the panel's edge in pixels, pointing by (dx, dy), a step along one axis; kind is its class. */
void svg_draw_arrow(struct svg_sheet *sheet, const char *kind, double x, double y, int dx, int dy,
                    const char *color);
void svg_draw_labels(struct svg_sheet *sheet); /* svg_labels.c: beside lines; the rest to entries */

/* svg_legend.c: in rows that end above bottom, at most rows of them; NULL out: only counts. */
int svg_draw_legend(const struct svg_sheet *sheet, struct buffer *out, double bottom, int rows);

/* Writes small text, cut to what a label may take; anchor is "start", "middle" or "end". */
void svg_text(struct buffer *out, double x, double y, const char *anchor, const char *color,
              const char *text);

/* How many columns of text surely fit into width. */
int svg_columns(double width, int font_size);

enum { SVG_LABEL_COLUMNS = 40 };
/* Appends raw text as display text, at most that many columns (-1: all). */
void svg_display(struct buffer *out, const char *text, int columns);

#endif
