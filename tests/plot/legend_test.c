/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legend names what no label names, as far as there is room; and axes that make no sense. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "plot/plot.h"

enum { MANY = 40 };

static const double sizes[] = {1e7, 1e8, 1e9}, values[] = {0.1, 0.4, 0.6};

static const struct plot_axis x_axis = {1e6, 1e10, true, "FLOPs"};
static const struct plot_axis y_axis = {0.01, 1, true, "efficiency"};

static double rising(const void *context, double x)
{
    (void)context;
    return 0.05 * log10(x);
}

/* The plot as text; the caller frees it. */
static char *drawn_in(const struct plot *panels, size_t count, const struct plot_axis *x, int rows,
                      int columns)
{
    struct canvas canvas;
    struct buffer out = {0};
    canvas_init(&canvas, rows, columns, TEXT_ASCII);
    plot_draw(&canvas, canvas_area(&canvas), &(struct plot_panels){*x, panels, count}, NAN,
              PLOT_ASCII, NULL);
    canvas_export_text(&canvas, false, &out);
    canvas_done(&canvas);
    return buffer_take(&out);
}

static char *drawn(const struct plot *plot, int columns)
{
    return drawn_in(plot, 1, &x_axis, 20, columns);
}

static void assert_top_row(const char *text, const char *words, bool expected)
{
    char row[512];
    snprintf(row, sizeof row, "%.*s", (int)strcspn(text, "\n"), text);
    if ((strstr(row, words) != NULL) != expected)
        fail_msg("%s `%s`:\n%s", expected ? "no" : "an unwanted", words, text);
}

static void assert_legend(const struct plot *plot, int columns, const char *words, bool expected)
{
    char *text = drawn(plot, columns);
    assert_top_row(text, words, expected);
    free(text);
}

static void test_points_without_a_line_are_named_and_empty_ones_are_not(void **state)
{
    (void)state;
    struct plot_points points[] = {
        {.x = sizes, .y = values, .count = 3, .label = "measured", .series = 0},
        {.x = sizes, .y = values, .count = 0, .label = "nothing", .series = 1},
        {.x = sizes, .y = values, .count = 3, .label = NULL, .series = 2},
        {.x = sizes, .y = values, .count = 3, .label = "knots", .series = 3, .breakpoints = true},
    };
    struct plot plot = {.y = y_axis, .points = points, .points_count = 4, .weight = 1};
    assert_legend(&plot, 80, "measured", true);
    assert_legend(&plot, 80, "knots", true);
    assert_legend(&plot, 80, "nothing", false);
    plot.y.title = NULL; /* labels alone want the row too */
    assert_legend(&plot, 80, "measured", true);
    points[0].label = points[3].label = NULL;
    assert_legend(&plot, 80, "measured", false);
}

static void test_points_of_a_labelled_line_are_named_by_it(void **state)
{
    (void)state;
    struct plot_line lines[] = {{rising, NULL, 1e6, 1e10, "a curve", false, 0, false, false},
                                {rising, NULL, 1e6, 1e10, NULL, true, 1, false, false}};
    struct plot_points points[] = {
        {.x = sizes, .y = values, .count = 3, .label = "its points", .series = 0},
        {.x = sizes, .y = values, .count = 3, .label = "other points", .series = 1}};
    struct plot plot = {.y = y_axis,
                        .lines = lines,
                        .line_count = 2,
                        .points = points,
                        .points_count = 2,
                        .weight = 1};
    assert_legend(&plot, 90, "its points", false);
    assert_legend(&plot, 90, "other points", true);
}

static void many_points(struct plot_points points[MANY], char labels[MANY][40])
{
    for (int i = 0; i < MANY; i++) {
        snprintf(labels[i], sizeof labels[i], "series number %d of a plot", i);
        points[i] = (struct plot_points){
            .x = sizes, .y = values, .count = 3, .label = labels[i], .series = i};
    }
}

static void assert_shows(const struct plot *plot, int columns, const char *words, bool expected)
{
    char *text = drawn(plot, columns);
    if ((strstr(text, words) != NULL) != expected)
        fail_msg("%s `%s`:\n%s", expected ? "no" : "an unwanted", words, text);
    free(text);
}

static void test_what_finds_no_room_is_counted(void **state)
{
    (void)state;
    struct plot_points points[MANY];
    char labels[MANY][40];
    many_points(points, labels);
    struct plot plot = {.y = y_axis, .points = points, .points_count = MANY, .weight = 1};
    assert_legend(&plot, 100, "series number 0", true);
    assert_shows(&plot, 100, " +35\n", true);
    plot.points_count = 3;
    assert_shows(&plot, 60, " +1\n", true);
    assert_legend(&plot, 200, " +", false);
    assert_legend(&plot, 14, "+", false); /* a bare "+3" would explain nothing */
    labels[0][4] = '\0';
    for (int columns = 12; columns < 60; columns++)
        free(drawn(&plot, columns));
}

static void test_what_the_top_row_has_no_room_for_stands_beside_the_title_of_the_axis(void **state)
{
    (void)state;
    struct plot_points points[MANY];
    char labels[MANY][40];
    many_points(points, labels);
    struct plot plot = {.y = y_axis, .points = points, .points_count = 2, .weight = 1};
    assert_legend(&plot, 60, "# series number 1", false);
    assert_shows(&plot, 60, "\n      FLOPs                      # series number 1 of a plot\n",
                 true);
    assert_legend(&plot, 80, "# series number 1", true);
    assert_shows(&plot, 80, "                FLOPs\n", true); /* in the middle */
}

static const enum plot_origin origins[] = {PLOT_MEASURED, PLOT_LEGACY, PLOT_INTERPOLATED};

/* So low that the axis has no title, and so narrow that not even brief words have room. */
static void test_a_small_plot_explains_its_signs_in_brief_and_then_where_there_is_room(void **state)
{
    (void)state;
    const struct plot_span span = {1e7, 2e7, ROLE_WARNING, "larger = faster", false, "faster"};
    const struct plot_points points = {
        .x = sizes, .y = values, .origins = origins, .count = 3, .series = 0};
    const struct plot plot = {.y = y_axis,
                              .points = &points,
                              .points_count = 1,
                              .spans = &span,
                              .span_count = 1,
                              .weight = 1};
    char *text = drawn_in(&plot, 1, &x_axis, 7, 58);
    assert_top_row(text, "= faster  # measured  o legacy  ~ interp.", true);
    free(text);
    text = drawn_in(&plot, 1, &x_axis, 7, 44);
    assert_top_row(text, "= faster  # measured  o legacy", true);
    assert_non_null(strstr(text, "interp. (~)"));
    assert_null(strstr(text, " +1"));
    free(text);
}

/* The glyphs are there. */
static void test_a_list_beside_the_plot_spares_the_legend_the_series(void **state)
{
    (void)state;
    struct plot_line lines[] = {
        {rising, NULL, 1e6, 1e10, "a curve whose name is too long to stand beside it", false, 0, 0,
         false},
        {rising, NULL, 1e6, 1e10, "another one of the same length, and as little room", false, 1, 0,
         false}};
    struct plot_points points[] = {{.x = sizes, .y = values, .count = 3, .series = 0},
                                   {.x = sizes, .y = values, .count = 3, .series = 1}};
    struct plot plot = {.y = y_axis,
                        .lines = lines,
                        .line_count = 2,
                        .points = points,
                        .points_count = 2,
                        .weight = 1};
    assert_shows(&plot, 50, "another one", true);
    plot.series_listed = true;
    assert_shows(&plot, 50, "another one", false);
    plot.points_count = 1; /* one series: there is no list of glyphs */
    assert_shows(&plot, 50, "another one", true);
}

static void test_stretches_of_one_name_are_named_once(void **state)
{
    (void)state;
    struct plot_span spans[] = {{1e7, 2e7, ROLE_WARNING, "slow", false, NULL},
                                {1e8, 2e8, ROLE_WARNING, "slow", false, NULL},
                                {1e9, 2e9, ROLE_DIM, NULL, false, NULL},
                                {1e9, 2e9, ROLE_DIM, "other", false, NULL}};
    struct plot_points points = {.x = sizes, .y = values, .count = 3, .label = "p"};
    struct plot plot = {.y = y_axis,
                        .points = &points,
                        .points_count = 1,
                        .spans = spans,
                        .span_count = 4,
                        .weight = 1};
    char *text = drawn(&plot, 90);
    char *first = strstr(text, "slow");
    assert_non_null(first);
    assert_true(!strstr(first + 1, "slow") || strstr(first + 1, "slow") > strchr(text, '\n'));
    assert_top_row(text, "other", true);
    free(text);
}

static void test_axes_that_make_no_sense_still_show_the_points(void **state)
{
    (void)state;
    static const struct plot_axis axes[] = {
        {1, 1, false, "t"},          {2, 1, false, "t"},        {NAN, 1, false, "t"},
        {0, 1, true, "t"},           {-1, 1, true, "t"},        {-INFINITY, 1, false, "t"},
        {0, INFINITY, false, "t"},   {-1e308, 1e308, false, 0}, {1e-300, 1e300, true, "t"},
        {0.1, 0.1000001, true, 0},   {-5, 5, false, "t"},       {1e6, 1e6, true, NULL},
        {999999, 1000001, false, 0}, {1e-9, 2e-9, false, "t"}};
    struct plot_points points = {.x = sizes, .y = values, .count = 3, .label = "p"};
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++)
        for (int columns = 4; columns <= 120; columns += 7) {
            struct plot plot = {.y = axes[i], .points = &points, .points_count = 1, .weight = 1};
            char *vertical = drawn_in(&plot, 1, &x_axis, 12, columns);
            plot.y = y_axis;
            char *horizontal = drawn_in(&plot, 1, &axes[i], 12, columns);
            assert_true(strlen(vertical) >= 12 && strlen(horizontal) >= 12);
            assert_null(strstr(vertical, "nan"));
            assert_null(strstr(horizontal, "nan"));
            free(vertical);
            free(horizontal);
        }
}

static void test_panels_beyond_the_last_are_left_away(void **state)
{
    (void)state;
    struct plot panels[PLOT_PANELS_MAX + 2];
    struct plot_points points = {.x = sizes, .y = values, .count = 3, .label = "p"};
    for (size_t i = 0; i < PLOT_PANELS_MAX + 2; i++)
        panels[i] = (struct plot){.y = {0.01, 1, true, i == PLOT_PANELS_MAX ? "beyond" : "panel"},
                                  .points = &points,
                                  .points_count = 1};
    char *text = drawn_in(panels, PLOT_PANELS_MAX + 2, &x_axis, 60, 80);
    assert_non_null(strstr(text, "panel"));
    assert_null(strstr(text, "beyond"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points_without_a_line_are_named_and_empty_ones_are_not),
        cmocka_unit_test(test_points_of_a_labelled_line_are_named_by_it),
        cmocka_unit_test(test_what_finds_no_room_is_counted),
        cmocka_unit_test(test_what_the_top_row_has_no_room_for_stands_beside_the_title_of_the_axis),
        cmocka_unit_test(
            test_a_small_plot_explains_its_signs_in_brief_and_then_where_there_is_room),
        cmocka_unit_test(test_a_list_beside_the_plot_spares_the_legend_the_series),
        cmocka_unit_test(test_stretches_of_one_name_are_named_once),
        cmocka_unit_test(test_axes_that_make_no_sense_still_show_the_points),
        cmocka_unit_test(test_panels_beyond_the_last_are_left_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
