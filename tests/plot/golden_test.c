/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures of plots, compared byte for byte with tests/plot/golden. CALSCOPE_UPDATE_GOLDEN=1 writes
 * them anew; look at the difference before you commit it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "scenes.h"

#define GOLDEN FIXTURES "/../plot/golden/"

typedef void scene(struct canvas *canvas, enum plot_style style);

static void read_golden(const char *path, struct buffer *out)
{
    char bytes[4096];
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s is missing: run with CALSCOPE_UPDATE_GOLDEN=1", path);
    for (size_t length; (length = fread(bytes, 1, sizeof bytes, file)) > 0;)
        buffer_append(out, bytes, length);
    fclose(file);
}

static void write_golden(const char *path, const struct buffer *picture)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(picture->bytes, 1, picture->length, file), picture->length);
    assert_int_equal(fclose(file), 0);
}

static void compare(const char *path, const struct buffer *picture)
{
    struct buffer expected = {0};
    read_golden(path, &expected);
    if (strcmp(buffer_string(&expected), buffer_string(picture)) != 0)
        fail_msg("%s differs:\n%s\nexpected:\n%s", path, buffer_string(picture),
                 buffer_string(&expected));
    buffer_done(&expected);
}

/* Writes the picture in colour as well where CALSCOPE_SHOW_GOLDEN names a folder, to look at. */
static void show(const struct canvas *canvas, const char *name)
{
    const char *folder = getenv("CALSCOPE_SHOW_GOLDEN");
    if (!folder)
        return;
    struct buffer path = {0}, picture = {0};
    buffer_print(&path, "%s/%s.ansi", folder, name);
    canvas_export_text(canvas, true, &picture);
    write_golden(path.bytes, &picture);
    buffer_done(&path);
    buffer_done(&picture);
}

static void check(scene *draw, const char *name, int rows, int columns, enum plot_style style)
{
    struct canvas canvas;
    struct buffer path = {0}, picture = {0}, full = {0};
    canvas_init(&canvas, rows, columns, style == PLOT_ASCII ? TEXT_ASCII : TEXT_UNICODE);
    draw(&canvas, style);
    canvas_export_text(&canvas, false, &picture);
    buffer_print(&full, "%s-%dx%d-%s", name, columns, rows,
                 style == PLOT_ASCII ? "ascii" : "braille");
    buffer_print(&path, GOLDEN "%s.txt", full.bytes);
    show(&canvas, full.bytes);
    if (getenv("CALSCOPE_UPDATE_GOLDEN"))
        write_golden(path.bytes, &picture);
    compare(path.bytes, &picture);
    buffer_done(&full);
    buffer_done(&path);
    buffer_done(&picture);
    canvas_done(&canvas);
}

static void check_both(scene *draw, const char *name, int rows, int columns)
{
    check(draw, name, rows, columns, PLOT_BRAILLE);
    check(draw, name, rows, columns, PLOT_ASCII);
}

/* One curve as the plot view shows it: points, bars, knots with one selected, the range. */
static void draw_curve(struct canvas *canvas, enum plot_style style)
{
    struct series series;
    series_init(&series, &batchnorm, 0);
    enum plot_point_style styles[5] = {PLOT_POINT_PLAIN};
    styles[3] = PLOT_POINT_SELECTED;
    struct plot_points points[] = {series.points, knots_of(&batchnorm, 0)};
    points[1].styles = styles;
    struct plot_span span = {1e7, 1e10, ROLE_DIM, NULL, true, NULL};
    struct plot_axis x = flops_axis(1e7, 1e10);
    struct plot plot = {.y = efficiency_axis(0.048, 6, true),
                        .lines = &series.line,
                        .line_count = 1,
                        .points = points,
                        .points_count = 2,
                        .spans = &span,
                        .span_count = 1};
    plot_draw(canvas, canvas_area(canvas), &(struct plot_panels){x, &plot, 1}, NAN, style, NULL);
}

static void test_a_curve(void **state)
{
    (void)state;
    check_both(draw_curve, "curve", 20, 76);
    check_both(draw_curve, "curve", 40, 130);
    check_both(draw_curve, "curve", 10, 36);
    check_both(draw_curve, "curve", 5, 16);
    check(draw_curve, "curve", 3, 30, PLOT_BRAILLE);
}

static void draw_overlay(struct canvas *canvas, enum plot_style style)
{
    const struct operation *operations[] = {&batchnorm, &conv2d, &matmul};
    struct series series[3];
    struct plot_line lines[3];
    struct plot_points points[3];
    for (int i = 0; i < 3; i++) {
        series_init(&series[i], operations[i], i);
        lines[i] = series[i].line;
        points[i] = series[i].points;
    }
    struct plot_axis x = flops_axis(1e7, 2e10);
    struct plot plot = {.y = efficiency_axis(0.048, 6.7, true),
                        .lines = lines,
                        .line_count = 3,
                        .points = points,
                        .points_count = 3};
    plot_draw(canvas, canvas_area(canvas), &(struct plot_panels){x, &plot, 1}, NAN, style, NULL);
}

static void test_an_overlay_of_operations(void **state)
{
    (void)state;
    check_both(draw_overlay, "overlay", 20, 76);
    check_both(draw_overlay, "overlay", 40, 130);
}

/* A curve with a point left out and a candidate fit; its residuals below; the cursor in both. */
static void draw_residuals(struct canvas *canvas, enum plot_style style)
{
    struct series series;
    series_init(&series, &batchnorm, 0);
    enum plot_point_style styles[9] = {PLOT_POINT_PLAIN};
    styles[4] = PLOT_POINT_LEFT_OUT;
    series.points.styles = styles;
    struct operation ends = batchnorm;
    ends.knots = 2;
    ends.knot_x[1] = 5e9;
    ends.knot_y[1] = 4;
    struct plot_line lines[] = {series.line, series.line};
    lines[0].label = "piecewise_linear";
    lines[1] = (struct plot_line){
        operation_evaluate, &ends, 1e7, 1e10, "log_linear", true, 1, false, false};
    double residuals[9];
    for (int i = 0; i < 9; i++)
        residuals[i] = batchnorm.y[i] - operation_evaluate(&batchnorm, batchnorm.x[i]);
    struct plot_points below = {
        .x = batchnorm.x, .y = residuals, .styles = styles, .count = 9, .stems = true};
    struct plot_axis x = flops_axis(1e7, 1e10), y = {-0.1, 0.44, false, "residual"};
    axis_fit(&y);
    struct plot panels[] = {{.y = efficiency_axis(0, 6, false),
                             .lines = lines,
                             .line_count = 2,
                             .points = &series.points,
                             .points_count = 1,
                             .weight = 2},
                            {.y = y, .points = &below, .points_count = 1, .weight = 1}};
    plot_draw(canvas, canvas_area(canvas), &(struct plot_panels){x, panels, 2}, 7e8, style, NULL);
}

static void test_a_curve_and_its_residuals(void **state)
{
    (void)state;
    check_both(draw_residuals, "residuals", 24, 80);
    check_both(draw_residuals, "residuals", 44, 120);
    check_both(draw_residuals, "residuals", 11, 80);
}

static double ratio(const void *context, double x)
{
    (void)context;
    return operation_evaluate(&conv2d, x) / operation_evaluate(&batchnorm, x);
}

/* Two curves on locked axes, and their ratio where both are calibrated. */
static void draw_ratio(struct canvas *canvas, enum plot_style style)
{
    struct series a, b;
    series_init(&a, &batchnorm, 0);
    series_init(&b, &conv2d, 1);
    struct plot_line lines[] = {a.line, b.line};
    lines[0].label = "a: orin_50w";
    lines[1].label = "b: orin_maxn";
    struct plot_points points[] = {a.points, b.points};
    struct plot_line quotient = {ratio, NULL, 5e7, 1e10, NULL, false, 2, false, false};
    const double one = 1;
    struct plot_axis x = flops_axis(1e7, 1e10), y = {1, 2.7, true, "ratio b / a"};
    axis_fit(&y);
    struct plot panels[] = {{.y = efficiency_axis(0.048, 6.7, true),
                             .lines = lines,
                             .line_count = 2,
                             .points = points,
                             .points_count = 2,
                             .weight = 2},
                            {.y = y,
                             .lines = &quotient,
                             .line_count = 1,
                             .levels = &one,
                             .level_count = 1,
                             .weight = 1}};
    plot_draw(canvas, canvas_area(canvas), &(struct plot_panels){x, panels, 2}, NAN, style, NULL);
}

static void test_a_comparison_and_its_ratio(void **state)
{
    (void)state;
    check_both(draw_ratio, "ratio", 24, 80);
    check_both(draw_ratio, "ratio", 44, 120);
}

/* Falling latency on the axis, points off the axes, a gap, and a narrow range of x. */
static double with_a_gap(const void *context, double x)
{
    return x > 1.8e7 && x < 2.4e7 ? (double)NAN : operation_evaluate(context, x);
}

static void draw_zoom(struct canvas *canvas, enum plot_style style)
{
    struct series series;
    series_init(&series, &mbconv, 3);
    series.line.evaluate = with_a_gap;
    struct plot_points points[] = {series.points, knots_of(&mbconv, 3)};
    struct plot_span spans[] = {{5e6, 1e8, ROLE_DIM, NULL, true, NULL},
                                {5e7, 8e7, ROLE_WARNING, "larger = faster", false, NULL}};
    struct plot_axis x = {8e6, 9e7, true, "FLOPs per operation"};
    struct plot plot = {.y = {0.02, 0.07, false, "efficiency (achieved / peak)"},
                        .lines = &series.line,
                        .line_count = 1,
                        .points = points,
                        .points_count = 2,
                        .spans = spans,
                        .span_count = 2};
    plot_draw(canvas, canvas_area(canvas), &(struct plot_panels){x, &plot, 1}, 3.3e7, style, NULL);
}

static void test_a_zoomed_curve(void **state)
{
    (void)state;
    check_both(draw_zoom, "zoom", 18, 70);
}

/* Numbered points, some of them too close for a number of their own. */
static void draw_numbers(struct canvas *canvas, enum plot_style style)
{
    static const double x_of[] = {-1.5, -0.9, -0.55, -0.5, -0.48, 0, 0.3, 0.9, 1.5};
    static const double y_of[] = {-7, -0.4, -0.3, -0.28, -0.2, 0.2, 0.5, 0.7, 3.1};
    static const size_t numbers[] = {5, 7, 8, 3, 0, 11, 4, 2, 6};
    struct plot_points points = {.x = x_of, .y = y_of, .numbers = numbers, .count = 9};
    struct plot_axis x = {-1.7, 1.7, false, "normal quantile"};
    struct plot plot = {
        .y = {-8, 4, false, "deleted residual"}, .points = &points, .points_count = 1};
    plot_draw(canvas, canvas_area(canvas), &(struct plot_panels){x, &plot, 1}, NAN, style, NULL);
}

static void test_numbered_points(void **state)
{
    (void)state;
    check_both(draw_numbers, "numbers", 18, 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_curve),
        cmocka_unit_test(test_an_overlay_of_operations),
        cmocka_unit_test(test_a_curve_and_its_residuals),
        cmocka_unit_test(test_a_comparison_and_its_ratio),
        cmocka_unit_test(test_a_zoomed_curve),
        cmocka_unit_test(test_numbered_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
