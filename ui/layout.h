/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things go: (rows, columns, view) -> rectangles. Pure. */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include <stdbool.h>

#include "plot/canvas.h"
#include "ui/action.h"

enum { LAYOUT_ROWS_MIN = 10, LAYOUT_COLUMNS_MIN = 40 };

enum { LAYOUT_DETAIL_ALONE = 1 << 20 }; /* detail takes the place of the plot */

/*
 * detail is how many lines the view would like below its plot; it gets them as far as the plot
 * keeps most of the screen. Those of a comparison may take the plot's place: then main is one row.
 * Rectangles never overlap and lie inside the screen; one that a view does not use, or that has no
 * room, has 0 rows. When too_small is set the others are empty.
 */
struct layout {
    bool too_small;
    struct rect title;  /* one row on top */
    struct rect side;   /* a list beside the main thing */
    struct rect main;   /* what the view is about: a list, a plot, a text */
    struct rect detail; /* figures below it */
    struct rect status; /* one row: message, prompt, hint */
    struct rect footer; /* one row: keys */
};

/* rows and columns are the screen's; detail: see above. */
struct layout layout_compute(int rows, int columns, enum view_id view, int detail);

/* value, or the end of [low, high] nearest to it. */
int layout_clamp(int value, int low, int high);

/* The first of count lines to show in rows so that selected is among them, near the middle. */
int layout_first_line(int selected, int count, int rows);

#endif
