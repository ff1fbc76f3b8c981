/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leverages, deleted residuals, intervals and bands, against their definitions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>

#include "check.h"
#include "fit/model.h"

static const double flops[] = {5e5, 1e6, 5e6, 9e6, 1e7, 5e7, 1e8, 1.13e8, 2.25e8, 5e8};
static const double means[] = {0.15, 0.15, 0.2, 0.17, 0.25, 0.47, 0.7, 0.85, 1, 1};
static const double weights[] = {1, 2, 1, 5, 1, 1, 3, 1, 0.5, 1};
enum { N = COUNT(flops) };

static double sum(const double *values, size_t count)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += values[i];
    return total;
}

/* The line through all points but one, evaluated at that one. */
static struct fit *without(size_t left_out, const double *its_weights)
{
    double x[N], y[N], w[N];
    size_t count = 0;
    for (size_t i = 0; i < N; i++)
        if (i != left_out) {
            x[count] = flops[i];
            y[count] = means[i];
            w[count++] = its_weights ? its_weights[i] : 1;
        }
    return run("log_linear", x, y, its_weights ? w : NULL, count);
}

static void test_the_leverages_of_a_fit_sum_up_to_its_parameters(void **state)
{
    (void)state;
    for (size_t m = 0; m < fit_model_count(); m++)
        for (int weighted = 0; weighted < 2; weighted++) {
            struct fit *fit =
                run(fit_model_name(fit_model_at(m)), flops, means, weighted ? weights : NULL, N);
            assert_near(sum(fit->leverages, N), (double)fit->p, 1e-8);
            for (size_t i = 0; i < N; i++)
                assert_true(fit->leverages[i] > 0 && fit->leverages[i] <= 1);
            fit_free(fit);
        }
}

/* By its definition: the distance to the line through the others, over what they make of it. */
static void test_a_deleted_residual_is_what_a_fit_without_the_point_says(void **state)
{
    (void)state;
    for (int weighted = 0; weighted < 2; weighted++) {
        struct fit *fit = run("log_linear", flops, means, weighted ? weights : NULL, N);
        for (size_t i = 0; i < N; i++) {
            struct fit *rest = without(i, weighted ? weights : NULL);
            double low, high, weight = weighted ? weights[i] : 1;
            assert_true(fit_band(rest, FIT_BAND_CONFIDENCE, flops[i], &low, &high));
            double t = gsl_cdf_tdist_Pinv(0.975, N - 3);
            double spread = hypot((high - low) / 2 / t, rest->standard_error / sqrt(weight));
            double distance = means[i] - fit_evaluate(rest, flops[i]);
            assert_near(fit->deleted_residuals[i], distance / spread, 1e-9);
            fit_free(rest);
        }
        fit_free(fit);
    }
}

static void test_the_bands_of_a_line_are_those_of_the_closed_form(void **state)
{
    (void)state;
    struct fit *fit = run("log_linear", flops, means, NULL, N);
    double mean = 0, sxx = 0, t = gsl_cdf_tdist_Pinv(0.975, N - 2);
    for (size_t i = 0; i < N; i++)
        mean += log10(flops[i]) / N;
    for (size_t i = 0; i < N; i++)
        sxx += pow(log10(flops[i]) - mean, 2);
    for (double x = 4; x < 11; x += 0.7) {
        double low, high, inner = 1.0 / N + pow(x - mean, 2) / sxx;
        double value = fit_evaluate(fit, pow(10, x));
        assert_true(fit_band(fit, FIT_BAND_CONFIDENCE, pow(10, x), &low, &high));
        assert_near(high - value, t * fit->standard_error * sqrt(inner), 1e-9);
        assert_near(value - low, t * fit->standard_error * sqrt(inner), 1e-9);
        assert_true(fit_band(fit, FIT_BAND_PREDICTION, pow(10, x), &low, &high));
        assert_near(high - value, t * fit->standard_error * sqrt(1 + inner), 1e-9);
    }
    fit_free(fit);
}

/* With weights 1/std^2 one of weight 1 would scatter by an efficiency of 1: not a prediction. */
static void test_a_new_point_of_unknown_weight_is_not_predicted(void **state)
{
    (void)state;
    double heavy[N], low, high;
    for (size_t i = 0; i < N; i++)
        heavy[i] = weights[i] / (0.02 * 0.02);
    for (size_t m = 0; m < fit_model_count(); m++) {
        struct fit *fit = run(fit_model_name(fit_model_at(m)), flops, means, heavy, N);
        assert_true(fit_band(fit, FIT_BAND_CONFIDENCE, 1e7, &low, &high));
        assert_false(fit_band(fit, FIT_BAND_PREDICTION, 1e7, &low, &high));
        fit_free(fit);
    }
}

/* The covariance's diagonal must be what the models compute for themselves. */
static void test_the_covariance_agrees_with_the_standard_errors(void **state)
{
    (void)state;
    static const char *const names[] = {"log_linear", "sigmoid"};
    for (size_t m = 0; m < COUNT(names); m++) {
        struct fit *fit = run(names[m], flops, means, weights, N);
        for (size_t j = 0; j < fit->p; j++) {
            double variance = fit->covariance[j * fit->p + j];
            assert_near(sqrt(variance) * fit->standard_error, fit->std_errors[j], 1e-8);
            double t = gsl_cdf_tdist_Pinv(0.975, (double)(N - fit->p));
            assert_near(fit->ci_high[j] - fit->parameters[j], t * fit->std_errors[j], 1e-9);
            assert_near(fit->parameters[j] - fit->ci_low[j], t * fit->std_errors[j], 1e-9);
        }
        fit_free(fit);
    }
}

/* Moves parameter j of a broken line: heights first, then the positions of inner knots. */
static double moved(const struct fit *fit, size_t j, double step, double at)
{
    struct breakpoint knots[FIT_BREAKPOINTS_MAX];
    struct fit copy = *fit;
    memcpy(knots, fit->breakpoints, fit->breakpoint_count * sizeof *knots);
    if (j < fit->breakpoint_count)
        knots[j].efficiency += step;
    else
        knots[j - fit->breakpoint_count + 1].flops *= pow(10, step);
    copy.breakpoints = knots;
    return fit_evaluate(&copy, at);
}

static void test_the_gradient_of_a_broken_line_is_that_of_its_value(void **state)
{
    (void)state;
    struct curve_points points = {flops, means, NULL, N};
    struct fit_options options = {.breakpoints = 4};
    struct fit *fit = fit_run(fit_model_find("piecewise_linear"), &points, &options);
    double row[6];
    const double step = 1e-6;
    assert_int_equal(fit->p, 6);
    for (double x = 5.05; x < 9.2; x += 0.173) {
        double at = pow(10, x);
        fit->model->gradient(fit, at, row);
        for (size_t j = 0; j < fit->p; j++)
            assert_true(fabs(row[j] - (moved(fit, j, step, at) - moved(fit, j, -step, at)) /
                                          (2 * step)) < 1e-6);
    }
    fit_free(fit);
}

static void test_one_point_that_does_not_belong_is_found_at_any_count(void **state)
{
    (void)state;
    for (size_t n = 5; n <= 40; n++) {
        double x[40], y[40];
        for (size_t i = 0; i < n; i++) {
            x[i] = pow(10, 5 + 4.0 * (double)i / (double)n);
            y[i] = 0.1 + 0.2 * log10(x[i]) + 0.001 * sin(7.0 * (double)i);
        }
        struct fit *clean = run("log_linear", x, y, NULL, n);
        for (size_t i = 0; i < n; i++)
            assert_false(fit_is_outlier(clean, i));
        y[n / 2] += 0.5;
        struct fit *fit = run("log_linear", x, y, NULL, n);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(fit_is_outlier(fit, i), i == n / 2);
        fit_free(clean);
        fit_free(fit);
    }
}

static void test_of_an_exact_fit_no_point_is_an_outlier_by_rounding(void **state)
{
    (void)state;
    const double sizes[] = {13232000, 87250000, 146187000, 792793000, 3e9, 5e10};
    double exact[COUNT(sizes)];
    for (size_t i = 0; i < COUNT(sizes); i++)
        exact[i] = 0.1 * log10(sizes[i]) - 0.5;
    for (size_t m = 0; m < 2; m++) {
        struct fit *fit = run(m ? "log_linear" : "piecewise_linear", sizes, exact, NULL, 6);
        assert_true(fit->statistics.max_residual < 1e-14);
        assert_true(fit->leverages[0] > 0);
        for (size_t i = 0; i < COUNT(sizes); i++) {
            assert_true(isnan(fit->deleted_residuals[i]));
            assert_false(fit_is_outlier(fit, i));
        }
        fit_free(fit);
    }
}

static void test_what_the_points_do_not_tell_is_undefined(void **state)
{
    (void)state;
    static const double flat[] = {0.5, 0.5, 0.5, 0.5};
    struct fit *through = run("log_linear", flops, means, NULL, 2);
    struct fit *all_flat = run("sigmoid", flops, flat, NULL, 4);
    double low, high;
    assert_true(isnan(through->deleted_residuals[0]));
    assert_true(isnan(through->ci_low[0]));
    assert_false(fit_is_outlier(through, 0));
    assert_false(fit_band(through, FIT_BAND_CONFIDENCE, 1e6, &low, &high));
    assert_null(all_flat->covariance);
    assert_true(isnan(all_flat->leverages[0]));
    assert_false(fit_band(all_flat, FIT_BAND_CONFIDENCE, 1e6, &low, &high));
    fit_free(through);
    fit_free(all_flat);
}

static void test_too_many_points_have_a_fit_and_intervals_but_no_leverages(void **state)
{
    (void)state;
    enum { MANY = 1000001 };
    double *x = calloc(MANY, sizeof *x), *y = calloc(MANY, sizeof *y);
    assert_true(x && y);
    for (size_t i = 0; i < MANY; i++) {
        x[i] = 1e5 * (1 + (double)i);
        y[i] = 0.1 + (double)(i % 7) / 10;
    }
    struct fit *fit = run("log_linear", x, y, NULL, MANY);
    assert_int_equal(fit->status, FIT_OK);
    assert_true(has_warning(fit, "too many points"));
    assert_false(isnan(fit->ci_low[0]));
    assert_true(isnan(fit->leverages[0]));
    assert_null(fit->covariance);
    assert_false(fit_is_outlier(fit, 0));
    fit_free(fit);
    free(x);
    free(y);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_leverages_of_a_fit_sum_up_to_its_parameters),
        cmocka_unit_test(test_a_deleted_residual_is_what_a_fit_without_the_point_says),
        cmocka_unit_test(test_the_bands_of_a_line_are_those_of_the_closed_form),
        cmocka_unit_test(test_a_new_point_of_unknown_weight_is_not_predicted),
        cmocka_unit_test(test_the_covariance_agrees_with_the_standard_errors),
        cmocka_unit_test(test_the_gradient_of_a_broken_line_is_that_of_its_value),
        cmocka_unit_test(test_one_point_that_does_not_belong_is_found_at_any_count),
        cmocka_unit_test(test_of_an_exact_fit_no_point_is_an_outlier_by_rounding),
        cmocka_unit_test(test_what_the_points_do_not_tell_is_undefined),
        cmocka_unit_test(test_too_many_points_have_a_fit_and_intervals_but_no_leverages),
    };
    return cmocka_run_group_tests(tests, setup_fit, NULL);
}
