/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands on the program itself: options and help. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ui/app.h"
#include "ui/command_do.h"
#include "ui/option.h"

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

static void explain_command(struct app *app, const struct command_entry *entry)
{
    app_say(app, ROLE_TEXT, ":%s%s%s   %s", entry->name, entry->arguments[0] ? " " : "",
            entry->arguments, entry->help);
}

static void explain_action(struct app *app, const struct action_entry *entry)
{
    struct buffer places = {0};
    action_append_places(entry->views, &places);
    app_say(app, ROLE_TEXT, ":%s (%s; %s)   %s", entry->name, entry->keys, places.bytes,
            entry->help);
    buffer_done(&places);
}

enum status command_help(struct app *app, const struct command_call *call, struct error *error)
{
    const char *name = call->arguments + strspn(call->arguments, ":");
    if (!*name)
        return command_act(app, "help", "", error);
    const struct command_entry *command = command_find(name);
    const struct action_entry *action = action_find(name);
    if (command)
        explain_command(app, command);
    else if (action)
        explain_action(app, action);
    else
        return error_set(error, STATUS_REFUSED, "There is no command and no action \"%s\"", name);
    return STATUS_OK;
}
