/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Edits by hand: each takes a version of a curve and makes the next one, or refuses with the
 * reason.
 *
 * What always holds for a version that is committed: at least two breakpoints, strictly rising
 * FLOPs, finite positive efficiencies. An edit by hand makes the curve piecewise_linear: a model's
 * parameters would no longer describe it.
 */
#ifndef TUNE_EDIT_H
#define TUNE_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "curve/curve.h"

enum { EDIT_DIGITS = 6 };

/* An immutable version of a fitted curve. Owns its pointers. */
struct curve_version {
    char *curve_type; /* NULL: the file names none */
    struct breakpoint *breakpoints;
    size_t count;
    char *parameters; /* the JSON text of a model's own parameters; NULL: none */
    /*
     * Of breakpoints that come from a fit: "fitted without 1 of 9 points (31.6 M)"; NULL: all took
     * part, or nobody knows. No file says it.
     */
    char *without;
};

/* A version of these breakpoints, copied; curve_type copied too. The caller frees it. */
struct curve_version *version_new(const char *curve_type, const struct breakpoint *breakpoints,
                                  size_t count);
struct curve_version *version_copy(const struct curve_version *version); /* the same */
void version_free(struct curve_version *version);
struct curve version_curve(const struct curve_version *version); /* borrowed */
/* Whether all that a file holds of them is the same, to the last digit. */
bool version_equal(const struct curve_version *a, const struct curve_version *b);

/* STATUS_REFUSED with the reason where the rules above do not hold. */
enum status version_check(const struct curve_version *version, struct error *error);

/* Each edit leaves from alone. On success *out is a new version that the caller frees. */
enum status edit_set(const struct curve_version *from, size_t index, struct breakpoint value,
                     struct curve_version **out, struct error *error);

/*
 * Moves breakpoint index by decades along x and by a factor in efficiency; 0 and 1 leave that
 * coordinate's every digit. What moved is rounded to EDIT_DIGITS digits.
 */
enum status edit_nudge(const struct curve_version *from, size_t index, double decades,
                       double factor, struct curve_version **out, struct error *error);

/* Inserts in order; *index (may be NULL) receives its place. An equal size is refused. */
enum status edit_insert(const struct curve_version *from, struct breakpoint value,
                        struct curve_version **out, size_t *index, struct error *error);
enum status edit_delete(const struct curve_version *from, size_t index, struct curve_version **out,
                        struct error *error);

/* Multiplies every efficiency by factor > 0, rounded to EDIT_DIGITS digits. */
enum status edit_scale(const struct curve_version *from, double factor, struct curve_version **out,
                       struct error *error);

/* Puts breakpoint index onto the data point nearest in log10(FLOPs). */
enum status edit_snap(const struct curve_version *from, size_t index,
                      const struct curve_points *points, struct curve_version **out,
                      struct error *error);

#endif
