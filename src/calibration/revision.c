/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a revision of a file through libgit2. */
#include "calibration/revision.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <git2.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/folders.h"
#include "base/memory.h"
#include "calibration/libgit.h"

static enum status fail(struct error *error, const char *what)
{
    const git_error *cause = git_error_last();
    if (errno == ENOMEM || (cause && cause->klass == GIT_ERROR_NOMEMORY))
        memory_run_out(); /* of a library below libgit2: its own comes from base/memory */
    return error_set(error, STATUS_IO, "%s: %s", what, cause ? cause->message : "git says no");
}

static enum status read_blob(git_repository *repository, const char *spec, size_t limit,
                             struct buffer *out, struct error *error)
{
    git_object *object = NULL;
    if (git_revparse_single(&object, repository, spec))
        return fail(error, "no such revision of the file");
    enum status status = STATUS_OK;
    if (git_object_type(object) != GIT_OBJECT_BLOB)
        status = error_set(error, STATUS_IO, "the revision holds no file of that name");
    else {
        const git_blob *blob = (const git_blob *)object;
        git_object_size_t size = git_blob_rawsize(blob);
        if (size > limit)
            status = error_set(error, STATUS_IO, "the file is larger than %zu MiB", limit >> 20);
        else
            buffer_append(out, git_blob_rawcontent(blob), (size_t)size);
    }
    git_object_free(object);
    return status;
}

static enum status read_in_repository(git_repository *repository, const char *real,
                                      const char *revision, size_t limit, struct buffer *out,
                                      struct error *error)
{
    const char *top = git_repository_workdir(repository);
    char *real_top = top ? file_real_path(top) : NULL;
    const char *inside = real_top ? folder_below(real_top, real) : NULL;
    enum status status;
    if (!inside) {
        status = error_set(error, STATUS_IO, "the file is not in the repository's work tree");
    } else {
        char *spec = memory_print("%s:%s", revision, inside);
        status = read_blob(repository, spec, limit, out, error);
        free(spec);
    }
    free(real_top);
    return status;
}

enum status revision_read(const char *path, const char *revision, size_t limit, struct buffer *out,
                          struct error *error)
{
    git_repository *repository = NULL;
    char *real = file_real_path(path);
    if (!real)
        return error_set(error, STATUS_IO, "no such file");
    if (!libgit_begin()) {
        free(real);
        return error_set(error, STATUS_IO, "libgit2 cannot start");
    }
    enum status status;
    if (git_repository_open_ext(&repository, real, 0, NULL))
        status = fail(error, "@REVISION needs a git repository around the file");
    else
        status = read_in_repository(repository, real, revision, limit, out, error);
    git_repository_free(repository);
    libgit_end();
    free(real);
    return status;
}

/* HEAD and a few before it, as far as there are any. */
static void list_heads(git_repository *repository, struct buffer *out)
{
    static const char *const names[] = {"HEAD", "HEAD~1", "HEAD~2", "HEAD~3"};
    git_object *object;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (git_revparse_single(&object, repository, names[i]))
            return;
        git_object_free(object);
        buffer_print(out, "%s\n", names[i]);
    }
}

static void list_branches(git_repository *repository, struct buffer *out)
{
    git_branch_iterator *branches;
    git_reference *branch;
    git_branch_t kind;
    const char *name;
    if (git_branch_iterator_new(&branches, repository, GIT_BRANCH_LOCAL))
        return;
    while (git_branch_next(&branch, &kind, branches) == 0) {
        if (git_branch_name(&name, branch) == 0)
            buffer_print(out, "%s\n", name);
        git_reference_free(branch);
    }
    git_branch_iterator_free(branches);
}

static void list_tags(git_repository *repository, struct buffer *out)
{
    git_strarray tags = {0};
    if (git_tag_list(&tags, repository))
        return;
    for (size_t i = 0; i < tags.count; i++)
        buffer_print(out, "%s\n", tags.strings[i]);
    git_strarray_dispose(&tags);
}

void revision_list(const char *path, struct buffer *out)
{
    git_repository *repository = NULL;
    char *real = file_real_path(path);
    if (real && libgit_begin()) {
        if (git_repository_open_ext(&repository, real, 0, NULL) == 0) {
            list_heads(repository, out);
            list_branches(repository, out);
            list_tags(repository, out);
        }
        git_repository_free(repository);
        libgit_end();
    }
    free(real);
}
