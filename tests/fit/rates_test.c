/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often the fits are wrong about curves whose truth is known, counted over many generated ones:
 * CALSCOPE_TEST_CURVES of each kind. With fewer than 10,000 the bars are three standard errors
 * wider.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "check.h"

enum { POINTS = 8, POINTS_MAX = 16, FULL = 10000, USUAL = 600 };

/* xorshift64: the same curves on every machine. */
static double uniform(void)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(state >> 11) / 9007199254740992.0;
}

static double normal(void)
{
    double radius = sqrt(-2 * log(1 - uniform()));
    return radius * cos(6.283185307179586 * uniform());
}

static size_t curves(void)
{
    const char *asked = getenv("CALSCOPE_TEST_CURVES");
    return asked ? strtoul(asked, NULL, 10) : USUAL;
}

/* What a share may stray from its bar by chance: nothing at the full count. */
static double slack(double share, size_t count)
{
    return count >= FULL ? 0 : 3 * sqrt(share * (1 - share) / (double)count);
}

struct curve_data {
    double flops[POINTS_MAX], means[POINTS_MAX], weights[POINTS_MAX];
    size_t count;
};

/* A sigmoid whose plateau is reached within 5 % by the last of 8 points. */
static double saturated(double x, double first, double span, const double draw[3])
{
    double midpoint = first + span * (0.3 + 0.3 * draw[0]);
    double least = log(19) / (first + span - midpoint);
    return (0.1 + 2 * draw[1]) / (1 + exp(-least * (1 + draw[2]) * (x - midpoint)));
}

/* Efficiency proportional to FLOPs^b, b from 0.3 to 1: it never saturates. */
static double power_law(double x, double first, double span, const double draw[3])
{
    (void)span;
    return 0.01 * (1 + draw[1]) * pow(10, (0.3 + 0.7 * draw[0]) * (x - first));
}

/* Eight points over two to four decades, with 5 % noise. */
static void draw_curve(double (*truth)(double, double, double, const double[3]),
                       struct curve_data *data)
{
    double first = 5 + 2 * uniform(), span = 2 + 2 * uniform();
    double draw[3] = {uniform(), uniform(), uniform()};
    data->count = POINTS;
    for (size_t i = 0; i < POINTS; i++) {
        double x = first + span * (double)i / (POINTS - 1);
        data->flops[i] = pow(10, x);
        data->means[i] = truth(x, first, span, draw) * (1 + 0.05 * normal());
    }
}

static size_t count_status(double (*truth)(double, double, double, const double[3]),
                           enum fit_status wrong)
{
    size_t count = 0;
    for (size_t i = 0; i < curves(); i++) {
        struct curve_data data;
        draw_curve(truth, &data);
        struct fit *fit = run("sigmoid", data.flops, data.means, NULL, data.count);
        count += fit->status == wrong;
        fit_free(fit);
    }
    return count;
}

static void assert_rare(const char *what, size_t wrong)
{
    double share = (double)wrong / (double)curves();
    printf("%s: %zu of %zu (%.2f %%)\n", what, wrong, curves(), 100 * share);
    assert_true(share <= 0.01 + slack(0.01, curves()));
}

static void test_a_sigmoid_is_seldom_wrong_about_what_the_points_tell(void **state)
{
    (void)state;
    assert_rare("saturated, said to be unidentified", count_status(saturated, FIT_UNIDENTIFIED));
    assert_rare("never saturating, said to be ok", count_status(power_law, FIT_OK));
}

/* A model whose parameters are known, over points with noise of a known kind. */
struct problem {
    const char *name, *model;
    double (*value)(const double *parameters, double x);
    double parameters[3];
    size_t parameter_count, points;
    double noise;  /* standard deviation: of efficiency, or a share of it */
    bool relative; /* then the weights are 1/std^2 */
};

static double line(const double *parameters, double x)
{
    return parameters[0] + parameters[1] * x;
}

static double sigmoid(const double *parameters, double x)
{
    return parameters[0] / (1 + exp(-parameters[1] * (x - parameters[2])));
}

static const struct problem problems[] = {
    {"line", "log_linear", line, {-1, 0.2}, 2, 8, 0.02, false},
    {"line, weighted", "log_linear", line, {-1, 0.2}, 2, 8, 0.05, true},
    {"sigmoid", "sigmoid", sigmoid, {0.8, 2, 7}, 3, 12, 0.01, false},
    {"sigmoid, weighted", "sigmoid", sigmoid, {0.8, 2, 7}, 3, 12, 0.02, true},
};

static void draw_problem(const struct problem *problem, struct curve_data *data)
{
    data->count = problem->points;
    for (size_t i = 0; i < data->count; i++) {
        double x = 5.5 + 3.5 * (double)i / (double)(data->count - 1);
        double truth = problem->value(problem->parameters, x);
        double std = problem->noise * (problem->relative ? truth : 1);
        data->flops[i] = pow(10, x);
        data->means[i] = truth + std * normal();
        data->weights[i] = 1 / (std * std);
    }
}

/* How often each parameter's interval holds the truth. */
static void count_covered(const struct problem *problem, size_t covered[3])
{
    for (size_t i = 0; i < curves(); i++) {
        struct curve_data data;
        draw_problem(problem, &data);
        struct fit *fit = run(problem->model, data.flops, data.means,
                              problem->relative ? data.weights : NULL, data.count);
        for (size_t j = 0; j < problem->parameter_count; j++)
            covered[j] += fit->ci_low[j] <= problem->parameters[j] &&
                          problem->parameters[j] <= fit->ci_high[j];
        fit_free(fit);
    }
}

static void test_intervals_hold_the_truth_as_often_as_they_say(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT(problems); k++) {
        size_t covered[3] = {0};
        count_covered(&problems[k], covered);
        printf("%s: the 95 %% intervals hold", problems[k].name);
        for (size_t j = 0; j < problems[k].parameter_count; j++)
            printf(" %.2f %%", 100 * (double)covered[j] / (double)curves());
        printf(" of %zu\n", curves());
        for (size_t j = 0; j < problems[k].parameter_count; j++) {
            double share = (double)covered[j] / (double)curves();
            assert_true(share >= 0.94 - slack(0.95, curves()));
            assert_true(share <= 0.96 + slack(0.95, curves()));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sigmoid_is_seldom_wrong_about_what_the_points_tell),
        cmocka_unit_test(test_intervals_hold_the_truth_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, setup_fit, NULL);
}
