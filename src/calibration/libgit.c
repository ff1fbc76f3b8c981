/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libgit2 on base/memory: a failed allocation ends the program there. On its own it would often
 * read like an empty answer, and where not even the error can be noted libgit2 1.5 calls itself
 * until the stack is full.
 */
#include "calibration/libgit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <git2.h>
#include <git2/sys/alloc.h>

#include "base/memory.h"

static void *allocate(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return memory_new(size);
}

static void *reallocate(void *block, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return memory_resize(block, size, 1);
}

#ifdef CALSCOPE_LIBGIT2_ASKS_FOR_ARRAYS
static void *allocate_zeros(size_t count, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return memory_new_array(count, size);
}

static void *reallocate_array(void *block, size_t count, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return memory_resize(block, count, size);
}

static void *allocate_array(size_t count, size_t size, const char *file, int line)
{
    return reallocate_array(NULL, count, size, file, line);
}

static char *copy_bytes(const char *bytes, size_t length, const char *file, int line)
{
    char *copy = allocate(length + 1, file, line);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

static char *copy_at_most(const char *string, size_t most, const char *file, int line)
{
    return copy_bytes(string, strnlen(string, most), file, line);
}

static char *copy_string(const char *string, const char *file, int line)
{
    return copy_bytes(string, strlen(string), file, line);
}
#endif

bool libgit_begin(void)
{
    git_allocator allocator = {.gmalloc = allocate, .grealloc = reallocate, .gfree = free};
#ifdef CALSCOPE_LIBGIT2_ASKS_FOR_ARRAYS
    allocator.gcalloc = allocate_zeros;
    allocator.gmallocarray = allocate_array;
    allocator.greallocarray = reallocate_array;
    allocator.gstrdup = copy_string;
    allocator.gstrndup = copy_at_most;
    allocator.gsubstrdup = copy_bytes;
#endif
    errno = 0;
    git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &allocator);
    if (git_libgit2_init() > 0)
        return true;
    if (errno == ENOMEM) /* of a library below libgit2 */
        memory_run_out();
    return false;
}

void libgit_end(void)
{
    git_libgit2_shutdown();
}
