/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others do to files while the program shows them, and what the user then sees. */
#include "explorer.h"

/* The explorer, watching as it does in a terminal. */
static void start_watched(struct fixture *fixture)
{
    struct registry *registry;
    assert_int_equal(registry_open(fixture->root, &registry, NULL), STATUS_OK);
    app_init(&fixture->app, &fixture->options, registry, TEXT_UNICODE);
    disk_changes_start(&fixture->app);
    registry_scan(registry);
    app_follow(&fixture->app);
}

static int setup_watched(void **state)
{
    struct fixture *fixture = make_fixture();
    start_watched(fixture);
    *state = fixture;
    return 0;
}

/* Somebody does this in the registry's folder, and the program takes notice. */
static void others(struct fixture *fixture, const char *line)
{
    char *command = memory_print("cd '%s' && %s", fixture->root, line);
    shell("%s", command);
    free(command);
    disk_changes_read(&fixture->app);
    if (!fixture->app.disk_changes.waiting)
        return;
    disk_changes_take(&fixture->app);
    while (app_work(&fixture->app))
        ;
    app_follow(&fixture->app);
}

#define CPU "cpu/i7-12700K/efficiency_curves.json"
#define GPU "gpu/jetson_orin_agx/efficiency_curves.json"

static void test_a_device_that_comes_and_goes_does_so_in_the_list(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    others(fixture, "mkdir -p gpu/new/fp16 && cp " CPU " gpu/new/fp16/");
    assert_shows(app, "new/fp16 ");
    assert_shows(app, "3 calibrations");
    others(fixture, "rm -r gpu/new");
    assert_shows_not(app, "new/fp16");
    assert_shows(app, "2 calibrations");
}

static void test_folders_that_came_later_are_watched_too(void **state)
{
    struct fixture *fixture = *state;
    others(fixture, "mkdir -p gpu/new/deep");
    others(fixture, "cp " CPU " gpu/new/deep/");
    assert_shows(&fixture->app, "new/deep ");
    others(fixture, "mv gpu/new gpu/newer");
    assert_shows(&fixture->app, "newer/deep ");
    assert_shows_not(&fixture->app, "new/deep ");
    others(fixture, "sed -i s/FP32/FP16/ gpu/newer/deep/*.json");
    assert_shows(&fixture->app, "FP16 2026");
}

static void test_the_user_stays_on_a_device_while_rows_come_and_go(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    others(fixture, "mkdir -p aaa/first && cp " CPU " aaa/first/"); /* above the first */
    assert_string_equal(browse_selected(&app->browse)->id, "cpu/i7-12700K");
    type(app, "j");
    others(fixture, "rm -r aaa cpu");
    assert_string_equal(browse_selected(&app->browse)->id, "gpu/jetson_orin_agx");
    others(fixture, "mkdir -p npu/x && cp " GPU " npu/x/ && rm -r gpu"); /* the selected one goes */
    assert_string_equal(browse_selected(&app->browse)->id, "npu/x");
    others(fixture, "rm -r npu");
    assert_shows(app, "No efficiency_curves.json below");
}

static void test_a_broken_file_that_is_mended_is_a_row_with_figures(void **state)
{
    struct fixture *fixture = *state;
    others(fixture, "mkdir -p npu/x && echo '{' > npu/x/efficiency_curves.json");
    assert_shows(&fixture->app, "3 calibrations, 1 broken");
    others(fixture, "cp " CPU " npu/x/");
    assert_shows_not(&fixture->app, "broken");
}

static void test_an_open_file_without_edits_is_loaded_anew_in_its_place(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjjhhh"); /* a curve, and a place on it */
    char *name = memory_copy_string(app_source(app)->name);
    double cursor = app->curves.cursor;
    others(fixture, "sed 's/0\\.73,/0.74,/' " GPU " > x && mv x " GPU);
    assert_shows(app, "gpu/jetson_orin_agx was changed on disk, and this is how it is now");
    assert_string_equal(app_source(app)->name, name);
    assert_true(app->curves.cursor == cursor);
    free(name);
    type(app, "l");
    assert_shows(app, "0.74 ");
}

/* Somebody does this unnoticed, and the user has the registry read again. */
static void others_then_read_again(struct fixture *fixture, const char *line)
{
    char *command = memory_print("cd '%s' && %s", fixture->root, line);
    shell("%s", command);
    free(command);
    type(&fixture->app, "r");
    while (app_work(&fixture->app))
        ;
    app_follow(&fixture->app);
}

static void test_reading_again_keeps_the_place_in_an_open_file_too(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjjhhh");
    char *name = memory_copy_string(app_source(app)->name);
    double cursor = app->curves.cursor;
    type(app, "\x1b");
    others_then_read_again(fixture, "sed -i 's/0\\.73,/0.74,/' " GPU);
    type(app, "\r");
    assert_string_equal(app_source(app)->name, name);
    assert_true(app->curves.cursor == cursor);
    free(name);
    type(app, "l");
    assert_shows(app, "0.74 ");
}

static void test_a_file_that_breaks_loses_its_mark_however_that_is_seen(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "jm");
    assert_shows(app, "A = gpu/jetson_orin_agx");
    others(fixture, "cp " GPU " whole && echo '{' > " GPU);
    assert_shows_not(app, "A = gpu/jetson_orin_agx");
    others(fixture, "cp whole " GPU);
    type(app, "m");
    assert_shows(app, "A = gpu/jetson_orin_agx");
    others_then_read_again(fixture, "sed -i 's/0\\.73,/0.74,/' " GPU);
    assert_shows(app, "A = gpu/jetson_orin_agx"); /* it is as good as before */
    others_then_read_again(fixture, "echo '{' > " GPU);
    assert_shows_not(app, "A = gpu/jetson_orin_agx");
}

static void test_with_unsaved_edits_it_says_what_to_press(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjj\rK");
    others(fixture, "sed -i 's/0\\.73,/0.74,/' " GPU);
    assert_shows(app,
                 "gpu/jetson_orin_agx was changed on disk. Your changes are kept: w shows them");
    assert_int_equal(files_modified_count(&app->files), 1);
    type(app, "w");
    others(fixture, "sed -i 's/0\\.74,/0.75,/' " GPU);
    assert_shows(app, "Your changes are kept: Enter shows what can be done");
    type(app, "\r");
    assert_shows(app, "What others changed");
    assert_shows(app, "0.75");
    others(fixture, "sed -i 's/0\\.75,/0.76,/' " GPU);
    assert_shows(app, "Your changes are kept: Esc, then Enter, shows how it is now");
    type(app, "\x1b\r");
    assert_shows(app, "0.76");
}

static void test_a_file_that_has_lost_its_curves_says_so_and_asks_no_more(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rp");
    assert_true(app->prompt.active);
    others(fixture, "echo '{\"curves\": {}}' > " GPU);
    assert_shows(app, "gpu/jetson_orin_agx was changed on disk, and holds no curves any more");
    assert_false(app->prompt.active);
    assert_ptr_equal(app_view(app), &view_browse);
}

static void test_a_deleted_file_with_unsaved_edits_keeps_its_row(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjj\rK\x1b\x1b");
    others(fixture, "rm " GPU);
    assert_shows(app, "gpu/jetson_orin_agx was deleted on disk. Your changes are kept");
    assert_shows(app, "unsaved");
    type(app, "w\rO");
    assert_shows(app, "Wrote ");
    assert_int_equal(files_modified_count(&app->files), 0);
}

static void test_a_deleted_open_file_leaves_the_list_with_a_message(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\r");
    others(fixture, "rm " GPU);
    assert_shows(app, "gpu/jetson_orin_agx was deleted on disk; what is open is as it was loaded");
    type(app, "\x1b");
    assert_shows(app, "1 calibration");
}

static void test_a_view_that_holds_on_to_a_file_has_it_anew_when_it_is_left(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjjf"); /* refit */
    others(fixture, "sed -i 's/0\\.73,/0.74,/' " GPU);
    assert_shows(app, "gpu/jetson_orin_agx was changed on disk; going back loads it anew");
    type(app, "\x1b");
    assert_shows(app, "gpu/jetson_orin_agx was changed on disk, and this is how it is now");
}

static void test_the_first_edit_of_what_has_changed_on_disk_since_says_so(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjjf"); /* refit */
    others(fixture, "sed -i 's/0\\.73,/0.74,/' " GPU);
    type(app, "\r"); /* of the points as they were */
    assert_shows(app, "gpu/jetson_orin_agx is no longer on disk as it was opened: w, then Enter, ");
    assert_shows(app, "Adopted ");
    type(app, "\x1b"); /* the list */
    for (size_t i = 0; i < app->messages.count; i++)
        assert_int_not_equal(strncmp(app->messages.items[i], "Adopted", 7), 0); /* said once */
    type(app, "\ru");
    assert_shows_not(app, "no longer");
    assert_shows(app, "the file is as it was saved");
    type(app, "\x12"); /* not loaded anew yet: it can be redone */
    assert_int_equal(files_modified_count(&app->files), 1);
    type(app, "u\x1b");
    assert_shows(app, "gpu/jetson_orin_agx was changed on disk, and this is how it is now");
}

static void
test_an_edit_of_a_file_that_is_gone_says_so_and_of_one_that_came_back_does_not(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjj\r");
    others(fixture, "mv " GPU " kept");
    others(fixture, "mv kept " GPU);
    type(app, "K");
    assert_shows_not(app, "no longer");
    type(app, "u");
    others(fixture, "rm " GPU);
    type(app, "K");
    assert_shows(app, "gpu/jetson_orin_agx is no longer on disk as it was opened");
    type(app, "K");
    assert_shows_not(app, "no longer");
}

static void test_after_a_save_over_what_others_wrote_nothing_is_loaded_anew(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjj\rK");
    others(fixture, "sed -i 's/0\\.73,/0.74,/' " GPU);
    type(app, "w\rOO");
    assert_shows(app, "Wrote ");
    type(app, "\x1b\x1b");
    assert_shows_not(app, "this is how it is now");
    type(app, "\ru");
    assert_int_equal(files_modified_count(&app->files), 1);
}

/* An edit of the gpu's file that its session left, on offer. */
static void offer_left_edit(struct fixture *fixture)
{
    type(&fixture->app, "j\rjjj\rK");
    app_key(&fixture->app, TERM_KEY_TERMINATE);
    app_done(&fixture->app);
    start_watched(fixture);
    type(&fixture->app, "j\r");
    assert_shows(&fixture->app, "The file is as it was then.");
}

static void test_an_offer_of_edits_follows_what_the_file_becomes(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    offer_left_edit(fixture);
    others(fixture, "cp " GPU " kept && sed -i 's/0\\.73,/0.74,/' " GPU);
    assert_shows(app, "The file has changed since; both changes can stand together.");
    type(app, "\t\t");
    assert_shows(app, "What has changed in the file since then");
    assert_shows(app, "0.74");
    others(fixture, "cp kept " GPU);
    assert_shows(app, "The file is as it was then.");
    assert_shows(app, "What taking them up does to the file"); /* there is no such page any more */
    others(fixture, "sed -i 's/0\\.73,/0.74,/' " GPU);
    type(app, "\r");
    assert_shows(app, "Taken up, not saved yet");
    assert_shows_not(app, "no longer on disk"); /* it was taken up onto what is there */
    type(app, "w\r");
    assert_shows(app, "Wrote ");
}

static void
test_an_offer_of_edits_of_a_file_that_goes_says_so_and_so_does_taking_them_up(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    offer_left_edit(fixture);
    others(fixture, "rm " GPU " && mkdir " GPU);
    assert_shows(app, "The file as loaded is as it was then. On disk something else has taken its");
    others(fixture, "rmdir " GPU);
    assert_shows(app, "The file as loaded is as it was then. On disk it is gone since");
    type(app, "\r");
    assert_shows(app, "gpu/jetson_orin_agx is no longer on disk as it was opened");
    assert_shows(app, "Taken up, not saved yet");
}

static void test_an_offer_of_edits_that_the_file_comes_to_hold_says_so(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    shell("cd %s && cp " GPU " kept", fixture->root);
    type(app, "j\rjjj\rKw\r"); /* what the edit makes of the file */
    shell("cd %s && mv " GPU " edited && mv kept " GPU, fixture->root);
    app_done(app);
    start_watched(fixture);
    offer_left_edit(fixture);
    others(fixture, "mv edited " GPU);
    assert_shows(app, "holds all of them by now");
    type(app, "\r");
    assert_shows(app, "The file holds all of them already");
    assert_int_equal(files_modified_count(&app->files), 0);
}

static void test_a_file_that_breaks_while_open_is_kept_as_it_was(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\r");
    others(fixture, "echo '{' > " GPU);
    assert_shows(app, "gpu/jetson_orin_agx was changed on disk and cannot be read: ");
    assert_shows(app, "conv2d_depthwise");
    type(app, "\x1b");
    assert_shows(app, "2 calibrations, 1 broken");
}

static void test_what_takes_an_edited_files_place_is_named_when_it_comes(void **state)
{
    static const struct {
        const char *line, *what;
    } cases[] = {{"rm " GPU " && mkfifo " GPU, "a pipe"}, {"rm " GPU " && mkdir " GPU, "a folder"}};
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjj\rK");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *told = memory_print("gpu/jetson_orin_agx is now %s, not a regular file. Your changes "
                                  "are kept: w shows them",
                                  cases[i].what);
        others(fixture, cases[i].line);
        assert_shows(app, told);
        free(told);
    }
    type(app, "\x1b\x1b");
    assert_shows(app, "unsaved"); /* the row is still the way to them */
    type(app, "\r");
    assert_int_equal(app_view(app)->id, VIEW_CURVES);
}

static void test_a_row_that_breaks_under_unsaved_edits_still_leads_to_them(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjj\rK\x1b\x1b");
    others(fixture, "echo '{' > " GPU);
    assert_shows(app, "unsaved");
    type(app, "\r");
    assert_int_equal(app_view(app)->id, VIEW_CURVES);
    assert_shows(app, "1 unsaved");
}

static void test_a_save_of_ones_own_is_no_news(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjj\rKw\r");
    assert_shows(app, "Wrote ");
    others(fixture, "true");
    assert_shows(app, "Wrote ");
}

static void test_the_matrix_stays_as_it_is_until_it_is_left(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "M");
    shell("mkdir -p %s/npu/x", fixture->root);
    disk_changes_read(app);
    assert_true(app->disk_changes.waiting);
    assert_int_equal(disk_changes_wait(app), -1);
    type(app, "\x1b");
    assert_true(disk_changes_wait(app) >= 0);
}

static void test_files_of_other_names_and_hidden_folders_are_passed_by(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    others(fixture, "touch notes gpu/notes && mkdir .git && touch .git/" REGISTRY_FILE_NAME);
    assert_false(app->disk_changes.waiting);
    assert_int_equal(disk_changes_wait(app), -1);
}

/* The calibration up to a line, and then its end: with the first of its curves alone, or none. */
#define UP_TO_FIRST_CURVE                                                                          \
    "sed '/^    },$/q' " GPU " | sed '$s/,//' > x && echo '}}' >> x && mv x " GPU
#define UP_TO_NO_CURVE "sed '/\"curves\"/q' " GPU " > x && echo '}}' >> x && mv x " GPU

static void test_a_search_that_began_at_a_curve_that_is_gone_goes_on(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rG/");
    assert_true(app->curve > 0);
    others(fixture, UP_TO_FIRST_CURVE);
    assert_int_equal(app->file->calibration->curve_count, 1);
    type(app, "x");
    assert_int_equal(app->curve, 0);
    type(app, "\x1b");
    assert_int_equal(app->curve, 0);
}

static void test_a_question_about_a_file_that_holds_nothing_any_more_ends(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j@");
    assert_true(app->prompt.active);
    others(fixture, UP_TO_NO_CURVE);
    assert_null(app->file);
    type(app, "\r");
    assert_false(app->prompt.active);
    assert_int_equal(app_view(app)->id, VIEW_BROWSE);
}

/* More changes than anyone keeps one by one. */
#define BURST "seq -f gpu/n%g 2100 | xargs mkdir && seq -f gpu/n%g 2100 | xargs rmdir"

static void test_a_burst_of_changes_leaves_nothing_old_in_an_open_file_or_the_list(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjjhhh");
    others(fixture, BURST " && sed -i 's/0\\.73,/0.74,/' " GPU " && mv cpu npu");
    assert_shows(app, "gpu/jetson_orin_agx was changed on disk, and this is how it is now");
    type(app, "l");
    assert_shows(app, "0.74 ");
    type(app, "\x1b");
    assert_shows(app, "2 calibrations");
    assert_null(registry_find(app->registry, "cpu/i7-12700K"));
    assert_non_null(registry_find(app->registry, "npu/i7-12700K"));
    others(fixture, "sed -i s/FP32/FP16/ npu/i7-12700K/*.json"); /* watched at its new place */
    assert_shows(app, "FP16 2026");
}

static void test_a_burst_of_changes_leaves_edits_and_the_row_that_leads_to_them(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "\r\x1bj\rjjj\rK\x1b\x1b"); /* one opened, one edited */
    others(fixture, BURST " && rm " GPU " && sed -i s/FP32/FP16/ " CPU " && cp -r cpu npu");
    assert_shows(app, "gpu/jetson_orin_agx was deleted on disk. Your changes are kept");
    assert_shows(app, "unsaved");
    assert_shows(app, "FP16 2026");
    type(app, "k");
    assert_shows(app, "3 calibrations");
    assert_int_equal(files_modified_count(&app->files), 1);
}

static void test_a_burst_of_changes_that_takes_the_registry_leaves_an_empty_list(void **state)
{
    struct fixture *fixture = *state;
    others(fixture, BURST " && rm -r gpu cpu");
    assert_shows(&fixture->app, "No efficiency_curves.json below");
}

static void test_a_burst_of_changes_takes_a_mended_row_for_what_it_is_now(void **state)
{
    struct fixture *fixture = *state;
    others(fixture, "mkdir -p npu/x && echo '{' > npu/x/efficiency_curves.json");
    assert_shows(&fixture->app, "3 calibrations, 1 broken");
    others(fixture, BURST " && cp " CPU " npu/x/");
    assert_shows(&fixture->app, "3 calibrations");
    assert_shows_not(&fixture->app, "broken");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup_watched, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_device_that_comes_and_goes_does_so_in_the_list),
        TEST(test_folders_that_came_later_are_watched_too),
        TEST(test_the_user_stays_on_a_device_while_rows_come_and_go),
        TEST(test_a_broken_file_that_is_mended_is_a_row_with_figures),
        TEST(test_an_open_file_without_edits_is_loaded_anew_in_its_place),
        TEST(test_reading_again_keeps_the_place_in_an_open_file_too),
        TEST(test_a_file_that_breaks_loses_its_mark_however_that_is_seen),
        TEST(test_with_unsaved_edits_it_says_what_to_press),
        TEST(test_a_file_that_has_lost_its_curves_says_so_and_asks_no_more),
        TEST(test_a_deleted_file_with_unsaved_edits_keeps_its_row),
        TEST(test_a_deleted_open_file_leaves_the_list_with_a_message),
        TEST(test_a_view_that_holds_on_to_a_file_has_it_anew_when_it_is_left),
        TEST(test_the_first_edit_of_what_has_changed_on_disk_since_says_so),
        TEST(test_an_edit_of_a_file_that_is_gone_says_so_and_of_one_that_came_back_does_not),
        TEST(test_after_a_save_over_what_others_wrote_nothing_is_loaded_anew),
        TEST(test_an_offer_of_edits_follows_what_the_file_becomes),
        TEST(test_an_offer_of_edits_of_a_file_that_goes_says_so_and_so_does_taking_them_up),
        TEST(test_an_offer_of_edits_that_the_file_comes_to_hold_says_so),
        TEST(test_a_file_that_breaks_while_open_is_kept_as_it_was),
        TEST(test_what_takes_an_edited_files_place_is_named_when_it_comes),
        TEST(test_a_row_that_breaks_under_unsaved_edits_still_leads_to_them),
        TEST(test_a_save_of_ones_own_is_no_news),
        TEST(test_the_matrix_stays_as_it_is_until_it_is_left),
        TEST(test_files_of_other_names_and_hidden_folders_are_passed_by),
        TEST(test_a_search_that_began_at_a_curve_that_is_gone_goes_on),
        TEST(test_a_question_about_a_file_that_holds_nothing_any_more_ends),
        TEST(test_a_burst_of_changes_leaves_nothing_old_in_an_open_file_or_the_list),
        TEST(test_a_burst_of_changes_leaves_edits_and_the_row_that_leads_to_them),
        TEST(test_a_burst_of_changes_that_takes_the_registry_leaves_an_empty_list),
        TEST(test_a_burst_of_changes_takes_a_mended_row_for_what_it_is_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
