/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digests tell apart what differs in any number, in the order, or in how many there are. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <setjmp.h>

#include <cmocka.h>

#include "base/digest.h"

enum { NUMBERS = 12, DIGESTS = NUMBERS * 64 + NUMBERS };

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void every_bit_of_every_number_and_the_count_matter(void **state)
{
    (void)state;
    static uint64_t digests[DIGESTS];
    union {
        double values[NUMBERS];
        uint64_t bits[NUMBERS];
    } numbers = {.values = {1e6, 0.15, 1e7, 0.3, 1e8, 0.45, 1e9, 0.6, 0, 1, 2, 3}};
    size_t count = 0;
    for (size_t i = 0; i < NUMBERS; i++) {
        digests[count++] = digest_numbers(0, numbers.values, i);
        for (int bit = 0; bit < 64; bit++) {
            numbers.bits[i] ^= (uint64_t)1 << bit;
            digests[count++] = digest_numbers(0, numbers.values, NUMBERS);
            numbers.bits[i] ^= (uint64_t)1 << bit;
        }
    }
    qsort(digests, count, sizeof *digests, ascending);
    assert_true(digests[0] > 0);
    for (size_t i = 1; i < count; i++)
        assert_true(digests[i - 1] != digests[i]);
}

static void the_order_matters_and_what_came_before(void **state)
{
    (void)state;
    const double there[] = {1, 2}, back[] = {2, 1};
    assert_true(digest_numbers(0, there, 2) != digest_numbers(0, back, 2));
    assert_true(digest_numbers(digest_numbers(0, there, 2), back, 2) !=
                digest_numbers(digest_numbers(0, back, 2), there, 2));
    assert_true(digest_numbers(0, there, 2) == digest_numbers(0, there, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bit_of_every_number_and_the_count_matter),
        cmocka_unit_test(the_order_matters_and_what_came_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
