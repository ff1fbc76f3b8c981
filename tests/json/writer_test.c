/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer of JSON answers: compact, in order, exact numbers, nothing that acts on a terminal. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "json/writer.h"

static void assert_written(struct buffer *text, const char *expected)
{
    assert_string_equal(buffer_string(text), expected);
    buffer_done(text);
}

static void test_an_answer_is_compact_and_in_the_order_of_the_calls(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct json_writer writer = {.out = &text};
    json_write_object(&writer);
    json_write_string_member(&writer, "b", "x");
    json_write_key(&writer, "a");
    json_write_array(&writer);
    json_write_count(&writer, 2);
    json_write_array(&writer);
    json_write_end(&writer);
    json_write_object(&writer);
    json_write_end(&writer);
    json_write_end(&writer);
    json_write_bool_member(&writer, "yes", true);
    json_write_key(&writer, "none");
    json_write_null(&writer);
    json_write_end(&writer);
    assert_written(&text, "{\"b\":\"x\",\"a\":[2,[],{}],\"yes\":true,\"none\":null}");
}

static void test_lists_of_numbers_and_of_texts_are_members_in_one_call(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct json_writer writer = {.out = &text};
    char first[] = "a", second[] = "b\"";
    json_write_object(&writer);
    json_write_numbers_member(&writer, "numbers", (const double[]){1, NAN, 0.5}, 3);
    json_write_strings_member(&writer, "texts", (char *[]){first, second}, 2);
    json_write_strings_member(&writer, "none", NULL, 0);
    json_write_key(&writer, "pairs");
    json_write_array(&writer);
    json_write_pair(&writer, 1, 2);
    json_write_pair(&writer, 3, INFINITY);
    json_write_end(&writer);
    json_write_end(&writer);
    assert_written(&text, "{\"numbers\":[1.0,null,0.5],\"texts\":[\"a\",\"b\\\"\"],\"none\":[],"
                          "\"pairs\":[[1.0,2.0],[3.0,null]]}");
}

static void test_numbers_are_shortest_and_undefined_ones_null(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct json_writer writer = {.out = &text};
    const double numbers[] = {0.1, 1e6, 5e-324, 0.30000000000000004, -2.5, NAN, INFINITY};
    json_write_array(&writer);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        json_write_number(&writer, numbers[i]);
    json_write_end(&writer);
    assert_written(&text, "[0.1,1000000.0,5e-324,0.30000000000000004,-2.5,null,null]");
}

static void assert_string(const char *string, const char *expected)
{
    struct buffer text = {0};
    struct json_writer writer = {.out = &text};
    json_write_string(&writer, string);
    assert_written(&text, expected);
}

static void test_letters_of_any_script_stay_as_they_are(void **state)
{
    (void)state;
    assert_string("Größe 漢字 é ±", "\"Größe 漢字 é ±\"");
    assert_string(NULL, "null");
    assert_string("", "\"\"");
}

static void test_what_would_act_on_a_terminal_leaves_escaped(void **state)
{
    (void)state;
    assert_string("a\"b\\c\n\t\r\b\f", "\"a\\\"b\\\\c\\n\\t\\r\\b\\f\"");
    assert_string("\033[31m\007\177", "\"\\u001b[31m\\u0007\\u007f\"");
    assert_string("\xc2\x9b"
                  "31m",
                  "\"\\u009b31m\""); /* C1 CSI */
    assert_string("\xe2\x80\xae"
                  "abc\xe2\x80\x8d\xef\xbb\xbf",
                  "\"\\u202eabc\\u200d\\ufeff\"");                   /* RLO, ZWJ, BOM */
    assert_string("\xe2\x80\xa8\xe2\x80\xa9", "\"\\u2028\\u2029\""); /* separators */
    assert_string("\xf3\xa0\x80\x81", "\"\\udb40\\udc01\"");         /* a language tag */
    assert_string("\xee\x80\x80", "\"\\ue000\"");                    /* private use */
}

static void test_what_piles_up_or_changes_widths_leaves_escaped(void **state)
{
    (void)state;
    assert_string("e\xcc\x81\xcc\x82\xcc\x83\xcc\x84x\xcc\x85",
                  "\"e\xcc\x81\xcc\x82\\u0303\\u0304x\xcc\x85\""); /* two stay on a base */
    assert_string("\xcc\x81", "\"\\u0301\"");                      /* and none on the quote */
    assert_string("\xe2\x9c\x88\xef\xb8\x8f\xf3\xa0\x84\x80",
                  "\"\xe2\x9c\x88\\ufe0f\\udb40\\udd00\"");
}

static void test_bytes_that_are_not_utf8_become_replacement_characters(void **state)
{
    (void)state;
    assert_string("a\xff\xc3", "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_answer_is_compact_and_in_the_order_of_the_calls),
        cmocka_unit_test(test_lists_of_numbers_and_of_texts_are_members_in_one_call),
        cmocka_unit_test(test_numbers_are_shortest_and_undefined_ones_null),
        cmocka_unit_test(test_letters_of_any_script_stay_as_they_are),
        cmocka_unit_test(test_what_would_act_on_a_terminal_leaves_escaped),
        cmocka_unit_test(test_what_piles_up_or_changes_widths_leaves_escaped),
        cmocka_unit_test(test_bytes_that_are_not_utf8_become_replacement_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
