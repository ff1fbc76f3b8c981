/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Searching in what a view lists or tells: a pattern, the next line that has it, and where it
 * stands on the screen. A pattern without capitals takes capitals, too; one with a capital is
 * exact.
 */
#ifndef UI_SEARCH_H
#define UI_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "plot/canvas.h"
#include "ui/action.h"
#include "ui/layout.h"
#include "ui/prompt.h"

struct app;

/* What a view can be searched in, and how one gets to a line of it. */
struct search_text {
    struct buffer lines; /* each with its newline; whoever asked for it frees it */
    size_t at;           /* the line that the user is on */
    void (*go)(struct app *app, size_t line);
};

struct search_state {
    char pattern[PROMPT_TEXT_MAX]; /* "": none was typed yet */
    bool shown;                    /* its occurrences are painted on the screen ... */
    enum view_id view;             /* ... in this view */
    size_t from;                   /* the line on which typing it began */
    size_t found;                  /* the line that was found last ... */
    size_t at;                     /* ... and the one that the user was on then */
};

/* One more line; newlines in it become blanks. */
void search_add_line(struct search_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What is looked for, and which way from where. */
struct search_query {
    const char *pattern; /* not "" */
    size_t from;         /* a line's number, from 0 */
    bool back;           /* towards the beginning */
    bool inclusive;      /* line `from` itself is looked at first, not last */
};

/*
 * The number of the next of these lines (each with its newline) that has the pattern, round at the
 * ends. False: none has it. *round: it went round.
 */
bool search_find(const char *lines, const struct search_query *query, size_t *line, bool *round);

/* Takes /, n and N in a view that can be searched. */
void search_act(struct app *app, enum action action);

/* Stops painting the occurrences of the pattern; false: they were not painted. */
bool search_end(struct app *app);

/* Paints the occurrences of the pattern, after the view was drawn. */
void search_draw(const struct app *app, struct canvas *canvas, const struct layout *layout);

#endif
