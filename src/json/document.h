/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lossless document: the original bytes of a JSON text and the span of every value in it.
 *
 * A document never changes. Values are borrowed from it and live as long as it does. Accessors
 * accept NULL and values of another type and answer "nothing", so that a reader of a doubtful file
 * can write json_number(json_member(document, value, "flops"), ...) and check once.
 */
#ifndef JSON_DOCUMENT_H
#define JSON_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct buffer;
struct json_document;
struct json_value;

enum json_type {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
};

/*
 * Copies bytes and reads them (json/reader.h). On failure *out is untouched and error has a place.
 */
enum status json_document_new(const char *bytes, size_t length, struct json_document **out,
                              struct error *error);
void json_document_free(struct json_document *document);

/* The original bytes, followed by a NUL. */
const char *json_document_bytes(const struct json_document *document, size_t *length);
const struct json_value *json_document_root(const struct json_document *document);

enum json_type json_value_type(const struct json_value *value); /* value must not be NULL */
const char *json_type_name(enum json_type type);                /* "a number", "an object", ... */

/* Byte span of a value in the document; for a member, of its value. */
size_t json_value_begin(const struct json_value *value);
size_t json_value_end(const struct json_value *value);

/* Members and items in the order of the file; NULL at the end. */
const struct json_value *json_value_first(const struct json_document *document,
                                          const struct json_value *container);
const struct json_value *json_value_next(const struct json_document *document,
                                         const struct json_value *value);
/* The array or object that value is in; NULL for the root. */
const struct json_value *json_value_parent(const struct json_document *document,
                                           const struct json_value *value);
size_t json_value_count(const struct json_value *container); /* 0 for anything but a container */

/* The member of that key (decoded), the item at index from 0; NULL where there is none. */
const struct json_value *json_member(const struct json_document *document,
                                     const struct json_value *object, const char *key);
const struct json_value *json_item(const struct json_document *document,
                                   const struct json_value *array, size_t index);

/* The decoded key of a member, NULL for the root and array items. U+0000 shows as U+FFFD. */
const char *json_key(const struct json_document *document, const struct json_value *value);

/* The decoded string, NULL for anything but a string. U+0000 shows as U+FFFD. */
const char *json_string(const struct json_document *document, const struct json_value *value);

/* False for anything but a number; *number is untouched then. */
bool json_number(const struct json_document *document, const struct json_value *value,
                 double *number);

/* A member's number, NaN for none; a member's string, NULL for none. */
double json_member_number(const struct json_document *document, const struct json_value *object,
                          const char *key);
const char *json_member_string(const struct json_document *document,
                               const struct json_value *object, const char *key);

/*
 * Appends the value's path: curves.conv2d.data_points[3].flops; keys that are no names in ["..."].
 */
void json_path(const struct json_document *document, const struct json_value *value,
               struct buffer *out);

/* Fills error's place with the value's line, column and path. */
void json_error_place(const struct json_document *document, const struct json_value *value,
                      struct error *error);

#endif
