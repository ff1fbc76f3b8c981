/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strict reader: exact spans for what is JSON, a place and a reason for what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <time.h>

#include "base/buffer.h"
#include "json/reader.h"

/* Writes every token's bytes, so that a test can compare what the spans cover. */
struct trace {
    const char *bytes;
    struct buffer out;
    int left; /* events to take before stopping */
};

static bool trace_event(void *context, const struct json_event *event)
{
    struct trace *trace = context;
    buffer_append(&trace->out, trace->bytes + event->begin, event->end - event->begin);
    buffer_append_string(&trace->out, " ");
    return --trace->left > 0;
}

static void assert_tokens(const char *text, const char *tokens)
{
    struct trace trace = {.bytes = text, .left = 1000};
    struct error error = {0};
    enum status status = json_read(text, strlen(text), trace_event, &trace, &error);
    if (status != STATUS_OK)
        fail_msg("%s: %s", text, error.message);
    assert_string_equal(buffer_string(&trace.out), tokens);
    buffer_done(&trace.out);
}

static void test_spans_cover_exactly_the_tokens(void **state)
{
    (void)state;
    assert_tokens("1", "1 ");
    assert_tokens("  -12.50e+3", "-12.50e+3 ");
    assert_tokens("12 \n", "12 ");
    assert_tokens("\"\"", "\"\" ");
    assert_tokens(" \"a\\\"b\" ", "\"a\\\"b\" ");
    assert_tokens("true", "true ");
    assert_tokens("\tnull", "null ");
    assert_tokens("[]", "[ ] ");
    assert_tokens("[ 1 ,2,3.0e-1 ]", "[ 1 2 3.0e-1 ] ");
    assert_tokens("{\"a\":1,\"b\" : [true,false , null],\"c\":{}}",
                  "{ \"a\" 1 \"b\" [ true false null ] \"c\" { } } ");
    assert_tokens("{\r\n\t\"\\u00e9\\n\" :\r\n\t\"\xC3\xA9\"\r\n}",
                  "{ \"\\u00e9\\n\" \"\xC3\xA9\" } ");
    assert_tokens("[123456789012345678901234567890,-0,0.1e1]",
                  "[ 123456789012345678901234567890 -0 0.1e1 ] ");
    assert_tokens("[\",:\",1]", "[ \",:\" 1 ] ");
}

static void test_reading_stops_when_told(void **state)
{
    (void)state;
    const char *text = "[1,2,3 and what follows is never looked at";
    struct trace trace = {.bytes = text, .left = 2};
    assert_int_equal(json_read(text, strlen(text), trace_event, &trace, NULL), STATUS_OK);
    assert_string_equal(trace.out.bytes, "[ 1 ");
    buffer_done(&trace.out);
}

static bool ignore_event(void *context, const struct json_event *event)
{
    (void)context;
    (void)event;
    return true;
}

static void test_every_refusal_has_a_place_and_a_reason(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line, column;
        const char *reason;
    } table[] = {
        {"", 1, 1, "holds no value"},
        {" \n ", 2, 2, "holds no value"},
        {"[1, 2", 1, 6, "ends inside the array that starts at line 1, column 1"},
        {"{\"a\": {\n \"b\": 1", 2, 8, "ends inside the object that starts at line 1, column 7"},
        {"{\"a\"", 1, 5, "ends inside the object"},
        {"{\"a\":", 1, 6, "ends inside the object"},
        {"{\"a\": 1,", 1, 9, "ends inside the object"},
        {"[1 2]", 1, 4, "expected a comma or ]"},
        {"{\"a\": 1 \"b\": 2}", 1, 9, "expected a comma or }"},
        {"[1, 2,]", 1, 6, "a comma before ]"},
        {"{\"a\": 1,}", 1, 8, "a comma before }"},
        {"[,1]", 1, 2, "expected a value"},
        {"[1,,2]", 1, 4, "expected a value"},
        {"{1: 2}", 1, 2, "expected a key in double quotes"},
        {"{a: 2}", 1, 2, "expected a key in double quotes"},
        {"{'a': 2}", 1, 2, "keys are written with double quotes"},
        {"{\"a\" 2}", 1, 6, "expected a colon"},
        {"{\"a\": 'x'}", 1, 7, "strings are written with double quotes"},
        {"{\"a\": }", 1, 7, "expected a value"},
        {"[1}", 1, 3, "expected a comma or ]"},
        {"{\"a\": 1]", 1, 8, "expected a comma or }"},
        {"]", 1, 1, "expected a value"},
        {"1 2", 1, 3, "more behind the end"},
        {"{} x", 1, 4, "more behind the end"},
        {"[01]", 1, 3, "a number goes on"},
        {"[1.]", 1, 2, "1. is not a number"},
        {"1.", 1, 1, "1. is not a number"},
        {"[-]", 1, 2, "- is not a number"},
        {"-", 1, 1, "- is not a number"},
        {"[1e]", 1, 2, "1e is not a number"},
        {"[+1]", 1, 2, "starts with a digit or a minus"},
        {"[.5]", 1, 2, "starts with a digit or a minus"},
        {"[0x10]", 1, 3, "a number goes on"},
        {"[NaN]", 1, 2, "NaN is not a JSON value"},
        {"[1, Infinity]", 1, 5, "Infinity is not a JSON value"},
        {"[-Infinity]", 1, 2, "-Infinity is not a number"},
        {"True", 1, 1, "True is not a JSON value"},
        {"tru", 1, 1, "tru is not a JSON value"},
        {"[nul]", 1, 2, "nul is not a JSON value"},
        {"// x\n1", 1, 1, "no comments"},
        {"[1 /* x */]", 1, 4, "no comments"},
        {"{# x\n}", 1, 2, "no comments"},
        {"[\"abc", 1, 2, "ends inside the string"},
        {"[\"abc\\", 1, 2, "ends inside the string"},
        {"[\"abc\\u00", 1, 2, "ends inside the string"},
        {"[\"a\nb\"]", 1, 4, "a line ends inside a string"},
        {"[\"a\tb\"]", 1, 4, "control character U+0009"},
        {"[\"\\x\"]", 1, 3, "no known escape"},
        {"[\"\\u12g4\"]", 1, 3, "no known escape"},
        {"[\"\xC3\xA9\", \"\\ud800\"]", 1, 8, "\\ud800 is half of a surrogate pair"},
        {"[\"\\udc00\"]", 1, 3, "\\udc00 is half"},
        {"[\"\\ud800\\u0041\"]", 1, 3, "\\ud800 is half"},
        {"[\"\\\\\\ud83d\\ude00\\ud83d\"]", 1, 17, "\\ud83d is half"},
        {"{\"\\udfff\": 1}", 1, 3, "half of a surrogate"},
        {"\xEF\xBB\xBF{}", 1, 1, "byte order mark"},
        {"[\"\xFF\"]", 1, 3, "0xFF is not UTF-8"},
        {"[\"\xC0\xAF\"]", 1, 3, "0xC0 is not UTF-8"},
        {"[\"\xED\xA0\x80\"]", 1, 3, "0xED is not UTF-8"},
        {"[1,\n\f2]", 2, 1, "form feed"},
        {"[1,\v2]", 1, 4, "vertical tab"},
        {"[1,\v2,\f3]", 1, 4, "vertical tab"},
        {"1 \f", 1, 3, "form feed"},
        {"[\"\f\"]", 1, 3, "a string holds the control character U+000C"},
        {"[1 2,\f3]", 1, 4, "expected a comma"},
        {"[1e400]", 1, 2, "1e400 is beyond the range"},
        {"-1e999", 1, 1, "beyond the range"},
        {"{\"a\": 1,\n \"b\": 2,\n \"a\": 3}", 3, 2,
         "\"a\" is already in this object, at line 1, column 2"},
        {"{\"a\": 1, \"\\u0061\": 3}", 1, 10,
         "\"a\" is already in this object, at line 1, column 2"},
        {"[{\"x\": {\"k\": 1, \"k\": 1}}]", 1, 17, "\"k\" is already"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct error error = {0};
        enum status status =
            json_read(table[i].text, strlen(table[i].text), ignore_event, NULL, &error);
        if (status != STATUS_INVALID || error.line != table[i].line ||
            error.column != table[i].column || !strstr(error.message, table[i].reason))
            fail_msg("%s\n%zu:%zu: %s\nexpected %zu:%zu: %s", table[i].text, error.line,
                     error.column, error.message, table[i].line, table[i].column, table[i].reason);
        assert_null(strchr(error.message, '\n'));
        assert_int_equal(json_read(table[i].text, strlen(table[i].text), ignore_event, NULL, NULL),
                         STATUS_INVALID);
    }
    print_message("%zu refusals, each with its place\n", sizeof table / sizeof *table);
}

static void test_a_nul_byte_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"[1,\0]", "\0\0\0\0\0", "[\"\0\"]", "[1]\0\0", "[1\0\0]"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct error error = {0};
        assert_int_equal(json_read(texts[i], 5, ignore_event, NULL, &error), STATUS_INVALID);
        assert_int_equal(error.line, 1);
    }
}

static void test_equal_keys_in_different_objects_are_fine(void **state)
{
    (void)state;
    assert_tokens("[{\"a\":{\"a\":1}},{\"a\":1}]", "[ { \"a\" { \"a\" 1 } } { \"a\" 1 } ] ");
    assert_tokens("{\"a\":1,\"a\\u0000\":2}", "{ \"a\" 1 \"a\\u0000\" 2 } ");
}

static double seconds_to_refuse(const struct buffer *text, struct error *error)
{
    clock_t start = clock();
    assert_int_equal(json_read(text->bytes, text->length, ignore_event, NULL, error),
                     STATUS_INVALID);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void test_a_duplicate_among_many_keys_is_found_at_once(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (int i = 0; i < 200000; i++)
        buffer_print(&text, "%s\"k%d\":0", i ? ",\n" : "{", i);
    buffer_append_string(&text, ",\n\"k150000\":1,\n\"k7\":1}");
    struct error error;
    double seconds = seconds_to_refuse(&text, &error);
    assert_int_equal(error.line, 200001);
    assert_non_null(strstr(error.message, "\"k150000\" is already in this object, at line 150001"));
    assert_true(seconds < 2);
    print_message("200,002 keys: refused after %.0f ms\n", 1000 * seconds);
    buffer_done(&text);
}

static void test_a_megabyte_of_brackets_is_refused_at_once(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct error error;
    buffer_append_repeated(&text, '[', 1 << 20);
    double seconds = seconds_to_refuse(&text, &error);
    assert_int_equal(error.line, 1);
    assert_int_equal(error.column, JSON_DEPTH_MAX + 1);
    assert_non_null(strstr(error.message, "nested more than 64 levels"));
    assert_true(seconds < 0.05);
    print_message("a megabyte of [: refused after %.1f ms\n", 1000 * seconds);
    buffer_truncate(&text, JSON_DEPTH_MAX);
    buffer_append_repeated(&text, ']', JSON_DEPTH_MAX);
    assert_int_equal(json_read(text.bytes, text.length, ignore_event, NULL, &error), STATUS_OK);
    buffer_done(&text);
}

static void test_a_file_of_more_than_64_mib_is_refused(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct error error;
    buffer_append_repeated(&text, ' ', JSON_BYTES_MAX);
    buffer_append_string(&text, "1");
    seconds_to_refuse(&text, &error);
    assert_non_null(strstr(error.message, "larger than 64 MiB"));
    buffer_done(&text);
}

static void test_places_count_characters_and_lines(void **state)
{
    (void)state;
    const char *text = "a\r\n\xC3\xA9"
                       "b\n\n";
    static const size_t places[][3] = {{0, 1, 1}, {3, 2, 1}, {5, 2, 2}, {7, 3, 1}, {99, 4, 1}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        size_t line, column;
        json_locate(text, strlen(text), places[i][0], &line, &column);
        assert_int_equal(line, places[i][1]);
        assert_int_equal(column, places[i][2]);
    }
}

static void test_any_cut_of_a_text_is_refused_with_a_place(void **state)
{
    (void)state;
    const char *text = "{\"a\": [1.5e3, true, null, \"\\u00e9\\n\xC3\xA9\"], \"b\": {\"c\": -0}} ";
    size_t length = strlen(text);
    for (size_t cut = 0; cut + 1 < length; cut++) {
        /* An exact copy, so that the sanitizer sees any look behind its end. */
        char *copy = malloc(cut ? cut : 1);
        memcpy(copy, text, cut);
        struct error error = {0};
        assert_int_equal(json_read(copy, cut, ignore_event, NULL, &error), STATUS_INVALID);
        assert_true(error.line == 1 && error.column >= 1 && error.column <= cut + 1);
        free(copy);
    }
}

static void test_any_broken_byte_is_survived(void **state)
{
    (void)state;
    const char *text = "{\"a\": [1.5e3, true, null, \"\\u00e9\\n\xC3\xA9\"], \"b\": {\"c\": -0}} ";
    size_t length = strlen(text);
    int refused = 0;
    char *copy = malloc(length);
    for (size_t at = 0; at < length; at++) {
        for (int byte = 0; byte < 256; byte++) {
            memcpy(copy, text, length);
            copy[at] = (char)byte;
            struct error error = {0};
            if (json_read(copy, length, ignore_event, NULL, &error) != STATUS_OK) {
                refused++;
                assert_true(error.line >= 1 && error.column >= 1 && error.message[0]);
                assert_null(strstr(error.message, "this is not JSON"));
            }
        }
    }
    free(copy);
    print_message("%d of %zu single-byte changes refused\n", refused, 256 * length);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spans_cover_exactly_the_tokens),
        cmocka_unit_test(test_reading_stops_when_told),
        cmocka_unit_test(test_every_refusal_has_a_place_and_a_reason),
        cmocka_unit_test(test_a_nul_byte_is_refused),
        cmocka_unit_test(test_equal_keys_in_different_objects_are_fine),
        cmocka_unit_test(test_a_duplicate_among_many_keys_is_found_at_once),
        cmocka_unit_test(test_a_megabyte_of_brackets_is_refused_at_once),
        cmocka_unit_test(test_a_file_of_more_than_64_mib_is_refused),
        cmocka_unit_test(test_places_count_characters_and_lines),
        cmocka_unit_test(test_any_cut_of_a_text_is_refused_with_a_place),
        cmocka_unit_test(test_any_broken_byte_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
