/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Resolving what the command line names to a file, a revision or standard input. */
#include "calibration/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/folders.h"
#include "base/memory.h"
#include "calibration/registry.h"
#include "calibration/revision.h"
#include "calibration/suggest.h"
#include "json/reader.h"

static bool exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

/* A folder stands for the calibration in it. Takes path. */
static char *file_in(char *path)
{
    if (!folder_exists(path))
        return path;
    char *inside = memory_print("%s/%s", path, REGISTRY_FILE_NAME);
    free(path);
    return inside;
}

/* Says that argument is neither a path, which says why, nor an id. */
static void say_not_found(const char *argument, const char *why, const char *registry,
                          struct error *error)
{
    struct buffer like = {0};
    suggest_ids(registry, argument, &like);
    if (!folder_exists(registry))
        error_set(error, STATUS_IO, "%s, and there is no registry %s to find an id in", why,
                  registry);
    else if (like.length)
        error_set(error, STATUS_IO, "%s, and no such id in %s; did you mean %s?", why, registry,
                  like.bytes);
    else
        error_set(error, STATUS_IO, "%s, and no such id in %s; `calscope ls` lists the ids", why,
                  registry);
    buffer_done(&like);
}

char *source_find(const char *argument, const char *registry, struct error *error)
{
    char *path = file_in(memory_copy_string(argument));
    if (exists(path))
        return path;
    const char *why =
        folder_exists(argument) ? "the folder holds no " REGISTRY_FILE_NAME : strerror(errno);
    char *in_registry = file_in(memory_print("%s/%s", registry, argument));
    if (exists(in_registry)) {
        free(path);
        return in_registry;
    }
    free(in_registry);
    free(path);
    say_not_found(argument, why, registry, error);
    return NULL;
}

const char *source_split_revision(const char *argument, char **file)
{
    const char *at = strrchr(argument, '@');
    if (!at || at == argument || !at[1])
        return NULL;
    *file = memory_print("%.*s", (int)(at - argument), argument);
    return at + 1;
}

enum status source_load_revision(const char *path, const char *revision, struct calibration **out,
                                 struct error *error)
{
    struct buffer bytes = {0};
    enum status status = revision_read(path, revision, JSON_BYTES_MAX, &bytes, error);
    if (!status)
        status = calibration_read(buffer_string(&bytes), bytes.length, out, error);
    buffer_done(&bytes);
    return status;
}

static enum status find_and_load_revision(const char *file, const char *revision,
                                          const char *registry, struct calibration **out,
                                          struct error *error)
{
    char *path = source_find(file, registry, error);
    enum status status = path ? source_load_revision(path, revision, out, error) : STATUS_IO;
    free(path);
    return status;
}

enum status source_load(const char *argument, const char *registry, struct calibration **out,
                        char **path, struct error *error)
{
    char *file = NULL;
    const char *revision;
    if (path)
        *path = NULL;
    if (strcmp(argument, "-") == 0)
        return calibration_load("-", out, error);
    char *found = source_find(argument, registry, error);
    if (!found && (revision = source_split_revision(argument, &file))) {
        enum status status = find_and_load_revision(file, revision, registry, out, error);
        free(file);
        return status;
    }
    if (!found)
        return STATUS_IO;
    enum status status = calibration_load(found, out, error);
    if (!status && path)
        *path = found;
    else
        free(found);
    return status;
}
