/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The remedies: what they mend is gone, nothing new comes, every other byte stays, and a second
 * time changes nothing.
 */
#include "sound.h"

#include "base/memory.h"

#include "../share.h"

static char *fix_text(const char *text)
{
    struct calibration *calibration;
    struct error error;
    struct buffer out = {0};
    if (calibration_read(text, strlen(text), &calibration, &error))
        fail_msg("%zu: %s in\n%s", error.line, error.message, text);
    check_fix(calibration, &out);
    calibration_free(calibration);
    return buffer_take(&out);
}

/* What a fix must do with the sound text that has `to` instead of `from`. */
struct row {
    const char *rule, *from, *to;
    const char
        *fixed; /* what stands there afterwards; NULL: as before, the fix has no part in it */
};

#define SWAPPED "\"efficiency_min\": 0.3, \"efficiency_max\": 0.10"
#define CURVE "[[1000000.0, 0.2], [10000000.0, 0.25]]"
#define RANGE "\"min_flops\": 1000000.0,\n      \"max_flops\": 10000000.0"

static const struct row mended[] = {
    {"unknown-value", "\"gpu\"", "\"Gpu\"", "\"gpu\""},
    {"unknown-value", "\"gpu\"", "\"CUDA\"", "\"cuda\""},
    {"unknown-value", "\"FP32\"", "\"bf16\"", "\"BF16\""},
    {"unknown-value", "\"piecewise_linear\"", "\"Piecewise_Linear\"", "\"piecewise_linear\""},
    {"min-mean-max", "\"efficiency_min\": 0.1, \"efficiency_max\": 0.3", SWAPPED,
     "\"efficiency_min\": 0.10, \"efficiency_max\": 0.3"},
    {"rounded-extreme", "\"efficiency_max\": 0.3", "\"efficiency_max\": 0.19999999999999998",
     "\"efficiency_max\": 0.2"},
    {"rounded-extreme", "\"efficiency_min\": 0.1", "\"efficiency_min\": 0.20000000000000004",
     "\"efficiency_min\": 0.2"},
    {"range-order", RANGE, "\"min_flops\": 1.0e7,\n      \"max_flops\": 1000000",
     "\"min_flops\": 1000000,\n      \"max_flops\": 1.0e7"},
    {"breakpoint-order", CURVE, "[[10000000.0, 0.25],\n  [1.0E6,0.20]]",
     "[[1.0E6,0.20],\n  [10000000.0, 0.25]]"},
    {"breakpoint-duplicate", CURVE, "[[1000000.0, 0.2], [1e6, 0.20], [10000000.0, 0.25]]", CURVE},
    {"breakpoint-duplicate", CURVE, "[[10000000.0, 0.25], [1000000.0, 0.2], [1e7, 0.250]]", CURVE},
};

/* What no program can know, or what would lose something. */
static const struct row left[] = {
    {"unknown-value", "\"gpu\"", "\"npu\"", NULL},
    {"unknown-value", "\"measured\"", "\"Measured\"", NULL},
    {"min-mean-max", "\"efficiency_max\": 0.3", "\"efficiency_max\": 0.15", NULL},
    {"range-order", "\"max_flops\": 10000000.0", "\"max_flops\": 1000000.0", NULL},
    {"range-order", "\"max_flops\": 10000000.0", "\"max_flops\": -5", NULL},
    {"range-order", RANGE, "\"min_flops\": 3e3, \"max_flops\": 2e3", NULL},
    {"breakpoint-order", CURVE, "[[10000000.0, 0.25], [1000000.0, 0.2], [1000000.0, 0.3]]", NULL},
    {"breakpoint-order", CURVE, "[[10000000.0, 0.25], [1000000.0, 0.2], null]", NULL},
    {"breakpoint-duplicate", CURVE, "[[1000000.0, 0.2], [1000000.0, 0.3]]", NULL},
    {"breakpoint-duplicate", CURVE, "[[1000000.0, 0.2], [1000000.0, 0.2]]", NULL},
    {"duplicate-point", "\"flops\": 1000000.0", "\"flops\": 10000000.0", NULL},
    {"hardware-id-folder", "\"board\"", "\"plank\"", NULL},
    {"operation-type-key", "\"operation_type\": \"matmul\"", "\"operation_type\": \"conv2d\"",
     NULL},
};

static bool any_fixable(const struct findings *findings, const char *rule)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].fixable && strcmp(findings->items[i].rule, rule) == 0)
            return true;
    return false;
}

/* Whether each finding of now was there before, counted; its place may be another. */
static void assert_nothing_new(const struct findings *before, const struct findings *now)
{
    bool *met = memory_new_array(before->count, sizeof *met);
    for (size_t i = 0; i < now->count; i++) {
        size_t j = 0;
        while (j < before->count &&
               (met[j] || strcmp(before->items[j].rule, now->items[i].rule) != 0 ||
                strcmp(before->items[j].message, now->items[i].message) != 0))
            j++;
        if (j == before->count)
            fail_msg("new: %s [%s]", now->items[i].message, now->items[i].rule);
        met[j] = true;
    }
    free(met);
}

/* Holds for any text: what was fixable is gone, the rest is what it was, once is enough. */
static char *assert_fix(const char *text)
{
    char *once = fix_text(text), *twice = fix_text(once);
    struct findings before = check_text(text, "board"), now = check_text(once, "board");
    size_t fixable = 0;
    assert_string_equal(twice, once);
    assert_nothing_new(&before, &now);
    for (size_t i = 0; i < before.count; i++)
        fixable += before.items[i].fixable;
    for (size_t i = 0; i < now.count; i++)
        if (now.items[i].fixable)
            fail_msg("still fixable: %s in\n%s", now.items[i].message, once);
    assert_true(now.count <= before.count - fixable); /* a repeat may take others with it */
    check_done(&before);
    check_done(&now);
    free(twice);
    return once;
}

static void test_what_a_remedy_mends_is_gone_and_all_else_is_byte_for_byte_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mended / sizeof *mended; i++) {
        const struct row *row = &mended[i];
        char *text = broken_text(row->from, row->to),
             *expected = broken_text(row->from, row->fixed);
        struct findings findings = check_text(text, "board");
        if (!any_fixable(&findings, row->rule))
            fail_msg("%s is not fixable in %s", row->rule, row->to);
        char *now = assert_fix(text);
        assert_string_equal(now, expected);
        check_done(&findings);
        free(now);
        free(expected);
        free(text);
    }
}

static void test_what_only_a_person_can_decide_is_left_as_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        char *text = broken_text(left[i].from, left[i].to);
        struct findings findings = check_text(text, "board");
        if (!count_rule(&findings, left[i].rule) || any_fixable(&findings, left[i].rule))
            fail_msg("%s: %s", left[i].rule, left[i].to);
        char *now = fix_text(text);
        assert_string_equal(now, text);
        check_done(&findings);
        free(now);
        free(text);
    }
}

static void test_a_sound_file_stays_what_it_is(void **state)
{
    (void)state;
    char *now = fix_text(sound);
    assert_string_equal(now, sound);
    free(now);
}

/* The points of the sound text in the other order, each on its lines. */
static void test_sorted_points_take_all_their_bytes_with_them(void **state)
{
    (void)state;
    const char *first = strstr(sound, "{\"flops\": 1000000.0"),
               *second = strstr(sound, ",\n        {\"flops\": 10000000.0");
    const char *rest = strstr(sound, "],\n      \"fitted_curve\"");
    assert_true(first && second && rest);
    const char *begin = second + strlen(",\n        ");
    char *text = memory_print("%.*s%.*s,\n        %.*s%s", (int)(first - sound), sound,
                              (int)(rest - begin), begin, (int)(second - first), first, rest);
    char *now = assert_fix(text);
    assert_string_not_equal(text, sound);
    assert_string_equal(now, sound);
    free(now);
    free(text);
}

static size_t next_random(size_t *seed, size_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (*seed >> 33) % below;
}

/* A point with some of its bounds exchanged or a last place off, and odd blanks. */
static void append_point(struct buffer *text, size_t *seed)
{
    static const char *const extremes[][2] = {
        {"0.1", "0.3"},  {"0.3", "0.1"}, {"0.1", "0.19999999999999998"},  {"0.2", "0.2"},
        {"0.25", "0.3"}, {"0.3", "0.2"}, {"0.20000000000000001", "2e-1"}, {"0.3", "0.25"}};
    static const char *const sources[] = {"measured", "Measured", "legacy_hardcoded", "x"};
    const char *const *pair = extremes[next_random(seed, 8)];
    buffer_print(
        text,
        "{\"flops\":%s%zu, \"efficiency_mean\": 0.2, \"efficiency_min\": %s,%s"
        "\"efficiency_max\": %s, \"ci_lower\": 0.1, \"ci_upper\": 0.3, \"source\": \"%s\"}",
        next_random(seed, 2) ? " " : "\n\t", (1 + next_random(seed, 6)) * 1000, pair[0],
        next_random(seed, 2) ? " " : "\n", pair[1], sources[next_random(seed, 4)]);
}

static void append_items(struct buffer *text, size_t *seed, bool points)
{
    size_t count = next_random(seed, 6);
    for (size_t i = 0; i < count; i++) {
        buffer_append_string(text, i ? next_random(seed, 2) ? ", " : ",\n      " : "");
        if (next_random(seed, 40) == 0)
            buffer_append_string(text, "null");
        else if (points)
            append_point(text, seed);
        else
            buffer_print(text, "[%zu.%s, 0.%zu]", (1 + next_random(seed, 5)) * 1000,
                         next_random(seed, 2) ? "0" : "00", 1 + next_random(seed, 3));
    }
}

static void append_calibration(struct buffer *text, size_t *seed)
{
    static const char *const names[] = {"gpu", "GPU", "Cuda", "npu"};
    static const char *const types[] = {"piecewise_linear", "Sigmoid", "spline"};
    buffer_print(text, "{\"device_type\": \"%s\", \"precision\": \"%s\", \"curves\": {",
                 names[next_random(seed, 4)], next_random(seed, 2) ? "fp16" : "FP16");
    for (size_t i = 0, count = 1 + next_random(seed, 3); i < count; i++) {
        buffer_print(text, "%s\"c%zu\": {\"data_points\": [", i ? ",\r\n" : "", i);
        append_items(text, seed, true);
        buffer_print(text, "],\n \"fitted_curve\": {\"curve_type\": \"%s\", \"breakpoints\": [",
                     types[next_random(seed, 3)]);
        append_items(text, seed, false);
        buffer_print(text, "]}, \"min_flops\": %zu, \"max_flops\": %zu}",
                     next_random(seed, 6) * 1000, next_random(seed, 6) * 1000);
    }
    buffer_append_string(text, "}}");
}

static void test_a_fix_of_anything_leaves_nothing_fixable_and_brings_nothing_new(void **state)
{
    (void)state;
    size_t seed = 20261123;
    for (int i = test_rounds(3000, 300); i > 0; i--) {
        struct buffer text = {0};
        append_calibration(&text, &seed);
        free(assert_fix(text.bytes));
        buffer_done(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_a_remedy_mends_is_gone_and_all_else_is_byte_for_byte_the_same),
        cmocka_unit_test(test_what_only_a_person_can_decide_is_left_as_it_is),
        cmocka_unit_test(test_a_sound_file_stays_what_it_is),
        cmocka_unit_test(test_sorted_points_take_all_their_bytes_with_them),
        cmocka_unit_test(test_a_fix_of_anything_leaves_nothing_fixable_and_brings_nothing_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
