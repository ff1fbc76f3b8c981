/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zooming and panning in every view with a plot: what is shown, what goes along, what resets it. */
#include "explorer.h"

static struct app *curves_of(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjj"); /* conv2d_batchnorm of the Jetson, cursor at 316 M */
    return app;
}

static struct scene_window part_of(const struct app *app)
{
    assert_true(app->part.window.part);
    return window_axes(&app->part.window);
}

static void test_z_shows_less_around_the_cursor_and_the_title_says_what(void **state)
{
    struct app *app = curves_of(state);
    double cursor = app->curves.cursor;
    assert_shows_not(app, "part: ");
    type(app, "zzzz");
    assert_shows(app, "part: 95 M to 1.05 G");
    assert_true(app->curves.cursor == cursor);
    type(app, "ZZZZ");
    assert_shows_not(app, "part: ");
    assert_shows(app, "All of the plot is shown");
}

static void test_the_cursor_stays_in_the_part_and_takes_it_along(void **state)
{
    struct app *app = curves_of(state);
    type(app, "zzzzzz");
    double high = part_of(app).x_high;
    type(app, "LLLLLLLL");
    assert_true(app->curves.cursor > high);
    assert_true(app->curves.cursor <= part_of(app).x_high);
    type(app, "[[[[[[[[");
    assert_true(app->curves.cursor <= part_of(app).x_high && part_of(app).x_high < high);
}

static void test_steps_of_the_cursor_shrink_with_the_part(void **state)
{
    struct app *app = curves_of(state);
    double before = app->curves.cursor;
    type(app, "l");
    double step = app->curves.cursor / before;
    type(app, "zzzzzzzz");
    before = app->curves.cursor;
    type(app, "l");
    assert_true(log(app->curves.cursor / before) < log(step) / 4);
}

static void test_panning_moves_by_a_fifth_and_stops_at_the_end(void **state)
{
    struct app *app = curves_of(state);
    type(app, "]");
    assert_shows(app, "All of the plot is shown; z zooms in");
    type(app, "zzzz");
    struct scene_window before = part_of(app);
    type(app, "]");
    double share = log(part_of(app).x_low / before.x_low) / log(before.x_high / before.x_low);
    assert_true(fabs(share - 0.2) < 1e-6);
    assert_true(part_of(app).y_low == before.y_low);
    type(app, "}");
    assert_true(part_of(app).y_low > before.y_low);
    for (int i = 0; i < 30; i++)
        type(app, "]}");
    before = part_of(app);
    type(app, "]}");
    assert_true(fabs(part_of(app).x_low / before.x_low - 1) < 1e-9);
}

static void test_another_curve_is_shown_whole_and_tuning_the_same_one_keeps_the_part(void **state)
{
    struct app *app = curves_of(state);
    type(app, "zzzz");
    struct scene_window part = part_of(app);
    type(app, "\r?");
    type(app, "\x1b");
    assert_true(part_of(app).x_low == part.x_low); /* tuning, and back from help */
    type(app, "\x1bj");
    assert_shows_not(app, "part: ");
}

static void test_a_breakpoint_that_walks_out_takes_the_part_along(void **state)
{
    struct app *app = curves_of(state);
    type(app, "\rzzzzzzzz");
    struct scene_window before = part_of(app);
    type(app, "KKKKKK");
    double now = app_curve(app).breakpoints[app->tune.breakpoint].efficiency;
    assert_true(now > before.y_high && now <= part_of(app).y_high);
    type(app, "\t"); /* the next one: at another place */
    struct breakpoint next = app_curve(app).breakpoints[app->tune.breakpoint];
    assert_true(next.flops >= part_of(app).x_low && next.flops <= part_of(app).x_high);
}

static void test_another_kind_of_efficiency_axis_keeps_the_sizes(void **state)
{
    struct app *app = curves_of(state);
    type(app, "zzzz");
    double low = part_of(app).x_low;
    type(app, "y");
    assert_true(fabs(part_of(app).x_low / low - 1) < 1e-9);
    assert_true(part_of(app).y_high > 4); /* all of it: the last point is at 5 */
}

static void test_a_comma_lets_the_points_fill_the_plot(void **state)
{
    struct app *app = curves_of(state);
    type(app, ",");
    const struct curve_points *means = &app_source(app)->means;
    struct scene_window part = part_of(app);
    for (size_t i = 0; i < means->count; i++)
        assert_true(means->flops[i] > part.x_low && means->flops[i] < part.x_high);
    assert_true(part.x_high < 10e9); /* the end of the calibrated range, beyond the last point */
    type(app, ".");
    assert_shows_not(app, "part: ");
}

static void test_a_fit_is_zoomed_about_its_selected_point_and_quantiles_are_not(void **state)
{
    struct app *app = curves_of(state);
    type(app, "flllzzzz");
    double flops = app_source(app)->means.flops[app->fit.point];
    assert_true(flops > part_of(app).x_low && flops < part_of(app).x_high);
    type(app, ".\tz");
    assert_shows(app, "There is nothing to zoom in here");
    assert_shows_not(app, "part: ");
}

static void test_S_goes_through_the_ways_to_draw_lines(void **state)
{
    struct app *app = curves_of(state);
    type(app, "S");
    assert_shows(app, "Plots in half blocks");
    assert_shows(app, "\u2580");
    type(app, "S");
    assert_shows(app, "Plots in ASCII");
    assert_shows_not(app, "\u2580");
    type(app, "S");
    assert_shows(app, "Plots in braille dots");
    app->charset = TEXT_ASCII;
    type(app, "S");
    assert_shows(app, "This terminal shows ASCII only");
}

static void test_another_operation_of_a_comparison_is_shown_whole(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app_key(app, 'm');
    type(app, "jmc"); /* two: a comparison */
    type(app, "zz");
    assert_shows(app, "part: ");
    type(app, "j");
    assert_shows_not(app, "part: "); /* another operation */
    type(app, "zz\x1b");
    assert_shows_not(app, "part: ");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_z_shows_less_around_the_cursor_and_the_title_says_what),
        TEST(test_the_cursor_stays_in_the_part_and_takes_it_along),
        TEST(test_steps_of_the_cursor_shrink_with_the_part),
        TEST(test_panning_moves_by_a_fifth_and_stops_at_the_end),
        TEST(test_another_curve_is_shown_whole_and_tuning_the_same_one_keeps_the_part),
        TEST(test_a_breakpoint_that_walks_out_takes_the_part_along),
        TEST(test_another_kind_of_efficiency_axis_keeps_the_sizes),
        TEST(test_a_comma_lets_the_points_fill_the_plot),
        TEST(test_a_fit_is_zoomed_about_its_selected_point_and_quantiles_are_not),
        TEST(test_S_goes_through_the_ways_to_draw_lines),
        TEST(test_another_operation_of_a_comparison_is_shown_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
