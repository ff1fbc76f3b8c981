/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log holds every record whose append returned, and nothing of one that failed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/file_log.h"
#include "base/memory.h"

/* A folder two levels below a temporary one that is there. */
struct fixture {
    char root[40];
    char *folder;
    struct file_log *log;
};

static int setup(void **state)
{
    struct fixture *fixture = memory_new_array(1, sizeof *fixture);
    *state = fixture;
    strcpy(fixture->root, "/tmp/calscope-log-XXXXXX");
    if (!mkdtemp(fixture->root))
        return -1;
    fixture->folder = memory_print("%s/state/calscope", fixture->root);
    return (int)file_log_new(&(struct file_log_name){fixture->folder, "edits", "journal"}, "head\n",
                             5, &fixture->log, NULL);
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    char *command = memory_print("rm -r %s", fixture->root);
    file_log_close(fixture->log);
    int result = system(command);
    free(command);
    free(fixture->folder);
    free(fixture);
    return result;
}

static void assert_content(const char *path, const char *expected)
{
    struct buffer content = {0};
    assert_int_equal(file_read(path, 1 << 20, &content, NULL), STATUS_OK);
    assert_string_equal(buffer_string(&content), expected);
    buffer_done(&content);
}

static mode_t mode_of(const char *path)
{
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    return info.st_mode & 07777;
}

static void test_a_log_and_its_folders_are_the_users_alone(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(mode_of(fixture->folder), 0700);
    assert_int_equal(mode_of(file_log_path(fixture->log)), 0600);
    assert_content(file_log_path(fixture->log), "head\n");
}

static void test_records_follow_each_other(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(file_log_append(fixture->log, "one\n", 4, NULL), STATUS_OK);
    assert_int_equal(file_log_append(fixture->log, "two\n", 4, NULL), STATUS_OK);
    assert_content(file_log_path(fixture->log), "head\none\ntwo\n");
}

static void test_logs_that_are_made_at_once_have_names_of_their_own(void **state)
{
    struct fixture *fixture = *state;
    struct file_log *logs[20];
    const char *before = file_log_path(fixture->log);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(file_log_new(&(struct file_log_name){fixture->folder, "edits", "journal"},
                                      "", 0, &logs[i], NULL),
                         STATUS_OK);
        assert_true(strcmp(before, file_log_path(logs[i])) < 0); /* the youngest sorts last */
        before = file_log_path(logs[i]);
    }
    for (int i = 0; i < 20; i++)
        file_log_remove(logs[i]);
}

/* A disk that is full, as a limit on the size of files: one record fits, the next does not. */
static void test_half_a_record_is_taken_off_again(void **state)
{
    struct fixture *fixture = *state;
    struct error error;
    struct rlimit limit, full;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    full = (struct rlimit){12, limit.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
    assert_int_equal(file_log_append(fixture->log, "one\n", 4, &error), STATUS_OK);
    assert_int_equal(file_log_append(fixture->log, "too long\n", 9, &error), STATUS_IO);
    assert_non_null(strstr(error.message, "cannot write to it"));
    assert_content(file_log_path(fixture->log), "head\none\n");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_int_equal(file_log_append(fixture->log, "later\n", 6, &error), STATUS_OK);
    assert_content(file_log_path(fixture->log), "head\none\nlater\n");
}

static void test_a_log_that_somebody_removed_takes_nothing_more(void **state)
{
    struct fixture *fixture = *state;
    struct error error;
    assert_int_equal(unlink(file_log_path(fixture->log)), 0);
    assert_int_equal(file_log_append(fixture->log, "one\n", 4, &error), STATUS_IO);
    assert_string_equal(error.message, "it was removed");
}

static void test_a_log_is_in_use_while_a_program_has_it_open(void **state)
{
    struct fixture *fixture = *state;
    struct error error;
    char *path = memory_copy_string(file_log_path(fixture->log));
    assert_true(file_log_in_use(path));
    assert_int_equal(file_log_remove_left(path, &error), STATUS_REFUSED);
    assert_int_equal(access(path, F_OK), 0);
    file_log_close(fixture->log);
    fixture->log = NULL;
    assert_false(file_log_in_use(path));
    assert_int_equal(file_log_remove_left(path, &error), STATUS_OK);
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(file_log_remove_left(path, &error), STATUS_IO);
    assert_false(file_log_in_use(path));
    free(path);
}

static void test_looking_at_a_log_does_not_make_it_look_used(void **state)
{
    struct fixture *fixture = *state;
    char *path = memory_copy_string(file_log_path(fixture->log));
    file_log_close(fixture->log);
    fixture->log = NULL;
    pid_t child = fork();
    if (child == 0)
        for (;;)
            (void)file_log_in_use(path);
    for (int i = 0; i < 20000; i++)
        assert_false(file_log_in_use(path));
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, NULL, 0), child);
    free(path);
}

static void test_a_killed_program_leaves_a_log_that_is_not_in_use(void **state)
{
    struct fixture *fixture = *state;
    int answer[2];
    char path[256] = "";
    assert_int_equal(pipe(answer), 0);
    pid_t child = fork();
    if (child == 0) {
        struct file_log *log;
        if (file_log_new(&(struct file_log_name){fixture->folder, "edits", "journal"}, "a\n", 2,
                         &log, NULL) == STATUS_OK &&
            file_log_append(log, "b\n", 2, NULL) == STATUS_OK)
            (void)!write(answer[1], file_log_path(log), strlen(file_log_path(log)));
        raise(SIGKILL);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_true(read(answer[0], path, sizeof path - 1) > 0);
    assert_false(file_log_in_use(path));
    assert_content(path, "a\nb\n");
    close(answer[0]);
    close(answer[1]);
}

static void test_a_folder_that_cannot_be_made_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    struct file_log *log = NULL;
    struct error error;
    char *inside_a_file = memory_print("%s/below", file_log_path(fixture->log));
    assert_int_equal(file_log_new(&(struct file_log_name){inside_a_file, "edits", "journal"}, "", 0,
                                  &log, &error),
                     STATUS_IO);
    assert_non_null(strstr(error.message, "cannot make its folder"));
    assert_null(log);
    free(inside_a_file);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_a_log_and_its_folders_are_the_users_alone),
        TEST(test_records_follow_each_other),
        TEST(test_logs_that_are_made_at_once_have_names_of_their_own),
        TEST(test_half_a_record_is_taken_off_again),
        TEST(test_a_log_that_somebody_removed_takes_nothing_more),
        TEST(test_a_log_is_in_use_while_a_program_has_it_open),
        TEST(test_looking_at_a_log_does_not_make_it_look_used),
        TEST(test_a_killed_program_leaves_a_log_that_is_not_in_use),
        TEST(test_a_folder_that_cannot_be_made_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
