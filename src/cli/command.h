/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the commands share: the run of one command, its common options, its messages. Private to
 * this folder.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "calibration/calibration.h"
#include "json/writer.h"

enum {
    EXIT_FINE = 0,
    EXIT_NO = 1,      /* the answer is no */
    EXIT_TROUBLE = 2, /* bad usage, unreadable, unwritable */
};

enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct command;

/* One run of a command. Owns out and registry; streams are borrowed. */
struct cli {
    const struct command *command;
    FILE *out_stream; /* only to ask whether it is a terminal: answers go to out */
    FILE *err;
    struct buffer out;
    bool json;
    bool csv; /* only where a command has the option; not with json */
    bool ascii;
    bool saved; /* a file was written: an answer that gets lost must not hide that */
    enum color_mode color;
    enum text_charset charset;
    char *registry;    /* the folder for ids; never NULL while a command runs */
    const char *names; /* the FILE of --files0-from; NULL without; borrowed */
};

/* A command: its name, its help, and the function that does it and returns the exit status. */
struct command {
    const char *name;
    const char *usage; /* one line: "ls [PATH]" */
    const char *help;  /* lines, each with its newline; without the common options */
    const char *more;  /* such lines for the manual page alone; NULL: none */
    int (*run)(struct cli *cli, int argc, char **argv);
};

extern const struct command command_ls, command_show, command_plot, command_eval, command_fit,
    command_diff, command_tune, command_validate, command_journal;

/* Prints "calscope: FILE:LINE:COLUMN: PATH: MESSAGE" to err, made safe. file may be NULL. */
void cli_complain(const struct cli *cli, const char *file, const struct error *error);

/* Prints "calscope: MESSAGE" to err, made safe. */
void cli_say(const struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Says what is wrong with the arguments and where help is; returns EXIT_TROUBLE. */
int cli_misuse(const struct cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Appends prose to the answer, made safe for the terminal. Newlines may stand at the ends of format
 * only; those inside, and all in arguments, become blanks.
 */
void cli_print(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Whether the answer may be coloured. */
bool cli_use_color(const struct cli *cli);

/* Columns and rows of the terminal, 80 x 24 without one. */
void cli_terminal_size(const struct cli *cli, int *columns, int *rows);

/*
 * Loads a calibration that the command line names and complains if it cannot. *path (may be NULL)
 * receives the file to save to, NULL where there is none. The caller frees both.
 */
struct calibration *cli_load(const struct cli *cli, const char *argument, char **path);

/*
 * The curve of that name; with a NULL name the only one. NULL with a complaint. argument is the
 * file's name for the message.
 */
const struct calibration_curve *cli_find_curve(const struct cli *cli, const char *argument,
                                               const struct calibration *calibration,
                                               const char *name);

/* Appends an array of [flops, efficiency] pairs. */
void cli_write_breakpoints(struct json_writer *writer, const struct breakpoint *breakpoints,
                           size_t count);

/* Appends "falling_latency", pairs of sizes: where the curve predicts a larger one faster. */
void cli_write_falling_latency(struct json_writer *writer, const struct curve *curve);

#endif
