/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document: spans that hold the original bytes, and accessors that never trip. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <time.h>

#include "base/buffer.h"
#include "json/document.h"

static struct json_document *load(const char *text)
{
    struct json_document *document = NULL;
    struct error error;
    assert_int_equal(json_document_new(text, strlen(text), &document, &error), STATUS_OK);
    return document;
}

static void assert_bytes(const struct json_document *document, const struct json_value *value,
                         const char *expected)
{
    size_t length;
    const char *bytes = json_document_bytes(document, &length);
    assert_non_null(value);
    assert_int_equal(json_value_end(value) - json_value_begin(value), strlen(expected));
    assert_memory_equal(bytes + json_value_begin(value), expected, strlen(expected));
}

static void assert_path(const struct json_document *document, const struct json_value *value,
                        const char *expected)
{
    struct buffer path = {0};
    json_path(document, value, &path);
    assert_string_equal(buffer_string(&path), expected);
    buffer_done(&path);
}

static void test_every_value_knows_its_bytes(void **state)
{
    (void)state;
    struct json_document *document =
        load(" { \"a\" : [1e6 ,-0.50, \"x\\ty\" ],\r\n\"b\":{},\"c\": [ ] , \"d\":true} ");
    const struct json_value *root = json_document_root(document);
    assert_int_equal(json_value_type(root), JSON_OBJECT);
    assert_int_equal(json_value_count(root), 4);
    const struct json_value *a = json_member(document, root, "a");
    assert_bytes(document, a, "[1e6 ,-0.50, \"x\\ty\" ]");
    assert_bytes(document, json_item(document, a, 0), "1e6");
    assert_bytes(document, json_item(document, a, 1), "-0.50");
    assert_bytes(document, json_item(document, a, 2), "\"x\\ty\"");
    assert_string_equal(json_string(document, json_item(document, a, 2)), "x\ty");
    assert_null(json_item(document, a, 3));
    assert_bytes(document, json_member(document, root, "b"), "{}");
    assert_bytes(document, json_member(document, root, "c"), "[ ]");
    assert_bytes(document, json_member(document, root, "d"), "true");
    assert_null(json_value_first(document, json_member(document, root, "c")));
    assert_null(json_value_next(document, json_member(document, root, "d")));
    assert_null(json_value_next(document, root));
    assert_string_equal(json_key(document, a), "a");
    assert_null(json_key(document, root));
    assert_null(json_value_parent(document, root));
    assert_null(json_value_parent(document, NULL));
    assert_ptr_equal(json_value_parent(document, json_item(document, a, 2)), a);
    assert_null(json_key(document, json_item(document, a, 0)));
    json_document_free(document);
}

static void test_asking_the_wrong_value_answers_nothing(void **state)
{
    (void)state;
    struct json_document *document = load("{\"a\":[1,\"s\"]}");
    const struct json_value *root = json_document_root(document);
    const struct json_value *a = json_member(document, root, "a");
    double number = 7;
    assert_null(json_member(document, a, "x"));
    assert_null(json_member(document, NULL, "x"));
    assert_null(json_member(document, root, "x"));
    assert_null(json_item(document, root, 0));
    assert_null(json_item(document, NULL, 0));
    assert_null(json_value_first(document, NULL));
    assert_null(json_value_first(document, json_item(document, a, 0)));
    assert_null(json_value_next(document, NULL));
    assert_null(json_string(document, NULL));
    assert_null(json_string(document, a));
    assert_null(json_key(document, NULL));
    assert_int_equal(json_value_count(NULL), 0);
    assert_int_equal(json_value_count(json_item(document, a, 1)), 0);
    assert_false(json_number(document, NULL, &number));
    assert_false(json_number(document, json_item(document, a, 1), &number));
    assert_true(number == 7);
    assert_true(json_number(document, json_item(document, a, 0), &number));
    assert_true(number == 1);
    assert_path(document, NULL, "");
    json_error_place(document, NULL, NULL);
    json_document_free(document);
    json_document_free(NULL);
}

static void test_keys_and_strings_are_decoded(void **state)
{
    (void)state;
    struct json_document *document =
        load("{\"\\u0061\\/\\\"\":\"\\ud83d\\ude00\\u0000z\",\"\":\"\"}");
    const struct json_value *member = json_value_first(document, json_document_root(document));
    assert_string_equal(json_key(document, member), "a/\"");
    assert_string_equal(json_string(document, member), "\xF0\x9F\x98\x80\xEF\xBF\xBDz");
    assert_non_null(json_member(document, json_document_root(document), ""));
    assert_ptr_equal(json_member(document, json_document_root(document), "a/\""), member);
    json_document_free(document);
}

static void test_a_path_reads_as_people_write_it(void **state)
{
    (void)state;
    struct json_document *document =
        load("{\"curves\": {\"conv2d\": {\"data_points\": [1, [2, {\"flops\": 3}]]},\n"
             " \"a b\": [0], \"\": 1, \"\xC3\xA9\\\"\": 2}}");
    const struct json_value *root = json_document_root(document);
    const struct json_value *curves = json_member(document, root, "curves");
    const struct json_value *points =
        json_member(document, json_member(document, curves, "conv2d"), "data_points");
    const struct json_value *pair = json_item(document, points, 1);
    const struct json_value *flops = json_member(document, json_item(document, pair, 1), "flops");
    assert_path(document, root, "");
    assert_path(document, flops, "curves.conv2d.data_points[1][1].flops");
    const struct json_value *spaced = json_member(document, curves, "a b");
    assert_path(document, json_item(document, spaced, 0), "curves[\"a b\"][0]");
    assert_path(document, json_member(document, curves, ""), "curves[\"\"]");
    assert_path(document, json_member(document, curves, "\xC3\xA9\""), "curves[\"\xC3\xA9\\\"\"]");
    struct error error;
    error_set(&error, STATUS_INVALID, "x");
    json_error_place(document, json_member(document, curves, "a b"), &error);
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 9);
    assert_string_equal(error.path, "curves[\"a b\"]");
    json_document_free(document);
}

static void test_a_root_may_be_any_value(void **state)
{
    (void)state;
    static const char *const texts[] = {"1", "-0.5e1", "\"x\"", "true", "false", "null", "[]"};
    static const enum json_type types[] = {JSON_NUMBER, JSON_NUMBER, JSON_STRING, JSON_TRUE,
                                           JSON_FALSE,  JSON_NULL,   JSON_ARRAY};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct json_document *document = load(texts[i]);
        const struct json_value *root = json_document_root(document);
        assert_int_equal(json_value_type(root), types[i]);
        assert_bytes(document, root, texts[i]);
        json_document_free(document);
    }
    assert_string_equal(json_type_name(JSON_OBJECT), "an object");
    assert_string_equal(json_type_name(JSON_NULL), "null");
}

static void test_a_refused_text_leaves_no_document(void **state)
{
    (void)state;
    struct json_document *document = NULL;
    struct error error;
    assert_int_equal(json_document_new("{\"a\": [1, 2", 11, &document, &error), STATUS_INVALID);
    assert_null(document);
    assert_int_equal(error.line, 1);
    assert_int_equal(error.column, 12);
}

static void test_a_million_points_load_at_once(void **state)
{
    (void)state;
    enum { POINTS = 1000000 };
    struct buffer text = {0};
    buffer_append_string(&text, "[");
    for (int i = 0; i < POINTS; i++)
        buffer_print(&text, "%s[%d.0, 0.%d]", i ? ", " : "", i * 1000, i + 1);
    buffer_append_string(&text, "]");
    struct json_document *document;
    struct error error;
    clock_t start = clock();
    assert_int_equal(json_document_new(text.bytes, text.length, &document, &error), STATUS_OK);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    assert_int_equal(json_value_count(json_document_root(document)), POINTS);
    print_message("%d points, %zu bytes: %.2f s\n", POINTS, text.length, seconds);
    json_document_free(document);
    buffer_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_value_knows_its_bytes),
        cmocka_unit_test(test_asking_the_wrong_value_answers_nothing),
        cmocka_unit_test(test_keys_and_strings_are_decoded),
        cmocka_unit_test(test_a_path_reads_as_people_write_it),
        cmocka_unit_test(test_a_root_may_be_any_value),
        cmocka_unit_test(test_a_refused_text_leaves_no_document),
        cmocka_unit_test(test_a_million_points_load_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
