/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log of strace: one call a line, behind the process's number. */
#include "trace.h"

#include <ctype.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "folder.h"

enum { PATIENCE_MILLISECONDS = 20000 };

bool trace_is_possible(void)
{
    if (system("strace -f --seccomp-bpf -o /dev/null -e inject=sync:error=EIO true 2>/dev/null") ==
        0)
        return true;
    puts("skipped: strace (6.1 or later) is missing, or may not trace here");
    return false;
}

/* The tracer may still write when the program is gone: its last line tells the end. */
static bool has_ended(const char *bytes)
{
    return strstr(bytes, " +++ exited with ") || strstr(bytes, " +++ killed by ");
}

static char *read_ended(const char *path)
{
    for (int waited = 0; waited < PATIENCE_MILLISECONDS; waited++) {
        size_t length;
        char *bytes = folder_read("", path, &length);
        if (bytes && has_ended(bytes))
            return bytes;
        free(bytes);
        poll(NULL, 0, 1);
    }
    return NULL;
}

static unsigned count_before(const struct trace *trace, const char *name)
{
    unsigned count = 0;
    for (size_t i = 0; i < trace->count; i++)
        count += strcmp(trace->calls[i].name, name) == 0;
    return count;
}

static void take_line(struct trace *trace, char *line)
{
    struct trace_call call = {.text = line + strspn(line, "0123456789 ")};
    int length = 0;
    if (sscanf(call.text, "%31[a-z0-9_]%n", call.name, &length) != 1 || call.text[length] != '(')
        return;
    for (const char *at = call.text; (at = strstr(at, " = "));)
        call.result = strtol(at += 3, NULL, 10);
    call.occurrence = count_before(trace, call.name) + 1;
    trace->calls[trace->count++] = call;
}

static size_t count_lines(const char *bytes)
{
    size_t count = 1;
    for (; *bytes; bytes++)
        count += *bytes == '\n';
    return count;
}

bool trace_read(const char *path, struct trace *trace)
{
    *trace = (struct trace){.bytes = read_ended(path)};
    if (!trace->bytes)
        return false;
    trace->killed = strstr(trace->bytes, "+++ killed by SIGKILL");
    trace->calls = memory_new_array(count_lines(trace->bytes), sizeof *trace->calls);
    char *rest = NULL;
    for (char *line = strtok_r(trace->bytes, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        take_line(trace, line);
    for (size_t i = trace->count; i-- > 0;)
        if (strstr(trace->calls[i].text, "(INJECTED"))
            trace->injected = &trace->calls[i];
    return true;
}

const struct trace_call *trace_fault(const struct trace *trace)
{
    bool ended = trace->killed && trace->count > 0;
    return trace->injected || !ended ? trace->injected : &trace->calls[trace->count - 1];
}

void trace_done(struct trace *trace)
{
    free(trace->calls);
    free(trace->bytes);
    *trace = (struct trace){0};
}

bool trace_is_about_files(const struct trace_call *call)
{
    static const char *const others[] = {"execve", "ioctl", "mmap", "poll", "ppoll", "pselect6"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(call->name, others[i]) == 0)
            return false;
    const char *argument = strchr(call->text, '(') + 1;
    bool is_standard = *argument >= '0' && *argument <= '2' && !isdigit(argument[1]);
    return !is_standard && !strstr(call->text, "</dev/");
}

size_t trace_find_save(const struct trace *trace, size_t key, const char *file)
{
    size_t keys = 0;
    for (size_t i = 0; i < trace->count; i++) {
        const char *text = trace->calls[i].text;
        keys += strncmp(text, "read(0<", 7) == 0;
        if (key > 0 && keys == key)
            return i + 1;
        if (key == 0 && strncmp(text, "execve(", 7) != 0 && strstr(text, file))
            return i;
    }
    return trace->count;
}
