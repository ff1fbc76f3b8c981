/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plot as a vector picture for reports: the same panels that plot_draw puts on a canvas, as
 * lines, markers and text in SVG. (plot/canvas.h exports a screen's cells as SVG; this knows no
 * cells.)
 *
 * Colours are Okabe and Ito's, which stay apart for colour-blind readers; each series has a marker
 * and a dash of its own besides. Lengths are pixels (SVG user units), y downwards.
 */
#ifndef PLOT_SVG_H
#define PLOT_SVG_H

#include "plot/plot.h"

struct buffer;

enum svg_theme { SVG_LIGHT, SVG_DARK };

enum { SVG_WIDTH_MIN = 240, SVG_HEIGHT_MIN = 160, SVG_SIDE_MAX = 10000 };

/* The page around the panels. Strings are display text or raw; they are made safe. */
struct svg_page {
    int width, height;
    const char *title, *note; /* above the panels, bold and plain; or NULL */
    enum svg_theme theme;
};

/*
 * Appends one SVG element. A label stands beside its line where it touches nothing, else in the
 * legend above its panel, which also names breakpoints, points left out and stretches; what finds
 * no room there is counted, "+3". Values off the axes are clipped; points off them are arrows at
 * the edge. Axes that cannot be drawn are fitted first, as in plot_draw.
 */
void svg_plot(const struct svg_page *page, const struct plot_panels *panels, struct buffer *out);

enum { SVG_FONT_SMALL = 12, SVG_FONT_TITLE = 15 };

/* A bound for the width of text in a common sans-serif font of that size. */
double svg_text_width(const char *text, int font_size);

#endif
