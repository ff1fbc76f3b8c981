/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `calscope diff` was asked, and the forms of its answer. */
#ifndef CLI_DIFF_REQUEST_H
#define CLI_DIFF_REQUEST_H

#include "cli/command.h"
#include "compare/compare.h"
#include "compare/gate.h"

/* Borrows its strings from the arguments. */
struct diff_request {
    const char *a, *b, *curve_name;
    struct compare_options options;
    struct compare_gate gate;
};

/* Whether --fail-on was given. */
static inline bool diff_has_gate(const struct diff_request *request)
{
    return request->gate.worse > 0 || request->gate.better > 0;
}

/* Appends the answer: a line of JSON, tables and sentences, or the shared points as CSV. */
void diff_answer_json(struct cli *cli, const struct diff_request *request,
                      const struct comparison *comparison);
void diff_answer_text(struct cli *cli, const struct diff_request *request,
                      const struct comparison *comparison);
void diff_answer_csv(struct cli *cli, const struct comparison *comparison);

/*
 * Names the points that tripped the gate, a line each, and says how many there are and how many
 * could not trip it: in the answer, or on standard error beside CSV.
 */
void diff_tell_gate(struct cli *cli, const struct diff_request *request,
                    const struct comparison *comparison);

#endif
