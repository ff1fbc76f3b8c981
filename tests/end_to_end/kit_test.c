/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The test kit itself, against a small program whose every reaction is known. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "faint.h"
#include "folder.h"
#include "keys.h"
#include "scenario.h"

static const struct terminal_options options = {.rows = 10, .columns = 40, .fail = fail_test};

static struct terminal *start(void)
{
    struct terminal *terminal = terminal_start(&options, (const char *[]){KIT_CHILD, NULL});
    terminal_wait_idle(terminal);
    return terminal;
}

static void shows_what_the_program_draws(void **state)
{
    struct terminal *terminal = start();
    int row, column;
    (void)state;
    assert_string_equal(terminal_row(terminal, 0), "size 40x10");
    assert_true(terminal_in_alternate_screen(terminal));
    assert_false(terminal_cursor(terminal, &row, &column));
    terminal_press(terminal, "Ctrl-R");
    assert_string_equal(terminal_row(terminal, 1), "keys 12");
    terminal_press(terminal, "x Up");
    assert_string_equal(terminal_row(terminal, 1), "keys 1b 4f 41");
    assert_true(terminal_find(terminal, "4f", &row, &column));
    assert_int_equal(row, 1);
    assert_int_equal(column, 8);
    terminal_stop(terminal);
}

static void waits_for_slow_work(void **state)
{
    struct terminal *terminal = start();
    (void)state;
    for (int i = 0; i < 3; i++) {
        terminal_press(terminal, "w");
        assert_string_equal(terminal_row(terminal, 3), "worked");
        terminal_send(terminal, "\x1b[4;1H");
        terminal_wait_idle(terminal);
    }
    assert_true(terminal_processor_seconds(terminal) > 0.5);
    terminal_stop(terminal);
}

static void waits_for_a_slow_read(void **state)
{
    struct terminal *terminal = start();
    (void)state;
    terminal_press(terminal, "r");
    assert_string_equal(terminal_row(terminal, 6), "read");
    terminal_stop(terminal);
}

static void waits_for_a_lone_escape(void **state)
{
    struct terminal *terminal = start();
    (void)state;
    terminal_press(terminal, "Esc");
    assert_string_equal(terminal_row(terminal, 5), "alone");
    terminal_stop(terminal);
}

static void answers_questions(void **state)
{
    struct terminal *terminal = start();
    (void)state;
    terminal_press(terminal, "a");
    assert_string_equal(terminal_row(terminal, 1), "keys 1b 5b 33 3b 37 52"); /* ESC [ 3 ; 7 R */
    terminal_stop(terminal);
}

static void reads_colours_and_wide_characters(void **state)
{
    struct terminal *terminal = start();
    int row, column;
    (void)state;
    terminal_press(terminal, "c");
    assert_string_equal(terminal_row(terminal, 4), "red reverse ⣿ 漢|e\xcc\x81|─│ <&>");
    struct terminal_cell cell = terminal_cell(terminal, 4, 0);
    assert_true(cell.bold && !cell.has_default_background && !cell.reverse);
    assert_true(cell.foreground >> 16 > 0x80 && (cell.background & 0xff) > 0x80);
    cell = terminal_cell(terminal, 4, 4);
    assert_true(cell.reverse && cell.has_default_foreground);
    assert_int_equal(terminal_cell(terminal, 4, 14).columns, 2);
    assert_true(terminal_find(terminal, "<&>", &row, &column));
    assert_int_equal(column, 22);
    terminal_stop(terminal);
}

static void sees_faint_text(void **state)
{
    static const char *const cases[][2] = {
        {"a\x1b[2mb", "a\x1b[9mb"},
        {"\x1b[0;2;22m", "\x1b[0;9;22;29m"},
        {"\x1b[m\x1b[38;5;2m", "\x1b[m\x1b[38;5;2m"},
        {"\x1b[38;2;2;2;2;2m", "\x1b[38;2;2;2;2;9m"},
        {"\x1b[2J\x1b[\x1b[2m", "\x1b[2J\x1b[\x1b[9m"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct faint faint = {.length = 0};
        char out[512];
        size_t length = 0;
        for (const char *at = cases[i][0]; *at; at++) /* however it is cut */
            length += faint_filter(&faint, at, 1, out + length);
        out[length] = '\0';
        assert_string_equal(out, cases[i][1]);
    }
}

static void resizes(void **state)
{
    struct terminal *terminal = start();
    (void)state;
    terminal_resize(terminal, 30, 100);
    assert_string_equal(terminal_row(terminal, 0), "size 100x30");
    terminal_resize(terminal, 5, 20);
    assert_string_equal(terminal_row(terminal, 0), "size 20x5");
    terminal_stop(terminal);
}

static void stops_and_continues(void **state)
{
    struct terminal *terminal = start();
    (void)state;
    terminal_send(terminal, "\x1a");
    terminal_wait_stopped(terminal);
    terminal_kill(terminal, SIGCONT);
    terminal_press(terminal, "j");
    assert_string_equal(terminal_row(terminal, 1), "keys 6a");
    terminal_stop(terminal);
}

static void tells_how_the_program_ended(void **state)
{
    struct terminal *terminal = start();
    char farewell[512];
    size_t length;
    (void)state;
    snprintf(farewell, sizeof farewell, "bye %s\r\n", terminal_home(terminal));
    terminal_send(terminal, "q");
    assert_int_equal(terminal_wait_exit(terminal), 7);
    assert_false(terminal_in_alternate_screen(terminal));
    const char *output = terminal_output(terminal, &length);
    assert_true(length > strlen(farewell));
    assert_string_equal(output + length - strlen(farewell), farewell);
    assert_true(terminal_kept_modes(terminal));
    terminal_stop(terminal);
    terminal = start();
    terminal_kill(terminal, SIGTERM);
    assert_int_equal(terminal_wait_exit(terminal), 128 + SIGTERM);
    assert_false(terminal_kept_modes(terminal));
    terminal_stop(terminal);
}

static void runs_programs_that_end_at_once(void **state)
{
    (void)state;
    struct terminal *terminal =
        terminal_start(&options, (const char *[]){"sh", "-c", "echo \"$TERM\"; exit 3", NULL});
    terminal_wait_text(terminal, "xterm-256color");
    assert_int_equal(terminal_wait_exit(terminal), 3);
    terminal_stop(terminal);
    terminal = terminal_start(&options, (const char *[]){"/no/such/program", NULL});
    assert_int_equal(terminal_wait_exit(terminal), 127);
    assert_true(terminal_find(terminal, "No such file", NULL, NULL));
    terminal_stop(terminal);
}

static void sees_the_first_output_and_takes_the_terminal_away(void **state)
{
    struct terminal *terminal = start();
    size_t before, after;
    (void)state;
    terminal_output(terminal, &before);
    terminal_send(terminal, "x");
    terminal_wait_output(terminal);
    terminal_output(terminal, &after);
    assert_true(after > before);
    terminal_hang_up(terminal);
    assert_int_equal(terminal_wait_exit(terminal), 128 + SIGHUP);
    terminal_stop(terminal);
}

static void removes_the_home_it_made(void **state)
{
    struct terminal *terminal = start();
    char *home = strdup(terminal_home(terminal));
    (void)state;
    assert_int_equal(access(home, W_OK), 0);
    terminal_stop(terminal);
    assert_int_not_equal(access(home, F_OK), 0);
    free(home);
}

static void copies_and_removes_folders(void **state)
{
    static const char name[] = "cpu/i7-12700K/efficiency_curves.json";
    char *folder = folder_make();
    char copy[512];
    size_t length, copied;
    (void)state;
    snprintf(copy, sizeof copy, "%s/copy", folder);
    assert_true(folder_copy(SOURCE_DIR "/hardware_registry", copy));
    char *before = folder_read(SOURCE_DIR "/hardware_registry", name, &length);
    char *after = folder_read(copy, name, &copied);
    assert_true(length > 1000 && length == copied);
    assert_memory_equal(before, after, length);
    free(before);
    free(after);
    assert_null(folder_read(copy, "no such file", &length));
    assert_false(folder_copy("/no/such/folder", copy));
    folder_remove(folder);
    assert_int_not_equal(access(folder, F_OK), 0);
    free(folder);
}

static void knows_keys(void **state)
{
    static const char *const known[][2] = {
        {"Enter", "\r"},
        {"Ctrl-R", "\x12"},
        {"Ctrl-Right", "\x1b[1;5C"},
        {"Shift-Up", "\x1b[1;2A"},
        {"Delete", "\x1b[3~"},
        {"Alt-x", "\x1bx"},
        {"é", "é"},
        {"+", "+"},
        {"F10", "\x1b[21~"},
    };
    char bytes[KEY_BYTES_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_true(key_bytes(known[i][0], bytes));
        assert_string_equal(bytes, known[i][1]);
    }
    assert_false(key_bytes("Enterr", bytes));
    assert_false(key_bytes("Shift-F1", bytes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_what_the_program_draws),
        cmocka_unit_test(waits_for_slow_work),
        cmocka_unit_test(waits_for_a_slow_read),
        cmocka_unit_test(waits_for_a_lone_escape),
        cmocka_unit_test(answers_questions),
        cmocka_unit_test(reads_colours_and_wide_characters),
        cmocka_unit_test(sees_faint_text),
        cmocka_unit_test(resizes),
        cmocka_unit_test(stops_and_continues),
        cmocka_unit_test(tells_how_the_program_ended),
        cmocka_unit_test(runs_programs_that_end_at_once),
        cmocka_unit_test(sees_the_first_output_and_takes_the_terminal_away),
        cmocka_unit_test(removes_the_home_it_made),
        cmocka_unit_test(copies_and_removes_folders),
        cmocka_unit_test(knows_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
