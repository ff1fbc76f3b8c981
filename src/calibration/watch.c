/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inotify: a watch a folder, and what its events say of a registry. */
#include "calibration/watch.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folders.h"
#include "base/memory.h"

/* A share of what the system allows one user, and more changes than anyone reads one by one. */
enum { FOLDERS_MAX = 20000, CHANGES_MAX = 4000 };

/* Handed out by the system in rising order, so the array stays sorted. */
struct watched {
    int descriptor;
    char *path;
};

struct watch {
    int inotify; /* -1: there is none */
    char *name;
    struct watched *folders;
    size_t count, capacity;
    struct watch_change *changes;
    size_t change_count, change_capacity;
    char trouble[160];
};

struct watch *watch_new(const char *name)
{
    struct watch *watch = memory_new_array(1, sizeof *watch);
    watch->name = memory_copy_string(name);
    watch->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch->inotify < 0)
        snprintf(watch->trouble, sizeof watch->trouble, "files cannot be watched here (%s)",
                 strerror(errno));
    return watch;
}

void watch_changes_free(struct watch_change *changes, size_t count)
{
    for (size_t i = 0; changes && i < count; i++)
        free(changes[i].folder);
    free(changes);
}

void watch_free(struct watch *watch)
{
    if (!watch)
        return;
    if (watch->inotify >= 0)
        (void)close(watch->inotify); /* nothing was written */
    for (size_t i = 0; i < watch->count; i++)
        free(watch->folders[i].path);
    free(watch->folders);
    watch_changes_free(watch->changes, watch->change_count);
    free(watch->name);
    free(watch);
}

int watch_descriptor(const struct watch *watch)
{
    return watch->inotify;
}

const char *watch_trouble(const struct watch *watch)
{
    return watch->trouble[0] ? watch->trouble : NULL;
}

/* The place of a watch among the folders, or where it belongs. */
static size_t place_of(const struct watch *watch, int descriptor)
{
    size_t low = 0, high = watch->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (watch->folders[middle].descriptor < descriptor)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct watched *find(const struct watch *watch, int descriptor)
{
    size_t place = place_of(watch, descriptor);
    bool found = place < watch->count && watch->folders[place].descriptor == descriptor;
    return found ? &watch->folders[place] : NULL;
}

/* Notes that a watch is on path; one that was there already has perhaps moved. */
static void note_folder(struct watch *watch, int descriptor, const char *path)
{
    struct watched *known = find(watch, descriptor);
    if (known) {
        free(known->path);
        known->path = memory_copy_string(path);
        return;
    }
    size_t place = place_of(watch, descriptor);
    if (watch->count == watch->capacity)
        watch->folders = memory_grow(watch->folders, &watch->capacity, sizeof *watch->folders);
    memmove(&watch->folders[place + 1], &watch->folders[place],
            (watch->count - place) * sizeof *watch->folders);
    watch->folders[place] = (struct watched){descriptor, memory_copy_string(path)};
    watch->count++;
}

void watch_folder(struct watch *watch, const char *path)
{
    const unsigned mask = IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE |
                          IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK;
    bool full = watch->count >= FOLDERS_MAX;
    if (watch->inotify < 0)
        return;
    int descriptor = full ? -1 : inotify_add_watch(watch->inotify, path, mask);
    if (descriptor >= 0)
        note_folder(watch, descriptor, path);
    else if (full || errno == ENOSPC)
        snprintf(watch->trouble, sizeof watch->trouble, "only %zu folders can be watched (%s)",
                 watch->count, full ? "the program's limit" : "fs.inotify.max_user_watches");
    else if (errno == ENOMEM)
        memory_run_out();
}

/* Takes folder. */
static void append_change(struct watch *watch, enum watch_kind kind, char *folder)
{
    if (!watch->changes || watch->change_count == watch->change_capacity)
        watch->changes =
            memory_grow(watch->changes, &watch->change_capacity, sizeof *watch->changes);
    struct watch_change *change = &watch->changes[watch->change_count++];
    change->kind = kind;
    change->folder = folder;
}

static bool is_lost(const struct watch *watch)
{
    return watch->changes && watch->change_count == 1 && watch->changes[0].kind == WATCH_LOST;
}

/* Too much came for each to be told: from here on all that is known is that something changed. */
static void lose_changes(struct watch *watch)
{
    if (is_lost(watch))
        return;
    watch_changes_free(watch->changes, watch->change_count);
    watch->changes = NULL;
    watch->change_count = watch->change_capacity = 0;
    append_change(watch, WATCH_LOST, NULL);
}

/* Takes folder. Twice the same in a row is once. */
static void add_change(struct watch *watch, enum watch_kind kind, char *folder)
{
    const struct watch_change *last =
        watch->changes ? &watch->changes[watch->change_count - 1] : NULL;
    bool same = last && last->kind == kind && strcmp(last->folder, folder) == 0;
    if (!same && !is_lost(watch) && watch->change_count < CHANGES_MAX) {
        append_change(watch, kind, folder);
        return;
    }
    if (!same)
        lose_changes(watch);
    free(folder);
}

/* A folder that was moved away would go on telling of a place where it is no longer. */
static void stop_watching(struct watch *watch, const char *folder)
{
    for (size_t i = 0; i < watch->count; i++)
        if (folder_below(folder, watch->folders[i].path))
            inotify_rm_watch(watch->inotify, watch->folders[i].descriptor); /* forgotten later */
}

static void forget(struct watch *watch, struct watched *folder)
{
    free(folder->path);
    watch->count--;
    memmove(folder, folder + 1, (size_t)(&watch->folders[watch->count] - folder) * sizeof *folder);
}

static void take_folder_event(struct watch *watch, const char *path, const char *name,
                              unsigned mask)
{
    if (name[0] == '.')
        return; /* a registry passes hidden folders by */
    char *folder = folder_join(path, name);
    if (mask & (IN_MOVED_FROM | IN_DELETE)) {
        stop_watching(watch, folder);
        add_change(watch, WATCH_FOLDER_GONE, folder);
    } else {
        add_change(watch, WATCH_FOLDER_NEW, folder); /* nothing else is told of a folder in one */
    }
}

/*
 * What was only created is still being written, unless it is a link, symbolic or a second name of a
 * file, or no file at all (a pipe, a socket): nobody closes that.
 */
static bool is_whole(const char *folder, const char *name)
{
    struct stat info;
    char *path = folder_join(folder, name);
    bool whole = lstat(path, &info) == 0 && (!S_ISREG(info.st_mode) || info.st_nlink > 1);
    free(path);
    return whole;
}

static void take_event(struct watch *watch, const struct inotify_event *event)
{
    struct watched *folder = find(watch, event->wd);
    const char *name = event->len ? event->name : "";
    if (event->mask & IN_Q_OVERFLOW) {
        lose_changes(watch);
    } else if (!folder) {
        return;
    } else if (event->mask & IN_IGNORED) {
        forget(watch, folder);
    } else if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF)) {
        /* Of any but the first the folder above tells, too. */
        add_change(watch, WATCH_FOLDER_GONE, memory_copy_string(folder->path));
    } else if (event->mask & IN_ISDIR) {
        take_folder_event(watch, folder->path, name, event->mask);
    } else if (strcmp(name, watch->name) == 0 &&
               (!(event->mask & IN_CREATE) || is_whole(folder->path, name))) {
        add_change(watch, WATCH_FILE, memory_copy_string(folder->path));
    }
}

bool watch_read(struct watch *watch)
{
    union {
        struct inotify_event event; /* for its alignment */
        char bytes[16 * (sizeof(struct inotify_event) + NAME_MAX + 1)];
    } read_now;
    ssize_t length;
    while (watch->inotify >= 0 && (length = read(watch->inotify, &read_now, sizeof read_now)) > 0) {
        for (char *at = read_now.bytes; at < read_now.bytes + length;) {
            const struct inotify_event *event = (const void *)at;
            take_event(watch, event);
            at += sizeof *event + event->len;
        }
    }
    return watch->change_count > 0;
}

struct watch_change *watch_take(struct watch *watch, size_t *count)
{
    struct watch_change *changes = watch->changes;
    *count = watch->change_count;
    watch->changes = NULL;
    watch->change_count = watch->change_capacity = 0;
    return changes;
}
