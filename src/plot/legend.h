/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The legend in a panel's top row: what has no direct label, from left to right. Private to plot.
 */
#ifndef PLOT_LEGEND_H
#define PLOT_LEGEND_H

#include "plot/sheet.h"

enum {
    LEGEND_ENTRIES_MAX = 24,
    LEGEND_LABEL_MAX = 28, /* columns of a label, here or beside its line; longer ones are cut */
};

struct legend_entry {
    const char *glyph, *label; /* borrowed */
    const char *brief;         /* the label where room is short */
    enum role role;
    bool sign; /* explains a glyph, so it may also stand within the panel; else it names a line */
    bool optional; /* left away, uncounted, where there is no room */
};

/* Collects entries; legend_done writes those that fit, right-aligned, and counts the others. */
struct legend {
    struct sheet *sheet;
    struct rect area;
    struct rect
        *spare; /* another row, for what has no room in area; without rows once it is taken */
    struct legend_entry entries[LEGEND_ENTRIES_MAX];
    char knots_on[PLOT_ORIGINS * 4 + 1]; /* glyphs in sight */
    char origins[PLOT_ORIGINS][GLYPHS_SHADES * 4 + 1];
    int count, beyond; /* beyond: entries that found no place in the array */
};

/* Begins one in area, the panel's top row. */
void legend_init(struct legend *legend, struct sheet *sheet, struct rect area, struct rect *spare);
void legend_add_line(struct legend *legend, const struct plot_line *line);
void legend_add_points(struct legend *legend); /* knots, left-out points, series without a line */
void legend_done(struct legend *legend);

/* True where the series has data points in this plot, so that its glyph means something. */
bool legend_has_points(const struct plot *plot, int series);

#endif
