/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Following what others change below the root of a registry. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/folders.h"
#include "base/memory.h"
#include "calibration/registry_private.h"

static void on_enter(void *context, const char *path)
{
    watch_folder(context, path);
}

void registry_watch(struct registry *registry, struct watch *watch)
{
    registry->watch = watch;
    if (registry->walk) {
        walk_on_enter(registry->walk, on_enter, watch);
        return;
    }
    char *folder = folder_of(registry->real_root);
    watch_folder(watch, folder);
    free(folder);
}

bool registry_concerns(const struct registry *registry, const struct watch_change *change,
                       const char *path)
{
    if (!registry->walk)
        return change->kind == WATCH_FILE && strcmp(path, registry->entries[0]->path) == 0;
    if (change->kind != WATCH_FILE)
        return folder_below(change->folder, path) != NULL;
    char *file = registry_file_in(change->folder);
    bool same = strcmp(path, file) == 0;
    free(file);
    return same;
}

static void remove_entry(struct registry *registry, size_t place)
{
    registry_entry_free(registry->entries[place]);
    registry->count--;
    memmove(&registry->entries[place], &registry->entries[place + 1],
            (registry->count - place) * sizeof *registry->entries);
}

/* Whether there is certainly nothing. */
static bool is_gone(const char *path)
{
    struct stat info;
    return lstat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* Entries of what is no longer there; what was put in its place meanwhile stays. */
static void remove_entries(struct registry *registry, const struct watch_change *change)
{
    for (size_t i = registry->count; i-- > 0;) {
        const char *path = registry->entries[i]->path;
        if (registry_concerns(registry, change, path) && is_gone(path))
            remove_entry(registry, i);
    }
}

static void add_walk(struct registry *registry, const char *folder)
{
    struct walk *walk = walk_new(folder, REGISTRY_FILE_NAME);
    if (registry->watch)
        walk_on_enter(walk, on_enter, registry->watch);
    registry->later = memory_resize(registry->later, registry->later_count + 1, sizeof walk);
    registry->later[registry->later_count++] = walk;
    registry->complete = false;
}

void registry_update(struct registry *registry, const struct watch_change *change)
{
    if (!registry->walk) { /* the one file: gone, it is an entry that says so */
        registry_entry_fill(registry, registry->entries[0]);
        return;
    }
    if (change->kind == WATCH_FOLDER_NEW) {
        add_walk(registry, change->folder);
        return;
    }
    char *path = registry_file_in(change->folder);
    if (change->kind == WATCH_FILE && !is_gone(path))
        registry_add_file(registry, change->folder);
    else
        remove_entries(registry, change);
    free(path);
}

/* A row that only says what is wrong may be of a folder, and comes again where it still holds. */
static bool is_doubtful(const struct registry_entry *entry)
{
    return entry->broken || is_gone(entry->path);
}

void registry_start_over(struct registry *registry,
                         bool (*stays)(const void *context, const char *path), const void *context)
{
    if (!registry->walk) {
        registry_entry_fill(registry, registry->entries[0]);
        return;
    }
    for (size_t i = registry->count; i-- > 0;)
        if (is_doubtful(registry->entries[i]) && !stays(context, registry->entries[i]->path))
            remove_entry(registry, i);
    while (registry->later_count) /* what they would find lies below the root, too */
        walk_free(registry->later[--registry->later_count]);
    add_walk(registry, registry->root);
}
