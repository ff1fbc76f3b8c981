/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The functions in the table of commands. Private to ui/command/. */
#ifndef UI_COMMAND_COMMAND_PRIVATE_H
#define UI_COMMAND_COMMAND_PRIVATE_H

#include "ui/command/command.h"

/*
 * Does the action of that name, and answers with `answer`, unless that is "", what it asks.
 * STATUS_REFUSED, with where the action works, where that is not the view in front.
 */
enum status command_act(struct app *app, const char *name, const char *answer, struct error *error);

/*
 * Completes the beginning of a command's or an action's name: among those that work in the view in
 * front or, where none does, among all. NULL, with an error that lists what it could be, where it
 * is not the beginning of just one.
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
