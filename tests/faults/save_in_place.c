/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The control of the fault tests: an editor that checks every call and reports every error, but
 * saves in place. It truncates the file and writes it again, a line longer.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SIZE = 1 << 20, PIECE = 4096 };

static int fail(const char *path)
{
    fprintf(stderr, "save_in_place: %s: %s\n", path, strerror(errno));
    return 2;
}

static ssize_t read_all(const char *path, char *bytes)
{
    ssize_t length = 0, got = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    while (length < SIZE / 2 && (got = read(fd, bytes + length, PIECE)) > 0)
        length += got;
    return close(fd) < 0 || got != 0 ? -1 : length;
}

static int write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = write(fd, bytes, length < PIECE ? length : PIECE);
        if (count <= 0)
            return -1;
        bytes += count;
        length -= (size_t)count;
    }
    return 0;
}

int main(int argc, char **argv)
{
    static char bytes[SIZE];
    ssize_t length = argc == 2 ? read_all(argv[1], bytes) : -1;
    if (length < 0)
        return fail(argc == 2 ? argv[1] : "usage");
    bytes[length++] = '\n';
    int fd = open(argv[1], O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (fd < 0 || write_all(fd, bytes, (size_t)length) < 0 || fsync(fd) < 0 || close(fd) < 0)
        return fail(argv[1]);
    return 0;
}
