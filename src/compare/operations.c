/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The union of the operations of several calibrations. */
#include "compare/operations.h"

#include <string.h>

#include "base/memory.h"

static struct compare_operation *find(struct compare_operation *operations, size_t count,
                                      const char *name, bool bandwidth)
{
    for (size_t i = 0; i < count; i++)
        if (operations[i].bandwidth == bandwidth && strcmp(operations[i].name, name) == 0)
            return &operations[i];
    return NULL;
}

/*
 * Adds the curves of one kind of the calibration at index; returns the number of operations then.
 */
static size_t add_curves(struct compare_operation *operations, size_t count,
                         const struct calibration *calibration, size_t index, bool bandwidth)
{
    for (size_t i = 0; i < calibration->curve_count; i++) {
        const struct calibration_curve *curve = &calibration->curves[i];
        if (curve->bandwidth != bandwidth)
            continue;
        struct compare_operation *operation = find(operations, count, curve->name, bandwidth);
        if (!operation) {
            operation = &operations[count++];
            operation->name = curve->name;
            operation->bandwidth = bandwidth;
        }
        operation->curve_count += operation->curves[index] == NULL;
        operation->curves[index] = curve;
    }
    return count;
}

size_t compare_operations(const struct calibration *const *calibrations, size_t count,
                          struct compare_operation **out)
{
    size_t all = 0, found = 0;
    for (size_t i = 0; i < count; i++)
        all += calibrations[i]->curve_count;
    *out = memory_new_array(all, sizeof **out);
    for (int bandwidth = 0; bandwidth < 2; bandwidth++)
        for (size_t i = 0; i < count; i++)
            found = add_curves(*out, found, calibrations[i], i, bandwidth);
    return found;
}
