/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Preloaded into a program: counts its allocations from the start of main, and fails some.
 *
 * FAIL_ALLOCATION=N fails the Nth, counted from 1; with FAIL_ALLOCATION_ON=1 every one from there
 * on. FAIL_ALLOCATION_REPORT names a file: it gets an F when the first one fails, and at the exit
 * the number of allocations. What the dynamic loader and constructors of libraries ask for is
 * before main and no program's to handle, so it never fails here.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* glibc's own, under the names that stay reachable once the common ones are taken. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

/* Declared here because no header has it; memalign's is malloc.h's. */
void *memalign(size_t alignment, size_t size);

typedef int main_function(int argc, char **argv, char **environment);
typedef int start_function(main_function *main, int argc, char **argv, void (*init)(void),
                           void (*fini)(void), void (*rtld_fini)(void), void *stack_end);
start_function __libc_start_main;

static struct {
    unsigned long count; /* since main */
    unsigned long first; /* which fails; 0: none */
    bool all_after;
    bool counting;
    const char *report; /* NULL: nobody asks */
    main_function *main;
} state;

static void report(const char *text)
{
    if (!state.report)
        return;
    int file = open(state.report, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return;
    ssize_t ignored = write(file, text, strlen(text));
    (void)ignored;
    close(file);
}

static bool fails(void)
{
    if (!state.counting)
        return false;
    unsigned long number = __atomic_add_fetch(&state.count, 1, __ATOMIC_RELAXED);
    if (number == state.first)
        report("F");
    if (state.first == 0 || number < state.first || (number > state.first && !state.all_after))
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return fails() ? NULL : __libc_realloc(block, size);
}

void *reallocarray(void *block, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(block, bytes);
}

void *memalign(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    void *found = memalign(alignment, size);
    if (!found)
        return ENOMEM;
    *block = found;
    return 0;
}

static void report_count(void)
{
    char text[32];
    state.counting = false;
    snprintf(text, sizeof text, "%lu", state.count);
    report(text);
}

static int counted_main(int argc, char **argv, char **environment)
{
    const char *first = getenv("FAIL_ALLOCATION");
    state.report = getenv("FAIL_ALLOCATION_REPORT");
    state.first = first ? strtoul(first, NULL, 10) : 0;
    state.all_after = getenv("FAIL_ALLOCATION_ON") != NULL;
    atexit(report_count);
    state.counting = true;
    return state.main(argc, argv, environment);
}

int __libc_start_main(main_function *main, int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
    start_function *start;
    *(void **)&start = dlsym(RTLD_NEXT, "__libc_start_main");
    state.main = main;
    return start(counted_main, argc, argv, init, fini, rtld_fini, stack_end);
}
