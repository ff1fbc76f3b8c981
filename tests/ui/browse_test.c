/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding devices in the browser: filters as they are typed, and orders by column. */
#include "explorer.h"

static void read_again(struct app *app)
{
    type(app, "r");
    while (app_work(app))
        ;
    app_follow(app);
}

/* A third device, which is broken, and a fourth without a known date. */
static void add_devices(struct fixture *fixture)
{
    shell("cd %s && mkdir -p npu/lost npu/small", fixture->root);
    shell("echo '{' > %s/npu/lost/efficiency_curves.json", fixture->root);
    shell("echo '{\"precision\": \"INT8\", \"curves\": {}}' > %s/npu/small/efficiency_curves.json",
          fixture->root);
    read_again(&fixture->app);
}

/* The order of the four in the list, by a letter of each: i, j, l, s; of those that are shown. */
static void assert_rows(const struct app *app, const char *expected)
{
    static const char *const names[] = {"i7-12700K ", "jetson_orin_agx ", "lost ", "small "};
    char *shown = screen(app, 40, 120), rows[8] = "";
    for (char *line = strtok(shown, "\n"); line; line = strtok(NULL, "\n"))
        for (size_t i = 0; i < 4; i++)
            if (strstr(line, names[i]) && (strstr(line, " ok") || strstr(line, " broken")))
                rows[strlen(rows)] = names[i][0];
    free(shown);
    assert_string_equal(rows, expected);
}

static void test_reading_again_says_what_is_there(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    read_again(app);
    assert_shows(app, "Read again: 2 calibrations");
    type(app, "j");
    assert_shows_not(app, "Read again");
    add_devices(fixture);
    assert_shows(app, "Read again: 4 calibrations, 1 broken");
}

static void test_a_long_id_shows_its_end_in_every_order(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    shell("cd %s && mv gpu/jetson_orin_agx gpu/a_device_of_a_very_long_name_at_50w", fixture->root);
    read_again(app);
    for (int i = 0; i < 2; i++) {
        char *shown = screen(app, 24, 80);
        assert_non_null(strstr(shown, "name_at_50w "));
        free(shown);
        type(app, ">");
    }
}

static void test_points_of_several_sources_are_mixed(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    assert_shows_not(app, " mixed ");
    shell("sed -i '0,/\"legacy_hardcoded\"/s//\"measured\"/' "
          "%s/cpu/i7-12700K/efficiency_curves.json",
          fixture->root);
    read_again(app);
    assert_shows(app, " mixed ");
}

static void test_a_field_narrows_the_list_while_it_is_typed(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    add_devices(fixture);
    assert_rows(app, "ijls");
    type(app, "/points>=1");
    assert_rows(app, "ij");
    type(app, " -type:cpu\r");
    assert_rows(app, "j");
    assert_shows(app, "4 calibrations, 1 broken, 1 fit `points>=1 -type:cpu` (Esc clears)");
    type(app, "\x1b");
    assert_rows(app, "ijls");
}

static void test_a_wrong_term_is_said_and_the_filter_before_stays(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "/orin presicion:FP16");
    assert_shows(app, "Character 6: no field `presicion`; there are: id device hardware type");
    assert_shows(app, "Filter: orin presicion:FP16");
    assert_shows_not(app, "i7-12700K ");
    type(app, "\r");
    assert_shows(app, "Not taken: character 6: no field");
    assert_shows(app, "Filter: orin presicion:FP16"); /* still open */
    app_key(app, TERM_KEY_BACKSPACE);
    assert_shows_not(app, "Not taken");
    type(app, "\x1b/r2<");
    assert_shows(app, "Character 4: r2: the lowest stored r_squared");
    type(app, "2");
    assert_shows_not(app, "Character");
}

static void test_the_filter_before_gives_way_to_what_is_typed(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "/jetson\r");
    type(app, "/i7\r");
    assert_string_equal(app->browse.filter, "i7");
    type(app, "/");
    app_key(app, TERM_KEY_END); /* any other key edits it */
    type(app, "-1\r");
    assert_string_equal(app->browse.filter, "i7-1");
}

static void test_the_folder_of_one_device_opens_its_curves(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *root = fixture->root;
    app_done(app);
    fixture->root = memory_print("%s/gpu/jetson_orin_agx", root);
    start(fixture);
    app_start(app);
    assert_ptr_equal(app_view(app), &view_curves);
    assert_shows(app, "calscope › jetson_orin_agx › ");
    type(app, "\x1b");
    assert_shows(app, "1 calibration");
    app_done(app);
    shell("mkdir %s/fp16", fixture->root); /* others may come there: this is a registry */
    start(fixture);
    app_start(app);
    assert_ptr_equal(app_view(app), &view_browse);
    free(fixture->root);
    fixture->root = root;
}

static void test_the_order_goes_by_the_column_chosen_and_turns_round(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    add_devices(fixture);
    app->rows = 40;
    app->columns = 120;
    assert_shows(app, "DEVICE▴");
    type(app, ">>>>");
    assert_shows(app, " PTS▴");
    assert_shows(app, "Sorted by points, ascending; I reverses the order");
    assert_rows(app, "sijl");
    type(app, "I");
    assert_shows(app, " PTS▾");
    assert_rows(app, "jisl"); /* what is broken or not known stays behind, either way */
    type(app, "j");
    assert_shows(app, "4 calibrations, 1 broken, sorted by points, descending");
    type(app, "<<<<I");
    assert_rows(app, "ijls");
}

static void test_a_list_by_a_figure_is_flat_and_names_whole_ids(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    assert_shows(app, "\n gpu\n");
    type(app, ">");
    assert_shows_not(app, "\n gpu\n");
    assert_shows(app, "gpu/jetson_orin_agx");
}

static void test_the_user_stays_on_a_device_when_the_order_changes(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    add_devices(fixture);
    type(app, "j>>>>I");
    assert_string_equal(browse_selected(&app->browse)->id, "gpu/jetson_orin_agx");
    assert_int_equal(app->browse.selected, 0);
}

static void test_n_goes_from_row_to_row_and_round(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "n");
    assert_string_equal(browse_selected(&app->browse)->id, "gpu/jetson_orin_agx");
    type(app, "n");
    assert_string_equal(browse_selected(&app->browse)->id, "cpu/i7-12700K");
    assert_shows(app, "Past the last row: the first one again");
    type(app, "N");
    assert_string_equal(browse_selected(&app->browse)->id, "gpu/jetson_orin_agx");
    type(app, "/nothing at all\rnN"); /* no row: nowhere to go */
    assert_shows(app, "Nothing fits");
}

static void test_columns_that_a_narrow_screen_lacks_are_passed_by(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->columns = 40;
    type(app, ">>");
    assert_shows(app, "Sorted by state");
}

/* Opens a copy of a calibration that lies beside the registry's folder. */
static void open_elsewhere(struct fixture *fixture)
{
    char *copy = memory_print("cp %s/cpu/i7-12700K/efficiency_curves.json %s/mine.json",
                              fixture->root, fixture->folder);
    char *keys = memory_print(":e %s/mine.json\r", fixture->folder);
    shell("%s", copy);
    type(&fixture->app, keys);
    assert_int_equal(app_view(&fixture->app)->id, VIEW_CURVES);
    free(keys);
    free(copy);
}

static void test_a_file_opened_from_elsewhere_is_a_row_that_says_it_is_not_saved(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    open_elsewhere(fixture);
    const struct file *file = app->file;
    type(app, "\rk\x1b\x1b");
    assert_shows(app, " elsewhere");
    assert_shows(app, "/mine.json");
    assert_shows(app, "unsaved");
    assert_shows(app, "2 calibrations, 1 elsewhere");
    type(app, "g\r");
    assert_ptr_not_equal(app->file, file);
    type(app, "\x1bG\r");
    assert_ptr_equal(app->file, file);
    type(app, "\x1bw");
    assert_shows(app, "To be written");
    type(app, "\r");
    assert_shows(app, "Wrote ");
    type(app, "\x1b\x1b");
    assert_shows_not(app, "unsaved");
    assert_shows(app, "/mine.json");
    assert_string_equal(browse_selected(&app->browse)->path, file->path); /* still there */
}

static void test_edits_kept_of_a_file_from_elsewhere_are_seen_in_its_row(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    open_elsewhere(fixture);
    type(app, "\rk");
    terminate_and_start(fixture);
    char *keys = memory_print(":e %s/mine.json\r", fixture->folder);
    type(app, keys);
    assert_shows(app, "1 step of editing never saved");
    type(app, "\x1b\x1b");
    assert_shows(app, "n/a legacy   kept");
    type(app, "/state:kept\r\r");
    assert_shows(app, "1 step of editing never saved");
    type(app, "\r\x1b\x1b");
    assert_shows(app, "n/a legacy   unsaved");
    free(keys);
}

static void test_a_row_from_elsewhere_is_filtered_and_sorted_like_the_others(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    open_elsewhere(fixture);
    type(app, "\x1b/jetson\r");
    assert_shows_not(app, "/mine.json");
    type(app, "/mine\r");
    assert_int_equal(app->browse.count, 1);
    type(app, "\x1b");
    assert_shows(app, " elsewhere\n");
    type(app, ">"); /* by a figure: flat */
    assert_int_equal(app->browse.line_count, 3);
    assert_shows_not(app, " elsewhere\n");
    type(app, "GM"); /* the matrix has the registry's alone */
    assert_int_equal(app_view(app)->id, VIEW_MATRIX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reading_again_says_what_is_there, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_long_id_shows_its_end_in_every_order, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_points_of_several_sources_are_mixed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_field_narrows_the_list_while_it_is_typed, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_wrong_term_is_said_and_the_filter_before_stays,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_filter_before_gives_way_to_what_is_typed, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_the_folder_of_one_device_opens_its_curves, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_the_order_goes_by_the_column_chosen_and_turns_round,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_list_by_a_figure_is_flat_and_names_whole_ids, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_the_user_stays_on_a_device_when_the_order_changes,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_n_goes_from_row_to_row_and_round, setup, teardown),
        cmocka_unit_test_setup_teardown(test_columns_that_a_narrow_screen_lacks_are_passed_by,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_a_file_opened_from_elsewhere_is_a_row_that_says_it_is_not_saved, setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_edits_kept_of_a_file_from_elsewhere_are_seen_in_its_row, setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_a_row_from_elsewhere_is_filtered_and_sorted_like_the_others, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
