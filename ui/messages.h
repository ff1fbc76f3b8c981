/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the program has said and is worth reading again: what went wrong, what was refused and why,
 * what was written, recovered, changed by others. Each stands on the screen until a key.
 */
#ifndef UI_MESSAGES_H
#define UI_MESSAGES_H

#include <stddef.h>

enum { MESSAGES_MAX = 200 };

/* Zeroed there are none. Owns its items, the oldest first. */
struct messages {
    char *items[MESSAGES_MAX];
    size_t count;
};

/*
 * Keeps a copy of text; where there are too many, the oldest one goes. Nothing happens for an empty
 * text, or for the last one once more.
 */
void messages_add(struct messages *messages, const char *text);

void messages_done(struct messages *messages);

#endif
