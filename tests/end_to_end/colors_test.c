/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes that each kind of terminal is sent for its colours. */
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "scenario.h"

/* What a terminal understands. */
enum { ANSI = 1 << 0, OF_256 = 1 << 1, SEMICOLONS = 1 << 2, COLONS = 1 << 3 };

/* Digits and what stands between them. */
static size_t parameters(const char *at, const char *end)
{
    size_t length = 0;
    while (at + length < end && strchr("0123456789;:", at[length]))
        length++;
    return length;
}

/* Which ways to say a foreground the program has used. */
static unsigned colors_said(struct terminal *terminal)
{
    size_t length;
    unsigned said = 0;
    const char *at = terminal_output(terminal, &length), *end = at + length;
    while ((at = memmem(at, (size_t)(end - at), "\x1b[", 2))) {
        size_t count = parameters(at += 2, end);
        if (at + count == end || at[count] != 'm')
            continue;
        if (count >= 5 && memcmp(at, "38;5;", 5) == 0)
            said |= OF_256;
        else if (count >= 5 && memcmp(at, "38;2;", 5) == 0)
            said |= SEMICOLONS;
        else if (count >= 5 && memcmp(at, "38:2:", 5) == 0)
            said |= COLONS;
        else if ((count == 2 && at[0] == '3' && at[1] <= '7') ||
                 (count == 2 && at[0] == '9' && at[1] <= '7'))
            said |= ANSI;
    }
    return said;
}

static unsigned said_with(const char *type, const char *more, const char *option)
{
    struct terminal_options options = {
        .folder = SOURCE_DIR, .environment = (const char *[]){type, more, NULL}, .fail = fail_test};
    struct terminal *terminal = terminal_start(
        &options, (const char *[]){CALSCOPE, "hardware_registry", "--color=auto", option, NULL});
    terminal_wait_idle(terminal);
    terminal_press(terminal, "j Enter j j j");
    unsigned said = colors_said(terminal);
    if (!terminal_find(terminal, "conv2d_batchnorm", NULL, NULL)) {
        terminal_print(terminal, stderr);
        fail_msg("%s: the screen is not drawn", type);
    }
    terminal_stop(terminal);
    return said;
}

/*
 * Descriptions that not every system has, made as it makes its own: one that numbers its colours in
 * red, green and blue, and one that says so with the flag that tmux uses.
 */
static char *make_descriptions(void)
{
    static const char source[] =
        "xterm-direct|xterm with direct colours,\n"
        "\tRGB, colors#0x1000000, pairs#0x7FFF,\n"
        "\tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38\\:2\\:\\:%p1%{65536}%/%d\\:%p1%{256}%/%{255}%&%d"
        "\\:%p1%{255}%&%d%;m,\n"
        "\tuse=xterm-256color,\n"
        "xterm-tc|xterm that says it takes direct colours,\n"
        "\tTc, use=xterm-256color,\n";
    char *folder = folder_make();
    char path[256], command[600];
    snprintf(path, sizeof path, "%s/source", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(source, file);
    assert_int_equal(fclose(file), 0);
    snprintf(command, sizeof command, "tic -x -o %s %s", folder, path);
    assert_int_equal(system(command), 0);
    return folder;
}

static void test_every_terminal_gets_the_colours_it_has(void **state)
{
    (void)state;
    static const struct {
        const char *type, *more;
        unsigned said;
    } cases[] = {
        {"TERM=xterm-256color", NULL, OF_256},
        {"TERM=xterm-256color", "COLORTERM=truecolor", SEMICOLONS},
        {"TERM=xterm-256color", "COLORTERM=24bit", SEMICOLONS},
        {"TERM=xterm-256color", "COLORTERM=yes", OF_256},
        {"TERM=screen", NULL, ANSI},
        {"TERM=screen-256color", NULL, OF_256},
        {"TERM=screen-256color", "COLORTERM=truecolor", OF_256}, /* inherited; screen has none */
        {"TERM=tmux", NULL, ANSI},
        {"TERM=tmux-256color", NULL, OF_256},
        {"TERM=tmux-256color", "COLORTERM=truecolor", SEMICOLONS},
        {"TERM=linux", NULL, ANSI},
        {"TERM=linux", "COLORTERM=truecolor", ANSI},
        {"TERM=vt100", NULL, 0},
        {"TERM=vt220", "COLORTERM=truecolor", 0},
        {"TERM=xterm-256color", "NO_COLOR=1", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned said = said_with(cases[i].type, cases[i].more, NULL);
        if (said != cases[i].said)
            fail_msg("%s %s: %x and not %x", cases[i].type, cases[i].more ? cases[i].more : "",
                     said, cases[i].said);
    }
}

static void test_a_terminal_whose_description_says_so_gets_direct_colours(void **state)
{
    (void)state;
    char *folder = make_descriptions(), where[280];
    snprintf(where, sizeof where, "TERMINFO=%s", folder);
    assert_int_equal(said_with("TERM=xterm-direct", where, NULL), COLONS);
    assert_int_equal(said_with("TERM=xterm-tc", where, NULL), SEMICOLONS);
    folder_remove(folder);
    free(folder);
}

static void test_a_theme_without_colours_sends_none(void **state)
{
    (void)state;
    assert_int_equal(said_with("TERM=xterm-256color", NULL, "--theme=mono"), 0);
    assert_int_equal(said_with("TERM=xterm-256color", NULL, "--theme=dark"), OF_256);
    assert_int_equal(said_with("TERM=xterm-256color", "NO_COLOR=1", "--theme=dark"), 0);
}

static uint32_t color_of_title(struct terminal *terminal)
{
    int row, column;
    assert_true(terminal_find(terminal, "DEVICE", &row, &column));
    return terminal_cell(terminal, row, column).foreground;
}

/* Also what did not change is sent once more. */
static void test_a_theme_that_is_set_is_seen_at_once(void **state)
{
    (void)state;
    struct terminal_options options = {.folder = SOURCE_DIR, .fail = fail_test};
    struct terminal *terminal =
        terminal_start(&options, (const char *[]){CALSCOPE, "hardware_registry", NULL});
    terminal_wait_idle(terminal);
    terminal_type(terminal, ":set theme dark");
    terminal_press(terminal, "Enter");
    assert_int_equal(color_of_title(terminal), 0xffffff);
    terminal_type(terminal, ":set theme light");
    terminal_press(terminal, "Enter");
    assert_int_equal(color_of_title(terminal), 0x000000);
    terminal_stop(terminal);
}

static void test_a_theme_that_there_is_not_is_refused(void **state)
{
    (void)state;
    struct terminal_options options = {.folder = SOURCE_DIR, .fail = fail_test};
    struct terminal *terminal = terminal_start(
        &options, (const char *[]){CALSCOPE, "hardware_registry", "--theme=pink", NULL});
    assert_int_equal(terminal_wait_exit(terminal), 2);
    terminal_stop(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_terminal_gets_the_colours_it_has),
        cmocka_unit_test(test_a_terminal_whose_description_says_so_gets_direct_colours),
        cmocka_unit_test(test_a_theme_without_colours_sends_none),
        cmocka_unit_test(test_a_theme_that_is_set_is_seen_at_once),
        cmocka_unit_test(test_a_theme_that_there_is_not_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
