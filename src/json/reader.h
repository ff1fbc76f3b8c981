/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one strict reader of JSON: yajl's callbacks with spans, made as strict as RFC 8259 and a
 * little stricter. Refused, with line, column and reason: anything after the value, a BOM, bytes
 * that are not UTF-8, lone surrogates in escapes, \f and \v as blanks, duplicate keys in an object
 * (both places are named; keys are compared after decoding), numbers beyond a double's range, more
 * than 64 levels, more than 64 MiB.
 *
 * Spans rest on an observation about yajl 2.1 that a test pins: parsing one whole buffer,
 * yajl_get_bytes_consumed() inside a callback is the offset just behind the token.
 */
#ifndef JSON_READER_H
#define JSON_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum {
    JSON_DEPTH_MAX = 64,
    JSON_LENGTH_ALWAYS_FINITE = 300, /* a number of so few bytes without an exponent is finite */
};
#define JSON_BYTES_MAX ((size_t)64 << 20)

enum json_event_type {
    JSON_EVENT_NULL,
    JSON_EVENT_FALSE,
    JSON_EVENT_TRUE,
    JSON_EVENT_NUMBER,
    JSON_EVENT_STRING,
    JSON_EVENT_KEY,
    JSON_EVENT_ARRAY_BEGIN,
    JSON_EVENT_ARRAY_END,
    JSON_EVENT_OBJECT_BEGIN,
    JSON_EVENT_OBJECT_END,
};

struct json_event {
    enum json_event_type type;
    const char *text; /* NUMBER: the lexeme; STRING, KEY: decoded UTF-8; borrowed for the call */
    size_t length;    /* bytes of text */
    size_t begin;     /* the token's span in the input, in bytes, quotes included */
    size_t end;
};

/* Takes one event; returning false stops the reading, which then succeeds. */
typedef bool json_event_fn(void *context, const struct json_event *event);

/* Reads one JSON text and calls on_event for each token. STATUS_INVALID on any violation. */
enum status json_read(const char *bytes, size_t length, json_event_fn *on_event, void *context,
                      struct error *error);

/* Line (from 1) and column (in characters, from 1) of a byte offset. CRLF is one line end. */
void json_locate(const char *bytes, size_t length, size_t offset, size_t *line, size_t *column);

#endif
