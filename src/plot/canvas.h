/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A grid of character cells between the program and whatever shows it: a terminal, standard output,
 * a picture. Views and plots write cells; an exporter shows them. Text passes through
 * base/text on its way in, so a canvas never holds a byte that a terminal would act on.
 *
 * Rows and columns count from 0 at the top left. Writing outside the grid is clipped.
 */
#ifndef PLOT_CANVAS_H
#define PLOT_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct buffer;

/* What a cell means; the exporter chooses the colours. Never the only carrier of a meaning. */
enum role {
    ROLE_TEXT,     /* plain */
    ROLE_DIM,      /* what can be overlooked: units, hints */
    ROLE_TITLE,    /* a heading */
    ROLE_BAR,      /* a title or footer bar across the screen */
    ROLE_KEY,      /* a key in the footer */
    ROLE_SELECTED, /* the row or thing that the user is on */
    ROLE_MARKED,   /* what was picked for a comparison */
    ROLE_GOOD,
    ROLE_WARNING,
    ROLE_ERROR,
    ROLE_ADDED,   /* a diff's new line */
    ROLE_REMOVED, /* a diff's old line */
    ROLE_MATCH,   /* what was searched for */
    ROLE_AXIS,
    ROLE_GRID,
    ROLE_CURSOR, /* the plot's crosshair */
    ROLE_SERIES, /* ROLE_SERIES + i: series i modulo ROLE_SERIES_COUNT */
    ROLE_SERIES_COUNT = 16,
    ROLE_COUNT = ROLE_SERIES + ROLE_SERIES_COUNT,
};

/* Every byte behind the text is 0: cells show the same exactly where their bytes are the same. */
struct cell {
    char text[TEXT_CELL_MAX]; /* "" : the right half of a wide cell to its left */
    unsigned char role;       /* enum role */
};

struct rect {
    int row, column, rows, columns;
};

/* Owns its cells. Always holds rows x columns of them, blank ROLE_TEXT at first. */
struct canvas {
    int rows, columns;
    enum text_charset charset;
    struct cell *cells; /* row-major */
};

/*
 * Makes a canvas of blank cells; of none where rows or columns are not positive. canvas_done frees
 * the cells.
 */
void canvas_init(struct canvas *canvas, int rows, int columns, enum text_charset charset);
void canvas_done(struct canvas *canvas);

/* The same as canvas_done and canvas_init; the memory is kept where it has the right size. */
void canvas_reset(struct canvas *canvas, int rows, int columns, enum text_charset charset);

struct rect canvas_area(const struct canvas *canvas);                           /* all of it */
const struct cell *canvas_at(const struct canvas *canvas, int row, int column); /* NULL outside */

/* Blanks an area in a role. */
void canvas_fill(struct canvas *canvas, struct rect area, enum role role);

/* Changes the role of cells, keeping their text. */
void canvas_paint(struct canvas *canvas, struct rect area, enum role role);

/* Copies all cells of another canvas to (row, column). */
void canvas_copy(struct canvas *canvas, int row, int column, const struct canvas *from);

/*
 * Writes one cell: a glyph of one column that the program itself chose. Text from anywhere else
 * goes through canvas_text.
 */
void canvas_put(struct canvas *canvas, int row, int column, enum role role, const char *glyph);

/*
 * Writes text from (row, column), at most columns of them (-1: to the canvas's edge); text that
 * does not fit ends in an ellipsis. Returns the columns written.
 */
int canvas_text(struct canvas *canvas, int row, int column, int columns, enum role role,
                const char *text);

/*
 * The same for a text whose end tells more than its beginning, as with an id: what does not fit in
 * columns (not negative) goes from the front.
 */
int canvas_text_end(struct canvas *canvas, int row, int column, int columns, enum role role,
                    const char *text);

/* canvas_text of a formatted text. */
int canvas_print(struct canvas *canvas, int row, int column, int columns, enum role role,
                 const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Appends the cells as lines of text, blanks at line ends left out. With color as ANSI SGR. */
void canvas_export_text(const struct canvas *canvas, bool color, struct buffer *out);

/* How a role looks in a picture; colours are 0xRRGGBB. */
struct canvas_look {
    int ink, paper;
    bool bold, underlined;
};

/* ROLE_TEXT's paper is that of the whole picture. */
struct canvas_palette {
    struct canvas_look looks[ROLE_COUNT];
};

/* Appends the cells as an SVG document: a terminal, to be drawn with DejaVu Sans Mono. */
void canvas_export_svg(const struct canvas *canvas, const struct canvas_palette *palette,
                       struct buffer *out);

#endif
