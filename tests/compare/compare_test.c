/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing calibrations: pairing, shared points, common range, what counts as a difference. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "base/buffer.h"
#include "compare/compare.h"
#include "compare/distance.h"

/* How one side is made. */
struct side {
    const char *hardware, *curve, *extra_curve, *curve_type;
    double scale;    /* of all efficiencies */
    double n;        /* num_observations */
    double reach;    /* of the intervals, in standard deviations */
    double max_size; /* of the last point and breakpoint */
};

static const struct side plain = {"board", "matmul", NULL, "piecewise_linear", 1, 10, 1.96, 1e8};

static void append_point(struct buffer *text, const struct side *side, double size, double mean)
{
    double m = mean * side->scale, std = 0.01 * m;
    buffer_print(text,
                 "{\"flops\":%.17g,\"efficiency_mean\":%.17g,\"efficiency_std\":%.17g,"
                 "\"efficiency_min\":%.17g,\"efficiency_max\":%.17g,\"ci_lower\":%.17g,"
                 "\"ci_upper\":%.17g,\"num_observations\":%g,\"num_samples\":%g,"
                 "\"source\":\"measured\"}",
                 size, m, std, m - std, m + std, m - side->reach * std, m + side->reach * std,
                 side->n, side->n * 100);
}

static void append_curve(struct buffer *text, const struct side *side, const char *name)
{
    buffer_print(text, "\"%s\":{\"operation_type\":\"%s\",\"data_points\":[", name, name);
    append_point(text, side, 1e6, 0.1);
    buffer_append_string(text, ",");
    append_point(text, side, 1e7, 0.2);
    buffer_append_string(text, ",");
    append_point(text, side, side->max_size, 0.4);
    buffer_print(text,
                 "],\"fitted_curve\":{\"curve_type\":\"%s\",\"breakpoints\":[[1e6,%.17g],"
                 "[1e7,%.17g],[%.17g,%.17g]],\"r_squared\":1.0,\"residual_std\":0.0,"
                 "\"max_residual\":0.0},\"min_flops\":1e6,\"max_flops\":%.17g}",
                 side->curve_type, 0.1 * side->scale, 0.2 * side->scale, side->max_size,
                 0.4 * side->scale, side->max_size);
}

static struct calibration *make(const struct side *side)
{
    struct buffer text = {0};
    struct calibration *calibration;
    struct error error;
    buffer_print(&text, "{\"hardware_id\":\"%s\",\"precision\":\"FP32\",\"curves\":{",
                 side->hardware);
    append_curve(&text, side, side->curve);
    if (side->extra_curve) {
        buffer_append_string(&text, ",");
        append_curve(&text, side, side->extra_curve);
    }
    buffer_append_string(&text, "}}");
    if (calibration_read(text.bytes, text.length, &calibration, &error))
        fail_msg("%s", error.message);
    buffer_done(&text);
    return calibration;
}

static const struct compare_options options = {.margin = 0.05};

/* Two made sides and their comparison. */
struct pair {
    struct calibration *a, *b;
    struct comparison *result;
};

static struct pair compare_sides(const struct side *a, const struct side *b)
{
    struct pair pair = {make(a), make(b), NULL};
    pair.result = compare_calibrations(pair.a, pair.b, &options);
    return pair;
}

static void pair_done(struct pair *pair)
{
    comparison_free(pair->result);
    calibration_free(pair->a);
    calibration_free(pair->b);
}

static void test_a_file_against_itself_has_no_difference(void **state)
{
    (void)state;
    struct pair pair = compare_sides(&plain, &plain);
    assert_false(pair.result->differs);
    assert_int_equal(pair.result->field_count, 0);
    assert_int_equal(pair.result->warning_count, 0);
    assert_int_equal(pair.result->curve_count, 1);
    const struct compared_curve *curve = &pair.result->curves[0];
    assert_false(curve->differs);
    assert_true(curve->geomean_ratio == 1 && curve->max_ratio == 1);
    assert_int_equal(curve->point_count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(curve->points[i].verdict, COMPARE_SAME);
    pair_done(&pair);
}

/* The prefix that tells bandwidth curves apart is one that a compute curve may have. */
static void test_a_name_that_two_kinds_of_curve_share_pairs_each_with_its_own(void **state)
{
    (void)state;
    static const char text[] =
        "{\"curves\":{\"bandwidth:x\":{\"fitted_curve\":{\"breakpoints\":[[1e6,0.1],[1e9,0.9]]}}},"
        "\"bandwidth_curves\":{\"x\":{\"fitted_curve\":{\"breakpoints\":[[1e6,0.5],[1e9,0.6]]}}}}";
    struct calibration *calibration;
    assert_int_equal(calibration_read(text, strlen(text), &calibration, NULL), STATUS_OK);
    struct comparison *comparison = compare_calibrations(calibration, calibration, &options);
    assert_int_equal(comparison->curve_count, 2);
    assert_false(comparison->differs);
    comparison_free(comparison);
    struct outline outline;
    outline_init(&outline, calibration);
    struct distance distance = distance_between(&outline, &outline);
    assert_int_equal(distance.operations, 2);
    assert_true(distance.nepers == 0);
    outline_done(&outline);
    calibration_free(calibration);
}

static void test_ratios_are_b_over_a_and_mirror_when_the_sides_swap(void **state)
{
    (void)state;
    struct side twice = plain;
    twice.scale = 2;
    struct pair up = compare_sides(&plain, &twice), down = compare_sides(&twice, &plain);
    const struct compared_curve *a = &up.result->curves[0], *b = &down.result->curves[0];
    assert_true(fabs(a->geomean_ratio - 2) < 1e-12);
    assert_true(fabs(a->geomean_ratio * b->geomean_ratio - 1) < 1e-12);
    for (size_t i = 0; i < a->point_count; i++) {
        assert_int_equal(a->points[i].verdict, COMPARE_BETTER);
        assert_int_equal(b->points[i].verdict, COMPARE_WORSE);
        assert_true(fabs(a->points[i].ratio - 2) < 1e-12);
        assert_true(fabs(a->points[i].ci_low * b->points[i].ci_high - 1) < 1e-12);
        assert_true(a->points[i].p_adjusted == b->points[i].p_adjusted);
    }
    pair_done(&up);
    pair_done(&down);
}

static void test_curves_pair_by_name_and_the_rest_is_only_on_one_side(void **state)
{
    (void)state;
    struct side a = plain, b = plain;
    a.extra_curve = "conv2d";
    b.extra_curve = "generic";
    struct pair pair = compare_sides(&a, &b);
    assert_int_equal(pair.result->curve_count, 3);
    assert_string_equal(pair.result->curves[0].name, "matmul");
    assert_string_equal(pair.result->curves[1].name, "conv2d");
    assert_null(pair.result->curves[1].b);
    assert_string_equal(pair.result->curves[2].name, "generic");
    assert_null(pair.result->curves[2].a);
    assert_true(isnan(pair.result->curves[2].geomean_ratio));
    assert_true(pair.result->differs);
    assert_false(pair.result->curves[0].differs);
    pair_done(&pair);
}

static void test_points_pair_at_equal_sizes_and_the_range_is_the_common_one(void **state)
{
    (void)state;
    struct side longer = plain;
    longer.max_size = 1e9;
    struct pair pair = compare_sides(&plain, &longer);
    const struct compared_curve *curve = &pair.result->curves[0];
    assert_int_equal(curve->point_count, 2);
    assert_true(curve->points[0].flops == 1e6 && curve->points[1].flops == 1e7);
    assert_true(curve->has_range && curve->range_low == 1e6 && curve->range_high == 1e8);
    assert_true(curve->max_ratio_flops == 1e8 && curve->max_ratio < 1);
    pair_done(&pair);
}

static void test_one_observation_leaves_the_verdict_unclear_with_its_reason(void **state)
{
    (void)state;
    struct side single = plain;
    single.n = 1;
    single.scale = 3;
    struct pair pair = compare_sides(&plain, &single);
    const struct compared_point *point = &pair.result->curves[0].points[0];
    assert_int_equal(point->verdict, COMPARE_UNCLEAR);
    assert_string_equal(point->reason, "one observation");
    assert_true(fabs(point->ratio - 3) < 1e-12 && isnan(point->p_value));
    pair_done(&pair);
    struct calibration *a = make(&plain), *b = make(&single);
    struct comparison *by_samples =
        compare_calibrations(a, b, &(struct compare_options){.margin = 0.05, .use_samples = true});
    assert_int_equal(by_samples->curves[0].points[0].verdict, COMPARE_BETTER);
    comparison_free(by_samples);
    calibration_free(a);
    calibration_free(b);
}

static void test_holm_adjusts_over_all_shared_points_of_the_comparison(void **state)
{
    (void)state;
    struct side a = plain, b = plain;
    a.extra_curve = b.extra_curve = "conv2d";
    b.scale = 1.01;
    struct pair two = compare_sides(&a, &b);
    a.extra_curve = b.extra_curve = NULL;
    struct pair one = compare_sides(&a, &b);
    const struct compared_point *wide = &two.result->curves[0].points[0];
    const struct compared_point *narrow = &one.result->curves[0].points[0];
    assert_true(wide->p_value == narrow->p_value);
    assert_true(wide->p_adjusted > narrow->p_adjusted);
    pair_done(&two);
    pair_done(&one);
}

static void test_metadata_and_curve_types_count_as_differences(void **state)
{
    (void)state;
    struct side other = plain, sigmoid = plain;
    other.hardware = "plank";
    sigmoid.curve_type = "sigmoid";
    struct pair pair = compare_sides(&plain, &other);
    assert_true(pair.result->differs);
    assert_int_equal(pair.result->field_count, 1);
    assert_string_equal(pair.result->fields[0].field, "hardware_id");
    assert_string_equal(pair.result->fields[0].a, "board");
    assert_string_equal(pair.result->fields[0].b, "plank");
    assert_non_null(strstr(pair.result->warnings[0], "theoretical peaks"));
    pair_done(&pair);
    pair = compare_sides(&plain, &sigmoid);
    assert_true(pair.result->curves[0].differs);
    pair_done(&pair);
}

static void test_intervals_in_different_senses_are_a_warning(void **state)
{
    (void)state;
    struct side of_mean = plain;
    of_mean.reach = 1.96 / sqrt(plain.n * 100);
    struct pair pair = compare_sides(&plain, &of_mean);
    assert_int_equal(pair.result->warning_count, 1);
    assert_non_null(strstr(pair.result->warnings[0], "different senses"));
    pair_done(&pair);
}

static void test_points_and_breakpoints_of_one_side_are_listed(void **state)
{
    (void)state;
    struct side longer = plain;
    longer.max_size = 2e8;
    struct pair pair = compare_sides(&plain, &longer);
    const struct compared_curve *curve = &pair.result->curves[0];
    assert_int_equal(curve->only_a_count, 1);
    assert_int_equal(curve->only_b_count, 1);
    assert_true(curve->sizes_only_a[0] == 1e8 && curve->sizes_only_b[0] == 2e8);
    assert_int_equal(curve->change_count, 1);
    assert_int_equal(curve->changes[0].fate, BREAKPOINT_MOVED);
    assert_true(curve->changes[0].a.flops == 1e8 && curve->changes[0].b.flops == 2e8);
    assert_int_equal(curve->changed_points, 0);
    pair_done(&pair);
}

static void assert_field(const struct compared_curve *curve, size_t index, const char *field,
                         const char *a, const char *b)
{
    assert_true(index < curve->field_count);
    assert_string_equal(curve->fields[index].field, field);
    assert_string_equal(curve->fields[index].a, a);
    assert_string_equal(curve->fields[index].b, b);
}

static void test_a_curve_says_which_of_its_fields_differ(void **state)
{
    (void)state;
    struct side other = plain;
    other.max_size = 2e8;
    other.curve_type = "sigmoid";
    other.reach = 1.96 / sqrt(plain.n * 100);
    struct pair pair = compare_sides(&plain, &other);
    const struct compared_curve *curve = &pair.result->curves[0];
    assert_int_equal(curve->field_count, 3);
    assert_field(curve, 0, "max_flops", "100000000.0", "200000000.0");
    assert_field(curve, 1, "curve_type", "piecewise_linear", "sigmoid");
    assert_field(curve, 2, "interval_sense", "population", "mean");
    assert_int_equal(curve->changed_points, 2); /* their intervals */
    pair_done(&pair);
}

/* One curve of two points without anything else, from the given source. */
static struct calibration *make_from(const char *source, const char *more)
{
    struct buffer text = {0};
    struct calibration *calibration;
    struct error error;
    buffer_print(&text,
                 "{\"curves\":{\"x\":{\"data_points\":[{\"flops\":1e6,\"efficiency_mean\":0.5,"
                 "\"source\":\"measured\"},{\"flops\":1e7,\"efficiency_mean\":0.5,"
                 "\"source\":\"%s\"}]%s}}}",
                 source, more);
    if (calibration_read(text.bytes, text.length, &calibration, &error))
        fail_msg("%s", error.message);
    buffer_done(&text);
    return calibration;
}

static void test_where_points_come_from_is_compared(void **state)
{
    (void)state;
    struct calibration *a = make_from("measured", ""), *b = make_from("legacy_hardcoded", "");
    struct comparison *result = compare_calibrations(a, b, &options);
    const struct compared_curve *curve = &result->curves[0];
    assert_int_equal(curve->field_count, 1);
    assert_field(curve, 0, "sources", "2 measured", "1 measured, 1 legacy");
    assert_int_equal(curve->changed_points, 1);
    assert_true(result->differs);
    comparison_free(result);
    calibration_free(a);
    calibration_free(b);
}

static void test_a_figure_that_one_side_lacks_is_a_difference(void **state)
{
    (void)state;
    struct calibration *a = make_from("measured", ""),
                       *b = make_from("measured", ",\"min_flops\":1e6,\"notes\":\"n\"");
    struct comparison *result = compare_calibrations(a, b, &options);
    const struct compared_curve *curve = &result->curves[0];
    assert_int_equal(curve->field_count, 2);
    assert_string_equal(curve->fields[0].field, "min_flops");
    assert_null(curve->fields[0].a);
    assert_string_equal(curve->fields[0].b, "1000000.0");
    assert_string_equal(curve->fields[1].field, "notes");
    assert_true(result->differs);
    comparison_free(result);
    calibration_free(a);
    calibration_free(b);
}

/* Peaks of 2 and 1 TFLOP/s: half the efficiency of twice the peak is the same rate. */
static void test_with_peaks_achieved_rates_are_compared(void **state)
{
    (void)state;
    struct side twice = plain;
    twice.scale = 2;
    twice.hardware = "plank";
    struct calibration *a = make(&plain), *b = make(&twice);
    struct compare_options peaks = {.margin = 0.05, .peak_a = 2e12, .peak_b = 1e12};
    struct comparison *result = compare_calibrations(a, b, &peaks);
    const struct compared_curve *curve = &result->curves[0];
    assert_true(curve->rates);
    assert_int_equal(result->warning_count, 0);
    assert_true(fabs(curve->geomean_ratio - 1) < 1e-14 && curve->area < 1e-3);
    for (size_t i = 0; i < curve->point_count; i++) {
        const struct compared_point *point = &curve->points[i];
        assert_int_equal(point->verdict, COMPARE_SAME);
        assert_true(point->a == 2e12 * plain.scale * (i == 0 ? 0.1 : i == 1 ? 0.2 : 0.4));
        assert_true(point->milliseconds_a == point->flops / point->a * 1000);
        assert_true(fabs(point->milliseconds_b / point->milliseconds_a - 1) < 1e-14);
        assert_true(point->n_a == 10 && point->n_b == 10);
    }
    comparison_free(result);
    result = compare_calibrations(a, b, &options);
    assert_false(result->curves[0].rates);
    assert_true(isnan(result->curves[0].points[0].milliseconds_a));
    assert_true(isnan(result->curves[0].points[0].milliseconds_b));
    comparison_free(result);
    calibration_free(a);
    calibration_free(b);
}

static void test_one_file_under_two_peaks_differs(void **state)
{
    (void)state;
    struct calibration *a = make(&plain);
    struct compare_options peaks = {.margin = 0.05, .peak_a = 2e12, .peak_b = 1e12};
    struct comparison *result = compare_calibrations(a, a, &peaks);
    assert_true(result->differs);
    assert_int_equal(result->curves[0].points[0].verdict, COMPARE_WORSE);
    comparison_free(result);
    peaks.peak_b = 2e12;
    result = compare_calibrations(a, a, &peaks);
    assert_false(result->differs);
    comparison_free(result);
    calibration_free(a);
}

/* A peak in FLOPs per second says nothing about bytes; and the warning stays for them. */
static void test_peaks_leave_curves_over_bytes_alone(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"hardware_id\":\"a\",\"curves\":{},\"bandwidth_curves\":{\"x\":{\"data_points\":"
        "[{\"flops\":1e6,\"efficiency_mean\":0.5}]}}}",
        "{\"hardware_id\":\"b\",\"curves\":{},\"bandwidth_curves\":{\"x\":{\"data_points\":"
        "[{\"flops\":1e6,\"efficiency_mean\":0}]}}}",
    };
    struct calibration *sides[2];
    for (int i = 0; i < 2; i++)
        assert_int_equal(calibration_read(texts[i], strlen(texts[i]), &sides[i], NULL), STATUS_OK);
    struct compare_options peaks = {.margin = 0.05, .peak_a = 2e12, .peak_b = 1e12};
    struct comparison *result = compare_calibrations(sides[0], sides[1], &peaks);
    assert_false(result->curves[0].rates);
    assert_true(result->curves[0].points[0].a == 0.5);
    assert_int_equal(result->warning_count, 1);
    comparison_free(result);
    calibration_free(sides[0]);
    calibration_free(sides[1]);
}

static void test_an_operation_without_efficiency_takes_no_time_that_could_be_told(void **state)
{
    (void)state;
    static const char text[] = "{\"curves\":{\"x\":{\"data_points\":"
                               "[{\"flops\":1e6,\"efficiency_mean\":0}]}}}";
    struct calibration *a;
    assert_int_equal(calibration_read(text, strlen(text), &a, NULL), STATUS_OK);
    struct compare_options peaks = {.margin = 0.05, .peak_a = 1e12, .peak_b = 1e12};
    struct comparison *result = compare_calibrations(a, a, &peaks);
    assert_true(isnan(result->curves[0].points[0].milliseconds_a));
    comparison_free(result);
    calibration_free(a);
}

static void test_two_curves_of_one_file_compare_under_both_names(void **state)
{
    (void)state;
    struct side both = plain;
    both.extra_curve = "conv2d";
    struct calibration *a = make(&both);
    struct comparison *result = compare_curves(a, &a->curves[0], a, &a->curves[1], &options);
    assert_string_equal(result->curves[0].name, "matmul / conv2d");
    assert_int_equal(result->curves[0].point_count, 3);
    assert_false(result->differs);
    comparison_free(result);
    calibration_free(a);
}

int main(void)
{
    gsl_set_error_handler_off(); /* as fit_setup does for the program */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_against_itself_has_no_difference),
        cmocka_unit_test(test_a_name_that_two_kinds_of_curve_share_pairs_each_with_its_own),
        cmocka_unit_test(test_ratios_are_b_over_a_and_mirror_when_the_sides_swap),
        cmocka_unit_test(test_curves_pair_by_name_and_the_rest_is_only_on_one_side),
        cmocka_unit_test(test_points_pair_at_equal_sizes_and_the_range_is_the_common_one),
        cmocka_unit_test(test_one_observation_leaves_the_verdict_unclear_with_its_reason),
        cmocka_unit_test(test_holm_adjusts_over_all_shared_points_of_the_comparison),
        cmocka_unit_test(test_metadata_and_curve_types_count_as_differences),
        cmocka_unit_test(test_intervals_in_different_senses_are_a_warning),
        cmocka_unit_test(test_points_and_breakpoints_of_one_side_are_listed),
        cmocka_unit_test(test_a_curve_says_which_of_its_fields_differ),
        cmocka_unit_test(test_where_points_come_from_is_compared),
        cmocka_unit_test(test_a_figure_that_one_side_lacks_is_a_difference),
        cmocka_unit_test(test_with_peaks_achieved_rates_are_compared),
        cmocka_unit_test(test_one_file_under_two_peaks_differs),
        cmocka_unit_test(test_peaks_leave_curves_over_bytes_alone),
        cmocka_unit_test(test_an_operation_without_efficiency_takes_no_time_that_could_be_told),
        cmocka_unit_test(test_two_curves_of_one_file_compare_under_both_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
