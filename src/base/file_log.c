/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that grow by durable records. */
#include "base/file_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file_private.h"
#include "base/folders.h"
#include "base/memory.h"

enum { NAME_TRIES = 100 };

/* Owns its descriptor, whose lock says that the log is in use. */
struct file_log {
    char *path;
    int fd;
    off_t length;
    bool broken; /* half of a record could not be taken off again */
};

/* A path that sorts by time, so that the youngest log comes last. */
static char *print_path(const struct file_log_name *name, int try)
{
    struct timespec now = {0}; /* zeros do as well: names that are taken are tried */
    (void)clock_gettime(CLOCK_REALTIME, &now);
    unsigned long long number = (unsigned long long)now.tv_sec * 1000000 +
                                (unsigned long long)now.tv_nsec / 1000 + (unsigned long long)try;
    return memory_print("%s/%s-%016llu.%s", name->folder, name->stem, number, name->suffix);
}

static enum status fill(struct file_log *log, const char *first, size_t length, struct error *error)
{
    int locked;
    do /* who looks whether it is in use holds it for a moment */
        locked = flock(log->fd, LOCK_EX);
    while (locked < 0 && errno == EINTR);
    if (locked < 0)
        return file_fail(error, "lock it");
    return file_log_append(log, first, length, error);
}

/*
 * Whole before it has a name: nobody meets half of a log, nor one that is not locked yet, and a
 * kill leaves nothing behind. Not every file system has files without a name.
 */
static enum status make_whole(struct file_log *log, const struct file_log_name *name,
                              const char *first, size_t length)
{
    log->fd = open(name->folder, O_RDWR | O_TMPFILE | O_APPEND | O_CLOEXEC, 0600);
    if (log->fd < 0 || fill(log, first, length, NULL) != STATUS_OK)
        return STATUS_IO;
    char *self = memory_print("/proc/self/fd/%d", log->fd);
    int named = -1;
    for (int try = 0; try < NAME_TRIES && named < 0; try++) {
        free(log->path);
        log->path = print_path(name, try);
        named = linkat(AT_FDCWD, self, AT_FDCWD, log->path, AT_SYMLINK_FOLLOW);
        if (named < 0 && errno != EEXIST && errno != EINTR)
            break;
    }
    free(self);
    return named < 0 ? STATUS_IO : STATUS_OK;
}

static enum status make_named(struct file_log *log, const struct file_log_name *name,
                              const char *first, size_t length, struct error *error)
{
    for (int try = 0; try < NAME_TRIES; try++) {
        free(log->path);
        log->path = print_path(name, try);
        log->fd =
            open(log->path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (log->fd >= 0 || (errno != EEXIST && errno != EINTR))
            break;
    }
    return log->fd < 0 ? file_fail(error, "make it") : fill(log, first, length, error);
}

static struct file_log *new_log(void)
{
    struct file_log *log = memory_new_array(1, sizeof *log);
    log->fd = -1;
    return log;
}

enum status file_log_new(const struct file_log_name *name, const char *first, size_t length,
                         struct file_log **out, struct error *error)
{
    if (folder_make_all(name->folder) < 0)
        return file_fail(error, "make its folder");
    struct file_log *log = new_log();
    enum status status = make_whole(log, name, first, length);
    if (status) {
        file_log_close(log);
        log = new_log();
        status = make_named(log, name, first, length, error);
    }
    if (!status && folder_sync(name->folder) < 0)
        status = file_fail(error, "sync its folder");
    if (status)
        file_log_remove(log);
    else
        *out = log;
    return status;
}

enum status file_log_append(struct file_log *log, const char *record, size_t length,
                            struct error *error)
{
    enum status status = STATUS_OK;
    if (log->broken)
        return error_set(error, STATUS_IO, "cannot write to it: it ends in half a record");
    struct stat info;
    bool named = log->path != NULL;
    if (named && fstat(log->fd, &info) == 0 && info.st_nlink == 0)
        return error_set(error, STATUS_IO, "it was removed");
    if (file_write_all(log->fd, record, length) < 0)
        status = file_fail(error, "write to it");
    else if (file_sync_data(log->fd) < 0)
        status = file_fail(error, "sync it");
    if (status == STATUS_OK)
        log->length += (off_t)length;
    else
        log->broken = ftruncate(log->fd, log->length) < 0;
    return status;
}

const char *file_log_path(const struct file_log *log)
{
    return log->path;
}

void file_log_close(struct file_log *log)
{
    if (!log)
        return;
    if (log->fd >= 0)
        (void)close(log->fd); /* each record was synced */
    free(log->path);
    free(log);
}

void file_log_remove(struct file_log *log)
{
    if (log && log->fd >= 0)
        (void)unlink(log->path); /* one that stays says nothing that is not in the file */
    file_log_close(log);
}

/* Opens the log at path and takes such a lock; -1 and errno (EWOULDBLOCK: it is in use). */
static int open_locked(const char *path, int lock)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || flock(fd, lock | LOCK_NB) == 0)
        return fd;
    int reason = errno;
    (void)close(fd); /* nothing was written */
    errno = reason;
    return -1;
}

/* A shared lock, so that two who look do not take each other for the writer. */
bool file_log_in_use(const char *path)
{
    int fd = open_locked(path, LOCK_SH);
    if (fd < 0)
        return errno == EWOULDBLOCK;
    (void)close(fd); /* nothing was written */
    return false;
}

enum status file_log_remove_left(const char *path, struct error *error)
{
    int fd = open_locked(path, LOCK_SH);
    if (fd < 0 && errno == EWOULDBLOCK)
        return error_set(error, STATUS_REFUSED, "in use by another calscope");
    if (fd < 0)
        return file_fail(error, "open it");
    enum status status = unlink(path) < 0 ? file_fail(error, "remove it") : STATUS_OK;
    (void)close(fd); /* nothing was written */
    return status;
}
