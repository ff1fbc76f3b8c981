/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope eval */
#include "answer.h"

#define MEASURED FIXTURES "/power_modes/cuda/orin_15w/bf16/efficiency_curves.json"

static void test_sizes_are_read_as_people_type_them(void **state)
{
    (void)state;
    struct answer answer =
        RUN("eval", ORIN, "-c", "conv2d", "231M", "1.5G", "3e9", "1M", "20G", "--json");
    struct json_document *document = answer_json(&answer);
    assert_shape(document,
                 "{file,curve,results[{flops,efficiency,range,milliseconds,point_range}]}");
    assert_true(NUMBER_AT(document, "results", "0", "flops") == 231e6);
    assert_true(fabs(NUMBER_AT(document, "results", "0", "efficiency") - 1.156735) < 1e-6);
    assert_true(NUMBER_AT(document, "results", "1", "flops") == 1.5e9);
    assert_true(NUMBER_AT(document, "results", "2", "flops") == 3e9);
    assert_string_equal(STRING_AT(document, "results", "2", "range"), "inside");
    assert_string_equal(STRING_AT(document, "results", "3", "range"), "below");
    assert_true(NUMBER_AT(document, "results", "3", "efficiency") == 0.6);
    assert_string_equal(STRING_AT(document, "results", "4", "range"), "above");
    assert_int_equal(json_value_type(AT(document, "results", "0", "milliseconds")), JSON_NULL);
    assert_string_equal(STRING_AT(document, "results", "0", "point_range"), "inside");
    assert_string_equal(STRING_AT(document, "results", "3", "point_range"), "below");
    assert_string_equal(STRING_AT(document, "results", "4", "point_range"), "above");
    json_document_free(document);
    answer_done(&answer);
}

static void test_a_peak_adds_milliseconds(void **state)
{
    (void)state;
    struct answer answer = RUN("eval", EXAMPLE, "100M", "--peak", "1T", "--json");
    struct json_document *document = answer_json(&answer);
    assert_string_equal(STRING_AT(document, "curve"), "generic");
    assert_true(fabs(NUMBER_AT(document, "results", "0", "milliseconds") - 0.1 / 0.7) < 1e-12);
    json_document_free(document);
    answer_done(&answer);
    assert_answer(RUN("eval", EXAMPLE, "100M", "--peak", "1T"), 0, "0.142857", "");
}

static void test_text_says_where_a_size_lies(void **state)
{
    (void)state;
    assert_answer(RUN("eval", EXAMPLE, "500k"), 0, "500 k        0.15  below\n", "");
}

/* The stated range goes on where there are no points, or ends before them. */
static void test_points_elsewhere_than_the_range_are_told(void **state)
{
    (void)state;
    struct answer answer = RUN("eval", MEASURED, "-c", "unfused", "25k", "577M", "--csv");
    assert_contains(answer.out, ",inside,,below\n");
    assert_contains(answer.out, ",above,,above\n");
    answer_done(&answer);
    assert_answer(RUN("eval", MEASURED, "-c", "unfused", "25k"), 0,
                  "inside, no point below 33.3 k\n", "");
    assert_answer(RUN("eval", MEASURED, "-c", "unfused", "40k"), 0, "  inside\n", "");
}

static void test_what_is_no_size_is_misuse(void **state)
{
    (void)state;
    assert_answer(RUN("eval", EXAMPLE, "12parsecs"), 2, "", "`12parsecs` is no size");
    assert_answer(RUN("eval", EXAMPLE, "0"), 2, "", "`0` is no size");
    assert_answer(RUN("eval", EXAMPLE, "1M", "--peak", "fast"), 2, "", "`fast` is no peak");
    assert_answer(RUN("eval", EXAMPLE), 2, "", "at least one size");
    assert_answer(RUN("eval", ORIN, "1M"), 2, "", "name one with -c CURVE");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes_are_read_as_people_type_them),
        cmocka_unit_test(test_a_peak_adds_milliseconds),
        cmocka_unit_test(test_text_says_where_a_size_lies),
        cmocka_unit_test(test_points_elsewhere_than_the_range_are_told),
        cmocka_unit_test(test_what_is_no_size_is_misuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
