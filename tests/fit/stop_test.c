/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fits that are told to stop do so soon and say so; fits that are not are the same as ever. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "fit/fit.h"

#include "../share.h"

enum { COUNT = 40 };

/* How often was asked, and from which question on the answer is no. */
struct patience {
    size_t asked, limit;
};

static bool keep_going(void *context, const struct fit_model *model)
{
    struct patience *patience = context;
    assert_non_null(model);
    return patience->asked++ < patience->limit;
}

static double flops[COUNT], means[COUNT];

static int setup(void **state)
{
    (void)state;
    fit_setup();
    for (size_t i = 0; i < COUNT; i++) {
        flops[i] = 1e6 * pow(1.3, (double)i);
        means[i] = 0.8 / (1 + exp(3 - (double)i / 5)) + 0.01 * (double)(i * 7 % 5);
    }
    return 0;
}

static struct fit *run(const char *model, bool robust, struct patience *patience)
{
    struct curve_points points = {flops, means, NULL, COUNT};
    struct fit_options options = {
        .robust = robust, .keep_going = patience ? keep_going : NULL, .context = patience};
    return fit_run(fit_model_find(model), &points, &options);
}

static void test_a_fit_that_nobody_stops_is_the_same_and_was_asked_on_the_way(void **state)
{
    (void)state;
    for (size_t i = 0; i < fit_model_count(); i++)
        for (int robust = 0; robust < 2; robust++) {
            struct patience endless = {0, SIZE_MAX};
            struct fit *asked = run(fit_model_name(fit_model_at(i)), robust, &endless);
            struct fit *not_asked = run(fit_model_name(fit_model_at(i)), robust, NULL);
            assert_int_equal(asked->status, not_asked->status);
            assert_true(asked->statistics.ss_res == not_asked->statistics.ss_res);
            assert_true(endless.asked >= 2);
            if (fit_model_at(i) == fit_model_find("piecewise_linear"))
                assert_true(endless.asked >= 11); /* each number of breakpoints */
            fit_free(asked);
            fit_free(not_asked);
        }
}

/* Whatever the moment: no parameters, no breakpoints, the word, and few questions more. */
static void test_a_fit_stopped_at_any_step_has_failed_and_says_stopped(void **state)
{
    (void)state;
    size_t stops = 0, step = (size_t)test_stride(5);
    for (size_t i = 0; i < fit_model_count(); i++)
        for (int robust = 0; robust < 2; robust++)
            for (size_t limit = 0;; limit += step, stops++) {
                struct patience patience = {0, limit};
                struct fit *fit = run(fit_model_name(fit_model_at(i)), robust, &patience);
                if (patience.asked <= limit) { /* it came to its end before */
                    fit_free(fit);
                    break;
                }
                assert_int_equal(fit->status, FIT_FAILED);
                assert_string_equal(fit->warnings[0], "stopped");
                assert_int_equal(fit->breakpoint_count, 0);
                assert_true(isnan(fit_evaluate(fit, 1e8)));
                assert_true(patience.asked <= limit + 60);
                fit_free(fit);
            }
    printf("stopped at %zu places\n", stops);
    assert_true(stops > 20);
}

/* The search for a sigmoid that may not fall, through points that do, asks as well. */
static void test_a_constrained_sigmoid_can_be_stopped(void **state)
{
    (void)state;
    double falling[COUNT];
    struct curve_points points = {flops, falling, NULL, COUNT};
    struct patience patience = {0, SIZE_MAX};
    struct fit_options options = {.monotone = true, .keep_going = keep_going, .context = &patience};
    for (size_t i = 0; i < COUNT; i++)
        falling[i] = 1 - means[i];
    struct fit *fit = fit_run(fit_model_find("sigmoid"), &points, &options);
    size_t asked = patience.asked;
    assert_true(asked > 20);
    fit_free(fit);
    for (size_t limit = 0; limit < asked; limit += (size_t)test_stride(5)) {
        patience = (struct patience){0, limit};
        fit = fit_run(fit_model_find("sigmoid"), &points, &options);
        assert_int_equal(fit->status, FIT_FAILED);
        assert_string_equal(fit->warnings[0], "stopped");
        fit_free(fit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_fit_that_nobody_stops_is_the_same_and_was_asked_on_the_way),
        cmocka_unit_test(test_a_fit_stopped_at_any_step_has_failed_and_says_stopped),
        cmocka_unit_test(test_a_constrained_sigmoid_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
