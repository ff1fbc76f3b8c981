/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope diff A B [-c CURVE]: what differs between two calibrations, where, and how surely.
 *
 * JSON: {"a","b","metadata":[{"field","a","b"}],"curves":[{"curve","only_in":null|"a"|"b",
 * "common_range":[low,high]|null,"geomean_ratio","max_ratio":{"flops","ratio"}|null,"points":[{
 * "flops","a","b","ratio","ci_low","ci_high","p_value","p_adjusted","verdict"}]}],"warnings":[]}.
 * Ratios are b/a; points are those at the same size in both.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/options.h"
#include "compare/compare.h"
#include "report/table.h"

enum { OPTION_MARGIN = OPTION_OWN, OPTION_N };

struct request {
    const char *a, *b, *curve_name;
    struct compare_options options;
};

static void write_fields(struct json_writer *writer, const struct comparison *comparison)
{
    json_write_key(writer, "metadata");
    json_write_array(writer);
    for (size_t i = 0; i < comparison->field_count; i++) {
        json_write_object(writer);
        json_write_string_member(writer, "field", comparison->fields[i].field);
        json_write_string_member(writer, "a", comparison->fields[i].a);
        json_write_string_member(writer, "b", comparison->fields[i].b);
        json_write_end(writer);
    }
    json_write_end(writer);
}

static void write_point(struct json_writer *writer, const struct compared_point *point)
{
    json_write_object(writer);
    json_write_number_member(writer, "flops", point->flops);
    json_write_number_member(writer, "a", point->a);
    json_write_number_member(writer, "b", point->b);
    json_write_number_member(writer, "ratio", point->ratio);
    json_write_number_member(writer, "ci_low", point->ci_low);
    json_write_number_member(writer, "ci_high", point->ci_high);
    json_write_number_member(writer, "p_value", point->p_value);
    json_write_number_member(writer, "p_adjusted", point->p_adjusted);
    json_write_string_member(writer, "verdict", compare_verdict_name(point->verdict));
    json_write_end(writer);
}

static const char *only_in(const struct compared_curve *curve)
{
    return curve->a && curve->b ? NULL : curve->a ? "a" : "b";
}

static void write_curve(struct json_writer *writer, const struct compared_curve *curve)
{
    json_write_object(writer);
    json_write_string_member(writer, "curve", curve->name);
    json_write_string_member(writer, "only_in", only_in(curve));
    json_write_key(writer, "common_range");
    if (curve->has_range) {
        json_write_array(writer);
        json_write_number(writer, curve->range_low);
        json_write_number(writer, curve->range_high);
        json_write_end(writer);
    } else {
        json_write_null(writer);
    }
    json_write_number_member(writer, "geomean_ratio", curve->geomean_ratio);
    json_write_key(writer, "max_ratio");
    json_write_object(writer);
    json_write_number_member(writer, "flops", curve->max_ratio_flops);
    json_write_number_member(writer, "ratio", curve->max_ratio);
    json_write_end(writer);
    json_write_key(writer, "points");
    json_write_array(writer);
    for (size_t i = 0; i < curve->point_count; i++)
        write_point(writer, &curve->points[i]);
    json_write_end(writer);
    json_write_end(writer);
}

static void answer_json(struct cli *cli, const struct request *request,
                        const struct comparison *comparison)
{
    struct json_writer writer = {.out = &cli->out};
    json_write_object(&writer);
    json_write_string_member(&writer, "a", request->a);
    json_write_string_member(&writer, "b", request->b);
    write_fields(&writer, comparison);
    json_write_key(&writer, "curves");
    json_write_array(&writer);
    for (size_t i = 0; i < comparison->curve_count; i++)
        write_curve(&writer, &comparison->curves[i]);
    json_write_end(&writer);
    json_write_key(&writer, "warnings");
    json_write_array(&writer);
    for (size_t i = 0; i < comparison->warning_count; i++)
        json_write_string(&writer, comparison->warnings[i]);
    json_write_end(&writer);
    json_write_end(&writer);
    buffer_append_string(&cli->out, "\n");
}

static void print_fields(struct cli *cli, const struct request *request,
                         const struct comparison *comparison)
{
    const struct table_column columns[] = {
        {"", TABLE_LEFT, 0}, {request->a, TABLE_LEFT, 0}, {request->b, TABLE_LEFT, TABLE_LIMIT}};
    struct table *table = table_new(columns, 3);
    for (size_t i = 0; i < comparison->field_count; i++) {
        table_add(table, comparison->fields[i].field);
        table_add(table, comparison->fields[i].a ? comparison->fields[i].a : "-");
        table_add(table, comparison->fields[i].b ? comparison->fields[i].b : "-");
    }
    if (comparison->field_count)
        table_render(table, 0, cli->charset, &cli->out);
    table_free(table);
}

/* "3 better, 1 same, 2 unclear" over the shared points. */
static void add_verdicts(struct table *table, const struct compared_curve *curve)
{
    struct buffer text = {0};
    compare_append_verdicts(curve, &text);
    table_add(table, text.length ? text.bytes : "none shared");
    buffer_done(&text);
}

static void add_curve(struct table *table, const struct compared_curve *curve)
{
    char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    table_add(table, curve->name);
    if (only_in(curve)) {
        table_print(table, "only in %s", curve->a ? "A" : "B");
        table_end_row(table);
        return;
    }
    number_print_si(curve->range_low, 3, low);
    number_print_si(curve->range_high, 3, high);
    table_add(table, curve->differs ? "differs" : "equal");
    table_add_number(table, curve->geomean_ratio, 4);
    table_add_number(table, curve->max_ratio, 4);
    table_add_size(table, curve->max_ratio_flops);
    if (curve->has_range)
        table_print(table, "%s to %s", low, high);
    else
        table_add(table, "nothing in common");
    add_verdicts(table, curve);
}

static void print_curves(struct cli *cli, const struct comparison *comparison)
{
    static const struct table_column columns[] = {
        {"CURVE", TABLE_LEFT, 40},        {"STATE", TABLE_LEFT, 0}, {"MEAN B/A", TABLE_RIGHT, 0},
        {"LARGEST B/A", TABLE_RIGHT, 0},  {"AT", TABLE_RIGHT, 0},   {"COMMON RANGE", TABLE_LEFT, 0},
        {"SHARED POINTS", TABLE_LEFT, 0},
    };
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < comparison->curve_count; i++)
        add_curve(table, &comparison->curves[i]);
    if (comparison->field_count)
        buffer_append_string(&cli->out, "\n");
    table_render(table, 0, cli->charset, &cli->out);
    table_free(table);
}

static void print_points(struct cli *cli, const struct compared_curve *curve)
{
    const struct table_column columns[] = {
        {"SIZE", TABLE_RIGHT, 0},       {"A", TABLE_RIGHT, 0},        {"B", TABLE_RIGHT, 0},
        {"B/A", TABLE_RIGHT, 0},        {"95 % LOW", TABLE_RIGHT, 0}, {"HIGH", TABLE_RIGHT, 0},
        {"P ADJUSTED", TABLE_RIGHT, 0}, {"VERDICT", TABLE_LEFT, 0},
    };
    if (curve->point_count == 0)
        return;
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < curve->point_count; i++) {
        const struct compared_point *point = &curve->points[i];
        table_add_size(table, point->flops);
        table_add_number(table, point->a, 5);
        table_add_number(table, point->b, 5);
        table_add_number(table, point->ratio, 4);
        table_add_number(table, point->ci_low, 4);
        table_add_number(table, point->ci_high, 4);
        table_add_number(table, point->p_adjusted, 3);
        table_print(table, "%s%s%s", compare_verdict_name(point->verdict),
                    point->reason ? ": " : "", point->reason ? point->reason : "");
    }
    cli_print(cli, "\n%s\n", curve->name);
    table_render(table, 0, cli->charset, &cli->out);
    table_free(table);
}

static void answer_text(struct cli *cli, const struct request *request,
                        const struct comparison *comparison)
{
    if (!comparison->differs) {
        cli_print(cli, "no differences\n");
        return;
    }
    print_fields(cli, request, comparison);
    print_curves(cli, comparison);
    for (size_t i = 0; request->curve_name && i < comparison->curve_count; i++)
        print_points(cli, &comparison->curves[i]);
    for (size_t i = 0; i < comparison->warning_count; i++)
        cli_print(cli, "warning: %s\n", comparison->warnings[i]);
}

/* One curve of both; where only one side has it, that is the difference. */
static struct comparison *compare_named(const struct cli *cli, const struct request *request,
                                        const struct calibration *a, const struct calibration *b)
{
    struct error error;
    const struct calibration_curve *in_a = calibration_find(a, request->curve_name, NULL);
    const struct calibration_curve *in_b = calibration_find(b, request->curve_name, &error);
    if (!in_a && !in_b) {
        cli_complain(cli, request->b, &error);
        return NULL;
    }
    return compare_curves(a, in_a, b, in_b, &request->options);
}

static int compare(struct cli *cli, const struct request *request, const struct calibration *a,
                   const struct calibration *b)
{
    struct comparison *comparison = request->curve_name
                                        ? compare_named(cli, request, a, b)
                                        : compare_calibrations(a, b, &request->options);
    if (!comparison)
        return EXIT_TROUBLE;
    if (cli->json)
        answer_json(cli, request, comparison);
    else
        answer_text(cli, request, comparison);
    int status = comparison->differs ? EXIT_NO : EXIT_FINE;
    comparison_free(comparison);
    return status;
}

static int load_and_compare(struct cli *cli, const struct request *request)
{
    struct calibration *a = cli_load(cli, request->a, NULL);
    struct calibration *b = a ? cli_load(cli, request->b, NULL) : NULL;
    int status = a && b ? compare(cli, request, a, b) : EXIT_TROUBLE;
    calibration_free(a);
    calibration_free(b);
    return status;
}

static bool take_option(const struct cli *cli, int option, struct request *request)
{
    if (option == 'c') {
        request->curve_name = optarg;
        return true;
    }
    if (option == OPTION_MARGIN)
        return options_read_percent(cli, "--margin", optarg, &request->options.margin);
    request->options.use_samples = strcmp(optarg, "samples") == 0;
    if (request->options.use_samples || strcmp(optarg, "observations") == 0)
        return true;
    cli_misuse(cli, "--n is observations or samples, not `%s`", optarg);
    return false;
}

static int run(struct cli *cli, int argc, char **argv)
{
    static const struct option longs[] = {
        {"curve", required_argument, NULL, 'c'},
        {"margin", required_argument, NULL, OPTION_MARGIN},
        {"n", required_argument, NULL, OPTION_N},
    };
    static const struct option_set own = {"c:", longs, sizeof longs / sizeof *longs};
    struct request request = {.options = {.margin = 0.05}};
    int option;
    options_begin();
    while ((option = options_next(cli, argc, argv, &own)) >= 0)
        if (!take_option(cli, option, &request))
            return EXIT_TROUBLE;
    if (option != OPTIONS_END)
        return options_status(option);
    if (argc - optind != 2)
        return cli_misuse(cli, "diff wants two FILEs");
    request.a = argv[optind];
    request.b = argv[optind + 1];
    if (strcmp(request.a, "-") == 0 && strcmp(request.b, "-") == 0)
        return cli_misuse(cli, "standard input can be one side only");
    return load_and_compare(cli, &request);
}

const struct command command_diff = {
    .name = "diff",
    .usage = "diff A B [-c CURVE]",
    .help = "Compares two calibrations; ratios are B/A. Points that both have at the same size\n"
            "are compared by Welch's test on the log ratio, Holm-adjusted over the table.\n"
            "Exit status 0 if nothing differs, 1 if anything does.\n"
            "\n"
            "  -c, --curve CURVE   one curve only, with its shared points\n"
            "  --margin PERCENT    how close counts as the same (default 5)\n"
            "  --n WHICH           observations (default) or samples as the number behind a mean\n",
    .run = run,
};
