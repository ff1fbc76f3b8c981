/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene shows what it was given: the curve, its points, its range, residuals, or a ratio. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../jetson.h"
#include "base/buffer.h"
#include "report/quantiles.h"
#include "report/scene.h"

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
    assert_non_null(strstr(out.bytes, "falling latency"));
    assert_non_null(strstr(out.bytes, "FLOPs"));
    buffer_done(&out);
}

static void test_points_show_where_they_come_from(void **state)
{
    (void)state;
    static const enum point_source sources[] = {POINT_MEASURED, POINT_LEGACY, POINT_INTERPOLATED,
                                                POINT_OTHER};
    struct scene_curve curve = curve_of("conv2d", 0);
    struct calibration_curve source = *curve.source;
    struct data_point points[64];
    const struct scene_options options = {.residuals = true}, quantiles = {.quantiles = true};
    struct buffer text = {0};
    assert_true(source.means.count >= 4);
    memcpy(points, source.points, source.means.count * sizeof *points);
    for (size_t i = 0; i < source.means.count; i++)
        points[i].source = sources[i % 4];
    source.points = points;
    curve.source = &source;
    draw(&curve, 1, &options, NULL, &text);
    assert_non_null(strstr(text.bytes, "● measured  ○ legacy  △ interpolated  □ other source"));
    buffer_truncate(&text, 0);
    draw(&curve, 1, &quantiles, NULL, &text);
    assert_non_null(strstr(text.bytes, "● measured  ○ legacy  △ interpolated  □ other source"));
    buffer_done(&text);
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

/* Colours alone would tell them apart; a single one needs no name. */
static void test_several_ratios_are_named_and_a_list_beside_them_spares_the_legend(void **state)
{
    (void)state;
    struct buffer out = {0};
    const struct scene_options options = {.log_y = true, .ratio = true, .listed = true};
    struct scene_curve curves[] = {curve_of("conv2d_batchnorm", 0), curve_of("conv2d", 1),
                                   curve_of("matmul", 2)};
    draw(curves, 2, &options, NULL, &out);
    const char *below = strstr(out.bytes, "ratio B/A");
    assert_null(strstr(below, "conv2d"));
    buffer_done(&out);
    draw(curves, 3, &options, NULL, &out);
    below = strstr(out.bytes, "ratio to the reference");
    assert_non_null(strstr(below, "conv2d"));
    assert_non_null(strstr(below, "matmul"));
    assert_null(strstr(out.bytes, "● conv2d_batchnorm"));
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

static size_t append_key(const struct scene_curve *curve, const struct scene_options *options,
                         struct buffer *out)
{
    size_t start = out->length;
    scene_append_key(curve, 1, options, out);
    return out->length - start;
}

static void assert_other_key(const struct scene_curve *curve, const struct scene_options *options,
                             const struct buffer *key)
{
    struct buffer other = {0};
    append_key(curve, options, &other);
    assert_false(other.length == key->length && memcmp(other.bytes, key->bytes, key->length) == 0);
    buffer_done(&other);
}

/*
 * A picture is shown again where the key is the same, so whatever changes it must change the key.
 */
static void test_a_key_changes_with_anything_that_a_picture_shows(void **state)
{
    (void)state;
    struct scene_curve curve = curve_of("conv2d", 2), changed;
    struct scene_options options = {.log_y = true, .bars = SCENE_BARS_STD};
    struct buffer key = {0}, again = {0};
    bool left_out[64] = {false, true};
    append_key(&curve, &options, &key);
    append_key(&curve, &options, &again);
    assert_int_equal(key.length, again.length);
    assert_memory_equal(key.bytes, again.bytes, key.length);

    const struct scene_options others[] = {
        {.log_y = false, .bars = SCENE_BARS_STD},
        {.log_y = true, .bars = SCENE_BARS_RANGE},
        {.log_y = true, .bars = SCENE_BARS_STD, .residuals = true},
        {.log_y = true, .bars = SCENE_BARS_STD, .ratio = true},
        {.log_y = true, .bars = SCENE_BARS_STD, .shape = true},
        {.log_y = true, .bars = SCENE_BARS_STD, .range = true},
        {.log_y = true, .bars = SCENE_BARS_STD, .compared = true},
        {.log_y = true, .bars = SCENE_BARS_STD, .listed = true},
        {.log_y = true, .bars = SCENE_BARS_STD, .band = SCENE_BAND_PREDICTION},
        {.log_y = true, .bars = SCENE_BARS_STD, .quantiles = true},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_other_key(&curve, &others[i], &key);

    changed = curve, changed.label = "conv2e";
    assert_other_key(&changed, &options, &key);
    changed = curve, changed.series++;
    assert_other_key(&changed, &options, &key);
    changed = curve, changed.selected_point = 1;
    assert_other_key(&changed, &options, &key);
    changed = curve, changed.selected_breakpoint = 1;
    assert_other_key(&changed, &options, &key);
    changed = curve, changed.show_breakpoints = true;
    assert_other_key(&changed, &options, &key);
    changed = curve, changed.left_out = left_out;
    assert_other_key(&changed, &options, &key);
    changed = curve, changed.curve.count--;
    assert_other_key(&changed, &options, &key);
    changed = curve, changed.digest = 1;
    assert_other_key(&changed, &options, &key);
    static const double effects[64] = {0.1}, others_effects[64] = {0.2};
    changed = curve, changed.effects = effects;
    assert_other_key(&changed, &options, &key);
    struct buffer with_effects = {0};
    append_key(&changed, &options, &with_effects);
    changed.effects = others_effects;
    assert_other_key(&changed, &options, &with_effects);
    buffer_done(&with_effects);
    changed = curve, changed.effects_title = "DFFITS";
    assert_other_key(&changed, &options, &key);
    changed = curve, changed.without_label = "without point 3";
    assert_other_key(&changed, &options, &key);
    struct calibration_curve measured = *curve.source;
    struct data_point points[64];
    memcpy(points, measured.points, measured.means.count * sizeof *points);
    measured.points = points, measured.points_digest = 0;
    changed = curve, changed.source = &measured;
    struct buffer legacy = {0};
    append_key(&changed, &options, &legacy);
    points[1].source = POINT_MEASURED;
    assert_other_key(&changed, &options, &legacy);
    buffer_done(&legacy);
    changed = curve, changed.source = NULL;
    assert_other_key(&changed, &options, &key);
    buffer_done(&key);
    buffer_done(&again);
}

static void test_values_make_the_key_and_not_where_they_lie(void **state)
{
    (void)state;
    struct scene_curve curve = curve_of("conv2d", 0);
    struct calibration_curve source = *curve.source;
    struct scene_options options = {.log_y = true};
    struct buffer key = {0}, other = {0};
    append_key(&curve, &options, &key);
    curve.source = &source;
    append_key(&curve, &options, &other);
    assert_memory_equal(key.bytes, other.bytes, key.length);
    source.max_flops *= 2;
    assert_other_key(&curve, &options, &key);
    source = *calibration_find(jetson, "conv2d", NULL);
    source.points_digest++; /* as calibration_read makes it of other points */
    assert_other_key(&curve, &options, &key);
    source.points_digest = 0; /* unknown: the points speak for themselves */
    buffer_truncate(&key, 0);
    append_key(&curve, &options, &key);
    double *mean = &source.points[1].mean, kept = *mean;
    *mean *= 1.001; /* the same address, another value */
    assert_other_key(&curve, &options, &key);
    *mean = kept;
    buffer_done(&key);
    buffer_done(&other);
}

static void test_a_scene_of_nothing_and_of_a_curve_without_anything_can_be_drawn(void **state)
{
    (void)state;
    const struct scene_options all = {
        .log_y = true, .range = true, .residuals = true, .ratio = true, .shape = true};
    const struct scene_options ratio = {.ratio = true, .range = true};
    const struct scene_curve bare = {
        .label = "bare", .selected_point = -1, .selected_breakpoint = -1};
    const struct scene_curve two[] = {bare, curve_of("conv2d", 1)};
    struct plot_frame frames[PLOT_PANELS_MAX];
    const struct scene_options *const options[] = {&all, &ratio};
    for (size_t i = 0; i < 2; i++)
        for (size_t count = 0; count <= 2; count++) {
            struct buffer out = {0};
            draw(two, count, options[i], frames, &out);
            assert_null(strstr(out.bytes, "nan"));
            assert_true(frames[0].x.low < frames[0].x.high);
            buffer_done(&out);
        }
    scene_free(NULL);
}

/* Bands are as wide as Student's t says, which knows how many points there were. */
static void test_a_key_changes_with_the_points_behind_a_band(void **state)
{
    (void)state;
    static const double flops[] = {1e6, 1e7, 1e8, 1e9}, means[] = {0.1, 0.2, 0.4, 0.5};
    struct curve_points points = {flops, means, NULL, 4};
    struct fit *fit = fit_run(fit_model_find("log_linear"), &points, NULL);
    struct scene_curve curve = curve_of("conv2d", 0);
    struct scene_options options = {.band = SCENE_BAND_CONFIDENCE};
    struct buffer key = {0};
    curve.fit = fit;
    append_key(&curve, &options, &key);
    fit->statistics.count++;
    assert_other_key(&curve, &options, &key);
    fit->statistics.count--;
    fit->weighted = true;
    assert_other_key(&curve, &options, &key);
    fit_free(fit);
    buffer_done(&key);
}

static void test_residuals_stand_at_the_normal_quantiles_of_their_ranks(void **state)
{
    (void)state;
    struct plot plot = {0};
    struct plot_axis x;
    struct quantiles quantiles;
    struct scene_curve curve = curve_of("conv2d_batchnorm", 0);
    curve.selected_point = 4;
    quantiles_init(&quantiles, &curve, &plot, &x);
    size_t n = curve.source->means.count;
    assert_int_equal(quantiles.count, n);
    assert_string_equal(plot.y.title, "residual");
    /* Of nine, Blom's first is NormalDist().inv_cdf(0.625 / 9.25) in Python's statistics. */
    assert_true(fabs(quantiles.x[0] - -1.494154909) < 1e-8);
    assert_true(fabs(quantiles.x[4]) < 1e-12);
    assert_true(fabs(quantiles.x[8] + quantiles.x[0]) < 1e-12);
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = quantiles.indices[i];
        double residual = curve.source->means.efficiency[at] -
                          curve_evaluate(&curve.curve, curve.source->means.flops[at]);
        assert_true(quantiles.y[i] == residual);
        assert_true(i == 0 || quantiles.y[i] >= quantiles.y[i - 1]);
        assert_int_equal(quantiles.styles[i] == PLOT_POINT_SELECTED, at == 4);
        sum += residual;
    }
    /* The line passes through their mean at quantile 0. */
    assert_true(fabs(plot.lines->evaluate(plot.lines->context, 0) - sum / (double)n) < 1e-12);
    quantiles_done(&quantiles);
}

static void test_quantiles_are_of_deleted_residuals_where_a_fit_has_them(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct scene_curve curve = curve_of("conv2d_batchnorm", 0);
    struct scene_options options = {.quantiles = true};
    struct fit *fit = fit_run(fit_model_find("sigmoid"), &curve.source->means, NULL);
    curve.fit = fit;
    draw(&curve, 1, &options, NULL, &out);
    assert_non_null(strstr(out.bytes, "deleted residual"));
    assert_non_null(strstr(out.bytes, "normal quantile of (i - 3/8) / (n + 1/4)"));
    assert_non_null(strstr(out.bytes, "○ 5")); /* the outlier at 500 M by its index */
    buffer_done(&out);
    fit_free(fit);
}

static void test_points_left_out_and_curves_without_points_have_no_quantiles(void **state)
{
    (void)state;
    bool left_out[64];
    memset(left_out, 1, sizeof left_out);
    struct scene_curve curve = curve_of("conv2d_batchnorm", 0), bare = {.label = "bare"};
    struct scene_options options = {.quantiles = true};
    struct buffer out = {0};
    curve.left_out = left_out;
    draw(&curve, 1, &options, NULL, &out);
    draw(&bare, 1, &options, NULL, &out);
    assert_null(strstr(out.bytes, "nan"));
    assert_null(strstr(out.bytes, "\u25cf"));
    left_out[3] = false; /* one point: no line */
    draw(&curve, 1, &options, NULL, &out);
    assert_null(strstr(out.bytes, "normal: their mean"));
    buffer_done(&out);
}

/* A fit beside the fit, and stems of what each point does in place of the residuals. */
static void test_influence_has_a_line_and_a_panel_of_its_own(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct scene_curve curve = curve_of("conv2d_batchnorm", 0);
    struct scene_options options = {.log_y = true, .residuals = true};
    struct plot_frame frames[PLOT_PANELS_MAX];
    double effects[64] = {1, -2, NAN};
    struct fit *fit = fit_run(fit_model_find("sigmoid"), &curve.source->means, NULL);
    curve.fit = curve.without = fit;
    curve.without_label = "without point 3";
    curve.effects = effects;
    curve.effects_title = "what it does";
    draw(&curve, 1, &options, frames, &out);
    assert_non_null(strstr(out.bytes, "without point 3"));
    assert_non_null(strstr(out.bytes, "what it does"));
    assert_true(frames[1].y.low < -2 && frames[1].y.low > -3);
    buffer_done(&out);
    fit_free(fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_scene_of_nothing_and_of_a_curve_without_anything_can_be_drawn),
        cmocka_unit_test(test_the_axes_show_all_points_and_the_calibrated_range),
        cmocka_unit_test(test_points_show_where_they_come_from),
        cmocka_unit_test(test_bandwidth_is_over_bytes),
        cmocka_unit_test(test_residuals_and_ratios_share_the_x_axis_of_the_curves),
        cmocka_unit_test(test_several_ratios_are_named_and_a_list_beside_them_spares_the_legend),
        cmocka_unit_test(test_shapes_have_their_maximum_at_one),
        cmocka_unit_test(test_a_key_changes_with_anything_that_a_picture_shows),
        cmocka_unit_test(test_values_make_the_key_and_not_where_they_lie),
        cmocka_unit_test(test_a_key_changes_with_the_points_behind_a_band),
        cmocka_unit_test(test_residuals_stand_at_the_normal_quantiles_of_their_ranks),
        cmocka_unit_test(test_quantiles_are_of_deleted_residuals_where_a_fit_has_them),
        cmocka_unit_test(test_points_left_out_and_curves_without_points_have_no_quantiles),
        cmocka_unit_test(test_influence_has_a_line_and_a_panel_of_its_own),
    };
    return cmocka_run_group_tests(tests, load_jetson, free_jetson);
}
