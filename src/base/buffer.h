/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A growing run of bytes, always followed by a NUL so that it can be read as a string.
 *
 *     struct buffer text = {0};
 *     buffer_print(&text, "%d points", 9);
 *     puts(text.bytes);
 *     buffer_done(&text);
 *
 * The owner of the struct owns bytes. A zeroed struct is an empty buffer; its bytes are NULL until
 * something was appended, so use buffer_string() where it may be empty.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

struct buffer {
    char *bytes;
    size_t length;   /* bytes in use, without the NUL */
    size_t capacity; /* bytes allocated, 0 or more than length */
};

/* Makes room for extra more bytes; their content is unspecified until appended. */
void buffer_reserve(struct buffer *buffer, size_t extra);

/* Each appends; bytes may be NULL where length is 0, strings may not. */
void buffer_append(struct buffer *buffer, const void *bytes, size_t length);
void buffer_append_string(struct buffer *buffer, const char *string);
void buffer_append_repeated(struct buffer *buffer, char byte, size_t count);
void buffer_print(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* buffer_print for a list of arguments, as vprintf is to printf. */
void buffer_print_list(struct buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Shortens to length bytes; capacity stays. */
void buffer_truncate(struct buffer *buffer, size_t length);

/* The content as a string, "" when empty. Borrowed until the next change. */
const char *buffer_string(const struct buffer *buffer);

/* Hands the bytes to the caller, who frees them, and leaves the buffer empty. Never NULL. */
char *buffer_take(struct buffer *buffer);

/* Frees the bytes and leaves an empty buffer. */
void buffer_done(struct buffer *buffer);

#endif
