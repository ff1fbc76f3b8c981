/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What has been measured, and what has not: the data points of calibrations counted by operation,
 * by decade of their size and by where they come from.
 */
#ifndef COMPARE_COVERAGE_H
#define COMPARE_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "calibration/calibration.h"

/*
 * Decade i holds sizes in [10^(i + 3), 10^(i + 4)) FLOPs, or bytes for bandwidth curves: from 1 k
 * to 10 T. What is smaller counts in the first, what is larger in the last.
 */
enum { COVERAGE_DECADES = 11 };

/* The decade of a size in FLOPs, or bytes: an index below COVERAGE_DECADES. */
size_t coverage_decade(double flops);

/* The decade's lower end in FLOPs, or bytes. */
double coverage_decade_start(size_t decade);

/* One operation in one decade. */
struct coverage_cell {
    size_t points[POINT_SOURCE_COUNT]; /* by enum point_source */
    size_t calibrations;               /* that have points here */
};

/* One name of a curve; "bandwidth:NAME" counts bytes. Owned by its coverage. */
struct coverage_operation {
    char *name;
    bool bandwidth;
    struct coverage_cell decades[COVERAGE_DECADES];
};

/*
 * Of one calibration or of many. Owns its operations; they are ordered by name, those over bytes
 * last, none twice. Zeroed it is empty.
 */
struct coverage {
    struct coverage_operation *operations;
    size_t count;
    size_t calibrations; /* that were counted */
};

/* Counts one calibration. The caller owns what *coverage gets. */
void coverage_init(struct coverage *coverage, const struct calibration *calibration);
void coverage_done(struct coverage *coverage);

/* Adds what other has counted. */
void coverage_add(struct coverage *coverage, const struct coverage *other);

/* The same operation in another coverage; NULL where it is not there. */
const struct coverage_operation *coverage_find(const struct coverage *coverage,
                                               const struct coverage_operation *operation);

/* Points of all sources. */
size_t coverage_cell_points(const struct coverage_cell *cell);

/* Where a cell's points come from. */
enum coverage_state {
    COVERAGE_MEASURED = POINT_MEASURED,
    COVERAGE_LEGACY = POINT_LEGACY,
    COVERAGE_INTERPOLATED = POINT_INTERPOLATED,
    COVERAGE_OTHER = POINT_OTHER,
    COVERAGE_MIXED = POINT_SOURCE_COUNT, /* from more than one of these */
    COVERAGE_NONE,                       /* no points */
    COVERAGE_STATES,
};

/* The one source of a cell's points, or that there are several, or none. */
enum coverage_state coverage_cell_state(const struct coverage_cell *cell);

#endif
