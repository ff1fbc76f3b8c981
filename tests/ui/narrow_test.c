/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A screen of 40x12: what is asked is read whole, and no key changes what is out of sight. */
#include "explorer.h"

/* What the small screen shows; the caller frees it. */
static char *narrow(struct app *app)
{
    app_follow(app);
    return screen(app, 12, 40);
}

static void assert_narrow(struct app *app, const char *text)
{
    char *shown = narrow(app);
    if (!strstr(shown, text))
        fail_msg("not on the screen: %s\n%s", text, shown);
    free(shown);
}

static void assert_not_narrow(struct app *app, const char *text)
{
    char *shown = narrow(app);
    if (strstr(shown, text))
        fail_msg("on the screen: %s\n%s", text, shown);
    free(shown);
}

/* The rows of the screen as one line of words. */
static char *words(struct app *app)
{
    struct buffer out = {0};
    char *shown = narrow(app), *rest = NULL;
    for (char *word = strtok_r(shown, " \n", &rest); word; word = strtok_r(NULL, " \n", &rest))
        buffer_print(&out, "%s%s", out.length ? " " : "", word);
    free(shown);
    return buffer_take(&out);
}

static void assert_words(struct app *app, const char *text)
{
    char *shown = words(app);
    if (!strstr(shown, text))
        fail_msg("not on the screen: %s\n%s", text, shown);
    free(shown);
}

static int setup_narrow(void **state)
{
    int result = setup(state);
    struct fixture *fixture = *state;
    fixture->app.rows = 12, fixture->app.columns = 40;
    return result;
}

static void test_a_long_question_stands_above_what_is_typed(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjjp2.66T");
    assert_words(app, "Peak of gpu/jetson_orin_agx in FLOP/s, such as 15.97T: 2.66T");
    assert_not_narrow(app, "FLOPs   efficiency"); /* its place */
    type(app, "x\r");                             /* "2.66Tx" is refused: above the question */
    assert_words(app, "2.66Tx");
    assert_narrow(app, " Peak of gpu/jetson_orin_agx in FLOP/s,\n such as 15.97T:\n 2.66Tx");
}

static void test_the_end_of_a_path_is_seen_while_it_is_typed(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r\rKwS");
    assert_narrow(app, "\n Write a copy to:\n");
    assert_narrow(app, "agx/efficiency_curves.json.mine\n");
    for (int i = 0; i < 25; i++)
        app_key(app, TERM_KEY_LEFT);
    assert_narrow(app, "…"); /* on both sides */
    assert_narrow(app, "agx/efficiency_curves.json");
    app_key(app, TERM_KEY_HOME);
    assert_narrow(app, "\n /tmp/calscope-test-");
}

static void test_questions_are_read_whole(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r\rKq");
    assert_words(app, "Not saved: gpu/jetson_orin_agx (1 edit). q again quits and loses that, any "
                      "other key stays");
    type(app, "zw"); /* the first key only answers */
    assert_words(app, "Nothing is written yet. n adds a note Enter write");
    assert_narrow(app, "_orin_agx/efficiency_curves.json\n"); /* where to, and in the diff */
    assert_narrow(app, "--- …");
}

/* Many names would push the end of the question off the screen. */
static void test_quitting_with_many_changed_calibrations_counts_them(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    for (int i = 0; i < 9; i++) {
        char *line = memory_print("cd %%s/cpu && cp -r i7-12700K a_rather_long_name_%d", i);
        shell(line, fixture->root);
        free(line);
    }
    terminate_and_start(fixture);
    app->rows = 12, app->columns = 40;
    type(app, "g");
    for (int i = 0; i < 9; i++)
        type(app, "\r\rK\x1b\x1bj");
    type(app, "q");
    assert_words(app,
                 "Not saved: 9 calibrations. q again quits and loses that, any other key stays");
    type(app, "z:q\r"); /* and so does the command */
    assert_words(app, "Not saved: 9 calibrations. :w writes, :q! gives that up");
}

static void test_what_an_earlier_session_left_is_read_whole(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "\r\rK");
    terminate_and_start(fixture);
    app->rows = 12, app->columns = 40;
    type(app, "\r");
    assert_words(app, "1 step of editing never saved, from a session begun ");
    assert_words(app, "UTC The file is as it was then. What taking them up does to the file");
    assert_words(app, "Enter takes them up, D drops, Esc later");
    type(app, "\t");
    assert_words(app, "The edits, against the file as it was then");
    assert_narrow(app, "+++ …");
}

/* Two power modes that measured the same sizes. */
static struct app *compare_modes(struct fixture *fixture)
{
    shell("cp -r " SOURCE_DIR "/tests/fixtures/power_modes/cuda %s", fixture->root);
    terminate_and_start(fixture);
    fixture->app.rows = 12, fixture->app.columns = 40;
    type(&fixture->app, "/orin_\rgmjc");
    return &fixture->app;
}

static void test_a_comparison_shows_its_pages_in_place_of_the_plot(void **state)
{
    struct app *app = compare_modes(*state);
    assert_ptr_equal(app_view(app), &view_compare);
    assert_narrow(app, "efficiency");
    assert_not_narrow(app, "CURVE");
    assert_narrow(app, "Tab pages");
    type(app, "\t");
    assert_narrow(app, "\n  CURVE           B/A POINTS: B IS\n");
    assert_not_narrow(app, "efficiency");
    type(app, "\t");
    assert_narrow(app, "SIZE      B/A");
    type(app, "\t\t");
    assert_words(app, "operations: ");
    type(app, "\t");
    assert_narrow(app, "efficiency");
    assert_not_narrow(app, "CURVE");
}

/* And how many rows there are, where not all of them have room. */
static void test_the_selected_shared_point_is_marked_and_counted(void **state)
{
    struct app *app = compare_modes(*state);
    type(app, "\t\t");
    assert_narrow(app, "\n▸ 33.3 k        1  ");
    assert_narrow(app, "\n 1/9  ");
    type(app, "jjj");
    assert_narrow(app, "\n▸  949 k    1.031  ");
    assert_narrow(app, "\n 4/9  949 k: B/A 1.031, A ");
    app->rows = 40;
    char *shown = screen(app, 40, 40);
    assert_null(strstr(shown, "4/9"));
    free(shown);
}

static void test_milliseconds_are_read_whole(void **state)
{
    struct app *app = compare_modes(*state);
    assert_narrow(app, ": B/A 1.05, A 0.00226, B …\n");
    type(app, "p2T\r3T\r");
    assert_narrow(app, " 3.42 M: B/A 1.05, A 0.757, B 0.48 ms");
}

/* Behind what says which rows of a page are shown, too. */
static void test_milliseconds_are_read_whole_beside_every_page(void **state)
{
    struct app *app = compare_modes(*state);
    app->rows = 24, app->columns = 80;
    type(app, "p2T\r3T\r");
    for (int i = 0; i < COMPARE_DETAILS; i++, type(app, "\t")) {
        char *shown = screen(app, 24, 80), *figures = strstr(shown, "B/A 1.05");
        assert_non_null(figures);
        if (!strstr(figures, "A 0.75") || !strstr(figures, " ms"))
            fail_msg("no milliseconds:\n%s", shown);
        free(shown);
    }
}

/* The plot alone follows; verdicts have no meaning for shapes. */
static void test_it_is_said_of_what_the_figures_beside_shapes_are(void **state)
{
    struct app *app = compare_modes(*state);
    type(app, "s");
    assert_words(app, "Shapes: each curve over its maximum. The figures stay of efficiencies");
    app->rows = 24, app->columns = 80;
    char *shown = screen(app, 24, 80);
    assert_non_null(strstr(shown, ": unfused  shapes; figures: efficiencies\n"));
    free(shown);
    type(app, "s");
    shown = screen(app, 24, 80);
    assert_null(strstr(shown, "shapes; figures"));
    free(shown);
    type(app, "\x1bmjmjmjcs");
    assert_int_equal(app_view(app)->id, VIEW_OVERLAY);
    shown = screen(app, 24, 80);
    assert_non_null(strstr(shown, "compare  shapes; figures: efficiencies\n"));
    assert_non_null(strstr(shown, "\n Shapes: each curve over its maximum."));
    free(shown);
}

static void test_the_table_of_several_takes_the_place_of_the_plot(void **state)
{
    static const char keys[] = "syez";
    struct app *app = compare_modes(*state);
    type(app, "\x1bgmmjmjmjc");
    for (size_t i = 0; i < sizeof keys - 1; i++) {
        type(app, "\t\t");
        assert_not_narrow(app, "\nefficiency");
        assert_narrow(app, "\n unfused\n CALIBRATION  AT 3.42 M      /A MEAN /A\n"
                           " ● A …in_15w    0.00226\n"
                           " ■ B …in_30w   0.002373    1.05    1.05\n");
        app_key(app, keys[i]); /* a key of the plot brings that into sight */
        assert_narrow(app, "\nefficiency");
        assert_not_narrow(app, "CALIBRATION");
    }
    type(app, "\t\tjl"); /* another operation, and another size */
    assert_narrow(app, "\n activation\n CALIBRATION  AT ");
    type(app, "\t");
    assert_narrow(app, "\nefficiency");
    app->rows = 24, app->columns = 80; /* where there is room it stands below the plot */
    type(app, "\t\t");
    char *shown = screen(app, 24, 80);
    assert_non_null(strstr(shown, " OPERATION "));
    assert_non_null(strstr(shown, "\n CALIBRATION "));
    free(shown);
}

static void test_a_key_of_the_plot_brings_it_into_sight(void **state)
{
    static const char keys[] = "hzsye";
    struct app *app = compare_modes(*state);
    for (size_t i = 0; i < sizeof keys - 1; i++)
        for (int page = 1; page <= COMPARE_DETAILS; page++) {
            for (int tab = 0; tab < page; tab++)
                type(app, "\t");
            assert_not_narrow(app, "\nefficiency");
            app_key(app, keys[i]);
            assert_narrow(app, "\nefficiency");
        }
}

static void test_each_calibration_that_lies_over_others_is_named(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = compare_modes(fixture);
    type(app, "\x1bgmmjmjmjc"); /* the first is marked still */
    assert_int_equal(app_view(app)->id, VIEW_OVERLAY);
    for (int multiples = 0; multiples < 2; multiples++) {
        assert_narrow(app, "\n ● A = …in_15w/bf16  ■ B = …in_30w/bf16\n"
                           " ▲ C = …in_50w/bf16  ▼ D = …n_maxn/bf16\n");
        assert_narrow(app, multiples ? ", against B\n" : ", against A …\n");
        type(app, multiples ? "" : "x\t");
    }
    app->rows = 24, app->columns = 80;
    char *shown = screen(app, 24, 80);
    assert_non_null(
        strstr(shown, "\n ● A = orin_15w  ■ B = orin_30w  ▲ C = orin_50w  ▼ D = orin_maxn\n"));
    free(shown);
}

/* The selected row at least. */
static void test_a_refit_has_its_table_of_fits(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjjf");
    assert_narrow(app, "\n▸ sigmoid        0.9883 best by AICc\n");
    type(app, "k");
    assert_narrow(app, "\n▸ log_linear ");
    type(app, "gj");
    assert_narrow(app, "\n  stored         0.99");
    assert_narrow(app, "\n▸ piecewise k=3  0.9948 ok\n");
    type(app, "\t\t");
    assert_narrow(app, "POINT     SIZE");
}

static void test_findings_say_where_and_below_what(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rvj");
    assert_narrow(app, "\n note     curves.conv2d_depthwise\n");
    assert_narrow(app, "\n note     ….conv2d_depthwise.data_points\n");
    assert_narrow(app, "\n line ");
    assert_words(app, "3 of 3 data points are legacy values with an estimated spread");
}

static void test_the_rule_of_a_finding_is_whole_beside_a_long_path(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 24, app->columns = 80;
    type(app, "j\rvG");
    char *shown = screen(app, 24, 80);
    assert_non_null(strstr(shown, "curves.generic.data_points   line 8"));
    assert_non_null(strstr(shown, "  [single-observation]\n"));
    free(shown);
}

/* Both are shown at once. */
static void test_a_larger_screen_has_no_page_without_the_plot(void **state)
{
    struct app *app = compare_modes(*state);
    app->rows = 24, app->columns = 80;
    for (int i = 0; i < 2 * COMPARE_DETAILS; i++) {
        char *shown = screen(app, 24, 80);
        assert_non_null(strstr(shown, "\nefficiency"));
        assert_non_null(strstr(shown, "Tab points/changes/summary"));
        free(shown);
        type(app, "\t");
    }
}

static void test_the_star_of_an_edited_curve_is_not_cut_with_its_name(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjj\rK\x1b");
    char *shown = screen(app, 24, 80);
    if (!strstr(shown, "conv2d_batchnorm * 9"))
        fail_msg("no star beside the name:\n%s", shown);
    free(shown);
}

#define NARROW(function) cmocka_unit_test_setup_teardown(function, setup_narrow, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        NARROW(test_the_star_of_an_edited_curve_is_not_cut_with_its_name),
        NARROW(test_a_long_question_stands_above_what_is_typed),
        NARROW(test_the_end_of_a_path_is_seen_while_it_is_typed),
        NARROW(test_questions_are_read_whole),
        NARROW(test_quitting_with_many_changed_calibrations_counts_them),
        NARROW(test_what_an_earlier_session_left_is_read_whole),
        NARROW(test_a_comparison_shows_its_pages_in_place_of_the_plot),
        NARROW(test_the_selected_shared_point_is_marked_and_counted),
        NARROW(test_milliseconds_are_read_whole),
        NARROW(test_milliseconds_are_read_whole_beside_every_page),
        NARROW(test_it_is_said_of_what_the_figures_beside_shapes_are),
        NARROW(test_the_table_of_several_takes_the_place_of_the_plot),
        NARROW(test_a_key_of_the_plot_brings_it_into_sight),
        NARROW(test_each_calibration_that_lies_over_others_is_named),
        NARROW(test_a_refit_has_its_table_of_fits),
        NARROW(test_findings_say_where_and_below_what),
        NARROW(test_the_rule_of_a_finding_is_whole_beside_a_long_path),
        NARROW(test_a_larger_screen_has_no_page_without_the_plot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
