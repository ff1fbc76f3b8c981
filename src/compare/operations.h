/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of several calibrations side by side: what an overlay of them is laid out by. */
#ifndef COMPARE_OPERATIONS_H
#define COMPARE_OPERATIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "calibration/calibration.h"

enum { COMPARE_CALIBRATIONS_MAX = 8 }; /* more curves in one picture nobody can tell apart */

/* One operation; all is borrowed from the calibrations. */
struct compare_operation {
    const char *name; /* as calibration_find takes it */
    bool bandwidth;
    /* One a calibration; NULL: it has none of that name. */
    const struct calibration_curve *curves[COMPARE_CALIBRATIONS_MAX];
    size_t curve_count; /* that are not NULL */
};

/*
 * Fills *out with every operation that any of the calibrations (at most COMPARE_CALIBRATIONS_MAX)
 * has: in the order of the first, then of the second what the first has not, and so on; but all
 * compute curves before all bandwidth curves. Returns how many; the caller frees *out.
 */
size_t compare_operations(const struct calibration *const *calibrations, size_t count,
                          struct compare_operation **out);

#endif
