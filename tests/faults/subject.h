/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to save a file, a folder to try them in, and what they then say of it. */
#ifndef FAULTS_SUBJECT_H
#define FAULTS_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>

struct trace;
struct trace_call;

enum { SUBJECT_WORDS = 20 };

/* One way to save, a row of a constant table. */
struct subject {
    const char *name;
    const char *words[SUBJECT_WORDS]; /* the command; FILE_WORD stands for the file */
    const char *keys;    /* pressed in the explorer, with the save among them; NULL: a command */
    size_t from_key;     /* calls may fail from behind this key on, counted from 1; 0: a command */
    size_t piece;        /* bytes that a read or write moves at most; 0: as many as asked for */
    bool copies;         /* to a file that is new, its name a letter longer: typed behind it */
    bool crashes;        /* killed behind the last key; the claim is then none */
    bool saves_in_place; /* the control: it has to fail */
};

#define FILE_WORD "FILE"

/* The rows: calscope's own, then the control. */
extern const struct subject subjects[];
extern const size_t subject_count;

/* A folder with one file, and a home outside of it. scratch_done removes both. */
struct scratch {
    char *home;   /* HOME; the XDG folders lie below it */
    char *folder; /* holds source and nothing else when a run starts */
    char *source; /* what the subject is given */
    char *file;   /* what it writes: source, but for one that copies */
    char *log;    /* of strace, in home */
    char *old;
    size_t old_length;
};

void scratch_init(struct scratch *scratch, const struct subject *subject);
void scratch_done(struct scratch *scratch);

/* Empties the state of the home: no journal is offered. */
void scratch_forget(const struct scratch *scratch);

/* Puts the old file back, alone in its folder, and forgets. */
void scratch_reset(const struct scratch *scratch);

/* How many files lie beside source and the file. */
int scratch_leftovers(const struct scratch *scratch);

bool scratch_has_copy(const struct scratch *scratch);

/* Whether source has the mode, and the extended attribute, that scratch_reset gave it. */
bool scratch_kept_mode(const struct scratch *scratch);
bool scratch_kept_attribute(const struct scratch *scratch);

/* What a run claims to have done, in the only words that its user gets. */
enum claim {
    CLAIM_NONE,      /* nothing that can be held against the file */
    CLAIM_NOT_SAVED, /* a message says so, exit status 2 */
    CLAIM_SAVED,     /* exit status 0 */
    CLAIM_UNSYNCED,  /* saved, durability unknown: a message, exit status 2 */
};

/* Freed by outcome_done. */
struct outcome {
    int status; /* exit status, 128 + signal if one ended it */
    enum claim claim;
    char *said; /* standard output and error, or the screen behind the save */
};

/*
 * Runs the subject on the scratch's file. rules NULL: not traced; else what strace is to do beside
 * following (a list of "-e" expressions that ends in NULL), its log goes to scratch->log.
 */
void subject_run(const struct subject *subject, const struct scratch *scratch,
                 const char *const rules[], struct outcome *outcome);
void outcome_done(struct outcome *outcome);

/* The same run by another program, whose words (a list that ends in NULL) come first. */
struct subject subject_behind(const struct subject *subject, const char *const words[]);

/*
 * Resets the scratch and runs the subject with a fault at one call of its undisturbed run: inject
 * is an expression of strace without its "when=", more another one or NULL. Where a different call
 * met it, again with the number put right: with sanitizers a program first reads more or less of
 * its own memory map, by where that was put. False: the fault never came where it was meant to.
 */
bool subject_meet(const struct subject *subject, const struct scratch *scratch,
                  const struct trace *undisturbed, const struct trace_call *call,
                  const char *inject, const char *more, struct outcome *outcome);

/*
 * Runs the subject without a fault until two runs make the same calls, and keeps these, and what
 * the file then holds.
 */
bool subject_trace(const struct subject *subject, const struct scratch *scratch,
                   struct trace *trace, char **saved, size_t *saved_length);

#endif
