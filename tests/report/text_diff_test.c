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

/* A file on one line, of so many points; the given one has another mean. */
static void append_endless(struct buffer *out, int points, int changed)
{
    buffer_append_string(out, "{\"note\": \"\xc3\xa9\", \"data_points\": [");
    for (int i = 0; i < points; i++)
        buffer_print(out, "%s{\"flops\": %d, \"efficiency_mean\": %s}", i ? ", " : "", i,
                     i == changed ? "0.75" : "0.5");
    buffer_append_string(out, "]}");
}

static void test_of_an_endless_line_the_changed_places_are_shown_with_what_is_around(void **state)
{
    (void)state;
    struct buffer old = {0}, now = {0};
    append_endless(&old, 1000, -1);
    append_endless(&now, 1000, 2);
    check(old.bytes, now.bytes,
          "--- a/f.json\n+++ b/f.json\n"
          "@@ -1:69 +1:69 @@ (line:column; long lines are shown in parts)\n"
          " {\"flops\": 1, \n \"efficiency_mean\": 0.5}, \n {\"flops\": 2, \n"
          "-\"efficiency_mean\": 0.5}, \n+\"efficiency_mean\": 0.75}, \n"
          " {\"flops\": 3, \n \"efficiency_mean\": 0.5}, \n {\"flops\": 4, \n");
    buffer_done(&old);
    buffer_done(&now);
}

static void test_a_long_line_that_did_not_change_leaves_the_others_whole(void **state)
{
    (void)state;
    struct buffer old = {0}, now = {0};
    append_endless(&old, 20, -1);
    append_endless(&now, 20, -1);
    buffer_append_string(&old, "\n[1, 2], [3]\n");
    buffer_append_string(&now, "\n[1, 2], [4]\n");
    struct buffer out = {0};
    text_diff(old.bytes, old.length, now.bytes, now.length, "f", &out);
    assert_non_null(strstr(out.bytes, "\n-[1, 2], [3]\n+[1, 2], [4]\n"));
    assert_non_null(strstr(out.bytes, "\n@@ -1,2 +1,2 @@\n"));
    buffer_done(&old);
    buffer_done(&now);
    buffer_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_texts_have_no_diff),
        cmocka_unit_test(test_one_changed_line_stands_between_three_lines_of_context),
        cmocka_unit_test(test_a_missing_final_newline_is_said_as_git_says_it),
        cmocka_unit_test(test_of_an_endless_line_the_changed_places_are_shown_with_what_is_around),
        cmocka_unit_test(test_a_long_line_that_did_not_change_leaves_the_others_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
