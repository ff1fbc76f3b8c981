/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits make the next version of a curve, or refuse and say why. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tune/edit.h"

static const struct breakpoint knots[3] = {{1e6, 0.1}, {1e7, 0.123456789012345}, {1e8, 0.4}};

static struct curve_version *fixture(void)
{
    return version_new("sigmoid", knots, 3);
}

static void test_a_nudge_moves_one_coordinate_and_keeps_every_digit_of_the_other(void **state)
{
    (void)state;
    struct curve_version *from = fixture(), *to = NULL;
    struct error error;
    assert_int_equal(edit_nudge(from, 1, 0.1, 1, &to, &error), STATUS_OK);
    assert_true(to->breakpoints[1].efficiency == 0.123456789012345);
    assert_true(to->breakpoints[1].flops == 12589300); /* 10^7.1 to six digits */
    assert_true(from->breakpoints[1].flops == 1e7);    /* versions never change */
    assert_string_equal(to->curve_type, "piecewise_linear");
    version_free(to);
    assert_int_equal(edit_nudge(from, 2, 0, 1.01, &to, &error), STATUS_OK);
    assert_true(to->breakpoints[2].efficiency == 0.404);
    assert_true(to->breakpoints[2].flops == 1e8);
    version_free(to);
    version_free(from);
}

static void test_a_move_past_a_neighbour_is_refused_with_both_sizes(void **state)
{
    (void)state;
    struct curve_version *from = fixture(), *to = NULL;
    struct error error;
    assert_int_equal(edit_nudge(from, 1, 1.2, 1, &to, &error), STATUS_REFUSED);
    assert_null(to);
    assert_non_null(strstr(error.message, "must rise in size"));
    assert_non_null(strstr(error.message, "100 M"));
    version_free(from);
}

static void test_an_efficiency_of_zero_or_less_is_refused(void **state)
{
    (void)state;
    struct curve_version *from = fixture(), *to = NULL;
    struct error error;
    assert_int_equal(edit_set(from, 0, (struct breakpoint){1e6, 0}, &to, &error), STATUS_REFUSED);
    assert_non_null(strstr(error.message, "must be positive"));
    assert_int_equal(edit_scale(from, -1, &to, &error), STATUS_REFUSED);
    assert_int_equal(edit_scale(from, 1e308 * 10, &to, &error), STATUS_REFUSED);
    version_free(from);
}

static void test_insert_keeps_the_order_and_delete_keeps_two(void **state)
{
    (void)state;
    struct curve_version *from = fixture(), *more = NULL, *less = NULL, *none = NULL;
    struct error error;
    size_t index;
    assert_int_equal(edit_insert(from, (struct breakpoint){5e7, 0.3}, &more, &index, &error),
                     STATUS_OK);
    assert_int_equal(index, 2);
    assert_int_equal(more->count, 4);
    assert_int_equal(edit_insert(from, (struct breakpoint){1e7, 0.3}, &none, &index, &error),
                     STATUS_REFUSED);
    assert_int_equal(edit_delete(from, 0, &less, &error), STATUS_OK);
    assert_int_equal(edit_delete(less, 0, &none, &error), STATUS_REFUSED);
    assert_string_equal(error.message, "a curve needs at least two breakpoints");
    assert_int_equal(edit_delete(from, 7, &none, &error), STATUS_REFUSED);
    assert_non_null(strstr(error.message, "there is no breakpoint 7"));
    version_free(less);
    version_free(more);
    version_free(from);
}

static void test_snap_goes_to_the_data_point_nearest_in_log_size(void **state)
{
    (void)state;
    struct curve_version *from = fixture(), *to = NULL;
    struct error error;
    /* 3e7 is nearer to 1e7 in FLOPs only linearly; 4e6 is nearer in log10 */
    const double flops[] = {4e6, 3e7}, means[] = {0.2, 0.3};
    struct curve_points points = {.flops = flops, .efficiency = means, .count = 2};
    assert_int_equal(edit_snap(from, 1, &points, &to, &error), STATUS_OK);
    assert_true(to->breakpoints[1].flops == 4e6);
    assert_true(to->breakpoints[1].efficiency == 0.2);
    version_free(to);
    version_free(from);
}

static void test_scaling_by_one_changes_no_digit(void **state)
{
    (void)state;
    struct curve_version *from = fixture(), *to = NULL;
    struct error error;
    assert_int_equal(edit_scale(from, 1, &to, &error), STATUS_OK);
    assert_memory_equal(to->breakpoints, knots, sizeof knots);
    version_free(to);
    version_free(from);
}

static void test_a_breakpoint_that_is_not_there_is_no_place_to_edit(void **state)
{
    (void)state;
    struct curve_version *from = fixture(), *none = version_new("sigmoid", NULL, 0), *to = NULL;
    const struct curve_points no_points = {0};
    struct error error;
    struct curve_version *const versions[] = {from, none};
    const char *const words[] = {"there is no breakpoint 3", "adopt a fit first"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(edit_set(versions[i], 3, knots[0], &to, &error), STATUS_REFUSED);
        assert_non_null(strstr(error.message, words[i]));
        assert_int_equal(edit_nudge(versions[i], 3, 0, 1, &to, &error), STATUS_REFUSED);
        assert_non_null(strstr(error.message, words[i]));
        assert_int_equal(edit_delete(versions[i], 3, &to, &error), STATUS_REFUSED);
        assert_non_null(strstr(error.message, words[i]));
        assert_int_equal(edit_snap(versions[i], 3, &no_points, &to, &error), STATUS_REFUSED);
        assert_non_null(strstr(error.message, words[i]));
    }
    assert_int_equal(edit_snap(from, 0, &no_points, &to, &error), STATUS_REFUSED);
    assert_non_null(strstr(error.message, "no data points to snap to"));
    version_free(none);
    version_free(from);
}

static void test_sizes_and_efficiencies_that_are_no_numbers_are_refused(void **state)
{
    (void)state;
    static const struct breakpoint bad[] = {{INFINITY, 0.5}, {NAN, 0.5}, {0, 0.5},
                                            {-1, 0.5},       {2e6, NAN}, {2e6, INFINITY}};
    struct curve_version *from = fixture(), *to = NULL;
    struct error error;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t index = 77;
        assert_int_equal(edit_set(from, 1, bad[i], &to, &error), STATUS_REFUSED);
        assert_int_equal(edit_insert(from, bad[i], &to, &index, &error), STATUS_REFUSED);
        assert_int_equal(index, 77);
        assert_non_null(strstr(error.message, "must be positive"));
    }
    assert_int_equal(edit_insert(from, (struct breakpoint){2e6, 0.2}, &to, NULL, &error),
                     STATUS_OK);
    assert_int_equal(to->count, 4);
    version_free(to);
    version_free(from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_breakpoint_that_is_not_there_is_no_place_to_edit),
        cmocka_unit_test(test_sizes_and_efficiencies_that_are_no_numbers_are_refused),
        cmocka_unit_test(test_a_nudge_moves_one_coordinate_and_keeps_every_digit_of_the_other),
        cmocka_unit_test(test_a_move_past_a_neighbour_is_refused_with_both_sizes),
        cmocka_unit_test(test_an_efficiency_of_zero_or_less_is_refused),
        cmocka_unit_test(test_insert_keeps_the_order_and_delete_keeps_two),
        cmocka_unit_test(test_snap_goes_to_the_data_point_nearest_in_log_size),
        cmocka_unit_test(test_scaling_by_one_changes_no_digit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
