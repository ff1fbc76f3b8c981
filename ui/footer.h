/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The footer: the most useful keys of the view, out of the action table; each can be clicked. */
#ifndef UI_FOOTER_H
#define UI_FOOTER_H

#include "plot/canvas.h"

struct app;

/* Draws it into area, one row. */
void footer_draw(const struct app *app, struct canvas *canvas, struct rect area);

/* The key that stands at a column of the footer; TERM_KEY_NONE where none does. */
int footer_key_at(const struct app *app, struct rect area, int column);

#endif
