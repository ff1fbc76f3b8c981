/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Errors read as compilers print them: file, line, column, path, reason; what is not known is left
 * out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/error.h"

static void check(const struct error *error, const char *file, const char *expected)
{
    struct buffer out = {0};
    error_describe(error, file, &out);
    assert_string_equal(out.bytes, expected);
    buffer_done(&out);
}

static void test_a_message_names_every_place_that_is_known(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(error_set(&error, STATUS_INVALID, "expected %s", "a number"), STATUS_INVALID);
    check(&error, NULL, "expected a number");
    check(&error, "a.json", "a.json: expected a number");
    error_place(&error, 3, 7, "curves.conv2d.min_flops");
    check(&error, "a.json", "a.json:3:7: curves.conv2d.min_flops: expected a number");
    check(&error, NULL, "line 3:7: curves.conv2d.min_flops: expected a number");
}

static void test_a_new_error_forgets_the_place_of_the_last(void **state)
{
    (void)state;
    struct error error;
    error_set(&error, STATUS_INVALID, "first");
    error_place(&error, 3, 7, "x");
    error_set(&error, STATUS_IO, "second");
    check(&error, "f", "f: second");
}

static void test_what_is_too_long_is_cut_and_stays_a_string(void **state)
{
    (void)state;
    struct error error;
    char long_text[2000];
    memset(long_text, 'a', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    error_set(&error, STATUS_INVALID, "%s", long_text);
    error_place(&error, 1, 1, long_text);
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
    assert_int_equal(strlen(error.path), sizeof error.path - 1);
    assert_int_equal(error_set(NULL, STATUS_IO, "nobody asks"), STATUS_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_message_names_every_place_that_is_known),
        cmocka_unit_test(test_a_new_error_forgets_the_place_of_the_last),
        cmocka_unit_test(test_what_is_too_long_is_cut_and_stays_a_string),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
