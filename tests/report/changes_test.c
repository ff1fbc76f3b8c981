/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines that say what became of an operation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "report/changes.h"

/* A calibration with one curve: points at so many sizes from 1 M, breakpoints as spelled. */
static struct calibration *make(int points, const char *breakpoints, const char *description)
{
    struct buffer text = {0};
    struct calibration *calibration;
    buffer_print(&text, "{\"curves\":{\"matmul\":{%s\"data_points\":[", description);
    for (int i = 0; i < points; i++)
        buffer_print(&text, "%s{\"flops\":%d000000,\"efficiency_mean\":0.%d}", i ? "," : "", i + 1,
                     i + 1);
    buffer_print(&text,
                 "],\"fitted_curve\":{\"curve_type\":\"piecewise_linear\",\"breakpoints\":[%s]}}}}",
                 breakpoints);
    assert_int_equal(calibration_read(text.bytes, text.length, &calibration, NULL), STATUS_OK);
    buffer_done(&text);
    return calibration;
}

static char *changes(const struct calibration *a, const struct calibration *b, size_t limit)
{
    struct buffer out = {0};
    struct compare_options options = {.margin = 0.05};
    struct comparison *comparison = compare_calibrations(a, b, &options);
    changes_of_curve(&comparison->curves[0], TEXT_UNICODE, limit, &out);
    comparison_free(comparison);
    buffer_append_string(&out, "");
    return buffer_take(&out);
}

#define TWO "[1000000,0.1],[8000000,0.8]"
#define MOVED "[1000000,0.2],[8000000,0.7],[900000000,0.9]"

static void test_breakpoints_sizes_and_words_that_differ_have_a_line_each(void **state)
{
    (void)state;
    struct calibration *a = make(2, TWO, ""), *b = make(5, MOVED, "\"description\":\"new\",");
    char *text = changes(a, b, 10);
    assert_non_null(strstr(text, "breakpoint 0 moved at 1 M from 0.1 to 0.2\n"));
    assert_non_null(strstr(text, "breakpoint 2 added at 900 M"));
    assert_non_null(strstr(text, "points only in B: 3 M, 4 M, 5 M\n"));
    assert_null(strstr(text, "only in A"));
    assert_non_null(strstr(text, "description: not stated in A, new in B\n"));
    free(text);
    text = changes(b, a, 10);
    assert_non_null(strstr(text, "points only in A: 3 M, 4 M, 5 M\n"));
    free(text);
    text = changes(a, b, 1);
    assert_non_null(strstr(text, "and 2 more breakpoints: -c 'matmul' shows them\n"));
    assert_non_null(strstr(text, "points only in B: 3 M and 2 more\n"));
    free(text);
    calibration_free(a);
    calibration_free(b);
}

static void test_long_words_are_cut_as_in_tables_unless_all_was_asked_for(void **state)
{
    (void)state;
    struct calibration *a = make(2, TWO, ""),
                       *b = make(2, TWO,
                                 "\"notes\":\"a sentence of many words that goes on and on as far "
                                 "as its very end\",");
    char *text = changes(a, b, 10);
    assert_null(strstr(text, "its very end"));
    free(text);
    text = changes(a, b, SIZE_MAX);
    assert_non_null(strstr(text, "its very end in B\n"));
    free(text);
    calibration_free(a);
    calibration_free(b);
}

/* Breakpoints to 8 M, points to 2 M and to 5 M: the mean is also over what nobody measured. */
static void test_where_both_are_compared_without_points_is_told(void **state)
{
    (void)state;
    struct calibration *a = make(2, TWO, ""), *b = make(5, "[1000000,0.2],[8000000,0.8]", ""),
                       *low = make(0, "[500000,0.2],[2000000,0.8]", "\"min_flops\":400000,");
    char *text = changes(a, b, SIZE_MAX);
    assert_non_null(strstr(text, "mean B/A and area are over 1 M to 8 M: no point of A above 2 M, "
                                 "of B above 5 M\n"));
    free(text);
    text = changes(a, b, 10); /* an overview has no room for it */
    assert_null(strstr(text, "no point"));
    free(text);
    text = changes(low, b, SIZE_MAX); /* a curve without any point says so elsewhere */
    assert_null(strstr(text, "no point"));
    free(text);
    calibration_free(a);
    calibration_free(b);
    calibration_free(low);
}

static void test_a_range_below_all_points_is_told(void **state)
{
    (void)state;
    struct calibration *a = make(2, "[400000,0.1],[2000000,0.8]", ""),
                       *b = make(2, "[500000,0.1],[2000000,0.8]", "");
    char *text = changes(a, b, SIZE_MAX);
    assert_non_null(strstr(text, "over 500 k to 2 M: no point of A below 1 M, of B below 1 M\n"));
    free(text);
    calibration_free(a);
    calibration_free(b);
}

#define NOTES "\"notes\":\"a sentence of many words that goes on and on as far as its end"

/* A note that was added stands behind all that was there before. */
static void test_long_words_are_cut_so_that_what_differs_is_seen(void **state)
{
    (void)state;
    struct calibration *a = make(2, TWO, NOTES "\","), *b = make(2, TWO, NOTES "; now more\",");
    char *text = changes(a, b, 10);
    assert_non_null(
        strstr(text, "notes: \u2026of many words that goes on and on as far as its end in A, "));
    assert_non_null(strstr(text, " as far as its end; now more in B\n"));
    free(text);
    calibration_free(a);
    calibration_free(b);
}

static void test_what_is_equal_or_on_one_side_has_no_lines(void **state)
{
    (void)state;
    struct calibration *a = make(2, TWO, ""), *none;
    assert_int_equal(calibration_read("{\"curves\":{}}", 13, &none, NULL), STATUS_OK);
    char *text = changes(a, a, 10);
    assert_string_equal(text ? text : "", "");
    free(text);
    text = changes(a, none, 10);
    assert_string_equal(text ? text : "", "");
    free(text);
    calibration_free(a);
    calibration_free(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_breakpoints_sizes_and_words_that_differ_have_a_line_each),
        cmocka_unit_test(test_long_words_are_cut_as_in_tables_unless_all_was_asked_for),
        cmocka_unit_test(test_where_both_are_compared_without_points_is_told),
        cmocka_unit_test(test_a_range_below_all_points_is_told),
        cmocka_unit_test(test_long_words_are_cut_so_that_what_differs_is_seen),
        cmocka_unit_test(test_what_is_equal_or_on_one_side_has_no_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
