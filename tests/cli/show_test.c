/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope show */
#include "answer.h"

static void test_stored_and_recomputed_statistics_stand_side_by_side(void **state)
{
    (void)state;
    struct answer answer = RUN("show", ORIN, "-c", "mbconv");
    assert_int_equal(answer.status, 0);
    assert_contains(answer.out, "NVIDIA Jetson AGX Orin 64GB (50W)\n");
    assert_contains(answer.out, "r_squared     unknown     0.99141");
    assert_contains(answer.out, "all 0.0 or absent: unknown");
    assert_contains(answer.out,
                    "8 data points (8 legacy; 8 single observations), range 5 M to 100 M");
    assert_contains(answer.out, "intervals: mean -+ 1.96 std, where single observations fall");
    assert_contains(answer.out, "falling latency: from 30 M to 33.36 M FLOPs a larger operation");
    assert_contains(answer.out, "20 M   0.03  0.006  1  0.031309  -0.00131  legacy_hardcoded");
    answer_done(&answer);
    assert_answer(RUN("show", FIXTURES "/power_modes/cuda/orin_15w/bf16/efficiency_curves.json",
                      "-c", "unfused"),
                  0, "the means of the 9 data points, each of which is a breakpoint\n", "");
}

static void test_undefined_statistics_are_never_nan(void **state)
{
    (void)state;
    struct answer answer = RUN("show", ORIN, "-c", "conv2d_depthwise");
    assert_contains(answer.out, "r_squared     unknown         n/a");
    assert_null(strstr(answer.out, "nan"));
    answer_done(&answer);
}

static void test_json_has_the_documented_keys(void **state)
{
    (void)state;
    struct answer answer = RUN("show", "--json", ORIN, "-c", "mbconv");
    struct json_document *document = answer_json(&answer);
    assert_shape(document,
                 "{file,schema_version,hardware_id,hardware_name,device_type,precision,"
                 "calibration_date,calibration_tool_version,notes,findings{errors,warnings,notes},"
                 "curves[{curve,operation_type,description,notes,unit,min_flops,max_flops,"
                 "curve_type,breakpoints[[]],statistics{stored{known,r_squared,residual_std,"
                 "max_residual},recomputed{r_squared,residual_std,max_residual}},interval_sense,"
                 "falling_latency[[]],points[{flops,efficiency_mean,efficiency_std,efficiency_min,"
                 "efficiency_max,ci_lower,ci_upper,num_observations,num_samples,source,"
                 "curve_efficiency,residual}]}]}");
    assert_true(NUMBER_AT(document, "curves", "0", "points", "2", "residual") < -0.0013);
    assert_int_equal(json_value_type(AT(document, "curves", "0", "points", "0", "num_samples")),
                     JSON_NULL);
    assert_string_equal(STRING_AT(document, "curves", "0", "unit"), "FLOPs");
    json_document_free(document);
    answer_done(&answer);
}

static void test_bandwidth_curves_are_in_bytes(void **state)
{
    (void)state;
    assert_answer(RUN("show", ORIN, "-c", "bandwidth:generic"), 0, "range 10 k to 100 M bytes", "");
}

static void test_an_unknown_curve_is_refused_with_the_names(void **state)
{
    (void)state;
    assert_answer(RUN("show", EXAMPLE, "-c", "conv3d"), 2, "", "`conv3d`; the file has generic");
}

static void test_a_bad_file_is_refused_with_line_and_column(void **state)
{
    (void)state;
    assert_answer(RUN("show", FIXTURES "/truncated.json"), 2, "", "truncated.json:30:11: ");
    assert_answer(RUN("show", FIXTURES "/bom.json"), 2, "", "bom.json:1:1: ");
    assert_answer(RUN("show", FIXTURES "/bad_utf8.json"), 2, "", "bad_utf8.json:4:49: ");
}

/* Strings of the file may be anything: only text and line ends leave. */
static void test_hostile_strings_leave_no_control_character(void **state)
{
    (void)state;
    const char *file = FIXTURES "/hostile_strings.json";
    struct answer answers[] = {RUN("show", file),     RUN("show", "--json", file),
                               RUN("validate", file), RUN("validate", "--json", file),
                               RUN("plot", file),     RUN("plot", "--json", file)};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        for (const char *at = answers[i].out; *at; at++)
            if (((unsigned char)*at < 0x20 && *at != '\n') || *at == 0x7f)
                fail_msg("answer %zu has the byte %02x", i, (unsigned char)*at);
        assert_null(strstr(answers[i].out, "\xc2\x9b"));
        assert_null(strstr(answers[i].out, "\xe2\x80\xae"));
        answer_done(&answers[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stored_and_recomputed_statistics_stand_side_by_side),
        cmocka_unit_test(test_undefined_statistics_are_never_nan),
        cmocka_unit_test(test_json_has_the_documented_keys),
        cmocka_unit_test(test_bandwidth_curves_are_in_bytes),
        cmocka_unit_test(test_an_unknown_curve_is_refused_with_the_names),
        cmocka_unit_test(test_a_bad_file_is_refused_with_line_and_column),
        cmocka_unit_test(test_hostile_strings_leave_no_control_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
