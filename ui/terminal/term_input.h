/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ui/terminal/term_input.c asks of the file that sees curses. Private to ui/terminal/. */
#ifndef UI_TERMINAL_TERM_INPUT_H
#define UI_TERMINAL_TERM_INPUT_H

#include "ui/terminal/mouse.h"

enum { TERM_TYPED_STRING = -2 };

/*
 * A key that has arrived; TERM_KEY_NONE where none has. Of some only the beginning was read: of a
 * mouse's report in *form (TERM_KEY_MOUSE) and of a control string (TERM_TYPED_STRING) the rest is
 * to be read by term_typed_byte(), of pasted text (TERM_KEY_PASTE) from the descriptor.
 */
int term_typed(enum mouse_form *form);

/* A byte that has arrived; -1 where none has. */
int term_typed_byte(void);

/* Has a byte, or key, arrive once more, before all others. */
void term_give_back(int byte);

/* Learns the terminal's size anew. */
void term_follow_size(void);

#endif
