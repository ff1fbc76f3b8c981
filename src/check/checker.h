/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the groups of rules share: one calibration under check. Private to this folder. */
#ifndef CHECK_CHECKER_H
#define CHECK_CHECKER_H

#include "check/check.h"

/* Beyond this an efficiency is a wrong peak or a wrong unit; real ones reach 5.6. */
#define IMPLAUSIBLE_EFFICIENCY 10.0

/* Everything is borrowed. */
struct checker {
    const struct calibration *calibration;
    const struct json_document *document;
    struct findings *findings;
};

/* Adds a finding at value's place. rule is a static string. */
void checker_report(const struct checker *checker, const struct json_value *value,
                    enum severity severity, const char *rule, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* A member's number, NaN where there is none. */
double checker_number(const struct checker *checker, const struct json_value *object,
                      const char *key);

/* The groups of rules, one file each. */
void check_schema(const struct checker *checker); /* fields, types, names, dates */
void check_header(const struct checker *checker, const char *expected_id);
void check_points(const struct checker *checker, const struct calibration_curve *curve);
void check_curve(const struct checker *checker, const struct calibration_curve *curve);

#endif
