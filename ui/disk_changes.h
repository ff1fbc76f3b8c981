/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What others do to the registry's files while the program shows them: rows come, change and go, an
 * opened file is loaded anew, or the user is told. Nothing is polled: the loop waits for keys and
 * for the watch together, and once something happened for a little quiet.
 */
#ifndef UI_DISK_CHANGES_H
#define UI_DISK_CHANGES_H

#include <stdbool.h>
#include <time.h>

#include "base/error.h"
#include "calibration/watch.h"

struct app;
struct file;

struct disk_changes {
    struct watch *watch;         /* NULL: nobody watches */
    bool waiting;                /* changes have come that were not taken in yet ... */
    struct timespec first, last; /* ... when the first and the last of them came */
};

/* Begins to watch the registry; to be called before the first registry_step(). */
void disk_changes_start(struct app *app);
void disk_changes_done(struct app *app);

/* To be called when the watch's descriptor is ready. */
void disk_changes_read(struct app *app);

/* Milliseconds until the changes should be taken in. 0: now; -1: there are none. */
int disk_changes_wait(const struct app *app);

/* Takes the changes in. */
void disk_changes_take(struct app *app);

/*
 * Loads an opened file, which has no unsaved changes, anew. A file in hand stays in hand, with its
 * curve and the cursor. A file that cannot be read stays as it was loaded, and loses its mark.
 */
enum status disk_changes_reload(struct app *app, struct file *file, struct error *error);

/*
 * To be called after every key: loads the files anew that changed while a view held on to them, or
 * says with the first edit of one that it has changed on disk.
 */
void disk_changes_follow(struct app *app);

#endif
