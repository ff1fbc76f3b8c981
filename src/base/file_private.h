/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What reading and replacing files share: private to this folder, everyone else includes
 * base/file.h. Descriptors are borrowed unless said otherwise.
 */
#ifndef BASE_FILE_PRIVATE_H
#define BASE_FILE_PRIVATE_H

#include <stddef.h>

#include "base/error.h"

struct buffer;
struct stat;

enum { FILE_CHUNK = 65536 }; /* bytes read at a time */

/* "cannot DOING: " and what errno says. Always STATUS_IO. */
enum status file_fail(struct error *error, const char *doing);

/* Closes fd in any case; -1 and errno if something that was written may be lost. */
int file_close_checked(int fd);

/* Opens without waiting for anybody; -1 and errno if that fails. The caller closes. */
int file_open_for_reading(const char *path);

/* Writes all of it; -1 and errno if that fails. */
int file_write_all(int fd, const char *bytes, size_t length);

/*
 * fsync, or fdatasync where the size's entry is all that is wanted besides the data; -1 and errno.
 */
int file_sync(int fd);
int file_sync_data(int fd);

/* Says what it is if it is not a regular file. */
enum status file_check_regular(const struct stat *info, struct error *error);

/* The name of the file's owner, or the number of one that has none, cut at so many bytes. */
enum { FILE_OWNER_MAX = 64 };
void file_owner(const struct stat *info, char owner[FILE_OWNER_MAX]);

/*
 * Copies owner (where permitted), mode, ACL and extended attributes between two open files. A from
 * of -1 stands for no file: nothing is copied.
 */
enum status file_copy_metadata(int from, int to, struct error *error);

#endif
