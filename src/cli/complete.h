/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What could stand where a user presses Tab in a shell. Private to this folder. */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include "cli/command.h"

/*
 * Answers with what the last of the words (those behind the program's name, the last one perhaps
 * empty) could become, one a line: commands, options, their values, device ids, curve names. Files
 * are the shell's to complete.
 */
void cli_complete(struct cli *cli, const char *const *words, int count);

/* The commands by index, NULL behind the last one. */
const struct command *cli_command_at(size_t index);

#endif
