/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every plot keeps: its area, its points, its labels apart; frames that say where data lie. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenes.h"

static double flat(const void *context, double x)
{
    (void)x;
    return *(const double *)context;
}

static double steep(const void *context, double x)
{
    (void)context;
    return x < 1e8 ? 1e-30 : 1e30;
}

static double undefined(const void *context, double x)
{
    (void)context;
    (void)x;
    return NAN;
}

static int count_text(const struct canvas *canvas, struct rect area, const char *text)
{
    int count = 0;
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int column = area.column; column < area.column + area.columns; column++)
            count += strcmp(canvas_at(canvas, row, column)->text, text) == 0;
    return count;
}

static int count_role(const struct canvas *canvas, struct rect area, enum role role)
{
    int count = 0;
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int column = area.column; column < area.column + area.columns; column++)
            count += canvas_at(canvas, row, column)->role == role;
    return count;
}

/* Finds a word written from left to right in one row. */
static bool find_word(const struct canvas *canvas, const char *word, int *row, int *column)
{
    size_t length = strlen(word);
    for (*row = 0; *row < canvas->rows; ++*row) {
        for (*column = 0; *column + (int)length <= canvas->columns; ++*column) {
            size_t i = 0;
            while (i < length && canvas_at(canvas, *row, *column + (int)i)->text[0] == word[i])
                i++;
            if (i == length)
                return true;
        }
    }
    return false;
}

/* Everything at once: awkward lines, points off the axes, spans, levels, hostile labels. */
struct everything {
    struct series series[3];
    struct plot_line lines[6];
    struct plot_points points[5];
    struct plot_span spans[3];
    double levels[2], nowhere[3], somewhere[3];
    enum plot_point_style styles[SCENE_POINTS_MAX];
    struct plot panels[3];
};

static const double one = 1;

static void everything_init(struct everything *all)
{
    const struct operation *operations[] = {&batchnorm, &conv2d, &matmul};
    memset(all, 0, sizeof *all);
    for (int i = 0; i < 3; i++) {
        series_init(&all->series[i], operations[i], i);
        all->lines[i] = all->series[i].line;
        all->points[i] = all->series[i].points;
    }
    all->lines[2].label = "你好\033[31m 吗 with a name that is much longer than its plot is wide";
    all->lines[3] = (struct plot_line){steep, NULL, 0, INFINITY, "steep", true, 11, false, true};
    all->lines[4] =
        (struct plot_line){undefined, NULL, 1, 1e20, "undefined", false, -1, false, true};
    all->lines[5] = (struct plot_line){flat, &one, NAN, NAN, "no range", false, 5, false, false};
    all->points[3] = knots_of(&conv2d, 1);
    all->points[3].styles = all->styles;
    all->styles[1] = PLOT_POINT_SELECTED;
    all->styles[2] = PLOT_POINT_LEFT_OUT;
    memcpy(all->nowhere, (double[]){NAN, -1, 1e30}, sizeof all->nowhere);
    memcpy(all->somewhere, (double[]){1e8, 0, NAN}, sizeof all->somewhere);
    all->points[4] = (struct plot_points){.x = all->somewhere,
                                          .y = all->nowhere,
                                          .low = all->nowhere,
                                          .high = all->somewhere,
                                          .count = 3,
                                          .stems = true};
    all->spans[0] = (struct plot_span){1e7, 1e10, ROLE_DIM, "calibrated", true, NULL};
    all->spans[1] = (struct plot_span){3e8, 9e30, ROLE_WARNING, "larger = faster", false, NULL};
    all->spans[2] = (struct plot_span){NAN, NAN, ROLE_WARNING, "nowhere", false, NULL};
    all->levels[0] = 1;
    all->levels[1] = -INFINITY;
    struct plot plot = {.y = efficiency_axis(0.04, 7, true),
                        .lines = all->lines,
                        .line_count = 6,
                        .points = all->points,
                        .points_count = 5,
                        .spans = all->spans,
                        .span_count = 3,
                        .levels = all->levels,
                        .level_count = 2,
                        .weight = 2};
    for (int i = 0; i < 3; i++)
        all->panels[i] = plot;
    all->panels[1].y = (struct plot_axis){1, 1, false, "degenerate"};
    all->panels[2].y = (struct plot_axis){NAN, 0, true, NULL};
}

static bool is_inside(struct rect area, int row, int column)
{
    return row >= area.row && row < area.row + area.rows && column >= area.column &&
           column < area.column + area.columns;
}

static void assert_guard(const struct canvas *canvas, struct rect area)
{
    for (int row = 0; row < canvas->rows; row++)
        for (int column = 0; column < canvas->columns; column++)
            if (!is_inside(area, row, column) &&
                strcmp(canvas_at(canvas, row, column)->text, "G") != 0)
                fail_msg("%dx%d: wrote at %d, %d", area.columns, area.rows, row, column);
}

static void draw_guarded(const struct everything *all, struct rect area, size_t panels,
                         enum plot_style style)
{
    struct canvas canvas;
    struct plot_frame frames[3];
    struct plot_axis x = flops_axis(1e7, 1e10);
    canvas_init(&canvas, area.rows + 4, area.columns + 6,
                style == PLOT_ASCII ? TEXT_ASCII : TEXT_UNICODE);
    for (int row = 0; row < canvas.rows; row++)
        for (int column = 0; column < canvas.columns; column++)
            canvas_put(&canvas, row, column, ROLE_TEXT, "G");
    plot_draw(&canvas, area, &(struct plot_panels){x, all->panels, panels}, 3e8, style, frames);
    assert_guard(&canvas, area);
    for (size_t i = 0; i < panels; i++) {
        struct rect inner = frames[i].inner;
        if (inner.rows == 0)
            continue;
        assert_true(is_inside(area, inner.row, inner.column));
        assert_true(is_inside(area, inner.row + inner.rows - 1, inner.column + inner.columns - 1));
    }
    canvas_done(&canvas);
}

static void test_nothing_is_written_outside_the_area(void **state)
{
    (void)state;
    struct everything all;
    everything_init(&all);
    for (int columns = 1; columns <= 60; columns++)
        for (int rows = 1; rows <= 30; rows++)
            draw_guarded(&all, (struct rect){2, 3, rows, columns}, 1 + (size_t)columns % 3,
                         (columns + rows) % 2 ? PLOT_ASCII : PLOT_BRAILLE);
    draw_guarded(&all, (struct rect){2, 3, 100, 300}, 3, PLOT_BRAILLE);
    draw_guarded(&all, (struct rect){2, 3, 60, 200}, 2, PLOT_ASCII);
    draw_guarded(&all, (struct rect){2, 3, 4, 300}, 3, PLOT_BRAILLE);
    draw_guarded(&all, (struct rect){2, 3, 100, 12}, 3, PLOT_BRAILLE);
}

static void test_an_area_beyond_the_canvas_is_clipped(void **state)
{
    (void)state;
    struct everything all;
    everything_init(&all);
    struct plot_axis x = flops_axis(1e7, 1e10);
    struct canvas canvas;
    canvas_init(&canvas, 10, 30, TEXT_UNICODE);
    plot_draw(&canvas, (struct rect){-5, -9, 20, 60}, &(struct plot_panels){x, all.panels, 2}, 1e8,
              PLOT_BRAILLE, NULL);
    plot_draw(&canvas, (struct rect){0, 0, -1, -1}, &(struct plot_panels){x, all.panels, 2}, 1e8,
              PLOT_BRAILLE, NULL);
    plot_draw(&canvas, canvas_area(&canvas), &(struct plot_panels){x, all.panels, 0}, 1e8,
              PLOT_BRAILLE, NULL);
    canvas_done(&canvas);
}

static void test_panels_share_their_columns_and_split_the_height(void **state)
{
    (void)state;
    struct everything all;
    everything_init(&all);
    all.panels[1].weight = 1;
    struct plot_frame frames[2];
    struct plot_axis x = flops_axis(1e7, 1e10);
    struct canvas canvas;
    canvas_init(&canvas, 40, 100, TEXT_UNICODE);
    plot_draw(&canvas, canvas_area(&canvas), &(struct plot_panels){x, all.panels, 2}, NAN,
              PLOT_BRAILLE, frames);
    assert_int_equal(frames[0].inner.column, frames[1].inner.column);
    assert_int_equal(frames[0].inner.columns, frames[1].inner.columns);
    assert_true(frames[0].inner.rows > frames[1].inner.rows);
    assert_true(frames[1].inner.row > frames[0].inner.row + frames[0].inner.rows);
    canvas_done(&canvas);
}

/* The row of the corner where axes meet, from a row on; -1: there is none. */
static int find_corner(const struct canvas *canvas, int from)
{
    for (int row = from; row < canvas->rows; row++)
        for (int column = 0; column < canvas->columns; column++)
            if (strcmp(canvas_at(canvas, row, column)->text, "└") == 0)
                return row;
    return -1;
}

/* Which gives the data a row more; what is marked on the axis, and the cursor, stand there. */
static void test_low_panels_share_one_axis(void **state)
{
    (void)state;
    struct everything all;
    struct plot_frame frames[2];
    struct plot_axis x = flops_axis(1e7, 1e10);
    struct canvas canvas;
    const struct plot_span falling = {.low = 2e8, .high = 4e8, .role = ROLE_WARNING};
    everything_init(&all);
    all.panels[1].y.title = "below";
    all.panels[0].spans = &falling;
    all.panels[0].span_count = 1;
    canvas_init(&canvas, 11, 80, TEXT_UNICODE);
    plot_draw(&canvas, canvas_area(&canvas), &(struct plot_panels){x, all.panels, 2}, 3e9,
              PLOT_BRAILLE, frames);
    int axis = find_corner(&canvas, 0);
    assert_int_equal(axis, frames[1].inner.row + frames[1].inner.rows);
    assert_int_equal(frames[0].inner.rows + frames[1].inner.rows, 7);
    assert_int_equal(frames[1].inner.row, frames[0].inner.row + frames[0].inner.rows + 1);
    assert_int_equal(canvas_at(&canvas, axis, plot_frame_column(frames, 3e8))->role, ROLE_WARNING);
    int cursor = plot_frame_column(frames, 3e9);
    assert_int_equal(canvas_at(&canvas, axis, cursor)->role, ROLE_CURSOR);
    assert_int_not_equal(canvas_at(&canvas, frames[1].inner.row - 1, cursor)->role, ROLE_CURSOR);
    canvas_done(&canvas);
    canvas_init(&canvas, 24, 80, TEXT_UNICODE);
    plot_draw(&canvas, canvas_area(&canvas), &(struct plot_panels){x, all.panels, 2}, NAN,
              PLOT_BRAILLE, frames);
    axis = find_corner(&canvas, 0);
    assert_int_equal(axis, frames[0].inner.row + frames[0].inner.rows);
    assert_true(find_corner(&canvas, axis + 1) > axis);
    canvas_done(&canvas);
}

/* The first row that begins with a text; -1: there is none. */
static int find_at_edge(const struct canvas *canvas, const char *word)
{
    for (int row = 0; row < canvas->rows; row++) {
        size_t same = 0;
        while (word[same] && canvas_at(canvas, row, (int)same)->text[0] == word[same])
            same++;
        if (!word[same])
            return row;
    }
    return -1;
}

static void test_without_a_row_of_its_own_the_axis_title_stands_left_of_the_labels(void **state)
{
    (void)state;
    struct everything all;
    struct plot_frame frame;
    struct plot_axis x = flops_axis(3e7, 1e10);
    struct canvas canvas;
    everything_init(&all);
    x.title = "FLOPs";
    canvas_init(&canvas, 7, 80, TEXT_UNICODE);
    plot_draw(&canvas, canvas_area(&canvas), &(struct plot_panels){x, all.panels, 1}, NAN,
              PLOT_BRAILLE, &frame);
    assert_int_equal(find_at_edge(&canvas, "FLOPs"), find_corner(&canvas, 0) + 1);
    canvas_done(&canvas);
    x.title = "a title that is wider than the margin";
    canvas_init(&canvas, 7, 80, TEXT_UNICODE);
    plot_draw(&canvas, canvas_area(&canvas), &(struct plot_panels){x, all.panels, 1}, NAN,
              PLOT_BRAILLE, &frame);
    assert_int_equal(find_at_edge(&canvas, "a title"), -1);
    canvas_done(&canvas);
}

static void test_panels_that_find_no_room_have_empty_frames(void **state)
{
    (void)state;
    struct everything all;
    everything_init(&all);
    struct plot_frame frames[3];
    struct plot_axis x = flops_axis(1e7, 1e10);
    struct canvas canvas;
    canvas_init(&canvas, 6, 40, TEXT_UNICODE);
    plot_draw(&canvas, canvas_area(&canvas), &(struct plot_panels){x, all.panels, 3}, NAN,
              PLOT_BRAILLE, frames);
    assert_true(frames[0].inner.rows > 0);
    assert_int_equal(frames[2].inner.rows, 0);
    assert_int_equal(plot_frame_column(&frames[2], 1e8), -1);
    canvas_done(&canvas);
}

static void test_columns_and_values_of_a_frame_agree(void **state)
{
    (void)state;
    struct plot_frame frame = {{3, 7, 10, 81}, {1e6, 1e10, true, NULL}, {0, 1, false, NULL}};
    for (int column = 7; column < 88; column++)
        assert_int_equal(plot_frame_column(&frame, plot_frame_x(&frame, column)), column);
    assert_int_equal(plot_frame_column(&frame, 1e6), 7);
    assert_int_equal(plot_frame_column(&frame, 1e10), 87);
    assert_true(plot_frame_column(&frame, 9e5) < 7);
    assert_true(plot_frame_column(&frame, 1.1e10) > 87);
    assert_true(plot_frame_column(&frame, INFINITY) > 87);
    assert_int_equal(plot_frame_column(&frame, 0), 6);
}

/* Draws one panel over FLOPs 1e6 to 1e10 and efficiency 0 to 1 on 24 x 80. */
static struct plot_frame draw_panel(struct canvas *canvas, struct plot plot, double cursor,
                                    enum plot_style style)
{
    struct plot_frame frame;
    struct plot_axis x = {1e6, 1e10, true, "FLOPs"};
    if (plot.y.high == 0)
        plot.y = (struct plot_axis){0, 1, false, "efficiency"};
    canvas_init(canvas, 24, 80, style == PLOT_ASCII ? TEXT_ASCII : TEXT_UNICODE);
    plot_draw(canvas, canvas_area(canvas), &(struct plot_panels){x, &plot, 1}, cursor, style,
              &frame);
    return frame;
}

static void test_points_off_the_axes_are_arrows_at_the_edge(void **state)
{
    (void)state;
    const double x[] = {1e8, 1e8, 1e5, 1e11}, y[] = {2, -1, 0.5, 0.5};
    struct plot_points points = {.x = x, .y = y, .count = 4};
    struct canvas canvas;
    struct plot plot = {.points = &points, .points_count = 1};
    struct rect inner = draw_panel(&canvas, plot, NAN, PLOT_BRAILLE).inner;
    int middle = inner.column + inner.columns / 2, bottom = inner.row + inner.rows - 1;
    assert_string_equal(canvas_at(&canvas, inner.row, middle)->text, "↑");
    assert_string_equal(canvas_at(&canvas, bottom, middle)->text, "↓");
    assert_int_equal(count_text(&canvas, inner, "←"), 1);
    assert_int_equal(count_text(&canvas, inner, "→"), 1);
    canvas_done(&canvas);
}

static void test_an_arrow_for_several_points_says_how_many(void **state)
{
    (void)state;
    const double x[] = {1e8, 1e8, 1e8, 1e5, 1e12}, y[] = {2, 3, 4, 0.5, 0.5};
    struct plot_points points[] = {{.x = x, .y = y, .count = 5},
                                   {.x = x, .y = y, .count = 2, .breakpoints = true}};
    struct canvas canvas;
    struct plot plot = {.points = points, .points_count = 2};
    struct rect inner = draw_panel(&canvas, plot, NAN, PLOT_BRAILLE).inner;
    int middle = inner.column + inner.columns / 2;
    assert_string_equal(canvas_at(&canvas, inner.row, middle)->text, "↑");
    assert_string_equal(canvas_at(&canvas, inner.row, middle + 1)->text, "3");
    assert_int_equal(count_text(&canvas, inner, "1"), 0); /* one point needs no number */
    canvas_done(&canvas);
}

static double half(const void *context, double x)
{
    (void)context;
    (void)x;
    return 0.5;
}

static double beyond(const void *context, double x)
{
    (void)context;
    return x < 1e8 ? -1 : 2;
}

/* Most of a fit may lie where the axes do not go: who sees a line end there must not trust it. */
static void test_a_line_that_asks_for_it_shows_where_it_leaves_the_axes(void **state)
{
    (void)state;
    struct plot_line line = {beyond, NULL, 1e6, 1e10, NULL, true, 0, false, true};
    for (int asks = 0; asks < 2; asks++) {
        struct plot plot = {.lines = &line, .line_count = 1};
        struct canvas canvas;
        line.tells_edge = asks;
        struct rect inner = draw_panel(&canvas, plot, NAN, PLOT_BRAILLE).inner;
        struct rect top = {inner.row, inner.column, 1, inner.columns},
                    bottom = {inner.row + inner.rows - 1, inner.column, 1, inner.columns};
        int down = count_text(&canvas, bottom, "↓"), up = count_text(&canvas, top, "↑");
        assert_int_equal(asks, down > 1 && up > 1);
        assert_true(down + up <= inner.columns / 4 + 2); /* every few columns */
        assert_int_equal(count_text(&canvas, inner, "↓"), down);
        canvas_done(&canvas);
    }
}

/* 0 and less have no place on a log axis, and what is not defined none at all. */
static void test_a_line_is_shown_to_go_below_a_log_axis_but_not_where_it_has_a_gap(void **state)
{
    (void)state;
    const double negative = -1;
    struct plot_line lines[] = {{flat, &negative, 1e6, 1e10, NULL, true, 0, false, true},
                                {undefined, NULL, 1e6, 1e10, NULL, true, 1, false, true}};
    struct canvas canvas;
    struct plot plot = {.lines = &lines[0], .line_count = 1, .y = {0.01, 1, true, NULL}};
    struct rect inner = draw_panel(&canvas, plot, NAN, PLOT_ASCII).inner;
    assert_true(count_text(&canvas, inner, "v") > 1);
    canvas_done(&canvas);
    plot.lines = &lines[1];
    inner = draw_panel(&canvas, plot, NAN, PLOT_ASCII).inner;
    assert_int_equal(count_text(&canvas, inner, "v") + count_text(&canvas, inner, "^"), 0);
    canvas_done(&canvas);
}

static void test_lines_in_half_blocks_have_no_braille(void **state)
{
    (void)state;
    struct plot_line line = {.evaluate = half, .from = 1e6, .to = 1e10};
    struct plot plot = {.lines = &line, .line_count = 1};
    struct canvas canvas;
    struct rect inner = draw_panel(&canvas, plot, NAN, PLOT_BLOCKS).inner;
    int blocks = count_text(&canvas, inner, "▀") + count_text(&canvas, inner, "▄");
    assert_int_equal(blocks, inner.columns);
    canvas_done(&canvas);
}

static void test_the_selected_breakpoint_is_unmistakable(void **state)
{
    (void)state;
    const double x[] = {1e7, 1e8, 1e9}, y[] = {0.2, 0.5, 0.8};
    const enum plot_point_style styles[] = {PLOT_POINT_PLAIN, PLOT_POINT_SELECTED,
                                            PLOT_POINT_LEFT_OUT};
    struct plot_points points = {.x = x, .y = y, .styles = styles, .count = 3, .breakpoints = true};
    struct plot plot = {.points = &points, .points_count = 1};
    for (enum plot_style style = PLOT_BRAILLE; style <= PLOT_ASCII; style++) {
        struct canvas canvas;
        struct rect inner = draw_panel(&canvas, plot, NAN, style).inner;
        int row = 0, column = 0;
        assert_true(find_word(&canvas, "[", &row, &column));
        assert_string_equal(canvas_at(&canvas, row, column + 2)->text, "]");
        for (int i = 0; i < 3; i++)
            assert_int_equal(canvas_at(&canvas, row, column + i)->role, ROLE_SELECTED);
        assert_int_equal(count_role(&canvas, inner, ROLE_SELECTED), 3);
        assert_true(find_word(&canvas, "left out", &row, &column)); /* the legend explains it */
        canvas_done(&canvas);
    }
}

static void test_a_breakpoint_does_not_hide_that_its_point_is_left_out(void **state)
{
    (void)state;
    const double x[] = {1e7, 1e8}, y[] = {0.5, 0.5};
    const enum plot_point_style styles[] = {PLOT_POINT_PLAIN, PLOT_POINT_LEFT_OUT};
    struct plot_points points[] = {{.x = x, .y = y, .styles = styles, .count = 2},
                                   {.x = x, .y = y, .count = 2, .breakpoints = true}};
    struct plot plot = {.points = points, .points_count = 2};
    struct canvas canvas;
    struct rect inner = draw_panel(&canvas, plot, NAN, PLOT_BRAILLE).inner;
    assert_int_equal(count_text(&canvas, inner, "×"), 1);
    assert_int_equal(count_text(&canvas, inner, "◈"), 1);
    canvas_done(&canvas);
}

/* At 1e8 the breakpoint stands in the cell where an arrow tells of the left-out point below. */
static void test_the_arrow_of_a_left_out_point_hides_no_breakpoint(void **state)
{
    (void)state;
    const double x[] = {1e7, 1e8, 1e9}, data[] = {0.5, -3, 0.5}, knots[] = {0.5, 0, 1};
    const enum plot_point_style styles[] = {PLOT_POINT_PLAIN, PLOT_POINT_LEFT_OUT,
                                            PLOT_POINT_PLAIN};
    struct plot_points points[] = {{.x = x, .y = data, .styles = styles, .count = 3},
                                   {.x = x, .y = knots, .count = 3, .breakpoints = true}};
    struct plot plot = {.points = points, .points_count = 2};
    struct canvas canvas;
    struct rect inner = draw_panel(&canvas, plot, NAN, PLOT_BRAILLE).inner;
    assert_int_equal(count_text(&canvas, inner, "◈") + count_text(&canvas, inner, "◇"), 3);
    canvas_done(&canvas);
}

static void test_a_breakpoint_on_a_data_point_shows_both(void **state)
{
    (void)state;
    const double x[] = {1e8}, y[] = {0.5};
    struct plot_points points[] = {{.x = x, .y = y, .count = 1},
                                   {.x = x, .y = y, .count = 1, .breakpoints = true}};
    struct plot plot = {.points = points, .points_count = 2};
    struct canvas canvas;
    struct rect inner = draw_panel(&canvas, plot, NAN, PLOT_BRAILLE).inner;
    assert_int_equal(count_text(&canvas, inner, "◈"), 1);
    canvas_done(&canvas);
    struct plot_points swap = points[0];
    points[0] = points[1];
    points[1] = swap;
    inner = draw_panel(&canvas, plot, NAN, PLOT_BRAILLE).inner;
    assert_int_equal(count_text(&canvas, inner, "◈"), 1);
    canvas_done(&canvas);
}

static void test_equal_errors_up_and_down_are_drawn_equal(void **state)
{
    (void)state;
    for (double y = 0.3; y < 0.7; y += 0.0073) {
        const double x = 1e8, low = y - 0.2, high = y + 0.2;
        struct plot_points points = {.x = &x, .y = &y, .low = &low, .high = &high, .count = 1};
        struct plot plot = {.points = &points, .points_count = 1};
        struct canvas canvas;
        draw_panel(&canvas, plot, NAN, PLOT_BRAILLE);
        int up = 0, down = 0, row, column = 0;
        for (row = 0; row < 24 && column == 0; row++)
            for (int c = 10; c < 80; c++)
                if (strcmp(canvas_at(&canvas, row, c)->text, "●") == 0)
                    column = c;
        row--;
        while (strcmp(canvas_at(&canvas, row - up, column)->text, "┬") != 0)
            up++;
        while (strcmp(canvas_at(&canvas, row + down, column)->text, "┴") != 0)
            down++;
        assert_int_equal(up, down);
        canvas_done(&canvas);
    }
}

static void test_a_steep_line_has_no_holes(void **state)
{
    (void)state;
    struct plot_line line = {steep, NULL, 1e6, 1e10, NULL, false, 0, false, false};
    struct plot plot = {.lines = &line, .line_count = 1};
    struct canvas canvas;
    struct rect inner = draw_panel(&canvas, plot, NAN, PLOT_BRAILLE).inner;
    for (int row = 0; row < inner.rows; row++) {
        struct rect whole = {inner.row + row, inner.column, 1, inner.columns};
        assert_true(count_role(&canvas, whole, ROLE_SERIES) >= 1);
    }
    canvas_done(&canvas);
}

static void test_a_line_stays_within_its_range_and_gaps_stay_open(void **state)
{
    (void)state;
    const double half = 0.5;
    struct plot_line line = {flat, &half, 1e7, 1e9, NULL, false, 0, false, false};
    struct plot plot = {.lines = &line, .line_count = 1};
    struct canvas canvas;
    struct plot_frame frame = draw_panel(&canvas, plot, NAN, PLOT_BRAILLE);
    int from = plot_frame_column(&frame, 1e7), to = plot_frame_column(&frame, 1e9);
    assert_int_equal(count_role(&canvas, frame.inner, ROLE_SERIES), to - from + 1);
    canvas_done(&canvas);
    line.evaluate = undefined;
    frame = draw_panel(&canvas, plot, NAN, PLOT_BRAILLE);
    assert_int_equal(count_role(&canvas, frame.inner, ROLE_SERIES), 0);
    canvas_done(&canvas);
}

static void test_the_cursor_hides_no_point_and_marks_the_curve(void **state)
{
    (void)state;
    const double x[] = {1e8}, y[] = {0.2}, half = 0.5;
    struct plot_points points = {.x = x, .y = y, .count = 1};
    struct plot_line line = {flat, &half, 1e6, 1e10, NULL, false, 0, false, false};
    struct plot plot = {.lines = &line, .line_count = 1, .points = &points, .points_count = 1};
    struct canvas canvas;
    struct plot_frame frame = draw_panel(&canvas, plot, 1e8, PLOT_BRAILLE);
    assert_int_equal(count_text(&canvas, frame.inner, "●"), 1);
    assert_int_equal(count_text(&canvas, frame.inner, "◉"), 1);
    assert_int_equal(count_role(&canvas, frame.inner, ROLE_CURSOR), frame.inner.rows - 1);
    canvas_done(&canvas);
    frame = draw_panel(&canvas, plot, 1e20, PLOT_BRAILLE);
    assert_int_equal(count_role(&canvas, frame.inner, ROLE_CURSOR), 0);
    canvas_done(&canvas);
}

static void test_labels_stay_while_the_cursor_walks(void **state)
{
    (void)state;
    struct everything all;
    everything_init(&all);
    int row = 0, column = 0, first_row = -1, first_column = -1;
    for (double x = 1e7; x < 1e10; x *= 1.2) {
        struct canvas canvas;
        draw_panel(&canvas, all.panels[0], x, PLOT_BRAILLE);
        assert_true(find_word(&canvas, "conv2d_batchnorm", &row, &column));
        assert_true(first_row < 0 || (row == first_row && column == first_column));
        first_row = row;
        first_column = column;
        canvas_done(&canvas);
    }
}

static void test_labels_cover_no_point(void **state)
{
    (void)state;
    struct everything all;
    everything_init(&all);
    struct plot bare = all.panels[0];
    struct plot_line unlabelled[6];
    memcpy(unlabelled, all.lines, sizeof unlabelled);
    for (int i = 0; i < 6; i++)
        unlabelled[i].label = NULL;
    bare.lines = unlabelled;
    const char *glyphs[] = {"●", "■", "▲", "◇", "◈", "◆", "×", "↑", "↓"};
    struct canvas with, without;
    struct rect inner = draw_panel(&with, all.panels[0], NAN, PLOT_BRAILLE).inner;
    draw_panel(&without, bare, NAN, PLOT_BRAILLE);
    for (int row = inner.row; row < inner.row + inner.rows; row++)
        for (int column = inner.column; column < inner.column + inner.columns; column++)
            for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++)
                if (strcmp(canvas_at(&without, row, column)->text, glyphs[i]) == 0)
                    assert_string_equal(canvas_at(&with, row, column)->text, glyphs[i]);
    canvas_done(&with);
    canvas_done(&without);
}

static void test_a_label_without_room_goes_to_the_legend(void **state)
{
    (void)state;
    const double half = 0.5;
    struct plot_line lines[2] = {{flat, &half, 1e6, 1e10, "first", false, 0, false, false},
                                 {flat, &half, 1e6, 1e10, "second", true, 1, false, false}};
    struct plot plot = {.lines = lines, .line_count = 2};
    struct canvas canvas;
    struct rect inner = draw_panel(&canvas, plot, NAN, PLOT_BRAILLE).inner;
    int row = 0, column = 0;
    assert_true(find_word(&canvas, "second", &row, &column));
    assert_int_equal(row, inner.row - 1);
    assert_int_equal(canvas_at(&canvas, row, column)->role, ROLE_SERIES + 1);
    canvas_done(&canvas);
}

static void test_x_labels_never_touch(void **state)
{
    (void)state;
    for (int columns = 12; columns < 140; columns++) {
        for (double high = 2e6; high < 1e30; high *= 7) {
            struct plot_axis x = {1e6, high, true, NULL};
            struct plot plot = {.y = {0, 1, false, NULL}};
            struct canvas canvas;
            canvas_init(&canvas, 5, columns, TEXT_UNICODE);
            plot_draw(&canvas, canvas_area(&canvas), &(struct plot_panels){x, &plot, 1}, NAN,
                      PLOT_BRAILLE, NULL);
            for (int c = 1; c + 1 < columns; c++) {
                const char *left = canvas_at(&canvas, 4, c - 1)->text;
                const char *here = canvas_at(&canvas, 4, c)->text;
                const char *right = canvas_at(&canvas, 4, c + 1)->text;
                /* After a prefix letter a new label needs two blanks: "10 M1 G", "10 M 1 G". */
                if (strchr("kMGTPE", left[0]) && left[0])
                    assert_true(here[0] == ' ' && right[0] == ' ');
            }
            canvas_done(&canvas);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_written_outside_the_area),
        cmocka_unit_test(test_an_area_beyond_the_canvas_is_clipped),
        cmocka_unit_test(test_panels_share_their_columns_and_split_the_height),
        cmocka_unit_test(test_low_panels_share_one_axis),
        cmocka_unit_test(test_without_a_row_of_its_own_the_axis_title_stands_left_of_the_labels),
        cmocka_unit_test(test_panels_that_find_no_room_have_empty_frames),
        cmocka_unit_test(test_columns_and_values_of_a_frame_agree),
        cmocka_unit_test(test_points_off_the_axes_are_arrows_at_the_edge),
        cmocka_unit_test(test_an_arrow_for_several_points_says_how_many),
        cmocka_unit_test(test_a_line_that_asks_for_it_shows_where_it_leaves_the_axes),
        cmocka_unit_test(test_a_line_is_shown_to_go_below_a_log_axis_but_not_where_it_has_a_gap),
        cmocka_unit_test(test_lines_in_half_blocks_have_no_braille),
        cmocka_unit_test(test_the_selected_breakpoint_is_unmistakable),
        cmocka_unit_test(test_a_breakpoint_does_not_hide_that_its_point_is_left_out),
        cmocka_unit_test(test_the_arrow_of_a_left_out_point_hides_no_breakpoint),
        cmocka_unit_test(test_a_breakpoint_on_a_data_point_shows_both),
        cmocka_unit_test(test_equal_errors_up_and_down_are_drawn_equal),
        cmocka_unit_test(test_a_steep_line_has_no_holes),
        cmocka_unit_test(test_a_line_stays_within_its_range_and_gaps_stay_open),
        cmocka_unit_test(test_the_cursor_hides_no_point_and_marks_the_curve),
        cmocka_unit_test(test_labels_stay_while_the_cursor_walks),
        cmocka_unit_test(test_labels_cover_no_point),
        cmocka_unit_test(test_a_label_without_room_goes_to_the_legend),
        cmocka_unit_test(test_x_labels_never_touch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
