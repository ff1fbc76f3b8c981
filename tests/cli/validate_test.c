/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope validate */
#include "answer.h"

#include <unistd.h>

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
                           "column,message,remedy,fixable}],fixed,written}]}");
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

/* A scratch file of the schema's example with some of its text replaced. */
static struct scratch scratch_edited(const char *from, const char *to)
{
    struct scratch scratch = scratch_new(EXAMPLE);
    char *text = read_whole(EXAMPLE), *at = strstr(text, from);
    struct buffer out = {0};
    assert_non_null(at);
    buffer_append(&out, text, (size_t)(at - text));
    buffer_print(&out, "%s%s", to, at + strlen(from));
    write_file(scratch.file, out.bytes, out.length);
    buffer_done(&out);
    free(text);
    return scratch;
}

#define RISING "[1000000.0, 0.15],\n          [10000000.0, 0.25],"
#define FALLING "[10000000.0, 0.25],\n          [1000000.0, 0.15],"

static void assert_same_files(const char *path, const char *expected)
{
    char *now = read_whole(path), *text = read_whole(expected);
    assert_string_equal(now, text);
    free(now);
    free(text);
}

static void test_a_fix_is_shown_as_a_diff_written_and_done(void **state)
{
    (void)state;
    struct scratch scratch = scratch_edited(RISING, FALLING);
    assert_answer(RUN("validate", scratch.file), 1, "1 error, ", "");
    assert_answer(RUN("validate", scratch.file), 1, "; --fix mends 1 of them\n", "");
    struct answer answer = RUN("validate", "--fix", scratch.file);
    assert_int_equal(answer.status, 0);
    assert_contains(answer.out, "\n-          [10000000.0, 0.25],\n");
    assert_contains(answer.out, "\n+          [10000000.0, 0.25],\n");
    assert_contains(answer.out, "1 file: 0 errors, ");
    assert_contains(answer.out, " left; 1 fixed\n");
    answer_done(&answer);
    assert_same_files(scratch.file, EXAMPLE);
    answer = RUN("validate", "--fix", scratch.file);
    assert_null(strstr(answer.out, "\n@@ "));
    assert_null(strstr(answer.out, "fixed"));
    answer_done(&answer);
    scratch_done(&scratch);
}

static void test_a_dry_run_says_what_would_remain_and_writes_nothing(void **state)
{
    (void)state;
    struct scratch scratch = scratch_edited(RISING, FALLING);
    char *before = read_whole(scratch.file);
    assert_answer(RUN("validate", "--fix", "--dry-run", scratch.file), 0, "1 would be fixed", "");
    assert_answer(RUN("validate", "--dry-run", scratch.file), 0, "\n+          [10000000.0", "");
    char *now = read_whole(scratch.file);
    assert_string_equal(now, before);
    free(now);
    free(before);
    scratch_done(&scratch);
}

static void test_what_no_fix_mends_stays_reported_and_is_the_status(void **state)
{
    (void)state;
    struct scratch scratch =
        scratch_edited(RISING, "[10000000.0, 0.25],\n          [1000000.0, -0.15],");
    struct answer answer = RUN("validate", "--fix", scratch.file);
    assert_int_equal(answer.status, 1);
    assert_contains(answer.out, "[efficiency-not-positive]");
    assert_null(strstr(answer.out, "[breakpoint-order]"));
    answer_done(&answer);
    scratch_done(&scratch);
}

static void test_json_counts_what_was_fixed_and_keeps_what_remains(void **state)
{
    (void)state;
    struct scratch scratch = scratch_edited(RISING, FALLING);
    struct answer answer = RUN("validate", "--json", scratch.file);
    struct json_document *document = answer_json(&answer);
    assert_contains(answer.out, "\"remedy\":\"Sort them; readers look for the first one beyond a "
                                "size\",\"fixable\":true}");
    assert_int_equal(json_value_type(AT(document, "files", "0", "written")), JSON_FALSE);
    json_document_free(document);
    answer_done(&answer);
    answer = RUN("validate", "--json", "--fix", scratch.file);
    document = answer_json(&answer);
    assert_true(NUMBER_AT(document, "files", "0", "fixed") == 1);
    assert_true(NUMBER_AT(document, "files", "0", "errors") == 0);
    assert_int_equal(json_value_type(AT(document, "files", "0", "written")), JSON_TRUE);
    json_document_free(document);
    answer_done(&answer);
    scratch_done(&scratch);
}

static void test_a_file_that_cannot_be_written_is_reported_as_it_is(void **state)
{
    (void)state;
    struct scratch scratch = scratch_edited(RISING, FALLING);
    char *link = memory_print("%s/second", scratch.folder);
    char *command = memory_print("ln %s %s", scratch.file, link);
    assert_int_equal(system(command), 0); /* a second name: a save would part the two */
    assert_answer(RUN("validate", "--fix", scratch.file), 2, "[breakpoint-order]", "calscope: ");
    remove(link);
    free(command);
    free(link);
    scratch_done(&scratch);
}

/* Names with what a shell would stumble over, each ended by a NUL but the last. */
static void test_names_come_from_a_list_whatever_is_in_them(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(EXAMPLE);
    char *odd = memory_print("%s/a b\n'c\".json", scratch.folder);
    char *list = memory_print("%s/list", scratch.folder);
    char *option = memory_print("--files0-from=%s", list);
    char *example = read_whole(EXAMPLE);
    write_file(odd, example, strlen(example));
    struct buffer names = {0};
    buffer_append(&names, odd, strlen(odd) + 1);
    buffer_append(&names, REGISTRY, sizeof REGISTRY);
    buffer_append_string(&names, scratch.file);
    write_file(list, names.bytes, names.length);
    assert_answer(RUN("validate", option), 0, "4 files: 0 errors", "");
    assert_answer(RUN("validate", option, EXAMPLE), 2, "", "no PATH beside them");
    write_file(list, "\0", 1);
    assert_answer(RUN("validate", option), 2, "0 files", "name 1 is empty");
    remove(list);
    assert_answer(RUN("validate", option), 2, "0 files", "cannot read the names");
    remove(odd);
    buffer_done(&names);
    free(example);
    free(option);
    free(list);
    free(odd);
    scratch_done(&scratch);
}

static void test_names_may_come_from_standard_input_which_is_then_no_file(void **state)
{
    (void)state;
    char list[] = "/tmp/calscope-test-XXXXXX";
    static const char names[] = EXAMPLE "\0-";
    int fd = mkstemp(list), before = dup(STDIN_FILENO);
    assert_int_equal(write(fd, names, sizeof names), sizeof names);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    assert_true(dup2(fd, STDIN_FILENO) >= 0);
    assert_answer(RUN("validate", "-0"), 2, "1 file: ", "name 2 is -, but the names come from");
    assert_true(dup2(before, STDIN_FILENO) >= 0);
    close(before);
    close(fd);
    remove(list);
    assert_answer(RUN("validate", "--files0-from=/"), 2, "0 files", "cannot read the names: Is a");
}

static void test_the_rules_are_listed_with_what_they_find(void **state)
{
    (void)state;
    assert_answer(RUN("validate", "--rules"), 0,
                  "points-order             warning   yes  Data points are not sorted by size\n",
                  "");
    struct answer answer = RUN("validate", "--rules", "--json");
    struct json_document *document = answer_json(&answer);
    assert_shape(document, "{rules[{rule,severity,fixable,description,remedy}]}");
    assert_true(json_value_count(AT(document, "rules")) > 30);
    json_document_free(document);
    answer_done(&answer);
}

static void test_the_help_fits_a_terminal_of_80_by_24(void **state)
{
    (void)state;
    struct answer answer = RUN("validate", "--help");
    size_t lines = 0, column = 0;
    for (const char *at = answer.out; *at; at++) {
        column = *at == '\n' ? 0 : column + 1;
        lines += *at == '\n';
        assert_true(column <= 80);
    }
    assert_true(lines < 24);
    answer_done(&answer);
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
        cmocka_unit_test(test_a_fix_is_shown_as_a_diff_written_and_done),
        cmocka_unit_test(test_a_dry_run_says_what_would_remain_and_writes_nothing),
        cmocka_unit_test(test_what_no_fix_mends_stays_reported_and_is_the_status),
        cmocka_unit_test(test_json_counts_what_was_fixed_and_keeps_what_remains),
        cmocka_unit_test(test_a_file_that_cannot_be_written_is_reported_as_it_is),
        cmocka_unit_test(test_names_come_from_a_list_whatever_is_in_them),
        cmocka_unit_test(test_names_may_come_from_standard_input_which_is_then_no_file),
        cmocka_unit_test(test_the_rules_are_listed_with_what_they_find),
        cmocka_unit_test(test_the_help_fits_a_terminal_of_80_by_24),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
