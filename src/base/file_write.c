/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing an answer to what a path names, be it a file or not. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/file_private.h"

/* The standard stream that goes to the same place, -1 where neither does. */
static int find_stream(const struct stat *wanted)
{
    static const int streams[] = {STDOUT_FILENO, STDERR_FILENO};
    struct stat info;
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++)
        if (fstat(streams[i], &info) == 0 && info.st_dev == wanted->st_dev &&
            info.st_ino == wanted->st_ino)
            return streams[i];
    return -1;
}

static enum status write_bytes(int fd, const char *bytes, size_t length, struct error *error)
{
    if (file_write_all(fd, bytes, length) == 0 || errno == EPIPE)
        return STATUS_OK;
    return file_fail(error, "write");
}

static enum status write_device(const char *path, const char *bytes, size_t length,
                                struct error *error)
{
    int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return file_fail(error, "open");
    enum status status = write_bytes(fd, bytes, length, error);
    if (file_close_checked(fd) < 0 && status == STATUS_OK)
        status = file_fail(error, "close");
    return status;
}

enum status file_write(const char *path, const char *bytes, size_t length, struct error *error)
{
    struct stat info;
    if (stat(path, &info) < 0)
        return file_replace(path, NULL, 0, bytes, length, error);
    int stream = find_stream(&info);
    if (stream >= 0)
        return write_bytes(stream, bytes, length, error);
    if (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode))
        return file_replace(path, NULL, 0, bytes, length, error);
    return write_device(path, bytes, length, error);
}
