/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pages below a comparison that are text: the changes of a curve, and the summary. Paragraphs
 * are broken over as many rows as they take, so that all of each can be scrolled to.
 */
#ifndef UI_VIEW_COMPARE_TEXT_H
#define UI_VIEW_COMPARE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "plot/canvas.h"

struct app;
struct search_text;

/* Whether the page shown is one of them. */
bool compare_text_is_shown(const struct app *app);

/* The rows that it takes on the screen as last seen. */
int compare_text_rows(const struct app *app);

/* Draws it from the row that it was scrolled to. */
void compare_text_draw(const struct app *app, struct canvas *canvas, struct rect area);

/* The farthest that it can be scrolled to, in rows: the last ones then fill the area. */
size_t compare_text_last_top(const struct app *app);

/* Fills out with the paragraphs, a line each, and with the one that the first row shown is of. */
void compare_text_search(const struct app *app, struct search_text *out);

/* Scrolls to a paragraph. */
void compare_text_go(struct app *app, size_t paragraph);

#endif
