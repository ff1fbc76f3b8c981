/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What both tests of failing allocations need: the preloaded library, its report, the folder. */
#ifndef MEMORY_PROGRAM_H
#define MEMORY_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

/* How a run is to fail. */
struct failure {
    unsigned long number; /* of the allocation that fails, from 1; 0: none, only count them */
    bool all_after;       /* and every later one */
    bool ascii;           /* nothing fails, but there is no locale either */
};

/* A folder of its own with a registry of two devices in it, under git, and a home beside it. */
struct scratch {
    char *folder;
    char *device; /* the folder of the calibration that is saved to */
    char *file;   /* that calibration */
    char *home;
    char *state;  /* where journals are, below home */
    char *report; /* what the preloaded library says */
    char *old;    /* the calibration as it was */
    size_t old_length;
};

/* Ends the test with a message where the system does not let it run. */
void scratch_init(struct scratch *scratch);
void scratch_done(struct scratch *scratch);

/* The calibration as it was, nothing beside it, no journal, an empty report. */
void scratch_restore(const struct scratch *scratch);

/* Files beside the calibration: what a save left behind. */
size_t scratch_leftovers(const struct scratch *scratch);

/* Leaves the journal of a session that made one edit in the calibration and was killed. */
void scratch_leave_journal(const struct scratch *scratch);

/* The edits that the journals below home hold. */
size_t scratch_journalled_edits(const struct scratch *scratch);

/* Whether the calibration holds exactly these bytes. */
bool scratch_holds(const struct scratch *scratch, const char *bytes, size_t length);

/* The variables that make the library fail so, "NAME=value", for a list of environ's kind. */
enum { FAILURE_VARIABLES = 6 };
void failure_environment(const struct failure *failure, const struct scratch *scratch,
                         char *variables[FAILURE_VARIABLES]);

/* What the library reported: whether an allocation failed, and how many there were (0: unknown). */
bool report_failed(const struct scratch *scratch);
unsigned long report_count(const struct scratch *scratch);

/* Whether this is a build in which allocations can be taken over; says so where it is not. */
bool failure_is_possible(void);

#endif
