/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A diff names the file, shows what changed with three lines around it, and nothing for no change.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "report/text_diff.h"

static void check(const char *old, const char *now, const char *expected)
{
    struct buffer out = {0};
    text_diff(old, strlen(old), now, strlen(now), "f.json", &out);
    assert_string_equal(buffer_string(&out), expected);
    buffer_done(&out);
}

static void test_equal_texts_have_no_diff(void **state)
{
    (void)state;
    check("a\nb\n", "a\nb\n", "");
    check("", "", "");
}

static void test_one_changed_line_stands_between_three_lines_of_context(void **state)
{
    (void)state;
    check("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
          "--- a/f.json\n+++ b/f.json\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

static void test_a_missing_final_newline_is_said_as_git_says_it(void **state)
{
    (void)state;
    check(
        "a\n1}", "a\n2}",
        "--- a/f.json\n+++ b/f.json\n@@ -1,2 +1,2 @@\n a\n-1}\n\\ No newline at end of file\n+2}\n"
        "\\ No newline at end of file\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_texts_have_no_diff),
        cmocka_unit_test(test_one_changed_line_stands_between_three_lines_of_context),
        cmocka_unit_test(test_a_missing_final_newline_is_said_as_git_says_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
