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

/* The role of a cell of the screen: whose curve or label it shows. */
enum role app_role_at(const struct app *app, int row, int column);

/* The rectangles of the view on the screen as last seen. */
struct layout app_layout(const struct app *app);

/* One row of text from its column on; what has no room goes word by word, for an ellipsis. */
void app_draw_words(struct canvas *canvas, struct rect line, enum role role, const char *text);

/* Text broken at blanks over at most the area's rows, from column 1. Returns the rows used. */
int app_draw_wrapped(struct canvas *canvas, struct rect area, enum role role, const char *text);

/* How many of at most so many rows that takes in an area of so many columns. */
int app_wrapped_rows(const char *text, int rows, int columns, enum text_charset charset);

/* Lines of text, one a row, as many as the area has; frees them. */
void app_draw_lines(struct canvas *canvas, struct rect area, struct buffer *lines,
                    const enum role *roles, int count);

#endif
