/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every kind of terminal in every locale at every size: the same screen, or a word on what it
 * needs.
 */
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

enum { ROWS_MAX = 100, LINE_MAX_BYTES = 2048 };

static const char *const types[] = {"xterm-256color", "xterm", "screen", "screen-256color",
                                    "tmux-256color",  "linux", "vt100",  "vt220"};
enum { TYPES = sizeof types / sizeof *types };

/* The last one is what a login from another machine brings along: a locale that is not there. */
static const char *const locales[] = {"C.UTF-8", "C", "xx_XX.UTF-8"};
enum { LOCALES = sizeof locales / sizeof *locales };

static const int sizes[][2] = {{1, 1}, {5, 20}, {10, 40}, {24, 80}, {60, 200}, {100, 300}};
enum { SIZES = sizeof sizes / sizeof *sizes };

/* A screen as text, to hold others against. */
struct screen {
    int rows;
    char lines[ROWS_MAX][LINE_MAX_BYTES];
};

static struct terminal *start(const char *type, const char *locale, const int size[2])
{
    char term[64], lc_all[64];
    snprintf(term, sizeof term, "TERM=%s", type);
    snprintf(lc_all, sizeof lc_all, "LC_ALL=%s", locale);
    struct terminal_options options = {.rows = size[0],
                                       .columns = size[1],
                                       .folder = SOURCE_DIR,
                                       .environment = (const char *[]){term, lc_all, NULL},
                                       .fail = fail_test};
    struct terminal *terminal =
        terminal_start(&options, (const char *[]){CALSCOPE, "hardware_registry", NULL});
    terminal_wait_idle(terminal);
    return terminal;
}

static void keep_screen(struct terminal *terminal, struct screen *screen)
{
    screen->rows = terminal_rows(terminal);
    for (int row = 0; row < screen->rows; row++)
        snprintf(screen->lines[row], LINE_MAX_BYTES, "%s", terminal_row(terminal, row));
}

static void assert_same(struct terminal *terminal, const struct screen *screen, const char *type)
{
    for (int row = 0; row < screen->rows; row++)
        if (strcmp(terminal_row(terminal, row), screen->lines[row]) != 0) {
            terminal_print(terminal, stderr);
            fail_msg("%s, row %d: \"%s\" instead of \"%s\"", type, row, terminal_row(terminal, row),
                     screen->lines[row]);
        }
}

/* Below 40x10 the screen says so, as far as it has room; from there on it is all there. */
static void assert_right_for_size(struct terminal *terminal, const int size[2])
{
    bool small = size[0] < 10 || size[1] < 40;
    if (small && size[1] >= 20)
        assert_true(terminal_find(terminal, "calscope needs 40x10", NULL, NULL));
    if (small)
        return;
    assert_true(terminal_find(terminal, "calscope", NULL, NULL));
    assert_true(terminal_find(terminal, "jetson_orin_agx", NULL, NULL));
    assert_true(terminal_find(terminal, "quit", NULL, NULL));
}

static bool is_ascii(struct terminal *terminal)
{
    size_t length;
    const char *output = terminal_output(terminal, &length);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)output[i] >= 0x80)
            return false;
    return true;
}

static void check_locale_at_size(const char *locale, const int size[2], bool ascii)
{
    static struct screen screen;
    for (size_t i = 0; i < TYPES; i++) {
        struct terminal *terminal = start(types[i], locale, size);
        assert_right_for_size(terminal, size);
        if (ascii)
            assert_true(is_ascii(terminal));
        if (i == 0)
            keep_screen(terminal, &screen);
        assert_same(terminal, &screen, types[i]);
        terminal_stop(terminal);
    }
}

static void test_every_terminal_shows_the_same_in_every_locale_at_every_size(void **state)
{
    (void)state;
    for (size_t locale = 0; locale < LOCALES; locale++)
        for (size_t size = 0; size < SIZES; size++)
            check_locale_at_size(locales[locale], sizes[size], locale > 0);
    printf("%d starts\n", TYPES * LOCALES * SIZES);
}

/* Bytes of a key, and what the screen shows of it; each row goes on from the one before. */
static const struct {
    const char *name, *bytes, *shows;
} forms[] = {
    {"Down", "\033[B", "▸ jetson_orin_agx"},
    {"Up", "\033[A", "▸ i7-12700K"},
    {"Down in application mode", "\033OB", "▸ jetson_orin_agx"},
    {"Up in application mode", "\033OA", "▸ i7-12700K"},
    {"End", "\033[F", "▸ jetson_orin_agx"},
    {"Home", "\033[H", "▸ i7-12700K"},
    {"End in application mode", "\033OF", "▸ jetson_orin_agx"},
    {"Home in application mode", "\033OH", "▸ i7-12700K"},
    {"End of a vt220", "\033[4~", "▸ jetson_orin_agx"},
    {"Home of a vt220", "\033[1~", "▸ i7-12700K"},
    {"End of rxvt", "\033[8~", "▸ jetson_orin_agx"},
    {"Home of rxvt", "\033[7~", "▸ i7-12700K"},
    {"PageDown", "\033[6~", "▸ jetson_orin_agx"},
    {"PageUp", "\033[5~", "▸ i7-12700K"},
    {"Right", "\033[C", "COMPUTE"},
    {"Shift-Right", "\033[1;2C", "COMPUTE"},
    {"Esc", "\033", "▸ i7-12700K"},
    {"Right in application mode", "\033OC", "COMPUTE"},
    {"Left", "\033[D", "COMPUTE"},
    {"Left in application mode", "\033OD", "COMPUTE"},
    {"F1", "\033OP", "Keys of where you came from"},
    {"Esc", "\033", "COMPUTE"},
    {"F1 of a vt220", "\033[11~", "Keys of where you came from"},
};

static void test_keys_are_known_in_every_form_that_terminals_send(void **state)
{
    (void)state;
    for (size_t type = 0; type < TYPES; type++) {
        struct terminal *terminal = start(types[type], "C.UTF-8", sizes[3]);
        for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
            terminal_send(terminal, forms[i].bytes);
            terminal_wait_idle(terminal);
            if (terminal_find(terminal, forms[i].shows, NULL, NULL) &&
                !terminal_find(terminal, "does nothing here", NULL, NULL))
                continue;
            terminal_print(terminal, stderr);
            fail_msg("%s on %s does not show %s", forms[i].name, types[type], forms[i].shows);
        }
        terminal_send(terminal, "\033[21~"); /* F10 */
        assert_int_equal(terminal_wait_exit(terminal), 0);
        terminal_stop(terminal);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_terminal_shows_the_same_in_every_locale_at_every_size),
        cmocka_unit_test(test_keys_are_known_in_every_form_that_terminals_send),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
