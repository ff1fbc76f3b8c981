/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The refit view's list of figures: value, formula in words, and why one is undefined. */
#ifndef UI_VIEW_FIT_FIGURES_H
#define UI_VIEW_FIT_FIGURES_H

#include "ui/app.h"

/* Draws those of the selected row in place of the plot and the table. */
void fit_figures_draw(const struct app *app, struct canvas *canvas, const struct layout *layout);

/* One page of it down or up, where the screen does not hold it all. */
void fit_figures_scroll(struct app *app, bool down);

/* Its rows, to be searched. */
void fit_figures_text(const struct app *app, struct search_text *out);

#endif
