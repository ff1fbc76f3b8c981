/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breakpoints: that the best positions are found, how many, and what is said where none are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "check.h"
#include "series.h"

static struct fit *run_piecewise(const double *flops, const double *means, const double *weights,
                                 size_t count, size_t breakpoints)
{
    struct curve_points points = {flops, means, weights, count};
    struct fit_options options = {.breakpoints = breakpoints};
    return fit_run(fit_model_find("piecewise_linear"), &points, &options);
}

/*
 * Expected values: scipy's Nelder-Mead over the knots' positions from the 12 best of all subsets of
 * 59 even positions and the points, heights by lstsq. Where a step leaves many best positions only
 * the SSE is compared (knots of 0).
 */
static void test_the_best_positions_are_those_of_a_fine_search(void **state)
{
    (void)state;
    static const struct {
        const double *flops, *means;
        size_t count, breakpoints;
        bool relative;
        double sse, knots[2];
    } rows[] = {
        {cpu_flops, cpu_means, 10, 3, false, 0.03826875052, {9e6}},
        {cpu_flops, cpu_means, 10, 4, false, 0.00811509489, {29296038, 1.7985455e8}},
        {cpu_flops, cpu_means, 10, 3, true, 0.1186821603, {9e6}},
        {cpu_flops, cpu_means, 10, 4, true, 0.08356590864, {26923112, 1.8900042e8}},
        {batchnorm_flops, batchnorm_means, 9, 3, false, 0.150387838, {4.3087752e8}},
        {batchnorm_flops, batchnorm_means, 9, 4, false, 0.02943523358, {0}},
        {batchnorm_flops, batchnorm_means, 9, 4, true, 0.0517264462, {56544086, 5e8}},
        {matmul_flops, matmul_means, 7, 3, false, 0.02190333088, {0}},
        {matmul_flops, matmul_means, 7, 4, false, 1.141628681e-4, {1.2470171e8, 1.1226485e9}},
        {matmul_flops, matmul_means, 7, 3, true, 0.02059196575, {72555429}},
        {wide_flops, wide_means, 8, 3, false, 1.602244128, {2.5653743e8}},
        {wide_flops, wide_means, 8, 4, false, 5.774614269e-4, {0}},
        {twice_flops, twice_means, 9, 3, false, 0.027185, {0}},
        {twice_flops, twice_means, 9, 3, true, 0.09768075855, {0}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        double weights[16];
        for (size_t j = 0; j < rows[i].count; j++)
            weights[j] = 1 / (rows[i].means[j] * rows[i].means[j]);
        struct fit *fit =
            run_piecewise(rows[i].flops, rows[i].means, rows[i].relative ? weights : NULL,
                          rows[i].count, rows[i].breakpoints);
        assert_int_equal(fit->breakpoint_count, rows[i].breakpoints);
        assert_near(fit->statistics.ss_res, rows[i].sse, 1e-8);
        for (size_t j = 0; rows[i].knots[0] > 0 && j + 2 < rows[i].breakpoints; j++)
            assert_near(fit->breakpoints[j + 1].flops, rows[i].knots[j], 1e-6);
        fit_free(fit);
    }
}

static double random_next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* SSE of the best heights for three given breakpoints: the fit with its knot fixed, by Cramer. */
static double sse_with_knot(const double *flops, const double *means, size_t count, double knot)
{
    double a[3][4] = {{0}};
    double low = log10(flops[0]);
    double high = log10(flops[count - 1]);
    for (size_t i = 0; i < count; i++) {
        double x = log10(flops[i]);
        double left = x < knot ? (x - low) / (knot - low) : 1 - (x - knot) / (high - knot);
        double hats[3] = {x < knot ? 1 - left : 0, left, x < knot ? 0 : 1 - left};
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++)
                a[r][c] += hats[r] * hats[c];
            a[r][3] += hats[r] * means[i];
        }
    }
    double sse = 0;
    for (size_t i = 0; i < count; i++)
        sse += means[i] * means[i];
    for (int i = 0; i < 3; i++) {
        sse -= a[i][3] * a[i][3] / a[i][i];
        for (int r = i + 1; r < 3; r++)
            for (int c = 3; c >= i; c--)
                a[r][c] -= a[r][i] / a[i][i] * a[i][c];
    }
    return sse;
}

static void test_no_position_on_a_fine_grid_beats_the_fit(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int trial = 0; trial < 200; trial++) {
        double flops[9];
        double means[9];
        double x = 5;
        for (size_t i = 0; i < 9; i++) {
            flops[i] = pow(10, x);
            means[i] = 0.1 + random_next(&seed);
            x += 0.1 + random_next(&seed);
        }
        struct fit *fit = run_piecewise(flops, means, NULL, 9, 3);
        double low = log10(flops[0]);
        double range = log10(flops[8]) - low;
        for (int i = 1; i < 400; i++)
            assert_true(sse_with_knot(flops, means, 9, low + range * i / 400) >
                        fit->statistics.ss_res * (1 - 1e-9));
        fit_free(fit);
    }
}

static void test_exact_data_gives_its_breakpoints_back(void **state)
{
    (void)state;
    static const struct breakpoint truth[] = {{1e6, 0.1}, {3.7e7, 0.15}, {2.1e8, 0.9}, {1e10, 1}};
    struct curve curve = {truth, COUNT(truth)};
    double flops[13];
    double means[13];
    for (size_t i = 0; i < 13; i++) {
        flops[i] = i == 12 ? 1e10 : 1e6 * pow(10, (double)i / 3);
        means[i] = curve_evaluate(&curve, flops[i]);
    }
    struct fit *fit = run_piecewise(flops, means, NULL, 13, 0);
    assert_int_equal(fit->status, FIT_OK);
    assert_int_equal(fit->breakpoint_count, COUNT(truth));
    for (size_t i = 0; i < COUNT(truth); i++) {
        assert_near(fit->breakpoints[i].flops, truth[i].flops, 1e-10);
        assert_near(fit->breakpoints[i].efficiency, truth[i].efficiency, 1e-10);
    }
    assert_true(isfinite(fit->aicc));
    fit_free(fit);
}

static void test_a_straight_line_needs_two_breakpoints(void **state)
{
    (void)state;
    double means[8];
    for (size_t i = 0; i < 8; i++)
        means[i] = 0.1 * log10(wide_flops[i]);
    struct fit *fit = run_piecewise(wide_flops, means, NULL, 8, 0);
    assert_int_equal(fit->breakpoint_count, 2);
    assert_near(fit->breakpoints[0].efficiency, 0.4, 1e-13);
    assert_near(fit->breakpoints[1].efficiency, 1.1, 1e-13);
    fit_free(fit);
}

static void test_the_chosen_number_has_the_lowest_aicc(void **state)
{
    (void)state;
    struct fit *chosen = run_piecewise(cpu_flops, cpu_means, NULL, 10, 0);
    for (size_t k = 2; k <= 4; k++) {
        struct fit *fit = run_piecewise(cpu_flops, cpu_means, NULL, 10, k);
        assert_true(chosen->aicc <= fit->aicc);
        fit_free(fit);
    }
    assert_int_equal(chosen->breakpoint_count, 3);
    fit_free(chosen);
}

static void test_a_step_is_followed_exactly(void **state)
{
    (void)state;
    static const double means[] = {0.1, 0.1, 0.1, 0.1, 0.8, 0.8, 0.8, 0.8};
    struct fit *fit = run_piecewise(wide_flops, means, NULL, 8, 4);
    assert_near(fit->statistics.ss_res, 0, 1e-25);
    assert_near(fit->breakpoints[1].flops, 1e7, 1e-12);
    assert_near(fit->breakpoints[2].flops, 1e8, 1e-12);
    fit_free(fit);
}

static void test_as_many_parameters_as_points_is_not_believed(void **state)
{
    (void)state;
    struct fit *fit = run_piecewise(wide_flops, wide_means, NULL, 4, 3);
    assert_int_equal(fit->status, FIT_UNIDENTIFIED);
    assert_int_equal(fit->p, 4);
    assert_true(has_warning(fit, "as many parameters as points: it goes through all of them"));
    assert_true(isnan(fit->standard_error) && isnan(fit->loo_rmse));
    fit_free(fit);
    fit = run_piecewise(wide_flops, wide_means, NULL, 3, 3);
    assert_int_equal(fit->status, FIT_TOO_FEW_POINTS);
    assert_null(fit->breakpoints);
    fit_free(fit);
}

static void test_every_number_of_breakpoints_is_in_the_table(void **state)
{
    (void)state;
    const double flops[] = {1e6, 3e6, 1e7, 3e7, 1e8, 3e8, 1e9, 3e9, 1e10};
    const double means[] = {0.05, 0.06, 0.2, 0.31, 0.45, 0.5, 0.52, 0.5, 0.51};
    struct curve_points points = {flops, means, NULL, COUNT(flops)};
    struct fit *chosen = fit_run(fit_model_find("piecewise_linear"), &points, NULL);
    assert_int_equal(chosen->choice_count,
                     4); /* 2 to 5: at 6 there are more parameters than points */
    for (size_t i = 0; i < chosen->choice_count; i++) {
        struct fit_options options = {.breakpoints = 2 + i};
        struct fit *fit = fit_run(fit_model_find("piecewise_linear"), &points, &options);
        assert_int_equal(chosen->choices[i].breakpoints, 2 + i);
        assert_near(chosen->choices[i].sse, fit->statistics.ss_res, 1e-9);
        assert_near(chosen->choices[i].aicc, fit->aicc, 1e-9);
        assert_false(chosen->choices[i].aicc < chosen->aicc);
        assert_int_equal(fit->choice_count, chosen->choice_count);
        fit_free(fit);
    }
    fit_free(chosen);
}

static void test_duplicate_sizes_count_once_for_positions(void **state)
{
    (void)state;
    struct fit *fit = run_piecewise(twice_flops, twice_means, NULL, 9, 4);
    assert_int_equal(fit->status, FIT_UNIDENTIFIED);
    assert_true(has_warning(fit, "6 parameters but only 5 different sizes"));
    fit_free(fit);
    static const double two_sizes[] = {1e6, 1e6, 1e6, 1e7, 1e7, 1e7};
    fit = run_piecewise(two_sizes, twice_means, NULL, 6, 3);
    assert_int_equal(fit->status, FIT_FAILED);
    assert_null(fit->breakpoints);
    fit_free(fit);
}

static void test_impossible_numbers_of_breakpoints_are_refused(void **state)
{
    (void)state;
    struct fit *fit = run_piecewise(cpu_flops, cpu_means, NULL, 10, 1);
    assert_int_equal(fit->status, FIT_FAILED);
    assert_true(has_warning(fit, "from 2 to 64"));
    fit_free(fit);
}

static void test_a_curve_below_zero_says_where_it_gets_there(void **state)
{
    (void)state;
    struct fit *fit = run_piecewise(wide_flops, wide_means, NULL, 8, 3);
    assert_true(has_warning(fit, "crosses zero at 94.09 k"));
    assert_near(fit_evaluate(fit, 9.40896e4), 0, 1e-5);
    fit_free(fit);
}

static void test_unsorted_points_give_the_same_curve(void **state)
{
    (void)state;
    double flops[10];
    double means[10];
    shuffle(cpu_flops, flops);
    shuffle(cpu_means, means);
    struct fit *fit = run_piecewise(flops, means, NULL, 10, 3);
    assert_near(fit->statistics.ss_res, 0.03826875052, 1e-9);
    assert_near(fit->residuals[0], means[0] - fit_evaluate(fit, flops[0]), 0);
    fit_free(fit);
}

static void test_left_out_errors_come_from_refitting_positions_too(void **state)
{
    (void)state;
    struct fit *fit = run_piecewise(cpu_flops, cpu_means, NULL, 10, 3);
    double sum = 0;
    for (size_t i = 0; i < 10; i++) {
        double flops[9];
        double means[9];
        for (size_t j = 0, k = 0; j < 10; j++)
            if (j != i) {
                flops[k] = cpu_flops[j];
                means[k++] = cpu_means[j];
            }
        struct fit *others = run_piecewise(flops, means, NULL, 9, 3);
        sum += pow(cpu_means[i] - fit_evaluate(others, cpu_flops[i]), 2);
        fit_free(others);
    }
    assert_near(fit->loo_rmse, sqrt(sum / 10), 1e-9);
    fit_free(fit);
}

static void test_many_points_are_searched_in_part_and_that_is_said(void **state)
{
    (void)state;
    enum { MANY = 3000 };
    static const struct breakpoint truth[] = {{1e5, 0.1}, {1e8, 0.3}, {1e9, 1}, {1e11, 1.1}};
    struct curve curve = {truth, COUNT(truth)};
    static double flops[MANY];
    static double means[MANY];
    uint64_t seed = 3;
    for (size_t i = 0; i < MANY; i++) {
        flops[i] = pow(10, 5 + 6.0 * (double)i / (MANY - 1));
        means[i] = curve_evaluate(&curve, flops[i]) + 0.02 * (random_next(&seed) - 0.5);
    }
    struct fit *fit = run_piecewise(flops, means, NULL, MANY, 4);
    assert_int_equal(fit->status, FIT_OK);
    assert_true(fit->statistics.r_squared > 0.995);
    assert_true(has_warning(fit, "only"));
    assert_true(has_warning(fit, "left-out error not computed"));
    assert_true(isnan(fit->loo_rmse));
    fit_free(fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_best_positions_are_those_of_a_fine_search),
        cmocka_unit_test(test_no_position_on_a_fine_grid_beats_the_fit),
        cmocka_unit_test(test_exact_data_gives_its_breakpoints_back),
        cmocka_unit_test(test_a_straight_line_needs_two_breakpoints),
        cmocka_unit_test(test_the_chosen_number_has_the_lowest_aicc),
        cmocka_unit_test(test_a_step_is_followed_exactly),
        cmocka_unit_test(test_as_many_parameters_as_points_is_not_believed),
        cmocka_unit_test(test_every_number_of_breakpoints_is_in_the_table),
        cmocka_unit_test(test_duplicate_sizes_count_once_for_positions),
        cmocka_unit_test(test_impossible_numbers_of_breakpoints_are_refused),
        cmocka_unit_test(test_a_curve_below_zero_says_where_it_gets_there),
        cmocka_unit_test(test_unsorted_points_give_the_same_curve),
        cmocka_unit_test(test_left_out_errors_come_from_refitting_positions_too),
        cmocka_unit_test(test_many_points_are_searched_in_part_and_that_is_said),
    };
    return cmocka_run_group_tests(tests, setup_fit, NULL);
}
