/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An editing session over one calibration: immutable versions of its curves, undo and redo along
 * them without limit, one history for the whole file.
 *
 * "Modified" is derived: the current version is not what the file holds. So undoing everything, or
 * typing the old value back, is clean by itself.
 */
#ifndef TUNE_SESSION_H
#define TUNE_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calibration/calibration.h"
#include "calibration/store.h"
#include "tune/edit.h"

struct session;

/* The calibration is borrowed until session_rebase gives another. */
struct session *session_new(const struct calibration *calibration);
void session_free(struct session *session);

/* What the session is over: the file as loaded, or as last saved. Borrowed. */
const struct calibration *session_calibration(const struct session *session);

/* What that file says about a curve, as a version that the caller frees. */
struct curve_version *session_stored(const struct session *session, size_t curve);

/* Whether a curve of a file says just this. */
bool version_is_stored(const struct curve_version *version, const struct calibration_curve *curve);

/* The version of curve (its index in the calibration) that the user sees. Borrowed. */
const struct curve_version *session_current(const struct session *session, size_t curve);

/*
 * The statistics that the file stated of just that version when the session began, NaN where it did
 * not; NULL of every other version. A save that goes back to what was loaded writes them again, as
 * they may come from raw observations that the file does not hold. Borrowed.
 */
const struct curve_statistics *session_stated(const struct session *session, size_t curve);

/* A digest of the breakpoints of the current version (base/digest.h). */
uint64_t session_digest(const struct session *session, size_t curve);

/*
 * Makes version, which the session takes, the current one. what says what was done, for messages:
 * "moved breakpoint 2". A version equal to the current one is dropped without a step. What was
 * undone can no longer be redone. STATUS_REFUSED where the version breaks the rules of tune/edit.h.
 */
enum status session_commit(struct session *session, size_t curve, struct curve_version *version,
                           const char *what, struct error *error);

/*
 * For a version whose breakpoint index was moved by a step, which rounds: a step back must lead to
 * where it came from. Where the curve had a breakpoint that close to it before, it takes that one's
 * every digit; where all breakpoints are those of an earlier version then, *version becomes that
 * one, with its curve_type and parameters.
 */
void session_settle(const struct session *session, size_t curve, size_t index,
                    struct curve_version **version);

/* As session_commit for a version that was current before, and so may break rules as files may. */
void session_restore(struct session *session, size_t curve, struct curve_version *version,
                     const char *what);

/*
 * One step back or forth; false where there is none, or where it would lead to a curve that no save
 * could write (session_blocked). *curve and *what (borrowed) describe it.
 */
bool session_undo(struct session *session, size_t *curve, const char **what);
bool session_redo(struct session *session, size_t *curve, const char **what);

/*
 * Why the next step back (or forth) is not taken: the curve had no usable fit before, and the file,
 * which was saved since, has one. NULL: nothing stands in its way.
 */
const char *session_blocked(const struct session *session, bool back);

/* Whether a curve is not what is saved, and how many are not. */
bool session_curve_modified(const struct session *session, size_t curve);
size_t session_modified_count(const struct session *session);

/* Edits between what is saved and what the user sees; at least one where a curve is modified. */
size_t session_edit_count(const struct session *session);

/*
 * The changes that a save would write, of which the caller frees the items alone: what stands in
 * them is borrowed from session, calibration and note. The note (NULL: none) goes to each.
 */
struct change_set session_changes(const struct session *session, const char *note);

/* The file holds calibration now (after a save). Its curves must be the same ones, in order. */
void session_rebase(struct session *session, const struct calibration *calibration);

#endif
