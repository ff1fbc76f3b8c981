/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Watching folders for files of one name: what comes, changes and goes while a program waits.
 *
 * By inotify, where the system has it. A file counts as changed when who wrote it closes it or
 * renames it into place, not before. The watch only says where something happened; what is there
 * now the caller sees for itself, so an event too many does no harm.
 */
#ifndef CALIBRATION_WATCH_H
#define CALIBRATION_WATCH_H

#include <stdbool.h>
#include <stddef.h>

struct watch;

enum watch_kind {
    WATCH_FILE,        /* the file in folder came, changed or went */
    WATCH_FOLDER_NEW,  /* folder came, with whatever is in it; it is not watched yet */
    WATCH_FOLDER_GONE, /* folder went, with all below it */
    WATCH_LOST,        /* more happened than was kept: everything may have changed */
};

struct watch_change {
    enum watch_kind kind;
    char *folder; /* as it was given to watch_folder(), and what lies below; NULL: WATCH_LOST */
};

/*
 * Looks for files called name. Never NULL; where the system cannot watch, watch_trouble() says so.
 */
struct watch *watch_new(const char *name);
void watch_free(struct watch *watch);

/* Becomes readable when something happened; -1: nothing ever does. */
int watch_descriptor(const struct watch *watch);

/*
 * Watches a folder too; to be called before the folder is read, so that nothing falls in between.
 */
void watch_folder(struct watch *watch, const char *path);

/* Takes what has happened, without waiting. Whether there is something now that watch_take has. */
bool watch_read(struct watch *watch);

/* Hands over what has happened since, in order. The caller frees it by watch_changes_free. */
struct watch_change *watch_take(struct watch *watch, size_t *count);
void watch_changes_free(struct watch_change *changes, size_t count);

/* Why not everything is seen, such as the system's limit; NULL: it is. */
const char *watch_trouble(const struct watch *watch);

#endif
