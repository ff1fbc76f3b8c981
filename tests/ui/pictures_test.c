/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plot that is remembered looks as if it were drawn anew. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../jetson.h"
#include "ui/pictures.h"

static struct scene_curve curve_at(size_t index)
{
    const struct calibration_curve *source = &jetson->curves[index];
    return (struct scene_curve){.source = source,
                                .curve = calibration_stored_curve(source),
                                .label = source->name,
                                .series = (int)index,
                                .selected_point = -1,
                                .selected_breakpoint = -1};
}

/* Draws into two canvases, one with the help of what is kept, and compares every cell. */
static void assert_same(struct pictures *pictures, const struct scene_curve *curves, size_t count,
                        const struct scene_options *options, struct rect area, double cursor)
{
    struct canvas kept, fresh;
    struct scene *scene = scene_new(curves, count, options);
    canvas_init(&kept, 40, 120, TEXT_UNICODE);
    canvas_init(&fresh, 40, 120, TEXT_UNICODE);
    struct picture_subject subject = {curves, count, options, cursor, PLOT_BRAILLE};
    pictures_draw(pictures, &subject, &kept, area);
    scene_draw(scene, &fresh, area, cursor, PLOT_BRAILLE, NULL);
    for (int row = 0; row < 40; row++)
        for (int column = 0; column < 120; column++) {
            const struct cell *a = canvas_at(&kept, row, column);
            const struct cell *b = canvas_at(&fresh, row, column);
            if (strcmp(a->text, b->text) != 0 || a->role != b->role)
                fail_msg("row %d, column %d: \"%s\" instead of \"%s\"", row, column, a->text,
                         b->text);
        }
    canvas_done(&kept);
    canvas_done(&fresh);
    scene_free(scene);
}

static void test_a_kept_plot_looks_like_a_fresh_one(void **state)
{
    (void)state;
    struct pictures pictures = {0};
    struct scene_curve two[2] = {curve_at(0), curve_at(1)};
    struct scene_options options = {.log_y = true, .bars = SCENE_BARS_STD, .residuals = true};
    const struct rect areas[] = {{0, 0, 40, 120}, {7, 11, 25, 70}, {7, 11, 3, 70}};
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < 3; i++) {
            assert_same(&pictures, two, 2, &options, areas[i], NAN);
            assert_same(&pictures, two, 2, &options, areas[i], 3e8);
        }
    assert_int_equal(pictures.count, 3); /* the cursor is no part of a picture */
    options = (struct scene_options){.ratio = true, .range = true};
    for (int round = 0; round < 2; round++)
        assert_same(&pictures, two, 2, &options, areas[0], 3e8);
    pictures_done(&pictures);
}

static void test_an_edited_curve_is_another_picture(void **state)
{
    (void)state;
    struct pictures pictures = {0};
    struct scene_curve curve = curve_at(0);
    struct breakpoint breakpoints[64];
    struct scene_options options = {.log_y = true};
    const struct rect area = {0, 0, 30, 100};
    memcpy(breakpoints, curve.curve.breakpoints, curve.curve.count * sizeof *breakpoints);
    curve.curve.breakpoints = breakpoints;
    assert_same(&pictures, &curve, 1, &options, area, NAN);
    breakpoints[1].efficiency *= 3;
    assert_same(&pictures, &curve, 1, &options, area, NAN);
    pictures_done(&pictures);
}

static void test_only_the_last_ones_are_kept(void **state)
{
    (void)state;
    struct pictures pictures = {0};
    struct scene_curve curve = curve_at(0);
    struct scene_options options = {.log_y = true};
    for (int round = 0; round < 2; round++)
        for (int columns = 40; columns < 40 + PICTURES_KEPT + 5; columns++) {
            assert_same(&pictures, &curve, 1, &options, (struct rect){0, 0, 30, columns}, NAN);
            assert_true(pictures.count <= PICTURES_KEPT);
        }
    assert_int_equal(pictures.count, PICTURES_KEPT);
    pictures_done(&pictures);
    assert_int_equal(pictures.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_kept_plot_looks_like_a_fresh_one),
        cmocka_unit_test(test_an_edited_curve_is_another_picture),
        cmocka_unit_test(test_only_the_last_ones_are_kept),
    };
    return cmocka_run_group_tests(tests, load_jetson, free_jetson);
}
