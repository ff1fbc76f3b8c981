/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of commands, and running one of them. */
#include "cli/cli.h"

#include <errno.h>
#include <git2.h>
#include <gsl/gsl_version.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <yajl/yajl_version.h>

#include "base/like.h"
#include "base/memory.h"
#include "calibration/registry.h"
#include "cli/command.h"
#include "cli/complete.h"
#include "fit/fit.h"

static const struct command *const commands[] = {
    &command_ls,   &command_show, &command_plot,     &command_eval,    &command_fit,
    &command_diff, &command_tune, &command_validate, &command_journal,
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const char help[] =
    "calscope: a terminal explorer for hardware efficiency calibrations\n"
    "\n"
    "  calscope [PATH]                  explore a registry folder or one file; --no-mouse\n"
    "                                   leaves the mouse to the terminal\n"
    "  calscope --script FILE [PATH]    play keys from a file (- is standard input), as\n"
    "                                   `%screen x.svg` in it asks for\n"
    "  calscope --config FILE [PATH]    with these settings, or --no-config, none\n"
    "  calscope ls [PATH]               list devices; --filter, --sort\n"
    "  calscope show FILE [-c CURVE]    what a calibration holds, in words and numbers\n"
    "  calscope plot FILE [-c CURVE]... the plot as text, or with --svg as a picture\n"
    "  calscope eval FILE -c CURVE FLOPS...\n"
    "                                   efficiency at sizes; --peak adds milliseconds\n"
    "  calscope fit PATH... [-c CURVE] [-m MODEL]\n"
    "                                   refit; --save writes the model named\n"
    "  calscope diff A B [-c CURVE]     compare two calibrations\n"
    "  calscope tune FILE -c CURVE OP...\n"
    "                                   move, insert, delete breakpoints, scale\n"
    "  calscope validate PATH...        check files or whole registries\n"
    "  calscope journal [FILE]          edits that a killed session left unsaved\n"
    "\n"
    "PATH defaults to ./hardware_registry, else to the installed registry.\n"
    "`calscope COMMAND --help` tells more. `calscope --version` names the libraries.\n"
    "Exit status: 0 fine; 1 the answer is no; 2 bad usage or a file that cannot be\n"
    "read, parsed or written.\n";

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

const struct command *cli_command_at(size_t index)
{
    return index < COMMAND_COUNT ? commands[index] : NULL;
}

/* Asked by the completions of shells; no word for people. */
static bool is_completion(const char *name)
{
    return strcmp(name, "--complete") == 0;
}

static bool is_help(const char *name)
{
    return strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0;
}

static bool is_version(const char *name)
{
    return strcmp(name, "--version") == 0;
}

bool cli_is_command(const char *name)
{
    return name && (find_command(name) || is_help(name) || is_version(name) || is_completion(name));
}

const char *cli_command_like(const char *name)
{
    struct like_search search = {.typed = name};
    for (size_t i = 0; strlen(name) <= LIKE_TYPED_MAX && i < COMMAND_COUNT; i++)
        like_offer(&search, commands[i]->name);
    return search.word;
}

static int misuse_command(const struct cli *cli, const char *name)
{
    const char *meant = cli_command_like(name);
    return cli_misuse(cli, "there is no command `%s`%s%s%s", name, meant ? "; did you mean `" : "",
                      meant ? meant : "", meant ? "`?" : "");
}

static void print_version(struct buffer *out)
{
    int major, minor, revision;
    int yajl = yajl_version();
    git_libgit2_version(&major, &minor, &revision);
    buffer_print(out,
                 "calscope %s\nGSL %s, yajl %d.%d.%d, libgit2 %d.%d.%d, utf8proc %s, ncurses %s\n",
                 CALSCOPE_VERSION, gsl_version, yajl / 10000, yajl / 100 % 100, yajl % 100, major,
                 minor, revision, utf8proc_version(), CALSCOPE_NCURSES_VERSION);
}

static void cli_init(struct cli *cli, FILE *out, FILE *err)
{
    *cli = (struct cli){.out_stream = out, .err = err};
    cli->charset = strcmp(nl_langinfo(CODESET), "UTF-8") == 0 ? TEXT_UNICODE : TEXT_ASCII;
    cli->registry = registry_default_path(NULL);
}

static void cli_done(struct cli *cli)
{
    buffer_done(&cli->out);
    free(cli->registry);
}

/* A reader that left early has what it wanted; any other failure loses the answer. */
static int put_answer(const struct cli *cli, FILE *out, int status)
{
    errno = 0;
    size_t written = fwrite(buffer_string(&cli->out), 1, cli->out.length, out);
    if (written == cli->out.length && fflush(out) == 0)
        return status;
    if (errno == EPIPE)
        return status;
    cli_say(cli, "cannot write the answer: %s%s", strerror(errno),
            cli->saved ? "; the file is saved" : "");
    return EXIT_TROUBLE;
}

static int run(struct cli *cli, int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "--help";
    cli->command = find_command(name);
    if (cli->command)
        return cli->command->run(cli, argc - 1, argv + 1);
    if (is_version(name))
        print_version(&cli->out);
    else if (is_completion(name))
        cli_complete(cli, (const char *const *)argv + 2, argc - 2);
    else if (is_help(name))
        buffer_append_string(&cli->out, help);
    else
        return misuse_command(cli, name);
    return EXIT_FINE;
}

int cli_run(int argc, char **argv, FILE *out, FILE *err)
{
    struct cli cli;
    cli_init(&cli, out, err);
    fit_setup();
    int status = put_answer(&cli, out, run(&cli, argc, argv));
    cli_done(&cli);
    return status;
}

int cli_main(int argc, char **argv)
{
    return cli_run(argc, argv, stdout, stderr);
}

int cli_show_path(const char *path, char *const *options)
{
    char *arguments[CLI_OPTIONS_MAX + 5] = {(char *)"calscope"};
    int count = 1;
    arguments[count++] = (char *)((!path || registry_is_folder(path)) ? "ls" : "show");
    for (int i = 0; options && options[i] && i < CLI_OPTIONS_MAX; i++)
        arguments[count++] = options[i];
    if (path) {
        arguments[count++] = (char *)"--";
        arguments[count++] = (char *)path;
    }
    return cli_main(count, arguments);
}
