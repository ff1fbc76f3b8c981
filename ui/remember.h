/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the user was in each registry, kept over runs: device, curve, filter, order, axis, bars. A
 * small file in the state folder, the newest registry first, replaced as a whole. What it says is
 * only ever a wish: whatever makes no sense, or is not there any more, is passed by.
 */
#ifndef UI_REMEMBER_H
#define UI_REMEMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "report/scene.h"

struct app;
struct file;

/* Registries that are remembered, and the bytes that are read at most. */
enum { REMEMBER_REGISTRIES_MAX = 40, REMEMBER_BYTES_MAX = 128 * 1024 };

/* The device of the session before, and the curve of it. Owned; NULL where there was none. */
struct remembered {
    char *device, *curve;
    bool filtered; /* the filter is that of the session before, and nobody has touched it */
    bool log_y;    /* as the program started, by its configuration: what differs is worth keeping */
    enum scene_bars bars;
};

/* To be called once the configuration has been read. */
void remember_start(struct app *app);

void remember_done(struct remembered *recalled);

/*
 * Goes where the user was in this registry; folder (NULL: nothing is kept) is where that is kept.
 */
void remember_recall(struct app *app, const char *folder);

/* Once the list is whole: drops, and says so, a filter of the session before that hides all. */
void remember_check_filter(struct app *app);

/* The curve of a file that is opened for the first time to begin with. */
size_t remember_curve(const struct app *app, const struct file *file);

/* Keeps where the user is. A failure is no news to anyone who is leaving. */
void remember_keep(const struct app *app, const char *folder);

#endif
