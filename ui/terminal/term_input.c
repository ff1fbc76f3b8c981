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
#include "ui/terminal/pasted.h"
#include "ui/terminal/sequence.h"
#include "ui/terminal/term.h"
#include "ui/terminal/term_signals.h"

/*
 * Terminals send what stands between two marks at once. Where nothing more has come for PATIENCE_MS
 * the end mark was lost, and what comes then is typed.
 */
enum { AHEAD_MAX = 64, PATIENCE_MS = 2000 };

/* There is one terminal, so there is one of these. */
static struct {
    struct mouse_report report; /* a report of the mouse, as far as it has come */
    struct mouse_event mouse_event;
    struct pasted pasted;
    struct control_string string;
    struct timespec latest; /* when the last byte of one of these came */
    int ahead[AHEAD_MAX];   /* keys read while looking for an Esc among them, the first one first */
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

static bool is_late(void)
{
    return clock_milliseconds_since(&input.latest) >= PATIENCE_MS;
}

/* The rest of a control string, as far as it has come. */
static int read_string(void)
{
    while (input.string.reading) {
        bool escaped = input.string.escape;
        int byte = term_typed_byte();
        if (byte < 0 && !is_late())
            return TERM_KEY_NONE;
        if (byte < 0) {
            input.string.reading = false;
        } else if (!control_string_take(&input.string, byte)) {
            term_give_back(byte);
            if (escaped)
                term_give_back(TERM_KEY_ESCAPE);
        }
        input.latest = clock_now();
    }
    return READ_ON;
}

/*
 * The rest of pasted text, as far as it has come: not by way of curses, which reads byte by byte.
 */
static int read_pasted(void)
{
    int waiting = 0;
    char piece[PASTED_PIECE_MAX];
    if (ioctl(STDIN_FILENO, FIONREAD, &waiting) != 0 || waiting <= 0) {
        input.pasted.reading = !is_late();
        return input.pasted.reading ? TERM_KEY_NONE : TERM_KEY_PASTE;
    }
    while (input.pasted.reading && waiting > 0) {
        size_t room = pasted_room(&input.pasted);
        ssize_t count = read(STDIN_FILENO, piece, room < (size_t)waiting ? room : (size_t)waiting);
        if (count <= 0)
            break;
        pasted_take(&input.pasted, piece, (size_t)count);
        waiting -= (int)count;
    }
    input.latest = clock_now();
    return input.pasted.reading ? TERM_KEY_NONE : TERM_KEY_PASTE;
}

static int read_typed(void)
{
    enum mouse_form form;
    int key = term_typed(&form);
    if (key == TERM_KEY_MOUSE)
        mouse_report_begin(&input.report, form);
    else if (key == TERM_KEY_PASTE)
        pasted_begin(&input.pasted);
    else if (key == TERM_TYPED_STRING)
        control_string_begin(&input.string);
    else
        return key;
    input.latest = clock_now();
    return READ_ON;
}

/* A key that has arrived, or TERM_KEY_NONE. */
static int read_key(void)
{
    int key = READ_ON;
    while (key == READ_ON)
        key = input.report.reading   ? read_report()
              : input.pasted.reading ? read_pasted()
              : input.string.reading ? read_string()
                                     : read_typed();
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

/*
 * How long to wait for a byte: as long as was asked for, but between two marks only until the
 * second counts as lost.
 */
static int time_to_wait(int milliseconds)
{
    bool between = input.pasted.reading || input.string.reading;
    bool longer = milliseconds < 0 || milliseconds > PATIENCE_MS;
    return between && longer ? PATIENCE_MS + 1 : milliseconds;
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
        int wait = time_to_wait(milliseconds);
        int ready = term_signals_poll(inputs, 2, wait);
        if (ready == 0 && wait == milliseconds)
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

const char *term_pasted(size_t *length)
{
    *length = input.pasted.length;
    return input.pasted.text;
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

/*
 * Whether a key can be read ahead. There is room for one pasted text: behind one that waits nothing
 * is.
 */
static bool can_look_ahead(void)
{
    bool pasted = input.ahead_count > 0 && input.ahead[input.ahead_count - 1] == TERM_KEY_PASTE;
    return input.ahead_count < AHEAD_MAX && !pasted;
}

bool term_escape_waits(void)
{
    term_signals_poll(NULL, 0, 0); /* lets signals in */
    while (!term_signals_end() && can_look_ahead()) {
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
