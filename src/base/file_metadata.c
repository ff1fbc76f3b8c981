/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file has beside its bytes, carried over to the one that replaces it. */
#include <errno.h>
#include <linux/limits.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/file_private.h"

void file_owner(const struct stat *info, char owner[FILE_OWNER_MAX])
{
    char room[4096]; /* for what is known of a user */
    struct passwd known, *found = NULL;
    if (getpwuid_r(info->st_uid, &known, room, sizeof room, &found) == 0 && found)
        snprintf(owner, FILE_OWNER_MAX, "%s", known.pw_name);
    else
        snprintf(owner, FILE_OWNER_MAX, "user %lu", (unsigned long)info->st_uid);
}

/*
 * Copies one extended attribute; those that the system keeps to itself stay behind. The values and
 * the list lie on the stack, as large as the system lets them be: no memory may run out here.
 */
static bool copy_attribute(int from, int to, const char *name)
{
    char value[XATTR_SIZE_MAX];
    ssize_t size = fgetxattr(from, name, value, sizeof value);
    if (size < 0)
        return errno == ENODATA || errno == ENOTSUP || errno == EPERM || errno == EACCES;
    return fsetxattr(to, name, value, (size_t)size, 0) == 0 || errno == EPERM || errno == EACCES ||
           errno == ENOTSUP;
}

static bool copy_attributes(int from, int to)
{
    char names[XATTR_LIST_MAX];
    ssize_t size = flistxattr(from, names, sizeof names);
    if (size < 0)
        return errno == ENOTSUP;
    bool good = true;
    for (ssize_t at = 0; good && at < size; at += (ssize_t)strlen(names + at) + 1)
        good = copy_attribute(from, to, names + at);
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
