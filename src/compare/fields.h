/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What two sides say in words, and where that differs: the metadata of a file, and of a curve its
 * type, its range, its stored statistics and where its points come from.
 */
#ifndef COMPARE_FIELDS_H
#define COMPARE_FIELDS_H

#include <stddef.h>

#include "calibration/calibration.h"

/* Numbers are spelled as Python's repr spells them. The list that holds it owns its strings. */
struct compared_field {
    const char *field; /* static: "hardware_id" */
    char *a, *b;       /* NULL where absent */
};

/*
 * The metadata of two files that differs, in a fixed order. Both functions return how many; the
 * caller hands *fields to fields_free.
 */
size_t fields_of_calibrations(const struct calibration *a, const struct calibration *b,
                              struct compared_field **fields);

/*
 * What two curves say that differs. Two numbers that are not there agree. Derived ones: "sources",
 * how many points come from where ("6 measured, 3 legacy"), and "interval_sense", "population" or
 * "mean" (calibration_interval_sense).
 */
size_t fields_of_curves(const struct calibration_curve *a, const struct calibration_curve *b,
                        struct compared_field **fields);

void fields_free(struct compared_field *fields, size_t count);

#endif
