/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a text that is not JSON, in words. */
#include "json/diagnosis.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "json/reader.h"

enum { QUOTED_MAX = 24 }; /* how much of a wrong word a message repeats */

/* The text under diagnosis and where it is being looked at. */
struct look {
    const char *bytes;
    size_t length;
    size_t at;
    const struct json_stop *stop;
    struct error *error;
};

enum status json_refuse(const char *bytes, size_t length, size_t offset, struct error *error,
                        const char *format, ...)
{
    char message[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    size_t line, column;
    json_locate(bytes, length, offset, &line, &column);
    error_set(error, STATUS_INVALID, "%s", message);
    error_place(error, line, column, NULL);
    return STATUS_INVALID;
}

static enum status refuse(const struct look *look, const char *message)
{
    return json_refuse(look->bytes, look->length, look->at, look->error, "%s", message);
}

const char *json_false_blank(char byte)
{
    if (byte == '\f')
        return "a form feed is no blank in JSON";
    return byte == '\v' ? "a vertical tab is no blank in JSON" : NULL;
}

static bool at_end(const struct look *look)
{
    return look->at >= look->length;
}

static char peek(const struct look *look)
{
    return at_end(look) ? '\0' : look->bytes[look->at];
}

/* Something else was expected at the look. */
static enum status refuse_unexpected(const struct look *look, const char *message)
{
    const char *reason = json_false_blank(peek(look));
    return refuse(look, reason ? reason : message);
}

static void skip_blanks(struct look *look)
{
    while (!at_end(look) && strchr(" \t\r\n", look->bytes[look->at]) && peek(look))
        look->at++;
}

static enum status refuse_end(const struct look *look)
{
    if (look->stop->inside == JSON_INSIDE_NOTHING)
        return refuse(look, "the file holds no value");
    size_t line, column;
    json_locate(look->bytes, look->length, look->stop->opened, &line, &column);
    bool object = look->stop->inside == JSON_INSIDE_OBJECT;
    return json_refuse(look->bytes, look->length, look->at, look->error,
                       "the file ends inside the %s that starts at line %zu, column %zu",
                       object ? "object" : "array", line, column);
}

/* The run of bytes at the look that reads like one word or number. */
static int word_length(const struct look *look)
{
    size_t end = look->at;
    while (end < look->length && end - look->at < QUOTED_MAX &&
           (isalnum((unsigned char)look->bytes[end]) || strchr("_+-.", look->bytes[end])) &&
           look->bytes[end])
        end++;
    return (int)(end - look->at);
}

static enum status refuse_word(const struct look *look, const char *what)
{
    return json_refuse(look->bytes, look->length, look->at, look->error, "%.*s %s",
                       word_length(look), look->bytes + look->at, what);
}

/* The bytes of the escape at at, 0 where it is none; what the end cuts off counts as good. */
static size_t escape_length(const struct look *look, size_t at)
{
    if (++at >= look->length)
        return 2;
    if (!look->bytes[at] || !strchr("\"\\/bfnrtu", look->bytes[at]))
        return 0;
    if (look->bytes[at] != 'u')
        return 2;
    for (size_t i = at + 1; i <= at + 4 && i < look->length; i++)
        if (!isxdigit((unsigned char)look->bytes[i]))
            return 0;
    return 6;
}

static enum status refuse_control(const struct look *look, unsigned char byte)
{
    if (byte == '\n' || byte == '\r')
        return refuse(look, "a line ends inside a string: its closing quote is missing, or the "
                            "line break must be written as \\n");
    return json_refuse(look->bytes, look->length, look->at, look->error,
                       "a string holds the control character U+%04X: write it as \\u%04x", byte,
                       byte);
}

static enum status diagnose_string(struct look look, const char *fallback)
{
    const struct look start = look;
    for (look.at++; !at_end(&look) && peek(&look) != '"';) {
        unsigned char byte = (unsigned char)peek(&look);
        size_t step = byte == '\\' ? escape_length(&look, look.at) : 1;
        if (byte < 0x20)
            return refuse_control(&look, byte);
        if (step == 0)
            return refuse(&look, "a backslash in a string starts no known escape");
        look.at += step;
    }
    return at_end(&look) ? refuse(&start, "the file ends inside the string that starts here")
                         : refuse(&start, fallback);
}

/* A value was due here; there is none, or a broken one. */
static enum status diagnose_value(const struct look *look, const char *fallback)
{
    char first = peek(look);
    if (at_end(look))
        return refuse_end(look);
    if (first == '"')
        return diagnose_string(*look, fallback);
    if (first == '-' || isdigit((unsigned char)first))
        return refuse_word(look, "is not a number as JSON writes them");
    if (isalpha((unsigned char)first))
        return refuse_word(look, "is not a JSON value");
    if (first == '\'')
        return refuse(look, "strings are written with double quotes");
    if (first == '/' || first == '#')
        return refuse(look, "JSON has no comments");
    if (first == '+' || first == '.')
        return refuse(look, "a number starts with a digit or a minus");
    return refuse_unexpected(look, "expected a value");
}

static enum status diagnose_key(const struct look *look, const char *fallback)
{
    char first = peek(look);
    if (at_end(look))
        return refuse_end(look);
    if (first == '"')
        return diagnose_string(*look, fallback);
    if (first == '\'')
        return refuse(look, "keys are written with double quotes");
    if (first == '/' || first == '#')
        return refuse(look, "JSON has no comments");
    return refuse_unexpected(look, "expected a key in double quotes");
}

static enum status diagnose_item(const struct look *look, const char *fallback)
{
    bool object = look->stop->inside == JSON_INSIDE_OBJECT;
    return object ? diagnose_key(look, fallback) : diagnose_value(look, fallback);
}

/* Behind a value: a comma and what follows it, or the closing bracket. */
static enum status diagnose_behind_value(struct look look, const char *fallback)
{
    bool object = look.stop->inside == JSON_INSIDE_OBJECT;
    bool touching = look.at == look.stop->end;
    if (at_end(&look))
        return refuse_end(&look);
    if (peek(&look) == '/' || peek(&look) == '#')
        return refuse(&look, "JSON has no comments");
    if (touching && look.at > 0 && isdigit((unsigned char)look.bytes[look.at - 1]) &&
        word_length(&look) > 0)
        return refuse(&look, "a number goes on here in a way that JSON has not, such as after a "
                             "leading zero");
    if (look.stop->inside == JSON_INSIDE_NOTHING)
        return refuse_unexpected(&look, "there is more behind the end of the value");
    if (peek(&look) != ',')
        return refuse_unexpected(&look, object ? "expected a comma or }" : "expected a comma or ]");
    struct look comma = look;
    look.at++;
    skip_blanks(&look);
    if (peek(&look) == (object ? '}' : ']'))
        return refuse(&comma, object ? "a comma before }" : "a comma before ]");
    return diagnose_item(&look, fallback);
}

enum status json_diagnose(const char *bytes, size_t length, const struct json_stop *stop,
                          const char *fallback, struct error *error)
{
    struct look look = {bytes, length, stop->end, stop, error};
    skip_blanks(&look);
    switch (stop->after) {
    case JSON_AFTER_KEY:
        if (at_end(&look))
            return refuse_end(&look);
        if (peek(&look) != ':')
            return refuse_unexpected(&look, "expected a colon after the key");
        look.at++;
        skip_blanks(&look);
        return diagnose_value(&look, fallback);
    case JSON_AFTER_OPENING:
        return diagnose_item(&look, fallback);
    case JSON_AFTER_VALUE:
        return diagnose_behind_value(look, fallback);
    default:
        return diagnose_value(&look, fallback);
    }
}
