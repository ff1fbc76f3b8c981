/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting points: decades, sources, and many calibrations together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "compare/coverage.h"

static struct coverage coverage_of(const char *text)
{
    struct calibration *calibration;
    struct coverage coverage;
    struct error error;
    if (calibration_read(text, strlen(text), &calibration, &error))
        fail_msg("%s", error.message);
    coverage_init(&coverage, calibration);
    calibration_free(calibration); /* what was counted does not lean on it */
    return coverage;
}

#define POINT(flops, source)                                                                       \
    "{\"flops\":" flops ",\"efficiency_mean\":0.5,\"source\":\"" source "\"}"

/* clang-format off */
static const char first[] =
    "{\"curves\":{"
    "\"relu\":{\"data_points\":[" POINT("12e6", "measured") "]},"
    "\"matmul\":{\"data_points\":[" POINT("1e6", "measured") "," POINT("2e6", "legacy_hardcoded") ","
    POINT("9.9e6", "measured") "," POINT("1e7", "interpolated") "]}},"
    "\"bandwidth_curves\":{\"copy\":{\"data_points\":[" POINT("5e9", "guessed") "]}}}";
/* clang-format on */

static const char second[] =
    "{\"curves\":{"
    "\"conv2d\":{\"data_points\":[]},"
    "\"matmul\":{\"data_points\":[" POINT("3e6", "legacy_hardcoded") "]}}}";

static void test_a_decade_begins_with_its_power_of_ten(void **state)
{
    (void)state;
    const struct {
        double flops;
        size_t decade;
    } rows[] = {{1e3, 0},  {9999.9, 0}, {1e4, 1}, {1e6, 3},  {9.99e6, 3},  {1e7, 4},   {1e9, 6},
                {1e12, 9}, {1e13, 10},  {1, 0},   {1e-9, 0}, {9.9e13, 10}, {1e14, 10}, {1e300, 10}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(coverage_decade(rows[i].flops), rows[i].decade);
    for (size_t i = 0; i < COVERAGE_DECADES; i++)
        assert_int_equal(coverage_decade(coverage_decade_start(i)), i);
}

static void test_points_count_by_operation_decade_and_source(void **state)
{
    (void)state;
    struct coverage coverage = coverage_of(first);
    assert_int_equal(coverage.count, 3);
    assert_int_equal(coverage.calibrations, 1);
    assert_string_equal(coverage.operations[0].name, "matmul"); /* by name, */
    assert_string_equal(coverage.operations[1].name, "relu");
    assert_string_equal(coverage.operations[2].name, "bandwidth:copy"); /* bytes last */
    const struct coverage_cell *cells = coverage.operations[0].decades;
    assert_int_equal(coverage_cell_points(&cells[3]), 3);
    assert_int_equal(cells[3].points[POINT_MEASURED], 2);
    assert_int_equal(cells[3].points[POINT_LEGACY], 1);
    assert_int_equal(cells[3].calibrations, 1);
    assert_int_equal(coverage_cell_points(&cells[4]), 1);
    assert_int_equal(cells[5].calibrations, 0);
    assert_int_equal(coverage_cell_points(&cells[5]), 0);
    coverage_done(&coverage);
}

static void test_a_cell_says_where_its_points_come_from(void **state)
{
    (void)state;
    struct coverage coverage = coverage_of(first);
    const struct coverage_operation *operations = coverage.operations;
    assert_int_equal(coverage_cell_state(&operations[0].decades[3]), COVERAGE_MIXED);
    assert_int_equal(coverage_cell_state(&operations[0].decades[4]), COVERAGE_INTERPOLATED);
    assert_int_equal(coverage_cell_state(&operations[0].decades[5]), COVERAGE_NONE);
    assert_int_equal(coverage_cell_state(&operations[1].decades[4]), COVERAGE_MEASURED);
    assert_int_equal(coverage_cell_state(&operations[2].decades[6]), COVERAGE_OTHER);
    coverage_done(&coverage);
    coverage = coverage_of(second);
    assert_int_equal(coverage_cell_state(&coverage.operations[1].decades[3]), COVERAGE_LEGACY);
    coverage_done(&coverage);
}

/* The sum of both, whichever of them it began with. */
static void check_sum(const struct coverage *sum)
{
    static const char *const names[] = {"conv2d", "matmul", "relu", "bandwidth:copy"};
    assert_int_equal(sum->count, 4);
    assert_int_equal(sum->calibrations, 2);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(sum->operations[i].name, names[i]);
    const struct coverage_cell *cell = &sum->operations[1].decades[3];
    assert_int_equal(cell->points[POINT_MEASURED], 2);
    assert_int_equal(cell->points[POINT_LEGACY], 2);
    assert_int_equal(cell->calibrations, 2);
    assert_int_equal(sum->operations[1].decades[4].calibrations, 1);
    assert_int_equal(sum->operations[2].decades[4].calibrations, 1);
}

static void test_calibrations_add_up_in_any_order(void **state)
{
    (void)state;
    struct coverage a = coverage_of(first), b = coverage_of(second);
    struct coverage forwards = {0}, backwards = {0};
    coverage_add(&forwards, &a);
    coverage_add(&forwards, &b);
    coverage_add(&backwards, &b);
    coverage_add(&backwards, &a);
    coverage_done(&a); /* the sums own their names */
    coverage_done(&b);
    check_sum(&forwards);
    check_sum(&backwards);
    coverage_done(&forwards);
    coverage_done(&backwards);
}

static void test_an_operation_is_found_in_another_coverage_or_is_not_there(void **state)
{
    (void)state;
    struct coverage a = coverage_of(first), b = coverage_of(second), none = {0};
    char name[] = "copy";
    const struct coverage_operation computed = {.name = name};
    assert_ptr_equal(coverage_find(&b, &a.operations[0]), &b.operations[1]); /* matmul */
    assert_null(coverage_find(&b, &a.operations[1]));
    for (size_t i = 0; i < a.count; i++)
        assert_ptr_equal(coverage_find(&a, &a.operations[i]), &a.operations[i]);
    assert_null(coverage_find(&a, &computed)); /* that of bandwidth is another */
    assert_null(coverage_find(&none, &computed));
    coverage_done(&a);
    coverage_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_decade_begins_with_its_power_of_ten),
        cmocka_unit_test(test_points_count_by_operation_decade_and_source),
        cmocka_unit_test(test_a_cell_says_where_its_points_come_from),
        cmocka_unit_test(test_calibrations_add_up_in_any_order),
        cmocka_unit_test(test_an_operation_is_found_in_another_coverage_or_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
