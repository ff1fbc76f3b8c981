/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads a folder whole before the next one is opened. Not fts: glibc's writes through NULL where
 * memory is short, and looks like the end where a folder cannot be read to its end.
 */
#include "calibration/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folders.h"
#include "base/memory.h"

/* A folder whose subfolders are being walked. Owns everything. */
struct level {
    char *path;
    char **names; /* subfolders, by name */
    size_t count, capacity, next;
};

/* The levels from the root down to the folder read last; none before the root and at the end. */
struct walk {
    char *root, *name;
    struct level *levels;
    size_t depth, capacity;
    bool started;
    void (*on_enter)(void *context, const char *path); /* NULL: nobody wants to know */
    void *context;
};

struct walk *walk_new(const char *root, const char *name)
{
    struct walk *walk = memory_new_array(1, sizeof *walk);
    walk->root = memory_copy_string(root);
    walk->name = memory_copy_string(name);
    return walk;
}

void walk_on_enter(struct walk *walk, void (*on_enter)(void *context, const char *path),
                   void *context)
{
    walk->on_enter = on_enter;
    walk->context = context;
}

static void leave(struct walk *walk)
{
    struct level *level = &walk->levels[--walk->depth];
    for (size_t i = 0; i < level->count; i++)
        free(level->names[i]);
    free(level->names);
    free(level->path);
}

void walk_free(struct walk *walk)
{
    if (!walk)
        return;
    while (walk->depth)
        leave(walk);
    free(walk->levels);
    free(walk->root);
    free(walk->name);
    free(walk);
}

/* Takes path. */
static struct level *enter(struct walk *walk, char *path)
{
    if (walk->depth == walk->capacity)
        walk->levels = memory_grow(walk->levels, &walk->capacity, sizeof *walk->levels);
    struct level *level = &walk->levels[walk->depth++];
    *level = (struct level){0};
    level->path = path;
    return level;
}

static void add_name(struct level *level, const char *name)
{
    if (level->count == level->capacity)
        level->names = memory_grow(level->names, &level->capacity, sizeof *level->names);
    level->names[level->count++] = memory_copy_string(name);
}

/* Some file systems tell no kinds with the names. */
static bool is_folder(int folder, const struct dirent *entry)
{
    struct stat info;
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type == DT_DIR;
    return fstatat(folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(info.st_mode);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Reads the folder that was entered last. Only the root may be a link. */
static void read_folder(struct walk *walk, struct level *level, struct walk_folder *out)
{
    int flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC;
    int fd = open(level->path, walk->depth > 1 ? flags | O_NOFOLLOW : flags);
    DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
    errno = stream ? 0 : errno;
    for (const struct dirent *entry; stream && (entry = readdir(stream)); errno = 0) {
        if (strcmp(entry->d_name, walk->name) == 0)
            out->has_file = true;
        else if (entry->d_name[0] != '.' && is_folder(fd, entry))
            add_name(level, entry->d_name);
    }
    out->error = errno;
    if (stream)
        (void)closedir(stream); /* nothing was written */
    else if (fd >= 0)
        (void)close(fd);
    if (out->error == ENOMEM)
        memory_run_out();
    if (level->count)
        qsort(level->names, level->count, sizeof *level->names, by_name);
}

/* The path of the next folder to read, NULL at the end. The caller frees it. */
static char *next_path(struct walk *walk)
{
    if (!walk->started) {
        walk->started = true;
        return memory_copy_string(walk->root);
    }
    while (walk->depth) {
        struct level *level = &walk->levels[walk->depth - 1];
        if (level->next < level->count)
            return folder_join(level->path, level->names[level->next++]);
        leave(walk);
    }
    return NULL;
}

bool walk_next(struct walk *walk, struct walk_folder *out)
{
    char *path = next_path(walk);
    if (!path)
        return false;
    *out = (struct walk_folder){.path = path};
    if (walk->on_enter)
        walk->on_enter(walk->context, path);
    read_folder(walk, enter(walk, path), out);
    return true;
}
