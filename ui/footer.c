/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays the footer out once, for drawing and for the mouse. */
#include "ui/footer.h"

#include <stdio.h>
#include <string.h>

#include "ui/app.h"
#include "ui/terminal/term.h"

enum { ITEMS_MAX = 48, KEY_SIZE = 24, LABEL_SIZE = 32 };

/* "Enter open": a key, or keys of one character each ("hjkl"), and what they do. */
struct item {
    char key[KEY_SIZE], label[LABEL_SIZE];
    bool characters; /* each character of key is a key of its own */
    int column;
};

static int width_of(const struct item *item)
{
    return (int)(strlen(item->key) + 1 + strlen(item->label));
}

/* What snprintf would do too, but every frame does this for all of the footer. */
static void copy(char *out, size_t size, const char *text, size_t length)
{
    length = length < size ? length : size - 1;
    memcpy(out, text, length);
    out[length] = '\0';
}

/*
 * Fills item from a row of the table, whose label is "LABEL" or "KEYS:LABEL", with "|BRIEF" behind
 * it where a shorter one exists. KEYS, one character each, are shown where all of them are as by
 * default; else the first key that is mapped to the action. brief: takes BRIEF for the label. False
 * where the action has no key, or no such label.
 */
static bool find_item(const struct app *app, const struct action_entry *entry, bool brief,
                      struct item *item)
{
    enum view_id view = app_view(app)->id;
    const char *colon = strchr(entry->label, ':');
    *item = (struct item){.characters = false};
    copy(item->key, KEY_SIZE, entry->label, colon ? (size_t)(colon - entry->label) : 0);
    item->characters = item->key[0] && keymap_is_default(&app->keymap, view, item->key);
    if (!item->characters)
        keymap_first_key(&app->keymap, view, entry->action, item->key);
    const char *label = colon ? colon + 1 : entry->label, *bar = strchrnul(label, '|');
    if (!brief)
        copy(item->label, LABEL_SIZE, label, (size_t)(bar - label));
    else if (*bar)
        copy(item->label, LABEL_SIZE, bar + 1, strlen(bar + 1));
    return item->key[0] && item->label[0];
}

/* Whether the item stands at the right end at any width: those that lead out of trouble. */
static bool is_always_shown(enum action action)
{
    return action == ACTION_BACK || action == ACTION_HELP || action == ACTION_QUIT;
}

static bool is_idle(const struct app *app, enum action action)
{
    return app_view(app)->idle && app_view(app)->idle(app, action);
}

static size_t put(struct item items[ITEMS_MAX], size_t count, struct item item, int *column)
{
    if (count == ITEMS_MAX)
        return count;
    item.column = *column;
    *column += width_of(&item) + 2;
    items[count] = item;
    return count + 1;
}

/* While something is typed, the keys of the view below mean letters. */
static size_t arrange_prompt(struct item items[ITEMS_MAX])
{
    static const struct item prompt[] = {{.key = "Enter", .label = "take it"},
                                         {.key = "Esc", .label = "leave it"},
                                         {.key = "^U", .label = "clear"}};
    size_t count = 0;
    int column = 1;
    for (size_t i = 0; i < sizeof prompt / sizeof *prompt; i++)
        count = put(items, count, prompt[i], &column);
    return count;
}

/*
 * Lays out the keys that have room, in the order of the table, and at the right end those that are
 * always shown.
 */
static size_t arrange_keys(const struct app *app, int columns, struct item items[ITEMS_MAX])
{
    size_t entries, count = 0;
    const struct action_entry *table = action_table(&entries);
    enum view_id view = app_view(app)->id;
    int right = columns - 1, column = 1;
    for (size_t i = 0; i < entries; i++) {
        struct item item;
        if ((table[i].views & view) && is_always_shown(table[i].action) &&
            !is_idle(app, table[i].action) && find_item(app, &table[i], false, &item))
            right -= width_of(&item) + 2;
    }
    int tail = right + 2;
    for (size_t i = 0; i < entries; i++) {
        struct item item;
        if (!(table[i].views & view) || !table[i].label[0] || is_idle(app, table[i].action) ||
            !find_item(app, &table[i], false, &item))
            continue;
        if (is_always_shown(table[i].action))
            count = put(items, count, item, &tail);
        else if (column + width_of(&item) + 2 <= right + 1 ||
                 (find_item(app, &table[i], true, &item) &&
                  column + width_of(&item) + 2 <= right + 1))
            count = put(items, count, item, &column);
    }
    return count;
}

static size_t arrange(const struct app *app, int columns, struct item items[ITEMS_MAX])
{
    return app->prompt.active ? arrange_prompt(items) : arrange_keys(app, columns, items);
}

void footer_draw(const struct app *app, struct canvas *canvas, struct rect area)
{
    struct item items[ITEMS_MAX];
    if (command_line_draw(app, canvas, area))
        return;
    size_t count = arrange(app, area.columns, items);
    for (size_t i = 0; i < count; i++) {
        int column = area.column + items[i].column;
        column += canvas_text(canvas, area.row, column, -1, ROLE_KEY, items[i].key) + 1;
        canvas_text(canvas, area.row, column, -1, ROLE_DIM, items[i].label);
    }
}

int footer_key_at(const struct app *app, struct rect area, int column)
{
    struct item items[ITEMS_MAX];
    if (app->prompt.active && app->asked.other)
        return TERM_KEY_NONE; /* completions stand in the footer's place */
    size_t count = arrange(app, area.columns, items);
    for (size_t i = 0; i < count; i++) {
        int at = column - area.column - items[i].column;
        if (at < 0 || at >= width_of(&items[i]))
            continue;
        int keys = (int)strlen(items[i].key);
        if (!items[i].characters)
            return action_key_named(items[i].key, strlen(items[i].key));
        if (at >= keys && keys > 1)
            return TERM_KEY_NONE; /* "move" stands for all four of hjkl */
        return items[i].key[at < keys ? at : 0];
    }
    return TERM_KEY_NONE;
}
