/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aligning breakpoints keeps what can be kept, so that a diff shows the edit and no more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "calibration/align.h"

static const struct breakpoint old[4] = {{1, 0.1}, {2, 0.2}, {3, 0.3}, {4, 0.4}};

static void check(const struct breakpoint *now, size_t count, const size_t *expected)
{
    size_t kept[8];
    align_breakpoints(old, 4, now, count, kept);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(kept[i], expected[i]);
}

static void test_equal_lists_keep_every_item(void **state)
{
    (void)state;
    check(old, 4, (size_t[]){0, 1, 2, 3});
}

static void test_a_moved_item_continues_the_one_it_was(void **state)
{
    (void)state;
    check((struct breakpoint[]){{1, 0.1}, {2.5, 0.2}, {3, 0.3}, {4, 0.4}}, 4,
          (size_t[]){0, 1, 2, 3});
}

static void test_an_inserted_item_is_new_wherever_it_stands(void **state)
{
    (void)state;
    check((struct breakpoint[]){{0.5, 9}, {1, 0.1}, {2, 0.2}, {3, 0.3}, {4, 0.4}}, 5,
          (size_t[]){ALIGN_NEW, 0, 1, 2, 3});
    check((struct breakpoint[]){{1, 0.1}, {2, 0.2}, {2.5, 9}, {3, 0.3}, {4, 0.4}}, 5,
          (size_t[]){0, 1, ALIGN_NEW, 2, 3});
    check((struct breakpoint[]){{1, 0.1}, {2, 0.2}, {3, 0.3}, {4, 0.4}, {5, 9}}, 5,
          (size_t[]){0, 1, 2, 3, ALIGN_NEW});
}

static void test_after_a_deletion_the_rest_is_kept(void **state)
{
    (void)state;
    check((struct breakpoint[]){{1, 0.1}, {3, 0.3}, {4, 0.4}}, 3, (size_t[]){0, 2, 3});
}

static void test_a_scaled_curve_pairs_by_size(void **state)
{
    (void)state;
    check((struct breakpoint[]){{1, 1}, {2, 2}, {2.5, 9}, {3, 3}, {4, 4}}, 5,
          (size_t[]){0, 1, ALIGN_NEW, 2, 3});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_lists_keep_every_item),
        cmocka_unit_test(test_a_moved_item_continues_the_one_it_was),
        cmocka_unit_test(test_an_inserted_item_is_new_wherever_it_stands),
        cmocka_unit_test(test_after_a_deletion_the_rest_is_kept),
        cmocka_unit_test(test_a_scaled_curve_pairs_by_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
