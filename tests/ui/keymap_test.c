/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys that the user changed: what they do, what is shown of them, what cannot be taken away. */
#include "explorer.h"

static enum status map(struct fixture *fixture, const char *view, const char *key,
                       const char *action, struct error *error)
{
    return keymap_map(&fixture->app.keymap, view, key, action, error);
}

static void assert_keys(const struct fixture *fixture, enum view_id view, enum action action,
                        const char *expected)
{
    struct buffer keys = {0};
    keymap_append_keys(&fixture->app.keymap, view, action, &keys);
    assert_string_equal(buffer_string(&keys), expected);
    buffer_done(&keys);
}

static void test_without_changes_every_key_does_what_the_table_says(void **state)
{
    struct fixture *fixture = *state;
    size_t count;
    const struct action_entry *table = action_table(&count);
    for (size_t i = 0; i < count; i++)
        for (unsigned view = 1; view & VIEW_ALL; view <<= 1)
            if (table[i].views & view)
                assert_keys(fixture, (enum view_id)view, table[i].action, table[i].keys);
}

static void test_a_mapped_key_does_its_action_in_its_view_alone(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    assert_int_equal(map(fixture, "list", "x", "open", NULL), STATUS_OK);
    type(app, "x");
    assert_ptr_equal(app_view(app), &view_curves);
    type(app, "x");
    assert_shows(app, "x does nothing here; ? shows the keys");
    assert_keys(fixture, VIEW_BROWSE, ACTION_OPEN, "x Enter l Right"); /* the user's first */
    type(app, "\x1b");
    assert_shows(app, "x open");
    type(app, "?");
    assert_shows(app, "x Enter l Right    Open the calibration");
}

static void test_a_key_taken_from_its_action_is_shown_there_no_more(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    assert_int_equal(map(fixture, "tune", "K", "move-down", NULL), STATUS_OK);
    assert_keys(fixture, VIEW_TUNE, ACTION_MOVE_FAR_UP, "S-Up");
    assert_keys(fixture, VIEW_TUNE, ACTION_MOVE_DOWN, "K j Down");
    type(app, "j\r\r");
    assert_shows(app, "hjkl move"); /* all four are as they were */
    assert_int_equal(map(fixture, "tune", "k", "move-far-down", NULL), STATUS_OK);
    assert_shows_not(app, "hjkl move");
    assert_shows(app, "h move");
}

static void test_of_two_changes_the_later_one_holds(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(map(fixture, "all", "^Q", "quit", NULL), STATUS_OK);
    assert_int_equal(map(fixture, "all", "^q", "help", NULL), STATUS_OK);
    assert_keys(fixture, VIEW_TUNE, ACTION_QUIT, "q ^C F10");
    assert_keys(fixture, VIEW_TUNE, ACTION_HELP, "^Q ? F1");
    assert_int_equal(keymap_unmap(&fixture->app.keymap, "tune", "^Q", NULL), STATUS_OK);
    assert_keys(fixture, VIEW_TUNE, ACTION_HELP, "? F1");
    assert_keys(fixture, VIEW_FIT, ACTION_HELP, "^Q ? F1");
}

static void test_no_view_loses_its_last_key_for_quitting_help_or_the_way_back(void **state)
{
    struct fixture *fixture = *state;
    struct keymap *keymap = &fixture->app.keymap;
    struct error error;
    assert_int_equal(keymap_unmap(keymap, "all", "q", NULL), STATUS_OK); /* ^C is left */
    assert_int_equal(keymap_unmap(keymap, "list", "^C", &error), STATUS_REFUSED);
    assert_string_equal(error.message, "That would leave no key for quit in: list; map one first");
    assert_int_equal(map(fixture, "all", "?", "down", &error), STATUS_REFUSED);
    assert_int_equal(keymap_unmap(keymap, "tune", "Esc", NULL), STATUS_OK);
    assert_int_equal(map(fixture, "tune", "Backspace", "delete", &error), STATUS_REFUSED);
    assert_keys(fixture, VIEW_TUNE, ACTION_BACK, "Backspace"); /* refused is as if never asked */
    assert_int_equal(map(fixture, "tune", "b", "back", NULL), STATUS_OK);
    assert_int_equal(map(fixture, "tune", "Backspace", "delete", &error), STATUS_OK);
}

static void test_what_makes_no_sense_is_refused_with_what_would(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *view, *key, *action, *message;
    } wrong[] = {
        {"lists", "x", "open", "There is no view \"lists\"; there are all, list, curves, refit"},
        {"list", "F99", "open", "There is no key \"F99\"; keys are written K, ^R, Space"},
        {"list", "x", "opens", "There is no action \"opens\""},
        {"list", "x", "snap", "snap does not work there; it works in: tune"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error error;
        assert_int_equal(map(fixture, wrong[i].view, wrong[i].key, wrong[i].action, &error),
                         STATUS_REFUSED);
        if (!strstr(error.message, wrong[i].message))
            fail_msg("%s", error.message);
    }
    struct error error;
    assert_int_equal(keymap_unmap(&fixture->app.keymap, "tune", "#", &error), STATUS_REFUSED);
    assert_string_equal(error.message, "# does nothing there");
}

/* A terminal sends Tab for ^I: as they are one key, they are one key here. */
static void test_control_keys_that_are_other_keys_are_those(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(map(fixture, "list", "^I", "mark", NULL), STATUS_OK);
    assert_keys(fixture, VIEW_BROWSE, ACTION_MARK, "Tab m");
    type(&fixture->app, "\t");
    assert_int_equal(fixture->app.mark_count, 1);
}

/* What a sentence says to press is what would do it, under other keys too. */
static void test_messages_and_hints_name_the_key_that_holds(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    assert_int_equal(map(fixture, "all", "a", "mark", NULL), STATUS_OK);
    assert_int_equal(map(fixture, "all", "e", "undo", NULL), STATUS_OK);
    assert_int_equal(map(fixture, "list", "g", "clear", NULL), STATUS_OK);
    type(app, "/cpu\r");
    assert_shows(app, "1 fit `cpu` (g clears)");
    type(app, "g");
    assert_shows_not(app, "clears)");
    type(app, "c");
    assert_shows(app, "First press a on the calibration to compare with");
    type(app, "a");
    assert_shows(app, "; c compares it with the selected one");
    type(app, "a\r\r");
    type(app, "T"); /* tune cannot mark: the key is the list's */
    assert_shows(app, "First press a on the calibration, or on the curve, to take over");
    type(app, "k");
    app_key(app, TERM_KEY_ESCAPE);
    type(app, "\r");
    assert_shows(app, "Changed: e undoes, w shows what a save would write");
    type(app, "e");
    assert_shows_not(app, "Changed:");
}

/* Where keys lead with these mapped; the sentence there names them. */
static void test_sentences_of_every_view_name_mapped_keys(void **state)
{
    static const struct {
        const char *view, *map, *keys, *sentence;
    } sentences[] = {
        {"list", "&=sort-invert", ">", "; & reverses the order"},
        {"matrix", "&=go", "Mlllll", ". &: gpu"},
        {"tour", "&=back", "T", "& goes to the list; T there shows this again"},
        {"list", "&=tour", "T", "Esc goes to the list; & there shows this again"},
        {"list", "&=open", "T", "has every calibration of a registry; & shows its curves."},
        {"curves", "&=cursor-left !=cursor-right", "T", "in every list; & and ! walk along"},
        {"save", "&=write", "T", "shown as a diff first, & there writes it"},
        {"list", "&=filter !=matrix", "T", "&       show only what contains"},
        {"help", "&=back", "?", "Keys of where you came from; &: back"},
        {"list", "&=compare", "m\r", "; c compares it with this calibration"},
        {"curves", "&=compare", "m\r", "; & compares it with this calibration"},
        {"curves", "&=zoom-in", "\r[", "All of the plot is shown; & zooms in"},
        {"curves", "&=whole", "\r,", "The data points fill the plot; & shows all of it"},
        {"figures", "&=explain !=back", "\ri", "the selected point; & or !: back"},
        {"refit", "&=down !=up", "\rfi", "& !: another fit; i or Esc: back to the plot"},
        {"refit", "&=down", "\rf\t\tgK", "The current curve was not fitted here: & selects"},
        {"refit", "&=point-left !=point-right", "\rfb", "Robust: & ! show what is left"},
        {"refit", "&=point-left !=point-right", "\rf\t\t", "Influence: & ! select a point"},
        {"tune", "&=move-left !=move-far-up", "\r\r",
         "As in the file. & j k l move the breakpoint, H J ! L in coarse steps"},
        {"save", "&=note", "\r\rKw", "Nothing is written yet. & adds a note on why."},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        struct app *app = &fixture->app;
        char maps[64], *rest;
        snprintf(maps, sizeof maps, "%s", sentences[i].map);
        for (char *map = strtok_r(maps, " ", &rest); map; map = strtok_r(NULL, " ", &rest)) {
            const char key[] = {map[0], '\0'};
            assert_int_equal(keymap_map(&app->keymap, sentences[i].view, key, map + 2, NULL),
                             STATUS_OK);
        }
        app->rows = 40, app->columns = 120;
        type(app, "j");
        for (const char *key = sentences[i].keys; *key; key++) {
            type(app, (const char[]){*key, '\0'});
            while (app_work(app)) /* the matrix reads files */
                ;
        }
        assert_shows(app, sentences[i].sentence);
        app_done(app);
        start(fixture);
    }
}

static void test_pages_of_figures_name_mapped_keys(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    assert_int_equal(keymap_map(&app->keymap, "refit", "&", "page-down", NULL), STATUS_OK);
    app->rows = 16, app->columns = 80;
    type(app, "j\rfi");
    char *shown = screen(app, 16, 80);
    assert_non_null(strstr(shown, "; PageUp and & show the others"));
    free(shown);
}

static void test_a_screen_that_is_too_small_names_the_key_to_quit_with(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    assert_int_equal(keymap_map(&app->keymap, "list", "&", "quit", NULL), STATUS_OK);
    char *shown = screen(app, 4, 18);
    assert_non_null(strstr(shown, "& quits"));
    free(shown);
}

static void test_what_no_key_does_is_named_as_a_command(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    assert_int_equal(keymap_unmap(&app->keymap, "list", "m", NULL), STATUS_OK);
    type(app, "c");
    assert_shows(app, "First press :mark on the calibration to compare with");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(test_without_changes_every_key_does_what_the_table_says),
        TEST(test_a_mapped_key_does_its_action_in_its_view_alone),
        TEST(test_a_key_taken_from_its_action_is_shown_there_no_more),
        TEST(test_of_two_changes_the_later_one_holds),
        TEST(test_no_view_loses_its_last_key_for_quitting_help_or_the_way_back),
        TEST(test_what_makes_no_sense_is_refused_with_what_would),
        TEST(test_control_keys_that_are_other_keys_are_those),
        TEST(test_messages_and_hints_name_the_key_that_holds),
        TEST(test_sentences_of_every_view_name_mapped_keys),
        TEST(test_pages_of_figures_name_mapped_keys),
        TEST(test_a_screen_that_is_too_small_names_the_key_to_quit_with),
        TEST(test_what_no_key_does_is_named_as_a_command),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
