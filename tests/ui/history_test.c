/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines typed before: found again, kept between runs, shared by programs that run at once. */
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "explorer.h"

static int setup_folder(void **state)
{
    char *folder = memory_copy_string("/tmp/calscope-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    *state = folder;
    return 0;
}

static int teardown_folder(void **state)
{
    shell("chmod -R u+w %s", *state);
    shell("rm -r %s", *state);
    free(*state);
    return 0;
}

static void test_lines_come_back_in_the_next_run(void **state)
{
    struct history history;
    char *below = memory_print("%s/not/yet", (char *)*state);
    history_load(&history, below);
    assert_int_equal(history.count, 0);
    history_add(&history, "undo");
    history_add(&history, "undo");
    history_add(&history, "");
    history_add(&history, "peak 2.66T");
    history_done(&history);
    history_load(&history, below);
    assert_int_equal(history.count, 2); /* neither the same twice nor nothing */
    assert_string_equal(history.lines[1], "peak 2.66T");
    history_done(&history);
    free(below);
}

static void test_a_history_that_has_grown_large_is_read_and_shortened(void **state)
{
    struct history history;
    struct stat left;
    char *path = memory_print("%s/history", (char *)*state);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < 200000; i++)
        fprintf(file, "goto %dM\n", i);
    assert_int_equal(fclose(file), 0);
    history_load(&history, *state);
    assert_string_equal(history.lines[history.count - 1], "goto 199999M");
    history_done(&history);
    assert_int_equal(stat(path, &left), 0);
    assert_true(left.st_size < 100000);
    free(path);
}

static void test_a_prefix_is_looked_for_in_both_directions(void **state)
{
    struct history history;
    history_load(&history, *state);
    const char *const lines[] = {"peak 1T", "undo", "peak 2T", "open a"};
    for (size_t i = 0; i < 4; i++)
        history_add(&history, lines[i]);
    assert_int_equal(history_search(&history, 4, true, "pe", "pe"), 2);
    assert_int_equal(history_search(&history, 2, true, "pe", "peak 2T"), 0);
    assert_int_equal(history_search(&history, 0, true, "pe", "peak 1T"), 4); /* no more */
    assert_int_equal(history_search(&history, 0, false, "pe", "peak 1T"), 2);
    assert_int_equal(history_search(&history, 2, false, "pe", "peak 2T"), 4);
    history_done(&history);
}

static void test_a_folder_that_cannot_be_written_costs_only_the_next_run(void **state)
{
    struct history history;
    char *path = memory_print("%s/history", (char *)*state);
    assert_int_equal(mkdir(path, 0700), 0); /* root may write anywhere, but not into this */
    history_load(&history, *state);
    history_add(&history, "undo");
    assert_int_equal(history.count, 1);
    history_done(&history);
    history_load(&history, NULL);
    history_add(&history, "undo");
    assert_int_equal(history.count, 1);
    history_done(&history);
    assert_int_equal(rmdir(path), 0);
    free(path);
}

static size_t count_lines(const char *folder)
{
    size_t lines = 0;
    struct buffer bytes = {0};
    char *path = memory_print("%s/history", folder);
    assert_int_equal(file_read(path, 1 << 20, &bytes, NULL), STATUS_OK);
    for (const char *at = bytes.bytes; *at; at++)
        lines += *at == '\n';
    buffer_done(&bytes);
    free(path);
    return lines;
}

static void test_a_file_that_has_grown_is_shortened_to_its_last_lines(void **state)
{
    struct history history;
    history_load(&history, *state);
    for (int i = 0; i <= 2 * HISTORY_MAX; i++) {
        char line[32];
        snprintf(line, sizeof line, "goto %d", i);
        history_add(&history, line);
    }
    assert_int_equal(history.count, HISTORY_MAX);
    history_done(&history);
    assert_int_equal(count_lines(*state), 2 * HISTORY_MAX + 1);
    history_load(&history, *state);
    assert_int_equal(count_lines(*state), HISTORY_MAX);
    assert_string_equal(history.lines[HISTORY_MAX - 1], "goto 600");
    history_done(&history);
}

/* Several programs add while others shorten: each line of each of them is there once, and whole. */
static void test_programs_that_run_at_once_lose_no_line(void **state)
{
    enum { PROGRAMS = 4, LINES = 60 };
    for (int program = 0; program < PROGRAMS; program++)
        if (fork() == 0) {
            for (int i = 0; i < LINES; i++) {
                struct history history;
                char line[32];
                history_load(&history, *state);
                snprintf(line, sizeof line, "line %d of %d", i, program);
                history_add(&history, line);
                history_done(&history);
            }
            _exit(0);
        }
    for (int program = 0; program < PROGRAMS; program++) {
        int status;
        assert_true(wait(&status) > 0 && status == 0);
    }
    struct history history;
    history_load(&history, *state);
    assert_int_equal(history.count, PROGRAMS * LINES);
    for (size_t i = 0; i < history.count; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(history.lines[i], history.lines[j]);
    history_done(&history);
}

/* A program that was stopped in the middle of a save, or another one that locks what it likes. */
static void test_a_file_that_another_program_keeps_locked_holds_up_no_key(void **state)
{
    struct history history;
    char *path = memory_print("%s/history", (char *)*state);
    history_load(&history, *state);
    history_add(&history, "undo");
    int other = open(path, O_RDONLY | O_CLOEXEC);
    assert_int_equal(flock(other, LOCK_EX), 0);
    alarm(60); /* which ends a test that would wait for ever */
    history_add(&history, "redo");
    alarm(0);
    assert_int_equal(history.count, 2); /* this run has it */
    assert_int_equal(count_lines(*state), 1);
    assert_int_equal(close(other), 0);
    history_add(&history, "open a");
    assert_int_equal(count_lines(*state), 2);
    history_done(&history);
    free(path);
}

static void test_lines_that_are_no_text_are_left_out(void **state)
{
    struct history history;
    char *path = memory_print("%s/history", (char *)*state);
    assert_int_equal(file_create(path, "undo\n\xff\xfe\n\nredo", 13, NULL), STATUS_OK);
    history_load(&history, *state);
    assert_int_equal(history.count, 2);
    assert_string_equal(history.lines[1], "redo");
    history_done(&history);
    free(path);
}

/* As a machine that lost its power may leave one. */
static void test_zeros_in_the_file_hide_no_line_behind_them(void **state)
{
    struct history history;
    static const char left[] = "undo\n\0\0\0\0\nredo\n";
    char *path = memory_print("%s/history", (char *)*state);
    assert_int_equal(file_create(path, left, sizeof left - 1, NULL), STATUS_OK);
    history_load(&history, *state);
    assert_int_equal(history.count, 2);
    assert_string_equal(history.lines[1], "redo");
    history_done(&history);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lines_come_back_in_the_next_run, setup_folder,
                                        teardown_folder),
        cmocka_unit_test_setup_teardown(test_a_history_that_has_grown_large_is_read_and_shortened,
                                        setup_folder, teardown_folder),
        cmocka_unit_test_setup_teardown(test_a_prefix_is_looked_for_in_both_directions,
                                        setup_folder, teardown_folder),
        cmocka_unit_test_setup_teardown(
            test_a_folder_that_cannot_be_written_costs_only_the_next_run, setup_folder,
            teardown_folder),
        cmocka_unit_test_setup_teardown(test_a_file_that_has_grown_is_shortened_to_its_last_lines,
                                        setup_folder, teardown_folder),
        cmocka_unit_test_setup_teardown(test_programs_that_run_at_once_lose_no_line, setup_folder,
                                        teardown_folder),
        cmocka_unit_test_setup_teardown(
            test_a_file_that_another_program_keeps_locked_holds_up_no_key, setup_folder,
            teardown_folder),
        cmocka_unit_test_setup_teardown(test_lines_that_are_no_text_are_left_out, setup_folder,
                                        teardown_folder),
        cmocka_unit_test_setup_teardown(test_zeros_in_the_file_hide_no_line_behind_them,
                                        setup_folder, teardown_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
