/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attacks in every string and name, through every view: each cell of each screen is looked at. */
#include <sys/stat.h>

#include "explorer.h"

#include "../hostile.h"

static size_t screens, cells, replaced;

/* Draws at a few sizes and looks at every cell. */
static void check_screens(const struct app *app, const char *attack, const char *keys)
{
    static const int sizes[][2] = {{24, 80}, {50, 200}, {12, 40}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++, screens++) {
        struct canvas canvas;
        canvas_init(&canvas, sizes[i][0], sizes[i][1], TEXT_UNICODE);
        app_draw(app, &canvas);
        for (int at = 0; at < canvas.rows * canvas.columns; at++, cells++) {
            const char *text = canvas.cells[at].text;
            replaced += strcmp(text, "\xEF\xBF\xBD") == 0;
            if (hostile_find(text, strlen(text), false, NULL) < strlen(text))
                fail_msg("%s: after %s a cell shows what is forbidden: %s", attack, keys, text);
        }
        canvas_done(&canvas);
    }
}

/* The attack as a folder's name: without NUL and slashes, and with bytes that are not UTF-8. */
static char *make_device(const struct fixture *fixture, const struct hostile_text *attack,
                         const char *json, size_t length)
{
    char *name = memory_print("%s\x9B\xFF", attack->bytes);
    for (char *at = name; *at; at++)
        if (*at == '/')
            *at = '_';
    char *folder = memory_print("%s/%s", fixture->root, name);
    char *file = memory_print("%s/efficiency_curves.json", folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(file_replace(file, NULL, 0, json, length, NULL), STATUS_OK);
    free(name);
    free(file);
    return folder;
}

static void restart(struct fixture *fixture)
{
    app_done(&fixture->app);
    start(fixture);
}

/* Every view, every detail of it, prompts, a refused value, the save and its note. */
static void walk(struct app *app, const char *attack)
{
    static const char *const ways[] = {
        "gg",   "\r",   "jj",   "a",    "v", "jjj", "\x1b", "f",      "jj",   "X",    "\x1b",
        "\r",   "=",    "\x1b", "*2\r", "K", "w",   "jj",   "nwhy\r", "\x1b", "?",    "\x1b",
        "\x1b", "\x1b", "m",    "G",    "c", "\t",  "\t",   "\t",     "x",    "\x1b", "/",
        "a",    "\x1b", "w",    "M",    "n", "jl",  "\t",   "jl",     "?",    "\x1b", "\x1b"};
    check_screens(app, attack, "the start");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        type(app, ways[i]);
        while (app_work(app))
            ;
        check_screens(app, attack, ways[i]);
    }
    assert_ptr_equal(app_view(app), &view_browse); /* it went where it was meant to */
}

static void test_no_attack_in_a_file_or_a_name_reaches_a_cell(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < HOSTILE_TEXT_COUNT; i++) {
        const struct hostile_text *attack = &hostile_texts[i];
        struct buffer json = {0};
        hostile_calibration(hostile_everywhere, attack->bytes, attack->length, &json);
        char *folder = make_device(fixture, attack, json.bytes, json.length);
        restart(fixture);
        walk(&fixture->app, attack->name);
        for (size_t down = 0; down < 3; down++) { /* wherever in the list it stands */
            type(&fixture->app, "\x1b\x1b\x1bj\r");
            check_screens(&fixture->app, attack->name, "down");
        }
        app_done(&fixture->app);
        shell("rm -r %s/*/efficiency_curves.json", fixture->root);
        shell("cp -r " SOURCE_DIR "/hardware_registry %s/..", fixture->root);
        assert_int_equal(rmdir(folder), 0);
        start(fixture);
        buffer_done(&json);
        free(folder);
    }
    assert_true(replaced > 10 * HOSTILE_TEXT_COUNT); /* they were on these screens */
}

static void test_a_broken_file_that_quotes_an_attack_is_harmless(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < HOSTILE_TEXT_COUNT; i++) {
        const struct hostile_text *attack = &hostile_texts[i];
        struct buffer json = {0};
        buffer_append_string(&json, "{");
        hostile_quote(attack->bytes, attack->length, &json);
        buffer_append_string(&json, ": 1, ");
        hostile_quote(attack->bytes, attack->length, &json);
        buffer_append_string(&json, ": 2}");
        char *folder = make_device(fixture, attack, json.bytes, json.length);
        restart(fixture);
        for (size_t down = 0; down < 4; down++) {
            check_screens(&fixture->app, attack->name, "list");
            type(&fixture->app, "\r");
            check_screens(&fixture->app, attack->name, "Enter");
            type(&fixture->app, "\x1b\x1bj");
        }
        shell("rm -r %s/*/efficiency_curves.json", fixture->root);
        assert_int_equal(rmdir(folder), 0);
        restart(fixture);
        buffer_done(&json);
        free(folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_no_attack_in_a_file_or_a_name_reaches_a_cell, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_broken_file_that_quotes_an_attack_is_harmless, setup,
                                        teardown),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("hostile text on screens: %d attacks, %zu screens, %zu cells, %d failed\n",
           (int)HOSTILE_TEXT_COUNT, screens, cells, failed);
    return failed;
}
