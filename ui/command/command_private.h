/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The functions in the table of commands. Private to ui/command*.c. */
#ifndef UI_COMMAND_COMMAND_PRIVATE_H
#define UI_COMMAND_COMMAND_PRIVATE_H

#include "ui/command/command.h"

/*
 * Does an action where the view has it, and answers what it asks. STATUS_REFUSED, and where it
 * works, where the view has it not. name is an action's.
 */
enum status command_act(struct app *app, const char *name, const char *answer, struct error *error);

/*
 * The name of a command or an action that a beginning stands for alone, among those that work in
 * the view in front or, where none does, among all; NULL, with what it could be, where it does not.
 */
const char *command_complete_name(const struct app *app, const char *beginning,
                                  struct error *error);

typedef enum status command_function(struct app *app, const struct command_call *call,
                                     struct error *error);

command_function command_open, command_curve, command_compare, command_goto; /* command_go.c */
bool command_curve_works(const struct app *app), command_goto_works(const struct app *app);
command_function command_write, command_write_all, command_quit, command_write_quit,
    command_screen; /* command_write.c */
command_function command_set, command_help, command_map, command_unmap, command_source,
    command_messages; /* command_set.c */

command_complete complete_calibration, complete_curve, complete_path, complete_screen,
    complete_option, complete_command, complete_source, complete_map; /* completion_words.c */

#endif
