/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame around the views on narrow screens: what matters most is what stays. */
#include "explorer.h"

static void assert_shows_at(const struct app *app, int rows, int columns, const char *text)
{
    char *shown = screen(app, rows, columns);
    if (!strstr(shown, text))
        fail_msg("not on the screen: %s\n%s", text, shown);
    free(shown);
}

static void test_a_message_wider_than_its_row_takes_more_rows(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    app_say(app, ROLE_WARNING, "one two three four five six seven eight nine ten eleven twelve");
    assert_shows_at(app, 12, 40,
                    "\n one two three four five six seven\n eight nine ten eleven twelve\n");
    assert_shows_at(app, 12, 80,
                    "one two three four five six seven eight nine ten eleven twelve\n");
    type(app, "j"); /* until the next key */
    char *shown = screen(app, 12, 40);
    assert_null(strstr(shown, "eight nine"));
    free(shown);
}

static void test_a_title_without_room_keeps_its_end(void **state)
{
    struct fixture *fixture = *state;
    type(&fixture->app, "G\rjjj\r");
    assert_shows_at(&fixture->app, 24, 80,
                    " calscope \u203a gpu/jetson_orin_agx \u203a conv2d_batchnorm \u203a tune\n");
    assert_shows_at(&fixture->app, 12, 40, "conv2d_batchnorm \u203a tune\n");
}

static void test_the_figures_at_the_cursor_stay_on_a_small_screen(void **state)
{
    struct fixture *fixture = *state;
    type(&fixture->app, "G\rjjj");
    assert_shows_at(&fixture->app, 12, 40, "316 M FLOPs   efficiency 0.6698");
    assert_shows_at(&fixture->app, 10, 40, "100 M"); /* smaller still, the plot alone */
}

static void test_the_key_that_writes_is_in_the_narrowest_footer(void **state)
{
    struct fixture *fixture = *state;
    type(&fixture->app, "\r\rKw");
    assert_shows_at(&fixture->app, 10, 40, "Enter write ");
}

static void test_text_without_room_ends_behind_a_word(void **state)
{
    (void)state;
    static const struct {
        int columns;
        const char *text, *shown;
    } lines[] = {
        {20, "one two three four", "one two three four\n"},
        {17, "one two three four", "one two three \u2026\n"},
        {14, "one two three four", "one two \u2026\n"},
        {20, "efficiency 0.5   inside it", "efficiency 0.5 \u2026\n"}, /* not "inside" alone */
        {12, "Supercalifragilistic", "Supercalifr\u2026\n"},
        {1, "one two", "\u2026\n"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct canvas canvas;
        struct buffer out = {0};
        canvas_init(&canvas, 1, 30, TEXT_UNICODE);
        app_draw_words(&canvas, (struct rect){0, 0, 1, lines[i].columns}, ROLE_TEXT, lines[i].text);
        canvas_export_text(&canvas, false, &out);
        assert_string_equal(out.bytes, lines[i].shown);
        buffer_done(&out);
        canvas_done(&canvas);
    }
}

/* At every place where it can be scrolled to. */
static void test_help_is_whole_on_narrow_screens(void **state)
{
    static const int widths[] = {40, 59, 60, 80};
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\r\r?");
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        app->rows = 12, app->columns = widths[i];
        type(app, "g");
        for (size_t top = SIZE_MAX; top != app->help_top; type(app, "j")) {
            top = app->help_top;
            char *shown = screen(app, 12, widths[i]);
            assert_null(strstr(strchr(shown, '\n'), "\u2026")); /* the title may be cut */
            free(shown);
        }
        char *shown = screen(app, 12, widths[i]);
        assert_non_null(strstr(shown, ":help [NAME]")); /* it ends with the last */
        free(shown);
    }
}

static void test_figures_stand_above_their_formulas_where_it_is_narrow(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 12, app->columns = 40;
    type(app, "j\ri");
    assert_shows_at(app, 12, 40, "\n    linear in log10 of the size between\n    breakpoints\n");
}

int main(void)
{
#define FRESH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        FRESH(test_a_message_wider_than_its_row_takes_more_rows),
        FRESH(test_a_title_without_room_keeps_its_end),
        FRESH(test_the_figures_at_the_cursor_stay_on_a_small_screen),
        FRESH(test_the_key_that_writes_is_in_the_narrowest_footer),
        FRESH(test_text_without_room_ends_behind_a_word),
        FRESH(test_help_is_whole_on_narrow_screens),
        FRESH(test_figures_stand_above_their_formulas_where_it_is_narrow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
