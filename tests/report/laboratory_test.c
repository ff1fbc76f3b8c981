/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The laboratory: which points take part, what they weigh, and the sentence on what to believe. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../jetson.h"
#include "base/buffer.h"
#include "report/laboratory.h"

static int set_up(void **state)
{
    fit_setup();
    return load_jetson(state);
}

/* A curve of the test's own: points that weigh something, half of them seen once. */
struct made {
    struct data_point points[16];
    double flops[16], means[16];
    struct calibration_curve curve;
};

static void make(struct made *made, const double *means, size_t count)
{
    *made = (struct made){0};
    for (size_t i = 0; i < count; i++) {
        made->flops[i] = 1e6 * pow(10, (double)i / 2);
        made->means[i] = means[i];
        made->points[i] = (struct data_point){.flops = made->flops[i],
                                              .mean = means[i],
                                              .std = 0.1 * means[i],
                                              .observations = i % 2 ? 1 : 12,
                                              .index = i};
    }
    made->curve = (struct calibration_curve){.name = (char *)"made",
                                             .points = made->points,
                                             .means = {made->flops, made->means, NULL, count},
                                             .min_flops = 1e6,
                                             .max_flops = 1e9};
}

static void assert_sentence(const struct calibration_curve *curve,
                            const struct laboratory_options *options, const char *expected)
{
    struct laboratory *laboratory;
    struct buffer text = {0};
    assert_int_equal(laboratory_new(curve, options, &laboratory, NULL), STATUS_OK);
    laboratory_sentence(laboratory, &text);
    assert_string_equal(buffer_string(&text), expected);
    buffer_done(&text);
    laboratory_free(laboratory);
}

static void test_one_sentence_sums_a_curve_up(void **state)
{
    (void)state;
    struct laboratory_options options = {0};
    assert_sentence(calibration_find(jetson, "conv2d", NULL), &options,
                    "6 points, each of a single observation; sigmoid explains 98.5 %, but is "
                    "unidentified: saturation not observed; log_linear is best by AICc, but not "
                    "positive: no fit that is ok can be saved; sigmoid predicts left-out points "
                    "best");
    assert_sentence(calibration_find(jetson, "bandwidth:conv2d_depthwise", NULL), &options,
                    "2 points, each of a single observation");
    struct made made;
    make(&made, (const double[]){0.02, 0.05, 0.11, 0.24, 0.4, 0.52, 0.57, 0.59}, 8);
    assert_sentence(&made.curve, &options,
                    "8 points, 4 of a single observation; sigmoid explains more than 99.9 %; "
                    "sigmoid predicts left-out points best");
}

/* Two breakpoints predict these best, but fall below zero: nobody could take that advice. */
static void test_a_fit_that_cannot_be_saved_is_not_held_up_as_the_best_predictor(void **state)
{
    (void)state;
    struct made made;
    struct laboratory *laboratory;
    struct laboratory_options options = {0};
    struct buffer text = {0};
    make(&made, (const double[]){0.0002596, 0.002, 0.01, 0.02, 0.22, 0.3}, 6);
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
    assert_false(laboratory_can_save(laboratory, laboratory->fits[1]));
    assert_true(laboratory->fits[1]->loo_rmse < laboratory->fits[2]->loo_rmse);
    laboratory_sentence(laboratory, &text);
    assert_null(strstr(buffer_string(&text), "predicts left-out points best"));
    buffer_done(&text);
    laboratory_free(laboratory);
}

static void test_a_point_that_does_not_go_with_the_others_is_named(void **state)
{
    (void)state;
    struct made made;
    make(&made, (const double[]){0.02, 0.052, 0.109, 0.241, 0.1, 0.521, 0.57, 0.588, 0.6, 0.598},
         10);
    for (int robust = 0; robust < 2; robust++) {
        struct buffer text = {0};
        struct laboratory *laboratory;
        struct laboratory_options options = {.fit.robust = robust};
        assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
        laboratory_sentence(laboratory, &text);
        assert_non_null(
            strstr(text.bytes, "under sigmoid the point at 100 M does not go with the others"));
        laboratory_free(laboratory);
        buffer_done(&text);
    }
}

/* Of the weights that a robust fit made for itself the stored curve knows nothing. */
static void test_the_r_squared_shown_is_over_the_points_as_they_were_weighed(void **state)
{
    (void)state;
    struct made made;
    make(&made, (const double[]){0.02, 0.052, 0.109, 0.241, 0.1, 0.521, 0.57, 0.588, 0.6, 0.598},
         10);
    for (int weights = 0; weights < LABORATORY_WEIGHTS; weights++) {
        struct laboratory_options options = {.weights = (enum laboratory_weights)weights,
                                             .fit.robust = true};
        struct laboratory *laboratory;
        assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
        for (size_t i = 0; i < laboratory->fit_count; i++) {
            const struct fit *fit = laboratory->fits[i];
            struct curve_statistics statistics;
            curve_statistics_of_residuals(&laboratory->points, fit->residuals, &statistics);
            double shown = laboratory_r_squared(laboratory, fit);
            assert_true(fabs(shown - statistics.r_squared) < 1e-12);
            assert_true(fit->robust_weights && shown != fit->statistics.r_squared);
            if (!weights)
                assert_true(fabs(shown - fit->statistics.r_squared_unweighted) < 1e-12);
        }
        laboratory_free(laboratory);
    }
}

static void test_points_left_out_take_no_part_and_are_counted(void **state)
{
    (void)state;
    struct made made;
    const bool left_out[16] = {true, false, false, true};
    struct laboratory_options options = {.left_out = left_out};
    struct laboratory *laboratory;
    make(&made, (const double[]){0.9, 0.05, 0.11, 0.9, 0.4, 0.52, 0.57, 0.59}, 8);
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
    assert_int_equal(laboratory->points.count, 6);
    assert_int_equal(laboratory->places[0], 1);
    assert_int_equal(laboratory->places[2], 4);
    laboratory_free(laboratory);
    struct buffer text = {0};
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
    laboratory_sentence(laboratory, &text);
    assert_non_null(strstr(text.bytes, "6 points (2 left out), 3 of a single observation"));
    buffer_done(&text);
    laboratory_free(laboratory);
}

static void test_weights_come_from_the_points_or_are_refused_by_name(void **state)
{
    (void)state;
    struct made made;
    struct error error;
    struct laboratory *laboratory;
    struct laboratory_options options = {.weights = LABORATORY_BY_STD};
    make(&made, (const double[]){0.02, 0.05, 0.11, 0.24, 0.4, 0.52, 0.57, 0.59}, 8);
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, &error), STATUS_OK);
    assert_true(fabs(laboratory->points.weights[4] - 1 / (0.04 * 0.04)) < 1e-9);
    laboratory_free(laboratory);
    made.points[2].std = 0;
    made.points[5].std = NAN;
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, &error), STATUS_REFUSED);
    assert_string_equal(error.message,
                        "weights std: efficiency_std missing or zero at 10 M, 316.2 M");
    options.weights = LABORATORY_RELATIVE;
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, &error), STATUS_OK);
    assert_true(fabs(laboratory->points.weights[4] - 1 / 0.16) < 1e-9);
    laboratory_free(laboratory);
}

/* A fit is saved over the whole range of its curve: held to be positive, it can be. */
static void test_a_positive_line_is_positive_where_it_is_saved(void **state)
{
    (void)state;
    struct made made;
    struct laboratory *laboratory;
    struct laboratory_options options = {.model = fit_model_find("log_linear")};
    make(&made, (const double[]){0.05, 0.2, 0.4, 0.6, 0.8}, 5);
    made.curve.min_flops = 1e4; /* two decades below the first point */
    made.curve.max_flops = 1e9;
    for (int positive = 0; positive < 2; positive++) {
        options.fit.positive = positive;
        assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
        assert_int_equal(laboratory_can_save(laboratory, laboratory->fits[0]), positive);
        if (positive)
            assert_string_equal(laboratory->fits[0]->at_bound[0], "lower end");
        laboratory_free(laboratory);
    }
}

static struct laboratory *fit_made(const struct made *made,
                                   const struct laboratory_options *options)
{
    struct laboratory *laboratory;
    assert_int_equal(laboratory_new(&made->curve, options, &laboratory, NULL), STATUS_OK);
    return laboratory;
}

/* The answer is no from the question that the context counts down to. */
static bool keep_going(void *context, const struct fit_model *model)
{
    size_t *left = context;
    (void)model;
    return *left > 0 && (*left)-- > 0;
}

static void test_a_laboratory_that_is_stopped_has_the_line_all_the_same(void **state)
{
    (void)state;
    static const double means[] = {0.1, 0.25, 0.3, 0.5, 0.6, 0.65, 0.7, 0.72};
    struct made made;
    make(&made, means, 8);
    size_t questions = 2; /* both of the line */
    struct laboratory *laboratory = fit_made(
        &made,
        &(struct laboratory_options){.fit = {.keep_going = keep_going, .context = &questions}});
    assert_true(laboratory->stopped);
    assert_int_equal(laboratory->fit_count, 3);
    assert_string_equal(fit_model_name(laboratory->fits[1]->model), "log_linear");
    assert_int_equal(laboratory->fits[0]->status, FIT_FAILED);
    assert_int_equal(laboratory->fits[1]->status, FIT_OK);
    assert_int_equal(laboratory->fits[2]->status, FIT_FAILED);
    laboratory_free(laboratory);
    questions = 1000;
    laboratory = fit_made(&made, &(struct laboratory_options){
                                     .fit = {.keep_going = keep_going, .context = &questions}});
    assert_false(laboratory->stopped);
    assert_int_equal(laboratory->fits[2]->status, FIT_OK);
    laboratory_free(laboratory);
}

static void test_a_laboratory_is_only_of_what_it_was_made_of(void **state)
{
    static const double means[] = {0.1, 0.25, 0.3, 0.5, 0.6, 0.65, 0.7, 0.72};
    const bool out[8] = {false, true}, another[8] = {false, false, true};
    const struct laboratory_options plain = {.left_out = out, .weights = LABORATORY_BY_STD};
    struct laboratory_options others[9];
    struct made made;
    (void)state;
    make(&made, means, 8);
    struct laboratory *laboratory = fit_made(&made, &plain);
    assert_true(laboratory_is_of(laboratory, &made.curve, &plain));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        others[i] = plain;
    others[0].left_out = another;
    others[1].left_out = NULL;
    others[2].weights = LABORATORY_UNWEIGHTED;
    others[3].model = fit_model_find("sigmoid");
    others[4].fit.breakpoints = 3;
    others[5].fit.floor = true;
    others[6].fit.robust = true;
    others[7].fit.monotone = true;
    others[8].fit.positive = true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(laboratory_is_of(laboratory, &made.curve, &others[i]));
    double *const figures[] = {&made.points[3].flops, &made.points[3].mean, &made.points[3].std,
                               &made.points[2].observations, &made.curve.max_flops};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        double before = *figures[i];
        *figures[i] *= 1.5;
        assert_false(laboratory_is_of(laboratory, &made.curve, &plain));
        *figures[i] = before;
    }
    made.points[1].mean = 0.9; /* takes no part */
    assert_true(laboratory_is_of(laboratory, &made.curve, &plain));
    laboratory_free(laboratory);
    size_t questions = 2;
    struct laboratory_options stopped = plain;
    stopped.fit.keep_going = keep_going;
    stopped.fit.context = &questions;
    laboratory = fit_made(&made, &stopped);
    assert_false(laboratory_is_of(laboratory, &made.curve, &plain));
    laboratory_free(laboratory);
}

static void test_a_point_that_its_own_spread_does_not_let_be_so_far_off_is_named(void **state)
{
    (void)state;
    struct made made;
    struct laboratory *laboratory;
    struct laboratory_options options = {.model = fit_model_find("log_linear")};
    make(&made, (const double[]){0.1, 0.201, 0.3, 0.399, 0.505, 0.6, 0.7, 0.8}, 8);
    for (size_t i = 0; i < 8; i++)
        made.points[i].std = 0.004;
    for (size_t i = 0; i < 8; i++)
        made.points[i].observations = 9; /* a standard error of 0.00133 */
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
    struct buffer text = {0};
    laboratory_tell_own_outliers(laboratory, laboratory->fits[0], &text);
    assert_int_equal(text.length, 0);
    laboratory_free(laboratory);
    made.points[4].std = 0.001; /* as sure of itself as the others, and off by 0.05 */
    made.points[4].mean = made.means[4] = 0.55;
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(laboratory_is_own_outlier(laboratory, laboratory->fits[0], i), i == 4);
    laboratory_tell_own_outliers(laboratory, laboratory->fits[0], &text);
    assert_non_null(strstr(buffer_string(&text), "the point at 100 M is off by "));
    assert_non_null(strstr(text.bytes, " of its own standard errors"));
    laboratory_free(laboratory);
    made.points[4].observations = 1; /* then nothing is known of it */
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
    assert_int_equal(laboratory->known_errors, 7);
    assert_false(laboratory_is_own_outlier(laboratory, laboratory->fits[0], 4));
    laboratory_free(laboratory);
    buffer_done(&text);
}

static void test_several_such_points_are_counted_and_the_furthest_named(void **state)
{
    (void)state;
    struct made made;
    struct laboratory *laboratory;
    struct laboratory_options options = {.model = fit_model_find("sigmoid"), .fit.robust = true};
    make(&made, (const double[]){0.02, 0.052, 0.109, 0.241, 0.1, 0.521, 0.57, 0.588, 0.4, 0.598},
         10);
    for (size_t i = 0; i < 10; i++)
        made.points[i] = (struct data_point){
            .flops = made.flops[i], .mean = made.means[i], .std = 0.05, .observations = 25};
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
    struct buffer text = {0};
    laboratory_tell_own_outliers(laboratory, laboratory->fits[0], &text);
    assert_non_null(strstr(buffer_string(&text),
                           "2 points are off by more than their own spread allows; the point at "
                           "100 M is off by "));
    buffer_done(&text);
    laboratory_free(laboratory);
}

static double random_next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* Standard normal, by Box and Muller. */
static double random_normal(uint64_t *seed)
{
    double u = random_next(seed), v = random_next(seed);
    return sqrt(-2 * log(1 - u)) * cos(2 * M_PI * v);
}

/* A mean of n draws about a value, with their sample standard deviation. */
static struct data_point measure(double flops, double value, double sigma, size_t n, uint64_t *seed)
{
    double draws[16], mean = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        draws[i] = value + sigma * random_normal(seed);
        mean += draws[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        square += (draws[i] - mean) * (draws[i] - mean);
    return (struct data_point){.flops = flops,
                               .mean = mean,
                               .std = sqrt(square / (double)(n - 1)),
                               .observations = (double)n};
}

/*
 * Curves that follow the model, points of unlike spread and numbers of observations: at most one
 * curve in 20 may have a point accused.
 */
static void test_the_rule_by_own_spread_accuses_one_curve_in_20_at_most(void **state)
{
    (void)state;
    enum { CURVES = 2000 };
    uint64_t seed = 41;
    static const char *const names[] = {"even", "uneven"};
    for (int weights = 0; weights < 2; weights++)
        for (int uneven = 0; uneven < 2; uneven++) {
            size_t accused = 0;
            for (int trial = 0; trial < CURVES; trial++) {
                struct made made;
                struct laboratory *laboratory;
                struct laboratory_options options = {.model = fit_model_find("log_linear"),
                                                     .weights = weights ? LABORATORY_BY_STD
                                                                        : LABORATORY_UNWEIGHTED};
                make(&made, (const double[]){0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 10);
                for (size_t i = 0; i < 10; i++) {
                    double sigma = uneven ? pow(10, -4 + 2 * random_next(&seed)) : 0.01;
                    size_t n = 2 + (size_t)(10 * random_next(&seed));
                    made.points[i] =
                        measure(made.flops[i], 0.1 + 0.05 * (double)i, sigma, n, &seed);
                    made.means[i] = made.points[i].mean;
                }
                assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), 0);
                bool any = false;
                for (size_t i = 0; i < 10; i++)
                    any |= laboratory_is_own_outlier(laboratory, laboratory->fits[0], i);
                accused += any;
                laboratory_free(laboratory);
            }
            print_message("weights %s, %s spread: %zu of %d curves accused (%.2f %%)\n",
                          weights ? "std" : "none", names[uneven], accused, CURVES,
                          100.0 * (double)accused / CURVES);
            assert_true(accused <= CURVES / 20);
        }
}

/* The first point is a ten thousandth of the last: no sum of squares sees what becomes of it. */
static void test_a_latency_that_is_far_off_is_told_although_the_fit_is_ok(void **state)
{
    (void)state;
    struct made made;
    struct laboratory *laboratory;
    struct laboratory_options options = {.model = fit_model_find("sigmoid")};
    struct buffer text = {0};
    double flops;
    make(&made, (const double[]){0.00006, 0.0003, 0.001, 0.01, 0.15, 0.5, 0.59, 0.6}, 8);
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
    const struct fit *fit = laboratory->fits[0];
    assert_int_equal(fit->status, FIT_OK);
    double ratio = laboratory_latency_ratio(laboratory, fit, &flops);
    assert_true(flops == 1e6 && ratio > 10);
    assert_true(fabs(ratio * fit_evaluate(fit, 1e6) / made.means[0] - 1) < 1e-12);
    assert_true(laboratory_tell_latency(laboratory, fit, &text));
    assert_non_null(strstr(text.bytes, " times too long at 1 M"));
    buffer_truncate(&text, 0);
    assert_true(laboratory_tell_falling(laboratory, fit, 0.01, TEXT_ASCII, &text));
    assert_non_null(strstr(text.bytes, "larger is predicted faster at 1 M - "));
    buffer_done(&text);
    laboratory_free(laboratory);
}

/* Points and fits that are not positive have no latency to compare; good ones nothing to tell. */
static void test_of_latency_nothing_is_told_where_there_is_nothing_to_tell(void **state)
{
    (void)state;
    struct made made;
    struct laboratory *laboratory;
    struct laboratory_options options = {0};
    struct buffer text = {0};
    double flops;
    make(&made, (const double[]){0.5, 0.52, 0.55, 0.57}, 4);
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
    for (size_t i = 0; i < laboratory->fit_count; i++)
        assert_false(laboratory_tell_latency(laboratory, laboratory->fits[i], &text));
    assert_false(laboratory_tell_falling(laboratory, laboratory->fits[1], 0.01, TEXT_ASCII, &text));
    laboratory_free(laboratory);
    options.model = fit_model_find("log_linear");
    make(&made, (const double[]){-0.5, -0.52, 0, -0.57}, 4);
    assert_int_equal(laboratory_new(&made.curve, &options, &laboratory, NULL), STATUS_OK);
    assert_true(isnan(laboratory_latency_ratio(laboratory, laboratory->fits[0], &flops)));
    assert_true(isnan(flops));
    assert_false(laboratory_tell_latency(laboratory, laboratory->fits[0], &text));
    assert_false(laboratory_tell_falling(laboratory, laboratory->fits[0], 0.01, TEXT_ASCII, &text));
    assert_int_equal(text.length, 0);
    buffer_done(&text);
    laboratory_free(laboratory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_fit_that_cannot_be_saved_is_not_held_up_as_the_best_predictor),
        cmocka_unit_test(test_a_positive_line_is_positive_where_it_is_saved),
        cmocka_unit_test(test_a_laboratory_is_only_of_what_it_was_made_of),
        cmocka_unit_test(test_a_point_that_its_own_spread_does_not_let_be_so_far_off_is_named),
        cmocka_unit_test(test_several_such_points_are_counted_and_the_furthest_named),
        cmocka_unit_test(test_the_rule_by_own_spread_accuses_one_curve_in_20_at_most),
        cmocka_unit_test(test_a_latency_that_is_far_off_is_told_although_the_fit_is_ok),
        cmocka_unit_test(test_of_latency_nothing_is_told_where_there_is_nothing_to_tell),
        cmocka_unit_test(test_one_sentence_sums_a_curve_up),
        cmocka_unit_test(test_a_point_that_does_not_go_with_the_others_is_named),
        cmocka_unit_test(test_the_r_squared_shown_is_over_the_points_as_they_were_weighed),
        cmocka_unit_test(test_points_left_out_take_no_part_and_are_counted),
        cmocka_unit_test(test_weights_come_from_the_points_or_are_refused_by_name),
        cmocka_unit_test(test_a_laboratory_that_is_stopped_has_the_line_all_the_same),
    };
    return cmocka_run_group_tests(tests, set_up, free_jetson);
}
