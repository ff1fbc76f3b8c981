/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting data points by operation, decade and source. */
#include "compare/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

double coverage_decade_start(size_t decade)
{
    /* Written out: pow need not be exact, and a size of 1 M must not fall below 1 M. */
    static const double starts[COVERAGE_DECADES] = {1e3, 1e4,  1e5,  1e6,  1e7, 1e8,
                                                    1e9, 1e10, 1e11, 1e12, 1e13};
    return starts[decade];
}

size_t coverage_decade(double flops)
{
    size_t decade = 0;
    while (decade + 1 < COVERAGE_DECADES && flops >= coverage_decade_start(decade + 1))
        decade++;
    return decade;
}

static int by_name(const void *a, const void *b)
{
    const struct coverage_operation *p = a;
    const struct coverage_operation *q = b;
    if (p->bandwidth != q->bandwidth)
        return p->bandwidth ? 1 : -1;
    return strcmp(p->name, q->name);
}

static void count_points(struct coverage_operation *operation,
                         const struct calibration_curve *curve)
{
    for (size_t i = 0; i < curve->means.count; i++) {
        const struct data_point *point = &curve->points[i];
        struct coverage_cell *cell = &operation->decades[coverage_decade(point->flops)];
        cell->points[point->source]++;
        cell->calibrations = 1;
    }
}

void coverage_init(struct coverage *coverage, const struct calibration *calibration)
{
    *coverage = (struct coverage){.calibrations = 1, .count = calibration->curve_count};
    coverage->operations = memory_new_array(coverage->count, sizeof *coverage->operations);
    for (size_t i = 0; i < coverage->count; i++) {
        const struct calibration_curve *curve = &calibration->curves[i];
        coverage->operations[i].name = memory_copy_string(curve->name);
        coverage->operations[i].bandwidth = curve->bandwidth;
        count_points(&coverage->operations[i], curve);
    }
    qsort(coverage->operations, coverage->count, sizeof *coverage->operations, by_name);
}

void coverage_done(struct coverage *coverage)
{
    for (size_t i = 0; i < coverage->count; i++)
        free(coverage->operations[i].name);
    free(coverage->operations);
    *coverage = (struct coverage){0};
}

static void add_counts(struct coverage_operation *sum, const struct coverage_operation *other)
{
    for (size_t i = 0; i < COVERAGE_DECADES; i++) {
        for (size_t j = 0; j < POINT_SOURCE_COUNT; j++)
            sum->decades[i].points[j] += other->decades[i].points[j];
        sum->decades[i].calibrations += other->decades[i].calibrations;
    }
}

void coverage_add(struct coverage *coverage, const struct coverage *other)
{
    size_t total = coverage->count + other->count;
    size_t count = 0;
    struct coverage_operation *merged = memory_new_array(total, sizeof *merged);
    for (size_t i = 0, j = 0; i < coverage->count || j < other->count;) {
        int order = i == coverage->count ? 1
                    : j == other->count  ? -1
                                         : by_name(&coverage->operations[i], &other->operations[j]);
        struct coverage_operation *next = &merged[count++];
        if (order <= 0)
            *next = coverage->operations[i++];
        else
            *next =
                (struct coverage_operation){.name = memory_copy_string(other->operations[j].name),
                                            .bandwidth = other->operations[j].bandwidth};
        if (order >= 0)
            add_counts(next, &other->operations[j++]);
    }
    free(coverage->operations);
    coverage->operations = merged;
    coverage->count = count;
    coverage->calibrations += other->calibrations;
}

const struct coverage_operation *coverage_find(const struct coverage *coverage,
                                               const struct coverage_operation *operation)
{
    if (coverage->count == 0) /* there may be no array then */
        return NULL;
    return bsearch(operation, coverage->operations, coverage->count, sizeof *operation, by_name);
}

size_t coverage_cell_points(const struct coverage_cell *cell)
{
    size_t count = 0;
    for (size_t i = 0; i < POINT_SOURCE_COUNT; i++)
        count += cell->points[i];
    return count;
}

enum coverage_state coverage_cell_state(const struct coverage_cell *cell)
{
    enum coverage_state state = COVERAGE_NONE;
    for (size_t i = 0; i < POINT_SOURCE_COUNT; i++)
        if (cell->points[i])
            state = state == COVERAGE_NONE ? (enum coverage_state)i : COVERAGE_MIXED;
    return state;
}
