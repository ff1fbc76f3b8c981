/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What keys do: the defaults of the table of actions, and what the user has changed of them. Every
 * view keeps a key for help, for the way back and for quitting; a change that would take the last
 * one is refused.
 */
#ifndef UI_KEYMAP_H
#define UI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "ui/action.h"

struct buffer;

/* One key of one view that does something else than by default. */
struct keymap_change {
    enum view_id view;
    int key;
    enum action action; /* ACTION_NONE: nothing */
};

/* Zeroed, all keys are the default ones. Of two changes of one key the later one holds. */
struct keymap {
    struct keymap_change *changes;
    size_t count;
};

/* Whether one of the changes still holds: none behind it is about the same key. */
bool keymap_holds(const struct keymap *keymap, const struct keymap_change *change);

/* What a key does in a view; ACTION_NONE where nothing. */
enum action keymap_action(const struct keymap *keymap, enum view_id view, int key);

/*
 * Appends the names of an action's keys in a view, blanks between them: the user's before the
 * default ones.
 */
void keymap_append_keys(const struct keymap *keymap, enum view_id view, enum action action,
                        struct buffer *out);

/* The name of the first of these keys; "" where the action has none. */
void keymap_first_key(const struct keymap *keymap, enum view_id view, enum action action,
                      char name[16]);

/* What to type for an action: its key's name or, where no key does it, ":" and its own name. */
struct key_name {
    char chars[32];
};

/*
 * How a sentence names an action's key: the first one in the view or, where the action does not
 * work there, in the first view where it does.
 */
struct key_name keymap_key_name(const struct keymap *keymap, enum view_id view, enum action action);

/* Whether each of these keys, one character each, does in the view what it does by default. */
bool keymap_is_default(const struct keymap *keymap, enum view_id view, const char *keys);

/*
 * Has a key do an action, both by their names, in a view by its name or, for "all", in all where
 * that works. STATUS_REFUSED, with all as it was, where that makes no sense.
 */
enum status keymap_map(struct keymap *keymap, const char *view, const char *key, const char *action,
                       struct error *error);

/* Has a key do nothing. */
enum status keymap_unmap(struct keymap *keymap, const char *view, const char *key,
                         struct error *error);

void keymap_done(struct keymap *keymap);

#endif
