/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which operations an overlay of several calibrations has, and in which order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "compare/operations.h"

static struct calibration *make(const char *text)
{
    struct calibration *calibration;
    assert_int_equal(calibration_read(text, strlen(text), &calibration, NULL), STATUS_OK);
    return calibration;
}

static void test_each_operation_stands_once_and_bandwidth_comes_last(void **state)
{
    (void)state;
    struct calibration *made[] = {
        make("{\"curves\":{\"b\":{},\"a\":{}},\"bandwidth_curves\":{\"x\":{}}}"),
        make("{\"curves\":{}}"),
        make("{\"curves\":{\"c\":{},\"a\":{}},\"bandwidth_curves\":{\"y\":{},\"x\":{}}}"),
    };
    static const char *const names[] = {"b", "a", "c", "bandwidth:x", "bandwidth:y"};
    static const size_t counts[] = {1, 2, 1, 2, 1};
    struct compare_operation *operations;
    assert_int_equal(compare_operations((const struct calibration *const *)made, 3, &operations),
                     5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(operations[i].name, names[i]);
        assert_int_equal(operations[i].curve_count, counts[i]);
        assert_int_equal(operations[i].bandwidth, i >= 3);
        assert_null(operations[i].curves[1]);
    }
    assert_ptr_equal(operations[1].curves[0], &made[0]->curves[1]);
    assert_ptr_equal(operations[1].curves[2], &made[2]->curves[1]);
    assert_null(operations[0].curves[2]);
    free(operations);
    for (size_t i = 0; i < 3; i++)
        calibration_free(made[i]);
}

/* A compute curve may be called what a bandwidth curve is called by. */
static void test_a_name_with_a_prefix_is_not_a_bandwidth_curve(void **state)
{
    (void)state;
    struct calibration *a = make("{\"curves\":{\"bandwidth:x\":{}}}");
    struct calibration *b = make("{\"curves\":{},\"bandwidth_curves\":{\"x\":{}}}");
    const struct calibration *const both[] = {a, b};
    struct compare_operation *operations;
    assert_int_equal(compare_operations(both, 2, &operations), 2);
    assert_false(operations[0].bandwidth);
    assert_true(operations[1].bandwidth);
    free(operations);
    calibration_free(a);
    calibration_free(b);
}

static void test_of_nothing_there_is_nothing(void **state)
{
    (void)state;
    struct compare_operation *operations;
    assert_int_equal(compare_operations(NULL, 0, &operations), 0);
    free(operations);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_operation_stands_once_and_bandwidth_comes_last),
        cmocka_unit_test(test_a_name_with_a_prefix_is_not_a_bandwidth_curve),
        cmocka_unit_test(test_of_nothing_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
