/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope diff */
#include "answer.h"

#define DESKTOP FIXTURES "/registry/cpu/example_desktop/fp32"
#define LAPTOP FIXTURES "/registry/cuda/orin_15w/bf16"

static void test_a_file_against_itself_is_equal_and_exits_0(void **state)
{
    (void)state;
    assert_answer(RUN("diff", ORIN, ORIN), 0, "no differences\n", "");
    struct answer answer = RUN("diff", "--json", ORIN, ORIN);
    struct json_document *document = answer_json(&answer);
    assert_int_equal(answer.status, 0);
    assert_int_equal(json_value_count(AT(document, "metadata")), 0);
    assert_int_equal(json_value_count(AT(document, "warnings")), 0);
    assert_true(NUMBER_AT(document, "curves", "0", "geomean_ratio") == 1);
    json_document_free(document);
    answer_done(&answer);
}

static void test_json_has_the_keys_of_the_contract(void **state)
{
    (void)state;
    struct answer answer = RUN("diff", "--json", DESKTOP, LAPTOP);
    struct json_document *document = answer_json(&answer);
    assert_int_equal(answer.status, 1);
    assert_shape(document, "{a,b,metadata[{field,a,b}],curves[{curve,only_in,common_range[],"
                           "geomean_ratio,max_ratio{flops,ratio},points[{flops,a,b,ratio,ci_low,"
                           "ci_high,p_value,p_adjusted,verdict}]}],warnings[]}");
    assert_string_equal(STRING_AT(document, "a"), DESKTOP);
    json_document_free(document);
    answer_done(&answer);
}

static void test_one_changed_breakpoint_is_a_difference(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    assert_answer(RUN("tune", scratch.file, "-c", "matmul", "--set", "0=10M:0.21"), 0, "", "");
    struct answer answer = RUN("diff", ORIN, scratch.file);
    assert_int_equal(answer.status, 1);
    assert_contains(answer.out, "conv2d                      equal");
    assert_contains(answer.out, "matmul                      differs");
    answer_done(&answer);
    assert_answer(RUN("diff", ORIN, scratch.file, "-c", "conv2d"), 0, "no differences", "");
    scratch_done(&scratch);
}

static void test_curves_on_one_side_only_are_said(void **state)
{
    (void)state;
    struct answer answer = RUN("diff", "--json", EXAMPLE, ORIN);
    struct json_document *document = answer_json(&answer);
    assert_string_equal(STRING_AT(document, "curves", "0", "curve"), "generic");
    assert_string_equal(STRING_AT(document, "curves", "0", "only_in"), "a");
    assert_string_equal(STRING_AT(document, "curves", "1", "only_in"), "b");
    assert_int_equal(json_value_type(AT(document, "curves", "1", "common_range")), JSON_NULL);
    assert_int_equal(json_value_type(AT(document, "curves", "1", "geomean_ratio")), JSON_NULL);
    json_document_free(document);
    answer_done(&answer);
}

static void test_a_named_curve_shows_its_points_and_verdicts(void **state)
{
    (void)state;
    struct answer answer = RUN("diff", DESKTOP, LAPTOP, "-c", "unfused");
    assert_contains(answer.out, "VERDICT");
    assert_contains(answer.out, "unclear: one observation");
    assert_contains(answer.out, "warning: efficiencies share a scale only where");
    answer_done(&answer);
    assert_answer(RUN("diff", DESKTOP, LAPTOP, "-c", "nosuch"), 2, "",
                  "there is no curve `nosuch`");
}

static void test_samples_and_margin_change_verdicts_only_when_valid(void **state)
{
    (void)state;
    assert_answer(RUN("diff", DESKTOP, LAPTOP, "--n", "samples", "--margin", "10%"), 1, "", "");
    assert_answer(RUN("diff", DESKTOP, LAPTOP, "--n", "all"), 2, "", "observations or samples");
    assert_answer(RUN("diff", DESKTOP, LAPTOP, "--margin", "-5"), 2, "", "positive percentage");
    assert_answer(RUN("diff", DESKTOP), 2, "", "two FILEs");
    assert_answer(RUN("diff", "-", "-"), 2, "", "one side only");
    assert_answer(RUN("diff", DESKTOP, FIXTURES "/truncated.json"), 2, "", ":30:11: ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_against_itself_is_equal_and_exits_0),
        cmocka_unit_test(test_json_has_the_keys_of_the_contract),
        cmocka_unit_test(test_one_changed_breakpoint_is_a_difference),
        cmocka_unit_test(test_curves_on_one_side_only_are_said),
        cmocka_unit_test(test_a_named_curve_shows_its_points_and_verdicts),
        cmocka_unit_test(test_samples_and_margin_change_verdicts_only_when_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
