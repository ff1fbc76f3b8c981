/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules of a calibration: what `calscope validate` reports. Each finding has a rule id, a
 * severity, a sentence and a place. Findings never block showing, fitting or tuning.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include <stddef.h>

#include "calibration/calibration.h"
#include "check/rules.h"

struct buffer;

/* One finding. Owned by its findings. */
struct finding {
    enum severity severity;
    const char *rule; /* static id: "missing-field", "breakpoint-order" */
    char *message;    /* one sentence without a final period */
    char *path;       /* JSON path */
    size_t line, column;
    /*
     * The path with data points and breakpoints called by their size, as the file spells it,
     * instead of their place: it stays the same when others come or go.
     */
    char *anchor;
    bool fixable; /* check_fix() mends it */
};

/* Findings in the order of the file. Owned by the caller; zero it, then fill, then check_done. */
struct findings {
    struct finding *items;
    size_t count, capacity;
    size_t counts[3]; /* by severity */
};

/* Runs all rules. expected_id, where not NULL, is the name of the folder that the file is in. */
void check_calibration(const struct calibration *calibration, const char *expected_id,
                       struct findings *findings);
void check_done(struct findings *findings);

/*
 * Appends the file's bytes with the remedies applied that lose nothing: items sorted by size, equal
 * breakpoints made one, exchanged bounds put right, a minimum or maximum that rounding put beyond
 * the mean made equal to it, names respelt that differ in case alone. All other bytes stay. Applied
 * twice it changes nothing the second time.
 */
void check_fix(const struct calibration *calibration, struct buffer *out);

/*
 * The hardware id that the place of the file at path implies: its folder's name, or the one above
 * where the folder is named after the precision. NULL where the file is not named as in a registry.
 * The caller frees it.
 */
char *check_folder_id(const char *path, const struct calibration *calibration);

/* Adds a copy of finding, for documents that cannot even be read. */
void findings_add(struct findings *findings, const struct finding *finding);

#endif
