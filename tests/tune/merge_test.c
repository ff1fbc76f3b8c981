/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Merging: changes to different values stand together, changes to the same one are named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tune/merge.h"

#define JETSON SOURCE_DIR "/hardware_registry/gpu/jetson_orin_agx/efficiency_curves.json"

static const struct breakpoint knots[3] = {{1e6, 0.1}, {1e7, 0.2}, {1e8, 0.4}};

static struct curve_version *base_version(void)
{
    return version_new("piecewise_linear", knots, 3);
}

static struct curve_version *with(size_t index, double flops, double efficiency)
{
    struct curve_version *version = base_version();
    version->breakpoints[index] = (struct breakpoint){flops, efficiency};
    return version;
}

/* Merges mine and theirs, both of which it frees. */
static enum status merge(struct curve_version *mine, struct curve_version *theirs,
                         struct curve_version **out, struct error *error)
{
    struct curve_version *base = base_version();
    enum status status = merge_versions(base, mine, theirs, out, error);
    version_free(base);
    version_free(mine);
    version_free(theirs);
    return status;
}

static void test_changes_to_different_values_stand_together(void **state)
{
    (void)state;
    struct curve_version *out;
    struct error error;
    assert_int_equal(merge(with(0, 1e6, 0.11), with(2, 2e8, 0.4), &out, &error), STATUS_OK);
    assert_true(out->breakpoints[0].efficiency == 0.11 && out->breakpoints[2].flops == 2e8);
    version_free(out);
    /* even of one breakpoint */
    assert_int_equal(merge(with(1, 2e7, 0.2), with(1, 1e7, 0.3), &out, &error), STATUS_OK);
    assert_true(out->breakpoints[1].flops == 2e7 && out->breakpoints[1].efficiency == 0.3);
    version_free(out);
}

static void test_one_side_alone_or_both_alike_is_no_conflict(void **state)
{
    (void)state;
    struct curve_version *out;
    struct error error;
    assert_int_equal(merge(base_version(), with(1, 1e7, 0.3), &out, &error), STATUS_OK);
    assert_true(out->breakpoints[1].efficiency == 0.3);
    version_free(out);
    assert_int_equal(merge(with(1, 1e7, 0.3), base_version(), &out, &error), STATUS_OK);
    assert_true(out->breakpoints[1].efficiency == 0.3);
    version_free(out);
    assert_int_equal(merge(with(1, 1e7, 0.3), with(1, 1e7, 0.3), &out, &error), STATUS_OK);
    assert_true(out->breakpoints[1].efficiency == 0.3);
    version_free(out);
}

static void test_the_same_value_changed_twice_is_named_with_both(void **state)
{
    (void)state;
    struct curve_version *out = NULL;
    struct error error;
    assert_int_equal(merge(with(1, 1e7, 0.25), with(1, 1e7, 0.3), &out, &error), STATUS_CHANGED);
    assert_string_equal(error.message, "both sides changed the efficiency of breakpoint 1: 0.25 "
                                       "here, 0.3 in the file");
    assert_int_equal(merge(with(1, 2e7, 0.2), with(1, 3e7, 0.2), &out, &error), STATUS_CHANGED);
    assert_non_null(strstr(error.message, "size of breakpoint 1"));
    assert_null(out);
}

static void test_moves_that_cross_are_a_conflict(void **state)
{
    (void)state;
    struct curve_version *out = NULL;
    struct error error;
    assert_int_equal(merge(with(1, 5e7, 0.2), with(2, 2e7, 0.4), &out, &error), STATUS_CHANGED);
    assert_non_null(strstr(error.message, "out of order"));
    assert_null(out);
}

static void test_a_breakpoint_inserted_on_both_sides_is_a_conflict_of_the_whole_fit(void **state)
{
    (void)state;
    struct curve_version *base = base_version(), *longer, *moved = with(0, 1e6, 0.12), *out = NULL;
    struct error error;
    edit_insert(base, (struct breakpoint){3e6, 0.15}, &longer, NULL, NULL);
    assert_int_equal(merge_versions(base, longer, moved, &out, &error), STATUS_CHANGED);
    assert_non_null(strstr(error.message, "4 breakpoints here, 3 in the file"));
    assert_null(out);
    version_free(base);
    version_free(longer);
    version_free(moved);
}

/* Two sessions over the same calibration. */
struct pair {
    struct calibration *calibration;
    struct session *from, *onto;
};

static void pair_init(struct pair *pair)
{
    assert_int_equal(calibration_load(JETSON, &pair->calibration, NULL), STATUS_OK);
    pair->from = session_new(pair->calibration);
    pair->onto = session_new(pair->calibration);
}

static void pair_done(struct pair *pair)
{
    session_free(pair->from);
    session_free(pair->onto);
    calibration_free(pair->calibration);
}

static void scale(struct session *session, size_t curve, double factor)
{
    struct curve_version *next;
    assert_int_equal(edit_scale(session_current(session, curve), factor, &next, NULL), STATUS_OK);
    assert_int_equal(session_commit(session, curve, next, "scaled", NULL), STATUS_OK);
}

static void test_sessions_merge_curve_by_curve(void **state)
{
    (void)state;
    struct pair pair;
    struct error error;
    pair_init(&pair);
    scale(pair.from, 0, 1.5);
    scale(pair.onto, 1, 2);
    assert_int_equal(merge_sessions(pair.from, pair.onto, "merged", MERGE_REFUSE, &error),
                     STATUS_OK);
    assert_true(version_equal(session_current(pair.onto, 0), session_current(pair.from, 0)));
    assert_int_equal(session_modified_count(pair.onto), 2);
    pair_done(&pair);
}

static void test_one_conflict_leaves_everything_as_it_was(void **state)
{
    (void)state;
    struct pair pair;
    struct error error;
    pair_init(&pair);
    scale(pair.from, 0, 1.5);
    scale(pair.from, 1, 1.5);
    scale(pair.onto, 1, 2);
    assert_int_equal(merge_sessions(pair.from, pair.onto, "merged", MERGE_REFUSE, &error),
                     STATUS_CHANGED);
    assert_ptr_equal(strstr(error.message, pair.calibration->curves[1].name), error.message);
    assert_false(session_curve_modified(pair.onto, 0));
    assert_int_equal(merge_sessions(pair.from, pair.onto, "merged", MERGE_TAKE_MINE, &error),
                     STATUS_OK);
    assert_true(version_equal(session_current(pair.onto, 1), session_current(pair.from, 1)));
    pair_done(&pair);
}

/* A file whose other side holds a curve that breaks the rules: the first curve stays as it was. */
static void test_nothing_is_merged_by_halves(void **state)
{
    (void)state;
    struct pair pair;
    struct error error;
    pair_init(&pair);
    scale(pair.from, 0, 1.5);
    struct curve_version *bad =
        version_new("piecewise_linear", (struct breakpoint[]){{1e6, -1}, {1e7, 1}}, 2);
    session_restore(pair.from, 1, bad, "as a file may say");
    assert_int_equal(merge_sessions(pair.from, pair.onto, "merged", MERGE_TAKE_MINE, &error),
                     STATUS_CHANGED);
    assert_int_equal(session_modified_count(pair.onto), 0);
    pair_done(&pair);
}

static void test_a_curve_that_is_gone_keeps_the_others_only_where_that_is_refused(void **state)
{
    (void)state;
    struct pair pair;
    struct error error;
    struct calibration newer;
    pair_init(&pair);
    scale(pair.from, 0, 1.5);
    scale(pair.from, pair.calibration->curve_count - 1, 1.5);
    newer = *pair.calibration;
    newer.curve_count--;
    newer.compute_count =
        newer.compute_count > newer.curve_count ? newer.curve_count : newer.compute_count;
    struct session *onto = session_new(&newer);
    assert_int_equal(merge_sessions(pair.from, onto, "merged", MERGE_REFUSE, &error),
                     STATUS_CHANGED);
    assert_non_null(strstr(error.message, "is no longer in the file"));
    assert_int_equal(session_modified_count(onto), 0);
    assert_int_equal(merge_sessions(pair.from, onto, "merged", MERGE_TAKE_MINE, &error), STATUS_OK);
    assert_int_equal(session_modified_count(onto), 1);
    session_free(onto);
    pair_done(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes_to_different_values_stand_together),
        cmocka_unit_test(test_one_side_alone_or_both_alike_is_no_conflict),
        cmocka_unit_test(test_the_same_value_changed_twice_is_named_with_both),
        cmocka_unit_test(test_moves_that_cross_are_a_conflict),
        cmocka_unit_test(test_a_breakpoint_inserted_on_both_sides_is_a_conflict_of_the_whole_fit),
        cmocka_unit_test(test_sessions_merge_curve_by_curve),
        cmocka_unit_test(test_one_conflict_leaves_everything_as_it_was),
        cmocka_unit_test(test_nothing_is_merged_by_halves),
        cmocka_unit_test(test_a_curve_that_is_gone_keeps_the_others_only_where_that_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
