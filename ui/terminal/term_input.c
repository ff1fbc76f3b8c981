/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting for keys, the mouse, signals and a watched file; keys in the order they were typed. */
#include "ui/terminal/term_input.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "ui/terminal/term.h"
#include "ui/terminal/term_signals.h"

enum { AHEAD_MAX = 64 };

/* There is one terminal, so there is one of these. */
static struct {
    struct mouse_report report; /* what has come of one */
    struct mouse_event mouse_event;
    int ahead[AHEAD_MAX]; /* keys read while looking for an Esc among them, the first one first */
    int ahead_count;
    int watched_plus_one; /* a descriptor to wait for besides keys; 0: none */
} input;

/* No key, and more to read: the beginning of a mouse's report, or one that means nothing. */
enum { READ_ON = -1 };

/*
 * The rest of a report, as far as it has come. Its bytes are read as bytes: they are no characters.
 */
static int read_report(void)
{
    enum mouse_progress progress = MOUSE_MORE;
    while (progress == MOUSE_MORE) {
        int byte = term_typed_byte();
        if (byte < 0)
            return TERM_KEY_NONE;
        struct timespec now = clock_now();
        input.mouse_event.milliseconds = clock_milliseconds(&(struct timespec){0}, &now);
        progress = mouse_report_take(&input.report, byte, &input.mouse_event);
    }
    return progress == MOUSE_EVENT ? TERM_KEY_MOUSE : READ_ON;
}

static int read_typed(void)
{
    enum mouse_form form;
    int key = term_typed(&form);
    if (key != TERM_KEY_MOUSE)
        return key;
    mouse_report_begin(&input.report, form);
    return READ_ON;
}

/* A key that has arrived, or TERM_KEY_NONE. */
static int read_key(void)
{
    int key = READ_ON;
    while (key == READ_ON)
        key = input.report.reading ? read_report() : read_typed();
    return key;
}

/* The next key in the order in which they were typed. */
static int take_key(void)
{
    if (input.ahead_count == 0)
        return read_key();
    int key = input.ahead[0];
    memmove(&input.ahead[0], &input.ahead[1], (size_t)--input.ahead_count * sizeof key);
    return key;
}

/* What a signal asks for, as a key; TERM_KEY_NONE where none came. */
static int take_signal(void)
{
    if (term_signals_end())
        return TERM_KEY_TERMINATE;
    if (term_signals_take_stop()) {
        term_suspend();
        return TERM_KEY_RESIZE;
    }
    if (term_signals_take_resize()) {
        term_follow_size();
        return TERM_KEY_RESIZE;
    }
    return TERM_KEY_NONE;
}

/* Whether what poll() says of the terminal is that it went away: it hung up, or its input ended. */
static bool is_gone(short events)
{
    int pending = 1;
    if (!(events & POLLIN))
        return events & (POLLHUP | POLLERR | POLLNVAL);
    return ioctl(STDIN_FILENO, FIONREAD, &pending) != 0 || pending == 0;
}

int term_read_key(int milliseconds)
{
    term_signals_poll(NULL, 0, 0); /* keys that wait must not keep a signal out */
    for (;;) {
        int key = take_signal();
        if (key == TERM_KEY_NONE)
            key = take_key();
        if (key != TERM_KEY_NONE)
            return key;
        struct pollfd inputs[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                  {.fd = input.watched_plus_one - 1, .events = POLLIN}};
        int ready = term_signals_poll(inputs, 2, milliseconds);
        if (ready == 0)
            return TERM_KEY_NONE;
        if ((ready < 0 && errno != EINTR) || (ready > 0 && is_gone(inputs[0].revents)))
            return TERM_KEY_TERMINATE;
        if (ready > 0 && !inputs[0].revents)
            return TERM_KEY_READY;
    }
}

struct mouse_event term_mouse_event(void)
{
    return input.mouse_event;
}

void term_watch(int descriptor)
{
    input.watched_plus_one = descriptor + 1;
}

bool term_key_waits(void)
{
    int pending = 0;
    if (input.ahead_count > 0)
        return true;
    return ioctl(STDIN_FILENO, FIONREAD, &pending) == 0 && pending > 0;
}

bool term_escape_waits(void)
{
    term_signals_poll(NULL, 0, 0); /* lets signals in */
    while (!term_signals_end() && input.ahead_count < AHEAD_MAX) {
        int key = read_key();
        if (key == TERM_KEY_ESCAPE)
            return true;
        if (key == TERM_KEY_NONE)
            return false;
        if (key != TERM_KEY_MOUSE)
            input.ahead[input.ahead_count++] = key;
    }
    return term_signals_end();
}

void term_end_as_told(void)
{
    term_signals_end_as_told();
}
