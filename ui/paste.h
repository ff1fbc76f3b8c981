/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text that the terminal says is pasted (bracketed paste): letters for a prompt, never keys that do
 * something. Ends of lines in it are blanks between words, other controls nothing.
 */
#ifndef UI_PASTE_H
#define UI_PASTE_H

#include <stddef.h>

struct app;

/*
 * Types pasted text, which may hold any bytes, into the prompt; without a prompt a message says
 * that it was not taken.
 */
void paste_take(struct app *app, const char *text, size_t length);

#endif
