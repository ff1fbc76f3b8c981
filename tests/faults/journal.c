/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three edits, each with its record in the journal, while one call of the second's, the first's or
 * the third's fails or is the last before SIGKILL. What then is taken up is what was done, up to
 * the last edit that the screen did not warn of; the file itself nobody touches; and the edit
 * behind one that has no record makes up for it.
 *
 *     faults_journal [EVERY]     runs each EVERY-th pair of call and fault (default 1: all)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "folder.h"
#include "subject.h"
#include "trace.h"

enum { SKIPPED = 77, EDITS = 3, FIRST_KEY = 2, LAST_KEY = 4, PIECE = 7 };

#define EXPLORER                                                                                   \
    {                                                                                              \
        CALSCOPE, FILE_WORD                                                                        \
    }

static const struct subject session = {
    .name = "three edits", .words = EXPLORER, .keys = "Enter k k k", .crashes = true};

/* The same edits saved; how many of them. */
static const struct subject savers[EDITS + 1] = {
    {.words = EXPLORER, .keys = "Enter"},
    {.words = EXPLORER, .keys = "Enter k w Enter"},
    {.words = EXPLORER, .keys = "Enter k k w Enter"},
    {.words = EXPLORER, .keys = "Enter k k k w Enter"},
};

static const struct subject list = {.words = {CALSCOPE, "journal"}};
static const struct subject apply = {.words = {CALSCOPE, "journal", FILE_WORD, "--apply"}};

struct fault {
    const char *name;
    const char *inject;   /* for strace, behind the name of the call */
    const char *for_good; /* more of it, or NULL */
    bool kills;
};

static const struct fault faults[] = {
    {"EIO", "error=EIO", NULL, false},
    {"ENOSPC", "error=ENOSPC", NULL, false},
    {"EDQUOT", "error=EDQUOT", NULL, false},
    {"EROFS", "error=EROFS", NULL, false},
    {"EACCES", "error=EACCES", NULL, false},
    {"EINTR", "error=EINTR", NULL, false},
    {"EIO, and nothing is taken back", "error=EIO", "inject=ftruncate,unlink:error=EIO", false},
    {"SIGKILL", "signal=KILL", NULL, true},
};
enum { FAULT_COUNT = sizeof faults / sizeof *faults };

/* What the file is with none of the edits, with one, and so on. */
struct states {
    char *bytes[EDITS + 1];
    size_t lengths[EDITS + 1];
};

/* Where all runs are made, and their count. */
struct matrix {
    struct scratch scratch;
    struct trace undisturbed;
    struct states states;
    size_t every, pairs, runs, violations;
};

static void read_states(struct matrix *matrix)
{
    for (int i = 0; i <= EDITS; i++) {
        struct outcome outcome;
        scratch_reset(&matrix->scratch);
        subject_run(&savers[i], &matrix->scratch, NULL, &outcome);
        outcome_done(&outcome);
        matrix->states.bytes[i] = folder_read("", matrix->scratch.file, &matrix->states.lengths[i]);
        if (!matrix->states.bytes[i])
            abort();
    }
}

/* How many edits the file has in it; -1: it is none of the states. */
static int count_edits(const struct matrix *matrix)
{
    size_t length;
    char *now = folder_read("", matrix->scratch.file, &length);
    int found = -1;
    for (int i = 0; now && i <= EDITS; i++)
        if (length == matrix->states.lengths[i] &&
            memcmp(now, matrix->states.bytes[i], length) == 0)
            found = i;
    free(now);
    return found;
}

/* A kill may leave a journal of nothing, but no half of one. */
static bool lists_half_a_journal(const struct matrix *matrix)
{
    struct outcome listed;
    subject_run(&list, &matrix->scratch, NULL, &listed);
    bool half = listed.status != 0 || strstr(listed.said, "cannot be read");
    outcome_done(&listed);
    return half;
}

/* key: the one at which the fault came; edits: those taken up. NULL if all is well. */
static const char *judge(const struct fault *fault, int key, int edits,
                         const struct outcome *outcome)
{
    int done = key - FIRST_KEY; /* before that key */
    bool lacks = strstr(outcome->said, "no journal, ");
    bool warned = strstr(outcome->said, "a crash would lose it");
    if (fault->kills)
        return edits == done || edits == done + 1 ? NULL : "what was on the screen is lost";
    if (edits < done)
        return "an edit of before is lost";
    if (key < LAST_KEY)
        return edits < EDITS ? "the edit behind it does not make up for it"
               : lacks       ? "it says that there is no journal, and there is"
                             : NULL;
    if (edits < EDITS && !lacks)
        return "an edit is lost";
    return lacks == warned ? NULL : "the title and the message are not of one mind";
}

static const char *try_fault(const struct matrix *matrix, const struct fault *fault,
                             const struct trace_call *call, int key, struct outcome *outcome)
{
    struct outcome applied;
    char *inject = memory_print("inject=%s:%s", call->name, fault->inject);
    bool came = subject_meet(&session, &matrix->scratch, &matrix->undisturbed, call, inject,
                             fault->for_good, outcome);
    const char *wrong = came ? NULL : "the fault did not come";
    if (count_edits(matrix) != 0 || scratch_leftovers(&matrix->scratch) > 0)
        wrong = "it touched the file";
    if (!wrong && lists_half_a_journal(matrix))
        wrong = "half a journal is left";
    subject_run(&apply, &matrix->scratch, NULL, &applied);
    if (!wrong)
        wrong = judge(fault, key, count_edits(matrix), outcome);
    outcome_done(&applied);
    free(inject);
    return wrong;
}

static void run(struct matrix *matrix, const struct fault *fault, const struct trace_call *call,
                int key)
{
    struct outcome outcome;
    const char *wrong = try_fault(matrix, fault, call, key, &outcome);
    matrix->runs++;
    matrix->violations += wrong != NULL;
    if (wrong)
        printf("%s at %s number %u, undisturbed %s:\n    %s; it said:\n%s\n", fault->name,
               call->name, call->occurrence, call->text, wrong, outcome.said);
    outcome_done(&outcome);
}

static void run_pairs(struct matrix *matrix)
{
    const struct trace *trace = &matrix->undisturbed;
    int key = 0;
    for (size_t i = 0; i < trace->count; i++) {
        key += strncmp(trace->calls[i].text, "read(0<", 7) == 0;
        for (size_t j = 0; j < FAULT_COUNT; j++)
            if (key >= FIRST_KEY && trace_is_about_files(&trace->calls[i]) &&
                matrix->pairs++ % matrix->every == 0)
                run(matrix, &faults[j], &trace->calls[i], key);
    }
}

/* A system that writes some bytes at a time breaks no record. */
static void run_in_pieces(struct matrix *matrix)
{
    static const char *const rules[] = {"trace=write", NULL};
    struct subject pieces = session;
    struct outcome outcome, applied;
    pieces.piece = PIECE;
    scratch_reset(&matrix->scratch);
    subject_run(&pieces, &matrix->scratch, rules, &outcome);
    subject_run(&apply, &matrix->scratch, NULL, &applied);
    bool whole = count_edits(matrix) == EDITS;
    matrix->runs++;
    matrix->violations += !whole;
    if (!whole)
        printf("in pieces of %d bytes: an edit is lost; it said:\n%s\n", PIECE, outcome.said);
    outcome_done(&outcome);
    outcome_done(&applied);
}

int main(int argc, char **argv)
{
    struct matrix matrix = {.every = argc > 1 ? strtoul(argv[1], NULL, 10) : 1};
    char *saved = NULL;
    size_t length;
    if (matrix.every == 0 || argc > 2)
        return EXIT_FAILURE;
    if (!trace_is_possible())
        return SKIPPED;
    scratch_init(&matrix.scratch, &session);
    read_states(&matrix);
    if (subject_trace(&session, &matrix.scratch, &matrix.undisturbed, &saved, &length))
        run_pairs(&matrix);
    run_in_pieces(&matrix);
    matrix.violations += matrix.runs < 2;
    trace_done(&matrix.undisturbed);
    free(saved);
    for (int i = 0; i <= EDITS; i++)
        free(matrix.states.bytes[i]);
    scratch_done(&matrix.scratch);
    printf("journal faults: %zu runs, %zu violations\n", matrix.runs, matrix.violations);
    return matrix.violations == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
