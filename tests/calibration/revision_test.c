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

#include "base/file.h"
#include "base/memory.h"
#include "calibration/source.h"

/* Commits content as the file at path, which lies in the repository's top folder. */
static void commit(git_repository *repository, const char *path, const char *content)
{
    git_index *index;
    git_oid tree_id, commit_id, parent_id;
    git_tree *tree;
    git_signature *author;
    git_commit *parent = NULL;
    assert_int_equal(file_replace(path, NULL, 0, content, strlen(content), NULL), STATUS_OK);
    assert_int_equal(git_repository_index(&index, repository), 0);
    assert_int_equal(git_index_add_bypath(index, strrchr(path, '/') + 1), 0);
    assert_int_equal(git_index_write_tree(&tree_id, index), 0);
    assert_int_equal(git_tree_lookup(&tree, repository, &tree_id), 0);
    assert_int_equal(git_signature_new(&author, "t", "t@example.org", 0, 0), 0);
    if (git_reference_name_to_id(&parent_id, repository, "HEAD") == 0)
        assert_int_equal(git_commit_lookup(&parent, repository, &parent_id), 0);
    const git_commit *parents[] = {parent};
    assert_int_equal(git_commit_create(&commit_id, repository, "HEAD", author, author, NULL, "m",
                                       tree, parent ? 1 : 0, parents),
                     0);
    git_commit_free(parent);
    git_signature_free(author);
    git_tree_free(tree);
    git_index_free(index);
}

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
    commit(repository, path, "{\"hardware_id\": \"old\", \"curves\": {}}");
    commit(repository, path, "{\"hardware_id\": \"new\", \"curves\": {}}");
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
        cmocka_unit_test(test_outside_a_repository_the_message_says_what_is_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
