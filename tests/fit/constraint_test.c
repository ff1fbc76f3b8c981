/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fits that must not fall or must stay positive: that they are the best allowed, and what they say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "check.h"

static double random_next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

static struct fit *run_with(const char *model, const struct curve_points *points,
                            struct fit_options options)
{
    return fit_run(fit_model_find(model), points, &options);
}

static const struct fit_options rising = {.monotone = true};

static struct fit_options with_breakpoints(struct fit_options options, size_t count)
{
    options.breakpoints = count;
    return options;
}

/* The largest number of points in a made curve. */
enum { MOST = 16 };

/* A curve that rises with noise enough to fall here and there. */
struct made {
    double flops[MOST], means[MOST], weights[MOST];
    struct curve_points points;
};

static void make(struct made *made, size_t count, bool weighted, uint64_t *seed)
{
    double x = 5, level = 0.02 + 0.1 * random_next(seed);
    for (size_t i = 0; i < count; i++) {
        made->flops[i] = pow(10, x);
        made->means[i] = fmax(level * (0.4 + 1.2 * random_next(seed)), 1e-4);
        made->weights[i] = pow(10, 4 * random_next(seed));
        x += 0.1 + random_next(seed);
        level *= random_next(seed) < 0.2 ? 8 : 1 + 0.4 * random_next(seed);
    }
    made->points =
        (struct curve_points){made->flops, made->means, weighted ? made->weights : NULL, count};
}

static double weight_at(const struct curve_points *points, size_t i)
{
    return points->weights ? points->weights[i] : 1;
}

static double sse_of(const struct curve_points *points, const struct curve *curve)
{
    double sum = 0;
    for (size_t i = 0; i < points->count; i++) {
        double residual = points->efficiency[i] - curve_evaluate(curve, points->flops[i]);
        sum += weight_at(points, i) * residual * residual;
    }
    return sum;
}

static void check_rises(const struct fit *fit)
{
    for (size_t i = 1; i < fit->breakpoint_count; i++)
        assert_true(fit->breakpoints[i].efficiency >= fit->breakpoints[i - 1].efficiency);
}

/* Pool adjacent violators: the best non-decreasing values at strictly increasing sizes. */
static void pool(const struct curve_points *points, double *values)
{
    double mean[MOST], weight[MOST];
    size_t length[MOST], count = 0;
    for (size_t i = 0; i < points->count; i++) {
        mean[count] = points->efficiency[i];
        weight[count] = weight_at(points, i);
        length[count++] = 1;
        for (; count > 1 && mean[count - 2] > mean[count - 1]; count--) {
            double sum = weight[count - 2] + weight[count - 1];
            mean[count - 2] =
                (weight[count - 2] * mean[count - 2] + weight[count - 1] * mean[count - 1]) / sum;
            weight[count - 2] = sum;
            length[count - 2] += length[count - 1];
        }
    }
    for (size_t i = 0, at = 0; i < count; i++)
        for (size_t j = 0; j < length[i]; j++)
            values[at++] = mean[i];
}

static void test_with_a_knot_at_every_point_it_is_isotonic_regression(void **state)
{
    (void)state;
    uint64_t seed = 11;
    size_t active = 0, curves = 200;
    for (size_t trial = 0; trial < curves; trial++) {
        struct made made;
        double flops[2 * MOST], means[2 * MOST], weights[2 * MOST], values[MOST];
        size_t sizes = 3 + trial % 4;
        make(&made, sizes, true, &seed);
        pool(&made.points, values);
        /* Twice each, so that there are as many points as parameters. */
        for (size_t i = 0; i < 2 * sizes; i++) {
            flops[i] = made.flops[i / 2];
            means[i] = made.means[i / 2];
            weights[i] = made.weights[i / 2] / 2;
        }
        struct curve_points points = {flops, means, weights, 2 * sizes};
        struct fit *fit = run_with("piecewise_linear", &points, with_breakpoints(rising, sizes));
        assert_int_equal(fit->breakpoint_count, sizes);
        for (size_t i = 0; i < sizes; i++)
            assert_near(fit_evaluate(fit, made.flops[i]), values[i], 1e-9);
        check_rises(fit);
        active += fit->at_bound_count > 0;
        fit_free(fit);
    }
    print_message("isotonic regression: %zu curves, %zu of them with a violator\n", curves, active);
    assert_true(active > curves / 4);
}

/* The gradient of half the SSE by each knot's height. */
static void height_gradient(const struct fit *fit, const struct curve_points *points,
                            double *gradient)
{
    double size = 0;
    for (size_t j = 0; j < fit->breakpoint_count; j++)
        gradient[j] = 0;
    for (size_t i = 0; i < points->count; i++) {
        struct breakpoint unit[FIT_BREAKPOINTS_MAX];
        struct curve hat = {unit, fit->breakpoint_count};
        size += weight_at(points, i) * points->efficiency[i] * points->efficiency[i];
        for (size_t j = 0; j < fit->breakpoint_count; j++) {
            for (size_t k = 0; k < fit->breakpoint_count; k++)
                unit[k] = (struct breakpoint){fit->breakpoints[k].flops, k == j};
            gradient[j] -=
                weight_at(points, i) * fit->residuals[i] * curve_evaluate(&hat, points->flops[i]);
        }
    }
    for (size_t j = 0; j < fit->breakpoint_count; j++)
        gradient[j] /= sqrt(size * points->count);
}

/*
 * Karush, Kuhn and Tucker: a block of knots on one level is at rest as a whole, unless it lies on the
 * bound and presses on it; and no part of its upper end wants to go up (which it could).
 */
static void check_optimal_heights(const struct fit *fit, const struct curve_points *points)
{
    const double tolerance = 1e-7;
    double gradient[FIT_BREAKPOINTS_MAX];
    size_t count = fit->breakpoint_count;
    height_gradient(fit, points, gradient);
    for (size_t from = 0, to; from < count; from = to) {
        double sum = 0, largest = 0;
        double height = fit->breakpoints[from].efficiency;
        bool low = fit->constraint.positive && height <= fit->constraint.bound;
        to = from + 1;
        while (fit->constraint.monotone && to < count && fit->breakpoints[to].efficiency == height)
            to++;
        for (size_t i = to; i-- > from;) {
            sum += gradient[i];
            largest = fmax(largest, fabs(gradient[i]));
            assert_true(sum > -tolerance);
        }
        assert_true(low || fabs(sum) <= tolerance);
    }
}

/* The constrained SSE of heights for given knots, by projected gradients on the steps up: dense, slow. */
static double dense_sse(const struct curve_points *points, const struct fit_constraint *constraint,
                        struct breakpoint *knots, size_t count)
{
    double step[8], hat[MOST][8];
    struct curve curve = {knots, count};
    for (size_t i = 0; i < points->count; i++)
        for (size_t j = 0; j < count; j++) {
            for (size_t k = 0; k < count; k++)
                knots[k].efficiency = constraint->monotone ? k >= j : k == j;
            hat[i][j] = curve_evaluate(&curve, points->flops[i]);
        }
    double base = constraint->positive ? constraint->bound : 0;
    for (size_t j = 0; j < count; j++)
        step[j] = 0;
    /* Coordinate descent, each step to its best allowed value. */
    for (int round = 0; round < 3000; round++)
        for (size_t j = 0; j < count; j++) {
            double a = 0, b = 0;
            for (size_t i = 0; i < points->count; i++) {
                double rest = points->efficiency[i] - base;
                for (size_t k = 0; k < count; k++)
                    rest -= k == j ? 0 : hat[i][k] * step[k];
                a += weight_at(points, i) * hat[i][j] * hat[i][j];
                b += weight_at(points, i) * hat[i][j] * rest;
            }
            bool free = constraint->monotone && !constraint->positive && j == 0;
            step[j] = a > 0 ? (free ? b / a : fmax(b / a, 0)) : 0;
        }
    for (size_t k = 0; k < count; k++)
        knots[k].efficiency =
            k && constraint->monotone ? knots[k - 1].efficiency + step[k] : base + step[k];
    return sse_of(points, &curve);
}

/* One interior knot: everywhere on a fine grid; more are drawn by chance. */
static void test_no_allowed_curve_on_a_fine_grid_beats_the_fit(void **state)
{
    (void)state;
    uint64_t seed = 5;
    size_t candidates = 0, active = 0, curves = 60;
    for (size_t trial = 0; trial < curves; trial++) {
        struct made made;
        struct fit_options options = {.monotone = trial % 3 != 1, .positive = trial % 3 != 0};
        make(&made, 8, trial % 2, &seed);
        struct fit *fit = run_with("piecewise_linear", &made.points, with_breakpoints(options, 3));
        active += fit->sse > fit->sse_free;
        check_optimal_heights(fit, &made.points);
        for (int i = 1; i < 60; i++) {
            double share = (i + random_next(&seed)) / 61;
            double knot = made.flops[0] * pow(made.flops[7] / made.flops[0], share);
            struct breakpoint knots[3] = {{made.flops[0], 0}, {knot, 0}, {made.flops[7], 0}};
            assert_true(dense_sse(&made.points, &fit->constraint, knots, 3) >=
                        fit->sse * (1 - 1e-7));
            candidates++;
        }
        fit_free(fit);
    }
    print_message("grid of one knot: %zu curves, %zu active, %zu candidates, none better\n", curves,
                  active, candidates);
    assert_true(active > curves / 4);
}

/* Random allowed curves near the fit and far from it. */
static size_t try_to_beat(const struct fit *fit, const struct curve_points *points, uint64_t *seed)
{
    struct breakpoint knots[8];
    size_t count = fit->breakpoint_count, tried = 0;
    for (int trial = 0; trial < 300; trial++) {
        double spread = pow(10, -4 * random_next(seed));
        double low = log10(points->flops[0]), high = log10(points->flops[points->count - 1]);
        for (size_t i = 0; i < count; i++) {
            double x = log10(fit->breakpoints[i].flops);
            double height = fit->breakpoints[i].efficiency;
            x += i == 0 || i + 1 == count ? 0 : spread * (random_next(seed) - 0.5);
            height *= 1 + spread * (random_next(seed) - 0.5);
            knots[i] = (struct breakpoint){pow(10, fmin(fmax(x, low), high)), height};
            if (fit->constraint.positive)
                knots[i].efficiency = fmax(knots[i].efficiency, fit->constraint.bound);
            if (i > 0 && fit->constraint.monotone)
                knots[i].efficiency = fmax(knots[i].efficiency, knots[i - 1].efficiency);
        }
        bool sorted = true;
        for (size_t i = 1; i < count; i++)
            sorted &= knots[i].flops > knots[i - 1].flops;
        if (!sorted)
            continue;
        tried++;
        struct curve curve = {knots, count};
        assert_true(sse_of(points, &curve) >= fit->sse * (1 - 1e-9));
    }
    return tried;
}

static void test_no_allowed_curve_found_by_chance_beats_the_fit(void **state)
{
    (void)state;
    uint64_t seed = 17;
    size_t candidates = 0, active = 0, curves = 240;
    for (size_t trial = 0; trial < curves; trial++) {
        struct made made;
        struct fit_options options = {.monotone = trial % 3 != 1, .positive = trial % 3 != 0};
        make(&made, 9 + trial % 7, trial % 2, &seed);
        size_t k = 2 + trial % 4;
        struct fit *fit = run_with("piecewise_linear", &made.points, with_breakpoints(options, k));
        assert_true(fit->sse >= fit->sse_free);
        assert_near(fit->sse, fit->statistics.ss_res, 1e-9);
        for (size_t i = 0; i < k && fit->constraint.positive; i++)
            assert_true(fit->breakpoints[i].efficiency >= fit->constraint.bound);
        if (fit->constraint.monotone)
            check_rises(fit);
        check_optimal_heights(fit, &made.points);
        candidates += try_to_beat(fit, &made.points, &seed);
        active += fit->sse > fit->sse_free;
        fit_free(fit);
    }
    print_message("by chance: %zu curves, %zu active, %zu candidates, none better\n", curves,
                  active, candidates);
    assert_true(active > curves / 4 && candidates > 50000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_with_a_knot_at_every_point_it_is_isotonic_regression),
        cmocka_unit_test(test_no_allowed_curve_on_a_fine_grid_beats_the_fit),
        cmocka_unit_test(test_no_allowed_curve_found_by_chance_beats_the_fit),
    };
    return cmocka_run_group_tests(tests, setup_fit, NULL);
}
