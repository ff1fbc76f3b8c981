/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The refit view's pages: residuals over size, residuals against normal quantiles, influence. */
#ifndef UI_VIEW_FIT_PAGES_H
#define UI_VIEW_FIT_PAGES_H

#include "ui/app.h"

/* What the fits are asked for: the settings of the view. */
struct fit_options fit_pages_options(const struct app *app);

/* Shows the next page and says what it is. */
void fit_pages_next(struct app *app);

/* Computes what each point does to the selected fit, if the page shows that; and forgets it. */
void fit_pages_follow(struct app *app);
void fit_pages_forget(struct app *app);

/* What the page's plot shows: the view's plot function. */
void fit_pages_plot(const struct app *app, const struct layout *layout, struct plot_pane *pane);

/* The table of points that the influence page has below its plot. */
void fit_pages_draw_points(const struct app *app, struct canvas *canvas, struct rect area);

/* "; without it the curve moves by -18.2 % there, most at 2 G: -21 %" */
void fit_pages_append_shift(const struct app *app, struct buffer *out);

#endif
