/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen: title, view, messages and footer on a canvas; where things stand; text in rows. */
#ifndef UI_DRAW_H
#define UI_DRAW_H

#include "base/buffer.h"
#include "plot/canvas.h"
#include "ui/layout.h"

struct app;

/* Draws everything on a canvas of the screen's size. */
void app_draw(const struct app *app, struct canvas *canvas);

/*
 * The role that a cell of the screen is drawn in, from which one knows whose curve or label is
 * there; ROLE_TEXT for a blank.
 */
enum role app_role_at(const struct app *app, int row, int column);

/* The rectangles of the view on the screen as last seen. */
struct layout app_layout(const struct app *app);

/*
 * Draws text in one row. Words at its end that have no room are left out, and an ellipsis stands
 * for them.
 */
void app_draw_words(struct canvas *canvas, struct rect line, enum role role, const char *text);

/*
 * Draws text broken at blanks over at most the area's rows, with a blank column on either side.
 * Returns the rows used.
 */
int app_draw_wrapped(struct canvas *canvas, struct rect area, enum role role, const char *text);

/* The rows that app_draw_wrapped() would use in an area of that size. */
int app_wrapped_rows(const char *text, int rows, int columns, enum text_charset charset);

/* Draws count lines of text, one a row, as many as area has rows; frees all of them. */
void app_draw_lines(struct canvas *canvas, struct rect area, struct buffer *lines,
                    const enum role *roles, int count);

#endif
