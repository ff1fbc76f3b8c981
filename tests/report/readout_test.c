/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences about curves say what the curve and its points say, in units of theirs. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../jetson.h"
#include "base/buffer.h"
#include "report/readout.h"

#define MEASURED FIXTURES "/power_modes/cuda/orin_15w/bf16/efficiency_curves.json"

static struct readout readout_of(const char *name, double peak)
{
    const struct calibration_curve *curve = calibration_find(jetson, name, NULL);
    return (struct readout){curve, calibration_stored_curve(curve), TEXT_ASCII, peak, 0};
}

static void test_a_size_reads_with_its_place_in_the_range_and_milliseconds(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct readout readout = readout_of("matmul", 1e12);
    readout_at(&readout, 2e8, &out); /* 2e8 / (1e12 x 0.6) */
    assert_string_equal(out.bytes, "200 M FLOPs   efficiency 0.6   0.3333 ms at 1 T/s   "
                                   "in range 10 M - 20 G");
    buffer_truncate(&out, 0);
    readout.peak = NAN;
    readout_at(&readout, 1e6, &out);
    assert_string_equal(out.bytes, "1 M FLOPs   efficiency 0.2   BELOW range 10 M - 20 G");
    buffer_truncate(&out, 0);
    readout = readout_of("bandwidth:generic", NAN);
    readout_at(&readout, 1e6, &out);
    assert_string_equal(out.bytes, "1 M bytes   efficiency 0.5   in range 10 k - 100 M");
    buffer_done(&out);
}

/* A curve over sizes that its points do not reach, or that they go beyond. */
static void test_a_size_says_where_points_are_not_where_the_range_is(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct readout readout = readout_of("matmul", 2.66e12); /* points from 10 M to 10 G */
    struct calibration_curve narrower = *readout.source;
    assert_false(readout_points_there(&narrower, 1e7, &out)); /* at its first point */
    narrower.min_flops = 256;
    assert_true(readout_points_there(&narrower, 2e4, &out));
    assert_string_equal(out.bytes, "no point below 10 M");
    buffer_truncate(&out, 0);
    assert_false(readout_points_there(&narrower, 9.996e6, &out)); /* which reads 10 M */
    assert_false(readout_points_there(&narrower, 1, &out));
    narrower.max_flops = 5e9;
    readout.source = &narrower;
    readout_at(&readout, 1e10, &out);
    assert_non_null(strstr(out.bytes, "ms at 2.66 T/s   ABOVE range 256 - 5 G, on a point"));
    buffer_truncate(&out, 0);
    readout_at(&readout, 7e9, &out);
    assert_non_null(strstr(out.bytes, "ABOVE range 256 - 5 G, points to 10 G"));
    buffer_truncate(&out, 0);
    readout.columns = 80; /* what was asked for stays whole */
    readout_at(&readout, 2e4, &out);
    assert_string_equal(out.bytes,
                        "20 k FLOPs   efficiency 0.2   3.759e-05 ms   in range, no point below "
                        "10 M");
    buffer_truncate(&out, 0);
    narrower.min_flops = 5e7;
    readout_at(&readout, 2e7, &out);
    assert_non_null(strstr(out.bytes, "BELOW range, points from 10 M"));
    narrower.means.count = 0;
    assert_false(readout_points_there(&narrower, 2e7, &out));
    assert_null(calibration_place_of_points(&narrower, 2e7));
    buffer_done(&out);
}

static void test_the_nearest_point_reads_with_spread_count_source_and_residual(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct readout readout = readout_of("conv2d", NAN);
    readout_nearest_point(&readout, 2.5e8, &out);
    assert_string_equal(out.bytes, "nearest point 231 M: 1.13 +- 0.226, n = 1, legacy; residual "
                                   "-0.0267");
    buffer_done(&out);
}

static void test_a_fit_reads_with_what_its_points_leave(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct readout readout = readout_of("conv2d", NAN);
    readout_fit(&readout, &out);
    assert_string_equal(out.bytes, "R2 0.9951 (stored: unknown)   residual std 0.15, largest "
                                   "0.362 at 3.7 G   6 points legacy, 6 with n = 1");
    buffer_truncate(&out, 0);
    readout.columns = 79; /* nothing is cut before the count of single observations */
    readout_fit(&readout, &out);
    assert_string_equal(out.bytes, "R2 0.9951 (stored: unknown)  residuals up to 0.362  6 points, "
                                   "6 with n = 1");
    buffer_done(&out);
}

/* That leaves nothing, however the points scatter: no figure of it judges the curve. */
static void test_a_breakpoint_on_every_point_is_said_in_place_of_residuals(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct calibration *measured;
    struct breakpoint level[2] = {{1e6, 0.03}, {1e7, 0.03}};
    assert_int_equal(calibration_load(MEASURED, &measured, NULL), STATUS_OK);
    const struct calibration_curve *curve = calibration_find(measured, "unfused", NULL);
    struct readout readout = {curve, calibration_stored_curve(curve), TEXT_ASCII, NAN, 0};
    readout_fit(&readout, &out);
    assert_non_null(strstr(out.bytes, "R2 1: a breakpoint on every point (stored: 0."));
    assert_non_null(strstr(out.bytes, ", perhaps of raw observations)   9 points measured"));
    assert_null(strstr(out.bytes, "residual"));
    buffer_truncate(&out, 0);
    readout.columns = 79;
    readout_fit(&readout, &out);
    assert_null(strstr(out.bytes, "raw"));
    assert_true(out.length < 79);
    calibration_free(measured);
    readout = readout_of("conv2d_depthwise", NAN); /* all points at one height */
    struct calibration_curve two = *readout.source;
    two.means.count = 2;
    readout.source = &two;
    readout.curve = (struct curve){level, 2};
    buffer_truncate(&out, 0);
    readout_fit(&readout, &out);
    assert_non_null(strstr(out.bytes, "R2 n/a, a breakpoint on every point (stored: unknown)   2"));
    buffer_done(&out);
}

static void test_falling_latency_is_said_where_it_is_and_only_there(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct readout flat = readout_of("conv2d_depthwise", NAN), steep = readout_of("conv2d", NAN);
    assert_false(readout_falling_latency(&flat, &out));
    assert_int_equal(out.length, 0);
    assert_true(readout_falling_latency(&steep, &out));
    assert_string_equal(out.bytes, "Larger is predicted faster at 500 M - 678 M");
    buffer_truncate(&out, 0);
    struct breakpoint stairs[] = {{1e6, 0.1}, {2e6, 0.3}, {4e6, 0.3}, {8e6, 0.9}};
    steep.curve = (struct curve){stairs, 4};
    assert_true(readout_falling_latency(&steep, &out));
    assert_string_equal(out.bytes, "Larger is predicted faster at 1 M - 1.92 M, 4 M - 7.69 M");
    buffer_done(&out);
}

/* A sampled sigmoid can have one between any two breakpoints, each too short to be worth a line. */
static void test_many_stretches_of_falling_latency_are_counted_not_listed(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct readout readout = readout_of("conv2d", NAN);
    struct breakpoint stairs[] = {{1e6, 0.1}, {2e6, 0.3}, {4e6, 0.3}, {8e6, 0.9},
                                  {1e7, 0.9}, {2e7, 3},   {4e7, 3}};
    readout.curve = (struct curve){stairs, 7};
    assert_true(readout_falling_latency(&readout, &out));
    assert_string_equal(out.bytes, "Larger is predicted faster in 3 stretches of 1 M - 20 M");
    buffer_done(&out);
}

static void test_no_milliseconds_come_of_an_efficiency_that_is_not_positive(void **state)
{
    (void)state;
    struct breakpoint points[2] = {{1e6, -0.1}, {1e7, 0.1}};
    struct curve curve = {points, 2};
    assert_true(isnan(readout_milliseconds(&curve, 1e6, 1e12)));
    assert_true(readout_milliseconds(&curve, 1e7, 1e12) > 0);
    assert_true(isnan(readout_milliseconds(&curve, 1e7, NAN)));
    assert_true(isnan(readout_milliseconds(&curve, 1.7e308, 1e-9))); /* n/a, as JSON's null */
}

static void test_undefined_statistics_are_named(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct readout flat = readout_of("conv2d_depthwise", NAN), other = readout_of("conv2d", NAN);
    assert_true(readout_undefined(flat.source, &flat.curve, &out));
    assert_string_equal(out.bytes, "conv2d_depthwise: r_squared undefined for its points, "
                                   "written as 0.0 (unknown)");
    assert_false(readout_undefined(other.source, &other.curve, &out));
    buffer_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_size_reads_with_its_place_in_the_range_and_milliseconds),
        cmocka_unit_test(test_a_size_says_where_points_are_not_where_the_range_is),
        cmocka_unit_test(test_the_nearest_point_reads_with_spread_count_source_and_residual),
        cmocka_unit_test(test_a_fit_reads_with_what_its_points_leave),
        cmocka_unit_test(test_a_breakpoint_on_every_point_is_said_in_place_of_residuals),
        cmocka_unit_test(test_falling_latency_is_said_where_it_is_and_only_there),
        cmocka_unit_test(test_many_stretches_of_falling_latency_are_counted_not_listed),
        cmocka_unit_test(test_no_milliseconds_come_of_an_efficiency_that_is_not_positive),
        cmocka_unit_test(test_undefined_statistics_are_named),
    };
    return cmocka_run_group_tests(tests, load_jetson, free_jetson);
}
