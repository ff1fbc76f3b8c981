/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A save that met a file which others have changed meanwhile, and the ways out. */
#ifndef UI_VIEW_VIEW_CONFLICT_H
#define UI_VIEW_VIEW_CONFLICT_H

#include <stdbool.h>

#include "base/error.h"
#include "ui/action.h"
#include "ui/files.h"
#include "ui/view/diff_pane.h"

struct app;

/* A file on disk that is not the one that was loaded. */
struct conflict_state {
    struct diff_pane theirs; /* what others have made of it */
    struct file_seen seen;   /* the file of which that diff is: what may be written over */
    bool is_replaced;        /* that is no file any more, which nothing can be written over */
    bool show_theirs;
    struct error error; /* why nothing was written, or merged */
    bool merge_failed;
};

/* Shows that a save met a file that others changed, and what can be done. */
void conflict_start(struct app *app, const struct error *error);

/* Loads the file in hand as it is on disk, and says so; what is not saved is lost. */
enum status conflict_reload(struct app *app, struct error *error);

/* Writes over what was shown of the file; as save_write. */
enum status conflict_overwrite(struct app *app, struct error *error);

#endif
