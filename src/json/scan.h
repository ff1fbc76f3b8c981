/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One pass over a JSON text for those who want little of it: as strict as json/reader.h, but
 * without events, spans of everything, or words. Whoever scans asks for what comes next and skips
 * the rest; what is skipped is checked all the same.
 *
 *     json_scan_begin(&scan, text, length);
 *     if (json_scan_enter(&scan, JSON_SCAN_OBJECT))
 *         while (json_scan_next(&scan, &key))
 *             if (json_token_is(&key, "flops"))
 *                 json_scan_number(&scan, &flops);
 *             else
 *                 json_scan_skip(&scan);
 *     good = json_scan_end(&scan);
 *
 * Where json_scan_end() says that the text is good, json_read() takes it, too. Where it does not,
 * json_read() knows why; or it takes the text all the same, where a key is written with escapes.
 * After a fault nothing more comes: every container seems at its end.
 */
#ifndef JSON_SCAN_H
#define JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "json/keys.h"
#include "json/reader.h"

/* A number, key or string as the text spells it, without quotes. Borrowed from the text. */
struct json_token {
    const char *text;
    size_t length;
    bool escaped; /* it has escapes */
};

/* Kinds of containers, to be added up. */
enum json_scan_kinds { JSON_SCAN_OBJECT = 1, JSON_SCAN_ARRAY = 2 };

/* A container that is open. */
struct json_scan_frame {
    bool is_object, begun;
    size_t first_key; /* index in the scan's keys */
};

/* Private. The keys are those of the objects that are open. */
struct json_scan {
    const char *text, *at, *end;
    bool failed;
    size_t depth;
    struct json_scan_frame frames[JSON_DEPTH_MAX];
    struct json_key *keys;
    size_t key_count, key_capacity;
};

/* The text is borrowed until json_scan_end(); a NUL stands behind it. */
void json_scan_begin(struct json_scan *scan, const char *text, size_t length);

/* Whether all was good and nothing follows the value. Frees what the scan holds. */
bool json_scan_end(struct json_scan *scan);

/* Enters the container that comes next, if it is of these kinds; else skips what comes. */
bool json_scan_enter(struct json_scan *scan, unsigned kinds);

/*
 * Goes to the next value of the container entered last. key is set in objects. False: it has
 * closed.
 */
bool json_scan_next(struct json_scan *scan, struct json_token *key);

/* Each passes by the value that comes; false if it is of another type. */
bool json_scan_number(struct json_scan *scan, struct json_token *out);
bool json_scan_string(struct json_scan *scan, struct json_token *out);
void json_scan_skip(struct json_scan *scan);

/* What a string that was good means, decoded; the caller frees it. U+0000 shows as U+FFFD. */
char *json_token_decode(const struct json_token *string);

/* Whether a key is this one. */
static inline bool json_token_is(const struct json_token *key, const char *name)
{
    size_t length = strlen(name);
    return key->length == length && memcmp(key->text, name, length) == 0;
}

#endif
