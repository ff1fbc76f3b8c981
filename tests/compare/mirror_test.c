/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing B with A is the mirror image of comparing A with B, over generated calibrations. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "compare/compare.h"

enum { PAIRS = 400 };

static uint64_t seed = 7;

static double uniform(void)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return ((double)(seed >> 11) + 0.5) / 9007199254740992.0;
}

static int below(int limit)
{
    return (int)(limit * uniform());
}

/* A few sizes come up often, so that sides share some; others lie close by or anywhere. */
static double drawn_size(int place)
{
    double size = pow(10, 5 + place);
    int kind = below(4);
    return kind == 0 ? size * (1 + 3 * uniform()) : kind == 1 ? size * (1 + 1e-10) : size;
}

/* Drawn in statements of their own, so that every compiler draws the same. */
static void append_points(struct buffer *text)
{
    static const char *const sources[] = {"measured", "legacy_hardcoded", "interpolated", "?"};
    static const double spreads[] = {0, 0.005, 0.02, 0.3};
    const char *separator = "";
    for (int place = 0; place < 6; place++) {
        if (below(5) == 0)
            continue;
        double size = drawn_size(place);
        double mean = below(20) ? 0.25 * (1 + below(3)) : -0.1;
        double std = fabs(mean) * spreads[below(4)];
        double reach = below(2) ? 1.96 * std : 1.96 * std / sqrt(7);
        int n = 1 + below(9);
        const char *source = sources[below(4)];
        buffer_print(text,
                     "%s{\"flops\":%.17g,\"efficiency_mean\":%.17g,\"efficiency_std\":%.17g,"
                     "\"ci_lower\":%.17g,\"ci_upper\":%.17g,\"num_observations\":%d,"
                     "\"source\":\"%s\"}",
                     separator, size, mean, std, mean - reach, mean + reach, n, source);
        separator = ",";
    }
}

static void append_breakpoints(struct buffer *text)
{
    const char *separator = "";
    for (int place = 0; place < 6; place++) {
        if (below(4) == 0)
            continue;
        double size = drawn_size(place), efficiency = 0.125 * (1 + below(8));
        buffer_print(text, "%s[%.17g,%.17g]", separator, size, efficiency);
        separator = ",";
    }
}

static struct calibration *drawn_calibration(void)
{
    static const char *const names[] = {"conv2d", "matmul", "relu"};
    static const char *const types[] = {"piecewise_linear", "sigmoid"};
    struct buffer text = {0};
    struct calibration *calibration;
    struct error error;
    const char *separator = "";
    int hardware = below(2);
    const char *notes = below(2) ? "\"notes\":\"n\"," : "";
    buffer_print(&text, "{\"hardware_id\":\"h%d\",%s\"curves\":{", hardware, notes);
    for (int i = 0; i < 3; i++) {
        if (below(4) == 0)
            continue;
        buffer_print(&text, "%s\"%s\":{\"min_flops\":%d,\"data_points\":[", separator, names[i],
                     1 + below(2));
        append_points(&text);
        buffer_print(&text, "],\"fitted_curve\":{\"curve_type\":\"%s\",\"breakpoints\":[",
                     types[below(2)]);
        append_breakpoints(&text);
        buffer_append_string(&text, "]}}");
        separator = ",";
    }
    buffer_append_string(&text, "}}");
    if (calibration_read(text.bytes, text.length, &calibration, &error))
        fail_msg("%s", error.message);
    buffer_done(&text);
    return calibration;
}

static void assert_same(double a, double b)
{
    if (isnan(a) ? !isnan(b) : fabs(a - b) > 1e-12 * fabs(a))
        fail_msg("%.17g is not %.17g", a, b);
}

static void assert_inverse(double a, double b)
{
    assert_same(a, 1 / b);
}

static void assert_same_text(const char *a, const char *b)
{
    if (!a || !b)
        assert_true(a == b);
    else
        assert_string_equal(a, b);
}

static void assert_fields_mirrored(const struct compared_field *there, size_t count,
                                   const struct compared_field *back, size_t back_count)
{
    assert_int_equal(count, back_count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(there[i].field, back[i].field);
        assert_same_text(there[i].a, back[i].b);
        assert_same_text(there[i].b, back[i].a);
    }
}

static void assert_point_mirrored(const struct compared_point *there,
                                  const struct compared_point *back)
{
    static const enum compare_verdict mirrored[] = {COMPARE_UNCLEAR, COMPARE_SAME, COMPARE_WORSE,
                                                    COMPARE_BETTER};
    assert_true(there->flops == back->flops && there->a == back->b && there->b == back->a);
    assert_inverse(there->ratio, back->ratio);
    assert_inverse(there->ci_low, back->ci_high);
    assert_inverse(there->ci_high, back->ci_low);
    assert_same(there->p_value, back->p_value);
    assert_same(there->p_adjusted, back->p_adjusted);
    assert_same(there->milliseconds_a, back->milliseconds_b);
    assert_same(there->milliseconds_b, back->milliseconds_a);
    assert_true(there->n_a == back->n_b && there->n_b == back->n_a);
    assert_int_equal(back->verdict, mirrored[there->verdict]);
    assert_same_text(there->reason, back->reason);
}

static void assert_changes_mirrored(const struct compared_curve *there,
                                    const struct compared_curve *back)
{
    assert_int_equal(there->change_count, back->change_count);
    for (size_t i = 0; i < there->change_count; i++) {
        const struct breakpoint_change *one = &there->changes[i], *other = &back->changes[i];
        assert_int_equal(other->fate, BREAKPOINT_REMOVED - one->fate);
        assert_true(one->index_a == other->index_b && one->index_b == other->index_a);
        assert_memory_equal(&one->a, &other->b, sizeof one->a);
        assert_memory_equal(&one->b, &other->a, sizeof one->b);
    }
}

static void assert_sizes(const double *a, size_t count, const double *b, size_t other_count)
{
    assert_int_equal(count, other_count);
    for (size_t i = 0; i < count; i++)
        assert_true(a[i] == b[i]);
}

static void assert_curve_mirrored(const struct compared_curve *there,
                                  const struct compared_curve *back)
{
    assert_true(there->a == back->b && there->b == back->a);
    assert_true(there->differs == back->differs && there->rates == back->rates);
    assert_true(there->has_range == back->has_range && there->range_low == back->range_low &&
                there->range_high == back->range_high);
    assert_inverse(there->geomean_ratio, back->geomean_ratio);
    assert_inverse(there->max_ratio, back->max_ratio);
    assert_same(there->max_ratio_flops, back->max_ratio_flops);
    assert_same(there->area, back->area);
    assert_int_equal(there->changed_points, back->changed_points);
    assert_sizes(there->sizes_only_a, there->only_a_count, back->sizes_only_b, back->only_b_count);
    assert_sizes(there->sizes_only_b, there->only_b_count, back->sizes_only_a, back->only_a_count);
    assert_fields_mirrored(there->fields, there->field_count, back->fields, back->field_count);
    assert_changes_mirrored(there, back);
    assert_int_equal(there->point_count, back->point_count);
    for (size_t i = 0; i < there->point_count; i++)
        assert_point_mirrored(&there->points[i], &back->points[i]);
}

/* Both ways hold the same curves; the order follows side A. */
static const struct compared_curve *find(const struct comparison *comparison, const char *name)
{
    for (size_t i = 0; i < comparison->curve_count; i++)
        if (strcmp(comparison->curves[i].name, name) == 0)
            return &comparison->curves[i];
    fail_msg("there is no %s", name);
    return NULL;
}

struct tally {
    size_t curves, points, changes, verdicts[4];
};

static void count(const struct comparison *comparison, struct tally *tally)
{
    tally->curves += comparison->curve_count;
    for (size_t i = 0; i < comparison->curve_count; i++) {
        const struct compared_curve *curve = &comparison->curves[i];
        tally->points += curve->point_count;
        tally->changes += curve->change_count;
        for (size_t j = 0; j < curve->point_count; j++)
            tally->verdicts[curve->points[j].verdict]++;
    }
}

static void test_b_against_a_is_the_mirror_image_of_a_against_b(void **state)
{
    (void)state;
    struct tally tally = {0};
    for (int i = 0; i < PAIRS; i++) {
        struct calibration *a = drawn_calibration(), *b = drawn_calibration();
        struct compare_options there_options = {.margin = 0.05}, back_options = {.margin = 0.05};
        if (i % 2) {
            there_options.peak_a = back_options.peak_b = 1e12;
            there_options.peak_b = back_options.peak_a = 3e12;
        }
        struct comparison *there = compare_calibrations(a, b, &there_options);
        struct comparison *back = compare_calibrations(b, a, &back_options);
        assert_int_equal(there->curve_count, back->curve_count);
        for (size_t j = 0; j < there->curve_count; j++)
            assert_curve_mirrored(&there->curves[j], find(back, there->curves[j].name));
        assert_fields_mirrored(there->fields, there->field_count, back->fields, back->field_count);
        assert_int_equal(there->warning_count, back->warning_count);
        assert_true(there->differs == back->differs);
        count(there, &tally);
        comparison_free(there);
        comparison_free(back);
        calibration_free(a);
        calibration_free(b);
    }
    print_message("%d pairs: %zu curves, %zu changed breakpoints, %zu shared points: %zu better, "
                  "%zu worse, %zu same, %zu unclear\n",
                  PAIRS, tally.curves, tally.changes, tally.points, tally.verdicts[COMPARE_BETTER],
                  tally.verdicts[COMPARE_WORSE], tally.verdicts[COMPARE_SAME],
                  tally.verdicts[COMPARE_UNCLEAR]);
    for (int i = 0; i < 4; i++)
        assert_true(tally.verdicts[i] > 0); /* else the pairs would show nothing */
}

static void test_a_calibration_against_itself_leaves_nothing_to_say(void **state)
{
    (void)state;
    const struct compare_options options = {.margin = 0.05};
    for (int i = 0; i < PAIRS; i++) {
        struct calibration *a = drawn_calibration();
        struct comparison *result = compare_calibrations(a, a, &options);
        assert_false(result->differs);
        assert_int_equal(result->field_count + result->warning_count, 0);
        for (size_t j = 0; j < result->curve_count; j++) {
            const struct compared_curve *curve = &result->curves[j];
            assert_int_equal(curve->field_count + curve->change_count, 0);
            assert_int_equal(curve->only_a_count + curve->only_b_count, 0);
            assert_true(!curve->has_range || isnan(curve->area) || curve->area == 0);
            for (size_t k = 0; k < curve->point_count; k++)
                assert_true(curve->points[k].verdict == COMPARE_SAME ||
                            curve->points[k].verdict == COMPARE_UNCLEAR);
        }
        comparison_free(result);
        calibration_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_b_against_a_is_the_mirror_image_of_a_against_b),
        cmocka_unit_test(test_a_calibration_against_itself_leaves_nothing_to_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
