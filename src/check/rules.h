/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of rules: what each is called, how grave it is, what it says and what to do about it.
 * `validate --rules`, its SARIF report and the explorer take their words from here. Ids are stable:
 * people put them into scripts.
 */
#ifndef CHECK_RULES_H
#define CHECK_RULES_H

#include <stdbool.h>
#include <stddef.h>

enum severity {
    SEVERITY_ERROR,   /* the schema is broken: a reader may fail or be misled */
    SEVERITY_WARNING, /* legal, but probably not meant */
    SEVERITY_NOTE,    /* worth knowing: non-monotonic, single observations */
};

const char *severity_name(enum severity severity); /* "error", "warning", "note" */

/* All text is static, without a final period. */
struct rule {
    const char *id;
    enum severity severity; /* that of its gravest findings */
    bool fixable;           /* check_fix() mends some or all of its findings */
    const char *description;
    const char *remedy; /* what to do; NULL where there is nothing to do */
};

/* All rules, *count of them, those about the whole file first. */
const struct rule *rules_all(size_t *count);

/* The rule of that id, NULL where there is none. */
const struct rule *rule_find(const char *id);

#endif
