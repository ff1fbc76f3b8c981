/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Searching in lists and texts: to the next match and the one before, round, shown, and ended by
 * Esc.
 */
#include "explorer.h"
#include "ui/view/fit_texts.h"

static void assert_found(const char *pattern, size_t from, bool back, bool inclusive, size_t line,
                         bool round)
{
    static const char lines[] = "conv2d\nMatmul\nrelu\nmatmul_big\n\nconv2d_dw\n";
    size_t found = 99;
    bool went_round = false;
    const struct search_query query = {pattern, from, back, inclusive};
    assert_true(search_find(lines, &query, &found, &went_round));
    assert_int_equal(found, line);
    assert_int_equal(went_round, round);
}

static void test_the_next_line_is_found_both_ways_and_round(void **state)
{
    size_t line;
    bool round;
    (void)state;
    assert_found("conv", 0, false, false, 5, false);
    assert_found("conv", 0, false, true, 0, false);
    assert_found("conv", 5, false, false, 0, true);
    assert_found("conv", 0, true, false, 5, true);
    assert_found("relu", 2, false, false, 2, true); /* the only one */
    const struct search_query query = {.pattern = "c", .inclusive = true};
    assert_false(search_find("a\nb\n", &query, &line, &round));
    assert_false(search_find("", &query, &line, &round));
}

static void test_a_capital_in_the_pattern_makes_it_exact(void **state)
{
    (void)state;
    assert_found("matmul", 0, false, true, 1, false);
    assert_found("Matmul", 2, false, true, 1, true);
    assert_found("mat", 2, false, true, 3, false);
}

/* Cells on the screen that are shown as found. */
static int matched_cells(const struct app *app)
{
    struct canvas canvas;
    int count = 0;
    canvas_init(&canvas, 40, 120, TEXT_UNICODE);
    app_draw(app, &canvas);
    for (int i = 0; i < 40 * 120; i++)
        count += canvas.cells[i].role == ROLE_MATCH;
    canvas_done(&canvas);
    return count;
}

static void test_curves_are_found_while_their_name_is_typed(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r/mat");
    assert_string_equal(app_source(app)->name, "matmul");
    assert_int_equal(matched_cells(app), 3);
    type(app, "\x1b"); /* as if nothing had been typed */
    assert_int_equal(app->curve, 0);
    assert_int_equal(matched_cells(app), 0);
    type(app, "/conv\rn");
    assert_int_equal(matched_cells(app), 20);
    size_t second = app->curve;
    type(app, "n");
    assert_true(app->curve > second);
    type(app, "N");
    assert_int_equal(app->curve, second);
    type(app, "Nn");
    type(app, "\x1b"); /* ends the search, and stays here */
    assert_int_equal(matched_cells(app), 0);
    assert_true(app_view(app) == &view_curves);
    type(app, "\x1b");
    assert_true(app_view(app) == &view_browse);
}

static void test_going_round_and_finding_nothing_is_said(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r/matmul\rn");
    assert_shows(app, "Found `matmul` past the end, from the beginning");
    type(app, "/nothing such\r");
    assert_shows(app, "`nothing such` is not found here");
    assert_string_equal(app_source(app)->name, "matmul");
}

static void test_help_is_searched_and_the_match_is_on_the_screen(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 40, app->columns = 120;
    type(app, "j\r?/linear eff\r");
    assert_shows(app, "Logarithmic or linear efficiency axis");
    assert_int_equal(matched_cells(app), 10);
    type(app, "/zoom\r"); /* the word that the footer has for it */
    assert_shows(app, "Zoom in: a smaller part");
}

static void test_a_diff_is_searched_line_by_line_to_its_end(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 20;
    type(app, "j\rjjj\rKw/r_squared\r");
    assert_true(matched_cells(app) >= 9);
    size_t found = app->search.found;
    type(app, "\x0e"); /* ^N: n is the note */
    assert_true(app->search.found > found);
    type(app, "N");
    assert_int_equal(app->search.found, found);
}

static void test_findings_and_figures_and_summaries_are_searched(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rv/mbconv\r");
    assert_true(app->findings.selected > 0 || matched_cells(app) > 0);
    type(app, "\x1b\x1b"
              "f/log_lin\r");
    assert_ptr_equal(app_view(app), &view_fit);
    assert_string_equal(app->fit.texts->fits[app->fit.row - 1].row.name, "log_linear");
    assert_false(session_modified_count(app->file->session)); /* Enter was the prompt's */
    type(app, "i/loo_rmse\r");
    assert_true(matched_cells(app) >= 8);
    type(app, "\x1b\x1b\x1b\x1b"
              "gmjc/conv2d_d\r");
    assert_true(matched_cells(app) >= 8);
    type(app, "\t\t\t/hardware_name\r");
    assert_true(matched_cells(app) >= 13);
}

static void test_tables_of_a_comparison_are_searched_by_what_they_say(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "gmjc/only b\r");
    const struct comparison *comparison = app->compare.comparison;
    assert_null(comparison->curves[app->compare.row].a);
    assert_true(matched_cells(app) >= 6);
    size_t first = app->compare.row;
    type(app, "n");
    assert_true(app->compare.row > first);
    type(app, "\x1b\x1bj\rjjjmjc\t/500 M\r"); /* two curves of a file, their shared points */
    assert_true(app->compare.cursor == 5e8);
    assert_int_equal(matched_cells(app), 5);
    size_t at = app->compare.point;
    type(app, "/one obs\rn");
    char *small = screen(app, 24, 80);
    assert_non_null(strstr(small, "unclear: one observation\n")); /* in whole */
    free(small);
    assert_true(app->compare.point > at);
}

static void test_figures_and_operations_and_devices_are_searched(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 12;
    app->columns = 60;
    type(app, "j\rjjji/ss_tot\r");
    assert_true(app->figure_top > 0);
    char *shown = screen(app, 12, 60);
    assert_non_null(strstr(shown, "SS_tot"));
    free(shown);
    type(app, "\x1b\x1b\x1bM");
    while (app_work(app))
        ;
    type(app, "/matmul\r");
    assert_shows(app, "matmul, below 10 k FLOPs");
    type(app, "\t/i7\r"); /* ^N goes on: n is the next device */
    assert_shows(app, "cpu/i7-12700K and itself");
    type(app, "\x0e");
    assert_shows(app, "Found `i7` past the end");
    type(app, "\x1b\x1b");
}

static void test_the_operations_of_an_overlay_are_searched(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    shell("cd %s/gpu && cp -r jetson_orin_agx zz", fixture->root);
    type(app, "r");
    registry_scan(app->registry);
    app_follow(app);
    type(app, "gmGmkc/matmul\r");
    assert_shows(app, ": matmul   Tab shows all");
    assert_int_equal(matched_cells(app), 6);
    type(app, "\t"); /* in small plots, too */
    assert_true(matched_cells(app) >= 6);
}

static void test_enter_alone_looks_for_the_same_again(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r/conv\r");
    size_t first = app->curve;
    type(app, "/\r");
    assert_true(app->curve != first);
    type(app, "\x1b\x1b\rn"); /* a pattern is kept for the next time */
    assert_true(matched_cells(app) > 0);
}

static void test_where_all_is_in_sight_the_line_found_is_said(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 40; /* as assert_shows draws it */
    app->columns = 120;
    type(app, "j\rjjjfi/band\r");
    assert_shows_not(app, "Found");
    type(app, "n");
    assert_shows(app, "Found `band` in line 11 of ");
    type(app, "n");
    assert_shows(app, "Found `band` past the end, from the beginning");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_next_line_is_found_both_ways_and_round),
        cmocka_unit_test(test_a_capital_in_the_pattern_makes_it_exact),
        TEST(test_curves_are_found_while_their_name_is_typed),
        TEST(test_going_round_and_finding_nothing_is_said),
        TEST(test_help_is_searched_and_the_match_is_on_the_screen),
        TEST(test_a_diff_is_searched_line_by_line_to_its_end),
        TEST(test_findings_and_figures_and_summaries_are_searched),
        TEST(test_tables_of_a_comparison_are_searched_by_what_they_say),
        TEST(test_figures_and_operations_and_devices_are_searched),
        TEST(test_the_operations_of_an_overlay_are_searched),
        TEST(test_where_all_is_in_sight_the_line_found_is_said),
        TEST(test_enter_alone_looks_for_the_same_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
