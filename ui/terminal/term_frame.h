/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a canvas to the bytes that make a terminal show it: only cells that differ from what stands
 * there, in styles as the theme says. Knows a terminal by what it is told in, not through curses.
 * Private to ui/terminal/.
 */
#ifndef UI_TERMINAL_TERM_FRAME_H
#define UI_TERMINAL_TERM_FRAME_H

#include <stdbool.h>

#include "base/buffer.h"
#include "plot/canvas.h"
#include "ui/terminal/theme.h"

/* What a terminal understands, as terminfo has it. Strings are borrowed; NULL: it lacks that. */
struct term_language {
    const char *plain, *own_colors;
    const char *bold, *dim, *underline, *reverse;
    const char *color; /* takes its number */
    const char *place; /* takes row and column; never NULL */
    const char *right; /* takes how far */
    const char *left, *down;
    int uncolored;       /* attributes that it cannot show with a colour: terminfo's bits, or -1 */
    bool corner_scrolls; /* writing the last cell moves everything up */
    bool colors;         /* colours are wanted, and it has them */
    bool plain_ends_colors;
    bool numbers_rgb; /* its colours are numbers 0xRRGGBB */
    enum theme_depth depth;
    /* Appends a capability as terminals take it, and fills in the parameters of one (borrowed). */
    void (*put)(struct buffer *out, const char *capability);
    const char *(*fill_in)(const char *capability, int first, int second);
};

enum { TERM_SEQUENCE_MAX = 64, TERM_STEPS_KEPT = 32 };

/* How a role looks. */
struct term_style {
    struct theme_style style;
    char color[TERM_SEQUENCE_MAX]; /* what sets its colour; "": the terminal's own */
    char whole[TERM_SEQUENCE_MAX]; /* what makes plain writing look like the role */
};

struct term_frame {
    struct term_language language;
    struct cell *shown; /* what stands on the screen, rows x columns; NULL: nothing known */
    int rows, columns;
    struct buffer bytes; /* of the frame that is composed */
    const struct theme *theme;
    struct term_style styles[ROLE_COUNT]; /* of the theme, at the depth */
    struct theme_style style;             /* that the terminal writes in now */
    /* What is said often, as the terminal takes it; a step that was not made yet is "". */
    char plain[TERM_SEQUENCE_MAX];
    char steps[TERM_STEPS_KEPT][TERM_SEQUENCE_MAX]; /* by how many columns to the right */
};

/* Nothing is known of the screen, and the terminal writes plainly. */
void term_frame_init(struct term_frame *frame, const struct term_language *language);

/* Has roles look as the theme says. Forgets what is shown, if it was another. */
void term_frame_set_theme(struct term_frame *frame, const struct theme *theme);

/* Forgets what stands on the screen. */
void term_frame_forget(struct term_frame *frame);

/* Whether it is known what stands on the screen, which has the canvas's size. */
bool term_frame_fits(const struct term_frame *frame, const struct canvas *canvas);

/* To be called once the screen is empty: it is as large as the canvas. */
void term_frame_start(struct term_frame *frame, const struct canvas *canvas);

/*
 * Appends to frame->bytes what makes the screen, which must fit, show the canvas, and takes that to
 * be shown.
 */
void term_frame_compose(struct term_frame *frame, const struct canvas *canvas);

void term_frame_done(struct term_frame *frame);

#endif
