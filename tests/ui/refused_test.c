/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a prompt cannot take: it stays open on it, says why, and takes what is mended. */
#include "explorer.h"

static const struct {
    const char *keys;   /* from the list to the prompt */
    const char *wrong;  /* without Enter */
    const char *reason; /* why that is not taken */
    const char *right;
    const char *then; /* on the screen once that was taken */
} prompts[] = {
    {"/", "r2<", "Not taken: character 4", "jetson", "2 calibrations, 1 fit `jetson`"},
    {"j\rp", "fast", "The peak is a number such as 15.97T or 2.66e12, and not \"fast\"", "2.66T",
     " ms "},
    {"j\r\r*", "much", "The factor is a number such as 0.9, and not \"much\"", "0.5", "1 unsaved"},
    {"j\r\r*", "0", "The factor must be above 0, and 0 is not", "0.5", "1 unsaved"},
    {"j\r\r=", "nonsense", "The size is a number such as 250M or 1.5e9", ":0.3", "1 unsaved"},
    {"j\r\r=", ":-0.3", "The efficiency must be above 0, and -0.3 is not", ":0.3", "1 unsaved"},
    {"j\r\r=", ":0,3", "The efficiency is typed with a point, as 0.61", ":0.3", "1 unsaved"},
    {"j\r\r=", "-2G:0.3", "The size must be above 0, and -2G is not", ":0.3", "1 unsaved"},
    {"j\r\r=", "1M:2:3", "There is one colon too many", ":0.3", "1 unsaved"},
    {"j\r\r\t=", "0.3", "; an efficiency alone is typed as :0.61", ":0.3", "1 unsaved"},
    {"j\rp", "-1T", "The peak must be above 0, and -1T is not", "2.66T", " ms "},
    {"j\rf%", "60", "A tolerance is a percentage above 0, and up to 50", "2",
     "within 2 % of the model"},
    {"j\rfX", "nobody", "No point comes from \"nobody\"", "legacy", "left out"},
    {"j\r\rKwS", "/no/such/folder/x", "No copy: ", "/dev/null", "No copy: there is such a file"},
};

static void test_it_stays_open_on_what_makes_no_sense(void **state)
{
    enum { CONTROL_U = 21 };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof prompts / sizeof *prompts; i++) {
        struct app *app = &fixture->app;
        type(app, prompts[i].keys);
        app_key(app, CONTROL_U);
        type(app, prompts[i].wrong);
        assert_shows_not(app, prompts[i].reason);
        app_key(app, TERM_KEY_ENTER);
        assert_true(app->prompt.active);
        assert_string_equal(app->prompt.text, prompts[i].wrong);
        assert_shows(app, prompts[i].reason);
        app_key(app, TERM_KEY_BACKSPACE); /* another text: the reason is gone */
        if (strcmp(prompts[i].keys, "/") != 0)
            assert_shows_not(app, prompts[i].reason);
        app_key(app, CONTROL_U);
        type(app, prompts[i].right);
        app_key(app, TERM_KEY_ENTER);
        assert_shows(app, prompts[i].then);
        app->discard = true;
        app_done(app);
        start(fixture);
    }
}

static void test_a_command_with_a_wrong_answer_is_mended_in_its_line(void **state)
{
    enum { CONTROL_W = 23 };
    struct app *app = &((struct fixture *)*state)->app;
    type(app, ":filter r2<\r");
    assert_shows(app, "Not taken: character 4");
    assert_shows(app, ":filter r2<");
    type(app, "\x1b:open gpu/jetson_orin_agx\r:tune\r:scale much\r");
    assert_string_equal(app->prompt.text, "scale much");
    assert_shows(app, "The factor is a number");
    app_key(app, TERM_KEY_LEFT); /* the reason stays until the text is another one */
    assert_shows(app, "The factor is a number");
    app_key(app, TERM_KEY_END);
    app_key(app, CONTROL_W);
    assert_shows_not(app, "The factor is a number");
    type(app, "0.5\r");
    assert_false(app->prompt.active);
    assert_shows(app, "1 unsaved");
}

static void test_a_command_line_stays_open_on_every_mistake_until_it_is_left(void **state)
{
    static const char *const wrong[] = {"frobnicate", "curve nosuch", "set axis round", "swap",
                                        "goto x"};
    struct app *app = &((struct fixture *)*state)->app;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        type(app, ":");
        type(app, wrong[i]);
        type(app, "\r");
        assert_true(app->prompt.active);
        assert_string_equal(app->prompt.text, wrong[i]);
        assert_true(app->prompt.note[0] != '\0');
        type(app, "\x1b");
        assert_false(app->prompt.active);
    }
    type(app, "j\r\rk:q\r!\r"); /* what a mistake asks for is typed behind it */
    assert_true(app->quit);
}

static void test_a_colon_behind_a_refused_line_begins_another_one(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r\rk:frobnicate\r:q\r:q");
    assert_string_equal(app->prompt.text, "q");
    type(app, "!\r");
    assert_true(app->quit);
}

static void test_a_colon_that_a_command_takes_mends_its_line(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r\r\t:exact 0.3\r");
    assert_shows(app, "breakpoints must rise");
    type(app, ":");
    assert_string_equal(app->prompt.text, "exact 0.3:");
}

static void test_the_reason_goes_when_another_line_is_taken(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, ":set axis linear\r:frobnicate\r");
    assert_shows(app, "There is no command");
    app_key(app, TERM_KEY_UP);
    assert_shows_not(app, "There is no command");
    app_key(app, TERM_KEY_DOWN);
    type(app, "\r");
    assert_shows(app, "There is no command");
    type(app, "\t"); /* nothing completes it */
    assert_shows_not(app, "There is no command");
    type(app, "\x1b:messages\r"); /* but it can be read again */
    assert_shows(app, "There is no command \"frobnicate\"");
}

static void test_a_write_that_is_refused_leaves_its_line_open_where_it_was_typed(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "gpu/jetson_orin_agx");
    static const char *const lines[] = {"w", "w!", "wq", "x"};
    type(app, "j\r\rk");
    shell("chmod a-w %s", path);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        type(app, ":");
        type(app, lines[i]);
        type(app, "\r");
        assert_true(app->prompt.active);
        assert_string_equal(app->prompt.text, lines[i]);
        assert_shows(app, "Not written: read-only; make it writable first");
        type(app, "\x1b");
        assert_int_equal(app_view(app)->id, VIEW_TUNE);
    }
    type(app, "w:w\r"); /* also where it stands in front of the diff */
    assert_true(app->prompt.active);
    shell("chmod u+w %s", path);
    type(app, "\r");
    assert_shows(app, "Wrote ");
    assert_int_equal(app_view(app)->id, VIEW_TUNE);
    free(path);
}

static void test_a_write_refused_to_a_comparison_leads_back_to_it(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "gpu/jetson_orin_agx");
    type(app, "j\r\rk\x1b\x1b:compare cpu/i7-12700K\r");
    assert_int_equal(app_view(app)->id, VIEW_COMPARE);
    shell("chmod a-w %s", path);
    type(app, ":w\r");
    assert_shows(app, "Not written: read-only");
    type(app, "\x1b");
    assert_int_equal(app_view(app)->id, VIEW_COMPARE);
    free(path);
}

static void test_a_reload_of_what_is_broken_now_leaves_its_line_open(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = path_of(fixture, "gpu/jetson_orin_agx");
    type(app, "j\r\rk");
    shell("echo '{' > %s", path);
    type(app, ":e!\r");
    assert_true(app->prompt.active);
    assert_shows(app, "efficiency_curves.json:2:1: ");
    type(app, "\x1b");
    assert_int_equal(app_view(app)->id, VIEW_TUNE);
    assert_shows(app, "1 unsaved");
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_it_stays_open_on_what_makes_no_sense, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_command_with_a_wrong_answer_is_mended_in_its_line,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_a_command_line_stays_open_on_every_mistake_until_it_is_left, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_colon_behind_a_refused_line_begins_another_one,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_colon_that_a_command_takes_mends_its_line, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_the_reason_goes_when_another_line_is_taken, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(
            test_a_write_that_is_refused_leaves_its_line_open_where_it_was_typed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_write_refused_to_a_comparison_leads_back_to_it,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_reload_of_what_is_broken_now_leaves_its_line_open,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
