/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Saving: what changed in curves, spliced into the original bytes. A change names the new state of
 * one curve; the store finds out which values of the file differ and touches only those.
 */
#ifndef CALIBRATION_STORE_H
#define CALIBRATION_STORE_H

#include <stddef.h>

#include "base/error.h"
#include "calibration/calibration.h"

struct buffer;

/* The new state of one curve. Everything is borrowed. */
struct curve_change {
    const struct calibration_curve *curve; /* as it was loaded */
    const char *curve_type; /* "piecewise_linear" unless a model's own was asked for */
    const struct breakpoint *breakpoints; /* rising FLOPs, positive efficiencies, at least 2 */
    size_t breakpoint_count;
    const char *parameters; /* JSON text of a model's own parameters; NULL removes what was there */
    const struct curve_statistics *stated; /* to be written; NULL, or NaN in it: computed */
    const char *note;                      /* appended to the curve's notes, NULL for none */
};

/* What is to change in one file. The calibration is borrowed; who made items frees them. */
struct change_set {
    const struct calibration *calibration; /* as it was loaded */
    struct curve_change *items;            /* of its curves, each at most once */
    size_t count;
};

/*
 * Appends the file's bytes with the changes applied. Per changed curve: the lexemes of breakpoints
 * that differ, inserted and removed breakpoints, curve_type and parameters where they differ,
 * r_squared, residual_std and max_residual of what is written over all data points (undefined ones
 * as 0.0, the field's "unknown"; those that are stated as they are), and the note. A change that
 * changes nothing leaves no trace.
 */
void store_compose(const struct change_set *changes, struct buffer *out);

/*
 * Composes and replaces the file at path, if it still holds the loaded bytes (else STATUS_CHANGED).
 * Where nothing would change nothing is written. On STATUS_OK and STATUS_UNSYNCED *loaded (may be
 * NULL) receives the calibration as it now stands in the file; the caller frees it.
 */
enum status store_save(const char *path, const struct change_set *changes,
                       struct calibration **loaded, struct error *error);

/*
 * Replaces the file at path by bytes made elsewhere (src/check's remedies), under the same
 * conditions: it still holds the loaded ones, and the new ones are a calibration.
 */
enum status store_replace(const char *path, const struct calibration *calibration,
                          const struct buffer *bytes, struct calibration **loaded,
                          struct error *error);

/*
 * store_save() where others have changed the file, if it still is what was seen of it: these bytes,
 * or no file at all where seen is NULL.
 */
enum status store_overwrite(const char *path, const struct change_set *changes,
                            const struct buffer *seen, struct calibration **loaded,
                            struct error *error);

/* Composes into a new file at path. STATUS_REFUSED where there is one. */
enum status store_copy(const char *path, const struct change_set *changes, struct error *error);

/*
 * "[2026-02-04] text", the form in which a note on a change goes into notes. The caller frees it.
 */
char *store_dated_note(const char *text);

#endif
