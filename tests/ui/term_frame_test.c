/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of frames, for a terminal that is told in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "ui/terminal/term_frame.h"

enum { ROWS = 3, COLUMNS = 20 };

static void put(struct buffer *out, const char *capability)
{
    buffer_append_string(out, capability);
}

static const char *fill_in(const char *capability, int first, int second)
{
    static char filled[64];
    snprintf(filled, sizeof filled, "<%s %d %d>", capability, first, second);
    return filled;
}

/* Eight colours, every attribute, nothing but placing to move with. */
static const struct term_language plain_spoken = {
    .plain = "<plain>",
    .own_colors = "<own>",
    .bold = "<bold>",
    .dim = "<dim>",
    .underline = "<underline>",
    .reverse = "<reverse>",
    .color = "color",
    .place = "at",
    .uncolored = -1,
    .colors = true,
    .plain_ends_colors = true,
    .depth = THEME_ANSI,
    .put = put,
    .fill_in = fill_in,
};

struct fixture {
    struct term_frame frame;
    struct canvas canvas;
};

static void start(struct fixture *fixture, const struct term_language *language)
{
    term_frame_init(&fixture->frame, language);
    canvas_init(&fixture->canvas, ROWS, COLUMNS, TEXT_UNICODE);
    assert_false(term_frame_fits(&fixture->frame, &fixture->canvas));
    term_frame_start(&fixture->frame, &fixture->canvas);
    assert_true(term_frame_fits(&fixture->frame, &fixture->canvas));
}

static void done(struct fixture *fixture)
{
    term_frame_done(&fixture->frame);
    canvas_done(&fixture->canvas);
}

/* What the terminal is sent to show the canvas. */
static void assert_sends(struct fixture *fixture, const char *expected)
{
    buffer_truncate(&fixture->frame.bytes, 0);
    term_frame_compose(&fixture->frame, &fixture->canvas);
    buffer_append_string(&fixture->frame.bytes, "");
    assert_string_equal(fixture->frame.bytes.bytes, expected);
}

static void write_text(struct fixture *fixture, int row, int column, enum role role,
                       const char *text)
{
    canvas_text(&fixture->canvas, row, column, COLUMNS - column, role, text);
}

static void test_only_cells_that_differ_are_sent(void **state)
{
    struct fixture fixture;
    (void)state;
    start(&fixture, &plain_spoken);
    assert_sends(&fixture, "");
    write_text(&fixture, 1, 3, ROLE_TEXT, "ab");
    assert_sends(&fixture, "<at 1 3>ab");
    assert_sends(&fixture, "");
    write_text(&fixture, 1, 3, ROLE_TEXT, "aB");
    assert_sends(&fixture, "<at 1 4>B");
    done(&fixture);
}

static void test_everything_is_sent_once_nothing_is_known(void **state)
{
    struct fixture fixture;
    (void)state;
    start(&fixture, &plain_spoken);
    write_text(&fixture, 0, 0, ROLE_TEXT, "a");
    assert_sends(&fixture, "<at 0 0>a");
    term_frame_forget(&fixture.frame);
    assert_false(term_frame_fits(&fixture.frame, &fixture.canvas));
    term_frame_start(&fixture.frame, &fixture.canvas);
    assert_sends(&fixture, "<at 0 0>a");
    done(&fixture);
}

static void test_cursor_takes_short_ways_where_the_terminal_has_them(void **state)
{
    struct term_language language = plain_spoken;
    struct fixture fixture;
    (void)state;
    language.right = "right";
    language.left = "<left>";
    language.down = "<down>";
    start(&fixture, &language);
    write_text(&fixture, 0, 1, ROLE_TEXT, "a");
    write_text(&fixture, 0, 5, ROLE_TEXT, "b");
    write_text(&fixture, 1, 4, ROLE_TEXT, "c");
    write_text(&fixture, 2, 15, ROLE_TEXT, "d");
    assert_sends(&fixture, "<at 0 1>a<right 3 0>b<left><left><down>c<at 2 15>d");
    write_text(&fixture, 0, 1, ROLE_TEXT, "e");
    write_text(&fixture, 0, 5, ROLE_TEXT, "f");
    assert_sends(&fixture, "<at 0 1>e<right 3 0>f");
    done(&fixture);
}

static void test_cell_is_placed_from_one_in_the_words_of_most_terminals(void **state)
{
    struct term_language language = plain_spoken;
    struct fixture fixture;
    (void)state;
    language.place = "\033[%i%p1%d;%p2%dH";
    start(&fixture, &language);
    write_text(&fixture, 1, 4, ROLE_TEXT, "a");
    assert_sends(&fixture, "\033[2;5Ha");
    done(&fixture);
}

static void test_cell_behind_a_wide_character_is_placed_anew(void **state)
{
    struct fixture fixture;
    (void)state;
    start(&fixture, &plain_spoken);
    write_text(&fixture, 0, 1, ROLE_TEXT, "\u4e2da");
    assert_sends(&fixture, "<at 0 1>\u4e2d<at 0 3>a");
    done(&fixture);
}

static void test_last_cell_is_left_where_writing_it_scrolls(void **state)
{
    struct term_language language = plain_spoken;
    struct fixture fixture;
    (void)state;
    language.corner_scrolls = true;
    start(&fixture, &language);
    write_text(&fixture, ROWS - 1, COLUMNS - 2, ROLE_TEXT, "ab");
    assert_sends(&fixture, "<at 2 18>a");
    done(&fixture);
}

/* A theme's style of a role, looked up so that the test does not repeat the themes. */
static enum role role_with(unsigned attributes, bool colored)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        struct theme_style style = theme_style(theme_at(0), (enum role)role, THEME_ANSI);
        if (style.attributes == attributes && (style.color != THEME_OWN) == colored)
            return (enum role)role;
    }
    fail_msg("no role has attributes %u", attributes);
    return ROLE_TEXT;
}

static void test_style_begins_before_its_cells_and_ends_with_the_frame(void **state)
{
    struct fixture fixture;
    (void)state;
    start(&fixture, &plain_spoken);
    write_text(&fixture, 0, 1, role_with(THEME_BOLD, false), "a");
    assert_sends(&fixture, "<at 0 1><bold>a<plain>");
    done(&fixture);
}

static void test_terminal_of_another_family_is_told_to_drop_the_colour(void **state)
{
    struct term_language language = plain_spoken;
    struct fixture fixture;
    char expected[80];
    enum role role = role_with(0, true);
    (void)state;
    language.plain_ends_colors = false;
    start(&fixture, &language);
    write_text(&fixture, 0, 1, role, "a");
    snprintf(expected, sizeof expected, "<at 0 1><color %d 0>a<plain><own>",
             theme_style(theme_at(0), role, THEME_ANSI).color);
    assert_sends(&fixture, expected);
    done(&fixture);
}

/* no_color_video: bits 2, 4, 16 and 32 are underline, reverse, dim and bold. */
static void test_attribute_that_excludes_colours_gives_way(void **state)
{
    struct term_language language = plain_spoken;
    struct fixture fixture;
    char expected[80];
    enum role role = role_with(THEME_BOLD, true);
    (void)state;
    language.uncolored = 32;
    start(&fixture, &language);
    write_text(&fixture, 0, 1, role, "a");
    snprintf(expected, sizeof expected, "<at 0 1><color %d 0>a<plain>",
             theme_style(theme_at(0), role, THEME_ANSI).color);
    assert_sends(&fixture, expected);
    done(&fixture);
}

static void test_colour_is_three_numbers_where_the_terminal_takes_them(void **state)
{
    struct term_language language = plain_spoken;
    struct fixture fixture;
    char expected[80];
    (void)state;
    language.depth = THEME_RGB;
    start(&fixture, &language);
    enum role role = role_with(0, true);
    int color = theme_style(theme_at(0), role, THEME_RGB).color;
    write_text(&fixture, 0, 1, role, "a");
    snprintf(expected, sizeof expected, "<at 0 1>\033[38;2;%d;%d;%dma<plain>", color >> 16,
             color >> 8 & 255, color & 255);
    assert_sends(&fixture, expected);
    done(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_cells_that_differ_are_sent),
        cmocka_unit_test(test_everything_is_sent_once_nothing_is_known),
        cmocka_unit_test(test_cursor_takes_short_ways_where_the_terminal_has_them),
        cmocka_unit_test(test_cell_is_placed_from_one_in_the_words_of_most_terminals),
        cmocka_unit_test(test_cell_behind_a_wide_character_is_placed_anew),
        cmocka_unit_test(test_last_cell_is_left_where_writing_it_scrolls),
        cmocka_unit_test(test_style_begins_before_its_cells_and_ends_with_the_frame),
        cmocka_unit_test(test_terminal_of_another_family_is_told_to_drop_the_colour),
        cmocka_unit_test(test_attribute_that_excludes_colours_gives_way),
        cmocka_unit_test(test_colour_is_three_numbers_where_the_terminal_takes_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
