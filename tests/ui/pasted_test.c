/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pasted text in pieces of any size: what it was, and that nothing behind it is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "ui/terminal/pasted.h"

/* Reads as a terminal's bytes come, at most piece at once; how many were read. */
static size_t read_pasted(struct pasted *pasted, const char *bytes, size_t length, size_t piece)
{
    size_t at = 0;
    *pasted = (struct pasted){0};
    pasted_begin(pasted);
    while (pasted->reading && at < length) {
        size_t count = pasted_room(pasted);
        assert_in_range(count, 1, PASTED_PIECE_MAX);
        count = count < piece ? count : piece;
        count = count < length - at ? count : length - at;
        pasted_take(pasted, bytes + at, count);
        at += count;
    }
    return at;
}

static void check(const char *bytes, const char *text, const char *behind)
{
    static struct pasted pasted;
    for (size_t piece = 1; piece <= PASTED_PIECE_MAX; piece++) {
        size_t at = read_pasted(&pasted, bytes, strlen(bytes), piece);
        assert_false(pasted.reading);
        assert_string_equal(bytes + at, behind);
        assert_int_equal(pasted.length, strlen(text));
        assert_memory_equal(pasted.text, text, pasted.length);
    }
}

static void test_it_ends_with_its_mark_and_no_byte_later(void **state)
{
    (void)state;
    check("jet\rson" PASTED_END "q", "jet\rson", "q");
    check(PASTED_END "\033[A", "", "\033[A");
    check("a" PASTED_END PASTED_START "b", "a", PASTED_START "b");
}

static void test_what_only_begins_like_the_mark_is_text(void **state)
{
    (void)state;
    check("\033[A\033[201\033\033[20" PASTED_END "j", "\033[A\033[201\033\033[20", "j");
    check("\033\033\033" PASTED_END, "\033\033\033", "");
}

static void test_of_a_very_long_one_the_beginning_is_kept(void **state)
{
    (void)state;
    static struct pasted pasted;
    size_t length = (size_t)1 << 20;
    char *bytes = memory_new_array(length + sizeof PASTED_END + 1, 1);
    memset(bytes, 'x', length);
    strcpy(bytes + length, PASTED_END "q");
    assert_int_equal(read_pasted(&pasted, bytes, strlen(bytes), PASTED_PIECE_MAX),
                     length + sizeof PASTED_END - 1);
    assert_false(pasted.reading);
    assert_int_equal(pasted.length, PASTED_MAX);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_ends_with_its_mark_and_no_byte_later),
        cmocka_unit_test(test_what_only_begins_like_the_mark_is_text),
        cmocka_unit_test(test_of_a_very_long_one_the_beginning_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
