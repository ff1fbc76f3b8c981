/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader that knows only piecewise-linear breakpoints gets from a fitted model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "check.h"
#include "series.h"

/* The largest relative error between low and high, at places that the sampling did not check. */
static double worst_error(const struct fit *fit, const struct breakpoint *breakpoints, size_t count,
                          double low, double high)
{
    enum { PLACES = 33331 };
    struct curve curve = {breakpoints, count};
    double worst = 0;
    for (int i = 0; i <= PLACES; i++) {
        double flops = low * pow(high / low, (double)i / PLACES);
        double model = fit_evaluate(fit, flops);
        worst = fmax(worst, fabs(curve_evaluate(&curve, flops) - model) / model);
    }
    return worst;
}

static size_t check_sampling(const struct fit *fit, double low, double high, double tolerance)
{
    struct breakpoint *breakpoints;
    size_t count;
    assert_true(
        fit_sample(fit, &(struct fit_sampling){low, high, tolerance}, &breakpoints, &count, NULL));
    assert_true(count >= 2);
    assert_true(breakpoints[0].flops == low && breakpoints[count - 1].flops == high);
    for (size_t i = 0; i + 1 < count; i++)
        assert_true(breakpoints[i].flops < breakpoints[i + 1].flops);
    double worst = worst_error(fit, breakpoints, count, low, high);
    if (!(worst <= tolerance))
        fail_msg("%g is worse than %g with %zu breakpoints", worst, tolerance, count);
    free(breakpoints);
    return count;
}

static void test_readers_stay_within_the_tolerance_of_a_sigmoid(void **state)
{
    (void)state;
    struct fit *gentle = run("sigmoid", cpu_flops, cpu_means, NULL, 10);
    struct fit *steep = run("sigmoid", wide_flops, wide_means, NULL, 8);
    size_t coarse = check_sampling(gentle, 5e5, 1e9, 0.05);
    size_t usual = check_sampling(gentle, 5e5, 1e9, 0.01);
    size_t fine = check_sampling(gentle, 5e5, 1e9, 0.0001);
    assert_true(coarse < usual && usual < fine);
    assert_true(usual <= 12);
    check_sampling(steep, 1e4, 1e12, 0.01);
    check_sampling(steep, 1e9, 1.001e9, 0.01);
    fit_free(gentle);
    fit_free(steep);
}

/* One breakpoint fewer cannot do: the sampling with fewer has no line that reaches the end. */
static void test_no_more_breakpoints_are_written_than_needed(void **state)
{
    (void)state;
    struct fit *fit = run("sigmoid", cpu_flops, cpu_means, NULL, 10);
    struct breakpoint *breakpoints;
    size_t count;
    assert_true(
        fit_sample(fit, &(struct fit_sampling){5e5, 1e9, 0.01}, &breakpoints, &count, NULL));
    for (size_t i = 1; i + 1 < count; i++) {
        struct breakpoint *fewer = malloc(count * sizeof *fewer);
        memcpy(fewer, breakpoints, i * sizeof *fewer);
        memcpy(fewer + i, breakpoints + i + 1, (count - i - 1) * sizeof *fewer);
        assert_true(worst_error(fit, fewer, count - 1, 5e5, 1e9) > 0.01);
        free(fewer);
    }
    free(breakpoints);
    fit_free(fit);
}

static void test_a_straight_line_is_two_breakpoints(void **state)
{
    (void)state;
    struct fit *fit = run("log_linear", cpu_flops + 2, cpu_means + 2, NULL, 8);
    assert_int_equal(check_sampling(fit, 5e6, 1e10, 0.01), 2);
    assert_int_equal(check_sampling(fit, 5e6, 1e10, 1e-9), 2);
    struct breakpoint *ends;
    size_t count;
    assert_true(fit_sample(fit, &(struct fit_sampling){5e6, 1e10, 0}, &ends, &count, NULL));
    assert_int_equal(count, 2);
    assert_true(ends[0].flops == 5e6 && ends[1].flops == 1e10);
    free(ends);
    fit_free(fit);
}

static void test_a_model_below_zero_is_refused_with_a_size(void **state)
{
    (void)state;
    struct fit *fit = run("log_linear", cpu_flops, cpu_means, NULL, 10);
    struct breakpoint *breakpoints = NULL;
    size_t count = 99;
    double bad_flops = 0;
    assert_false(
        fit_sample(fit, &(struct fit_sampling){5e5, 1e9, 0.01}, &breakpoints, &count, &bad_flops));
    assert_true(fit_evaluate(fit, bad_flops) <= 0);
    assert_true(bad_flops >= 5e5 && bad_flops <= 1e9);
    assert_null(breakpoints);
    assert_int_equal(count, 99);
    assert_false(
        fit_sample(fit, &(struct fit_sampling){5e5, 1e9, 0.01}, &breakpoints, &count, NULL));
    fit_free(fit);
}

static void test_knots_are_handed_out_as_they_are(void **state)
{
    (void)state;
    struct fit *fit = run("piecewise_linear", cpu_flops, cpu_means, NULL, 10);
    struct breakpoint *breakpoints;
    size_t count;
    assert_true(
        fit_sample(fit, &(struct fit_sampling){1e6, 1e9, 0.01}, &breakpoints, &count, NULL));
    assert_int_equal(count, fit->breakpoint_count);
    assert_memory_equal(breakpoints, fit->breakpoints, count * sizeof *breakpoints);
    free(breakpoints);
    fit_free(fit);
    fit = run("piecewise_linear", wide_flops, wide_means, NULL, 8);
    double bad_flops = 0;
    assert_false(
        fit_sample(fit, &(struct fit_sampling){1e4, 1e11, 0.01}, &breakpoints, &count, &bad_flops));
    assert_true(bad_flops == 1e4);
    fit_free(fit);
}

static void test_without_parameters_or_a_range_there_is_nothing_to_sample(void **state)
{
    (void)state;
    struct breakpoint *breakpoints = NULL;
    size_t count = 0;
    struct fit *none = run("sigmoid", cpu_flops, cpu_means, NULL, 2);
    struct fit *fit = run("sigmoid", cpu_flops, cpu_means, NULL, 10);
    assert_false(
        fit_sample(none, &(struct fit_sampling){5e5, 1e9, 0.01}, &breakpoints, &count, NULL));
    assert_false(
        fit_sample(fit, &(struct fit_sampling){1e9, 1e9, 0.01}, &breakpoints, &count, NULL));
    assert_false(fit_sample(fit, &(struct fit_sampling){0, 1e9, 0.01}, &breakpoints, &count, NULL));
    assert_false(
        fit_sample(fit, &(struct fit_sampling){1, INFINITY, 0.01}, &breakpoints, &count, NULL));
    assert_null(breakpoints);
    fit_free(none);
    fit_free(fit);
}

/* Whether sampling works, asked without sampling, over curves that rise, fall, and cross zero. */
static void test_what_can_be_sampled_is_known_beforehand(void **state)
{
    (void)state;
    enum { CURVES = 60, POINTS = 6 };
    int can = 0, asked = 0;
    for (int i = 0; i < CURVES; i++) {
        double flops[POINTS], means[POINTS];
        for (int k = 0; k < POINTS; k++) {
            flops[k] = pow(10, 5 + k);
            means[k] = 0.5 + 0.6 * sin(i + k * (1 + i % 7) / 5.0);
        }
        for (size_t m = 0; m < fit_model_count(); m++) {
            struct breakpoint *breakpoints = NULL;
            size_t count;
            struct fit *fit = run(fit_model_name(fit_model_at(m)), flops, means, NULL, POINTS);
            double low = i % 5 ? 1e4 : 1e9, high = i % 3 ? 1e9 : 1e12;
            bool sampled = fit_sample(fit, &(struct fit_sampling){low, high, 0.05}, &breakpoints,
                                      &count, NULL);
            assert_int_equal(fit_can_sample(fit, low, high), sampled);
            can += sampled;
            asked++;
            free(breakpoints);
            fit_free(fit);
        }
    }
    assert_true(can > asked / 10 && can < 9 * asked / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readers_stay_within_the_tolerance_of_a_sigmoid),
        cmocka_unit_test(test_no_more_breakpoints_are_written_than_needed),
        cmocka_unit_test(test_a_straight_line_is_two_breakpoints),
        cmocka_unit_test(test_a_model_below_zero_is_refused_with_a_size),
        cmocka_unit_test(test_knots_are_handed_out_as_they_are),
        cmocka_unit_test(test_without_parameters_or_a_range_there_is_nothing_to_sample),
        cmocka_unit_test(test_what_can_be_sampled_is_known_beforehand),
    };
    return cmocka_run_group_tests(tests, setup_fit, NULL);
}
