/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of a session that ended early are offered, taken up, left for later, or dropped. */
#include "explorer.h"

/*
 * Opens the cpu's first curve for tuning, raises breakpoint 0 thrice, undoes once, and is killed.
 */
static void edit_and_die(struct fixture *fixture)
{
    type(&fixture->app, "\r\rkkku");
    terminate_and_start(fixture);
    assert_int_equal(journal_count(fixture), 1);
}

static void test_opening_the_file_again_offers_the_edits_as_a_diff(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    edit_and_die(fixture);
    type(app, "\r");
    assert_shows(app, "4 steps of editing never saved, from a session begun 2");
    assert_shows(app, "The file is as it was then");
    assert_shows(app, "What taking them up does to the file");
    assert_shows(app, "+            0.255025");
    assert_shows(app, "Enter takes them up");
    type(app, "\r");
    assert_shows(app, "Taken up, not saved yet");
    assert_shows(app, "1 unsaved");
    type(app, "u"); /* the history came along, without what had been undone */
    type(app, "u");
    assert_shows(app, "the file is as it was saved");
    type(app, "u");
    assert_shows(app, "Nothing to undo");
}

static void test_taking_up_leads_to_the_curve_that_was_edited_last(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rj\rK\x1bj\rK\x1bj\rKu"); /* the second, the third; the fourth is undone again */
    terminate_and_start(fixture);
    assert_int_equal(journal_count(fixture), 1);
    type(app, "j\r");
    assert_shows(app, "never saved");
    app_take_curve(app, 0); /* where another session may have left it */
    type(app, "\r");
    assert_shows(app, "Taken up");
    assert_int_equal(app->curve, 2);
    type(app, "u");
    assert_int_equal(app->curve, 2);
}

static void test_the_start_says_what_is_kept_of_this_registry(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    recover_announce(app);
    assert_shows_not(app, "Unsaved edits");
    edit_and_die(fixture);
    recover_announce(app);
    assert_shows(app, "Unsaved edits of cpu/i7-12700K are kept; opening it shows them");
    type(app, "\r\x1b\rk"); /* left for later, and another session dies over the same file */
    terminate_and_start(fixture);
    recover_announce(app);
    assert_shows(app, "Unsaved edits of cpu/i7-12700K are kept; opening it shows them");
    type(app, "j\r\rk");
    terminate_and_start(fixture);
    recover_announce(app);
    assert_shows(app, "Unsaved edits of 2 files are kept: / state:kept shows which");
    app_done(app);
    struct registry *registry;
    assert_int_equal(registry_open(FIXTURES, &registry, NULL), STATUS_OK);
    app_init(app, &fixture->options, registry, TEXT_UNICODE);
    recover_announce(app);
    assert_shows_not(app, "Unsaved edits"); /* another registry */
}

static void test_files_with_kept_edits_are_marked_until_these_are_taken_up_or_dropped(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    edit_and_die(fixture);
    recover_announce(app);
    app_follow(app);
    assert_shows(app, "n/a legacy   kept");
    app_end_message(app);
    assert_shows(app, "Edits of a killed session are kept: Enter shows them");
    type(app, "/state:kept\r");
    assert_shows(app, "1 fit `state:kept`");
    type(app, "\x1b/kept edits\r"); /* words find it, too */
    assert_int_equal(app->browse.count, 1);
    type(app, "\r\x1b\x1b"); /* looked at, and left for later */
    assert_shows(app, "kept");
    type(app, "r");
    while (app_work(app))
        ;
    app_follow(app);
    assert_int_equal(app->browse.count, 1);
    type(app, "\r\r\x1b"); /* taken up */
    app_follow(app);
    assert_int_equal(app->browse.count, 0);
    type(app, "\x1b");
    assert_shows(app, "unsaved");
    assert_shows_not(app, "kept");
    terminate_and_start(fixture);
    recover_announce(app);
    type(app, "/state:kept\r\rDD\x1b");
    app_follow(app);
    assert_int_equal(app->browse.count, 0);
}

static void test_a_session_that_had_undone_everything_is_not_said_to_have_left_edits(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "\r\rku");
    shell("cd %s && cp -r state kept", fixture->folder);
    app_done(app);
    shell("cd %s && rm -rf state && mv kept state", fixture->folder); /* as a kill leaves it */
    start(fixture);
    assert_int_equal(journal_count(fixture), 1);
    recover_announce(app);
    assert_shows_not(app, "Unsaved edits");
    type(app, "/state:kept\r");
    assert_int_equal(app->browse.count, 0);
}

static void test_kept_edits_are_shown_each_time_their_file_is_opened(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    edit_and_die(fixture);
    for (int i = 0; i < 2; i++) {
        type(app, "\r");
        assert_shows(app, "Enter takes them up");
        type(app, "\x1b");
        assert_int_equal(app_view(app)->id, VIEW_CURVES);
        type(app, "\x1b");
    }
}

static void test_taken_up_edits_survive_the_next_kill_too(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    edit_and_die(fixture);
    type(app, "\r\r");
    terminate_and_start(fixture);
    assert_int_equal(journal_count(fixture), 1); /* the new one alone */
    type(app, "\r");
    assert_shows(app, "1 step of editing never saved");
    type(app, "\rw\r");
    assert_shows(app, "Wrote ");
    terminate_and_start(fixture);
    assert_int_equal(journal_count(fixture), 0);
}

static void test_a_note_and_what_a_fit_was_made_without_survive_a_kill(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "\rf G\r"); /* a fit without the first point */
    assert_shows(app, "fitted without 1 of 10 points");
    type(app, "w");
    type(app, "na throttled run\r");
    for (int i = 0; i < 2; i++) { /* the journal of what was taken up has them, too */
        terminate_and_start(fixture);
        type(app, "\r");
        assert_shows(app, "never saved");
        type(app, "\r");
        assert_shows(app, "Taken up");
    }
    type(app, "w");
    assert_shows(app, "fitted without 1 of 10 points");
    type(app, "j");
    assert_shows(app, "Note: a throttled run");
    type(app, "\r");
    assert_shows(app, "Wrote ");
    char *bytes = read_file(fixture, "cpu/i7-12700K");
    assert_non_null(strstr(bytes, "] a throttled run\""));
    free(bytes);
}

static void test_a_note_to_edits_that_were_undone_is_not_taken_up_with_others(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "\r\rkw");
    type(app, "nsoon undone\r\x1b");
    type(app, "uk");
    terminate_and_start(fixture);
    type(app, "\r\rw");
    assert_shows(app, "Nothing is written yet");
}

static void test_esc_leaves_them_for_the_next_time(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    edit_and_die(fixture);
    type(app, "\r\x1b");
    assert_shows_not(app, "never saved");
    assert_shows_not(app, "unsaved");
    terminate_and_start(fixture);
    type(app, "\r");
    assert_shows(app, "never saved");
}

static void test_dropping_asks_once(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    edit_and_die(fixture);
    type(app, "\rD");
    assert_shows(app, "D again drops these edits for good");
    type(app, "j");
    assert_int_equal(journal_count(fixture), 1);
    type(app, "DD");
    assert_shows(app, "Dropped");
    assert_int_equal(journal_count(fixture), 0);
}

static void test_nothing_is_offered_after_a_save_or_a_quit_or_an_undo_of_everything(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "\r\rkw\r");
    assert_shows(app, "Wrote ");
    terminate_and_start(fixture);
    assert_int_equal(journal_count(fixture), 0);
    type(app, "\r\rkqq");
    assert_true(app->quit);
    app_done(app);
    start(fixture);
    assert_int_equal(journal_count(fixture), 0);
    type(app, "\r\rkku");
    type(app, "u");
    terminate_and_start(fixture);
    assert_int_equal(journal_count(fixture), 0);
}

static void test_undoing_beyond_a_save_is_recovered_as_well(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *before = read_file(fixture, "cpu/i7-12700K");
    type(app, "\r\rkw\ru");
    assert_shows(app, "1 unsaved");
    terminate_and_start(fixture);
    type(app, "\r\rw");
    assert_shows(app, "To be written");
    type(app, "\r");
    char *after = read_file(fixture, "cpu/i7-12700K");
    assert_non_null(strstr(before, "0.25"));
    assert_non_null(strstr(after, "0.25"));
    free(before);
    free(after);
}

static void test_edits_that_a_save_had_written_before_the_kill_are_not_offered(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "\r\rk");
    shell("cd %s && cp -r state kept", fixture->folder);
    type(app, "w\r");
    assert_shows(app, "Wrote ");
    app_done(app);
    shell("cd %s && rm -r state && mv kept state", fixture->folder); /* as the kill left it */
    start(fixture);
    assert_int_equal(journal_count(fixture), 1);
    type(app, "\r");
    assert_shows_not(app, "never saved");
    assert_int_equal(journal_count(fixture), 0);
}

static void test_a_file_that_moved_on_elsewhere_is_merged(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "cpu/i7-12700K");
    edit_and_die(fixture);
    shell("sed -i s/FP32/INT8/ %s", path);
    type(app, "\r");
    assert_shows(app, "The file has changed since; both changes can stand together");
    type(app, "\t");
    assert_shows(app, "The edits, against the file as it was then");
    type(app, "\t");
    assert_shows(app, "What has changed in the file since then");
    assert_shows(app, "INT8");
    type(app, "\t\r");
    assert_shows(app, "Taken up");
    type(app, "w\r");
    char *bytes = read_file(fixture, "cpu/i7-12700K");
    assert_non_null(strstr(bytes, "INT8"));
    assert_non_null(strstr(bytes, "0.255"));
    free(bytes);
    free(path);
}

static void test_a_file_that_changed_the_same_value_shows_both_and_decides_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "cpu/i7-12700K");
    edit_and_die(fixture);
    type(app, "\r\x1b\rJw\r"); /* another hand lowers the same breakpoint and saves */
    assert_shows(app, "Wrote ");
    terminate_and_start(fixture);
    type(app, "\r");
    assert_shows(app, "both sides changed the efficiency of breakpoint 1");
    type(app, "\r");
    assert_shows(app, "Not taken up");
    assert_shows_not(app, "unsaved");
    type(app, "O");
    assert_shows(app, "Taken up");
    assert_shows(app, "1 unsaved");
    free(path);
}

/*
 * A curve without a fit gets one, is saved, and the step before it would take the fit away again.
 */
static void test_a_step_back_to_what_no_save_could_write_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "cpu/i7-12700K");
    shell("sed -i s/fitted_curve/once_fitted/ %s", path);
    type(app, "\rf\rw\r");
    assert_shows(app, "Wrote ");
    type(app, "u");
    assert_shows(app, "Not undone: before that step the curve had no fit");
    assert_shows_not(app, "unsaved");
    type(app, "w");
    assert_shows(app, "Nothing to save");
    free(path);
}

static void test_a_journal_that_makes_no_sense_is_said(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    edit_and_die(fixture);
    shell("sed -i 's/\"breakpoints\":.*0.15]/\"breakpoints\":[[2e12,0.15]/' %s/state/*.journal",
          fixture->folder);
    type(app, "\r");
    assert_shows(app, "Unsaved edits are kept, but cannot be read");
    assert_int_equal(journal_count(fixture), 1);
}

static void test_a_damaged_journal_is_said_to_be_one_and_kept(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    edit_and_die(fixture);
    shell("for f in %s/state/*.journal; do printf '{\"do\n{}\n' >> $f; done", fixture->folder);
    type(app, "\r");
    assert_shows(app, "The journal is damaged: 8 bytes behind these edits cannot be read.");
    type(app, "\r");
    assert_shows(app, "Taken up");
    type(app, "w\r");
    terminate_and_start(fixture);
    assert_int_equal(journal_count(fixture), 1);
}

static void test_edits_go_on_without_a_journal_and_say_so(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    shell("touch %s/state", fixture->folder); /* a file where the folder would be */
    type(app, "\r\rk");
    assert_shows(app, "done, but a crash would lose it: no journal can be kept");
    assert_shows(app, "no journal, 1 unsaved");
    shell("rm %s/state", fixture->folder);
    type(app, "k"); /* the next edit makes up for what is missing */
    assert_shows_not(app, "no journal");
    terminate_and_start(fixture);
    type(app, "\r\r");
    type(app, "w");
    assert_shows(app, "0.255");
}

static void test_two_sessions_on_one_file_keep_journals_of_their_own(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app, second;
    struct registry *registry;
    assert_int_equal(registry_open(fixture->root, &registry, NULL), STATUS_OK);
    registry_scan(registry);
    app_init(&second, &fixture->options, registry, TEXT_UNICODE);
    app_follow(&second);
    type(app, "\r\rk");
    type(&second, "\r");
    assert_shows_not(&second, "never saved"); /* the other one still has them in hand */
    type(&second, "\rj");
    app_key(&second, TERM_KEY_TERMINATE);
    app_done(&second);
    terminate_and_start(fixture);
    assert_int_equal(journal_count(fixture), 2);
}

/* Two sessions over a file at once, each killed with an edit of its own. */
static void edit_twice_and_die(struct fixture *fixture, const char *first, const char *second)
{
    struct app other;
    struct registry *registry;
    assert_int_equal(registry_open(fixture->root, &registry, NULL), STATUS_OK);
    registry_scan(registry);
    app_init(&other, &fixture->options, registry, TEXT_UNICODE);
    app_follow(&other);
    type(&fixture->app, first);
    type(&other, second);
    app_key(&other, TERM_KEY_TERMINATE);
    app_done(&other);
    terminate_and_start(fixture);
    assert_int_equal(journal_count(fixture), 2);
}

static void test_what_two_sessions_left_is_offered_one_after_the_other(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    edit_twice_and_die(fixture, "j\r\rk", "j\rj\rk");
    type(app, "j\r");
    assert_shows(app, "1 of 2 sessions: 1 step of editing never saved, begun 2");
    type(app, "\r");
    assert_shows(app, "Taken up, not saved yet; these are what another session left");
    assert_shows(app, "2 of 2 sessions: 1 step");
    assert_shows(app, "They can stand together with the edits taken up before");
    type(app, "\r");
    assert_shows(app, "Taken up, not saved yet: w shows");
    assert_int_equal(session_modified_count(app->file->session), 2);
    assert_int_equal(journal_count(fixture), 0); /* but for the one in use */
    type(app, "w\r");
    assert_shows(app, "Wrote ");
    terminate_and_start(fixture);
    assert_int_equal(journal_count(fixture), 0);
}

static void test_what_two_sessions_left_in_one_place_is_not_mixed(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    edit_twice_and_die(fixture, "\r\rK", "\r\rJ");
    type(app, "\r\r");
    assert_shows(app, "Not together with the edits taken up before: both change the same");
    uint64_t taken = session_digest(app->file->session, 0);
    type(app, "\r");
    assert_shows(app, "Not taken up");
    assert_true(taken == session_digest(app->file->session, 0));
    type(app, "O");
    assert_shows(app, "Taken up, not saved yet: w shows");
    assert_true(taken != session_digest(app->file->session, 0));
    type(app, "u");
    assert_true(taken == session_digest(app->file->session, 0));
}

static void test_dropping_or_leaving_one_session_leads_to_the_other(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    edit_twice_and_die(fixture, "\r\rK", "\r\rJ");
    type(app, "\r\x1b");
    assert_shows(app, "Left for later; these are what another session left");
    type(app, "\x1b");
    assert_int_equal(app_view(app)->id, VIEW_CURVES);
    assert_int_equal(journal_count(fixture), 2);
    type(app, "\x1b\rDD");
    assert_shows(app, "Dropped; these are what another session left");
    assert_int_equal(journal_count(fixture), 1);
    assert_shows(app, "2 of 2 sessions: 1 step");
    type(app, "\r");
    assert_shows(app, "Taken up, not saved yet: w shows");
}

/* So it is where a session took edits up into a journal of its own, and was killed right then. */
static void test_the_same_edits_are_not_offered_twice(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    edit_twice_and_die(fixture, "j\r\rk", "j\r\rk");
    type(app, "j\r");
    assert_shows(app, "never saved");
    assert_shows_not(app, " of 2 ");
    assert_int_equal(journal_count(fixture), 1);
    type(app, "\r");
    assert_shows(app, "Taken up, not saved yet: w shows");
    assert_int_equal(session_modified_count(app->file->session), 1);
}

static void test_several_steps_back_that_end_early_say_why(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "cpu/i7-12700K");
    shell("sed -i s/fitted_curve/once_fitted/ %s", path);
    type(app, "\rf\rw\rtK5u");
    assert_shows(app, "Undone 1 step, no more: before that step the curve had no fit that a save "
                      "could write; the last: ");
    free(path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_opening_the_file_again_offers_the_edits_as_a_diff),
        TEST(test_taking_up_leads_to_the_curve_that_was_edited_last),
        TEST(test_the_start_says_what_is_kept_of_this_registry),
        TEST(test_files_with_kept_edits_are_marked_until_these_are_taken_up_or_dropped),
        TEST(test_a_session_that_had_undone_everything_is_not_said_to_have_left_edits),
        TEST(test_kept_edits_are_shown_each_time_their_file_is_opened),
        TEST(test_taken_up_edits_survive_the_next_kill_too),
        TEST(test_a_note_and_what_a_fit_was_made_without_survive_a_kill),
        TEST(test_a_note_to_edits_that_were_undone_is_not_taken_up_with_others),
        TEST(test_esc_leaves_them_for_the_next_time),
        TEST(test_dropping_asks_once),
        TEST(test_nothing_is_offered_after_a_save_or_a_quit_or_an_undo_of_everything),
        TEST(test_undoing_beyond_a_save_is_recovered_as_well),
        TEST(test_edits_that_a_save_had_written_before_the_kill_are_not_offered),
        TEST(test_a_file_that_moved_on_elsewhere_is_merged),
        TEST(test_a_file_that_changed_the_same_value_shows_both_and_decides_nothing),
        TEST(test_a_step_back_to_what_no_save_could_write_is_refused),
        TEST(test_a_journal_that_makes_no_sense_is_said),
        TEST(test_a_damaged_journal_is_said_to_be_one_and_kept),
        TEST(test_edits_go_on_without_a_journal_and_say_so),
        TEST(test_two_sessions_on_one_file_keep_journals_of_their_own),
        TEST(test_what_two_sessions_left_is_offered_one_after_the_other),
        TEST(test_what_two_sessions_left_in_one_place_is_not_mixed),
        TEST(test_dropping_or_leaving_one_session_leads_to_the_other),
        TEST(test_the_same_edits_are_not_offered_twice),
        TEST(test_several_steps_back_that_end_early_say_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
