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
    bool waiting;                /* something happened ... */
    struct timespec first, last; /* ... at these times, and is not taken in yet */
};

/* Watches the registry, which no step has read yet. */
void disk_changes_start(struct app *app);
void disk_changes_done(struct app *app);

/* To be called when the watch's descriptor is ready. */
void disk_changes_read(struct app *app);

/* Milliseconds until what happened should be taken in: 0: now, -1: there is nothing. */
int disk_changes_wait(const struct app *app);

/* Takes in what happened. */
void disk_changes_take(struct app *app);

/*
 * Loads an opened file without unsaved changes anew; in hand, it stays so, with its curve and the
 * cursor. Where it cannot be read it stays as it was loaded, and loses its mark.
 */
enum status disk_changes_reload(struct app *app, struct file *file, struct error *error);

/* After every key: loads anew what had changed while a view held on to it. */
void disk_changes_follow(struct app *app);

#endif
