/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer of `calscope fit` as CSV: a row a model and curve. */
#include <math.h>
#include <string.h>

#include "cli/fit_request.h"
#include "report/csv.h"

/* Of all models; a row has those of its own. */
static const char *const parameters[] = {"intercept", "slope",    "plateau",
                                         "steepness", "midpoint", "floor"};
enum { PARAMETERS = sizeof parameters / sizeof *parameters };

static const char *const headings[] = {"file",
                                       "curve",
                                       "points",
                                       "weights",
                                       "model",
                                       "status",
                                       "best",
                                       "r_squared",
                                       "r_squared_unweighted",
                                       "residual_std",
                                       "standard_error",
                                       "max_residual",
                                       "aicc",
                                       "loo_rmse",
                                       "breakpoints",
                                       NULL};

static void add_headings(struct csv *csv)
{
    for (size_t i = 0; headings[i]; i++)
        csv_add(csv, headings[i]);
    for (size_t i = 0; i < PARAMETERS; i++)
        csv_add(csv, parameters[i]);
    csv_add(csv, "savable");
    csv_add(csv, "best_savable");
    csv_end_row(csv);
}

static double parameter_of(const struct fit *fit, const char *name)
{
    for (size_t i = 0; i < fit->parameter_count; i++)
        if (strcmp(fit->parameter_names[i], name) == 0)
            return fit->parameters[i];
    return NAN;
}

static void add_fit(struct csv *csv, const struct fit_result *result,
                    const struct fit_request *request, const struct fit *fit)
{
    csv_add(csv, result->file);
    csv_add(csv, result->curve->name);
    csv_add_count(csv, result->laboratory->points.count);
    csv_add(csv, laboratory_weights_name(request->weights));
    csv_add(csv, fit_model_name(fit->model));
    csv_add(csv, fit_status_name(fit->status));
    csv_add(csv, fit == result->laboratory->best ? "true" : "false");
    csv_add_number(csv, fit->statistics.r_squared);
    csv_add_number(csv, fit->statistics.r_squared_unweighted);
    csv_add_number(csv, fit->statistics.residual_std);
    csv_add_number(csv, fit->standard_error);
    csv_add_number(csv, fit->statistics.max_residual);
    csv_add_number(csv, fit->aicc);
    csv_add_number(csv, fit->loo_rmse);
    if (fit->breakpoint_count)
        csv_add_count(csv, fit->breakpoint_count);
    else
        csv_add(csv, NULL);
    for (size_t i = 0; i < PARAMETERS; i++)
        csv_add_number(csv, parameter_of(fit, parameters[i]));
    bool savable = fit->status == FIT_OK && laboratory_can_save(result->laboratory, fit);
    csv_add(csv, savable ? "true" : "false");
    csv_add(csv, fit == result->laboratory->best_savable ? "true" : "false");
    csv_end_row(csv);
}

void fit_answer_csv(struct cli *cli, const struct fit_result *result,
                    const struct fit_request *request)
{
    struct csv csv = {.out = &cli->out, .charset = cli->charset};
    if (cli->out.length == 0)
        add_headings(&csv);
    for (size_t i = 0; i < result->laboratory->fit_count; i++)
        add_fit(&csv, result, request, result->laboratory->fits[i]);
}
