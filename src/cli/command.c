/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every command needs: messages, files, curves, the terminal's size and taste. */
#include "cli/command.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/memory.h"
#include "calibration/source.h"

/* Writes a line to err that no terminal acts on. */
static void put_message(const struct cli *cli, const struct buffer *message)
{
    struct buffer line = {0};
    buffer_append_string(&line, "calscope: ");
    text_append(&line, buffer_string(message), message->length, cli->charset, -1);
    buffer_append_string(&line, "\n");
    fwrite(line.bytes, 1, line.length, cli->err);
    buffer_done(&line);
}

void cli_complain(const struct cli *cli, const char *file, const struct error *error)
{
    struct buffer message = {0};
    error_describe(error, file, &message);
    put_message(cli, &message);
    buffer_done(&message);
}

void cli_say(const struct cli *cli, const char *format, ...)
{
    struct buffer message = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_print_list(&message, format, arguments);
    va_end(arguments);
    put_message(cli, &message);
    buffer_done(&message);
}

int cli_misuse(const struct cli *cli, const char *format, ...)
{
    struct buffer message = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_print_list(&message, format, arguments);
    va_end(arguments);
    if (cli->command)
        buffer_print(&message, "; see `calscope %s --help`", cli->command->name);
    else
        buffer_append_string(&message, "; see `calscope --help`");
    put_message(cli, &message);
    buffer_done(&message);
    return EXIT_TROUBLE;
}

static size_t count_leading(const char *format)
{
    return strspn(format, "\n");
}

static size_t count_trailing(const char *format)
{
    size_t length = strlen(format), count = 0;
    while (count < length && format[length - 1 - count] == '\n')
        count++;
    return count;
}

/* Only the format's own newlines, at its ends, break lines: none in a string from a file does. */
void cli_print(struct cli *cli, const char *format, ...)
{
    struct buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_print_list(&text, format, arguments);
    va_end(arguments);
    size_t leading = count_leading(format), trailing = count_trailing(format);
    if (leading == text.length)
        trailing = 0;
    buffer_append_repeated(&cli->out, '\n', leading);
    text_append(&cli->out, buffer_string(&text) + leading, text.length - leading - trailing,
                cli->charset, -1);
    buffer_append_repeated(&cli->out, '\n', trailing);
    buffer_done(&text);
}

bool cli_use_color(const struct cli *cli)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if (cli->color != COLOR_AUTO)
        return cli->color == COLOR_ALWAYS;
    return !(no_color && *no_color) && isatty(fileno(cli->out_stream)) && term &&
           strcmp(term, "dumb") != 0;
}

void cli_terminal_size(const struct cli *cli, int *columns, int *rows)
{
    struct winsize size;
    int descriptor = fileno(cli->out_stream);
    *columns = 80;
    *rows = 24;
    if (descriptor < 0 || ioctl(descriptor, TIOCGWINSZ, &size) != 0)
        return;
    if (size.ws_col > 0)
        *columns = size.ws_col;
    if (size.ws_row > 1)
        *rows = size.ws_row - 1; /* the prompt comes below */
}

struct calibration *cli_load(const struct cli *cli, const char *argument, char **path)
{
    struct calibration *calibration;
    struct error error;
    if (!source_load(argument, cli->registry, &calibration, path, &error))
        return calibration;
    cli_complain(cli, argument, &error);
    return NULL;
}

const struct calibration_curve *cli_find_curve(const struct cli *cli, const char *argument,
                                               const struct calibration *calibration,
                                               const char *name)
{
    struct error error;
    if (!name && calibration->curve_count == 1)
        return &calibration->curves[0];
    if (!name) {
        cli_misuse(cli, "%s has %zu curves: name one with -c CURVE", argument,
                   calibration->curve_count);
        return NULL;
    }
    const struct calibration_curve *curve = calibration_find(calibration, name, &error);
    if (!curve)
        cli_complain(cli, argument, &error);
    return curve;
}

void cli_write_breakpoints(struct json_writer *writer, const struct breakpoint *breakpoints,
                           size_t count)
{
    json_write_array(writer);
    for (size_t i = 0; i < count; i++)
        json_write_pair(writer, breakpoints[i].flops, breakpoints[i].efficiency);
    json_write_end(writer);
}

void cli_write_falling_latency(struct json_writer *writer, const struct curve *curve)
{
    size_t count = curve_falling_latency(curve, NULL, 0);
    struct curve_span *spans = memory_new_array(count, sizeof *spans);
    curve_falling_latency(curve, spans, count);
    json_write_array_member(writer, "falling_latency");
    for (size_t i = 0; i < count; i++)
        json_write_pair(writer, spans[i].low, spans[i].high);
    json_write_end(writer);
    free(spans);
}
