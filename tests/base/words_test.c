/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words are found whole, and what stands behind the last of them is cut off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/words.h"

static void test_only_a_whole_word_is_one_of_them(void **state)
{
    (void)state;
    assert_true(words_have("Enter l  Right", "Enter"));
    assert_true(words_have("Enter l  Right", "l"));
    assert_true(words_have("Enter l  Right", "Right"));
    assert_false(words_have("Enter l  Right", "R"));
    assert_false(words_have("Enter l  Right", "Ent"));
    assert_false(words_have("", "l"));
}

static void test_words_are_counted_whatever_is_between_them(void **state)
{
    (void)state;
    assert_int_equal(words_count(""), 0);
    assert_int_equal(words_count("one"), 1);
    assert_int_equal(words_count("one  two three "), 3);
}

static void test_only_the_end_is_trimmed(void **state)
{
    char text[] = "  a b \t\r\n", blank[] = " \n";
    (void)state;
    words_trim_end(text);
    assert_string_equal(text, "  a b");
    words_trim_end(blank);
    assert_string_equal(blank, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_a_whole_word_is_one_of_them),
        cmocka_unit_test(test_words_are_counted_whatever_is_between_them),
        cmocka_unit_test(test_only_the_end_is_trimmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
