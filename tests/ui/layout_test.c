/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rectangles at every size: inside the screen, none on top of another, the main one never empty. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/layout.h"

static bool is_empty(struct rect r)
{
    return r.rows <= 0 || r.columns <= 0;
}

static bool overlap(struct rect a, struct rect b)
{
    return !is_empty(a) && !is_empty(b) && a.row < b.row + b.rows && b.row < a.row + a.rows &&
           a.column < b.column + b.columns && b.column < a.column + a.columns;
}

static void check_layout(int rows, int columns, enum view_id view, int detail)
{
    struct layout layout = layout_compute(rows, columns, view, detail);
    struct rect all[] = {layout.title,  layout.side,   layout.main,
                         layout.detail, layout.status, layout.footer};
    if (layout.too_small) {
        assert_true(rows < LAYOUT_ROWS_MIN || columns < LAYOUT_COLUMNS_MIN);
        return;
    }
    assert_false(is_empty(layout.title) || is_empty(layout.main));
    assert_false(is_empty(layout.status) || is_empty(layout.footer));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!is_empty(all[i])) {
            assert_true(all[i].row >= 0 && all[i].row + all[i].rows <= rows);
            assert_true(all[i].column >= 0 && all[i].column + all[i].columns <= columns);
        }
        for (size_t j = 0; j < i; j++)
            if (overlap(all[i], all[j]))
                fail_msg("%dx%d view %d: rectangles %zu and %zu overlap", columns, rows, view, i,
                         j);
    }
}

static void test_rectangles_fit_at_every_size(void **state)
{
    (void)state;
    for (unsigned view = 1; view & VIEW_ALL; view <<= 1)
        for (int rows = 1; rows <= 100; rows++)
            for (int columns = 1; columns <= 300; columns++)
                for (int detail = 0; detail <= 40; detail += 10)
                    check_layout(rows, columns, (enum view_id)view, detail);
}

static void test_the_selected_line_is_always_among_those_shown(void **state)
{
    (void)state;
    for (int count = 1; count < 40; count++)
        for (int rows = 1; rows < 40; rows++)
            for (int selected = 0; selected < count; selected++) {
                int first = layout_first_line(selected, count, rows);
                assert_true(first >= 0 && selected >= first && selected < first + rows);
                assert_true(count <= rows ? first == 0 : first + rows <= count);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rectangles_fit_at_every_size),
        cmocka_unit_test(test_the_selected_line_is_always_among_those_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
