/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shared points of `calscope diff` as CSV, a row each. */
#include "cli/diff_request.h"
#include "report/csv.h"

static void write_point(struct csv *csv, const struct compared_curve *curve,
                        const struct compared_point *point)
{
    csv_add(csv, curve->name);
    csv_add(csv, curve->rates ? "FLOP/s" : "efficiency");
    csv_add_number(csv, point->flops);
    csv_add_number(csv, point->a);
    csv_add_number(csv, point->b);
    csv_add_number(csv, point->ratio);
    csv_add_number(csv, point->ci_low);
    csv_add_number(csv, point->ci_high);
    csv_add_number(csv, point->p_value);
    csv_add_number(csv, point->p_adjusted);
    csv_add(csv, compare_verdict_name(point->verdict));
    csv_add(csv, point->reason);
    csv_add_number(csv, point->n_a);
    csv_add_number(csv, point->n_b);
    csv_add_number(csv, point->milliseconds_a);
    csv_add_number(csv, point->milliseconds_b);
    csv_end_row(csv);
}

void diff_answer_csv(struct cli *cli, const struct comparison *comparison)
{
    struct csv csv = {.out = &cli->out, .charset = cli->charset};
    static const char *const headings[] = {
        "curve",          "unit",           "flops",      "a",       "b",      "ratio", "ci_low",
        "ci_high",        "p_value",        "p_adjusted", "verdict", "reason", "n_a",   "n_b",
        "milliseconds_a", "milliseconds_b", NULL,
    };
    csv_add_row(&csv, headings);
    for (size_t i = 0; i < comparison->curve_count; i++)
        for (size_t j = 0; j < comparison->curves[i].point_count; j++)
            write_point(&csv, &comparison->curves[i], &comparison->curves[i].points[j]);
}
