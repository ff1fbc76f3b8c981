/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a save of the file in hand would write, and writing it there or elsewhere. */
#ifndef UI_VIEW_VIEW_SAVE_H
#define UI_VIEW_VIEW_SAVE_H

#include "base/error.h"
#include "ui/view/diff_pane.h"
#include "ui/whereabouts.h"

struct app;
struct file_seen;

enum { SAVE_SUMMARY_MAX = 3 }; /* curves whose statistics stand above the diff */

struct save_state {
    struct diff_pane diff;   /* what would be written */
    bool is_changed;         /* the file on disk, by others, since it was loaded */
    struct error unwritable; /* why a save would be refused; STATUS_OK: nothing is known of that */
    struct whereabouts
        back; /* where to go once it is written; nowhere: back to where the save began */
};

/* Shows what a save of the file in hand would write. */
void save_start(struct app *app);

/*
 * Writes the file in hand, in place of what was loaded or of what was seen (over), and says so.
 * STATUS_CHANGED: others have changed it, which is shown instead. Any other status: it is not
 * written, error says why, and the screen is as it was.
 */
enum status save_write(struct app *app, const struct file_seen *over, struct error *error);

/* Asks for a path and writes the file in hand there, with its changes. */
void save_copy(struct app *app);

/* Writes such a copy to a path. An error says why there is none. */
enum status save_copy_to(struct app *app, const char *path, struct error *error);

#endif
