/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving touches what changed and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "calibration/store.h"
#include "load.h"

#define JETSON SOURCE_DIR "/hardware_registry/gpu/jetson_orin_agx/efficiency_curves.json"
#define EXAMPLE FIXTURES "/schema_example.json"

static struct curve_change change_of(const struct calibration_curve *curve,
                                     const struct breakpoint *breakpoints, size_t count)
{
    return (struct curve_change){.curve = curve,
                                 .curve_type = "piecewise_linear",
                                 .breakpoints = breakpoints,
                                 .breakpoint_count = count};
}

/* The new bytes, as a string that the caller frees. */
static char *compose(const struct calibration *calibration, struct curve_change *change)
{
    struct buffer out = {0};
    store_compose(&(struct change_set){calibration, change, 1}, &out);
    return buffer_take(&out);
}

/* How many lines differ between two texts of as many lines. */
static int changed_lines(const char *a, const char *b)
{
    int changed = 0;
    while (*a && *b) {
        size_t m = strcspn(a, "\n"), n = strcspn(b, "\n");
        changed += m != n || memcmp(a, b, m) != 0;
        a += m + (a[m] == '\n');
        b += n + (b[n] == '\n');
    }
    assert_true(*a == '\0' && *b == '\0');
    return changed;
}

static const char *original(const struct calibration *calibration)
{
    size_t length;
    return json_document_bytes(calibration->document, &length);
}

static void test_a_change_to_the_same_values_leaves_every_byte(void **state)
{
    (void)state;
    struct calibration *calibration = load(JETSON);
    for (size_t i = 0; i < calibration->curve_count; i++) {
        const struct calibration_curve *curve = &calibration->curves[i];
        struct curve_change change = change_of(curve, curve->breakpoints, curve->breakpoint_count);
        change.note = "never written, since nothing changed";
        char *bytes = compose(calibration, &change);
        assert_string_equal(bytes, original(calibration));
        free(bytes);
    }
    calibration_free(calibration);
}

static void test_moving_one_breakpoint_changes_its_number_and_three_statistics(void **state)
{
    (void)state;
    struct calibration *calibration = load(JETSON);
    struct error error;
    const struct calibration_curve *curve =
        calibration_find(calibration, "conv2d_batchnorm", &error);
    struct breakpoint moved[5];
    memcpy(moved, curve->breakpoints, sizeof moved);
    moved[1].efficiency = 0.25;
    struct curve_change change = change_of(curve, moved, 5);
    char *bytes = compose(calibration, &change);
    assert_int_equal(changed_lines(original(calibration), bytes), 4);
    struct calibration *after;
    assert_int_equal(calibration_read(bytes, strlen(bytes), &after, &error), STATUS_OK);
    const struct calibration_curve *written = calibration_find(after, "conv2d_batchnorm", &error);
    struct curve now = calibration_stored_curve(written);
    struct curve_statistics statistics;
    curve_statistics(&now, &written->means, &statistics, NULL);
    assert_true(written->breakpoints[1].efficiency == 0.25);
    assert_true(written->r_squared == statistics.r_squared);
    assert_true(written->residual_std == statistics.residual_std);
    assert_true(written->max_residual == statistics.max_residual);
    calibration_free(after);
    free(bytes);
    calibration_free(calibration);
}

static void test_an_inserted_breakpoint_is_laid_out_like_its_siblings(void **state)
{
    (void)state;
    struct calibration *calibration = load(EXAMPLE);
    const struct calibration_curve *curve = &calibration->curves[0];
    struct breakpoint more[5] = {
        {1e6, 0.15}, {1e7, 0.25}, {3e7, 0.4}, {1e8, 0.7}, {5e8, 1.0},
    };
    struct curve_change change = change_of(curve, more, 5);
    char *bytes = compose(calibration, &change);
    assert_non_null(strstr(bytes, "          [10000000.0, 0.25],\n"
                                  "          [30000000.0, 0.4],\n"
                                  "          [100000000.0, 0.7],\n"));
    free(bytes);
    calibration_free(calibration);
}

static void test_a_deleted_breakpoint_takes_its_comma_along(void **state)
{
    (void)state;
    struct calibration *calibration = load(EXAMPLE);
    const struct calibration_curve *curve = &calibration->curves[0];
    struct curve_change change = change_of(curve, curve->breakpoints, 3);
    char *bytes = compose(calibration, &change);
    assert_non_null(strstr(bytes, "          [100000000.0, 0.7]\n        ],\n"));
    free(bytes);
    calibration_free(calibration);
}

static void test_a_note_goes_behind_the_notes_that_are_there(void **state)
{
    (void)state;
    struct calibration *calibration = load(EXAMPLE);
    const struct calibration_curve *curve = &calibration->curves[0];
    struct curve_change change = change_of(curve, curve->breakpoints, 3);
    change.note = "[2026-02-05] the \"last\" point was noise";
    char *bytes = compose(calibration, &change);
    assert_non_null(strstr(bytes, "-> 0.85 [2026-02-05] the \\\"last\\\" point was noise\"\n"));
    free(bytes);
    calibration_free(calibration);
}

static void test_a_note_leaves_the_spelling_of_the_notes_that_are_there(void **state)
{
    (void)state;
    static const char old[] = "\"\\u00b1 5\\u0000\\u2028\\/x";
    char *text = memory_print("{\"curves\": {\"a\": {\"notes\": %s\"}}}", old);
    struct calibration *calibration;
    assert_int_equal(calibration_read(text, strlen(text), &calibration, NULL), STATUS_OK);
    const struct breakpoint two[] = {{1e6, 0.5}, {1e7, 0.75}};
    struct curve_change change = change_of(&calibration->curves[0], two, 2);
    change.note = "why";
    char *bytes = compose(calibration, &change);
    char *expected = memory_print("{\"notes\": %s why\", \"fitted_curve\"", old);
    assert_non_null(strstr(bytes, expected));
    free(expected);
    free(bytes);
    free(text);
    calibration_free(calibration);
}

static void test_a_model_that_is_the_first_fit_of_a_curve_keeps_its_parameters(void **state)
{
    (void)state;
    static const char text[] =
        "{\n  \"curves\": {\n    \"a\": {\n      \"data_points\": []\n    }\n  }\n}\n";
    struct calibration *calibration;
    assert_int_equal(calibration_read(text, strlen(text), &calibration, NULL), STATUS_OK);
    const struct breakpoint two[] = {{1e6, 0.5}, {1e7, 0.75}};
    struct curve_change change = change_of(&calibration->curves[0], two, 2);
    change.curve_type = "sigmoid";
    change.parameters = "{\"plateau\": 1, \"floor\": 0}";
    char *bytes = compose(calibration, &change);
    assert_non_null(strstr(bytes, "\n        \"parameters\": {\"plateau\": 1, \"floor\": 0}\n"));
    struct calibration *after;
    assert_int_equal(calibration_read(bytes, strlen(bytes), &after, NULL), STATUS_OK);
    assert_string_equal(after->curves[0].parameters, change.parameters); /* else still unsaved */
    calibration_free(after);
    free(bytes);
    calibration_free(calibration);
}

static void test_tuning_a_parametric_curve_makes_it_piecewise_linear(void **state)
{
    (void)state;
    static const char text[] =
        "{\"curves\": {\"matmul\": {\"data_points\": [], \"fitted_curve\": {\"curve_type\": "
        "\"sigmoid\", \"parameters\": {\"plateau\": 1}, \"breakpoints\": [[1, 0.1], [2, 0.2]], "
        "\"r_squared\": 0.5}}}}";
    struct calibration *calibration;
    struct error error;
    assert_int_equal(calibration_read(text, sizeof text - 1, &calibration, &error), STATUS_OK);
    struct breakpoint moved[2] = {{1, 0.1}, {2, 0.25}};
    struct curve_change change = change_of(&calibration->curves[0], moved, 2);
    char *bytes = compose(calibration, &change);
    assert_string_equal(
        bytes, "{\"curves\": {\"matmul\": {\"data_points\": [], \"fitted_curve\": {\"curve_type\": "
               "\"piecewise_linear\", \"breakpoints\": [[1, 0.1], [2, 0.25]], "
               "\"r_squared\": 0.0, \"residual_std\": 0.0, \"max_residual\": 0.0}}}}");
    free(bytes);
    calibration_free(calibration);
}

/* A copy of the example in a fresh folder; path has room for it. */
static void copy_example(char path[64])
{
    struct buffer bytes = {0};
    char folder[] = "/tmp/calscope-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    snprintf(path, 64, "%s/efficiency_curves.json", folder);
    assert_int_equal(file_read(EXAMPLE, 1 << 20, &bytes, NULL), STATUS_OK);
    assert_int_equal(file_replace(path, NULL, 0, bytes.bytes, bytes.length, NULL), STATUS_OK);
    buffer_done(&bytes);
}

static void remove_example(char path[64])
{
    unlink(path);
    *strrchr(path, '/') = '\0';
    assert_int_equal(rmdir(path), 0); /* fails if anything was left behind */
}

/* What a calibration of this text becomes when its first curve gets these breakpoints. */
static char *recompose(const char *text, const struct breakpoint *breakpoints, size_t count,
                       const char *note)
{
    struct calibration *calibration;
    struct error error = {0};
    if (calibration_read(text, strlen(text), &calibration, &error))
        fail_msg("%s", error.message);
    struct curve_change change = change_of(&calibration->curves[0], breakpoints, count);
    change.note = note;
    char *result = compose(calibration, &change);
    calibration_free(calibration);
    return result;
}

static void test_a_first_fit_is_laid_out_like_its_curve(void **state)
{
    (void)state;
    static const char head[] = "{\r\n\t\"curves\": {\r\n\t\t\"a\": {\r\n\t\t\t\"notes\": \"\"";
    static const char tail[] = "\r\n\t\t}\r\n\t}\r\n}\r\n";
    char *text = memory_print("%s%s", head, tail);
    const struct breakpoint two[] = {{1e6, 0.5}, {1e7, 0.75}};
    char *bytes = recompose(text, two, 2, NULL);
    char *expected = memory_print("%s,\r\n"
                                  "\t\t\t\"fitted_curve\": {\r\n"
                                  "\t\t\t\t\"curve_type\": \"piecewise_linear\",\r\n"
                                  "\t\t\t\t\"breakpoints\": [\r\n"
                                  "\t\t\t\t\t[1000000.0, 0.5],\r\n"
                                  "\t\t\t\t\t[10000000.0, 0.75]\r\n"
                                  "\t\t\t\t],\r\n"
                                  "\t\t\t\t\"r_squared\": 0.0,\r\n"
                                  "\t\t\t\t\"residual_std\": 0.0,\r\n"
                                  "\t\t\t\t\"max_residual\": 0.0\r\n"
                                  "\t\t\t}%s",
                                  head, tail);
    assert_string_equal(bytes, expected);
    free(expected);
    free(bytes);
    free(text);
}

static void assert_recomposed(const char *text, const char *note, const char *expected)
{
    const struct breakpoint two[] = {{1e6, 0.5}, {1e7, 0.75}};
    char *result = recompose(text, two, 2, note);
    assert_string_equal(result, expected);
    free(result);
}

static void test_what_a_curve_lacks_is_added_in_one_piece(void **state)
{
    (void)state;
#define FIGURES "\"r_squared\": 0.0, \"residual_std\": 0.0, \"max_residual\": 0.0"
#define PAIRS "\"breakpoints\": [[1000000.0, 0.5], [10000000.0, 0.75]]"
#define FIT "\"fitted_curve\": {\"curve_type\": \"piecewise_linear\", " PAIRS ", " FIGURES "}"
    assert_recomposed("{\"curves\": {\"a\": {\"description\": \"d\"}}}", NULL,
                      "{\"curves\": {\"a\": {\"description\": \"d\", " FIT "}}}");
    assert_recomposed("{\"curves\": {\"a\": {\"fitted_curve\": null}}}", NULL,
                      "{\"curves\": {\"a\": {" FIT "}}}");
    assert_recomposed("{\"curves\": {\"a\": {\"fitted_curve\": {\"curve_type\": "
                      "\"piecewise_linear\", \"breakpoints\": [], " FIGURES "}}}}",
                      NULL, "{\"curves\": {\"a\": {" FIT "}}}");
    assert_recomposed("{\"curves\": {\"a\": {\"fitted_curve\": {\"curve_type\": "
                      "\"piecewise_linear\", \"breakpoints\": 7, " FIGURES "}}}}",
                      NULL, "{\"curves\": {\"a\": {" FIT "}}}");
    assert_recomposed("{\"curves\": {\"a\": {\"notes\": \"\", \"x\": 1}}}", "why",
                      "{\"curves\": {\"a\": {\"notes\": \"why\", \"x\": 1, " FIT "}}}");
}

static void test_breakpoints_that_are_no_pairs_are_written_anew(void **state)
{
    (void)state;
    static const char *const odd[] = {"[[1e6], [1e7, 0.75]]", "[7, [1e7, 0.75]]",
                                      "[[1e6, 0.5, 3], [1e7, 0.75]]", "[[\"a\", 0.5], [1e7, 0.75]]",
                                      "[{}, null]"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct buffer text = {0};
        struct calibration *back;
        const struct breakpoint two[] = {{1e6, 0.5}, {1e7, 0.75}};
        buffer_print(&text, "{\"curves\": {\"a\": {\"fitted_curve\": {\"breakpoints\": %s}}}}",
                     odd[i]);
        char *result = recompose(text.bytes, two, 2, NULL);
        assert_int_equal(calibration_read(result, strlen(result), &back, NULL), STATUS_OK);
        assert_int_equal(back->curves[0].breakpoint_count, 2);
        for (size_t j = 0; j < 2; j++) {
            assert_true(back->curves[0].breakpoints[j].flops == two[j].flops);
            assert_true(back->curves[0].breakpoints[j].efficiency == two[j].efficiency);
        }
        calibration_free(back);
        free(result);
        buffer_done(&text);
    }
}

static void test_a_saved_file_reads_back_as_what_was_saved(void **state)
{
    (void)state;
    char path[64];
    struct error error;
    copy_example(path);
    struct calibration *calibration = load(path), *written = NULL;
    struct breakpoint moved[4] = {{1e6, 0.15}, {1e7, 0.3}, {1e8, 0.7}, {5e8, 1.0}};
    struct curve_change change = change_of(&calibration->curves[0], moved, 4);
    const struct change_set changes = {calibration, &change, 1};
    assert_int_equal(store_save(path, &changes, &written, &error), STATUS_OK);
    struct calibration *again = load(path);
    assert_true(again->curves[0].breakpoints[1].efficiency == 0.3);
    assert_string_equal(original(again), original(written));
    calibration_free(again);
    calibration_free(written);
    calibration_free(calibration);
    remove_example(path);
}

static void test_a_file_that_others_changed_is_not_overwritten(void **state)
{
    (void)state;
    char path[64];
    struct error error;
    copy_example(path);
    struct calibration *calibration = load(path);
    assert_int_equal(file_replace(path, NULL, 0, "theirs", 6, &error), STATUS_OK);
    struct breakpoint moved[4] = {{1e6, 0.15}, {1e7, 0.3}, {1e8, 0.7}, {5e8, 1.0}};
    struct curve_change change = change_of(&calibration->curves[0], moved, 4);
    const struct change_set changes = {calibration, &change, 1};
    assert_int_equal(store_save(path, &changes, NULL, &error), STATUS_CHANGED);
    struct buffer bytes = {0};
    assert_int_equal(file_read(path, 100, &bytes, &error), STATUS_OK);
    assert_string_equal(bytes.bytes, "theirs");
    buffer_done(&bytes);
    calibration_free(calibration);
    remove_example(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_change_to_the_same_values_leaves_every_byte),
        cmocka_unit_test(test_moving_one_breakpoint_changes_its_number_and_three_statistics),
        cmocka_unit_test(test_an_inserted_breakpoint_is_laid_out_like_its_siblings),
        cmocka_unit_test(test_a_deleted_breakpoint_takes_its_comma_along),
        cmocka_unit_test(test_a_note_goes_behind_the_notes_that_are_there),
        cmocka_unit_test(test_a_note_leaves_the_spelling_of_the_notes_that_are_there),
        cmocka_unit_test(test_a_first_fit_is_laid_out_like_its_curve),
        cmocka_unit_test(test_a_model_that_is_the_first_fit_of_a_curve_keeps_its_parameters),
        cmocka_unit_test(test_tuning_a_parametric_curve_makes_it_piecewise_linear),
        cmocka_unit_test(test_what_a_curve_lacks_is_added_in_one_piece),
        cmocka_unit_test(test_breakpoints_that_are_no_pairs_are_written_anew),
        cmocka_unit_test(test_a_saved_file_reads_back_as_what_was_saved),
        cmocka_unit_test(test_a_file_that_others_changed_is_not_overwritten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
