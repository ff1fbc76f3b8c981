/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three-way merges of curves. */
#include "tune/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

/* Both sides' change to one value; false where they differ. */
static bool merge_value(double base, double mine, double theirs, double *out)
{
    *out = mine == base ? theirs : mine;
    return mine == base || theirs == base || mine == theirs;
}

static enum status refuse(size_t index, const char *what, double mine, double theirs,
                          struct error *error)
{
    char here[NUMBER_TEXT_MAX], there[NUMBER_TEXT_MAX];
    number_print_repr(mine, here);
    number_print_repr(theirs, there);
    return error_set(error, STATUS_CHANGED,
                     "both sides changed the %s of breakpoint %zu: %s here, "
                     "%s in the file",
                     what, index, here, there);
}

/* Whether all are lists of as many breakpoints, without parameters that belong to the whole. */
static bool are_alike(const struct curve_version *base, const struct curve_version *mine,
                      const struct curve_version *theirs)
{
    return base->count == mine->count && base->count == theirs->count && !base->parameters &&
           !mine->parameters && !theirs->parameters &&
           text_same(mine->curve_type, theirs->curve_type);
}

static enum status merge_breakpoints(const struct curve_version *base,
                                     const struct curve_version *mine,
                                     const struct curve_version *theirs,
                                     struct curve_version *merged, struct error *error)
{
    for (size_t i = 0; i < base->count; i++) {
        const struct breakpoint *from = &base->breakpoints[i], *a = &mine->breakpoints[i],
                                *b = &theirs->breakpoints[i];
        if (!merge_value(from->flops, a->flops, b->flops, &merged->breakpoints[i].flops))
            return refuse(i, "size", a->flops, b->flops, error);
        if (!merge_value(from->efficiency, a->efficiency, b->efficiency,
                         &merged->breakpoints[i].efficiency))
            return refuse(i, "efficiency", a->efficiency, b->efficiency, error);
    }
    return STATUS_OK;
}

enum status merge_versions(const struct curve_version *base, const struct curve_version *mine,
                           const struct curve_version *theirs, struct curve_version **out,
                           struct error *error)
{
    if (version_equal(theirs, base) || version_equal(mine, theirs)) {
        *out = version_copy(mine);
        return STATUS_OK;
    }
    if (version_equal(mine, base)) {
        *out = version_copy(theirs);
        return STATUS_OK;
    }
    if (!are_alike(base, mine, theirs) && mine->count == theirs->count)
        return error_set(error, STATUS_CHANGED,
                         "both sides changed its fit, and not its breakpoints alone");
    if (!are_alike(base, mine, theirs))
        return error_set(error, STATUS_CHANGED,
                         "both sides changed its fit: %zu breakpoints here, %zu in the file",
                         mine->count, theirs->count);
    struct curve_version *merged =
        version_new(mine->curve_type, mine->breakpoints, mine->count); /* of no one fit */
    merged->parameters = memory_copy_string(mine->parameters);
    enum status status = merge_breakpoints(base, mine, theirs, merged, error);
    if (status == STATUS_OK && version_check(merged, error) != STATUS_OK)
        status = error_set(error, STATUS_CHANGED,
                           "both sides moved breakpoints, and together they are out of order");
    if (status == STATUS_OK)
        *out = merged;
    else
        version_free(merged);
    return status;
}

/* What becomes of one curve. */
struct merged {
    struct curve_version *version; /* NULL: nothing */
    size_t place;                  /* the curve's, in the session that is merged into */
};

/* Merges curve index of from into what onto has of it. */
static enum status merge_curve(const struct session *from, size_t index, struct session *onto,
                               enum merge_conflict conflict, struct merged *out,
                               struct error *error)
{
    const struct calibration_curve *curve = &session_calibration(from)->curves[index];
    const char *name = curve->name;
    const struct calibration *newer = session_calibration(onto);
    const struct calibration_curve *there = calibration_find_kind(newer, name, curve->bandwidth);
    if (!there && conflict == MERGE_TAKE_MINE)
        return STATUS_OK; /* the others are worth having */
    if (!there)
        return error_set(error, STATUS_CHANGED, "%s is no longer in the file", name);
    out->place = (size_t)(there - newer->curves);
    struct curve_version *base = session_stored(from, index);
    const struct curve_version *mine = session_current(from, index);
    struct error why;
    enum status status =
        merge_versions(base, mine, session_current(onto, out->place), &out->version, &why);
    if (status == STATUS_CHANGED && conflict == MERGE_TAKE_MINE) {
        out->version = version_copy(mine);
        status = STATUS_OK;
    }
    if (status == STATUS_OK && version_check(out->version, &why))
        status = STATUS_CHANGED; /* only what can be committed, so that nothing is done by halves */
    if (status)
        error_set(error, status, "%s: %s", name, why.message);
    version_free(base);
    return status;
}

enum status merge_sessions(const struct session *from, struct session *onto, const char *what,
                           enum merge_conflict conflict, struct error *error)
{
    size_t count = session_calibration(from)->curve_count;
    struct merged *merged = memory_new_array(count, sizeof *merged);
    enum status status = STATUS_OK;
    size_t done = 0;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (session_curve_modified(from, i)) {
            status = merge_curve(from, i, onto, conflict, &merged[i], error);
            done += merged[i].version != NULL;
        }
    if (status == STATUS_OK && done == 0 && session_modified_count(from) > 0)
        status =
            error_set(error, STATUS_CHANGED, "none of the edited curves is in the file any more");
    for (size_t i = 0; i < count; i++) {
        if (merged[i].version && status == STATUS_OK)
            status = session_commit(onto, merged[i].place, merged[i].version, what, error);
        else
            version_free(merged[i].version);
    }
    free(merged);
    return status;
}
