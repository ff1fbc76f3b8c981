/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory that is never NULL.
 *
 * One policy for the whole program: when an allocation fails, the hook set below runs (the terminal
 * puts itself back), one line goes to standard error and the program exits with status 2. So no
 * caller checks for NULL, and no call site carries recovery code of its own.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* Returns size bytes, uninitialised. A size of 0 still yields a pointer that can be freed. */
void *memory_new(size_t size);

/* Returns count x size bytes of zeros; a product that overflows counts as a failed allocation. */
void *memory_new_array(size_t count, size_t size);

/* Resizes block (NULL: a new one) to count x size bytes; the old pointer is dead afterwards. */
void *memory_resize(void *block, size_t count, size_t size);

/*
 * Makes room in an array that is full: for twice as many items of size bytes as *capacity says,
 * which follows, or for the first few where that is 0. The old pointer is dead afterwards.
 */
void *memory_grow(void *block, size_t *capacity, size_t size);

/* A copy of count x size bytes at source (may be NULL when count is 0). The caller frees it. */
void *memory_copy(const void *source, size_t count, size_t size);

/* A copy of a string, or NULL for NULL. The caller frees it. */
char *memory_copy_string(const char *string);

/* A formatted string. The caller frees it. */
char *memory_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * The end for want of memory, for what a library reports: the hook, the message, status 2. Whoever
 * calls a library that allocates for itself looks for such a failure and comes here.
 */
_Noreturn void memory_run_out(void);

/* Runs hook before the message of a failed allocation is printed. NULL takes it away. */
void memory_on_failure(void (*hook)(void));

#endif
