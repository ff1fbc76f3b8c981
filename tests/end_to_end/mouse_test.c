/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mouse through a real terminal: rows, curves, points, breakpoints, the wheel; and the terminal
 * without it again.
 */
#include <signal.h>
#include <string.h>

#include "scenario.h"

static struct terminal *start_as(const char *option, const char *type)
{
    const char *const environment[] = {type, NULL};
    struct terminal_options options = {
        .folder = SOURCE_DIR, .environment = environment, .fail = fail_test};
    struct terminal *terminal =
        terminal_start(&options, (const char *[]){CALSCOPE, "hardware_registry", option, NULL});
    terminal_wait_idle(terminal);
    return terminal;
}

static struct terminal *start(void)
{
    return start_as(NULL, "TERM=xterm-256color");
}

static void click_on(struct terminal *terminal, const char *text)
{
    int row, column;
    assert_sees(terminal, text);
    terminal_find(terminal, text, &row, &column);
    terminal_click(terminal, 0, row, column);
}

static bool was_written(struct terminal *terminal, const char *bytes)
{
    size_t length;
    const char *output = terminal_output(terminal, &length);
    return memmem(output, length, bytes, strlen(bytes)) != NULL;
}

/* "\033[<CODE;COLUMN;ROWM", from 1 on; m where the button goes up. */
static void send_sgr(struct terminal *terminal, int code, int row, int column, char end)
{
    char bytes[40];
    snprintf(bytes, sizeof bytes, "\033[<%d;%d;%d%c", code, column + 1, row + 1, end);
    terminal_send(terminal, bytes);
    terminal_wait_idle(terminal);
}

static void test_clicks_on_rows_lead_to_a_curve(void **state)
{
    (void)state;
    struct terminal *terminal = start();
    assert_true(terminal_reports_mouse(terminal));
    click_on(terminal, "jetson_orin_agx");
    click_on(terminal, "jetson_orin_agx");
    assert_sees(terminal, "gpu/jetson_orin_agx");
    click_on(terminal, "matmul");
    assert_sees(terminal, "gpu/jetson_orin_agx \u203a matmul");
    click_on(terminal, "q quit");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    assert_false(terminal_reports_mouse(terminal));
    assert_true(terminal_kept_modes(terminal));
    terminal_stop(terminal);
}

static void test_the_wheel_zooms_and_scrolls(void **state)
{
    (void)state;
    struct terminal *terminal = start();
    terminal_press(terminal, "j Enter");
    terminal_click(terminal, 65, 3, 4); /* down, over the list */
    assert_sees(terminal, "gpu/jetson_orin_agx \u203a mbconv");
    terminal_click(terminal, 64, 8, 50); /* up, over the plot */
    assert_sees(terminal, "part: ");
    terminal_click(terminal, 65, 8, 50);
    assert_false(terminal_find(terminal, "part: ", NULL, NULL));
    terminal_stop(terminal);
}

static void test_a_click_on_the_line_of_another_curve_selects_it(void **state)
{
    (void)state;
    struct terminal *terminal = start();
    int row, column;
    terminal_press(terminal, "j Enter j j j Space j");
    assert_false(terminal_find(terminal, "\u203a conv2d_batchnorm", NULL, NULL));
    assert_sees(terminal, "\u25bd\u2812"); /* a legacy point of conv2d_batchnorm, and its line */
    terminal_find(terminal, "\u25bd\u2812", &row, &column);
    terminal_click(terminal, 0, row, column + 1);
    assert_sees(terminal, "gpu/jetson_orin_agx \u203a conv2d_batchnorm");
    terminal_stop(terminal);
}

static void test_a_click_on_a_point_of_a_fit_selects_it(void **state)
{
    (void)state;
    struct terminal *terminal = start();
    terminal_press(terminal, "j Enter j j j f");
    assert_sees(terminal, " point 0 at 10 M");
    click_on(terminal, "\u25cb\u2500"); /* the second one, among the residuals */
    assert_sees(terminal, " point 1 at 50 M");
    terminal_press(terminal, "Space");
    assert_sees(terminal, "left out   1 of 9 points left out");
    terminal_stop(terminal);
}

/* Where the selected breakpoint stands. */
static void find_selected(struct terminal *terminal, int *row, int *column)
{
    assert_sees(terminal, "[\u25c6]");
    terminal_find(terminal, "[\u25c6]", row, column);
    ++*column;
}

static void test_a_breakpoint_is_dragged_as_one_edit(void **state)
{
    (void)state;
    struct terminal *terminal = start();
    int row, column;
    terminal_press(terminal, "j Enter j j j Enter");
    find_selected(terminal, &row, &column);
    send_sgr(terminal, 0, row, column, 'M');
    send_sgr(terminal, 32, row - 1, column, 'M');
    assert_sees(terminal, "0.99259 \u2192 ");
    assert_false(terminal_find(terminal, "1 unsaved", NULL, NULL));
    send_sgr(terminal, 32, row - 2, column, 'M');
    send_sgr(terminal, 0, row - 2, column, 'm');
    assert_sees(terminal, "1 unsaved");
    terminal_press(terminal, "u");
    assert_sees(terminal, "dragged breakpoint 2; the file is as it was saved");
    find_selected(terminal, &row, &column);
    send_sgr(terminal, 0, row, column, 'M');
    send_sgr(terminal, 32, row - 2, column, 'M');
    terminal_press(terminal, "Esc");
    assert_sees(terminal, "Put back");
    send_sgr(terminal, 0, row - 2, column, 'm');
    assert_false(terminal_find(terminal, "unsaved", NULL, NULL));
    terminal_stop(terminal);
}

/* As screen sends it: three bytes behind the start, here with columns that are no UTF-8. */
static void test_the_older_form_of_reports_is_read_too(void **state)
{
    (void)state;
    struct terminal *terminal = start_as(NULL, "TERM=screen");
    int row, column;
    assert_sees(terminal, "jetson_orin_agx");
    terminal_find(terminal, "jetson_orin_agx", &row, &column);
    char bytes[] = {'\033', '[', 'M', ' ', (char)(column + 33), (char)(row + 33), '\0'};
    terminal_send(terminal, bytes);
    terminal_wait_idle(terminal);
    terminal_resize(terminal, 40, 200);
    terminal_press(terminal, "Enter");
    assert_sees(terminal, "gpu/jetson_orin_agx");
    terminal_send(terminal, "\033[M`\xd0\x2a"); /* the wheel at column 175, in the plot */
    terminal_wait_idle(terminal);
    assert_sees(terminal, "part: ");
    terminal_send(terminal, "\033[Ma\x7f\x2a"); /* column 94: that byte is Backspace elsewhere */
    terminal_wait_idle(terminal);
    assert_false(terminal_find(terminal, "part: ", NULL, NULL));
    assert_sees(terminal, "gpu/jetson_orin_agx");
    terminal_stop(terminal);
}

static void test_a_report_in_pieces_and_a_broken_one_do_no_harm(void **state)
{
    (void)state;
    struct terminal *terminal = start();
    terminal_press(terminal, "j Enter");
    terminal_send(terminal, "\033[<64;");
    terminal_wait_idle(terminal);
    terminal_send(terminal, "51;9M");
    terminal_wait_idle(terminal);
    assert_sees(terminal, "part: ");
    terminal_send(terminal, "\033[<64;x");
    terminal_wait_idle(terminal);
    terminal_press(terminal, "j");
    assert_sees(terminal, "gpu/jetson_orin_agx \u203a mbconv");
    terminal_stop(terminal);
}

static void test_off_sends_no_bytes_and_on_sends_them_again(void **state)
{
    (void)state;
    struct terminal *off = start_as("--no-mouse", "TERM=xterm-256color");
    terminal_press(off, "j Enter Esc q");
    assert_int_equal(terminal_wait_exit(off), 0);
    assert_false(was_written(off, "\033[?100"));
    terminal_stop(off);
    struct terminal *terminal = start();
    terminal_press(terminal, "~");
    assert_sees(terminal, "Mouse off");
    assert_false(terminal_reports_mouse(terminal));
    terminal_press(terminal, "~");
    assert_true(terminal_reports_mouse(terminal));
    terminal_stop(terminal);
    struct terminal *none = start_as(NULL, "TERM=vt100");
    assert_false(was_written(none, "\033[?100"));
    terminal_press(none, "~");
    assert_sees(none, "This terminal reports no mouse");
    terminal_stop(none);
}

static void test_stopped_or_killed_it_leaves_no_mouse_behind(void **state)
{
    (void)state;
    const int signals[] = {SIGTERM, SIGSEGV, SIGABRT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct terminal *terminal = start();
        assert_true(terminal_reports_mouse(terminal));
        terminal_kill(terminal, signals[i]);
        assert_int_equal(terminal_wait_exit(terminal), 128 + signals[i]);
        assert_false(terminal_reports_mouse(terminal));
        terminal_stop(terminal);
    }
    struct terminal *terminal = start();
    terminal_send(terminal, "\x1a");
    terminal_wait_stopped(terminal);
    assert_false(terminal_reports_mouse(terminal));
    terminal_kill(terminal, SIGCONT);
    terminal_wait_text(terminal, "jetson_orin_agx");
    terminal_wait_idle(terminal);
    assert_true(terminal_reports_mouse(terminal));
    terminal_stop(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clicks_on_rows_lead_to_a_curve),
        cmocka_unit_test(test_the_wheel_zooms_and_scrolls),
        cmocka_unit_test(test_a_click_on_the_line_of_another_curve_selects_it),
        cmocka_unit_test(test_a_click_on_a_point_of_a_fit_selects_it),
        cmocka_unit_test(test_a_breakpoint_is_dragged_as_one_edit),
        cmocka_unit_test(test_the_older_form_of_reports_is_read_too),
        cmocka_unit_test(test_a_report_in_pieces_and_a_broken_one_do_no_harm),
        cmocka_unit_test(test_off_sends_no_bytes_and_on_sends_them_again),
        cmocka_unit_test(test_stopped_or_killed_it_leaves_no_mouse_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
