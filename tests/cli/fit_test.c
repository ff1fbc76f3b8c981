/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope fit */
#include "answer.h"

#define BATCHNORM "-c", "conv2d_batchnorm"
#define POWER_MODE FIXTURES "/power_modes/cuda/orin_50w/bf16/efficiency_curves.json"

static void test_json_has_the_keys_of_the_contract_one_line_a_curve(void **state)
{
    (void)state;
    struct answer answer = RUN("fit", "--json", ORIN, BATCHNORM);
    struct json_document *document = answer_json(&answer);
    assert_int_equal(answer.status, 0);
    assert_shape(document, "{file,curve,weights,points,best,fits[{model,status,parameters{},"
                           "breakpoints[[]],std_errors{},r_squared,r_squared_unweighted,"
                           "residual_std,standard_error,max_residual,aicc,loo_rmse,warnings[],"
                           "residuals[],intervals{},leverages[],deleted_residuals[],outliers[],"
                           "choices[{breakpoints,sse,aicc}],sse,sse_free,at_bound[],"
                           "outliers_own_std[],savable,latency_ratio,latency_ratio_at,"
                           "falling_latency[[]]}],sentence,best_savable}");
    assert_int_equal(json_value_count(AT(document, "fits")), 3);
    assert_string_equal(STRING_AT(document, "fits", "1", "model"), "log_linear");
    assert_int_equal(json_value_count(AT(document, "fits", "1", "residuals")), 9);
    assert_true(NUMBER_AT(document, "points") == 9);
    AT(document, "fits", "1", "parameters", "intercept");
    AT(document, "fits", "2", "std_errors", "midpoint");
    json_document_free(document);
    answer_done(&answer);
}

static void test_a_folder_gives_a_line_for_every_curve(void **state)
{
    (void)state;
    struct answer answer = RUN("fit", "--json", REGISTRY, "-m", "log_linear");
    size_t lines = 0;
    for (const char *at = answer.out; *at; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 9);
    answer_done(&answer);
}

static void test_a_folder_is_a_table_with_a_row_for_every_curve(void **state)
{
    (void)state;
    struct answer answer = RUN("fit", REGISTRY);
    size_t lines = 0;
    for (const char *at = answer.out; *at; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 10); /* and the heading */
    assert_contains(answer.out, "ID                   CURVE                       POINTS  MODEL");
    assert_contains(answer.out, "gpu/jetson_orin_agx  conv2d_batchnorm                 9  sigmoid");
    assert_string_equal(answer.err, ""); /* no progress where nobody watches */
    answer_done(&answer);
    assert_answer(RUN("fit", REGISTRY, "-m", "log_linear"), 1, "log_linear", "");
}

static void test_a_broken_file_in_a_folder_is_said_and_the_rest_fitted(void **state)
{
    (void)state;
    struct answer answer = RUN("fit", FIXTURES "/registry", "-c", "matmul");
    assert_int_equal(answer.status, 2);
    assert_contains(answer.err, "example_broken");
    assert_contains(answer.out, "example_desktop");
    answer_done(&answer);
}

static void test_the_stored_curve_is_the_first_row_recomputed(void **state)
{
    (void)state;
    struct answer answer = RUN("fit", ORIN, BATCHNORM);
    assert_contains(answer.out, "stored            recomputed    0.99259        0.1449  0.4357");
    assert_contains(answer.out, "log_linear: crosses zero at ");
    answer_done(&answer);
}

/* A sum of squares hardly sees small efficiencies, and latency is 1 over them. */
static void test_what_a_fit_does_to_latency_is_told_before_it_is_saved(void **state)
{
    (void)state;
    const char *latency = "latency 3.34 times too long at 10 M";
    const char *falling = "larger is predicted faster in 16 stretches of 10 M - ";
    struct answer answer = RUN("fit", "--ascii", ORIN, BATCHNORM);
    assert_contains(answer.out, "sigmoid explains 98.8 %, but predicts latency 3.34 times");
    assert_contains(answer.out, "  sigmoid: latency 3.34 times too long at 10 M\n");
    assert_contains(answer.out, "  sigmoid: larger is predicted faster in 16 stretches of 10 M - ");
    assert_contains(answer.out, "log_linear: latency 2.58 times too short at 500 M");
    answer_done(&answer);
    struct scratch scratch = scratch_new(ORIN);
    assert_answer(
        RUN("fit", "--ascii", scratch.file, BATCHNORM, "-m", "sigmoid", "--save", "--json"), 0, "",
        latency);
    assert_answer(RUN("show", "--ascii", scratch.file, BATCHNORM), 0, "from 10 M to 12.6", "");
    scratch_done(&scratch);
    assert_answer(RUN("fit", "--ascii", ORIN, BATCHNORM, "-m", "sigmoid", "--save", "--dry-run"), 0,
                  "", falling);
    answer = RUN("fit", "--json", ORIN, BATCHNORM);
    struct json_document *document = answer_json(&answer);
    double ratio = NUMBER_AT(document, "fits", "2", "latency_ratio");
    assert_true(ratio > 3.33 && ratio < 3.35);
    assert_true(NUMBER_AT(document, "fits", "2", "latency_ratio_at") == 1e7);
    assert_true(NUMBER_AT(document, "fits", "2", "falling_latency", "0", "0") == 1e7);
    assert_true(NUMBER_AT(document, "fits", "1", "latency_ratio") < 0.5);
    assert_int_equal(json_value_count(AT(document, "fits", "1", "falling_latency")), 0);
    json_document_free(document);
    answer_done(&answer);
}

static void test_a_save_says_which_points_the_fit_was_made_without(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    assert_answer(
        RUN("fit", scratch.file, BATCHNORM, "-m", "sigmoid", "--save", "--dry-run", "--exclude=4"),
        0, "", "fitted without 1 of 9 points (231 M); the r_squared written is that of all");
    assert_answer(RUN("fit", scratch.file, BATCHNORM, "-m", "piecewise_linear", "-k", "2", "--save",
                      "--exclude=8,0,1,2,3"),
                  0, "", "fitted without 5 of 9 points (10 M, ");
    scratch_done(&scratch);
    struct answer answer = RUN("fit", ORIN, BATCHNORM, "-m", "sigmoid", "--save", "--dry-run");
    assert_null(strstr(answer.err, "fitted without"));
    answer_done(&answer);
}

/* JSON has it by its definition; a table does not recommend what a save refuses. */
static void test_no_table_holds_up_as_best_what_cannot_be_saved(void **state)
{
    (void)state;
    static const char *const weights[] = {"none", "relative"};
    for (int i = 0; i < 2; i++) {
        struct answer answer = RUN("fit", POWER_MODE, "-c", "activation", "--weights", weights[i]);
        assert_contains(answer.out, "not positive");
        assert_null(strstr(answer.out, "log_linear * "));
        assert_int_equal(strstr(answer.out, "piecewise_linear * ") != NULL, i);
        answer_done(&answer);
        answer = RUN("fit", POWER_MODE, "-c", "activation", "--weights", weights[i], "--json");
        struct json_document *document = answer_json(&answer);
        assert_string_equal(STRING_AT(document, "best"), i ? "log_linear" : "piecewise_linear");
        assert_int_equal(json_value_type(AT(document, "best_savable")),
                         i ? JSON_STRING : JSON_NULL);
        assert_contains(STRING_AT(document, "sentence"),
                        i ? "log_linear is best by AICc, but not positive: of those that can be "
                            "saved piecewise_linear is best"
                          : "but not positive: no fit that is ok can be saved");
        json_document_free(document);
        answer_done(&answer);
    }
    struct answer answer = RUN("fit", ORIN, BATCHNORM);
    assert_contains(answer.out, "sigmoid * ");
    assert_null(strstr(answer.out, "can be saved"));
    answer_done(&answer);
}

/* Without its first two points a line is best, and negative at them; nobody could save it. */
static void test_the_best_that_can_be_saved_is_named_by_every_form_of_the_answer(void **state)
{
    (void)state;
    const char *left_out = "--exclude=0,1";
    assert_answer(RUN("fit", ORIN, BATCHNORM, left_out), 0, "  sigmoid *         ok", "");
    struct answer answer = RUN("fit", ORIN, BATCHNORM, left_out, "--json");
    struct json_document *document = answer_json(&answer);
    assert_string_equal(STRING_AT(document, "best"), "log_linear");
    assert_string_equal(STRING_AT(document, "best_savable"), "sigmoid");
    json_document_free(document);
    answer_done(&answer);
    answer = RUN("fit", ORIN, BATCHNORM, left_out, "--csv");
    assert_contains(answer.out, ",savable,best_savable\n");
    const char *line = strstr(answer.out, ",log_linear,ok,true,");
    const char *sigmoid = strstr(answer.out, ",sigmoid,ok,false,");
    assert_non_null(line);
    assert_non_null(sigmoid);
    assert_int_equal(strncmp(strchr(line, '\n') - 12, ",false,false", 12), 0);
    assert_int_equal(strncmp(strchr(sigmoid, '\n') - 10, ",true,true", 10), 0);
    answer_done(&answer);
}

/* A row a curve has room for one fit: one that can be saved, where there is such a one. */
static void test_a_row_of_a_registry_has_the_best_that_can_be_saved(void **state)
{
    (void)state;
    assert_answer(RUN("fit", FIXTURES "/power_modes", "-c", "activation", "-w", "relative"), 0,
                  "cuda/orin_50w/bf16   activation       8  piecewise_linear k=2  ok", "");
}

/* It is as good a fit as others, and an efficiency below zero is none. */
static void test_a_fit_that_is_not_positive_is_called_so_in_every_table(void **state)
{
    (void)state;
    assert_answer(RUN("fit", ORIN, BATCHNORM), 0, "log_linear        not positive", "");
    assert_answer(RUN("fit", REGISTRY "/gpu", BATCHNORM, "-m", "log_linear"), 0,
                  "log_linear  not positive", "");
    struct answer answer = RUN("fit", ORIN, BATCHNORM, "--json");
    struct json_document *document = answer_json(&answer);
    assert_string_equal(STRING_AT(document, "fits", "1", "status"), "ok");
    assert_int_equal(json_value_type(AT(document, "fits", "1", "savable")), JSON_FALSE);
    assert_int_equal(json_value_type(AT(document, "fits", "2", "savable")), JSON_TRUE);
    json_document_free(document);
    answer_done(&answer);
    assert_answer(RUN("fit", ORIN, BATCHNORM, "-m", "log_linear", "--csv"), 0, ",false\n", "");
}

static void test_left_out_points_and_weights_change_the_fit(void **state)
{
    (void)state;
    struct answer answer =
        RUN("fit", "--json", ORIN, BATCHNORM, "--exclude", "0,8", "-w", "relative");
    struct json_document *document = answer_json(&answer);
    assert_true(NUMBER_AT(document, "points") == 7);
    assert_string_equal(STRING_AT(document, "weights"), "relative");
    assert_true(NUMBER_AT(document, "fits", "1", "r_squared") !=
                NUMBER_AT(document, "fits", "1", "r_squared_unweighted"));
    json_document_free(document);
    answer_done(&answer);
}

static void test_the_number_of_breakpoints_can_be_chosen(void **state)
{
    (void)state;
    struct answer answer =
        RUN("fit", "--json", ORIN, BATCHNORM, "-m", "piecewise_linear", "-k", "4");
    struct json_document *document = answer_json(&answer);
    assert_int_equal(json_value_count(AT(document, "fits", "0", "breakpoints")), 4);
    json_document_free(document);
    answer_done(&answer);
}

static void test_weights_that_points_do_not_carry_are_refused_by_name(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(EXAMPLE);
    char *text = read_whole(scratch.file);
    char *std = strstr(text, "\"efficiency_std\": 0.03");
    memcpy(std, "\"efficiency_std\": 0.00", strlen("\"efficiency_std\": 0.00"));
    write_file(scratch.file, text, strlen(text));
    assert_answer(RUN("fit", scratch.file, "-w", "std"), 2, "",
                  "efficiency_std missing or zero at 1 M");
    free(text);
    scratch_done(&scratch);
}

static void test_the_model_asked_for_not_being_ok_exits_1(void **state)
{
    (void)state;
    assert_answer(RUN("fit", ORIN, "-c", "mbconv", "-m", "sigmoid"), 1, "unidentified", "");
    assert_answer(RUN("fit", ORIN, "-c", "mbconv"), 0, "unidentified", "");
}

/* Whether the file still has the bytes of source. */
static bool is_unchanged(const struct scratch *scratch, const char *source)
{
    char *now = read_whole(scratch->file), *before = read_whole(source);
    bool same = strcmp(now, before) == 0;
    free(now);
    free(before);
    return same;
}

static void test_a_save_writes_breakpoints_that_any_reader_understands(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    assert_answer(RUN("fit", scratch.file, BATCHNORM, "-m", "sigmoid", "--save"), 0, "", "wrote ");
    struct answer answer = RUN("show", "--json", scratch.file, BATCHNORM);
    struct json_document *document = answer_json(&answer);
    assert_string_equal(STRING_AT(document, "curves", "0", "curve_type"), "piecewise_linear");
    assert_true(NUMBER_AT(document, "curves", "0", "breakpoints", "0", "0") == 1e7);
    assert_true(NUMBER_AT(document, "curves", "0", "statistics", "stored", "r_squared") ==
                NUMBER_AT(document, "curves", "0", "statistics", "recomputed", "r_squared"));
    json_document_free(document);
    answer_done(&answer);
    scratch_done(&scratch);
}

static void test_a_save_as_the_model_warns_of_readers(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    assert_answer(RUN("fit", scratch.file, BATCHNORM, "-m", "sigmoid", "--save", "--as-model"), 0,
                  "", "drops an operation of that curve_type silently");
    char *text = read_whole(scratch.file);
    assert_contains(text, "\"curve_type\": \"sigmoid\"");
    assert_contains(text, "\"steepness\": ");
    free(text);
    scratch_done(&scratch);
}

static void test_a_dry_run_prints_the_diff_and_writes_nothing(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    assert_answer(RUN("fit", scratch.file, BATCHNORM, "-m", "sigmoid", "--save", "--dry-run"), 0,
                  "\n-        \"r_squared\": 0.0,\n", "");
    assert_true(is_unchanged(&scratch, ORIN));
    scratch_done(&scratch);
}

static void test_fits_that_mislead_are_not_saved(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    assert_answer(RUN("fit", scratch.file, "-c", "mbconv", "-m", "sigmoid", "--save"), 1, "",
                  "is unidentified: not saved");
    assert_answer(RUN("fit", scratch.file, BATCHNORM, "-m", "log_linear", "--save"), 1, "",
                  "is not positive at 10 M FLOPs: not saved");
    assert_true(is_unchanged(&scratch, ORIN));
    scratch_done(&scratch);
}

static void test_a_robust_fit_shows_what_it_left_of_each_points_weight(void **state)
{
    (void)state;
    struct answer answer = RUN("fit", ORIN, BATCHNORM, "-m", "sigmoid", "--robust", "--json");
    struct json_document *json = answer_json(&answer);
    assert_int_equal(json_value_count(AT(json, "fits", "0", "robust_weights")), 9);
    assert_true(NUMBER_AT(json, "fits", "0", "robust_weights", "5") < 0.01); /* 500 M */
    assert_true(NUMBER_AT(json, "fits", "0", "outliers", "0") == 5);
    json_document_free(json);
    answer_done(&answer);
}

static void test_a_point_that_is_not_there_cannot_be_excluded(void **state)
{
    (void)state;
    struct answer answer = RUN("fit", ORIN, BATCHNORM, "--exclude", "0,99");
    assert_int_equal(answer.status, 2);
    assert_non_null(strstr(answer.err, "there is no data point 99 to exclude: of "));
    answer_done(&answer);
}

static void test_a_constraint_says_what_it_costs_and_what_it_holds(void **state)
{
    (void)state;
    struct answer answer = RUN("fit", ORIN, BATCHNORM, "--monotone", "--positive", "--json");
    struct json_document *json = answer_json(&answer);
    assert_string_equal(STRING_AT(json, "fits", "1", "model"), "log_linear");
    assert_string_equal(STRING_AT(json, "fits", "1", "at_bound", "0"), "first point");
    assert_true(NUMBER_AT(json, "fits", "1", "sse") > NUMBER_AT(json, "fits", "1", "sse_free"));
    assert_int_equal(json_value_type(AT(json, "fits", "1", "std_errors", "slope")), JSON_NULL);
    assert_int_equal(json_value_count(AT(json, "fits", "2", "at_bound")), 0);
    assert_true(NUMBER_AT(json, "fits", "2", "sse") == NUMBER_AT(json, "fits", "2", "sse_free"));
    json_document_free(json);
    answer_done(&answer);
    answer = RUN("fit", ORIN, BATCHNORM, "--json");
    json = answer_json(&answer);
    assert_int_equal(json_value_type(AT(json, "fits", "1", "sse")), JSON_NULL);
    json_document_free(json);
    answer_done(&answer);
    assert_answer(RUN("fit", ORIN, BATCHNORM, "--positive"), 0,
                  "log_linear: positive: the sum of squared residuals is 9.26 in place of 5.98 "
                  "(+55 %)",
                  "");
    assert_answer(RUN("fit", ORIN, BATCHNORM, "--positive"), 0,
                  "log_linear: at bound: the efficiency at the first point is 0.0006", "");
}

/* That log_linear gets below zero is why it could not be saved. */
static void test_a_positive_fit_can_be_saved(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    assert_answer(RUN("fit", scratch.file, BATCHNORM, "-m", "log_linear", "--positive", "--save"),
                  0, "", "wrote ");
    assert_false(is_unchanged(&scratch, ORIN));
    scratch_done(&scratch);
}

static void test_points_that_contradict_a_fit_by_their_own_spread_are_listed(void **state)
{
    (void)state;
    static const char file[] = FIXTURES "/registry/cpu/example_desktop/fp32/efficiency_curves.json";
    struct answer answer = RUN("fit", file, "-c", "matmul", "-m", "sigmoid", "--json");
    struct json_document *json = answer_json(&answer);
    assert_true(NUMBER_AT(json, "fits", "0", "outliers_own_std", "0") == 2);
    json_document_free(json);
    answer_done(&answer);
    answer = RUN("fit", file, "-c", "matmul", "-m", "sigmoid");
    assert_contains(answer.out, "sigmoid: the point at ");
    assert_contains(answer.out, " of its own standard errors\n");
    answer_done(&answer);
}

static void test_a_save_wants_a_model_one_curve_and_a_file(void **state)
{
    (void)state;
    assert_answer(RUN("fit", ORIN, BATCHNORM, "--save"), 2, "", "-m MODEL");
    assert_answer(RUN("fit", ORIN, "-m", "sigmoid", "--save"), 2, "", "-c CURVE");
    assert_answer(RUN("fit", REGISTRY, "-m", "sigmoid", "--save"), 2, "", "one file");
    assert_answer(RUN("fit", ORIN, "--dry-run"), 2, "", "go with --save");
    assert_answer(RUN("fit", ORIN, "-m", "spline"), 2, "", "there is no model `spline`, but piece");
    assert_answer(RUN("fit", ORIN, "-k", "1"), 2, "", "from 2 to 64");
    assert_answer(RUN("fit", ORIN, "-w", "heavy"), 2, "", "none, std or relative");
    assert_answer(RUN("fit", ORIN, "--rising"), 2, "", "`--rising` is no option here");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_has_the_keys_of_the_contract_one_line_a_curve),
        cmocka_unit_test(test_a_folder_gives_a_line_for_every_curve),
        cmocka_unit_test(test_a_folder_is_a_table_with_a_row_for_every_curve),
        cmocka_unit_test(test_a_broken_file_in_a_folder_is_said_and_the_rest_fitted),
        cmocka_unit_test(test_the_stored_curve_is_the_first_row_recomputed),
        cmocka_unit_test(test_what_a_fit_does_to_latency_is_told_before_it_is_saved),
        cmocka_unit_test(test_a_save_says_which_points_the_fit_was_made_without),
        cmocka_unit_test(test_no_table_holds_up_as_best_what_cannot_be_saved),
        cmocka_unit_test(test_the_best_that_can_be_saved_is_named_by_every_form_of_the_answer),
        cmocka_unit_test(test_a_row_of_a_registry_has_the_best_that_can_be_saved),
        cmocka_unit_test(test_a_fit_that_is_not_positive_is_called_so_in_every_table),
        cmocka_unit_test(test_left_out_points_and_weights_change_the_fit),
        cmocka_unit_test(test_the_number_of_breakpoints_can_be_chosen),
        cmocka_unit_test(test_weights_that_points_do_not_carry_are_refused_by_name),
        cmocka_unit_test(test_the_model_asked_for_not_being_ok_exits_1),
        cmocka_unit_test(test_a_save_writes_breakpoints_that_any_reader_understands),
        cmocka_unit_test(test_a_save_as_the_model_warns_of_readers),
        cmocka_unit_test(test_a_dry_run_prints_the_diff_and_writes_nothing),
        cmocka_unit_test(test_fits_that_mislead_are_not_saved),
        cmocka_unit_test(test_a_robust_fit_shows_what_it_left_of_each_points_weight),
        cmocka_unit_test(test_a_point_that_is_not_there_cannot_be_excluded),
        cmocka_unit_test(test_a_constraint_says_what_it_costs_and_what_it_holds),
        cmocka_unit_test(test_a_positive_fit_can_be_saved),
        cmocka_unit_test(test_points_that_contradict_a_fit_by_their_own_spread_are_listed),
        cmocka_unit_test(test_a_save_wants_a_model_one_curve_and_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
