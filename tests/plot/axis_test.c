/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes: fitted ranges, places along them, and ticks that people can read. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "plot/axis.h"
#include "plot/scale.h"

static void assert_near(double actual, double expected)
{
    if (!(fabs(actual - expected) <= 1e-9 * fmax(1, fabs(expected))))
        fail_msg("%.17g is not %.17g", actual, expected);
}

static void assert_ticks(double low, double high, bool log, size_t wanted, bool si,
                         const char *expected)
{
    struct plot_axis axis = {low, high, log, NULL};
    struct axis_tick ticks[AXIS_TICKS_MAX];
    struct buffer text = {0};
    size_t count = axis_ticks(&axis, wanted, si, ticks);
    for (size_t i = 0; i < count; i++)
        buffer_print(&text, "%s%s", i ? "|" : "", ticks[i].label);
    assert_string_equal(buffer_string(&text), expected);
    buffer_done(&text);
}

static double fraction_of(const struct plot_axis *axis, double value)
{
    struct scale scale = scale_of(axis);
    return scale_fraction(&scale, value);
}

static void test_fractions_run_from_0_to_1(void **state)
{
    (void)state;
    struct plot_axis linear = {-2, 6, false, NULL}, log = {1e6, 1e10, true, NULL};
    assert_near(fraction_of(&linear, 0), 0.25);
    assert_near(fraction_of(&linear, 14), 2);
    assert_near(fraction_of(&log, 1e8), 0.5);
    assert_near(fraction_of(&log, 1e5), -0.25);
    assert_true(fraction_of(&log, 1e6) == 0.0 && fraction_of(&log, 1e10) == 1.0);
    assert_true(isnan(fraction_of(&log, 0)));
    assert_true(isnan(fraction_of(&log, -1)));
    assert_true(isnan(fraction_of(&linear, NAN)));
}

static void test_values_are_the_way_back(void **state)
{
    (void)state;
    struct plot_axis linear = {-2, 6, false, NULL}, log = {3e6, 7e10, true, NULL};
    for (double f = -0.5; f <= 1.5; f += 0.125) {
        assert_near(fraction_of(&linear, axis_value(&linear, f)), f);
        assert_near(fraction_of(&log, axis_value(&log, f)), f);
    }
    assert_true(axis_value(&log, 0) == 3e6 && axis_value(&log, 1) == 7e10);
}

static void test_log_ticks_are_decades_or_1_2_5(void **state)
{
    (void)state;
    assert_ticks(1e7, 1e10, true, 4, true, "10 M|100 M|1 G|10 G");
    assert_ticks(1e7, 1e9, true, 8, true, "10 M|20 M|50 M|100 M|200 M|500 M|1 G");
    assert_ticks(0.04, 6, true, 10, false, "0.05|0.1|0.2|0.5|1|2|5");
    assert_ticks(1, 1e12, true, 5, true, "1|1 k|1 M|1 G|1 T");
    assert_ticks(1e-5, 1, true, 6, false, "0.00001|0.0001|0.001|0.01|0.1|1");
}

static void test_small_log_ticks_have_one_spelling(void **state)
{
    (void)state;
    assert_ticks(2e-5, 1e-3, true, 9, false, "0.00002|0.00005|0.0001|0.0002|0.0005|0.001");
    assert_ticks(1e-6, 1, true, 4, false, "0.000001|0.0001|0.01|1");
    assert_ticks(1e-7, 1e-2, true, 9, false, "1e-07|1e-06|1e-05|1e-04|0.001|0.01");
    assert_ticks(1e-4, 1, true, 9, false, "0.0001|0.001|0.01|0.1|1");
}

static void test_a_narrow_log_range_has_even_steps(void **state)
{
    (void)state;
    assert_ticks(1.1e8, 1.6e8, true, 6, true, "110 M|120 M|130 M|140 M|150 M|160 M");
    assert_ticks(1.22e9, 1.24e9, true, 5, true, "1.22 G|1.225 G|1.23 G|1.235 G|1.24 G");
}

static void test_linear_ticks_are_steps_of_1_2_5(void **state)
{
    (void)state;
    assert_ticks(0, 1, false, 6, false, "0.0|0.2|0.4|0.6|0.8|1.0");
    assert_ticks(-0.1, 0.45, false, 4, false, "0.0|0.2|0.4");
    assert_ticks(-1, 1, false, 3, false, "-1|0|1");
    assert_ticks(0, 5.6, false, 3, false, "0|2|4");
    assert_ticks(0, 2e9, false, 5, true, "0|500 M|1 G|1.5 G|2 G");
}

/* The range divided by the ticks is 0: this went on for ever. */
static void test_the_smallest_range_there_is_has_ticks(void **state)
{
    (void)state;
    struct axis_tick ticks[AXIS_TICKS_MAX];
    const struct plot_axis axis = {-4.94e-324, 4.94e-324, false, NULL};
    for (size_t wanted = 1; wanted < 10; wanted++)
        assert_true(axis_ticks(&axis, wanted, false, ticks) <= wanted);
}

static void test_ticks_are_never_more_than_wanted_and_always_rise(void **state)
{
    (void)state;
    struct axis_tick ticks[AXIS_TICKS_MAX];
    for (int low = -300; low < 290; low += 13) {
        for (int span = 1; low + span < 300; span += 29) {
            struct plot_axis axis = {pow(10, low), pow(10, low + span * 0.5), true, NULL};
            for (size_t wanted = 0; wanted < 100; wanted += 7) {
                axis.log = wanted % 2;
                size_t count = axis_ticks(&axis, wanted, true, ticks);
                assert_true(count <= wanted && count <= AXIS_TICKS_MAX);
                for (size_t i = 1; i < count; i++)
                    assert_true(ticks[i].value > ticks[i - 1].value);
            }
        }
    }
}

static void test_fitted_ranges_show_all_with_some_air(void **state)
{
    (void)state;
    struct plot_axis axis = {2, 4, false, NULL};
    axis_fit(&axis);
    assert_near(axis.low, 1.9);
    assert_near(axis.high, 4.1);
    axis = (struct plot_axis){1e6, 1e10, true, NULL};
    axis_fit(&axis);
    assert_near(log10(axis.low), 5.8);
    assert_near(log10(axis.high), 10.2);
}

static void test_air_does_not_cross_zero(void **state)
{
    (void)state;
    struct plot_axis axis = {0.01, 5, false, NULL};
    axis_fit(&axis);
    assert_true(axis.low == 0);
    axis = (struct plot_axis){-0.1, 0.4, false, NULL};
    axis_fit(&axis);
    assert_near(axis.low, -0.125);
}

static void test_whatever_is_fitted_can_be_drawn(void **state)
{
    (void)state;
    const double values[] = {0,       -0.0,    1,        -1,  0.03,     1e-320,
                             DBL_MIN, DBL_MAX, -DBL_MAX, NAN, INFINITY, -INFINITY};
    enum { COUNT = sizeof values / sizeof *values };
    for (int i = 0; i < COUNT * COUNT * 2; i++) {
        struct plot_axis axis = {values[i / 2 % COUNT], values[i / 2 / COUNT], i % 2, NULL};
        axis_fit(&axis);
        assert_true(isfinite(axis.low) && isfinite(axis.high - axis.low));
        assert_true(axis.low < axis.high);
        assert_true(!axis.log || axis.low > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fractions_run_from_0_to_1),
        cmocka_unit_test(test_values_are_the_way_back),
        cmocka_unit_test(test_log_ticks_are_decades_or_1_2_5),
        cmocka_unit_test(test_small_log_ticks_have_one_spelling),
        cmocka_unit_test(test_a_narrow_log_range_has_even_steps),
        cmocka_unit_test(test_linear_ticks_are_steps_of_1_2_5),
        cmocka_unit_test(test_the_smallest_range_there_is_has_ticks),
        cmocka_unit_test(test_ticks_are_never_more_than_wanted_and_always_rise),
        cmocka_unit_test(test_fitted_ranges_show_all_with_some_air),
        cmocka_unit_test(test_air_does_not_cross_zero),
        cmocka_unit_test(test_whatever_is_fitted_can_be_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
