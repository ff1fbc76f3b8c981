/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ui/terminal/term_input.c asks of the file that sees curses. Private to ui/term*.c. */
#ifndef UI_TERMINAL_TERM_INPUT_H
#define UI_TERMINAL_TERM_INPUT_H

#include "ui/terminal/mouse.h"

enum { TERM_TYPED_STRING = -2 };

/*
 * A key that has arrived: TERM_KEY_NONE: none; TERM_KEY_MOUSE: the beginning of a report of that
 * form, TERM_TYPED_STRING: of a control string, whose rest are to be read as bytes; TERM_KEY_PASTE:
 * of pasted text, whose bytes curses has not seen.
 */
int term_typed(enum mouse_form *form);

/* A byte that has arrived; -1: none. */
int term_typed_byte(void);

/* Has that byte, or key, arrive once more, and first. */
void term_give_back(int byte);

/* Learns the terminal's size anew. */
void term_follow_size(void);

#endif
