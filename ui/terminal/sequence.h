/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What terminals send behind an Esc (ECMA-48) that is no key: control sequences, and strings such
 * as late answers to what another program asked (OSC, DCS, APC, PM, SOS). Pure.
 */
#ifndef UI_TERMINAL_SEQUENCE_H
#define UI_TERMINAL_SEQUENCE_H

#include <stdbool.h>

enum sequence_progress {
    SEQUENCE_MORE,   /* it may yet become one */
    SEQUENCE_WHOLE,  /* a control sequence, with the last byte */
    SEQUENCE_STRING, /* the beginning of a string */
    SEQUENCE_NONE,   /* no sequence: keys */
};

/*
 * What the bytes behind Esc are: [ with parameters, intermediates and a final byte, [[ or O with a
 * final byte; or the introducer of a string and its first byte, which tells it from a letter typed
 * behind Esc.
 */
enum sequence_progress sequence_look(const int *bytes, int count);

/* A string of which some bytes have come. Zeroed, none is being read. */
struct control_string {
    bool reading;
    bool escape; /* the last byte was Esc: with \ it ends the string */
    int length;  /* bytes so far, up to a bound where it ends by itself */
};

/* The beginning of one has come. */
void control_string_begin(struct control_string *string);

/*
 * Takes the next byte, or key. False where the string has broken off before it: then it is a key,
 * and so is the Esc that came last, if one did.
 */
bool control_string_take(struct control_string *string, int byte);

#endif
