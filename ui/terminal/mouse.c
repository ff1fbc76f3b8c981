/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports of a mouse, byte by byte. */
#include "ui/terminal/mouse.h"

/* Bits of the first number. */
enum { BUTTONS = 3, SHIFT = 4, MOVED = 32, WHEEL = 64, LEFT = 0, NO_BUTTON = 3 };

enum { NUMBERS = 3, LARGEST = 9999 };

void mouse_report_begin(struct mouse_report *report, enum mouse_form form)
{
    *report = (struct mouse_report){.reading = true, .form = form};
}

/*
 * The event of a report whose numbers are complete. released: the button went up; the older form
 * has a button number for that instead.
 */
static enum mouse_progress finish(struct mouse_report *report, bool released,
                                  struct mouse_event *event)
{
    int code = report->numbers[0], button = code & BUTTONS;
    report->reading = false;
    *event = (struct mouse_event){.row = report->numbers[2] - 1,
                                  .column = report->numbers[1] - 1,
                                  .shift = code & SHIFT,
                                  .milliseconds = event->milliseconds};
    if (event->row < 0 || event->column < 0)
        return MOUSE_NOTHING;
    if (code & WHEEL) {
        event->kind = MOUSE_WHEEL;
        event->steps = button == 0 ? 1 : -1;
        return button <= 1 && !released ? MOUSE_EVENT : MOUSE_NOTHING;
    }
    bool older_release = report->form == MOUSE_FORM_X10 && button == NO_BUTTON && !(code & MOVED);
    if (button != LEFT && !older_release)
        return MOUSE_NOTHING;
    event->kind = released || older_release ? MOUSE_RELEASE
                  : code & MOVED            ? MOUSE_DRAG
                                            : MOUSE_PRESS;
    return MOUSE_EVENT;
}

/* Each number is one byte, from 32 on. */
static enum mouse_progress take_x10(struct mouse_report *report, int byte,
                                    struct mouse_event *event)
{
    if (byte < ' ') {
        report->reading = false;
        return MOUSE_NOTHING;
    }
    report->numbers[report->count++] = byte - ' ';
    return report->count < NUMBERS ? MOUSE_MORE : finish(report, false, event);
}

/* "0;12;7M", or with m where the button went up. */
static enum mouse_progress take_sgr(struct mouse_report *report, int byte,
                                    struct mouse_event *event)
{
    int *number = &report->numbers[report->count];
    if (byte >= '0' && byte <= '9' && *number <= LARGEST / 10) {
        *number = 10 * *number + byte - '0';
        return MOUSE_MORE;
    }
    if (byte == ';' && report->count + 1 < NUMBERS) {
        report->count++;
        return MOUSE_MORE;
    }
    if ((byte == 'M' || byte == 'm') && report->count + 1 == NUMBERS)
        return finish(report, byte == 'm', event);
    report->reading = false;
    return MOUSE_NOTHING;
}

enum mouse_progress mouse_report_take(struct mouse_report *report, int byte,
                                      struct mouse_event *event)
{
    return report->form == MOUSE_FORM_SGR ? take_sgr(report, byte, event)
                                          : take_x10(report, byte, event);
}
