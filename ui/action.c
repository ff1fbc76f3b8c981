/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of actions, and the way from a key to an action. */
#include "ui/action.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/words.h"
#include "ui/terminal/term.h"

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

const struct action_entry *action_find(const char *name)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (strcmp(entries[i].name, name) == 0)
            return &entries[i];
    return NULL;
}

const struct action_entry *action_of(enum action action)
{
    return &entries[action - ACTION_NONE - 1]; /* both come from the same list */
}

/* In the order of enum view_id. */
static const char *const view_names[] = {"list",    "curves", "refit", "tune",    "compare",
                                         "save",    "check",  "help",  "recover", "conflict",
                                         "overlay", "matrix", "tour",  "figures", "messages"};
enum { VIEW_COUNT = sizeof view_names / sizeof *view_names };
_Static_assert(VIEW_ALL == (1 << VIEW_COUNT) - 1, "each view has a name");

unsigned action_views_named(const char *name)
{
    if (strcmp(name, "all") == 0)
        return VIEW_ALL;
    for (unsigned i = 0; i < VIEW_COUNT; i++)
        if (strcmp(view_names[i], name) == 0)
            return 1u << i;
    return 0;
}

const char *action_view_name(size_t index)
{
    return index == 0 ? "all" : index <= VIEW_COUNT ? view_names[index - 1] : NULL;
}

void action_append_places(unsigned views, struct buffer *out)
{
    const char *separator = "";
    if (views == VIEW_ALL) {
        buffer_append_string(out, "everywhere");
        return;
    }
    if (views == (VIEW_ALL & ~VIEW_BROWSE)) {
        buffer_append_string(out, "everywhere but the list");
        return;
    }
    for (unsigned i = 0; i < VIEW_COUNT; i++)
        if (views & (1u << i)) {
            buffer_print(out, "%s%s", separator, view_names[i]);
            separator = ", ";
        }
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
    {TERM_KEY_F1, "F1"},
    {TERM_KEY_F1 + 1, "F2"},
    {TERM_KEY_F1 + 2, "F3"},
    {TERM_KEY_F1 + 3, "F4"},
    {TERM_KEY_F1 + 4, "F5"},
    {TERM_KEY_F1 + 5, "F6"},
    {TERM_KEY_F1 + 6, "F7"},
    {TERM_KEY_F1 + 7, "F8"},
    {TERM_KEY_F1 + 8, "F9"},
    {TERM_KEY_F1 + 9, "F10"},
    {TERM_KEY_F1 + 10, "F11"},
    {TERM_KEY_F12, "F12"},
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
    for (size_t i = 0; i < sizeof key_names / sizeof *key_names; i++)
        if (strlen(key_names[i].name) == length && memcmp(key_names[i].name, name, length) == 0)
            return key_names[i].key;
    if (length == 1 && name[0] > ' ' && name[0] < 127)
        return name[0];
    if (length == 2 && name[0] == '^' && name[1] >= 'A' && name[1] <= 'Z')
        return name[1] - '@';
    return TERM_KEY_NONE;
}

enum action action_of_key(enum view_id view, int key)
{
    char name[16];
    action_key_name(key, name);
    if (!name[0])
        return ACTION_NONE;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if ((entries[i].views & view) && words_have(entries[i].keys, name))
            return entries[i].action;
    return ACTION_NONE;
}
