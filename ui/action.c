/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of actions, and the way from a key to an action. */
#include "ui/action.h"

#include <stdio.h>
#include <string.h>

#include "ui/term.h"

static const struct action_entry entries[] = {
#define ACTION_ENTRY(id, name, views, keys, label, help)                                           \
    {ACTION_##id, name, views, keys, label, help},
    ACTIONS(ACTION_ENTRY)
#undef ACTION_ENTRY
};

const struct action_entry *action_table(size_t *count)
{
    *count = sizeof entries / sizeof *entries;
    return entries;
}

static const struct {
    int key;
    const char *name;
} key_names[] = {
    {TERM_KEY_ESCAPE, "Esc"},
    {' ', "Space"},
    {TERM_KEY_UP, "Up"},
    {TERM_KEY_DOWN, "Down"},
    {TERM_KEY_LEFT, "Left"},
    {TERM_KEY_RIGHT, "Right"},
    {TERM_KEY_SHIFT_UP, "S-Up"},
    {TERM_KEY_SHIFT_DOWN, "S-Down"},
    {TERM_KEY_SHIFT_LEFT, "S-Left"},
    {TERM_KEY_SHIFT_RIGHT, "S-Right"},
    {TERM_KEY_HOME, "Home"},
    {TERM_KEY_END, "End"},
    {TERM_KEY_PAGE_UP, "PageUp"},
    {TERM_KEY_PAGE_DOWN, "PageDown"},
    {TERM_KEY_INSERT, "Insert"},
    {TERM_KEY_DELETE, "Delete"},
    {TERM_KEY_BACKSPACE, "Backspace"},
    {TERM_KEY_ENTER, "Enter"},
    {TERM_KEY_TAB, "Tab"},
    {TERM_KEY_SHIFT_TAB, "S-Tab"},
};

void action_key_name(int key, char name[16])
{
    for (size_t i = 0; i < sizeof key_names / sizeof *key_names; i++)
        if (key_names[i].key == key) {
            snprintf(name, 16, "%s", key_names[i].name);
            return;
        }
    if (key > 0 && key < 27)
        snprintf(name, 16, "^%c", '@' + key);
    else if (key > ' ' && key < 127)
        snprintf(name, 16, "%c", key);
    else
        name[0] = '\0';
}

int action_key_named(const char *name, size_t length)
{
    char known[16];
    for (size_t i = 0; i < sizeof key_names / sizeof *key_names; i++)
        if (strlen(key_names[i].name) == length && memcmp(key_names[i].name, name, length) == 0)
            return key_names[i].key;
    for (int key = 1; key < 127; key++) {
        action_key_name(key, known);
        if (known[0] && strlen(known) == length && memcmp(known, name, length) == 0)
            return key;
    }
    return TERM_KEY_NONE;
}

/* Whether the blank-separated list of names has name. */
static bool list_has(const char *list, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = list; *at; at += strcspn(at, " "), at += strspn(at, " "))
        if (strcspn(at, " ") == length && memcmp(at, name, length) == 0)
            return true;
    return false;
}

enum action action_of_key(enum view_id view, int key)
{
    char name[16];
    action_key_name(key, name);
    if (!name[0])
        return ACTION_NONE;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if ((entries[i].views & view) && list_has(entries[i].keys, name))
            return entries[i].action;
    return ACTION_NONE;
}
