/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The robust option: outliers lose their say, and are shown to have lost it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <gsl/gsl_multifit.h>

#include "check.h"

enum { N = 24 };

/* A line over log10(FLOPs) with even noise, and two points far off. */
static void make_line(double *flops, double *means)
{
    for (int i = 0; i < N; i++) {
        flops[i] = pow(10, 5 + i * 0.2);
        means[i] = -0.5 + 0.2 * log10(flops[i]) + 0.02 * sin(17.0 * i);
    }
    means[5] += 0.8;
    means[20] -= 0.6;
}

/* Standard normal, by xorshift64: the same on every machine. */
static double normal(void)
{
    static uint64_t state = 88172645463325252u;
    double uniform[2];
    for (int i = 0; i < 2; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        uniform[i] = (double)(state >> 11) / 9007199254740992.0;
    }
    return sqrt(-2 * log(1 - uniform[0])) * cos(6.283185307179586 * uniform[1]);
}

static struct fit *run_robust(const char *model, const double *flops, const double *means, size_t n)
{
    struct curve_points points = {flops, means, NULL, n};
    struct fit_options options = {.robust = true};
    return fit_run(fit_model_find(model), &points, &options);
}

static void test_a_line_agrees_with_gsl(void **state)
{
    (void)state;
    double flops[N], means[N];
    make_line(flops, means);
    gsl_matrix *x = gsl_matrix_alloc(N, 2), *covariance = gsl_matrix_alloc(2, 2);
    gsl_vector *y = gsl_vector_alloc(N), *expected = gsl_vector_alloc(2);
    gsl_multifit_robust_workspace *work =
        gsl_multifit_robust_alloc(gsl_multifit_robust_bisquare, N, 2);
    for (size_t i = 0; i < N; i++) {
        gsl_matrix_set(x, i, 0, 1);
        gsl_matrix_set(x, i, 1, log10(flops[i]));
        gsl_vector_set(y, i, means[i]);
    }
    assert_int_equal(gsl_multifit_robust(x, y, expected, covariance, work), 0);
    struct fit *fit = run_robust("log_linear", flops, means, N);
    assert_near(fit->parameters[0], gsl_vector_get(expected, 0), 1e-6);
    assert_near(fit->parameters[1], gsl_vector_get(expected, 1), 1e-6);
    fit_free(fit);
    gsl_multifit_robust_free(work);
    gsl_vector_free(y);
    gsl_vector_free(expected);
    gsl_matrix_free(x);
    gsl_matrix_free(covariance);
}

static void test_outliers_have_no_weight_and_the_others_nearly_all(void **state)
{
    (void)state;
    double flops[N], means[N];
    make_line(flops, means);
    struct fit *plain = run("log_linear", flops, means, NULL, N);
    struct fit *fit = run_robust("log_linear", flops, means, N);
    assert_null(plain->robust_weights);
    for (int i = 0; i < N; i++) {
        bool outlier = i == 5 || i == 20;
        assert_true(outlier ? fit->robust_weights[i] < 1e-6 : fit->robust_weights[i] > 0.6);
    }
    assert_true(fabs(fit->parameters[1] - 0.2) < 0.01);
    assert_true(fabs(plain->parameters[1] - 0.2) > 0.02);
    fit_free(plain);
    fit_free(fit);
}

/* A plateau of 0.9 at a midpoint of 10^7.5; one point reads a third of what it should. */
static void test_a_sigmoid_and_a_broken_line_are_not_pulled_either(void **state)
{
    (void)state;
    static const char *const models[] = {"sigmoid", "piecewise_linear"};
    double flops[14], means[14];
    for (int i = 0; i < 14; i++) {
        flops[i] = pow(10, 5.5 + i * 0.3);
        means[i] = 0.9 / (1 + exp(-2 * (log10(flops[i]) - 7.5))) + 0.004 * sin(11.0 * i);
    }
    means[8] /= 3;
    for (size_t m = 0; m < COUNT(models); m++) {
        struct curve_points points = {flops, means, NULL, 14};
        struct fit_options options = {.robust = true, .breakpoints = 4};
        struct fit *fit = fit_run(fit_model_find(models[m]), &points, &options);
        double truth = 0.9 / (1 + exp(-2 * (log10(flops[8]) - 7.5)));
        assert_true(fit->robust_weights[8] < 0.01);
        assert_true(fabs(fit_evaluate(fit, flops[8]) - truth) < 0.05);
        fit_free(fit);
    }
}

static void test_clean_points_keep_their_fit(void **state)
{
    (void)state;
    double flops[N], means[N];
    make_line(flops, means);
    means[5] -= 0.8;
    means[20] += 0.6;
    struct fit *plain = run("log_linear", flops, means, NULL, N);
    struct fit *fit = run_robust("log_linear", flops, means, N);
    assert_true(fabs(plain->parameters[1] - fit->parameters[1]) < 0.002);
    fit_free(plain);
    fit_free(fit);
}

static double even(double x)
{
    return 0.1 + 0.2 * x;
}

static double bent(double x)
{
    return x < 1.5 ? 0.1 + 0.3 * x : 0.55;
}

/* Points over three decades of a curve with noise of 0.01; one of them is low by so much. */
static void draw(double (*truth)(double), size_t n, size_t low, double by, double *flops,
                 double *means)
{
    for (size_t i = 0; i < n; i++) {
        double x = 3.0 * (double)i / (double)(n - 1);
        flops[i] = pow(10, 6 + x);
        means[i] = truth(x) + 0.01 * normal() - (i == low ? by : 0);
    }
}

/* An outlier would buy itself two breakpoints where least squares chooses their number. */
static void test_an_outlier_buys_itself_no_breakpoints(void **state)
{
    (void)state;
    static const struct {
        double (*truth)(double);
        size_t points, breakpoints;
    } cases[] = {{even, 9, 2}, {even, 14, 2}, {bent, 20, 3}};
    for (size_t c = 0; c < COUNT(cases); c++) {
        size_t lost = 0, as_few = 0, n = cases[c].points;
        for (size_t run = 0; run < 100; run++) {
            double flops[N], means[N];
            size_t low = run % n;
            draw(cases[c].truth, n, low, 0.3, flops, means);
            struct fit *fit = run_robust("piecewise_linear", flops, means, n);
            lost += fit->robust_weights && fit->robust_weights[low] < 0.01;
            as_few += fit->breakpoint_count == cases[c].breakpoints;
            assert_int_equal(fit->choice_count, 0);
            fit_free(fit);
        }
        assert_true(lost >= 90);
        assert_true(as_few >= 90);
    }
}

static void test_clean_points_get_as_many_breakpoints_as_they_need(void **state)
{
    (void)state;
    size_t of_a_line = 0, of_a_bend = 0;
    for (size_t run = 0; run < 100; run++) {
        double flops[N], means[N];
        draw(even, 14, 0, 0, flops, means);
        struct fit *line = run_robust("piecewise_linear", flops, means, 14);
        draw(bent, 14, 0, 0, flops, means);
        struct fit *bend = run_robust("piecewise_linear", flops, means, 14);
        of_a_line += line->breakpoint_count == 2;
        of_a_bend += bend->breakpoint_count == 3;
        fit_free(line);
        fit_free(bend);
    }
    assert_true(of_a_line >= 90);
    assert_true(of_a_bend >= 90);
}

static void test_a_number_of_breakpoints_that_was_asked_for_is_kept(void **state)
{
    (void)state;
    double flops[N], means[N];
    draw(even, N, 7, 0.3, flops, means);
    struct curve_points points = {flops, means, NULL, N};
    struct fit_options options = {.robust = true, .breakpoints = 3};
    struct fit *fit = fit_run(fit_model_find("piecewise_linear"), &points, &options);
    assert_int_equal(fit->breakpoint_count, 3);
    fit_free(fit);
}

/* Two heaps of points that both claim the line: the weights go back and forth between fits. */
static void test_a_fit_that_does_not_settle_says_so(void **state)
{
    (void)state;
    size_t unsettled = 0;
    for (size_t run = 0; run < 100; run++) {
        double flops[N], means[N];
        struct fit_options options = {.robust = true, .breakpoints = 5};
        for (size_t i = 0; i < N; i++) {
            flops[i] = pow(10, 6 + 0.1 * (double)i);
            means[i] = 0.5 + 0.1 * normal() + 0.3 * (double)(i % 3 == 0);
        }
        struct curve_points points = {flops, means, NULL, 12};
        struct fit *fit = fit_run(fit_model_find("piecewise_linear"), &points, &options);
        unsettled += has_warning(fit, "still changing after 100 rounds");
        assert_non_null(fit->robust_weights);
        fit_free(fit);
    }
    assert_true(unsettled > 0 && unsettled < 100);
}

/* A bend without noise, and one point off it: after a round or two the rest lies on it exactly. */
static void test_the_rest_of_exact_points_is_found_beside_an_outlier(void **state)
{
    (void)state;
    double flops[N], means[N];
    for (size_t i = 0; i < N; i++) {
        flops[i] = pow(10, 6 + 3.0 * (double)i / (N - 1));
        means[i] = bent(3.0 * (double)i / (N - 1));
    }
    means[4] -= 0.3;
    struct fit *fit = run_robust("piecewise_linear", flops, means, N);
    assert_int_equal(fit->breakpoint_count, 3);
    assert_true(fit->robust_weights[4] < 0.01);
    assert_near(fit_evaluate(fit, flops[4]), means[4] + 0.3, 1e-6);
    fit_free(fit);
}

static void test_points_that_lost_their_weight_are_outliers(void **state)
{
    (void)state;
    double flops[N], means[N];
    make_line(flops, means);
    for (size_t m = 0; m < fit_model_count(); m++) {
        struct fit *fit = run_robust(fit_model_name(fit_model_at(m)), flops, means, N);
        for (size_t i = 0; i < N; i++)
            assert_int_equal(fit_is_outlier(fit, i), fit->robust_weights[i] < 0.01);
        assert_true(fit_is_outlier(fit, 5));
        assert_true(fit_is_outlier(fit, 20));
        fit_free(fit);
    }
}

/* Intervals by Student's t would hold the truth in 88 to 91 of 100 robust fits. */
static void test_what_would_not_hold_is_undefined(void **state)
{
    (void)state;
    double flops[N], means[N], low, high;
    make_line(flops, means);
    for (size_t m = 0; m < fit_model_count(); m++) {
        struct fit *fit = run_robust(fit_model_name(fit_model_at(m)), flops, means, N);
        assert_non_null(fit->robust_weights);
        for (size_t j = 0; j < FIT_PARAMETERS_MAX; j++)
            assert_true(isnan(fit->std_errors[j]) && isnan(fit->ci_low[j]) &&
                        isnan(fit->ci_high[j]));
        for (size_t i = 0; i < N; i++)
            assert_true(isnan(fit->deleted_residuals[i]));
        assert_true(isnan(fit->standard_error) && isnan(fit->aicc));
        assert_null(fit->covariance);
        assert_false(fit_band(fit, FIT_BAND_CONFIDENCE, flops[3], &low, &high));
        assert_true(fit->robust_scale > 0.01 && fit->robust_scale < 0.04);
        assert_false(isnan(fit->loo_rmse));
        fit_free(fit);
    }
}

static void test_exact_points_and_too_few_are_left_as_they_are(void **state)
{
    (void)state;
    double flops[N], means[N];
    make_line(flops, means);
    for (int i = 0; i < N; i++)
        means[i] = 0.1 * i;
    struct fit *exact = run_robust("log_linear", flops, means, N);
    assert_null(exact->robust_weights);
    assert_true(has_warning(exact, "not reweighed"));
    struct fit *few = run_robust("log_linear", flops, means, 2);
    assert_null(few->robust_weights);
    assert_int_equal(few->status, FIT_UNIDENTIFIED);
    fit_free(exact);
    fit_free(few);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_line_agrees_with_gsl),
        cmocka_unit_test(test_outliers_have_no_weight_and_the_others_nearly_all),
        cmocka_unit_test(test_a_sigmoid_and_a_broken_line_are_not_pulled_either),
        cmocka_unit_test(test_clean_points_keep_their_fit),
        cmocka_unit_test(test_an_outlier_buys_itself_no_breakpoints),
        cmocka_unit_test(test_clean_points_get_as_many_breakpoints_as_they_need),
        cmocka_unit_test(test_a_number_of_breakpoints_that_was_asked_for_is_kept),
        cmocka_unit_test(test_a_fit_that_does_not_settle_says_so),
        cmocka_unit_test(test_the_rest_of_exact_points_is_found_beside_an_outlier),
        cmocka_unit_test(test_points_that_lost_their_weight_are_outliers),
        cmocka_unit_test(test_what_would_not_hold_is_undefined),
        cmocka_unit_test(test_exact_points_and_too_few_are_left_as_they_are),
    };
    return cmocka_run_group_tests(tests, setup_fit, NULL);
}
