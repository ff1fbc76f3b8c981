/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts on pairs of measurements, against scipy, and the ratio of two curves. */
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

static const struct breakpoint a_points[] = {{1e7, 0.2}, {5e7, 0.35}, {2e8, 0.6},
                                             {5e8, 0.9}, {5e9, 1.4},  {1e10, 1.5}};
static const struct breakpoint b_points[] = {{1e6, 0.1}, {6e7, 0.3}, {3e8, 1.0}, {2e9, 1.1}};
static const struct curve a_curve = {a_points, COUNT(a_points)};
static const struct curve b_curve = {b_points, COUNT(b_points)};

/* Expected value: scipy.integrate.quad segment by segment to 1e-14; the maximum: 400,001 places. */
static void test_the_mean_ratio_of_curves_agrees_with_quadrature(void **state)
{
    (void)state;
    struct compare_range range;
    struct compare_range back;
    compare_range(&a_curve, &b_curve, 5e6, 2e10, &range);
    compare_range(&b_curve, &a_curve, 5e6, 2e10, &back);
    assert_near(range.geomean_ratio, 0.95772596348193, 1e-12);
    assert_near(back.geomean_ratio, 1 / range.geomean_ratio, 1e-14);
    assert_near(range.max_ratio_flops, 2e8, 0);
    assert_near(range.max_ratio, 1.37274869, 1e-6);
    assert_near(back.max_ratio, 1 / range.max_ratio, 1e-14);
}

/* Expected value: Simpson's rule in 40 decimal digits between breakpoints and crossings, these
 * found by bisection. */
static void test_the_area_between_curves_agrees_with_quadrature(void **state)
{
    (void)state;
    struct compare_range range;
    struct compare_range back;
    compare_range(&a_curve, &b_curve, 5e6, 2e10, &range);
    compare_range(&b_curve, &a_curve, 5e6, 2e10, &back);
    assert_near(range.area, 0.501872398107421, 1e-12);
    assert_true(back.area == range.area);
}

static void test_curves_that_cross_leave_two_triangles(void **state)
{
    (void)state;
    const struct breakpoint level[] = {{1e6, 0.5}}, rising[] = {{1e6, 0.4}, {1e9, 0.7}};
    const struct curve a = {level, 1}, b = {rising, 2};
    struct compare_range range;
    compare_range(&a, &b, 1e6, 1e9, &range); /* they cross one decade in: 0.1 high, then 0.2 */
    assert_near(range.area, 0.5 * 1 * 0.1 + 0.5 * 2 * 0.2, 1e-12);
    compare_range(&a, &b, 1e6, 1e7, &range);
    assert_near(range.area, 0.05, 1e-12);
    compare_range(&a, &a, 1e5, 1e10, &range);
    assert_true(range.area == 0);
}

/* A breakpoint on the curve changes no curve; what rounding leaves of that is no area. */
static void test_rounding_makes_no_area(void **state)
{
    (void)state;
    static const struct breakpoint two[] = {{1e6, 0.1}, {1e9, 0.7}};
    struct curve a = {two, 2};
    for (int i = 1; i < 300; i++) {
        double flops = pow(10, 6 + 0.01 * i);
        const struct breakpoint three[] = {two[0], {flops, curve_evaluate(&a, flops)}, two[1]};
        struct curve b = {three, 3};
        struct compare_range range;
        compare_range(&a, &b, 1e6, 1e9, &range);
        assert_true(range.area == 0);
    }
}

static void test_an_area_needs_no_positive_efficiency(void **state)
{
    (void)state;
    const struct breakpoint sunk[] = {{1e6, -0.1}}, level[] = {{1e6, 0.3}};
    const struct curve a = {sunk, 1}, b = {level, 1};
    struct compare_range range;
    compare_range(&a, &b, 1e6, 1e8, &range);
    assert_near(range.area, 0.8, 1e-12);
    assert_true(isnan(range.geomean_ratio));
    compare_range(&a, &b, 1e8, 1e6, &range);
    assert_true(isnan(range.area));
}

static void test_a_curve_against_itself_is_one_everywhere(void **state)
{
    (void)state;
    struct compare_range range;
    compare_range(&a_curve, &a_curve, 1e7, 1e10, &range);
    assert_true(range.geomean_ratio == 1);
    assert_true(range.max_ratio == 1);
    assert_true(range.max_ratio_flops == 1e7);
}

static void test_a_scaled_curve_has_that_ratio_to_the_last_digits(void **state)
{
    (void)state;
    struct breakpoint scaled[COUNT(a_points)];
    for (size_t i = 0; i < COUNT(a_points); i++)
        scaled[i] = (struct breakpoint){a_points[i].flops, 1.1 * a_points[i].efficiency};
    struct curve curve = {scaled, COUNT(scaled)};
    struct compare_range range;
    compare_range(&a_curve, &curve, 1e6, 1e11, &range);
    assert_near(range.geomean_ratio, 1.1, 1e-14);
    assert_near(range.max_ratio, 1.1, 1e-14);
}

static void test_nearly_level_segments_lose_no_digits(void **state)
{
    (void)state;
    for (double r = 1e-12; r < 0.02; r *= 3) {
        struct breakpoint tilted[] = {{1e6, 0.5}, {1e8, 0.5 * (1 + r)}};
        struct breakpoint level[] = {{1e6, 0.5}};
        struct curve b = {tilted, 2};
        struct curve a = {level, 1};
        struct compare_range range;
        compare_range(&a, &b, 1e6, 1e8, &range);
        double series = r / 2 - r * r / 6 + r * r * r / 12 - pow(r, 4) / 20 + pow(r, 5) / 30;
        series -= pow(r, 6) / 42 - pow(r, 7) / 56;
        assert_near(range.geomean_ratio, exp(series), 1e-12);
    }
}

/* The mean of ln(x)^2 where x goes linearly from p to q, by the integral's closed form. */
static double mean_log_square(double p, double q)
{
    double at_p = p * (log(p) * log(p) - 2 * log(p) + 2);
    double at_q = q * (log(q) * log(q) - 2 * log(q) + 2);
    return (at_q - at_p) / (q - p);
}

static void test_the_mean_square_is_that_of_the_closed_form(void **state)
{
    (void)state;
    const struct breakpoint ones[] = {{1e6, 1}};
    const struct curve flat = {ones, 1};
    /* From, to, and how near: the more an efficiency changes, the less digits quadrature has. */
    const double rows_of[][3] = {
        {0.5, 2, 1e-9}, {1, 1.1, 1e-9}, {0.9, 0.1, 1e-9}, {1e-3, 1, 1e-6}, {3e-6, 0.9, 2e-4}};
    for (size_t i = 0; i < COUNT(rows_of); i++) {
        double from = rows_of[i][0], to = rows_of[i][1], tolerance = rows_of[i][2];
        const struct breakpoint steep[] = {{1e6, from}, {1e9, to}};
        const struct curve curve = {steep, 2};
        double expected = mean_log_square(from, to);
        assert_near(compare_mean_square(&flat, &curve, 1e6, 1e9), expected, tolerance);
        /* Twice the range, the other half of it beyond the breakpoint: the mean of both halves. */
        expected = (expected + log(to) * log(to)) / 2;
        assert_near(compare_mean_square(&flat, &curve, 1e6, 1e12), expected, tolerance);
    }
}

static void test_the_mean_square_of_a_factor_is_that_of_its_logarithm(void **state)
{
    (void)state;
    struct breakpoint scaled[8];
    for (size_t i = 0; i < a_curve.count; i++)
        scaled[i] = (struct breakpoint){a_curve.breakpoints[i].flops,
                                        3 * a_curve.breakpoints[i].efficiency};
    const struct curve tripled = {scaled, a_curve.count};
    assert_near(compare_mean_square(&a_curve, &tripled, 1e6, 1e11), log(3) * log(3), 1e-14);
    assert_near(compare_mean_square(&a_curve, &tripled, 1e7, 1e7), log(3) * log(3), 1e-14);
    assert_true(compare_mean_square(&a_curve, &a_curve, 1e6, 1e11) == 0);
}

static void test_the_mean_square_is_the_same_from_both_sides(void **state)
{
    (void)state;
    double there = compare_mean_square(&a_curve, &b_curve, 5e6, 2e10);
    struct compare_range range;
    compare_range(&a_curve, &b_curve, 5e6, 2e10, &range);
    assert_true(there == compare_mean_square(&b_curve, &a_curve, 5e6, 2e10));
    /* It cannot be below the square of the mean, nor above that of the largest. */
    assert_true(there > log(range.geomean_ratio) * log(range.geomean_ratio));
    assert_true(there < log(range.max_ratio) * log(range.max_ratio));
}

static void test_one_size_is_a_range_too(void **state)
{
    (void)state;
    struct compare_range range;
    compare_range(&a_curve, &b_curve, 1e7, 1e7, &range);
    assert_near(range.geomean_ratio, curve_evaluate(&b_curve, 1e7) / 0.2, 1e-14);
}

static void test_without_a_range_or_efficiency_there_is_no_ratio(void **state)
{
    (void)state;
    static const struct breakpoint crossing[] = {{1e6, -0.1}, {1e9, 1}};
    struct curve negative = {crossing, 2};
    struct curve empty = {NULL, 0};
    struct compare_range range;
    compare_range(&a_curve, &b_curve, 2e7, 1e7, &range);
    assert_true(isnan(range.geomean_ratio) && isnan(range.max_ratio));
    compare_range(&a_curve, &b_curve, 0, 1e7, &range);
    assert_true(isnan(range.geomean_ratio));
    compare_range(&a_curve, &negative, 1e6, 1e9, &range);
    assert_true(isnan(range.geomean_ratio) && isnan(range.max_ratio_flops));
    compare_range(&a_curve, &empty, 1e6, 1e9, &range);
    assert_true(isnan(range.geomean_ratio) && isnan(range.area));
    compare_range(&empty, &a_curve, 1e6, 1e9, &range);
    assert_true(isnan(range.geomean_ratio) && isnan(range.area));
    assert_true(isnan(compare_mean_square(&a_curve, &b_curve, 2e7, 1e7)));
    assert_true(isnan(compare_mean_square(&a_curve, &negative, 1e6, 1e9)));
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

static void test_what_is_no_range_has_no_ratio(void **state)
{
    (void)state;
    static const double ranges[][2] = {{0, 1}, {-1, 1}, {2, 1}, {1, INFINITY}, {NAN, 1}, {1, NAN}};
    const struct breakpoint knots[] = {{1, 0.5}, {10, 0.6}};
    const struct curve curve = {knots, 2};
    for (size_t i = 0; i < COUNT(ranges); i++) {
        struct compare_range range;
        compare_range(&curve, &curve, ranges[i][0], ranges[i][1], &range);
        assert_true(isnan(range.geomean_ratio) && isnan(range.max_ratio));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ratios_agree_with_an_independent_welch_test),
        cmocka_unit_test(test_samples_that_allow_no_test_say_why),
        cmocka_unit_test(test_what_is_no_range_has_no_ratio),
        cmocka_unit_test(test_intervals_of_unequal_samples_agree_with_thirty_digits),
        cmocka_unit_test(test_comparing_the_other_way_round_is_the_mirror_image),
        cmocka_unit_test(test_better_and_worse_are_of_b_against_a),
        cmocka_unit_test(test_a_difference_within_the_margin_is_the_same_however_sure),
        cmocka_unit_test(test_what_cannot_be_tested_says_why),
        cmocka_unit_test(test_untested_points_do_not_weaken_the_others),
        cmocka_unit_test(test_equal_devices_are_rarely_told_apart),
        cmocka_unit_test(test_the_mean_ratio_of_curves_agrees_with_quadrature),
        cmocka_unit_test(test_the_area_between_curves_agrees_with_quadrature),
        cmocka_unit_test(test_curves_that_cross_leave_two_triangles),
        cmocka_unit_test(test_rounding_makes_no_area),
        cmocka_unit_test(test_an_area_needs_no_positive_efficiency),
        cmocka_unit_test(test_a_curve_against_itself_is_one_everywhere),
        cmocka_unit_test(test_a_scaled_curve_has_that_ratio_to_the_last_digits),
        cmocka_unit_test(test_nearly_level_segments_lose_no_digits),
        cmocka_unit_test(test_the_mean_square_is_that_of_the_closed_form),
        cmocka_unit_test(test_the_mean_square_of_a_factor_is_that_of_its_logarithm),
        cmocka_unit_test(test_the_mean_square_is_the_same_from_both_sides),
        cmocka_unit_test(test_one_size_is_a_range_too),
        cmocka_unit_test(test_without_a_range_or_efficiency_there_is_no_ratio),
    };
    gsl_set_error_handler_off(); /* as fit_setup does for the program */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
