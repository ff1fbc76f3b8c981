/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Themes: how each role (plot/canvas.h) looks, at the four depths that terminals have. Backgrounds
 * are the terminal's own; a theme says for which ones its colours were chosen. Colour is never all:
 * without it attributes, glyphs and words say the same.
 */
#ifndef UI_TERMINAL_THEME_H
#define UI_TERMINAL_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "plot/canvas.h"

/* How many colours a terminal has. */
enum theme_depth {
    THEME_MONO, /* attributes alone */
    THEME_ANSI, /* the 8 that every terminal mixes in its own way */
    THEME_256,  /* xterm's palette */
    THEME_RGB,
    THEME_DEPTHS,
};

enum theme_attribute {
    THEME_BOLD = 1 << 0,
    THEME_DIM = 1 << 1,
    THEME_REVERSE = 1 << 2,
    THEME_UNDERLINE = 1 << 3,
};

enum { THEME_OWN = -1 }; /* the terminal's own foreground */

struct theme_style {
    int color; /* 0 to 7, 0 to 255, or 0xRRGGBB, as the depth has it; THEME_OWN */
    unsigned attributes;
};

enum { THEME_BACKGROUNDS = 2 };

struct theme;

/* The theme at an index; the first one is that of a program without a configuration. */
const struct theme *theme_at(size_t index); /* NULL behind the last one */
size_t theme_index(const struct theme *theme);
const char *theme_name(const struct theme *theme);

/* The backgrounds, 0xRRGGBB, that a theme's colours were chosen for. */
const int *theme_backgrounds(const struct theme *theme);

/* How a role looks at that depth. */
struct theme_style theme_style(const struct theme *theme, enum role role, enum theme_depth depth);

/*
 * The looks of a picture of the screen: direct colours, or with colors false none, on the first of
 * the theme's backgrounds. What the terminal's own foreground would draw is light grey.
 */
void theme_palette(const struct theme *theme, bool colors, struct canvas_palette *out);

/* 0xRRGGBB of one of the 256 colours, from 16 on: those below differ between terminals. */
int theme_rgb_of_256(int color);

#endif
