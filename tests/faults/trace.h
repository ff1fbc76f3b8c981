/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system calls of a run, as strace wrote them down. */
#ifndef FAULTS_TRACE_H
#define FAULTS_TRACE_H

#include <stdbool.h>
#include <stddef.h>

/* One call; the strings belong to its trace. */
struct trace_call {
    char *text; /* "fsync(5</folder/name>) = 0": with -y, descriptors carry their paths */
    char name[32];
    unsigned occurrence; /* among the calls of this name, from 1, as strace's when= counts */
    long result;
};

/* Freed by trace_done. */
struct trace {
    struct trace_call *calls;
    size_t count;
    char *bytes;
    const struct trace_call *injected; /* the first that failed by order; NULL: none did */
    bool killed;                       /* SIGKILL ended the program */
};

/* Whether strace is there and may trace; if not, says why not. */
bool trace_is_possible(void);

/* Reads the log at path once its program has ended; waits for that. False: it does not end. */
bool trace_read(const char *path, struct trace *trace);
void trace_done(struct trace *trace);

/* The call that met the fault of this run; NULL where it met none. */
const struct trace_call *trace_fault(const struct trace *trace);

/* Whether the call is about files, and not about the terminal or a standard stream. */
bool trace_is_about_files(const struct trace_call *call);

/*
 * Where calls may fail: behind the key of this number that was read from the terminal, from 1; or
 * for a command (0) from where it first names the file. trace->count if it never comes to that.
 */
size_t trace_find_save(const struct trace *trace, size_t key, const char *file);

#endif
