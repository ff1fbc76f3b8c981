/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scan accepts what the strict reader accepts, and strings and numbers come out the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "conformance_invalid.h"
#include "conformance_valid.h"
#include "json/document.h"
#include "json/scan.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What a reading of the whole text looks out for. */
struct look {
    const char *bytes;
    bool escaped_key;
};

static bool look_at(void *context, const struct json_event *event)
{
    struct look *look = context;
    if (event->type == JSON_EVENT_KEY)
        look->escaped_key |=
            memchr(look->bytes + event->begin, '\\', event->end - event->begin) != NULL;
    return true;
}

static bool scan_all(const char *bytes, size_t length)
{
    struct json_scan scan;
    json_scan_begin(&scan, bytes, length);
    json_scan_skip(&scan);
    return json_scan_end(&scan);
}

/* In a block of its own size, so that a sanitizer sees a byte read too many. */
static void assert_same_verdict(const char *name, const char *bytes, size_t length)
{
    char *copy = memory_new(length + 1);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    struct look look = {.bytes = copy};
    bool read = json_read(copy, length, look_at, &look, NULL) == STATUS_OK;
    bool scanned = scan_all(copy, length);
    if (scanned != (read && !look.escaped_key))
        fail_msg("%s: scanned %d, read %d, an escaped key %d: `%s`", name, scanned, read,
                 look.escaped_key, copy);
    free(copy);
}

static void test_the_scan_takes_and_refuses_what_the_reader_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(valid_cases); i++)
        assert_same_verdict(valid_cases[i].name, valid_cases[i].bytes, valid_cases[i].length);
    for (size_t i = 0; i < COUNT(invalid_cases); i++)
        assert_same_verdict(invalid_cases[i].name, invalid_cases[i].bytes, invalid_cases[i].length);
}

static const char sample[] =
    "{\"a\": [1, -0.5e+3, 0, 1e5],\r\n\t\"key that is long\": {\"u\": \"\\u00e9\\ud83d\\ude00\\n\","
    "        \"deep\": [[{}, []]]}, \"\xC3\xA9\xE2\x82\xAC\": \"a string of more than eight "
    "bytes\","
    " \"t\": true, \"f\": false, \"n\": null}";

static void test_any_byte_that_changes_in_a_text_has_the_same_verdict_from_both(void **state)
{
    (void)state;
    char text[sizeof sample];
    for (size_t i = 0; i < sizeof sample - 1; i++)
        for (int byte = 0; byte < 256; byte++) {
            memcpy(text, sample, sizeof sample);
            text[i] = (char)byte;
            assert_same_verdict("a changed byte", text, sizeof sample - 1);
        }
}

static void test_a_text_that_ends_early_or_lacks_a_byte_has_the_same_verdict_from_both(void **state)
{
    (void)state;
    char text[sizeof sample];
    for (size_t i = 0; i < sizeof sample - 1; i++) {
        assert_same_verdict("an early end", sample, i);
        memcpy(text, sample, i);
        memcpy(text + i, sample + i + 1, sizeof sample - i - 1);
        assert_same_verdict("a byte less", text, sizeof sample - 2);
    }
}

static void test_depth_and_repeated_keys_are_bounded_as_in_the_reader(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (int depth = JSON_DEPTH_MAX - 1; depth <= JSON_DEPTH_MAX + 1; depth++) {
        buffer_truncate(&text, 0);
        buffer_append_repeated(&text, '[', (size_t)depth);
        buffer_append_repeated(&text, ']', (size_t)depth);
        assert_int_equal(scan_all(text.bytes, text.length), depth <= JSON_DEPTH_MAX);
    }
    for (int twice = 0; twice < 2; twice++)
        for (int count = 1; count < 40; count++) {
            buffer_truncate(&text, 0);
            for (int i = 0; i < count; i++)
                buffer_print(&text, "%s\"key %d\": 0", i ? ", " : "{", i);
            buffer_append_string(&text, twice ? ", \"key 0\": 1}" : "}");
            assert_int_equal(scan_all(text.bytes, text.length), !twice);
        }
    assert_true(scan_all("[{\"a\":1},{\"a\":{\"a\":1}}]", 23));
    buffer_done(&text);
}

static void test_strings_mean_what_the_reader_says(void **state)
{
    (void)state;
    size_t strings = 0;
    for (size_t i = 0; i < COUNT(valid_cases); i++) {
        struct json_document *document;
        struct json_scan scan;
        struct json_token string;
        assert_int_equal(
            json_document_new(valid_cases[i].bytes, valid_cases[i].length, &document, NULL),
            STATUS_OK);
        const struct json_value *root = json_document_root(document);
        const struct json_value *value =
            json_value_type(root) == JSON_ARRAY ? json_item(document, root, 0) : root;
        json_scan_begin(&scan, valid_cases[i].bytes, valid_cases[i].length);
        if (json_value_type(root) != JSON_ARRAY ||
            (json_scan_enter(&scan, JSON_SCAN_ARRAY) && json_scan_next(&scan, &string))) {
            bool is_string = json_scan_string(&scan, &string);
            assert_int_equal(is_string, json_string(document, value) != NULL);
            char *decoded = is_string ? json_token_decode(&string) : NULL;
            if (is_string)
                assert_string_equal(decoded, json_string(document, value));
            strings += is_string;
            free(decoded);
        }
        json_scan_end(&scan);
        json_document_free(document);
    }
    assert_true(strings > 20);
}

static void test_who_asks_for_another_type_passes_the_value_by(void **state)
{
    (void)state;
    static const char text[] = "{\"a\": {\"b\": [1]}, \"c\": \"x\", \"d\": 12.5, \"e\": [7]}";
    struct json_scan scan;
    struct json_token key, span;
    json_scan_begin(&scan, text, sizeof text - 1);
    assert_true(json_scan_enter(&scan, JSON_SCAN_OBJECT));
    assert_true(json_scan_next(&scan, &key) && json_token_is(&key, "a"));
    assert_false(json_scan_enter(&scan, JSON_SCAN_ARRAY));
    assert_true(json_scan_next(&scan, &key) && json_token_is(&key, "c"));
    assert_false(json_scan_number(&scan, &span));
    assert_true(json_scan_next(&scan, &key) && json_token_is(&key, "d"));
    assert_true(json_scan_number(&scan, &span));
    assert_int_equal(span.length, 4);
    assert_true(json_scan_next(&scan, &key) && json_token_is(&key, "e"));
    assert_false(json_scan_string(&scan, &span));
    assert_false(json_scan_next(&scan, &key));
    assert_true(json_scan_end(&scan));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_scan_takes_and_refuses_what_the_reader_does),
        cmocka_unit_test(test_any_byte_that_changes_in_a_text_has_the_same_verdict_from_both),
        cmocka_unit_test(
            test_a_text_that_ends_early_or_lacks_a_byte_has_the_same_verdict_from_both),
        cmocka_unit_test(test_depth_and_repeated_keys_are_bounded_as_in_the_reader),
        cmocka_unit_test(test_strings_mean_what_the_reader_says),
        cmocka_unit_test(test_who_asks_for_another_type_passes_the_value_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
