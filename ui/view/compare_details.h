/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands below the plot of a comparison: tables of operations and points, changes, a summary.
 */
#ifndef UI_VIEW_COMPARE_DETAILS_H
#define UI_VIEW_COMPARE_DETAILS_H

#include <stdbool.h>

#include "compare/compare.h"
#include "plot/canvas.h"

struct search_text;
struct app;
struct buffer;

/* Append a number, or a size in FLOPs or bytes with its prefix, between words. */
void compare_append_number(struct buffer *out, const char *before, double value, int digits,
                           const char *after);
void compare_append_size(struct buffer *out, const char *before, double value);

/*
 * For plots of shapes: say in the title, where it has room, or in a message that the figures beside
 * the plot stay those of efficiencies, on which verdicts rest.
 */
void compare_append_shape(const struct app *app, bool shape, struct buffer *out);
void compare_say_shape(struct app *app, bool shape);

/* The operation in hand, on both sides; NULL where there is none. */
const struct compared_curve *compare_details_curve(const struct app *app);

/* Draws the page in hand. */
void compare_details_draw(const struct app *app, struct canvas *canvas, struct rect area);

/* The lines that the page shown would like, or LAYOUT_DETAIL_ALONE. */
int compare_details_rows(const struct app *app);

/* Whether the screen has no room for both the plot and the page in hand, but for one of them. */
bool compare_details_crowded(const struct app *app);

/* Fills out with the rows below the plot, a line each, and with the one that the user is on. */
void compare_details_search(const struct app *app, struct search_text *out);

#endif
