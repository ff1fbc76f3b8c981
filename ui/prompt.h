/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of typing: label, text, a cursor. Knows nothing of what it is for. */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "plot/canvas.h"

enum { PROMPT_TEXT_MAX = 4096 };

/* Owned in place; text is UTF-8 and NUL-terminated. */
struct prompt {
    bool active;
    bool offered;      /* the text is a proposal: what is typed takes its place */
    const char *label; /* what is asked; borrowed while the prompt is active */
    char text[PROMPT_TEXT_MAX];
    size_t length;  /* bytes */
    size_t cursor;  /* byte offset, where a display cell (base/text.h) begins */
    bool cut;       /* some of what was typed, or offered, found no room: it cannot be accepted */
    char note[512]; /* what the owner says of the text so far, above the line; "": nothing */
};

enum prompt_result {
    PROMPT_IGNORED, /* the key means nothing here */
    PROMPT_EDITED,
    PROMPT_ACCEPTED,  /* Enter; text stays, active is off */
    PROMPT_CANCELLED, /* Esc; active is off */
};

/* Opens it with text to be edited, the cursor behind it. label stays borrowed, text does not. */
void prompt_start(struct prompt *prompt, const char *label, const char *text);

/* The same with a text that the first character typed replaces; other keys edit it. */
void prompt_offer(struct prompt *prompt, const char *label, const char *text);

/* Puts another text there, the cursor behind it. What does not fit is cut. */
void prompt_set_text(struct prompt *prompt, const char *text);

/*
 * Puts text in at the cursor, as if it were typed. False where it is too long: what finds no room
 * is cut.
 */
bool prompt_insert(struct prompt *prompt, const char *text);

/* Sets the note to how much room there is, and that a cut text cannot be accepted. */
void prompt_say_cut(struct prompt *prompt);

/* What was accepted makes no sense: it stands there again, with the reason as note. */
void prompt_refuse(struct prompt *prompt, const char *why);

/* Takes a key (ui/terminal/term.h). */
enum prompt_result prompt_key(struct prompt *prompt, int key);

/* Whether a row of so many columns has room for the label beside what is typed. */
bool prompt_label_fits(const struct prompt *prompt, int columns, enum text_charset charset);

/* Draws the row that is typed in; unlabelled where its label stands above it. */
void prompt_draw(const struct prompt *prompt, bool labelled, struct canvas *canvas,
                 struct rect area);

#endif
