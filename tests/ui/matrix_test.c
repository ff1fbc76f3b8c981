/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The matrix of a registry: what it counts and measures, where its keys lead, how it is laid out.
 */
#include "explorer.h"

static void work_off(struct app *app)
{
    while (app_work(app))
        ;
    app_follow(app);
}

/* A calibration of one curve: points at 1 M and 100 M FLOPs, and breakpoints there. */
static void add_device(const struct fixture *fixture, const char *id, const char *curve,
                       const char *source, double efficiency, const char *notes)
{
    struct buffer text = {0};
    char *folder = memory_print("%s/%s", fixture->root, id);
    char *path = memory_print("%s/efficiency_curves.json", folder);
    buffer_print(&text, "{\"notes\": \"%s\", \"curves\": {\"%s\": {\"data_points\": [", notes,
                 curve);
    for (int i = 0; i < 2; i++)
        buffer_print(&text, "%s{\"flops\": %s, \"efficiency_mean\": %.17g, \"source\": \"%s\"}",
                     i ? ", " : "", i ? "1e8" : "1e6", efficiency, source);
    buffer_print(&text,
                 "], \"fitted_curve\": {\"curve_type\": \"piecewise_linear\", \"breakpoints\": "
                 "[[1e6, %.17g], [1e8, %.17g]]}, \"min_flops\": 1e6, \"max_flops\": 1e8}}}",
                 efficiency, efficiency);
    shell("mkdir -p %s", folder);
    assert_int_equal(file_replace(path, NULL, 0, text.bytes, text.length, NULL), STATUS_OK);
    buffer_done(&text);
    free(path);
    free(folder);
}

static void add_broken(const struct fixture *fixture, const char *id)
{
    char *folder = memory_print("%s/%s", fixture->root, id);
    shell("mkdir -p %s", folder);
    shell("echo '{oops' > %s/efficiency_curves.json", folder);
    free(folder);
}

/* Reads what was added, and enters the matrix from the list's first row. */
static void enter_anew(struct app *app)
{
    type(app, "r");
    registry_scan(app->registry);
    type(app, "gM");
    work_off(app);
}

/*
 * Seven devices, none of them bundled: a, twice a, a again in the same bytes, a with other notes,
 * one a thousand times as efficient, one of another operation, one broken.
 */
static struct app *enter_seven(struct fixture *fixture)
{
    shell("rm -r %s/*", fixture->root);
    add_device(fixture, "d/1", "matmul", "measured", 0.001, "");
    add_device(fixture, "d/2", "matmul", "measured", 0.002, "");
    add_device(fixture, "d/3", "matmul", "measured", 0.001, "");
    add_device(fixture, "d/4", "matmul", "legacy_hardcoded", 0.001, "other");
    add_device(fixture, "d/5", "matmul", "interpolated", 1, "");
    add_device(fixture, "d/6", "relu", "guessed", 0.5, "");
    add_broken(fixture, "d/7");
    enter_anew(&fixture->app);
    return &fixture->app;
}

/* --- coverage --- */

static void test_it_counts_the_points_of_the_whole_registry(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "M");
    work_off(app);
    assert_shows(app, "hardware_registry › matrix: coverage");
    assert_shows(app, "Points by decade: 2 devices");
    type(app, "gjjjjjllll"); /* matmul, 10 M */
    assert_shows(app, "matmul, 10 M to 100 M FLOPs: 2 points of 1 of 2 devices: 2 legacy. Enter: "
                      "gpu/jetson_orin_agx");
    type(app, "G");
    assert_shows(app, "bandwidth:generic, 10 M to 100 M bytes: 1 point of 1 of 2 devices");
}

static void test_each_provenance_has_a_sign_and_a_word(void **state)
{
    struct app *app = enter_seven(*state);
    type(app, "lll");
    assert_shows(app, "◐5");
    assert_shows(app,
                 "matmul, 1 M to 10 M FLOPs: 5 points of 5 of 6 devices: 3 measured, 1 legacy, "
                 "1 interpolated. Enter: d/1");
    type(app, "j");
    assert_shows(app, "relu, 1 M to 10 M FLOPs: 1 point of 1 of 6 devices: 1 other. Enter: d/6");
    static const char *const signs[] = {"●1", "●1", "●1", "○1", "△1"};
    type(app, "k");
    for (size_t i = 0; i < 5; i++) {
        type(app, "n");
        assert_shows(app, signs[i]);
    }
    assert_shows(app, "matmul, 1 M to 10 M FLOPs: 1 point: 1 interpolated");
    type(app, "nj");
    assert_shows(app, "□1");
    type(app, "0");
    assert_shows(app, "relu, below 10 k FLOPs: no points");
    type(app, "$");
    assert_shows(app, "relu, from 10 T FLOPs: no points");
}

static void test_thousands_of_points_are_short_in_the_cell_and_whole_in_words(void **state)
{
    struct fixture *fixture = *state;
    struct buffer text = {0};
    char *path = memory_print("%s/cpu/i7-12700K/efficiency_curves.json", fixture->root);
    buffer_append_string(&text, "{\"curves\": {\"matmul\": {\"data_points\": [");
    for (int i = 0; i < 12345; i++)
        buffer_print(&text, "%s{\"flops\": %d, \"efficiency_mean\": 0.5, \"source\": \"measured\"}",
                     i ? "," : "", 1000000 + i);
    buffer_append_string(&text, "]}}}");
    shell("rm %s", path);
    assert_int_equal(file_replace(path, NULL, 0, text.bytes, text.length, NULL), STATUS_OK);
    buffer_done(&text);
    free(path);
    enter_anew(&fixture->app);
    type(&fixture->app, "nglll");
    while (!strstr(
        fixture->app.matrix.survey.all.operations[fixture->app.matrix.places[MATRIX_COVERAGE].row]
            .name,
        "matmul"))
        type(&fixture->app, "j");
    assert_shows(&fixture->app, "●12k");
    assert_shows(&fixture->app, "12345 points: 12345 measured");
}

static void test_a_device_without_the_curve_differs_from_one_without_points(void **state)
{
    struct app *app = enter_seven(*state);
    type(app, "nj"); /* d/1, relu */
    assert_shows(app, "d/1 (1 of 7)");
    assert_shows(app, "relu, below 10 k FLOPs: d/1 has no such curve");
    type(app, "\r");
    assert_shows(app, "d/1 has no curve relu");
    assert_ptr_equal(app_view(app), &view_matrix);
    type(app, "k");
    assert_shows(app, "matmul, below 10 k FLOPs: no points");
}

static void test_what_cannot_be_read_has_a_sign_of_its_own(void **state)
{
    struct app *app = enter_seven(*state);
    assert_shows(app, "! unreadable");
    assert_shows(app, "\n d/7                                      !      !");
    assert_shows(app,
                 "\n d/6                                      –      –"); /* it has no matmul */
    type(app, "nnnnnnnn");                                                /* d/7 alone */
    assert_shows(app, "d/7 (7 of 7)");
    assert_shows(app, "\n matmul                                  ▸!      !");
}

static void test_nothing_is_called_unreadable_where_all_can_be_read(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "M");
    work_off(app);
    assert_shows(app, "no curve");
    assert_shows_not(app, "unreadable");
}

static void test_keys_go_from_device_to_device_and_back_to_all(void **state)
{
    struct app *app = enter_seven(*state);
    type(app, "nnn");
    assert_shows(app, "d/3 (3 of 7)");
    type(app, "NNNN");
    assert_shows(app, "d/1 (1 of 7)");
    type(app, "a");
    assert_shows(app, "6 devices");
    type(app, "a");
    assert_shows(app, "d/1 (1 of 7)");
    type(app, "nnnnnnnn");
    assert_shows(app, "d/7 (7 of 7)");
    assert_shows(app, "d/7 cannot be read");
    type(app, "\r");
    assert_shows(app, "efficiency_curves.json: ");
    assert_ptr_equal(app_view(app), &view_matrix);
}

static void test_enter_goes_to_the_curve_at_that_size_and_esc_comes_back(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "M");
    work_off(app);
    type(app, "gjjjjjlllll\r"); /* matmul, 100 M */
    assert_ptr_equal(app_view(app), &view_curves);
    assert_string_equal(app->file->id, "gpu/jetson_orin_agx");
    assert_string_equal(app_source(app)->name, "matmul");
    assert_true(app->curves.cursor >= 1e8 && app->curves.cursor < 1e9);
    type(app, "\x1b");
    assert_shows(app, "matmul, 100 M to 1 G FLOPs");
}

static void test_enter_where_nothing_was_measured_says_so_or_shows_the_curve(void **state)
{
    struct app *app = enter_seven(*state);
    type(app, "\r");
    assert_shows(app, "No device has points there");
    type(app, "n\r"); /* one device has the curve, if not these sizes */
    assert_ptr_equal(app_view(app), &view_curves);
    assert_true(app->curves.cursor == 1e7); /* its middle */
}

static void test_enter_says_where_the_curve_has_gone_since(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = enter_seven(fixture);
    shell("rm %s/d/1/efficiency_curves.json", fixture->root);
    add_device(fixture, "d/1", "gelu", "measured", 0.5, "");
    type(app, "n\r");
    assert_shows(app, "d/1 has no curve matmul");
}

static void assert_shows_wide(const struct app *app, const char *text)
{
    char *shown = screen(app, 60, 200);
    if (!strstr(shown, text))
        fail_msg("not on the screen: %s\n%s", text, shown);
    free(shown);
}

static void test_a_column_keeps_its_number_before_a_name_that_is_cut(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    shell("rm -r %s/*", fixture->root);
    add_device(fixture, "d/1", "matmul", "measured", 0.001, "");
    add_device(fixture, "d/a_device_whose_name_is_longer_than_any_column", "matmul", "measured",
               0.002, "");
    enter_anew(app);
    type(app, "\t");
    app->rows = 60;
    app->columns = 200;
    work_off(app);
    char *shown = screen(app, 60, 200), *heads = strstr(shown, " 1 d/1");
    assert_non_null(heads);
    *strchr(heads, '\n') = '\0';
    assert_non_null(strstr(heads, "2 …"));
    free(shown);
}

static void test_names_leave_the_room_that_they_do_not_need_to_the_columns(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "M\t");
    work_off(app);
    char *shown = screen(app, 24, 80);
    if (!strstr(shown, "1 cpu/i7-12700K ") || !strstr(shown, "2 gpu/jetson_orin_agx\n"))
        fail_msg("no whole name over the columns:\n%s", shown);
    free(shown);
}

static void test_a_wide_screen_has_words_beside_the_signs(void **state)
{
    struct app *app = enter_seven(*state);
    assert_shows_wide(app, "◐ 5 mixed");
    assert_shows_wide(app, "□ 1 other");
    assert_shows_not(app, "◐ 5 mixed"); /* at 120 columns there is no room */
    type(app, "nnnn");
    assert_shows_wide(app, "○ 1 legacy");
    type(app, "\t0");
    app->rows = 60;
    app->columns = 200;
    work_off(app);
    assert_shows_wide(app, " 2 d/2 ");
    assert_shows_wide(app, "= same file ");
    assert_shows_wide(app, "100 %, 1 operation");
    assert_shows_wide(app, "×1000, 1 operation");
    assert_shows_wide(app, "· nothing shared");
}

static void test_the_selected_operation_stands_device_by_device_below(void **state)
{
    struct app *app = enter_seven(*state);
    assert_shows(app, "; matmul not measured on d/4, d/5, d/6");
    assert_shows(app, "matmul by device");
    assert_shows(app, "\n d/6  ");
    assert_shows(app, "△1");
    type(app, "j");
    assert_shows(app, "; relu not measured on d/1, d/2, d/3, d/4, d/5, d/6");
    assert_shows(app, "relu by device");
    char *small = screen(app, 15, 80); /* of these, few have room */
    assert_non_null(strstr(small, "more: n goes through them"));
    free(small);
}

/* What would stay empty shows the next operations, and the heading to its end. */
static void test_a_large_screen_has_more_operations_device_by_device(void **state)
{
    struct app *app = enter_seven(*state);
    type(app, "j");
    char *shown = screen(app, 60, 200);
    const char *first = strstr(shown, "relu by device"), *next = strstr(shown, "matmul by device");
    assert_non_null(first);
    assert_true(next > first); /* round at the end */
    assert_non_null(strstr(next, "\n d/6  "));
    free(shown);
    shown = screen(app, 26, 200); /* whole, or not at all */
    assert_non_null(strstr(shown, "relu by device"));
    assert_null(strstr(shown, "matmul by device"));
    free(shown);
}

static void test_a_high_screen_has_the_whole_heading(void **state)
{
    struct app *app = enter_seven(*state);
    type(app, "j");
    app->rows = 40, app->columns = 60;
    char *shown = screen(app, 40, 60);
    assert_non_null(strstr(shown, "d/5, d/6\n"));
    free(shown);
    shown = screen(app, 12, 60);
    assert_non_null(strstr(shown, "d/2…\n"));
    free(shown);
}

static void test_the_footer_has_the_keys_of_the_face_that_is_shown(void **state)
{
    struct app *app = enter_seven(*state);
    assert_shows(app, "n device  a all");
    type(app, "\t");
    assert_shows_not(app, "n device");
    assert_shows_not(app, "a all");
    type(app, "\t");
    assert_shows(app, "n device  a all");
}

/* --- distance --- */

static void test_a_cell_says_how_far_two_devices_are_apart(void **state)
{
    struct app *app = enter_seven(*state);
    type(app, "\t0");
    work_off(app);
    assert_shows(app, "matrix: distance");
    assert_shows(app, "Distance in %. Column 1: d/1");
    static const char *const words[] = {
        "d/1 and itself",
        "d/2 and d/1: typically 100 % apart (1 operation)",
        "d/3 and d/1: the same file, byte for byte",
        "d/4 and d/1: other files, but the same curves (1 operation)",
        "d/5 and d/1: typically a factor of 1 k apart",
        "d/6 and d/1: no operation in common over a common range",
        "d/7 cannot be read"};
    static const char *const cells[] = {"–", "100", "=", "0", "×1000", "·", "!"};
    for (size_t i = 0; i < 7; i++, type(app, "j"))
        assert_shows(app, words[i]);
    type(app, "$"); /* away from the column that is read */
    char *shown = screen(app, 40, 120);
    for (size_t i = 0; i < 7; i++) {
        char *row = memory_print("%zu d/%zu", i + 1, i + 1);
        const char *line = strstr(shown, row);
        const char *value = line ? line + strlen(row) + strspn(line + strlen(row), " ") : "";
        if (strncmp(value, cells[i], strlen(cells[i])) != 0)
            fail_msg("row %zu begins with %.12s, not with %s", i + 1, value, cells[i]);
        free(row);
    }
    free(shown);
}

/* No colour tells the selected cell alone: a pointer touches its value, not its neighbour's. */
static void test_the_pointer_touches_the_value_that_is_selected(void **state)
{
    struct app *app = enter_seven(*state);
    type(app, "lll");
    assert_shows(app, "▸◐5");
    type(app, "\t0j");
    work_off(app);
    assert_shows(app, "▸100 ");
    type(app, "l");
    assert_shows(app, "▸–");
    assert_shows_not(app, "▸100 ");
}

static void test_the_distance_from_a_to_b_is_that_from_b_to_a(void **state)
{
    struct app *app = enter_seven(*state);
    const struct survey *survey = &app->matrix.survey;
    type(app, "\t");
    work_off(app);
    for (size_t a = 0; a < 7; a++)
        for (size_t b = 0; b < 7; b++) {
            struct survey_pair there = survey_pair(survey, a, b), back = survey_pair(survey, b, a);
            assert_int_equal(there.relation, back.relation);
            assert_true(there.relation != SURVEY_APART || there.nepers == back.nepers);
        }
}

static void test_small_and_large_distances_keep_to_their_cells(void **state)
{
    struct fixture *fixture = *state;
    shell("rm -r %s/*", fixture->root);
    add_device(fixture, "d/1", "matmul", "measured", 1e-7, "");
    add_device(fixture, "d/2", "matmul", "measured", 1.0001e-7, "");
    add_device(fixture, "d/3", "matmul", "measured", 1.05e-7, "");
    add_device(fixture, "d/4", "matmul", "measured", 0.0012, "");
    add_device(fixture, "d/5", "matmul", "measured", 1, "");
    enter_anew(&fixture->app);
    type(&fixture->app, "\t");
    work_off(&fixture->app);
    assert_shows(&fixture->app, " <0.1");
    assert_shows(&fixture->app, " 5.0");
    assert_shows(&fixture->app, " ×12k");
    assert_shows(&fixture->app, " >×1M");
}

static void test_enter_compares_the_row_with_the_column(void **state)
{
    struct app *app = enter_seven(*state);
    type(app, "\t0j\r");
    assert_ptr_equal(app_view(app), &view_compare);
    assert_shows(app, "A = d/2");
    assert_shows(app, "B = d/1");
    assert_shows(app, "0.5");
    type(app, "\x1b");
    work_off(app);
    assert_shows(app, "d/2 and d/1: typically 100 % apart");
}

static void test_enter_on_the_diagonal_or_a_broken_file_says_why_not(void **state)
{
    struct app *app = enter_seven(*state);
    type(app, "\tg0\r");
    assert_shows(app, "A and B are both d/1: nothing to compare. Select another one");
    type(app, "G\r");
    assert_shows(app, "d/7/efficiency_curves.json: ");
    type(app, "g$\r");
    assert_shows(app, "d/7/efficiency_curves.json: ");
    assert_ptr_equal(app_view(app), &view_matrix);
}

static void test_the_row_of_the_distances_is_the_device_of_the_coverage(void **state)
{
    struct app *app = enter_seven(*state);
    type(app, "\tjjj\t");
    type(app, "a");
    assert_shows(app, "d/4 (4 of 7)");
    type(app, "n\t");
    assert_int_equal(app->matrix.places[MATRIX_DISTANCE].row, 4);
    type(app, "N");
    assert_int_equal(app->matrix.places[MATRIX_DISTANCE].row, 3);
}

static void test_it_begins_with_the_device_that_was_selected(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "jM");
    work_off(app);
    type(app, "n");
    assert_shows(app, "gpu/jetson_orin_agx (2 of 2)");
}

/* --- reading and measuring in pieces --- */

static void test_files_are_read_one_by_one_and_the_title_counts_them(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    assert_false(app_work(app)); /* the list has nothing to do */
    type(app, "M");
    assert_shows(app, "matrix: coverage, read 0 of 2");
    assert_shows(app, "Reading...");
    assert_true(app_work(app));
    assert_shows(app, "read 1 of 2");
    type(app, "?");
    assert_false(app_work(app)); /* help lets it rest */
    type(app, "\x1b");
    assert_true(app_work(app));
    assert_false(app_work(app));
    assert_shows_not(app, "read 2 of 2");
    type(app, "\x1bM");
    assert_false(app_work(app)); /* what was read is kept */
}

static void test_it_waits_until_the_registry_has_been_walked(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "rMnjl\r\t");
    assert_shows(app, "Reading the registry: 0 calibrations so far");
    while (app_work(app))
        ;
    assert_shows(app, "Reading the registry: 2 calibrations so far");
    type(app, "\t");
    work_off(app);
    assert_shows(app, "2 devices");
}

static void test_the_selected_operation_stays_while_others_come_in(void **state)
{
    struct fixture *fixture = *state;
    shell("rm -r %s/*", fixture->root);
    add_device(fixture, "d/1", "matmul", "measured", 0.5, "");
    add_device(fixture, "d/2", "relu", "measured", 0.5, "");
    add_device(fixture, "d/3", "add", "measured", 0.5, "");
    type(&fixture->app, "r");
    registry_scan(fixture->app.registry);
    type(&fixture->app, "M");
    app_work(&fixture->app);
    app_work(&fixture->app);
    type(&fixture->app, "j");
    assert_shows(&fixture->app, "relu, below 10 k");
    work_off(&fixture->app);
    assert_shows(&fixture->app, "relu, below 10 k");
    assert_shows(&fixture->app, " add ");
    assert_int_equal(fixture->app.matrix.places[MATRIX_COVERAGE].row, 2);
}

static void test_a_save_does_not_move_the_selected_cell(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "M");
    work_off(app);
    type(app, "gjjjjjlllll"); /* matmul, 100 M */
    type(app, "\r\r*2\rw\r\x1b");
    assert_ptr_equal(app_view(app), &view_curves);
    type(app, "\x1b");
    assert_ptr_equal(app_view(app), &view_matrix);
    assert_false(app->matrix.survey.read_count); /* it begins anew */
    work_off(app);
    assert_shows(app, "matmul, 100 M to 1 G FLOPs");
}

static size_t measured_pairs(const struct survey *survey)
{
    size_t count = 0;
    for (size_t a = 0; a < survey->count; a++)
        for (size_t b = 0; b < a; b++)
            count += survey_pair(survey, a, b).relation != SURVEY_PENDING;
    return count;
}

static struct app *enter_many(struct fixture *fixture, int count)
{
    shell("rm -r %s/*", fixture->root);
    for (int i = 0; i < count; i++) {
        char *id = memory_print("accelerators/a_long_vendor_name_%03d/bf16", i);
        add_device(fixture, id, "matmul", "measured", 0.1 + i, "");
        free(id);
    }
    enter_anew(&fixture->app);
    return &fixture->app;
}

static void test_only_the_cells_on_the_screen_are_measured(void **state)
{
    struct app *app = enter_many(*state, 60);
    assert_int_equal(measured_pairs(&app->matrix.survey), 0);
    type(app, "\t");
    work_off(app);
    size_t first = measured_pairs(&app->matrix.survey);
    assert_in_range(first, 50, 200); /* of 1,770 */
    assert_shows(app, "–");
    type(app, "G$");
    assert_true(app_work(app));
    work_off(app);
    assert_in_range(measured_pairs(&app->matrix.survey), first + 50, first + 200);
    type(app, "g0");
    assert_false(app_work(app)); /* they are still known */
}

static void test_many_devices_scroll_both_ways_and_keep_their_numbers(void **state)
{
    struct app *app = enter_many(*state, 60);
    app->rows = 24;
    app->columns = 80;
    type(app, "\tG$");
    work_off(app);
    char *shown = screen(app, 24, 80);
    if (!strstr(shown, "53-60 of 60") || !strstr(shown, " 60 …long_vendor_name_059/bf16") ||
        !strstr(shown, "accelerators/a_long_vendor_name_059/bf16 and itself"))
        fail_msg("%s", shown);
    free(shown);
    type(app, "H");
    assert_int_equal(app->matrix.places[MATRIX_DISTANCE].column, 51);
    type(app, "h0L");
    assert_int_equal(app->matrix.places[MATRIX_DISTANCE].column, 8);
    type(app, "\x02"); /* ^B */
    assert_int_equal(app->matrix.places[MATRIX_DISTANCE].row, 47);
}

static void test_a_save_is_measured_anew(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = enter_seven(fixture);
    type(app, "n\r\r*2\r"); /* tune d/1: twice as efficient */
    type(app, "\x1b\x1b\t0j");
    work_off(app);
    assert_shows(app, "d/2 and d/1: typically 100 % apart");
    assert_shows(app, "unsaved changes are not part of this");
    type(app, "k\t\rw\r\x1b\tj");
    work_off(app);
    assert_shows(app, "d/2 and d/1: other files, but the same curves");
    assert_shows(app, "as stored");
}

/* --- nothing to show --- */

static void test_an_empty_registry_says_so_and_takes_every_key(void **state)
{
    struct fixture *fixture = *state;
    shell("rm -r %s/*", fixture->root);
    enter_anew(&fixture->app);
    assert_shows(&fixture->app, "No efficiency_curves.json below");
    type(&fixture->app, "hjklHLgG0$nNa\r\thjklHLgG0$nNa\r");
    assert_shows(&fixture->app, "No efficiency_curves.json below");
    type(&fixture->app, "\x1b");
    assert_ptr_equal(app_view(&fixture->app), &view_browse);
}

static void test_a_registry_of_broken_files_has_no_coverage_but_rows(void **state)
{
    struct fixture *fixture = *state;
    shell("rm -r %s/*", fixture->root);
    add_broken(fixture, "d/1");
    add_broken(fixture, "d/2");
    enter_anew(&fixture->app);
    assert_shows(&fixture->app, "No device has a curve that can be read");
    assert_shows(&fixture->app, "2 calibrations, 2 broken");
    type(&fixture->app, "n\r\t");
    work_off(&fixture->app);
    assert_shows(&fixture->app, "d/1 cannot be read");
}

/* --- any size, any terminal --- */

/* How often text stands on a screen. */
static size_t occurrences(const char *shown, const char *text)
{
    size_t count = 0;
    for (; (shown = strstr(shown, text)); shown += strlen(text))
        count++;
    return count;
}

static void check_sizes(struct app *app)
{
    for (int rows = 1; rows <= 40; rows += rows < 14 ? 1 : 13)
        for (int columns = 1; columns <= 120; columns += columns < 44 ? 3 : 19) {
            app->rows = rows;
            app->columns = columns;
            work_off(app);
            char *shown = screen(app, rows, columns);
            if (rows >= LAYOUT_ROWS_MIN && columns >= LAYOUT_COLUMNS_MIN &&
                occurrences(shown, "▸") != 1)
                fail_msg("%dx%d does not show the selected cell:\n%s", columns, rows, shown);
            free(shown);
        }
}

static void test_the_selected_cell_is_on_the_screen_at_every_size(void **state)
{
    struct app *app = enter_many(*state, 30);
    const char *ways[] = {"", "$", "n", "\t", "g0", "G", "$", "kkkhhh"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        type(app, ways[i]);
        check_sizes(app);
    }
}

static void test_a_terminal_of_ascii_gets_ascii_only(void **state)
{
    struct app *app = enter_seven(*state);
    const char *expected[] = {"# measured  o legacy", "= same file  . nothing shared"};
    for (int i = 0; i < 2; i++) {
        struct canvas canvas;
        struct buffer out = {0};
        canvas_init(&canvas, 24, 80, TEXT_ASCII);
        app_draw(app, &canvas);
        canvas_export_text(&canvas, false, &out);
        assert_non_null(strstr(out.bytes, expected[i]));
        for (size_t at = 0; at < out.length; at++)
            assert_true((unsigned char)out.bytes[at] < 0x80);
        canvas_done(&canvas);
        buffer_done(&out);
        type(app, "\t");
    }
}

#define WITH_APP(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_APP(test_it_counts_the_points_of_the_whole_registry),
        WITH_APP(test_each_provenance_has_a_sign_and_a_word),
        WITH_APP(test_thousands_of_points_are_short_in_the_cell_and_whole_in_words),
        WITH_APP(test_a_device_without_the_curve_differs_from_one_without_points),
        WITH_APP(test_what_cannot_be_read_has_a_sign_of_its_own),
        WITH_APP(test_nothing_is_called_unreadable_where_all_can_be_read),
        WITH_APP(test_keys_go_from_device_to_device_and_back_to_all),
        WITH_APP(test_enter_goes_to_the_curve_at_that_size_and_esc_comes_back),
        WITH_APP(test_enter_where_nothing_was_measured_says_so_or_shows_the_curve),
        WITH_APP(test_enter_says_where_the_curve_has_gone_since),
        WITH_APP(test_a_column_keeps_its_number_before_a_name_that_is_cut),
        WITH_APP(test_names_leave_the_room_that_they_do_not_need_to_the_columns),
        WITH_APP(test_a_wide_screen_has_words_beside_the_signs),
        WITH_APP(test_the_selected_operation_stands_device_by_device_below),
        WITH_APP(test_a_large_screen_has_more_operations_device_by_device),
        WITH_APP(test_a_high_screen_has_the_whole_heading),
        WITH_APP(test_the_footer_has_the_keys_of_the_face_that_is_shown),
        WITH_APP(test_a_cell_says_how_far_two_devices_are_apart),
        WITH_APP(test_the_pointer_touches_the_value_that_is_selected),
        WITH_APP(test_the_distance_from_a_to_b_is_that_from_b_to_a),
        WITH_APP(test_small_and_large_distances_keep_to_their_cells),
        WITH_APP(test_enter_compares_the_row_with_the_column),
        WITH_APP(test_enter_on_the_diagonal_or_a_broken_file_says_why_not),
        WITH_APP(test_the_row_of_the_distances_is_the_device_of_the_coverage),
        WITH_APP(test_it_begins_with_the_device_that_was_selected),
        WITH_APP(test_files_are_read_one_by_one_and_the_title_counts_them),
        WITH_APP(test_it_waits_until_the_registry_has_been_walked),
        WITH_APP(test_the_selected_operation_stays_while_others_come_in),
        WITH_APP(test_a_save_does_not_move_the_selected_cell),
        WITH_APP(test_only_the_cells_on_the_screen_are_measured),
        WITH_APP(test_many_devices_scroll_both_ways_and_keep_their_numbers),
        WITH_APP(test_a_save_is_measured_anew),
        WITH_APP(test_an_empty_registry_says_so_and_takes_every_key),
        WITH_APP(test_a_registry_of_broken_files_has_no_coverage_but_rows),
        WITH_APP(test_the_selected_cell_is_on_the_screen_at_every_size),
        WITH_APP(test_a_terminal_of_ascii_gets_ascii_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
