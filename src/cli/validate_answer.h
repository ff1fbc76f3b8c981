/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer of validate as it grows, file by file: as lines, as JSON, as SARIF. */
#ifndef CLI_VALIDATE_ANSWER_H
#define CLI_VALIDATE_ANSWER_H

#include "check/check.h"
#include "cli/command.h"

/* What is asked for. Strings are borrowed. */
struct validate_request {
    bool rules;             /* the table of rules, and no files */
    bool fix;               /* apply the remedies that lose nothing */
    bool dry_run;           /* show what fix would do and write nothing */
    bool sarif;             /* a SARIF report */
    const char *sarif_file; /* where it goes; NULL: it is the answer */
};

/* One file's part of the answer. Everything is borrowed. */
struct validate_result {
    const char *file; /* as the command line names it */
    const char *path; /* NULL where it has none: a revision, standard input, nothing there */
    const struct findings *findings; /* those that remain */
    size_t fixed;                    /* findings that the remedies mended, or would */
    bool written;
};

/* Owns sarif's text. */
struct validate_answer {
    struct cli *cli;
    struct validate_request request;
    struct json_writer writer; /* of the JSON answer */
    struct buffer sarif;
    struct json_writer sarif_writer;
    size_t files, counts[3], fixed, fixable;
    int status; /* EXIT_FINE, or EXIT_TROUBLE where a file could not be read or written */
};

/* Before the first file, for an answer with cli and request set and all else zero; and a file. */
void validate_begin(struct validate_answer *answer);
void validate_add(struct validate_answer *answer, const struct validate_result *result);

/* Writes what is left to write and returns the exit status. */
int validate_end(struct validate_answer *answer);

/* The table of rules, as lines or as JSON. */
void validate_print_rules(struct cli *cli);

#endif
