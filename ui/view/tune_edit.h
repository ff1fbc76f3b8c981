/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What keys do to the breakpoints of the curve in hand. Each change is one edit, in the journal
 * before it is seen; one that would break the curve's order or sign is refused, and said.
 */
#ifndef UI_VIEW_TUNE_EDIT_H
#define UI_VIEW_TUNE_EDIT_H

#include "base/error.h"
#include "tune/session.h"
#include "ui/action.h"

struct app;

/* The curve in hand as it is now; borrowed until the next edit. */
const struct curve_version *tune_current(const struct app *app);

/*
 * Commits the version that an edit has made, which is taken over; or says, where status is not
 * STATUS_OK, why there is none. what says for undo what was done: "moved breakpoint 2". False where
 * the curve stays as it was.
 */
bool tune_edit_commit(struct app *app, enum status status, struct curve_version *version,
                      const struct error *error, const char *what);

/*
 * Does an action on the selected breakpoint, or on all of them; false where it is no such action.
 */
bool tune_edit_act(struct app *app, enum action action);

/* Takes over the curve of the marked calibration: the marked one, or the one of the same name. */
void tune_edit_take_over(struct app *app);

#endif
