/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fits that must not fall or must stay positive: that they are the best allowed, and what they say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "check.h"

#include "../share.h"

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
static const struct fit_options positive = {.positive = true};

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
 * Karush, Kuhn and Tucker: a block of knots on one level is at rest as a whole, unless it lies on
 * the bound and presses on it; and no part of its upper end wants to go up (which it could).
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

/*
 * The constrained SSE of heights for given knots, by projected gradients on the steps up: dense,
 * slow.
 */
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
    double change = 1;
    for (int round = 0; round < 3000 && change > 1e-10; round++) {
        change = 0;
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
            double next = a > 0 ? (free ? b / a : fmax(b / a, 0)) : 0;
            change = fmax(change, fabs(next - step[j]));
            step[j] = next;
        }
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
    size_t candidates = 0, active = 0, curves = 45;
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
    for (int trial = test_rounds(300, 60); trial > 0; trial--) {
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
    size_t candidates = 0, active = 0, curves = 60;
    for (size_t trial = 0; trial < curves; trial++) {
        struct made made;
        struct fit_options options = {.monotone = trial % 3 != 1, .positive = trial % 3 != 0};
        make(&made, 9 + trial % 4, trial % 2, &seed);
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
    assert_true(active > curves / 4 && candidates > curves * (size_t)test_rounds(200, 40));
}

static bool same_number(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static void check_identical(const struct fit *a, const struct fit *b)
{
    assert_int_equal(a->status, b->status);
    assert_int_equal(a->p, b->p);
    assert_int_equal(a->breakpoint_count, b->breakpoint_count);
    assert_int_equal(a->warning_count, b->warning_count);
    for (size_t i = 0; i < FIT_PARAMETERS_MAX; i++) {
        assert_true(same_number(a->parameters[i], b->parameters[i]));
        assert_true(same_number(a->std_errors[i], b->std_errors[i]));
        assert_true(same_number(a->ci_high[i], b->ci_high[i]));
    }
    for (size_t i = 0; i < a->breakpoint_count; i++) {
        assert_true(same_number(a->breakpoints[i].flops, b->breakpoints[i].flops));
        assert_true(same_number(a->breakpoints[i].efficiency, b->breakpoints[i].efficiency));
    }
    for (size_t i = 0; i < a->statistics.count; i++) {
        assert_true(same_number(a->residuals[i], b->residuals[i]));
        assert_true(same_number(a->deleted_residuals[i], b->deleted_residuals[i]));
    }
    assert_true(same_number(a->aicc, b->aicc));
}

static void test_where_nothing_is_active_the_fit_is_the_free_one_bit_for_bit(void **state)
{
    (void)state;
    uint64_t seed = 23;
    size_t same = 0;
    for (size_t trial = 0; trial < 120; trial++) {
        struct made made;
        make(&made, 8, trial % 2, &seed);
        const struct fit_model *model = fit_model_at(trial % fit_model_count());
        struct fit_options options = {.monotone = trial % 4 != 3, .positive = trial % 4 > 1};
        options.floor = trial % 5 == 0;
        struct fit *held = fit_run(model, &made.points, &options);
        options.breakpoints = held->breakpoint_count;
        options.monotone = options.positive = false;
        struct fit *loose = fit_run(model, &made.points, &options);
        assert_true(isnan(loose->sse) && isnan(loose->sse_free));
        assert_near(held->sse_free, loose->statistics.ss_res, 1e-9);
        if (held->sse > held->sse_free) {
            assert_true(isnan(held->std_errors[0]) && isnan(held->deleted_residuals[0]));
            assert_true(isnan(held->leverages[0]) && held->covariance == NULL);
        } else {
            check_identical(held, loose);
            same++;
        }
        fit_free(held);
        fit_free(loose);
    }
    print_message("%zu of 120 fits are the free one\n", same);
    assert_true(same > 30 && same < 110);
}

static const double sizes[] = {1e6, 1e7, 1e8, 1e9, 1e10, 1e11};
static const double falling[] = {0.9, 0.8, 0.5, 0.4, 0.2, 0.1};

static void test_a_falling_curve_is_level_at_the_weighted_mean_in_every_model(void **state)
{
    (void)state;
    const double weights[] = {1, 2, 1, 4, 1, 1};
    const double mean = (0.9 + 1.6 + 0.5 + 1.6 + 0.2 + 0.1) / 10;
    struct curve_points points = {sizes, falling, weights, COUNT(sizes)};
    for (size_t m = 0; m < fit_model_count(); m++) {
        struct fit *fit = fit_run(fit_model_at(m), &points, &rising);
        for (size_t i = 0; i < COUNT(sizes); i++)
            assert_near(fit_evaluate(fit, sizes[i]), mean, 1e-12);
        assert_true(fit->at_bound_count > 0 && fit->sse > fit->sse_free);
        assert_true(has_warning(fit, "non-decreasing: the sum of squared residuals is 0.629 in"));
        /* Without a point the level is the mean of the others. */
        double sum = 0;
        for (size_t i = 0; i < COUNT(sizes); i++) {
            double rest = (mean * 10 - weights[i] * falling[i]) / (10 - weights[i]);
            sum += pow(falling[i] - rest, 2);
        }
        assert_near(fit->loo_rmse, sqrt(sum / COUNT(sizes)), 1e-9);
        double low, high;
        assert_false(fit_band(fit, FIT_BAND_CONFIDENCE, 1e8, &low, &high));
        assert_false(fit_is_outlier(fit, 0));
        fit_free(fit);
    }
}

static void test_what_is_held_is_named(void **state)
{
    (void)state;
    struct curve_points points = {sizes, falling, NULL, COUNT(sizes)};
    struct fit *fit = run_with("log_linear", &points, rising);
    assert_int_equal(fit->at_bound_count, 1);
    assert_string_equal(fit->at_bound[0], "slope");
    assert_true(has_warning(fit, "at bound: slope is 0"));
    assert_int_equal(fit->status, FIT_OK);
    fit_free(fit);
    fit = run_with("sigmoid", &points, rising);
    assert_string_equal(fit->at_bound[0], "steepness");
    assert_int_equal(fit->status, FIT_UNIDENTIFIED);
    assert_true(has_warning(fit, "flat (no rising sigmoid is better than a constant)"));
    assert_true(isnan(fit->parameters[1]));
    fit_free(fit);
    fit = run_with("piecewise_linear", &points, with_breakpoints(rising, 3));
    assert_string_equal(fit->at_bound[1], "segment 1");
    assert_true(has_warning(fit, "at bound: 2 of 2 segments are level"));
    fit_free(fit);
}

/* The line against every line of a fine grid through its two ends. */
static void test_no_allowed_line_beats_log_linear(void **state)
{
    (void)state;
    uint64_t seed = 3;
    size_t active = 0, candidates = 0;
    for (size_t trial = 0; trial < 60; trial++) {
        struct made made;
        struct fit_options options = {.monotone = trial % 3 != 1, .positive = trial % 3 != 0};
        make(&made, 6, trial % 2, &seed);
        if (trial % 5 == 0) /* falls */
            for (size_t i = 0; i < 6; i++)
                made.means[i] = 1 / made.means[i];
        struct fit *fit = run_with("log_linear", &made.points, options);
        double ends[2] = {fit_evaluate(fit, made.flops[0]), fit_evaluate(fit, made.flops[5])};
        double least = options.positive ? fit->constraint.bound : -INFINITY;
        assert_true(fmin(ends[0], ends[1]) >= least - 1e-12);
        assert_true(!options.monotone || fit->parameters[1] >= 0);
        active += fit->sse > fit->sse_free;
        for (int i = 0; i < 1000; i++) {
            double spread = pow(10, -4 * random_next(&seed)) * made.means[5];
            struct breakpoint line[2] = {{made.flops[0], 0}, {made.flops[5], 0}};
            struct curve curve = {line, 2};
            for (int end = 0; end < 2; end++)
                line[end].efficiency = fmax(ends[end] + spread * (random_next(&seed) - 0.5), least);
            if (options.monotone && line[1].efficiency < line[0].efficiency)
                line[1].efficiency = line[0].efficiency;
            assert_true(sse_of(&made.points, &curve) >= fit->sse * (1 - 1e-12));
            candidates++;
        }
        fit_free(fit);
    }
    print_message("lines: 60 curves, %zu active, %zu candidates, none better\n", active,
                  candidates);
    assert_true(active > 12);
}

static double sigmoid_at(const double *parameters, double flops)
{
    double z = parameters[1] * (log10(flops) - parameters[2]);
    return parameters[3] + parameters[0] / (1 + exp(-z));
}

/*
 * Allowed sigmoids by chance, near the fit and far from it; constants as a sigmoid of no steepness.
 */
static void test_no_allowed_sigmoid_found_by_chance_beats_the_fit(void **state)
{
    (void)state;
    uint64_t seed = 29;
    size_t active = 0, candidates = 0;
    for (size_t trial = 0; trial < 60; trial++) {
        struct made made;
        bool floor = trial % 2;
        struct fit_options options = {.monotone = trial % 3 != 1, .positive = trial % 3 != 0};
        options.floor = floor;
        make(&made, 9, trial % 4 > 1, &seed);
        for (size_t i = 0; i < 9 && trial % 2 == 0; i++) /* rises, then falls more */
            made.means[i] = 0.1 + 0.05 * random_next(&seed) + (i < 5 ? 0.02 * (double)i : -0.02);
        struct fit *fit = run_with("sigmoid", &made.points, options);
        bool flat = isnan(fit->parameters[1]);
        if (fit->sse <= fit->sse_free) { /* that the free search found */
            fit_free(fit);
            continue;
        }
        active++;
        for (int i = 0; i < 500; i++) {
            double spread = pow(10, -3 * random_next(&seed)), sum = 0;
            double base[4] = {flat ? 2 * fit->parameters[0] : fit->parameters[0],
                              flat ? 1e-9 : fit->parameters[1], flat ? 8 : fit->parameters[2],
                              floor && !flat ? fit->parameters[3] : 0};
            double p[4];
            for (int j = 0; j < 4; j++)
                p[j] = base[j] + spread * (random_next(&seed) - 0.5) * fmax(fabs(base[j]), 0.1);
            p[0] = fmax(p[0], 0);
            p[1] = options.monotone ? fmax(p[1], 0) : p[1];
            p[3] = !floor ? 0 : options.positive ? fmax(p[3], fit->constraint.bound) : p[3];
            for (size_t k = 0; k < 9; k++)
                sum += weight_at(&made.points, k) *
                       pow(made.means[k] - sigmoid_at(p, made.flops[k]), 2);
            assert_true(sum >= fit->sse * (1 - 2e-6));
            candidates++;
        }
        fit_free(fit);
    }
    print_message("sigmoids: 60 curves, %zu active, %zu candidates, none better\n", active,
                  candidates);
    assert_true(active > 10);
}

static void test_a_floor_is_held_at_the_bound_by_name(void **state)
{
    (void)state;
    const double means[] = {0.01, 0.2, 0.45, 0.65, 0.8, 0.85};
    struct curve_points points = {sizes, means, NULL, COUNT(sizes)};
    struct fit_options options = {.floor = true};
    struct fit *fit = run_with("sigmoid", &points, options);
    double free_floor = fit->parameters[3];
    fit_free(fit);
    options.positive = true;
    fit = run_with("sigmoid", &points, options);
    assert_near(fit->constraint.bound, 1e-4, 1e-12);
    assert_true(free_floor < 1e-4);
    assert_near(fit->parameters[3], 1e-4, 1e-12);
    assert_int_equal(fit->at_bound_count, 1);
    assert_string_equal(fit->at_bound[0], "floor");
    assert_true(has_warning(fit, "at bound: floor is 0.0001"));
    fit_free(fit);
}

static void test_where_most_means_are_negative_all_is_held_at_the_bound(void **state)
{
    (void)state;
    const double means[] = {-0.5, -0.4, 0.01, -0.5, -0.3, -0.4};
    struct curve_points points = {sizes, means, NULL, COUNT(sizes)};
    for (size_t m = 0; m < fit_model_count(); m++) {
        struct fit *fit = fit_run(fit_model_at(m), &points, &positive);
        for (size_t i = 0; i < COUNT(sizes); i++)
            assert_near(fit_evaluate(fit, sizes[i]), 1e-4, 1e-9);
        assert_true(fit->at_bound_count > 0);
        fit_free(fit);
    }
    struct fit *fit = run_with("sigmoid", &points, positive);
    assert_true(has_warning(fit, "flat (no positive sigmoid is better than a constant)"));
    fit_free(fit);
    fit = run_with("piecewise_linear", &points, with_breakpoints(positive, 2));
    assert_true(has_warning(fit, "at bound: 2 of 2 breakpoints are at 0.0001"));
    fit_free(fit);
}

/* Exact, level, steps, duplicates, and 1e-7 beside 5.6: each with what must come out. */
static void test_curves_at_the_edge(void **state)
{
    (void)state;
    const double level[] = {0.3, 0.3, 0.3, 0.3, 0.3, 0.3}, step[] = {0.1, 0.1, 0.1, 0.8, 0.8, 0.8};
    const double wide[] = {1e-7, 3e-6, 1e-6, 0.9, 5.6, 4.8}, negative[] = {-1, -2, -1, 0, -1, -3};
    const double twice[] = {1e6, 1e6, 1e7, 1e7, 1e8, 1e8};
    struct fit_options both = {.monotone = true, .positive = true};
    for (size_t m = 0; m < fit_model_count(); m++) {
        struct curve_points points = {sizes, level, NULL, 6};
        struct fit *fit = fit_run(fit_model_at(m), &points, &both);
        assert_near(fit_evaluate(fit, 1e8), 0.3, 1e-12);
        assert_int_equal(fit->at_bound_count, 0);
        fit_free(fit);
        points.efficiency = negative;
        fit = fit_run(fit_model_at(m), &points, &positive);
        assert_int_equal(fit->status, FIT_FAILED);
        assert_true(has_warning(fit, "no point is positive, so no positive fit goes with them"));
        assert_true(isnan(fit->sse));
        fit_free(fit);
        points = (struct curve_points){sizes, falling, NULL, 1};
        fit = fit_run(fit_model_at(m), &points, &both);
        assert_int_equal(fit->status, FIT_TOO_FEW_POINTS);
        fit_free(fit);
    }
    struct curve_points points = {sizes, step, NULL, 6};
    struct fit *fit = run_with("piecewise_linear", &points, with_breakpoints(both, 4));
    assert_near(fit->sse, 0, 1e-25);
    assert_int_equal(fit->at_bound_count, 0);
    check_rises(fit);
    fit_free(fit);
    points.efficiency = wide;
    fit = run_with("piecewise_linear", &points, with_breakpoints(both, 4));
    assert_true(has_warning(fit, "non-decreasing and positive"));
    assert_true(fit->breakpoints[0].efficiency >= 1e-9);
    check_rises(fit);
    check_optimal_heights(fit, &points);
    fit_free(fit);
    points = (struct curve_points){sizes, falling, NULL, 4}; /* n = p */
    fit = run_with("piecewise_linear", &points, with_breakpoints(rising, 3));
    assert_int_equal(fit->status, FIT_UNIDENTIFIED);
    assert_true(has_warning(fit, "as many parameters as points"));
    assert_false(has_warning(fit, "goes through all"));
    assert_near(fit_evaluate(fit, 1e7), 0.65, 1e-12);
    fit_free(fit);
    points.count = 2;
    fit = run_with("log_linear", &points, rising);
    assert_near(fit_evaluate(fit, 1e7), 0.85, 1e-12);
    fit_free(fit);
    points = (struct curve_points){twice, falling, NULL, 6};
    fit = run_with("piecewise_linear", &points, with_breakpoints(rising, 2));
    assert_near(fit->breakpoints[0].efficiency, 2.9 / 6, 1e-12);
    fit_free(fit);
}

static void test_a_robust_rising_fit_gives_an_outlier_no_say(void **state)
{
    (void)state;
    double flops[12], means[12];
    for (size_t i = 0; i < 12; i++) {
        flops[i] = 1e6 * pow(10, (double)i / 3);
        means[i] = 0.1 + 0.05 * (double)i + (i % 2 ? 0.004 : -0.004);
    }
    means[10] = 0.05;
    struct curve_points points = {flops, means, NULL, 12};
    struct fit_options options = {.monotone = true, .robust = true};
    for (size_t m = 0; m < fit_model_count(); m++) {
        struct fit *fit = fit_run(fit_model_at(m), &points, &options);
        assert_true(fit->robust_weights != NULL && fit->robust_weights[10] < 0.01);
        assert_true(fit_is_outlier(fit, 10));
        assert_near(fit_evaluate(fit, flops[10]), 0.6, 0.12);
        check_rises(fit);
        fit_free(fit);
    }
}

static void test_what_is_sampled_for_a_save_never_falls(void **state)
{
    (void)state;
    uint64_t seed = 31;
    for (size_t trial = 0; trial < 12; trial++) {
        struct made made;
        make(&made, 8, false, &seed);
        for (size_t m = 0; m < fit_model_count(); m++) {
            struct fit_options options = {.monotone = true, .positive = true};
            struct fit *fit = fit_run(fit_model_at(m), &made.points, &options);
            struct breakpoint *breakpoints;
            size_t count;
            double low = made.flops[0], high = made.flops[7];
            assert_true(fit_can_sample(fit, low, high));
            assert_true(fit_sample(fit, &(struct fit_sampling){low, high, 1e-4}, &breakpoints,
                                   &count, NULL));
            for (size_t i = 1; i < count; i++)
                assert_true(breakpoints[i].efficiency >= breakpoints[i - 1].efficiency);
            free(breakpoints);
            fit_free(fit);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_where_nothing_is_active_the_fit_is_the_free_one_bit_for_bit),
        cmocka_unit_test(test_a_falling_curve_is_level_at_the_weighted_mean_in_every_model),
        cmocka_unit_test(test_what_is_held_is_named),
        cmocka_unit_test(test_no_allowed_line_beats_log_linear),
        cmocka_unit_test(test_no_allowed_sigmoid_found_by_chance_beats_the_fit),
        cmocka_unit_test(test_a_floor_is_held_at_the_bound_by_name),
        cmocka_unit_test(test_where_most_means_are_negative_all_is_held_at_the_bound),
        cmocka_unit_test(test_curves_at_the_edge),
        cmocka_unit_test(test_a_robust_rising_fit_gives_an_outlier_no_say),
        cmocka_unit_test(test_what_is_sampled_for_a_save_never_falls),
        cmocka_unit_test(test_with_a_knot_at_every_point_it_is_isotonic_regression),
        cmocka_unit_test(test_no_allowed_curve_on_a_fine_grid_beats_the_fit),
        cmocka_unit_test(test_no_allowed_curve_found_by_chance_beats_the_fit),
    };
    return cmocka_run_group_tests(tests, setup_fit, NULL);
}
