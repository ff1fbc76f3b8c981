/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `calscope fit` was asked, and the fits of one curve. */
#ifndef CLI_FIT_REQUEST_H
#define CLI_FIT_REQUEST_H

#include "cli/command.h"
#include "fit/fit.h"

enum fit_weights { WEIGHTS_NONE, WEIGHTS_STD, WEIGHTS_RELATIVE };

/* Borrows its strings from the arguments; owns excluded. */
struct fit_request {
    const char *path, *curve_name;
    const struct fit_model *model; /* NULL: all */
    enum fit_weights weights;
    struct fit_options options;
    size_t *excluded; /* places in data_points */
    size_t excluded_count;
    bool save, dry_run, as_model;
    double tolerance; /* of sampled breakpoints, a fraction */
};

/* The fits of one curve and the data that they were made from. Owned by fit_curve_done. */
struct fit_result {
    const char *file;
    const struct calibration_curve *curve;
    double *flops, *means, *weights; /* of the points that were not left out */
    struct curve_points points;      /* views these */
    struct fit **fits;
    size_t fit_count;
    const struct fit *best;
    double low, high; /* the range that a save samples */
};

/* "none", "std", "relative". */
const char *fit_weights_name(enum fit_weights weights);

/*
 * Fits one curve. False, said, where the points do not allow the weights. On success
 * fit_result_done frees what result owns.
 */
bool fit_result_make(const struct cli *cli, const char *file, const struct calibration_curve *curve,
                     const struct fit_request *request, struct fit_result *result);
void fit_result_done(struct fit_result *result);

/* Appends the answer for one curve: a line of JSON, or a table. */
void fit_answer_json(struct cli *cli, const struct fit_result *result,
                     const struct fit_request *request);
void fit_answer_text(struct cli *cli, const struct fit_result *result,
                     const struct fit_request *request);

#endif
