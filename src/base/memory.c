/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allocation with one policy for failure: restore the terminal, say so, exit 2. */
#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 16 };

/* The one mutable global of the core: what must happen before the program can speak. */
static void (*failure_hook)(void);

void memory_on_failure(void (*hook)(void))
{
    failure_hook = hook;
}

/* wanted: " (so much)", or "". */
static _Noreturn void end(const char *wanted)
{
    if (failure_hook)
        failure_hook();
    fprintf(stderr, "calscope: out of memory%s\n", wanted);
    exit(2);
}

static _Noreturn void fail(size_t size)
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, " (%zu bytes asked for)", size);
    end(wanted);
}

void memory_run_out(void)
{
    end("");
}

static size_t product(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        fail(SIZE_MAX);
    return count * size;
}

void *memory_resize(void *block, size_t count, size_t size)
{
    size_t bytes = product(count, size);
    void *result = realloc(block, bytes ? bytes : 1);
    if (!result)
        fail(bytes);
    return result;
}

void *memory_grow(void *block, size_t *capacity, size_t size)
{
    *capacity = *capacity ? product(*capacity, 2) : FIRST_CAPACITY;
    return memory_resize(block, *capacity, size);
}

void *memory_new(size_t size)
{
    return memory_resize(NULL, 1, size);
}

void *memory_new_array(size_t count, size_t size)
{
    size_t bytes = product(count, size);
    void *result = calloc(1, bytes ? bytes : 1);
    if (!result)
        fail(bytes);
    return result;
}

void *memory_copy(const void *source, size_t count, size_t size)
{
    void *result = memory_new(product(count, size));
    if (count && size)
        memcpy(result, source, count * size);
    return result;
}

char *memory_copy_string(const char *string)
{
    return string ? memory_copy(string, strlen(string) + 1, 1) : NULL;
}

char *memory_print(const char *format, ...)
{
    char *result = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&result, format, arguments);
    va_end(arguments);
    if (length < 0)
        memory_run_out();
    return result;
}
