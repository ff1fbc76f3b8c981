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
    assert_shows(app, "from a floor of 0");
    assert_int_equal(fit_of(app, "sigmoid")->p, 3);
}

static void test_a_curve_type_of_its_own_is_adopted_after_a_word_on_readers(void **state)
{
    struct app *app = refit_batchnorm(state);
    type(app, "GA");
    assert_shows(app, "The field's loader DROPS a sigmoid curve silently");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_APP(test_a_free_floor_is_a_key_away_and_goes_again),
        WITH_APP(test_a_curve_type_of_its_own_is_adopted_after_a_word_on_readers),
        WITH_APP(test_a_fit_that_is_not_ok_gets_no_curve_type_of_its_own),
        WITH_APP(test_a_closer_tolerance_gives_a_closer_curve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
