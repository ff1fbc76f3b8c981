/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluating curves, checked against the figures of the field's own calibrations. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "curve/curve.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define CURVE(array) ((struct curve){array, COUNT(array)})

static void assert_close(double actual, double expected, double tolerance)
{
    if (!(fabs(actual - expected) <= tolerance))
        fail_msg("%.17g is not %.17g within %g", actual, expected, tolerance);
}

/* gpu/jetson_orin_agx and cpu/i7-12700K as the field's files have them. */
static const struct breakpoint mbconv[] = {
    {5e6, 0.025}, {1e7, 0.025}, {3e7, 0.035}, {5e7, 0.055}, {1e8, 0.1}};
static const struct breakpoint generic_tiny[] = {{5e5, 0.01}, {1e6, 0.02}, {1e7, 0.06}};
static const struct breakpoint conv2d_batchnorm[] = {
    {1e7, 0.06}, {5e7, 0.23}, {2e8, 0.54}, {5e8, 0.8}, {5e9, 5}};
static const struct breakpoint conv2d[] = {{5e7, 0.6}, {2e8, 1.13}, {5e8, 1.3}, {5e9, 5.6}};
static const struct breakpoint matmul[] = {{1e7, 0.2}, {5e7, 0.35}, {2e8, 0.6},
                                           {5e8, 0.9}, {5e9, 1.4},  {1e10, 1.5}};
static const struct breakpoint bandwidth[] = {{1e4, 0.3}, {1e6, 0.5}, {1e7, 0.6}, {1e8, 0.7}};
static const struct breakpoint cpu_generic[] = {{1e6, 0.15}, {1e7, 0.25}, {1e8, 0.7}, {5e8, 1}};

static void test_residuals_are_those_of_the_legacy_figures(void **state)
{
    (void)state;
    static const struct {
        struct curve curve;
        double flops, mean, value, residual;
    } rows[] = {
        {{mbconv, 5}, 2e7, 0.03, 0.031309, -0.001309},
        {{mbconv, 5}, 4e7, 0.045, 0.046263, -0.001263},
        {{mbconv, 5}, 7.5e7, 0.075, 0.081323, -0.006323},
        {{generic_tiny, 3}, 5e6, 0.04, 0.047959, -0.007959},
        {{conv2d_batchnorm, 5}, 1e8, 0.4, 0.385000, 0.015000},
        {{conv2d_batchnorm, 5}, 2.31e8, 0.73, 0.580889, 0.149111},
        {{conv2d_batchnorm, 5}, 1e9, 2.5, 2.064326, 0.435674},
        {{conv2d_batchnorm, 5}, 3.7e9, 4.5, 4.450773, 0.049227},
        {{conv2d, 4}, 2.31e8, 1.13, 1.156735, -0.026735},
        {{conv2d, 4}, 3.7e9, 5.4, 5.037696, 0.362304},
        {{matmul, 6}, 1e9, 1.15, 1.050515, 0.099485},
        {{bandwidth, 4}, 1e5, 0.35, 0.400000, -0.050000},
        {{cpu_generic, 4}, 5e6, 0.2, 0.219897, -0.019897},
        {{cpu_generic, 4}, 9e6, 0.17, 0.245424, -0.075424},
        {{cpu_generic, 4}, 5e7, 0.47, 0.564537, -0.094537},
        {{cpu_generic, 4}, 1.13e8, 0.85, 0.722781, 0.127219},
        {{cpu_generic, 4}, 2.25e8, 1, 0.851158, 0.148842},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct curve_points point = {&rows[i].flops, &rows[i].mean, NULL, 1};
        struct curve_statistics statistics;
        double residual;
        curve_statistics(&rows[i].curve, &point, &statistics, &residual);
        assert_close(curve_evaluate(&rows[i].curve, rows[i].flops), rows[i].value, 5.1e-7);
        assert_close(residual, rows[i].residual, 5.1e-7);
    }
}

static void test_a_curve_passes_exactly_through_its_breakpoints(void **state)
{
    (void)state;
    struct curve curve = CURVE(matmul);
    for (size_t i = 0; i < COUNT(matmul); i++)
        assert_true(curve_evaluate(&curve, matmul[i].flops) == matmul[i].efficiency);
}

static void test_outside_its_range_a_curve_holds_the_nearest_end(void **state)
{
    (void)state;
    struct curve curve = CURVE(conv2d);
    assert_true(curve_evaluate(&curve, 1) == 0.6);
    assert_true(curve_evaluate(&curve, 4.999999e7) == 0.6);
    assert_true(curve_evaluate(&curve, 1e10) == 5.6);
    assert_true(curve_evaluate(&curve, INFINITY) == 5.6);
}

static void test_one_breakpoint_is_a_constant_and_none_is_undefined(void **state)
{
    (void)state;
    static const struct breakpoint one[] = {{1e6, 0.25}};
    struct curve curve = CURVE(one);
    assert_true(curve_evaluate(&curve, 1) == 0.25);
    assert_true(curve_evaluate(&curve, 1e6) == 0.25);
    assert_true(curve_evaluate(&curve, 1e12) == 0.25);
    assert_int_equal(curve_falling_latency(&curve, NULL, 0), 0);
    struct curve empty = {NULL, 0};
    assert_true(isnan(curve_evaluate(&empty, 1e6)));
    assert_true(isnan(curve_listing_evaluate(&empty, 1, 1e6)));
    assert_int_equal(curve_falling_latency(&empty, NULL, 0), 0);
}

static void test_a_size_that_is_not_positive_has_no_efficiency(void **state)
{
    (void)state;
    struct curve curve = CURVE(conv2d);
    assert_true(isnan(curve_evaluate(&curve, 0)));
    assert_true(isnan(curve_evaluate(&curve, -1e6)));
    assert_true(isnan(curve_evaluate(&curve, NAN)));
    assert_true(isnan(curve_listing_evaluate(&curve, -10, -1)));
}

static void test_breakpoints_a_hair_or_the_whole_range_apart_interpolate(void **state)
{
    (void)state;
    static const struct breakpoint close[] = {{1e9, 0}, {1e9 + 4, 1}};
    struct curve curve = CURVE(close);
    assert_close(curve_evaluate(&curve, 1e9 + 1), 0.25, 1e-8);
    assert_close(curve_evaluate(&curve, 1e9 + 2), 0.5, 1e-8);
    static const struct breakpoint wide[] = {{1e-200, 0}, {1e200, 1}};
    curve = CURVE(wide);
    assert_close(curve_evaluate(&curve, 1), 0.5, 1e-14);
}

static void test_the_sample_listing_returns_the_last_breakpoint_in_the_gap(void **state)
{
    (void)state;
    static const struct breakpoint steep[] = {{1e6, 1e-5}, {1e8, 0.5}};
    struct curve curve = CURVE(steep);
    assert_true(curve_listing_evaluate(&curve, 5e5, 5e5) == 0.5);
    assert_true(curve_listing_evaluate(&curve, 5e5, 9.99e5) == 0.5);
    assert_true(curve_listing_evaluate(&curve, 5e5, 4.99e5) == 1e-5);
    assert_true(curve_listing_evaluate(&curve, 5e5, 1e6) == 1e-5);
    assert_close(curve_listing_evaluate(&curve, 5e5, 1e7), 0.250005, 1e-12);
    assert_true(curve_listing_evaluate(&curve, 5e5, 1e9) == 0.5);
    assert_true(curve_listing_evaluate(&curve, 1e6, 1e5) == 1e-5);
}

static void test_r_squared_over_flat_data_is_undefined(void **state)
{
    (void)state;
    static const double flops[] = {1e6, 1e7, 1e8};
    static const double means[] = {0.03, 0.03, 0.03};
    static const struct breakpoint flat[] = {{1e6, 0.03}, {1e8, 0.03}};
    struct curve curve = CURVE(flat);
    struct curve_points points = {flops, means, NULL, 3};
    struct curve_statistics statistics;
    curve_statistics(&curve, &points, &statistics, NULL);
    assert_true(isnan(statistics.r_squared));
    assert_true(isnan(statistics.r_squared_unweighted));
    assert_true(statistics.residual_std == 0);
    assert_true(statistics.max_residual == 0);
    assert_true(statistics.ss_res == 0);
    assert_true(statistics.ss_tot == 0);
}

/* Expected values: numpy, on residuals 0.1, -0.2, 0.4 and weights 1, 4, 0.25. */
static void test_statistics_agree_with_numpy_with_and_without_weights(void **state)
{
    (void)state;
    static const double flops[] = {1e6, 1e7, 1e8};
    static const double means[] = {0.2, 0.5, 1.7};
    static const double weights[] = {1, 4, 0.25};
    static const double residuals[] = {0.1, -0.2, 0.4};
    struct curve_points points = {flops, means, weights, 3};
    struct curve_statistics statistics;
    curve_statistics_of_residuals(&points, residuals, &statistics);
    assert_int_equal(statistics.count, 3);
    assert_close(statistics.ss_res, 0.01 + 0.16 + 0.04, 1e-15);
    assert_close(statistics.ss_tot, 0.45, 1e-13);
    assert_close(statistics.r_squared, 1 - 0.21 / 0.45, 1e-13);
    assert_close(statistics.r_squared_unweighted, 0.83333333333333326, 1e-13);
    assert_close(statistics.residual_std, 0.3, 1e-15);
    assert_close(statistics.max_residual, 0.4, 0);
    assert_int_equal(statistics.max_residual_index, 2);
}

static void test_statistics_of_few_points_are_undefined_not_zero(void **state)
{
    (void)state;
    double flops = 1e6;
    double mean = 0.5;
    double residual = -0.1;
    struct curve_statistics statistics;
    struct curve_points one = {&flops, &mean, NULL, 1};
    curve_statistics_of_residuals(&one, &residual, &statistics);
    assert_true(isnan(statistics.r_squared));
    assert_true(isnan(statistics.residual_std));
    assert_close(statistics.max_residual, 0.1, 0);
    struct curve_points none = {NULL, NULL, NULL, 0};
    curve_statistics_of_residuals(&none, NULL, &statistics);
    assert_true(isnan(statistics.max_residual));
    assert_true(isnan(statistics.residual_std));
}

static bool inside_a_span(const struct curve_span *spans, size_t count, double low, double high)
{
    for (size_t i = 0; i < count; i++)
        if (low >= spans[i].low && high <= spans[i].high)
            return true;
    return false;
}

static bool holds_a_span_end(const struct curve_span *spans, size_t count, double low, double high)
{
    for (size_t i = 0; i < count; i++)
        if ((spans[i].low >= low && spans[i].low <= high) ||
            (spans[i].high >= low && spans[i].high <= high))
            return true;
    return false;
}

/* Walks the curve in 20,000 small steps and compares each with what the spans say. */
static void check_falling_latency_by_scan(struct curve curve)
{
    enum { STEPS = 20000 };
    struct curve_span spans[16];
    size_t count = curve_falling_latency(&curve, spans, COUNT(spans));
    assert_true(count <= COUNT(spans));
    double low = curve.breakpoints[0].flops / 10;
    double high = curve.breakpoints[curve.count - 1].flops * 10;
    double flops = low;
    for (int i = 1; i <= STEPS; i++) {
        double next = low * pow(high / low, (double)i / STEPS);
        double before = curve_evaluate(&curve, flops);
        double after = curve_evaluate(&curve, next);
        if (before > 0 && after > 0 && !holds_a_span_end(spans, count, flops, next))
            assert_int_equal(next / after < flops / before,
                             inside_a_span(spans, count, flops, next));
        flops = next;
    }
}

static void test_falling_latency_spans_match_a_dense_scan(void **state)
{
    (void)state;
    static const struct breakpoint partly[] = {{1e6, 0.01}, {1e9, 1}, {1e10, 0.5}};
    static const struct breakpoint zero[] = {{1e6, -0.1}, {1e8, 0.3}, {1e9, 0.9}};
    check_falling_latency_by_scan(CURVE(mbconv));
    check_falling_latency_by_scan(CURVE(generic_tiny));
    check_falling_latency_by_scan(CURVE(conv2d_batchnorm));
    check_falling_latency_by_scan(CURVE(conv2d));
    check_falling_latency_by_scan(CURVE(matmul));
    check_falling_latency_by_scan(CURVE(cpu_generic));
    check_falling_latency_by_scan(CURVE(partly));
    check_falling_latency_by_scan(CURVE(zero));
}

static void test_touching_spans_of_falling_latency_are_one(void **state)
{
    (void)state;
    /* Each doubling multiplies efficiency by 100, fifty times as fast as FLOPs. */
    static const struct breakpoint steep[] = {{1e6, 1e-6}, {2e6, 1e-4}, {4e6, 1e-2}, {8e6, 1e-2}};
    struct curve curve = CURVE(steep);
    struct curve_span span;
    assert_int_equal(curve_falling_latency(&curve, &span, 1), 1);
    assert_true(span.low == 1e6);
    assert_true(span.high == 4e6);
    check_falling_latency_by_scan(curve);
}

static void test_spans_beyond_the_capacity_are_counted_but_not_written(void **state)
{
    (void)state;
    static const struct breakpoint saw[] = {{1e6, 0.01}, {1e7, 1},  {1e8, 0.01},
                                            {1e9, 1},    {1e10, 1}, {1e11, 9}};
    struct curve curve = CURVE(saw);
    struct curve_span spans[2] = {{0, 0}, {-1, -1}};
    assert_int_equal(curve_falling_latency(&curve, spans, 1), 3);
    assert_true(spans[0].low == 1e6 && spans[1].low == -1);
    assert_int_equal(curve_falling_latency(&curve, NULL, 0), 3);
}

static void test_points_span_from_their_smallest_to_their_largest_size(void **state)
{
    (void)state;
    const double flops[] = {1e8, 1e6, 1e9, 1e7}, means[] = {0.4, 0.1, 0.2, 0.3};
    struct curve_span span = curve_points_span(&(struct curve_points){flops, means, NULL, 4});
    assert_true(span.low == 1e6 && span.high == 1e9);
    span = curve_points_span(&(struct curve_points){flops, means, NULL, 0});
    assert_true(span.low > span.high);
}

static void test_a_curve_joins_points_that_are_all_breakpoints(void **state)
{
    (void)state;
    const double flops[] = {5e7, 1e7, 1e8, 3e7}, means[] = {0.055, 0.025, 0.1, 0.035};
    const double off[] = {0.055, 0.025, 0.1001, 0.035};
    struct curve curve = CURVE(mbconv), one = {mbconv, 1}, none = {mbconv, 0};
    assert_true(curve_joins_points(&curve, &(struct curve_points){flops, means, NULL, 4}));
    assert_false(curve_joins_points(&curve, &(struct curve_points){flops, off, NULL, 4}));
    assert_false(curve_joins_points(&curve, &(struct curve_points){flops, means, NULL, 0}));
    assert_false(curve_joins_points(&none, &(struct curve_points){flops, means, NULL, 4}));
    assert_false(curve_joins_points(&one, &(struct curve_points){flops, means, NULL, 1}));
    const double between = 7e7, value = curve_evaluate(&curve, between); /* on it, no breakpoint */
    assert_false(curve_joins_points(&curve, &(struct curve_points){&between, &value, NULL, 1}));
    const double first = 5e6 * (1 + 1e-12), height = 0.025; /* but for rounding */
    assert_true(curve_joins_points(&one, &(struct curve_points){&first, &height, NULL, 1}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_residuals_are_those_of_the_legacy_figures),
        cmocka_unit_test(test_a_curve_passes_exactly_through_its_breakpoints),
        cmocka_unit_test(test_outside_its_range_a_curve_holds_the_nearest_end),
        cmocka_unit_test(test_one_breakpoint_is_a_constant_and_none_is_undefined),
        cmocka_unit_test(test_a_size_that_is_not_positive_has_no_efficiency),
        cmocka_unit_test(test_breakpoints_a_hair_or_the_whole_range_apart_interpolate),
        cmocka_unit_test(test_the_sample_listing_returns_the_last_breakpoint_in_the_gap),
        cmocka_unit_test(test_r_squared_over_flat_data_is_undefined),
        cmocka_unit_test(test_statistics_agree_with_numpy_with_and_without_weights),
        cmocka_unit_test(test_statistics_of_few_points_are_undefined_not_zero),
        cmocka_unit_test(test_falling_latency_spans_match_a_dense_scan),
        cmocka_unit_test(test_touching_spans_of_falling_latency_are_one),
        cmocka_unit_test(test_spans_beyond_the_capacity_are_counted_but_not_written),
        cmocka_unit_test(test_points_span_from_their_smallest_to_their_largest_size),
        cmocka_unit_test(test_a_curve_joins_points_that_are_all_breakpoints),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
