/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a calibration: tolerant of what is missing, clear about what is no calibration. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "calibration/calibration.h"
#include "calibration/source.h"
#include "load.h"

static void test_the_schema_example_reads_as_it_says(void **state)
{
    (void)state;
    struct calibration *calibration = load(FIXTURES "/schema_example.json");
    const struct calibration_curve *curve = &calibration->curves[0];
    assert_string_equal(calibration->hardware_id, "i7-12700K");
    assert_int_equal(calibration->curve_count, 1);
    assert_int_equal(curve->means.count, 2);
    assert_true(curve->points[1].mean == 0.7);
    assert_int_equal(curve->points[1].source, POINT_LEGACY);
    assert_int_equal(curve->breakpoint_count, 4);
    assert_true(curve->max_flops == 1e9);
    assert_false(calibration_statistics_known(curve));
    assert_int_equal(calibration_interval_sense(curve), INTERVAL_OF_POPULATION);
    calibration_free(calibration);
}

static void test_missing_fields_read_as_absent_and_the_rest_is_there(void **state)
{
    (void)state;
    struct calibration *calibration = load(FIXTURES "/missing_fields.json");
    const struct calibration_curve *curve = &calibration->curves[0];
    assert_null(calibration->hardware_id);
    assert_null(curve->curve_type);
    assert_true(isnan(curve->min_flops));
    assert_int_equal(curve->means.count, 1); /* the point without a mean is left out */
    assert_int_equal(curve->points[0].index + curve->means.count, 2);
    calibration_free(calibration);
}

static void test_a_curve_has_a_value_where_it_is_covered_and_none_beyond(void **state)
{
    (void)state;
    struct calibration *calibration = load(FIXTURES "/schema_example.json");
    const struct calibration_curve *curve = &calibration->curves[0];
    double low, high;
    assert_true(calibration_curve_extent(curve, &low, &high));
    assert_true(calibration_curve_value(curve, curve->breakpoints[1].flops) ==
                curve->breakpoints[1].efficiency);
    assert_false(isnan(calibration_curve_value(curve, high * (1 + 1e-12)))); /* rounding */
    assert_true(isnan(calibration_curve_value(curve, low / 1.01)));
    assert_true(isnan(calibration_curve_value(curve, high * 1.01)));
    calibration_free(calibration);
}

/* What is drawn of points is found again by their digest. */
static void test_the_digest_of_points_changes_with_what_they_say(void **state)
{
    (void)state;
    static const char format[] =
        "{\"curves\": {\"a\": {\"data_points\": [{\"flops\": %s, \"efficiency_mean\": 0.5,"
        "\"efficiency_std\": %s, \"source\": \"%s\"}]}}}";
    static const char *const points[][3] = {{"1e6", "0.1", "measured"},
                                            {"2e6", "0.1", "measured"},
                                            {"1e6", "0.2", "measured"},
                                            {"1e6", "0.1", "interpolated"},
                                            {"1000000", "0.10", "measured"}};
    uint64_t digests[5];
    for (size_t i = 0; i < 5; i++) {
        char text[256];
        struct calibration *calibration;
        snprintf(text, sizeof text, format, points[i][0], points[i][1], points[i][2]);
        assert_int_equal(calibration_read(text, strlen(text), &calibration, NULL), STATUS_OK);
        digests[i] = calibration->curves[0].points_digest;
        calibration_free(calibration);
    }
    for (size_t i = 1; i < 4; i++)
        assert_true(digests[i] != digests[0]);
    assert_true(digests[4] == digests[0]);
}

static void check_refused(const char *text, const char *path, const char *message)
{
    struct calibration *calibration;
    struct error error;
    assert_int_equal(calibration_read(text, strlen(text), &calibration, &error), STATUS_INVALID);
    assert_string_equal(error.path, path);
    assert_non_null(strstr(error.message, message));
    assert_int_equal(error.line, 1);
}

static void test_what_is_no_calibration_is_refused_with_the_reason(void **state)
{
    (void)state;
    check_refused("[1]", "", "a calibration is an object, this is an array");
    check_refused("{\"a\": 1}", "", "the required object `curves` is missing");
    check_refused("{\"curves\": []}", "curves", "must be an object of operation types");
}

static void test_breakpoints_out_of_order_are_shown_sorted(void **state)
{
    (void)state;
    static const char text[] = "{\"curves\": {\"a\": {\"fitted_curve\": {\"breakpoints\": "
                               "[[3, 0.3], [1, 0.1], [3, 0.9], [-1, 2], [2]]}}}}";
    struct calibration *calibration;
    struct error error;
    assert_int_equal(calibration_read(text, sizeof text - 1, &calibration, &error), STATUS_OK);
    const struct calibration_curve *curve = &calibration->curves[0];
    assert_int_equal(curve->breakpoint_count, 2);
    assert_true(curve->breakpoints[0].flops == 1);
    assert_true(curve->breakpoints[1].flops == 3 && curve->breakpoints[1].efficiency == 0.3);
    calibration_free(calibration);
}

static void test_an_unknown_curve_names_those_that_there_are(void **state)
{
    (void)state;
    struct calibration *calibration =
        load(SOURCE_DIR "/hardware_registry/gpu/jetson_orin_agx/efficiency_curves.json");
    struct error error;
    assert_non_null(calibration_find(calibration, "bandwidth:generic", &error));
    assert_null(calibration_find(calibration, "generic", &error));
    assert_non_null(strstr(error.message, "conv2d_batchnorm"));
    calibration_free(calibration);
}

static void test_a_compute_curve_called_like_a_bandwidth_curve_does_not_hide_it(void **state)
{
    (void)state;
    static const char text[] =
        "{\"curves\": {\"bandwidth:b\": {}}, \"bandwidth_curves\": {\"b\": {}}}";
    struct calibration *calibration;
    assert_int_equal(calibration_read(text, strlen(text), &calibration, NULL), STATUS_OK);
    assert_true(calibration_find(calibration, "bandwidth:b", NULL)->bandwidth);
    calibration_free(calibration);
}

static void test_a_source_is_a_path_a_folder_or_an_id(void **state)
{
    (void)state;
    const char *registry = SOURCE_DIR "/hardware_registry";
    const char *arguments[] = {"cpu/i7-12700K", SOURCE_DIR "/hardware_registry/cpu/i7-12700K",
                               SOURCE_DIR
                               "/hardware_registry/cpu/i7-12700K/efficiency_curves.json"};
    for (size_t i = 0; i < 3; i++) {
        struct calibration *calibration = NULL;
        struct error error;
        char *path;
        assert_int_equal(source_load(arguments[i], registry, &calibration, &path, &error),
                         STATUS_OK);
        assert_non_null(path);
        assert_string_equal(calibration->hardware_id, "i7-12700K");
        free(path);
        calibration_free(calibration);
    }
}

static void test_an_unknown_source_says_how_to_find_one(void **state)
{
    (void)state;
    struct calibration *calibration = NULL;
    struct error error;
    assert_int_equal(
        source_load("cpu/none", SOURCE_DIR "/hardware_registry", &calibration, NULL, &error),
        STATUS_IO);
    assert_non_null(strstr(error.message, "calscope ls"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_schema_example_reads_as_it_says),
        cmocka_unit_test(test_a_curve_has_a_value_where_it_is_covered_and_none_beyond),
        cmocka_unit_test(test_the_digest_of_points_changes_with_what_they_say),
        cmocka_unit_test(test_missing_fields_read_as_absent_and_the_rest_is_there),
        cmocka_unit_test(test_what_is_no_calibration_is_refused_with_the_reason),
        cmocka_unit_test(test_breakpoints_out_of_order_are_shown_sorted),
        cmocka_unit_test(test_an_unknown_curve_names_those_that_there_are),
        cmocka_unit_test(test_a_compute_curve_called_like_a_bandwidth_curve_does_not_hide_it),
        cmocka_unit_test(test_a_source_is_a_path_a_folder_or_an_id),
        cmocka_unit_test(test_an_unknown_source_says_how_to_find_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
