/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sigmoid: certified and real problems, and whether it knows when it is not identified. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "check.h"
#include "fit/sigmoid.h"
#include "series.h"

static struct fit *run_sigmoid(const double *flops, const double *means, size_t count,
                               bool relative, bool floor)
{
    double weights[64];
    for (size_t i = 0; i < count; i++)
        weights[i] = 1 / (means[i] * means[i]);
    struct curve_points points = {flops, means, relative ? weights : NULL, count};
    struct fit_options options = {.floor = floor};
    return fit_run(fit_model_find("sigmoid"), &points, &options);
}

/*
 * Expected values: Gauss-Newton in extended precision from the best of 54 starts of scipy's
 * least_squares; standard errors from the inverse of J'WJ times SSE/(n - p).
 */
static const struct problem {
    const char *name;
    const double *flops, *means;
    size_t count;
    bool relative, floor;
    enum fit_status status;
    double parameters[4], std_errors[4], sse;
} problems[] = {
    {"cpu generic",
     cpu_flops,
     cpu_means,
     10,
     false,
     false,
     FIT_OK,
     {1.4120687959313, 1.5530272512684, 7.9640043458125},
     {0.40094742248191, 0.4228298464795, 0.42522921631868},
     5.6444954787566e-02},
    {"cpu generic, floor",
     cpu_flops,
     cpu_means,
     10,
     false,
     true,
     FIT_OK,
     {0.86571409225775, 4.6586171546951, 7.8458219767725, 0.17658446721757},
     {0.060087674748318, 1.03615599511, 0.044985282216291, 0.022730430048179},
     1.2773920939364e-02},
    {"cpu generic, relative, floor",
     cpu_flops,
     cpu_means,
     10,
     true,
     true,
     FIT_OK,
     {0.96598361571457, 3.2649346467772, 7.8834081103628, 0.1531154441361},
     {0.16599806362729, 0.68638341080252, 0.13819658471365, 0.014127605419681},
     9.9689415207931e-02},
    {"conv2d_batchnorm",
     batchnorm_flops,
     batchnorm_means,
     9,
     false,
     false,
     FIT_OK,
     {6.4796186968928, 2.6254462851697, 9.2411073177338},
     {1.302445447037, 0.55186384553222, 0.20395286603454},
     0.33923366356258},
    {"conv2d_batchnorm, floor",
     batchnorm_flops,
     batchnorm_means,
     9,
     false,
     true,
     FIT_OK,
     {5.0599456274558, 3.977522472158, 9.0869600836475, 0.23783758029519},
     {0.63492632427047, 1.1544012310966, 0.093780513440032, 0.14622134123904},
     0.26884720988702},
    {"conv2d_batchnorm, relative",
     batchnorm_flops,
     batchnorm_means,
     9,
     true,
     false,
     FIT_UNIDENTIFIED,
     {55.785837575669, 1.6605204922066, 11.06884148278},
     {231.69532921932, 0.17101553626455, 2.806332283079},
     0.27442272831567},
    {"matmul",
     matmul_flops,
     matmul_means,
     7,
     false,
     false,
     FIT_OK,
     {1.6987136423665, 1.476036098835, 8.6088302616614},
     {0.11382736415246, 0.18805402550925, 0.12315895832974},
     1.0785203683119e-02},
    {"matmul, relative",
     matmul_flops,
     matmul_means,
     7,
     true,
     false,
     FIT_OK,
     {2.044149509628, 1.149527573656, 8.9907982858895},
     {0.34034000202247, 0.1259982835805, 0.3210132467588},
     2.912636673521e-02},
    {"matmul, relative, floor",
     matmul_flops,
     matmul_means,
     7,
     true,
     true,
     FIT_OK,
     {1.4513972193927, 1.9465820225057, 8.6639782057062, 0.14688344281682},
     {0.095453322375496, 0.21007994841222, 0.071469732015883, 0.021244718766158},
     5.0897978950886e-03},
    {"wide",
     wide_flops,
     wide_means,
     8,
     false,
     false,
     FIT_OK,
     {5.6322376171713, 3.4110427946284, 9.4864061472852},
     {2.40207846817e-3, 5.0549675204495e-3, 8.0671119572578e-4},
     2.446370896869e-05},
    {"wide, relative",
     wide_flops,
     wide_means,
     8,
     true,
     false,
     FIT_OK,
     {5.6811612507828, 3.2232339913661, 9.5052595833774},
     {0.47756683273209, 0.025827146342122, 0.042551616144623},
     5.7588269258756e-02},
    {"duplicate sizes",
     twice_flops,
     twice_means,
     9,
     false,
     false,
     FIT_OK,
     {0.88837692547967, 1.4705713086049, 7.7505569192696},
     {0.046928156787527, 0.1851971185011, 0.11852445536929},
     9.1885928970679e-03},
    {"duplicate sizes, floor",
     twice_flops,
     twice_means,
     9,
     false,
     true,
     FIT_OK,
     {0.73933707918483, 2.2210003628372, 7.8595611536856, 0.098790979335613},
     {0.030106291253243, 0.25417823622506, 0.047142756860834, 0.017937063852084},
     1.959049502716e-03},
};

static void test_known_problems_come_out_to_nine_digits(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(problems); i++) {
        const struct problem *problem = &problems[i];
        struct fit *fit = run_sigmoid(problem->flops, problem->means, problem->count,
                                      problem->relative, problem->floor);
        print_message("%s\n", problem->name);
        assert_int_equal(fit->status, problem->status);
        assert_int_equal(fit->parameter_count, problem->floor ? 4 : 3);
        for (size_t j = 0; j < fit->parameter_count; j++) {
            assert_near(fit->parameters[j], problem->parameters[j], 1e-9);
            assert_near(fit->std_errors[j], problem->std_errors[j], 1e-8);
        }
        assert_near(fit->statistics.ss_res, problem->sse, 1e-10);
        fit_free(fit);
    }
}

/*
 * NIST StRD, nonlinear regression, "Rat42" (Ratkowsky 1983, pasture yield): b1/(1 + exp(b2 - b3 x))
 * is the sigmoid with steepness b3 and midpoint b2/b3. Its x is days up to 79: x / 10 is used.
 */
static void test_the_certified_sigmoid_comes_out_to_nine_digits(void **state)
{
    (void)state;
    static const double days[] = {9, 14, 21, 28, 42, 57, 63, 70, 79};
    static const double yields[] = {8.93, 10.8, 18.59, 22.33, 39.35, 56.11, 61.73, 64.62, 67.08};
    double flops[COUNT(days)];
    for (size_t i = 0; i < COUNT(days); i++)
        flops[i] = pow(10, days[i] / 10);
    struct fit *fit = run_sigmoid(flops, yields, COUNT(days), false, false);
    assert_int_equal(fit->status, FIT_OK);
    assert_near(fit->parameters[0], 7.2462237576E+01, 1e-10);
    assert_near(fit->parameters[1], 6.7359200066E-01, 1e-10);
    assert_near(fit->parameters[2], 2.6180768402E+00 / 6.7359200066E-01, 1e-10);
    assert_near(fit->std_errors[0], 1.7340283401E+00, 1e-9);
    assert_near(fit->std_errors[1], 3.4465663377E-02, 1e-9);
    assert_near(fit->statistics.ss_res, 8.0565229338E+00, 1e-10);
    assert_near(fit->standard_error, 1.1587725499E+00, 1e-10);
    fit_free(fit);
}

/* Rat42 again, as published: in days, and from both of its certified starts. */
static void test_a_descent_ends_at_the_certified_sigmoid_from_both_starts(void **state)
{
    (void)state;
    static const double days[] = {9, 14, 21, 28, 42, 57, 63, 70, 79};
    static const double yields[] = {8.93, 10.8, 18.59, 22.33, 39.35, 56.11, 61.73, 64.62, 67.08};
    static const double ones[] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    const struct sigmoid_problem problem = {COUNT(days), days, yields, ones, false};
    double starts[][SIGMOID_PARAMETERS] = {{100, 0.1, 1 / 0.1}, {75, 0.07, 2.5 / 0.07}};
    for (size_t i = 0; i < COUNT(starts); i++) {
        assert_near(sigmoid_descend(&problem, 100, starts[i]), 8.0565229338E+00, 1e-10);
        assert_near(starts[i][SIGMOID_PLATEAU], 7.2462237576E+01, 1e-8);
        assert_near(starts[i][SIGMOID_STEEPNESS], 6.7359200066E-02, 1e-8);
        assert_near(starts[i][SIGMOID_MIDPOINT], 2.6180768402E+00 / 6.7359200066E-02, 1e-8);
        assert_true(starts[i][SIGMOID_FLOOR] == 0);
    }
}

/* From a flat line nothing says which way to turn; from no number at all there is no way. */
static void test_a_descent_from_nowhere_comes_back(void **state)
{
    (void)state;
    static const double x[] = {5, 6, 7, 8, 9}, y[] = {0.1, 0.2, 0.5, 0.8, 0.9};
    static const double ones[] = {1, 1, 1, 1, 1};
    const struct sigmoid_problem problem = {COUNT(x), x, y, ones, false};
    double flat[SIGMOID_PARAMETERS] = {0}, far[SIGMOID_PARAMETERS] = {1, 1e300, 8.5, 0};
    double none[SIGMOID_PARAMETERS] = {INFINITY, 1, 7, 0};
    double before = sigmoid_sse(&problem, flat);
    assert_true(sigmoid_descend(&problem, 100, flat) < before);
    before = sigmoid_sse(&problem, far);
    assert_true(sigmoid_descend(&problem, 100, far) <= before);
    assert_true(isinf(sigmoid_descend(&problem, 100, none)));
    assert_true(isinf(none[SIGMOID_PLATEAU]));
}

static void test_the_gradient_is_that_of_the_value(void **state)
{
    (void)state;
    static const double sets[][SIGMOID_PARAMETERS] = {
        {1.2, 2.5, 8, 0}, {0.3, -4, 7.5, 0.1}, {5, 0.4, 12, -0.2}, {1, 19, 8.01, 0}};
    for (size_t i = 0; i < COUNT(sets); i++)
        for (double x = 5; x < 11; x += 0.37) {
            double gradient[SIGMOID_PARAMETERS];
            sigmoid_gradient(sets[i], x, gradient);
            for (size_t j = 0; j < SIGMOID_PARAMETERS; j++) {
                const double step = 1e-5;
                double above[SIGMOID_PARAMETERS];
                double below[SIGMOID_PARAMETERS];
                memcpy(above, sets[i], sizeof above);
                memcpy(below, sets[i], sizeof below);
                above[j] += step;
                below[j] -= step;
                double difference =
                    (sigmoid_value(above, x) - sigmoid_value(below, x)) / (2 * step);
                if (fabs(gradient[j] - difference) > 1e-6 * (1 + fabs(difference)))
                    fail_msg("parameter %zu at %g: %g, not %g", j, x, gradient[j], difference);
            }
        }
}

static void test_far_from_the_midpoint_nothing_overflows(void **state)
{
    (void)state;
    static const double steep[SIGMOID_PARAMETERS] = {2, 1e6, 8, 0};
    double gradient[SIGMOID_PARAMETERS];
    assert_true(sigmoid_value(steep, -300) == 0);
    assert_true(sigmoid_value(steep, 300) == 2);
    sigmoid_gradient(steep, 300, gradient);
    assert_true(gradient[SIGMOID_PLATEAU] == 1 && gradient[SIGMOID_STEEPNESS] == 0);
}

static void fill_exact(const double parameters[SIGMOID_PARAMETERS], size_t count, double *flops,
                       double *means)
{
    for (size_t i = 0; i < count; i++) {
        double x = 6 + 4 * (double)i / (double)(count - 1);
        flops[i] = pow(10, x);
        means[i] = sigmoid_value(parameters, x);
    }
}

static void test_exact_data_gives_its_parameters_back(void **state)
{
    (void)state;
    static const double truth[SIGMOID_PARAMETERS] = {0.9, 2.2, 8.1, 0};
    double flops[8];
    double means[8];
    fill_exact(truth, 8, flops, means);
    struct fit *fit = run_sigmoid(flops, means, 8, false, false);
    assert_int_equal(fit->status, FIT_OK);
    for (size_t j = 0; j < 3; j++)
        assert_near(fit->parameters[j], truth[j], 1e-12);
    assert_true(isfinite(fit->aicc));
    assert_near(fit->loo_rmse, 0, 1e-9);
    fit_free(fit);
}

static void test_points_in_any_order_give_the_same_fit(void **state)
{
    (void)state;
    double flops[10];
    double means[10];
    shuffle(cpu_flops, flops);
    shuffle(cpu_means, means);
    struct fit *fit = run_sigmoid(flops, means, 10, false, false);
    for (size_t j = 0; j < 3; j++)
        assert_near(fit->parameters[j], problems[0].parameters[j], 1e-9);
    fit_free(fit);
}

static void check_unidentified(const double *flops, const double *means, size_t count,
                               const char *reason)
{
    struct fit *fit = run_sigmoid(flops, means, count, false, false);
    if (fit->status != FIT_UNIDENTIFIED || !has_warning(fit, reason))
        fail_msg("%s: %s", fit_status_name(fit->status),
                 fit->warning_count ? fit->warnings[0] : "no warning");
    assert_int_equal(fit->parameter_count, 3);
    fit_free(fit);
}

/*
 * Next to nothing but noise about 0.245: the best curve with a floor is a plateau of 1e16 less as
 * much. Written with a positive plateau it would be another curve, a thousand times as far off as
 * the mean.
 */
static void test_a_floor_that_cancels_its_plateau_stays_the_best_curve(void **state)
{
    (void)state;
    static const double flops[] = {2286708.2378452383, 4836192.719545223, 9222045.357918039,
                                   11283175.327495418, 49688480.96740705, 542897284.9942334,
                                   23208994184.68427,  40743708030.3249,  46846847405.64052,
                                   48237202472.016365};
    static const double means[] = {0.24931344148671674, 0.23873319036739007, 0.2512673457068329,
                                   0.24063399849062886, 0.25203923266997047, 0.23872217312426727,
                                   0.23585199356807027, 0.2480628946906153,  0.24734189260257805,
                                   0.23366780416352606};
    struct fit *fit = run_sigmoid(flops, means, COUNT(flops), false, true);
    assert_int_equal(fit->status, FIT_UNIDENTIFIED);
    assert_true(fit->statistics.ss_res < 3.1e-4);
    assert_true(fit->statistics.r_squared > 0);
    fit_free(fit);
}

static void test_a_power_law_never_shows_saturation(void **state)
{
    (void)state;
    double means[8];
    for (size_t i = 0; i < 8; i++)
        means[i] = 1e-4 * pow(wide_flops[i] / 1e4, 0.5);
    check_unidentified(wide_flops, means, 8, "saturation not observed (the midpoint ");
    check_unidentified(wide_flops, means, 8, " lies beyond the last point at 11)");
}

/* The last point, which weighs next to nothing, is lower than the curve through the others. */
static void test_a_plateau_far_above_the_points_is_named_with_both_values(void **state)
{
    (void)state;
    double flops[11], means[11], weights[11];
    for (size_t i = 0; i < 11; i++) {
        double x = 4 + 0.5 * (double)i;
        flops[i] = pow(10, x);
        means[i] = i < 10 ? 1 / (1 + exp(-1.5 * (x - 8.95))) : 0.45;
        weights[i] = i < 10 ? 1 : 1e-9;
    }
    struct fit *fit = run("sigmoid", flops, means, weights, 11);
    assert_true(has_warning(fit, "saturation not observed (the plateau 1 is more than twice the "
                                 "largest efficiency 0.45)"));
    fit_free(fit);
}

static void test_a_step_between_two_points_is_named(void **state)
{
    (void)state;
    static const double means[] = {0.1e-3, 0.1e-3, 0.1e-3, 0.1e-3, 1, 1.01, 0.99, 1};
    check_unidentified(wide_flops, means, 8, "a step between two points (steepness ");
    check_unidentified(wide_flops, means, 8, " per decade is above 20)");
}

static void test_falling_efficiency_is_named(void **state)
{
    (void)state;
    static const double means[] = {0.9, 0.88, 0.8, 0.6, 0.3, 0.1, 0.04, 0.01};
    check_unidentified(wide_flops, means, 8, "does not rise with size (steepness -1.");
    check_unidentified(wide_flops, means, 8, " is not above 0)");
}

/* Three points that no sigmoid of a floor of 0 goes through: it falls, then rises. */
static void test_three_points_that_are_not_gone_through_are_not_said_to_be(void **state)
{
    (void)state;
    static const double flops[] = {1e6, 1e7, 1e8}, means[] = {0.3, 0.1, 0.5};
    struct fit *fit = run_sigmoid(flops, means, 3, false, false);
    assert_true(has_warning(fit, "as many parameters as points"));
    assert_false(has_warning(fit, "goes through all"));
    fit_free(fit);
}

static void test_three_points_are_gone_through_and_not_believed(void **state)
{
    (void)state;
    static const double means[] = {0.1, 0.5, 0.8};
    check_unidentified(wide_flops, means, 3, "as many parameters as points");
}

static void test_flat_data_is_all_plateau(void **state)
{
    (void)state;
    static const double means[] = {0.03, 0.03, 0.03, 0.03, 0.03};
    struct fit *fit = run_sigmoid(wide_flops, means, 5, false, false);
    assert_int_equal(fit->status, FIT_UNIDENTIFIED);
    assert_near(fit->parameters[0], 0.03, 0);
    assert_true(isnan(fit->parameters[1]) && isnan(fit->parameters[2]));
    assert_near(fit_evaluate(fit, 1e7), 0.03, 0);
    assert_true(isnan(fit->statistics.r_squared));
    assert_true(has_warning(fit, "flat data"));
    fit_free(fit);
}

static void test_tiny_efficiencies_fit_as_well_as_large_ones(void **state)
{
    (void)state;
    double means[10];
    for (size_t i = 0; i < 10; i++)
        means[i] = cpu_means[i] * 1e-7;
    struct fit *fit = run_sigmoid(cpu_flops, means, 10, false, false);
    assert_int_equal(fit->status, FIT_OK);
    assert_near(fit->parameters[0], 1.4120687959313e-7, 1e-9);
    assert_near(fit->parameters[1], 1.5530272512684, 1e-9);
    assert_near(fit->std_errors[0], 0.40094742248191e-7, 1e-8);
    fit_free(fit);
}

static double uniform(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return ((double)(*seed >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(uint64_t *seed)
{
    return sqrt(-2 * log(uniform(seed))) * cos(2 * acos(-1) * uniform(seed));
}

/* Fits one curve of 8 points with 5 % noise: saturated within 5 % by its end, or a power law. */
static bool generated_curve_is_ok(uint64_t *seed, bool saturated)
{
    double flops[8];
    double means[8];
    double first = 5 + uniform(seed);
    double range = 2.5 + 2 * uniform(seed);
    double truth[SIGMOID_PARAMETERS] = {0.3};
    do {
        truth[SIGMOID_STEEPNESS] = 1.2 + 3 * uniform(seed);
        truth[SIGMOID_MIDPOINT] = first + range * (0.2 + 0.6 * uniform(seed));
    } while (truth[SIGMOID_STEEPNESS] * (first + range - truth[SIGMOID_MIDPOINT]) < log(19));
    double exponent = 0.3 + 0.6 * uniform(seed);
    for (size_t i = 0; i < 8; i++) {
        double x = first + range * (double)i / 7;
        double value = saturated ? sigmoid_value(truth, x) : 1e-4 * pow(10, exponent * (x - first));
        flops[i] = pow(10, x);
        means[i] = value * (1 + 0.05 * normal(seed));
    }
    struct fit *fit = run_sigmoid(flops, means, 8, false, false);
    bool ok = fit->status == FIT_OK;
    fit_free(fit);
    return ok;
}

static void test_generated_curves_are_rarely_judged_wrong(void **state)
{
    (void)state;
    enum { CURVES = 400 };
    uint64_t seed = 5;
    int false_ok = 0;
    int false_unidentified = 0;
    for (int i = 0; i < CURVES; i++) {
        false_unidentified += !generated_curve_is_ok(&seed, true);
        false_ok += generated_curve_is_ok(&seed, false);
    }
    print_message("of %d each: %d saturated curves not ok, %d power laws ok\n", CURVES,
                  false_unidentified, false_ok);
    assert_true(false_ok <= CURVES / 100);
    assert_true(false_unidentified <= CURVES / 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_problems_come_out_to_nine_digits),
        cmocka_unit_test(test_the_certified_sigmoid_comes_out_to_nine_digits),
        cmocka_unit_test(test_a_descent_ends_at_the_certified_sigmoid_from_both_starts),
        cmocka_unit_test(test_a_descent_from_nowhere_comes_back),
        cmocka_unit_test(test_the_gradient_is_that_of_the_value),
        cmocka_unit_test(test_far_from_the_midpoint_nothing_overflows),
        cmocka_unit_test(test_exact_data_gives_its_parameters_back),
        cmocka_unit_test(test_points_in_any_order_give_the_same_fit),
        cmocka_unit_test(test_a_floor_that_cancels_its_plateau_stays_the_best_curve),
        cmocka_unit_test(test_a_power_law_never_shows_saturation),
        cmocka_unit_test(test_a_plateau_far_above_the_points_is_named_with_both_values),
        cmocka_unit_test(test_a_step_between_two_points_is_named),
        cmocka_unit_test(test_falling_efficiency_is_named),
        cmocka_unit_test(test_three_points_that_are_not_gone_through_are_not_said_to_be),
        cmocka_unit_test(test_three_points_are_gone_through_and_not_believed),
        cmocka_unit_test(test_flat_data_is_all_plateau),
        cmocka_unit_test(test_tiny_efficiencies_fit_as_well_as_large_ones),
        cmocka_unit_test(test_generated_curves_are_rarely_judged_wrong),
    };
    return cmocka_run_group_tests(tests, setup_fit, NULL);
}
