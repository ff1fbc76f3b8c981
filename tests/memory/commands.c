/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of every command fails in turn, alone and with all that follow it: the file is
 * the old one or the new one, whole, nothing is left beside it, no signal ends the program, and
 * what it says is true: 2 and the reason, or else all that an undisturbed run says.
 *
 *     memory_commands [SHARE]    SHARE: about how many allocations of a job fail (default: all)
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "environment.h"
#include "program.h"

enum { SKIPPED = 77, WORDS_MAX = 12, VARIABLES_MAX = 80 };

#define ORIN "registry/gpu/jetson_orin_agx/efficiency_curves.json"
#define I7 "registry/cpu/i7-12700K/efficiency_curves.json"

/* One command. Words are what follows the program's name. */
struct job {
    const char *name;
    const char *words[WORDS_MAX];
    const char *input; /* standard input; NULL: none */
    bool recovers;     /* there is the journal of a killed session */
};

static const struct job jobs[] = {
    {"tune", {"tune", ORIN, "-c", "conv2d", "--scale", "1.01"}, NULL, false},
    {"tune --note",
     {"tune", ORIN, "-c", "conv2d", "--set", "1=60M:0.2", "--note", "why"},
     NULL,
     false},
    {"tune --json", {"tune", ORIN, "-c", "conv2d", "--delete", "2", "--json"}, NULL, false},
    {"fit --save", {"fit", ORIN, "-c", "matmul", "-m", "piecewise_linear", "--save"}, NULL, false},
    {"tune --dry-run", {"tune", ORIN, "-c", "conv2d", "--scale", "1.01", "--dry-run"}, NULL, false},
    {"fit", {"fit", ORIN, "-c", "matmul", "-k", "4"}, NULL, false},
    {"fit --json", {"fit", ORIN, "-c", "conv2d", "-w", "std", "--json"}, NULL, false},
    {"validate", {"validate", "registry"}, NULL, false},
    {"ls", {"ls", "registry"}, NULL, false},
    {"ls --json", {"ls", "registry", "--json"}, NULL, false},
    {"show", {"show", "gpu/jetson_orin_agx", "--registry", "registry"}, NULL, false},
    {"show --json",
     {"show", "gpu/jetson_orin_agx", "--registry", "registry", "--json"},
     NULL,
     false},
    {"show -", {"show", "-"}, I7, false},
    {"show FILE@REV", {"show", I7 "@HEAD"}, NULL, false},
    {"plot", {"plot", ORIN, "-c", "conv2d", "-c", "matmul"}, NULL, false},
    {"eval", {"eval", ORIN, "-c", "matmul", "250M", "1G", "--peak", "2.66T"}, NULL, false},
    {"diff", {"diff", ORIN, I7}, NULL, false},
    {"diff --json", {"diff", ORIN, I7, "--json"}, NULL, false},
    {"journal", {"journal"}, NULL, true},
    {"journal FILE", {"journal", ORIN}, NULL, true},
    {"journal --apply", {"journal", ORIN, "--apply"}, NULL, true},
    {"the explorer without a terminal", {"registry"}, NULL, false},
};
enum { JOB_COUNT = sizeof jobs / sizeof *jobs };

/* What a run answered; done frees it. */
struct outcome {
    int status; /* 128 + signal if one ended it */
    char *out, *err;
};

/* All runs on one job. */
struct series {
    const struct job *job;
    const struct scratch *scratch;
    struct outcome whole; /* of an undisturbed run */
    struct outcome plain; /* of one where no locale can be loaded: in ASCII */
    char *saved;          /* the file after both */
    size_t saved_length;
};

static struct {
    size_t runs, violations;
} figures;

/* --- running --- */

static char *take_text(int fd)
{
    struct stat info;
    char *text = fstat(fd, &info) == 0 ? memory_new((size_t)info.st_size + 1) : NULL;
    ssize_t length = text ? pread(fd, text, (size_t)info.st_size, 0) : -1;
    if (length < 0)
        exit(EXIT_FAILURE);
    text[length] = '\0';
    close(fd);
    return text;
}

static int run_words(char **words, char **variables, const struct series *series, int out, int err)
{
    pid_t child;
    int status;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, series->scratch->folder);
    const char *input = series->job->input ? series->job->input : "/dev/null";
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    if (posix_spawn(&child, words[0], &actions, NULL, words, variables) != 0 ||
        waitpid(child, &status, 0) != child)
        exit(EXIT_FAILURE);
    posix_spawn_file_actions_destroy(&actions);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static struct outcome run(const struct series *series, const struct failure *failure)
{
    struct environment environment;
    char *variables[FAILURE_VARIABLES] = {0}, *words[WORDS_MAX + 2] = {(char *)CALSCOPE};
    int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC);
    failure_environment(failure, series->scratch, variables);
    if (out < 0 || err < 0 ||
        !environment_init(&environment, series->scratch->home, (const char *const *)variables))
        exit(EXIT_FAILURE);
    for (int i = 0; i < WORDS_MAX && series->job->words[i]; i++)
        words[i + 1] = (char *)series->job->words[i];
    struct outcome outcome;
    outcome.status = run_words(words, environment.list, series, out, err);
    outcome.out = take_text(out);
    outcome.err = take_text(err);
    environment_done(&environment);
    for (int i = 0; i < FAILURE_VARIABLES && variables[i]; i++)
        free(variables[i]);
    return outcome;
}

static void outcome_done(struct outcome *outcome)
{
    free(outcome->out);
    free(outcome->err);
}

/* --- judging --- */

static void restore(const struct series *series)
{
    scratch_restore(series->scratch);
    if (series->job->recovers)
        scratch_leave_journal(series->scratch);
}

static bool same_answer(const struct outcome *a, const struct outcome *b)
{
    return strcmp(a->out, b->out) == 0 && strcmp(a->err, b->err) == 0;
}

static bool begins_like(const struct outcome *outcome, const struct outcome *whole)
{
    return strncmp(outcome->out, whole->out, strlen(outcome->out)) == 0;
}

/* NULL where all is well. */
static const char *judge(const struct series *series, const struct outcome *outcome)
{
    const struct outcome *whole = &series->whole;
    bool is_old = scratch_holds(series->scratch, series->scratch->old, series->scratch->old_length);
    bool is_new = scratch_holds(series->scratch, series->saved, series->saved_length);
    if (outcome->status >= 128)
        return "ended by a signal";
    if (!is_old && !is_new)
        return "a torn file";
    if (scratch_leftovers(series->scratch))
        return "a temporary is left";
    if (series->job->recovers && is_old && scratch_journalled_edits(series->scratch) != 1)
        return "the edit is in neither file nor journal";
    if (outcome->status == whole->status) {
        if (!is_new)
            return "nothing saved, and nothing said of it";
        return same_answer(outcome, whole) || same_answer(outcome, &series->plain)
                   ? NULL
                   : "an answer that is not whole, with the status of a whole one";
    }
    if (outcome->status != 2)
        return "a status that is not true";
    if (!strstr(outcome->err, "out of memory") && !strstr(outcome->err, "Cannot allocate memory"))
        return "a message that is not true";
    return begins_like(outcome, whole) || begins_like(outcome, &series->plain)
               ? NULL
               : "half an answer, and that half wrong";
}

static void tell(const struct series *series, const struct failure *failure,
                 const struct outcome *outcome, const char *complaint)
{
    printf("%s, allocation %lu%s: %s; status %d: %s\n", series->job->name, failure->number,
           failure->all_after ? " and all after it" : "", complaint, outcome->status,
           outcome->err[0] ? outcome->err : "(no message)");
}

static void fail_one(const struct series *series, unsigned long number, bool all_after)
{
    const struct failure failure = {.number = number, .all_after = all_after};
    restore(series);
    struct outcome outcome = run(series, &failure);
    const char *complaint = report_failed(series->scratch) ? judge(series, &outcome)
                                                           : "the allocation was never asked for";
    figures.runs++;
    figures.violations += complaint != NULL;
    if (complaint)
        tell(series, &failure, &outcome, complaint);
    outcome_done(&outcome);
}

/* A job that fails by itself, or asks for nothing, would prove nothing. */
static unsigned long run_whole(struct series *series)
{
    const struct failure none = {0}, ascii = {.ascii = true};
    restore(series);
    series->plain = run(series, &ascii);
    restore(series);
    series->whole = run(series, &none);
    struct stat info;
    FILE *file = fopen(series->scratch->file, "rb");
    if (!file || fstat(fileno(file), &info) != 0)
        exit(EXIT_FAILURE);
    series->saved = memory_new((size_t)info.st_size);
    series->saved_length = fread(series->saved, 1, (size_t)info.st_size, file);
    fclose(file);
    unsigned long count = report_count(series->scratch);
    if (series->whole.status > 1 || count == 0) {
        printf("%s: does not work undisturbed: %s\n", series->job->name, series->whole.err);
        figures.violations++;
        count = 0;
    }
    return count;
}

static void run_series(const struct job *job, const struct scratch *scratch, unsigned long share)
{
    struct series series = {.job = job, .scratch = scratch};
    unsigned long count = run_whole(&series);
    unsigned long step = share && count > share ? count / share : 1;
    for (unsigned long number = 1; number <= count; number += step) {
        fail_one(&series, number, false);
        fail_one(&series, number, true);
    }
    printf("%s: %lu allocations\n", job->name, count);
    outcome_done(&series.whole);
    outcome_done(&series.plain);
    free(series.saved);
}

int main(int argc, char **argv)
{
    struct scratch scratch;
    unsigned long share = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    if (!failure_is_possible())
        return SKIPPED;
    scratch_init(&scratch);
    for (size_t i = 0; i < JOB_COUNT; i++)
        run_series(&jobs[i], &scratch, share);
    scratch_done(&scratch);
    printf("allocation failures in commands: %zu runs, %zu violations\n", figures.runs,
           figures.violations);
    return figures.violations ? EXIT_FAILURE : EXIT_SUCCESS;
}
