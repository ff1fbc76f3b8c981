/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Display text: nothing that could act on a terminal ever comes out, and columns are honoured. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <utf8proc.h>

#include "base/buffer.h"
#include "base/text.h"

#include "../hostile.h"

#define REPLACEMENT "\xEF\xBF\xBD"

static void assert_harmless(const char *bytes, size_t length)
{
    assert_int_equal(strlen(bytes), length);
    assert_int_equal(hostile_find(bytes, length, false, NULL), length);
}

static void assert_shown(const char *input, const char *unicode, const char *ascii)
{
    const char *expected[] = {[TEXT_ASCII] = ascii, [TEXT_UNICODE] = unicode};
    for (int charset = TEXT_ASCII; charset <= TEXT_UNICODE; charset++) {
        struct buffer out = {0};
        int columns = text_append(&out, input, strlen(input), (enum text_charset)charset, -1);
        assert_string_equal(buffer_string(&out), expected[charset]);
        assert_int_equal(columns, text_columns(input, (enum text_charset)charset));
        assert_harmless(buffer_string(&out), out.length);
        buffer_done(&out);
    }
}

static void test_ordinary_text_is_shown_as_it_is(void **state)
{
    (void)state;
    assert_shown("", "", "");
    assert_shown("Intel i7-12700K ~", "Intel i7-12700K ~", "Intel i7-12700K ~");
    assert_shown("\xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9", "?t?");
    assert_shown("\xE6\xBC\xA2\xE5\xAD\x97", "\xE6\xBC\xA2\xE5\xAD\x97", "??");
    assert_int_equal(text_columns("\xE6\xBC\xA2\xE5\xAD\x97", TEXT_UNICODE), 4);
    assert_shown("a\tb\nc", "a b c", "a b c");
}

static void test_attacks_become_replacement_cells(void **state)
{
    (void)state;
#define R REPLACEMENT
    static const struct {
        const char *input, *unicode, *ascii;
    } table[] = {
        {"\x1B[31mred", R "[31mred", "?[31mred"},
        {"\x1B]0;title\x07", R "]0;title" R, "?]0;title?"},
        {"\x1B]52;c;aGk=\x1B\\", R "]52;c;aGk=" R "\\", "?]52;c;aGk=?\\"},
        {"\x1BPq\x1B\\", R "Pq" R "\\", "?Pq?\\"},
        {"a\rb\x7F\b", "a" R "b" R R, "a?b??"},
        {"\x9B"
         "31m",
         R "31m", "?31m"}, /* C1 CSI as a raw byte */
        {"\xC2\x9B"
         "31m",
         R "31m", "?31m"}, /* and as UTF-8 */
        {"\xC2\x9D"
         "0;x\xC2\x9C",
         R "0;x" R, "?0;x?"}, /* OSC ... ST */
        {"\xE2\x80\xAE"
         "cba\xE2\x80\xAC",
         R "cba" R, "?cba?"},                          /* right-to-left override */
        {"\xE2\x81\xA6x\xE2\x81\xA9", R "x" R, "?x?"}, /* isolates */
        {"a\xE2\x80\x8D"
         "b",
         "a" R "b", "a?b"},             /* zero width joiner */
        {"\xEF\xBB\xBFx", R "x", "?x"}, /* BOM */
        {"a\xE2\x80\xA8"
         "b\xE2\x80\xA9",
         "a" R "b" R, "a?b?"},          /* line, paragraph separators */
        {"\xC0\xAF", R R, "??"},        /* overlong slash */
        {"\xE0\x80\x9B", R R R, "???"}, /* overlong CSI */
        {"\xF0\x80\x80\x9B", R R R R, "????"},
        {"\xED\xA0\x80", R R R, "???"},        /* a surrogate */
        {"\xF4\x90\x80\x80", R R R R, "????"}, /* past U+10FFFF */
        {"\x80\xBF", R R, "??"},               /* lone continuation bytes */
        {"x\xE2\x82", "x" R R, "x??"},         /* cut off */
        {"\xFE\xFF", R R, "??"},
        {"\xEE\x80\x80", R, "?"},     /* private use */
        {"\xEF\xBF\xBE", R, "?"},     /* a noncharacter */
        {"\xF3\xA0\x81\x81", R, "?"}, /* a tag character */
        {"e\xCC\x81", "e\xCC\x81", "?"},
        {"e\xCC\x81\xCC\x82\xCC\x83\xCC\x84x", "e\xCC\x81\xCC\x82x", "?x"}, /* stacked marks */
        {"\xCC\x81x", R "x", "?x"}, /* a mark without a base */
        {"\x1B\xCC\x81", R R, "??"},
        {"\xE2\x98\x81\xEF\xB8\x8Fx", "\xE2\x98\x81x", "?x"},          /* a variation selector */
        {"\xE1\x84\x80\xE1\x85\xA1", "\xE1\x84\x80\xE1\x85\xA1", "?"}, /* Hangul from its parts */
    };
#undef R
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_shown(table[i].input, table[i].unicode, table[i].ascii);
    print_message("%zu attacks defused\n", sizeof table / sizeof *table);
}

static void test_a_nul_inside_text_does_not_end_it(void **state)
{
    (void)state;
    struct buffer out = {0};
    assert_int_equal(text_append(&out, "a\0b", 3, TEXT_ASCII, -1), 3);
    assert_string_equal(out.bytes, "a?b");
    buffer_done(&out);
}

static void check_code_point(utf8proc_int32_t code, enum text_charset charset, struct buffer *out)
{
    /* As the text may hold it: alone, behind a base, before a base. */
    char encoded[8] = {'x'};
    size_t length = hostile_encode(code, encoded + 1);
    encoded[1 + length] = 'y';
    for (int before = 0; before <= 1; before++) {
        buffer_truncate(out, 0);
        int columns =
            text_append(out, encoded + 1 - before, length + (size_t)before + 1, charset, -1);
        assert_harmless(buffer_string(out), out->length);
        assert_true(columns >= 1 && columns <= 1 + before + 3);
        if (charset == TEXT_ASCII)
            for (size_t i = 0; i < out->length; i++)
                assert_true(out->bytes[i] >= ' ' && out->bytes[i] <= '~');
    }
}

static void test_no_code_point_at_all_gets_a_forbidden_byte_out(void **state)
{
    (void)state;
    struct buffer out = {0};
    int checked = 0;
    for (utf8proc_int32_t code = 0; code <= 0x10FFFF; code++, checked++) {
        check_code_point(code, TEXT_UNICODE, &out);
        if (code < 0x3000 || code % 64 == 0)
            check_code_point(code, TEXT_ASCII, &out);
    }
    buffer_done(&out);
    assert_int_equal(checked, 1114112);
    print_message("%d code points checked\n", checked);
}

static void test_cells_are_one_or_two_columns_and_always_advance(void **state)
{
    (void)state;
    uint64_t random = 42;
    for (int i = 0; i < 20000; i++) {
        char bytes[24];
        for (size_t j = 0; j < sizeof bytes; j++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            bytes[j] = (char)(random >> 56);
        }
        const char *cursor = bytes;
        struct text_cell cell;
        while (true) {
            const char *before = cursor;
            if (!text_next(&cursor, bytes + sizeof bytes, TEXT_UNICODE, &cell))
                break;
            assert_true(cursor > before);
            assert_true(cell.columns == 1 || cell.columns == 2);
            assert_harmless(cell.bytes, strlen(cell.bytes));
        }
        assert_ptr_equal(cursor, bytes + sizeof bytes);
    }
}

static void assert_cut(const char *input, enum text_charset charset, int columns,
                       const char *expected, int expected_columns)
{
    struct buffer out = {0};
    buffer_append_string(&out, ">");
    assert_int_equal(text_append(&out, input, strlen(input), charset, columns), expected_columns);
    assert_string_equal(out.bytes + 1, expected);
    buffer_done(&out);
}

static void test_text_that_does_not_fit_ends_in_an_ellipsis(void **state)
{
    (void)state;
    assert_cut("conv2d", TEXT_UNICODE, 6, "conv2d", 6);
    assert_cut("conv2d", TEXT_UNICODE, 5, "conv\xE2\x80\xA6", 5);
    assert_cut("conv2d", TEXT_ASCII, 5, "conv~", 5);
    assert_cut("conv2d", TEXT_ASCII, 1, "~", 1);
    assert_cut("conv2d", TEXT_ASCII, 0, "", 0);
    assert_cut("", TEXT_ASCII, 0, "", 0);
    assert_cut("", TEXT_ASCII, 5, "", 0);
    /* A wide character never sticks out: the cut comes a column early. */
    assert_cut("a\xE6\xBC\xA2\xE6\xBC\xA2", TEXT_UNICODE, 5, "a\xE6\xBC\xA2\xE6\xBC\xA2", 5);
    assert_cut("a\xE6\xBC\xA2\xE6\xBC\xA2", TEXT_UNICODE, 4, "a\xE6\xBC\xA2\xE2\x80\xA6", 4);
    assert_cut("a\xE6\xBC\xA2\xE6\xBC\xA2", TEXT_UNICODE, 3, "a\xE2\x80\xA6", 2);
    assert_cut("\xE6\xBC\xA2", TEXT_UNICODE, 1, "\xE2\x80\xA6", 1);
}

static void test_a_megabyte_costs_no_more_than_what_is_shown(void **state)
{
    (void)state;
    size_t length = 1 << 20;
    char *name = malloc(length);
    memset(name, 'x', length);
    struct buffer out = {0};
    for (int i = 0; i < 10000; i++) { /* 10 GB, were it read to the end */
        buffer_truncate(&out, 0);
        assert_int_equal(text_append(&out, name, length, TEXT_UNICODE, 20), 20);
    }
    assert_true(out.capacity < 4096);
    for (size_t i = 0; i + 1 < length; i += 2)
        memcpy(name + i, "\xCC\x81", 2); /* nothing but marks */
    name[0] = name[1] = 'e';
    buffer_truncate(&out, 0);
    assert_int_equal(text_append(&out, name, length, TEXT_UNICODE, 20), 2);
    assert_int_equal(out.length, 6);
    buffer_done(&out);
    free(name);
}

static void test_utf8_is_checked_strictly(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t good;
    } table[] = {
        {"", 0},
        {"plain ascii, longer than a word", 31},
        {"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9},
        {"\xF4\x8F\xBF\xBF", 4},
        {"\xEF\xBF\xBF", 3},
        {"abc\x80", 3},
        {"abcdefgh\xC0\xAF", 8},
        {"\xE0\x9F\xBF", 0},
        {"\xED\x9F\xBF\xED\xA0\x80", 3},
        {"\xF0\x8F\xBF\xBF", 0},
        {"\xF4\x90\x80\x80", 0},
        {"\xF5\x80\x80\x80", 0},
        {"x\xE2\x82", 1},
        {"x\xF0\x9F\x98", 1},
        {"\xFF", 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_int_equal(text_check_utf8(table[i].text, strlen(table[i].text)), table[i].good);
}

static void test_code_points_come_one_after_another(void **state)
{
    (void)state;
    const char *at = "a\xC3\xA9\xE2\xA0\x80\xF0\x9F\x98\x80z";
    static const int32_t expected[] = {'a', 0xe9, 0x2800, 0x1f600, 'z'};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_int_equal(text_decode(&at), expected[i]);
    assert_int_equal(*at, '\0');
}

static size_t begin(const char *text, const char *other, int columns)
{
    return text_begin_at_difference(text, strlen(text), other, strlen(other), TEXT_UNICODE,
                                    columns);
}

static void test_a_text_begins_where_it_differs_from_another_is_in_sight(void **state)
{
    (void)state;
    const char *one = "all of this is the same here as there, but that",
               *two = "all of this is the same here as there, and this";
    assert_int_equal(begin(one, two, 60), 0); /* it fits */
    assert_string_equal(one + begin(one, two, 30), "same here as there, but that");
    assert_string_equal(two + begin(two, one, 30), "same here as there, and this");
    assert_int_equal(begin("but that goes on for longer than there is room", one, 12), 0);
    const char *appended = "all of this is the same here as there, but that. And more of it";
    assert_string_equal(one + begin(one, appended, 30), "same here as there, but that");
    assert_string_equal(appended + begin(appended, one, 30), "but that. And more of it");
    /* Without blanks, and not within a character. */
    const char *accents = "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9x";
    assert_string_equal(accents + begin(accents,
                                        "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
                                        "\xC3\xA9\xC3\xA9\xC3\xA8x",
                                        6),
                        "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ordinary_text_is_shown_as_it_is),
        cmocka_unit_test(test_attacks_become_replacement_cells),
        cmocka_unit_test(test_a_nul_inside_text_does_not_end_it),
        cmocka_unit_test(test_no_code_point_at_all_gets_a_forbidden_byte_out),
        cmocka_unit_test(test_cells_are_one_or_two_columns_and_always_advance),
        cmocka_unit_test(test_text_that_does_not_fit_ends_in_an_ellipsis),
        cmocka_unit_test(test_a_megabyte_costs_no_more_than_what_is_shown),
        cmocka_unit_test(test_utf8_is_checked_strictly),
        cmocka_unit_test(test_code_points_come_one_after_another),
        cmocka_unit_test(test_a_text_begins_where_it_differs_from_another_is_in_sight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
