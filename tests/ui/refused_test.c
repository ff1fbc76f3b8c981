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
    {"j\rp", "fast", "A peak is operations a second", "2.66T", " ms "},
    {"j\r\r*", "much", "Type a positive factor", "0.5", "1 unsaved"},
    {"j\r\r*", "0", "Refused: the factor must be positive", "0.5", "1 unsaved"},
    {"j\r\r=", "nonsense", "Not SIZE:EFFICIENCY", ":0.3", "1 unsaved"},
    {"j\rf%", "60", "A tolerance is a percentage up to 50", "2", "within 2 % of the model"},
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

static void test_a_command_with_a_wrong_answer_says_so_and_asks_nothing(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, ":filter r2<\r");
    assert_false(app->prompt.active);
    assert_shows(app, "Not taken: character 4");
    type(app, ":open gpu/jetson_orin_agx\r:tune\r:scale much\r");
    assert_false(app->prompt.active);
    assert_shows(app, "Type a positive factor");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_it_stays_open_on_what_makes_no_sense, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_command_with_a_wrong_answer_says_so_and_asks_nothing,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
