/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text tables: aligned whatever the widths of characters, safe whatever the bytes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "report/table.h"

static const struct table_column columns[] = {
    {"id", TABLE_LEFT, 8}, {"points", TABLE_RIGHT, 0}, {"state", TABLE_LEFT, TABLE_NO_LIMIT}};

static void assert_rendered(struct table *table, enum text_charset charset, const char *expected)
{
    struct buffer text = {0};
    table_render(table, 1, charset, &text);
    table_free(table);
    assert_string_equal(buffer_string(&text), expected);
    buffer_done(&text);
}

static void test_columns_line_up_and_lines_end_without_blanks(void **state)
{
    (void)state;
    struct table *table = table_new(columns, 3);
    table_add(table, "a");
    table_print(table, "%d", 7);
    table_add(table, "ok");
    table_add(table, "bcd");
    table_add_number(table, 1234, 6);
    table_add(table, NULL);
    assert_rendered(table, TEXT_ASCII,
                    " id   points  state\n"
                    " a         7  ok\n"
                    " bcd    1234\n");
}

static void test_wide_characters_keep_the_columns_aligned(void **state)
{
    (void)state;
    struct table *table = table_new(columns, 3);
    table_add(table, "\xe6\xbc\xa2\xe5\xad\x97");
    table_add_size(table, 1e6);
    table_add(table, "x");
    assert_rendered(table, TEXT_UNICODE,
                    " id    points  state\n"
                    " \xe6\xbc\xa2\xe5\xad\x97     1 M  x\n");
}

static void test_a_long_cell_is_cut_at_its_columns_limit(void **state)
{
    (void)state;
    struct table *table = table_new(columns, 3);
    table_add(table, "abcdefghijkl");
    table_add_number(table, NAN, 3);
    table_add(table, "a message that is as long as it is");
    assert_rendered(table, TEXT_ASCII,
                    " id        points  state\n"
                    " abcdefg~     n/a  a message that is as long as it is\n");
}

static void test_control_sequences_in_cells_do_not_reach_the_output(void **state)
{
    (void)state;
    struct table *table = table_new(columns, 3);
    table_add(table, "\033[2Jx");
    table_add(table, "\n");
    table_add(table, "\xe2\x80\xae");
    assert_rendered(table, TEXT_ASCII,
                    " id     points  state\n"
                    " ?[2Jx          ?\n");
}

static void test_a_short_row_is_filled_up_and_shifts_nothing(void **state)
{
    (void)state;
    struct table *table = table_new(columns, 3);
    table_add(table, "a");
    table_end_row(table);
    table_end_row(table);
    table_add(table, "b");
    table_end_row(table);
    assert_rendered(table, TEXT_ASCII, " id  points  state\n a\n b\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_line_up_and_lines_end_without_blanks),
        cmocka_unit_test(test_wide_characters_keep_the_columns_aligned),
        cmocka_unit_test(test_a_long_cell_is_cut_at_its_columns_limit),
        cmocka_unit_test(test_a_short_row_is_filled_up_and_shifts_nothing),
        cmocka_unit_test(test_control_sequences_in_cells_do_not_reach_the_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
