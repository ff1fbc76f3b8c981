/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts below a comparison: whatever they hold, all of it can be read on a small screen. */
#include "explorer.h"
#include "ui/view/compare_text.h"

/* Gives a device's notes another text. */
static void write_notes(const struct fixture *fixture, const char *id, const char *notes)
{
    char *command = memory_print("sed -i 's/^  \"notes\": .*/  \"notes\": \"%s\"/' "
                                 "%%s/%s/efficiency_curves.json",
                                 notes, id);
    shell(command, fixture->root);
    free(command);
}

static struct app *summary_at(struct fixture *fixture, int rows, int columns)
{
    fixture->app.rows = rows;
    fixture->app.columns = columns;
    type(&fixture->app, "gmGc\t\t\t");
    return &fixture->app;
}

static bool shows(const struct app *app, const char *text)
{
    char *shown = screen(app, app->rows, app->columns);
    bool found = strstr(shown, text) != NULL;
    free(shown);
    return found;
}

/* Row by row from the beginning to the end. */
static bool is_reached(struct app *app, const char *text)
{
    size_t last = SIZE_MAX;
    for (type(app, "g"); app->compare.top != last; type(app, "j")) {
        if (shows(app, text))
            return true;
        last = app->compare.top;
    }
    return false;
}

static void test_long_notes_of_both_sides_are_read_to_their_end(void **state)
{
    struct fixture *fixture = *state;
    static const char words[] = "measured again and again until the fans of it had calmed down, ";
    char *a = memory_print("%s%s%s the-end-of-A", words, words, words);
    char *b = memory_print("%s%s%s the-end-of-B", words, words, words);
    write_notes(fixture, "cpu/i7-12700K", a);
    write_notes(fixture, "gpu/jetson_orin_agx", b);
    struct app *app = summary_at(fixture, 24, 80);
    assert_true(is_reached(app, "the-end-of-A"));
    assert_true(is_reached(app, "the-end-of-B"));
    assert_true(shows(app, "B measured again"));
    free(a);
    free(b);
}

static void test_a_word_wider_than_the_screen_is_read_in_pieces(void **state)
{
    struct fixture *fixture = *state;
    char word[301];
    for (size_t i = 0; i < 300; i++)
        word[i] = (char)('a' + i / 12);
    word[300] = '\0';
    write_notes(fixture, "gpu/jetson_orin_agx", word);
    struct app *app = summary_at(fixture, 24, 80);
    assert_true(is_reached(app, "B aaaa"));
    assert_true(is_reached(app, "yyyyyyyyyyyy"));
}

static void test_the_last_page_is_full_and_the_status_line_says_where_one_is(void **state)
{
    struct app *app = summary_at(*state, 24, 80);
    char *first = memory_print("lines 1-9 of %d, j k scroll", compare_text_rows(app));
    char *last = memory_print("lines %d-%d of %d", compare_text_rows(app) - 8,
                              compare_text_rows(app), compare_text_rows(app));
    assert_true(shows(app, first));
    type(app, "GGjj");
    assert_true(shows(app, last));
    type(app, "k");
    assert_false(shows(app, last));
    free(first);
    free(last);
}

static void test_a_search_goes_to_what_is_out_of_sight(void **state)
{
    struct app *app = summary_at(*state, 24, 80);
    assert_false(shows(app, "B 2026"));
    type(app, "/calibration_d\r");
    type(app, "n");
    assert_true(shows(app, "B 2026"));
}

static void test_a_taller_screen_leaves_no_blank_rows_behind_the_end(void **state)
{
    struct app *app = summary_at(*state, 24, 80);
    type(app, "G");
    app->rows = 60;
    assert_true(shows(app, "9 operations: "));
}

static void test_the_changes_of_a_curve_are_read_to_the_last(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 24;
    app->columns = 60;
    type(app, "j\rjjjmjc\t\t");
    assert_true(is_reached(app, "(efficiency x decades)"));
    assert_true(is_reached(app, "conservative")); /* in the notes, past their cut */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_long_notes_of_both_sides_are_read_to_their_end),
        TEST(test_a_word_wider_than_the_screen_is_read_in_pieces),
        TEST(test_the_last_page_is_full_and_the_status_line_says_where_one_is),
        TEST(test_a_search_goes_to_what_is_out_of_sight),
        TEST(test_a_taller_screen_leaves_no_blank_rows_behind_the_end),
        TEST(test_the_changes_of_a_curve_are_read_to_the_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
