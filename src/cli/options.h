/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a command's options: the common ones here, its own handed back to it. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>

#include "cli/command.h"
#include "fit/fit.h"

/* Values of a command's own long options start here; short ones are their letters. */
enum { OPTION_OWN = 1000, OPTIONS_OWN_MAX = 16 };

/* A row of a command's own options whose answer is a table: sets cli->csv. */
enum { OPTION_CSV = 999 };
#define OPTIONS_CSV                                                                                \
    {                                                                                              \
        "csv", no_argument, NULL, OPTION_CSV                                                       \
    }

/* A row of the options of a command that takes many files: sets cli->names. */
enum { OPTION_NAMES = 998 };
#define OPTIONS_NAMES                                                                              \
    {                                                                                              \
        "files0-from", required_argument, NULL, OPTION_NAMES                                       \
    }

enum {
    OPTIONS_END = -1,   /* no more options: optind is the first operand */
    OPTIONS_WRONG = -2, /* misuse, said already */
    OPTIONS_HELP = -3,  /* help was printed */
};

/* A command's own options. */
struct option_set {
    const char *letters; /* as for getopt: "c:m:" */
    const struct option *longs;
    size_t long_count;
};

/*
 * A long option of every command, for programs: prints the command's options, one a line, a blank
 * behind those that take a value. No beginning of another option's name leads to it.
 */
#define OPTIONS_LIST ".options"

/* Another: prints the command's help with all that its manual page has to say. */
#define OPTIONS_MANUAL ".manual"

/* Starts reading argv from its first argument: getopt's state is one per process. */
void options_begin(void);

/*
 * The next of the command's own options (its value in optarg), or one of the ends above. Common
 * options are taken into cli on the way.
 */
int options_next(struct cli *cli, int argc, char **argv, const struct option_set *own);

/* The exit status after OPTIONS_WRONG or OPTIONS_HELP. */
int options_status(int ended);

/*
 * Hands on each name of a command: the count operands, or, with --files0-from, what stands in that
 * list, each name ended by a NUL, as du and wc take them. A name is borrowed for the call. Returns
 * the worst of what take returned, EXIT_TROUBLE, said, for an empty name and an unreadable list.
 */
int options_each_name(const struct cli *cli, char **operands, int count,
                      int (*take)(void *context, const char *name), void *context);

/* Reads text as a whole number in [low, high]; false, said, where it is none. */
bool options_read_count(const struct cli *cli, const char *name, const char *text, size_t low,
                        size_t high, size_t *value);

/* Reads text as a positive percentage, "5" or "5%", into a fraction; false, said, if it is none. */
bool options_read_percent(const struct cli *cli, const char *name, const char *text,
                          double *fraction);

/* The model of that name; NULL, said with the names that there are, where it is none. */
const struct fit_model *options_read_model(const struct cli *cli, const char *name);

#endif
