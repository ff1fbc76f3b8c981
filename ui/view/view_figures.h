/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of a view explained: value, formula in words, why one is undefined. */
#ifndef UI_VIEW_VIEW_FIGURES_H
#define UI_VIEW_VIEW_FIGURES_H

#include <stdbool.h>

struct app;

/* Explains the figures of the view in hand, or of the one that its help is about. */
void figures_start(struct app *app);

/* Whether the view that help is about has any. Help is the view in hand. */
bool figures_below_help(const struct app *app);

#endif
