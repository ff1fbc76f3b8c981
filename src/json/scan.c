/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strict scan: every byte is looked at once, or twice with the check for UTF-8. */
#include "json/scan.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "json/escape.h"

enum { WORD = sizeof(uint64_t) };

#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The NUL behind the text is no part of any token: whatever comes next, there is nothing of it. */
static bool fail(struct json_scan *scan)
{
    scan->failed = true;
    scan->at = scan->end;
    return false;
}

static uint64_t word_at(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* The byte after blanks. Indentation is most of what there is, eight blanks at a time. */
static char skip_blanks(struct json_scan *scan)
{
    const char *at = scan->at;
    while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t') {
        at++;
        while (scan->end - at >= WORD && word_at(at) == EACH_BYTE(0x20))
            at += WORD;
    }
    scan->at = at;
    return *at;
}

/* --- strings --- */

/* Whether one of eight bytes is a quote, a backslash or a control character. */
static bool has_special(uint64_t word)
{
    uint64_t quote = word ^ EACH_BYTE('"'), backslash = word ^ EACH_BYTE('\\');
    uint64_t hit = ((quote - EACH_BYTE(1)) & ~quote) | ((backslash - EACH_BYTE(1)) & ~backslash) |
                   ((word - EACH_BYTE(0x20)) & ~word);
    return hit & EACH_BYTE(0x80);
}

static bool is_special(char byte)
{
    return byte == '"' || byte == '\\' || (unsigned char)byte < 0x20;
}

/* Takes the string that begins here. The closing quote or the NUL behind the text ends each run. */
static bool take_string(struct json_scan *scan, struct json_token *out)
{
    const char *at = scan->at + 1;
    *out = (struct json_token){.text = at};
    for (;;) {
        while (scan->end - at >= WORD && !has_special(word_at(at)))
            at += WORD;
        while (!is_special(*at))
            at++;
        if (*at != '\\')
            break;
        size_t length = json_escape_length(at);
        if (length == 0)
            return fail(scan);
        out->escaped = true;
        at += length;
    }
    if (*at != '"')
        return fail(scan);
    out->length = (size_t)(at - out->text);
    if (out->escaped && json_lone_surrogate(out->text, at))
        return fail(scan);
    scan->at = at + 1;
    return true;
}

char *json_token_decode(const struct json_token *string)
{
    struct buffer text = {0};
    json_unescape(string->text, string->length, &text);
    return buffer_take(&text);
}

/* --- numbers and words --- */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The end of one or more digits; NULL where there is none. */
static const char *need_digits(const char *at)
{
    if (!at || !is_digit(*at))
        return NULL;
    while (is_digit(*at))
        at++;
    return at;
}

/* The end of the number at at, NULL if it is none. */
static const char *number_end(const char *at, bool *exponent)
{
    at += *at == '-';
    at = *at == '0' ? at + 1 : need_digits(at);
    if (at && *at == '.')
        at = need_digits(at + 1);
    *exponent = at && (*at == 'e' || *at == 'E');
    if (*exponent) {
        at++;
        at = need_digits(at + (*at == '+' || *at == '-'));
    }
    return at;
}

static bool take_number(struct json_scan *scan, struct json_token *out)
{
    bool exponent;
    double value;
    const char *end = number_end(scan->at, &exponent);
    if (!end)
        return fail(scan);
    *out = (struct json_token){.text = scan->at, .length = (size_t)(end - scan->at)};
    bool may_overflow = exponent || out->length > JSON_LENGTH_ALWAYS_FINITE;
    if (may_overflow && !number_parse(out->text, out->length, &value))
        return fail(scan);
    scan->at = end;
    return true;
}

static bool take_word(struct json_scan *scan, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(scan->end - scan->at) < length || memcmp(scan->at, word, length) != 0)
        return fail(scan);
    scan->at += length;
    return true;
}

/* --- containers --- */

static void push_key(struct json_scan *scan, const struct json_token *key)
{
    size_t offset = (size_t)(key->text - scan->text);
    if (scan->key_count == scan->key_capacity)
        scan->keys = memory_grow(scan->keys, &scan->key_capacity, sizeof *scan->keys);
    scan->keys[scan->key_count++] = (struct json_key){offset, key->length, offset};
}

static bool take_key(struct json_scan *scan, struct json_token *key)
{
    if (skip_blanks(scan) != '"')
        return fail(scan);
    if (!take_string(scan, key))
        return false;
    if (key->escaped) /* the same key could be there in another spelling */
        return fail(scan);
    push_key(scan, key);
    if (skip_blanks(scan) != ':')
        return fail(scan);
    scan->at++;
    return true;
}

static void close_container(struct json_scan *scan)
{
    const struct json_scan_frame *frame = &scan->frames[--scan->depth];
    const struct json_key *first;
    size_t count = scan->key_count - frame->first_key;
    scan->at++;
    scan->key_count = frame->first_key;
    if (count > 1 && json_repeated_key(scan->keys + frame->first_key, count, scan->text, &first))
        fail(scan);
}

static bool open_container(struct json_scan *scan, bool is_object)
{
    if (scan->depth == JSON_DEPTH_MAX)
        return fail(scan);
    scan->frames[scan->depth++] =
        (struct json_scan_frame){.is_object = is_object, .first_key = scan->key_count};
    scan->at++;
    return true;
}

bool json_scan_enter(struct json_scan *scan, unsigned kinds)
{
    char byte = skip_blanks(scan);
    if (byte == '{' && (kinds & JSON_SCAN_OBJECT))
        return open_container(scan, true);
    if (byte == '[' && (kinds & JSON_SCAN_ARRAY))
        return open_container(scan, false);
    json_scan_skip(scan);
    return false;
}

bool json_scan_next(struct json_scan *scan, struct json_token *key)
{
    if (scan->failed)
        return false;
    struct json_scan_frame *frame = &scan->frames[scan->depth - 1];
    char byte = skip_blanks(scan);
    if (byte == (frame->is_object ? '}' : ']')) {
        close_container(scan);
        return false;
    }
    if (frame->begun && byte != ',')
        return fail(scan);
    scan->at += frame->begun;
    frame->begun = true;
    return !frame->is_object || take_key(scan, key);
}

/* --- values --- */

bool json_scan_number(struct json_scan *scan, struct json_token *out)
{
    char byte = skip_blanks(scan);
    if (is_digit(byte) || byte == '-')
        return take_number(scan, out);
    json_scan_skip(scan);
    return false;
}

bool json_scan_string(struct json_scan *scan, struct json_token *out)
{
    if (skip_blanks(scan) == '"')
        return take_string(scan, out);
    json_scan_skip(scan);
    return false;
}

static void skip_container(struct json_scan *scan, bool is_object)
{
    struct json_token key;
    if (!open_container(scan, is_object))
        return;
    while (json_scan_next(scan, &key))
        json_scan_skip(scan);
}

void json_scan_skip(struct json_scan *scan)
{
    struct json_token ignored;
    char byte = skip_blanks(scan);
    switch (byte) {
    case '{':
    case '[':
        skip_container(scan, byte == '{');
        break;
    case '"':
        take_string(scan, &ignored);
        break;
    case 't':
        take_word(scan, "true");
        break;
    case 'f':
        take_word(scan, "false");
        break;
    case 'n':
        take_word(scan, "null");
        break;
    default: /* a number, or a fault */
        take_number(scan, &ignored);
        break;
    }
}

/* --- the whole text --- */

void json_scan_begin(struct json_scan *scan, const char *text, size_t length)
{
    scan->text = scan->at = text;
    scan->end = text + length;
    scan->failed = false;
    scan->depth = scan->key_count = scan->key_capacity = 0;
    scan->keys = NULL;
    if (length > JSON_BYTES_MAX || text_check_utf8(text, length) < length)
        fail(scan);
}

bool json_scan_end(struct json_scan *scan)
{
    skip_blanks(scan);
    free(scan->keys);
    return !scan->failed && scan->depth == 0 && scan->at == scan->end;
}
