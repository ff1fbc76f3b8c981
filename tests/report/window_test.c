/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zooming and panning: what always holds, over many windows; and what a user expects of one. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/window.h"

static const struct scene_window axes = {1e6, 1e12, 1e-4, 1};

static struct window whole_of(bool log_y)
{
    return window_of(&axes, log_y);
}

static double span(struct window_range range)
{
    return range.high - range.low;
}

/* Inside the whole, and wide enough to be drawn. */
static void check_range(struct window_range range, struct window_range whole)
{
    double slack = 1e-9 * span(whole);
    assert_true(range.low >= whole.low - slack && range.high <= whole.high + slack);
    assert_true(span(range) >= span(whole) / WINDOW_DEPTH - slack);
}

static void check(const struct window *window, const struct window *whole)
{
    if (!window->part)
        return;
    check_range(window->x, whole->x);
    check_range(window->y, whole->y);
    struct scene_window shown = window_axes(window);
    assert_true(shown.x_low > 0 && shown.x_low < shown.x_high && shown.y_low < shown.y_high);
    assert_true(span(window->x) < span(whole->x) || span(window->y) < span(whole->y));
}

static double next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (double)(*seed >> 8) / (1 << 24);
}

static void step(struct window *window, const struct window *whole, uint32_t *seed)
{
    double a = 3 * next_random(seed) - 1, b = 3 * next_random(seed) - 1;
    double x = whole->x.low + a * span(whole->x), y = whole->y.low + b * span(whole->y);
    switch ((int)(4 * next_random(seed))) {
    case 0:
        window_zoom(window, whole, x, y, 0.6);
        break;
    case 1:
        window_zoom(window, whole, NAN, y, 1 / 0.6);
        break;
    case 2:
        window_pan(window, whole, a, b);
        break;
    default:
        window_reveal(window, whole, x, y);
    }
}

static void test_whatever_is_done_some_of_the_whole_is_shown_and_not_too_little(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int log_y = 0; log_y < 2; log_y++) {
        struct window whole = whole_of(log_y), window = {0};
        for (int i = 0; i < 20000; i++) {
            step(&window, &whole, &seed);
            check(&window, &whole);
        }
    }
}

static void test_zooming_keeps_the_place_under_the_pointer_where_it_is(void **state)
{
    (void)state;
    struct window whole = whole_of(true), window = {0};
    uint32_t seed = 7;
    for (int i = 0; i < 2000; i++) {
        double share = next_random(&seed);
        window_zoom(&window, &whole, NAN, NAN, 0.5);
        struct window before = window;
        double x = before.x.low + share * span(before.x);
        window_zoom(&window, &whole, x, NAN, 0.8);
        assert_true(fabs((x - window.x.low) / span(window.x) - share) < 1e-6);
        if (i % 5 == 0)
            window = (struct window){0};
    }
}

static void test_zooming_out_ends_with_all_of_it_again(void **state)
{
    (void)state;
    struct window whole = whole_of(true), window = {0};
    for (int i = 0; i < 50; i++)
        window_zoom(&window, &whole, 7, -3, 0.7);
    assert_true(window.part);
    assert_true(fabs(span(window.x) - 6.0 / WINDOW_DEPTH) < 1e-9);
    for (int i = 0; i < 50; i++)
        window_zoom(&window, &whole, 9, -1, 1 / 0.7);
    assert_false(window.part);
}

static void test_at_the_smallest_window_zooming_in_moves_nothing(void **state)
{
    (void)state;
    struct window whole = whole_of(true), window = {0};
    for (int i = 0; i < 60; i++)
        window_zoom(&window, &whole, 9, -2, 0.7);
    struct window before = window;
    window_zoom(&window, &whole, before.x.high, before.y.low, 0.7);
    assert_true(fabs(window.x.low - before.x.low) < 1e-9);
    assert_true(fabs(window.y.high - before.y.high) < 1e-9);
}

static void test_what_walks_out_takes_the_window_along_and_what_is_inside_does_not(void **state)
{
    (void)state;
    struct window whole = whole_of(true), window = {0};
    window_zoom(&window, &whole, 9, -2, 0.25);
    struct window before = window;
    window_reveal(&window, &whole, before.x.high - 0.01, before.y.low + 0.01);
    assert_true(window.x.low == before.x.low && window.y.low == before.y.low);
    window_reveal(&window, &whole, before.x.high + 0.01, NAN);
    assert_true(window.x.high > before.x.high + 0.01 && window.y.low == before.y.low);
    assert_true(fabs(span(window.x) - span(before.x)) < 1e-9);
}

static void test_another_kind_of_axis_shows_all_of_it_and_the_same_sizes(void **state)
{
    (void)state;
    struct window whole = whole_of(true), linear = whole_of(false), window = {0};
    window_zoom(&window, &whole, 9, -2, 0.25);
    struct window_range sizes = window.x;
    window_keep_inside(&window, &linear);
    assert_true(window.part && !window.log_y);
    assert_true(fabs(window.x.low - sizes.low) < 1e-9 && window.y.high == linear.y.high);
}

static void test_panning_the_whole_moves_nothing(void **state)
{
    (void)state;
    struct window whole = whole_of(true), window = {0};
    window_pan(&window, &whole, 0.2, -0.2);
    assert_false(window.part);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whatever_is_done_some_of_the_whole_is_shown_and_not_too_little),
        cmocka_unit_test(test_zooming_keeps_the_place_under_the_pointer_where_it_is),
        cmocka_unit_test(test_zooming_out_ends_with_all_of_it_again),
        cmocka_unit_test(test_at_the_smallest_window_zooming_in_moves_nothing),
        cmocka_unit_test(test_what_walks_out_takes_the_window_along_and_what_is_inside_does_not),
        cmocka_unit_test(test_another_kind_of_axis_shows_all_of_it_and_the_same_sizes),
        cmocka_unit_test(test_panning_the_whole_moves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
