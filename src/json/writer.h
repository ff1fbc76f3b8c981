/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing JSON answers: compact, one line, keys in the order of the calls.
 *
 *     struct json_writer writer = {.out = &text};
 *     json_write_object(&writer);
 *     json_write_key(&writer, "flops");
 *     json_write_number(&writer, 1e6);
 *     json_write_end(&writer);
 *
 * An answer goes to terminals and logs too, so no byte in it acts on one: control characters (C0,
 * DEL, C1), bidirectional and other format controls, line separators, private and unassigned code
 * points, variation selectors and marks beyond the second on a base leave as \uXXXX (surrogate
 * pairs beyond U+FFFF), bytes that are not UTF-8 as U+FFFD.
 */
#ifndef JSON_WRITER_H
#define JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;

enum { JSON_WRITER_DEPTH_MAX = 32 };

/* Zeroed but for out, it is ready. out is borrowed. */
struct json_writer {
    struct buffer *out;
    size_t depth;
    bool is_object[JSON_WRITER_DEPTH_MAX];
    bool has_items[JSON_WRITER_DEPTH_MAX];
    bool after_key;
};

void json_write_object(struct json_writer *writer); /* opens one */
void json_write_array(struct json_writer *writer);  /* opens one */
void json_write_end(struct json_writer *writer);    /* closes the innermost of either */

/* The key of the member that the next call writes. */
void json_write_key(struct json_writer *writer, const char *key);

void json_write_string(struct json_writer *writer, const char *string); /* NULL: null */
void json_write_number(struct json_writer *writer, double number);      /* not finite: null */
void json_write_count(struct json_writer *writer, size_t count);
void json_write_null(struct json_writer *writer);

/* An array of two numbers. */
void json_write_pair(struct json_writer *writer, double first, double second);

/* A key and its value in one call; of an array or an object what opens it. */
void json_write_array_member(struct json_writer *writer, const char *key);
void json_write_object_member(struct json_writer *writer, const char *key);
void json_write_string_member(struct json_writer *writer, const char *key, const char *string);
void json_write_number_member(struct json_writer *writer, const char *key, double number);
void json_write_count_member(struct json_writer *writer, const char *key, size_t count);
/* The same of a count that may be unknown, which is null then. */
void json_write_known_count_member(struct json_writer *writer, const char *key, bool known,
                                   size_t count);
void json_write_bool_member(struct json_writer *writer, const char *key, bool value);
void json_write_numbers_member(struct json_writer *writer, const char *key, const double *numbers,
                               size_t count);
void json_write_strings_member(struct json_writer *writer, const char *key, char *const *strings,
                               size_t count);

#endif
