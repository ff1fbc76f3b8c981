/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escapes in JSON strings: private to the readers. */
#ifndef JSON_ESCAPE_H
#define JSON_ESCAPE_H

#include <stddef.h>

struct buffer;

/* The first \uXXXX in a well-formed string token that is half of a surrogate pair; NULL: none. */
const char *json_lone_surrogate(const char *begin, const char *end);

/*
 * Bytes of the escape at at, where a backslash stands; 0 where it is none that JSON has. Reads no
 * further than the first byte that is wrong, so a NUL behind the text is end enough.
 */
size_t json_escape_length(const char *at);

/*
 * Appends what a string token without its quotes means; U+0000 shows as U+FFFD. It has to be
 * well-formed and without lone surrogates.
 */
void json_unescape(const char *text, size_t length, struct buffer *out);

#endif
