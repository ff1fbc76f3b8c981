/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typing a line: what was typed is what is accepted, also where it is longer than its room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "ui/prompt.h"
#include "ui/terminal/term.h"

static void type(struct prompt *prompt, const char *keys)
{
    for (; *keys; keys++)
        assert_int_equal(prompt_key(prompt, (unsigned char)*keys), PROMPT_EDITED);
}

static void test_typing_moving_and_erasing_edit_the_text(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_start(&prompt, "Why: ", "noise");
    type(&prompt, "!");
    prompt_key(&prompt, TERM_KEY_HOME);
    type(&prompt, "just ");
    assert_string_equal(prompt.text, "just noise!");
    prompt_key(&prompt, TERM_KEY_END);
    prompt_key(&prompt, TERM_KEY_BACKSPACE);
    prompt_key(&prompt, 23); /* ^W */
    assert_string_equal(prompt.text, "just ");
    prompt_key(&prompt, TERM_KEY_LEFT);
    prompt_key(&prompt, TERM_KEY_DELETE);
    assert_string_equal(prompt.text, "just");
    assert_int_equal(prompt_key(&prompt, TERM_KEY_ENTER), PROMPT_ACCEPTED);
    assert_false(prompt.active);
}

static void test_a_character_of_many_bytes_goes_at_once(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_start(&prompt, "", "");
    prompt_key(&prompt, 0x00b1);
    prompt_key(&prompt, 0x20ac);
    prompt_key(&prompt, 0x1f600);
    assert_string_equal(prompt.text, "\xc2\xb1\xe2\x82\xac\xf0\x9f\x98\x80");
    prompt_key(&prompt, TERM_KEY_BACKSPACE);
    prompt_key(&prompt, TERM_KEY_LEFT);
    prompt_key(&prompt, TERM_KEY_BACKSPACE);
    assert_string_equal(prompt.text, "\xe2\x82\xac");
}

static void test_a_full_line_takes_no_more_and_is_not_taken_for_a_whole_one(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_start(&prompt, "", "");
    for (int i = 0; i < 2 * PROMPT_TEXT_MAX; i++)
        prompt_key(&prompt, 'a');
    assert_int_equal(strlen(prompt.text), PROMPT_TEXT_MAX - 1);
    assert_int_equal(prompt_key(&prompt, TERM_KEY_ENTER), PROMPT_IGNORED);
    assert_true(prompt.active);
    assert_non_null(strstr(prompt.note, "the rest was lost"));
    prompt_key(&prompt, 21); /* ^U */
    assert_string_equal(prompt.text, "");
    assert_string_equal(prompt.note, "");
    prompt_key(&prompt, 'b');
    assert_int_equal(prompt_key(&prompt, TERM_KEY_ENTER), PROMPT_ACCEPTED);
}

static void test_a_text_that_was_offered_in_part_is_not_taken(void **state)
{
    (void)state;
    static char path[2 * PROMPT_TEXT_MAX];
    struct prompt prompt;
    memset(path, 'x', sizeof path - 1);
    prompt_offer(&prompt, "", path);
    assert_int_equal(prompt_key(&prompt, TERM_KEY_ENTER), PROMPT_IGNORED);
    prompt_key(&prompt, 'y'); /* in place of what was offered */
    assert_int_equal(prompt_key(&prompt, TERM_KEY_ENTER), PROMPT_ACCEPTED);
    assert_string_equal(prompt.text, "y");
}

static void test_an_offered_text_gives_way_to_typing_and_can_be_edited(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_offer(&prompt, "", "0.61");
    type(&prompt, "7");
    type(&prompt, "5");
    assert_string_equal(prompt.text, "75");
    prompt_offer(&prompt, "", "0.61");
    prompt_key(&prompt, TERM_KEY_LEFT);
    type(&prompt, "5");
    assert_string_equal(prompt.text, "0.651");
    prompt_offer(&prompt, "", "0.61");
    prompt_key(&prompt, TERM_KEY_UNKNOWN); /* means nothing: the offer stands */
    prompt_key(&prompt, TERM_KEY_BACKSPACE);
    assert_string_equal(prompt.text, "");
    prompt_offer(&prompt, "", "0.61");
    assert_int_equal(prompt_key(&prompt, TERM_KEY_ENTER), PROMPT_ACCEPTED);
    assert_string_equal(prompt.text, "0.61");
}

static void test_the_rest_of_the_line_is_erased_from_the_cursor(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_start(&prompt, "", "undo everything");
    for (int i = 0; i < 11; i++)
        prompt_key(&prompt, TERM_KEY_LEFT);
    prompt_key(&prompt, 11); /* ^K */
    assert_string_equal(prompt.text, "undo");
    prompt_key(&prompt, 1); /* ^A */
    type(&prompt, ":");
    prompt_key(&prompt, 5); /* ^E */
    type(&prompt, "!");
    assert_string_equal(prompt.text, ":undo!");
}

/* A base goes with its marks, and a wide character is marked over both of its columns. */
static void test_the_cursor_stands_on_whole_characters(void **state)
{
    (void)state;
    struct prompt prompt;
    struct canvas canvas;
    prompt_start(&prompt, "", "");
    prompt_key(&prompt, 'e');
    prompt_key(&prompt, 0x301);
    prompt_key(&prompt, 0x4e2d);
    prompt_key(&prompt, TERM_KEY_LEFT);
    canvas_init(&canvas, 1, 12, TEXT_UNICODE);
    prompt_draw(&prompt, true, &canvas, canvas_area(&canvas));
    assert_int_equal(canvas_at(&canvas, 0, 0)->role, ROLE_TEXT);
    assert_int_equal(canvas_at(&canvas, 0, 1)->role, ROLE_SELECTED);
    assert_int_equal(canvas_at(&canvas, 0, 2)->role, ROLE_SELECTED);
    canvas_done(&canvas);
    prompt_key(&prompt, TERM_KEY_BACKSPACE);
    assert_string_equal(prompt.text, "\xe4\xb8\xad");
}

static void test_the_end_of_a_long_line_is_what_is_seen(void **state)
{
    (void)state;
    struct prompt prompt;
    struct canvas canvas;
    struct buffer out = {0};
    prompt_start(&prompt, "Why: ", "abcdefghijklmnopqrstuvwxyz");
    canvas_init(&canvas, 1, 12, TEXT_UNICODE);
    prompt_draw(&prompt, true, &canvas, canvas_area(&canvas));
    canvas_export_text(&canvas, false, &out);
    assert_string_equal(out.bytes, "Why: …vwxyz\n");
    buffer_done(&out);
    canvas_done(&canvas);
}

static void assert_row(const struct prompt *prompt, const char *expected)
{
    struct canvas canvas;
    struct buffer out = {0};
    canvas_init(&canvas, 1, 16, TEXT_UNICODE);
    prompt_draw(prompt, false, &canvas, canvas_area(&canvas));
    canvas_export_text(&canvas, false, &out);
    assert_string_equal(out.bytes, expected);
    buffer_done(&out);
    canvas_done(&canvas);
}

/* A quarter of the room shows what lies ahead of the cursor. */
static void test_a_long_line_scrolls_with_the_cursor(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_start(&prompt, "Why: ", "abcdefghijklmnopqrstuvwxyz");
    assert_row(&prompt, " …nopqrstuvwxyz\n");
    prompt_key(&prompt, TERM_KEY_LEFT);
    assert_row(&prompt, " …nopqrstuvwxyz\n");
    for (int i = 0; i < 9; i++)
        prompt_key(&prompt, TERM_KEY_LEFT);
    assert_row(&prompt, " …ghijklmnopqrs…\n");
    prompt_key(&prompt, TERM_KEY_HOME);
    assert_row(&prompt, " abcdefghijklmn…\n");
}

static void test_a_label_wider_than_the_screen_still_draws(void **state)
{
    (void)state;
    struct prompt prompt;
    struct canvas canvas;
    prompt_start(&prompt, "Theoretical peak per second: ", "1");
    for (int columns = 1; columns < 40; columns++) {
        canvas_init(&canvas, 1, columns, TEXT_UNICODE);
        prompt_draw(&prompt, true, &canvas, canvas_area(&canvas));
        canvas_done(&canvas);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typing_moving_and_erasing_edit_the_text),
        cmocka_unit_test(test_a_character_of_many_bytes_goes_at_once),
        cmocka_unit_test(test_a_full_line_takes_no_more_and_is_not_taken_for_a_whole_one),
        cmocka_unit_test(test_a_text_that_was_offered_in_part_is_not_taken),
        cmocka_unit_test(test_an_offered_text_gives_way_to_typing_and_can_be_edited),
        cmocka_unit_test(test_the_rest_of_the_line_is_erased_from_the_cursor),
        cmocka_unit_test(test_the_cursor_stands_on_whole_characters),
        cmocka_unit_test(test_the_end_of_a_long_line_is_what_is_seen),
        cmocka_unit_test(test_a_long_line_scrolls_with_the_cursor),
        cmocka_unit_test(test_a_label_wider_than_the_screen_still_draws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
