/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the start to the first list and the first answer to a key, and keys while the list fills. */
#include "bench.h"

#include <stdio.h>
#include <string.h>

#include "subject.h"

enum { ROUNDS = 5, FILL_KEYS_MAX = 4000 };

static const char first_device[] = "device_0000", filling[] = "reading...", helping[] = "One line";

/* Milliseconds; the two trees take turns. */
struct starts {
    double list[ROUNDS]; /* to the first row of the list */
    double help[ROUNDS]; /* to the help screen, asked for as soon as there is a list */
    double full[ROUNDS]; /* to the whole list */
};

static double milliseconds_since(double moment)
{
    return (subject_clock() - moment) * 1e3;
}

static struct subject *start_program(const char *tree)
{
    return subject_start((const char *[]){CALSCOPE, tree, NULL}, 60, 200);
}

static bool measure_start(const char *tree, const char *whole, struct starts *starts, int round)
{
    double start = subject_clock();
    struct subject *subject = start_program(tree);
    bool shown = subject && subject_wait_text(subject, first_device, true);
    starts->list[round] = milliseconds_since(start);
    if (shown)
        subject_send(subject, "?");
    shown = shown && subject_wait_text(subject, helping, true);
    starts->help[round] = milliseconds_since(start);
    if (shown)
        subject_send(subject, "\177");
    shown = shown && subject_wait_text(subject, whole, true);
    starts->full[round] = milliseconds_since(start);
    subject_stop(subject);
    return shown;
}

/* The row on which the pointer stands; "" if none. */
static void pointed_row(const struct subject *subject, char *out, size_t size)
{
    for (int row = 0; row < subject_rows(subject); row++)
        if (strstr(subject_row(subject, row, out, size), "\u25b8"))
            return;
    out[0] = '\0';
}

/* One step down the list; milliseconds until the pointer stands on another device. */
static double time_step(struct subject *subject)
{
    char before[2048], now[2048];
    pointed_row(subject, before, sizeof before);
    double start = subject_clock();
    subject_send(subject, "j");
    do {
        subject_take(subject, 0.002);
        pointed_row(subject, now, sizeof now);
    } while (strcmp(before, now) == 0 && milliseconds_since(start) < 5000);
    return milliseconds_since(start);
}

/* Steps down the list every 20 ms for as long as it fills. */
static bool measure_filling(const char *tree)
{
    static double times[FILL_KEYS_MAX];
    size_t count = 0;
    struct subject *subject = start_program(tree);
    bool shown = subject && subject_wait_text(subject, "device_0003", true);
    while (shown && count < FILL_KEYS_MAX && subject_shows(subject, filling)) {
        times[count++] = time_step(subject);
        for (double pause = subject_clock() + 0.02; subject_clock() < pause;)
            subject_take(subject, 0.001);
    }
    subject_stop(subject);
    double most = bench_maximum(times, count);
    printf("  %zu keys while 5,000 fill: answered after %.1f ms (median), %.1f ms (longest)\n",
           count, bench_median(times, count), most);
    return shown && count > 0;
}

static void print_line(const char *what, double *large, double *two)
{
    double a = bench_median(large, ROUNDS), b = bench_median(two, ROUNDS);
    printf("  %-34s %9.1f %9.1f %7.2f\n", what, a, b, a / b);
}

bool bench_start(const struct trees *trees)
{
    struct starts large, two;
    for (int round = 0; round < ROUNDS; round++)
        if (!measure_start(trees->large, "5000 calibrations", &large, round) ||
            !measure_start(trees->two, "2 calibrations", &two, round)) {
            fputs("bench: calscope does not show its list\n", stderr);
            return false;
        }
    printf(
        "\nFrom the start, 200x60, files in the page cache, medians of %d rounds taken in turn:\n"
        "  %-34s %9s %9s %7s\n",
        ROUNDS, "ms until", "5,000", "2", "ratio");
    print_line("the first row of the list", large.list, two.list);
    print_line("the help asked for at that moment", large.help, two.help);
    print_line("the whole list", large.full, two.full);
    return measure_filling(trees->large);
}
