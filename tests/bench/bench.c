/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the trees, lets the measurements run in a process of their own, removes the trees. */
#include "bench.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder.h"
#include "subject.h"
#include "tree.h"

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_median(double *values, size_t count)
{
    if (count == 0)
        return NAN;
    qsort(values, count, sizeof *values, ascending);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

double bench_quantile(double *values, size_t count, double share)
{
    if (count == 0)
        return NAN;
    qsort(values, count, sizeof *values, ascending);
    size_t rank = (size_t)ceil(share * (double)count);
    return values[rank > 0 ? rank - 1 : 0];
}

double bench_maximum(const double *values, size_t count)
{
    double most = NAN;
    for (size_t i = 0; i < count; i++)
        most = fmax(most, values[i]);
    return most;
}

/* A tree below the folder; the caller frees its path. Exits where it cannot be written. */
static char *make_tree(const char *folder, int calibrations, int unrelated)
{
    char *root = NULL;
    size_t bytes;
    double start = subject_clock();
    if (asprintf(&root, "%s/%d", folder, calibrations) < 0)
        abort();
    if (!tree_make(root, calibrations, unrelated, &bytes)) {
        perror(root);
        exit(EXIT_FAILURE);
    }
    printf("  %5d calibrations, %5.1f MB, and %5d other files; written in %.1f s\n", calibrations,
           (double)bytes / 1e6, unrelated, subject_clock() - start);
    return root;
}

static char *make_dense(const char *folder)
{
    char *path = NULL;
    if (asprintf(&path, "%s/dense.json", folder) < 0)
        abort();
    if (!tree_make_calibration(path, 16, 625)) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    return path;
}

/* In a folder of its own: how many entries lie beside a file is no matter of saving it. */
static bool measure_save(const char *parent)
{
    char *folder = NULL;
    if (asprintf(&folder, "%s/save", parent) < 0)
        abort();
    bool measured = mkdir(folder, S_IRWXU) == 0 && bench_save(folder);
    free(folder);
    return measured;
}

/* What is measured, in this order; one of them alone where it is named. */
static bool wanted(const char *only, const char *name)
{
    return !only || strcmp(only, name) == 0;
}

static int measure(const char *folder, const char *only)
{
    setenv("TMPDIR", folder, 1); /* what the programs keep goes with it too */
    printf("calscope, measured with " CALSCOPE_BUILD_TYPE " build\nTrees:\n");
    char *two = make_tree(folder, 2, 0), *hundred = make_tree(folder, 100, 0),
         *large = make_tree(folder, 5000, 20000), *dense = make_dense(folder);
    struct trees trees = {two, hundred, large, dense};
    bool measured = !wanted(only, "fit") || bench_fit();
    measured = (!wanted(only, "save") || measure_save(folder)) && measured;
    measured = (!wanted(only, "listing") || bench_listing(&trees)) && measured;
    measured = (!wanted(only, "start") || bench_start(&trees)) && measured;
    measured = (!wanted(only, "keypress") || bench_keypress(&trees)) && measured;
    free(two);
    free(hundred);
    free(large);
    free(dense);
    return measured ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Ends the programs that an interrupted measurement leaves behind; each leads a session. */
static void end_orphans(void)
{
    char path[64];
    int orphan;
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *children = fopen(path, "r");
    while (children && fscanf(children, "%d", &orphan) == 1)
        kill(orphan, SIGKILL); /* the hang-up of its terminal ends what it leads */
    if (children)
        fclose(children);
    while (wait(NULL) > 0)
        continue;
}

/* The child gets an interrupt and ends; this process outlives it and removes what it wrote. */
int main(int argc, char **argv)
{
    int status = 0;
    char *folder = folder_make();
    if (!folder) {
        perror("no temporary folder");
        return EXIT_FAILURE;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    pid_t child = fork();
    if (child == 0)
        exit(measure(folder, argc > 1 ? argv[1] : NULL));
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    waitpid(child, &status, 0);
    end_orphans();
    folder_remove(folder);
    free(folder);
    return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}
