/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON text laid out over lines, in the style of the object that it goes into. */
#ifndef JSON_LAY_OUT_H
#define JSON_LAY_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "json/document.h"

struct buffer;

/* How an object's members stand on lines of their own. Its bytes are the document's. */
struct json_style {
    const char *margin; /* the blanks before a member */
    size_t margin_length;
    size_t unit_length; /* how many of them it has more than the line of the object's brace */
    bool has_return;    /* lines end in \r\n */
};

/* False where the object has no members, or its first one begins no line. */
bool json_style_of(const struct json_document *document, const struct json_value *object,
                   struct json_style *style);

/*
 * Appends text (JSON) as the value of a member in that style: objects and arrays that hold any
 * container with a line for each item, the rest as it is spelled.
 */
void json_lay_out(const char *text, const struct json_style *style, struct buffer *out);

#endif
