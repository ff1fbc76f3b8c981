/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands on the program itself: options and help. */
#include <stdlib.h>
#include <string.h>

#include "base/folders.h"
#include "base/memory.h"
#include "ui/app.h"
#include "ui/command/command_private.h"
#include "ui/command/config.h"
#include "ui/command/option.h"

/* "theme dark   axis log": what holds now. */
static void list_options(struct app *app)
{
    size_t count;
    struct buffer text = {0};
    const struct option_entry *table = option_table(&count);
    for (size_t i = 0; i < count; i++) {
        buffer_append_string(&text, i ? "   " : "");
        option_append(app, &table[i], &text);
    }
    app_say(app, ROLE_TEXT, "%s", text.bytes);
    buffer_done(&text);
}

/* "axis log (linear, log): the efficiency axis". */
static void show_option(struct app *app, const struct option_entry *option)
{
    struct buffer text = {0};
    option_append(app, option, &text);
    for (size_t i = 0; option->value(i); i++)
        buffer_print(&text, "%s%s", i ? ", " : " (", option->value(i));
    app_say(app, ROLE_TEXT, "%s): %s", text.bytes, option->help);
    buffer_done(&text);
}

static enum status no_option(const char *name, struct error *error)
{
    size_t count;
    struct buffer names = {0};
    const struct option_entry *table = option_table(&count);
    for (size_t i = 0; i < count; i++)
        buffer_print(&names, "%s%s", i ? ", " : "", table[i].name);
    error_set(error, STATUS_REFUSED, "There is no option \"%s\"; there are %s", name, names.bytes);
    buffer_done(&names);
    return STATUS_REFUSED;
}

/* "OPTION VALUE" or "OPTION=VALUE". */
enum status command_set(struct app *app, const struct command_call *call, struct error *error)
{
    if (!*call->arguments) {
        list_options(app);
        return STATUS_OK;
    }
    char *name = memory_copy_string(call->arguments);
    char *value = name + strcspn(name, " \t=");
    char *behind = value + strspn(value, " \t=");
    enum status status = STATUS_OK;
    *value = behind > value ? '\0' : *value;
    const struct option_entry *option = option_find(name);
    if (!option)
        status = no_option(name, error);
    else if (*behind)
        status = option_set(app, option, behind, error);
    else
        show_option(app, option);
    free(name);
    return status;
}

/* "list K down   tune K does nothing": the user's own. */
static void list_changes(struct app *app)
{
    struct buffer text = {0};
    for (size_t i = 0; i < app->keymap.count; i++) {
        const struct keymap_change *change = &app->keymap.changes[i];
        char key[16];
        action_key_name(change->key, key);
        if (!keymap_holds(&app->keymap, change))
            continue; /* changed once more since */
        buffer_append_string(&text, text.length ? "   " : "");
        action_append_places(change->view, &text);
        buffer_print(&text, " %s %s", key,
                     change->action ? action_of(change->action)->name : "does nothing");
    }
    app_say(app, ROLE_TEXT, "%s", text.length ? text.bytes : "All keys are the default ones");
    buffer_done(&text);
}

enum status command_map(struct app *app, const struct command_call *call, struct error *error)
{
    char *const *words = call->words.items;
    if (call->words.count == 0) {
        list_changes(app);
        return STATUS_OK;
    }
    if (call->words.count != 3)
        return error_set(error, STATUS_REFUSED,
                         "map takes a view, a key and an action, such as: map tune K move-far-up");
    return keymap_map(&app->keymap, words[0], words[1], words[2], error);
}

enum status command_unmap(struct app *app, const struct command_call *call, struct error *error)
{
    char *const *words = call->words.items;
    if (call->words.count != 2)
        return error_set(error, STATUS_REFUSED,
                         "unmap takes a view and a key, such as: unmap tune K");
    return keymap_unmap(&app->keymap, words[0], words[1], error);
}

enum status command_source(struct app *app, const struct command_call *call, struct error *error)
{
    if (!*call->arguments)
        return error_set(error, STATUS_REFUSED, "source takes the name of a file");
    char *path = folder_expand_home(call->arguments);
    enum status status = config_source(app, path, error);
    free(path);
    return status;
}

enum status command_messages(struct app *app, const struct command_call *call, struct error *error)
{
    (void)call;
    (void)error;
    messages_start(app);
    return STATUS_OK;
}

static void explain_command(struct app *app, const struct command_entry *entry)
{
    app_say(app, ROLE_TEXT, ":%s%s%s   %s", entry->name, entry->arguments[0] ? " " : "",
            entry->arguments, entry->help);
}

static void explain_action(struct app *app, const struct action_entry *entry)
{
    struct buffer places = {0}, keys = {0};
    enum view_id view = app_view(app)->id;
    action_append_places(entry->views, &places);
    if (entry->views & view)
        keymap_append_keys(&app->keymap, view, entry->action, &keys);
    else
        buffer_append_string(&keys, entry->keys);
    app_say(app, ROLE_TEXT, ":%s (%s; %s)   %s", entry->name, buffer_string(&keys), places.bytes,
            entry->help);
    buffer_done(&places);
    buffer_done(&keys);
}

enum status command_help(struct app *app, const struct command_call *call, struct error *error)
{
    const char *name = call->arguments + strspn(call->arguments, ":");
    if (!*name)
        return app_view(app) == &view_help ? STATUS_OK : command_act(app, "help", "", error);
    if (!command_find(name) && !action_find(name))
        name = command_complete_name(app, name, error);
    if (!name)
        return STATUS_REFUSED;
    if (command_find(name))
        explain_command(app, command_find(name));
    else
        explain_action(app, action_find(name));
    return STATUS_OK;
}
