/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What became of a curve's breakpoints between two sides: added, moved, removed; and in words.
 * Swapping the sides swaps added and removed, and both ends of each move.
 */
#ifndef COMPARE_STRUCTURE_H
#define COMPARE_STRUCTURE_H

#include <stddef.h>

#include "curve/curve.h"

struct buffer;

enum breakpoint_fate {
    BREAKPOINT_ADDED,   /* only b has it */
    BREAKPOINT_MOVED,   /* in size, in efficiency or in both */
    BREAKPOINT_REMOVED, /* only a has it */
};

const char *breakpoint_fate_name(enum breakpoint_fate fate); /* "added", ... as in JSON */

/* One breakpoint that differs. The side that lacks it is zero. */
struct breakpoint_change {
    enum breakpoint_fate fate;
    size_t index_a, index_b; /* its place in its curve, from 0 */
    struct breakpoint a, b;
};

/*
 * Finds the changes from a to b by rising size; *changes is the caller's to free. Sizes that agree
 * to 1e-9 of them are the same. Of the others, the nearest two of either side pair up as a move
 * first, as long as they lie at most half a decade apart and no other breakpoint lies between them:
 * so the order of breakpoints is kept.
 */
size_t structure_compare(const struct curve *a, const struct curve *b,
                         struct breakpoint_change **changes);

/*
 * Appends "breakpoint 2 moved from 10 M to 12 M, 0.55 to 0.58", with as many digits as the two
 * sides need to look different.
 */
void structure_describe(const struct breakpoint_change *change, struct buffer *out);

#endif
