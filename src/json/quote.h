/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plain text as a JSON string in a file: what JSON does not ask to be escaped stays as it is.
 * Answers, which may meet a terminal, are written by json/writer.h.
 */
#ifndef JSON_QUOTE_H
#define JSON_QUOTE_H

struct buffer;

/*
 * Appends text as a JSON string with its quotes. Text that is not UTF-8 gets U+FFFD for bad bytes.
 */
void json_quote(const char *text, struct buffer *out);

#endif
