/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One panel while it is being drawn: its cells, its scales, and what already lies on each cell. */
#ifndef PLOT_SHEET_H
#define PLOT_SHEET_H

#include "plot/glyphs.h"
#include "plot/scale.h"

/* What lies on a cell, in the order of what may cover what. */
enum cover {
    COVER_NONE,
    COVER_FAINT, /* levels, bounds */
    COVER_LINE,
    COVER_BAR, /* error bars and stems */
    COVER_POINT,
    COVER_LEFT_OUT, /* a point, with its cross */
    COVER_KNOT,
    COVER_LABEL,
};

/* Glyphs in sight that need a word, once a plot. */
enum seen {
    SEEN_LEFT_OUT = 1,
    SEEN_KNOT_ON_POINT = 2, /* of which nothing is known */
    SEEN_ORIGIN = 4,        /* << enum plot_origin */
    SEEN_KNOT_ON = SEEN_ORIGIN << PLOT_ORIGINS,
    SEEN_KNOT = SEEN_KNOT_ON << PLOT_ORIGINS,
    SEEN_UNTOLD = SEEN_KNOT << 1, /* a point that was not measured, and its glyph does not say so */
};

/* What the glyph of a data point tells. */
enum tells {
    TELLS_SERIES,
    TELLS_ORIGIN, /* where it comes from, for all points are of one series */
    TELLS_BOTH,   /* the series by its shape, where it comes from by how full that is */
};

/*
 * Owned by plot_draw for one panel. Rows and columns count from the top left of inner; writing
 * outside is clipped. trail[line * columns + column] is the row where a line passes, or -1.
 */
struct sheet {
    struct canvas *canvas;
    const struct plot *plot;
    struct rect inner;
    struct scale x, y;
    enum plot_style style;
    const struct glyphs *glyphs;
    unsigned char *cover; /* enum cover, row-major; of a point also where it comes from */
    enum tells tells;
    int bare_knots;                /* breakpoints with no data point below or over them */
    unsigned shaded[PLOT_ORIGINS]; /* TELLS_BOTH: series whose points from there are in sight */
    short *trail;
    unsigned seen; /* enum seen, ORed: glyphs that the legend explains */
};

/* Begins a panel whose frame is known; canvas, plot and frame are borrowed until sheet_done. */
void sheet_init(struct sheet *sheet, struct canvas *canvas, const struct plot *plot,
                const struct plot_frame *frame, enum plot_style style);
void sheet_done(struct sheet *sheet);

/* Puts a glyph on a cell, whatever lies there, and notes what does now. */
void sheet_put(struct sheet *sheet, int row, int column, enum role role, const char *glyph,
               enum cover cover);
enum cover sheet_cover(const struct sheet *sheet, int row, int column); /* LABEL outside */

/* The same for a point, and what it tells (PLOT_ORIGINS: nothing) of the point put there last. */
void sheet_put_point(struct sheet *sheet, int row, int column, enum role role, const char *glyph,
                     enum plot_origin origin);
enum plot_origin sheet_origin(const struct sheet *sheet, int row, int column);

/* Where point i comes from as far as its glyph tells; PLOT_ORIGINS: it does not. */
enum plot_origin sheet_origin_of(const struct sheet *sheet, const struct plot_points *points,
                                 size_t i);

/* True where columns cells from (row, column) are inside and nothing but the grid is on them. */
bool sheet_free(const struct sheet *sheet, int row, int column, int columns);

/* Writes text of columns columns and marks its cells. */
void sheet_text(struct sheet *sheet, int row, int column, int columns, enum role role,
                const char *text);

/* The row of y: -1 above the panel, inner.rows below it or where a log axis has no such value. */
int sheet_row(const struct sheet *sheet, double y);
int sheet_row_of(const struct sheet *sheet, double fraction); /* of y along its axis */
/* The column of x: -1 left of the panel, inner.columns right of it. */
int sheet_column(const struct sheet *sheet, double x);

/* Whether the glyphs of the points tell their series: there are several, here or elsewhere. */
bool sheet_has_series(const struct plot *plot);

static inline enum role sheet_role(int series)
{
    return (enum role)(ROLE_SERIES + (unsigned)series % ROLE_SERIES_COUNT);
}

/* lines.c: every line of the panel, in dots. */
void sheet_draw_lines(struct sheet *sheet);
/* marks.c: stems, error bars, points; those left out first, the selected ones last. */
void sheet_draw_marks(struct sheet *sheet);
/* guides.c: what lies behind the data, and the cursor that is laid over it. */
void sheet_draw_guides(struct sheet *sheet);
void sheet_draw_span_labels(struct sheet *sheet);
void sheet_draw_cursor(struct sheet *sheet, double x, bool crossings, bool axis);
/*
 * labels.c: direct labels; what finds no room goes to the legend in head (no rows: dropped), and on
 * in spare, which then has no rows any more.
 */
void sheet_draw_labels(struct sheet *sheet, struct rect head, struct rect *spare);

#endif
