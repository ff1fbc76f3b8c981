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

#include "base/buffer.h"
#include "compare/compare.h"

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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_against_itself_has_no_difference),
        cmocka_unit_test(test_ratios_are_b_over_a_and_mirror_when_the_sides_swap),
        cmocka_unit_test(test_curves_pair_by_name_and_the_rest_is_only_on_one_side),
        cmocka_unit_test(test_points_pair_at_equal_sizes_and_the_range_is_the_common_one),
        cmocka_unit_test(test_one_observation_leaves_the_verdict_unclear_with_its_reason),
        cmocka_unit_test(test_holm_adjusts_over_all_shared_points_of_the_comparison),
        cmocka_unit_test(test_metadata_and_curve_types_count_as_differences),
        cmocka_unit_test(test_intervals_in_different_senses_are_a_warning),
        cmocka_unit_test(test_two_curves_of_one_file_compare_under_both_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
