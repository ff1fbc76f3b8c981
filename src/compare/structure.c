/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Merging two lists of breakpoints, and pairing up what moved. */
#include "compare/structure.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"

static const double same_size = 1e-9;    /* relative */
static const double farthest_move = 0.5; /* decades */

enum { DIGITS = 4, DIGITS_MAX = 17 };

const char *breakpoint_fate_name(enum breakpoint_fate fate)
{
    static const char *const names[] = {
        [BREAKPOINT_ADDED] = "added",
        [BREAKPOINT_MOVED] = "moved",
        [BREAKPOINT_REMOVED] = "removed",
    };
    return names[fate];
}

/* Two neighbours in the merged list, of either side: perhaps one breakpoint that moved. */
struct candidate {
    double distance; /* decades */
    double size;     /* of the smaller */
    size_t left;     /* its place in the list */
};

static double size_of(const struct breakpoint_change *item)
{
    return item->fate == BREAKPOINT_ADDED ? item->b.flops : item->a.flops;
}

/* All breakpoints by rising size; those at the same size are one item, moved or not. */
static size_t merge(const struct curve *a, const struct curve *b, struct breakpoint_change *items)
{
    size_t count = 0, i = 0, j = 0;
    while (i < a->count || j < b->count) {
        double size_a = i < a->count ? a->breakpoints[i].flops : INFINITY;
        double size_b = j < b->count ? b->breakpoints[j].flops : INFINITY;
        bool same = fabs(size_a - size_b) <= same_size * fmin(size_a, size_b);
        struct breakpoint_change *item = &items[count++];
        item->fate = same              ? BREAKPOINT_MOVED
                     : size_a < size_b ? BREAKPOINT_REMOVED
                                       : BREAKPOINT_ADDED;
        if (item->fate != BREAKPOINT_ADDED) {
            item->a = a->breakpoints[i];
            item->index_a = i++;
        }
        if (item->fate != BREAKPOINT_REMOVED) {
            item->b = b->breakpoints[j];
            item->index_b = j++;
        }
    }
    return count;
}

static bool may_be_a_move(const struct breakpoint_change *left,
                          const struct breakpoint_change *right)
{
    return left->fate != right->fate && left->fate != BREAKPOINT_MOVED &&
           right->fate != BREAKPOINT_MOVED;
}

/* The nearest first; of equally near ones the smaller, whichever side is called a. */
static int by_distance(const void *a, const void *b)
{
    const struct candidate *p = a, *q = b;
    if (p->distance != q->distance)
        return p->distance < q->distance ? -1 : 1;
    return (p->size > q->size) - (p->size < q->size);
}

/* Neighbours suffice: once two have paired up, those around them could pair only across them. */
static size_t find_candidates(const struct breakpoint_change *items, size_t count,
                              struct candidate *candidates)
{
    size_t found = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        if (!may_be_a_move(&items[i], &items[i + 1]))
            continue;
        double size = size_of(&items[i]);
        double distance = log10(size_of(&items[i + 1])) - log10(size);
        if (distance <= farthest_move)
            candidates[found++] = (struct candidate){distance, size, i};
    }
    qsort(candidates, found, sizeof *candidates, by_distance);
    return found;
}

/* Makes right, of the other side, the same breakpoint as left. */
static void join(struct breakpoint_change *left, const struct breakpoint_change *right)
{
    if (left->fate == BREAKPOINT_REMOVED) {
        left->b = right->b;
        left->index_b = right->index_b;
    } else {
        left->a = right->a;
        left->index_a = right->index_a;
    }
    left->fate = BREAKPOINT_MOVED;
}

/* taken[i]: item i has become part of the one before it. */
static void join_moves(struct breakpoint_change *items, size_t count, bool *taken)
{
    struct candidate *candidates = memory_new_array(count, sizeof *candidates);
    size_t found = find_candidates(items, count, candidates);
    for (size_t i = 0; i < found; i++) {
        size_t left = candidates[i].left;
        if (taken[left] || !may_be_a_move(&items[left], &items[left + 1]))
            continue;
        join(&items[left], &items[left + 1]);
        taken[left + 1] = true;
    }
    free(candidates);
}

/* At the same size and as efficient on both sides. */
static bool stayed(const struct breakpoint_change *item)
{
    return item->fate == BREAKPOINT_MOVED && item->a.efficiency == item->b.efficiency &&
           fabs(item->a.flops - item->b.flops) <= same_size * fmin(item->a.flops, item->b.flops);
}

size_t structure_compare(const struct curve *a, const struct curve *b,
                         struct breakpoint_change **changes)
{
    struct breakpoint_change *items = memory_new_array(a->count + b->count, sizeof *items);
    size_t count = merge(a, b, items), kept = 0;
    bool *taken = memory_new_array(count, sizeof *taken);
    join_moves(items, count, taken);
    for (size_t i = 0; i < count; i++)
        if (!taken[i] && !stayed(&items[i]))
            items[kept++] = items[i];
    free(taken);
    *changes = items;
    return kept;
}

typedef void number_printer(double value, int digits, char text[NUMBER_TEXT_MAX]);

/* "BEFORE A to B"; false, with "LEVEL A" appended, where both are the same. */
static bool append_move(struct buffer *out, number_printer *print, double a, double b,
                        const char *before, const char *level)
{
    char from[NUMBER_TEXT_MAX], to[NUMBER_TEXT_MAX];
    int digits = DIGITS - 1;
    do {
        digits++;
        print(a, digits, from);
        print(b, digits, to);
    } while (a != b && digits < DIGITS_MAX && strcmp(from, to) == 0);
    buffer_print(out, "%s%s", a == b ? level : before, from);
    if (a != b)
        buffer_print(out, " to %s", to);
    return a != b;
}

void structure_describe(const struct breakpoint_change *change, struct buffer *out)
{
    bool has_a = change->fate != BREAKPOINT_ADDED;
    const struct breakpoint *one = has_a ? &change->a : &change->b;
    buffer_print(out, "breakpoint %zu ", has_a ? change->index_a : change->index_b);
    if (change->fate == BREAKPOINT_MOVED) {
        if (change->index_a != change->index_b)
            buffer_print(out, "(%zu in B) ", change->index_b);
        buffer_append_string(out, "moved");
        bool along =
            append_move(out, number_print_si, change->a.flops, change->b.flops, " from ", " at ");
        append_move(out, number_print_short, change->a.efficiency, change->b.efficiency,
                    along ? ", " : " from ", " at ");
        return;
    }
    char size[NUMBER_TEXT_MAX], efficiency[NUMBER_TEXT_MAX];
    number_print_si(one->flops, DIGITS, size);
    number_print_short(one->efficiency, DIGITS, efficiency);
    buffer_print(out, "%s at %s, %s", breakpoint_fate_name(change->fate), size, efficiency);
}
