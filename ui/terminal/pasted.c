/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pasted text, byte by byte. */
#include "ui/terminal/pasted.h"

_Static_assert(sizeof PASTED_END - 1 == PASTED_PIECE_MAX, "a piece is as long as the mark");

void pasted_begin(struct pasted *pasted)
{
    pasted->reading = true;
    pasted->length = pasted->matched = 0;
}

size_t pasted_room(const struct pasted *pasted)
{
    return PASTED_PIECE_MAX - pasted->matched;
}

static void keep(struct pasted *pasted, char byte)
{
    if (pasted->length < sizeof pasted->text)
        pasted->text[pasted->length++] = byte;
}

/*
 * Takes one byte. The mark of the end begins with Esc and has no other, so where it breaks off it
 * can only begin anew with this byte.
 */
static void take(struct pasted *pasted, char byte)
{
    if (byte == PASTED_END[pasted->matched]) {
        pasted->matched++;
        return;
    }
    for (size_t i = 0; i < pasted->matched; i++)
        keep(pasted, PASTED_END[i]);
    pasted->matched = byte == PASTED_END[0];
    if (!pasted->matched)
        keep(pasted, byte);
}

void pasted_take(struct pasted *pasted, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count && pasted->reading; i++) {
        take(pasted, bytes[i]);
        pasted->reading = pasted->matched < PASTED_PIECE_MAX;
    }
}
