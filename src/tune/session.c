/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions, undo and redo of one calibration's curves. */
#include "tune/session.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/digest.h"
#include "base/memory.h"

struct step {
    size_t curve;
    const struct curve_version *before; /* borrowed: the first, or an earlier step's after */
    struct curve_version *after;        /* owned */
    char *what;
};

_Static_assert(sizeof(struct breakpoint) == 2 * sizeof(double), "digested as an array of numbers");

/* What the user sees of a curve, and what is derived from it as every frame asks for it. */
struct shown {
    const struct curve_version *version;
    bool modified;
    uint64_t digest;
};

struct session {
    const struct calibration *calibration;
    struct curve_version **first;    /* as loaded when the session began, one a curve */
    struct curve_statistics *stated; /* with them in the file */
    struct shown *shown;             /* one a curve */
    size_t curve_count;
    struct step *steps;
    size_t step_count, capacity;
    size_t position; /* steps[0 .. position) are done, the rest are undone */
    size_t saved;    /* the position at which the file was last saved; SIZE_MAX: no longer there */
};

/* What the file says, as a version on borrowed memory. */
static struct curve_version borrowed_version(const struct calibration_curve *curve)
{
    return (struct curve_version){.curve_type = (char *)curve->curve_type,
                                  .breakpoints = curve->breakpoints,
                                  .count = curve->breakpoint_count,
                                  .parameters = curve->parameters};
}

bool version_is_stored(const struct curve_version *version, const struct calibration_curve *curve)
{
    struct curve_version stored = borrowed_version(curve);
    return version_equal(version, &stored);
}

static void set_current(struct session *session, size_t curve, const struct curve_version *version)
{
    session->shown[curve] = (struct shown){
        .version = version,
        .modified = !version_is_stored(version, &session->calibration->curves[curve]),
        .digest = digest_numbers(0, (const double *)version->breakpoints, 2 * version->count),
    };
}

struct session *session_new(const struct calibration *calibration)
{
    struct session *session = memory_new_array(1, sizeof *session);
    session->calibration = calibration;
    session->curve_count = calibration->curve_count;
    session->first = memory_new_array(session->curve_count, sizeof *session->first);
    session->stated = memory_new_array(session->curve_count, sizeof *session->stated);
    session->shown = memory_new_array(session->curve_count, sizeof *session->shown);
    for (size_t i = 0; i < session->curve_count; i++) {
        const struct calibration_curve *curve = &calibration->curves[i];
        session->stated[i] = (struct curve_statistics){.r_squared = curve->r_squared,
                                                       .residual_std = curve->residual_std,
                                                       .max_residual = curve->max_residual};
        session->first[i] = session_stored(session, i);
        set_current(session, i, session->first[i]);
    }
    return session;
}

/* Forgets what was undone: there is a new future. */
static void drop_undone(struct session *session)
{
    if (session->saved > session->position)
        session->saved = SIZE_MAX;
    while (session->step_count > session->position) {
        struct step *step = &session->steps[--session->step_count];
        version_free(step->after);
        free(step->what);
    }
}

void session_free(struct session *session)
{
    if (!session)
        return;
    session->position = 0;
    drop_undone(session);
    for (size_t i = 0; i < session->curve_count; i++)
        version_free(session->first[i]);
    free(session->first);
    free(session->stated);
    free(session->shown);
    free(session->steps);
    free(session);
}

const struct curve_version *session_current(const struct session *session, size_t curve)
{
    return session->shown[curve].version;
}

/* How far, relatively, two roundings to EDIT_DIGITS digits may lead at most, and some more. */
#define SETTLE_DISTANCE 3e-5

static double distance(const struct breakpoint *a, const struct breakpoint *b)
{
    return fmax(fabs(a->flops / b->flops - 1), fabs(a->efficiency / b->efficiency - 1));
}

/* The earlier versions of a curve, the oldest first; NULL behind the last. *at begins with 0. */
static const struct curve_version *earlier(const struct session *session, size_t curve, size_t *at)
{
    if (*at == 0) {
        *at = 1;
        return session->first[curve];
    }
    for (; *at <= session->position; ++*at)
        if (session->steps[*at - 1].curve == curve)
            return session->steps[(*at)++ - 1].after;
    return NULL;
}

void session_settle(const struct session *session, size_t curve, size_t index,
                    struct curve_version **version)
{
    struct breakpoint *moved = &(*version)->breakpoints[index], home = *moved;
    const struct curve_version *before, *same = NULL;
    double nearest = SETTLE_DISTANCE;
    for (size_t at = 0; (before = earlier(session, curve, &at));)
        for (size_t i = 0; i < before->count; i++)
            if (distance(moved, &before->breakpoints[i]) < nearest) {
                home = before->breakpoints[i];
                nearest = distance(moved, &home);
            }
    *moved = home;
    struct curve settled = version_curve(*version);
    for (size_t at = 0; (before = earlier(session, curve, &at));) {
        struct curve old = version_curve(before);
        same = curve_equal(&old, &settled) ? before : same;
    }
    if (!same)
        return;
    version_free(*version);
    *version = version_copy(same);
}

void session_restore(struct session *session, size_t curve, struct curve_version *version,
                     const char *what)
{
    if (version_equal(version, session->shown[curve].version)) {
        version_free(version);
        return;
    }
    drop_undone(session);
    if (session->step_count == session->capacity)
        session->steps = memory_grow(session->steps, &session->capacity, sizeof *session->steps);
    session->steps[session->step_count++] = (struct step){
        .curve = curve,
        .before = session->shown[curve].version,
        .after = version,
        .what = memory_copy_string(what),
    };
    session->position = session->step_count;
    set_current(session, curve, version);
}

enum status session_commit(struct session *session, size_t curve, struct curve_version *version,
                           const char *what, struct error *error)
{
    enum status status = version_check(version, error);
    if (status)
        version_free(version);
    else
        session_restore(session, curve, version, what);
    return status;
}

/* Whether a save could write it: it keeps the rules, or the file has it already. */
static bool is_writable(const struct session *session, size_t curve,
                        const struct curve_version *version)
{
    return version_is_stored(version, &session->calibration->curves[curve]) ||
           version_check(version, NULL) == STATUS_OK;
}

const char *session_blocked(const struct session *session, bool back)
{
    if (session->position == (back ? 0 : session->step_count))
        return NULL;
    const struct step *step = &session->steps[session->position - back];
    return is_writable(session, step->curve, back ? step->before : step->after)
               ? NULL
               : "before that step the curve had no fit that a save could write";
}

bool session_undo(struct session *session, size_t *curve, const char **what)
{
    if (session->position == 0 || session_blocked(session, true))
        return false;
    const struct step *step = &session->steps[--session->position];
    set_current(session, step->curve, step->before);
    *curve = step->curve;
    *what = step->what;
    return true;
}

bool session_redo(struct session *session, size_t *curve, const char **what)
{
    if (session->position == session->step_count || session_blocked(session, false))
        return false;
    const struct step *step = &session->steps[session->position++];
    set_current(session, step->curve, step->after);
    *curve = step->curve;
    *what = step->what;
    return true;
}

const struct calibration *session_calibration(const struct session *session)
{
    return session->calibration;
}

struct curve_version *session_stored(const struct session *session, size_t curve)
{
    struct curve_version stored = borrowed_version(&session->calibration->curves[curve]);
    return version_copy(&stored);
}

const struct curve_statistics *session_stated(const struct session *session, size_t curve)
{
    bool is_first = version_equal(session->shown[curve].version, session->first[curve]);
    return is_first ? &session->stated[curve] : NULL;
}

uint64_t session_digest(const struct session *session, size_t curve)
{
    return session->shown[curve].digest;
}

bool session_curve_modified(const struct session *session, size_t curve)
{
    return session->shown[curve].modified;
}

size_t session_modified_count(const struct session *session)
{
    size_t count = 0;
    for (size_t i = 0; i < session->curve_count; i++)
        count += session_curve_modified(session, i);
    return count;
}

size_t session_edit_count(const struct session *session)
{
    size_t modified = session_modified_count(session), from = session->saved;
    if (modified == 0)
        return 0;
    if (from == SIZE_MAX) /* undone, and then another way: each curve was edited at least once */
        return modified;
    size_t count = from > session->position ? from - session->position : session->position - from;
    return count > modified ? count : modified;
}

struct change_set session_changes(const struct session *session, const char *note)
{
    struct change_set changes = {
        .calibration = session->calibration,
        .items = memory_new_array(session->curve_count, sizeof *changes.items),
    };
    for (size_t i = 0; i < session->curve_count; i++) {
        if (!session_curve_modified(session, i))
            continue;
        const struct curve_version *version = session->shown[i].version;
        changes.items[changes.count++] = (struct curve_change){
            .curve = &session->calibration->curves[i],
            .curve_type = version->curve_type,
            .breakpoints = version->breakpoints,
            .breakpoint_count = version->count,
            .parameters = version->parameters,
            .stated = session_stated(session, i),
            .note = note,
        };
    }
    return changes;
}

void session_rebase(struct session *session, const struct calibration *calibration)
{
    session->calibration = calibration;
    session->saved = session->position;
    for (size_t i = 0; i < session->curve_count; i++)
        set_current(session, i, session->shown[i].version);
}
