/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gate fires only where the whole interval lies beyond its threshold. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "compare/gate.h"

static const char *tripped(struct compare_gate gate, double low, double high)
{
    struct compared_point point = {.ci_low = low, .ci_high = high};
    return gate_tripped(&gate, &point);
}

static void test_only_an_interval_that_excludes_the_threshold_trips(void **state)
{
    (void)state;
    const struct compare_gate worse = {.worse = 0.1}, better = {.better = 0.1};
    assert_string_equal(tripped(worse, 0.7, 0.89), "worse");
    assert_null(tripped(worse, 0.7, 0.91)); /* the threshold is 1 - 0.1, not 1/1.1 = 0.909 */
    assert_null(tripped(worse, 0.7, 0.905));
    assert_null(tripped(worse, 1.2, 1.3));
    assert_string_equal(tripped(better, 1.11, 1.3), "better");
    assert_null(tripped(better, 1.09, 1.3));
    assert_null(tripped(better, 0.7, 0.8));
}

static void test_both_gates_can_stand_at_once_and_none_trips_on_nothing(void **state)
{
    (void)state;
    const struct compare_gate both = {.worse = 0.1, .better = 0.2}, none = {0};
    assert_string_equal(tripped(both, 0.7, 0.8), "worse");
    assert_string_equal(tripped(both, 1.3, 1.4), "better");
    assert_null(tripped(both, 1.1, 1.15));
    assert_null(tripped(both, NAN, NAN));
    assert_null(tripped(none, 0.1, 0.2));
    assert_null(tripped(none, 3, 4));
}

static void test_points_that_trip_and_points_without_interval_are_counted(void **state)
{
    (void)state;
    struct compared_point points[] = {{.ci_low = 0.5, .ci_high = 0.6},
                                      {.ci_low = 0.5, .ci_high = 1.6},
                                      {.ci_low = NAN, .ci_high = NAN}};
    struct compared_curve curves[] = {
        {.points = points, .point_count = 3}, {.points = points, .point_count = 1}, {0}};
    const struct comparison comparison = {.curves = curves, .curve_count = 3};
    const struct compare_gate gate = {.worse = 0.25};
    struct gate_count count = gate_count(&gate, &comparison);
    assert_int_equal(count.tripped, 2);
    assert_int_equal(count.untested, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_an_interval_that_excludes_the_threshold_trips),
        cmocka_unit_test(test_both_gates_can_stand_at_once_and_none_trips_on_nothing),
        cmocka_unit_test(test_points_that_trip_and_points_without_interval_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
