/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope_session: plays a script of keys to a program in a terminal and takes pictures of it.
 *
 *     calscope_session [--size 80x24] [--shots FOLDER] [--env NAME=VALUE]... SCRIPT -- PROGRAM
 * ARG...
 *
 * SCRIPT is a file, or - for standard input. One command a line, # starts a comment line:
 *
 *     key NAME...    keys by name: j Enter Ctrl-R Up F1 (keys.h); each waits until the program
 * rests type TEXT      the rest of the line, letter for letter click ROW COLUMN    the left button,
 * rows and columns from 0 wait TEXT      until the text stands on the screen (without a text: until
 * the program rests) size CxR       resizes the terminal shot NAME      FOLDER/NAME.svg and
 * FOLDER/NAME.txt show           the screen to standard output exit STATUS    waits for the end of
 * the program and checks its exit status
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "picture.h"
#include "terminal.h"

enum { ENVIRONMENT_MAX = 32 };

struct arguments {
    struct terminal_options options;
    const char *environment[ENVIRONMENT_MAX];
    const char *shots;
    const char *script;
    const char *const *program;
};

static _Noreturn void stop_with(const char *what, const char *detail)
{
    fprintf(stderr, "calscope_session: %s: %s\n", what, detail);
    exit(2);
}

static void parse_size(const char *text, int *columns, int *rows)
{
    if (sscanf(text, "%dx%d", columns, rows) != 2 || *columns < 1 || *rows < 1 || *columns > 1000 ||
        *rows > 1000)
        stop_with("not a size such as 80x24", text);
}

static void parse_option(struct arguments *arguments, const char *name, const char *value)
{
    if (!value)
        stop_with("no value for", name);
    if (strcmp(name, "--size") == 0) {
        parse_size(value, &arguments->options.columns, &arguments->options.rows);
    } else if (strcmp(name, "--shots") == 0) {
        arguments->shots = value;
    } else if (strcmp(name, "--env") == 0) {
        int count = 0;
        while (arguments->environment[count])
            count++;
        if (count < ENVIRONMENT_MAX - 1)
            arguments->environment[count] = value;
    } else {
        stop_with("no such option", name);
    }
}

static void parse_arguments(struct arguments *arguments, char *argv[])
{
    int i = 1;
    for (; argv[i] && strncmp(argv[i], "--", 2) == 0; i += 2)
        parse_option(arguments, argv[i], argv[i + 1]);
    arguments->script = argv[i];
    if (!argv[i] || !argv[i + 1] || strcmp(argv[i + 1], "--") != 0 || !argv[i + 2])
        stop_with("usage", "calscope_session [--size CxR] [--shots FOLDER] [--env NAME=VALUE] "
                           "SCRIPT -- PROGRAM ARG...");
    arguments->program = (const char *const *)argv + i + 2;
}

static void take_shot(struct terminal *terminal, const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.svg", folder, name);
    if (!picture_write(terminal, path))
        stop_with(path, strerror(errno));
    snprintf(path, sizeof path, "%s/%s.txt", folder, name);
    FILE *file = fopen(path, "w");
    if (!file)
        stop_with(path, strerror(errno));
    terminal_print(terminal, file);
    if (fclose(file) != 0)
        stop_with(path, strerror(errno));
}

static void check_exit(struct terminal *terminal, const char *expected)
{
    int status = terminal_wait_exit(terminal);
    if (status != atoi(expected)) {
        fprintf(stderr, "calscope_session: exit status %d, not %s\n", status, expected);
        exit(EXIT_FAILURE);
    }
}

static void click(struct terminal *terminal, const char *text)
{
    int row, column;
    if (sscanf(text, "%d %d", &row, &column) != 2)
        stop_with("not a row and a column", text);
    terminal_click(terminal, 0, row, column);
}

static void resize(struct terminal *terminal, const char *text)
{
    int rows, columns;
    parse_size(text, &columns, &rows);
    terminal_resize(terminal, rows, columns);
}

static void run_command(const struct arguments *arguments, struct terminal *terminal,
                        const char *command, const char *rest)
{
    if (strcmp(command, "key") == 0)
        terminal_press(terminal, rest);
    else if (strcmp(command, "type") == 0)
        terminal_type(terminal, rest);
    else if (strcmp(command, "click") == 0)
        click(terminal, rest);
    else if (strcmp(command, "wait") == 0 && *rest)
        terminal_wait_text(terminal, rest);
    else if (strcmp(command, "wait") == 0)
        terminal_wait_idle(terminal);
    else if (strcmp(command, "size") == 0)
        resize(terminal, rest);
    else if (strcmp(command, "shot") == 0)
        take_shot(terminal, arguments->shots, rest);
    else if (strcmp(command, "show") == 0)
        terminal_print(terminal, stdout);
    else if (strcmp(command, "exit") == 0)
        check_exit(terminal, rest);
    else
        stop_with("no such command", command);
}

static void run_script(const struct arguments *arguments, struct terminal *terminal, FILE *script)
{
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, script) >= 0) {
        line[strcspn(line, "\n")] = '\0';
        if (!*line || *line == '#')
            continue;
        char *rest = line + strcspn(line, " ");
        if (*rest)
            *rest++ = '\0';
        run_command(arguments, terminal, line, rest);
    }
    free(line);
}

int main(int argc, char *argv[])
{
    (void)argc;
    struct arguments arguments = {.shots = "."};
    parse_arguments(&arguments, argv);
    arguments.options.environment = arguments.environment;
    bool is_input = strcmp(arguments.script, "-") == 0;
    FILE *script = is_input ? stdin : fopen(arguments.script, "r");
    if (!script)
        stop_with(arguments.script, strerror(errno));
    struct terminal *terminal = terminal_start(&arguments.options, arguments.program);
    terminal_wait_idle(terminal);
    run_script(&arguments, terminal, script);
    terminal_stop(terminal);
    if (!is_input)
        fclose(script);
    return EXIT_SUCCESS;
}
