/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canvas: clipped writing, wide characters, hostile text, and how it is exported. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "plot/canvas.h"

#include "../hostile.h"

static void assert_shows(const struct canvas *canvas, const char *expected)
{
    struct buffer out = {0};
    canvas_export_text(canvas, false, &out);
    assert_string_equal(buffer_string(&out), expected);
    buffer_done(&out);
}

static void test_a_new_canvas_is_blank(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, 2, 3, TEXT_UNICODE);
    assert_string_equal(canvas_at(&canvas, 1, 2)->text, " ");
    assert_int_equal(canvas_at(&canvas, 1, 2)->role, ROLE_TEXT);
    assert_null(canvas_at(&canvas, 2, 0));
    assert_null(canvas_at(&canvas, 0, 3));
    assert_null(canvas_at(&canvas, -1, 0));
    assert_shows(&canvas, "\n\n");
    canvas_done(&canvas);
}

static void test_a_canvas_without_cells_takes_every_call(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, 0, -4, TEXT_UNICODE);
    assert_int_equal(canvas_text(&canvas, 0, 0, -1, ROLE_TEXT, "x"), 0);
    canvas_put(&canvas, 0, 0, ROLE_TEXT, "x");
    canvas_fill(&canvas, (struct rect){0, 0, 5, 5}, ROLE_BAR);
    canvas_paint(&canvas, canvas_area(&canvas), ROLE_BAR);
    assert_shows(&canvas, "");
    canvas_done(&canvas);
}

static void test_text_is_clipped_with_an_ellipsis(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, 3, 6, TEXT_UNICODE);
    assert_int_equal(canvas_text(&canvas, 0, 0, 4, ROLE_TEXT, "matmul"), 4);
    assert_int_equal(canvas_text(&canvas, 1, 0, -1, ROLE_TEXT, "matmul"), 6);
    assert_int_equal(canvas_text(&canvas, 2, 3, -1, ROLE_TEXT, "matmul"), 3);
    assert_int_equal(canvas_text(&canvas, 3, 0, -1, ROLE_TEXT, "matmul"), 0);
    assert_int_equal(canvas_text(&canvas, 0, 6, -1, ROLE_TEXT, "matmul"), 0);
    assert_int_equal(canvas_text(&canvas, 0, 0, 0, ROLE_TEXT, "matmul"), 0);
    assert_shows(&canvas, "mat…\nmatmul\n   ma…\n");
    canvas_done(&canvas);
}

static void test_text_that_begins_left_of_the_canvas_shows_its_rest(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, 2, 6, TEXT_UNICODE);
    canvas_text(&canvas, 0, -3, -1, ROLE_TEXT, "matmul");
    canvas_text(&canvas, 1, -1, -1, ROLE_TEXT, "你a"); /* half of a wide character shows as none */
    assert_shows(&canvas, "mul\n a\n");
    canvas_done(&canvas);
}

static void test_ascii_has_its_own_ellipsis_and_no_foreign_glyphs(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, 1, 8, TEXT_ASCII);
    canvas_text(&canvas, 0, 0, 4, ROLE_TEXT, "matmul");
    canvas_put(&canvas, 0, 5, ROLE_TEXT, "●");
    canvas_text(&canvas, 0, 6, -1, ROLE_TEXT, "é");
    assert_shows(&canvas, "mat~ ??\n");
    canvas_done(&canvas);
}

static void test_half_a_wide_character_never_stays(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, 4, 6, TEXT_UNICODE);
    for (int row = 0; row < 4; row++)
        assert_int_equal(canvas_text(&canvas, row, 0, -1, ROLE_TEXT, "你好吗"), 6);
    assert_string_equal(canvas_at(&canvas, 0, 1)->text, "");
    canvas_put(&canvas, 0, 1, ROLE_TEXT, "x");
    canvas_put(&canvas, 1, 2, ROLE_TEXT, "x");
    canvas_fill(&canvas, (struct rect){2, 1, 1, 2}, ROLE_TEXT);
    canvas_text(&canvas, 3, 1, 3, ROLE_TEXT, "你好");
    assert_shows(&canvas, " x好吗\n你x 吗\n    吗\n 你…吗\n");
    canvas_done(&canvas);
}

/* Every cell by itself; where a text of one code point between two letters is drawn. */
static int check_cells(const char *text, enum text_charset charset)
{
    int cells = 0;
    struct canvas canvas;
    canvas_init(&canvas, 1, 8, charset);
    canvas_text(&canvas, 0, 0, -1, ROLE_TEXT, text);
    for (int column = 0; column < canvas.columns; column++, cells++) {
        const char *cell = canvas_at(&canvas, 0, column)->text;
        if (hostile_find(cell, strlen(cell), false, NULL) < strlen(cell))
            fail_msg("a cell shows what is forbidden: %s", text);
    }
    canvas_done(&canvas);
    return cells;
}

static void test_no_code_point_at_all_gets_a_forbidden_byte_into_a_cell(void **state)
{
    (void)state;
    int codes = 0, cells = 0;
    for (int32_t code = 0; code < HOSTILE_CODES; code++, codes++) {
        char text[8] = "a";
        size_t length = hostile_encode(code, text + 1);
        strcpy(text + 1 + length, "b");
        cells += check_cells(text, TEXT_UNICODE);
        if (code < 0x300)
            cells += check_cells(text, TEXT_ASCII);
    }
    assert_int_equal(codes, 1114112);
    print_message("%d code points, %d cells checked\n", codes, cells);
}

static void test_attacks_on_a_canvas_are_harmless(void **state)
{
    (void)state;
    for (size_t i = 0; i < HOSTILE_TEXT_COUNT; i++) {
        struct canvas canvas;
        struct buffer out = {0};
        canvas_init(&canvas, 2, 60, TEXT_UNICODE);
        canvas_text(&canvas, 0, 0, -1, ROLE_TEXT, hostile_texts[i].bytes);
        canvas_print(&canvas, 1, -2, 20, ROLE_DIM, "x%s", hostile_texts[i].bytes);
        canvas_export_text(&canvas, false, &out);
        assert_int_equal(hostile_find(out.bytes, out.length, true, NULL), out.length);
        buffer_done(&out);
        canvas_done(&canvas);
    }
}

static void test_print_formats(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, 1, 20, TEXT_UNICODE);
    assert_int_equal(canvas_print(&canvas, 0, 1, -1, ROLE_DIM, "%d of %s", 3, "nine"), 9);
    assert_int_equal(canvas_at(&canvas, 0, 1)->role, ROLE_DIM);
    assert_shows(&canvas, " 3 of nine\n");
    canvas_done(&canvas);
}

static void test_paint_keeps_text_and_fill_blanks_it(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, 2, 3, TEXT_UNICODE);
    canvas_text(&canvas, 0, 0, -1, ROLE_TEXT, "abc");
    canvas_text(&canvas, 1, 0, -1, ROLE_TEXT, "abc");
    canvas_paint(&canvas, (struct rect){-1, 1, 9, 9}, ROLE_SELECTED);
    canvas_fill(&canvas, (struct rect){1, -4, 1, 5}, ROLE_BAR);
    assert_int_equal(canvas_at(&canvas, 0, 0)->role, ROLE_TEXT);
    assert_int_equal(canvas_at(&canvas, 0, 2)->role, ROLE_SELECTED);
    assert_int_equal(canvas_at(&canvas, 1, 0)->role, ROLE_BAR);
    assert_shows(&canvas, "abc\n bc\n");
    canvas_done(&canvas);
}

static void test_a_copy_is_clipped_and_halves_no_wide_character(void **state)
{
    (void)state;
    struct canvas canvas, from;
    canvas_init(&canvas, 3, 6, TEXT_UNICODE);
    canvas_init(&from, 2, 4, TEXT_UNICODE);
    canvas_text(&canvas, 0, 0, -1, ROLE_TEXT, "\u8a9e\u8a9e\u8a9e");
    canvas_text(&canvas, 1, 0, -1, ROLE_TEXT, "......");
    canvas_text(&canvas, 2, 0, -1, ROLE_TEXT, "......");
    canvas_text(&from, 0, 0, -1, ROLE_GOOD, "abcd");
    canvas_text(&from, 1, 0, -1, ROLE_GOOD, "\u8a9e\u8a9e");
    canvas_copy(&canvas, 0, 1, &from);
    assert_int_equal(canvas_at(&canvas, 0, 1)->role, ROLE_GOOD);
    assert_shows(&canvas, " abcd\n.\u8a9e\u8a9e.\n......\n");
    canvas_copy(&canvas, 1, -1, &from);
    canvas_copy(&canvas, 1, 3, &from);
    assert_shows(&canvas, " abcd\nbcdabc\n \u8a9e\u8a9e\n");
    canvas_copy(&canvas, -5, 0, &from);
    canvas_copy(&canvas, 0, 6, &from);
    assert_shows(&canvas, " abcd\nbcdabc\n \u8a9e\u8a9e\n");
    canvas_done(&from);
    canvas_done(&canvas);
}

static void test_colour_changes_only_where_the_role_does(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, 2, 6, TEXT_UNICODE);
    canvas_text(&canvas, 0, 0, -1, ROLE_GOOD, "ok");
    canvas_text(&canvas, 0, 2, -1, ROLE_TEXT, "so");
    canvas_fill(&canvas, (struct rect){1, 0, 1, 6}, ROLE_BAR);
    struct buffer out = {0};
    canvas_export_text(&canvas, true, &out);
    assert_string_equal(buffer_string(&out), "\033[0;32mok\033[0mso\n\033[0;7m      \033[0m\n");
    buffer_done(&out);
    canvas_done(&canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_new_canvas_is_blank),
        cmocka_unit_test(test_a_canvas_without_cells_takes_every_call),
        cmocka_unit_test(test_text_is_clipped_with_an_ellipsis),
        cmocka_unit_test(test_text_that_begins_left_of_the_canvas_shows_its_rest),
        cmocka_unit_test(test_ascii_has_its_own_ellipsis_and_no_foreign_glyphs),
        cmocka_unit_test(test_half_a_wide_character_never_stays),
        cmocka_unit_test(test_no_code_point_at_all_gets_a_forbidden_byte_into_a_cell),
        cmocka_unit_test(test_attacks_on_a_canvas_are_harmless),
        cmocka_unit_test(test_print_formats),
        cmocka_unit_test(test_paint_keeps_text_and_fill_blanks_it),
        cmocka_unit_test(test_a_copy_is_clipped_and_halves_no_wide_character),
        cmocka_unit_test(test_colour_changes_only_where_the_role_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
