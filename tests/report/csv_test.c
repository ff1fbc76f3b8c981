/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comma-separated values as RFC 4180 has them, and safe to show. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "report/csv.h"

static void assert_cell(const char *cell, enum text_charset charset, const char *written)
{
    struct buffer text = {0};
    struct csv csv = {.out = &text, .charset = charset};
    csv_add(&csv, cell);
    assert_string_equal(buffer_string(&text), written);
    buffer_done(&text);
}

static void test_a_row_is_cells_between_commas_and_ends_its_line(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct csv csv = {.out = &text};
    csv_add(&csv, "curve");
    csv_add(&csv, NULL);
    csv_add_number(&csv, 1e6);
    csv_end_row(&csv);
    csv_add_number(&csv, NAN);
    csv_add_number(&csv, 0.1);
    csv_add_number(&csv, INFINITY);
    csv_end_row(&csv);
    assert_string_equal(text.bytes, "curve,,1000000.0\n,0.1,\n");
    buffer_done(&text);
}

static void test_cells_are_quoted_where_a_reader_would_cut_them(void **state)
{
    (void)state;
    assert_cell("a,b", TEXT_ASCII, "\"a,b\"");
    assert_cell("say \"x\"", TEXT_ASCII, "\"say \"\"x\"\"\"");
    assert_cell(" x", TEXT_ASCII, "\" x\"");
    assert_cell("x ", TEXT_ASCII, "\"x \"");
    assert_cell("two words", TEXT_ASCII, "two words");
    assert_cell("", TEXT_ASCII, "");
}

static void test_cells_never_hold_what_a_terminal_would_act_on(void **state)
{
    (void)state;
    assert_cell("\033[2J", TEXT_ASCII, "?[2J");
    assert_cell("a\r\nb", TEXT_ASCII, "a? b");
    assert_cell("\xc2\xb5s", TEXT_UNICODE, "\xc2\xb5s");
    assert_cell("\xc2\xb5s", TEXT_ASCII, "?s");
}

static void test_no_spreadsheet_takes_text_for_a_formula(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct csv csv = {.out = &text};
    assert_cell("=HYPERLINK(\"x\")", TEXT_ASCII, "\"'=HYPERLINK(\"\"x\"\")\"");
    assert_cell("+1", TEXT_ASCII, "'+1");
    assert_cell("-1", TEXT_ASCII, "'-1");
    assert_cell("@SUM(A1)", TEXT_ASCII, "'@SUM(A1)");
    assert_cell("a=b", TEXT_ASCII, "a=b");
    csv_add_number(&csv, -0.5);
    csv_add_count(&csv, 7);
    csv_end_row(&csv);
    assert_string_equal(text.bytes, "-0.5,7\n");
    buffer_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_row_is_cells_between_commas_and_ends_its_line),
        cmocka_unit_test(test_cells_are_quoted_where_a_reader_would_cut_them),
        cmocka_unit_test(test_cells_never_hold_what_a_terminal_would_act_on),
        cmocka_unit_test(test_no_spreadsheet_takes_text_for_a_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
