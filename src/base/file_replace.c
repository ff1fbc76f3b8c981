/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replacing files atomically: a locked temporary beside the old file takes its place. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/file_private.h"
#include "base/folders.h"
#include "base/memory.h"

enum { NAME_TRIES = 100, NAME_KEPT = 200 }; /* of 255 bytes, the rest for what is added */

/*
 * One replacement under way. Descriptors are -1 and names NULL until there is one; finish() closes,
 * frees and removes what there is.
 */
struct replacement {
    bool is_new;          /* nothing may be there */
    const char *expected; /* NULL: anything */
    size_t expected_length;
    const char *bytes;
    size_t length;
    char *target; /* without links */
    char *folder;
    const char *name; /* the last part of target */
    char *temporary;
    int folder_fd;
    int target_fd; /* locked while it is being replaced; -1: there is no file yet */
    int temporary_fd;
    bool made; /* the temporary has its first name, which is ours to remove */
    struct error *error;
};

static void split_target(struct replacement *replacement)
{
    const char *slash = strrchr(replacement->target, '/');
    replacement->name = slash ? slash + 1 : replacement->target;
    replacement->folder = folder_of(replacement->target);
}

static enum status refuse_present(const struct replacement *replacement)
{
    return error_set(replacement->error, STATUS_REFUSED, "there is such a file already");
}

static void refuse_dangling(const struct replacement *replacement)
{
    error_set(replacement->error, STATUS_REFUSED,
              "a link that leads nowhere has that name; remove it first");
}

/* A name that cannot be looked at is not free: there may be a file. */
static enum status check_free(const struct replacement *replacement, const char *path)
{
    struct stat info;
    if (lstat(path, &info) < 0) {
        if (errno == ENOENT)
            return STATUS_OK;
        file_fail(replacement->error, "look for it");
        return STATUS_IO;
    }
    if (S_ISLNK(info.st_mode) && stat(path, &info) < 0)
        refuse_dangling(replacement);
    else if (S_ISDIR(info.st_mode))
        error_set(replacement->error, STATUS_REFUSED, "a folder; name a file in it");
    else
        refuse_present(replacement);
    return STATUS_REFUSED;
}

/* Follows links, so that these stay and what they point to is replaced. */
static enum status find_target(struct replacement *replacement, const char *path)
{
    enum status status = replacement->is_new ? check_free(replacement, path) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    struct stat info;
    char *resolved = file_real_path(path);
    if (!resolved && errno == ENOENT && !replacement->expected) {
        if (lstat(path, &info) == 0) {
            refuse_dangling(replacement);
            return STATUS_REFUSED;
        }
        if (errno == ENOENT)
            resolved = memory_copy_string(path); /* a new file */
    }
    if (!resolved && errno == ENOENT && replacement->expected) {
        error_set(replacement->error, STATUS_CHANGED, "no longer there");
        return STATUS_CHANGED; /* in so many words: the analyser does not look into error_set */
    }
    if (!resolved) {
        file_fail(replacement->error, "find");
        return STATUS_IO;
    }
    replacement->target = resolved;
    split_target(replacement);
    replacement->folder_fd = open(replacement->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (replacement->folder_fd < 0)
        return file_fail(replacement->error, "open its folder");
    return STATUS_OK;
}

/* Only its owner can make it writable. */
static enum status refuse_read_only(const struct replacement *replacement, const struct stat *info,
                                    int why)
{
    char owner[FILE_OWNER_MAX];
    uid_t me = geteuid();
    if (why == EROFS)
        return error_set(replacement->error, STATUS_REFUSED,
                         "on a file system that is mounted read-only");
    if (me == 0 || me == info->st_uid)
        return error_set(replacement->error, STATUS_REFUSED,
                         "read-only; make it writable first (chmod u+w)");
    file_owner(info, owner);
    return error_set(replacement->error, STATUS_REFUSED, "read-only here: it belongs to %s", owner);
}

static enum status check_replaceable(const struct replacement *replacement, const struct stat *info)
{
    const char *path = replacement->target;
    enum status status = file_check_regular(info, replacement->error);
    if (status != STATUS_OK)
        return status;
    if (info->st_nlink > 1)
        return error_set(replacement->error, STATUS_REFUSED,
                         "it has %lu hard links, and a save would part it from the others; copy it "
                         "first",
                         (unsigned long)info->st_nlink);
    bool writable = info->st_mode & (S_IWUSR | S_IWGRP | S_IWOTH);
    if (writable && access(path, W_OK) == 0) /* the mode alone would not stop root */
        return STATUS_OK;
    if (writable && errno != EACCES && errno != EPERM && errno != EROFS)
        return file_fail(replacement->error, "examine");
    return refuse_read_only(replacement, info, writable ? errno : EACCES);
}

enum status file_check_replaceable(const char *path, struct error *error)
{
    struct stat info;
    struct error why = {.status = STATUS_OK};
    struct replacement replacement = {.target = file_real_path(path), .error = &why};
    if (!replacement.target || stat(replacement.target, &info) < 0) {
        free(replacement.target);
        return STATUS_OK;
    }
    split_target(&replacement);
    enum status status = check_replaceable(&replacement, &info);
    if (status == STATUS_OK && access(replacement.folder, W_OK | X_OK) < 0 &&
        (errno == EACCES || errno == EROFS))
        status =
            error_set(&why, STATUS_REFUSED, "its folder is read-only (%s)", replacement.folder);
    free(replacement.target);
    free(replacement.folder);
    return status == STATUS_REFUSED ? error_set(error, status, "%s", why.message) : STATUS_OK;
}

/* Where a socket is in its place, errno names no reason that anybody would understand. */
static enum status refuse_unopened(const struct replacement *replacement)
{
    struct stat info;
    int why = errno;
    if (stat(replacement->target, &info) == 0 &&
        file_check_regular(&info, replacement->error) != STATUS_OK)
        return STATUS_IO;
    errno = why;
    return file_fail(replacement->error, "open");
}

static enum status open_target(struct replacement *replacement)
{
    if (replacement->is_new)
        return STATUS_OK;
    replacement->target_fd = file_open_for_reading(replacement->target);
    if (replacement->target_fd < 0 && errno == ENOENT && !replacement->expected)
        return STATUS_OK;
    if (replacement->target_fd < 0)
        return refuse_unopened(replacement);
    struct stat info;
    if (fstat(replacement->target_fd, &info) < 0)
        return file_fail(replacement->error, "examine");
    enum status status = check_replaceable(replacement, &info);
    if (status != STATUS_OK)
        return status;
    if (flock(replacement->target_fd, LOCK_EX | LOCK_NB) < 0)
        return errno == EWOULDBLOCK ? error_set(replacement->error, STATUS_REFUSED,
                                                "being saved by another program; try again")
                                    : file_fail(replacement->error, "lock");
    return STATUS_OK;
}

static ssize_t read_chunk(int fd, char *chunk)
{
    ssize_t got;
    do
        got = read(fd, chunk, FILE_CHUNK);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Whether fd, read from its start, holds exactly these bytes. */
static enum status compare_content(int fd, const char *bytes, size_t length, bool *same,
                                   struct error *error)
{
    char chunk[FILE_CHUNK]; /* no memory may run out while there is a temporary */
    if (lseek(fd, 0, SEEK_SET) < 0)
        return file_fail(error, "read");
    struct stat info;
    if (fstat(fd, &info) < 0)
        return file_fail(error, "examine");
    size_t done = 0;
    *same = info.st_size >= 0 && (size_t)info.st_size == length;
    for (ssize_t got; *same && (got = read_chunk(fd, chunk)) != 0; done += (size_t)got) {
        if (got < 0)
            return file_fail(error, "read");
        *same = (size_t)got <= length - done && memcmp(chunk, bytes + done, (size_t)got) == 0;
    }
    *same = *same && done == length;
    return STATUS_OK;
}

static enum status refuse_changed(const struct replacement *replacement)
{
    if (replacement->is_new)
        return refuse_present(replacement);
    return error_set(replacement->error, STATUS_CHANGED, "changed on disk since it was loaded");
}

/* The target is still the file that is open and locked here, with the bytes that were loaded. */
static enum status check_unchanged(struct replacement *replacement)
{
    struct stat named, opened;
    bool exists =
        fstatat(replacement->folder_fd, replacement->name, &named, AT_SYMLINK_NOFOLLOW) == 0;
    if (!exists && errno != ENOENT)
        return file_fail(replacement->error, "examine");
    if (exists != (replacement->target_fd >= 0))
        return refuse_changed(replacement);
    if (!exists)
        return STATUS_OK;
    if (fstat(replacement->target_fd, &opened) < 0)
        return file_fail(replacement->error, "examine");
    if (named.st_dev != opened.st_dev || named.st_ino != opened.st_ino)
        return refuse_changed(replacement);
    bool same = true;
    enum status status = STATUS_OK;
    if (replacement->expected)
        status = compare_content(replacement->target_fd, replacement->expected,
                                 replacement->expected_length, &same, replacement->error);
    return status == STATUS_OK && !same ? refuse_changed(replacement) : status;
}

/* --- the temporary --- */

/* A temporary that nobody locks was left by a run that was killed. */
static void remove_if_left_over(int folder_fd, const char *name)
{
    int fd = openat(folder_fd, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    struct stat info;
    bool regular = fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    /* Only tidying: a leftover that cannot be removed harms nobody. */
    if (regular && flock(fd, LOCK_EX | LOCK_NB) == 0)
        (void)unlinkat(folder_fd, name, 0);
    (void)close(fd); /* nothing was written */
}

static bool is_temporary_name(const char *name, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(name, prefix, length) == 0 && strlen(name) == length + 6 &&
           strspn(name + length, "0123456789abcdef") == 6;
}

static void remove_leftovers(const struct replacement *replacement, const char *prefix)
{
    DIR *folder = opendir(replacement->folder);
    if (!folder)
        return;
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (is_temporary_name(entry->d_name, prefix))
            remove_if_left_over(replacement->folder_fd, entry->d_name);
    (void)closedir(folder); /* nothing was written */
}

static unsigned six_hex_digits(int try)
{
    struct timespec now = {0};
    if (clock_gettime(CLOCK_REALTIME, &now) < 0)
        now.tv_nsec = 0; /* a name that is taken is tried again */
    unsigned long mixed = (unsigned long)now.tv_nsec * 2654435761u + (unsigned long)getpid();
    return (unsigned)((mixed + (unsigned long)try * 40503u) & 0xFFFFFF);
}

static enum status make_temporary(struct replacement *replacement)
{
    /* Private until it has the mode of the old file. */
    mode_t mode = replacement->target_fd >= 0 ? 0600 : 0666;
    char *prefix = memory_print(".%.*s.calscope-", NAME_KEPT, replacement->name);
    remove_leftovers(replacement, prefix);
    for (int try = 0; try < NAME_TRIES && replacement->temporary_fd < 0; try++) {
        free(replacement->temporary);
        replacement->temporary = memory_print("%s%06x", prefix, six_hex_digits(try));
        replacement->temporary_fd =
            openat(replacement->folder_fd, replacement->temporary,
                   O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (replacement->temporary_fd < 0 && errno != EEXIST && errno != EINTR)
            break;
    }
    free(prefix);
    if (replacement->temporary_fd < 0)
        return file_fail(replacement->error, "make a temporary file in its folder");
    replacement->made = true;
    if (flock(replacement->temporary_fd, LOCK_EX | LOCK_NB) < 0)
        return file_fail(replacement->error, "lock a temporary file in its folder");
    return STATUS_OK;
}

/* --- writing --- */

static enum status write_all(const struct replacement *replacement)
{
    return file_write_all(replacement->temporary_fd, replacement->bytes, replacement->length) < 0
               ? file_fail(replacement->error, "write a new version")
               : STATUS_OK;
}

static enum status check_written(struct replacement *replacement)
{
    bool same = false;
    enum status status = compare_content(replacement->temporary_fd, replacement->bytes,
                                         replacement->length, &same, replacement->error);
    if (status == STATUS_OK && !same)
        status = error_set(replacement->error, STATUS_IO,
                           "not saved: the new bytes did not read back as written");
    return status;
}

/*
 * Once there is a temporary nothing asks for memory: where there is none the program ends at once,
 * and the temporary would stay.
 */
static enum status prepare_temporary(struct replacement *replacement)
{
    enum status status = make_temporary(replacement);
    if (status == STATUS_OK)
        status = write_all(replacement);
    if (status == STATUS_OK)
        status = file_copy_metadata(replacement->target_fd, replacement->temporary_fd,
                                    replacement->error);
    if (status == STATUS_OK && file_sync(replacement->temporary_fd) < 0)
        status = file_fail(replacement->error, "sync a new version");
    if (status == STATUS_OK)
        status = check_written(replacement);
    return status;
}

/* The temporary under its final name, where nothing may be. */
static int name_new(struct replacement *replacement)
{
    int folder = replacement->folder_fd;
    const char *from = replacement->temporary, *to = replacement->name;
    replacement->made = renameat2(folder, from, folder, to, RENAME_NOREPLACE) < 0;
    if (!replacement->made)
        return 0;
    if (errno != EINVAL && errno != ENOSYS) /* which say that the file system knows no such thing */
        return -1;
    if (linkat(folder, from, folder, to, 0) < 0)
        return -1;
    /* The file is in place whatever becomes of its first name, which is tried once more at last. */
    replacement->made = unlinkat(folder, from, 0) < 0;
    return 0;
}

static int rename_over(struct replacement *replacement)
{
    int folder = replacement->folder_fd;
    if (replacement->target_fd < 0)
        return name_new(replacement);
    replacement->made = renameat(folder, replacement->temporary, folder, replacement->name) < 0;
    return replacement->made ? -1 : 0;
}

static enum status take_place(struct replacement *replacement)
{
    if (rename_over(replacement) < 0)
        return errno == EEXIST ? refuse_changed(replacement)
                               : file_fail(replacement->error, "put the new version in place");
    if (file_sync(replacement->folder_fd) < 0)
        return error_set(replacement->error, STATUS_UNSYNCED,
                         "written, but its durability is unknown: the folder could not be "
                         "synced: %s",
                         strerror(errno));
    return STATUS_OK;
}

/* Closes and frees everything; a temporary that did not take its place goes. */
static enum status finish(struct replacement *replacement, enum status status)
{
    if (replacement->made) /* the failure to report is the one that led here */
        (void)unlinkat(replacement->folder_fd, replacement->temporary, 0);
    int fds[] = {replacement->temporary_fd, replacement->target_fd, replacement->folder_fd};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (fds[i] >= 0 && file_close_checked(fds[i]) < 0 && status == STATUS_OK)
            status = error_set(replacement->error, STATUS_UNSYNCED,
                               "written, but its durability is unknown: %s", strerror(errno));
    free(replacement->temporary);
    free(replacement->folder);
    free(replacement->target);
    return status;
}

/* Whoever wants the program to end waits for a save to be whole: no temporary is left behind. */
static void hold_signals(sigset_t *before)
{
    static const int held[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        sigaddset(&set, held[i]);
    sigprocmask(SIG_BLOCK, &set, before);
}

static enum status replace(struct replacement *replacement, const char *path)
{
    sigset_t before;
    replacement->folder_fd = replacement->target_fd = replacement->temporary_fd = -1;
    hold_signals(&before);
    enum status status = find_target(replacement, path);
    if (status == STATUS_OK)
        status = open_target(replacement);
    if (status == STATUS_OK)
        status = check_unchanged(replacement);
    if (status == STATUS_OK)
        status = prepare_temporary(replacement);
    if (status == STATUS_OK)
        status = check_unchanged(replacement); /* writing took its time */
    if (status == STATUS_OK)
        status = take_place(replacement);
    status = finish(replacement, status);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

enum status file_replace(const char *path, const char *expected, size_t expected_length,
                         const char *bytes, size_t length, struct error *error)
{
    struct replacement replacement = {.expected = expected,
                                      .expected_length = expected_length,
                                      .bytes = bytes,
                                      .length = length,
                                      .error = error};
    return replace(&replacement, path);
}

enum status file_create(const char *path, const char *bytes, size_t length, struct error *error)
{
    struct replacement replacement = {
        .is_new = true, .bytes = bytes, .length = length, .error = error};
    return replace(&replacement, path);
}
