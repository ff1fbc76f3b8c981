/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules, one at a time: a sound calibration gives no finding, and each way of breaking it gives
 * the finding that names it, with its place.
 */
#include "sound.h"

static void print_findings(const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        print_message("%zu:%zu: %s: %s: %s [%s]\n", findings->items[i].line,
                      findings->items[i].column, severity_name(findings->items[i].severity),
                      findings->items[i].path, findings->items[i].message, findings->items[i].rule);
}

/* One way to break the sound text, and the only finding that it must give. */
struct row {
    const char *from, *to;
    enum severity severity;
    const char *rule, *path, *words; /* words that the message has */
};

static void assert_finding(const struct row *row)
{
    char *text = broken_text(row->from, row->to);
    struct findings findings = check_text(text, "board");
    bool right = findings.count == 1 && findings.items[0].severity == row->severity &&
                 strcmp(findings.items[0].rule, row->rule) == 0 &&
                 strcmp(findings.items[0].path, row->path) == 0 &&
                 strstr(findings.items[0].message, row->words) && findings.items[0].line > 0;
    if (!right) {
        print_findings(&findings);
        fail_msg("%s instead of %s: not one %s at %s", row->to, row->from, row->rule, row->path);
    }
    check_done(&findings);
    free(text);
}

static void assert_findings(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_finding(&rows[i]);
}

#define ASSERT_FINDINGS(rows) assert_findings(rows, sizeof(rows) / sizeof *(rows))
#define POINT_0 "curves.matmul.data_points[0]"
#define POINT_1 "curves.matmul.data_points[1]"
#define FITTED "curves.matmul.fitted_curve"

static void test_a_sound_calibration_has_no_finding(void **state)
{
    (void)state;
    struct findings findings = check_text(sound, "board");
    print_findings(&findings);
    assert_int_equal(findings.count, 0);
    check_done(&findings);
}

static void test_missing_fields_are_named(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"\"hardware_name\": \"A board\",", "", SEVERITY_ERROR, "missing-field", "",
         "`hardware_name`"},
        {"\"calibration_date\": \"2026-02-04T16:44:48.680452\",", "", SEVERITY_ERROR,
         "missing-field", "", "`calibration_date`"},
        {"\"min_flops\": 1000000.0,", "", SEVERITY_ERROR, "missing-field", "curves.matmul",
         "`min_flops`"},
        {"\"flops\": 1000000.0, ", "", SEVERITY_ERROR, "missing-field", POINT_0, "`flops`"},
        {"\"efficiency_std\": 0.02,", "", SEVERITY_WARNING, "missing-field", POINT_0,
         "`efficiency_std`"},
        {"\"curve_type\": \"piecewise_linear\",", "", SEVERITY_ERROR, "missing-field", FITTED,
         "`curve_type`"},
        {"\"r_squared\": 0.9,", "", SEVERITY_WARNING, "missing-field", FITTED, "`r_squared`"},
        {", \"poor\": 0", "", SEVERITY_WARNING, "missing-field", "validation.breakdown", "`poor`"},
    };
    ASSERT_FINDINGS(rows);
}

static void test_wrong_types_say_what_is_there_instead(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"\"hardware_name\": \"A board\"", "\"hardware_name\": 7", SEVERITY_ERROR, "wrong-type",
         "hardware_name", "must be a string, not a number"},
        {"\"num_observations\": 4", "\"num_observations\": 4.5", SEVERITY_ERROR, "wrong-type",
         POINT_0 ".num_observations", "must be a whole number"},
        {"[\"m\"]", "[\"m\", 1]", SEVERITY_ERROR, "wrong-type", POINT_1 ".source_models",
         "an array of strings"},
        {"\"validation\": {", "\"notes\": [], \"validation\": {", SEVERITY_ERROR, "wrong-type",
         "notes", "must be a string, not an array"},
        {"\"matmul\": {", "\"x\": 3, \"matmul\": {", SEVERITY_ERROR, "wrong-type", "curves.x",
         "a curve must be an object"},
        {"\"data_points\": [", "\"data_points\": [5,", SEVERITY_ERROR, "wrong-type", POINT_0,
         "a data point must be an object"},
    };
    ASSERT_FINDINGS(rows);
}

static void test_unknown_names_are_warnings_and_names_in_use_are_fine(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"\"gpu\"", "\"npu\"", SEVERITY_WARNING, "unknown-value", "device_type", "\"npu\""},
        {"\"FP32\"", "\"fp32\"", SEVERITY_WARNING, "unknown-value", "precision", "case"},
        {"\"piecewise_linear\"", "\"spline\"", SEVERITY_WARNING, "unknown-value",
         FITTED ".curve_type", "\"spline\""},
        {"\"measured\"", "\"guessed\"", SEVERITY_WARNING, "unknown-value", POINT_0 ".source",
         "\"guessed\""},
        {"\"1.0\"", "\"2.0\"", SEVERITY_WARNING, "schema-version", "schema_version", "1.0"},
    };
    ASSERT_FINDINGS(rows);
    static const char *const in_use[][2] = {{"\"gpu\"", "\"cuda\""}, {"\"FP32\"", "\"BF16\""}};
    for (size_t i = 0; i < 2; i++) {
        char *text = broken_text(in_use[i][0], in_use[i][1]);
        struct findings findings = check_text(text, "board");
        assert_int_equal(findings.count, 0);
        check_done(&findings);
        free(text);
    }
}

static void test_dates_are_iso_8601(void **state)
{
    (void)state;
    static const char date[] = "2026-02-04T16:44:48.680452";
    static const char *const good[] = {
        "2026-02-04",           "2026-02-04T16:44",       "2026-02-04 16:44:48",
        "2024-02-29T00:00:00Z", "2026-02-04T16:44+01:00", "2026-02-04T16:44:48.5-0530",
        "2000-02-29",           "2026-02-04T24:00:60Z"};
    static const char *const bad[] = {"yesterday",
                                      "04.02.2026",
                                      "2026-13-01",
                                      "2026-02-29",
                                      "2026-2-4",
                                      "2026-02-04T25:00",
                                      "2026-02-04T16:44x",
                                      "",
                                      "2026-02-04T16:44:48.",
                                      "1900-02-29",
                                      "2026/02/04",
                                      "2026-02/04",
                                      "2026-02-31",
                                      "2026-00-10",
                                      "2026-02-00",
                                      "2026-02-04X16:44",
                                      "2026-02-04T1644",
                                      "2026-02-04T16:60",
                                      "2026-02-04T16:44:61",
                                      "2026-02-04T16:4",
                                      "2026-02-04T16:44:48.x",
                                      "2026-02-04T16:44+24:00",
                                      "2026-02-04T16:44+1",
                                      "2026-02-04T16:44+01:60",
                                      "2026-02-04T16:44Z and more",
                                      "2026-02-04T",
                                      "202x-02-04",
                                      "2026-02-04T16:44:48.5:",
                                      "2026-02-04T/6:44",
                                      "2026-02-04T16:44+0/"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char *text = broken_text(date, good[i]);
        struct findings findings = check_text(text, NULL);
        if (findings.count)
            fail_msg("%s is a date", good[i]);
        check_done(&findings);
        free(text);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_finding(&(struct row){date, bad[i], SEVERITY_ERROR, "invalid-date",
                                     "calibration_date", "ISO 8601"});
}

static void test_data_points_keep_signs_order_and_intervals(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"\"flops\": 1000000.0", "\"flops\": 0", SEVERITY_ERROR, "flops-not-positive",
         POINT_0 ".flops", "0"},
        {"\"efficiency_std\": 0.02", "\"efficiency_std\": -0.02", SEVERITY_ERROR, "negative-std",
         POINT_0 ".efficiency_std", "-0.02"},
        {"\"flops\": 1000000.0", "\"flops\": 20000000.0", SEVERITY_WARNING, "points-order",
         POINT_1 ".flops", "10 M follows 20 M"},
        {"\"flops\": 1000000.0", "\"flops\": 10000000.0", SEVERITY_WARNING, "duplicate-point",
         POINT_1 ".flops", "10 M"},
        {"\"efficiency_max\": 0.3", "\"efficiency_max\": 0.15", SEVERITY_WARNING, "min-mean-max",
         POINT_0, "0.15"},
        {"\"ci_lower\": 0.19", "\"ci_lower\": 0.205", SEVERITY_WARNING, "interval", POINT_0,
         "0.205"},
        {"\"num_observations\": 4", "\"num_observations\": 0", SEVERITY_WARNING,
         "count-not-positive", POINT_0 ".num_observations", "0"},
    };
    ASSERT_FINDINGS(rows);
}

static void test_one_unit_in_the_last_place_is_no_contradiction(void **state)
{
    (void)state;
    char *text = broken_text("\"efficiency_max\": 0.3", "\"efficiency_max\": 0.19999999999999998");
    struct findings findings = check_text(text, "board");
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.counts[SEVERITY_NOTE], 1);
    assert_string_equal(findings.items[0].rule, "rounded-extreme");
    check_done(&findings);
    free(text);
}

static void test_curves_that_readers_would_stumble_over_are_errors(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"[[1000000.0, 0.2], [10000000.0, 0.25]]", "[[1000000.0, 0.2]]", SEVERITY_ERROR,
         "breakpoint-count", FITTED ".breakpoints", "at least two"},
        {"[1000000.0, 0.2]", "[1000000.0]", SEVERITY_ERROR, "breakpoint-form",
         FITTED ".breakpoints[0]", "pair"},
        {"[1000000.0, 0.2]", "[10000000.0, 0.25]", SEVERITY_ERROR, "breakpoint-duplicate",
         FITTED ".breakpoints[1]", "10 M"},
        {"\"max_flops\": 10000000.0", "\"max_flops\": 1000000.0", SEVERITY_ERROR, "range-order",
         "curves.matmul.min_flops", "not below"},
        {"\"operation_type\": \"matmul\"", "\"operation_type\": \"conv2d\"", SEVERITY_WARNING,
         "operation-type-key", "curves.matmul.operation_type", "\"matmul\""},
        {"0.25]]", "0.25], [10000001.0, 0.25], [9.0, 0.2]]", SEVERITY_ERROR, "breakpoint-order",
         FITTED ".breakpoints[3]", "9 follows 10 M"},
    };
    ASSERT_FINDINGS(rows);
}

static bool has_finding(const char *from, const char *to, const char *rule, const char *words)
{
    char *text = broken_text(from, to);
    struct findings findings = check_text(text, "board");
    bool found = false;
    for (size_t i = 0; i < findings.count; i++)
        found |= strcmp(findings.items[i].rule, rule) == 0 &&
                 strstr(findings.items[i].message, words) != NULL;
    check_done(&findings);
    free(text);
    return found;
}

static void test_shapes_worth_knowing_are_notes_with_their_place(void **state)
{
    (void)state;
    const char *curve = "[[1000000.0, 0.2], [10000000.0, 0.25]]";
    assert_true(has_finding(curve, "[[1000000.0, 0.25], [10000000.0, 0.2]]", "non-monotonic",
                            "1 M to 10 M FLOPs"));
    assert_true(
        has_finding(curve, "[[1000000.0, 0.01], [10000000.0, 0.9]]", "falling-latency", "1 M to "));
    assert_true(has_finding(curve, "[[2000000.0, 0.2], [10000000.0, 0.25]]", "listing-gap",
                            "from 1 M to 2 M FLOPs"));
    assert_true(has_finding(curve, "[[2000000.0, 0.2], [10000000.0, 0.25]]", "listing-gap",
                            "0.25 instead of 0.2"));
    assert_true(has_finding(curve, "[[1000000.0, -0.2], [10000000.0, 0.25]]",
                            "efficiency-not-positive", "-0.2"));
    assert_true(
        has_finding(curve, "[[1000000.0, 0.2], [10000000.0, 25]]", "implausible-efficiency", "25"));
    assert_true(has_finding("\"efficiency_mean\": 0.2,", "\"efficiency_mean\": -0.2,",
                            "efficiency-not-positive", "-0.2"));
}

static void test_many_of_a_kind_are_cut_short_and_counted(void **state)
{
    (void)state;
    const char *curve = "[[1000000.0, 0.2], [10000000.0, 0.25]]";
    struct buffer saw = {0};
    for (int i = 0; i < 40; i++)
        buffer_print(&saw, "%s[%d, %s]", i ? ", " : "[", (i + 1) * 1000000, i % 2 ? "0.1" : "0.9");
    buffer_append_string(&saw, "]");
    assert_true(has_finding(curve, saw.bytes, "non-monotonic", " and more"));
    assert_true(has_finding(curve, saw.bytes, "falling-latency", " and more"));
    buffer_done(&saw);
}

static void test_breakpoints_and_ranges_that_make_no_sense_are_errors(void **state)
{
    (void)state;
    const char *first = "[1000000.0, 0.2]", *low = "\"min_flops\": 1000000.0";
    const char *curve = "[[1000000.0, 0.2], [10000000.0, 0.25]]";
    assert_true(has_finding(first, "5", "breakpoint-form", "pair"));
    assert_true(has_finding(first, "[\"a\", 0.2]", "breakpoint-form", "pair"));
    assert_true(has_finding(first, "[1000000.0, null]", "breakpoint-form", "pair"));
    assert_true(has_finding(first, "[1, 2, 3]", "breakpoint-form", "pair"));
    assert_true(has_finding(first, "[0, 0.2]", "flops-not-positive", "size 0"));
    assert_true(has_finding(first, "[-3, 0.2]", "flops-not-positive", "size -3"));
    assert_true(has_finding(low, "\"min_flops\": -1", "flops-not-positive", "negative"));
    assert_true(has_finding(low, "\"min_flops\": 0", "listing-gap", "from 0 to 1 M"));
    assert_true(has_finding(curve, "[]", "breakpoint-count", "this one has 0"));
    assert_true(has_finding(curve, "7", "wrong-type", "must be an array"));
    assert_false(has_finding(curve, "7", "breakpoint-count", ""));
}

static void test_stored_statistics_of_single_observations_are_held_against_the_points(void **state)
{
    (void)state;
    /* The second point counts four observations still, so only what no mean can exceed is said. */
    assert_true(has_finding("\"r_squared\": 0.9, \"residual_std\": 0.01, \"max_residual\": 0.05",
                            "\"r_squared\": 0.9, \"residual_std\": 0.01, \"max_residual\": -1",
                            "stored-statistics", "max_residual"));
    assert_false(has_finding("\"r_squared\": 0.9", "\"r_squared\": 0.1", "stored-statistics", ""));
}

static void test_intervals_that_contradict_their_point_are_told_from_each_side(void **state)
{
    (void)state;
    assert_true(
        has_finding("\"efficiency_min\": 0.1", "\"efficiency_min\": 0.25", "min-mean-max", "0.25"));
    assert_true(has_finding("\"ci_upper\": 0.21", "\"ci_upper\": 0.195", "interval", "0.195"));
    assert_true(
        has_finding("\"data_points\": [", "\"other\": [", "missing-field", "`data_points`"));
}

static void test_a_validation_block_is_held_against_itself(void **state)
{
    (void)state;
    assert_true(has_finding("\"models_tested\": 3", "\"models_tested\": -3", "validation", ""));
    assert_true(has_finding("\"mape\": 20.5", "\"mape\": -1", "validation", ""));
    assert_true(has_finding("\"max_error\": 40", "\"max_error\": -40", "validation", ""));
}

static void test_each_stored_figure_is_held_against_points_of_single_observations(void **state)
{
    (void)state;
    static const char *const keys[] = {"r_squared", "residual_std", "max_residual"};
    char *once = broken_text("\"num_observations\": 4, \"source\": \"measured\"},",
                             "\"num_observations\": 1, \"source\": \"measured\"},");
    char *at = strstr(once, "\"num_observations\": 4");
    assert_non_null(at);
    at[strlen("\"num_observations\": ")] = '1';
    struct findings findings = check_text(once, "board");
    size_t found = 0;
    for (size_t i = 0; i < findings.count; i++)
        for (size_t j = 0; j < 3; j++)
            found += strcmp(findings.items[i].rule, "stored-statistics") == 0 &&
                     strstr(findings.items[i].message, keys[j]) != NULL;
    assert_int_equal(found, 3); /* the curve goes through its points: 1, 0 and 0 */
    check_done(&findings);
    free(once);
}

/* Intervals of one curve around single observations, of the other around the mean. */
static void test_curves_that_mean_their_intervals_differently_are_told_apart(void **state)
{
    (void)state;
    static const char text[] =
        "{\"curves\": {\"a\": {\"data_points\": [{\"flops\": 1e6, \"efficiency_mean\": 0.5, "
        "\"efficiency_std\": 0.1, \"ci_lower\": 0.304, \"ci_upper\": 0.696, \"num_samples\": 100, "
        "\"num_observations\": 4}], \"fitted_curve\": {\"breakpoints\": [[1e6, 0.5], [1e7, "
        "0.5]]}}, "
        "\"b\": {\"data_points\": [{\"flops\": 1e6, \"efficiency_mean\": 0.5, \"efficiency_std\": "
        "0.1, \"ci_lower\": 0.4804, \"ci_upper\": 0.5196, \"num_samples\": 100, "
        "\"num_observations\": "
        "4}], \"fitted_curve\": {\"breakpoints\": [[1e6, 0.5], [1e7, 0.5]]}}}}";
    struct findings findings = check_text(text, NULL);
    size_t found = 0;
    for (size_t i = 0; i < findings.count; i++)
        found += strcmp(findings.items[i].rule, "interval-sense") == 0 &&
                 strstr(findings.items[i].message, "this curve's points") != NULL;
    assert_int_equal(found, 2);
    check_done(&findings);
}

static void test_evidence_is_counted(void **state)
{
    (void)state;
    assert_true(has_finding("\"num_observations\": 4", "\"num_observations\": 1",
                            "single-observation", "1 of 2"));
    assert_true(has_finding("\"measured\"", "\"legacy_hardcoded\"", "legacy-values", "1 of 2"));
    assert_true(has_finding("\"ci_lower\": 0.19,\n         \"ci_upper\": 0.21",
                            "\"ci_lower\": 0.1608,\n         \"ci_upper\": 0.2392",
                            "interval-sense", "single observations") == false);
    assert_true(has_finding("\"ci_lower\": 0.19,\n         \"ci_upper\": 0.21, "
                            "\"num_observations\": 4, \"source\": \"measured\"},\n",
                            "\"ci_lower\": 0.1608, \"ci_upper\": 0.2392, "
                            "\"num_observations\": 4, \"source\": \"measured\"},\n"
                            "{\"flops\": 2000000.0, \"efficiency_mean\": 0.2, "
                            "\"efficiency_std\": 0.02, \"efficiency_min\": 0.1, "
                            "\"efficiency_max\": 0.3, \"ci_lower\": 0.1608, "
                            "\"ci_upper\": 0.2392, \"num_observations\": 4, "
                            "\"source\": \"measured\"},\n",
                            "interval-sense", "single observations"));
}

static void test_stored_statistics_are_doubted_only_where_they_cannot_be(void **state)
{
    (void)state;
    const char *stored = "\"max_residual\": 0.05";
    assert_false(has_finding(stored, "\"max_residual\": 5.0", "stored-statistics", ""));
    assert_true(has_finding("[10000000.0, 0.25]", "[10000000.0, 0.35]", "stored-statistics",
                            "`max_residual`"));
    char *text = broken_text("0.9, \"residual_std\": 0.01, \"max_residual\": 0.05",
                             "0.0, \"residual_std\": 0.0, \"max_residual\": 0.0");
    struct findings findings = check_text(text, NULL);
    assert_int_equal(findings.count, 0);
    check_done(&findings);
    free(text);
}

static void test_an_inconsistent_validation_block_is_a_warning(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"\"models_tested\": 3", "\"models_tested\": 4", SEVERITY_WARNING, "validation",
         "validation.breakdown", "counts 3"},
        {"\"mape\": 20.5", "\"mape\": 50", SEVERITY_WARNING, "validation", "validation.mape",
         "larger"},
        {"\"mape\": 20.5", "\"mape\": -1", SEVERITY_WARNING, "validation", "validation",
         "negative"},
    };
    ASSERT_FINDINGS(rows);
}

static void test_a_hardware_id_of_another_name_than_the_folder_is_a_note(void **state)
{
    (void)state;
    assert_finding(&(struct row){"\"board\"", "\"plank\"", SEVERITY_NOTE, "hardware-id-folder",
                                 "hardware_id", "\"board\""});
}

static void test_the_folder_of_a_precision_is_not_the_hardwares_name(void **state)
{
    (void)state;
    struct calibration *calibration;
    char folder[] = "/tmp/check-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char *path = NULL, *deeper = NULL, *command = NULL;
    assert_true(asprintf(&path, "%s/board/efficiency_curves.json", folder) > 0);
    assert_true(asprintf(&deeper, "%s/board/fp32/efficiency_curves.json", folder) > 0);
    assert_true(asprintf(&command, "mkdir -p %s/board/fp32 && touch %s %s", folder, path, deeper) >
                0);
    assert_int_equal(system(command), 0);
    assert_int_equal(calibration_read(sound, strlen(sound), &calibration, NULL), STATUS_OK);
    char *id = check_folder_id(path, calibration);
    assert_string_equal(id, "board");
    free(id);
    id = check_folder_id(deeper, calibration);
    assert_string_equal(id, "board");
    free(id);
    assert_null(check_folder_id(folder, calibration));
    assert_null(check_folder_id(NULL, calibration));
    calibration_free(calibration);
    free(command);
    assert_true(asprintf(&command, "rm -r %s", folder) > 0);
    assert_int_equal(system(command), 0);
    free(path);
    free(deeper);
    free(command);
}

static void test_findings_come_in_the_order_of_the_file(void **state)
{
    (void)state;
    char *text =
        broken_text("\"gpu\",\n  \"precision\": \"FP32\"", "\"npu\",\n  \"precision\": \"FP8\"");
    struct findings findings = check_text(text, "plank");
    assert_int_equal(findings.count, 3);
    for (size_t i = 1; i < findings.count; i++)
        assert_true(findings.items[i - 1].line < findings.items[i].line);
    assert_int_equal(findings.counts[SEVERITY_WARNING], 2);
    assert_int_equal(findings.counts[SEVERITY_NOTE], 1);
    check_done(&findings);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sound_calibration_has_no_finding),
        cmocka_unit_test(test_missing_fields_are_named),
        cmocka_unit_test(test_wrong_types_say_what_is_there_instead),
        cmocka_unit_test(test_unknown_names_are_warnings_and_names_in_use_are_fine),
        cmocka_unit_test(test_dates_are_iso_8601),
        cmocka_unit_test(test_data_points_keep_signs_order_and_intervals),
        cmocka_unit_test(test_one_unit_in_the_last_place_is_no_contradiction),
        cmocka_unit_test(test_curves_that_readers_would_stumble_over_are_errors),
        cmocka_unit_test(test_shapes_worth_knowing_are_notes_with_their_place),
        cmocka_unit_test(test_many_of_a_kind_are_cut_short_and_counted),
        cmocka_unit_test(test_breakpoints_and_ranges_that_make_no_sense_are_errors),
        cmocka_unit_test(test_stored_statistics_of_single_observations_are_held_against_the_points),
        cmocka_unit_test(test_intervals_that_contradict_their_point_are_told_from_each_side),
        cmocka_unit_test(test_a_validation_block_is_held_against_itself),
        cmocka_unit_test(test_each_stored_figure_is_held_against_points_of_single_observations),
        cmocka_unit_test(test_curves_that_mean_their_intervals_differently_are_told_apart),
        cmocka_unit_test(test_evidence_is_counted),
        cmocka_unit_test(test_stored_statistics_are_doubted_only_where_they_cannot_be),
        cmocka_unit_test(test_an_inconsistent_validation_block_is_a_warning),
        cmocka_unit_test(test_a_hardware_id_of_another_name_than_the_folder_is_a_note),
        cmocka_unit_test(test_the_folder_of_a_precision_is_not_the_hardwares_name),
        cmocka_unit_test(test_findings_come_in_the_order_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
