/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of keys, and the bytes that xterm sends for them. */
#ifndef END_TO_END_KEYS_H
#define END_TO_END_KEYS_H

#include <stdbool.h>

enum { KEY_BYTES_MAX = 32 };

/*
 * "Enter", "Esc", "Up", "F1", "Ctrl-R", "Alt-x", "Shift-Left", "Ctrl-Right", or a character as it
 * is. Arrows take the form of the application mode, which terminfo's keypad_xmit turns on. False if
 * there is no such key.
 */
bool key_bytes(const char *name, char bytes[KEY_BYTES_MAX]);

#endif
