/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three calibrations and more over one another: marked in the browser, told apart, compared. */
#include "explorer.h"

/* Power modes of the bundled device, made from its file, beside it. */
static void make_modes(struct fixture *fixture, int count)
{
    for (int i = 0; i < count; i++) {
        char *make = memory_print("mkdir %%s/gpu/mode_%d && sed 's/\"hardware_id\": \"/&%d_/' "
                                  "%s/gpu/jetson_orin_agx/efficiency_curves.json > "
                                  "%s/gpu/mode_%d/efficiency_curves.json",
                                  i, i, fixture->root, fixture->root, i);
        shell(make, fixture->root);
        free(make);
    }
    type(&fixture->app, "r");
    while (!registry_is_complete(fixture->app.registry))
        registry_scan(fixture->app.registry);
    app_follow(&fixture->app);
}

/* Three modes that differ in nothing but their names, over one another. */
static void overlay_modes(struct fixture *fixture)
{
    make_modes(fixture, 3);
    type(&fixture->app, "Gmkmkc"); /* the last, the one before, and the selected */
}

static void test_three_marked_calibrations_are_shown_together(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    overlay_modes(fixture);
    assert_shows(app, "A gpu/mode_2");
    assert_shows(app, "B gpu/mode_1");
    assert_shows(app, "C gpu/mode_0");
    assert_shows(app, "operation 1 of 8: conv2d_depthwise");
    assert_shows(app, "the reference");
    assert_shows(app, "no difference");
    type(app, "j");
    assert_shows(app, "operation 2 of 8: mbconv");
    type(app, "G");
    assert_shows(app, "operation 8 of 8: bandwidth:generic");
    assert_shows(app, "bytes");
    type(app, "\x1b");
    assert_shows(app, "2 marked; c shows them with the selected one");
}

static void test_small_plots_keep_the_same_axes_while_a_part_is_shown(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    overlay_modes(fixture);
    type(app, "\tzz");
    struct window part = app->part.window;
    assert_true(part.part);
    type(app, "ll"); /* other operations */
    assert_true(app->part.window.part && app->part.window.x.low == part.x.low);
    type(app, "G"); /* bytes are another axis */
    assert_false(app->part.window.part);
    type(app, "z\t"); /* one large plot */
    assert_false(app->part.window.part);
}

static void test_a_changed_curve_stands_out_against_any_reference(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    make_modes(fixture, 3);
    type(app, "/mode_0\r\r\r*2\r"); /* twice as efficient, and saved */
    type(app, "w\r\x1b\x1b\x1b\x1b");
    type(app, "\x1bGmkmkc");
    assert_shows(app, "C gpu/mode_0");
    assert_shows(app, "ratio to the reference");
    assert_shows(app, "2 \u2524"); /* its axis goes as far as the one that has twice as much */
    assert_shows(app, "       2       2 points unchanged");
    type(app, "i");
    assert_shows(app, "B/A");
    assert_shows(app, "mean C/A");
    assert_shows(app, "which both cover");
    type(app, "i");
    type(app, "xx"); /* the third is the reference: the others have half of it */
    assert_shows(app, "AGAINST C");
    assert_shows(app, "     0.5     0.5 points unchanged");
    type(app, "s"); /* by shape they are one */
    assert_shows(app, "efficiency / maximum");
}

static void test_what_one_of_them_lacks_is_said(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    make_modes(fixture, 2);
    type(app, "gmGmk");
    assert_shows(app, "2 marked");
    type(app, "c");
    assert_shows(app, "operation 1 of 9: generic");
    assert_shows(app, "has no such curve");
    assert_shows(app, "the reference");
    type(app, "x"); /* the reference has none of it either */
    assert_shows(app, "nothing to compare with");
    assert_shows_not(app, "ratio to the reference");
    assert_shows_not(app, "the reference");
}

static void test_two_marks_alone_are_a_comparison(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    make_modes(fixture, 2);
    type(app, "Gmkmc");
    assert_shows(app, "A = gpu/mode_1");
    assert_shows(app, "B = gpu/mode_0");
    type(app, "\x1bm"); /* its mark is taken away: one is left */
    assert_shows(app, "Mark removed");
    type(app, "k");
    assert_shows(app, "A = gpu/mode_1; c compares it with the selected one");
}

static void test_the_curves_take_all_that_is_marked_in_the_list(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    make_modes(fixture, 3);
    type(app, "Gmkmk"); /* two marks, and the third device ... */
    type(app, "\rj");   /* ... at its second curve */
    assert_shows(app, "2 marked; c shows them with this calibration");
    type(app, "c");
    assert_shows(app, "A gpu/mode_2");
    assert_shows(app, "B gpu/mode_1");
    assert_shows(app, "C gpu/mode_0");
    assert_shows(app, "operation 2 of 8: mbconv");
    type(app, "\x1b\x1bj\rc"); /* a marked one: the two alone */
    assert_shows(app, "A = gpu/mode_2");
    assert_shows(app, "B = gpu/mode_1");
}

static void test_one_calibration_or_curve_alone_is_no_comparison(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "jmc");
    assert_true(app_view(app) == &view_browse);
    assert_shows(app,
                 "A and B are both gpu/jetson_orin_agx: nothing to compare. Select another one, "
                 "then c; or @: with what git has of it");
    type(app, "\rc");
    assert_shows(app, "A and B are both gpu/jetson_orin_agx: nothing");
    type(app, "jmc");
    assert_shows(app, "A and B are both gpu/jetson_orin_agx mbconv: nothing");
    type(app, "\rK\x1b");
    type(app, "c");
    assert_shows(app, "; w shows its unsaved changes");
    assert_true(app_view(app) == &view_curves);
}

static void test_marks_that_another_kind_of_mark_ends_are_said(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    make_modes(fixture, 3);
    type(app, "Gmkm\rjm");
    assert_shows(app, "A is now the curve mbconv; the marks on 2 calibrations are gone");
    assert_int_equal(app->mark_count, 1);
    type(app, "jm");
    assert_shows(app, "the mark on gpu/mode_1 mbconv is gone");
    type(app, "m");
    assert_shows(app, "Mark removed");
    type(app, "m\x1bkm");
    assert_shows(app, "A is now gpu/mode_0; the mark on gpu/mode_1 ");
    type(app, "\rm");
    assert_shows(app, "the mark on gpu/mode_0 is gone");
}

static void test_more_than_eight_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    make_modes(fixture, 8);
    type(app, "Gmkmkmkmkmkmkmkm");
    assert_shows(app, "8 marked");
    type(app, "km");
    assert_shows(app, "8 are marked");
    type(app, "c");
    assert_shows(app, "select a marked one");
    type(app, "jc");
    assert_shows(app, "H gpu/mode_0");
}

/* What others have done meanwhile is read with the registry, and a mark goes with its file. */
static void test_reading_again_reads_opened_files_again(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    make_modes(fixture, 2);
    type(app, "Gmkm");
    assert_shows(app, "2 marked");
    shell("rm -r %s/gpu/mode_1", fixture->root);
    shell("sed -i 's/\"hardware_id\": \"/&new_/' %s/gpu/mode_0/efficiency_curves.json",
          fixture->root);
    type(app, "r");
    registry_scan(app->registry);
    app_follow(app);
    assert_shows(app, "A = gpu/mode_0; c compares it with the selected one");
    type(app, "gc\t\t\t");
    assert_shows(app, "new_0_jetson");
}

static void test_small_plots_have_the_same_axes(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    app->rows = 40;
    app->columns = 120;
    overlay_modes(fixture);
    type(app, "\t");
    assert_shows(app, "conv2d_depthwise (3 of 3)");
    assert_shows(app, "matmul (3 of 3)");
    char *shown = screen(app, 40, 120);
    /* The first row's three plots end with the same labels of one x axis. */
    int same = 0;
    for (const char *at = shown; (at = strstr(at, "10 G")); at++)
        same++;
    free(shown);
    assert_true(same >= 6);
    type(app, "j"); /* a row of plots is three operations */
    assert_int_equal(app->overlay.row, 3);
    type(app, "l");
    assert_int_equal(app->overlay.row, 4);
    type(app, "kh");
    assert_int_equal(app->overlay.row, 0);
    type(app, "hk"); /* there is no more */
    assert_int_equal(app->overlay.row, 0);
    type(app, "llllllllllj");
    assert_int_equal(app->overlay.row, 7);
    type(app, "y\t");
    assert_shows(app, "operation 8 of 8");
}

static void test_the_cursor_reads_all_of_them(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    overlay_modes(fixture);
    assert_shows(app, "AT   10 M");
    type(app, "LLLLLLLLLLLLLLLLLLLLLLLL");
    assert_shows(app, "AT  100 M");
}

/* Beyond a curve's ends there is no figure of it, and none against it. */
static void test_outside_of_a_curve_there_is_no_figure(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    make_modes(fixture, 3);
    shell("sed -i '0,/\"min_flops\": 1000000.0/s//\"min_flops\": 1000.0/' "
          "%s/gpu/mode_2/efficiency_curves.json",
          fixture->root); /* A begins three decades before the others */
    type(app, "r");
    registry_scan(app->registry);
    app_follow(app);
    type(app, "GmkmkcHHHHHHHHHHHHHHHHHH");
    assert_shows(app, "AT    1 k");
    assert_shows(app, "      0.03                 the reference");
    assert_shows(app, "   outside     n/a       1 ");
    type(app, "x"); /* nor is there a ratio where it is the reference that does not reach there */
    assert_shows(app, "      0.03     n/a       1 ");
    type(app, "LLLLLLLLLLLLLLLLLLLLLLLLLLL"); /* the last size that they have belongs to them */
    assert_shows(app, "AT  100 M");
    assert_shows_not(app, "outside");
    assert_shows(app, "      0.03       1       1 ");
}

/* Whatever the size of the screen: nothing lies outside of it, which the canvas would abort for. */
static void test_it_fits_every_screen(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    overlay_modes(fixture);
    for (int multiples = 0; multiples < 2; multiples++, type(app, "\t"))
        for (int rows = 1; rows < 50; rows += 3)
            for (int columns = 1; columns < 140; columns += 7) {
                app->rows = rows;
                app->columns = columns;
                free(screen(app, rows, columns));
                type(app, "jl");
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_three_marked_calibrations_are_shown_together, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_small_plots_keep_the_same_axes_while_a_part_is_shown,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_changed_curve_stands_out_against_any_reference,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_one_of_them_lacks_is_said, setup, teardown),
        cmocka_unit_test_setup_teardown(test_two_marks_alone_are_a_comparison, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_curves_take_all_that_is_marked_in_the_list, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_marks_that_another_kind_of_mark_ends_are_said, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_one_calibration_or_curve_alone_is_no_comparison, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_more_than_eight_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_reading_again_reads_opened_files_again, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_small_plots_have_the_same_axes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_cursor_reads_all_of_them, setup, teardown),
        cmocka_unit_test_setup_teardown(test_outside_of_a_curve_there_is_no_figure, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_it_fits_every_screen, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
