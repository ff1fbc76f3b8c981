/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer of `calscope fit` for one curve, as JSON and as a table. */
#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "cli/fit_request.h"
#include "report/table.h"

/* NULL where there is none. */
static const char *name_of(const struct fit *fit)
{
    return fit ? fit_model_name(fit->model) : NULL;
}

static void write_named(struct json_writer *writer, const char *key, const struct fit *fit,
                        const double *numbers)
{
    json_write_object_member(writer, key);
    for (size_t i = 0; i < fit->parameter_count; i++)
        json_write_number_member(writer, fit->parameter_names[i], numbers[i]);
    json_write_end(writer);
}

/* What a save would write; none where it cannot. The caller frees it. */
static struct breakpoint *sample(const struct fit_result *result, const struct fit *fit,
                                 double tolerance, size_t *count)
{
    struct breakpoint *breakpoints = NULL;
    const struct fit_sampling sampling = {result->laboratory->low, result->laboratory->high,
                                          tolerance};
    *count = 0;
    fit_sample(fit, &sampling, &breakpoints, count, NULL);
    return breakpoints;
}

static void write_intervals(struct json_writer *writer, const struct fit *fit)
{
    json_write_object_member(writer, "intervals");
    for (size_t i = 0; i < fit->parameter_count; i++) {
        json_write_key(writer, fit->parameter_names[i]);
        json_write_pair(writer, fit->ci_low[i], fit->ci_high[i]);
    }
    json_write_end(writer);
}

/* Places among the points fitted, as in residuals. */
static void write_outliers(struct json_writer *writer, const struct fit *fit)
{
    json_write_array_member(writer, "outliers");
    for (size_t i = 0; i < fit->statistics.count; i++)
        if (fit_is_outlier(fit, i))
            json_write_count(writer, i);
    json_write_end(writer);
}

/* piecewise_linear by its number of breakpoints. */
static void write_choices(struct json_writer *writer, const struct fit *fit)
{
    json_write_array_member(writer, "choices");
    for (size_t i = 0; i < fit->choice_count; i++) {
        json_write_object(writer);
        json_write_count_member(writer, "breakpoints", fit->choices[i].breakpoints);
        json_write_number_member(writer, "sse", fit->choices[i].sse);
        json_write_number_member(writer, "aicc", fit->choices[i].aicc);
        json_write_end(writer);
    }
    json_write_end(writer);
}

static void write_constraint(struct json_writer *writer, const struct fit *fit)
{
    json_write_number_member(writer, "sse", fit->sse);
    json_write_number_member(writer, "sse_free", fit->sse_free);
    json_write_strings_member(writer, "at_bound", fit->at_bound, fit->at_bound_count);
}

/* Places among the points fitted, as in outliers. */
static void write_own_outliers(struct json_writer *writer, const struct laboratory *laboratory,
                               const struct fit *fit)
{
    json_write_array_member(writer, "outliers_own_std");
    for (size_t i = 0; i < laboratory->points.count; i++)
        if (laboratory_is_own_outlier(laboratory, fit, i))
            json_write_count(writer, i);
    json_write_end(writer);
}

/* Where the predicted latency is furthest from the measured, and where a save would let it fall. */
static void write_latency(struct json_writer *writer, const struct laboratory *laboratory,
                          const struct fit *fit, const struct curve *sampled)
{
    double flops, ratio = laboratory_latency_ratio(laboratory, fit, &flops);
    json_write_number_member(writer, "latency_ratio", ratio);
    json_write_number_member(writer, "latency_ratio_at", flops);
    cli_write_falling_latency(writer, sampled);
}

static void write_fit(struct json_writer *writer, const struct fit_result *result,
                      const struct fit *fit, double tolerance)
{
    struct curve sampled;
    struct breakpoint *breakpoints = sample(result, fit, tolerance, &sampled.count);
    sampled.breakpoints = breakpoints;
    json_write_object(writer);
    json_write_string_member(writer, "model", fit_model_name(fit->model));
    json_write_string_member(writer, "status", fit_status_name(fit->status));
    write_named(writer, "parameters", fit, fit->parameters);
    json_write_key(writer, "breakpoints");
    cli_write_breakpoints(writer, breakpoints, sampled.count);
    write_named(writer, "std_errors", fit, fit->std_errors);
    json_write_number_member(writer, "r_squared", fit->statistics.r_squared);
    json_write_number_member(writer, "r_squared_unweighted", fit->statistics.r_squared_unweighted);
    json_write_number_member(writer, "residual_std", fit->statistics.residual_std);
    json_write_number_member(writer, "standard_error", fit->standard_error);
    json_write_number_member(writer, "max_residual", fit->statistics.max_residual);
    json_write_number_member(writer, "aicc", fit->aicc);
    json_write_number_member(writer, "loo_rmse", fit->loo_rmse);
    json_write_strings_member(writer, "warnings", fit->warnings, fit->warning_count);
    json_write_numbers_member(writer, "residuals", fit->residuals, fit->statistics.count);
    write_intervals(writer, fit);
    json_write_numbers_member(writer, "leverages", fit->leverages, fit->statistics.count);
    json_write_numbers_member(writer, "deleted_residuals", fit->deleted_residuals,
                              fit->statistics.count);
    write_outliers(writer, fit);
    if (fit->choice_count)
        write_choices(writer, fit);
    if (fit->robust_weights)
        json_write_numbers_member(writer, "robust_weights", fit->robust_weights,
                                  fit->statistics.count);
    write_constraint(writer, fit);
    write_own_outliers(writer, result->laboratory, fit);
    json_write_bool_member(writer, "savable",
                           fit->status == FIT_OK && laboratory_can_save(result->laboratory, fit));
    write_latency(writer, result->laboratory, fit, &sampled);
    json_write_end(writer);
    free(breakpoints);
}

void fit_answer_json(struct cli *cli, const struct fit_result *result,
                     const struct fit_request *request)
{
    struct json_writer writer = {.out = &cli->out};
    json_write_object(&writer);
    json_write_string_member(&writer, "file", result->file);
    json_write_string_member(&writer, "curve", result->curve->name);
    json_write_string_member(&writer, "weights", laboratory_weights_name(request->weights));
    json_write_count_member(&writer, "points", result->laboratory->points.count);
    json_write_string_member(&writer, "best", name_of(result->laboratory->best));
    json_write_array_member(&writer, "fits");
    for (size_t i = 0; i < result->laboratory->fit_count; i++)
        write_fit(&writer, result, result->laboratory->fits[i], request->tolerance);
    json_write_end(&writer);
    struct buffer sentence = {0};
    laboratory_sentence(result->laboratory, &sentence);
    json_write_string_member(&writer, "sentence", buffer_string(&sentence));
    json_write_string_member(&writer, "best_savable", name_of(result->laboratory->best_savable));
    buffer_done(&sentence);
    json_write_end(&writer);
    buffer_append_string(&cli->out, "\n");
}

static const struct table_column columns[] = {
    {"MODEL", TABLE_LEFT, 0},     {"STATUS", TABLE_LEFT, 0},
    {"R2", TABLE_RIGHT, 0},       {"RESIDUAL STD", TABLE_RIGHT, 0},
    {"MAX", TABLE_RIGHT, 0},      {"AICC", TABLE_RIGHT, 0},
    {"LOO RMSE", TABLE_RIGHT, 0}, {"PARAMETERS", TABLE_LEFT, TABLE_NO_LIMIT},
};

/* The stored curve over the same points and weights, so that its row compares with the fits'. */
static void add_stored(struct table *table, const struct fit_result *result)
{
    struct curve stored = calibration_stored_curve(result->curve);
    struct curve_statistics statistics;
    if (stored.count == 0 || result->laboratory->points.count == 0)
        return;
    curve_statistics(&stored, &result->laboratory->points, &statistics, NULL);
    table_add(table, "stored");
    table_add(table, "recomputed");
    table_add_number(table, statistics.r_squared, 5);
    table_add_number(table, statistics.residual_std, 4);
    table_add_number(table, statistics.max_residual, 4);
    table_add(table, NULL);
    table_add(table, NULL);
    table_print(table, "%zu breakpoint%s", stored.count, stored.count == 1 ? "" : "s");
}

static void add_parameters(struct table *table, const struct fit *fit)
{
    struct buffer text = {0};
    for (size_t i = 0; i < fit->parameter_count; i++) {
        char number[NUMBER_TEXT_MAX];
        number_print_short(fit->parameters[i], 4, number);
        buffer_print(&text, "%s%s %s", i ? ", " : "", fit->parameter_names[i], number);
    }
    if (fit->breakpoint_count)
        buffer_print(&text, "%zu breakpoints", fit->breakpoint_count);
    table_add(table, buffer_string(&text));
    buffer_done(&text);
}

static void add_fit(struct table *table, const struct laboratory *laboratory, const struct fit *fit)
{
    table_print(table, "%s%s", fit_model_name(fit->model),
                laboratory_holds_up(laboratory, fit) ? " *" : "");
    table_add(table, laboratory_status_name(laboratory, fit));
    table_add_number(table, laboratory_r_squared(laboratory, fit), 5);
    table_add_number(table, fit->statistics.residual_std, 4);
    table_add_number(table, fit->statistics.max_residual, 4);
    table_add_number(table, fit->aicc, 4);
    table_add_number(table, fit->loo_rmse, 4);
    add_parameters(table, fit);
}

static void print_remark(struct cli *cli, const struct fit *fit, struct buffer *text)
{
    if (text->length > 0)
        cli_print(cli, "  %s: %s\n", fit_model_name(fit->model), text->bytes);
    buffer_done(text);
}

/*
 * What a fit says of itself, which points it misses by more than their own spread allows, and what
 * it makes of latency.
 */
static void print_remarks(struct cli *cli, const struct laboratory *laboratory,
                          const struct fit *fit, double tolerance)
{
    struct buffer own = {0}, latency = {0}, falling = {0};
    for (size_t i = 0; i < fit->warning_count; i++)
        cli_print(cli, "  %s: %s\n", fit_model_name(fit->model), fit->warnings[i]);
    laboratory_tell_own_outliers(laboratory, fit, &own);
    print_remark(cli, fit, &own);
    laboratory_tell_latency(laboratory, fit, &latency);
    print_remark(cli, fit, &latency);
    laboratory_tell_falling(laboratory, fit, tolerance, cli->charset, &falling);
    print_remark(cli, fit, &falling);
}

void fit_answer_text(struct cli *cli, const struct fit_result *result,
                     const struct fit_request *request)
{
    if (cli->out.length > 0)
        buffer_append_string(&cli->out, "\n");
    cli_print(cli, "%s: %s, %zu data points, weights %s\n", result->file, result->curve->name,
              result->laboratory->points.count, laboratory_weights_name(request->weights));
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    add_stored(table, result);
    for (size_t i = 0; i < result->laboratory->fit_count; i++)
        add_fit(table, result->laboratory, result->laboratory->fits[i]);
    table_render(table, 2, cli->charset, &cli->out);
    table_free(table);
    struct buffer sentence = {0};
    laboratory_sentence(result->laboratory, &sentence);
    cli_print(cli, "  %s.\n", buffer_string(&sentence));
    buffer_done(&sentence);
    for (size_t i = 0; i < result->laboratory->fit_count; i++)
        print_remarks(cli, result->laboratory, result->laboratory->fits[i], request->tolerance);
}

static const struct table_column registry_columns[] = {
    {"ID", TABLE_LEFT, 40},       {"CURVE", TABLE_LEFT, 32},     {"POINTS", TABLE_RIGHT, 0},
    {"MODEL", TABLE_LEFT, 0},     {"STATUS", TABLE_LEFT, 0},     {"R2", TABLE_RIGHT, 0},
    {"LOO RMSE", TABLE_RIGHT, 0}, {"STORED R2", TABLE_RIGHT, 0},
};

struct table *fit_answer_table(void)
{
    return table_new(registry_columns, sizeof registry_columns / sizeof *registry_columns);
}

static double stored_r_squared(const struct fit_result *result)
{
    struct curve stored = calibration_stored_curve(result->curve);
    struct curve_statistics statistics = {.r_squared = NAN};
    if (stored.count > 0)
        curve_statistics(&stored, &result->laboratory->points, &statistics, NULL);
    return statistics.r_squared;
}

void fit_answer_row(struct table *table, const char *id, const struct fit_result *result)
{
    const struct laboratory *laboratory = result->laboratory;
    const struct fit *best = laboratory->best_savable ? laboratory->best_savable : laboratory->best;
    const struct fit *fit = laboratory->fit_count == 1 ? laboratory->fits[0] : best;
    table_add(table, id);
    table_add(table, result->curve->name);
    table_print(table, "%zu", laboratory->points.count);
    if (!fit) {
        table_add(table, "none is ok");
        table_end_row(table);
        return;
    }
    if (fit->breakpoint_count)
        table_print(table, "%s k=%zu", fit_model_name(fit->model), fit->breakpoint_count);
    else
        table_add(table, fit_model_name(fit->model));
    table_add(table, laboratory_status_name(laboratory, fit));
    table_add_number(table, laboratory_r_squared(laboratory, fit), 5);
    table_add_number(table, fit->loo_rmse, 4);
    table_add_number(table, stored_r_squared(result), 5);
}
