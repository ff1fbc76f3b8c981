/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calibrations that lack this, mix that or hold what nobody expects: every command has an answer.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "answer.h"

static struct scratch scratch_of(const char *text)
{
    struct scratch scratch = scratch_new(EXAMPLE);
    write_file(scratch.file, text, strlen(text));
    return scratch;
}

#define FITTED(pairs) "\"fitted_curve\": {\"breakpoints\": " pairs "}"
#define POINT(flops, mean, more) "{\"flops\": " flops ", \"efficiency_mean\": " mean more "}"
#define FROM(source) ", \"source\": \"" source "\""

/* Sources of every kind, nothing that describes it. */
static const char mixed[] =
    "{\"hardware_id\": \"m\", \"curves\": {\"a\": {\"data_points\": [" POINT("1e6", "0.1", FROM("measured")) ", " POINT(
        "1e7", "0.2",
        FROM(
            "legacy_hardcoded")) ", " POINT("1e8", "0.4",
                                            FROM(
                                                "interpolated")) ", " POINT("1e9", "0.5",
                                                                            "") "], " FITTED("[["
                                                                                             "1e6, "
                                                                                             "0.1],"
                                                                                             " ["
                                                                                             "1e9, "
                                                                                             "0.5]"
                                                                                             "]") "}}}";

static void test_a_device_of_mixed_sources_is_listed_with_all_of_them(void **state)
{
    (void)state;
    struct scratch scratch = scratch_of(mixed);
    assert_answer(RUN("ls", scratch.folder), 0, "measured 1, legacy", "");
    assert_answer(RUN("ls", scratch.folder, "--json"), 0, "\"calibration_date\":null", "");
    assert_answer(RUN("show", scratch.file), 0, "a", "");
    assert_answer(RUN("show", scratch.file, "-c", "a"), 0, "interpolated", "");
    assert_answer(RUN("validate", scratch.file), 1, "missing-field", "");
    scratch_done(&scratch);
}

static void test_intervals_are_named_for_what_they_mean(void **state)
{
    (void)state;
    struct scratch single = scratch_of("{\"curves\": {\"a\": {\"data_points\": [" POINT(
        "1e6", "0.5",
        ", \"efficiency_std\": 0.1, \"ci_lower\": 0.304, \"ci_upper\": 0.696, "
        "\"num_samples\": 100, \"num_observations\": 4") "], " FITTED("[[1e6, 0.5], [1e7, "
                                                                      "0.5]]") "}}}");
    struct scratch mean = scratch_of("{\"curves\": {\"a\": {\"data_points\": [" POINT(
        "1e6", "0.5",
        ", \"efficiency_std\": 0.1, \"ci_lower\": 0.4804, \"ci_upper\": 0.5196, "
        "\"num_samples\": 100, \"num_observations\": 4") "], " FITTED("[[1e6, 0.5], [1e7, "
                                                                      "0.5]]") "}}}");
    struct answer one = RUN("show", single.file, "-c", "a"),
                  other = RUN("show", mean.file, "-c", "a");
    assert_int_equal(one.status, 0);
    assert_int_equal(other.status, 0);
    assert_string_not_equal(one.out, other.out);
    answer_done(&one);
    answer_done(&other);
    assert_answer(RUN("diff", single.file, mean.file), 1, "", "");
    scratch_done(&single);
    scratch_done(&mean);
}

static void test_many_stretches_of_falling_latency_are_cut_short(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_append_string(&text, "{\"curves\": {\"a\": {\"fitted_curve\": {\"breakpoints\": [");
    for (int i = 0; i < 60; i++)
        buffer_print(&text, "%s[%d, %s]", i ? ", " : "", (i + 1) * 1000000, i % 2 ? "0.9" : "0.1");
    buffer_append_string(&text, "]}}}}");
    struct scratch scratch = scratch_of(text.bytes);
    assert_answer(RUN("show", scratch.file, "-c", "a"), 0, "60 breakpoints", "");
    assert_answer(RUN("plot", scratch.file), 0, "", "");
    assert_answer(RUN("validate", scratch.file), 1, "and more", "");
    buffer_done(&text);
    scratch_done(&scratch);
}

static void test_a_field_that_one_side_lacks_is_a_difference(void **state)
{
    (void)state;
    struct scratch a = scratch_of(
        "{\"hardware_id\": \"x\", \"hardware_name\": \"n\", \"precision\": \"FP32\", \"curves\": "
        "{\"a\": {" FITTED("[[1, 0.5], [9, 0.6]]") "}, \"b\": {" FITTED(
            "[[1, 0.5], [9, 0.6]]") "}, \"c\": {" FITTED("[[1, 0.5], [9, 0.6]]") "}}}");
    struct scratch b =
        scratch_of("{\"hardware_id\": \"x\", \"hardware_name\": \"n\", \"device_type\": "
                   "\"gpu\", \"precision\": \"FP16\", \"curves\": {\"a\": {" FITTED(
                       "[[1, 0.5], [9, 0.6]]") "}}}");
    struct scratch broken = scratch_of("{");
    assert_answer(RUN("diff", a.file, b.file), 1, "device_type", "");
    assert_answer(RUN("diff", b.file, a.file), 1, "precision", "");
    assert_answer(RUN("diff", a.file, b.file, "--json"), 1,
                  "{\"field\":\"device_type\",\"a\":null,\"b\":\"gpu\"}", "");
    assert_answer(RUN("diff", broken.file, a.file), 2, "", "line 1");
    assert_answer(RUN("diff", a.file, broken.file), 2, "", "line 1");
    scratch_done(&a);
    scratch_done(&b);
    scratch_done(&broken);
}

static void test_points_of_one_size_and_out_of_order_are_compared_in_order(void **state)
{
    (void)state;
#define STD ", \"efficiency_std\": 0.01, \"num_observations\": 5"
    struct scratch a =
        scratch_of("{\"curves\": {\"a\": {\"data_points\": [" POINT("1e8", "0.4", STD) ", " POINT(
            "1e6", "0.1",
            STD) ", " POINT("1e6", "0.11",
                            STD) ", " POINT("3e7", "0.3",
                                            STD) "], " FITTED("[[1e6, 0.1], [1e8, 0.4]]") "}}}");
    struct scratch b =
        scratch_of("{\"curves\": {\"a\": {\"data_points\": [" POINT("2e6", "0.1", STD) ", " POINT(
            "1e6", "0.2", STD) ", " POINT("1e8", "0.2", STD) "], " FITTED("[[1e6, 0.1], [1e8, "
                                                                          "0.4]]") "}}}");
    struct answer answer = RUN("diff", a.file, b.file, "--json");
    struct json_document *document = answer_json(&answer);
    assert_int_equal(answer.status, 1);
    assert_true(NUMBER_AT(document, "curves", "0", "points", "0", "flops") == 1e6);
    assert_string_equal(STRING_AT(document, "curves", "0", "points", "0", "verdict"), "better");
    json_document_free(document);
    answer_done(&answer);
    assert_answer(RUN("diff", a.file, b.file), 1, "better", "");
    scratch_done(&a);
    scratch_done(&b);
}

static void test_what_a_fit_cannot_have_is_refused(void **state)
{
    (void)state;
    struct scratch scratch = scratch_of(mixed), broken = scratch_of("{");
    assert_answer(RUN("fit", broken.file), 2, "", "line 1");
    assert_answer(RUN("fit", "/no/such"), 2, "", "/no/such");
    assert_answer(RUN("eval", broken.file, "1"), 2, "", "line 1");
    assert_answer(RUN("plot", broken.file), 2, "", "line 1");
    assert_answer(RUN("show", broken.file), 2, "", "line 1");
    assert_answer(RUN("tune", scratch.file, "-c", "no", "--scale", "2"), 2, "",
                  "there is no curve `no`");
    assert_answer(RUN("fit", scratch.file, "-w", "std"), 2, "", "use -w none or --exclude");
    assert_answer(RUN("fit", scratch.file, "-c", "no"), 2, "", "there is no curve `no`");
    assert_answer(RUN("fit", ORIN, "--exclude", "1"), 2, "", "--exclude wants one curve");
    assert_answer(RUN("fit", ORIN, "-m", "log_linear", "--save"), 2, "", "--save wants one curve");
    assert_answer(RUN("fit", scratch.file, "--dry-run"), 2, "", "--save");
    assert_answer(RUN("fit", scratch.file, "--note", "n"), 2, "", "--save");
    assert_answer(RUN("fit", scratch.file, "--as-model"), 2, "", "--save");
    assert_answer(RUN("fit", scratch.file, "--robust", "--floor"), 0, "", "");
    assert_answer(RUN("fit", scratch.file, "--robust", "-w", "relative"), 0, "", "");
    assert_answer(RUN("fit", scratch.file, "--json", "-w", "relative"), 0, "\"weights\":", "");
    scratch_done(&broken);
    scratch_done(&scratch);
}

static void test_curves_without_points_or_fit_have_an_answer_everywhere(void **state)
{
    (void)state;
    struct scratch scratch = scratch_of(
        "{\"curves\": {\"nothing\": {}, \"points\": {\"data_points\": "
        "[" POINT("1e6", "0.1", "") "]}, \"fit\": {" FITTED(
            "[[1, 0.5], [9, 0.6]]") "}, \"flat\": {"
                                    "\"data_points\": [" POINT("1e6", "0.5", "") ", " POINT(
                                        "1e6", "0.5", "") ", " POINT("1e6", "0.5",
                                                                     "") "]}}, "
                                                                         "\"validation\""
                                                                         ": "
                                                                         "{\"models_"
                                                                         "tested\": "
                                                                         "\"many\"}, "
                                                                         "\"notes\": "
                                                                         "\"\"}");
    static const char *const names[] = {"nothing", "points", "fit", "flat"};
    for (size_t i = 0; i < 4; i++) {
        assert_answer(RUN("show", scratch.file, "-c", names[i]), 0, names[i], "");
        struct answer fit = RUN("fit", scratch.file, "-c", names[i]);
        assert_true(fit.status == 0 || fit.status == 1);
        assert_contains(fit.out, names[i]);
        answer_done(&fit);
        struct answer json = RUN("fit", scratch.file, "-c", names[i], "--json");
        json_document_free(answer_json(&json));
        answer_done(&json);
        struct answer plot = RUN("plot", scratch.file, "-c", names[i]);
        assert_true(plot.status == 0 || plot.status == 2);
        assert_null(strstr(plot.out, "nan"));
        answer_done(&plot);
    }
    assert_answer(RUN("show", scratch.file), 0, "validat", "");
    assert_answer(RUN("fit", scratch.folder), 0, "points", "");
    scratch_done(&scratch);
}

static void test_a_folder_that_cannot_be_read_is_a_line_of_its_own(void **state)
{
    (void)state;
    struct scratch scratch = scratch_of(mixed);
    char *shut = memory_print("%s/shut", scratch.folder);
    bool is_root = geteuid() == 0;
    assert_int_equal(mkdir(shut, 0), 0);
    assert_int_equal(chmod(scratch.folder, 0755), 0);
    assert_int_equal(chmod(scratch.file, 0644), 0);
    if (is_root)
        assert_int_equal(seteuid(65534), 0);
    struct answer listed = RUN("ls", scratch.folder);
    if (is_root)
        assert_int_equal(seteuid(0), 0);
    assert_contains(listed.out, "broken: cannot read the folder: Permission denied");
    answer_done(&listed);
    rmdir(shut);
    free(shut);
    scratch_done(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_device_of_mixed_sources_is_listed_with_all_of_them),
        cmocka_unit_test(test_intervals_are_named_for_what_they_mean),
        cmocka_unit_test(test_many_stretches_of_falling_latency_are_cut_short),
        cmocka_unit_test(test_a_field_that_one_side_lacks_is_a_difference),
        cmocka_unit_test(test_points_of_one_size_and_out_of_order_are_compared_in_order),
        cmocka_unit_test(test_what_a_fit_cannot_have_is_refused),
        cmocka_unit_test(test_curves_without_points_or_fit_have_an_answer_everywhere),
        cmocka_unit_test(test_a_folder_that_cannot_be_read_is_a_line_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
