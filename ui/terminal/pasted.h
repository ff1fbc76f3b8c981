/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text that a terminal marks as pasted (bracketed paste), gathered from its bytes. Pure.
 *
 * Much of it may come: what is beyond PASTED_MAX is dropped, and bytes are taken several at a time,
 * never one that stands behind the mark of the end, as what follows is typed.
 */
#ifndef UI_TERMINAL_PASTED_H
#define UI_TERMINAL_PASTED_H

#include <stdbool.h>
#include <stddef.h>

enum {
    PASTED_MAX = 8192,    /* bytes; twice what a prompt takes */
    PASTED_PIECE_MAX = 6, /* bytes that pasted_room() asks for at most */
};

/* What marks it. */
#define PASTED_START "\033[200~"
#define PASTED_END "\033[201~"

/* Zeroed, none is being read. */
struct pasted {
    bool reading;
    char text[PASTED_MAX]; /* any bytes */
    size_t length;
    size_t matched; /* bytes of the mark of the end that came last */
};

/* The mark of the start has come. */
void pasted_begin(struct pasted *pasted);

/* How many of the next bytes are certain to be of the text or of the mark that ends it. */
size_t pasted_room(const struct pasted *pasted);

/* Takes that many bytes or fewer. Reading ends with the last byte of the mark. */
void pasted_take(struct pasted *pasted, const char *bytes, size_t count);

#endif
