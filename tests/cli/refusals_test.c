/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commands do not take, cannot find or cannot write: the reason, the status, and no change. */
#include <sys/stat.h>
#include <unistd.h>

#include "answer.h"

/* A file with this text in a folder of its own. */
static struct scratch scratch_of(const char *text)
{
    struct scratch scratch = scratch_new(EXAMPLE);
    write_file(scratch.file, text, strlen(text));
    return scratch;
}

static void test_a_value_of_the_wrong_form_is_refused_with_the_right_one(void **state)
{
    (void)state;
    static const struct {
        const char *words[5];
        const char *message;
    } table[] = {
        {{"tune", ORIN, "--set", "1"}, "--set wants I=FLOPS:EFFICIENCY"},
        {{"tune", ORIN, "--set", "x=1M:0.5"}, "--set wants"},
        {{"tune", ORIN, "--set", "=1M:0.5"}, "--set wants"},
        {{"tune", ORIN, "--set", "1=1M"}, "--set wants"},
        {{"tune", ORIN, "--set", "1=big:0.5"}, "--set wants"},
        {{"tune", ORIN, "--set", "1=1M:some"}, "--set wants"},
        {{"tune", ORIN, "--set", "1234567890=1M:0.5"}, "--set wants"},
        {{"tune", ORIN, "--insert", "1M"}, "--insert wants"},
        {{"tune", ORIN, "--delete", ""}, "--delete wants"},
        {{"tune", ORIN, "--delete", "1/"}, "--delete wants"},
        {{"tune", ORIN, "--scale", "0"}, "--scale wants a positive factor"},
        {{"tune", ORIN, "--scale", "-2"}, "--scale wants"},
        {{"tune", ORIN, "--scale", "two"}, "--scale wants"},
        {{"tune", ORIN, "-c", "conv2d"}, "tune wants one FILE and at least one edit"},
        {{"tune", "--scale", "2"}, "tune wants one FILE"},
        {{"fit", ORIN, "-k", "x"}, "wants a whole number"},
        {{"fit", ORIN, "-k", "1"}, "wants a whole number"},
        {{"fit", ORIN, "-k", "3x"}, "wants a whole number"},
        {{"fit", ORIN, "-k", "99999"}, "wants a whole number"},
        {{"fit", ORIN, "--exclude", "a"}, "--exclude"},
        {{"fit", ORIN, "-w", "heavy"}, "heavy"},
        {{"fit", ORIN, "-m", "cubic"}, "cubic"},
        {{"fit", ORIN, "--save"}, "--save"},
        {{"fit"}, "fit wants at least one PATH"},
        {{"fit", ORIN, ORIN, "--exclude", "0"}, "want one file"},
        {{"diff", ORIN, ORIN, "--margin", "0"}, "wants a positive percentage"},
        {{"diff", ORIN, ORIN, "--margin", "%"}, "wants a positive percentage"},
        {{"diff", ORIN, ORIN, "--margin="}, "wants a positive percentage"},
        {{"diff", ORIN, ORIN, "--n", "neither"}, "neither"},
        {{"diff", "-", "-"}, "standard input"},
        {{"diff", ORIN}, "diff wants"},
        {{"plot", ORIN, "--size", "80"}, "wants a whole number"},
        {{"plot", ORIN, ORIN}, "name one with -c"},
        {{"plot"}, "plot wants a FILE"},
        {{"show"}, "show wants at least one FILE"},
        {{"show"}, "show wants at least one FILE"},
        {{"eval", ORIN, "-c", "matmul"}, "eval wants"},
        {{"eval", ORIN, "-c", "matmul", "much"}, "much"},
        {{"validate"}, "validate wants at least one PATH"},
        {{"journal", "a", "b"}, "at most one FILE"},
        {{"journal", "a", "--apply", "--drop"}, "at most one FILE"},
        {{"journal", "--drop"}, "at most one FILE"},
        {{"journal", "--over"}, "at most one FILE"},
        {{"journal", "--frob"}, "is no option here"},
        {{"ls", "-\xC3\xBC"}, "there is no option"},
        {{"ls", "--registry"}, "needs a value"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *words[8] = {"calscope"};
        for (size_t j = 0; j < 5; j++)
            words[j + 1] = table[i].words[j];
        assert_answer(answer_run(words), 2, "", table[i].message);
    }
}

static void test_every_way_to_ask_for_help_gives_it(void **state)
{
    (void)state;
    assert_answer(RUN("-h"), 0, "calscope ls", "");
    assert_answer(RUN("help"), 0, "calscope ls", "");
    assert_answer(answer_run((const char *[]){"calscope", NULL}), 0, "calscope ls", "");
    assert_answer(RUN("fit", "-h"), 0, "calscope fit", "");
    assert_answer(RUN("journal", "--help"), 0, "calscope journal", "");
    assert_true(cli_is_command("-h") && cli_is_command("help"));
}

static void test_a_file_without_curves_has_nothing_to_show_fit_or_plot(void **state)
{
    (void)state;
    struct scratch empty = scratch_of("{\"hardware_id\": \"x\", \"curves\": {}}");
    assert_answer(RUN("plot", empty.file), 2, "", "the file has no curves");
    assert_answer(RUN("show", empty.file), 0, "x", "");
    assert_answer(RUN("fit", empty.folder), 2, "", "no curve");
    assert_answer(RUN("eval", empty.file, "1"), 2, "", "has 0 curves");
    scratch_done(&empty);
}

static void test_a_folder_that_holds_no_calibration_is_said_so(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(EXAMPLE);
    remove(scratch.file);
    assert_answer(RUN("validate", scratch.folder), 2, "", "no efficiency_curves.json below it");
    assert_answer(RUN("ls", scratch.folder), 0, "no efficiency_curves.json below", "");
    assert_answer(RUN("fit", scratch.folder), 2, "", "no curve");
    assert_answer(RUN("fit", scratch.folder, "-c", "x"), 2, "", "no curve x");
    assert_answer(RUN("validate", "/no/such"), 2, "", "/no/such");
    scratch_done(&scratch);
}

static void test_a_name_that_stands_for_nothing_is_refused_with_the_reason(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(EXAMPLE);
    remove(scratch.file);
    assert_answer(RUN("show", scratch.folder), 2, "", "the folder holds no efficiency_curves.json");
    assert_answer(RUN("show", "@x"), 2, "", "@x: No such file");
    assert_answer(RUN("show", "x@"), 2, "", "x@: No such file");
    assert_answer(RUN("show", "no/such@HEAD"), 2, "", "no/such@HEAD: No such file");
    scratch_done(&scratch);
}

static void test_a_link_that_leads_out_is_said_and_not_followed(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(EXAMPLE);
    char *link = memory_print("%s/in", scratch.folder);
    char *inside = memory_print("%s/efficiency_curves.json", link);
    assert_int_equal(mkdir(link, 0700), 0);
    assert_int_equal(symlink(EXAMPLE, inside), 0);
    remove(scratch.file);
    assert_answer(RUN("validate", scratch.folder), 1, "the link leads out of the registry", "");
    assert_answer(RUN("ls", scratch.folder), 0, "broken: the link leads out", "");
    assert_answer(RUN("fit", scratch.folder), 2, "", "the link leads out");
    unlink(inside);
    assert_int_equal(mkdir(inside, 0700), 0);
    assert_answer(RUN("ls", scratch.folder), 0, "not a regular file", "");
    rmdir(inside);
    rmdir(link);
    free(inside);
    free(link);
    scratch_done(&scratch);
}

static void assert_same_file(const struct scratch *scratch, const char *before)
{
    char *after = read_whole(scratch->file);
    assert_string_equal(before, after);
    free(after);
}

static void test_a_file_that_cannot_be_written_stays_and_the_status_says_so(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    char *before = read_whole(scratch.file), *other = memory_print("%s/other", scratch.folder);
    assert_int_equal(chmod(scratch.file, 0444), 0);
    assert_answer(RUN("tune", scratch.file, "-c", "conv2d", "--scale", "1.1"), 2, "",
                  "read-only; make it writable first");
    assert_answer(RUN("fit", scratch.file, "-c", "matmul", "-m", "piecewise_linear", "--save"), 2,
                  "", "read-only");
    assert_int_equal(chmod(scratch.file, 0644), 0);
    assert_int_equal(link(scratch.file, other), 0);
    assert_answer(RUN("tune", scratch.file, "-c", "conv2d", "--scale", "1.1"), 2, "",
                  "2 hard links");
    unlink(other);
    assert_answer(RUN("tune", scratch.file, "-c", "conv2d", "--scale", "1", "--note", ""), 0, "",
                  "nothing to write");
    assert_answer(RUN("tune", "-", "--scale", "2"), 2, "", "");
    assert_same_file(&scratch, before);
    free(before);
    free(other);
    scratch_done(&scratch);
}

static void test_an_edit_that_makes_no_curve_is_refused_as_a_whole(void **state)
{
    (void)state;
    static const char *const edits[][2] = {
        {"--set=0=10G:0.5", "rise"}, {"--set=99=1M:0.5", ""}, {"--set=1=0:0.5", ""},
        {"--set=1=60M:0", ""},       {"--set=1=60M:-1", ""},  {"--delete=99", ""},
        {"--insert=50M:0.2", ""},    {"--insert=0:0.2", ""},  {"--insert=60M:1e999", ""},
        {"--set=1=1e400:0.5", ""},   {"--scale=1e308", ""},   {"--insert=60M:0", ""},
    };
    struct scratch scratch = scratch_new(ORIN);
    char *before = read_whole(scratch.file);
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++)
        assert_answer(RUN("tune", scratch.file, "-c", "conv2d", "--scale", "1.5", edits[i][0]), 2,
                      "", edits[i][1]);
    assert_same_file(&scratch, before);
    free(before);
    scratch_done(&scratch);
}

static void test_a_file_that_ends_without_a_newline_is_shown_whole_in_a_diff(void **state)
{
    (void)state;
    struct scratch scratch = scratch_of(
        "{\"curves\": {\"a\": {\"fitted_curve\": {\"breakpoints\": [[1, 0.5], [2, 0.75]]}}}}");
    assert_answer(RUN("tune", scratch.file, "--scale", "0.5", "--dry-run"), 0,
                  "\\ No newline at end of file", "");
    assert_answer(RUN("tune", scratch.file, "--scale", "0.5"), 0, "wrote", "undefined");
    scratch_done(&scratch);
}

static void test_bandwidth_stands_under_bytes_and_never_beside_flops(void **state)
{
    (void)state;
    struct answer list = RUN("show", ORIN, "--json");
    assert_contains(list.out, "bandwidth:");
    char name[64] = "";
    sscanf(strstr(list.out, "bandwidth:"), "%63[^\"]", name);
    answer_done(&list);
    assert_answer(RUN("eval", ORIN, "-c", name, "1M"), 0, "BYTES", "");
    assert_answer(RUN("plot", ORIN, "-c", name), 0, "bytes", "");
    assert_answer(RUN("plot", ORIN, "-c", name, "-c", "matmul"), 2, "", "do not share an axis");
    assert_answer(RUN("plot", ORIN, "-c", name, "--linear"), 0, "", "");
    assert_answer(RUN("plot", ORIN, "-c", "no such"), 2, "", "there is no curve");
}

static void test_two_calibrations_that_share_nothing_are_compared_all_the_same(void **state)
{
    (void)state;
    struct scratch a = scratch_of("{\"hardware_id\": \"a\", \"curves\": {\"x\": {\"fitted_curve\": "
                                  "{\"breakpoints\": [[1, 0.5], [2, 0.6]]}}}}");
    struct scratch b = scratch_of(
        "{\"hardware_id\": \"b\", \"curves\": {\"x\": {\"fitted_curve\": {\"breakpoints\": "
        "[[10, 0.5], [20, 0.6]]}}, \"y\": {}}}");
    assert_answer(RUN("diff", a.file, b.file), 1, "only", "");
    assert_answer(RUN("diff", a.file, b.file, "-c", "x"), 1, "", "");
    assert_answer(RUN("diff", a.file, b.file, "--json"), 1, "\"only_in\":\"b\"", "");
    assert_answer(RUN("diff", a.file, b.file, "-c", "z"), 2, "", "z");
    assert_answer(RUN("diff", a.file, a.file), 0, "", "");
    assert_answer(RUN("diff", ORIN, ORIN, "--n", "samples"), 0, "", "");
    assert_answer(RUN("diff", ORIN, ORIN, "--n", "observations", "--margin", "3%"), 0, "", "");
    scratch_done(&a);
    scratch_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_value_of_the_wrong_form_is_refused_with_the_right_one),
        cmocka_unit_test(test_every_way_to_ask_for_help_gives_it),
        cmocka_unit_test(test_a_file_without_curves_has_nothing_to_show_fit_or_plot),
        cmocka_unit_test(test_a_folder_that_holds_no_calibration_is_said_so),
        cmocka_unit_test(test_a_name_that_stands_for_nothing_is_refused_with_the_reason),
        cmocka_unit_test(test_a_link_that_leads_out_is_said_and_not_followed),
        cmocka_unit_test(test_a_file_that_cannot_be_written_stays_and_the_status_says_so),
        cmocka_unit_test(test_an_edit_that_makes_no_curve_is_refused_as_a_whole),
        cmocka_unit_test(test_a_file_that_ends_without_a_newline_is_shown_whole_in_a_diff),
        cmocka_unit_test(test_bandwidth_stands_under_bytes_and_never_beside_flops),
        cmocka_unit_test(test_two_calibrations_that_share_nothing_are_compared_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
