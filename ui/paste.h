/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text that the terminal says is pasted (bracketed paste): letters for a prompt, never keys that do
 * something. Ends of lines in it are blanks between words.
 */
#ifndef UI_PASTE_H
#define UI_PASTE_H

#include <stdbool.h>
#include <time.h>

struct app;

struct paste_state {
    bool going_on;        /* what comes is pasted, not typed */
    bool gap;             /* a line ended, and more may follow */
    struct timespec last; /* when the latest of it came */
};

/*
 * Whether the key is one of those around pasted text, or pasted and nothing that can be typed here.
 */
bool paste_takes(struct app *app, int key);

/* Whether a blank belongs before the pasted letter that paste_takes() has left; asked once. */
bool paste_has_gap(struct app *app);

#endif
