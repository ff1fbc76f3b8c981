/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys as the user wants them. */
#include "ui/keymap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/words.h"
#include "ui/terminal/term.h"

/* The change that holds for a key; NULL where it is as by default. */
static const struct keymap_change *find(const struct keymap *keymap, enum view_id view, int key)
{
    for (size_t i = keymap->count; i-- > 0;)
        if (keymap->changes[i].view == view && keymap->changes[i].key == key)
            return &keymap->changes[i];
    return NULL;
}

bool keymap_holds(const struct keymap *keymap, const struct keymap_change *change)
{
    return find(keymap, change->view, change->key) == change;
}

enum action keymap_action(const struct keymap *keymap, enum view_id view, int key)
{
    const struct keymap_change *change = find(keymap, view, key);
    return change ? change->action : action_of_key(view, key);
}

static void append_name(int key, struct buffer *out)
{
    char name[16];
    action_key_name(key, name);
    buffer_print(out, "%s%s", out->length ? " " : "", name);
}

void keymap_append_keys(const struct keymap *keymap, enum view_id view, enum action action,
                        struct buffer *out)
{
    struct buffer names = {0};
    const struct action_entry *entry = action_of(action);
    for (size_t i = 0; i < keymap->count; i++) {
        const struct keymap_change *change = &keymap->changes[i];
        if (change->action == action && find(keymap, view, change->key) == change)
            append_name(change->key, &names);
    }
    for (const char *at = entry->keys; *at && (entry->views & view); at = words_next(at)) {
        int key = action_key_named(at, strcspn(at, " "));
        if (!find(keymap, view, key))
            append_name(key, &names);
    }
    buffer_append_string(out, buffer_string(&names));
    buffer_done(&names);
}

void keymap_first_key(const struct keymap *keymap, enum view_id view, enum action action,
                      char name[16])
{
    const struct action_entry *entry = action_of(action);
    if (keymap->count == 0) { /* every frame asks for every key in the footer */
        snprintf(name, 16, "%.*s", entry->views & view ? (int)strcspn(entry->keys, " ") : 0,
                 entry->keys);
        return;
    }
    struct buffer names = {0};
    keymap_append_keys(keymap, view, action, &names);
    snprintf(name, 16, "%.*s", (int)strcspn(buffer_string(&names), " "), buffer_string(&names));
    buffer_done(&names);
}

struct key_name keymap_key_name(const struct keymap *keymap, enum view_id view, enum action action)
{
    struct key_name name;
    char key[16];
    const struct action_entry *entry = action_of(action);
    unsigned place = entry->views & view ? view : entry->views & -entry->views;
    keymap_first_key(keymap, (enum view_id)place, action, key);
    snprintf(name.chars, sizeof name.chars, "%s%s", key[0] ? "" : ":", key[0] ? key : entry->name);
    return name;
}

bool keymap_is_default(const struct keymap *keymap, enum view_id view, const char *keys)
{
    for (; *keys; keys++) {
        const struct keymap_change *change = find(keymap, view, *keys);
        if (change && change->action != action_of_key(view, *keys))
            return false;
    }
    return true;
}

/* --- changing it --- */

/*
 * The key of a name. What terminals send for some control keys is that of another key, ^M for one
 * that of Enter: their names stand for it.
 */
static int key_of(const char *name, struct error *error)
{
    static const struct {
        const char *name;
        int key;
    } others[] = {{"^I", TERM_KEY_TAB},    {"^M", TERM_KEY_ENTER},     {"^J", TERM_KEY_ENTER},
                  {"^[", TERM_KEY_ESCAPE}, {"^H", TERM_KEY_BACKSPACE}, {"^?", TERM_KEY_BACKSPACE}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcasecmp(others[i].name, name) == 0)
            return others[i].key;
    int key = action_key_named(name, strlen(name));
    if (key == TERM_KEY_NONE && name[0] == '^' && strlen(name) == 2)
        key = action_key_named((char[]){'^', (char)(name[1] & ~0x20), '\0'}, 2);
    if (key == TERM_KEY_NONE)
        error_set(error, STATUS_REFUSED,
                  "There is no key \"%s\"; keys are written K, ^R, Space, Enter, S-Up, PageDown",
                  name);
    return key;
}

/* The views of that name, "all" among the names; 0, with a message, where there is none. */
static unsigned views_of(const char *name, struct error *error)
{
    unsigned views = action_views_named(name);
    if (!views) {
        struct buffer names = {0};
        for (size_t i = 0; action_view_name(i); i++)
            buffer_print(&names, "%s%s", i ? ", " : "", action_view_name(i));
        error_set(error, STATUS_REFUSED, "There is no view \"%s\"; there are %s", name,
                  names.bytes);
        buffer_done(&names);
    }
    return views;
}

static void add(struct keymap *keymap, unsigned views, int key, enum action action)
{
    for (unsigned view = 1; view & VIEW_ALL; view <<= 1) {
        if (!(views & view))
            continue;
        keymap->changes =
            memory_resize(keymap->changes, keymap->count + 1, sizeof *keymap->changes);
        keymap->changes[keymap->count++] = (struct keymap_change){(enum view_id)view, key, action};
    }
}

/* Whether a key does the action that surely arrives: function keys may be taken by the desktop. */
static bool has_sure_key(const struct keymap *keymap, enum view_id view, enum action action)
{
    struct buffer names = {0};
    bool sure = false;
    keymap_append_keys(keymap, view, action, &names);
    for (const char *at = buffer_string(&names); *at && !sure; at = words_next(at)) {
        int key = action_key_named(at, strcspn(at, " "));
        sure = key < TERM_KEY_F1 || key > TERM_KEY_F12;
    }
    buffer_done(&names);
    return sure;
}

/* Checks that in every view a key is left for help, for the way back and for quitting. */
static enum status check(const struct keymap *keymap, struct error *error)
{
    static const enum action needed[] = {ACTION_QUIT, ACTION_HELP, ACTION_BACK};
    for (unsigned view = 1; view & VIEW_ALL; view <<= 1)
        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
            struct buffer place = {0};
            if (!(action_of(needed[i])->views & view) ||
                has_sure_key(keymap, (enum view_id)view, needed[i]))
                continue;
            action_append_places(view, &place);
            error_set(error, STATUS_REFUSED, "That would leave no key for %s in: %s; map one first",
                      action_of(needed[i])->name, place.bytes);
            buffer_done(&place);
            return STATUS_REFUSED;
        }
    return STATUS_OK;
}

/* Has a key do an action in these views, unless check() finds that too much is lost by it. */
static enum status change_keys(struct keymap *keymap, unsigned views, int key, enum action action,
                               struct error *error)
{
    size_t before = keymap->count;
    add(keymap, views, key, action);
    enum status status = check(keymap, error);
    if (status)
        keymap->count = before;
    return status;
}

enum status keymap_map(struct keymap *keymap, const char *view, const char *key, const char *action,
                       struct error *error)
{
    unsigned views = views_of(view, error);
    int code = views ? key_of(key, error) : TERM_KEY_NONE;
    const struct action_entry *entry = action_find(action);
    if (code == TERM_KEY_NONE)
        return STATUS_REFUSED;
    if (!entry)
        return error_set(error, STATUS_REFUSED,
                         "There is no action \"%s\"; `:help` and Tab know their names", action);
    if (!(entry->views & views)) {
        struct buffer places = {0};
        action_append_places(entry->views, &places);
        error_set(error, STATUS_REFUSED, "%s does not work there; it works in: %s", action,
                  places.bytes);
        buffer_done(&places);
        return STATUS_REFUSED;
    }
    return change_keys(keymap, entry->views & views, code, entry->action, error);
}

enum status keymap_unmap(struct keymap *keymap, const char *view, const char *key,
                         struct error *error)
{
    unsigned views = views_of(view, error), used = 0;
    int code = views ? key_of(key, error) : TERM_KEY_NONE;
    if (code == TERM_KEY_NONE)
        return STATUS_REFUSED;
    for (unsigned one = 1; one & VIEW_ALL; one <<= 1)
        if ((views & one) && keymap_action(keymap, (enum view_id)one, code) != ACTION_NONE)
            used |= one;
    if (!used)
        return error_set(error, STATUS_REFUSED, "%s does nothing there", key);
    return change_keys(keymap, used, code, ACTION_NONE, error);
}

void keymap_done(struct keymap *keymap)
{
    free(keymap->changes);
    *keymap = (struct keymap){0};
}
