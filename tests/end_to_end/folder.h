/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders that a test makes, fills, looks into and removes. */
#ifndef END_TO_END_FOLDER_H
#define END_TO_END_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/* A new folder below TMPDIR; the caller frees the path. NULL with errno set. */
char *folder_make(void);

/* Removes path and everything below it. */
void folder_remove(const char *path);

/* Copies the files and folders below from into the folder to, which is made if it is missing. */
bool folder_copy(const char *from, const char *to);

/* The bytes of a file of the folder, with a NUL behind them; the caller frees them. NULL: none. */
char *folder_read(const char *folder, const char *name, size_t *length);

bool folder_write(const char *folder, const char *name, const char *bytes, size_t length);

#endif
