/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What terminals send behind an Esc: sequences, strings, and letters typed there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/terminal/sequence.h"

/* What the last byte makes of it; all before it must ask for more. */
static enum sequence_progress look(const char *text)
{
    int bytes[32], count = 0;
    enum sequence_progress progress = SEQUENCE_MORE;
    for (; *text; text++) {
        assert_int_equal(progress, SEQUENCE_MORE);
        bytes[count++] = (unsigned char)*text;
        progress = sequence_look(bytes, count);
    }
    return progress;
}

static void test_control_sequences_are_taken_whole(void **state)
{
    (void)state;
    static const char *const whole[] = {"[A", "[1;2A", "[?1;2c", "[ q", "[>1;2!p", "[[A", "Oj"};
    static const char *const more[] = {"[", "[1;", "[[", "O", "P", "]", "_"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        assert_int_equal(look(whole[i]), SEQUENCE_WHOLE);
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        assert_int_equal(look(more[i]), SEQUENCE_MORE);
}

static void test_letters_typed_behind_esc_are_none(void **state)
{
    (void)state;
    static const char *const none[] = {"j", "/", "PP", "P\r", "]]", "]j", "[\033", "[ 1", "O\033"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(look(none[i]), SEQUENCE_NONE);
    const int up[] = {'^', 0x103}; /* a key of curses */
    assert_int_equal(sequence_look(up, 2), SEQUENCE_NONE);
}

static void test_answers_of_a_terminal_begin_strings(void **state)
{
    (void)state;
    static const char *const strings[] = {"]1", "]l", "]L", "P1", "P>", "P!", "_G", "^x", "X "};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        assert_int_equal(look(strings[i]), SEQUENCE_STRING);
}

/* How many bytes a string takes; what it does not is in *back. */
static size_t taken(const char *text, const char **back)
{
    struct control_string string;
    size_t count = 0;
    control_string_begin(&string);
    *back = text;
    for (; string.reading; text++) {
        bool escaped = string.escape;
        assert_true(*text != '\0');
        if (control_string_take(&string, (unsigned char)*text))
            *back = text + 1, count++;
        else
            *back = text - escaped, count -= escaped;
    }
    return count;
}

static void test_a_string_goes_up_to_its_end_or_where_it_breaks_off(void **state)
{
    (void)state;
    const char *back;
    assert_int_equal(taken("1;rgb:0000/0000\aq", &back), 16);
    assert_string_equal(back, "q");
    assert_int_equal(taken("|XTerm(370)\033\\q", &back), 13);
    assert_string_equal(back, "q");
    assert_int_equal(taken("\xe2\x82\xac\r\n\033\\j", &back), 7);
    assert_string_equal(back, "j");
    assert_int_equal(taken("half\x18j", &back), 5);
    assert_int_equal(taken("half\x1aj", &back), 5);
    assert_int_equal(taken("half\033]1;x", &back), 4);
    assert_string_equal(back, "\033]1;x");
    assert_int_equal(taken("half\033\033", &back), 4);
    assert_string_equal(back, "\033\033");
}

static void test_a_key_breaks_a_string_off(void **state)
{
    (void)state;
    struct control_string string;
    control_string_begin(&string);
    assert_true(control_string_take(&string, 'x'));
    assert_false(control_string_take(&string, 0x103));
    assert_false(string.reading);
}

static void test_a_string_without_an_end_is_bounded(void **state)
{
    (void)state;
    struct control_string string;
    long count = 0;
    control_string_begin(&string);
    for (; string.reading; count++)
        assert_true(control_string_take(&string, 'x'));
    assert_in_range(count, 4096, 1 << 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_control_sequences_are_taken_whole),
        cmocka_unit_test(test_letters_typed_behind_esc_are_none),
        cmocka_unit_test(test_answers_of_a_terminal_begin_strings),
        cmocka_unit_test(test_a_string_goes_up_to_its_end_or_where_it_breaks_off),
        cmocka_unit_test(test_a_key_breaks_a_string_off),
        cmocka_unit_test(test_a_string_without_an_end_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
