/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope eval FILE -c CURVE FLOPS...: the efficiency of a stored curve at sizes.
 *
 * JSON, one object a file and a line:
 * {"file","curve","results":[{"flops","efficiency","range","milliseconds","point_range"}]}; range
 * is "inside", "below" or "above" min_flops..max_flops (a bound that the file has not bounds
 * nothing), point_range the same of the data points, null where there are none; milliseconds are
 * flops / (peak x efficiency), null without --peak.
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "cli/options.h"
#include "report/csv.h"
#include "report/readout.h"
#include "report/table.h"

/* One size asked about. */
struct evaluation {
    double flops, efficiency, milliseconds;
    const char *range, *point_range;
};

struct request {
    struct cli *cli;
    const char *file, *curve_name;
    double peak; /* FLOPs (or bytes) a second, NaN without one */
    const double *sizes;
    size_t count;
};

static struct evaluation evaluate(const struct calibration_curve *curve, double flops, double peak)
{
    struct curve stored = calibration_stored_curve(curve);
    double efficiency = curve_evaluate(&stored, flops);
    return (struct evaluation){
        .flops = flops,
        .efficiency = efficiency,
        .milliseconds = readout_milliseconds(&stored, flops, peak),
        .range = calibration_place(curve, flops),
        .point_range = calibration_place_of_points(curve, flops),
    };
}

static void answer_json(struct cli *cli, const struct calibration_curve *curve,
                        const struct request *request)
{
    struct json_writer writer = {.out = &cli->out};
    json_write_object(&writer);
    json_write_string_member(&writer, "file", request->file);
    json_write_string_member(&writer, "curve", curve->name);
    json_write_array_member(&writer, "results");
    for (size_t i = 0; i < request->count; i++) {
        struct evaluation result = evaluate(curve, request->sizes[i], request->peak);
        json_write_object(&writer);
        json_write_number_member(&writer, "flops", result.flops);
        json_write_number_member(&writer, "efficiency", result.efficiency);
        json_write_string_member(&writer, "range", result.range);
        json_write_number_member(&writer, "milliseconds", result.milliseconds);
        json_write_string_member(&writer, "point_range", result.point_range);
        json_write_end(&writer);
    }
    json_write_end(&writer);
    json_write_end(&writer);
    buffer_append_string(&cli->out, "\n");
}

static void answer_csv(struct cli *cli, const struct calibration_curve *curve,
                       const struct request *request)
{
    static const char *const headings[] = {"file",         "curve",       "unit",
                                           "flops",        "efficiency",  "range",
                                           "milliseconds", "point_range", NULL};
    struct csv csv = {.out = &cli->out, .charset = cli->charset};
    if (cli->out.length == 0) /* the first of many files */
        csv_add_row(&csv, headings);
    for (size_t i = 0; i < request->count; i++) {
        struct evaluation result = evaluate(curve, request->sizes[i], request->peak);
        csv_add(&csv, request->file);
        csv_add(&csv, curve->name);
        csv_add(&csv, calibration_unit(curve));
        csv_add_number(&csv, result.flops);
        csv_add_number(&csv, result.efficiency);
        csv_add(&csv, result.range);
        csv_add_number(&csv, result.milliseconds);
        csv_add(&csv, result.point_range);
        csv_end_row(&csv);
    }
}

/* "inside", or "inside, no point below 33.3 k" */
static void add_range(struct table *table, const struct calibration_curve *curve,
                      const struct evaluation *result)
{
    struct buffer points = {0};
    bool told = readout_points_there(curve, result->flops, &points);
    table_print(table, "%s%s%s", result->range, told ? ", " : "", buffer_string(&points));
    buffer_done(&points);
}

static void answer_text(struct cli *cli, const struct calibration_curve *curve,
                        const struct request *request)
{
    const struct table_column columns[] = {
        {curve->bandwidth ? "BYTES" : "FLOPS", TABLE_RIGHT, 0},
        {"EFFICIENCY", TABLE_RIGHT, 0},
        {"RANGE", TABLE_LEFT, 0},
        {"MILLISECONDS", TABLE_RIGHT, 0},
    };
    bool timed = !isnan(request->peak);
    if (cli->out.length > 0)
        buffer_append_string(&cli->out, "\n");
    if (cli->names)
        cli_print(cli, "%s: %s\n", request->file, curve->name);
    struct table *table = table_new(columns, timed ? 4 : 3);
    for (size_t i = 0; i < request->count; i++) {
        struct evaluation result = evaluate(curve, request->sizes[i], request->peak);
        table_add_size(table, result.flops);
        table_add_number(table, result.efficiency, 6);
        add_range(table, curve, &result);
        if (timed)
            table_add_number(table, result.milliseconds, 6);
    }
    table_render(table, 0, cli->charset, &cli->out);
    table_free(table);
}

static int answer(void *context, const char *file)
{
    struct request *request = (struct request *)context;
    struct cli *cli = request->cli;
    int status = EXIT_TROUBLE;
    request->file = file;
    struct calibration *calibration = cli_load(cli, request->file, NULL);
    if (!calibration)
        return status;
    const struct calibration_curve *curve =
        cli_find_curve(cli, request->file, calibration, request->curve_name);
    if (curve) {
        status = EXIT_FINE;
        if (cli->json)
            answer_json(cli, curve, request);
        else if (cli->csv)
            answer_csv(cli, curve, request);
        else
            answer_text(cli, curve, request);
    }
    calibration_free(calibration);
    return status;
}

static bool read_size(const struct cli *cli, const char *what, const char *text, double *size)
{
    if (number_parse_size(text, size) && *size > 0)
        return true;
    cli_misuse(cli, "`%s` is no %s: a positive number like 250M, 1.5G or 3e9", text, what);
    return false;
}

static int answer_sizes(struct request *request, char **files, char **words, size_t count)
{
    const struct cli *cli = request->cli;
    double *sizes = memory_new_array(count, sizeof *sizes);
    int status = EXIT_TROUBLE;
    size_t read = 0;
    while (read < count && read_size(cli, "size", words[read], &sizes[read]))
        read++;
    request->sizes = sizes;
    request->count = count;
    if (read == count)
        status = options_each_name(cli, files, 1, answer, request);
    free(sizes);
    return status;
}

static int run(struct cli *cli, int argc, char **argv)
{
    static const struct option longs[] = {{"curve", required_argument, NULL, 'c'},
                                          {"peak", required_argument, NULL, 'p'},
                                          OPTIONS_CSV,
                                          OPTIONS_NAMES};
    static const struct option_set own = {"c:", longs, 4};
    struct request request = {.cli = cli, .peak = NAN};
    int option;
    options_begin();
    while ((option = options_next(cli, argc, argv, &own)) >= 0) {
        if (option == 'c')
            request.curve_name = optarg;
        else if (!read_size(cli, "peak", optarg, &request.peak))
            return EXIT_TROUBLE;
    }
    if (option != OPTIONS_END)
        return options_status(option);
    int files = cli->names ? 0 : 1; /* with a list of names, all operands are sizes */
    if (argc - optind < files + 1)
        return cli_misuse(cli, "eval wants a FILE and at least one size");
    return answer_sizes(&request, argv + optind, argv + optind + files,
                        (size_t)(argc - optind - files));
}

const struct command command_eval = {
    .name = "eval",
    .usage = "eval FILE -c CURVE FLOPS... [--peak P]",
    .help = "Evaluates a stored curve at sizes: linear in log10(FLOPs) between breakpoints,\n"
            "the nearest end outside. RANGE says where a size lies to min_flops..max_flops,\n"
            "and to the data points where that is elsewhere.\n"
            "\n"
            "  -c, --curve CURVE   which curve (may be left out where the file has one)\n"
            "  --peak P            the peak in FLOPs (or bytes) a second, like 2.66T: adds\n"
            "                      the milliseconds that an operation of that size would take\n"
            "  --csv               comma-separated values, a row a size\n"
            "  --files0-from LIST  NUL-ended names of FILEs, from LIST or - (standard input),\n"
            "                      instead of FILE\n",
    .run = run,
};
