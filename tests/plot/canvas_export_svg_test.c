/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A canvas as SVG: well-formed whatever it holds, its text whole, each character in its column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "plot/canvas.h"

#include "../hostile.h"

enum { PAPER = 0x102030, INK = 0xa0b0c0, SERIES_INK = 0x00ff7f };

/* Selected rows are reversed and bold, matches underlined. */
static struct canvas_palette palette_of_test(void)
{
    struct canvas_palette palette;
    for (int role = 0; role < ROLE_COUNT; role++)
        palette.looks[role] = (struct canvas_look){INK, PAPER, false, false};
    palette.looks[ROLE_SELECTED] = (struct canvas_look){PAPER, INK, true, false};
    palette.looks[ROLE_MATCH].underlined = true;
    palette.looks[ROLE_SERIES].ink = SERIES_INK;
    return palette;
}

static char *svg_of(const struct canvas *canvas)
{
    struct buffer out = {0};
    struct canvas_palette palette = palette_of_test();
    canvas_export_svg(canvas, &palette, &out);
    return buffer_take(&out);
}

static char *svg_of_text(enum role role, const char *text)
{
    struct canvas canvas;
    canvas_init(&canvas, 2, 40, TEXT_UNICODE);
    canvas_text(&canvas, 1, 2, -1, role, text);
    char *svg = svg_of(&canvas);
    canvas_done(&canvas);
    return svg;
}

static void assert_has(const char *svg, const char *text)
{
    if (!strstr(svg, text))
        fail_msg("not in the picture: %s\n%s", text, svg);
}

/*
 * Elements closed in their order, "<" and "&" only where they mean something, UTF-8, no controls.
 */
static void assert_well_formed(const char *svg)
{
    char open[8][16];
    int depth = 0;
    assert_int_equal(text_check_utf8(svg, strlen(svg)), strlen(svg));
    for (const char *at = svg; *at; at++) {
        assert_true((unsigned char)*at >= ' ' || *at == '\n');
        if (*at == '&')
            assert_true(strncmp(at, "&lt;", 4) == 0 || strncmp(at, "&gt;", 4) == 0 ||
                        strncmp(at, "&amp;", 5) == 0);
        if (*at != '<')
            continue;
        const char *end = strchr(at, '>');
        assert_non_null(end);
        size_t name = strcspn(at + 1, " >/");
        if (at[1] == '/') {
            assert_true(depth > 0);
            depth--;
            assert_memory_equal(open[depth], at + 2, strlen(open[depth]));
        } else if (end[-1] != '/') {
            assert_true(depth < 8 && name < sizeof open[0]);
            snprintf(open[depth++], sizeof open[0], "%.*s", (int)name, at + 1);
        }
        at = end;
    }
    assert_int_equal(depth, 0);
}

static void test_hostile_text_leaves_the_picture_well_formed(void **state)
{
    (void)state;
    char *svg = svg_of_text(ROLE_TEXT, "</text><script>&amp;\"']]>");
    assert_well_formed(svg);
    assert_has(svg, ">&lt;/text&gt;&lt;script&gt;&amp;amp;\"']]&gt;</text>");
    free(svg);
    for (size_t i = 0; i < HOSTILE_TEXT_COUNT; i++) {
        svg = svg_of_text(ROLE_SELECTED, hostile_texts[i].bytes);
        assert_well_formed(svg);
        free(svg);
    }
}

static void test_words_of_a_role_are_one_text_in_their_place(void **state)
{
    (void)state;
    char *svg = svg_of_text(ROLE_DIM, "larger is  faster");
    assert_has(svg, "<text class=\"r1\" x=\"28\" y=\"42\">larger is  faster</text>");
    assert_has(svg, ".r1{fill:");
    free(svg);
}

static void test_what_another_font_may_draw_moves_nothing_behind_it(void **state)
{
    (void)state;
    char *svg = svg_of_text(ROLE_TEXT, "a \u25c8 \u4f60b");
    assert_has(svg, "x=\"28\" y=\"42\">a</text>");
    assert_has(svg, "x=\"48\" y=\"42\">\u25c8</text>");
    assert_has(svg, "x=\"68\" y=\"42\">\u4f60</text>"); /* two columns wide */
    assert_has(svg, "x=\"88\" y=\"42\">b</text>");
    free(svg);
}

static void test_a_selected_row_has_a_paper_and_bold_ink(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, 3, 10, TEXT_UNICODE);
    canvas_fill(&canvas, (struct rect){1, 2, 1, 8}, ROLE_SELECTED);
    char *svg = svg_of(&canvas);
    assert_has(svg, "<rect class=\"p5\" x=\"28\" y=\"27\" width=\"80\" height=\"19\"/>");
    const char *style = strstr(svg, ".r5{");
    assert_non_null(style);
    assert_non_null(memmem(style, strcspn(style, "}"), "bold", 4));
    free(svg);
    canvas_done(&canvas);
}

static void test_colours_are_those_of_the_palette_alone(void **state)
{
    (void)state;
    static const char *const known[] = {"#102030", "#a0b0c0", "#00ff7f"};
    char *svg = svg_of_text(ROLE_SERIES, "\u2801a");
    assert_has(svg, "<rect width=\"100%\" height=\"100%\" fill=\"#102030\"/>");
    assert_has(svg, "<style>text{white-space:pre;fill:#a0b0c0}");
    assert_has(svg, "<path stroke=\"#00ff7f\" d=");
    assert_has(svg, ".r12{fill:#a0b0c0;text-decoration:underline}");
    assert_has(svg, ".r16{fill:#00ff7f}");
    assert_null(strstr(svg, ".p0{")); /* the screen's paper needs no other below it */
    for (const char *at = svg; (at = strchr(at, '#')); at++)
        assert_true(strncmp(at, known[0], 7) == 0 || strncmp(at, known[1], 7) == 0 ||
                    strncmp(at, known[2], 7) == 0);
    free(svg);
}

static void test_braille_is_drawn_by_dots_and_can_be_copied(void **state)
{
    (void)state;
    char *svg = svg_of_text(ROLE_SERIES, "\u2801\u2880");
    assert_has(svg, "d=\"M30.5 29.38h0M45.5 43.62h0\"");
    assert_has(svg, ">\u2801\u2880</text>");
    assert_has(svg, "class=\"unseen r");
    assert_has(svg, ".unseen{fill:none}\n</style>"); /* behind the rules that it has to beat */
    free(svg);
}

static void test_a_canvas_without_cells_is_a_picture_too(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, 0, 0, TEXT_UNICODE);
    char *svg = svg_of(&canvas);
    assert_well_formed(svg);
    free(svg);
    canvas_done(&canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile_text_leaves_the_picture_well_formed),
        cmocka_unit_test(test_words_of_a_role_are_one_text_in_their_place),
        cmocka_unit_test(test_what_another_font_may_draw_moves_nothing_behind_it),
        cmocka_unit_test(test_a_selected_row_has_a_paper_and_bold_ink),
        cmocka_unit_test(test_colours_are_those_of_the_palette_alone),
        cmocka_unit_test(test_braille_is_drawn_by_dots_and_can_be_copied),
        cmocka_unit_test(test_a_canvas_without_cells_is_a_picture_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
