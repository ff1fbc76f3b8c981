/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `calscope fit` was asked, what it found for one curve, and the forms of its answer. */
#ifndef CLI_FIT_REQUEST_H
#define CLI_FIT_REQUEST_H

#include "cli/command.h"
#include "report/laboratory.h"

/* Borrows its strings from the arguments; owns excluded. */
struct fit_request {
    const char *curve_name;        /* NULL: every curve */
    const struct fit_model *model; /* NULL: all */
    enum laboratory_weights weights;
    struct fit_options options;
    size_t *excluded; /* places in data_points */
    size_t excluded_count;
    bool save, dry_run, as_model;
    const char *note; /* of a save; NULL: none */
    double tolerance; /* of sampled breakpoints, a fraction */
};

/* The fits of one curve. Everything is borrowed but the laboratory. */
struct fit_result {
    const char *file; /* as the command line names it, for messages */
    const char *path; /* where a save goes; NULL: a revision or standard input */
    const struct calibration *calibration;
    const struct calibration_curve *curve;
    struct laboratory *laboratory;
};

/* Refits and answers for a file or a folder of devices, and saves. Returns the exit status. */
int fit_path(struct cli *cli, const struct fit_request *request, const char *path);

/* Writes the one fit of result, or its diff; says why where it must not be saved. The same. */
int fit_save(struct cli *cli, const struct fit_request *request, const struct fit_result *result);

/* Appends the answer for one curve: a line of JSON, or a table. */
void fit_answer_json(struct cli *cli, const struct fit_result *result,
                     const struct fit_request *request);
void fit_answer_text(struct cli *cli, const struct fit_result *result,
                     const struct fit_request *request);

/* A row a fit, with headings before the first. */
void fit_answer_csv(struct cli *cli, const struct fit_result *result,
                    const struct fit_request *request);

/* The answer for a whole registry: a row a curve, with the model asked for or else the best. */
struct table *fit_answer_table(void);
void fit_answer_row(struct table *table, const char *id, const struct fit_result *result);

#endif
