/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The explorer without a terminal: keys in, a canvas out. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "explorer.h"

#include "../share.h"

static void test_the_list_shows_every_device_with_its_figures(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    assert_shows(app, "i7-12700K");
    assert_shows(app, "FP32 2026-02-04    6+2   44      n/a legacy   ok");
    assert_shows(app, "2 calibrations");
}

static void test_typing_a_filter_narrows_the_list_at_once(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "/orin");
    assert_shows(app, "jetson_orin_agx");
    assert_shows_not(app, "i7-12700K ");
    type(app, "\r\r"); /* accept, open */
    assert_shows(app, "conv2d_depthwise");
    type(app, "\x1b\x1b");
    assert_shows(app, "i7-12700K ");
}

static void test_a_filter_that_nothing_matches_says_so(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "/no such device\r");
    assert_shows(app, "Nothing fits the filter `no such device`. Esc clears it.");
}

static void test_the_cursor_reads_the_curve_and_with_a_peak_milliseconds(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjj");
    assert_shows(app, "316 M FLOPs   efficiency 0.6698   in range 10 M – 10 G");
    assert_shows(app, "nearest point 231 M: 0.73 ± 0.146, n = 1, legacy; residual +0.149");
    assert_shows(app, "Larger is predicted faster at 10 M – 15.4 M, 500 M – 877 M");
    type(app, "p2.66T\r");
    assert_shows(app, "0.1774 ms at 2.66 T/s"); /* 316e6 / (2.66e12 x 0.6698) */
    type(app, "HHHHHH");
    assert_shows(app, "BELOW range");
}

static void test_moving_a_breakpoint_changes_the_statistics_with_every_key(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjj\r\t\t\t\t");
    assert_shows_not(app, "→");
    type(app, "K");
    assert_shows(app, "residual std 0.14487 → ");
    assert_shows(app, "0.253 *");
    assert_shows(app, "1 unsaved");
    type(app, "u");
    assert_shows_not(app, "→");
    assert_shows_not(app, "unsaved");
    assert_shows(app, "the file is as it was saved");
}

static void test_a_move_that_breaks_the_order_is_refused_with_the_reason(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjj\r\t\t\t\tLLLLLLL");
    assert_shows(app, "Refused: breakpoints must rise in size");
    type(app, "uuuuuuuuuu");
    assert_shows_not(app, "unsaved");
}

static void test_a_refused_value_stays_in_the_prompt_to_be_mended(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjj\r\t\t\t\t=");
    app_key(app, 21); /* ^U */
    type(app, "900M:0.3\r");
    assert_shows(app, "breakpoints must rise in size");
    assert_shows(app, "900M:0.3");
    app_key(app, 21);
    type(app, "nonsense\r");
    assert_shows(app, "The size is a number such as 250M");
    app_key(app, 21);
    type(app, "\r"); /* as it was: nothing to do, and the prompt closes */
    assert_shows(app, "No change: the curve has these values already");
    type(app, "=");
    app_key(app, 21);
    type(app, ":0.31\r"); /* the size stays */
    assert_shows(app, "50 M      0.31 *");
}

static void test_a_tuned_breakpoint_is_saved_as_four_numbers_and_a_note(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjjj\r\t\t\t\tkw");
    assert_shows(app, "-            0.23");
    assert_shows(app, "+            0.2323");
    type(app, "nmeasured again\r");
    assert_shows(app, "measured again");
    type(app, "\r");
    assert_shows(app, "Wrote ");
    assert_shows_not(app, "unsaved");
    char *bytes = read_file(fixture, "gpu/jetson_orin_agx");
    assert_non_null(strstr(bytes, "            0.2323\n"));
    assert_non_null(strstr(bytes, "] measured again\""));
    free(bytes);
    type(app, "u");
    assert_shows(app, "1 unsaved"); /* undo goes on across a save */
    type(app, "w");
    assert_shows(app, "recomputed; the file says unknown again");
    assert_shows(app, "The curve is as it was; the note that a save wrote stays");
}

static void test_after_undoing_everything_there_is_nothing_to_save(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r\rkkkuuuw");
    assert_shows(app, "Nothing to save");
}

static void test_a_step_up_and_one_down_leave_nothing_to_save(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjj\r");
    for (size_t i = 0; i < app_curve(app).count; i++)
        type(app, "KJkjlhkKJj\t");
    assert_shows_not(app, "unsaved");
    type(app, "w");
    assert_shows(app, "Nothing to save");
}

static void test_quitting_with_unsaved_changes_asks_once(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r\rkq");
    assert_false(app->quit);
    assert_shows(app, "Not saved: gpu/jetson_orin_agx (1 edit). q again quits and loses that");
    type(app, "\tq"); /* any other key: the question is off */
    assert_false(app->quit);
    type(app, "q");
    assert_true(app->quit);
}

static void test_the_question_names_what_would_be_lost(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "\r\rk\x1b\x1bj\r\rkkkuq");
    assert_shows(app, "Not saved: cpu/i7-12700K (1 edit), gpu/jetson_orin_agx (2 edits). q again");
    type(app, "kuuuq"); /* as in the file again: nothing of it is lost */
    assert_shows(app, "Not saved: cpu/i7-12700K (1 edit). q again");
}

static void test_a_file_changed_by_others_is_not_overwritten_unasked(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = memory_print("%s/cpu/i7-12700K/efficiency_curves.json", fixture->root);
    type(app, "\r\rkw");
    shell("printf ' ' >> %s", path);
    type(app, "\r");
    assert_shows(app, "Not written: changed on disk since it was loaded");
    char *bytes = read_file(fixture, "cpu/i7-12700K");
    assert_int_equal(bytes[strlen(bytes) - 1], ' ');
    free(bytes);
    type(app, "OO");
    assert_shows(app, "Wrote ");
    bytes = read_file(fixture, "cpu/i7-12700K");
    assert_int_equal(bytes[strlen(bytes) - 1], '}');
    free(bytes);
    free(path);
}

static void test_fits_stand_side_by_side_and_one_is_adopted(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjjf");
    assert_shows(app, "stored, recomputed");
    assert_shows(app, "piecewise_linear k=");
    assert_shows(app, "log_linear");
    assert_shows(app, "sigmoid");
    assert_shows(app, "best");
    type(app, "jj\r"); /* the sigmoid */
    assert_shows(app, "Adopted sigmoid as");
    assert_shows(app, "conv2d_batchnorm *");
    type(app, "u");
    assert_shows_not(app, "unsaved");
}

static void test_a_curve_kept_in_the_picture_says_so_while_it_is_selected(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjj ");
    assert_shows(app, "conv2d_batchnorm stays in the picture; Space lets it go again");
    type(app, " ");
    assert_shows(app, "conv2d_batchnorm is in the picture only while selected; Space keeps it");
}

static void test_a_point_left_out_changes_the_fits_and_comes_back(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjjf");
    double all = app->fit.laboratory->fits[1]->statistics.r_squared;
    type(app, "llllll ");
    assert_shows(app, "left out   1 of 9 points left out");
    assert_true(app->fit.laboratory->fits[1]->statistics.r_squared != all);
    assert_int_equal(app->fit.laboratory->fits[1]->statistics.count, 8);
    type(app, " ");
    assert_true(app->fit.laboratory->fits[1]->statistics.r_squared == all);
    type(app, "X\r"); /* all legacy points */
    assert_shows(app, "9 points left out");
    assert_int_equal(app->fit.laboratory->fits[1]->status, FIT_TOO_FEW_POINTS);
}

static void test_two_calibrations_are_compared_and_swapped(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 40; /* as assert_shows draws it */
    app->columns = 120;
    type(app, "mjc");
    assert_shows(app, "A = cpu/i7-12700K");
    assert_shows(app, "only A");
    assert_shows(app, "only B");
    assert_shows(app, "compare: generic");
    assert_shows(app, " generic is only in A   "); /* the table has no room for long names */
    type(app, "x");
    assert_shows(app, "A = gpu/jetson_orin_agx");
    type(app, "\t\t");
    assert_shows(app, "generic only in B");
    type(app, "\t");
    assert_shows(app, "9 operations: ");
    assert_shows(app, "hardware_id");
    type(app, "\t");
    assert_shows(app, "FARTHEST B/A");
}

static void test_two_curves_of_one_file_are_compared(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 40;
    app->columns = 120;
    type(app, "j\rjjjmjc");
    assert_shows(app, "A = gpu/jetson_orin_agx conv2d_batchnorm");
    assert_shows(app, "B = gpu/jetson_orin_agx conv2d");
    assert_shows(app, "ratio B/A");
    type(app, "\t\t");
    assert_shows(app, "area between the curves ");
    assert_shows(app, "moved at 200 M");
}

static void test_a_curve_is_taken_over_from_the_marked_calibration(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjjm\x1bk\r\rT");
    assert_shows(app, "Took over conv2d_batchnorm of gpu/jetson_orin_agx");
    assert_shows(app, "1 unsaved");
}

static void test_the_keys_that_show_help_and_tour_close_them(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app_key(app, TERM_KEY_F1);
    assert_int_equal(app_view(app)->id, VIEW_HELP);
    assert_shows(app, "Esc back  q quit"); /* and not one more way */
    app_key(app, TERM_KEY_F1);
    assert_int_equal(app_view(app)->id, VIEW_BROWSE);
    type(app, "j\r??");
    assert_int_equal(app_view(app)->id, VIEW_CURVES);
    type(app, "?:help\r"); /* the command asks for it */
    assert_int_equal(app_view(app)->id, VIEW_HELP);
    type(app, "?\x1bTT");
    assert_int_equal(app_view(app)->id, VIEW_BROWSE);
    type(app, "T?TT"); /* in the help T is nothing */
    assert_int_equal(app_view(app)->id, VIEW_HELP);
}

static void paste(struct app *app, const char *text)
{
    paste_take(app, text, strlen(text));
}

/* The filter is asked once, and what has no room is said at once, not when Enter is pressed. */
static void test_a_pasted_text_that_is_too_long_is_cut_and_that_is_said(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    size_t length = (size_t)1 << 20;
    char *text = memory_new_array(length + 1, 1);
    for (size_t i = 0; i < length; i += 2)
        memcpy(text + i, "\xc3\xa9", 2);
    type(app, "/x");
    paste(app, text);
    free(text);
    assert_int_equal(app->prompt.length, PROMPT_TEXT_MAX - 1); /* no half of a character */
    assert_shows(app, "Too long: cut at 4095 bytes");
    assert_int_equal(app->browse.count, 0);
    type(app, "\r");
    assert_true(app->prompt.active);
    type(app, "\x15jet\r");
    assert_false(app->prompt.active);
    assert_int_equal(app->browse.count, 1);
}

static void test_pasted_bytes_that_are_no_text_are_left_out(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "/");
    paste_take(app,
               "j\0e\xff\xc3"
               "t\x7f\xc3",
               8);
    assert_string_equal(app->prompt.text, "jet");
    assert_int_equal(app->browse.count, 1);
}

static void test_a_pasted_text_takes_the_place_of_what_was_offered(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rt=");
    assert_true(app->prompt.offered);
    paste(app, "\n1.5e9\n0.5\n");
    assert_string_equal(app->prompt.text, "1.5e9 0.5");
}

static void test_pasted_text_is_typed_and_does_nothing_else(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    paste(app, "j\rq\r");
    assert_false(app->quit);
    assert_ptr_equal(app_view(app), &view_browse);
    assert_shows(app, "Not taken: pasted text goes where something is typed, as behind :");
    type(app, ":");
    paste(app, "\rset axis\r\tlinear\x1b\x15\r"); /* neither Enter nor Esc nor ^U */
    assert_true(app->prompt.active);
    assert_string_equal(app->prompt.text, "set axis linear");
    type(app, "\r");
    assert_false(app->log_y);
    type(app, "\r"); /* keys are keys again */
    assert_ptr_equal(app_view(app), &view_curves);
}

static void test_a_number_before_a_key_says_how_often(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r3j");
    assert_string_equal(app_source(app)->name, "conv2d_batchnorm");
    type(app, "2k");
    assert_string_equal(app_source(app)->name, "mbconv");
    type(app, "5G");
    assert_string_equal(app_source(app)->name, "conv2d");
    type(app, "99G"); /* there are not so many */
    assert_string_equal(app_source(app)->name, app_curve_name(app, 7));
    type(app, "1"); /* shown until the key */
    assert_shows(app, "1 times the next key");
    type(app, "0k");
    assert_string_equal(app_source(app)->name, app_curve_name(app, 0));
    type(app, "4\x1bj"); /* forgotten, and still in the curves */
    assert_string_equal(app_source(app)->name, "mbconv");
    type(app, "4yj"); /* what does not move is done once, and the number is gone */
    assert_false(app->log_y);
    assert_string_equal(app_source(app)->name, "generic_tiny");
    type(app, "\r3k2u");
    assert_shows(app, "Undone 2 steps, the last: ");
    type(app, "3u");
    assert_shows(app, "Undone 1 step, there are no more; the last: ");
    assert_shows(app, "the file is as it was saved");
    type(app, "\x1b"
              "f0"); /* a key of its own there */
    assert_int_equal(app->count, 0);
}

static void test_a_number_before_a_key_that_takes_none_is_told_so(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "3?");
    assert_int_equal(app_view(app)->id, VIEW_HELP);
    assert_shows(app, "This key takes no number: it did once what it does");
    type(app, "?1?");
    assert_shows_not(app, "takes no number");
    type(app, "?2j");
    assert_shows_not(app, "takes no number");
}

static void test_a_key_that_edits_nothing_says_how_to_leave_a_prompt(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "/je");
    app_key(app, TERM_KEY_F1);
    assert_true(app->prompt.active);
    assert_shows(app, "F1 does nothing while typing: Enter takes the line, Esc leaves it");
    type(app, "t");
    assert_shows_not(app, "while typing");
    assert_string_equal(app->prompt.text, "jet");
}

static void test_where_the_filter_leaves_no_row_keys_for_one_say_so(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    static const char keys[] = "\rmc@";
    type(app, "/nothing\r");
    for (const char *key = keys; *key; key++) {
        app_key(app, *key == '\r' ? TERM_KEY_ENTER : *key);
        assert_shows(app, "No row fits the filter: Esc shows all of them again");
        app_end_message(app);
    }
    assert_int_equal(app_view(app)->id, VIEW_BROWSE);
}

static void test_a_prompt_is_stopped_with_the_program_and_is_there_afterwards(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, ":set\x0c\x1a");
    assert_true(app->redraw);
    assert_true(app->suspend);
    assert_true(app->prompt.active);
    assert_string_equal(app->prompt.text, "set");
}

static void test_half_a_page_is_what_vim_calls_it(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app->rows = 12;
    type(app, "?\x04\x04");
    size_t down = app->help_top;
    assert_true(down > 0);
    type(app, "\x15");
    assert_true(app->help_top < down);
}

static void test_hints_of_the_moment_are_not_kept_as_messages(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "xX5y~~c"); /* the last one is refused */
    type(app, "j\r\rKuw\x1b\x1b:messages\r");
    assert_int_equal(app->messages.count, 1);
    assert_shows(app, "First press m on the calibration to compare with");
    type(app, "\x1b\r\rKw\r\x1b\x1b:messages\r");
    assert_shows(app, "Wrote ");
    assert_shows_not(app, "does nothing here");
}

static void test_a_comparison_without_a_mark_says_what_to_press(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "c");
    assert_shows(app, "First press m");
}

static void test_reloading_after_a_conflict_asks_once_and_shows_the_new_file(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path = memory_print("%s/cpu/i7-12700K/efficiency_curves.json", fixture->root);
    type(app, "jm"); /* a mark on another file stays */
    type(app, "k\r\rkw");
    shell("sed -i s/FP32/INT8/ %s", path);
    type(app, "\rR");
    assert_shows(app, "R again drops every change made here");
    assert_shows(app, "1 unsaved");
    type(app, "R");
    assert_shows(app, "Loaded cpu/i7-12700K as it is on disk");
    assert_shows(app, "cpu/i7-12700K › generic"); /* where the user was */
    type(app, "\x1b");
    assert_shows(app, "INT8");
    assert_shows_not(app, "unsaved");
    assert_shows(app, "A jetson_orin_agx");
    type(app, "\r\rkw");
    type(app, "\r");
    assert_shows(app, "Wrote ");
    free(path);
}

static void test_weights_are_chosen_and_said(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjjf");
    double unweighted = app->fit.laboratory->fits[1]->parameters[1];
    type(app, "W");
    assert_shows(app, "Weights std");
    assert_true(app->fit.laboratory->fits[1]->parameters[1] != unweighted);
    type(app, "W");
    assert_shows(app, "Weights relative");
    type(app, "l");
    assert_shows(app, "weights  relative");
    type(app, "W");
    assert_true(app->fit.laboratory->fits[1]->parameters[1] == unweighted);
}

static void test_a_robust_fit_takes_the_say_from_an_outlier_and_shows_it(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjjfgjjjlllll"); /* the sigmoid, the point at 500 M */
    assert_shows_not(app, "robust weight");
    type(app, "bh");
    assert_shows_not(app, "robust weight 0 ");
    type(app, "l");
    assert_shows(app, "robust weight 0");
    type(app, "B");
    assert_shows(app, "nothing says how far a robust fit is known");
    type(app, "BBbhl");
    assert_shows_not(app, "robust weight");
}

static void test_bands_are_drawn_on_request_and_named(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjjfgjjj");
    assert_shows_not(app, "95 % confidence");
    type(app, "B");
    assert_shows(app, "Confidence band");
    assert_shows(app, "95 % confidence");
    type(app, "B");
    assert_shows(app, "95 % of new points");
    type(app, "Bg");
    assert_shows_not(app, "95 %");
    type(app, "B");
    assert_shows(app, "The stored curve has no band");
}

static void test_a_weighted_fit_says_why_it_predicts_no_new_point(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjjfgjjjWWB");
    assert_shows(app, "95 % confidence");
    type(app, "B");
    assert_shows(app, "nothing says what a new point would weigh");
    assert_shows_not(app, "95 %");
}

static void test_the_laboratory_sums_up_and_shows_what_a_point_does(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjjf");
    assert_shows(app, "9 points, each of a single observation; sigmoid explains 98.8 %");
    type(app, "gjjjlllll"); /* the sigmoid, the point at 500 M */
    assert_shows(app, "(OUTLIER), leverage");
    assert_shows(app, "under sigmoid the point at 500 M does not go with");
}

static void test_saving_from_the_list_means_the_selected_calibration(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r\rk\x1b\x1bkw");
    assert_shows(app, "Nothing to save in cpu/i7-12700K");
    type(app, "jw");
    assert_shows(app, "To be written");
}

static void test_undo_that_leads_to_another_curve_is_safe_in_every_view(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r\rk"); /* the first curve, three points */
    type(app, "\x1bjjjf"
              "llllllll"); /* the fourth, nine points; select the last */
    type(app, "u");
    assert_shows(app, "conv2d_depthwise › refit");
    type(app, " j\x1b");
    assert_shows(app, "conv2d_depthwise");
}

static void test_bytes_are_neither_compared_with_nor_taken_for_flops(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rGm");
    type(app, "gc");
    assert_shows(app, "One curve is over bytes, the other over FLOPs");
    type(app, "\rT");
    assert_shows(app, "is measured in bytes, this curve in FLOPs");
    assert_shows_not(app, "unsaved");
}

static void test_a_peak_belongs_to_one_device_and_one_kind(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rp2.66T\r");
    assert_shows(app, "ms at 2.66 T/s");
    type(app, "p\r");
    assert_shows(app, "the peak of gpu/jetson_orin_agx is no longer set");
    assert_shows_not(app, "ms at");
    type(app, "p\r");
    assert_shows(app, "no peak of gpu/jetson_orin_agx set");
    type(app, "p2.66T\rG");
    assert_shows_not(app, "ms at");
    type(app, "p204.8G\r");
    assert_shows(app, "ms at 204.8 G/s");
    type(app, "\x1bk\r");
    assert_shows_not(app, "ms at");
    type(app, "\x1bmjcp1T\r"); /* a comparison asks for both */
    assert_shows(app, "Peak of gpu/jetson_orin_agx");
    app_key(app, TERM_KEY_ESCAPE);
}

static void test_the_answer_to_the_question_about_quitting_does_nothing_else(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r\rkqu");
    assert_shows(app, "1 unsaved");
    type(app, "u");
    assert_shows_not(app, "unsaved");
}

static void test_every_way_to_change_a_curve_is_undone_and_redone(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    static const char *const ways[] = {"s", "h", "l", "k", "j",      "H",      "L",
                                       "J", "K", "i", "d", "*0.5\r", "=:0.7\r"};
    type(app, "j\rjjj\r\t\t\t\t"); /* breakpoint 1 */
    type(app, "k");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const struct curve_version *before = session_current(app->file->session, app->curve);
        if (ways[i][0] == '=') {
            type(app, "=");
            app_key(app, 21);
            type(app, ways[i] + 1);
        } else {
            type(app, ways[i]);
        }
        const struct curve_version *after = session_current(app->file->session, app->curve);
        if (version_equal(before, after))
            fail_msg("%s changed nothing", ways[i]);
        type(app, "u");
        assert_ptr_equal(session_current(app->file->session, app->curve), before);
        app_key(app, 18); /* ^R */
        assert_ptr_equal(session_current(app->file->session, app->curve), after);
        type(app, "u");
    }
}

static void test_saving_says_what_is_undefined_and_written_as_unknown(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\r\rkw"); /* flat data: r_squared has no value */
    assert_shows(app, "r_squared undefined for its points, written as 0.0 (unknown)");
}

static void test_the_registry_is_not_read_again_over_unsaved_changes(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\r\rk\x1b\x1b");
    shell("rm -r %s/gpu", fixture->root);
    type(app, "r");
    assert_shows(app, "Save or undo the changes first");
    assert_shows(app, "unsaved");
    type(app, "w\r");
    assert_shows(app, "Not written: ");
}

static void test_the_shared_points_of_a_comparison_can_be_walked(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "j\rjjjmjc"); /* conv2d with and without normalization */
    type(app, "\tj");
    assert_shows(app, "200 M");
    assert_true(app->compare.cursor == 2e8);
    type(app, "s");
    assert_shows(app, "efficiency / maximum");
}

static void test_help_is_about_the_view_it_was_called_from(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "?");
    assert_shows(app, "hardware_registry › help");
    assert_shows(app, "Show only rows with these words");
    type(app, "\x1bj\r\r?");
    assert_shows(app, "tune › help");
    assert_shows(app, "Type the breakpoint's exact size and efficiency");
}

static void test_findings_are_listed_with_their_place(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "\rv");
    assert_shows(app, "curves.generic");
    assert_shows(app, "0 errors, 0 warnings");
    type(app, "j");
    assert_shows(app, "[legacy-values]");
    assert_shows(app, "-> Measure them; their spread is an estimate");
}

static void test_every_view_draws_at_every_size(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    const char *ways[] = {"j",           "\rjjja",     "\r\t",      "\033f",
                          "\x1b\x1bmkc", "\x1b\r\rkw", "\x1b\x1bv", "\x1b?"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        type(app, ways[i]);
        for (int rows = 1; rows <= 60; rows += rows < 14 ? 1 : 7)
            for (int columns = 1; columns <= 220; columns += columns < 44 ? 3 : 19)
                free(screen(app, rows, columns));
    }
}

/* A file that comes first in the list. */
static void add_first_calibration(const struct fixture *fixture, const char *text)
{
    char *folder = memory_print("%s/aaa", fixture->root);
    char *path = memory_print("%s/efficiency_curves.json", folder);
    shell("mkdir %s", folder);
    assert_int_equal(file_replace(path, NULL, 0, text, strlen(text), NULL), STATUS_OK);
    free(path);
    free(folder);
}

/* Curves that the loader accepts and nobody wants: few points, one breakpoint, none, bytes. */
static void add_odd_calibration(const struct fixture *fixture)
{
    static const char text[] =
        "{\"curves\": {\"one\": {\"data_points\": [{\"flops\": 1e6, \"efficiency_mean\": 0.1}], "
        "\"fitted_curve\": {\"breakpoints\": [[1e6, 0.1]]}}, \"none\": {}, \"negative\": "
        "{\"data_points\": [{\"flops\": 5, \"efficiency_mean\": -1}, {\"flops\": 5, "
        "\"efficiency_mean\": 0}, {\"flops\": 1e300, \"efficiency_mean\": 1e300}], "
        "\"fitted_curve\": "
        "{\"breakpoints\": [[5, -1], [1e300, 0]]}, \"min_flops\": 7, \"max_flops\": 3}}, "
        "\"bandwidth_curves\": {\"one\": {\"fitted_curve\": {\"breakpoints\": [[1, 1], [2, 2]]}}}}";
    add_first_calibration(fixture, text);
}

static void test_one_breakpoint_or_none_can_be_tuned_and_refitted(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    add_odd_calibration(*state);
    type(app, "r");
    registry_scan(app->registry);
    type(app, "g\r\ri");
    assert_shows(app, "1 unsaved");
    type(app, "\x1bj\r");
    assert_shows(app, "This curve has no breakpoints: f fits one");
    type(app, "idsf\x1b\x1bjf\x1b");
}

static void test_sizes_at_the_end_of_all_numbers_never_read_as_infinite(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    add_first_calibration(
        *state, "{\"curves\": {\"one\": {\"data_points\": [{\"flops\": 1e9, \"efficiency_mean\": "
                "0.1}, {\"flops\": 1.7e308, \"efficiency_mean\": 0.2}], \"fitted_curve\": "
                "{\"breakpoints\": [[1e9, 0.1], [1.7e308, 0.2]]}, \"min_flops\": 1e9, "
                "\"max_flops\": 1.7e308}}}");
    type(app, "r");
    registry_scan(app->registry);
    type(app, "g\r:goto 1.7e308\rp1e-9\r");
    static const char *const keys[] = {"L", "L", "L", "i", "\x1b\r", "L", "L", "i"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        type(app, keys[i]);
        char *shown = screen(app, 40, 120);
        assert_null(strstr(shown, "inf "));
        assert_null(strstr(shown, "inf,"));
        free(shown);
    }
}

static void test_twenty_thousand_random_keys_leave_it_standing(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    add_odd_calibration(*state);
    type(app, "r");
    registry_scan(app->registry);
    static const char keys[] = "jkhlJKHLmcftuwnisdxXaey*=TpvgG+-0/ \t\r\r\r\x1b\x1b\033O?\02212:.";
    unsigned seed = 12345;
    for (int i = test_rounds(20000, 2000); i > 0 && !app->quit; i--) {
        seed = seed * 1103515245u + 12345u;
        char key[2] = {keys[(seed >> 16) % (sizeof keys - 1)], '\0'};
        type(app, key);
        registry_scan(app->registry); /* r may have asked for it */
        if (i % 8 == 0)
            free(screen(app, 10 + (int)(seed >> 24) % 50, 40 + (int)(seed >> 16) % 160));
    }
    assert_false(app->quit); /* no q among them */
}

static void test_a_save_tells_figures_apart_or_says_that_they_are_one(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    type(app, "\r\r=:0.2500001\rw");
    assert_shows(app, "generic: R² 0.954371 → 0.9543709");
    type(app, "\x1bu=:0.25000000000001\rw");
    assert_shows(app, "generic: R² 0.954371 as before, recomputed; the file says unknown");
}

static void test_a_message_whose_place_is_taken_can_be_read_again(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    app_say(app, ROLE_WARNING, "the first of two");
    app_say(app, ROLE_WARNING, "the second of two");
    type(app, ":messages\r");
    assert_shows(app, "the first of two");
    assert_shows(app, "the second of two");
}

static void test_a_long_message_is_shown_to_its_end(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    for (char key = 'A'; key <= 'Z'; key++) {
        char *line = memory_print(":map tune %c move-far-right\r:map tune ^%c undo\r", key, key);
        type(app, line);
        free(line);
    }
    type(app, ":map\r");
    assert_shows(app, "tune Z move-far-right");
}

static void test_a_question_is_asked_whole_however_long_the_name_in_it(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *folder = memory_print("%s/%0120d/%0120d", fixture->folder, 0, 0);
    char *path = memory_print("%s/other.json", folder);
    char *copy =
        memory_print("mkdir -p %s && cp %s/cpu/i7-12700K/*.json %s", folder, fixture->root, path);
    char *open = memory_print(":e %s\rp", path);
    shell("%s", copy);
    type(app, open);
    assert_shows(app, "in FLOP/s, such as 15.97T:");
    free(folder);
    free(path);
    free(copy);
    free(open);
}

static void test_swapped_sides_keep_a_curve_with_a_long_name(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *rename = memory_print("sed -i 's/\"matmul\"/\"m%0199d\"/' %s/*/*/efficiency_curves.json",
                                0, fixture->root);
    shell("%s", rename);
    type(app, "mjc");
    while (app->compare.row < app->compare.comparison->curve_count &&
           strlen(app->compare.comparison->curves[app->compare.row].name) < 200)
        type(app, "j");
    size_t row = app->compare.row;
    type(app, "x");
    assert_int_not_equal(app->compare.row, row); /* the order is that of side A */
    assert_int_equal(strlen(app->compare.comparison->curves[app->compare.row].name), 200);
    free(rename);
}

int main(void)
{
#define WITH_APP(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        WITH_APP(test_the_list_shows_every_device_with_its_figures),
        WITH_APP(test_typing_a_filter_narrows_the_list_at_once),
        WITH_APP(test_a_filter_that_nothing_matches_says_so),
        WITH_APP(test_the_cursor_reads_the_curve_and_with_a_peak_milliseconds),
        WITH_APP(test_moving_a_breakpoint_changes_the_statistics_with_every_key),
        WITH_APP(test_a_move_that_breaks_the_order_is_refused_with_the_reason),
        WITH_APP(test_a_tuned_breakpoint_is_saved_as_four_numbers_and_a_note),
        WITH_APP(test_after_undoing_everything_there_is_nothing_to_save),
        WITH_APP(test_a_step_up_and_one_down_leave_nothing_to_save),
        WITH_APP(test_quitting_with_unsaved_changes_asks_once),
        WITH_APP(test_the_question_names_what_would_be_lost),
        WITH_APP(test_a_save_tells_figures_apart_or_says_that_they_are_one),
        WITH_APP(test_a_file_changed_by_others_is_not_overwritten_unasked),
        WITH_APP(test_fits_stand_side_by_side_and_one_is_adopted),
        WITH_APP(test_a_curve_kept_in_the_picture_says_so_while_it_is_selected),
        WITH_APP(test_a_point_left_out_changes_the_fits_and_comes_back),
        WITH_APP(test_two_calibrations_are_compared_and_swapped),
        WITH_APP(test_two_curves_of_one_file_are_compared),
        WITH_APP(test_a_curve_is_taken_over_from_the_marked_calibration),
        WITH_APP(test_the_keys_that_show_help_and_tour_close_them),
        WITH_APP(test_pasted_text_is_typed_and_does_nothing_else),
        WITH_APP(test_a_pasted_text_that_is_too_long_is_cut_and_that_is_said),
        WITH_APP(test_pasted_bytes_that_are_no_text_are_left_out),
        WITH_APP(test_a_pasted_text_takes_the_place_of_what_was_offered),
        WITH_APP(test_a_number_before_a_key_says_how_often),
        WITH_APP(test_a_number_before_a_key_that_takes_none_is_told_so),
        WITH_APP(test_a_key_that_edits_nothing_says_how_to_leave_a_prompt),
        WITH_APP(test_where_the_filter_leaves_no_row_keys_for_one_say_so),
        WITH_APP(test_a_prompt_is_stopped_with_the_program_and_is_there_afterwards),
        WITH_APP(test_half_a_page_is_what_vim_calls_it),
        WITH_APP(test_hints_of_the_moment_are_not_kept_as_messages),
        WITH_APP(test_a_comparison_without_a_mark_says_what_to_press),
        WITH_APP(test_a_refused_value_stays_in_the_prompt_to_be_mended),
        WITH_APP(test_reloading_after_a_conflict_asks_once_and_shows_the_new_file),
        WITH_APP(test_weights_are_chosen_and_said),
        WITH_APP(test_a_robust_fit_takes_the_say_from_an_outlier_and_shows_it),
        WITH_APP(test_bands_are_drawn_on_request_and_named),
        WITH_APP(test_a_weighted_fit_says_why_it_predicts_no_new_point),
        WITH_APP(test_the_laboratory_sums_up_and_shows_what_a_point_does),
        WITH_APP(test_saving_from_the_list_means_the_selected_calibration),
        WITH_APP(test_undo_that_leads_to_another_curve_is_safe_in_every_view),
        WITH_APP(test_bytes_are_neither_compared_with_nor_taken_for_flops),
        WITH_APP(test_a_peak_belongs_to_one_device_and_one_kind),
        WITH_APP(test_the_answer_to_the_question_about_quitting_does_nothing_else),
        WITH_APP(test_every_way_to_change_a_curve_is_undone_and_redone),
        WITH_APP(test_saving_says_what_is_undefined_and_written_as_unknown),
        WITH_APP(test_the_registry_is_not_read_again_over_unsaved_changes),
        WITH_APP(test_the_shared_points_of_a_comparison_can_be_walked),
        WITH_APP(test_help_is_about_the_view_it_was_called_from),
        WITH_APP(test_findings_are_listed_with_their_place),
        WITH_APP(test_every_view_draws_at_every_size),
        WITH_APP(test_one_breakpoint_or_none_can_be_tuned_and_refitted),
        WITH_APP(test_sizes_at_the_end_of_all_numbers_never_read_as_infinite),
        WITH_APP(test_twenty_thousand_random_keys_leave_it_standing),
        WITH_APP(test_a_message_whose_place_is_taken_can_be_read_again),
        WITH_APP(test_a_long_message_is_shown_to_its_end),
        WITH_APP(test_a_question_is_asked_whole_however_long_the_name_in_it),
        WITH_APP(test_swapped_sides_keep_a_curve_with_a_long_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
