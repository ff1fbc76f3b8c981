/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mouse in the explorer: lists, footer, plots; a breakpoint that is dragged. Synthetic events.
 */
#include "explorer.h"

static struct app *app_of(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 40; /* as assert_shows draws it */
    app->columns = 120;
    return app;
}

static struct app *curves_of(void **state)
{
    struct app *app = app_of(state);
    type(app, "j\rjjj"); /* conv2d_batchnorm of the Jetson, cursor at 316 M */
    return app;
}

static bool send(struct app *app, enum mouse_kind kind, int row, int column)
{
    static long clock;
    struct mouse_event event = {.kind = kind, .row = row, .column = column};
    event.milliseconds = clock += 1000;
    return app_mouse(app, &event);
}

static void click(struct app *app, int row, int column)
{
    send(app, MOUSE_PRESS, row, column);
    send(app, MOUSE_RELEASE, row, column);
}

static bool turn(struct app *app, int row, int column, int steps, bool shift)
{
    struct mouse_event event = {
        .kind = MOUSE_WHEEL, .row = row, .column = column, .steps = steps, .shift = shift};
    return app_mouse(app, &event);
}

/* Where a text begins on the screen. */
static void find(const struct app *app, const char *text, int *row, int *column)
{
    char *shown = screen(app, 40, 120), *line = shown;
    for (*row = 0; line; (*row)++) {
        char *end = strchr(line, '\n'), *at = strstr(line, text);
        if (at && (!end || at < end)) {
            *at = '\0';
            *column = text_columns(line, TEXT_UNICODE);
            free(shown);
            return;
        }
        line = end ? end + 1 : NULL;
    }
    fail_msg("not on the screen: %s\n%s", text, shown);
}

static void click_on(struct app *app, const char *text)
{
    int row, column;
    find(app, text, &row, &column);
    click(app, row, column);
}

/* The cell of a size and an efficiency in the plot. */
static void find_cell(const struct app *app, double flops, double efficiency, int *row, int *column)
{
    struct plot_frame frames[PLOT_PANELS_MAX];
    struct layout layout = app_layout(app);
    assert_true(plot_pane_frames(app, &layout, frames) > 0);
    *row = plot_frame_row(&frames[0], efficiency);
    *column = plot_frame_column(&frames[0], flops);
}

static void test_a_click_selects_a_row_and_another_one_opens_it(void **state)
{
    struct app *app = app_of(state);
    click_on(app, "jetson_orin_agx");
    assert_int_equal(app_view(app)->id, VIEW_BROWSE);
    assert_int_equal(app->browse.selected, 1);
    click_on(app, "jetson_orin_agx");
    assert_int_equal(app_view(app)->id, VIEW_CURVES);
    int row, column;
    find(app, "matmul", &row, &column);
    click(app, row, column);
    assert_string_equal(app_source(app)->name, "matmul");
    click_on(app, "BANDWIDTH"); /* a heading is no row */
    assert_string_equal(app_source(app)->name, "matmul");
    click(app, row, column);
    assert_int_equal(app_view(app)->id, VIEW_TUNE);
}

static void test_the_second_click_of_a_double_click_goes_no_further(void **state)
{
    struct app *app = app_of(state);
    int row, column;
    find(app, "jetson_orin_agx", &row, &column);
    struct mouse_event event = {.kind = MOUSE_PRESS, .row = row, .column = column};
    for (event.milliseconds = 100; event.milliseconds <= 300; event.milliseconds += 100)
        app_mouse(app, &event);
    assert_int_equal(app_view(app)->id, VIEW_CURVES);
    assert_int_equal(app->curve, 0);
}

static void test_the_wheel_goes_through_a_list(void **state)
{
    struct app *app = curves_of(state);
    int row, column;
    find(app, "matmul", &row, &column);
    turn(app, row, column, -1, false);
    assert_string_equal(app_source(app)->name, "conv2d");
    turn(app, row, column, 1, false);
    assert_string_equal(app_source(app)->name, "conv2d_batchnorm");
    type(app, "\r");
    turn(app, 3, 2, -1, false); /* in tune, where up and down would move the breakpoint */
    assert_int_equal(app->tune.breakpoint, 3);
    assert_int_equal(files_modified_count(&app->files), 0);
}

static void test_the_wheel_zooms_about_the_pointer_and_pans_on_an_axis(void **state)
{
    struct app *app = curves_of(state);
    int row, column;
    find_cell(app, 1e9, 1.5, &row, &column);
    turn(app, row, column, 1, false);
    turn(app, row, column, 1, false);
    assert_true(app->part.window.part);
    int row_now, column_now;
    find_cell(app, 1e9, 1.5, &row_now, &column_now);
    assert_in_range(row_now - row + 1, 0, 2);
    assert_in_range(column_now - column + 1, 0, 2);
    struct window before = app->part.window;
    turn(app, row, column, 1, true); /* Shift */
    assert_true(app->part.window.x.low > before.x.low && app->part.window.y.low == before.y.low);
    int tick, at;
    find(app, "efficiency ", &tick, &at);
    turn(app, tick + 5, at + 2, -1, false); /* on the efficiencies */
    assert_true(app->part.window.y.low < before.y.low);
    before = app->part.window;
    find(app, "FLOPs", &tick, &at);
    turn(app, tick - 2, column, -1, false); /* on the sizes */
    assert_true(app->part.window.x.low < before.x.low && app->part.window.y.low == before.y.low);
}

static void test_a_click_in_the_plot_moves_the_cursor_and_a_drag_takes_it_along(void **state)
{
    struct app *app = curves_of(state);
    int row, column;
    find_cell(app, 20e6, 2, &row, &column);
    send(app, MOUSE_PRESS, row, column);
    assert_true(app->curves.cursor > 18e6 && app->curves.cursor < 22e6);
    find_cell(app, 1e9, 2, &row, &column);
    send(app, MOUSE_DRAG, row, column);
    assert_true(app->curves.cursor > 0.9e9 && app->curves.cursor < 1.1e9);
    send(app, MOUSE_RELEASE, row, column);
    assert_false(send(app, MOUSE_DRAG, row, column + 20));
    assert_true(app->curves.cursor < 1.1e9);
}

static void test_a_click_on_another_curve_selects_it(void **state)
{
    struct app *app = curves_of(state);
    type(app, "a");
    click_on(app, "matmul ("); /* its label; in the list there is no glyph behind the name */
    assert_string_equal(app_source(app)->name, "matmul");
    type(app, "kk");
    struct curve curve = file_curve(app->file, 5);
    int row, column;
    find_cell(app, curve.breakpoints[curve.count - 1].flops,
              curve.breakpoints[curve.count - 1].efficiency, &row, &column);
    click(app, row, column); /* its point */
    assert_string_equal(app_source(app)->name, "matmul");
}

static void test_a_click_in_a_fit_selects_the_data_point(void **state)
{
    struct app *app = curves_of(state);
    type(app, "f");
    const struct curve_points *means = &app_source(app)->means;
    int row, column;
    find_cell(app, means->flops[6], means->efficiency[6], &row, &column);
    click(app, row, column);
    assert_int_equal(app->fit.point, 6);
    click_on(app, "log_linear");
    size_t chosen = app->fit.row;
    click_on(app, "log_linear"); /* once more adopts nothing */
    assert_int_equal(app->fit.row, chosen);
    assert_int_equal(files_modified_count(&app->files), 0);
    assert_int_equal(app_view(app)->id, VIEW_FIT);
}

/* Presses on breakpoint 2 of the curve in tune and moves it up; returns where it is then. */
static double begin_drag(struct app *app, int *row, int *column)
{
    type(app, "\r");
    struct breakpoint from = app_curve(app).breakpoints[2];
    find_cell(app, from.flops, from.efficiency, row, column);
    send(app, MOUSE_PRESS, *row, *column);
    for (int i = 0; i < 4; i++)
        send(app, MOUSE_DRAG, --*row, *column);
    return app->tune.drag.version->breakpoints[2].efficiency;
}

static void test_a_dragged_breakpoint_takes_curve_and_statistics_along_and_is_one_edit(void **state)
{
    struct app *app = curves_of(state);
    int row, column;
    double before = app_curve(app).breakpoints[2].efficiency;
    double flops = app_curve(app).breakpoints[2].flops;
    double dragged = begin_drag(app, &row, &column);
    assert_true(dragged > before);
    assert_shows(app, "residual std 0.14487 → ");
    assert_int_equal(files_modified_count(&app->files), 0); /* nothing is in the session yet */
    assert_shows_not(app, "As in the file"); /* though the screen shows another curve */
    assert_shows(app, "Let go to leave the breakpoint there; Esc puts it back");
    int row_now, column_now;
    find_cell(app, flops, dragged, &row_now, &column_now); /* axes stay: it is under the pointer */
    assert_int_equal(row_now, row);
    assert_int_equal(column_now, column);
    send(app, MOUSE_RELEASE, row, column);
    assert_true(app_curve(app).breakpoints[2].efficiency == dragged);
    assert_true(app_curve(app).breakpoints[2].flops == flops); /* straight up: not a digit of it */
    assert_int_equal(files_modified_count(&app->files), 1);
    type(app, "u");
    assert_shows(app,
                 "Undone: conv2d_batchnorm, dragged breakpoint 2; the file is as it was saved");
    assert_true(app_curve(app).breakpoints[2].efficiency == before);
}

static void test_esc_puts_a_dragged_breakpoint_back(void **state)
{
    struct app *app = curves_of(state);
    int row, column;
    double before = app_curve(app).breakpoints[2].efficiency;
    begin_drag(app, &row, &column);
    type(app, "\x1b");
    assert_int_equal(app_view(app)->id, VIEW_TUNE);
    assert_shows(app, "Put back: the curve is as it was");
    send(app, MOUSE_DRAG, row - 1, column);
    send(app, MOUSE_RELEASE, row - 1, column);
    assert_true(app_curve(app).breakpoints[2].efficiency == before);
    assert_int_equal(files_modified_count(&app->files), 0);
}

static void test_a_dragged_breakpoint_stays_between_its_neighbours(void **state)
{
    struct app *app = curves_of(state);
    int row, column;
    begin_drag(app, &row, &column);
    send(app, MOUSE_RELEASE, row, 119); /* far to the right, past breakpoint 3 */
    struct curve curve = app_curve(app);
    assert_true(curve.breakpoints[2].flops < curve.breakpoints[3].flops);
    assert_true(curve.breakpoints[2].flops > 0.95 * curve.breakpoints[3].flops);
}

static void test_a_press_on_a_breakpoint_without_a_move_only_selects_it(void **state)
{
    struct app *app = curves_of(state);
    type(app, "\r\t");
    int row, column;
    struct breakpoint first = app_curve(app).breakpoints[0];
    find_cell(app, first.flops, first.efficiency, &row, &column);
    click(app, row, column);
    assert_int_equal(app->tune.breakpoint, 0);
    assert_int_equal(files_modified_count(&app->files), 0);
    assert_shows_not(app, "No change");
}

static void test_another_key_while_dragging_puts_it_back_and_does_what_it_does(void **state)
{
    struct app *app = curves_of(state);
    int row, column;
    begin_drag(app, &row, &column);
    type(app, "q");
    assert_true(app->quit); /* nothing is unsaved */
}

static void test_a_click_on_the_footer_does_what_its_key_does(void **state)
{
    struct app *app = curves_of(state);
    click_on(app, "refit ");
    assert_int_equal(app_view(app)->id, VIEW_FIT);
    click_on(app, "back");
    assert_int_equal(app_view(app)->id, VIEW_CURVES);
    type(app, "\r");
    int row, column;
    double before = app_curve(app).breakpoints[app->tune.breakpoint].efficiency;
    find(app, "hjkl move", &row, &column);
    click(app, row, column + 2); /* k */
    assert_true(app_curve(app).breakpoints[app->tune.breakpoint].efficiency > before);
    type(app, "u");
    click(app, row, column + 6); /* the word, which stands for all four keys */
    assert_int_equal(files_modified_count(&app->files), 0);
    type(app, "=");
    click_on(app, "leave it");
    assert_false(app->prompt.active);
}

static void test_a_click_answers_whether_to_quit_with_no(void **state)
{
    struct app *app = curves_of(state);
    type(app, "\rkq");
    assert_shows(app, "again quits and loses that");
    click(app, 10, 60);
    assert_shows_not(app, "again quits");
    type(app, "q");
    assert_false(app->quit);
}

static void test_what_the_mouse_does_not_mean_draws_nothing_anew(void **state)
{
    struct app *app = curves_of(state);
    assert_false(send(app, MOUSE_DRAG, 5, 60));
    assert_false(send(app, MOUSE_RELEASE, 5, 60));
    type(app, "~");
    assert_shows(app, "Mouse off");
    assert_false(send(app, MOUSE_PRESS, 5, 60));
    type(app, "~");
    assert_shows(app, "Mouse on");
}

static void test_the_rows_of_the_matrix_can_be_clicked(void **state)
{
    struct app *app = app_of(state);
    type(app, "M");
    while (app_work(app))
        ;
    int row, column;
    find(app, "matmul", &row, &column);
    click(app, row, column);
    assert_non_null(app->matrix.operation);
    assert_string_equal(app->matrix.operation, "matmul");
}

static void test_a_number_typed_before_a_click_is_forgotten(void **state)
{
    struct app *app = app_of(state);
    type(app, "?5");
    assert_shows(app, "5 times the next key");
    click(app, 10, 60);
    type(app, "j");
    assert_int_equal(app->help_top, 1);
}

static void test_the_last_of_many_breakpoints_can_be_picked_too(void **state)
{
    enum { COUNT = 400 };
    struct app *app = curves_of(state);
    struct breakpoint breakpoints[COUNT];
    int row, column;
    for (int i = 0; i < COUNT; i++)
        breakpoints[i] = (struct breakpoint){1e7 * pow(10, 3.0 * i / COUNT), 0.5};
    type(app, "\r");
    assert_true(app_commit(app, version_new("piecewise_linear", breakpoints, COUNT), "made"));
    app_follow(app);
    find_cell(app, breakpoints[COUNT - 1].flops, 0.5, &row, &column);
    send(app, MOUSE_PRESS, row, column);
    assert_true(app->tune.breakpoint > COUNT - 30);
    send(app, MOUSE_RELEASE, row, column);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_a_click_selects_a_row_and_another_one_opens_it),
        TEST(test_the_second_click_of_a_double_click_goes_no_further),
        TEST(test_the_wheel_goes_through_a_list),
        TEST(test_the_wheel_zooms_about_the_pointer_and_pans_on_an_axis),
        TEST(test_a_click_in_the_plot_moves_the_cursor_and_a_drag_takes_it_along),
        TEST(test_a_click_on_another_curve_selects_it),
        TEST(test_a_click_in_a_fit_selects_the_data_point),
        TEST(test_a_dragged_breakpoint_takes_curve_and_statistics_along_and_is_one_edit),
        TEST(test_esc_puts_a_dragged_breakpoint_back),
        TEST(test_a_dragged_breakpoint_stays_between_its_neighbours),
        TEST(test_a_press_on_a_breakpoint_without_a_move_only_selects_it),
        TEST(test_another_key_while_dragging_puts_it_back_and_does_what_it_does),
        TEST(test_a_click_on_the_footer_does_what_its_key_does),
        TEST(test_a_click_answers_whether_to_quit_with_no),
        TEST(test_what_the_mouse_does_not_mean_draws_nothing_anew),
        TEST(test_the_rows_of_the_matrix_can_be_clicked),
        TEST(test_a_number_typed_before_a_click_is_forgotten),
        TEST(test_the_last_of_many_breakpoints_can_be_picked_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
