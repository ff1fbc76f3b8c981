/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small writer of JSON text that is safe to show. */
#include "json/writer.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <utf8proc.h>

#include "base/buffer.h"
#include "base/number.h"
#include "base/text.h"

/* The comma that the next value or key needs. */
static void separate(struct json_writer *writer)
{
    if (writer->after_key) {
        writer->after_key = false;
        return;
    }
    if (writer->depth == 0)
        return;
    bool *has_items = &writer->has_items[writer->depth - 1];
    if (*has_items)
        buffer_append_string(writer->out, ",");
    *has_items = true;
}

static void begin_container(struct json_writer *writer, bool is_object)
{
    separate(writer);
    assert(writer->depth < JSON_WRITER_DEPTH_MAX);
    writer->is_object[writer->depth] = is_object;
    writer->has_items[writer->depth] = false;
    writer->depth++;
    buffer_append_string(writer->out, is_object ? "{" : "[");
}

void json_write_object(struct json_writer *writer)
{
    begin_container(writer, true);
}

void json_write_array(struct json_writer *writer)
{
    begin_container(writer, false);
}

void json_write_end(struct json_writer *writer)
{
    assert(writer->depth > 0 && !writer->after_key);
    writer->depth--;
    buffer_append_string(writer->out, writer->is_object[writer->depth] ? "}" : "]");
}

static void append_escape(struct buffer *out, utf8proc_int32_t code)
{
    unsigned value = (unsigned)code;
    if (value < 0x10000) {
        buffer_print(out, "\\u%04x", value);
        return;
    }
    value -= 0x10000;
    buffer_print(out, "\\u%04x\\u%04x", 0xd800 + (value >> 10), 0xdc00 + (value & 0x3ff));
}

/* Whether it may stay as it is; marks counts those since the base before it. */
static bool stays(utf8proc_int32_t code, int *marks)
{
    enum text_role role = text_role(code);
    *marks = role == TEXT_MARK ? *marks + 1 : role == TEXT_SHOWN ? 0 : *marks;
    return role == TEXT_SHOWN || (role == TEXT_MARK && *marks <= TEXT_MARKS_MAX);
}

static void append_character(struct buffer *out, utf8proc_int32_t code, const char *bytes,
                             size_t length, int *marks)
{
    static const char shorthands[] = "\"\"\\\\\nn\tt\rr\bb\ff";
    for (const char *s = shorthands; *s; s += 2)
        if (code == *s) {
            buffer_print(out, "\\%c", s[1]);
            return;
        }
    if (stays(code, marks))
        buffer_append(out, bytes, length);
    else
        append_escape(out, code);
}

static void append_quoted(struct buffer *out, const char *string)
{
    const char *end = string + strlen(string);
    int marks = TEXT_MARKS_MAX; /* none may stay on the quote */
    buffer_append_string(out, "\"");
    while (string < end) {
        utf8proc_int32_t code;
        utf8proc_ssize_t length =
            utf8proc_iterate((const utf8proc_uint8_t *)string, end - string, &code);
        if (length > 0) {
            append_character(out, code, string, (size_t)length, &marks);
            string += length;
        } else {
            buffer_append_string(out, "\xef\xbf\xbd");
            string++;
        }
    }
    buffer_append_string(out, "\"");
}

void json_write_key(struct json_writer *writer, const char *key)
{
    assert(writer->depth > 0 && writer->is_object[writer->depth - 1] && !writer->after_key);
    separate(writer);
    append_quoted(writer->out, key);
    buffer_append_string(writer->out, ":");
    writer->after_key = true;
}

void json_write_string(struct json_writer *writer, const char *string)
{
    separate(writer);
    if (string)
        append_quoted(writer->out, string);
    else
        buffer_append_string(writer->out, "null");
}

void json_write_number(struct json_writer *writer, double number)
{
    char text[NUMBER_TEXT_MAX] = "null";
    separate(writer);
    if (isfinite(number))
        number_print_repr(number, text);
    buffer_append_string(writer->out, text);
}

void json_write_count(struct json_writer *writer, size_t count)
{
    separate(writer);
    buffer_print(writer->out, "%zu", count);
}

void json_write_null(struct json_writer *writer)
{
    json_write_string(writer, NULL);
}

void json_write_array_member(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    json_write_array(writer);
}

void json_write_object_member(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    json_write_object(writer);
}

void json_write_string_member(struct json_writer *writer, const char *key, const char *string)
{
    json_write_key(writer, key);
    json_write_string(writer, string);
}

void json_write_number_member(struct json_writer *writer, const char *key, double number)
{
    json_write_key(writer, key);
    json_write_number(writer, number);
}

void json_write_count_member(struct json_writer *writer, const char *key, size_t count)
{
    json_write_key(writer, key);
    json_write_count(writer, count);
}

void json_write_known_count_member(struct json_writer *writer, const char *key, bool known,
                                   size_t count)
{
    json_write_key(writer, key);
    if (known)
        json_write_count(writer, count);
    else
        json_write_null(writer);
}

void json_write_bool_member(struct json_writer *writer, const char *key, bool value)
{
    json_write_key(writer, key);
    separate(writer);
    buffer_append_string(writer->out, value ? "true" : "false");
}

void json_write_pair(struct json_writer *writer, double first, double second)
{
    json_write_array(writer);
    json_write_number(writer, first);
    json_write_number(writer, second);
    json_write_end(writer);
}

void json_write_numbers_member(struct json_writer *writer, const char *key, const double *numbers,
                               size_t count)
{
    json_write_array_member(writer, key);
    for (size_t i = 0; i < count; i++)
        json_write_number(writer, numbers[i]);
    json_write_end(writer);
}

void json_write_strings_member(struct json_writer *writer, const char *key, char *const *strings,
                               size_t count)
{
    json_write_array_member(writer, key);
    for (size_t i = 0; i < count; i++)
        json_write_string(writer, strings[i]);
    json_write_end(writer);
}
