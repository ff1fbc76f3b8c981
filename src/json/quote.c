/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain text as a JSON string. */
#include "json/quote.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

static void quote_byte(unsigned char byte, struct buffer *out)
{
    static const char named[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *found = strchr(named, byte);
    if (found)
        buffer_print(out, "\\%c", letters[found - named]);
    else if (byte < 0x20)
        buffer_print(out, "\\u%04x", byte);
    else
        buffer_append(out, &byte, 1);
}

void json_quote(const char *text, struct buffer *out)
{
    size_t length = strlen(text);
    buffer_append(out, "\"", 1);
    while (length > 0) {
        size_t good = text_check_utf8(text, length);
        for (size_t i = 0; i < good; i++)
            quote_byte((unsigned char)text[i], out);
        if (good < length) {
            buffer_append_string(out, "\xEF\xBF\xBD");
            good++;
        }
        text += good;
        length -= good;
    }
    buffer_append(out, "\"", 1);
}
