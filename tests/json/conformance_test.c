/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Our own set of conformance cases: what is JSON is read as what it means and written back as it
 * was; what is not is refused at the right place and for the right reason.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"
#include "conformance_invalid.h"
#include "conformance_valid.h"
#include "json/document.h"
#include "json/edit.h"
#include "json/reader.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A text made of repetitions: before, unit times over, between, closing times over, after. */
struct long_case {
    const char *name;
    const char *before;
    const char *unit;
    size_t times;
    const char *between;
    const char *closing; /* may be empty */
    const char *after;
    size_t line; /* 0: accepted */
    size_t column;
    const char *reason;
};

#define MEGABYTE ((size_t)1 << 20)

static const struct long_case long_cases[] = {
    {"64 arrays", "", "[", 64, "", "]", "", 0, 0, NULL},
    {"65 arrays", "", "[", 65, "", "]", "", 1, 65, "nested more than 64 levels"},
    {"64 objects", "", "{\"a\":", 63, "{}", "}", "", 0, 0, NULL},
    {"65 objects", "", "{\"a\":", 64, "{}", "}", "", 1, 321, "nested more than 64 levels"},
    {"64 levels in turn", "", "[{\"a\":", 32, "1", "}]", "", 0, 0, NULL},
    {"65 levels in turn", "", "[{\"a\":", 32, "[]", "}]", "", 1, 193, "more than 64 levels"},
    {"64 levels again and again", "[", "[[[[]]]],", 20, "[]", "", "]", 0, 0, NULL},
    {"the 65th level opens lines below", "", "[\n", 65, "", "]", "", 65, 1, "more than 64 levels"},
    {"64 arrays left open", "", "[", 64, "", "", "", 1, 65,
     "the array that starts at line 1, column 64"},
    {"a megabyte of [", "", "[", MEGABYTE, "", "", "", 1, 65, "nested more than 64 levels"},
    {"a megabyte of {\"a\":", "", "{\"a\":", MEGABYTE / 5, "", "", "", 1, 321,
     "more than 64 levels"},
    {"a megabyte of [{\"a\":", "", "[{\"a\":", MEGABYTE / 6, "", "", "", 1, 193,
     "more than 64 levels"},
    {"a megabyte of {", "", "{", MEGABYTE, "", "", "", 1, 2, "expected a key in double quotes"},
    {"a megabyte of ]", "", "]", MEGABYTE, "", "", "", 1, 1, "expected a value"},
    {"a megabyte of quotes", "", "\"", MEGABYTE, "", "", "", 1, 3, "more behind the end"},
    {"a megabyte of quotes in an array", "[", "\"", MEGABYTE, "", "", "", 1, 4,
     "expected a comma or ]"},
    {"a megabyte of backslashes", "\"", "\\", MEGABYTE, "", "", "", 1, 1, "ends inside the string"},
    {"a megabyte of \\u0041 left open", "\"", "\\u0041", MEGABYTE / 6, "", "", "", 1, 1,
     "ends inside the string"},
    {"a megabyte of letters left open", "[\"", "a", MEGABYTE, "", "", "", 1, 2,
     "ends inside the string"},
    {"a megabyte of emoji, then a bad escape", "[\"", "\xF0\x9F\x98\x80", MEGABYTE / 4, "\\q", "",
     "\"]", 1, 3 + MEGABYTE / 4, "no known escape"},
    {"a megabyte of half pairs", "\"", "\\ud83d", MEGABYTE / 6, "", "", "\"", 1, 2,
     "\\ud83d is half"},
    {"a megabyte of pairs, then half of one", "\"", "\\ud83d\\ude00", MEGABYTE / 12, "\\ude00", "",
     "\"", 1, 2 + MEGABYTE / 12 * 12, "\\ude00 is half"},
    {"a megabyte of digits", "", "9", MEGABYTE, "", "", "", 1, 1, "9999... is beyond the range"},
    {"a megabyte of minus", "", "-", MEGABYTE, "", "", "", 1, 1, "- is not a number"},
    {"a megabyte of zeros", "", "0", MEGABYTE, "", "", "", 1, 2, "a number goes on"},
    {"a megabyte of zeros behind a point", "0.", "0", MEGABYTE, "", "", "", 0, 0, NULL},
    {"a megabyte of digits in an exponent", "1e", "1", MEGABYTE, "", "", "", 1, 1,
     "beyond the range"},
    {"a megabyte of digits in a negative exponent", "1e-", "1", MEGABYTE, "", "", "", 0, 0, NULL},
    {"300 digits", "1", "0", 299, "", "", "", 0, 0, NULL},
    {"309 digits, the largest power of ten", "1", "0", 308, "", "", "", 0, 0, NULL},
    {"310 digits", "1", "0", 309, "", "", "", 1, 1, "0000... is beyond the range"},
    {"310 digits below zero", "[-1", "0", 309, "", "", "]", 1, 2, "beyond the range"},
    {"a megabyte of commas", "[", ",", MEGABYTE, "", "", "", 1, 2, "expected a value"},
    {"a megabyte of colons", "{\"a\"", ":", MEGABYTE, "", "", "", 1, 6, "expected a value"},
    {"a megabyte of blanks", "", " ", MEGABYTE, "", "", "", 1, 1 + MEGABYTE, "holds no value"},
    {"a megabyte of line ends", "", "\n", MEGABYTE, "", "", "", 1 + MEGABYTE, 1, "holds no value"},
    {"a megabyte of CRLF, then a wrong word", "[", "\r\n", MEGABYTE / 2, "x", "", "",
     1 + MEGABYTE / 2, 1, "x is not a JSON value"},
    {"a megabyte of form feeds", "", "\f", MEGABYTE, "", "", "", 1, 1, "a form feed is no blank"},
    {"a megabyte of words", "[", "true,", MEGABYTE / 5, "", "", "", 1, 2 + MEGABYTE / 5 * 5,
     "ends inside the array"},
    {"a megabyte of a wrong word", "", "x", MEGABYTE, "", "", "", 1, 1, "is not a JSON value"},
    {"a megabyte of comments", "", "/**/", MEGABYTE / 4, "", "", "", 1, 1, "no comments"},
    {"a megabyte of 0xFF", "\"", "\xFF", MEGABYTE, "", "", "", 1, 2, "0xFF is not UTF-8"},
    {"a megabyte of objects of one key", "[", "{\"a\":0},", MEGABYTE / 8, "0", "", "]", 0, 0, NULL},
    {"a megabyte of one key", "{\"k\":0", ",\n\"k\":0", MEGABYTE / 7, "", "", "}", 2, 1,
     "\"k\" is already in this object, at line 1, column 2"},
    {"a key of a megabyte, closed by a wrong bracket", "{\"", "k", MEGABYTE, "\":1]", "", "", 1,
     6 + MEGABYTE, "expected a comma or }"},
    {"64 MiB and a byte", "1", " ", JSON_BYTES_MAX, "", "", "", 1, 1, "larger than 64 MiB"},
};

/* --- what a document means --- */

static void describe(const struct json_document *document, const struct json_value *value,
                     struct buffer *out);

static void describe_container(const struct json_document *document,
                               const struct json_value *container, struct buffer *out)
{
    const struct json_value *first = json_value_first(document, container);
    for (const struct json_value *value = first; value; value = json_value_next(document, value)) {
        buffer_append_string(out, value == first ? "" : ",");
        if (json_key(document, value))
            buffer_print(out, "\"%s\":", json_key(document, value));
        describe(document, value, out);
    }
}

static void describe_number(const struct json_document *document, const struct json_value *value,
                            struct buffer *out)
{
    size_t length;
    const char *bytes = json_document_bytes(document, &length);
    double number;
    char text[NUMBER_TEXT_MAX];
    assert_true(json_number(document, value, &number));
    number_print_repr(number, text);
    buffer_append(out, bytes + json_value_begin(value),
                  json_value_end(value) - json_value_begin(value));
    buffer_print(out, "=%s", text);
}

static void describe(const struct json_document *document, const struct json_value *value,
                     struct buffer *out)
{
    enum json_type type = json_value_type(value);
    if (type == JSON_NUMBER)
        describe_number(document, value, out);
    else if (type == JSON_STRING)
        buffer_print(out, "\"%s\"", json_string(document, value));
    else if (type != JSON_ARRAY && type != JSON_OBJECT)
        buffer_append_string(out, json_type_name(type));
    else {
        buffer_append_string(out, type == JSON_ARRAY ? "[" : "{");
        describe_container(document, value, out);
        buffer_append_string(out, type == JSON_ARRAY ? "]" : "}");
    }
}

/* --- what holds for every document --- */

/* The exact bytes and no more, so that a sanitizer sees any look behind them. */
static enum status read_exactly(const char *bytes, size_t length, struct json_document **document,
                                struct error *error)
{
    char *copy = malloc(length ? length : 1);
    memcpy(copy, bytes, length);
    enum status status = json_document_new(copy, length, document, error);
    free(copy);
    return status;
}

/* Says what is wrong with a document that was read from bytes; NULL: nothing. */
static const char *fault_in_round_trip(const struct json_document *document, const char *bytes,
                                       size_t length)
{
    struct json_edits *edits = json_edits_new(document);
    struct buffer out = {0};
    size_t kept;
    json_edits_apply(edits, &out);
    bool same = out.length == length && memcmp(buffer_string(&out), bytes, length) == 0;
    same = same && memcmp(json_document_bytes(document, &kept), bytes, length) == 0;
    same = same && kept == length;
    buffer_done(&out);
    json_edits_free(edits);
    return same ? NULL : "its bytes do not come back";
}

/* A value's span is a JSON text of its own, and means the same. */
static const char *fault_in_span(const struct json_document *document,
                                 const struct json_value *value)
{
    size_t length;
    const char *bytes = json_document_bytes(document, &length);
    struct json_document *alone;
    struct buffer inside = {0}, outside = {0};
    if (read_exactly(bytes + json_value_begin(value),
                     json_value_end(value) - json_value_begin(value), &alone, NULL) != STATUS_OK)
        return "a value's span is no JSON text";
    describe(document, value, &inside);
    describe(alone, json_document_root(alone), &outside);
    bool same = strcmp(buffer_string(&inside), buffer_string(&outside)) == 0 &&
                json_value_begin(json_document_root(alone)) == 0;
    buffer_done(&inside);
    buffer_done(&outside);
    json_document_free(alone);
    return same ? NULL : "a value's span means something else";
}

static const char *fault_in_spans(const struct json_document *document,
                                  const struct json_value *value)
{
    const char *fault = fault_in_span(document, value);
    const struct json_value *child = json_value_first(document, value);
    for (; child && !fault; child = json_value_next(document, child))
        fault = fault_in_spans(document, child);
    return fault;
}

/* --- cases --- */

/* Counts cases, and says which are not as expected. */
struct score {
    size_t cases;
    size_t good;
};

static struct score score;

static void count_case(const char *name, bool good, const char *found)
{
    score.cases++;
    score.good += good;
    if (!good)
        print_error("%s: %s\n", name, found);
}

static void try_valid(const struct valid_case *one)
{
    struct json_document *document;
    struct error error = {0};
    struct buffer decoded = {0};
    if (read_exactly(one->bytes, one->length, &document, &error) != STATUS_OK) {
        error_describe(&error, "refused", &decoded);
        count_case(one->name, false, buffer_string(&decoded));
    } else {
        describe(document, json_document_root(document), &decoded);
        const char *fault = strcmp(buffer_string(&decoded), one->decoded) == 0
                                ? fault_in_round_trip(document, one->bytes, one->length)
                                : buffer_string(&decoded);
        if (!fault)
            fault = fault_in_spans(document, json_document_root(document));
        count_case(one->name, !fault, fault);
        json_document_free(document);
    }
    buffer_done(&decoded);
}

static void try_invalid(const char *name, const char *bytes, size_t length,
                        const struct invalid_case *expected)
{
    struct json_document *document;
    struct error error = {0};
    if (read_exactly(bytes, length, &document, &error) == STATUS_OK) {
        json_document_free(document);
        count_case(name, false, "accepted");
        return;
    }
    struct buffer found = {0};
    bool good = error.status == STATUS_INVALID && error.line == expected->line &&
                error.column == expected->column && strstr(error.message, expected->reason);
    error_describe(&error, "refused", &found);
    count_case(name, good, buffer_string(&found));
    buffer_done(&found);
}

static bool ignore_event(void *context, const struct json_event *event)
{
    (void)context;
    (void)event;
    return true;
}

static void try_long(const struct long_case *one)
{
    struct buffer text = {0};
    buffer_append_string(&text, one->before);
    for (size_t i = 0; i < one->times; i++)
        buffer_append_string(&text, one->unit);
    buffer_append_string(&text, one->between);
    for (size_t i = 0; i < one->times && *one->closing; i++)
        buffer_append_string(&text, one->closing);
    buffer_append_string(&text, one->after);
    struct invalid_case expected = {one->name, NULL, 0, one->line, one->column, one->reason};
    if (one->line) {
        try_invalid(one->name, text.bytes, text.length, &expected);
    } else {
        struct error error = {0};
        enum status status = json_read(text.bytes, text.length, ignore_event, NULL, &error);
        count_case(one->name, status == STATUS_OK, error.message);
    }
    buffer_done(&text);
}

/* --- tests --- */

static void test_what_is_json_is_read_as_it_means_and_kept_as_it_is(void **state)
{
    (void)state;
    struct score before = score;
    for (size_t i = 0; i < COUNT(valid_cases); i++)
        try_valid(&valid_cases[i]);
    assert_int_equal(score.good - before.good, COUNT(valid_cases));
}

static void test_what_is_no_json_is_refused_with_place_and_reason(void **state)
{
    (void)state;
    struct score before = score;
    for (size_t i = 0; i < COUNT(invalid_cases); i++)
        try_invalid(invalid_cases[i].name, invalid_cases[i].bytes, invalid_cases[i].length,
                    &invalid_cases[i]);
    assert_int_equal(score.good - before.good, COUNT(invalid_cases));
}

static void test_long_texts_meet_the_same_limits(void **state)
{
    (void)state;
    struct score before = score;
    for (size_t i = 0; i < COUNT(long_cases); i++)
        try_long(&long_cases[i]);
    assert_int_equal(score.good - before.good, COUNT(long_cases));
}

static void test_no_case_comes_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(invalid_cases); i++)
        for (size_t j = 0; j < i; j++)
            if (invalid_cases[i].length == invalid_cases[j].length &&
                !memcmp(invalid_cases[i].bytes, invalid_cases[j].bytes, invalid_cases[i].length))
                fail_msg("%s is %s", invalid_cases[i].name, invalid_cases[j].name);
    for (size_t i = 0; i < COUNT(valid_cases); i++)
        for (size_t j = 0; j < i; j++)
            if (valid_cases[i].length == valid_cases[j].length &&
                !memcmp(valid_cases[i].bytes, valid_cases[j].bytes, valid_cases[i].length))
                fail_msg("%s is %s", valid_cases[i].name, valid_cases[j].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_json_is_read_as_it_means_and_kept_as_it_is),
        cmocka_unit_test(test_what_is_no_json_is_refused_with_place_and_reason),
        cmocka_unit_test(test_long_texts_meet_the_same_limits),
        cmocka_unit_test(test_no_case_comes_twice),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("conformance: %zu cases, %zu as expected\n", score.cases, score.good);
    return failed;
}
