/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plots as SVG: well-formed, all that was asked for inside the page, no label over another. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "plot/svg.h"

#include "../hostile.h"
#include "scenes.h"

enum { BOXES_MAX = 256 };

struct box {
    double left, top, right, bottom;
    char words[64];
};

static char *draw(const struct svg_page *page, const struct plot_axis *x, const struct plot *panels,
                  size_t count)
{
    struct buffer out = {0};
    svg_plot(page, &(struct plot_panels){*x, panels, count}, &out);
    return buffer_take(&out);
}

static size_t count_of(const char *text, const char *words)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, words)); at += strlen(words))
        count++;
    return count;
}

/* The number of an attribute of the element at tag. */
static double attribute(const char *tag, const char *name)
{
    char pattern[32];
    snprintf(pattern, sizeof pattern, " %s=\"", name);
    const char *at = strstr(tag, pattern), *end = strchr(tag, '>');
    return at && at < end ? strtod(at + strlen(pattern), NULL) : NAN;
}

static bool has(const char *tag, const char *words)
{
    const char *at = strstr(tag, words);
    return at && at < strchr(tag, '>');
}

/* Where a text comes to lie: as wide as the bound says, or higher where it is turned. */
static struct box box_of(const char *tag)
{
    struct box box;
    double size = attribute(tag, "font-size");
    const char *words = strchr(tag, '>') + 1;
    size = isnan(size) ? SVG_FONT_SMALL : size;
    snprintf(box.words, sizeof box.words, "%.*s", (int)strcspn(words, "<"), words);
    double x = attribute(tag, "x"), y = attribute(tag, "y");
    double width = svg_text_width(box.words, (int)size);
    double start = has(tag, "\"end\"") ? width : has(tag, "\"middle\"") ? width / 2 : 0;
    box.left = x - start;
    box.right = box.left + width;
    box.top = y - 0.75 * size;
    box.bottom = y + 0.2 * size;
    if (has(tag, "rotate")) {
        box = (struct box){x - 0.75 * size, y - width / 2, x + 0.2 * size, y + width / 2, ""};
        snprintf(box.words, sizeof box.words, "(title)");
    }
    return box;
}

static void assert_texts_lie_apart(const char *svg, const struct svg_page *page)
{
    static struct box boxes[BOXES_MAX];
    size_t count = 0;
    for (const char *at = svg; (at = strstr(at, "<text")) && count < BOXES_MAX; at++) {
        struct box box = box_of(at);
        if (box.left < 0 || box.top < 0 || box.right > page->width || box.bottom > page->height)
            fail_msg("`%s` leaves the page: %.0f..%.0f, %.0f..%.0f\n%s", box.words, box.left,
                     box.right, box.top, box.bottom, svg);
        for (size_t i = 0; i < count; i++)
            if (box.left < boxes[i].right && boxes[i].left < box.right &&
                box.top < boxes[i].bottom && boxes[i].top < box.bottom)
                fail_msg("`%s` lies over `%s`\n%s", box.words, boxes[i].words, svg);
        boxes[count++] = box;
    }
    assert_true(count > 0);
}

/* Each M, L, V, H of a path in absolute numbers lies on the page. */
static void assert_paths_lie_inside(const char *svg, const struct svg_page *page)
{
    for (const char *at = svg; (at = strstr(at, " d=\""));) {
        for (at += 4; *at != '"'; at++) {
            double x = 0, y = 0;
            char *end;
            if (*at != 'M' && *at != 'L')
                continue;
            x = strtod(at + 1, &end);
            y = strtod(end, NULL);
            if (x < 0 || y < 0 || x > page->width || y > page->height)
                fail_msg("%.20s leaves the page", at);
        }
    }
}

static void assert_well_formed(const char *svg)
{
    FILE *pipe = popen("xmllint --nonet --noout - >/dev/null", "w");
    assert_non_null(pipe);
    assert_int_equal(fwrite(svg, 1, strlen(svg), pipe), strlen(svg));
    int status = pclose(pipe);
    if (status != 0)
        fail_msg("xmllint (libxml2-utils) says %d of\n%s", status, svg);
}

static double rising(const void *context, double x)
{
    double scale = *(const double *)context;
    return scale * log10(x) / 10;
}

/* As many lines as a registry's file may have, close to each other, with points on them. */
struct crowd {
    struct plot_line lines[12];
    struct plot_points points[12];
    double scales[12], x[4], y[12][4];
    char labels[12][32];
    struct plot plot;
};

static void crowd_init(struct crowd *crowd, size_t count, double apart)
{
    memset(crowd, 0, sizeof *crowd);
    for (int k = 0; k < 4; k++)
        crowd->x[k] = pow(10, 6 + k);
    for (size_t i = 0; i < count; i++) {
        crowd->scales[i] = 1 + apart * (double)i;
        snprintf(crowd->labels[i], sizeof crowd->labels[i], "operation_%zu", i);
        for (int k = 0; k < 4; k++)
            crowd->y[i][k] = rising(&crowd->scales[i], crowd->x[k]);
        crowd->lines[i] = (struct plot_line){.evaluate = rising,
                                             .context = &crowd->scales[i],
                                             .from = 1e6,
                                             .to = 1e9,
                                             .label = crowd->labels[i],
                                             .series = (int)i};
        crowd->points[i] =
            (struct plot_points){.x = crowd->x, .y = crowd->y[i], .count = 4, .series = (int)i};
    }
    crowd->plot = (struct plot){.y = {.low = 0.3, .high = 4, .title = "efficiency"},
                                .lines = crowd->lines,
                                .line_count = count,
                                .points = crowd->points,
                                .points_count = count,
                                .weight = 5};
}

static const struct plot_axis sizes = {.low = 5e5, .high = 2e9, .log = true, .title = "FLOPs"};

static void test_texts_keep_apart_on_pages_of_all_sizes(void **state)
{
    (void)state;
    const int pages[][2] = {{800, 500}, {240, 160}, {400, 300}, {1600, 300}, {300, 1200}};
    const double aparts[] = {0.25, 0.02, 0};
    struct crowd crowd;
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 3; k++) {
            struct svg_page page = {.width = pages[i][0],
                                    .height = pages[i][1],
                                    .title = "A device with a name that is longer than most pages",
                                    .note = "and a note that goes on and on, as notes in files do"};
            crowd_init(&crowd, 12, aparts[k]);
            struct plot panels[] = {crowd.plot, crowd.plot};
            panels[1].weight = 2;
            char *svg = draw(&page, &sizes, panels, 2);
            assert_texts_lie_apart(svg, &page);
            assert_paths_lie_inside(svg, &page);
            free(svg);
        }
}

static void test_every_line_point_and_label_is_there(void **state)
{
    (void)state;
    struct crowd crowd;
    const struct svg_page page = {.width = 800, .height = 500};
    crowd_init(&crowd, 8, 0.25);
    char *svg = draw(&page, &sizes, &crowd.plot, 1);
    assert_int_equal(count_of(svg, "class=\"line\""), 8);
    assert_int_equal(count_of(svg, "class=\"point\""), 32);
    for (int i = 0; i < 8; i++)
        assert_int_equal(count_of(svg, crowd.labels[i]), 1);
    free(svg);
}

static void test_panels_beyond_those_that_are_drawn_are_left_away(void **state)
{
    (void)state;
    struct svg_page page = {.width = 800, .height = 600};
    struct plot panels[PLOT_PANELS_MAX + 2];
    for (size_t i = 0; i < sizeof panels / sizeof *panels; i++)
        panels[i] = (struct plot){.y = {.low = 0, .high = 1, .title = "efficiency"}, .weight = 1};
    char *svg = draw(&page, &sizes, panels, sizeof panels / sizeof *panels);
    assert_int_equal(count_of(svg, "<g class=\"panel\">"), PLOT_PANELS_MAX);
    assert_int_equal(count_of(svg, ">efficiency</text>"), PLOT_PANELS_MAX);
    free(svg);
}

static void test_lines_on_top_of_each_other_are_named_in_the_legend(void **state)
{
    (void)state;
    struct crowd crowd;
    const struct svg_page page = {.width = 800, .height = 500};
    crowd_init(&crowd, 5, 0);
    char *svg = draw(&page, &sizes, &crowd.plot, 1);
    for (int i = 0; i < 5; i++)
        assert_int_equal(count_of(svg, crowd.labels[i]), 1);
    assert_texts_lie_apart(svg, &page);
    free(svg);
}

static void test_a_legend_without_room_counts_what_it_leaves_out(void **state)
{
    (void)state;
    struct crowd crowd;
    const struct svg_page page = {.width = 240, .height = 160};
    crowd_init(&crowd, 12, 0);
    char *svg = draw(&page, &sizes, &crowd.plot, 1);
    assert_non_null(strstr(svg, ">+"));
    free(svg);
}

static void test_what_lies_off_the_axes_is_clipped_or_an_arrow(void **state)
{
    (void)state;
    struct crowd crowd;
    const struct svg_page page = {.width = 800, .height = 500};
    const struct plot_axis narrow = {.low = 3e6, .high = 3e8, .log = true};
    crowd_init(&crowd, 3, 1);
    crowd.plot.y.low = 0.8;
    crowd.plot.y.high = 1.2;
    char *svg = draw(&page, &narrow, &crowd.plot, 1);
    assert_paths_lie_inside(svg, &page);
    assert_int_equal(count_of(svg, "class=\"point\""), 12);
    assert_int_equal(count_of(svg, "class=\"line\""), 3);
    assert_int_equal(count_of(svg, "class=\"edge\""), 0);
    free(svg);
    crowd.lines[0].tells_edge = true;
    svg = draw(&page, &narrow, &crowd.plot, 1);
    assert_paths_lie_inside(svg, &page);
    assert_true(count_of(svg, "class=\"edge\"") > 1);
    free(svg);
}

static double nowhere(const void *context, double x)
{
    (void)context;
    return x < 1e8 ? NAN : -1;
}

static void test_undefined_and_negative_values_draw_nothing_odd(void **state)
{
    (void)state;
    const struct plot_line line = {.evaluate = nowhere, .from = 1e6, .to = 1e9, .label = "odd"};
    const double x[] = {1e6, NAN, 1e8, INFINITY}, y[] = {NAN, 1, -1, 0.5};
    const struct plot_points points = {.x = x, .y = y, .low = y, .high = x, .count = 4};
    const struct plot plot = {.y = {.low = 0.1, .high = 2, .log = true},
                              .lines = &line,
                              .line_count = 1,
                              .points = &points,
                              .points_count = 1,
                              .weight = 1};
    const struct svg_page page = {.width = 400, .height = 300};
    char *svg = draw(&page, &sizes, &plot, 1);
    assert_null(strstr(svg, "nan"));
    assert_null(strstr(svg, "inf"));
    assert_well_formed(svg);
    free(svg);
}

static void test_hostile_labels_stay_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < HOSTILE_TEXT_COUNT; i++) {
        struct crowd crowd;
        struct svg_page page = {.width = 800,
                                .height = 500,
                                .title = hostile_texts[i].bytes,
                                .note = hostile_texts[i].bytes};
        crowd_init(&crowd, 2, 1);
        crowd.lines[0].label = crowd.lines[1].label = hostile_texts[i].bytes;
        crowd.plot.y.title = hostile_texts[i].bytes;
        char *svg = draw(&page, &sizes, &crowd.plot, 1);
        assert_well_formed(svg);
        free(svg);
    }
    const struct svg_page page = {.width = 800, .height = 500, .title = "</text><script>&\"']]>"};
    struct crowd crowd;
    crowd_init(&crowd, 1, 1);
    char *svg = draw(&page, &sizes, &crowd.plot, 1);
    assert_non_null(strstr(svg, "&lt;/text&gt;&lt;script&gt;&amp;"));
    assert_null(strstr(svg, "<script"));
    free(svg);
}

static void test_series_differ_by_more_than_colour(void **state)
{
    (void)state;
    struct crowd crowd;
    const struct svg_page page = {.width = 800, .height = 500};
    crowd_init(&crowd, 8, 0.25);
    char *svg = draw(&page, &sizes, &crowd.plot, 1);
    const char *dashes[8];
    const char *at = svg;
    for (int i = 0; i < 8; i++) {
        at = strstr(strstr(at, "class=\"line\""), "stroke-dasharray=");
        dashes[i] = at;
        for (int k = 0; k < i; k++)
            assert_true(strncmp(dashes[k], at, 19 + strcspn(at + 18, "\"")) != 0);
    }
    free(svg);
}

static void test_points_left_out_and_selected_are_unmistakable_and_explained(void **state)
{
    (void)state;
    const enum plot_point_style styles[] = {PLOT_POINT_PLAIN, PLOT_POINT_LEFT_OUT,
                                            PLOT_POINT_LEFT_OUT, PLOT_POINT_SELECTED};
    struct crowd crowd;
    const struct svg_page page = {.width = 800, .height = 500};
    crowd_init(&crowd, 2, 0.25);
    crowd.points[0].styles = crowd.points[1].styles = styles;
    char *svg = draw(&page, &sizes, &crowd.plot, 1);
    assert_int_equal(count_of(svg, "m-4-4l8 8m0-8l-8 8"), 4 + 1); /* and in the legend */
    assert_int_equal(count_of(svg, "r=\"10\""), 2);
    assert_int_equal(count_of(svg, ">left out</text>"), 1);
    assert_texts_lie_apart(svg, &page);
    free(svg);
}

static void test_points_without_a_line_are_named_in_the_legend(void **state)
{
    (void)state;
    struct crowd crowd;
    const struct svg_page page = {.width = 800, .height = 500};
    crowd_init(&crowd, 3, 0.25);
    crowd.points[0].label = "same series"; /* whose line has a label */
    crowd.points[1].label = "own name";
    crowd.lines[1].label = NULL;
    crowd.points[2].breakpoints = true;
    char *svg = draw(&page, &sizes, &crowd.plot, 1);
    assert_int_equal(count_of(svg, ">own name</text>"), 1);
    assert_int_equal(count_of(svg, ">breakpoints</text>"), 1);
    assert_int_equal(count_of(svg, "same series"), 0);
    free(svg);
    crowd.points[2].label = "knots";
    crowd.points[1].count = 0;
    svg = draw(&page, &sizes, &crowd.plot, 1);
    assert_int_equal(count_of(svg, ">knots</text>"), 1);
    assert_int_equal(count_of(svg, "own name"), 0);
    free(svg);
}

/* As many as there are beside points that lie apart; where they crowd, some have none. */
static void test_numbers_stand_beside_their_points_where_there_is_room(void **state)
{
    (void)state;
    const size_t numbers[] = {11, 12, 13, 14};
    struct crowd crowd;
    const struct svg_page page = {.width = 800, .height = 500};
    crowd_init(&crowd, 1, 0);
    crowd.points[0].numbers = numbers;
    char *svg = draw(&page, &sizes, &crowd.plot, 1);
    for (int i = 11; i <= 14; i++) {
        char text[32];
        snprintf(text, sizeof text, ">%d</text>", i);
        assert_int_equal(count_of(svg, text), 1);
    }
    assert_texts_lie_apart(svg, &page);
    free(svg);
    const size_t many[] = {101, 102, 103, 104};
    crowd_init(&crowd, 12, 0.005);
    for (int i = 0; i < 12; i++)
        crowd.points[i].numbers = many;
    svg = draw(&page, &sizes, &crowd.plot, 1);
    assert_in_range(count_of(svg, ">101</text>"), 1, 11);
    assert_texts_lie_apart(svg, &page);
    free(svg);
}

static void test_an_error_bar_is_drawn_where_both_ends_are_known_and_in_sight(void **state)
{
    (void)state;
    const double low[] = {0.4, NAN, 0.5, 5}, high[] = {0.8, 0.9, NAN, 6};
    struct crowd crowd;
    const struct svg_page page = {.width = 800, .height = 500};
    crowd_init(&crowd, 1, 0);
    crowd.points[0].low = low;
    char *svg = draw(&page, &sizes, &crowd.plot, 1);
    assert_int_equal(count_of(svg, "class=\"bar\""), 0);
    free(svg);
    crowd.points[0].high = high;
    svg = draw(&page, &sizes, &crowd.plot, 1);
    assert_int_equal(count_of(svg, "class=\"bar\""), 1);
    free(svg);
}

static void test_what_has_no_place_on_the_size_axis_is_left_away(void **state)
{
    (void)state;
    struct crowd crowd;
    const struct svg_page page = {.width = 800, .height = 500};
    crowd_init(&crowd, 4, 0.25);
    crowd.lines[0].from = 1e12; /* beyond the axis */
    crowd.lines[0].to = 1e13;
    crowd.lines[1].from = 1e12;
    crowd.lines[1].to = 1e13;
    crowd.lines[1].lower_edge = true; /* with the band above it */
    crowd.lines[2].from = 1e12;
    crowd.lines[2].to = 1e13;
    char *svg = draw(&page, &sizes, &crowd.plot, 1);
    assert_int_equal(count_of(svg, "class=\"line\""), 1);
    assert_int_equal(count_of(svg, "class=\"band\""), 0);
    assert_well_formed(svg);
    free(svg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_keep_apart_on_pages_of_all_sizes),
        cmocka_unit_test(test_every_line_point_and_label_is_there),
        cmocka_unit_test(test_panels_beyond_those_that_are_drawn_are_left_away),
        cmocka_unit_test(test_lines_on_top_of_each_other_are_named_in_the_legend),
        cmocka_unit_test(test_a_legend_without_room_counts_what_it_leaves_out),
        cmocka_unit_test(test_what_lies_off_the_axes_is_clipped_or_an_arrow),
        cmocka_unit_test(test_undefined_and_negative_values_draw_nothing_odd),
        cmocka_unit_test(test_points_left_out_and_selected_are_unmistakable_and_explained),
        cmocka_unit_test(test_points_without_a_line_are_named_in_the_legend),
        cmocka_unit_test(test_numbers_stand_beside_their_points_where_there_is_room),
        cmocka_unit_test(test_an_error_bar_is_drawn_where_both_ends_are_known_and_in_sight),
        cmocka_unit_test(test_what_has_no_place_on_the_size_axis_is_left_away),
        cmocka_unit_test(test_hostile_labels_stay_text),
        cmocka_unit_test(test_series_differ_by_more_than_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
