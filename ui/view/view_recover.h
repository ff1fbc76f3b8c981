/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unsaved edits that an earlier session left in its journal, and taking them up. */
#ifndef UI_VIEW_VIEW_RECOVER_H
#define UI_VIEW_VIEW_RECOVER_H

#include <stdbool.h>

#include "base/error.h"
#include "tune/recovery.h"
#include "ui/files.h"
#include "ui/view/diff_pane.h"

struct app;

/* The diffs that a recovery can be looked at as. */
enum recover_page { RECOVER_RESULT, RECOVER_EDITS, RECOVER_DISK, RECOVER_PAGES };

struct recover_state {
    struct recovery recovery;
    struct diff_pane pages[RECOVER_PAGES];
    enum recover_page page;
    size_t place, older; /* which session this is, from 1, and how many before it left edits, too */
    bool added;          /* to edits that were taken up and are not saved */
    bool moved_on;       /* the file is no longer the one that was edited */
    bool conflict;       /* and both sides changed the same: error says what */
    struct error error;
    bool held;            /* by the file already, all of them */
    enum file_state disk; /* what is on disk to the file in hand, which the pages are made from */
};

/* Has the list show which files have edits that an earlier session left. */
void recover_mark(struct app *app);

/* The same, with a message where sessions have left unsaved edits of files in the registry. */
void recover_announce(struct app *app);

/*
 * Offers the edits that sessions over the file in hand left when they ended early, if there are
 * any: those of the youngest one, and behind these those of the others, one after another.
 */
void recover_offer(struct app *app);

/* Where they are on offer: the file in hand was loaded anew, or is another on disk by now. */
void recover_follow_disk(struct app *app);

#endif
