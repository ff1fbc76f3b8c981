/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Errors are values: a function that can fail returns an enum status and fills a struct error that
 * its caller passes in. The message says what is wrong, where, and what to do about it.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stddef.h>

struct buffer;

enum status {
    STATUS_OK = 0,
    STATUS_INVALID, /* the content breaks a rule: of JSON, of the schema */
    STATUS_REFUSED, /* the request makes no sense here: no such curve, an order that would break */
    STATUS_IO,      /* the system said no: open, read, write, rename */
    STATUS_CHANGED, /* the file on disk is not the one that was loaded */
    /* written and in place, but the last fsync failed: it may not survive a crash */
    STATUS_UNSYNCED,
};

/*
 * Owned by whoever declares it; no heap. Fields hold what they were given, so the text may come
 * from a file: it passes through base/text before it reaches a terminal.
 */
struct error {
    enum status status;
    size_t line;       /* from 1; 0: not known */
    size_t column;     /* in characters from 1; 0: not known */
    char path[192];    /* where in the document: curves.conv2d.min_flops; "" where it has none */
    char message[512]; /* one sentence without a final period or newline */
};

/*
 * Fills error (NULL: nobody wants to know) with a formatted message and no place; returns status.
 */
enum status error_set(struct error *error, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds a place to an error that was set before. */
void error_place(struct error *error, size_t line, size_t column, const char *path);

/* Appends "FILE:LINE:COLUMN: PATH: MESSAGE", leaving out what is not known. file may be NULL. */
void error_describe(const struct error *error, const char *file, struct buffer *out);

#endif
