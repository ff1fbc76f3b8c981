/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two alphabets that plots are drawn in. Private to plot. */
#ifndef PLOT_GLYPHS_H
#define PLOT_GLYPHS_H

#include "plot/plot.h"

enum { GLYPHS_SHADES = 5 }; /* series whose glyphs can also tell where points come from */

/*
 * Every glyph takes one column. No two meanings share one within an alphabet, except that a stem, a
 * bar and a cursor are all vertical lines: their length and role tell them apart; and that the
 * glyphs of origins are also those of some series, for no panel has both. Hollow and small ones
 * are those of a series for points that were not measured, where no series beyond these is shown.
 */
struct glyphs {
    const char *series[ROLE_SERIES_COUNT];
    const char *knot, *knot_selected, *left_out;
    const char *origin[PLOT_ORIGINS]; /* points where all are of one series */
    const char *hollow[GLYPHS_SHADES], *small[GLYPHS_SHADES]; /* of the first series, or NULL */
    const char *knot_on[PLOT_ORIGINS]; /* a breakpoint on such a point; the first, on any other */
    const char *up, *down, *left, *right; /* points that lie off the axes */
    const char *bar, *bar_top, *bar_bottom, *stem;
    const char *open, *close; /* around the selected point */
    const char *cursor, *cursor_on_axis, *crossing, *bound, *level, *zero, *grid;
    const char *line, *dashed; /* in legends */
    const char *axis_x, *tick_x, *stretch, *tick_stretch, *axis_y, *tick_y, *corner;
};

/* The alphabet of a style: ASCII has one, all others share the other. */
const struct glyphs *glyphs_of(enum plot_style style);

/* A point of a series below GLYPHS_SHADES: full where measured, hollow where legacy, else small. */
const char *glyphs_shade(const struct glyphs *glyphs, int series, enum plot_origin origin);

/* The glyph for 8 dots of a cell; bits as Unicode orders braille dots. */
void glyphs_dots(enum plot_style style, unsigned char bits, char text[4]);

#endif
