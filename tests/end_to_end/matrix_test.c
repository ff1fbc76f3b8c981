/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix in a terminal: it fills by itself while no key is pressed, and then rests. */
#include <string.h>

#include "scenario.h"

static void check_at(int rows, int columns)
{
    struct terminal_options options = {
        .rows = rows, .columns = columns, .folder = SOURCE_DIR, .fail = fail_test};
    struct terminal *terminal =
        terminal_start(&options, (const char *[]){CALSCOPE, "tests/fixtures/registry", NULL});
    terminal_press(terminal, "M"); /* waits until the program does nothing any more */
    assert_sees(terminal, "Points by decade: 2 devices");
    assert_sees(terminal, "3 calibrations, 1 broken");
    assert_false(terminal_find(terminal, "read 2 of 3", NULL, NULL));
    terminal_press(terminal, "Tab j 0");
    assert_sees(terminal, "typically 83.2 % apart");
    assert_sees(terminal, "▸83");
    terminal_press(terminal, "Enter");
    assert_sees(terminal, "A = cuda/orin_15w/bf16");
    assert_sees(terminal, "B = cpu/example_desktop/fp32");
    terminal_press(terminal, "Esc Tab n g j Enter");
    assert_sees(terminal, "cuda/orin_15w/bf16 › conv2d_batchnorm");
    terminal_press(terminal, "q");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    terminal_stop(terminal);
}

static void test_it_fills_by_itself_and_leads_to_curves_at_80x24(void **state)
{
    (void)state;
    check_at(24, 80);
}

static void test_it_fills_by_itself_and_leads_to_curves_at_200x60(void **state)
{
    (void)state;
    check_at(60, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_fills_by_itself_and_leads_to_curves_at_80x24),
        cmocka_unit_test(test_it_fills_by_itself_and_leads_to_curves_at_200x60),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
