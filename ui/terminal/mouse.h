/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a mouse does, as one struct, and the bytes in which terminals report it: xterm's SGR form
 * (1006) and the older one (X10) that screen and small terminals send. Pure.
 */
#ifndef UI_TERMINAL_MOUSE_H
#define UI_TERMINAL_MOUSE_H

#include <stdbool.h>

enum mouse_kind {
    MOUSE_PRESS, /* the left button */
    MOUSE_DRAG,  /* moved while it is held */
    MOUSE_RELEASE,
    MOUSE_WHEEL,
};

/* Rows and columns count from 0 at the top left of the screen. */
struct mouse_event {
    enum mouse_kind kind;
    int row, column;
    int steps; /* of the wheel: 1 up, away from the user; -1 down */
    bool shift;
    long milliseconds; /* when, on a clock of the caller's that never goes back */
};

/* How a report begins. */
#define MOUSE_SGR_START "\033[<"
#define MOUSE_X10_START "\033[M"

enum mouse_form { MOUSE_FORM_SGR, MOUSE_FORM_X10 };

/* A report of which some bytes have come. Zeroed, none is being read. */
struct mouse_report {
    bool reading;
    enum mouse_form form;
    int numbers[3]; /* button, column, row, as sent */
    int count;      /* of those that are complete */
};

enum mouse_progress {
    MOUSE_MORE,    /* bytes are missing */
    MOUSE_EVENT,   /* *event says what happened; its time is left alone */
    MOUSE_NOTHING, /* a complete report of something else, or no report at all */
};

/* The start of a report of that form has come. */
void mouse_report_begin(struct mouse_report *report, enum mouse_form form);

/* Takes the next byte behind the start. */
enum mouse_progress mouse_report_take(struct mouse_report *report, int byte,
                                      struct mouse_event *event);

#endif
