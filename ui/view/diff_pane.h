/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A unified diff to scroll through. */
#ifndef UI_VIEW_DIFF_PANE_H
#define UI_VIEW_DIFF_PANE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "plot/canvas.h"
#include "ui/action.h"

/* Zeroed it is empty. Owns its text. */
struct diff_pane {
    struct buffer text;
    size_t lines;
    size_t top; /* the first line shown */
    bool says;  /* the text is a sentence in place of a diff */
    int left;   /* columns that the lines are moved out of sight to the left */
};

/* Makes it the diff from old to now of the file called name; empty where they are equal. */
void diff_pane_set(struct diff_pane *pane, const char *old, size_t old_length, const char *now,
                   size_t length, const char *name);

/* Has it say a sentence where there is nothing to hold against each other. */
void diff_pane_say(struct diff_pane *pane, const char *sentence);
void diff_pane_done(struct diff_pane *pane);

/* Draws the lines from top on, as many as area has rows. */
void diff_pane_draw(const struct diff_pane *pane, struct canvas *canvas, struct rect area);

/* Moves the lines sideways by what the action says; false where it is no such movement. */
bool diff_pane_pan(struct diff_pane *pane, enum action action);

/* The first line when the last page of so many rows is shown. */
size_t diff_pane_last_top(const struct diff_pane *pane, int rows);

/* Shows a line in so many rows: on top, or with the last page where that is near the end. */
void diff_pane_go(struct diff_pane *pane, size_t line, int rows);

#endif
