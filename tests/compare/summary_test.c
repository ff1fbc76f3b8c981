/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a comparison is summed up as, for one operation and for the pair. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "compare/summary.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct calibration_curve present = {0};

static struct compared_point better_by(double ratio)
{
    return (struct compared_point){.ratio = ratio, .verdict = COMPARE_BETTER};
}

static struct compared_point worse_by(double ratio)
{
    return (struct compared_point){.ratio = ratio, .verdict = COMPARE_WORSE};
}

static struct compared_point unclear(const char *reason)
{
    return (struct compared_point){.ratio = 1.3, .verdict = COMPARE_UNCLEAR, .reason = reason};
}

/* A curve of both sides that differs. */
static struct compared_curve curve_of(const char *name, struct compared_point *points, size_t count)
{
    return (struct compared_curve){.name = (char *)name,
                                   .a = &present,
                                   .b = &present,
                                   .geomean_ratio = NAN,
                                   .points = points,
                                   .point_count = count,
                                   .changed_points = count,
                                   .differs = true};
}

static void assert_summary(const struct compared_curve *curve, const char *words)
{
    struct buffer text = {0};
    summary_of_curve(curve, &text);
    assert_string_equal(buffer_string(&text), words);
    buffer_done(&text);
}

static void test_an_operation_is_summed_up_by_its_verdicts(void **state)
{
    (void)state;
    const struct compared_point same = {.ratio = 1.001, .verdict = COMPARE_SAME};
    struct compared_point mixed[] = {better_by(1.082), better_by(1.082), same, worse_by(0.9),
                                     unclear("may be noise")};
    struct compared_point calm[] = {same, unclear("may be noise")};
    struct compared_point huge[] = {better_by(5.6)};
    struct compared_point tiny[] = {worse_by(0.002)};
    struct compared_point dim[] = {unclear("spread unknown"), unclear("one observation"),
                                   unclear("one observation"), unclear("may be noise")};
    struct compared_curve curve = curve_of("x", mixed, COUNT(mixed));
    assert_summary(&curve, "is 8.2 % better at 2 of 5 points and 10 % worse at 1 of 5 points "
                           "(1 unclear)");
    curve = curve_of("x", calm, COUNT(calm));
    assert_summary(&curve, "the same at 1 of 2 points (1 unclear)");
    curve = curve_of("x", calm, 1);
    assert_summary(&curve, "the same at 1 of 1 point");
    curve = curve_of("x", huge, COUNT(huge));
    assert_summary(&curve, "is 5.6 times as good at 1 of 1 point");
    curve = curve_of("x", tiny, COUNT(tiny));
    assert_summary(&curve, "is 99.8 % worse at 1 of 1 point");
    curve = curve_of("x", dim, COUNT(dim));
    assert_summary(&curve, "unclear (one observation)");
    curve = curve_of("x", dim, 2);
    assert_summary(&curve, "unclear (spread unknown)");
    curve.differs = false;
    assert_summary(&curve, "equal");
}

static void test_the_percentage_is_that_of_the_geometric_mean(void **state)
{
    (void)state;
    struct compared_point points[] = {better_by(1.21), better_by(1.21)};
    struct compared_point spread[] = {worse_by(0.25), worse_by(0.81)};
    struct compared_curve curve = curve_of("x", points, COUNT(points));
    assert_summary(&curve, "is 21 % better at 2 of 2 points");
    curve = curve_of("x", spread, COUNT(spread)); /* sqrt(0.25 x 0.81) = 0.45 */
    assert_summary(&curve, "is 55 % worse at 2 of 2 points");
}

static void test_without_shared_points_the_curves_speak_without_a_verdict(void **state)
{
    (void)state;
    struct compared_curve curve = curve_of("x", NULL, 0);
    assert_summary(&curve, "without shared points");
    curve.geomean_ratio = 1.25;
    assert_summary(&curve, "without shared points, its curve 25 % higher on average");
    curve.geomean_ratio = 0.5;
    assert_summary(&curve, "without shared points, its curve 50 % lower on average");
    curve.geomean_ratio = 3;
    assert_summary(&curve, "without shared points, its curve 3 times as high on average");
    curve.geomean_ratio = 1;
    assert_summary(&curve, "without shared points, its curve as high on average");
    curve.a = NULL;
    assert_summary(&curve, "only in B");
    curve.a = &present;
    curve.b = NULL;
    assert_summary(&curve, "only in A");
}

static void assert_sentence(const struct comparison *comparison, const char *words)
{
    struct buffer text = {0};
    summary_of_comparison(comparison, TEXT_ASCII, &text);
    assert_string_equal(buffer_string(&text), words);
    buffer_done(&text);
}

static void test_a_pair_is_one_sentence(void **state)
{
    (void)state;
    struct compared_point good[] = {better_by(1.082)}, dim[] = {unclear("one observation")};
    struct compared_curve curves[] = {curve_of("conv2d", good, 1), curve_of("matmul", dim, 1),
                                      curve_of("relu", NULL, 0)};
    struct compared_field fields[] = {{"hardware_id", NULL, NULL}, {"notes", NULL, NULL}};
    struct comparison comparison = {.curves = curves, .curve_count = 3, .fields = fields};
    curves[2].a = NULL;
    assert_sentence(&comparison, "3 operations: conv2d is 8.2 % better at 1 of 1 point, matmul "
                                 "unclear (one observation), relu only in B");
    curves[0].differs = false;
    comparison.field_count = 2;
    assert_sentence(&comparison, "3 operations: matmul unclear (one observation), relu only in B, "
                                 "1 equal; metadata differs in hardware_id, notes");
    curves[1].differs = false;
    comparison.curve_count = 2;
    assert_sentence(&comparison, "2 operations: 2 equal; metadata differs in hardware_id, notes");
    comparison.curve_count = 1;
    comparison.field_count = 0;
    assert_sentence(&comparison, "1 operation: 1 equal");
    comparison.curve_count = 0;
    assert_sentence(&comparison, "0 operations");
}

static void test_many_operations_of_one_side_are_counted(void **state)
{
    (void)state;
    struct compared_curve curves[9];
    struct comparison comparison = {.curves = curves, .curve_count = 3};
    for (int i = 0; i < 9; i++) {
        curves[i] = curve_of("x", NULL, 0);
        if (i % 2)
            curves[i].a = NULL;
        else
            curves[i].b = NULL;
    }
    assert_sentence(&comparison, "3 operations: x only in A, x only in B, x only in A");
    comparison.curve_count = 7;
    assert_sentence(&comparison,
                    "7 operations: x only in B, x only in B, x only in B, 4 only in A");
    comparison.curve_count = 9;
    assert_sentence(&comparison, "9 operations: 5 only in A, 4 only in B");
}

static void test_names_are_cut_and_made_safe(void **state)
{
    (void)state;
    char name[100] = "\033[2J";
    memset(name + 4, 'n', sizeof name - 5);
    struct compared_curve curve = curve_of(name, NULL, 0);
    const struct comparison comparison = {.curves = &curve, .curve_count = 1};
    assert_sentence(&comparison, "1 operation: ?[2Jnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn~ without "
                                 "shared points");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_operation_is_summed_up_by_its_verdicts),
        cmocka_unit_test(test_the_percentage_is_that_of_the_geometric_mean),
        cmocka_unit_test(test_without_shared_points_the_curves_speak_without_a_verdict),
        cmocka_unit_test(test_a_pair_is_one_sentence),
        cmocka_unit_test(test_many_operations_of_one_side_are_counted),
        cmocka_unit_test(test_names_are_cut_and_made_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
