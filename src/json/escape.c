/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the escapes in JSON strings mean, and which mean nothing. */
#include "json/escape.h"

#include <ctype.h>
#include <string.h>

#include <utf8proc.h>

#include "base/buffer.h"

enum { UNIT_LENGTH = 6, PAIR_LENGTH = 12 }; /* bytes of \uXXXX, and of two of them */

static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";

static int hex_value(char digit)
{
    return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}

/* The UTF-16 unit of the escape \uXXXX at at, -1 where there is none. */
static int unicode_escape(const char *at, const char *end)
{
    if (end - at < UNIT_LENGTH || at[0] != '\\' || at[1] != 'u')
        return -1;
    int unit = 0;
    for (int i = 2; i < UNIT_LENGTH; i++)
        unit = unit * 16 + hex_value(at[i]);
    return unit;
}

const char *json_lone_surrogate(const char *begin, const char *end)
{
    const char *at = begin;
    while ((at = memchr(at, '\\', (size_t)(end - at)))) {
        int unit = unicode_escape(at, end);
        if (unit < 0xD800 || unit > 0xDFFF) {
            at += unit < 0 ? 2 : UNIT_LENGTH;
            continue;
        }
        int low = unicode_escape(at + UNIT_LENGTH, end);
        if (unit >= 0xDC00 || low < 0xDC00 || low > 0xDFFF)
            return at;
        at += PAIR_LENGTH;
    }
    return NULL;
}

size_t json_escape_length(const char *at)
{
    if (at[1] != 'u')
        return at[1] && strchr(letters, at[1]) ? 2 : 0;
    for (int i = 2; i < UNIT_LENGTH; i++)
        if (!isxdigit((unsigned char)at[i]))
            return 0;
    return UNIT_LENGTH;
}

/* Appends the character of the escape at at and returns what follows it. */
static const char *append_escaped(const char *at, const char *end, struct buffer *out)
{
    utf8proc_uint8_t bytes[4];
    int code = unicode_escape(at, end);
    if (code < 0) {
        buffer_append(out, &meanings[strchr(letters, at[1]) - letters], 1);
        return at + 2;
    }
    at += UNIT_LENGTH;
    if (code >= 0xD800 && code <= 0xDBFF) {
        code = 0x10000 + ((code - 0xD800) << 10) + (unicode_escape(at, end) - 0xDC00);
        at += UNIT_LENGTH;
    }
    buffer_append(out, bytes, (size_t)utf8proc_encode_char(code ? code : 0xFFFD, bytes));
    return at;
}

void json_unescape(const char *text, size_t length, struct buffer *out)
{
    const char *at = text, *end = text + length;
    for (const char *backslash; at < end && (backslash = memchr(at, '\\', (size_t)(end - at)));) {
        buffer_append(out, at, (size_t)(backslash - at));
        at = append_escaped(backslash, end, out);
    }
    buffer_append(out, at, (size_t)(end - at));
}
