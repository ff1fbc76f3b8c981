/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope validate */
#include "answer.h"

static void test_the_shipped_registry_has_no_errors_and_no_warnings(void **state)
{
    (void)state;
    assert_answer(RUN("validate", REGISTRY), 0, "2 files: 0 errors, 0 warnings, ", "");
}

static void test_findings_are_lines_that_editors_understand(void **state)
{
    (void)state;
    struct answer answer = RUN("validate", FIXTURES "/missing_fields.json");
    assert_int_equal(answer.status, 1);
    assert_contains(answer.out, "missing_fields.json:1:1: error: the required field "
                                "`hardware_id` is missing [missing-field]\n");
    assert_contains(answer.out, "error: curves.generic.fitted_curve: the required field "
                                "`curve_type` is missing [missing-field]\n");
    answer_done(&answer);
}

static void test_json_has_the_keys_of_the_contract(void **state)
{
    (void)state;
    struct answer answer = RUN("validate", "--json", FIXTURES "/wrong_types.json", EXAMPLE);
    struct json_document *document = answer_json(&answer);
    assert_int_equal(answer.status, 1);
    assert_shape(document, "{files[{file,errors,warnings,findings[{severity,rule,path,line,"
                           "column,message}]}]}");
    assert_true(NUMBER_AT(document, "files", "0", "errors") > 0);
    assert_true(NUMBER_AT(document, "files", "1", "errors") == 0);
    assert_true(NUMBER_AT(document, "files", "0", "findings", "0", "line") > 0);
    json_document_free(document);
    answer_done(&answer);
}

static void test_a_document_that_cannot_be_read_is_an_error_with_its_place(void **state)
{
    (void)state;
    struct answer answer = RUN("validate", "--json", FIXTURES "/registry");
    struct json_document *document = answer_json(&answer);
    assert_int_equal(answer.status, 1);
    assert_int_equal(json_value_count(AT(document, "files")), 3);
    assert_string_equal(STRING_AT(document, "files", "2", "findings", "0", "rule"), "unreadable");
    assert_true(NUMBER_AT(document, "files", "2", "findings", "0", "line") > 1);
    json_document_free(document);
    answer_done(&answer);
    assert_answer(RUN("validate", FIXTURES "/bom.json"), 1, "bom.json:1:1: error: ", "");
}

static void test_a_file_that_the_system_does_not_give_up_is_trouble(void **state)
{
    (void)state;
    assert_answer(RUN("validate", "no/such.json"), 2, "[unreadable]", "calscope: no/such.json: ");
    assert_answer(RUN("validate"), 2, "", "at least one PATH");
}

static void test_the_fixtures_in_the_style_of_measured_files_are_sound(void **state)
{
    (void)state;
    assert_answer(RUN("validate", FIXTURES "/registry/cpu", FIXTURES "/registry/cuda"), 0,
                  "2 files: 0 errors, 0 warnings", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_shipped_registry_has_no_errors_and_no_warnings),
        cmocka_unit_test(test_findings_are_lines_that_editors_understand),
        cmocka_unit_test(test_json_has_the_keys_of_the_contract),
        cmocka_unit_test(test_a_document_that_cannot_be_read_is_an_error_with_its_place),
        cmocka_unit_test(test_a_file_that_the_system_does_not_give_up_is_trouble),
        cmocka_unit_test(test_the_fixtures_in_the_style_of_measured_files_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
