/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the groups of rules share: one calibration under check. Private to this folder. */
#ifndef CHECK_CHECKER_H
#define CHECK_CHECKER_H

#include "check/check.h"

/* Beyond this an efficiency is a wrong peak or a wrong unit; real ones reach 5.6. */
#define IMPLAUSIBLE_EFFICIENCY 10.0

/* Remedies are applied one kind after another, each to what the one before left: see fix.c. */
enum mending {
    MEND_VALUES,  /* values in their places */
    MEND_ORDER,   /* items that change places */
    MEND_REPEATS, /* items that go */
    MEND_COUNT,
};

struct json_edits;

/* Everything is borrowed. */
struct checker {
    const struct calibration *calibration;
    const struct json_document *document;
    struct findings *findings;
    struct json_edits *edits; /* where remedies go; NULL: findings are wanted alone */
    enum mending mending;
};

/* Runs the rules over the checker's calibration. */
void checker_run(const struct checker *checker, const char *expected_id);

/* Adds a finding at value's place. rule is a static string. */
void checker_report(const struct checker *checker, const struct json_value *value,
                    enum severity severity, const char *rule, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/*
 * A rule and its remedy stand together. Having reported, a rule that can mend what it found says
 * so; where the answer is yes it now adds its edits to the checker's.
 */
bool checker_mends(const struct checker *checker, enum mending kind);

/* Edits: b's bytes take a's place, and with exchange a's take b's. */
void checker_replace(const struct checker *checker, const struct json_value *a,
                     const struct json_value *b);
void checker_exchange(const struct checker *checker, const struct json_value *a,
                      const struct json_value *b);

/* A member's number, NaN where there is none. */
double checker_number(const struct checker *checker, const struct json_value *object,
                      const char *key);

/* The groups of rules, one file each. */
void check_schema(const struct checker *checker); /* fields, types, names, dates */
void check_header(const struct checker *checker, const char *expected_id);
void check_points(const struct checker *checker, const struct calibration_curve *curve);
void check_curve(const struct checker *checker, const struct calibration_curve *curve);

#endif
