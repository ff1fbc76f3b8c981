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

int main(void)
{
#define FRESH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        FRESH(test_a_message_wider_than_its_row_takes_more_rows),
        FRESH(test_a_title_without_room_keeps_its_end),
        FRESH(test_the_figures_at_the_cursor_stay_on_a_small_screen),
        FRESH(test_the_key_that_writes_is_in_the_narrowest_footer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
