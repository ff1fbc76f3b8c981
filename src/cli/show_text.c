/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calibration in words and tables. */
#include "cli/show_text.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "check/check.h"
#include "report/table.h"

enum { SIZE_DIGITS = 4, SPANS_SHOWN = 8 };

static void print_fact(struct cli *cli, const char *name, const char *value)
{
    if (value && *value)
        cli_print(cli, "  %-13s %s\n", name, value);
}

static void print_validation(struct cli *cli, const struct calibration *calibration)
{
    const struct json_document *document = calibration->document;
    const struct json_value *block =
        json_member(document, json_document_root(document), "validation");
    double models = json_member_number(document, block, "models_tested");
    char mean[NUMBER_TEXT_MAX], largest[NUMBER_TEXT_MAX];
    if (isnan(models))
        return;
    number_print_short(json_member_number(document, block, "mape"), 4, mean);
    number_print_short(json_member_number(document, block, "max_error"), 4, largest);
    cli_print(cli, "  %-13s %.0f models, mean error %s %%, largest %s %%\n", "validation", models,
              mean, largest);
}

static void print_header(struct cli *cli, const char *file, const struct calibration *calibration,
                         const size_t counts[3])
{
    cli_print(cli, "%s\n", calibration->hardware_name ? calibration->hardware_name : file);
    print_fact(cli, "file", file);
    print_fact(cli, "hardware id", calibration->hardware_id);
    print_fact(cli, "device type", calibration->device_type);
    print_fact(cli, "precision", calibration->precision);
    print_fact(cli, "calibrated", calibration->calibration_date);
    print_fact(cli, "by", calibration->calibration_tool_version);
    cli_print(cli, "  %-13s %zu compute, %zu bandwidth; %zu data points\n", "curves",
              calibration->compute_count, calibration->curve_count - calibration->compute_count,
              calibration_point_count(calibration));
    print_validation(cli, calibration);
    cli_print(cli, "  %-13s %zu errors, %zu warnings, %zu notes%s\n", "findings",
              counts[SEVERITY_ERROR], counts[SEVERITY_WARNING], counts[SEVERITY_NOTE],
              counts[0] + counts[1] + counts[2] ? " (calscope validate tells them)" : "");
    print_fact(cli, "notes", calibration->notes);
}

/* "9 data points (4 measured, 5 legacy; 3 single observations)". */
static void print_points_fact(struct cli *cli, const struct calibration_curve *curve)
{
    size_t counts[POINT_SOURCE_COUNT] = {0}, single = 0;
    const char *separator = " (";
    for (size_t i = 0; i < curve->means.count; i++) {
        counts[curve->points[i].source]++;
        single += curve->points[i].observations == 1;
    }
    cli_print(cli, "  %zu data points", curve->means.count);
    for (int i = 0; i < POINT_SOURCE_COUNT; i++)
        if (counts[i]) {
            cli_print(cli, "%s%zu %s", separator, counts[i],
                      point_source_name((enum point_source)i));
            separator = ", ";
        }
    if (single)
        cli_print(cli, "; %zu single observations", single);
    cli_print(cli, "%s", curve->means.count ? ")" : "");
}

static void print_range_fact(struct cli *cli, const struct calibration_curve *curve)
{
    char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    number_print_si(curve->min_flops, SIZE_DIGITS, low);
    number_print_si(curve->max_flops, SIZE_DIGITS, high);
    cli_print(cli, ", range %s to %s %s\n", low, high, calibration_unit(curve));
    cli_print(cli, "  %s, %zu breakpoints\n", curve->curve_type ? curve->curve_type : "no type",
              curve->breakpoint_count);
}

static void add_statistic(struct table *table, const char *name, double stored, bool known,
                          double recomputed)
{
    table_add(table, name);
    if (known)
        table_add_number(table, stored, 5);
    else
        table_add(table, "unknown");
    table_add_number(table, recomputed, 5);
}

static const char *stored_meaning(const struct calibration_curve *curve)
{
    if (!calibration_statistics_known(curve))
        return "all 0.0 or absent: unknown";
    return calibration_points_sum_up(curve)
               ? "as the file says; its writer may mean the raw observations, not the points"
               : "as the file says";
}

static void print_statistics(struct cli *cli, const struct calibration_curve *curve)
{
    static const struct table_column columns[] = {
        {"", TABLE_LEFT, 0}, {"stored", TABLE_RIGHT, 0}, {"recomputed", TABLE_RIGHT, 0}};
    struct curve stored = calibration_stored_curve(curve);
    struct curve_statistics now;
    bool known = calibration_statistics_known(curve);
    curve_statistics(&stored, &curve->means, &now, NULL);
    struct table *table = table_new(columns, 3);
    double r_squared = calibration_known_r_squared(curve);
    add_statistic(table, "r_squared", r_squared, !isnan(r_squared), now.r_squared);
    add_statistic(table, "residual_std", curve->residual_std, known, now.residual_std);
    add_statistic(table, "max_residual", curve->max_residual, known, now.max_residual);
    table_render(table, 2, cli->charset, &cli->out);
    table_free(table);
    cli_print(cli, "  stored: %s\n", stored_meaning(curve));
    cli_print(cli, "  recomputed: breakpoints against the means of the %zu data points%s\n",
              curve->means.count,
              curve_joins_points(&stored, &curve->means) ? ", each of which is a breakpoint" : "");
}

static void print_sense(struct cli *cli, const struct calibration_curve *curve)
{
    enum interval_sense sense = calibration_interval_sense(curve);
    if (sense == INTERVAL_OF_POPULATION)
        cli_print(cli, "  intervals: mean -+ 1.96 std, where single observations fall\n");
    else if (sense == INTERVAL_OF_MEAN)
        cli_print(cli, "  intervals: mean -+ 1.96 std / sqrt(n), where the mean lies\n");
}

static void print_falling_latency(struct cli *cli, const struct calibration_curve *curve)
{
    struct curve_span spans[SPANS_SHOWN];
    struct curve stored = calibration_stored_curve(curve);
    size_t count = curve_falling_latency(&stored, spans, SPANS_SHOWN);
    for (size_t i = 0; i < count && i < SPANS_SHOWN; i++) {
        char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
        number_print_si(spans[i].low, SIZE_DIGITS, low);
        number_print_si(spans[i].high, SIZE_DIGITS, high);
        cli_print(cli,
                  "  falling latency: from %s to %s %s a larger operation is predicted faster\n",
                  low, high, calibration_unit(curve));
    }
}

static void print_points(struct cli *cli, const struct calibration_curve *curve)
{
    const struct table_column columns[] = {
        {"#", TABLE_RIGHT, 0},        {calibration_unit(curve), TABLE_RIGHT, 0},
        {"mean", TABLE_RIGHT, 0},     {"std", TABLE_RIGHT, 0},
        {"n", TABLE_RIGHT, 0},        {"curve", TABLE_RIGHT, 0},
        {"residual", TABLE_RIGHT, 0}, {"source", TABLE_LEFT, 0},
    };
    struct curve stored = calibration_stored_curve(curve);
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < curve->means.count; i++) {
        const struct data_point *point = &curve->points[i];
        double here = curve_evaluate(&stored, point->flops);
        table_print(table, "%zu", point->index);
        table_add_size(table, point->flops);
        table_add_number(table, point->mean, 5);
        table_add_number(table, point->std, 3);
        table_add_number(table, point->observations, 6);
        table_add_number(table, here, 5);
        table_add_number(table, point->mean - here, 3);
        table_add(table, point->source_name);
    }
    cli_print(cli, "\n  data points\n");
    table_render(table, 2, cli->charset, &cli->out);
    table_free(table);
}

static void print_breakpoints(struct cli *cli, const struct calibration_curve *curve)
{
    const struct table_column columns[] = {{"#", TABLE_RIGHT, 0},
                                           {calibration_unit(curve), TABLE_RIGHT, 0},
                                           {"efficiency", TABLE_RIGHT, 0}};
    struct table *table = table_new(columns, 3);
    for (size_t i = 0; i < curve->breakpoint_count; i++) {
        table_print(table, "%zu", i);
        table_add_size(table, curve->breakpoints[i].flops);
        table_add_number(table, curve->breakpoints[i].efficiency, 6);
    }
    cli_print(cli, "\n  breakpoints\n");
    table_render(table, 2, cli->charset, &cli->out);
    table_free(table);
}

static void print_curve(struct cli *cli, const struct calibration_curve *curve, bool detailed)
{
    cli_print(cli, "\n%s%s%s\n", curve->name, curve->description ? "  " : "",
              curve->description ? curve->description : "");
    print_points_fact(cli, curve);
    print_range_fact(cli, curve);
    print_statistics(cli, curve);
    print_sense(cli, curve);
    print_falling_latency(cli, curve);
    if (!detailed)
        return;
    if (curve->notes)
        cli_print(cli, "  notes: %s\n", curve->notes);
    print_points(cli, curve);
    print_breakpoints(cli, curve);
}

void show_text(struct cli *cli, const char *file, const struct calibration *calibration,
               const struct calibration_curve *only, const size_t counts[3])
{
    print_header(cli, file, calibration, counts);
    for (size_t i = 0; i < calibration->curve_count; i++)
        if (!only || only == &calibration->curves[i])
            print_curve(cli, &calibration->curves[i], only != NULL);
}
