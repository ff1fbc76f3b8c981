/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that others have written meanwhile: what differs is shown, and nothing is lost unasked. */
#include <sys/socket.h>
#include <sys/un.h>

#include "explorer.h"

/* Raises the first breakpoint of the cpu's first curve, as others change the file, and writes. */
static void meet_conflict(struct fixture *fixture, const char *others)
{
    char *path = path_of(fixture, "cpu/i7-12700K");
    type(&fixture->app, "\r\rkw");
    shell(others, path);
    type(&fixture->app, "\r");
    assert_shows(&fixture->app, "Not written: ");
    free(path);
}

static void test_both_diffs_can_be_looked_at(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    meet_conflict(fixture, "sed -i s/FP32/INT8/ %s");
    assert_shows(app, "What others changed (Tab: your changes)");
    assert_shows(app, "INT8");
    type(app, "\t");
    assert_shows(app, "Your changes");
    assert_shows(app, "0.2525");
    assert_shows_not(app, "INT8");
}

static void test_a_conflict_met_by_a_command_says_nothing_of_another_view(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "cpu/i7-12700K");
    type(app, "\r\rk");
    shell("sed -i s/FP32/INT8/ %s", path);
    type(app, ":w\r");
    assert_ptr_equal(app_view(app), &view_conflict);
    assert_shows(app, "Nothing is written and nothing is lost yet");
    assert_shows_not(app, "Enter shows how");
    free(path);
}

/* What lies aside can be brought back by as many keys; a line keeps its sign. */
static void test_a_diff_is_not_moved_out_of_sight(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "\r\rkw");
    assert_shows(app, "0.2525");
    int before = app->save.diff.left;
    for (int i = 0; i < 50; i++)
        app_act(app, ACTION_PAN_RIGHT);
    char *shown = screen(app, 24, 80);
    assert_non_null(strstr(shown, "\n +"));
    assert_true(app->save.diff.left > before && app->save.diff.left < 1000);
    free(shown);
}

/* A note stands at the end of a line that is longer than a row. */
static void test_of_a_long_line_what_has_changed_is_shown(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    app->rows = 24, app->columns = 80;
    type(app, "j\rjjjj\rKw");
    type(app, "nno step at all\r");
    char *shown = screen(app, 24, 80), *removed = strstr(shown, "\n -      \"notes\": \u2026");
    assert_non_null(removed);
    assert_non_null(strstr(removed, "\n +      \"notes\": \u2026"));
    assert_non_null(strstr(removed, "] no step at all\""));
    free(shown);
    app_act(app, ACTION_PAN_RIGHT); /* from its beginning on, as it stands */
    assert_shows_not(app, "\"notes\": \u2026");
}

/* Its footer has no room for them. */
static void test_a_small_screen_shows_what_can_be_done(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    app->rows = 12, app->columns = 40;
    meet_conflict(fixture, "sed -i s/FP32/INT8/ %s");
    char *shown = screen(app, 12, 40);
    assert_non_null(strstr(shown, "\n M merge, O overwrite, R reload, S copy\n"));
    assert_non_null(strstr(shown, "cpu/i7-12700K/efficiency_curves.json\n"));
    free(shown);
}

static void test_a_save_says_beforehand_that_others_changed_the_file(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "cpu/i7-12700K");
    type(app, "\r\rk");
    shell("sed -i s/FP32/INT8/ %s", path);
    type(app, "w");
    assert_shows(app, "Others changed the file since it was loaded");
    free(path);
}

static void test_what_others_changed_is_shown_also_where_the_file_is_read_only(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "cpu/i7-12700K");
    type(app, "\r\rk");
    shell("sed -i s/FP32/INT8/ %s", path);
    shell("chmod a-w %s", path);
    type(app, "w");
    assert_shows(app, "Enter shows how and what next");
    type(app, "\t"); /* does nothing here, and says so */
    type(app, "j");
    assert_shows(app, "Enter shows how and what next");
    app->columns = 40;
    char *narrow = screen(app, 24, 40);
    assert_non_null(strstr(narrow, "Enter: what others changed"));
    free(narrow);
    app->columns = 100;
    type(app, "\r");
    assert_ptr_equal(app_view(app), &view_conflict);
    assert_shows(app, "read-only; make it writable first (chmod u+w). Others have changed it, too");
    assert_shows(app, "INT8");
    shell("chmod u+w %s", path);
    type(app, "OO");
    assert_shows(app, "Wrote ");
    free(path);
}

static void test_a_file_that_cannot_be_written_is_told_of_before_a_save_is_asked_for(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "cpu/i7-12700K");
    shell("chmod a-w %s", path);
    type(app, "\r\r");
    assert_shows_not(app, "read-only");
    type(app, "K");
    assert_shows(app, "A save would be refused: read-only; make it writable first (chmod u+w)");
    assert_shows(app, ":w PATH writes a copy");
    type(app, "K"); /* once is enough */
    assert_shows_not(app, "read-only");
    type(app, "w");
    assert_shows(app, "A save would be refused: read-only");
    type(app, "j"); /* and there it stays in sight */
    assert_shows(app, "S writes a copy; a save would be refused: read-only");
    shell("chmod u+w %s", path);
    type(app, "\x1bw");
    assert_shows_not(app, "read-only");
    type(app, "\r");
    assert_shows(app, "Wrote ");
    free(path);
}

static void test_long_lines_can_be_read_to_their_end(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "\r\rkwn");
    for (int i = 0; i < 8; i++)
        type(app, "fifteen letters ");
    type(app, "and the end\r");
    assert_shows_not(app, "and the end\"");
    type(app, "llllllll"); /* 160 columns */
    assert_shows(app, "and the end\"");
    type(app, "hhhhhhhhh");
    assert_shows(app, "\"notes\": ");
}

static void test_changes_to_different_values_merge(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    meet_conflict(fixture, "sed -i s/FP32/INT8/ %s");
    type(app, "M");
    assert_shows(app, "Merged: this is what would be written now");
    assert_shows(app, "0.2525");
    type(app, "\r");
    assert_shows(app, "Wrote ");
    char *bytes = read_file(fixture, "cpu/i7-12700K");
    assert_non_null(strstr(bytes, "INT8"));
    assert_non_null(strstr(bytes, "0.2525"));
    free(bytes);
}

static void test_the_same_value_changed_twice_is_not_merged(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    meet_conflict(fixture, "sed -i '/breakpoints/,/r_squared/s/0.25$/0.3/' %s");
    char *before = read_file(fixture, "cpu/i7-12700K");
    type(app, "M");
    assert_shows(app, "Not merged: ");
    assert_shows(app, "both sides changed the efficiency of breakpoint 1: 0.2525 here, 0.3");
    assert_shows(app, "1 unsaved");
    char *after = read_file(fixture, "cpu/i7-12700K");
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void test_merged_edits_are_in_the_journal(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    meet_conflict(fixture, "sed -i s/FP32/INT8/ %s");
    type(app, "M");
    terminate_and_start(fixture);
    type(app, "\r");
    assert_shows(app, "1 step of editing never saved");
    assert_shows(app, "The file is as it was then");
}

static void test_a_copy_leaves_the_file_and_the_edits_alone(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    meet_conflict(fixture, "sed -i s/FP32/INT8/ %s");
    char *before = read_file(fixture, "cpu/i7-12700K");
    type(app, "S");
    for (int i = 0; i < 5; i++)
        app_key(app, TERM_KEY_BACKSPACE); /* the file's own name */
    type(app, "\r");
    assert_shows(app, "No copy: there is such a file already");
    type(app, ".mine\r"); /* the prompt is still open */
    assert_shows(app, "Wrote a copy; nothing is saved here yet. It is");
    assert_non_null(strstr(app->message, "/efficiency_curves.json.mine"));
    assert_shows(app, "1 unsaved");
    char *after = read_file(fixture, "cpu/i7-12700K");
    assert_string_equal(before, after);
    char *copy = memory_print("%s/cpu/i7-12700K/efficiency_curves.json.mine", fixture->root);
    struct buffer bytes = {0};
    assert_int_equal(file_read(copy, 1 << 20, &bytes, NULL), STATUS_OK);
    assert_non_null(strstr(bytes.bytes, "0.2525"));
    assert_null(strstr(bytes.bytes, "INT8"));
    buffer_done(&bytes);
    free(copy);
    free(before);
    free(after);
}

static void test_a_file_that_vanished_is_written_again_when_asked(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    meet_conflict(fixture, "rm %s");
    assert_shows(app, "no longer there");
    type(app, "M");
    assert_shows(app, "Not merged: ");
    type(app, "O");
    assert_shows(app, "Wrote ");
    char *bytes = read_file(fixture, "cpu/i7-12700K");
    assert_non_null(strstr(bytes, "0.2525"));
    free(bytes);
}

static void test_what_changed_once_more_is_shown_before_it_is_overwritten(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "cpu/i7-12700K");
    meet_conflict(fixture, "sed -i s/FP32/INT8/ %s");
    shell("sed -i s/INT8/INT4/ %s", path);
    type(app, "OO");
    assert_shows(app, "Not written: changed on disk once more");
    assert_shows(app, "INT4");
    char *bytes = read_file(fixture, "cpu/i7-12700K");
    assert_non_null(strstr(bytes, "INT4"));
    free(bytes);
    type(app, "OO");
    assert_shows(app, "Wrote ");
    free(path);
}

static void test_a_file_that_came_back_is_shown_before_it_is_overwritten(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "cpu/i7-12700K");
    meet_conflict(fixture, "rm %s");
    shell("echo precious > %s", path);
    type(app, "O");
    assert_shows(app, "Not written: changed on disk once more");
    type(app, "G"); /* the end of the diff */
    assert_shows(app, "+precious");
    char *bytes = read_file(fixture, "cpu/i7-12700K");
    assert_string_equal(bytes, "precious\n");
    free(bytes);
    free(path);
}

static void test_the_keys_of_a_conflict_do_nothing_without_one(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *before = read_file(fixture, "cpu/i7-12700K");
    type(app, "\r\rkwOMRR\t");
    assert_shows(app, "To be written");
    assert_shows(app, "1 unsaved");
    char *after = read_file(fixture, "cpu/i7-12700K");
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void test_a_copy_of_what_nobody_changed_is_only_a_copy(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *keys = memory_print("\r:w %s/copy.json\r", fixture->folder);
    type(app, keys);
    assert_shows(app, "Wrote a copy. It is");
    assert_shows_not(app, "nothing is saved here yet");
    free(keys);
}

static void test_what_loses_changes_asks_once_on_either_side(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    meet_conflict(fixture, "sed -i s/FP32/INT8/ %s");
    char *before = read_file(fixture, "cpu/i7-12700K");
    type(app, "O");
    assert_shows(app, "O again writes over what others changed, which is lost");
    type(app, "R"); /* another question */
    assert_shows(app, "R again drops every change made here, without undo");
    type(app, "O");
    assert_shows(app, "O again writes over");
    char *after = read_file(fixture, "cpu/i7-12700K");
    assert_string_equal(before, after);
    assert_shows(app, "1 unsaved");
    type(app, "O");
    assert_shows(app, "Wrote ");
    free(before);
    free(after);
}

static void test_a_file_put_back_as_it_was_can_be_written(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "cpu/i7-12700K");
    meet_conflict(fixture, "sed -i s/FP32/INT8/ %s");
    type(app, "j");
    assert_ptr_equal(app_view(app), &view_conflict);
    shell("sed -i s/INT8/FP32/ %s", path);
    type(app, "j");
    assert_shows(app, "The file is as it was loaded again: Enter writes your changes");
    assert_shows(app, "To be written");
    type(app, "\r");
    assert_shows(app, "Wrote ");
    free(path);
}

static void bind_socket(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(strlen(path) < sizeof address.sun_path);
    strcpy(address.sun_path, path);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(close(fd), 0);
}

/* An empty diff would pass for a file that was emptied. */
static void test_what_is_no_file_any_more_is_not_said_to_be_emptied(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    meet_conflict(fixture, "f=%s; rm $f; mkdir $f");
    assert_shows(app, "Not written: it is now a folder, not a regular file");
    assert_shows(app, "Now there is a folder, not a regular file. A save cannot take its place");
    assert_shows_not(app, "+++ b/");
    type(app, "O");
    assert_shows(app, "Not written: it is now a folder");
    assert_shows(app, "Nothing is written over it; S writes a copy elsewhere");
    type(app, "\t");
    assert_shows(app, "0.2525");
    char *path = path_of(fixture, "cpu/i7-12700K");
    shell("rmdir %s", path);
    bind_socket(path);
    type(app, "\tO");
    assert_shows(app, "Not written: it is now a socket, not a regular file");
    assert_shows(app, "Now there is a socket, not a regular file.");
    free(path);
}

static void test_writing_over_says_what_was_there(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    meet_conflict(fixture, "sed -i s/FP32/INT8/ %s");
    type(app, ":w!\r");
    assert_shows(app, "Wrote cpu/i7-12700K; what others had changed in it is lost");
    char *path = path_of(fixture, "cpu/i7-12700K");
    type(app, "k");
    shell("rm %s", path);
    type(app, ":w!\r");
    assert_shows(app, "Wrote cpu/i7-12700K, which others had deleted");
    free(path);
}

/* Only the same key right after the question says yes. */
static void test_a_question_that_is_no_longer_read_is_asked_again(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    struct mouse_event turned = {.kind = MOUSE_WHEEL, .row = 10, .column = 10, .steps = -1};
    app->mouse = true;
    type(app, "\r\rkq");
    assert_shows(app, "again quits and loses that");
    assert_true(app_mouse(app, &turned));
    type(app, "q");
    assert_false(app->quit);
    paste_take(app, "x", 1);
    type(app, "q");
    assert_false(app->quit);
    app_say(app, ROLE_WARNING, "Something else has happened");
    type(app, "q");
    assert_false(app->quit);
    type(app, "j");
    meet_conflict(fixture, "sed -i s/FP32/INT8/ %s");
    type(app, "Oz");
    assert_shows(app, "z does nothing here");
    type(app, "O");
    assert_int_equal(app_view(app)->id, VIEW_CONFLICT);
    assert_shows(app, "again writes over what others changed");
    type(app, "O");
    assert_shows(app, "Wrote ");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_both_diffs_can_be_looked_at),
        TEST(test_a_conflict_met_by_a_command_says_nothing_of_another_view),
        TEST(test_a_diff_is_not_moved_out_of_sight),
        TEST(test_of_a_long_line_what_has_changed_is_shown),
        TEST(test_a_small_screen_shows_what_can_be_done),
        TEST(test_a_save_says_beforehand_that_others_changed_the_file),
        TEST(test_what_others_changed_is_shown_also_where_the_file_is_read_only),
        TEST(test_a_file_that_cannot_be_written_is_told_of_before_a_save_is_asked_for),
        TEST(test_long_lines_can_be_read_to_their_end),
        TEST(test_changes_to_different_values_merge),
        TEST(test_the_same_value_changed_twice_is_not_merged),
        TEST(test_merged_edits_are_in_the_journal),
        TEST(test_a_copy_leaves_the_file_and_the_edits_alone),
        TEST(test_a_copy_of_what_nobody_changed_is_only_a_copy),
        TEST(test_a_file_that_vanished_is_written_again_when_asked),
        TEST(test_what_changed_once_more_is_shown_before_it_is_overwritten),
        TEST(test_a_file_that_came_back_is_shown_before_it_is_overwritten),
        TEST(test_what_loses_changes_asks_once_on_either_side),
        TEST(test_a_file_put_back_as_it_was_can_be_written),
        TEST(test_what_is_no_file_any_more_is_not_said_to_be_emptied),
        TEST(test_writing_over_says_what_was_there),
        TEST(test_the_keys_of_a_conflict_do_nothing_without_one),
        TEST(test_a_question_that_is_no_longer_read_is_asked_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
