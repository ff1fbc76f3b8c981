/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables and sentences of `calscope diff`. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "cli/diff_request.h"
#include "compare/summary.h"
#include "report/changes.h"
#include "report/table.h"

enum { LINES_SHOWN = 4 }; /* breakpoints and sizes of a curve that was not asked for by name */

/* A side's value, "-" where it has none; of a long one what differs. */
static void add_value(struct table *table, const char *value, const char *other,
                      enum text_charset charset)
{
    struct buffer text = {0};
    if (value)
        changes_append_text(value, other, charset, TABLE_LIMIT, &text);
    table_add(table, value ? buffer_string(&text) : "-");
    buffer_done(&text);
}

static void print_fields(struct cli *cli, const struct diff_request *request,
                         const struct comparison *comparison)
{
    const struct table_column columns[] = {
        {"", TABLE_LEFT, 0}, {request->a, TABLE_LEFT, 0}, {request->b, TABLE_LEFT, TABLE_LIMIT}};
    struct table *table = table_new(columns, 3);
    for (size_t i = 0; i < comparison->field_count; i++) {
        const struct compared_field *field = &comparison->fields[i];
        table_add(table, field->field);
        add_value(table, field->a, field->b, cli->charset);
        add_value(table, field->b, field->a, cli->charset);
    }
    if (comparison->field_count)
        table_render(table, 0, cli->charset, &cli->out);
    table_free(table);
}

/* An efficiency, or a rate with its prefix. */
static void add_figure(struct table *table, const struct compared_curve *curve, double value)
{
    if (curve->rates)
        table_add_size(table, value);
    else
        table_add_number(table, value, 5);
}

/* "3 better, 1 same, 2 unclear" over the shared points. */
static void add_verdicts(struct table *table, const struct compared_curve *curve)
{
    struct buffer text = {0};
    if (curve->point_count && curve->changed_points == 0)
        buffer_append_string(&text, "unchanged");
    else
        compare_append_verdicts(curve, &text);
    table_add(table, text.length ? text.bytes : "none shared");
    buffer_done(&text);
}

static void add_curve(struct table *table, const struct compared_curve *curve)
{
    char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    table_add(table, curve->name);
    if (!curve->a || !curve->b) {
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
    add_figure(table, curve, curve->area);
    if (curve->has_range)
        table_print(table, "%s to %s", low, high);
    else
        table_add(table, "nothing in common");
    add_verdicts(table, curve);
}

static void print_curves(struct cli *cli, const struct comparison *comparison)
{
    static const struct table_column columns[] = {
        {"CURVE", TABLE_LEFT, 40},       {"STATE", TABLE_LEFT, 0},
        {"MEAN B/A", TABLE_RIGHT, 0},    {"LARGEST B/A", TABLE_RIGHT, 0},
        {"AT", TABLE_RIGHT, 0},          {"AREA", TABLE_RIGHT, 0},
        {"COMMON RANGE", TABLE_LEFT, 0}, {"SHARED POINTS", TABLE_LEFT, 0},
    };
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < comparison->curve_count; i++)
        add_curve(table, &comparison->curves[i]);
    if (comparison->field_count)
        buffer_append_string(&cli->out, "\n");
    table_render(table, 0, cli->charset, &cli->out);
    table_free(table);
}

/* The number of observations behind both means: "10, 7". */
static void add_counts(struct table *table, const struct compared_point *point)
{
    char a[NUMBER_TEXT_MAX], b[NUMBER_TEXT_MAX];
    number_print_short(point->n_a, 6, a);
    number_print_short(point->n_b, 6, b);
    table_print(table, "%s, %s", a, b);
}

static void add_point(struct table *table, const struct compared_curve *curve,
                      const struct compared_point *point)
{
    table_add_size(table, point->flops);
    add_figure(table, curve, point->a);
    add_figure(table, curve, point->b);
    if (curve->rates) {
        table_add_number(table, point->milliseconds_a, 4);
        table_add_number(table, point->milliseconds_b, 4);
    }
    table_add_number(table, point->ratio, 4);
    table_add_number(table, point->ci_low, 4);
    table_add_number(table, point->ci_high, 4);
    table_add_number(table, point->p_adjusted, 3);
    add_counts(table, point);
    table_print(table, "%s%s%s", compare_verdict_name(point->verdict), point->reason ? ": " : "",
                point->reason ? point->reason : "");
}

static void print_points(struct cli *cli, const struct compared_curve *curve)
{
    static const struct table_column efficiencies[] = {
        {"SIZE", TABLE_RIGHT, 0},       {"A", TABLE_RIGHT, 0},        {"B", TABLE_RIGHT, 0},
        {"B/A", TABLE_RIGHT, 0},        {"95 % LOW", TABLE_RIGHT, 0}, {"HIGH", TABLE_RIGHT, 0},
        {"P ADJUSTED", TABLE_RIGHT, 0}, {"N", TABLE_LEFT, 0},         {"VERDICT", TABLE_LEFT, 0},
    };
    static const struct table_column rates[] = {
        {"SIZE", TABLE_RIGHT, 0},     {"A FLOP/S", TABLE_RIGHT, 0}, {"B FLOP/S", TABLE_RIGHT, 0},
        {"A MS", TABLE_RIGHT, 0},     {"B MS", TABLE_RIGHT, 0},     {"B/A", TABLE_RIGHT, 0},
        {"95 % LOW", TABLE_RIGHT, 0}, {"HIGH", TABLE_RIGHT, 0},     {"P ADJUSTED", TABLE_RIGHT, 0},
        {"N", TABLE_LEFT, 0},         {"VERDICT", TABLE_LEFT, 0},
    };
    if (curve->point_count == 0)
        return;
    struct table *table = curve->rates
                              ? table_new(rates, sizeof rates / sizeof *rates)
                              : table_new(efficiencies, sizeof efficiencies / sizeof *efficiencies);
    for (size_t i = 0; i < curve->point_count; i++)
        add_point(table, curve, &curve->points[i]);
    table_render(table, 2, cli->charset, &cli->out);
    table_free(table);
}

static void print_changes(struct cli *cli, const struct compared_curve *curve, size_t limit)
{
    struct buffer lines = {0};
    char *rest = NULL;
    changes_of_curve(curve, cli->charset, limit, &lines);
    for (char *line = lines.bytes ? strtok_r(lines.bytes, "\n", &rest) : NULL; line;
         line = strtok_r(NULL, "\n", &rest))
        cli_print(cli, "  %s\n", line);
    buffer_done(&lines);
}

/* What differs in one curve of both sides, at length where it was asked for by name. */
static void print_curve(struct cli *cli, const struct compared_curve *curve, bool named)
{
    size_t limit = named ? SIZE_MAX : LINES_SHOWN;
    if (!curve->a || !curve->b || !curve->differs)
        return;
    struct buffer summary = {0};
    summary_of_curve(curve, &summary);
    cli_print(cli, "\n%s %s\n", curve->name, buffer_string(&summary));
    buffer_done(&summary);
    if (named)
        print_points(cli, curve);
    print_changes(cli, curve, limit);
}

static void print_summary(struct cli *cli, const struct comparison *comparison)
{
    struct buffer text = {0};
    summary_of_comparison(comparison, cli->charset, &text);
    cli_print(cli, "%s\n\n", buffer_string(&text));
    buffer_done(&text);
}

void diff_answer_text(struct cli *cli, const struct diff_request *request,
                      const struct comparison *comparison)
{
    if (!comparison->differs) {
        cli_print(cli, "no differences\n");
        return;
    }
    print_summary(cli, comparison);
    print_fields(cli, request, comparison);
    print_curves(cli, comparison);
    for (size_t i = 0; i < comparison->curve_count; i++)
        print_curve(cli, &comparison->curves[i], request->curve_name != NULL);
    if (comparison->warning_count)
        buffer_append_string(&cli->out, "\n");
    for (size_t i = 0; i < comparison->warning_count; i++)
        cli_print(cli, "warning: %s\n", comparison->warnings[i]);
}

/* In CSV the answer is for programs: sentences go to standard error. */
static void tell(struct cli *cli, const char *text)
{
    if (cli->csv)
        cli_say(cli, "%s", text);
    else
        cli_print(cli, "%s\n", text);
}

static void tell_tripped(struct cli *cli, const struct diff_request *request,
                         const struct compared_curve *curve, const struct compared_point *point,
                         const char *threshold)
{
    char size[NUMBER_TEXT_MAX], ratio[NUMBER_TEXT_MAX], low[NUMBER_TEXT_MAX];
    char high[NUMBER_TEXT_MAX], percent[NUMBER_TEXT_MAX];
    bool worse = strcmp(threshold, "worse") == 0;
    number_print_si(point->flops, 4, size);
    number_print_short(point->ratio, 4, ratio);
    number_print_short(point->ci_low, 4, low);
    number_print_short(point->ci_high, 4, high);
    number_print_short(100 * (worse ? request->gate.worse : request->gate.better), 4, percent);
    char *text = memory_print("gate: %s at %s is more than %s %% %s: B/A %s (%s to %s)",
                              curve->name, size, percent, threshold, ratio, low, high);
    tell(cli, text);
    free(text);
}

void diff_tell_gate(struct cli *cli, const struct diff_request *request,
                    const struct comparison *comparison)
{
    struct gate_count count = gate_count(&request->gate, comparison);
    if (!cli->csv)
        buffer_append_string(&cli->out, "\n");
    for (size_t i = 0; i < comparison->curve_count; i++)
        for (size_t j = 0; j < comparison->curves[i].point_count; j++) {
            const struct compared_point *point = &comparison->curves[i].points[j];
            const char *threshold = gate_tripped(&request->gate, point);
            if (threshold)
                tell_tripped(cli, request, &comparison->curves[i], point, threshold);
        }
    char *text = memory_print("gate: tripped at %zu shared point%s; %zu without an interval",
                              count.tripped, count.tripped == 1 ? "" : "s", count.untested);
    tell(cli, text);
    free(text);
}
