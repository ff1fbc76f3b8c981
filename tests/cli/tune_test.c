/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope tune */
#include "answer.h"

static void test_an_edit_changes_its_numbers_and_the_statistics_only(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(EXAMPLE);
    struct answer answer = RUN("tune", scratch.file, "--set", "1=10M:0.3");
    assert_int_equal(answer.status, 0);
    assert_contains(answer.out, "generic has 4 breakpoints, r_squared ");
    char *now = read_whole(scratch.file), *before = read_whole(EXAMPLE);
    const char *edited = strstr(now, "[10000000.0, 0.3]");
    assert_non_null(edited);
    assert_memory_equal(now, before, (size_t)(edited - now));
    const char *rest = "\"min_flops\": 1000000.0,";
    assert_string_equal(strstr(now, rest), strstr(before, rest));
    assert_contains(now, "\"r_squared\": 1.0,");
    free(now);
    free(before);
    answer_done(&answer);
    scratch_done(&scratch);
}

static void test_edits_apply_in_the_order_of_the_command_line(void **state)
{
    (void)state;
    struct answer answer = RUN("tune", EXAMPLE, "--json", "--dry-run", "--delete", "0", "--scale",
                               "2", "--insert", "1M:0.1", "--set", "0=2M:0.125");
    struct json_document *document = answer_json(&answer);
    static const double expected[][2] = {{2e6, 0.125}, {1e7, 0.5}, {1e8, 1.4}, {5e8, 2}};
    assert_shape(document, "{file,curve,written,breakpoints[[]],r_squared,residual_std,"
                           "max_residual}");
    assert_int_equal(json_value_type(AT(document, "written")), JSON_FALSE);
    assert_int_equal(json_value_count(AT(document, "breakpoints")), 4);
    for (int i = 0; i < 4; i++) {
        char index[2] = {(char)('0' + i), '\0'};
        assert_true(NUMBER_AT(document, "breakpoints", index, "0") == expected[i][0]);
        assert_true(NUMBER_AT(document, "breakpoints", index, "1") == expected[i][1]);
    }
    json_document_free(document);
    answer_done(&answer);
}

static void test_a_dry_run_prints_a_diff_and_writes_nothing(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(EXAMPLE);
    struct answer answer = RUN("tune", scratch.file, "--set", "1=10M:0.3", "--dry-run");
    assert_contains(answer.out,
                    "\n-          [10000000.0, 0.25],\n+          [10000000.0, 0.3],\n");
    char *now = read_whole(scratch.file), *before = read_whole(EXAMPLE);
    assert_string_equal(now, before);
    free(now);
    free(before);
    answer_done(&answer);
    scratch_done(&scratch);
}

static void test_what_changes_nothing_writes_nothing(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(EXAMPLE);
    assert_answer(RUN("tune", scratch.file, "--set", "1=10M:0.25"), 0, "", "nothing to write");
    assert_answer(RUN("tune", scratch.file, "--scale", "1"), 0, "", "nothing to write");
    char *now = read_whole(scratch.file), *before = read_whole(EXAMPLE);
    assert_string_equal(now, before);
    free(now);
    free(before);
    scratch_done(&scratch);
}

static void test_a_note_goes_into_the_curves_notes(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(EXAMPLE);
    assert_answer(RUN("tune", scratch.file, "--scale", "1.5", "--note", "new driver"), 0, "", "");
    char *now = read_whole(scratch.file);
    assert_contains(now, "ResNet (113M avg) -> 0.85 [2");
    assert_contains(now, "] new driver\"");
    free(now);
    scratch_done(&scratch);
}

static void test_edits_that_break_a_curve_are_refused_with_the_reason(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(EXAMPLE);
    assert_answer(RUN("tune", scratch.file, "--delete", "9"), 2, "", "there is no breakpoint 9");
    assert_answer(RUN("tune", scratch.file, "--set", "1=200M:0.3"), 2, "", "must rise in size");
    assert_answer(RUN("tune", scratch.file, "--set", "1=10M:-1"), 2, "", "must be positive");
    assert_answer(RUN("tune", scratch.file, "--scale", "1.5", "--insert", "10M:1"), 2, "",
                  "edit 2 refused: there is a breakpoint at 10 M already");
    char *now = read_whole(scratch.file), *before = read_whole(EXAMPLE);
    assert_string_equal(now, before);
    free(now);
    free(before);
    scratch_done(&scratch);
}

static void test_edits_that_cannot_be_read_are_misuse(void **state)
{
    (void)state;
    assert_answer(RUN("tune", EXAMPLE, "--set", "10M:0.3"), 2, "", "I=FLOPS:EFFICIENCY");
    assert_answer(RUN("tune", EXAMPLE, "--set", "x=10M:0.3"), 2, "", "I=FLOPS:EFFICIENCY");
    assert_answer(RUN("tune", EXAMPLE, "--insert", "10M"), 2, "", "FLOPS:EFFICIENCY");
    assert_answer(RUN("tune", EXAMPLE, "--scale", "0"), 2, "", "positive factor");
    assert_answer(RUN("tune", EXAMPLE, "--delete", "-1"), 2, "", "number from 0");
    assert_answer(RUN("tune", EXAMPLE), 2, "", "at least one edit");
}

/* A revision has no file; here it comes from the repository that a scratch file is put into. */
static void test_a_revision_cannot_be_written(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(EXAMPLE);
    char *command = memory_print("cd %s && git init -q . && git add . && git -c user.name=t -c "
                                 "user.email=t@t commit -q -m t",
                                 scratch.folder);
    assert_int_equal(system(command), 0);
    char *revision = memory_print("%s@HEAD", scratch.file);
    assert_answer(RUN("tune", revision, "--scale", "2"), 2, "", "cannot be written");
    assert_answer(RUN("tune", revision, "--scale", "2", "--dry-run"), 0, "\n+", "");
    free(revision);
    free(command);
    command = memory_print("rm -rf %s/.git", scratch.folder);
    assert_int_equal(system(command), 0);
    free(command);
    scratch_done(&scratch);
}

static void test_an_undefined_statistic_is_written_as_unknown_and_said(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    assert_answer(RUN("tune", scratch.file, "-c", "conv2d_depthwise", "--set", "0=1M:0.031"), 0,
                  "r_squared n/a", "conv2d_depthwise: r_squared undefined");
    scratch_done(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_edit_changes_its_numbers_and_the_statistics_only),
        cmocka_unit_test(test_edits_apply_in_the_order_of_the_command_line),
        cmocka_unit_test(test_a_dry_run_prints_a_diff_and_writes_nothing),
        cmocka_unit_test(test_what_changes_nothing_writes_nothing),
        cmocka_unit_test(test_a_note_goes_into_the_curves_notes),
        cmocka_unit_test(test_edits_that_break_a_curve_are_refused_with_the_reason),
        cmocka_unit_test(test_edits_that_cannot_be_read_are_misuse),
        cmocka_unit_test(test_a_revision_cannot_be_written),
        cmocka_unit_test(test_an_undefined_statistic_is_written_as_unknown_and_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
