/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The distance between calibrations: a number that is right, symmetric, and undefined where it is.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "base/buffer.h"
#include "compare/distance.h"

/* A curve of two breakpoints: an efficiency at either end of a range. */
struct line {
    const char *name;
    double low, high; /* FLOPs */
    double from, to;
};

static struct outline outline_of(const struct line *lines, size_t count)
{
    struct buffer text = {0};
    struct calibration *calibration;
    struct outline outline;
    buffer_append_string(&text, "{\"curves\":{");
    for (size_t i = 0; i < count; i++)
        buffer_print(
            &text, "%s\"%s\":{\"fitted_curve\":{\"breakpoints\":[[%.17g,%.17g],[%.17g,%.17g]]}}",
            i ? "," : "", lines[i].name, lines[i].low, lines[i].from, lines[i].high, lines[i].to);
    buffer_append_string(&text, "}}");
    assert_int_equal(calibration_read(text.bytes, text.length, &calibration, NULL), STATUS_OK);
    outline_init(&outline, calibration);
    calibration_free(calibration); /* an outline does not lean on it */
    buffer_done(&text);
    return outline;
}

/* The distance of a and b, which is that of b and a. */
static struct distance distance_of(const struct line *a, size_t count_a, const struct line *b,
                                   size_t count_b)
{
    struct outline of_a = outline_of(a, count_a), of_b = outline_of(b, count_b);
    struct distance there = distance_between(&of_a, &of_b), back = distance_between(&of_b, &of_a);
    assert_int_equal(there.operations, back.operations);
    assert_true(there.nepers == back.nepers || (isnan(there.nepers) && isnan(back.nepers)));
    assert_true(distance_between(&of_a, &of_a).nepers == 0);
    outline_done(&of_a);
    outline_done(&of_b);
    return there;
}

static void assert_near(double actual, double expected)
{
    if (!(fabs(actual - expected) <= 1e-9 * fabs(expected)))
        fail_msg("%.17g is not %.17g", actual, expected);
}

static const struct line half = {"matmul", 1e6, 1e9, 0.5, 0.5};

static void test_a_factor_is_a_distance_of_its_logarithm_either_way(void **state)
{
    (void)state;
    const double factors[] = {1.1, 0.25, 3, 400};
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
        const struct line line = {"matmul", 1e6, 1e9, 0.1, 0.7};
        struct line scaled = line;
        scaled.from *= factors[i];
        scaled.to *= factors[i];
        struct distance distance = distance_of(&line, 1, &scaled, 1);
        assert_near(distance.nepers, fabs(log(factors[i])));
        assert_int_equal(distance.operations, 1);
    }
}

/* ln(x)^2 from 0.5 to 2, over x: x ln^2 x - 2 x ln x + 2 x at both ends, by hand. */
static void test_curves_that_cross_are_apart_by_the_root_of_the_mean_square(void **state)
{
    (void)state;
    const struct line one = {"matmul", 1e6, 1e9, 1, 1}, rising = {"matmul", 1e6, 1e9, 0.5, 2};
    double integral =
        2 * log(2) * log(2) - 4 * log(2) + 4 - (0.5 * log(0.5) * log(0.5) - log(0.5) + 1);
    assert_near(distance_of(&one, 1, &rising, 1).nepers, sqrt(integral / 1.5));
}

static void test_every_shared_operation_counts_the_same(void **state)
{
    (void)state;
    const struct line a[] = {half, {"relu", 1e3, 1e4, 0.1, 0.1}, {"only_a", 1e3, 1e4, 1, 1}};
    const struct line b[] = {{"only_b", 1e3, 1e4, 1, 1},
                             {"relu", 1e3, 1e4, 0.1 * exp(4), 0.1 * exp(4)},
                             {"matmul", 1e6, 1e9, 0.5 * exp(3), 0.5 * exp(3)}};
    struct distance distance = distance_of(a, 3, b, 3);
    assert_near(distance.nepers, sqrt((3 * 3 + 4 * 4) / 2.0)); /* however wide their ranges */
    assert_int_equal(distance.operations, 2);
}

static void test_only_sizes_that_both_cover_count(void **state)
{
    (void)state;
    /* Level up to 1e7, and then far off, where the other has nothing. */
    struct outline a = outline_of(&(struct line){"matmul", 1e6, 1e7, 0.5, 0.5}, 1);
    const char text[] = "{\"curves\":{\"matmul\":{\"fitted_curve\":{\"breakpoints\":"
                        "[[1e6,0.25],[1e7,0.25],[1e9,100]]}}}}";
    struct calibration *calibration;
    struct outline b;
    assert_int_equal(calibration_read(text, strlen(text), &calibration, NULL), STATUS_OK);
    outline_init(&b, calibration);
    calibration_free(calibration);
    assert_near(distance_between(&a, &b).nepers, log(2));
    outline_done(&a);
    outline_done(&b);
}

/* Expected value: 200,000 midpoints over ln FLOPs a curve, in Python. */
static void test_measured_calibrations_agree_with_an_independent_sum(void **state)
{
    (void)state;
    const char *const paths[] = {FIXTURES
                                 "/registry/cpu/example_desktop/fp32/efficiency_curves.json",
                                 FIXTURES "/registry/cuda/orin_15w/bf16/efficiency_curves.json"};
    struct outline outlines[2];
    for (size_t i = 0; i < 2; i++) {
        struct calibration *calibration;
        assert_int_equal(calibration_load(paths[i], &calibration, NULL), STATUS_OK);
        outline_init(&outlines[i], calibration);
        calibration_free(calibration);
    }
    struct distance distance = distance_between(&outlines[0], &outlines[1]);
    assert_int_equal(distance.operations, 2);
    print_message("distance %.10f, expected 0.6052971121\n", distance.nepers);
    assert_true(fabs(distance.nepers - 0.6052971121) < 1e-7);
    outline_done(&outlines[0]);
    outline_done(&outlines[1]);
}

static void test_without_a_common_operation_or_range_it_is_undefined(void **state)
{
    (void)state;
    const struct line elsewhere = {"matmul", 1e10, 1e12, 0.5, 0.5};
    const struct line other = {"conv2d", 1e6, 1e9, 0.5, 0.5};
    const struct line negative = {"matmul", 1e6, 1e9, -0.5, 0.5};
    assert_true(isnan(distance_of(&half, 1, &elsewhere, 1).nepers));
    assert_true(isnan(distance_of(&half, 1, &other, 1).nepers));
    assert_int_equal(distance_of(&half, 1, &other, 1).operations, 0);
    struct outline a = outline_of(&half, 1), b = outline_of(&negative, 1), c = outline_of(NULL, 0);
    assert_true(isnan(distance_between(&a, &b).nepers));
    assert_true(isnan(distance_between(&a, &c).nepers));
    outline_done(&a);
    outline_done(&b);
    outline_done(&c);
}

static void test_a_curve_of_nothing_takes_no_part(void **state)
{
    (void)state;
    const char text[] = "{\"curves\":{\"matmul\":{},\"relu\":{\"data_points\":"
                        "[{\"flops\":1e6,\"efficiency_mean\":0.5}]}}}";
    struct calibration *calibration;
    struct outline outline;
    assert_int_equal(calibration_read(text, strlen(text), &calibration, NULL), STATUS_OK);
    outline_init(&outline, calibration);
    assert_int_equal(outline.count, 1); /* relu has a range, though no breakpoints */
    assert_true(isnan(distance_between(&outline, &outline).nepers));
    outline_done(&outline);
    calibration_free(calibration);
}

static void test_a_distance_reads_as_a_percentage(void **state)
{
    (void)state;
    assert_near(distance_percent(log(1.1)), 10);
    assert_near(distance_percent(log(3)), 200);
    assert_true(distance_percent(0) == 0 && isnan(distance_percent(NAN)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_factor_is_a_distance_of_its_logarithm_either_way),
        cmocka_unit_test(test_curves_that_cross_are_apart_by_the_root_of_the_mean_square),
        cmocka_unit_test(test_every_shared_operation_counts_the_same),
        cmocka_unit_test(test_only_sizes_that_both_cover_count),
        cmocka_unit_test(test_measured_calibrations_agree_with_an_independent_sum),
        cmocka_unit_test(test_without_a_common_operation_or_range_it_is_undefined),
        cmocka_unit_test(test_a_curve_of_nothing_takes_no_part),
        cmocka_unit_test(test_a_distance_reads_as_a_percentage),
    };
    gsl_set_error_handler_off(); /* as fit_setup does for the program */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
