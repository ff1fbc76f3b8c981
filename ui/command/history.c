/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typed lines, in memory and in their file. */
#include "ui/command/history.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/folders.h"
#include "base/memory.h"
#include "base/text.h"

enum { HISTORY_BYTES_MAX = 1 << 26 }; /* longer ones are no histories; these are shortened */

static void keep(struct history *history, const char *line, size_t length)
{
    if (history->count == HISTORY_MAX) {
        free(history->lines[0]);
        history->count--;
        memmove(&history->lines[0], &history->lines[1], history->count * sizeof *history->lines);
    }
    history->lines = memory_resize(history->lines, history->count + 1, sizeof *history->lines);
    history->lines[history->count++] = memory_print("%.*s", (int)length, line);
}

/* Keeps the lines that are text; returns how many there are. */
static size_t read_lines(struct history *history, const struct buffer *bytes)
{
    size_t lines = 0;
    const char *at = buffer_string(bytes), *end = at + bytes->length;
    for (; at < end; lines++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline ? newline : end) - at);
        if (length && text_check_utf8(at, length) == length && !memchr(at, '\0', length))
            keep(history, at, length);
        at += length + 1;
    }
    return lines;
}

/*
 * Writes the lines that are kept over those that were read. file_replace locks the file, which
 * keeps out those that append meanwhile; where somebody has appended since it was read, it refuses,
 * and the file stays as it is.
 */
static void shorten(const struct history *history, const struct buffer *read)
{
    struct buffer kept = {0};
    for (size_t i = 0; i < history->count; i++)
        buffer_print(&kept, "%s\n", history->lines[i]);
    (void)file_replace(history->path, read->bytes, read->length, kept.bytes, kept.length, NULL);
    buffer_done(&kept);
}

void history_load(struct history *history, const char *folder)
{
    struct buffer bytes = {0};
    *history = (struct history){0};
    if (!folder)
        return;
    history->path = memory_print("%s/history", folder);
    if (file_read(history->path, HISTORY_BYTES_MAX, &bytes, NULL) == STATUS_OK &&
        read_lines(history, &bytes) > 2 * (size_t)HISTORY_MAX)
        shorten(history, &bytes);
    buffer_done(&bytes);
}

/*
 * Opens the file to append, and locks it so that nobody replaces it. -1 where it cannot be opened,
 * or where another program keeps it locked for longer than a key may wait.
 */
static int open_locked(const char *path)
{
    enum { TRIES = 8 };
    const struct timespec pause = {.tv_nsec = 3000000};
    for (int i = 0; i < TRIES; i++) {
        struct stat opened, named;
        int fd =
            open(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0600);
        if (fd < 0)
            return -1;
        bool locked = flock(fd, LOCK_SH | LOCK_NB) == 0;
        if (locked && fstat(fd, &opened) == 0 && S_ISREG(opened.st_mode) &&
            stat(path, &named) == 0 && opened.st_ino == named.st_ino)
            return fd;
        close(fd); /* it was replaced in between, or is just being replaced */
        if (!locked)
            nanosleep(&pause, NULL);
    }
    return -1;
}

/* One write, so that lines of several programs do not mix. */
static void append_to_file(const char *path, const char *line)
{
    struct buffer text = {0};
    int fd = open_locked(path);
    if (fd >= 0) {
        buffer_print(&text, "%s\n", line);
        ssize_t ignored = write(fd, text.bytes, text.length);
        (void)ignored;
        close(fd);
        buffer_done(&text);
    }
}

void history_add(struct history *history, const char *line)
{
    if (!*line || (history->count && strcmp(history->lines[history->count - 1], line) == 0))
        return;
    keep(history, line, strlen(line));
    if (!history->path)
        return;
    char *folder =
        memory_print("%.*s", (int)(strrchr(history->path, '/') - history->path), history->path);
    if (folder_make_all(folder) == 0)
        append_to_file(history->path, line);
    free(folder);
}

size_t history_search(const struct history *history, size_t place, bool backwards,
                      const char *prefix, const char *unlike)
{
    size_t length = strlen(prefix);
    for (size_t at = place; backwards ? at > 0 : at + 1 < history->count;) {
        at = backwards ? at - 1 : at + 1;
        if (strncmp(history->lines[at], prefix, length) == 0 &&
            strcmp(history->lines[at], unlike) != 0)
            return at;
    }
    return history->count;
}

void history_done(struct history *history)
{
    for (size_t i = 0; i < history->count; i++)
        free(history->lines[i]);
    free(history->lines);
    free(history->path);
    *history = (struct history){0};
}
