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

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_its_journal_outlives_quitting_and_brings_the_edit_back),
        TEST(test_the_next_save_that_lasts_removes_it),
        TEST(test_an_undo_behind_it_is_not_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
