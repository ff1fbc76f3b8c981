/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A terminal for tests: runs the real program in a pseudo terminal and keeps the screen it draws.
 *
 * No function sleeps for a fixed time: terminal_wait_idle and its relatives watch the program
 * itself. What does not come within TERMINAL_PATIENCE seconds fails: the screen goes to standard
 * error and options.fail is called, which must not return (NULL: exit with status 1).
 */
#ifndef END_TO_END_TERMINAL_H
#define END_TO_END_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { TERMINAL_PATIENCE = 30, TERMINAL_CELL_BYTES = 32 };

/* The caller's; only read by terminal_start, except that fail is kept. Zero means the default. */
struct terminal_options {
    int rows;                       /* 24 */
    int columns;                    /* 80 */
    const char *home;               /* HOME; by default a new folder, removed at the end */
    const char *folder;             /* where the program starts; by default here */
    const char *const *environment; /* "NAME=value" over the defaults, ends in NULL */
    void (*fail)(const char *message);
};

/* One cell as the terminal shows it; colours are 0xRRGGBB. Reverse is not yet applied to them. */
struct terminal_cell {
    char text[TERMINAL_CELL_BYTES]; /* UTF-8; "" for a blank and right of a wide character */
    int columns;                    /* 1 or 2 */
    uint32_t foreground;
    uint32_t background;
    bool has_default_foreground;
    bool has_default_background;
    bool bold;
    bool faint;
    bool italic;
    bool underline;
    bool blink;
    bool reverse;
};

struct terminal;

/*
 * Starts argv (ends in NULL, argv[0] looked up in PATH) in an environment of its own: PATH,
 * TERM=xterm-256color, LC_ALL=C.UTF-8 (or CALSCOPE_TEST_LC_ALL), TZ=UTC, HOME and the XDG folders
 * below it, and what sanitizers need. Never NULL. The caller ends it with terminal_stop.
 */
struct terminal *terminal_start(const struct terminal_options *options, const char *const argv[]);

/* Ends the program if it still runs, and removes the folder that terminal_start made. */
void terminal_stop(struct terminal *terminal);

/* HOME of the program. */
const char *terminal_home(const struct terminal *terminal);

/* Bytes as a terminal would send them; they do not wait for the program. */
void terminal_send(struct terminal *terminal, const char *bytes);

/* Keys by name (see keys.h), blanks between them: "j j Enter Ctrl-R". Waits until idle after each.
 */
void terminal_press(struct terminal *terminal, const char *names);

/* Text, one character after the other, then waits until idle. */
void terminal_type(struct terminal *terminal, const char *text);

/* SGR mouse: a click with button 0 (left) to 2, or 64 and 65 for the wheel. Waits until idle. */
void terminal_click(struct terminal *terminal, int button, int row, int column);

/* Changes the size; the program gets SIGWINCH. Waits until idle. */
void terminal_resize(struct terminal *terminal, int rows, int columns);

/* Sends the program a signal; does not wait. */
void terminal_kill(struct terminal *terminal, int signal);

/* Closes the terminal, as when its window is closed; there is nothing to look at then. */
void terminal_hang_up(struct terminal *terminal);

/* Until the program has written something more; returns at once with it. */
void terminal_wait_output(struct terminal *terminal);

/* Until the program waits for input, all sent was read, and all written is on the screen. */
void terminal_wait_idle(struct terminal *terminal);

/* Until text stands on the screen, or no longer does. */
void terminal_wait_text(struct terminal *terminal, const char *text);
void terminal_wait_no_text(struct terminal *terminal, const char *text);

/* Until a signal has stopped the program, as after ^Z. */
void terminal_wait_stopped(struct terminal *terminal);

/* Until the program ends; its exit status, or 128 + the signal that ended it. */
int terminal_wait_exit(struct terminal *terminal);

/* Whether the program still runs. */
bool terminal_runs(const struct terminal *terminal);

int terminal_rows(const struct terminal *terminal);
int terminal_columns(const struct terminal *terminal);

/* The text of a row without trailing blanks. Valid until the row is asked for again. */
const char *terminal_row(struct terminal *terminal, int row);

/* Where text stands on the screen, from the top left; row and column may be NULL. */
bool terminal_find(struct terminal *terminal, const char *text, int *row, int *column);

struct terminal_cell terminal_cell(const struct terminal *terminal, int row, int column);

/* False if the cursor is hidden. */
bool terminal_cursor(const struct terminal *terminal, int *row, int *column);

bool terminal_in_alternate_screen(const struct terminal *terminal);

/* After the exit: whether the terminal's modes (echo, line mode, signals) are as they were. */
bool terminal_kept_modes(const struct terminal *terminal);

bool terminal_reports_mouse(const struct terminal *terminal);

/* Everything that the program has written so far. */
const char *terminal_output(const struct terminal *terminal, size_t *length);

/* Processor time of the program so far, in seconds. */
double terminal_processor_seconds(const struct terminal *terminal);

/* All rows as text. */
void terminal_print(struct terminal *terminal, FILE *file);

#endif
