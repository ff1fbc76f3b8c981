/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The growing buffer: always a string, whatever was appended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"

static void test_an_empty_buffer_reads_as_an_empty_string(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    assert_string_equal(buffer_string(&buffer), "");
    char *taken = buffer_take(&buffer);
    assert_string_equal(taken, "");
    free(taken);
}

static void test_appended_parts_are_joined_and_terminated(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    for (int i = 0; i < 1000; i++)
        buffer_print(&buffer, "%d,", i);
    buffer_append(&buffer, "a\0b", 3);
    buffer_append_repeated(&buffer, '-', 3);
    assert_int_equal(buffer.length, 10 * 2 + 90 * 3 + 900 * 4 + 3 + 3);
    assert_memory_equal(buffer.bytes + buffer.length - 6, "a\0b---", 7);
    buffer_truncate(&buffer, 2);
    assert_string_equal(buffer.bytes, "0,");
    buffer_done(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_empty_buffer_reads_as_an_empty_string),
        cmocka_unit_test(test_appended_parts_are_joined_and_terminated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
