/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where points come from is told by glyphs and markers, and the legend says which is which. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "plot/svg.h"

enum { POINTS = 4 };

static const double x[] = {1e7, 1e8, 1e9, 1e10}, y[] = {0.1, 0.4, 0.5, 0.7};
static const enum plot_origin all_origins[] = {PLOT_MEASURED, PLOT_LEGACY, PLOT_INTERPOLATED,
                                               PLOT_OTHER_SOURCE};
static const enum plot_origin all_measured[POINTS],
    all_legacy[] = {PLOT_LEGACY, PLOT_LEGACY, PLOT_LEGACY, PLOT_LEGACY};

static struct plot_points points_of(const enum plot_origin *origins, int series)
{
    return (struct plot_points){
        .x = x, .y = y, .origins = origins, .count = POINTS, .series = series};
}

static struct plot_points knots_of(int series)
{
    struct plot_points knots = points_of(NULL, series);
    knots.breakpoints = true;
    return knots;
}

static struct plot plot_of(const struct plot_points *sets, size_t count)
{
    return (struct plot){
        .y = {0, 1, false, "efficiency"}, .points = sets, .points_count = count, .weight = 1};
}

/* The same plot in panels above each other, as text; the caller frees it. */
static char *drawn_plot(struct plot plot, size_t panel_count, enum plot_style style)
{
    const struct plot_axis sizes = {1e6, 1e11, true, "FLOPs"};
    const struct plot panels[] = {plot, plot};
    struct canvas canvas;
    struct buffer out = {0};
    canvas_init(&canvas, 30, 120, style == PLOT_ASCII ? TEXT_ASCII : TEXT_UNICODE);
    plot_draw(&canvas, canvas_area(&canvas), &(struct plot_panels){sizes, panels, panel_count}, NAN,
              style, NULL);
    canvas_export_text(&canvas, false, &out);
    canvas_done(&canvas);
    return buffer_take(&out);
}

static char *drawn(const struct plot_points *sets, size_t count, size_t panel_count,
                   enum plot_style style)
{
    return drawn_plot(plot_of(sets, count), panel_count, style);
}

static size_t count_of(const char *text, const char *words)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, words)); at += strlen(words))
        count++;
    return count;
}

/* Says what words in the drawn text are missing or too many. */
static void assert_count(const char *text, const char *words, size_t expected)
{
    if (count_of(text, words) != expected)
        fail_msg("`%s` %zu times, expected %zu:\n%s", words, count_of(text, words), expected, text);
}

static void test_each_origin_has_a_glyph_that_the_legend_explains(void **state)
{
    (void)state;
    static const char *const legends[] = {"● measured  ○ legacy  △ interpolated  □ other source",
                                          "# measured  o legacy  ~ interpolated  ? other source"};
    static const char *const glyphs[][POINTS] = {{"●", "○", "△", "□"}, {"#", "  o", "~", "?"}};
    const struct plot_points points = points_of(all_origins, 5);
    for (int ascii = 0; ascii < 2; ascii++) {
        char *text = drawn(&points, 1, 1, ascii ? PLOT_ASCII : PLOT_BRAILLE);
        assert_count(text, legends[ascii], 1);
        for (int i = 0; i < POINTS; i++)
            assert_count(text, glyphs[ascii][i], 2); /* the point and its entry */
        free(text);
    }
}

static void test_a_breakpoint_on_a_point_shows_where_that_comes_from(void **state)
{
    (void)state;
    const struct plot_points sets[][2] = {{points_of(all_origins, 0), knots_of(0)},
                                          {knots_of(0), points_of(all_origins, 0)}};
    for (int order = 0; order < 2; order++) {
        char *text = drawn(sets[order], 2, 1, PLOT_BRAILLE);
        assert_count(text, "◈◎◬▣ breakpoint on a point", 1);
        assert_count(text, "◈", 2);
        assert_count(text, "◎", 2);
        assert_count(text, "◬", 2);
        assert_count(text, "▣", 2);
        free(text);
        text = drawn(sets[order], 2, 1, PLOT_ASCII);
        assert_count(text, "*@%& breakpoint on a point", 1);
        assert_count(text, "@", 2);
        free(text);
    }
}

static void test_what_is_all_measured_goes_without_saying(void **state)
{
    (void)state;
    const struct plot_points measured = points_of(all_measured, 3);
    const struct plot_points legacy = points_of(all_legacy, 3);
    char *text = drawn(&measured, 1, 1, PLOT_BRAILLE);
    assert_count(text, "●", POINTS);
    assert_count(text, "measured", 0);
    free(text);
    text = drawn(&legacy, 1, 1, PLOT_BRAILLE);
    assert_count(text, "○", POINTS + 1);
    assert_count(text, "○ legacy", 1);
    free(text);
}

/* The later set wins the cells. */
static void test_shapes_name_several_series_and_their_fill_where_points_come_from(void **state)
{
    (void)state;
    static const enum plot_origin others[] = {PLOT_MEASURED, PLOT_LEGACY, PLOT_OTHER_SOURCE,
                                              PLOT_OTHER_SOURCE};
    const struct plot_points sets[] = {points_of(all_origins, 0), points_of(all_origins, 4)};
    const struct plot_points without[] = {points_of(all_measured, 0), points_of(others, 2)};
    char *text = drawn(sets, 2, 1, PLOT_BRAILLE);
    assert_count(text, "●★ measured  ○☆ legacy  •⋆ interpolated or other", 1);
    assert_count(text, "★", 1 + 1);
    assert_count(text, "☆", 1 + 1);
    assert_count(text, "⋆", 2 + 1);
    free(text);
    text = drawn(without, 2, 1, PLOT_BRAILLE);
    assert_count(text, "●▲ measured  △ legacy  ▴ other source", 1);
    free(text);
}

/* Glyphs then name the series alone, and the legend says how to learn more. */
static void test_where_glyphs_do_not_suffice_the_legend_says_so(void **state)
{
    (void)state;
    const struct plot_points many[] = {points_of(all_legacy, 0), points_of(all_origins, 5)};
    const struct plot_points few[] = {points_of(all_legacy, 0), points_of(all_origins, 1)};
    const struct plot_points measured[] = {points_of(all_measured, 0), points_of(all_measured, 5)};
    char *text = drawn(many, 2, 1, PLOT_BRAILLE);
    assert_count(text, "◐", POINTS);
    assert_count(text, "legacy", 0);
    assert_count(text, "sources: one curve at a time", 1);
    free(text);
    text = drawn(few, 2, 1, PLOT_ASCII);
    assert_count(text, "#", POINTS);
    assert_count(text, "sources: one curve at a time", 1);
    free(text);
    text = drawn(measured, 2, 1, PLOT_BRAILLE);
    assert_count(text, "sources", 0);
    free(text);
}

static void test_panels_above_each_other_explain_glyphs_once(void **state)
{
    (void)state;
    const struct plot_points points = points_of(all_legacy, 0);
    char *text = drawn(&points, 1, 2, PLOT_BRAILLE);
    assert_count(text, "○", 2 * POINTS + 1);
    assert_count(text, "legacy", 1);
    free(text);
}

static void test_points_left_out_are_crosses_wherever_they_come_from(void **state)
{
    (void)state;
    static const enum plot_point_style styles[] = {PLOT_POINT_PLAIN, PLOT_POINT_LEFT_OUT,
                                                   PLOT_POINT_LEFT_OUT, PLOT_POINT_LEFT_OUT};
    struct plot_points points = points_of(all_origins, 0);
    points.styles = styles;
    char *text = drawn(&points, 1, 1, PLOT_BRAILLE);
    assert_count(text, "×", 4);
    assert_count(text, "interpolated", 0);
    free(text);
}

static void test_points_without_a_line_are_named_with_their_glyph(void **state)
{
    (void)state;
    struct plot_points points = points_of(all_legacy, 0);
    points.label = "pooling";
    char *text = drawn(&points, 1, 1, PLOT_BRAILLE);
    assert_count(text, "○ pooling  ○ legacy", 1);
    free(text);
}

static double flat(const void *context, double at)
{
    (void)context;
    (void)at;
    return 0.3;
}

/* A point's glyph beside the name would tell where one comes from, and the line has many. */
static void test_a_line_in_the_legend_has_no_glyph_of_an_origin(void **state)
{
    (void)state;
    const struct plot_points points = points_of(all_legacy, 0);
    const struct plot_line lines[] = {
        {.evaluate = flat, .from = 1e7, .to = 1e10, .label = "conv2d"},
        {.evaluate = flat, .from = 1e7, .to = 1e10, .label = "stored", .series = 1}};
    const struct plot_axis sizes = {1e6, 1e11, true, "FLOPs"};
    const struct plot plot = {.y = {0, 1, false, "efficiency"},
                              .lines = lines,
                              .line_count = 2,
                              .points = &points,
                              .points_count = 1};
    struct canvas canvas;
    struct buffer out = {0};
    canvas_init(&canvas, 20, 90, TEXT_UNICODE);
    plot_draw(&canvas, canvas_area(&canvas), &(struct plot_panels){sizes, &plot, 1}, NAN,
              PLOT_BRAILLE, NULL);
    canvas_export_text(&canvas, false, &out);
    assert_count(buffer_string(&out), "── conv2d", 1);
    assert_count(buffer_string(&out), "○ conv2d", 0);
    buffer_done(&out);
    canvas_done(&canvas);
}

/* The picture of sets of points as SVG; the caller frees it. */
static char *svg_of(const struct plot_points *sets, size_t count)
{
    const struct svg_page page = {.width = 800, .height = 500};
    const struct plot_axis sizes = {1e6, 1e11, true, "FLOPs"};
    const struct plot plot = {
        .y = {0, 1, false, "efficiency"}, .points = sets, .points_count = count, .weight = 1};
    struct buffer out = {0};
    svg_plot(&page, &(struct plot_panels){sizes, &plot, 1}, &out);
    return buffer_take(&out);
}

static void test_svg_markers_tell_origins_of_every_series(void **state)
{
    (void)state;
    const struct plot_points sets[] = {points_of(all_legacy, 0), points_of(all_origins, 1)};
    char *svg = svg_of(sets, 2);
    /* Hollow: 4 circles and 3 squares, and the legend's 3. */
    assert_count(svg, "fill=\"#ffffff\" stroke=\"#0072b2\" stroke-width=\"1.5\"", 4 + 1);
    assert_count(svg, "fill=\"#ffffff\" stroke=\"#d55e00\" stroke-width=\"1.5\"", 3 + 2);
    assert_count(svg, "fill=\"#d55e00\" stroke=\"#ffffff\"", 1 + 1);
    assert_count(svg, "stroke-dasharray=\"3.4 2.2\"", 2);
    assert_count(svg, "stroke-dasharray=\"0.9 1.7\"", 2);
    assert_count(svg, ">measured<", 1);
    assert_count(svg, ">legacy<", 1);
    assert_count(svg, ">interpolated<", 1);
    assert_count(svg, ">other source<", 1);
    free(svg);
}

static void test_svg_of_measured_points_says_nothing_of_it(void **state)
{
    (void)state;
    static const enum plot_point_style left_out[] = {PLOT_POINT_PLAIN, PLOT_POINT_LEFT_OUT,
                                                     PLOT_POINT_LEFT_OUT, PLOT_POINT_LEFT_OUT};
    struct plot_points points = points_of(all_measured, 0);
    char *svg = svg_of(&points, 1);
    assert_count(svg, ">measured<", 0);
    free(svg);
    points = points_of(all_origins, 0);
    points.styles = left_out;
    svg = svg_of(&points, 1);
    assert_count(svg, ">measured<", 0);
    assert_count(svg, ">legacy<", 0);
    free(svg);
    points = points_of(all_legacy, 0);
    points.label = "pooling";
    svg = svg_of(&points, 1);
    assert_count(svg, ">pooling<", 1);
    assert_count(svg, "fill=\"#ffffff\" stroke=\"#0072b2\" stroke-width=\"1.5\"", POINTS + 2);
    free(svg);
}

/* As where a comparison names A and B by glyph, and only B has the operation. */
static void test_a_series_named_elsewhere_keeps_its_glyph_though_alone(void **state)
{
    (void)state;
    const struct plot_points points = points_of(all_legacy, 1);
    struct plot plot = plot_of(&points, 1);
    plot.series_elsewhere = true;
    char *text = drawn_plot(plot, 1, PLOT_BRAILLE);
    assert_count(text, "□", POINTS + 1);
    assert_count(text, "□ legacy", 1);
    free(text);
}

/* Apart from those on points. */
static void test_a_breakpoint_alone_is_explained(void **state)
{
    (void)state;
    struct plot_points sets[] = {points_of(all_legacy, 0), knots_of(0)};
    sets[0].count = 3;
    char *text = drawn(sets, 2, 1, PLOT_BRAILLE);
    assert_count(text, "○ legacy  ◇ breakpoint  ◎ breakpoint on a point", 1);
    free(text);
    sets[1].label = "knots"; /* that says it */
    text = drawn(sets, 2, 1, PLOT_BRAILLE);
    assert_count(text, "◇ knots  ○ legacy  ◎ breakpoint on a point", 1);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_origin_has_a_glyph_that_the_legend_explains),
        cmocka_unit_test(test_a_breakpoint_on_a_point_shows_where_that_comes_from),
        cmocka_unit_test(test_what_is_all_measured_goes_without_saying),
        cmocka_unit_test(test_shapes_name_several_series_and_their_fill_where_points_come_from),
        cmocka_unit_test(test_where_glyphs_do_not_suffice_the_legend_says_so),
        cmocka_unit_test(test_a_series_named_elsewhere_keeps_its_glyph_though_alone),
        cmocka_unit_test(test_a_breakpoint_alone_is_explained),
        cmocka_unit_test(test_panels_above_each_other_explain_glyphs_once),
        cmocka_unit_test(test_points_left_out_are_crosses_wherever_they_come_from),
        cmocka_unit_test(test_points_without_a_line_are_named_with_their_glyph),
        cmocka_unit_test(test_a_line_in_the_legend_has_no_glyph_of_an_origin),
        cmocka_unit_test(test_svg_markers_tell_origins_of_every_series),
        cmocka_unit_test(test_svg_of_measured_points_says_nothing_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
