/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text that the terminal says is pasted (bracketed paste): letters for a prompt, never keys that do
 * something. Ends of lines in it are blanks between words, other controls nothing.
 */
#ifndef UI_PASTE_H
#define UI_PASTE_H

#include <stddef.h>

struct app;

/* Puts it, any bytes, into the prompt; where there is none, says so. */
void paste_take(struct app *app, const char *text, size_t length);

#endif
