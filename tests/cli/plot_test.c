/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope plot */
#include "answer.h"

static void test_a_plot_has_the_size_asked_for(void **state)
{
    (void)state;
    struct answer answer = RUN("plot", ORIN, "-c", "conv2d", "--size", "70x18");
    size_t lines = 0, column = 0;
    for (const char *at = answer.out; *at; at++) {
        column = *at == '\n' ? 0 : column + 1;
        lines += *at == '\n';
        assert_true(column <= 70);
    }
    assert_int_equal(answer.status, 0);
    assert_int_equal(lines, 18);
    assert_contains(answer.out, "FLOPs");
    answer_done(&answer);
}

static void test_without_a_curve_all_compute_curves_share_the_axes(void **state)
{
    (void)state;
    struct answer answer = RUN("plot", "--json", ORIN);
    struct json_document *document = answer_json(&answer);
    assert_shape(document, "{file,curves[{curve,points[[]],breakpoints[[]],file}]}");
    assert_int_equal(json_value_count(AT(document, "curves")), 6);
    json_document_free(document);
    answer_done(&answer);
    assert_answer(RUN("plot", ORIN, "--size", "100x30"), 0, "matmul", "");
}

static void test_curves_come_in_the_order_asked_for(void **state)
{
    (void)state;
    struct answer answer = RUN("plot", "--json", ORIN, "-c", "matmul", "-c", "conv2d");
    struct json_document *document = answer_json(&answer);
    assert_string_equal(STRING_AT(document, "curves", "0", "curve"), "matmul");
    assert_string_equal(STRING_AT(document, "curves", "1", "curve"), "conv2d");
    assert_true(NUMBER_AT(document, "curves", "1", "breakpoints", "0", "1") == 0.6);
    json_document_free(document);
    answer_done(&answer);
}

static void test_bytes_and_flops_are_not_mixed(void **state)
{
    (void)state;
    assert_answer(RUN("plot", ORIN, "-c", "matmul", "-c", "bandwidth:generic"), 2, "",
                  "do not share an axis");
    assert_answer(RUN("plot", ORIN, "-c", "bandwidth:generic"), 0, "bytes", "");
}

static void test_colour_is_given_only_when_asked_for_or_seen(void **state)
{
    (void)state;
    struct answer plain = RUN("plot", ORIN, "-c", "matmul");
    struct answer coloured = RUN("plot", ORIN, "-c", "matmul", "--color=always");
    assert_null(strchr(plain.out, '\033'));
    assert_non_null(strchr(coloured.out, '\033'));
    answer_done(&plain);
    answer_done(&coloured);
}

static void test_sizes_that_are_none_are_misuse(void **state)
{
    (void)state;
    assert_answer(RUN("plot", ORIN, "--size", "80"), 2, "", "the height");
    assert_answer(RUN("plot", ORIN, "--size", "3x3"), 2, "", "the width");
    assert_answer(RUN("plot", ORIN, "--size", "99999999999999999999x3"), 2, "", "the width");
}

static void test_a_picture_goes_to_standard_output_or_to_a_file(void **state)
{
    (void)state;
    struct answer answer = RUN("plot", ORIN, "-c", "conv2d", "--svg", "-", "--size", "640x400");
    struct scratch scratch = scratch_new(ORIN);
    char *path = memory_print("%s/plot.svg", scratch.folder);
    assert_int_equal(answer.status, 0);
    assert_contains(answer.out, "width=\"640\" height=\"400\"");
    assert_contains(answer.out, ">conv2d</text>");
    assert_contains(answer.out, ">falling latency</text>");
    assert_contains(answer.out, ">calibrated range</text>");
    assert_answer(RUN("plot", ORIN, "-c", "conv2d", "--svg", path, "--size", "640x400"), 0, "", "");
    char *written = read_whole(path);
    assert_string_equal(written, answer.out);
    free(written);
    remove(path);
    assert_answer(RUN("plot", scratch.file, "-c", "conv2d", "--svg", scratch.file), 2, "",
                  "that is the calibration itself");
    char *kept = read_whole(scratch.file), *given = read_whole(ORIN);
    assert_string_equal(kept, given);
    free(kept);
    free(given);
    free(path);
    scratch_done(&scratch);
    answer_done(&answer);
    assert_answer(RUN("plot", ORIN, "--svg", "/nowhere/at/all.svg"), 2, "", "/nowhere/at/all.svg");
}

static void test_a_fit_comes_with_its_band_and_residuals(void **state)
{
    (void)state;
    struct answer answer = RUN("plot", ORIN, "-c", "matmul", "--fit", "sigmoid", "--band",
                               "confidence", "--residuals", "--svg", "-");
    assert_int_equal(answer.status, 0);
    assert_contains(answer.out, ">sigmoid</text>");
    assert_contains(answer.out, ">95 % confidence</text>");
    assert_contains(answer.out, "class=\"band\"");
    assert_contains(answer.out, ">residual</text>");
    answer_done(&answer);
    assert_answer(RUN("plot", ORIN, "-c", "matmul", "--fit", "sigmoid"), 0, "sigmoid", "");
    assert_answer(RUN("plot", ORIN, "--fit", "sigmoid"), 2, "", "one curve");
    assert_answer(RUN("plot", ORIN, "--band", "confidence"), 2, "", "--fit");
}

static void test_several_files_lie_over_one_another_with_their_ratio(void **state)
{
    (void)state;
    assert_answer(RUN("plot", ORIN, ORIN, "-c", "matmul", "--svg", "-"), 0, ">ratio B/A</text>",
                  "");
    assert_answer(RUN("plot", ORIN, ORIN, "-c", "matmul", "--size", "100x30"), 0, "ratio B/A", "");
    assert_answer(RUN("plot", ORIN, ORIN), 2, "", "-c CURVE");
    assert_answer(RUN("plot", ORIN, ORIN, "-c", "matmul", "-c", "conv2d"), 2, "", "one -c");
}

static void test_a_picture_over_an_older_one_takes_its_place_whatever_names_the_files(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    char *path = memory_print("%s/plot.svg", scratch.folder);
    write_file(path, "old", 3);
    assert_answer(RUN("plot", "--registry", REGISTRY, "gpu/jetson_orin_agx", "--svg", path), 0, "",
                  "");
    char *written = read_whole(path);
    assert_contains(written, "<svg");
    assert_answer(RUN("plot", scratch.file, ORIN, "-c", "conv2d", "--svg", scratch.file), 2, "",
                  "that is the calibration itself");
    remove(path);
    free(written);
    free(path);
    scratch_done(&scratch);
}

static void test_a_picture_of_a_file_without_a_header_is_named_by_the_file(void **state)
{
    (void)state;
    static const char bytes[] = "{\"hardware_name\":\"\",\"curves\":{\"conv2d\":{\"data_points\":["
                                "{\"flops\":1e6,\"efficiency_mean\":0.5}]}}}";
    struct scratch scratch = scratch_new(EXAMPLE);
    write_file(scratch.file, bytes, sizeof bytes - 1);
    struct answer answer = RUN("plot", scratch.file, "--svg", "-");
    assert_int_equal(answer.status, 0);
    assert_contains(answer.out, scratch.file);
    assert_contains(answer.out, "hardware unknown, precision unknown, calibrated n/a");
    answer_done(&answer);
    assert_answer(RUN("plot", scratch.file, "-c", "conv2d", "--fit", "sigmoid"), 1, "",
                  "no sigmoid fit: too_few_points");
    scratch_done(&scratch);
}

static void test_what_does_not_go_together_is_misuse(void **state)
{
    (void)state;
    assert_answer(RUN("plot", ORIN, "--svg", "-", "--json"), 2, "", "SVG or JSON, not both");
    assert_answer(RUN("plot", ORIN, "--theme", "dark"), 2, "", "goes with --svg");
    assert_answer(RUN("plot", ORIN, ORIN, "-c", "conv2d", "--residuals"), 2, "", "one curve");
    assert_answer(RUN("plot", ORIN, "-c", "nothing", "-c", "conv2d"), 2, "", "nothing");
    assert_answer(RUN("plot", ORIN, ORIN, ORIN, ORIN, ORIN, ORIN, ORIN, ORIN, ORIN, ORIN, ORIN,
                      ORIN, ORIN, ORIN, ORIN, ORIN, ORIN, ORIN, ORIN, ORIN, ORIN),
                  2, "", "plot wants a FILE, or up to");
}

/* Files of a plot are told apart by what fits beside their lines: the end of a long path. */
static void test_files_of_any_name_are_told_apart_by_the_end_of_their_path(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    char *deep =
        memory_print("%s/a_folder_with_a_name_of_some_length/another/third", scratch.folder);
    char *plain = memory_print("%s/a_folder_with_a_name_of_some_length/"
                               "a-file-whose-name-alone-is-longer-than-36.json",
                               scratch.folder);
    char *command =
        memory_print("mkdir -p %s && cp %s %s && cp %s %s", deep, ORIN, deep, ORIN, plain);
    assert_int_equal(system(command), 0);
    free(command);
    char *file = memory_print("%s/efficiency_curves.json", deep);
    struct answer answer = RUN("plot", file, plain, "-c", "conv2d", "--svg", "-");
    assert_contains(answer.out, ">another/third</text>");
    assert_null(strstr(answer.out, ">a_folder"));
    assert_contains(answer.out, ">a-file-whose-name");
    answer_done(&answer);
    command = memory_print("rm -r %s/a_folder*", scratch.folder);
    assert_int_equal(system(command), 0);
    free(command);
    free(file);
    free(plain);
    free(deep);
    scratch_done(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_plot_has_the_size_asked_for),
        cmocka_unit_test(test_without_a_curve_all_compute_curves_share_the_axes),
        cmocka_unit_test(test_curves_come_in_the_order_asked_for),
        cmocka_unit_test(test_bytes_and_flops_are_not_mixed),
        cmocka_unit_test(test_colour_is_given_only_when_asked_for_or_seen),
        cmocka_unit_test(test_a_picture_goes_to_standard_output_or_to_a_file),
        cmocka_unit_test(test_a_fit_comes_with_its_band_and_residuals),
        cmocka_unit_test(test_several_files_lie_over_one_another_with_their_ratio),
        cmocka_unit_test(test_sizes_that_are_none_are_misuse),
        cmocka_unit_test(test_a_picture_over_an_older_one_takes_its_place_whatever_names_the_files),
        cmocka_unit_test(test_a_picture_of_a_file_without_a_header_is_named_by_the_file),
        cmocka_unit_test(test_what_does_not_go_together_is_misuse),
        cmocka_unit_test(test_files_of_any_name_are_told_apart_by_the_end_of_their_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
