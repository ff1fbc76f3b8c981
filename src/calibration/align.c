/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aligning two lists of breakpoints. */
#include "calibration/align.h"

#include <stdlib.h>

#include "base/memory.h"

/* Beyond this many cells the table costs more than a small diff is worth. */
enum { TABLE_MAX = 1 << 22 };

/*
 * Pairs the leftovers of a gap in order; a point that only changed height pairs with its own size.
 */
static void pair_gap(const struct breakpoint *old, size_t old_from, size_t old_to,
                     const struct breakpoint *now, size_t from, size_t to, size_t *kept)
{
    size_t j = old_from;
    for (size_t i = from; i < to; i++) {
        size_t same = j;
        while (same < old_to && old[same].flops != now[i].flops)
            same++;
        size_t news_left = to - i, olds_left = old_to - j;
        if (same < old_to)
            j = same;
        else if (news_left > olds_left)
            continue;
        if (j < old_to)
            kept[i] = j++;
    }
}

/* lengths[i][j]: the longest common subsequence of old[i..] and now[j..], row-major. */
static unsigned *common_lengths(const struct breakpoint *old, size_t m,
                                const struct breakpoint *now, size_t n)
{
    unsigned *lengths = memory_new_array((m + 1) * (n + 1), sizeof *lengths);
    for (size_t i = m; i-- > 0;)
        for (size_t j = n; j-- > 0;) {
            unsigned *cell = &lengths[i * (n + 1) + j];
            unsigned down = lengths[(i + 1) * (n + 1) + j], right = cell[1];
            *cell = breakpoint_equal(&old[i], &now[j]) ? lengths[(i + 1) * (n + 1) + j + 1] + 1
                    : down > right                     ? down
                                                       : right;
        }
    return lengths;
}

void align_breakpoints(const struct breakpoint *old, size_t old_count, const struct breakpoint *now,
                       size_t count, size_t *kept)
{
    for (size_t i = 0; i < count; i++)
        kept[i] = ALIGN_NEW;
    if ((old_count + 1) > TABLE_MAX / (count + 1)) {
        pair_gap(old, 0, old_count, now, 0, count, kept);
        return;
    }
    unsigned *lengths = common_lengths(old, old_count, now, count);
    size_t i = 0, j = 0, gap_i = 0, gap_j = 0;
    while (i < old_count && j < count) {
        size_t here = i * (count + 1) + j;
        if (breakpoint_equal(&old[i], &now[j])) {
            pair_gap(old, gap_i, i, now, gap_j, j, kept);
            kept[j++] = i++;
            gap_i = i;
            gap_j = j;
        } else if (lengths[here + count + 1] >= lengths[here + 1]) {
            i++;
        } else {
            j++;
        }
    }
    pair_gap(old, gap_i, old_count, now, gap_j, count, kept);
    free(lengths);
}
