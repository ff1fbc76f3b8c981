/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What fitting costs: all three models with every figure, against one sigmoid by scipy's curve_fit.
 */
#include "bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "fit/fit.h"
#include "subject.h"

enum { POINTS = 10, ROUNDS = 9, FITS = 200, LONG = 100000 };

/* Asks scipy for seconds a fit, as the median of rounds; the data follow as two lists. */
static const char script[] =
    "import sys, time\n"
    "import numpy as np\n"
    "from scipy.optimize import curve_fit\n"
    "flops = np.array(%s); means = np.array(%s)\n"
    "x = np.log10(flops)\n"
    "def sigmoid(x, p, s, m): return p / (1 + np.exp(-s * (x - m)))\n"
    "def rounds(n):\n"
    "    for _ in range(n):\n"
    "        start = time.perf_counter()\n"
    "        for _ in range(50):\n"
    "            curve_fit(sigmoid, x, means, p0=[means.max(), 2, np.median(x)])\n"
    "        yield (time.perf_counter() - start) / 50\n"
    "print(np.median(list(rounds(9))))\n";

static void make_curve(double *flops, double *means, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double x = 5.5 + 3.5 * (double)i / (double)(count - 1);
        flops[i] = pow(10, x);
        means[i] = 0.9 / (1 + exp(-2 * (x - 7.2))) * (1 + 0.05 * sin(37.0 * (double)i));
    }
}

static double seconds_of_models(const struct curve_points *points)
{
    double rounds[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double start = subject_clock();
        for (int i = 0; i < FITS; i++)
            for (size_t m = 0; m < fit_model_count(); m++)
                fit_free(fit_run(fit_model_at(m), points, NULL));
        rounds[round] = (subject_clock() - start) / FITS;
    }
    return bench_median(rounds, ROUNDS);
}

static void print_list(char *out, size_t size, const double *values, size_t count)
{
    size_t used = 0;
    for (size_t i = 0; i < count && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%.17g", i ? "," : "[", values[i]);
    if (used < size)
        snprintf(out + used, size - used, "]");
}

/* Seconds that scipy, as Debian has it, needs for one sigmoid; NaN where there is none. */
static double seconds_of_scipy(const struct curve_points *points)
{
    char flops[POINTS * 32], means[POINTS * 32], path[] = "/tmp/calscope-bench-XXXXXX";
    double seconds = NAN;
    int file = mkstemp(path);
    FILE *program = file < 0 ? NULL : fdopen(file, "w");
    if (!program)
        return NAN;
    print_list(flops, sizeof flops, points->flops, points->count);
    print_list(means, sizeof means, points->efficiency, points->count);
    fprintf(program, script, flops, means);
    fclose(program);
    char command[64];
    snprintf(command, sizeof command, "/usr/bin/python3 %s 2>/dev/null", path);
    FILE *answer = popen(command, "r");
    if (answer && fscanf(answer, "%lf", &seconds) != 1)
        seconds = NAN;
    if (answer)
        pclose(answer);
    remove(path);
    return seconds;
}

static void time_long_curve(void)
{
    double *flops = calloc(LONG, sizeof *flops), *means = calloc(LONG, sizeof *means);
    double rounds[ROUNDS];
    if (!flops || !means)
        abort();
    make_curve(flops, means, LONG);
    struct curve_points points = {flops, means, NULL, LONG};
    for (int round = 0; round < ROUNDS; round++) {
        double start = subject_clock();
        fit_free(fit_run(fit_model_find("log_linear"), &points, NULL));
        rounds[round] = subject_clock() - start;
    }
    printf("  log_linear with all figures, %d points: %.1f ms\n", LONG,
           1e3 * bench_median(rounds, ROUNDS));
    free(flops);
    free(means);
}

bool bench_fit(void)
{
    double flops[POINTS], means[POINTS];
    fit_setup();
    make_curve(flops, means, POINTS);
    struct curve_points points = {flops, means, NULL, POINTS};
    double ours = seconds_of_models(&points), theirs = seconds_of_scipy(&points);
    printf("\nFitting a curve of %d points, medians of %d rounds:\n", POINTS, ROUNDS);
    printf("  three models with all figures: %.0f us\n", 1e6 * ours);
    if (isnan(theirs))
        puts("  scipy is not installed (apt-get install python3-scipy): nothing to compare with");
    else
        printf("  one sigmoid by scipy's curve_fit: %.0f us; ratio %.3f\n", 1e6 * theirs,
               ours / theirs);
    time_long_curve();
    return true;
}
