/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading whole files, and what replacing them needs of it. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/file_private.h"
#include "base/memory.h"

enum status file_fail(struct error *error, const char *doing)
{
    return error_set(error, STATUS_IO, "cannot %s: %s", doing, strerror(errno));
}

char *file_real_path(const char *path)
{
    char *real = realpath(path, NULL);
    if (!real && errno == ENOMEM)
        memory_run_out();
    return real;
}

int file_close_checked(int fd)
{
    int result = close(fd);
    /* On Linux the descriptor is gone after EINTR; what was written is judged by fsync. */
    return result < 0 && errno != EINTR ? -1 : 0;
}

/* Until there is something to read, or nobody is left to write it; for a while since the start. */
static enum status wait_for_more(int fd, const struct timespec *start, struct error *error)
{
    enum { PATIENCE_MS = 5000 };
    struct pollfd end = {.fd = fd, .events = POLLIN};
    int ready;
    do {
        long left = PATIENCE_MS - clock_milliseconds_since(start);
        ready = poll(&end, 1, left > 0 ? (int)left : 0);
    } while (ready < 0 && errno == EINTR);
    if (ready < 0)
        return file_fail(error, "read");
    return ready ? STATUS_OK : error_set(error, STATUS_IO, "its end does not come");
}

/*
 * Appends all that fd holds from here on, at most limit bytes. A pipe without a writer reads as one
 * that has ended: waits has whoever is to write it waited for.
 */
static enum status read_all(int fd, bool waits, size_t limit, struct buffer *out,
                            struct error *error)
{
    size_t total = 0;
    const struct timespec start = clock_now();
    for (;;) {
        if (waits && wait_for_more(fd, &start, error))
            return STATUS_IO;
        buffer_reserve(out, FILE_CHUNK);
        ssize_t got = read(fd, out->bytes + out->length, FILE_CHUNK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return file_fail(error, "read");
        if (got == 0)
            return STATUS_OK;
        out->length += (size_t)got;
        out->bytes[out->length] = '\0';
        total += (size_t)got;
        if (total > limit)
            return error_set(error, STATUS_IO, "larger than %zu bytes", limit);
    }
}

int file_write_all(int fd, const char *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t written = write(fd, bytes + done, length - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written == 0)
            errno = EIO; /* would go on for ever */
        if (written <= 0)
            return -1;
        done += (size_t)written;
    }
    return 0;
}

int file_sync(int fd)
{
    int result;
    do
        result = fsync(fd);
    while (result < 0 && errno == EINTR);
    return result;
}

int file_sync_data(int fd)
{
    int result;
    do
        result = fdatasync(fd);
    while (result < 0 && errno == EINTR);
    return result;
}

enum status file_check_regular(const struct stat *info, struct error *error)
{
    if (S_ISREG(info->st_mode))
        return STATUS_OK;
    return error_set(error, STATUS_IO, "%s, not a regular file",
                     S_ISDIR(info->st_mode)    ? "a folder"
                     : S_ISFIFO(info->st_mode) ? "a pipe"
                     : S_ISSOCK(info->st_mode) ? "a socket"
                                               : "a device");
}

/* O_NONBLOCK keeps open() from waiting for the other end of a FIFO. */
int file_open_for_reading(const char *path)
{
    return open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static enum status read_regular(int fd, size_t limit, struct buffer *out, struct error *error)
{
    struct stat info;
    if (fstat(fd, &info) < 0)
        return file_fail(error, "examine");
    enum status status = file_check_regular(&info, error);
    if (status == STATUS_OK)
        status = read_all(fd, false, limit, out, error);
    return status;
}

enum status file_read(const char *path, size_t limit, struct buffer *out, struct error *error)
{
    size_t before = out->length;
    enum status status;
    if (strcmp(path, "-") == 0) {
        status = read_all(STDIN_FILENO, false, limit, out, error);
    } else {
        struct stat info; /* opening a device may already do something: look first */
        if (stat(path, &info) < 0)
            return file_fail(error, "open");
        if (file_check_regular(&info, error) != STATUS_OK)
            return STATUS_IO;
        int fd = file_open_for_reading(path);
        if (fd < 0)
            return file_fail(error, "open");
        status = read_regular(fd, limit, out, error);
        if (file_close_checked(fd) < 0 && status == STATUS_OK)
            status = file_fail(error, "close");
    }
    if (status != STATUS_OK)
        buffer_truncate(out, before);
    return status;
}

static bool is_null_device(const struct stat *info)
{
    struct stat null;
    return S_ISCHR(info->st_mode) && stat("/dev/null", &null) == 0 && info->st_rdev == null.st_rdev;
}

enum status file_read_named(const char *path, size_t limit, struct buffer *out, struct error *error)
{
    struct stat info;
    size_t before = out->length;
    bool found = stat(path, &info) == 0;
    if (found && is_null_device(&info))
        return STATUS_OK;
    if (!found || !S_ISFIFO(info.st_mode))
        return file_read(path, limit, out, error);
    int fd = file_open_for_reading(path);
    if (fd < 0)
        return file_fail(error, "open");
    enum status status = read_all(fd, true, limit, out, error);
    (void)close(fd); /* nothing was written */
    if (status)
        buffer_truncate(out, before);
    return status;
}
