/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for every model: a table of known problems, guards, and the choice of the best. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "check.h"

enum { PIECEWISE, LINE, SIGMOID };

static const char *const model_names[] = {"piecewise_linear", "log_linear", "sigmoid"};

/* Each problem runs through every model; status as a letter: ok, unidentified, few points, failed.
 */
static const struct problem {
    const char *name;
    size_t count;
    double flops[10];
    double means[10];
    char expected[4];
} problems[] = {
    {"no point", 0, {0}, {0}, "fff"},
    {"one point", 1, {1e6}, {0.5}, "fff"},
    {"two points", 2, {1e6, 1e7}, {0.1, 0.5}, "uuf"},
    {"three points", 3, {1e6, 1e7, 1e8}, {0.1, 0.5, 0.8}, "oou"},
    {"two points of one size", 2, {1e6, 1e6}, {0.1, 0.5}, "xxf"},
    {"four points of one size", 4, {1e6, 1e6, 1e6, 1e6}, {0.1, 0.2, 0.3, 0.2}, "xxx"},
    {"flat", 5, {1e6, 1e7, 1e8, 1e9, 1e10}, {0.03, 0.03, 0.03, 0.03, 0.03}, "oou"},
    {"zero", 5, {1e6, 1e7, 1e8, 1e9, 1e10}, {0}, "oou"},
    {"exact line", 5, {1e6, 1e7, 1e8, 1e9, 1e10}, {0.1, 0.2, 0.3, 0.4, 0.5}, "ooo"},
    {"saturating with noise",
     8,
     {1e5, 1e6, 1e7, 5e7, 1e8, 5e8, 1e9, 1e10},
     {0.002, 0.013, 0.11, 0.35, 0.52, 0.81, 0.88, 0.9},
     "ooo"},
    {"step",
     8,
     {1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11},
     {1e-4, 1e-4, 1e-4, 1e-4, 0.8, 0.8, 0.8, 0.8},
     "oou"},
    {"falling", 6, {1e4, 1e5, 1e6, 1e7, 1e8, 1e9}, {0.9, 0.8, 0.7, 0.5, 0.2, 0.1}, "oou"},
    {"not monotonic",
     7,
     {1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11},
     {0.1, 0.5, 0.3, 0.9, 0.4, 0.8, 0.6},
     "oo?"},
    {"1e-7 and 5.6",
     8,
     {1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11},
     {1e-7, 3e-6, 8e-5, 2e-3, 4e-2, 0.9, 4.8, 5.6},
     "ooo"},
    {"power law",
     8,
     {1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11},
     {1e-4, 3.1e-4, 1.03e-3, 3.1e-3, 0.98e-2, 3.2e-2, 1.02e-1, 0.31},
     "oou"},
    {"duplicate sizes",
     8,
     {1e6, 1e6, 1e7, 1e7, 1e8, 1e8, 1e9, 1e9},
     {0.1, 0.12, 0.2, 0.19, 0.5, 0.55, 0.6, 0.59},
     "ooo"},
    {"sizes a hair apart",
     6,
     {1e6, 1e6 + 1, 1e7, 1e7 + 1, 1e8, 1e8 + 1},
     {0.1, 0.12, 0.2, 0.19, 0.5, 0.55},
     "oo?"},
    {"sizes at the ends of the range", 4, {1e-300, 1e-10, 1e10, 1e300}, {1, 2, 3, 4}, "oo?"},
};

/* Figures are there or NaN together with what they rest on, and never infinite. */
static void check_figures(const struct fit *fit, const struct curve_points *points)
{
    bool has_parameters = fit->status == FIT_OK || fit->status == FIT_UNIDENTIFIED;
    size_t n = points->count;
    assert_int_equal(fit->statistics.count, n);
    assert_true(has_parameters == (fit->parameter_count || fit->breakpoints));
    assert_true(fit->status == FIT_OK || fit->warning_count > 0);
    assert_false(isinf(fit->aicc) || isinf(fit->loo_rmse) || isinf(fit->standard_error));
    if (!has_parameters || n <= fit->p)
        assert_true(isnan(fit->standard_error) && isnan(fit->loo_rmse));
    if (!has_parameters || n <= fit->p + 2)
        assert_true(isnan(fit->aicc));
    else
        assert_true(isfinite(fit->aicc) && isfinite(fit->standard_error));
    for (size_t i = 0; i < n; i++)
        assert_near(fit->residuals[i], points->efficiency[i] - fit_evaluate(fit, points->flops[i]),
                    0);
}

static void test_known_problems_end_as_expected_in_every_model(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(problems); i++)
        for (int m = PIECEWISE; m <= SIGMOID; m++) {
            const struct problem *problem = &problems[i];
            struct curve_points points = {problem->flops, problem->means, NULL, problem->count};
            struct fit *fit = fit_run(fit_model_at((size_t)m), &points, NULL);
            char letter = "oufx"[fit->status];
            if (problem->expected[m] != '?' && letter != problem->expected[m])
                fail_msg("%s, %s: %s, %s", problem->name, model_names[m],
                         fit_status_name(fit->status),
                         fit->warning_count ? fit->warnings[0] : "no warning");
            check_figures(fit, &points);
            fit_free(fit);
        }
}

static void test_equal_weights_change_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(problems); i++)
        for (int m = PIECEWISE; m <= SIGMOID; m++) {
            double weights[10];
            for (size_t j = 0; j < 10; j++)
                weights[j] = 4;
            const struct problem *problem = &problems[i];
            struct fit *plain =
                run(model_names[m], problem->flops, problem->means, NULL, problem->count);
            struct fit *weighted =
                run(model_names[m], problem->flops, problem->means, weights, problem->count);
            assert_int_equal(plain->status, weighted->status);
            if (plain->status == FIT_OK && plain->statistics.ss_res > 1e-20) {
                assert_near(weighted->statistics.ss_res, 4 * plain->statistics.ss_res, 1e-8);
                assert_near(weighted->statistics.r_squared, plain->statistics.r_squared, 1e-8);
                for (size_t j = 0; j < plain->parameter_count; j++)
                    assert_near(weighted->std_errors[j], plain->std_errors[j], 1e-6);
            }
            fit_free(plain);
            fit_free(weighted);
        }
}

static void test_models_are_found_by_the_names_of_the_schema(void **state)
{
    (void)state;
    assert_int_equal(fit_model_count(), 3);
    for (size_t i = 0; i < fit_model_count(); i++) {
        assert_string_equal(fit_model_name(fit_model_at(i)), model_names[i]);
        assert_ptr_equal(fit_model_find(model_names[i]), fit_model_at(i));
    }
    assert_null(fit_model_find("spline"));
    assert_null(fit_model_at(3));
    assert_string_equal(fit_status_name(FIT_TOO_FEW_POINTS), "too_few_points");
}

static void test_unusable_points_are_named(void **state)
{
    (void)state;
    static const double good_flops[] = {1e6, 1e7, 1e8};
    static const double good_means[] = {0.1, 0.2, 0.3};
    static const double bad_flops[] = {1e6, 0, 1e8};
    static const double bad_means[] = {0.1, 0.2, NAN};
    static const double bad_weights[] = {0, 1, 1};
    struct fit *fit = run("log_linear", bad_flops, good_means, NULL, 3);
    assert_int_equal(fit->status, FIT_FAILED);
    assert_true(has_warning(fit, "point 1 "));
    fit_free(fit);
    fit = run("sigmoid", good_flops, bad_means, NULL, 3);
    assert_true(has_warning(fit, "point 2 "));
    fit_free(fit);
    fit = run("piecewise_linear", good_flops, good_means, bad_weights, 3);
    assert_true(has_warning(fit, "point 0 "));
    fit_free(fit);
}

static struct fit made_fit(enum fit_status status, double aicc, double loo_rmse)
{
    struct fit fit = {.status = status, .aicc = aicc, .loo_rmse = loo_rmse};
    return fit;
}

static void test_the_best_fit_has_the_lowest_aicc_among_the_ok_ones(void **state)
{
    (void)state;
    struct fit a = made_fit(FIT_OK, -10, 0.1);
    struct fit b = made_fit(FIT_OK, -12, 0.2);
    struct fit wrong = made_fit(FIT_UNIDENTIFIED, -50, 0.01);
    const struct fit *fits[] = {&a, NULL, &b, &wrong};
    assert_ptr_equal(fit_best(fits, 4), &b);
    assert_ptr_equal(fit_best(fits, 2), &a);
    assert_null(fit_best(fits + 3, 1));
    assert_null(fit_best(NULL, 0));
}

static void test_where_one_has_no_aicc_the_left_out_error_decides(void **state)
{
    (void)state;
    struct fit a = made_fit(FIT_OK, -10, 0.2);
    struct fit b = made_fit(FIT_OK, NAN, 0.1);
    struct fit none = made_fit(FIT_OK, NAN, NAN);
    const struct fit *fits[] = {&a, &b, &none};
    assert_ptr_equal(fit_best(fits, 3), &b);
    assert_null(fit_best(fits + 2, 1));
}

static void test_among_perfect_fits_the_simplest_is_the_best(void **state)
{
    (void)state;
    static const double flops[] = {1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13};
    double means[9];
    for (size_t i = 0; i < 9; i++)
        means[i] = -0.3 + 0.07 * log10(flops[i]);
    struct curve_points points = {flops, means, NULL, 9};
    struct fit_options four = {.breakpoints = 4};
    struct fit *line = fit_run(fit_model_find("log_linear"), &points, NULL);
    struct fit *broken = fit_run(fit_model_find("piecewise_linear"), &points, &four);
    const struct fit *fits[] = {broken, line};
    assert_ptr_equal(fit_best(fits, 2), line);
    fit_free(line);
    fit_free(broken);
}

static void test_figures_beyond_all_numbers_are_no_fit(void **state)
{
    (void)state;
    static const double flops[] = {1e6, 1e7, 1e8, 1e9, 1e10},
                        means[] = {1e300, 3e300, 2e300, 5e300, 4e300};
    struct curve_points points = {flops, means, NULL, 5};
    struct fit *fit = fit_run(fit_model_find("log_linear"), &points, NULL);
    assert_int_equal(fit->status, FIT_FAILED);
    assert_non_null(strstr(fit->warnings[0], "beyond what can be computed"));
    assert_true(isnan(fit_evaluate(fit, 1e7)));
    fit_free(fit);
}

/* Held to a constraint, every left-out point is a fit of its own: of many there is no end. */
static void test_many_points_under_a_constraint_have_no_left_out_error(void **state)
{
    (void)state;
    double flops[65], means[65];
    for (int i = 0; i < 65; i++) {
        flops[i] = pow(10, 6 + 0.05 * i);
        means[i] = 0.9 - 0.01 * i;
    }
    struct fit_options options = {.monotone = true};
    for (size_t count = 64; count <= 65; count++) {
        struct curve_points points = {flops, means, NULL, count};
        struct fit *fit = fit_run(fit_model_find("log_linear"), &points, &options);
        assert_int_equal(isnan(fit->loo_rmse), count == 65);
        fit_free(fit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures_beyond_all_numbers_are_no_fit),
        cmocka_unit_test(test_many_points_under_a_constraint_have_no_left_out_error),
        cmocka_unit_test(test_known_problems_end_as_expected_in_every_model),
        cmocka_unit_test(test_equal_weights_change_nothing),
        cmocka_unit_test(test_models_are_found_by_the_names_of_the_schema),
        cmocka_unit_test(test_unusable_points_are_named),
        cmocka_unit_test(test_the_best_fit_has_the_lowest_aicc_among_the_ok_ones),
        cmocka_unit_test(test_where_one_has_no_aicc_the_left_out_error_decides),
        cmocka_unit_test(test_among_perfect_fits_the_simplest_is_the_best),
    };
    return cmocka_run_group_tests(tests, setup_fit, NULL);
}
