/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal: start, read a key, show a canvas, stop. term.c is the only file that includes
 * curses.
 *
 * Whatever ends the program, the terminal is put back: term_stop on the way out, handlers for what
 * kills. Signals that matter (SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT) are blocked
 * except while waiting for a key, so none is lost in the middle of drawing; they arrive as keys.
 */
#ifndef UI_TERMINAL_TERM_H
#define UI_TERMINAL_TERM_H

#include <stdbool.h>

#include "base/error.h"
#include "plot/canvas.h"
#include "ui/terminal/mouse.h"
#include "ui/terminal/theme.h"

/* A key: a Unicode code point (control keys below 32), or one of these. */
enum term_key {
    TERM_KEY_ESCAPE = 27,
    TERM_KEY_FIRST = 0x110000,
    TERM_KEY_NONE = TERM_KEY_FIRST, /* nothing came within the time given */
    TERM_KEY_READY,                 /* what term_watch() was told of can be read */
    TERM_KEY_RESIZE,                /* the size may have changed: draw everything */
    TERM_KEY_TERMINATE,             /* SIGTERM, SIGHUP, SIGINT, or the terminal is gone */
    TERM_KEY_UP,
    TERM_KEY_DOWN,
    TERM_KEY_LEFT,
    TERM_KEY_RIGHT,
    TERM_KEY_SHIFT_UP,
    TERM_KEY_SHIFT_DOWN,
    TERM_KEY_SHIFT_LEFT,
    TERM_KEY_SHIFT_RIGHT,
    TERM_KEY_HOME,
    TERM_KEY_END,
    TERM_KEY_PAGE_UP,
    TERM_KEY_PAGE_DOWN,
    TERM_KEY_INSERT,
    TERM_KEY_DELETE,
    TERM_KEY_BACKSPACE,
    TERM_KEY_ENTER,
    TERM_KEY_TAB,
    TERM_KEY_SHIFT_TAB,
    TERM_KEY_F1,
    TERM_KEY_F12 = TERM_KEY_F1 + 11,
    TERM_KEY_UNKNOWN,
    TERM_KEY_MOUSE, /* term_mouse_event() says what happened */
    TERM_KEY_PASTE, /* term_pasted() says what was pasted */
};

/* STATUS_REFUSED, with the terminal untouched, where there is none or it cannot place text. */
enum status term_start(bool color, struct error *error);

/* Puts the terminal back. Harmless when it was not started. */
void term_stop(void);

/* The size of the screen, in cells. */
void term_size(int *rows, int *columns);

/* Has roles look as the theme says from the next term_show on, which sends everything. */
void term_set_theme(const struct theme *theme);

/* Shows the canvas; only cells that differ from what stands there are sent. */
void term_show(const struct canvas *canvas);

/* Has the next term_show send everything, whatever stands on the screen. */
void term_redraw(void);

/* Whether the terminal reports a mouse. */
bool term_has_mouse(void);

/*
 * Has the terminal report the mouse, or not. At first it does not, and whatever ends the program
 * also ends that.
 */
void term_report_mouse(bool on);

/* The event that the last TERM_KEY_MOUSE stands for. */
struct mouse_event term_mouse_event(void);

/*
 * The text that the last TERM_KEY_PASTE stands for: any bytes, *length of them, as far as they are
 * kept. Borrowed until the next key is read.
 */
const char *term_pasted(size_t *length);

/* Whether a key has arrived already. */
bool term_key_waits(void);

/*
 * Whether, while the program was busy, Esc was pressed or it was asked to end. That Esc is taken.
 * Other keys keep waiting in their order; what the mouse did is dropped. Behind pasted text no Esc
 * is looked for.
 */
bool term_escape_waits(void);

/* Waits up to milliseconds (-1: for ever, 0: not at all) for a key. */
int term_read_key(int milliseconds);

/* Has term_read_key wait for this descriptor too (-1: for none); keys go first. */
void term_watch(int descriptor);

/* If a signal has asked the program to end, ends it by that signal, so that its parent knows. */
void term_end_as_told(void);

/* Stops the program as ^Z does, and takes the terminal again when it goes on. */
void term_suspend(void);

#endif
