/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of figures of a view: what is in it, and the ways in and out. */
#include "explorer.h"

static struct app *curves_of(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 40; /* as assert_shows draws it */
    app->columns = 120;
    type(app, "j\rjjj"); /* conv2d_batchnorm of the Jetson, cursor at 316 M */
    return app;
}

static void test_i_lists_what_the_curves_figures_are_made_of(void **state)
{
    struct app *app = curves_of(state);
    type(app, "i");
    assert_shows(app, "conv2d_batchnorm \u203a figures");
    assert_shows(app, "at 316 M between breakpoint 2 (200 M: 0.54) and 3 (500 M: 0.8)");
    assert_shows(app, "SS_res 0.2147, SS_tot 28.97, n = 9 points");
    assert_shows(app, "no peak was given; :peak SIZE gives one");
    type(app, "i");
    assert_int_equal(app_view(app)->id, VIEW_CURVES);
    type(app, "p2.66T\ri");
    assert_shows(app, "size 316 M, peak 2.66 T a second, efficiency 0.6698");
    assert_shows(app, "0.17736"); /* 316e6 / (2.66e12 x 0.6698) x 1000 */
    type(app, "\x1b");
    assert_int_equal(app_view(app)->id, VIEW_CURVES);
}

static void test_a_flat_curve_says_why_it_has_no_r_squared(void **state)
{
    struct app *app = curves_of(state);
    type(app, "ki");
    assert_shows(app, "linear in log10 of the size between breakpoints");
    type(app, "\x1bggi"); /* the first curve: all points alike */
    assert_shows(app, "SS_tot is 0: all points have the same efficiency");
}

static void test_a_comparison_explains_its_ratios_and_the_shared_point(void **state)
{
    struct app *app = curves_of(state);
    type(app, "mjc");
    assert_int_equal(app_view(app)->id, VIEW_COMPARE);
    type(app, "i");
    assert_shows(app, "compare \u203a figures");
    assert_shows(app, "exp of the mean of ln(B/A) over log size");
    assert_shows(app, "which both cover");
    assert_shows(app, "both cover; no point of A above 5 G, of B above 5 G");
}

static void test_help_leads_to_the_figures_of_the_view_that_it_is_about(void **state)
{
    struct app *app = curves_of(state);
    type(app, "?\t");
    assert_int_equal(app_view(app)->id, VIEW_FIGURES);
    type(app, "?");
    assert_shows(app, "figures \u203a help");
    type(app, "\t");
    assert_int_equal(app_view(app)->id, VIEW_FIGURES);
    type(app, "\x1b");
    assert_int_equal(app_view(app)->id, VIEW_CURVES);
    type(app, "f?");
    assert_shows(app, "Tab figures");
    type(app, "\t"); /* a fit has its own list */
    assert_int_equal(app_view(app)->id, VIEW_FIT);
    assert_true(app->fit.figures);
    type(app, "\x1b\x1b\r?\t");
    assert_shows(app, "at 200 M"); /* in tune: the breakpoint */
    type(app, "\x1b\x1b\x1b?");
    assert_shows_not(app, "Tab figures");
    type(app, "\t");
    assert_shows(app, "That view has no figures to explain");
    assert_int_equal(app_view(app)->id, VIEW_HELP);
}

static void test_what_does_not_fit_can_be_scrolled_to(void **state)
{
    struct app *app = curves_of(state);
    app->rows = 12;
    app->columns = 60;
    type(app, "i");
    char *first = screen(app, 12, 60);
    assert_null(strstr(first, "stored max_residual"));
    free(first);
    type(app, "G");
    char *last = screen(app, 12, 60);
    assert_non_null(strstr(last, "stored max_residual"));
    free(last);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_i_lists_what_the_curves_figures_are_made_of),
        TEST(test_a_flat_curve_says_why_it_has_no_r_squared),
        TEST(test_a_comparison_explains_its_ratios_and_the_shared_point),
        TEST(test_help_leads_to_the_figures_of_the_view_that_it_is_about),
        TEST(test_what_does_not_fit_can_be_scrolled_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
