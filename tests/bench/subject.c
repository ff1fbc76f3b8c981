/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child on a pty, and libvterm reading what it writes. */
#include "subject.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

#include "child.h"
#include "environment.h"

enum { PATIENCE_SECONDS = 30, ROW_BYTES = 2048 };

struct subject {
    struct child child;
    struct environment environment;
    VTerm *vterm;
    VTermScreen *screen;
    int rows, columns;
    size_t written;
};

double subject_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void answer(const char *bytes, size_t length, void *user)
{
    const struct subject *subject = user;
    child_write(&subject->child, bytes, length);
}

static void open_screen(struct subject *subject)
{
    subject->vterm = vterm_new(subject->rows, subject->columns);
    vterm_set_utf8(subject->vterm, 1);
    vterm_output_set_callback(subject->vterm, answer, subject);
    subject->screen = vterm_obtain_screen(subject->vterm);
    vterm_screen_enable_altscreen(subject->screen, 1);
    vterm_screen_reset(subject->screen, 1);
}

struct subject *subject_start(const char *const argv[], int rows, int columns)
{
    struct subject *subject = calloc(1, sizeof *subject);
    if (!subject)
        abort();
    subject->rows = rows;
    subject->columns = columns;
    open_screen(subject);
    if (environment_init(&subject->environment, NULL, NULL) &&
        child_start(&subject->child, (char *const *)argv, subject->environment.list, NULL, rows,
                    columns))
        return subject;
    subject_stop(subject);
    return NULL;
}

void subject_stop(struct subject *subject)
{
    if (!subject)
        return;
    if (subject->child.leader > 0)
        child_stop(&subject->child);
    environment_done(&subject->environment);
    vterm_free(subject->vterm);
    free(subject);
}

void subject_send(const struct subject *subject, const char *bytes)
{
    child_write(&subject->child, bytes, strlen(bytes));
}

bool subject_take(struct subject *subject, double seconds)
{
    char bytes[16384];
    struct pollfd side = {.fd = subject->child.master, .events = POLLIN};
    struct timespec limit = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    bool any = false;
    ssize_t count;
    if (ppoll(&side, 1, &limit, NULL) <= 0)
        return false;
    while ((count = read(subject->child.master, bytes, sizeof bytes)) > 0) {
        vterm_input_write(subject->vterm, bytes, (size_t)count);
        subject->written += (size_t)count;
        any = true;
    }
    return any;
}

bool subject_rest(struct subject *subject)
{
    enum { LOOKS = 2 };
    unsigned long long now, before = 0;
    double deadline = subject_clock() + PATIENCE_SECONDS;
    for (int quiet = 0; quiet < LOOKS;) {
        enum child_state state = child_observe(&subject->child, &now);
        bool asleep = state == CHILD_WAITING || state == CHILD_WAITING_FOR;
        bool busy = subject_take(subject, 5e-4) || !asleep || now != before ||
                    child_has_unread(&subject->child);
        if (state == CHILD_GONE || subject_clock() > deadline)
            return false;
        quiet = busy ? 0 : quiet + 1;
        before = now;
    }
    return true;
}

bool subject_wait_text(struct subject *subject, const char *text, bool wanted)
{
    double deadline = subject_clock() + PATIENCE_SECONDS;
    while (subject_shows(subject, text) != wanted) {
        if (subject_clock() > deadline)
            return false;
        subject_take(subject, 0.01);
    }
    return true;
}

const char *subject_row(const struct subject *subject, int row, char *out, size_t size)
{
    VTermRect line = {.start_row = row, .end_row = row + 1, .end_col = subject->columns};
    size_t length = vterm_screen_get_text(subject->screen, out, size - 1, line);
    out[length < size ? length : size - 1] = '\0';
    return out;
}

bool subject_shows(const struct subject *subject, const char *text)
{
    char line[ROW_BYTES];
    for (int row = 0; row < subject->rows; row++)
        if (strstr(subject_row(subject, row, line, sizeof line), text))
            return true;
    return false;
}

int subject_rows(const struct subject *subject)
{
    return subject->rows;
}

size_t subject_bytes_written(const struct subject *subject)
{
    return subject->written;
}

double subject_processor_seconds(const struct subject *subject)
{
    return child_processor_seconds(&subject->child);
}
