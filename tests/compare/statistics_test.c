/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts on pairs of measurements, against scipy and thirty digits. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "compare/statistics.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void assert_near(double actual, double expected, double tolerance)
{
    if (isnan(expected) ? !isnan(actual) : !(fabs(actual - expected) <= tolerance * fabs(expected)))
        fail_msg("%.17g is not %.17g within %g", actual, expected, tolerance);
}

/* Expected values: scipy 1.10: ttest_ind_from_stats on the logs, quantiles by betaincinv (t.ppf is
 * good to nine digits only at few degrees of freedom); Holm by hand in numpy. */
static const struct row {
    struct compare_sample a, b;
    double ratio, ci_low, ci_high, degrees, p_value, p_adjusted;
    enum compare_verdict verdict;
} rows[] = {
    {{0.5, 0.05, 10},
     {0.55, 0.04, 7},
     1.1,
     1.00599041004518,
     1.20279476615056,
     14.9424737330954,
     0.0380978958222521,
     0.228587374933512,
     COMPARE_UNCLEAR},
    {{0.9, 0.2, 3},
     {0.3, 0.01, 30},
     0.333333333333333,
     0.192262172559013,
     0.577914571713302,
     2.00900942357861,
     0.0132137104459662,
     0.0924959731217636,
     COMPARE_UNCLEAR},
    {{1e-05, 2e-06, 5},
     {1.1e-05, 3e-06, 12},
     1.1,
     0.844506780657961,
     1.4327889695063,
     10.3419865983546,
     0.441770384600319,
     1,
     COMPARE_UNCLEAR},
    {{5.6, 0.02, 2},
     {5.61, 0.03, 2},
     1.00178571428571,
     0.979408209623658,
     1.02467449985187,
     1.74404238138778,
     0.737466186803568,
     1,
     COMPARE_SAME},
    {{0.2, 0.004, 40},
     {0.2008, 0.003, 25},
     1.004,
     0.995302998793462,
     1.01277299598409,
     60.8745278764476,
     0.362469208663998,
     1,
     COMPARE_SAME},
    {{0.4, 0.1, 2},
     {0.1, 0.002, 2},
     0.25,
     0.0280591973239959,
     2.22743363889995,
     1.01279947573347,
     0.0790831992578241,
     0.39541599628912,
     COMPARE_UNCLEAR},
    {{0.31, 0.08, 150},
     {0.352, 0.09, 6},
     1.13548387096774,
     0.868943412428259,
     1.48378318172052,
     5.415490581369,
     0.282435930000319,
     1,
     COMPARE_UNCLEAR},
};

static void test_ratios_agree_with_an_independent_welch_test(void **state)
{
    (void)state;
    struct compare_ratio table[COUNT(rows)];
    for (size_t i = 0; i < COUNT(rows); i++)
        compare_samples(&rows[i].a, &rows[i].b, &table[i]);
    compare_judge(table, COUNT(rows), 0.05);
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_near(table[i].ratio, rows[i].ratio, 1e-12);
        assert_near(table[i].ci_low, rows[i].ci_low, 1e-10);
        assert_near(table[i].ci_high, rows[i].ci_high, 1e-10);
        assert_near(table[i].degrees, rows[i].degrees, 1e-12);
        assert_near(table[i].p_value, rows[i].p_value, 1e-10);
        assert_near(table[i].p_adjusted, rows[i].p_adjusted, 1e-10);
        assert_int_equal(table[i].verdict, rows[i].verdict);
        assert_true((table[i].reason != NULL) == (table[i].verdict == COMPARE_UNCLEAR));
    }
}

/* Expected values: thirty digits throughout, in mpmath: tails from its incomplete beta function,
 * quantiles by bisection of these, the last row by quadrature. n and spread are as unequal as the
 * field's. */
static const struct {
    struct compare_sample a, b;
    double ci_low, ci_high, degrees, p_value;
} unequal[] = {
    {{3.69e-05, 3.02e-06, 5},
     {3.68e-05, 1.4e-06, 5},
     0.9021523181646725,
     1.102460493666655,
     5.651476208554987,
     0.948710563814984},
    {{1.12, 0.43, 30},
     {1.57, 0.18, 15},
     1.20163265373324,
     1.635277788657479,
     37.77763235776594,
     7.600356919777187e-5},
    {{0.194, 0.0261, 12},
     {0.277, 0.131, 5},
     0.7975999277946772,
     2.556059577464386,
     4.272538863509821,
     0.1684385345455621},
    {{0.0334, 0.00466, 2},
     {0.0287, 0.00248, 1700},
     0.2459029246565088,
     3.002666963885368,
     1.000902754501836,
     0.3670688243441399},
    {{0.589, 0.25, 8},
     {0.919, 0.174, 40},
     1.092465197547525,
     2.228398321024274,
     7.566090744063004,
     0.02089157871138085},
    {{0.00136, 0.000173, 12},
     {0.00115, 0.000165, 40},
     0.7728179751761364,
     0.9252107050238534,
     20.1701946972449,
     0.0009070554426105963},
    {{0.997, 0.44, 8},
     {1.17, 0.497, 2},
     0.1802091487001814,
     7.641956685499956,
     1.595904617271367,
     0.6930095811826653},
    {{0.00214, 0.000489, 5},
     {0.0019, 0.000229, 7},
     0.6719778043504894,
     1.173072156793179,
     5.600297489422054,
     0.3313844416793538},
    {{0.243, 0.0569, 8},
     {0.166, 0.0828, 1700},
     0.5614317915023122,
     0.8312020920660371,
     7.302130254904272,
     0.002353401985876288},
    {{0.000768, 7.82e-05, 200},
     {0.00123, 0.000257, 40},
     1.495978244191704,
     1.71459875928353,
     42.77382720607818,
     1.699069723476974e-17},
    {{0.0302, 0.00547, 5},
     {0.0265, 0.00993, 40},
     0.6996794929697692,
     1.100471289668037,
     9.156139359472268,
     0.2246125637200713},
    {{0.0118, 0.000649, 12},
     {0.0178, 0.000632, 40},
     1.454912703994574,
     1.564008301672663,
     13.86133492502575,
     8.668235512513005e-13},
    {{0.31, 0.08, 400000},
     {0.3104, 0.07, 300000},
     1.000153368240927,
     1.002428569387311,
     683894.1241873832,
     0.02611342039471005},
};

static void test_intervals_of_unequal_samples_agree_with_thirty_digits(void **state)
{
    (void)state;
    double farthest = 0;
    for (size_t i = 0; i < COUNT(unequal); i++) {
        struct compare_ratio result;
        compare_samples(&unequal[i].a, &unequal[i].b, &result);
        assert_near(result.ci_low, unequal[i].ci_low, 1e-10);
        assert_near(result.ci_high, unequal[i].ci_high, 1e-10);
        assert_near(result.degrees, unequal[i].degrees, 1e-12);
        assert_near(result.p_value, unequal[i].p_value, 1e-10);
        farthest = fmax(farthest, fabs(result.ci_low / unequal[i].ci_low - 1));
        farthest = fmax(farthest, fabs(result.p_value / unequal[i].p_value - 1));
    }
    print_message("at most %.1e from thirty digits\n", farthest);
}

static void test_comparing_the_other_way_round_is_the_mirror_image(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct compare_ratio there;
        struct compare_ratio back;
        compare_samples(&rows[i].a, &rows[i].b, &there);
        compare_samples(&rows[i].b, &rows[i].a, &back);
        assert_near(back.ratio, 1 / there.ratio, 1e-14);
        assert_near(back.ci_low, 1 / there.ci_high, 1e-14);
        assert_near(back.ci_high, 1 / there.ci_low, 1e-14);
        assert_near(back.p_value, there.p_value, 1e-14);
        compare_judge(&there, 1, 0.05);
        compare_judge(&back, 1, 0.05);
        static const enum compare_verdict mirrored[] = {COMPARE_UNCLEAR, COMPARE_SAME,
                                                        COMPARE_WORSE, COMPARE_BETTER};
        assert_int_equal(back.verdict, mirrored[there.verdict]);
    }
}

static void test_better_and_worse_are_of_b_against_a(void **state)
{
    (void)state;
    struct compare_ratio first;
    struct compare_ratio second;
    compare_samples(&rows[0].a, &rows[0].b, &first);
    compare_samples(&rows[1].a, &rows[1].b, &second);
    compare_judge(&first, 1, 0.05);
    compare_judge(&second, 1, 0.05);
    assert_string_equal(compare_verdict_name(first.verdict), "better");
    assert_string_equal(compare_verdict_name(second.verdict), "worse");
}

static void test_a_difference_within_the_margin_is_the_same_however_sure(void **state)
{
    (void)state;
    struct compare_sample a = {0.5, 0.001, 100};
    struct compare_sample b = {0.51, 0.001, 100};
    struct compare_ratio result;
    compare_samples(&a, &b, &result);
    compare_judge(&result, 1, 0.05);
    assert_true(result.p_adjusted < 1e-10);
    assert_int_equal(result.verdict, COMPARE_SAME);
    compare_judge(&result, 1, 0.01);
    assert_int_equal(result.verdict, COMPARE_BETTER);
}

static void test_what_cannot_be_tested_says_why(void **state)
{
    (void)state;
    static const struct {
        struct compare_sample a, b;
        double ratio;
        const char *reason;
    } cases[] = {
        {{0.5, 0.1, 1}, {0.6, 0.1, 9}, 1.2, "one observation"},
        {{0.5, 0.1, 9}, {0.6, 0.1, 1}, 1.2, "one observation"},
        {{0.5, 0.1, NAN}, {0.6, 0.1, 9}, 1.2, "number of observations unknown"},
        {{0.5, 0, 9}, {0.6, 0.1, 9}, 1.2, "spread unknown"},
        {{0.5, 0.1, 9}, {0.6, NAN, 9}, 1.2, "spread unknown"},
        {{0.5, 1e-170, 9}, {0.6, 1e-170, 9}, 1.2, "the spread is beyond what can be computed"},
        {{0.5, 1e300, 9}, {0.6, 0.1, 9}, 1.2, "the spread is beyond what can be computed"},
        {{0, 0.1, 9}, {0.6, 0.1, 9}, NAN, "an efficiency is not positive"},
        {{0.5, 0.1, 9}, {-0.6, 0.1, 9}, NAN, "an efficiency is not positive"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct compare_ratio result;
        compare_samples(&cases[i].a, &cases[i].b, &result);
        compare_judge(&result, 1, 0.05);
        assert_near(result.ratio, cases[i].ratio, 1e-14);
        assert_true(isnan(result.ci_low) && isnan(result.ci_high));
        assert_true(isnan(result.p_value) && isnan(result.p_adjusted));
        assert_int_equal(result.verdict, COMPARE_UNCLEAR);
        assert_string_equal(result.reason, cases[i].reason);
    }
}

static void test_untested_points_do_not_weaken_the_others(void **state)
{
    (void)state;
    struct compare_sample single = {0.5, 0.1, 1};
    struct compare_ratio table[3];
    compare_samples(&single, &rows[0].b, &table[0]);
    compare_samples(&rows[0].a, &rows[0].b, &table[1]);
    compare_samples(&single, &single, &table[2]);
    compare_judge(table, 3, 0.05);
    assert_near(table[1].p_adjusted, table[1].p_value, 0);
    assert_int_equal(table[1].verdict, COMPARE_BETTER);
    compare_judge(NULL, 0, 0.05);
}

static double uniform(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return ((double)(*seed >> 11) + 0.5) / 9007199254740992.0;
}

static struct compare_sample drawn_sample(uint64_t *seed, double spread)
{
    size_t n = 5 + (size_t)(26 * uniform(seed));
    double sum = 0;
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        double normal = sqrt(-2 * log(uniform(seed))) * cos(2 * acos(-1) * uniform(seed));
        double value = 1 + spread * normal;
        sum += value;
        squares += value * value;
    }
    double mean = sum / (double)n;
    double variance = (squares - (double)n * mean * mean) / (double)(n - 1);
    return (struct compare_sample){mean, sqrt(variance), (double)n};
}

/*
 * Tables of six without a true difference, n from 5 to 30, std/mean up to 0.2. Holm promises a
 * wrong verdict somewhere in 5 % of the tables at most, and so in far fewer of the points. The rate
 * of tables lies at that limit (4.99 % of 40,000), so three standard errors are allowed for; that
 * of points needs no allowance.
 */
static void test_equal_devices_are_rarely_told_apart(void **state)
{
    (void)state;
    enum { TABLES = 10000, ENTRIES = 6 };
    uint64_t seed = 20;
    int tables = 0, points = 0;
    for (int i = 0; i < TABLES; i++) {
        struct compare_ratio table[ENTRIES];
        int wrong = 0;
        for (int j = 0; j < ENTRIES; j++) {
            struct compare_sample a = drawn_sample(&seed, 0.2 * uniform(&seed));
            struct compare_sample b = drawn_sample(&seed, 0.2 * uniform(&seed));
            compare_samples(&a, &b, &table[j]);
        }
        compare_judge(table, ENTRIES, 0.05);
        for (int j = 0; j < ENTRIES; j++)
            wrong += table[j].verdict == COMPARE_BETTER || table[j].verdict == COMPARE_WORSE;
        tables += wrong > 0;
        points += wrong;
    }
    print_message("wrongly better or worse: %.2f %% of %d points, in %.2f %% of %d tables\n",
                  100.0 * points / (TABLES * ENTRIES), TABLES * ENTRIES, 100.0 * tables / TABLES,
                  TABLES);
    assert_true(points <= 0.05 * TABLES * ENTRIES);
    assert_true(tables <= 0.05 * TABLES + 3 * sqrt(0.05 * 0.95 * TABLES));
}

static void test_samples_that_allow_no_test_say_why(void **state)
{
    (void)state;
    const struct compare_sample good = {0.5, 0.05, 10};
    static const struct {
        struct compare_sample bad;
        const char *reason;
    } table[] = {
        {{0, 0.1, 5}, "an efficiency is not positive"},
        {{-1, 0.1, 5}, "an efficiency is not positive"},
        {{NAN, 0.1, 5}, "an efficiency is not positive"},
        {{INFINITY, 0.1, 5}, "an efficiency is not positive"},
        {{0.5, 0.1, 0}, "number of observations unknown"},
        {{0.5, 0.1, NAN}, "number of observations unknown"},
        {{0.5, 0.1, 1}, "one observation"},
        {{0.5, 0, 5}, "spread unknown"},
        {{0.5, NAN, 5}, "spread unknown"},
        {{0.5, INFINITY, 5}, "spread unknown"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct compare_ratio one, other;
        compare_samples(&good, &table[i].bad, &one);
        compare_samples(&table[i].bad, &good, &other);
        assert_string_equal(one.reason, table[i].reason);
        assert_string_equal(other.reason, table[i].reason);
        assert_true(isnan(one.p_value) && isnan(other.p_value));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ratios_agree_with_an_independent_welch_test),
        cmocka_unit_test(test_samples_that_allow_no_test_say_why),
        cmocka_unit_test(test_intervals_of_unequal_samples_agree_with_thirty_digits),
        cmocka_unit_test(test_comparing_the_other_way_round_is_the_mirror_image),
        cmocka_unit_test(test_better_and_worse_are_of_b_against_a),
        cmocka_unit_test(test_a_difference_within_the_margin_is_the_same_however_sure),
        cmocka_unit_test(test_what_cannot_be_tested_says_why),
        cmocka_unit_test(test_untested_points_do_not_weaken_the_others),
        cmocka_unit_test(test_equal_devices_are_rarely_told_apart),
    };
    gsl_set_error_handler_off(); /* as fit_setup does for the program */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
