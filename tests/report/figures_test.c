/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of a fit: none without a value or a reason, and the reason is the right one. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "report/figures.h"

#define JETSON SOURCE_DIR "/hardware_registry/gpu/jetson_orin_agx/efficiency_curves.json"
#define SIGMOID_OPTIONS .model = fit_model_find("sigmoid")

enum { POINTS_MAX = 80 };

/* A curve of the test's own. */
struct made {
    struct data_point points[POINTS_MAX];
    double flops[POINTS_MAX], means[POINTS_MAX];
    struct calibration_curve curve;
};

static struct calibration_curve *make(struct made *made, double (*mean)(size_t), size_t count)
{
    *made = (struct made){0};
    for (size_t i = 0; i < count; i++) {
        made->flops[i] = 1e6 * pow(10, 4 * (double)i / (double)count);
        made->means[i] = mean(i);
        made->points[i] = (struct data_point){
            .flops = made->flops[i], .mean = made->means[i], .std = 0.01, .observations = 3};
    }
    made->curve = (struct calibration_curve){.name = (char *)"made",
                                             .points = made->points,
                                             .means = {made->flops, made->means, NULL, count},
                                             .min_flops = 1e6,
                                             .max_flops = 1e10};
    return &made->curve;
}

static double flat(size_t i)
{
    (void)i;
    return 0.5;
}

static double wavy(size_t i)
{
    return 0.5 + 0.3 * sin((double)i / 9) + 0.02 * ((double)(i * 7 % 11) - 5) / 5;
}

static double stepping(size_t i)
{
    return 0.8 / (1 + exp(3 - (double)i)) + (i % 2 ? 0.01 : -0.01);
}

static double falling(size_t i)
{
    return 0.9 - 0.1 * (double)i + (i % 2 ? 0.01 : -0.01);
}

static struct laboratory *fit_made(const struct calibration_curve *curve,
                                   struct laboratory_options options)
{
    struct laboratory *laboratory;
    assert_int_equal(laboratory_new(curve, &options, &laboratory, NULL), STATUS_OK);
    return laboratory;
}

static const struct figure *find(const struct figure *figures, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(figures[i].name, name) == 0)
            return &figures[i];
    fail_msg("no figure %s", name);
    return NULL;
}

/* The laboratory's only fit says this of a figure without a value. */
static void assert_reason(const struct calibration_curve *curve, struct laboratory_options options,
                          const char *name, const char *reason)
{
    struct figure figures[FIGURES_MAX];
    struct laboratory *laboratory = fit_made(curve, options);
    size_t count = figures_of_fit(laboratory, laboratory->fits[0], figures);
    const struct figure *figure = find(figures, count, name);
    if (!isnan(figure->value) || !strstr(figure->reason, reason))
        fail_msg("%s is %g: \"%s\", not \"%s\"", name, figure->value, figure->reason, reason);
    laboratory_free(laboratory);
}

static void test_a_breakpoint_on_every_point_explains_an_r_squared_of_1(void **state)
{
    (void)state;
    struct figure figures[FIGURES_MAX];
    struct calibration *measured;
    assert_int_equal(calibration_load(FIXTURES
                                      "/power_modes/cuda/orin_15w/bf16/efficiency_curves.json",
                                      &measured, NULL),
                     STATUS_OK);
    const struct calibration_curve *curve = calibration_find(measured, "unfused", NULL);
    struct readout readout = {curve, calibration_stored_curve(curve), TEXT_ASCII, NAN, 0};
    size_t count = figures_of_readout(&readout, NAN, figures);
    assert_string_equal(find(figures, count, "r_squared")->inputs,
                        "n = 9 points, each of which is a breakpoint: nothing is left over");
    assert_string_equal(find(figures, count, "stored r_squared")->inputs,
                        "perhaps of the raw observations that the points sum up");
    calibration_free(measured);
}

static void test_all_stretches_where_larger_is_faster_are_listed(void **state)
{
    (void)state;
    struct figure figures[FIGURES_MAX];
    struct made made;
    struct breakpoint saw[2 * (FIGURE_SPANS_MAX + 1)];
    for (size_t i = 0; i < sizeof saw / sizeof *saw; i++)
        saw[i] = (struct breakpoint){1e6 * pow(2, (double)i), i % 2 ? 1 : 0.01};
    struct readout readout = {make(&made, wavy, 3), {saw, 9}, TEXT_ASCII, NAN, 0};
    size_t count = figures_of_readout(&readout, NAN, figures);
    const struct figure *figure = find(figures, count, "falling latency");
    assert_true(figure->value == 4);
    assert_string_equal(figure->inputs, "1 M - 2 M, 4 M - 8 M, 16 M - 32 M, 64 M - 128 M");
    readout.curve.count = sizeof saw / sizeof *saw;
    count = figures_of_readout(&readout, NAN, figures); /* as many as have room */
    assert_non_null(strstr(find(figures, count, "falling latency")->inputs, " and 1 more"));
    readout.curve.count = 0;
    for (size_t i = figures_of_readout(&readout, NAN, figures); i-- > 0;)
        assert_string_not_equal(figures[i].name, "falling latency");
}

static void test_a_figure_has_a_value_or_a_reason_and_never_both(void **state)
{
    (void)state;
    struct calibration *calibration;
    size_t values = 0, reasons = 0;
    assert_int_equal(calibration_load(JETSON, &calibration, NULL), STATUS_OK);
    for (size_t c = 0; c < calibration->curve_count; c++)
        for (int bits = 0; bits < 16; bits++) {
            struct laboratory *laboratory =
                fit_made(&calibration->curves[c],
                         (struct laboratory_options){
                             .weights = bits & 1 ? LABORATORY_RELATIVE : LABORATORY_UNWEIGHTED,
                             .fit = {.robust = bits & 2, .floor = bits & 4, .monotone = bits & 8}});
            for (size_t i = 0; i < laboratory->fit_count; i++) {
                struct figure figures[FIGURES_MAX];
                size_t count = figures_of_fit(laboratory, laboratory->fits[i], figures);
                for (size_t j = 0; j < count; j++) {
                    if (isnan(figures[j].value) != (figures[j].reason[0] != '\0'))
                        fail_msg("%s of %s, options %d: %g, \"%s\"", figures[j].name,
                                 calibration->curves[c].name, bits, figures[j].value,
                                 figures[j].reason);
                    values += !isnan(figures[j].value);
                    reasons += isnan(figures[j].value);
                }
            }
            laboratory_free(laboratory);
        }
    calibration_free(calibration);
    printf("%zu figures with a value, %zu with a reason\n", values, reasons);
    assert_true(values > 0 && reasons > 0);
}

static void test_too_few_points_leave_nothing_to_estimate_the_error_from(void **state)
{
    (void)state;
    struct made made;
    struct laboratory_options sigmoid = {SIGMOID_OPTIONS};
    assert_reason(make(&made, stepping, 3), sigmoid, "standard_error",
                  "n - p is 0: nothing is left to estimate the error from");
    assert_reason(&made.curve, sigmoid, "loo_rmse", "n - p is 0");
    assert_reason(&made.curve, sigmoid, "confidence band", "n - p is 0");
    assert_reason(make(&made, stepping, 5), sigmoid, "aicc", "n - p - 2 is 0");
    assert_reason(make(&made, stepping, 4), sigmoid, "deleted residual", "n - p - 1 is 0");
    assert_reason(make(&made, stepping, 2), sigmoid, "aicc", "there is no fit: 2 points are too");
    assert_reason(&made.curve, sigmoid, "r_squared", "there is no fit: 2 points are too few");
}

static void test_robust_weights_take_what_rests_on_chance(void **state)
{
    (void)state;
    struct made made;
    struct laboratory_options robust = {SIGMOID_OPTIONS, .fit = {.robust = true}};
    make(&made, stepping, 12);
    static const char *const names[] = {"standard_error",     "aicc",
                                        "std error midpoint", "confidence band",
                                        "prediction band",    "deleted residual"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_reason(&made.curve, robust, names[i], "the weights come from the residuals: robust");
}

static void test_a_fit_that_is_held_says_so_of_what_rests_on_the_free_optimum(void **state)
{
    (void)state;
    struct made made;
    struct laboratory_options held = {.model = fit_model_find("log_linear"),
                                      .fit = {.monotone = true}};
    assert_reason(make(&made, falling, 6), held, "std error slope", "held to a constraint");
    assert_reason(&made.curve, held, "confidence band", "held to a constraint");
}

static void test_a_singular_covariance_is_told_with_what_was_not_observed(void **state)
{
    (void)state;
    struct made made;
    make(&made, flat, 8);
    assert_reason(&made.curve, (struct laboratory_options){SIGMOID_OPTIONS}, "r_squared",
                  "SS_tot is 0");
    assert_reason(&made.curve, (struct laboratory_options){SIGMOID_OPTIONS}, "std error midpoint",
                  "flat data does not have this parameter");
    assert_reason(&made.curve, (struct laboratory_options){SIGMOID_OPTIONS}, "confidence band",
                  "the covariance is singular: flat data has no steepness");
}

static void test_what_is_too_costly_or_unknowable_says_so(void **state)
{
    (void)state;
    struct made made;
    make(&made, wavy, 70);
    assert_reason(&made.curve, (struct laboratory_options){SIGMOID_OPTIONS}, "loo_rmse",
                  "not computed: more than 64 points");
    make(&made, stepping, 12);
    assert_reason(&made.curve,
                  (struct laboratory_options){SIGMOID_OPTIONS, .weights = LABORATORY_BY_STD},
                  "prediction band", "nothing says what a new point would weigh");
    assert_reason(&made.curve,
                  (struct laboratory_options){.model = fit_model_find("piecewise_linear")},
                  "std_errors", "breakpoints depend on each other");
}

static void test_the_error_of_a_parameter_is_not_taken_for_its_value(void **state)
{
    struct figure figures[FIGURES_MAX];
    struct laboratory *laboratory;
    struct laboratory_options options = {.model = fit_model_find("log_linear")};
    struct made made;
    (void)state;
    make(&made, stepping, 12);
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
    const struct fit *fit = laboratory->fits[0];
    const struct figure *figure = NULL;
    size_t count = figures_of_fit(laboratory, fit, figures);
    for (size_t i = 0; i < count; i++)
        if (strcmp(figures[i].name, "std error slope") == 0)
            figure = &figures[i];
    assert_non_null(figure);
    assert_true(figure->value == fit->std_errors[1]);
    char value[80];
    snprintf(value, sizeof value, "standard error of the slope, which is %.5g", fit->parameters[1]);
    assert_string_equal(figure->inputs, value);
    laboratory_free(laboratory);
}

/* Of a million points nobody asks for a covariance: the fit says so in a warning. */
static void test_a_covariance_left_out_for_cost_is_told_as_that(void **state)
{
    (void)state;
    struct made made;
    struct figure figures[FIGURES_MAX];
    static char warning[] = "leverages and bands not computed: too many points";
    char *warnings[] = {warning};
    struct laboratory *laboratory =
        fit_made(make(&made, stepping, 12), (struct laboratory_options){SIGMOID_OPTIONS});
    struct fit fit = *laboratory->fits[0];
    fit.covariance = NULL;
    fit.warnings = warnings;
    fit.warning_count = 1;
    size_t count = figures_of_fit(laboratory, &fit, figures);
    assert_string_equal(find(figures, count, "confidence band")->reason,
                        "too many points for a covariance");
    laboratory_free(laboratory);
}

static void test_a_stored_curve_has_residuals_but_no_parameters_to_count(void **state)
{
    (void)state;
    struct made made;
    struct figure figures[FIGURES_MAX];
    const struct breakpoint ends[] = {{1e6, 0.1}, {1e10, 0.8}};
    struct laboratory *laboratory =
        fit_made(make(&made, stepping, 12), (struct laboratory_options){SIGMOID_OPTIONS});
    size_t count = figures_of_curve(laboratory, &(struct curve){ends, 2}, figures);
    assert_false(isnan(find(figures, count, "residual_std")->value));
    assert_non_null(strstr(find(figures, count, "aicc")->reason, "was not fitted here"));
    count = figures_of_curve(laboratory, &(struct curve){ends, 0}, figures);
    assert_string_equal(find(figures, count, "r_squared")->reason, "the curve has no breakpoints");
    laboratory_free(laboratory);
}

static int set_up_gsl(void **state)
{
    (void)state;
    fit_setup();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_breakpoint_on_every_point_explains_an_r_squared_of_1),
        cmocka_unit_test(test_all_stretches_where_larger_is_faster_are_listed),
        cmocka_unit_test(test_a_figure_has_a_value_or_a_reason_and_never_both),
        cmocka_unit_test(test_too_few_points_leave_nothing_to_estimate_the_error_from),
        cmocka_unit_test(test_robust_weights_take_what_rests_on_chance),
        cmocka_unit_test(test_a_fit_that_is_held_says_so_of_what_rests_on_the_free_optimum),
        cmocka_unit_test(test_a_singular_covariance_is_told_with_what_was_not_observed),
        cmocka_unit_test(test_what_is_too_costly_or_unknowable_says_so),
        cmocka_unit_test(test_the_error_of_a_parameter_is_not_taken_for_its_value),
        cmocka_unit_test(test_a_covariance_left_out_for_cost_is_told_as_that),
        cmocka_unit_test(test_a_stored_curve_has_residuals_but_no_parameters_to_count),
    };
    return cmocka_run_group_tests(tests, set_up_gsl, NULL);
}
