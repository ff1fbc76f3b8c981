/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `:` commands: what they do, what they say where they cannot, how a line is completed. */
#include "explorer.h"
#include "ui/command/command.h"

/* Types a whole line; one that was refused before stands there still, and is left first. */
static void enter(struct app *app, const char *line)
{
    if (app->prompt.active)
        type(app, "\x1b");
    type(app, ":");
    type(app, line);
    type(app, "\r");
}

static void test_a_calibration_opens_by_its_id_and_by_its_path(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    enter(app, "open gpu/jetson_orin_agx");
    assert_ptr_equal(app_view(app), &view_curves);
    assert_string_equal(app->file->id, "gpu/jetson_orin_agx");
    char *line = memory_print("open %s/cpu/i7-12700K", fixture->root);
    enter(app, line);
    assert_string_equal(app->file->id,
                        "cpu/i7-12700K"); /* the same file, not another of that path */
    assert_int_equal(app->files.count, 2);
    free(line);
    enter(app, "open " FIXTURES "/schema_example.json");
    assert_string_equal(app->file->id, FIXTURES "/schema_example.json");
    type(app, "\x1b");
    assert_string_equal(browse_selected(&app->browse)->id, FIXTURES "/schema_example.json");
    enter(app, "open gpu/jetson_orin_agx");
    type(app, "\x1b");
    assert_string_equal(browse_selected(&app->browse)->id, "gpu/jetson_orin_agx");
    enter(app, "open no/such");
    assert_shows(app, "no/such is no id in the list and no file");
    assert_ptr_equal(app_view(app), &view_browse);
}

static void test_a_revision_opens_and_takes_no_edits(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    shell(
        "cd %s && git init -q . && git add . && git -c user.name=a -c user.email=a@b commit -qm a",
        fixture->folder);
    enter(app, "open gpu/jetson_orin_agx@HEAD");
    assert_string_equal(app->file->id, "gpu/jetson_orin_agx@HEAD");
    type(app, "jjj\rk");
    assert_shows(app, "gpu/jetson_orin_agx@HEAD is what git has, and cannot be edited");
    assert_int_equal(files_modified_count(&app->files), 0);
    assert_false(file_changed_on_disk(app->file)); /* it is on no disk */
    enter(app, "open gpu/jetson_orin_agx@no-such");
    assert_shows(app, "gpu/jetson_orin_agx@no-such: ");
    enter(app, "compare gpu/jetson_orin_agx@HEAD gpu/jetson_orin_agx");
    assert_shows(app,
                 "The two do not differ: 8 curves with their breakpoints and parameters, 44 data "
                 "points, and the metadata");
    assert_shows(app, "Esc leads back");
    assert_shows_not(app, "FARTHEST");
    assert_shows_not(app, "points/changes/summary");
    type(app, "\t"); /* no page of sameness, but every curve */
    assert_shows(app, "The two do not differ: there is no other page");
    type(app, "j");
    assert_shows(app, "The two do not differ");
    assert_shows(app, "curve 2 of 8: mbconv");
    enter(app, "compare gpu/jetson_orin_agx gpu/jetson_orin_agx");
    assert_shows(app,
                 "A and B are both gpu/jetson_orin_agx: nothing to compare. Select another one");
}

static void test_curves_and_sizes_are_gone_to_by_name(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    enter(app, "curve conv2d");
    assert_shows(app, "There are no curves to choose from here");
    enter(app, "open gpu/jetson_orin_agx");
    enter(app, "curve conv2d");
    assert_string_equal(app_source(app)->name, "conv2d");
    enter(app, "curve nonsense");
    assert_shows(app, "There is no curve \"nonsense\" here");
    enter(app, "goto 250M");
    assert_true(fabs(app->curves.cursor / 250e6 - 1) < 1e-9);
    enter(app, "goto 1E");
    assert_shows(app, "The size is ");
    enter(app, "goto 100T");
    assert_shows(app, "the cursor is at its end");
    enter(app, "goto 600M");
    enter(app, "tune");
    assert_int_equal(app->tune.breakpoint, 2);
    enter(app, "goto 150M");
    assert_int_equal(app->tune.breakpoint, 1);
}

static void test_two_calibrations_are_compared_from_anywhere(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    enter(app, "compare cpu/i7-12700K gpu/jetson_orin_agx");
    assert_ptr_equal(app_view(app), &view_compare);
    assert_string_equal(app->compare.a.file->id, "cpu/i7-12700K");
    enter(app, "curve matmul");
    assert_string_equal(view_compare.curve_name(app, app->compare.row), "matmul");
    enter(app, "compare gpu/jetson_orin_agx cpu/i7-12700K"); /* out of a comparison into another */
    assert_string_equal(app->compare.a.file->id, "gpu/jetson_orin_agx");
    type(app, "\x1b");
    assert_ptr_equal(app_view(app), &view_browse);
    enter(app, "open gpu/jetson_orin_agx");
    enter(app, "compare cpu/i7-12700K");
    assert_string_equal(app->compare.b.file->id, "gpu/jetson_orin_agx");
    type(app, "?");
    enter(app, "compare cpu/i7-12700K");
    type(app, "\x1b");
    assert_ptr_equal(app_view(app), &view_curves);
}

static void test_an_id_with_blanks_is_compared_in_quotes(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    shell("cd %s && mkdir npu && cp -r cpu/i7-12700K 'npu/two words'", fixture->root);
    type(app, "r");
    while (app_work(app))
        ;
    enter(app, "compare \"npu/two words\" gpu/jetson_orin_agx");
    assert_ptr_equal(app_view(app), &view_compare);
    assert_string_equal(app->compare.a.file->id, "npu/two words");
    enter(app, "compare \"npu/two words gpu/jetson_orin_agx");
    assert_shows(app, "The quote does not end the word: \"npu/two words");
    enter(app, "compare npu/two words gpu/jetson_orin_agx");
    assert_shows(app, "one with blanks in it stands in \"quotes\"");
    type(app, "\x1b:compare npu\tgpu\t");
    assert_string_equal(app->prompt.text, "compare \"npu/two words\" gpu/jetson_orin_agx ");
    app_key(app, 21);
    type(app, "compare \"npu/two w\t");
    assert_string_equal(app->prompt.text, "compare \"npu/two words\" ");
    app_key(app, 21);
    type(app, "open npu\t\r"); /* which takes the rest of the line as it is */
    assert_string_equal(app->file->id, "npu/two words");
}

static void test_what_cannot_be_compared_with_says_why(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    shell("echo '{' > %s/gpu/jetson_orin_agx/efficiency_curves.json", fixture->root);
    type(app, "r");
    while (app_work(app))
        ;
    app_follow(app);
    type(app, "j");
    assert_string_equal(browse_selected(&app->browse)->id, "gpu/jetson_orin_agx");
    enter(app, "compare cpu/i7-12700K");
    assert_shows(app, "efficiency_curves.json:2:1: ");
    assert_ptr_equal(app_view(app), &view_browse);
}

static void test_an_action_does_what_its_key_does_or_says_where(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    enter(app, "undo");
    assert_shows(app, "undo works in: curves, refit, tune; this is: list");
    enter(app, "open gpu/jetson_orin_agx");
    enter(app, "curve conv2d");
    enter(app, "tune");
    enter(app, "move-up");
    assert_int_equal(files_modified_count(&app->files), 1);
    enter(app, "undo");
    assert_int_equal(files_modified_count(&app->files), 0);
    enter(app, "move-up twice");
    assert_shows(app, "move-up takes nothing behind it");
    enter(app, "undo!");
    assert_shows(app, "undo takes nothing behind it");
    enter(app, "back");
    assert_ptr_equal(app_view(app), &view_curves);
}

static void test_what_stands_behind_an_action_answers_what_it_asks(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    enter(app, "filter jetson");
    assert_int_equal(app->browse.count, 1);
    enter(app, "clear");
    assert_int_equal(app->browse.count, 2);
    enter(app, "open gpu/jetson_orin_agx");
    enter(app, "peak 2.66T");
    assert_true(fabs(app->file->peak[0] - 2.66e12) < 1);
    enter(app, "peak much");
    assert_shows(app, "The peak is a number such as 15.97T or 2.66e12");
    enter(app, "tune");
    enter(app, "scale 0.5");
    assert_int_equal(files_modified_count(&app->files), 1);
    enter(app, "save");
    enter(app, "note because of the clock");
    assert_string_equal(app->file->note, "because of the clock");
}

static bool file_says(const struct fixture *fixture, const char *id, const char *words)
{
    struct buffer bytes = {0};
    char *path = path_of(fixture, id);
    assert_int_equal(file_read(path, 1 << 20, &bytes, NULL), STATUS_OK);
    bool says = strstr(bytes.bytes, words) != NULL;
    buffer_done(&bytes);
    free(path);
    return says;
}

static void halve(struct app *app, const char *open)
{
    enter(app, open);
    enter(app, "tune");
    enter(app, "scale 0.5");
}

static void test_a_note_goes_into_its_own_file_however_that_is_written(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    halve(app, "open gpu/jetson_orin_agx");
    enter(app, "save");
    enter(app, "note only about the gpu");
    halve(app, "open cpu/i7-12700K");
    enter(app, "w");
    assert_false(file_says(fixture, "cpu/i7-12700K", "only about the gpu"));
    enter(app, "wa");
    assert_true(file_says(fixture, "gpu/jetson_orin_agx", "only about the gpu"));
    enter(app, "scale 0.5");
    enter(app, "wa");
    assert_false(file_says(fixture, "cpu/i7-12700K", "only about the gpu"));
}

static void test_a_note_goes_with_the_edits_that_it_explains(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    halve(app, "open cpu/i7-12700K");
    enter(app, "save");
    enter(app, "note soon undone");
    type(app, "\x1bu");
    assert_shows_not(app, "unsaved");
    type(app, "\x12w"); /* done again, and explained again */
    assert_shows(app, "Note: soon undone");
    type(app, "\x1bu");
    enter(app, "scale 0.25");
    enter(app, "w");
    assert_false(file_says(fixture, "cpu/i7-12700K", "soon undone"));
}

static void test_a_name_may_be_shortened_as_long_as_one_is_meant(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    enter(app, "fil jetson");
    assert_int_equal(app->browse.count, 1);
    enter(app, "m");
    assert_shows(app, "\"m\" could be map, messages, mark, matrix, mouse"); /* those of the list */
    assert_shows_not(app, "monotone");
    enter(app, "mo");
    assert_true(app->has_mouse && !app->mouse); /* the only one here */
    enter(app, "swa");
    assert_shows(app, "swap works in: compare; this is: list");
    enter(app, "xyz");
    assert_shows(app, "There is no command \"xyz\"");
    enter(app, "");
    enter(app, "  :: ");
    assert_ptr_equal(app_view(app), &view_browse);
}

static void test_write_writes_and_quit_loses_nothing_unasked(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *before = read_file(fixture, "gpu/jetson_orin_agx");
    enter(app, "w");
    assert_shows(app, "Nothing to save");
    enter(app, "open gpu/jetson_orin_agx");
    enter(app, "curve conv2d");
    enter(app, "tune");
    enter(app, "scale 0.5");
    enter(app, "q");
    assert_false(app->quit);
    assert_shows(app, "Not saved: gpu/jetson_orin_agx (1 edit). :w writes, :q! gives that up");
    enter(app, "w");
    assert_shows(app, "Wrote ");
    assert_ptr_equal(app_view(app), &view_tune);
    char *after = read_file(fixture, "gpu/jetson_orin_agx");
    assert_string_not_equal(before, after);
    enter(app, "scale 0.5");
    enter(app, "wq");
    assert_true(app->quit);
    char *last = read_file(fixture, "gpu/jetson_orin_agx");
    assert_string_not_equal(after, last);
    free(before);
    free(after);
    free(last);
}

/* Two files with a change each; others have changed one of them meanwhile. */
static void change_both(struct fixture *fixture)
{
    struct app *app = &fixture->app;
    enter(app, "open cpu/i7-12700K");
    enter(app, "tune");
    enter(app, "scale 0.5");
    enter(app, "open gpu/jetson_orin_agx");
    enter(app, "curve conv2d");
    enter(app, "tune");
    enter(app, "scale 0.5");
    assert_int_equal(files_modified_count(&app->files), 2);
}

static void test_all_changed_files_are_written_at_once(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    enter(app, "wa");
    assert_shows(app, "Nothing has been changed");
    change_both(fixture);
    enter(app, "wa");
    assert_shows(app, "Wrote 2 changed files: cpu/i7-12700K, gpu/jetson_orin_agx");
    assert_int_equal(files_modified_count(&app->files), 0);
    assert_ptr_equal(app_view(app), &view_tune);
}

static void test_writing_all_leaves_alone_what_others_have_changed(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    change_both(fixture);
    shell("sed -i s/FP32/INT8/ %s/cpu/i7-12700K/efficiency_curves.json", fixture->root);
    enter(app, "wa");
    assert_shows(app,
                 "Wrote 1 of 2 changed files: gpu/jetson_orin_agx; cpu/i7-12700K: changed on disk");
    char *others = read_file(fixture, "cpu/i7-12700K");
    assert_non_null(strstr(others, "INT8"));
    free(others);
    assert_int_equal(files_modified_count(&app->files), 1);
    enter(app, "wa!");
    assert_shows(app, "wall takes no \"!\"");
}

static void test_a_write_with_force_says_that_it_wrote_over_others(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    for (int asked = 0; asked < 2; asked++) { /* at once, or in sight of the conflict */
        enter(app, "open cpu/i7-12700K");
        enter(app, "tune");
        enter(app, "scale 0.5");
        shell("sed -i s/FP32/INT8/ %s/cpu/i7-12700K/efficiency_curves.json", fixture->root);
        if (asked)
            enter(app, "w");
        enter(app, "w!");
        assert_shows(app, "; what others had changed in it is lost");
        assert_ptr_equal(app_view(app), &view_tune);
        char *written = read_file(fixture, "cpu/i7-12700K");
        assert_null(strstr(written, "INT8"));
        free(written);
    }
    enter(app, "scale 0.5");
    enter(app, "w!");
    assert_shows(app, "Wrote ");
    assert_shows_not(app, "is lost");
    enter(app, "w! /tmp/copy");
    assert_shows(app, "A copy never replaces a file: :w PATH, without !");
}

static void test_what_is_open_is_loaded_anew(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    enter(app, "e gpu/jetson_orin_agx");
    enter(app, "curve conv2d");
    shell("sed -i s/FP32/INT8/ %s/gpu/jetson_orin_agx/efficiency_curves.json", fixture->root);
    enter(app, "e");
    assert_shows(app, "Loaded gpu/jetson_orin_agx as it is on disk");
    assert_string_equal(app_source(app)->name, "conv2d");
    assert_string_equal(app->file->calibration->precision, "INT8");
    enter(app, "tune");
    enter(app, "scale 0.5");
    enter(app, "e");
    assert_shows(app, "gpu/jetson_orin_agx has unsaved changes: :w writes, :e! drops them");
    type(app, "!\r");
    assert_shows(app, "Loaded gpu/jetson_orin_agx as it is on disk");
    assert_int_equal(files_modified_count(&app->files), 0);
    enter(app, "e! cpu/i7-12700K");
    assert_shows(app, "open! loads what is open anew");
}

static void test_a_write_leads_back_to_where_it_was_asked_for(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    change_both(fixture);
    type(app, "\t");
    size_t curve = app->curve, breakpoint = app->tune.breakpoint;
    assert_true(breakpoint > 0);
    shell("printf ' ' >> %s/cpu/i7-12700K/efficiency_curves.json", fixture->root);
    enter(app, "w");
    enter(app, "compare cpu/i7-12700K gpu/jetson_orin_agx");
    type(app, "\x1b");
    assert_ptr_equal(app_view(app), &view_tune);
    enter(app, "scale 0.5");
    enter(app, "w");
    enter(app, "wq"); /* the other one, which others have changed */
    assert_ptr_equal(app_view(app), &view_conflict);
    enter(app, "w!");
    assert_shows(app, "Wrote cpu/i7-12700K; what others had changed in it is lost");
    assert_ptr_equal(app_view(app), &view_tune);
    assert_string_equal(app->file->id, "gpu/jetson_orin_agx");
    assert_int_equal(app->curve, curve);
    assert_int_equal(app->tune.breakpoint, breakpoint);
    enter(app, "scale 0.5");
    enter(app, "compare cpu/i7-12700K");
    enter(app, "w");
    assert_shows(app, "Wrote ");
    assert_int_equal(app_view(app)->id, VIEW_COMPARE);
    assert_shows(app, "A = cpu/i7-12700K");
}

static void test_mouse_and_style_are_options(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    enter(app, "set style blocks");
    assert_int_equal(app->style, PLOT_BLOCKS);
    enter(app, "set style");
    assert_shows(app, "style blocks (braille, blocks, ascii): what lines of plots are drawn in");
    enter(app, "set mouse off");
    assert_false(app->mouse);
    type(app, ":set mouse o\t\r");
    enter(app, "set mouse on");
    assert_true(app->mouse);
    app_take_charset(app, TEXT_ASCII);
    enter(app, "set style braille");
    assert_int_equal(app->style, PLOT_ASCII);
}

static void test_write_and_quit_find_what_is_changed_wherever_one_is(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *before = read_file(fixture, "gpu/jetson_orin_agx");
    enter(app, "open gpu/jetson_orin_agx");
    enter(app, "tune");
    type(app, "k\x1b\x1bk"); /* in the list, on the other row */
    assert_string_equal(browse_selected(&app->browse)->id, "cpu/i7-12700K");
    enter(app, "w"); /* that is not what one is on */
    assert_shows(app, "Not saved: gpu/jetson_orin_agx (1 edit). Not the file that you are on");
    type(app, "\x1bj");
    enter(app, "w");
    assert_shows(app, "Wrote ");
    assert_int_equal(files_modified_count(&app->files), 0);
    assert_ptr_equal(app_view(app), &view_browse);
    type(app, "\r\rk?"); /* in the help of another view */
    enter(app, "w");
    assert_shows(app, "Wrote ");
    assert_ptr_equal(app_view(app), &view_tune);
    type(app, "k\x1b\x1bk\r");
    enter(app, "wq");
    assert_true(app->quit);
    assert_int_equal(files_modified_count(&app->files), 0);
    char *after = read_file(fixture, "gpu/jetson_orin_agx");
    assert_string_not_equal(before, after);
    free(before);
    free(after);
}

static void test_write_and_quit_writes_all_and_stops_where_it_cannot(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "\r\rk\x1b\x1bj\r\rk\x1b\x1b");
    shell("printf ' ' >> %s/cpu/i7-12700K/efficiency_curves.json", fixture->root);
    enter(app, "wq");
    assert_false(app->quit);
    assert_ptr_equal(app_view(app), &view_conflict);
    assert_string_equal(app->file->id, "cpu/i7-12700K");
    assert_int_equal(files_modified_count(&app->files), 1); /* the other one is written */
    enter(app, "wq");
    assert_shows(app,
                 "Others have changed the file: :merge puts both together, :w! writes over theirs");
    type(app, "\x1bOO");
    enter(app, "wq");
    assert_true(app->quit);
}

static void test_of_several_changed_ones_elsewhere_none_is_guessed(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    shell("cp " FIXTURES "/schema_example.json %s", fixture->folder);
    char *line = memory_print("open %s/schema_example.json", fixture->folder);
    enter(app, line);
    type(app, "\x1bg\r\rk\x1b\x1bj\r\rk\x1b\x1b");
    enter(app, line);
    free(line);
    enter(app, "w");
    assert_shows(app, "Not saved: cpu/i7-12700K (1 edit), gpu/jetson_orin_agx (1 edit). "
                      "Not the file that you are on: :wa writes it");
    assert_int_equal(files_modified_count(&app->files), 2);
}

static void test_what_cannot_be_opened_has_its_own_reason(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    shell("mkdir %s/empty", fixture->root);
    shell("cd %s && ln -s loop loop", fixture->root);
    char *folder = memory_print("e %s/empty", fixture->root),
         *loop = memory_print("e %s/loop", fixture->root);
    enter(app, folder);
    assert_shows_not(app, "no id in the list");
    type(app, "\x1b");
    enter(app, loop);
    assert_shows_not(app, "no id in the list");
    free(folder);
    free(loop);
}

static void test_no_command_of_a_shell_is_run(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    enter(app, "!ls");
    assert_shows(app,
                 "No commands of the shell here: :suspend stops calscope, `fg` brings it back");
    assert_shows_not(app, "could be");
}

static void test_a_path_is_taken_for_what_it_leads_to_now(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *line = memory_print("open %s/current.json", fixture->folder);
    shell("cd %s && cp " FIXTURES "/schema_example.json 1.json && cp 1.json 2.json && "
          "ln -s 1.json current.json",
          fixture->folder);
    enter(app, line);
    const struct file *first = app->file;
    enter(app, line);
    assert_ptr_equal(app->file, first);
    shell("cd %s && ln -sfn 2.json current.json", fixture->folder);
    enter(app, line);
    assert_non_null(strstr(app->file->path, "/2.json"));
    assert_string_not_equal(app->file->id, first->id); /* its row leads to this one alone */
    enter(app, "tune");
    enter(app, "scale 0.5");
    type(app, "\x1b\x1b");
    shell("cd %s && rm current.json 1.json", fixture->folder);
    enter(app, line); /* nothing is there now, but that one was opened */
    assert_ptr_equal(app->file, first);
    free(line);
}

static void test_a_file_outside_the_registry_is_saved_too(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    struct buffer before = {0}, after = {0};
    char *path = memory_print("%s/elsewhere.json", fixture->folder);
    shell("cp " FIXTURES "/schema_example.json %s/elsewhere.json", fixture->folder);
    char *line = memory_print("open %s", path);
    enter(app, line);
    enter(app, "tune");
    enter(app, "scale 0.5");
    assert_int_equal(file_read(path, 1 << 20, &before, NULL), STATUS_OK);
    enter(app, "w");
    assert_shows(app, "Wrote ");
    assert_int_equal(file_read(path, 1 << 20, &after, NULL), STATUS_OK);
    assert_string_not_equal(before.bytes, after.bytes);
    enter(app, "scale 0.5");
    shell("printf ' ' >> %s/elsewhere.json", fixture->folder); /* and merged, where others wrote */
    enter(app, "w");
    assert_ptr_equal(app_view(app), &view_conflict);
    enter(app, "merge");
    assert_ptr_equal(app_view(app), &view_save);
    buffer_done(&before);
    buffer_done(&after);
    free(line);
    free(path);
}

static void test_quitting_with_force_gives_up_and_writes_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *before = read_file(fixture, "gpu/jetson_orin_agx");
    enter(app, "open gpu/jetson_orin_agx");
    enter(app, "tune");
    enter(app, "scale 0.5");
    enter(app, "q!");
    assert_true(app->quit && app->discard);
    char *after = read_file(fixture, "gpu/jetson_orin_agx");
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void test_wq_stays_where_others_have_changed_the_file(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    enter(app, "open gpu/jetson_orin_agx");
    enter(app, "tune");
    enter(app, "scale 0.5");
    shell("printf ' ' >> %s/gpu/jetson_orin_agx/efficiency_curves.json", fixture->root);
    enter(app, "wq");
    assert_false(app->quit);
    assert_ptr_equal(app_view(app), &view_conflict);
}

static void test_a_copy_and_the_screen_go_into_new_files_alone(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    struct buffer text = {0};
    char *path = memory_print("%s/screen.txt", fixture->folder);
    char *line = memory_print("screen %s", path), *force = memory_print("screen! %s", path);
    enter(app, line);
    assert_int_equal(file_read(path, 1 << 20, &text, NULL), STATUS_OK);
    assert_non_null(strstr(text.bytes, "jetson_orin_agx"));
    enter(app, line);
    assert_shows(app, ":screen! replaces it");
    enter(app, "open gpu/jetson_orin_agx");
    enter(app, force);
    buffer_truncate(&text, 0);
    assert_int_equal(file_read(path, 1 << 20, &text, NULL), STATUS_OK);
    assert_non_null(strstr(text.bytes, "conv2d"));
    char *write = memory_print("w %s", path);
    enter(app, write);
    assert_shows(app, "No copy: ");
    char *into = memory_print("w %s", fixture->folder);
    enter(app, into);
    assert_shows(app, "No copy: a folder; name a file in it");
    free(into);
    shell("cd %s && rm screen.txt && ln -s nowhere screen.txt", fixture->folder);
    enter(app, line);
    assert_shows(app, "screen.txt: a link that leads nowhere has that name; remove it first");
    assert_null(strstr(app->message, "replaces"));
    enter(app, force);
    assert_shows(app, "screen.txt: a link that leads nowhere has that name; remove it first");
    buffer_done(&text);
    free(path);
    free(line);
    free(force);
    free(write);
}

static void test_options_are_set_shown_and_listed(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    enter(app, "set axis linear");
    assert_false(app->log_y);
    enter(app, "set axis=log");
    assert_true(app->log_y);
    enter(app, "set axis");
    assert_shows(app, "axis log (linear, log): the efficiency axis");
    enter(app, "set");
    assert_shows(app, "theme default   axis log   bars std");
    enter(app, "set axis round");
    assert_shows(app, "axis is one of linear, log, not \"round\"");
    enter(app, "set colour red");
    assert_shows(app, "There is no option \"colour\"; there are theme, axis, bars, style, mouse");
}

static void test_help_explains_commands_and_actions(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    enter(app, "help goto");
    assert_shows(app, ":goto SIZE   Move the cursor to a size");
    enter(app, "help undo");
    assert_shows(app, ":undo (u; curves, refit, tune)   Undo the last change");
    enter(app, "help und"); /* what `:und` does */
    assert_shows(app, ":undo (u; curves, refit, tune)   Undo the last change");
    enter(app, "help frobnicate");
    assert_shows(app, "There is no command \"frobnicate\"");
    enter(app, "help");
    assert_ptr_equal(app_view(app), &view_help);
    assert_shows(app, "COMMANDS");
    assert_shows(app, ":write [PATH]");
    for (int i = 0; i < 100; i++)
        type(app, "j");
    assert_shows(app, ":help [NAME]"); /* the last line is reached */
}

static void test_every_line_of_help_fits_a_small_screen(void **state)
{
    (void)state;
    size_t count;
    const struct command_entry *table = command_table(&count);
    for (size_t i = 0; i < count; i++) {
        assert_true(strlen(table[i].name) + 2 + strlen(table[i].arguments) <= 25);
        assert_true(text_columns(table[i].help, TEXT_UNICODE) <= 80 - 28);
    }
}

static void test_tab_completes_commands_ids_curves_and_values(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, ":fil\t");
    assert_string_equal(app->prompt.text, "filter ");
    app_key(app, 21);
    type(app, "open orin\t"); /* what contains it, where nothing begins so */
    assert_string_equal(app->prompt.text, "open gpu/jetson_orin_agx ");
    type(app, "\r");
    type(app, ":curve conv2d_b\t");
    assert_string_equal(app->prompt.text, "curve conv2d_batchnorm ");
    app_key(app, 21);
    type(app, "set b\tr\t\r");
    assert_int_equal(app->bars, SCENE_BARS_RANGE);
    type(app, ":compare cpu/\tgpu/\t");
    assert_string_equal(app->prompt.text, "compare cpu/i7-12700K gpu/jetson_orin_agx ");
}

static void test_tab_walks_through_what_it_offers_and_back(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    enter(app, "open gpu/jetson_orin_agx");
    type(app, ":curve c\t");
    assert_string_equal(app->prompt.text, "curve conv2d"); /* what all have in common */
    assert_shows(app, "conv2d  conv2d_batchnorm");
    type(app, "\t\t");
    assert_string_equal(app->prompt.text, "curve conv2d_batchnorm");
    app_key(app, TERM_KEY_SHIFT_TAB);
    assert_string_equal(app->prompt.text, "curve conv2d");
    app_key(app, TERM_KEY_SHIFT_TAB);
    assert_string_equal(app->prompt.text, "curve c"); /* what was typed */
    type(app, "\x1b:nothing\t");
    assert_string_equal(app->prompt.text, "nothing");
}

static void test_tab_offers_what_works_in_the_view(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, ":cu\t"); /* neither curves nor a cursor in the list */
    assert_string_equal(app->prompt.text, "cu");
    app_key(app, 21);
    type(app, "got\t");
    assert_string_equal(app->prompt.text, "got");
    type(app, "\x1bj\r:got\t");
    assert_string_equal(app->prompt.text, "goto ");
    app_key(app, 21);
    type(app, "op gpu/je\t"); /* as short as it may be */
    assert_string_equal(app->prompt.text, "op gpu/jetson_orin_agx ");
    app_key(app, 21);
    type(app, "s\t");
    assert_shows(app, "save  screen  search  set");
    for (size_t i = 0; i < app->command_line.completion.count; i++)
        assert_true(command_works(app, app->command_line.completion.words[i]));
}

static void test_tab_completes_paths(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *line = memory_print(":open %s/har\t", fixture->folder);
    type(app, line);
    char *folder = memory_print("open %s/hardware_registry/", fixture->folder);
    assert_string_equal(app->prompt.text, folder);
    type(app, "g\t"); /* a folder goes on */
    assert_int_equal(strlen(app->prompt.text), strlen(folder) + strlen("gpu/"));
    free(line);
    free(folder);
}

static void test_up_finds_lines_that_begin_like_what_is_typed(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    enter(app, "set axis linear");
    enter(app, "filter x");
    enter(app, "set bars none");
    type(app, ":se");
    app_key(app, TERM_KEY_UP);
    assert_string_equal(app->prompt.text, "set bars none");
    app_key(app, TERM_KEY_UP);
    app_key(app, TERM_KEY_UP); /* there are no more */
    assert_string_equal(app->prompt.text, "set axis linear");
    app_key(app, TERM_KEY_DOWN);
    app_key(app, TERM_KEY_DOWN);
    assert_string_equal(app->prompt.text, "se");
    type(app, "\x1b");
    terminate_and_start(fixture);
    type(app, ":f");
    app_key(app, TERM_KEY_UP);
    assert_string_equal(app->prompt.text, "filter x");
}

static void test_erasing_an_empty_line_leaves_it(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, ":x");
    app_key(app, TERM_KEY_BACKSPACE);
    assert_true(app->prompt.active);
    app_key(app, TERM_KEY_BACKSPACE);
    assert_false(app->prompt.active);
}

/* Whatever is typed as a command in any view: an answer, and a program that goes on. */
static void test_every_command_in_every_view_is_answered(void **state)
{
    struct fixture *fixture = *state;
    static const char *const ways[] = {
        "", "open gpu/jetson_orin_agx", "tune", "refit", "save", "findings", "help", "matrix"};
    size_t actions, commands, done = 0;
    const struct action_entry *action = action_table(&actions);
    const struct command_entry *command = command_table(&commands);
    for (size_t way = 0; way < sizeof ways / sizeof *ways; way++)
        for (size_t i = 0; i < actions + commands; i++) {
            struct app *app = &fixture->app;
            const char *name = i < actions ? action[i].name : command[i - actions].name;
            if (way >= 2 && way != 7)
                enter(app, "open gpu/jetson_orin_agx");
            enter(app, ways[way]);
            enter(app, name);
            if (app->prompt.active)
                type(app, "\x1b");
            char *shown = screen(app, 24, 80);
            assert_non_null(strstr(shown, "calscope"));
            free(shown);
            done++;
            if (app->view_count > 8 || app->quit)
                terminate_and_start(fixture);
            while (app_view(app) != &view_browse)
                app_back(app);
        }
    assert_true(done > 900);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(test_a_calibration_opens_by_its_id_and_by_its_path),
        TEST(test_a_revision_opens_and_takes_no_edits),
        TEST(test_curves_and_sizes_are_gone_to_by_name),
        TEST(test_two_calibrations_are_compared_from_anywhere),
        TEST(test_an_id_with_blanks_is_compared_in_quotes),
        TEST(test_what_cannot_be_compared_with_says_why),
        TEST(test_an_action_does_what_its_key_does_or_says_where),
        TEST(test_what_stands_behind_an_action_answers_what_it_asks),
        TEST(test_a_note_goes_into_its_own_file_however_that_is_written),
        TEST(test_a_note_goes_with_the_edits_that_it_explains),
        TEST(test_a_name_may_be_shortened_as_long_as_one_is_meant),
        TEST(test_write_writes_and_quit_loses_nothing_unasked),
        TEST(test_write_and_quit_find_what_is_changed_wherever_one_is),
        TEST(test_write_and_quit_writes_all_and_stops_where_it_cannot),
        TEST(test_of_several_changed_ones_elsewhere_none_is_guessed),
        TEST(test_what_cannot_be_opened_has_its_own_reason),
        TEST(test_no_command_of_a_shell_is_run),
        TEST(test_a_path_is_taken_for_what_it_leads_to_now),
        TEST(test_a_file_outside_the_registry_is_saved_too),
        TEST(test_quitting_with_force_gives_up_and_writes_nothing),
        TEST(test_wq_stays_where_others_have_changed_the_file),
        TEST(test_a_copy_and_the_screen_go_into_new_files_alone),
        TEST(test_options_are_set_shown_and_listed),
        TEST(test_all_changed_files_are_written_at_once),
        TEST(test_writing_all_leaves_alone_what_others_have_changed),
        TEST(test_a_write_with_force_says_that_it_wrote_over_others),
        TEST(test_what_is_open_is_loaded_anew),
        TEST(test_a_write_leads_back_to_where_it_was_asked_for),
        TEST(test_mouse_and_style_are_options),
        TEST(test_help_explains_commands_and_actions),
        TEST(test_every_line_of_help_fits_a_small_screen),
        TEST(test_tab_completes_commands_ids_curves_and_values),
        TEST(test_tab_walks_through_what_it_offers_and_back),
        TEST(test_tab_offers_what_works_in_the_view),
        TEST(test_tab_completes_paths),
        TEST(test_up_finds_lines_that_begin_like_what_is_typed),
        TEST(test_erasing_an_empty_line_leaves_it),
        TEST(test_every_command_in_every_view_is_answered),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
