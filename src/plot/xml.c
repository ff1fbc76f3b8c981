/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escaping text for XML. */
#include "plot/xml.h"

#include "base/buffer.h"

void xml_append(struct buffer *out, const char *text)
{
    static const char *const entities[] = {"<&lt;", "&&amp;", ">&gt;"};
    enum { COUNT = sizeof entities / sizeof *entities };
    for (; *text; text++) {
        int i = 0;
        while (i < COUNT && entities[i][0] != *text)
            i++;
        if (i < COUNT)
            buffer_append_string(out, entities[i] + 1);
        else
            buffer_append(out, text, 1);
    }
}
