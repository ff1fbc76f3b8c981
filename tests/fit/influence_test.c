/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a point does to a fit: the refits against closed forms and against leave-one-out. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fit/influence.h"

enum { COUNT = 9 };

/* conv2d_batchnorm of the Jetson Orin: a sigmoid that is ok, with an outlier at 500 M. */
static const double flops[COUNT] = {1e7, 5e7, 1e8, 2e8, 2.31e8, 5e8, 1e9, 3.7e9, 5e9};
static const double means[COUNT] = {0.06, 0.25, 0.4, 0.54, 0.66, 0.73, 2.5, 4.7, 5.0};
static const double weights[COUNT] = {9, 1, 4, 2, 2, 1, 0.5, 0.2, 0.1};

static void assert_close(double value, double expected, double within)
{
    if (!(fabs(value - expected) <= within))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void check_line(const struct curve_points *points)
{
    struct fit_options options = {0};
    struct fit *fit = fit_run(fit_model_find("log_linear"), points, &options);
    struct fit_influence *influence = fit_influence_new(fit, points, &options);
    assert_int_equal(influence->count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        const struct fit_point_influence *point = &influence->points[i];
        double weight = points->weights ? points->weights[i] : 1;
        double moved = 0, here = fit_evaluate(fit, flops[i]);
        double without = fit_evaluate(point->without, flops[i]);
        /* Cook's distance by its definition: how far all predictions move, in p s^2. */
        for (size_t j = 0; j < COUNT; j++)
            moved += (points->weights ? points->weights[j] : 1) *
                     pow(fit_evaluate(fit, flops[j]) - fit_evaluate(point->without, flops[j]), 2);
        assert_close(point->cook, moved / (2 * pow(fit->standard_error, 2)), 1e-9 * point->cook);
        /*
         * DFFITS: how far the own prediction moves, in standard errors of that without the point.
         */
        double s = (means[i] - here) * sqrt(weight) /
                   (fit->deleted_residuals[i] * sqrt(1 - fit->leverages[i]));
        assert_close(point->dffits, (here - without) * sqrt(weight) / (s * sqrt(fit->leverages[i])),
                     1e-9);
        if (here > 0)
            assert_close(point->shift, without / here - 1, 1e-12);
        else
            assert_true(isnan(point->shift));
    }
    fit_influence_free(influence);
    fit_free(fit);
}

static void test_of_a_line_the_measures_are_what_they_are_defined_as(void **state)
{
    (void)state;
    check_line(&(struct curve_points){flops, means, NULL, COUNT});
    check_line(&(struct curve_points){flops, means, weights, COUNT});
}

static void check_left_out(const struct curve_points *points)
{
    for (size_t m = 0; m < fit_model_count(); m++) {
        struct fit_options options = {0};
        struct fit *fit = fit_run(fit_model_at(m), points, &options);
        struct fit_influence *influence = fit_influence_new(fit, points, &options);
        double sum = 0;
        for (size_t i = 0; i < points->count; i++) {
            double value = fit_evaluate(influence->points[i].without, points->flops[i]);
            sum += pow(points->efficiency[i] - value, 2);
        }
        assert_close(sqrt(sum / (double)points->count), fit->loo_rmse, 1e-5 * fit->loo_rmse);
        fit_influence_free(influence);
        fit_free(fit);
    }
}

static void test_errors_at_points_left_out_are_those_of_loo_rmse(void **state)
{
    (void)state;
    check_left_out(&(struct curve_points){flops, means, NULL, COUNT});
}

/* Without its third point the best sigmoid is a steep one, far from the best for all points. */
static void test_a_sigmoid_without_a_point_is_looked_for_everywhere(void **state)
{
    (void)state;
    static const double sizes[] = {1.377e6, 1.875e6, 5.693e7, 3.774e8, 4.007e8,
                                   8.526e8, 1.559e9, 1.737e9, 2.231e9, 4.634e9};
    static const double rates[] = {0.01173, 0.01836, 0.5099, 0.7689, 0.7678,
                                   0.8568,  0.827,   0.825,  0.8027, 0.7856};
    check_left_out(&(struct curve_points){sizes, rates, NULL, 10});
}

static void test_the_largest_shift_is_where_the_curve_moves_most(void **state)
{
    (void)state;
    struct curve_points points = {flops, means, NULL, COUNT};
    struct fit_options options = {0};
    struct fit *fit = fit_run(fit_model_find("sigmoid"), &points, &options);
    struct fit_influence *influence = fit_influence_new(fit, &points, &options);
    for (size_t i = 0; i < COUNT; i++) {
        const struct fit_point_influence *point = &influence->points[i];
        assert_true(point->largest_at >= flops[0] * (1 - 1e-12) &&
                    point->largest_at <= flops[COUNT - 1] * (1 + 1e-12));
        assert_close(point->largest_shift,
                     fit_evaluate(point->without, point->largest_at) /
                             fit_evaluate(fit, point->largest_at) -
                         1,
                     1e-12);
        double most = fabs(fit_evaluate(point->without, point->largest_at) -
                           fit_evaluate(fit, point->largest_at));
        for (size_t j = 0; j < COUNT; j++)
            assert_true(fabs(fit_evaluate(point->without, flops[j]) -
                             fit_evaluate(fit, flops[j])) <= 1.02 * most);
    }
    fit_influence_free(influence);
    fit_free(fit);
}

/* A robust fit has no deleted residuals, but the outlier that it silenced moves next to nothing. */
static void test_what_a_robust_fit_silenced_moves_it_no_more(void **state)
{
    (void)state;
    static const double bent[COUNT] = {0.1, 0.2, 0.31, 0.38, 0.9, 0.52, 0.61, 0.68, 0.8};
    double even[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        even[i] = pow(10, 6 + (double)i / 2);
    struct curve_points points = {even, bent, NULL, COUNT};
    struct fit_options options = {.robust = true};
    struct fit *fit = fit_run(fit_model_find("log_linear"), &points, &options);
    struct fit_influence *influence = fit_influence_new(fit, &points, &options);
    assert_true(fit->robust_weights[4] < 0.01);
    assert_true(fabs(influence->points[4].largest_shift) < 1e-6);
    assert_true(fabs(influence->points[8].largest_shift) > 1e-3);
    assert_true(isnan(influence->points[4].dffits));
    fit_influence_free(influence);
    fit_free(fit);
}

static void test_what_cannot_be_refitted_has_no_fit_without_a_point(void **state)
{
    (void)state;
    enum { MANY = FIT_INFLUENCE_POINTS_MAX + 1 };
    double many_flops[MANY], many_means[MANY];
    for (size_t i = 0; i < MANY; i++) {
        many_flops[i] = 1e6 * pow(1.2, (double)i);
        many_means[i] = 0.3 + 0.01 * (double)(i % 5);
    }
    struct curve_points many = {many_flops, many_means, NULL, MANY}, few = {flops, means, NULL, 2};
    struct fit_options options = {0};
    struct fit *fit = fit_run(fit_model_find("log_linear"), &many, &options);
    struct fit_influence *influence = fit_influence_new(fit, &many, &options);
    assert_null(influence->points[0].without);
    assert_false(isnan(influence->points[0].cook)); /* needs no refit */
    fit_influence_free(influence);
    fit_free(fit);
    fit = fit_run(fit_model_find("log_linear"), &few, &options);
    influence = fit_influence_new(fit, &few, &options); /* one point makes no line */
    assert_null(influence->points[0].without);
    assert_true(isnan(influence->points[0].cook)); /* leverage 1 */
    fit_influence_free(influence);
    fit_free(fit);
    fit_influence_free(NULL);
}

static int set_up_gsl(void **state)
{
    (void)state;
    fit_setup();
    return 0;
}

/*
 * Held to what the fit is held to, as far as it reaches, although the smallest point is left out.
 */
static void test_a_refit_without_a_point_is_held_to_the_same_bound(void **state)
{
    (void)state;
    static const double low[COUNT] = {0.0033, 0.5, 0.6, 0.7, 0.72, 0.8, 0.9, 1, 1.1};
    struct curve_points points = {flops, low, NULL, COUNT};
    struct fit_options options = {.positive = true};
    struct fit *fit = fit_run(fit_model_find("log_linear"), &points, &options);
    struct fit_influence *influence = fit_influence_new(fit, &points, &options);
    for (size_t i = 0; i < COUNT; i++) {
        const struct fit *without = influence->points[i].without;
        assert_close(without->constraint.bound, fit->constraint.bound, 0);
        assert_true(fit_evaluate(without, flops[0]) > 0);
    }
    fit_influence_free(influence);
    fit_free(fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_of_a_line_the_measures_are_what_they_are_defined_as),
        cmocka_unit_test(test_errors_at_points_left_out_are_those_of_loo_rmse),
        cmocka_unit_test(test_a_sigmoid_without_a_point_is_looked_for_everywhere),
        cmocka_unit_test(test_the_largest_shift_is_where_the_curve_moves_most),
        cmocka_unit_test(test_what_a_robust_fit_silenced_moves_it_no_more),
        cmocka_unit_test(test_what_cannot_be_refitted_has_no_fit_without_a_point),
        cmocka_unit_test(test_a_refit_without_a_point_is_held_to_the_same_bound),
    };
    return cmocka_run_group_tests(tests, set_up_gsl, NULL);
}
