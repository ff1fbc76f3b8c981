/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports of a mouse as terminals send them, in both forms, whole, cut and broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/terminal/mouse.h"

/* What the last byte makes of it; all before it must ask for more. */
static enum mouse_progress read_report(enum mouse_form form, const char *bytes,
                                       struct mouse_event *event)
{
    struct mouse_report report;
    enum mouse_progress progress = MOUSE_MORE;
    mouse_report_begin(&report, form);
    for (; *bytes; bytes++) {
        assert_int_equal(progress, MOUSE_MORE);
        assert_true(report.reading);
        progress = mouse_report_take(&report, (unsigned char)*bytes, event);
    }
    assert_int_equal(report.reading, progress == MOUSE_MORE);
    return progress;
}

static void check(enum mouse_form form, const char *bytes, struct mouse_event expected)
{
    struct mouse_event event = {.milliseconds = 5};
    assert_int_equal(read_report(form, bytes, &event), MOUSE_EVENT);
    assert_int_equal(event.kind, expected.kind);
    assert_int_equal(event.row, expected.row);
    assert_int_equal(event.column, expected.column);
    assert_int_equal(event.steps, expected.steps);
    assert_int_equal(event.shift, expected.shift);
    assert_int_equal(event.milliseconds, 5);
}

static void test_sgr_reports_press_drag_release_and_wheel(void **state)
{
    (void)state;
    check(MOUSE_FORM_SGR, "0;12;7M", (struct mouse_event){.row = 6, .column = 11});
    check(MOUSE_FORM_SGR, "32;300;140M",
          (struct mouse_event){.kind = MOUSE_DRAG, .row = 139, .column = 299});
    check(MOUSE_FORM_SGR, "0;1;1m", (struct mouse_event){.kind = MOUSE_RELEASE});
    check(MOUSE_FORM_SGR, "64;2;3M",
          (struct mouse_event){.kind = MOUSE_WHEEL, .row = 2, .column = 1, .steps = 1});
    check(MOUSE_FORM_SGR, "69;2;3M",
          (struct mouse_event){
              .kind = MOUSE_WHEEL, .row = 2, .column = 1, .steps = -1, .shift = true});
}

static void test_the_older_form_reports_the_same(void **state)
{
    (void)state;
    check(MOUSE_FORM_X10, "\x20\x2c\x27", (struct mouse_event){.row = 6, .column = 11});
    check(MOUSE_FORM_X10, "\x40\xff\x27",
          (struct mouse_event){.kind = MOUSE_DRAG, .row = 6, .column = 222});
    check(MOUSE_FORM_X10, "\x23\x21\x21", (struct mouse_event){.kind = MOUSE_RELEASE});
    check(MOUSE_FORM_X10, "\x61\x22\x23",
          (struct mouse_event){.kind = MOUSE_WHEEL, .row = 2, .column = 1, .steps = -1});
}

static void test_other_buttons_and_other_bytes_are_nothing(void **state)
{
    (void)state;
    struct mouse_event event;
    assert_int_equal(read_report(MOUSE_FORM_SGR, "2;12;7M", &event), MOUSE_NOTHING);
    assert_int_equal(read_report(MOUSE_FORM_SGR, "35;12;7M", &event), MOUSE_NOTHING);
    assert_int_equal(read_report(MOUSE_FORM_SGR, "66;12;7M", &event), MOUSE_NOTHING);
    assert_int_equal(read_report(MOUSE_FORM_SGR, "0;0;7M", &event), MOUSE_NOTHING);
    assert_int_equal(read_report(MOUSE_FORM_SGR, "0;12M", &event), MOUSE_NOTHING);
    assert_int_equal(read_report(MOUSE_FORM_SGR, "x", &event), MOUSE_NOTHING);
    assert_int_equal(read_report(MOUSE_FORM_SGR, "99999", &event), MOUSE_NOTHING);
    assert_int_equal(read_report(MOUSE_FORM_SGR, "0;12;", &event), MOUSE_MORE);
    assert_int_equal(read_report(MOUSE_FORM_X10, "\x20\x1b", &event), MOUSE_NOTHING);
    assert_int_equal(read_report(MOUSE_FORM_X10, "\x20\x2c", &event), MOUSE_MORE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sgr_reports_press_drag_release_and_wheel),
        cmocka_unit_test(test_the_older_form_reports_the_same),
        cmocka_unit_test(test_other_buttons_and_other_bytes_are_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
