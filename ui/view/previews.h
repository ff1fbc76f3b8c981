/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The calibrations that the browser's preview showed last, so that going up and down among them
 * reads no file again.
 */
#ifndef UI_VIEW_PREVIEWS_H
#define UI_VIEW_PREVIEWS_H

#include <stddef.h>

#include "calibration/calibration.h"

enum { PREVIEWS_KEPT = 16 };

struct preview {
    char *path;
    struct calibration *calibration; /* NULL: it could not be read */
};

/* Zeroed it is empty. The one asked for last comes first. */
struct previews {
    struct preview items[PREVIEWS_KEPT];
    size_t count;
};

/* The calibration at path, read now if it is not kept; NULL where it cannot be. Borrowed until the
 * next call. */
const struct calibration *previews_show(struct previews *previews, const char *path);

/* Forgets them all: files may have changed. */
void previews_forget(struct previews *previews);

#endif
