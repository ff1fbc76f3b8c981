/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The straight line over log10(FLOPs), against certified and exact problems. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "check.h"
#include "series.h"

/*
 * NIST StRD, linear regression, "Norris" (Norris, J., NIST: Calibration of Ozone Monitors). Its x
 * reaches 999, so x / 100 is used as log10(FLOPs): that multiplies the slope by 100.
 */
static const double norris[][2] = {
    {0.1, 0.2},     {338.8, 337.4}, {118.1, 118.2}, {888.0, 884.6}, {9.2, 10.1},    {228.1, 226.5},
    {668.5, 666.3}, {998.5, 996.3}, {449.1, 448.6}, {778.9, 777.0}, {559.2, 558.2}, {0.3, 0.4},
    {0.1, 0.6},     {778.1, 775.5}, {668.8, 666.9}, {339.3, 338.0}, {448.9, 447.5}, {10.8, 11.6},
    {557.7, 556.0}, {228.3, 228.1}, {998.0, 995.8}, {888.8, 887.6}, {119.6, 120.2}, {0.3, 0.3},
    {0.6, 0.3},     {557.6, 556.8}, {339.3, 339.1}, {888.0, 887.2}, {998.5, 999.0}, {778.9, 779.0},
    {10.2, 11.1},   {117.6, 118.3}, {228.9, 229.2}, {668.4, 669.1}, {449.2, 448.9}, {0.2, 0.5}};

static void test_a_certified_problem_comes_out_to_eleven_digits(void **state)
{
    (void)state;
    double flops[COUNT(norris)];
    double means[COUNT(norris)];
    for (size_t i = 0; i < COUNT(norris); i++) {
        flops[i] = pow(10, norris[i][1] / 100);
        means[i] = norris[i][0];
    }
    struct fit *fit = run("log_linear", flops, means, NULL, COUNT(norris));
    assert_int_equal(fit->status, FIT_OK);
    assert_near(fit->parameters[0], -0.262323073774029, 1e-11);
    assert_near(fit->parameters[1], 100.211681802045, 1e-12);
    assert_near(fit->std_errors[0], 0.232818234301152, 1e-11);
    assert_near(fit->std_errors[1], 0.0429796848199937, 1e-11);
    assert_near(fit->standard_error, 0.884796396144373, 1e-11);
    assert_near(fit->statistics.r_squared, 0.999993745883712, 1e-13);
    fit_free(fit);
}

/* Expected values: numpy.linalg.lstsq on the weighted system. */
static void test_a_real_curve_agrees_with_numpy(void **state)
{
    (void)state;
    struct fit *fit = run("log_linear", cpu_flops, cpu_means, NULL, COUNT(cpu_flops));
    assert_near(fit->parameters[0], -1.91945887444389, 1e-12);
    assert_near(fit->parameters[1], 0.329908580798747, 1e-12);
    assert_near(fit->std_errors[0], 0.365534566994234, 1e-12);
    assert_near(fit->std_errors[1], 0.0495472986210556, 1e-12);
    assert_near(fit->statistics.ss_res, 0.178762013992692, 1e-12);
    assert_near(fit->aicc, -30.2428498151271, 1e-12);
    assert_true(has_warning(fit, "crosses zero at 657.9 k"));
    fit_free(fit);
}

static void test_weights_of_relative_error_agree_with_numpy(void **state)
{
    (void)state;
    double weights[COUNT(cpu_flops)];
    for (size_t i = 0; i < COUNT(cpu_flops); i++)
        weights[i] = 1 / (cpu_means[i] * cpu_means[i]);
    struct fit *fit = run("log_linear", cpu_flops, cpu_means, weights, COUNT(cpu_flops));
    assert_near(fit->parameters[0], -0.715716663716473, 1e-11);
    assert_near(fit->parameters[1], 0.142750430033485, 1e-11);
    assert_near(fit->std_errors[0], 0.326864832274936, 1e-11);
    assert_near(fit->std_errors[1], 0.0506778751862363, 1e-11);
    assert_near(fit->statistics.ss_res, 1.50533321227035, 1e-11);
    assert_near(fit->aicc, -8.9357081579745, 1e-11);
    fit_free(fit);
}

static void test_left_out_errors_are_those_of_refitting(void **state)
{
    (void)state;
    struct fit *fit = run("log_linear", cpu_flops, cpu_means, NULL, COUNT(cpu_flops));
    double sum = 0;
    for (size_t i = 0; i < COUNT(cpu_flops); i++) {
        double flops[COUNT(cpu_flops)];
        double means[COUNT(cpu_flops)];
        size_t count = 0;
        for (size_t j = 0; j < COUNT(cpu_flops); j++) {
            if (j == i)
                continue;
            flops[count] = cpu_flops[j];
            means[count++] = cpu_means[j];
        }
        struct fit *others = run("log_linear", flops, means, NULL, count);
        sum += pow(cpu_means[i] - fit_evaluate(others, cpu_flops[i]), 2);
        fit_free(others);
    }
    assert_near(fit->loo_rmse, sqrt(sum / COUNT(cpu_flops)), 1e-12);
    fit_free(fit);
}

static void test_a_size_all_alone_leaves_no_left_out_error(void **state)
{
    (void)state;
    static const double flops[] = {1e6, 1e6, 1e6, 1e9};
    static const double means[] = {0.1, 0.2, 0.3, 0.9};
    struct fit *fit = run("log_linear", flops, means, NULL, 4);
    assert_int_equal(fit->status, FIT_OK);
    assert_near(fit_evaluate(fit, 1e6), 0.2, 1e-12);
    assert_true(isnan(fit->loo_rmse));
    fit_free(fit);
}

static void test_two_points_give_a_line_that_nothing_judges(void **state)
{
    (void)state;
    static const double flops[] = {1e6, 1e8};
    static const double means[] = {0.2, 0.6};
    struct fit *fit = run("log_linear", flops, means, NULL, 2);
    assert_int_equal(fit->status, FIT_UNIDENTIFIED);
    assert_near(fit->parameters[1], 0.2, 1e-14);
    assert_near(fit->parameters[0], -1, 1e-14);
    assert_true(isnan(fit->std_errors[0]) && isnan(fit->std_errors[1]));
    assert_true(isnan(fit->standard_error) && isnan(fit->aicc) && isnan(fit->loo_rmse));
    assert_true(has_warning(fit, "as many parameters as points"));
    fit_free(fit);
}

static void test_one_size_determines_no_line(void **state)
{
    (void)state;
    static const double flops[] = {1e6, 1e6, 1e6};
    static const double means[] = {0.2, 0.3, 0.4};
    struct fit *fit = run("log_linear", flops, means, NULL, 3);
    assert_int_equal(fit->status, FIT_FAILED);
    assert_true(has_warning(fit, "same size"));
    assert_true(isnan(fit_evaluate(fit, 1e6)));
    fit_free(fit);
}

static void test_flat_data_is_a_level_line_without_r_squared(void **state)
{
    (void)state;
    static const double flops[] = {1e6, 1e7, 1e8};
    static const double means[] = {0.03, 0.03, 0.03};
    struct fit *fit = run("log_linear", flops, means, NULL, 3);
    assert_int_equal(fit->status, FIT_OK);
    assert_near(fit->parameters[0], 0.03, 1e-13);
    assert_near(fit->parameters[1], 0, 1e-15);
    assert_true(isnan(fit->statistics.r_squared));
    fit_free(fit);
}

static void test_a_hundred_thousand_points_are_fitted_whole(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    double *flops = malloc(MANY * sizeof *flops);
    double *means = malloc(MANY * sizeof *means);
    for (size_t i = 0; i < MANY; i++) {
        double x = 4 + 8.0 * (double)i / MANY;
        flops[i] = pow(10, x);
        means[i] = 0.1 + 0.05 * x + (i % 2 ? 0.01 : -0.01);
    }
    struct fit *fit = run("log_linear", flops, means, NULL, MANY);
    assert_near(fit->parameters[1], 0.05, 1e-5);
    assert_near(fit->standard_error, 0.01, 1e-4);
    assert_near(fit->loo_rmse, 0.01, 1e-4);
    fit_free(fit);
    free(flops);
    free(means);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_certified_problem_comes_out_to_eleven_digits),
        cmocka_unit_test(test_a_real_curve_agrees_with_numpy),
        cmocka_unit_test(test_weights_of_relative_error_agree_with_numpy),
        cmocka_unit_test(test_left_out_errors_are_those_of_refitting),
        cmocka_unit_test(test_a_size_all_alone_leaves_no_left_out_error),
        cmocka_unit_test(test_two_points_give_a_line_that_nothing_judges),
        cmocka_unit_test(test_one_size_determines_no_line),
        cmocka_unit_test(test_flat_data_is_a_level_line_without_r_squared),
        cmocka_unit_test(test_a_hundred_thousand_points_are_fitted_whole),
    };
    return cmocka_run_group_tests(tests, setup_fit, NULL);
}
