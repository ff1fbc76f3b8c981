/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of breakpoints: which of two lists belong together, and how that is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "compare/structure.h"

enum { MAX = 8 };

/* Breakpoints up to the first of size 0. */
static struct curve curve_of(const struct breakpoint *breakpoints)
{
    struct curve curve = {breakpoints, 0};
    while (curve.count < MAX && breakpoints[curve.count].flops > 0)
        curve.count++;
    return curve;
}

static char *describe(const struct curve *a, const struct curve *b)
{
    struct breakpoint_change *changes;
    struct buffer text = {0};
    size_t count = structure_compare(a, b, &changes);
    for (size_t i = 0; i < count; i++) {
        structure_describe(&changes[i], &text);
        buffer_append_string(&text, "\n");
    }
    free(changes);
    return buffer_take(&text);
}

static const struct row {
    struct breakpoint a[MAX], b[MAX];
    const char *words;
} rows[] = {
    {{{1e6, 0.1}, {1e7, 0.5}}, {{1e6, 0.1}, {1e7, 0.5}}, ""},
    {{{0, 0}}, {{0, 0}}, ""},
    /* the issue's own example, counted from 0 as everywhere in the program */
    {{{1e6, 0.1}, {2e6, 0.2}, {1e7, 0.55}},
     {{1e6, 0.1}, {2e6, 0.2}, {1.2e7, 0.58}},
     "breakpoint 2 moved from 10 M to 12 M, 0.55 to 0.58\n"},
    {{{1e6, 0.1}}, {{1e6, 0.2}}, "breakpoint 0 moved at 1 M from 0.1 to 0.2\n"},
    {{{1e6, 0.1}}, {{2e6, 0.1}}, "breakpoint 0 moved from 1 M to 2 M at 0.1\n"},
    /* half a decade is as far as a breakpoint moves */
    {{{1e6, 0.1}},
     {{3.2e6, 0.1}},
     "breakpoint 0 removed at 1 M, 0.1\nbreakpoint 0 added at 3.2 M, 0.1\n"},
    /* what agrees to nine digits is the same size */
    {{{1e6, 0.1}}, {{1e6 * (1 + 5e-10), 0.1}}, ""},
    {{{1e6, 0.1}},
     {{1e6 * (1 + 4e-9), 0.1}},
     "breakpoint 0 moved from 1 M to 1.000000004 M at 0.1\n"},
    {{{1e6, 0.1}},
     {{1e6, 0.10000000000000002}},
     "breakpoint 0 moved at 1 M from 0.10000000000000001 to 0.10000000000000002\n"},
    /* one in front: the others keep their partners under new numbers */
    {{{1e7, 0.5}, {1e8, 0.6}},
     {{1e6, 0.1}, {1e7, 0.5}, {1.1e8, 0.6}},
     "breakpoint 0 added at 1 M, 0.1\nbreakpoint 1 (2 in B) moved from 100 M to 110 M at 0.6\n"},
    /* the nearest pair up, not the first */
    {{{1e7, 0.5}},
     {{5e6, 0.4}, {1.2e7, 0.6}},
     "breakpoint 0 added at 5 M, 0.4\n"
     "breakpoint 0 (1 in B) moved from 10 M to 12 M, 0.5 to 0.6\n"},
    /* equally near: the smaller */
    {{{1e7, 0.5}},
     {{5e6, 0.4}, {2e7, 0.6}},
     "breakpoint 0 moved from 10 M to 5 M, 0.5 to 0.4\nbreakpoint 1 added at 20 M, 0.6\n"},
    /* no move jumps over another breakpoint */
    {{{1e7, 0.5}, {1.5e7, 0.6}},
     {{1.5e7, 0.6}, {2e7, 0.5}},
     "breakpoint 0 removed at 10 M, 0.5\nbreakpoint 1 added at 20 M, 0.5\n"},
};

static void test_changes_of_breakpoints_are_said_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct curve a = curve_of(rows[i].a), b = curve_of(rows[i].b);
        char *words = describe(&a, &b);
        assert_string_equal(words, rows[i].words);
        free(words);
    }
}

static void test_swapping_the_sides_mirrors_every_change(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct curve a = curve_of(rows[i].a), b = curve_of(rows[i].b);
        struct breakpoint_change *there, *back;
        size_t count = structure_compare(&a, &b, &there);
        assert_int_equal(structure_compare(&b, &a, &back), count);
        for (size_t j = 0; j < count; j++) {
            assert_int_equal(back[j].fate, BREAKPOINT_REMOVED - there[j].fate);
            assert_memory_equal(&back[j].a, &there[j].b, sizeof back[j].a);
            assert_memory_equal(&back[j].b, &there[j].a, sizeof back[j].a);
            assert_int_equal(back[j].index_a, there[j].index_b);
            assert_int_equal(back[j].index_b, there[j].index_a);
        }
        free(there);
        free(back);
    }
}

static void test_each_fate_has_its_word(void **state)
{
    (void)state;
    assert_string_equal(breakpoint_fate_name(BREAKPOINT_ADDED), "added");
    assert_string_equal(breakpoint_fate_name(BREAKPOINT_MOVED), "moved");
    assert_string_equal(breakpoint_fate_name(BREAKPOINT_REMOVED), "removed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes_of_breakpoints_are_said_in_words),
        cmocka_unit_test(test_swapping_the_sides_mirrors_every_change),
        cmocka_unit_test(test_each_fate_has_its_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
