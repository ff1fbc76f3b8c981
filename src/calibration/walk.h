/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A walk through the folders below a root, one at a time, in the order of their names. */
#ifndef CALIBRATION_WALK_H
#define CALIBRATION_WALK_H

#include <stdbool.h>

/*
 * No link is followed but one that is the root itself, so it never leaves the root and never goes
 * round; hidden folders are passed by. Nothing but names is looked at, so nothing can block.
 */
struct walk;

/* One folder that was read. Strings belong to the walk, until the next one. */
struct walk_folder {
    const char *path;
    int error;     /* errno where it could not be read; 0: it was */
    bool has_file; /* it holds the name that is looked for, whatever that is */
};

/* Looks for name below root. Both are copied. The caller frees the walk. */
struct walk *walk_new(const char *root, const char *name);

/* Has each folder told before it is read, as by watch_folder(). */
void walk_on_enter(struct walk *walk, void (*on_enter)(void *context, const char *path),
                   void *context);

/* Reads the next folder, the root first; false at the end. */
bool walk_next(struct walk *walk, struct walk_folder *out);

void walk_free(struct walk *walk);

#endif
