/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For libFuzzer only: every other mutation of a calibration exchanges whole values, so that what
 * comes out is still JSON and reaches the rules behind the reader.
 */
#include "base/buffer.h"
#include "fuzz.h"
#include "json/document.h"
#include "json/edit.h"

enum { VALUES_MAX = 4096 };

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t length, size_t capacity);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t capacity, unsigned seed);

static const char *const odd_values[] = {"0",
                                         "-1",
                                         "1",
                                         "1e-320",
                                         "1e308",
                                         "1e9",
                                         "0.5",
                                         "null",
                                         "true",
                                         "\"\"",
                                         "\"\\u001b[31m\\u202e\"",
                                         "[]",
                                         "{}",
                                         "[[1e6, 0.1], [1e9, 0.5]]",
                                         "[[1e9, 0.5], [1e6, 0.1]]",
                                         "[[1, 1], [1, 1]]",
                                         "[[1e308, 1e308], [1e-308, 1e-308]]",
                                         "\"sigmoid\"",
                                         "\"log_linear\"",
                                         "\"2026-02-30\""};
enum { ODD_COUNT = sizeof odd_values / sizeof *odd_values };

static size_t list(const struct json_document *document, const struct json_value *value,
                   const struct json_value **values, size_t count)
{
    const struct json_value *child = json_value_first(document, value);
    if (count < VALUES_MAX)
        values[count++] = value;
    for (; child; child = json_value_next(document, child))
        count = list(document, child, values, count);
    return count;
}

/* Another value of the document, or an odd one. The caller frees it. */
static char *choose(const struct json_document *document, const struct json_value *from)
{
    size_t length;
    const char *bytes = json_document_bytes(document, &length);
    struct buffer text = {0};
    if (rand() % 2)
        buffer_append_string(&text, odd_values[rand() % ODD_COUNT]);
    else
        buffer_append(&text, bytes + json_value_begin(from),
                      json_value_end(from) - json_value_begin(from));
    return buffer_take(&text);
}

static void change(const struct json_document *document, struct buffer *out)
{
    static const struct json_value *values[VALUES_MAX];
    int count = (int)list(document, json_document_root(document), values, 0);
    struct json_edits *edits = json_edits_new(document);
    for (int i = 1 + rand() % 4; i > 0; i--) {
        const struct json_value *value = values[rand() % count];
        char *text = choose(document, values[rand() % count]);
        if (rand() % 8 == 0 && json_key(document, value))
            json_edits_remove_member(edits, value);
        else if (value != values[0])
            json_edits_replace(edits, value, text);
        free(text);
    }
    json_edits_apply(edits, out);
    json_edits_free(edits);
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t capacity, unsigned seed)
{
    struct json_document *document;
    struct buffer out = {0};
    srand(seed);
    if (rand() % 2 || json_document_new((const char *)bytes, length, &document, NULL) != STATUS_OK)
        return LLVMFuzzerMutate(bytes, length, capacity);
    change(document, &out);
    json_document_free(document);
    if (out.length > 0 && out.length <= capacity) {
        memcpy(bytes, out.bytes, out.length);
        length = out.length;
    }
    buffer_done(&out);
    return length;
}
