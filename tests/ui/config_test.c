/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Configuration files: what they set, and what is said of lines that are wrong. */
#include "explorer.h"
#include "ui/command/config.h"

/* Starts the explorer anew with a configuration of this text; the caller frees its path. */
static char *restart_with(struct fixture *fixture, const char *text)
{
    char *path = memory_print("%s/config", fixture->folder);
    assert_int_equal(file_replace(path, NULL, 0, text, strlen(text), NULL), STATUS_OK);
    app_done(&fixture->app);
    fixture->options.config = path;
    start(fixture);
    return path;
}

static void test_settings_hold_from_the_start(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path =
        restart_with(fixture, "# mine\n\n  set axis linear\r\nmap list x open\nset bars none");
    assert_false(app->log_y);
    assert_int_equal(app->bars, SCENE_BARS_NONE); /* also without a newline at the end */
    assert_shows(app, "2 calibrations");          /* nothing is said where all is well */
    type(app, "x");
    assert_ptr_equal(app_view(app), &view_curves);
    free(path);
}

static void test_a_wrong_line_is_named_and_the_others_hold(void **state)
{
    struct fixture *fixture = *state;
    char *path = restart_with(fixture, "set axis linear\nset axis round\nset bars none\n");
    char *message = memory_print("%s:2: axis is one of linear, log, not \"round\"", path);
    assert_shows(&fixture->app, message);
    assert_false(fixture->app.log_y);
    assert_int_equal(fixture->app.bars, SCENE_BARS_NONE);
    free(message);
    free(path);
}

static void test_settings_may_come_through_a_pipe_which_names_more_files(void **state)
{
    struct fixture *fixture = *state;
    int ends[2];
    char name[32];
    char *more = memory_print("%s/more", fixture->folder);
    char *text = memory_print("set bars none\nsource %s\n", more);
    assert_int_equal(file_replace(more, NULL, 0, "set axis linear\n", 16, NULL), STATUS_OK);
    assert_int_equal(pipe(ends), 0);
    snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
    assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
    close(ends[1]);
    app_done(&fixture->app);
    fixture->options.config = name;
    start(fixture);
    close(ends[0]);
    assert_int_equal(fixture->app.bars, SCENE_BARS_NONE);
    assert_false(fixture->app.log_y);
    assert_shows(&fixture->app, "2 calibrations"); /* nothing is said */
    free(text);
    free(more);
}

static void test_the_null_device_is_a_configuration_without_settings(void **state)
{
    struct fixture *fixture = *state;
    app_done(&fixture->app);
    fixture->options.config = "/dev/null";
    start(fixture);
    assert_shows(&fixture->app, "2 calibrations");
}

static void test_a_nul_byte_hides_no_line_behind_it(void **state)
{
    struct fixture *fixture = *state;
    static const char text[] = "# fine\n\0\nset axis linear\n";
    char *path = memory_print("%s/config", fixture->folder);
    assert_int_equal(file_replace(path, NULL, 0, text, sizeof text - 1, NULL), STATUS_OK);
    app_done(&fixture->app);
    fixture->options.config = path;
    start(fixture);
    char *place = memory_print("%s:2: ", path);
    assert_shows(&fixture->app, place);
    assert_false(fixture->app.log_y);
    free(place);
    free(path);
}

static void test_of_several_wrong_lines_the_first_is_named_and_the_rest_counted(void **state)
{
    struct fixture *fixture = *state;
    char *path =
        restart_with(fixture, "open gpu/jetson_orin_agx\nfrobnicate\nset\xff\x1b[31m\nmap a\n");
    assert_shows(&fixture->app,
                 "config:1: \"open\" is no setting; expected set, map, unmap or source "
                 "(and 3 more");
    assert_ptr_equal(app_view(&fixture->app), &view_browse);
    free(path);
}

static void test_one_more_wrong_line_is_one(void **state)
{
    struct fixture *fixture = *state;
    char *path = restart_with(fixture, "frobnicate\nmap a\n");
    assert_non_null(
        strstr(fixture->app.message, "(and 1 more line is wrong; :messages lists them)"));
    free(path);
}

static void test_every_wrong_line_can_be_read_in_the_messages(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = restart_with(fixture, "frobnicate\nset bars none\nset axis round\nmap a\n");
    assert_non_null(strstr(app->message, "(and 2 more lines are wrong; :messages lists them)"));
    type(app, ":messages\r");
    assert_shows(app, "config:1: \"frobnicate\" is no setting");
    assert_shows(app, "config:3: axis is one of linear, log, not \"round\"");
    assert_shows(app, "config:4: map takes a view, a key and an action");
    type(app, ":messages\r\x1b"); /* once more is no other view */
    assert_ptr_equal(app_view(app), &view_browse);
    type(app, ":messages\r/round\r");
    assert_shows_not(app, "is not found");
    size_t count = app->messages.count;
    type(app, "nnn"); /* what a search says is not one more line to find it in */
    assert_int_equal(app->messages.count, count);
    free(path);
}

static void test_messages_are_kept_by_the_hundreds_and_the_last_are_shown(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    for (int i = 0; i < 2 * MESSAGES_MAX; i++) {
        app_say(app, ROLE_WARNING, "message number %d of a run that goes on and on", i);
        app_key(app, TERM_KEY_UNKNOWN);
    }
    app->rows = 24;
    app->columns = 80;
    type(app, ":messages\r");
    assert_int_equal(app->messages.count, MESSAGES_MAX);
    char *shown = screen(app, 24, 80);
    assert_non_null(strstr(shown, "message number 399 "));
    assert_null(strstr(shown, "message number 378 "));
    free(shown);
    type(app, "g");
    assert_shows(app, "message number 200 ");
    type(app, "G");
    shown = screen(app, 24, 80);
    assert_non_null(strstr(shown, "message number 399 "));
    free(shown);
}

static void test_a_key_is_listed_once_however_often_it_was_mapped(void **state)
{
    struct fixture *fixture = *state;
    char *path = restart_with(
        fixture, "map list z quit\nmap list z open\nmap list z quit\nmap list z open\n");
    type(&fixture->app, ":map\r");
    assert_string_equal(fixture->app.message, "list z open");
    free(path);
}

static void test_no_word_is_cut(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app,
         ":map list z abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij!\r");
    assert_shows(app,
                 "\"abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij!\"");
}

static void test_a_map_that_locks_the_user_in_is_refused(void **state)
{
    struct fixture *fixture = *state;
    char *path = restart_with(fixture, "unmap all q\nunmap all ^C\n");
    assert_shows(&fixture->app, "config:2: That would leave no key for quit in: list");
    app_key(&fixture->app, 3); /* ^C */
    assert_true(fixture->app.quit);
    free(path);
}

static void test_a_function_key_is_not_enough_to_quit_with(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path =
        restart_with(fixture, "unmap all q\nunmap all ^C\nunmap all F10\nmap list F2 open\n");
    assert_shows(app, "config:2: That would leave no key for quit in: list");
    app_key(app, TERM_KEY_F1 + 9); /* the third line holds */
    assert_false(app->quit);
    app_key(app, TERM_KEY_F1 + 1);
    assert_ptr_equal(app_view(app), &view_curves);
    free(path);
}

static void test_a_missing_file_says_nothing_and_one_that_cannot_be_read_does(void **state)
{
    struct fixture *fixture = *state;
    app_done(&fixture->app);
    fixture->options.config = "/no/such/config";
    start(fixture);
    assert_shows(&fixture->app, "2 calibrations");
    app_done(&fixture->app);
    fixture->options.config = fixture->folder;
    start(fixture);
    assert_shows(&fixture->app, "a folder, not a regular file");
}

static void test_files_that_source_one_another_end(void **state)
{
    struct fixture *fixture = *state;
    char *text = memory_print("set bars none\nsource %s/config\n", fixture->folder);
    char *path = restart_with(fixture, text);
    assert_shows(&fixture->app, "files name one another in a circle");
    assert_int_equal(fixture->app.bars, SCENE_BARS_NONE);
    free(text);
    free(path);
}

/* Writes NAME into the fixture's folder. */
static void write_named(const struct fixture *fixture, const char *name, const char *text)
{
    char *path = memory_print("%s/%s", fixture->folder, name);
    assert_int_equal(file_replace(path, NULL, 0, text, strlen(text), NULL), STATUS_OK);
    free(path);
}

static void test_wrong_lines_of_files_that_are_sourced_are_counted_once(void **state)
{
    struct fixture *fixture = *state;
    write_named(fixture, "more", "set bars none\nfoo\nbar\n");
    char *text = memory_print("source %s/more\nset axis round\n", fixture->folder);
    char *path = restart_with(fixture, text);
    assert_shows(&fixture->app, "/more:2: \"foo\" is no setting;");
    assert_non_null(
        strstr(fixture->app.message, "(and 2 more lines are wrong; :messages lists them)"));
    free(path);
    free(text);
    text = memory_print("set axis round\nsource %s/more\n", fixture->folder);
    path = restart_with(fixture, text);
    assert_shows(&fixture->app, "config:1: axis is one of");
    assert_non_null(
        strstr(fixture->app.message, "(and 2 more lines are wrong; :messages lists them)"));
    free(path);
    free(text);
}

static void test_files_deep_in_one_another_are_no_circle(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 1; i < 9; i++) {
        char *name = memory_print("deep%d", i),
             *text = memory_print("source %s/deep%d\n", fixture->folder, i + 1);
        write_named(fixture, name, text);
        free(name);
        free(text);
    }
    write_named(fixture, "deep9", "set bars none\n");
    char *text = memory_print("source %s/deep3\nset axis linear\n", fixture->folder);
    char *path = restart_with(fixture, text); /* and seven more: eight */
    assert_int_equal(fixture->app.bars, SCENE_BARS_NONE);
    free(path);
    free(text);
    text = memory_print("source %s/deep2\nset axis linear\n", fixture->folder);
    path = restart_with(fixture, text);
    assert_shows(&fixture->app, "/deep9: files name one another 8 deep, no deeper");
    assert_false(fixture->app.log_y); /* the rest holds */
    free(path);
    free(text);
}

static void test_the_same_commands_work_in_the_program(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = memory_print("%s/more", fixture->folder);
    assert_int_equal(file_create(path, "map list z open\n", 16, NULL), STATUS_OK);
    char *line = memory_print(":source %s\r", path);
    type(app, line);
    type(app, ":map list Z qu\t\r");
    type(app, ":map\r");
    assert_shows(app, "list z open   list Z quit");
    type(app, ":unmap list Z\r");
    type(app, ":map\r");
    assert_shows(app, "list z open   list Z does nothing");
    type(app, ":map tune K\r");
    assert_shows(app, "map takes a view, a key and an action, such as: map tune K move-far-up");
    type(app, "\x1b:source /no/such\r");
    assert_shows(app, "/no/such: cannot open");
    type(app, "\x1bz");
    assert_ptr_equal(app_view(app), &view_curves);
    free(path);
    free(line);
}

/* Any bytes are wrong lines or none, and the program starts. */
static void test_no_bytes_in_a_file_keep_the_program_from_starting(void **state)
{
    struct fixture *fixture = *state;
    unsigned seed = 1;
    for (int round = 0; round < 200; round++) {
        static const char *const words[] = {"set",  " ",  "map", "unmap ", "all ", "list",
                                            "q",    "^C", "\n",  "source", "\xff", "theme",
                                            "quit", "#",  "\n",  "="};
        struct buffer text = {0};
        for (int i = 0; i < 40; i++) {
            seed = seed * 1103515245u + 12345u;
            buffer_append_string(&text, words[(seed >> 16) % (sizeof words / sizeof *words)]);
        }
        free(restart_with(fixture, text.bytes));
        fixture->options.config = NULL;
        char *shown = screen(&fixture->app, 24, 80);
        assert_non_null(strstr(shown, "calscope"));
        for (int key = 1; key < 0x7f && !fixture->app.quit; key++) /* some key still quits */
            app_key(&fixture->app, key == '\x1b' ? TERM_KEY_ESCAPE : key);
        assert_true(fixture->app.quit);
        free(shown);
        buffer_done(&text);
    }
}

static void test_help_and_messages_called_from_one_another_come_to_an_end(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    for (int i = 0; i < APP_VIEWS_MAX; i++)
        type(app, "?:messages\r");
    assert_int_equal(app_view(app)->id, VIEW_MESSAGES);
    assert_true(app->view_count <= 4);
    type(app, "\x1b\x1b\x1b");
    assert_int_equal(app_view(app)->id, VIEW_BROWSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(test_settings_hold_from_the_start),
        TEST(test_a_wrong_line_is_named_and_the_others_hold),
        TEST(test_settings_may_come_through_a_pipe_which_names_more_files),
        TEST(test_the_null_device_is_a_configuration_without_settings),
        TEST(test_a_nul_byte_hides_no_line_behind_it),
        TEST(test_of_several_wrong_lines_the_first_is_named_and_the_rest_counted),
        TEST(test_one_more_wrong_line_is_one),
        TEST(test_every_wrong_line_can_be_read_in_the_messages),
        TEST(test_messages_are_kept_by_the_hundreds_and_the_last_are_shown),
        TEST(test_a_key_is_listed_once_however_often_it_was_mapped),
        TEST(test_no_word_is_cut),
        TEST(test_a_map_that_locks_the_user_in_is_refused),
        TEST(test_a_function_key_is_not_enough_to_quit_with),
        TEST(test_a_missing_file_says_nothing_and_one_that_cannot_be_read_does),
        TEST(test_files_that_source_one_another_end),
        TEST(test_wrong_lines_of_files_that_are_sourced_are_counted_once),
        TEST(test_files_deep_in_one_another_are_no_circle),
        TEST(test_the_same_commands_work_in_the_program),
        TEST(test_no_bytes_in_a_file_keep_the_program_from_starting),
        TEST(test_help_and_messages_called_from_one_another_come_to_an_end),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
