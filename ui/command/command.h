/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Commands: what can be typed behind `:` or written into a configuration file, in one table: name,
 * other names, arguments, help, function, completion. Help, completion and the README's table come
 * from it. Every action (ui/action.h) is a command too, under its name.
 *
 *     :open gpu/jetson_orin_agx    :curve matmul    :undo    :peak 2.66T    :q!
 */
#ifndef UI_COMMAND_COMMAND_H
#define UI_COMMAND_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "ui/command/completion.h"
#include "ui/command/words.h"

struct app;

/* What was typed behind the name. */
struct command_call {
    const char *arguments; /* without blanks at the ends */
    struct words words;    /* the same as words, where the command takes words */
    bool force;            /* the name ended in "!" */
};

struct command_entry {
    const char *name;
    const char *aliases;   /* blanks between them; "" for none */
    const char *arguments; /* as a usage line shows them; "" for none */
    const char *help;
    bool takes_force;
    bool setting; /* may stand in a configuration file */
    bool words;   /* the arguments are words; else all of them are one, blanks and all */
    /* NULL: the action of that name, which takes the arguments as the answer to what it asks. */
    enum status (*run)(struct app *app, const struct command_call *call, struct error *error);
    command_complete *complete; /* NULL: nothing to offer */
    /* Whether it can do anything in the view in front; NULL: everywhere, or where the action can.
     */
    bool (*works)(const struct app *app);
};

/* All of them, *count many, without the actions. Static. */
const struct command_entry *command_table(size_t *count);

/* The command of that name, or other name; NULL where there is none. */
const struct command_entry *command_find(const char *name);

/* Whether a command, or an action, of that name can do anything in the view in front. */
bool command_works(const struct app *app, const char *name);

/*
 * Does what a line says, which may begin with ":". An empty line does nothing. Where it could not
 * be done, error says why and what was expected; else what there is to say is the app's message.
 */
enum status command_run(struct app *app, const char *line, struct error *error);

/* The same for a line of a configuration file, which may hold settings alone. */
enum status command_run_setting(struct app *app, const char *line, struct error *error);

#endif
