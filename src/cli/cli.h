/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The headless face: `calscope COMMAND ...`. Each command reads, computes and prints one answer.
 *
 * Exit status: 0 fine; 1 the answer is no (errors found, a difference, a fit that is not "ok"); 2
 * bad usage, or a file that cannot be read, parsed or written.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

/* Whether name, the program's first argument, is for cli_main: a command, --help or --version. */
bool cli_is_command(const char *name);

/* The command that name, which is none, was probably meant to be; NULL where it is like none. */
const char *cli_command_like(const char *name);

/*
 * Runs the command argv[1] with the arguments behind it, answering on standard output, with
 * messages on standard error. argv[argc] is NULL; getopt may reorder argv. Returns the exit status.
 */
int cli_main(int argc, char **argv);

/* The same on any streams. The answer is written at once when it is complete. */
int cli_run(int argc, char **argv, FILE *out, FILE *err);

/*
 * What `calscope PATH` prints without a terminal: `ls` of a folder (NULL: the default registry),
 * `show` of a file or id. options are passed on: "--ascii", "--registry", "DIR"; NULL-terminated,
 * at most CLI_OPTIONS_MAX, or NULL.
 */
int cli_show_path(const char *path, char *const *options);
enum { CLI_OPTIONS_MAX = 16 };

#endif
