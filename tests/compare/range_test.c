/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ratio of two curves and the area between them, against quadrature and closed forms. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "compare/range.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void assert_near(double actual, double expected, double tolerance)
{
    if (isnan(expected) ? !isnan(actual) : !(fabs(actual - expected) <= tolerance * fabs(expected)))
        fail_msg("%.17g is not %.17g within %g", actual, expected, tolerance);
}

static const struct breakpoint a_points[] = {{1e7, 0.2}, {5e7, 0.35}, {2e8, 0.6},
                                             {5e8, 0.9}, {5e9, 1.4},  {1e10, 1.5}};
static const struct breakpoint b_points[] = {{1e6, 0.1}, {6e7, 0.3}, {3e8, 1.0}, {2e9, 1.1}};
static const struct curve a_curve = {a_points, COUNT(a_points)};
static const struct curve b_curve = {b_points, COUNT(b_points)};

/* Expected value: scipy.integrate.quad segment by segment to 1e-14; the maximum: 400,001 places. */
static void test_the_mean_ratio_of_curves_agrees_with_quadrature(void **state)
{
    (void)state;
    struct compare_range range;
    struct compare_range back;
    compare_range(&a_curve, &b_curve, 5e6, 2e10, &range);
    compare_range(&b_curve, &a_curve, 5e6, 2e10, &back);
    assert_near(range.geomean_ratio, 0.95772596348193, 1e-12);
    assert_near(back.geomean_ratio, 1 / range.geomean_ratio, 1e-14);
    assert_near(range.max_ratio_flops, 2e8, 0);
    assert_near(range.max_ratio, 1.37274869, 1e-6);
    assert_near(back.max_ratio, 1 / range.max_ratio, 1e-14);
}

/* Expected value: Simpson's rule in 40 decimal digits between breakpoints and crossings, these
 * found by bisection. */
static void test_the_area_between_curves_agrees_with_quadrature(void **state)
{
    (void)state;
    struct compare_range range;
    struct compare_range back;
    compare_range(&a_curve, &b_curve, 5e6, 2e10, &range);
    compare_range(&b_curve, &a_curve, 5e6, 2e10, &back);
    assert_near(range.area, 0.501872398107421, 1e-12);
    assert_true(back.area == range.area);
}

static void test_curves_that_cross_leave_two_triangles(void **state)
{
    (void)state;
    const struct breakpoint level[] = {{1e6, 0.5}}, rising[] = {{1e6, 0.4}, {1e9, 0.7}};
    const struct curve a = {level, 1}, b = {rising, 2};
    struct compare_range range;
    compare_range(&a, &b, 1e6, 1e9, &range); /* they cross one decade in: 0.1 high, then 0.2 */
    assert_near(range.area, 0.5 * 1 * 0.1 + 0.5 * 2 * 0.2, 1e-12);
    compare_range(&a, &b, 1e6, 1e7, &range);
    assert_near(range.area, 0.05, 1e-12);
    compare_range(&a, &a, 1e5, 1e10, &range);
    assert_true(range.area == 0);
}

/* A breakpoint on the curve changes no curve; what rounding leaves of that is no area. */
static void test_rounding_makes_no_area(void **state)
{
    (void)state;
    static const struct breakpoint two[] = {{1e6, 0.1}, {1e9, 0.7}};
    struct curve a = {two, 2};
    for (int i = 1; i < 300; i++) {
        double flops = pow(10, 6 + 0.01 * i);
        const struct breakpoint three[] = {two[0], {flops, curve_evaluate(&a, flops)}, two[1]};
        struct curve b = {three, 3};
        struct compare_range range;
        compare_range(&a, &b, 1e6, 1e9, &range);
        assert_true(range.area == 0);
    }
}

static void test_an_area_needs_no_positive_efficiency(void **state)
{
    (void)state;
    const struct breakpoint sunk[] = {{1e6, -0.1}}, level[] = {{1e6, 0.3}};
    const struct curve a = {sunk, 1}, b = {level, 1};
    struct compare_range range;
    compare_range(&a, &b, 1e6, 1e8, &range);
    assert_near(range.area, 0.8, 1e-12);
    assert_true(isnan(range.geomean_ratio));
    compare_range(&a, &b, 1e8, 1e6, &range);
    assert_true(isnan(range.area));
}

static void test_a_curve_against_itself_is_one_everywhere(void **state)
{
    (void)state;
    struct compare_range range;
    compare_range(&a_curve, &a_curve, 1e7, 1e10, &range);
    assert_true(range.geomean_ratio == 1);
    assert_true(range.max_ratio == 1);
    assert_true(range.max_ratio_flops == 1e7);
}

static void test_a_scaled_curve_has_that_ratio_to_the_last_digits(void **state)
{
    (void)state;
    struct breakpoint scaled[COUNT(a_points)];
    for (size_t i = 0; i < COUNT(a_points); i++)
        scaled[i] = (struct breakpoint){a_points[i].flops, 1.1 * a_points[i].efficiency};
    struct curve curve = {scaled, COUNT(scaled)};
    struct compare_range range;
    compare_range(&a_curve, &curve, 1e6, 1e11, &range);
    assert_near(range.geomean_ratio, 1.1, 1e-14);
    assert_near(range.max_ratio, 1.1, 1e-14);
}

static void test_nearly_level_segments_lose_no_digits(void **state)
{
    (void)state;
    for (double r = 1e-12; r < 0.02; r *= 3) {
        struct breakpoint tilted[] = {{1e6, 0.5}, {1e8, 0.5 * (1 + r)}};
        struct breakpoint level[] = {{1e6, 0.5}};
        struct curve b = {tilted, 2};
        struct curve a = {level, 1};
        struct compare_range range;
        compare_range(&a, &b, 1e6, 1e8, &range);
        double series = r / 2 - r * r / 6 + r * r * r / 12 - pow(r, 4) / 20 + pow(r, 5) / 30;
        series -= pow(r, 6) / 42 - pow(r, 7) / 56;
        assert_near(range.geomean_ratio, exp(series), 1e-12);
    }
}

/* The mean of ln(x)^2 where x goes linearly from p to q, by the integral's closed form. */
static double mean_log_square(double p, double q)
{
    double at_p = p * (log(p) * log(p) - 2 * log(p) + 2);
    double at_q = q * (log(q) * log(q) - 2 * log(q) + 2);
    return (at_q - at_p) / (q - p);
}

static void test_the_mean_square_is_that_of_the_closed_form(void **state)
{
    (void)state;
    const struct breakpoint ones[] = {{1e6, 1}};
    const struct curve flat = {ones, 1};
    /* From, to, and how near: the more an efficiency changes, the less digits quadrature has. */
    const double rows_of[][3] = {
        {0.5, 2, 1e-9}, {1, 1.1, 1e-9}, {0.9, 0.1, 1e-9}, {1e-3, 1, 1e-6}, {3e-6, 0.9, 2e-4}};
    for (size_t i = 0; i < COUNT(rows_of); i++) {
        double from = rows_of[i][0], to = rows_of[i][1], tolerance = rows_of[i][2];
        const struct breakpoint steep[] = {{1e6, from}, {1e9, to}};
        const struct curve curve = {steep, 2};
        double expected = mean_log_square(from, to);
        assert_near(compare_mean_square(&flat, &curve, 1e6, 1e9), expected, tolerance);
        /* Twice the range, the other half of it beyond the breakpoint: the mean of both halves. */
        expected = (expected + log(to) * log(to)) / 2;
        assert_near(compare_mean_square(&flat, &curve, 1e6, 1e12), expected, tolerance);
    }
}

static void test_the_mean_square_of_a_factor_is_that_of_its_logarithm(void **state)
{
    (void)state;
    struct breakpoint scaled[8];
    for (size_t i = 0; i < a_curve.count; i++)
        scaled[i] = (struct breakpoint){a_curve.breakpoints[i].flops,
                                        3 * a_curve.breakpoints[i].efficiency};
    const struct curve tripled = {scaled, a_curve.count};
    assert_near(compare_mean_square(&a_curve, &tripled, 1e6, 1e11), log(3) * log(3), 1e-14);
    assert_near(compare_mean_square(&a_curve, &tripled, 1e7, 1e7), log(3) * log(3), 1e-14);
    assert_true(compare_mean_square(&a_curve, &a_curve, 1e6, 1e11) == 0);
}

static void test_the_mean_square_is_the_same_from_both_sides(void **state)
{
    (void)state;
    double there = compare_mean_square(&a_curve, &b_curve, 5e6, 2e10);
    struct compare_range range;
    compare_range(&a_curve, &b_curve, 5e6, 2e10, &range);
    assert_true(there == compare_mean_square(&b_curve, &a_curve, 5e6, 2e10));
    /* It cannot be below the square of the mean, nor above that of the largest. */
    assert_true(there > log(range.geomean_ratio) * log(range.geomean_ratio));
    assert_true(there < log(range.max_ratio) * log(range.max_ratio));
}

static void test_one_size_is_a_range_too(void **state)
{
    (void)state;
    struct compare_range range;
    compare_range(&a_curve, &b_curve, 1e7, 1e7, &range);
    assert_near(range.geomean_ratio, curve_evaluate(&b_curve, 1e7) / 0.2, 1e-14);
}

static void test_without_a_range_or_efficiency_there_is_no_ratio(void **state)
{
    (void)state;
    static const struct breakpoint crossing[] = {{1e6, -0.1}, {1e9, 1}};
    struct curve negative = {crossing, 2};
    struct curve empty = {NULL, 0};
    struct compare_range range;
    compare_range(&a_curve, &b_curve, 2e7, 1e7, &range);
    assert_true(isnan(range.geomean_ratio) && isnan(range.max_ratio));
    compare_range(&a_curve, &b_curve, 0, 1e7, &range);
    assert_true(isnan(range.geomean_ratio));
    compare_range(&a_curve, &negative, 1e6, 1e9, &range);
    assert_true(isnan(range.geomean_ratio) && isnan(range.max_ratio_flops));
    compare_range(&a_curve, &empty, 1e6, 1e9, &range);
    assert_true(isnan(range.geomean_ratio) && isnan(range.area));
    compare_range(&empty, &a_curve, 1e6, 1e9, &range);
    assert_true(isnan(range.geomean_ratio) && isnan(range.area));
    assert_true(isnan(compare_mean_square(&a_curve, &b_curve, 2e7, 1e7)));
    assert_true(isnan(compare_mean_square(&a_curve, &negative, 1e6, 1e9)));
}

static void test_what_is_no_range_has_no_ratio(void **state)
{
    (void)state;
    static const double ranges[][2] = {{0, 1}, {-1, 1}, {2, 1}, {1, INFINITY}, {NAN, 1}, {1, NAN}};
    const struct breakpoint knots[] = {{1, 0.5}, {10, 0.6}};
    const struct curve curve = {knots, 2};
    for (size_t i = 0; i < COUNT(ranges); i++) {
        struct compare_range range;
        compare_range(&curve, &curve, ranges[i][0], ranges[i][1], &range);
        assert_true(isnan(range.geomean_ratio) && isnan(range.max_ratio));
    }
}
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_no_range_has_no_ratio),
        cmocka_unit_test(test_the_mean_ratio_of_curves_agrees_with_quadrature),
        cmocka_unit_test(test_the_area_between_curves_agrees_with_quadrature),
        cmocka_unit_test(test_curves_that_cross_leave_two_triangles),
        cmocka_unit_test(test_rounding_makes_no_area),
        cmocka_unit_test(test_an_area_needs_no_positive_efficiency),
        cmocka_unit_test(test_a_curve_against_itself_is_one_everywhere),
        cmocka_unit_test(test_a_scaled_curve_has_that_ratio_to_the_last_digits),
        cmocka_unit_test(test_nearly_level_segments_lose_no_digits),
        cmocka_unit_test(test_the_mean_square_is_that_of_the_closed_form),
        cmocka_unit_test(test_the_mean_square_of_a_factor_is_that_of_its_logarithm),
        cmocka_unit_test(test_the_mean_square_is_the_same_from_both_sides),
        cmocka_unit_test(test_one_size_is_a_range_too),
        cmocka_unit_test(test_without_a_range_or_efficiency_there_is_no_ratio),
    };
    gsl_set_error_handler_off(); /* as fit_setup does for the program */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
