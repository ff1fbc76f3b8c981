/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calibration against what git has of it, from the list and from its curves. */
#include "../calibration/repository.h"
#include "explorer.h"

/* Commits the cpu's file, then gives it another precision. */
static void commit_and_change(const struct fixture *fixture)
{
    git_repository *repository;
    char *path = memory_print("%s/cpu/i7-12700K/efficiency_curves.json", fixture->root);
    git_libgit2_init();
    assert_int_equal(git_repository_init(&repository, fixture->root, 0), 0);
    repository_commit_file(repository, path);
    shell("sed -i s/FP32/INT8/ %s", path);
    git_repository_free(repository);
    git_libgit2_shutdown();
    free(path);
}

static void test_a_file_is_compared_with_its_last_commit(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    commit_and_change(fixture);
    type(app, "@");
    assert_shows(app, "Compare with the revision (Enter: HEAD):");
    type(app, "\r");
    assert_shows(app, "A = cpu/i7-12700K@HEAD");
    assert_shows(app, "B = cpu/i7-12700K");
    type(app, "\t\t\t");
    assert_shows(app, "FP32");
    assert_shows(app, "INT8");
    type(app, "\x1b\r@\r"); /* and from its curves */
    assert_shows(app, "A = cpu/i7-12700K@HEAD");
}

/* The cpu's file as it is now becomes HEAD. */
static void commit_again(const struct fixture *fixture)
{
    git_repository *repository;
    char *path = path_of(fixture, "cpu/i7-12700K");
    git_libgit2_init();
    assert_int_equal(git_repository_open(&repository, fixture->root), 0);
    repository_commit_file(repository, path);
    git_repository_free(repository);
    git_libgit2_shutdown();
    free(path);
}

static void test_a_command_takes_a_revision_for_what_it_is_by_now(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    commit_and_change(fixture);
    type(app, ":compare cpu/i7-12700K@HEAD cpu/i7-12700K\r");
    const struct file *before = app->compare.a.file;
    assert_string_equal(before->calibration->precision, "FP32");
    type(app, "\x1b:compare cpu/i7-12700K@HEAD cpu/i7-12700K\r");
    assert_ptr_equal(app->compare.a.file, before); /* nothing has moved */
    commit_again(fixture);
    type(app, ":compare cpu/i7-12700K@HEAD gpu/jetson_orin_agx\r");
    assert_string_equal(app->compare.a.file->calibration->precision, "INT8");
    type(app, "\x1b:open cpu/i7-12700K@HEAD\r");
    assert_string_equal(app->file->calibration->precision, "INT8");
    assert_string_equal(before->calibration->precision, "FP32"); /* whoever still shows it */
}

static void test_what_git_does_not_have_is_said(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "@\r");
    assert_shows(app, "git repository");
    commit_and_change(fixture);
    type(app, "@HEAD~7\r");
    assert_shows(app, "no such revision");
    assert_shows(app, "(Enter: HEAD): HEAD~7"); /* to be mended */
    assert_shows_not(app, "A = ");
    type(app, "\x1bj@\r"); /* the other device was never committed */
    assert_shows_not(app, "A = ");
}

static void test_without_a_calibration_there_is_nothing_to_ask_for(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "/nothing like it\r@");
    assert_shows_not(app, "Compare with the revision");
    type(app, "\x1b@\x1b"); /* and Esc asks for none */
    assert_shows(app, "2 calibrations");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_file_is_compared_with_its_last_commit, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_command_takes_a_revision_for_what_it_is_by_now,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_git_does_not_have_is_said, setup, teardown),
        cmocka_unit_test_setup_teardown(test_without_a_calibration_there_is_nothing_to_ask_for,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
