/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a document: accepted exactly where a second, plain reading of the grammar accepts
 * them, kept byte by byte, each value's span a text of its own.
 */
#include <math.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "fuzz.h"
#include "json/document.h"
#include "json/edit.h"
#include "json/reader.h"

/* --- the grammar again, without yajl and without looking back --- */

/* Bytes not taken yet. */
struct text {
    const uint8_t *at;
    const uint8_t *end;
    int depth;
};

static bool take(struct text *text, char byte)
{
    if (text->at == text->end || *text->at != (uint8_t)byte)
        return false;
    text->at++;
    return true;
}

static bool take_word(struct text *text, const char *word)
{
    while (*word)
        if (!take(text, *word++))
            return false;
    return true;
}

static void skip_blanks(struct text *text)
{
    while (take(text, ' ') || take(text, '\t') || take(text, '\n') || take(text, '\r'))
        ;
}

static bool take_digits(struct text *text)
{
    const uint8_t *from = text->at;
    while (text->at < text->end && *text->at >= '0' && *text->at <= '9')
        text->at++;
    return text->at > from;
}

static bool take_number(struct text *text)
{
    const uint8_t *from = text->at;
    take(text, '-');
    if (!take(text, '0') && !take_digits(text))
        return false;
    if (take(text, '.') && !take_digits(text))
        return false;
    if (take(text, 'e') || take(text, 'E')) {
        if (!take(text, '+'))
            take(text, '-');
        if (!take_digits(text))
            return false;
    }
    char *copy = memory_print("%.*s", (int)(text->at - from), (const char *)from);
    bool finite = isfinite(strtod(copy, NULL));
    free(copy);
    return finite;
}

/* The four digits of \uXXXX; -1 where they are none. */
static long take_unit(struct text *text)
{
    char digits[5] = "";
    for (int i = 0; i < 4; i++) {
        if (text->at == text->end || !strchr("0123456789abcdefABCDEF", *text->at) || !*text->at)
            return -1;
        digits[i] = (char)*text->at++;
    }
    return strtol(digits, NULL, 16);
}

static bool take_escape(struct text *text)
{
    if (!take(text, 'u'))
        return text->at < text->end && *text->at && strchr("\"\\/bfnrt", *text->at++);
    long unit = take_unit(text);
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit >= 0;
    if (unit > 0xDBFF || !take_word(text, "\\u"))
        return false;
    unit = take_unit(text);
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

static bool take_character(struct text *text)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t length = utf8proc_iterate(text->at, text->end - text->at, &code);
    if (length <= 0 || code < 0x20)
        return false;
    text->at += length;
    return true;
}

static bool take_string(struct text *text)
{
    if (!take(text, '"'))
        return false;
    while (!take(text, '"'))
        if (!(take(text, '\\') ? take_escape(text) : take_character(text)))
            return false;
    return true;
}

static bool take_value(struct text *text);

static bool take_key(struct text *text)
{
    skip_blanks(text);
    if (!take_string(text))
        return false;
    skip_blanks(text);
    return take(text, ':');
}

static bool take_container(struct text *text, bool object)
{
    const char closing = object ? '}' : ']';
    if (++text->depth > JSON_DEPTH_MAX)
        return false;
    skip_blanks(text);
    if (!take(text, closing)) {
        do {
            if (object && !take_key(text))
                return false;
            if (!take_value(text))
                return false;
        } while (take(text, ','));
        if (!take(text, closing))
            return false;
    }
    text->depth--;
    return true;
}

/* A value and the blanks around it. */
static bool take_value(struct text *text)
{
    bool good;
    skip_blanks(text);
    if (text->at == text->end)
        return false;
    switch (*text->at) {
    case '{':
    case '[':
        good = take_container(text, *text->at++ == '{');
        break;
    case '"':
        good = take_string(text);
        break;
    case 't':
        good = take_word(text, "true");
        break;
    case 'f':
        good = take_word(text, "false");
        break;
    case 'n':
        good = take_word(text, "null");
        break;
    default:
        good = take_number(text);
        break;
    }
    skip_blanks(text);
    return good;
}

/* But for keys that come twice. */
static bool is_json(const uint8_t *bytes, size_t length)
{
    struct text text = {bytes, bytes + length, 0};
    return take_value(&text) && text.at == text.end;
}

/* --- what holds for a document --- */

static void check_scalar(const struct json_document *document, const struct json_value *value)
{
    size_t length;
    const char *bytes = json_document_bytes(document, &length);
    const char *lexeme = bytes + json_value_begin(value);
    struct json_document *alone;
    enum status status =
        json_document_new(lexeme, json_value_end(value) - json_value_begin(value), &alone, NULL);
    fuzz_require(status == STATUS_OK, "a lexeme is a text of its own");
    const struct json_value *root = json_document_root(alone);
    double here = 0, there = 0;
    fuzz_require(json_value_type(root) == json_value_type(value), "a lexeme keeps its type");
    json_number(document, value, &here);
    json_number(alone, root, &there);
    fuzz_require(here == there, "a lexeme keeps its number");
    fuzz_require(json_value_type(value) != JSON_STRING ||
                     !strcmp(json_string(document, value), json_string(alone, root)),
                 "a lexeme keeps its string");
    json_document_free(alone);
}

static void check_place(const struct json_document *document, const struct json_value *value)
{
    size_t length, line, column;
    const char *bytes = json_document_bytes(document, &length);
    struct error error = {0};
    json_error_place(document, value, &error);
    json_locate(bytes, length, json_value_begin(value), &line, &column);
    fuzz_require(error.line == line && error.column == column, "both ways to a place agree");
}

/* Keys with U+0000 or U+FFFD in them may look alike and differ. */
static void check_key(const struct json_document *document, const struct json_value *value)
{
    const char *key = json_key(document, value);
    if (!key || strstr(key, "\xEF\xBF\xBD"))
        return;
    const struct json_value *parent = json_value_parent(document, value);
    fuzz_require(json_member(document, parent, key) == value, "no key comes twice");
    struct buffer quoted = {0};
    struct json_document *alone;
    json_quote(key, &quoted);
    fuzz_require(json_document_new(quoted.bytes, quoted.length, &alone, NULL) == STATUS_OK &&
                     !strcmp(json_string(alone, json_document_root(alone)), key),
                 "a key can be written again");
    json_document_free(alone);
    buffer_done(&quoted);
}

static void check_value(const struct json_document *document, const struct json_value *value)
{
    size_t length, count = 0;
    const char *bytes = json_document_bytes(document, &length);
    const char first = bytes[json_value_begin(value)], last = bytes[json_value_end(value) - 1];
    check_place(document, value);
    check_key(document, value);
    if (json_value_type(value) < JSON_ARRAY) {
        check_scalar(document, value);
        return;
    }
    bool object = json_value_type(value) == JSON_OBJECT;
    fuzz_require(first == (object ? '{' : '[') && last == (object ? '}' : ']'),
                 "a container's span is its brackets");
    size_t end = json_value_begin(value) + 1;
    const struct json_value *child = json_value_first(document, value);
    for (; child; child = json_value_next(document, child), count++) {
        fuzz_require(json_value_begin(child) >= end, "values do not overlap");
        end = json_value_end(child);
        check_value(document, child);
    }
    fuzz_require(count == json_value_count(value) && end < json_value_end(value),
                 "a container holds its children");
}

static void check_document(const struct json_document *document, const uint8_t *bytes,
                           size_t length)
{
    struct json_edits *edits = json_edits_new(document);
    struct buffer out = {0};
    json_edits_apply(edits, &out);
    fuzz_require(out.length == length && !memcmp(out.bytes, bytes, length), "the bytes come back");
    buffer_done(&out);
    json_edits_free(edits);
    check_value(document, json_document_root(document));
}

static void check_refusal(const struct error *error, const uint8_t *bytes, size_t length,
                          bool grammatical)
{
    size_t lines, column;
    json_locate((const char *)bytes, length, length, &lines, &column);
    fuzz_require(error->status == STATUS_INVALID, "a refusal says that the text is at fault");
    fuzz_require(error->line >= 1 && error->line <= lines && error->column >= 1 &&
                     error->column <= length + 1,
                 "a refusal has a place in the text");
    fuzz_require(error->message[0] && strcmp(error->message, "this is not JSON") != 0,
                 "a refusal has a reason");
    fuzz_require(!grammatical || strstr(error->message, "is already in this object"),
                 "only a key that comes twice is refused in what is JSON");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct json_document *document;
    struct error error = {0};
    bool grammatical = is_json(bytes, length);
    if (json_document_new((const char *)bytes, length, &document, &error) != STATUS_OK) {
        check_refusal(&error, bytes, length, grammatical);
        return 0;
    }
    fuzz_require(grammatical, "what is accepted is JSON");
    check_document(document, bytes, length);
    json_document_free(document);
    return 0;
}
