/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A save whose folder cannot be synced may not survive a crash: its journal must. */
#include "explorer.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static bool folders_fail; /* the system syncs files, and no folders */

/* Stands before the C library's. */
int fsync(int fd);
int fsync(int fd)
{
    struct stat info;
    if (folders_fail && fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fsync, fd);
}

/* Saves a raised breakpoint while folders cannot be synced. */
static void save_unsynced(struct fixture *fixture)
{
    type(&fixture->app, "\r\rkw");
    folders_fail = true;
    type(&fixture->app, "\r");
    folders_fail = false;
    assert_shows(&fixture->app, "Wrote "); /* and, behind the path, what is not known */
    assert_shows_not(&fixture->app, "unsaved");
}

static void test_its_journal_outlives_quitting_and_brings_the_edit_back(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *old = read_file(fixture, "cpu/i7-12700K");
    save_unsynced(fixture);
    type(app, "q");
    assert_true(app->quit);
    app_done(app);
    char *path = memory_print("%s/cpu/i7-12700K/efficiency_curves.json", fixture->root);
    FILE *file = fopen(path, "w"); /* the power fails: the old file is back */
    assert_non_null(file);
    assert_true(fputs(old, file) >= 0 && fclose(file) == 0);
    start(fixture);
    assert_int_equal(journal_count(fixture), 1);
    type(app, "\r");
    assert_shows(app, "1 step of editing never saved");
    free(path);
    free(old);
}

static void test_the_next_save_that_lasts_removes_it(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    save_unsynced(fixture);
    assert_int_equal(journal_count(fixture), 1);
    type(app, "kw\r");
    assert_shows(app, "Wrote ");
    assert_int_equal(journal_count(fixture), 0);
}

static void test_an_undo_behind_it_is_not_lost(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    save_unsynced(fixture);
    type(app, "u");
    assert_shows(app, "1 unsaved");
    terminate_and_start(fixture);
    type(app, "\r");
    assert_shows(app, "never saved");
    type(app, "\rw");
    assert_shows(app, "+            0.25\n");
}

/* Takes a killed session's edit up while no journal can be made durable. */
static void take_up_without_a_journal(struct fixture *fixture)
{
    struct app *app = &fixture->app;
    type(app, "\r\rk");
    terminate_and_start(fixture);
    folders_fail = true;
    type(app, "\r\r");
    folders_fail = false;
    assert_shows(app, "taken up, but a crash would lose it: no journal can be kept");
    assert_int_equal(journal_count(fixture), 1); /* the killed session's */
}

static void test_edits_taken_up_without_a_journal_are_not_offered_once_they_are_saved(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    take_up_without_a_journal(fixture);
    type(app, "w\r");
    assert_shows(app, "Wrote ");
    assert_int_equal(journal_count(fixture), 0);
    type(app, "\rk"); /* another value, saved as well: the old one is history */
    type(app, "w\r");
    terminate_and_start(fixture);
    type(app, "\r");
    assert_shows_not(app, "never saved");
}

static void test_edits_taken_up_without_a_journal_stay_in_the_old_one_until_then(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    take_up_without_a_journal(fixture);
    folders_fail = true;
    type(app, "w\r");
    folders_fail = false;
    assert_shows(app, "Wrote ");
    assert_int_equal(journal_count(fixture), 1); /* the save may not last */
    type(app, "\rk");
    assert_int_equal(journal_count(fixture), 1); /* beside the new one, which is in use */
    type(app, "w\r");
    assert_int_equal(journal_count(fixture), 0);
}

static void test_the_next_edits_journal_takes_the_place_of_the_one_taken_up(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    take_up_without_a_journal(fixture);
    type(app, "\rk");
    assert_shows_not(app, "no journal");
    assert_int_equal(journal_count(fixture), 0); /* but for the one in use */
    terminate_and_start(fixture);
    assert_int_equal(journal_count(fixture), 1);
    type(app, "\r\rw");
    assert_shows(app, "0.255025"); /* both edits */
}

static void test_a_reload_leaves_the_one_taken_up_for_later(void **state)
{
    struct fixture *fixture = *state;
    struct file *file;
    take_up_without_a_journal(fixture);
    file = fixture->app.file;
    assert_int_equal(file_reload(file, NULL), STATUS_OK);
    assert_int_equal(file_save(file, NULL, NULL), STATUS_OK);
    assert_int_equal(journal_count(fixture), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_its_journal_outlives_quitting_and_brings_the_edit_back),
        TEST(test_the_next_save_that_lasts_removes_it),
        TEST(test_an_undo_behind_it_is_not_lost),
        TEST(test_edits_taken_up_without_a_journal_are_not_offered_once_they_are_saved),
        TEST(test_edits_taken_up_without_a_journal_stay_in_the_old_one_until_then),
        TEST(test_the_next_edits_journal_takes_the_place_of_the_one_taken_up),
        TEST(test_a_reload_leaves_the_one_taken_up_for_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
