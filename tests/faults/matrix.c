/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every file system call of every way to save fails in every way, one a run: whatever happens, the
 * file is the old one or the new one, whole, and what the program says of it is true.
 *
 *     faults_matrix [EVERY]     runs each EVERY-th pair of call and fault (default 1: all)
 *
 * An editor that saves in place goes through all of it too, as a control: a check that does not
 * find its violations proves nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "subject.h"
#include "trace.h"
#include "verdict.h"

enum { SKIPPED = 77, CONTROL_VIOLATIONS_MIN = 30 };

enum kind {
    KIND_ERROR,       /* the call is not made and fails */
    KIND_STUCK,       /* the same, and nothing can be removed then */
    KIND_KILL,        /* the program ends in front of the call */
    KIND_END_OF_FILE, /* a read that brings nothing */
    KIND_LIE_NOTHING, /* a write that is not made and says so by its count alone */
    KIND_LIE_HALF,    /* ... that is not made and says that half of it was */
    KIND_LIE_ALL,     /* ... that all of it was, as a failing disk may */
};

struct fault {
    const char *name;
    enum kind kind;
};

static const struct fault faults[] = {
    {"EIO", KIND_ERROR},
    {"ENOSPC", KIND_ERROR},
    {"EDQUOT", KIND_ERROR},
    {"EROFS", KIND_ERROR},
    {"EACCES", KIND_ERROR},
    {"EINTR", KIND_ERROR},
    {"EROFS for good", KIND_STUCK},
    {"SIGKILL", KIND_KILL},
    {"end of file", KIND_END_OF_FILE},
    {"nothing written", KIND_LIE_NOTHING},
    {"half of it lost", KIND_LIE_HALF},
    {"all of it lost", KIND_LIE_ALL},
};
enum { FAULT_COUNT = sizeof faults / sizeof *faults };

/* What all runs on one subject share, and their count. */
struct matrix {
    const struct subject *subject;
    struct scratch scratch;
    struct trace undisturbed;
    char *saved; /* the whole file after an undisturbed save */
    size_t saved_length;
    size_t every, pairs, runs, violations;
};

static bool fault_applies(const struct fault *fault, const struct trace_call *call)
{
    bool is_write = strcmp(call->name, "write") == 0 || strcmp(call->name, "pwrite64") == 0;
    if (fault->kind == KIND_END_OF_FILE)
        return strcmp(call->name, "read") == 0 && call->result > 0;
    return fault->kind < KIND_LIE_NOTHING || (is_write && call->result > 1);
}

/* The same as an expression of strace, but for its number. The caller frees it. */
static char *spell(const struct fault *fault, const struct trace_call *call)
{
    const char *name = call->name;
    if (fault->kind == KIND_ERROR)
        return memory_print("inject=%s:error=%s", name, fault->name);
    if (fault->kind == KIND_STUCK)
        return memory_print("inject=%s:error=EROFS", name);
    if (fault->kind == KIND_KILL)
        return memory_print("inject=%s:signal=KILL", name);
    long result = fault->kind == KIND_LIE_ALL    ? call->result
                  : fault->kind == KIND_LIE_HALF ? call->result / 2
                                                 : 0;
    return memory_print("inject=%s:retval=%ld", name, result);
}

/* Attributes that the system keeps from a program stay behind, and the save goes on without. */
static bool may_lose_attribute(const struct fault *fault, const struct trace_call *call)
{
    return strcmp(fault->name, "EACCES") == 0 && strstr(call->name, "xattr");
}

static bool must_tell_of_sync(const struct fault *fault, const struct trace_call *call)
{
    return strcmp(fault->name, "EINTR") != 0 && strcmp(call->name, "fsync") == 0;
}

static const char *judge_ended(const struct matrix *matrix, const struct fault *fault,
                               const struct trace_call *call, const struct outcome *outcome,
                               enum content content)
{
    const char *wrong = verdict_ended(&matrix->scratch, outcome, content);
    if (!wrong && outcome->claim == CLAIM_SAVED && must_tell_of_sync(fault, call))
        wrong = "a sync failed, and it says nothing";
    if (!wrong && !scratch_kept_attribute(&matrix->scratch) && !may_lose_attribute(fault, call))
        wrong = "an attribute is lost";
    return wrong;
}

/* Whether a write claims what it has not done; one that claims to have done nothing is honest. */
static bool is_lie(const struct fault *fault)
{
    return fault->kind == KIND_LIE_HALF || fault->kind == KIND_LIE_ALL;
}

static const char *judge(const struct matrix *matrix, const struct fault *fault,
                         const struct trace_call *call, const struct outcome *outcome,
                         enum content content)
{
    if (matrix->subject->crashes && is_lie(fault))
        return NULL; /* a journal is not read back; but the run has ended */
    if (matrix->subject->crashes)
        return verdict_crashed(matrix->subject, &matrix->scratch, outcome, content);
    if (fault->kind == KIND_KILL)
        return verdict_killed(&matrix->scratch, outcome, content);
    if (fault->kind == KIND_STUCK)
        return verdict_stuck(&matrix->scratch, outcome, content);
    return judge_ended(matrix, fault, call, outcome, content);
}

static void run(struct matrix *matrix, const struct trace_call *call, const struct fault *fault)
{
    char *inject = spell(fault, call);
    const char *stuck = fault->kind == KIND_STUCK ? "inject=unlink,unlinkat:error=EROFS" : NULL;
    struct outcome outcome;
    bool came = subject_meet(matrix->subject, &matrix->scratch, &matrix->undisturbed, call, inject,
                             stuck, &outcome);
    enum content content = verdict_content(&matrix->scratch, matrix->saved, matrix->saved_length);
    const char *wrong =
        came ? judge(matrix, fault, call, &outcome, content) : "the fault did not come";
    matrix->runs++;
    matrix->violations += wrong != NULL;
    if (wrong && !matrix->subject->saves_in_place)
        printf("%s: %s at %s number %u, undisturbed %s:\n    %s; exit status %d, %s, and it "
               "said:\n%s\n",
               matrix->subject->name, fault->name, call->name, call->occurrence, call->text, wrong,
               outcome.status, verdict_content_name(content), outcome.said);
    outcome_done(&outcome);
    free(inject);
}

static void run_pairs(struct matrix *matrix)
{
    const struct trace *trace = &matrix->undisturbed;
    size_t from = trace_find_save(trace, matrix->subject->from_key, matrix->scratch.file);
    for (size_t i = from; i < trace->count; i++)
        for (size_t j = 0; j < FAULT_COUNT && trace_is_about_files(&trace->calls[i]); j++)
            if (fault_applies(&faults[j], &trace->calls[i]) && matrix->pairs++ % matrix->every == 0)
                run(matrix, &trace->calls[i], &faults[j]);
}

/* A subject that cannot be tried counts as a violation. */
static void try_subject(const struct subject *subject, size_t every, struct matrix *matrix)
{
    *matrix = (struct matrix){.subject = subject, .every = every};
    scratch_init(&matrix->scratch, subject);
    if (subject_trace(subject, &matrix->scratch, &matrix->undisturbed, &matrix->saved,
                      &matrix->saved_length))
        run_pairs(matrix);
    matrix->violations += matrix->runs == 0;
    printf("%s: %zu runs, %zu violations\n", subject->name, matrix->runs, matrix->violations);
    fflush(stdout);
    trace_done(&matrix->undisturbed);
    free(matrix->saved);
    scratch_done(&matrix->scratch);
}

int main(int argc, char **argv)
{
    size_t every = argc > 1 ? strtoul(argv[1], NULL, 10) : 1;
    size_t runs = 0, violations = 0, control = 0;
    if (every == 0 || argc > 2)
        return EXIT_FAILURE;
    if (!trace_is_possible())
        return SKIPPED;
    for (size_t i = 0; i < subject_count; i++) {
        struct matrix matrix;
        bool is_control = subjects[i].saves_in_place;
        try_subject(&subjects[i], is_control ? 1 : every, &matrix);
        *(is_control ? &control : &violations) += matrix.violations;
        runs += is_control ? 0 : matrix.runs;
    }
    printf("fault matrix: %zu runs, %zu violations; control: %zu violations\n", runs, violations,
           control);
    return violations == 0 && control >= CONTROL_VIOLATIONS_MIN ? EXIT_SUCCESS : EXIT_FAILURE;
}
