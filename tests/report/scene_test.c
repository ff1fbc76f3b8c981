/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene shows what it was given: the curve, its points, its range, residuals, or a ratio. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "report/scene.h"

#define JETSON SOURCE_DIR "/hardware_registry/gpu/jetson_orin_agx/efficiency_curves.json"

static struct calibration *jetson;

static int setup(void **state)
{
    (void)state;
    return (int)calibration_load(JETSON, &jetson, NULL);
}

static int teardown(void **state)
{
    (void)state;
    calibration_free(jetson);
    return 0;
}

static struct scene_curve curve_of(const char *name, int series)
{
    const struct calibration_curve *source = calibration_find(jetson, name, NULL);
    return (struct scene_curve){.source = source,
                                .curve = calibration_stored_curve(source),
                                .label = name,
                                .series = series,
                                .selected_point = -1,
                                .selected_breakpoint = -1};
}

/* The picture as text, in buffer; frames as plot_draw fills them. */
static void draw(const struct scene_curve *curves, size_t count,
                 const struct scene_options *options, struct plot_frame frames[PLOT_PANELS_MAX],
                 struct buffer *out)
{
    struct canvas canvas;
    struct scene *scene = scene_new(curves, count, options);
    canvas_init(&canvas, 30, 100, TEXT_UNICODE);
    scene_draw(scene, &canvas, canvas_area(&canvas), NAN, PLOT_BRAILLE, frames);
    canvas_export_text(&canvas, false, out);
    canvas_done(&canvas);
    scene_free(scene);
}

static void test_the_axes_show_all_points_and_the_calibrated_range(void **state)
{
    (void)state;
    struct plot_frame frames[PLOT_PANELS_MAX];
    struct buffer out = {0};
    struct scene_curve curve = curve_of("conv2d_batchnorm", 0);
    struct scene_options options = {.log_y = true, .bars = SCENE_BARS_STD, .range = true};
    draw(&curve, 1, &options, frames, &out);
    assert_true(frames[0].x.low <= 1e7 && frames[0].x.high >= 1e10); /* min_flops, max_flops */
    assert_true(frames[0].y.low <= 0.048 && frames[0].y.high >= 6);  /* mean -+ 20 % */
    assert_non_null(strstr(out.bytes, "larger is faster"));
    assert_non_null(strstr(out.bytes, "FLOPs"));
    buffer_done(&out);
}

static void test_bandwidth_is_over_bytes(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct scene_curve curve = curve_of("bandwidth:generic", 0);
    struct scene_options options = {.log_y = false};
    draw(&curve, 1, &options, NULL, &out);
    assert_non_null(strstr(out.bytes, "bytes"));
    assert_null(strstr(out.bytes, "FLOPs"));
    buffer_done(&out);
}

static void test_residuals_and_ratios_share_the_x_axis_of_the_curves(void **state)
{
    (void)state;
    struct plot_frame frames[PLOT_PANELS_MAX];
    struct buffer out = {0};
    struct scene_curve curves[2] = {curve_of("conv2d_batchnorm", 0), curve_of("conv2d", 1)};
    struct scene_options options = {.log_y = true, .residuals = true};
    draw(curves, 1, &options, frames, &out);
    assert_non_null(strstr(out.bytes, "residual"));
    assert_int_equal(frames[0].inner.column, frames[1].inner.column);
    assert_true(frames[1].y.high >= 0.435674); /* the residual at 1 G */
    options = (struct scene_options){.log_y = true, .ratio = true};
    buffer_truncate(&out, 0);
    draw(curves, 2, &options, frames, &out);
    assert_non_null(strstr(out.bytes, "ratio B/A"));
    assert_int_equal(frames[0].inner.columns, frames[1].inner.columns);
    buffer_done(&out);
}

static void test_shapes_have_their_maximum_at_one(void **state)
{
    (void)state;
    struct plot_frame frames[PLOT_PANELS_MAX];
    struct buffer out = {0};
    struct scene_curve curve = curve_of("conv2d", 0);
    struct scene_options options = {.shape = true};
    draw(&curve, 1, &options, frames, &out);
    assert_true(frames[0].y.high >= 1 && frames[0].y.high < 1.2);
    assert_non_null(strstr(out.bytes, "efficiency / maximum"));
    buffer_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_axes_show_all_points_and_the_calibrated_range),
        cmocka_unit_test(test_bandwidth_is_over_bytes),
        cmocka_unit_test(test_residuals_and_ratios_share_the_x_axis_of_the_curves),
        cmocka_unit_test(test_shapes_have_their_maximum_at_one),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
