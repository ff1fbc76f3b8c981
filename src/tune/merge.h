/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Merging edits with a file that others have changed meanwhile, value by value and in three ways:
 * what the edits started from, what they made of it, what the file holds now.
 */
#ifndef TUNE_MERGE_H
#define TUNE_MERGE_H

#include "base/error.h"
#include "tune/edit.h"
#include "tune/session.h"

/*
 * Whether both sides' changes to a curve's fit can stand together: only one side changed it, both
 * made the same of it, or, breakpoint by breakpoint, no value was changed on both sides.
 * Breakpoints are matched by place, so where a side inserted or deleted one only the whole fit can
 * be taken. On STATUS_OK the caller frees *out. STATUS_CHANGED: message says which value both
 * changed, and how.
 */
enum status merge_versions(const struct curve_version *base, const struct curve_version *mine,
                           const struct curve_version *theirs, struct curve_version **out,
                           struct error *error);

/* What to do about a curve that both sides changed. */
enum merge_conflict {
    MERGE_REFUSE,    /* nothing at all is merged */
    MERGE_TAKE_MINE, /* the edited curve replaces theirs; one that is gone is left out */
};

/*
 * Commits the edits of session from to session onto, which is over a newer state of the same file,
 * as one step a curve, described by what. STATUS_CHANGED, with onto as it was, where under
 * MERGE_REFUSE a curve is no longer there or both sides changed it.
 */
enum status merge_sessions(const struct session *from, struct session *onto, const char *what,
                           enum merge_conflict conflict, struct error *error);

#endif
