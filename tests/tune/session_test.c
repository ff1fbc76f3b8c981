/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions: undo and redo without limit, and "modified" that follows from the values. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "calibration/store.h"
#include "tune/session.h"

#define JETSON SOURCE_DIR "/hardware_registry/gpu/jetson_orin_agx/efficiency_curves.json"

struct fixture {
    struct calibration *calibration;
    struct session *session;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    *state = fixture;
    if (calibration_load(JETSON, &fixture->calibration, NULL))
        return -1;
    fixture->session = session_new(fixture->calibration);
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    session_free(fixture->session);
    calibration_free(fixture->calibration);
    free(fixture);
    return 0;
}

static void raise_first(struct session *session, size_t curve)
{
    struct curve_version *next;
    struct error error;
    const struct curve_version *now = session_current(session, curve);
    assert_int_equal(edit_nudge(now, 0, 0, 1.1, &next, &error), STATUS_OK);
    assert_int_equal(session_commit(session, curve, next, "raised", &error), STATUS_OK);
}

static struct curve_version *copy_of(const struct curve_version *version)
{
    return version_new(version->curve_type, version->breakpoints, version->count);
}

/* A step of breakpoint 1 of a curve, as a key makes it. */
static void step(struct session *session, size_t curve, double decades, double factor)
{
    struct curve_version *next;
    struct error error;
    const struct curve_version *now = session_current(session, curve);
    assert_int_equal(edit_nudge(now, 1, decades, factor, &next, &error), STATUS_OK);
    session_settle(session, curve, 1, &next);
    assert_int_equal(session_commit(session, curve, next, "moved", &error), STATUS_OK);
}

static void test_steps_that_lead_back_give_every_digit_back(void **state)
{
    struct session *session = ((struct fixture *)*state)->session;
    struct curve_version *odd = copy_of(session_current(session, 0));
    odd->breakpoints[1].efficiency = 0.123456789012345;
    odd->breakpoints[1].flops *= 1 + 1e-9;
    struct breakpoint typed = odd->breakpoints[1];
    assert_int_equal(session_commit(session, 0, odd, "typed", NULL), STATUS_OK);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 9; i++)
            step(session, 0, i % 2 ? 0.01 : 0, i % 2 ? 1 : 1.1);
        assert_false(session_current(session, 0)->breakpoints[1].efficiency == typed.efficiency);
        for (int i = 8; i >= 0; i--)
            step(session, 0, i % 2 ? -0.01 : 0, i % 2 ? 1 : 1 / 1.1);
        assert_memory_equal(&session_current(session, 0)->breakpoints[1], &typed, sizeof typed);
    }
}

static void test_steps_back_to_the_file_leave_nothing_to_save(void **state)
{
    struct session *session = ((struct fixture *)*state)->session;
    struct curve_version *first = session_stored(session, 0);
    struct curve_version *model = copy_of(first);
    free(model->curve_type);
    model->curve_type = strdup("sigmoid"); /* as of a file where the fit has parameters */
    model->parameters = strdup("{\"plateau\": 1}");
    model->breakpoints[0].efficiency *= 0.9;
    assert_int_equal(session_commit(session, 0, version_copy(model), "adopted", NULL), STATUS_OK);
    step(session, 0, 0, 1.01);
    assert_string_equal(session_current(session, 0)->curve_type, "piecewise_linear");
    step(session, 0, 0, 1 / 1.01);
    assert_true(version_equal(session_current(session, 0), model));
    version_free(model);
    version_free(first);
    for (size_t curve = 1; curve < 4; curve++) {
        step(session, curve, 0.01, 1);
        step(session, curve, 0, 1.1);
        step(session, curve, -0.01, 1);
        assert_true(session_curve_modified(session, curve));
        step(session, curve, 0, 1 / 1.1);
        assert_false(session_curve_modified(session, curve));
    }
}

/* How many curves a save would change. */
static size_t change_count(const struct session *session)
{
    struct change_set changes = session_changes(session, NULL);
    free(changes.items);
    return changes.count;
}

/* What a save would write. */
static void compose(const struct session *session, struct buffer *out)
{
    struct change_set changes = session_changes(session, NULL);
    store_compose(&changes, out);
    free(changes.items);
}

static void test_edits_are_counted_from_what_was_saved(void **state)
{
    struct fixture *fixture = *state;
    struct session *session = fixture->session;
    struct calibration *saved;
    size_t curve;
    const char *what;
    assert_int_equal(session_edit_count(session), 0);
    raise_first(session, 0);
    raise_first(session, 1);
    raise_first(session, 1);
    assert_int_equal(session_edit_count(session), 3);
    session_undo(session, &curve, &what);
    assert_int_equal(session_edit_count(session), 2);
    struct buffer bytes = {0};
    compose(session, &bytes);
    assert_int_equal(calibration_read(bytes.bytes, bytes.length, &saved, NULL), STATUS_OK);
    buffer_done(&bytes);
    session_rebase(session, saved);
    calibration_free(fixture->calibration);
    fixture->calibration = saved;
    assert_int_equal(session_edit_count(session), 0);
    session_undo(session, &curve, &what);
    assert_int_equal(session_edit_count(session), 1); /* back from what was saved is an edit, too */
    raise_first(session, 2);
    assert_int_equal(session_edit_count(session), 2); /* one a curve, as the way back is gone */
}

static void test_undoing_everything_leaves_nothing_to_save(void **state)
{
    struct session *session = ((struct fixture *)*state)->session;
    size_t curve;
    const char *what;
    for (int i = 0; i < 1000; i++)
        raise_first(session, (size_t)i % 3);
    assert_int_equal(session_modified_count(session), 3);
    assert_int_equal(change_count(session), 3);
    for (int i = 0; i < 1000; i++) {
        assert_true(session_undo(session, &curve, &what));
        assert_string_equal(what, "raised");
    }
    assert_false(session_undo(session, &curve, &what));
    assert_int_equal(change_count(session), 0);
    for (int i = 0; i < 1000; i++)
        assert_true(session_redo(session, &curve, &what));
    assert_false(session_redo(session, &curve, &what));
    assert_int_equal(session_modified_count(session), 3);
}

static void test_typing_the_old_value_back_is_not_a_change(void **state)
{
    struct session *session = ((struct fixture *)*state)->session;
    struct error error;
    struct curve_version *original = copy_of(session_current(session, 1));
    raise_first(session, 1);
    assert_true(session_curve_modified(session, 1));
    assert_int_equal(session_commit(session, 1, original, "typed", &error), STATUS_OK);
    assert_false(session_curve_modified(session, 1));
}

static void test_a_commit_that_changes_nothing_is_no_step(void **state)
{
    struct session *session = ((struct fixture *)*state)->session;
    struct error error;
    size_t curve;
    const char *what;
    struct curve_version *same = copy_of(session_current(session, 0));
    assert_int_equal(session_commit(session, 0, same, "nothing", &error), STATUS_OK);
    assert_false(session_undo(session, &curve, &what));
}

static void test_a_new_edit_after_undo_forgets_what_was_undone(void **state)
{
    struct session *session = ((struct fixture *)*state)->session;
    size_t curve;
    const char *what;
    raise_first(session, 0);
    raise_first(session, 0);
    assert_true(session_undo(session, &curve, &what));
    raise_first(session, 2);
    assert_false(session_redo(session, &curve, &what));
    assert_true(session_undo(session, &curve, &what));
    assert_int_equal(curve, 2);
}

static void test_a_version_that_breaks_the_rules_is_refused(void **state)
{
    struct session *session = ((struct fixture *)*state)->session;
    struct error error;
    struct breakpoint falling[2] = {{2, 1}, {1, 1}};
    struct curve_version *version = version_new("piecewise_linear", falling, 2);
    assert_int_equal(session_commit(session, 0, version, "bad", &error), STATUS_REFUSED);
    assert_int_equal(session_modified_count(session), 0);
}

/*
 * Tuning takes a model's parameters away; undoing the tuning must bring them back, also in the
 * file.
 */
/* A file whose edit was saved and then undone: what each of the two saves writes. */
struct undone_save {
    char *first, *second; /* owned */
    double stated;        /* r_squared that goes with the curve after the undo; NaN: none */
};

static struct undone_save save_and_undo(const char *text)
{
    struct undone_save result = {.stated = NAN};
    struct calibration *loaded, *saved;
    struct buffer first = {0}, second = {0};
    struct error error;
    size_t curve;
    const char *what;
    assert_int_equal(calibration_read(text, strlen(text), &loaded, &error), STATUS_OK);
    struct session *session = session_new(loaded);
    raise_first(session, 0);
    assert_null(session_stated(session, 0));
    compose(session, &first);
    assert_int_equal(calibration_read(first.bytes, first.length, &saved, &error), STATUS_OK);
    session_rebase(session, saved);
    assert_int_equal(session_modified_count(session), 0);
    assert_true(session_undo(session, &curve, &what));
    if (session_stated(session, 0))
        result.stated = session_stated(session, 0)->r_squared;
    compose(session, &second);
    session_free(session);
    calibration_free(saved);
    calibration_free(loaded);
    result.first = buffer_take(&first);
    result.second = buffer_take(&second);
    return result;
}

static void test_undo_after_a_save_brings_a_models_parameters_back(void **state)
{
    (void)state;
    struct undone_save saves = save_and_undo(
        "{\"curves\": {\"m\": {\"data_points\": [], \"fitted_curve\": {\"curve_type\": "
        "\"sigmoid\", \"parameters\": {\"plateau\": 1, \"x\": [2]}, \"breakpoints\": [[1, 0.1], "
        "[2, 0.2]], \"r_squared\": 0.0, \"residual_std\": 0.0, \"max_residual\": 0.0}}}}");
    assert_null(strstr(saves.first, "parameters"));
    assert_non_null(strstr(saves.second, "\"parameters\": {\"plateau\": 1, \"x\": [2]}"));
    assert_non_null(strstr(saves.second, "\"sigmoid\""));
    free(saves.first);
    free(saves.second);
}

/* They may come from raw observations, so nobody could compute them again. */
static void test_undo_after_a_save_brings_the_loaded_statistics_back(void **state)
{
    (void)state;
    static const char text[] =
        "{\"curves\": {\"m\": {\"data_points\": [{\"flops\": 1, \"efficiency_mean\": 0.1}, "
        "{\"flops\": 2, \"efficiency_mean\": 0.2}], \"fitted_curve\": {\"curve_type\": "
        "\"piecewise_linear\", \"breakpoints\": [[1, 0.1], [2, 0.2]], \"r_squared\": 0.75, "
        "\"residual_std\": 0.25, \"max_residual\": 0.5}}}}";
    struct undone_save saves = save_and_undo(text);
    assert_null(strstr(saves.first, "0.75"));
    assert_true(saves.stated == 0.75);
    assert_string_equal(saves.second, text);
    free(saves.first);
    free(saves.second);
}

int main(void)
{
#define WITH_SESSION(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        WITH_SESSION(test_steps_that_lead_back_give_every_digit_back),
        WITH_SESSION(test_steps_back_to_the_file_leave_nothing_to_save),
        WITH_SESSION(test_edits_are_counted_from_what_was_saved),
        WITH_SESSION(test_undoing_everything_leaves_nothing_to_save),
        WITH_SESSION(test_typing_the_old_value_back_is_not_a_change),
        WITH_SESSION(test_a_commit_that_changes_nothing_is_no_step),
        WITH_SESSION(test_a_new_edit_after_undo_forgets_what_was_undone),
        WITH_SESSION(test_a_version_that_breaks_the_rules_is_refused),
        cmocka_unit_test(test_undo_after_a_save_brings_a_models_parameters_back),
        cmocka_unit_test(test_undo_after_a_save_brings_the_loaded_statistics_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
