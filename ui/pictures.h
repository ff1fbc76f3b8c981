/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plots drawn last, found again by all that they show: going up and down a list, walking with a
 * cursor, or redrawing an unchanged screen then costs a copy of cells. A change in what is shown is
 * a different plot, so nothing has to be told to forget.
 */
#ifndef UI_PICTURES_H
#define UI_PICTURES_H

#include <stddef.h>

#include "base/buffer.h"
#include "report/scene.h"

enum { PICTURES_KEPT = 32 };

struct kept_picture {
    struct buffer key; /* curves, options, size, style */
    struct plot_picture *picture;
};

/* Zeroed it is empty. The one shown last comes first. */
struct pictures {
    struct kept_picture items[PICTURES_KEPT];
    size_t count;
    struct buffer key; /* of the one asked for; kept for its memory */
};

/* What is to be drawn. Everything is borrowed for the call. */
struct picture_subject {
    const struct scene_curve *curves;
    size_t count;
    const struct scene_options *options;
    double cursor; /* FLOPs; NaN: none */
    enum plot_style style;
};

/* Draws a scene of curves into area of the canvas, from a kept picture where there is one. */
void pictures_draw(struct pictures *pictures, const struct picture_subject *subject,
                   struct canvas *canvas, struct rect area);

void pictures_done(struct pictures *pictures);

#endif
