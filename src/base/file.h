/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole files: read one into memory, replace one so that a reader sees the old bytes or the new
 * ones and never a mixture, whatever happens in between. Messages name no file: the caller knows
 * how its user calls it.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>

#include "base/error.h"

struct buffer;

/* The path without links, "." and ".."; NULL and errno where it leads nowhere. The caller frees. */
char *file_real_path(const char *path);

/*
 * Appends the bytes of the regular file at path to out. Never blocks on a FIFO or a device: those
 * are refused, and so is a file of more than limit bytes. path "-" reads standard input.
 */
enum status file_read(const char *path, size_t limit, struct buffer *out, struct error *error);

/*
 * The same for what a user may name in place of a file: a pipe is read to its end, each piece of it
 * waited for some seconds at most, and /dev/null holds nothing.
 */
enum status file_read_named(const char *path, size_t limit, struct buffer *out,
                            struct error *error);

/*
 * Replaces the regular file at path (links followed and kept) by length bytes, if it still holds
 * exactly expected_length bytes of expected: otherwise STATUS_CHANGED and nothing is written. A
 * NULL expected takes whatever is there, or nothing.
 *
 * The new bytes go to a temporary file in the same folder (made with O_EXCL, locked), are synced,
 * read back and compared; owner where permitted, mode, ACL and extended attributes are copied; then
 * rename, then fsync of the folder. Any failure before the rename leaves the old file and no
 * temporary. If only the last fsync failed the status is STATUS_UNSYNCED: the new file is in place,
 * its durability unknown. A file with more than one hard link, and one that its owner made
 * read-only, are refused with a message that says so.
 */
enum status file_replace(const char *path, const char *expected, size_t expected_length,
                         const char *bytes, size_t length, struct error *error);

/*
 * Whether file_replace of the file at path could succeed, by what the file and its folder are now;
 * looks alone, and does not wait for a lock. STATUS_REFUSED: it could not, and the message says
 * why. STATUS_OK also where nothing is there, or nobody can tell.
 */
enum status file_check_replaceable(const char *path, struct error *error);

/*
 * Makes a file at path in the same way. STATUS_REFUSED where anything is there, a broken link too.
 */
enum status file_create(const char *path, const char *bytes, size_t length, struct error *error);

/*
 * Writes to what path names. A regular file, or none, is replaced as above, whatever it holds. What
 * standard output or error goes to (/dev/stdout) takes the bytes behind what it has, and so do a
 * pipe and a device; a pipe that nobody reads yet is waited for, and that its reader has left is no
 * failure.
 */
enum status file_write(const char *path, const char *bytes, size_t length, struct error *error);

#endif
