/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's folders are where the standard has them, and nowhere where nobody says. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/folders.h"

static void assert_path(char *path, const char *expected)
{
    assert_non_null(path);
    assert_string_equal(path, expected);
    free(path);
}

static void test_folders_are_where_the_variables_say(void **state)
{
    (void)state;
    setenv("HOME", "/home/somebody", 1);
    setenv("XDG_STATE_HOME", "/var/state", 1);
    setenv("XDG_CONFIG_HOME", "/var/config", 1);
    assert_path(folder_state(), "/var/state/calscope");
    assert_path(folder_config(), "/var/config/calscope");
}

static void test_a_relative_one_is_passed_over_for_the_usual_one(void **state)
{
    (void)state;
    setenv("HOME", "/home/somebody", 1);
    setenv("XDG_STATE_HOME", "relative", 1);
    setenv("XDG_CONFIG_HOME", "", 1);
    assert_path(folder_state(), "/home/somebody/.local/state/calscope");
    assert_path(folder_config(), "/home/somebody/.config/calscope");
}

static void test_without_a_home_there_are_none(void **state)
{
    (void)state;
    unsetenv("HOME");
    unsetenv("XDG_STATE_HOME");
    unsetenv("XDG_CONFIG_HOME");
    assert_null(folder_state());
    assert_null(folder_config());
    assert_path(folder_expand_home("~/x"), "~/x");
}

static void test_only_a_tilde_before_a_slash_is_the_home_folder(void **state)
{
    (void)state;
    setenv("HOME", "/home/somebody", 1);
    assert_path(folder_expand_home("~/notes.txt"), "/home/somebody/notes.txt");
    assert_path(folder_expand_home("~other/x"), "~other/x");
    assert_path(folder_expand_home("a/~/x"), "a/~/x");
}

static void test_the_folder_of_a_path_is_what_stands_before_its_last_part(void **state)
{
    (void)state;
    assert_path(folder_of("/a/b/c"), "/a/b");
    assert_path(folder_of("/a"), "/");
    assert_path(folder_of("a/b"), "a");
    assert_path(folder_of("a"), ".");
    assert_path(folder_join("/a", "b"), "/a/b");
    assert_path(folder_join("/", "b"), "/b");
}

static void test_only_what_goes_on_behind_a_slash_lies_below_a_folder(void **state)
{
    (void)state;
    assert_string_equal(folder_below("/a", "/a/cpu/x"), "cpu/x");
    assert_string_equal(folder_below("/a/", "/a/cpu"), "cpu");
    assert_string_equal(folder_below("/a", "/a"), "");
    assert_string_equal(folder_below("/", "/a"), "a");
    assert_null(folder_below("/a", "/ab"));
    assert_null(folder_below("/a/b", "/a"));
    assert_null(folder_below("/", "a"));
}

static void test_folders_are_made_from_the_first_missing_one_on(void **state)
{
    (void)state;
    char root[] = "/tmp/calscope-folders-XXXXXX", here[4096];
    assert_non_null(getcwd(here, sizeof here));
    assert_non_null(mkdtemp(root));
    assert_int_equal(chdir(root), 0);
    assert_int_equal(folder_make_all("a/b//c/"), 0);
    assert_int_equal(folder_make_all("a/b"), 0);
    assert_true(folder_exists("a/b/c"));
    assert_int_equal(folder_make_all(""), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(rmdir("a/b/c") + rmdir("a/b") + rmdir("a"), 0);
    assert_int_equal(chdir(here), 0);
    assert_int_equal(rmdir(root), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folders_are_where_the_variables_say),
        cmocka_unit_test(test_a_relative_one_is_passed_over_for_the_usual_one),
        cmocka_unit_test(test_without_a_home_there_are_none),
        cmocka_unit_test(test_only_a_tilde_before_a_slash_is_the_home_folder),
        cmocka_unit_test(test_the_folder_of_a_path_is_what_stands_before_its_last_part),
        cmocka_unit_test(test_only_what_goes_on_behind_a_slash_lies_below_a_folder),
        cmocka_unit_test(test_folders_are_made_from_the_first_missing_one_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
