/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trees are walked with fts, which hands over entries instead of calling back. */
#include "folder.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *folder_make(void)
{
    char *path = NULL;
    const char *parent = getenv("TMPDIR");
    if (asprintf(&path, "%s/calscope-test-XXXXXX", parent && *parent ? parent : "/tmp") < 0)
        return NULL;
    if (!mkdtemp(path)) {
        free(path);
        return NULL;
    }
    return path;
}

void folder_remove(const char *path)
{
    FTS *tree = fts_open((char *[]){(char *)path, NULL}, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; tree && (entry = fts_read(tree));) {
        if (entry->fts_info == FTS_D)
            chmod(entry->fts_accpath, S_IRWXU); /* a test may have taken the rights away */
        else
            remove(entry->fts_accpath);
    }
    if (tree)
        fts_close(tree);
}

static char *join(const char *folder, const char *name)
{
    char *path = NULL;
    return asprintf(&path, "%s/%s", folder, name) < 0 ? NULL : path;
}

static bool copy_file(const char *from, const char *to)
{
    size_t length;
    char *bytes = folder_read("", from, &length);
    bool is_good = bytes && folder_write("", to, bytes, length);
    free(bytes);
    return is_good;
}

static bool copy_entry(const FTSENT *entry, const char *to)
{
    if (entry->fts_info == FTS_D)
        return mkdir(to, 0755) == 0 || errno == EEXIST;
    return entry->fts_info != FTS_F || copy_file(entry->fts_path, to);
}

bool folder_copy(const char *from, const char *to)
{
    char *root = realpath(from, NULL);
    bool is_good = root != NULL;
    FTS *tree = root ? fts_open((char *[]){root, NULL}, FTS_PHYSICAL | FTS_NOCHDIR, NULL) : NULL;
    for (FTSENT *entry; tree && is_good && (entry = fts_read(tree));) {
        char *target = join(to, entry->fts_path + strlen(root));
        is_good = target && copy_entry(entry, target);
        free(target);
    }
    if (tree)
        fts_close(tree);
    free(root);
    return is_good && tree;
}

static char *read_all(FILE *file, size_t *length)
{
    char *bytes = NULL;
    FILE *memory = open_memstream(&bytes, length);
    char block[65536];
    for (size_t count; memory && (count = fread(block, 1, sizeof block, file)) > 0;)
        fwrite(block, 1, count, memory);
    if (memory)
        fclose(memory);
    return bytes;
}

char *folder_read(const char *folder, const char *name, size_t *length)
{
    char *path = join(folder, name);
    FILE *file = path ? fopen(path, "rb") : NULL;
    char *bytes = file ? read_all(file, length) : NULL;
    if (file)
        fclose(file);
    free(path);
    return bytes;
}

bool folder_write(const char *folder, const char *name, const char *bytes, size_t length)
{
    char *path = join(folder, name);
    FILE *file = path ? fopen(path, "wb") : NULL;
    free(path);
    if (!file)
        return false;
    bool is_good = fwrite(bytes, 1, length, file) == length;
    return fclose(file) == 0 && is_good;
}
