/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What listing a large registry costs: `calscope ls` beside yajl, which takes the same files in the
 * same way, with callbacks that do nothing. Both in processes of their own, in turn, by processor
 * time; yajl is given the paths, calscope has to find them.
 */
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yajl/yajl_parse.h>

#include "base/buffer.h"
#include "base/file.h"
#include "calibration/registry.h"
#include "json/reader.h"

enum { ROUNDS = 11 };

/* Of one process: user and system seconds, and the most memory that it held, in kB. */
struct cost {
    double user, system;
    long memory;
};

struct costs {
    double bare[ROUNDS], ours[ROUNDS]; /* seconds of processor time */
    struct cost last_bare, last_ours, ours_two;
};

/* --- a bare parse --- */

static int nothing(void *context)
{
    (void)context;
    return 1;
}

static int no_boolean(void *context, int value)
{
    (void)context;
    (void)value;
    return 1;
}

static int no_number(void *context, const char *text, size_t length)
{
    (void)context;
    (void)text;
    (void)length;
    return 1;
}

static int no_string(void *context, const unsigned char *text, size_t length)
{
    (void)context;
    (void)text;
    (void)length;
    return 1;
}

static const yajl_callbacks empty = {
    .yajl_null = nothing,
    .yajl_boolean = no_boolean,
    .yajl_number = no_number,
    .yajl_string = no_string,
    .yajl_start_map = nothing,
    .yajl_map_key = no_string,
    .yajl_end_map = nothing,
    .yajl_start_array = nothing,
    .yajl_end_array = nothing,
};

static bool parse(const char *path, struct buffer *bytes)
{
    buffer_truncate(bytes, 0);
    if (file_read(path, JSON_BYTES_MAX, bytes, NULL))
        return false;
    yajl_handle handle = yajl_alloc(&empty, NULL, NULL);
    bool good =
        yajl_parse(handle, (const unsigned char *)bytes->bytes, bytes->length) == yajl_status_ok &&
        yajl_complete_parse(handle) == yajl_status_ok;
    yajl_free(handle);
    return good;
}

static int parse_all(const struct registry *files)
{
    struct buffer bytes = {0};
    bool good = true;
    for (size_t i = 0; good && i < registry_count(files); i++)
        good = parse(registry_at(files, i)->path, &bytes);
    buffer_done(&bytes);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* --- processes --- */

static bool wait_for(pid_t child, struct cost *cost)
{
    struct rusage usage;
    int status = 0;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0)
        return false;
    cost->user = (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
    cost->system = (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6;
    cost->memory = usage.ru_maxrss;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool run_bare(const struct registry *files, struct cost *cost)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0)
        _exit(parse_all(files));
    return wait_for(child, cost);
}

static bool run_ours(const char *tree, struct cost *cost)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int sink = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (sink >= 0 && dup2(sink, STDOUT_FILENO) >= 0)
            execl(CALSCOPE, CALSCOPE, "ls", tree, (char *)NULL);
        _exit(EXIT_FAILURE);
    }
    return wait_for(child, cost);
}

/* --- measuring --- */

static double total(const struct cost *cost)
{
    return cost->user + cost->system;
}

static bool measure(const struct registry *files, const char *tree, struct costs *costs)
{
    for (int i = -1; i < ROUNDS; i++) { /* the first one warms the page cache */
        bool bare_first = i % 2 == 0;
        if ((bare_first && !run_bare(files, &costs->last_bare)) ||
            !run_ours(tree, &costs->last_ours) ||
            (!bare_first && !run_bare(files, &costs->last_bare)))
            return false;
        if (i < 0)
            continue;
        costs->bare[i] = total(&costs->last_bare);
        costs->ours[i] = total(&costs->last_ours);
    }
    return true;
}

static void print(size_t count, struct costs *costs)
{
    double bare = bench_median(costs->bare, ROUNDS), ours = bench_median(costs->ours, ROUNDS);
    printf("\nListing %zu calibrations, files in the page cache, medians of %d rounds taken in "
           "turn:\n",
           count, ROUNDS);
    printf("  %-38s %9s %14s\n", "", "ms of CPU", "user+system");
    printf("  %-38s %9.1f %8.0f+%.0f\n", "a bare parse by yajl, empty callbacks", bare * 1e3,
           costs->last_bare.user * 1e3, costs->last_bare.system * 1e3);
    printf("  %-38s %9.1f %8.0f+%.0f\n", "calscope ls", ours * 1e3, costs->last_ours.user * 1e3,
           costs->last_ours.system * 1e3);
    printf("  ratio %.2f\n", ours / bare);
    printf("  memory at most %ld kB, with 2 calibrations %ld kB: %.2f kB more for each file\n",
           costs->last_ours.memory, costs->ours_two.memory,
           (double)(costs->last_ours.memory - costs->ours_two.memory) / (double)(count - 2));
}

bool bench_listing(const struct trees *trees)
{
    struct costs costs;
    struct registry *files;
    if (registry_open(trees->large, &files, NULL))
        return false;
    registry_scan(files); /* the paths to give to yajl */
    bool measured = run_ours(trees->two, &costs.ours_two) && measure(files, trees->large, &costs);
    if (measured)
        print(registry_count(files), &costs);
    else
        fputs("bench: a listing or a parse failed\n", stderr);
    registry_free(files);
    return measured;
}
