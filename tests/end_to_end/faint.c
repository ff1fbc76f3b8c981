/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rewrites "ESC [ ... m" on its way to the screen. */
#include "faint.h"

#include <stdbool.h>
#include <string.h>

/* After 38 or 48, a 2 or 5 and its numbers belong to the colour. */
static int colour_arguments(const char *parameter, size_t length, bool is_first)
{
    if (is_first)
        return length == 1 && *parameter == '2' ? 3 : 1;
    return length == 2 && (*parameter == '3' || *parameter == '4') && parameter[1] == '8' ? -1 : 0;
}

static size_t rewrite_parameter(const char *parameter, size_t length, char *out)
{
    if (length == 1 && *parameter == '2') {
        *out = '9';
        return 1;
    }
    if (length == 2 && memcmp(parameter, "22", 2) == 0) {
        memcpy(out, "22;29", 5);
        return 5;
    }
    memcpy(out, parameter, length);
    return length;
}

/* text is "ESC [", numbers between semicolons, "m". */
static size_t rewrite_attributes(const char *text, size_t length, char *out)
{
    char *end = out;
    const char *stop = text + length - 1;
    int skipped = 0; /* of a colour; -1: its kind comes next */
    for (const char *at = text + 2; at <= stop;) {
        size_t size = strcspn(at, ";m");
        *end++ = at == text + 2 ? '[' : ';';
        if (skipped != 0) {
            memcpy(end, at, size);
            end += size;
            skipped = skipped < 0 ? colour_arguments(at, size, true) : skipped - 1;
        } else {
            end += rewrite_parameter(at, size, end);
            skipped = colour_arguments(at, size, false);
        }
        at += size + 1;
    }
    *end++ = 'm';
    return (size_t)(end - out);
}

/* Whether pending, continued by byte, can still become an attribute sequence. */
static bool continues(const struct faint *faint, char byte)
{
    if (faint->length == 0)
        return byte == '\x1b';
    if (faint->length == 1)
        return byte == '[';
    return faint->length < FAINT_PENDING_MAX - 2 &&
           ((byte >= '0' && byte <= '9') || byte == ';' || byte == 'm');
}

static size_t flush(struct faint *faint, char *out)
{
    size_t length = faint->length;
    memcpy(out, faint->pending, length);
    faint->length = 0;
    return length;
}

size_t faint_filter(struct faint *faint, const char *bytes, size_t length, char *out)
{
    char *end = out;
    for (size_t i = 0; i < length; i++) {
        if (!continues(faint, bytes[i]))
            end += flush(faint, end);
        if (!continues(faint, bytes[i])) {
            *end++ = bytes[i];
            continue;
        }
        faint->pending[faint->length++] = bytes[i];
        if (bytes[i] == 'm' && faint->length > 2) {
            faint->pending[faint->length] = '\0';
            *end++ = '\x1b';
            end += rewrite_attributes(faint->pending, faint->length, end);
            faint->length = 0;
        }
    }
    return (size_t)(end - out);
}
