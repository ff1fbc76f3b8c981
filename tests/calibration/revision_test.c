/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FILE@REV reads a file as it stood in a revision of its git repository. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <git2.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "calibration/revision.h"
#include "calibration/source.h"
#include "repository.h"

static void test_a_revision_reads_what_the_file_was(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    git_repository *repository;
    struct error error = {0};
    assert_non_null(mkdtemp(folder));
    char *path = memory_print("%s/c.json", folder), *argument = memory_print("%s@HEAD~1", path);
    git_libgit2_init();
    assert_int_equal(git_repository_init(&repository, folder, 0), 0);
    repository_commit(repository, path, "{\"hardware_id\": \"old\", \"curves\": {}}");
    repository_commit(repository, path, "{\"hardware_id\": \"new\", \"curves\": {}}");
    git_repository_free(repository);
    git_libgit2_shutdown();

    struct calibration *calibration;
    char *writable;
    assert_int_equal(source_load(argument, "/none", &calibration, &writable, &error), STATUS_OK);
    assert_string_equal(calibration->hardware_id, "old");
    assert_null(writable); /* a revision cannot be saved to */
    calibration_free(calibration);
    free(argument);
    argument = memory_print("%s@nothing", path);
    assert_int_equal(source_load(argument, "/none", &calibration, &writable, &error), STATUS_IO);
    assert_non_null(strstr(error.message, "no such revision"));
    free(argument);
    free(path);
    char *command = memory_print("rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
    free(command);
}

/* A repository in folder, which is filled in; the caller removes it with done(). */
static git_repository *make_repository(char *folder)
{
    git_repository *repository;
    assert_non_null(mkdtemp(folder));
    git_libgit2_init();
    assert_int_equal(git_repository_init(&repository, folder, 0), 0);
    return repository;
}

static void remove_repository(git_repository *repository, const char *folder)
{
    git_repository_free(repository);
    git_libgit2_shutdown();
    char *command = memory_print("rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
    free(command);
}

static void assert_refused(const char *path, const char *revision, size_t limit, const char *words)
{
    struct error error = {0};
    struct buffer out = {0};
    assert_int_equal(revision_read(path, revision, limit, &out, &error), STATUS_IO);
    if (!strstr(error.message, words))
        fail_msg("`%s` does not say `%s`", error.message, words);
    assert_int_equal(out.length, 0);
    buffer_done(&out);
}

static void test_what_a_revision_cannot_give_is_refused_with_the_reason(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    git_repository *repository = make_repository(folder);
    char *path = memory_print("%s/c.json", folder), *other = memory_print("%s/new", folder);
    char *hidden = memory_print("%s/.git/config", folder);
    repository_commit(repository, path, "{\"hardware_id\": \"old\", \"curves\": {}}");
    assert_int_equal(file_replace(other, NULL, 0, "x", 1, NULL), STATUS_OK);
    assert_refused(path, "HEAD", 10, "larger than 0 MiB");
    assert_refused(other, "HEAD", 1000, "no such revision of the file");
    assert_refused(path, "HEAD:", 1000, "no such revision of the file");
    assert_refused("/no/such/file", "HEAD", 1000, "no such file");
    assert_refused(hidden, "HEAD", 1000, "no such revision of the file");
    char *command = memory_print("cd %s && rm c.json && mkdir c.json && mv new c.json/", folder);
    assert_int_equal(system(command), 0);
    assert_refused(path, "HEAD~3", 1000, "no such revision of the file");
    free(command);
    free(hidden);
    free(other);
    free(path);
    remove_repository(repository, folder);
}

/* A folder that was a file in the revision, and the other way round. */
static void test_a_revision_that_holds_a_folder_of_that_name_is_refused(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    git_repository *repository = make_repository(folder);
    char *command = memory_print(
        "cd %s && mkdir d && echo x >d/f && git add d && git -c user.name=t -c user.email=t@t "
        "commit -qm one && rm -r d && echo y >d",
        folder);
    char *path = memory_print("%s/d", folder);
    assert_int_equal(system(command), 0);
    assert_refused(path, "HEAD", 1000, "the revision holds no file of that name");
    free(path);
    free(command);
    remove_repository(repository, folder);
}

static void test_a_file_in_a_repository_without_a_work_tree_is_refused(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    git_repository *repository;
    assert_non_null(mkdtemp(folder));
    git_libgit2_init();
    assert_int_equal(git_repository_init(&repository, folder, 1), 0);
    char *path = memory_print("%s/config", folder);
    assert_refused(path, "HEAD", 1000, "not in the repository's work tree");
    free(path);
    remove_repository(repository, folder);
}

static void test_outside_a_repository_the_message_says_what_is_needed(void **state)
{
    (void)state;
    char path[] = "/tmp/calscope-test-XXXXXX";
    struct calibration *calibration;
    struct error error;
    assert_true(mkstemp(path) >= 0);
    char *argument = memory_print("%s@HEAD", path);
    assert_int_equal(source_load(argument, "/none", &calibration, NULL, &error), STATUS_IO);
    assert_non_null(strstr(error.message, "needs a git repository"));
    free(argument);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_revision_reads_what_the_file_was),
        cmocka_unit_test(test_what_a_revision_cannot_give_is_refused_with_the_reason),
        cmocka_unit_test(test_a_revision_that_holds_a_folder_of_that_name_is_refused),
        cmocka_unit_test(test_a_file_in_a_repository_without_a_work_tree_is_refused),
        cmocka_unit_test(test_outside_a_repository_the_message_says_what_is_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
