/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of key names. */
#include "keys.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    const char *bytes;
    const char *modified; /* with a modifier's number in place of %d */
} keys[] = {
    {"Enter", "\r", NULL},
    {"Esc", "\x1b", NULL},
    {"Tab", "\t", NULL},
    {"Shift-Tab", "\x1b[Z", NULL},
    {"Space", " ", NULL},
    {"Backspace", "\x7f", NULL},
    {"Up", "\x1bOA", "\x1b[1;%dA"},
    {"Down", "\x1bOB", "\x1b[1;%dB"},
    {"Right", "\x1bOC", "\x1b[1;%dC"},
    {"Left", "\x1bOD", "\x1b[1;%dD"},
    {"Home", "\x1bOH", "\x1b[1;%dH"},
    {"End", "\x1bOF", "\x1b[1;%dF"},
    {"Insert", "\x1b[2~", "\x1b[2;%d~"},
    {"Delete", "\x1b[3~", "\x1b[3;%d~"},
    {"PageUp", "\x1b[5~", "\x1b[5;%d~"},
    {"PageDown", "\x1b[6~", "\x1b[6;%d~"},
    {"F1", "\x1bOP", NULL},
    {"F2", "\x1bOQ", NULL},
    {"F3", "\x1bOR", NULL},
    {"F4", "\x1bOS", NULL},
    {"F5", "\x1b[15~", NULL},
    {"F6", "\x1b[17~", NULL},
    {"F7", "\x1b[18~", NULL},
    {"F8", "\x1b[19~", NULL},
    {"F9", "\x1b[20~", NULL},
    {"F10", "\x1b[21~", NULL},
    {"F11", "\x1b[23~", NULL},
    {"F12", "\x1b[24~", NULL},
};

static bool find_named(const char *name, int modifier, char bytes[KEY_BYTES_MAX])
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(name, keys[i].name) != 0)
            continue;
        if (modifier == 0) {
            snprintf(bytes, KEY_BYTES_MAX, "%s", keys[i].bytes);
            return true;
        }
        if (!keys[i].modified)
            return false;
        size_t head = strcspn(keys[i].modified, "%");
        snprintf(bytes, KEY_BYTES_MAX, "%.*s%d%s", (int)head, keys[i].modified, modifier,
                 keys[i].modified + head + 2);
        return true;
    }
    return false;
}

/* Ctrl- with a letter is a control character; otherwise a modifier of a named key. */
static bool find_control(const char *name, char bytes[KEY_BYTES_MAX])
{
    if (name[0] && !name[1]) {
        snprintf(bytes, KEY_BYTES_MAX, "%c", toupper((unsigned char)name[0]) & 0x1f);
        return true;
    }
    return find_named(name, 5, bytes);
}

static bool is_one_character(const char *name)
{
    size_t length = strlen(name);
    if (length == 1)
        return true;
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)name[i] & 0xc0) != 0x80)
            return false;
    }
    return length > 1 && length <= 4 && (unsigned char)name[0] >= 0xc2;
}

bool key_bytes(const char *name, char bytes[KEY_BYTES_MAX])
{
    if (find_named(name, 0, bytes))
        return true;
    if (strncmp(name, "Ctrl-", 5) == 0)
        return find_control(name + 5, bytes);
    if (strncmp(name, "Shift-", 6) == 0)
        return find_named(name + 6, 2, bytes);
    bool is_alt = strncmp(name, "Alt-", 4) == 0;
    if (!is_one_character(is_alt ? name + 4 : name))
        return false;
    snprintf(bytes, KEY_BYTES_MAX, "%s%s", is_alt ? "\x1b" : "", is_alt ? name + 4 : name);
    return true;
}
