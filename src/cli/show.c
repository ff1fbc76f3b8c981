/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope show FILE [-c CURVE]: a calibration as read, its statistics as stored and recomputed.
 *
 * JSON: {"file","schema_version","hardware_id","hardware_name","device_type","precision",
 * "calibration_date","calibration_tool_version","notes","findings":{"errors","warnings","notes"},
 * "curves":[CURVE...]} with CURVE: {"curve","operation_type","description","notes","unit":
 * "FLOPs"|"bytes","min_flops","max_flops","curve_type","breakpoints":[[flops,efficiency]...],
 * "statistics":{"stored":{"known","r_squared","residual_std","max_residual"},
 * "recomputed":{"r_squared","residual_std","max_residual"}},"interval_sense":
 * "population"|"mean"|null,"falling_latency":[[low,high]...],"points":[{"flops","efficiency_mean",
 * "efficiency_std","efficiency_min","efficiency_max","ci_lower","ci_upper","num_observations",
 * "num_samples","source","curve_efficiency","residual"}]}. Stored statistics that are all 0.0 are
 * given as they stand, with known false: the field's spelling of "unknown".
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "check/check.h"
#include "cli/options.h"
#include "cli/show_text.h"
#include "report/csv.h"

static void count_findings(const struct calibration *calibration, const char *path,
                           size_t counts[3])
{
    struct findings findings = {0};
    char *expected_id = check_folder_id(path, calibration);
    check_calibration(calibration, expected_id, &findings);
    for (int i = 0; i < 3; i++)
        counts[i] = findings.counts[i];
    check_done(&findings);
    free(expected_id);
}

static void write_statistics(struct json_writer *writer, const struct calibration_curve *curve,
                             const struct curve_statistics *now)
{
    json_write_object_member(writer, "statistics");
    json_write_object_member(writer, "stored");
    json_write_bool_member(writer, "known", calibration_statistics_known(curve));
    json_write_number_member(writer, "r_squared", curve->r_squared);
    json_write_number_member(writer, "residual_std", curve->residual_std);
    json_write_number_member(writer, "max_residual", curve->max_residual);
    json_write_end(writer);
    json_write_object_member(writer, "recomputed");
    json_write_number_member(writer, "r_squared", now->r_squared);
    json_write_number_member(writer, "residual_std", now->residual_std);
    json_write_number_member(writer, "max_residual", now->max_residual);
    json_write_end(writer);
    json_write_end(writer);
}

static void write_point(struct json_writer *writer, const struct data_point *point,
                        const struct curve *curve)
{
    double here = curve_evaluate(curve, point->flops);
    json_write_object(writer);
    json_write_number_member(writer, "flops", point->flops);
    json_write_number_member(writer, "efficiency_mean", point->mean);
    json_write_number_member(writer, "efficiency_std", point->std);
    json_write_number_member(writer, "efficiency_min", point->min);
    json_write_number_member(writer, "efficiency_max", point->max);
    json_write_number_member(writer, "ci_lower", point->ci_lower);
    json_write_number_member(writer, "ci_upper", point->ci_upper);
    json_write_number_member(writer, "num_observations", point->observations);
    json_write_number_member(writer, "num_samples", point->samples);
    json_write_string_member(writer, "source", point->source_name);
    json_write_number_member(writer, "curve_efficiency", here);
    json_write_number_member(writer, "residual", point->mean - here);
    json_write_end(writer);
}

static const char *sense_word(const struct calibration_curve *curve)
{
    static const char *const words[] = {NULL, "population", "mean"};
    return words[calibration_interval_sense(curve)];
}

static void write_curve(struct json_writer *writer, const struct calibration_curve *curve)
{
    struct curve stored = calibration_stored_curve(curve);
    struct curve_statistics now;
    curve_statistics(&stored, &curve->means, &now, NULL);
    json_write_object(writer);
    json_write_string_member(writer, "curve", curve->name);
    json_write_string_member(writer, "operation_type", curve->operation_type);
    json_write_string_member(writer, "description", curve->description);
    json_write_string_member(writer, "notes", curve->notes);
    json_write_string_member(writer, "unit", calibration_unit(curve));
    json_write_number_member(writer, "min_flops", curve->min_flops);
    json_write_number_member(writer, "max_flops", curve->max_flops);
    json_write_string_member(writer, "curve_type", curve->curve_type);
    json_write_key(writer, "breakpoints");
    cli_write_breakpoints(writer, stored.breakpoints, stored.count);
    write_statistics(writer, curve, &now);
    json_write_string_member(writer, "interval_sense", sense_word(curve));
    cli_write_falling_latency(writer, &stored);
    json_write_array_member(writer, "points");
    for (size_t i = 0; i < curve->means.count; i++)
        write_point(writer, &curve->points[i], &stored);
    json_write_end(writer);
    json_write_end(writer);
}

static void write_header(struct json_writer *writer, const char *file,
                         const struct calibration *calibration, const size_t counts[3])
{
    json_write_string_member(writer, "file", file);
    json_write_string_member(writer, "schema_version", calibration->schema_version);
    json_write_string_member(writer, "hardware_id", calibration->hardware_id);
    json_write_string_member(writer, "hardware_name", calibration->hardware_name);
    json_write_string_member(writer, "device_type", calibration->device_type);
    json_write_string_member(writer, "precision", calibration->precision);
    json_write_string_member(writer, "calibration_date", calibration->calibration_date);
    json_write_string_member(writer, "calibration_tool_version",
                             calibration->calibration_tool_version);
    json_write_string_member(writer, "notes", calibration->notes);
    json_write_object_member(writer, "findings");
    json_write_count_member(writer, "errors", counts[SEVERITY_ERROR]);
    json_write_count_member(writer, "warnings", counts[SEVERITY_WARNING]);
    json_write_count_member(writer, "notes", counts[SEVERITY_NOTE]);
    json_write_end(writer);
}

static void answer_json(struct cli *cli, const char *file, const struct calibration *calibration,
                        const struct calibration_curve *only, const size_t counts[3])
{
    struct json_writer writer = {.out = &cli->out};
    json_write_object(&writer);
    write_header(&writer, file, calibration, counts);
    json_write_array_member(&writer, "curves");
    for (size_t i = 0; i < calibration->curve_count; i++)
        if (!only || only == &calibration->curves[i])
            write_curve(&writer, &calibration->curves[i]);
    json_write_end(&writer);
    json_write_end(&writer);
    buffer_append_string(&cli->out, "\n");
}

static void add_place(struct csv *csv, const char *file, const struct calibration_curve *curve,
                      const char *kind)
{
    csv_add(csv, file);
    csv_add(csv, curve->name);
    csv_add(csv, calibration_unit(curve));
    csv_add(csv, kind);
}

static void add_curve(struct csv *csv, const char *file, const struct calibration_curve *curve)
{
    struct curve stored = calibration_stored_curve(curve);
    for (size_t i = 0; i < curve->means.count; i++) {
        const struct data_point *point = &curve->points[i];
        double here = curve_evaluate(&stored, point->flops);
        const double numbers[] = {
            point->flops,      point->mean,     point->std,          point->min,     point->max,
            point->ci_lower,   point->ci_upper, point->observations, point->samples, here,
            point->mean - here};
        add_place(csv, file, curve, "point");
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
            csv_add_number(csv, numbers[k]);
        csv_add(csv, point->source_name);
        csv_end_row(csv);
    }
    for (size_t i = 0; i < curve->breakpoint_count; i++) {
        enum { EMPTY = 10 };
        add_place(csv, file, curve, "breakpoint");
        csv_add_number(csv, curve->breakpoints[i].flops);
        csv_add_number(csv, curve->breakpoints[i].efficiency);
        for (int k = 0; k < EMPTY; k++)
            csv_add(csv, NULL);
        csv_end_row(csv);
    }
}

/* Points and breakpoints, a row each, told apart by their kind. */
static void answer_csv(struct cli *cli, const char *file, const struct calibration *calibration,
                       const struct calibration_curve *only)
{
    static const char *const headings[] = {"file",
                                           "curve",
                                           "unit",
                                           "kind",
                                           "flops",
                                           "efficiency",
                                           "efficiency_std",
                                           "efficiency_min",
                                           "efficiency_max",
                                           "ci_lower",
                                           "ci_upper",
                                           "num_observations",
                                           "num_samples",
                                           "curve_efficiency",
                                           "residual",
                                           "source",
                                           NULL};
    struct csv csv = {.out = &cli->out, .charset = cli->charset};
    if (cli->out.length == 0) /* the first of many files */
        csv_add_row(&csv, headings);
    for (size_t i = 0; i < calibration->curve_count; i++)
        if (!only || only == &calibration->curves[i])
            add_curve(&csv, file, &calibration->curves[i]);
}

/* Each FILE of a run is shown in the same way. */
struct run {
    struct cli *cli;
    const char *curve_name; /* NULL: every curve */
};

static int show(void *context, const char *file)
{
    struct cli *cli = ((const struct run *)context)->cli;
    const char *curve_name = ((const struct run *)context)->curve_name;
    if (cli->out.length > 0 && !cli->json && !cli->csv)
        buffer_append_string(&cli->out, "\n");
    char *path = NULL;
    struct calibration *calibration = cli_load(cli, file, &path);
    if (!calibration)
        return EXIT_TROUBLE;
    const struct calibration_curve *only =
        curve_name ? cli_find_curve(cli, file, calibration, curve_name) : NULL;
    bool found = only || !curve_name;
    size_t counts[3];
    count_findings(calibration, path, counts);
    if (found && cli->json)
        answer_json(cli, file, calibration, only, counts);
    else if (found && cli->csv)
        answer_csv(cli, file, calibration, only);
    else if (found)
        show_text(cli, file, calibration, only, counts);
    free(path);
    calibration_free(calibration);
    return found ? EXIT_FINE : EXIT_TROUBLE;
}

static int run(struct cli *cli, int argc, char **argv)
{
    static const struct option longs[] = {
        {"curve", required_argument, NULL, 'c'}, OPTIONS_CSV, OPTIONS_NAMES};
    static const struct option_set own = {"c:", longs, 3};
    struct run run = {.cli = cli};
    int option;
    options_begin();
    while ((option = options_next(cli, argc, argv, &own)) >= 0)
        run.curve_name = optarg;
    if (option != OPTIONS_END)
        return options_status(option);
    if (cli->names && optind < argc)
        return cli_misuse(cli, "names come from %s: no FILE beside them", cli->names);
    if (!cli->names && optind == argc)
        return cli_misuse(cli, "show wants at least one FILE");
    return options_each_name(cli, argv + optind, argc - optind, show, &run);
}

const struct command command_show = {
    .name = "show",
    .usage = "show FILE... [-c CURVE]",
    .help = "Shows what a calibration holds: facts, and for each curve its points, range and\n"
            "its statistics, as stored and recomputed over the points. JSON is a line a FILE.\n"
            "\n"
            "  -c, --curve CURVE   one curve only, with its points and breakpoints\n"
            "  --csv               comma-separated values, a row a point or breakpoint\n"
            "  --files0-from LIST  NUL-ended names of FILEs, from LIST or - (standard input)\n",
    .run = run,
};
