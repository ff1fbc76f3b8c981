/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commits for tests, without a git program. */
#ifndef TESTS_CALIBRATION_REPOSITORY_H
#define TESTS_CALIBRATION_REPOSITORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <git2.h>

#include "base/file.h"

/* Commits the file at path, below the repository's folder, as it is now. */
static inline void repository_commit_file(git_repository *repository, const char *path)
{
    git_index *index;
    git_oid tree_id, commit_id, parent_id;
    git_tree *tree;
    git_signature *author;
    git_commit *parent = NULL;
    assert_int_equal(git_repository_index(&index, repository), 0);
    assert_int_equal(git_index_add_bypath(index, path + strlen(git_repository_workdir(repository))),
                     0);
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

/* The same with content written to it first. */
static inline void repository_commit(git_repository *repository, const char *path,
                                     const char *content)
{
    assert_int_equal(file_replace(path, NULL, 0, content, strlen(content), NULL), STATUS_OK);
    repository_commit_file(repository, path);
}

#endif
