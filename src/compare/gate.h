/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A gate for scripts: which shared points differ by more than a threshold, beyond doubt.
 *
 * A point trips the gate where the whole 95 % interval of the ratio b/a lies beyond the threshold:
 * below 1 - worse, or above 1 + better. A percentage is of A, as in the sentences: "10 % worse" is
 * a ratio of 0.9. So worse:P on A, B is not better:P on B, A, whose thresholds are 1/0.9 and 1.1.
 * Intervals are those of single points, not adjusted for the table; a point without one (a single
 * observation) never trips.
 */
#ifndef COMPARE_GATE_H
#define COMPARE_GATE_H

#include "compare/compare.h"

struct compare_gate {
    double worse;  /* fraction, below 1; 0: not asked */
    double better; /* fraction; 0: not asked */
};

/* "worse" or "better", static; NULL where the point trips nothing. */
const char *gate_tripped(const struct compare_gate *gate, const struct compared_point *point);

/* The points that trip it, and those that cannot for want of an interval. */
struct gate_count {
    size_t tripped, untested;
};
struct gate_count gate_count(const struct compare_gate *gate, const struct comparison *comparison);

#endif
