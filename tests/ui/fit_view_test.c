/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fit laboratory without a terminal: options, adoption, residual views, reasons. */
#include "explorer.h"

#define WITH_APP(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

static struct app *app_of(void **state)
{
    return &((struct fixture *)*state)->app;
}

static const struct fit *fit_of(const struct app *app, const char *model)
{
    for (size_t i = 0; i < app->fit.laboratory->fit_count; i++)
        if (strcmp(fit_model_name(app->fit.laboratory->fits[i]->model), model) == 0)
            return app->fit.laboratory->fits[i];
    fail_msg("no fit of %s", model);
    return NULL;
}

/* conv2d_batchnorm of the Jetson: nine points, a sigmoid that is ok. */
static struct app *refit_batchnorm(void **state)
{
    struct app *app = app_of(state);
    type(app, "j\rjjjf");
    return app;
}

static void test_a_free_floor_is_a_key_away_and_goes_again(void **state)
{
    struct app *app = refit_batchnorm(state);
    assert_int_equal(fit_of(app, "sigmoid")->p, 3);
    type(app, "F");
    assert_shows(app, "free floor");
    assert_int_equal(fit_of(app, "sigmoid")->p, 4);
    type(app, "F");
    assert_shows(app, "with a floor of 0");
    assert_int_equal(fit_of(app, "sigmoid")->p, 3);
}

static void test_there_are_a_fewest_and_a_most_breakpoints(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, "-");
    assert_int_equal(app->fit.breakpoints, 2);
    type(app, "-");
    assert_int_equal(app->fit.breakpoints, 2);
    assert_shows(app, "2 breakpoints are the fewest that a piecewise_linear fit takes");
}

/* A straight line through the cpu's points is negative at the first of them. */
static void test_what_it_costs_to_hold_a_fit_is_said(void **state)
{
    struct app *app = app_of(state);
    type(app, "\rfgjjP");
    assert_shows(app, "positive: the sum of squared residuals is ");
    assert_true(fit_evaluate(fit_of(app, "log_linear"), 5e5) > 0);
    type(app, "B");
    assert_shows(app, "it is held to a constraint");
    type(app, "P");
    assert_shows(app, "The fits may cross zero again");
    assert_true(fit_evaluate(fit_of(app, "log_linear"), 5e5) < 0);
    type(app, "M");
    assert_shows(app, "Non-decreasing: nothing stands in the way of the selected fit");
    assert_true(fit_of(app, "sigmoid")->constraint.monotone);
    type(app, "M");
    assert_shows(app, "The fits may fall again");
}

/*
 * The cpu's points as if seen nine times each: the line is farther from some than their spread
 * allows.
 */
static void test_points_that_their_own_spread_leaves_too_far_off_are_told(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = app_of(state);
    shell("sed -i 's/\"num_observations\": 1,/\"num_observations\": 9,/; "
          "s/\"efficiency_std\": [0-9.e-]*/\"efficiency_std\": 0.001/' "
          "%s/cpu/i7-12700K/efficiency_curves.json",
          fixture->root);
    type(app, "\rfgjjP"); /* without a band, as it is held, nothing but their spread counts */
    assert_shows(app, "points are off by more than their own spread allows");
}

/* Without its first two points the line has the lowest AICc, and is negative at them. */
static void test_enter_takes_the_best_that_can_be_saved(void **state)
{
    struct app *app = refit_batchnorm(state);
    assert_shows(app, "best by AICc");
    type(app, " l ");
    assert_shows(app, "best to save");
    assert_shows_not(app, "best by AICc\n");
    type(app, "\x1b"
              "f");
    assert_shows(app, "of those that can be saved sigmoid is best");
    assert_ptr_equal(app->fit.laboratory->fits[app->fit.row - 1], fit_of(app, "sigmoid"));
}

/* Where the table has no room for it below its rows, the status line says it. */
static void test_what_a_fit_does_to_latency_stands_below_it_before_enter(void **state)
{
    struct app *app = refit_batchnorm(state);
    assert_shows(app, "  latency 3.34 times too long at 10 M");
    assert_shows(app, "larger is predicted faster in 16 stretches of 10 M");
    app->rows = 12;
    app->columns = 40;
    char *small = screen(app, 12, 40);
    assert_non_null(strstr(small, "\n latency 3.34 times too long at 10 M\n"));
    free(small);
    type(app, "%\x15"
              "50 %\r");
    assert_shows_not(app, "10 M \u2013 12.6 M"); /* other breakpoints, another sentence */
}

static void test_a_curve_type_of_its_own_is_adopted_after_a_word_on_readers(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, "GA");
    assert_shows(app, "The field's loader DROPS a sigmoid curve");
    type(app, "\x1b");
    assert_shows(app, "refit"); /* Esc: nothing was adopted */
    assert_shows_not(app, "unsaved");
    type(app, "A\r");
    assert_shows(app, "Adopted as sigmoid with");
    assert_shows(app, "not for every reader");
    type(app, "w");
    assert_shows(app, "the field's loader drops such a curve silently");
    assert_shows(app, "\"curve_type\": \"sigmoid\"");
    type(app, "\r");
    char *written = read_file(*state, "gpu/jetson_orin_agx");
    assert_non_null(strstr(written, "\"steepness\": "));
    free(written);
}

static void test_a_fit_that_is_not_ok_gets_no_curve_type_of_its_own(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, "gjA");
    assert_shows(app, "Every reader knows piecewise_linear");
    type(app, "X\r"); /* all points are legacy: none is left */
    type(app, "GA");
    assert_shows(app, "Not as its own curve_type: sigmoid is too_few_points");
}

/* Once it is breakpoints nobody sees any more that the points did not determine it. */
static void test_a_fit_that_is_not_ok_is_adopted_by_a_second_enter_alone(void **state)
{
    struct app *app = app_of(state);
    type(app, "j\r"); /* conv2d of the Jetson: saturation is not observed */
    while (strcmp(app_source(app)->name, "conv2d") != 0)
        type(app, "j");
    type(app, "fG\r");
    assert_shows(app, "sigmoid is unidentified, and changes most at ");
    assert_shows(app, "Enter again adopts it");
    assert_shows_not(app, "unsaved");
    type(app, "l\r"); /* a key between is no yes */
    assert_shows(app, "Enter again adopts it");
    type(app, "\r");
    assert_shows(app, "Adopted sigmoid although it is not ok");
}

static void test_a_save_says_which_points_the_adopted_fit_was_made_without(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, " G\r");
    assert_shows(app, "breakpoints, fitted without 1 of 9 points (10 M); ");
    type(app, "w");
    assert_shows(app,
                 "fitted without 1 of 9 points (10 M); the R\u00b2 written is that of all points");
    type(app, "n\r"); /* that is offered as the note, too */
    assert_shows(app, "] fitted without 1 of");
    type(app, "\x1bu"); /* undone: what is adopted next has them all */
    type(app, "f G\rw");
    assert_shows_not(app, "fitted without");
}

static void test_weights_say_that_relative_errors_are_not_those_of_latency(void **state)
{
    struct app *app = app_of(state);
    type(app, "\rfW");
    if (app->fit.weights != LABORATORY_RELATIVE)
        type(app, "W");
    assert_shows(app, "far too low is 100 % off, however long its latency");
}

static void test_no_status_and_no_name_is_cut_on_a_narrow_screen(void **state)
{
    struct app *app = refit_batchnorm(state);
    static const char *const words[] = {" not positive\n", " best by AICc\n", " in the file\n",
                                        " piecewise k=3 ", " stored "};
    for (int columns = 40; columns <= 80; columns++) {
        char *shown = screen(app, 40, columns);
        const char *table = strstr(shown, "MODEL");
        assert_non_null(table);
        for (size_t i = 0; i < (columns == 40 ? 5 : 3); i++)
            if (!strstr(table, words[i]))
                fail_msg("at %d columns not there: %s\n%s", columns, words[i], table);
        free(shown);
    }
}

static void test_a_closer_tolerance_gives_a_closer_curve(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, "G\r");
    size_t within_one_percent = app_curve(app).count;
    type(app, "fG%\x15"
              "0.05 %\r");
    assert_shows(app, "within 0.05 %");
    type(app, "\r");
    assert_true(app_curve(app).count > within_one_percent);
    type(app, "f%\x15none\r");
    assert_shows(app, "A tolerance is a percentage");
}

static void test_every_figure_that_is_not_defined_has_its_reason_a_key_away(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, "Gi");
    assert_shows(app, "sigmoid: ok; n = 9 points, p = 3 parameters");
    assert_shows(app, "square root of SS_res / (n - p)");
    type(app, "b");
    assert_shows(app, "the weights come from the residuals: robust");
    type(app, "g");
    assert_shows(app, "The current curve, judged by n = 9 points");
    assert_shows(app, "this curve was not fitted here");
    type(app, "\x1b");
    assert_shows_not(app, "this curve was not fitted here");
    assert_shows(app, "MODEL"); /* back at the plot and the table */
}

static void test_figures_that_a_small_screen_does_not_hold_come_with_the_next_page(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, "Gbi");
    char *first = screen(app, 24, 80);
    assert_non_null(strstr(first, "lines 1 to 19 of "));
    assert_null(strstr(first, "deleted residual"));
    free(first);
    app_key(app, TERM_KEY_PAGE_DOWN);
    char *second = screen(app, 24, 80);
    assert_non_null(strstr(second, "deleted residual"));
    assert_non_null(strstr(second, "left-out points best")); /* the sentence, uncut */
    free(second);
    app_key(app, TERM_KEY_PAGE_UP);
    first = screen(app, 24, 80);
    assert_non_null(strstr(first, "lines 1 to 19 of "));
    free(first);
}

static void test_one_key_goes_round_the_views_of_the_residuals(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, "G");
    assert_shows(app, "residual");
    type(app, "\t");
    assert_shows(app, "normal quantile of (i - 3/8) / (n + 1/4)");
    type(app, "\t");
    assert_shows(app, "without point 0");
    assert_shows(app, "COOK'S D");
    type(app, "\t");
    assert_shows(app, "LOO RMSE");
}

static void test_the_curve_without_a_point_is_shown_with_what_that_changes(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, "G\t\tllllll"); /* the point at 1 G */
    const struct fit_influence *made = app->fit.influence;
    assert_shows(app, "without point 6");
    assert_shows(app, "○ legacy");
    assert_shows_not(app, "○ data"); /* that says no more */
    assert_shows(app, "without it the curve moves by -18.2 % there, most at 1.74 G: -15.8 %");
    assert_true(app->fit.influence == made); /* selecting points refits nothing */
    type(app, "k");                          /* another model */
    assert_true(app->fit.influence_of == fit_of(app, "log_linear"));
    type(app, "g");
    assert_shows(app, "The current curve was not fitted here");
    type(app, "G ");
    assert_shows(app, "left out");
    assert_shows_not(app, "without it the curve moves");
    assert_int_equal(app->fit.influence->count, 8);
}

static bool stop_at_once(struct app *app, const struct fit_model *model)
{
    (void)app;
    (void)model;
    return false;
}

static void test_a_fit_that_is_stopped_leaves_the_fits_before_and_their_settings(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, "G ");
    const struct laboratory *before = app->fit.laboratory;
    app->fitting.keep_going = stop_at_once;
    static const char *const keys[] = {"b", "F", "W", "l ", "X\r", "+", "0", "M", "P"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        type(app, keys[i]);
        assert_shows(app, "Stopped: these are the fits from before");
        assert_ptr_equal(app->fit.laboratory, before);
        assert_int_equal(app->fit.laboratory->points.count, 8);
        assert_false(app->fit.robust || app->fit.floor || app->fit.weights || app->fit.monotone ||
                     app->fit.positive);
        assert_int_equal(app->fit.breakpoints, 0);
    }
    app->fitting.keep_going = NULL;
    type(app, "l"); /* any key but one that refits takes the sentence away */
    assert_shows(app, "1 of 9 points left out");
    type(app, "b");
    assert_true(app->fit.robust);
}

/* Whoever asks to go on is fitting. */
static bool stop_and_tell(struct app *app, const struct fit_model *model)
{
    (void)app;
    (void)model;
    fail_msg("fitted anew");
    return false;
}

static void test_a_point_taken_back_or_a_setting_dropped_costs_no_second_fit(void **state)
{
    static const char *const there[] = {"G ", "b", "WW"}, *const back[] = {" ", "b", "W"};
    struct app *app = refit_batchnorm(state);
    type(app, "Fhg"); /* not the settings that a view begins with; hg says nothing */
    for (size_t i = 0; i < sizeof there / sizeof *there; i++) {
        char *before = screen(app, 24, 80);
        type(app, there[i]);
        char *between = screen(app, 24, 80);
        app->fitting.keep_going = stop_and_tell;
        type(app, back[i]);
        type(app, "hg");
        app->fitting.keep_going = NULL;
        char *after = screen(app, 24, 80);
        assert_string_not_equal(between, before);
        assert_string_equal(after, before);
        free(before);
        free(between);
        free(after);
    }
}

static void test_a_first_fit_that_is_stopped_shows_what_there_is(void **state)
{
    struct app *app = app_of(state);
    type(app, "j\rjjj");
    app->fitting.keep_going = stop_at_once;
    type(app, "f");
    assert_shows(app, "Stopped: the fits are not complete");
    assert_int_equal(fit_of(app, "sigmoid")->status, FIT_FAILED);
    type(app, "Gi");
    assert_shows(app, "there is no fit: stopped");
}

/* At 80 columns four parameters with their errors need a second line. */
static void test_no_parameter_is_cut_on_a_narrow_screen(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, "GF");
    char *shown = screen(app, 24, 80);
    assert_non_null(strstr(shown, "plateau 5.06 "));
    assert_non_null(strstr(shown, "floor 0.2378 \u00b1 0.15"));
    free(shown);
}

/* Two points of three are left, as many as log_linear has parameters. */
static void test_a_fit_without_points_to_spare_says_why_it_has_no_band(void **state)
{
    struct app *app = app_of(state);
    type(app, "j\rfgjjl B");
    assert_shows(app, "log_linear has no band: as many parameters as points");
}

static void test_a_fit_that_is_not_positive_names_the_key_that_holds_it_so(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, "gjj\r");
    assert_shows(app, "Not adopted: log_linear is not positive at 10 M; P holds fits positive");
    type(app, "P\r");
    assert_shows(app, "Adopted log_linear");
}

static void test_a_curve_without_any_size_says_why_no_fit_is_adopted(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "cpu/i7-12700K");
    shell("sed -i 's/data_points/once_&/; s/fitted_curve/once_&/; s/m.._flops/once_&/' %s", path);
    type(app, "\rf\r");
    assert_shows(app, "Not adopted: the curve has neither points nor a range of sizes");
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_APP(test_there_are_a_fewest_and_a_most_breakpoints),
        WITH_APP(test_a_free_floor_is_a_key_away_and_goes_again),
        WITH_APP(test_what_it_costs_to_hold_a_fit_is_said),
        WITH_APP(test_a_fit_without_points_to_spare_says_why_it_has_no_band),
        WITH_APP(test_a_fit_that_is_not_positive_names_the_key_that_holds_it_so),
        WITH_APP(test_points_that_their_own_spread_leaves_too_far_off_are_told),
        WITH_APP(test_enter_takes_the_best_that_can_be_saved),
        WITH_APP(test_what_a_fit_does_to_latency_stands_below_it_before_enter),
        WITH_APP(test_a_curve_type_of_its_own_is_adopted_after_a_word_on_readers),
        WITH_APP(test_a_fit_that_is_not_ok_gets_no_curve_type_of_its_own),
        WITH_APP(test_a_fit_that_is_not_ok_is_adopted_by_a_second_enter_alone),
        WITH_APP(test_a_save_says_which_points_the_adopted_fit_was_made_without),
        WITH_APP(test_weights_say_that_relative_errors_are_not_those_of_latency),
        WITH_APP(test_no_status_and_no_name_is_cut_on_a_narrow_screen),
        WITH_APP(test_a_closer_tolerance_gives_a_closer_curve),
        WITH_APP(test_every_figure_that_is_not_defined_has_its_reason_a_key_away),
        WITH_APP(test_figures_that_a_small_screen_does_not_hold_come_with_the_next_page),
        WITH_APP(test_one_key_goes_round_the_views_of_the_residuals),
        WITH_APP(test_the_curve_without_a_point_is_shown_with_what_that_changes),
        WITH_APP(test_a_fit_that_is_stopped_leaves_the_fits_before_and_their_settings),
        WITH_APP(test_a_point_taken_back_or_a_setting_dropped_costs_no_second_fit),
        WITH_APP(test_a_first_fit_that_is_stopped_shows_what_there_is),
        WITH_APP(test_no_parameter_is_cut_on_a_narrow_screen),
        WITH_APP(test_a_curve_without_any_size_says_why_no_fit_is_adopted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
