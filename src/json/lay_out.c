/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One item a line, each level deeper by what the document goes deeper. */
#include "json/lay_out.h"

#include <string.h>

#include "base/buffer.h"
#include "json/quote.h"

/* Blanks from the beginning of the line that has the byte at; *begin is that beginning. */
static size_t margin_of(const char *bytes, size_t at, size_t *begin)
{
    while (at > 0 && bytes[at - 1] != '\n')
        at--;
    *begin = at;
    return strspn(bytes + at, " \t");
}

bool json_style_of(const struct json_document *document, const struct json_value *object,
                   struct json_style *style)
{
    size_t length, line, brace_line;
    const char *bytes = json_document_bytes(document, &length);
    const struct json_value *first = json_value_first(document, object);
    if (!first)
        return false;
    size_t brace = json_value_begin(object), key = brace + 1;
    key += strspn(bytes + key, " \t\r\n");
    size_t margin = margin_of(bytes, key, &line);
    size_t outer = margin_of(bytes, brace, &brace_line);
    if (line <= brace || margin < outer)
        return false;
    *style = (struct json_style){.margin = bytes + line,
                                 .margin_length = margin,
                                 .unit_length = margin - outer,
                                 .has_return = line > 1 && bytes[line - 2] == '\r'};
    return true;
}

static bool has_container(const struct json_document *document, const struct json_value *value)
{
    for (const struct json_value *item = json_value_first(document, value); item;
         item = json_value_next(document, item))
        if (json_value_type(item) == JSON_OBJECT || json_value_type(item) == JSON_ARRAY)
            return true;
    return false;
}

static void begin_line(const struct json_style *style, int depth, struct buffer *out)
{
    buffer_append_string(out, style->has_return ? "\r\n" : "\n");
    buffer_append(out, style->margin, style->margin_length);
    for (int i = 0; i < depth; i++)
        buffer_append(out, style->margin, style->unit_length);
}

static void append(const struct json_document *document, const struct json_value *value,
                   const struct json_style *style, int depth, struct buffer *out)
{
    size_t length, begin = json_value_begin(value), end = json_value_end(value);
    const char *bytes = json_document_bytes(document, &length);
    bool is_object = json_value_type(value) == JSON_OBJECT;
    const struct json_value *item = json_value_first(document, value);
    if (!has_container(document, value)) {
        buffer_append(out, bytes + begin, end - begin);
        return;
    }
    buffer_append(out, bytes + begin, 1);
    for (const char *comma = ""; item; item = json_value_next(document, item), comma = ",") {
        buffer_append_string(out, comma);
        begin_line(style, depth + 1, out);
        if (is_object) {
            json_quote(json_key(document, item), out);
            buffer_append_string(out, ": ");
        }
        append(document, item, style, depth + 1, out);
    }
    begin_line(style, depth, out);
    buffer_append(out, bytes + end - 1, 1);
}

void json_lay_out(const char *text, const struct json_style *style, struct buffer *out)
{
    struct json_document *document;
    if (json_document_new(text, strlen(text), &document, NULL)) {
        buffer_append_string(out, text);
        return;
    }
    append(document, json_document_root(document), style, 0, out);
    json_document_free(document);
}
