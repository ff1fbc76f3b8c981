/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is wrong with a text that is not JSON, in words: private to the reader. yajl says that it
 * stopped; from the last good token on this looks again and says where and why.
 */
#ifndef JSON_DIAGNOSIS_H
#define JSON_DIAGNOSIS_H

#include <stddef.h>

#include "base/error.h"

/* The last good token, as far as it matters for what may follow. */
enum json_after {
    JSON_AFTER_NOTHING,
    JSON_AFTER_OPENING, /* [ or { */
    JSON_AFTER_KEY,
    JSON_AFTER_VALUE, /* also ] and } */
};

/* The container around the last good token. */
enum json_inside {
    JSON_INSIDE_NOTHING,
    JSON_INSIDE_ARRAY,
    JSON_INSIDE_OBJECT,
};

struct json_stop {
    enum json_after after;
    enum json_inside inside;
    size_t end;    /* offset behind the last good token */
    size_t opened; /* offset of the container's bracket */
};

/*
 * Fills error with what is wrong behind the last good token, and its place. fallback is said where
 * nothing can be found.
 */
enum status json_diagnose(const char *bytes, size_t length, const struct json_stop *stop,
                          const char *fallback, struct error *error);

/* Why a byte is no blank although yajl takes it for one (\f, \v); NULL for any other byte. */
const char *json_false_blank(char byte);

/* Fills error with a message at a byte offset. */
enum status json_refuse(const char *bytes, size_t length, size_t offset, struct error *error,
                        const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
