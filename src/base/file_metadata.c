/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file has beside its bytes, carried over to the one that replaces it. */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/file_private.h"
#include "base/memory.h"

/* Copies one extended attribute; those that the system keeps to itself stay behind. */
static bool copy_attribute(int from, int to, const char *name)
{
    ssize_t size = fgetxattr(from, name, NULL, 0);
    if (size < 0)
        return errno == ENODATA || errno == ENOTSUP || errno == EPERM || errno == EACCES;
    char *value = memory_new((size_t)size);
    size = fgetxattr(from, name, value, (size_t)size);
    bool good = size >= 0 && fsetxattr(to, name, value, (size_t)size, 0) == 0;
    int reason = errno;
    free(value);
    errno = reason;
    return good || errno == EPERM || errno == EACCES || errno == ENOTSUP;
}

static bool copy_attributes(int from, int to)
{
    ssize_t size = flistxattr(from, NULL, 0);
    if (size <= 0)
        return size == 0 || errno == ENOTSUP;
    char *names = memory_new((size_t)size);
    size = flistxattr(from, names, (size_t)size);
    bool good = size >= 0;
    for (ssize_t at = 0; good && at < size; at += (ssize_t)strlen(names + at) + 1)
        good = copy_attribute(from, to, names + at);
    int reason = errno;
    free(names);
    errno = reason;
    return good;
}

/* The owner and group where the system permits it, else the group alone, else neither. */
static bool copy_owner(int to, const struct stat *info)
{
    return fchown(to, info->st_uid, info->st_gid) == 0 ||
           (errno == EPERM && (fchown(to, (uid_t)-1, info->st_gid) == 0 || errno == EPERM));
}

/* The folder may have given the temporary an ACL that the old file has not. */
static bool drop_inherited_acl(int to)
{
    return fremovexattr(to, "system.posix_acl_access") == 0 || errno == ENODATA || errno == ENOTSUP;
}

/* Owner first: changing it clears set-id bits. ACL last: it refines the mode. */
enum status file_copy_metadata(int from, int to, struct error *error)
{
    struct stat info;
    if (from < 0)
        return STATUS_OK; /* a new file is as the system makes new files */
    if (fstat(from, &info) < 0)
        return file_fail(error, "examine");
    if (!copy_owner(to, &info))
        return file_fail(error, "keep its owner");
    if (!drop_inherited_acl(to) || fchmod(to, info.st_mode & 07777) < 0)
        return file_fail(error, "keep its mode");
    if (!copy_attributes(from, to))
        return file_fail(error, "keep its attributes");
    return STATUS_OK;
}
