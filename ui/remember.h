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
    bool filtered; /* the filter is still that of the session before */
    bool log_y;    /* this and bars: as the configuration has them; only what differs is kept */
    enum scene_bars bars;
};

/* Notes what the configuration says. To be called once it has been read. */
void remember_start(struct app *app);

void remember_done(struct remembered *recalled);

/*
 * Goes where the user was in this registry; folder (NULL: nothing is kept) is where that is kept.
 */
void remember_recall(struct app *app, const char *folder);

/* Once the list is whole: drops, and says so, a filter of the session before that hides all. */
void remember_check_filter(struct app *app);

/* The index of the curve to begin with in a file that is opened for the first time. */
size_t remember_curve(const struct app *app, const struct file *file);

/* Keeps where the user is. A failure is no news to anyone who is leaving. */
void remember_keep(const struct app *app, const char *folder);

#endif
