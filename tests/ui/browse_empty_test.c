/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first minute: what is said where there is no calibration, and the tour. */
#include <sys/stat.h>

#include "explorer.h"

/* Starts anew on another path; the fixture's own goes back in at the end. */
static void start_on(struct fixture *fixture, const char *path)
{
    app_done(&fixture->app);
    free(fixture->root);
    fixture->root = memory_copy_string(path);
    fixture->options.path = fixture->root;
    start(fixture);
    app_start(&fixture->app);
    app_follow(&fixture->app);
}

static void test_an_empty_folder_says_what_is_expected_and_what_to_press(void **state)
{
    struct fixture *fixture = *state;
    char *path = memory_print("%s/empty", fixture->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    start_on(fixture, path);
    assert_shows(&fixture->app, "No efficiency_curves.json below ");
    assert_shows(&fixture->app, "Found there: nothing, the folder is empty.");
    assert_shows(&fixture->app, "/<device_type>/<hardware_id>/efficiency_curves.json");
    assert_shows(&fixture->app, "q quits; then calscope PATH");
    free(path);
}

static void test_a_calibration_that_appears_ends_the_words_for_an_empty_folder(void **state)
{
    struct fixture *fixture = *state;
    char *path = memory_print("%s/empty", fixture->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    start_on(fixture, path);
    shell("cp -r " SOURCE_DIR "/hardware_registry/cpu %s", path);
    type(&fixture->app, "r");
    while (app_work(&fixture->app))
        ;
    app_follow(&fixture->app);
    assert_shows_not(&fixture->app, "No efficiency_curves.json");
    assert_shows(&fixture->app, "i7-12700K");
    free(path);
}

static void test_a_file_that_is_no_calibration_is_named_by_what_it_is(void **state)
{
    struct fixture *fixture = *state;
    start_on(fixture, SOURCE_DIR "/README.md");
    assert_shows(&fixture->app, "Found there: text that is not JSON. Expected: a calibration");
    assert_shows(&fixture->app, "q quits; then `calscope` alone");
    start_on(fixture, SOURCE_DIR "/screenshots/browse.png");
    assert_shows(&fixture->app, "Found there: a picture (PNG).");
}

static void test_a_broken_calibration_says_how_to_go_on(void **state)
{
    struct fixture *fixture = *state;
    start_on(fixture, FIXTURES "/registry");
    type(&fixture->app, "G");
    assert_shows(&fixture->app, "Mend the file at that place, then r reads again.");
    type(&fixture->app, "\r");
    assert_shows(&fixture->app,
                 "It cannot be opened: line 65:6: the file ends inside the object that");
}

static void test_the_tour_is_offered_until_it_was_seen(void **state)
{
    struct fixture *fixture = *state;
    app_start(&fixture->app);
    assert_shows(&fixture->app, "T shows a tour");
    type(&fixture->app, "T");
    assert_shows(&fixture->app, "Ten keys that matter");
    type(&fixture->app, "\x1b");
    assert_shows_not(&fixture->app, "T shows a tour");
    terminate_and_start(fixture);
    app_start(&fixture->app);
    assert_shows_not(&fixture->app, "T shows a tour");
    type(&fixture->app, "T");
    assert_shows(&fixture->app, "Ten keys that matter"); /* it is there still */
}

static void test_who_has_saved_is_offered_no_tour(void **state)
{
    struct fixture *fixture = *state;
    app_start(&fixture->app);
    type(&fixture->app, "\r\rKw\r\x1b\x1b");
    assert_shows_not(&fixture->app, "T shows a tour");
    terminate_and_start(fixture);
    app_start(&fixture->app);
    assert_shows_not(&fixture->app, "T shows a tour");
}

static void test_a_state_folder_that_cannot_be_made_stops_nothing(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.state_folder = "/proc/nowhere/state";
    terminate_and_start(fixture);
    app_start(&fixture->app);
    assert_shows(&fixture->app, "T shows a tour");
    type(&fixture->app, "T\x1b");
    assert_shows_not(&fixture->app, "T shows a tour"); /* of this run */
    fixture->options.state_folder = NULL;
    terminate_and_start(fixture);
    app_start(&fixture->app);
    assert_shows_not(&fixture->app, "T shows a tour");
}

/* Its first and last lines, and nothing cut. */
static void test_the_tour_is_whole_on_80x24(void **state)
{
    struct fixture *fixture = *state;
    type(&fixture->app, "T");
    char *shown = screen(&fixture->app, 24, 80);
    assert_non_null(strstr(shown, "What the screen shows"));
    assert_non_null(strstr(shown, ":w writes at once."));
    assert_null(strstr(shown, "\u2026"));
    free(shown);
}

/* No key scrolls away what has room; on a small screen the last page is a full one. */
static void test_the_tour_ends_at_its_last_page(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 24;
    app->columns = 80;
    type(app, "TGj");
    assert_int_equal(app->tour_top, 0);
    app->rows = 12;
    type(app, "G");
    char *shown = screen(app, 12, 80);
    assert_non_null(strstr(shown, "undo and redo"));
    assert_non_null(strstr(shown, ":w writes at once."));
    assert_null(strstr(shown, "What the screen shows"));
    free(shown);
}

int main(void)
{
#define FRESH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        FRESH(test_an_empty_folder_says_what_is_expected_and_what_to_press),
        FRESH(test_a_calibration_that_appears_ends_the_words_for_an_empty_folder),
        FRESH(test_a_file_that_is_no_calibration_is_named_by_what_it_is),
        FRESH(test_a_broken_calibration_says_how_to_go_on),
        FRESH(test_the_tour_is_offered_until_it_was_seen),
        FRESH(test_who_has_saved_is_offered_no_tour),
        FRESH(test_a_state_folder_that_cannot_be_made_stops_nothing),
        FRESH(test_the_tour_is_whole_on_80x24),
        FRESH(test_the_tour_ends_at_its_last_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
