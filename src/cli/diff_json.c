/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The JSON of `calscope diff`: {"a","b","metadata":[{"field","a","b"}],"curves":[CURVE...],
 * "warnings":[],"summary","differs","peaks":[a,b]|null,"gate":null|{"worse","better","tripped":[{
 * "curve","flops","ratio","ci_low","ci_high","threshold":"worse"|"better"}],"untested"}}.
 *
 * CURVE: {"curve","only_in":null|"a"|"b","common_range":[low,high]|null,"geomean_ratio",
 * "max_ratio":{"flops","ratio"},"points":[{"flops","a","b","ratio","ci_low","ci_high","p_value",
 * "p_adjusted","verdict","reason","n_a","n_b","milliseconds_a","milliseconds_b"}],"summary",
 * "unit":"efficiency"|"FLOP/s","area","breakpoints":[{"change":"added"|"moved"|"removed",
 * "index_a","index_b","a":[flops,efficiency]|null,"b"}],"points_only_in_a":[flops...],
 * "points_only_in_b","points_changed","fields":[{"field","a","b"}]}.
 *
 * Ratios are b/a; points are those at the same size in both; a, b and area are in unit. Breakpoints
 * are as stored. Indices count from 0. untested: shared points without an interval.
 */
#include <math.h>

#include "cli/diff_request.h"
#include "compare/summary.h"

static const char *only_in(const struct compared_curve *curve)
{
    return curve->a && curve->b ? NULL : curve->a ? "a" : "b";
}

static void write_fields(struct json_writer *writer, const char *key,
                         const struct compared_field *fields, size_t count)
{
    json_write_array_member(writer, key);
    for (size_t i = 0; i < count; i++) {
        json_write_object(writer);
        json_write_string_member(writer, "field", fields[i].field);
        json_write_string_member(writer, "a", fields[i].a);
        json_write_string_member(writer, "b", fields[i].b);
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
    json_write_string_member(writer, "reason", point->reason);
    json_write_number_member(writer, "n_a", point->n_a);
    json_write_number_member(writer, "n_b", point->n_b);
    json_write_number_member(writer, "milliseconds_a", point->milliseconds_a);
    json_write_number_member(writer, "milliseconds_b", point->milliseconds_b);
    json_write_end(writer);
}

static void write_breakpoint(struct json_writer *writer, const char *key,
                             const struct breakpoint *breakpoint)
{
    json_write_key(writer, key);
    if (!breakpoint) {
        json_write_null(writer);
        return;
    }
    json_write_pair(writer, breakpoint->flops, breakpoint->efficiency);
}

/* The indices are null on the side that lacks it, as the breakpoint is. */
static void write_change(struct json_writer *writer, const struct breakpoint_change *change)
{
    bool has_a = change->fate != BREAKPOINT_ADDED, has_b = change->fate != BREAKPOINT_REMOVED;
    json_write_object(writer);
    json_write_string_member(writer, "change", breakpoint_fate_name(change->fate));
    json_write_known_count_member(writer, "index_a", has_a, change->index_a);
    json_write_known_count_member(writer, "index_b", has_b, change->index_b);
    write_breakpoint(writer, "a", has_a ? &change->a : NULL);
    write_breakpoint(writer, "b", has_b ? &change->b : NULL);
    json_write_end(writer);
}

/* What a curve says beyond its shared points. */
static void write_structure(struct json_writer *writer, const struct compared_curve *curve)
{
    struct buffer summary = {0};
    summary_of_curve(curve, &summary);
    json_write_string_member(writer, "summary", buffer_string(&summary));
    buffer_done(&summary);
    json_write_string_member(writer, "unit", curve->rates ? "FLOP/s" : "efficiency");
    json_write_number_member(writer, "area", curve->area);
    json_write_array_member(writer, "breakpoints");
    for (size_t i = 0; i < curve->change_count; i++)
        write_change(writer, &curve->changes[i]);
    json_write_end(writer);
    json_write_numbers_member(writer, "points_only_in_a", curve->sizes_only_a, curve->only_a_count);
    json_write_numbers_member(writer, "points_only_in_b", curve->sizes_only_b, curve->only_b_count);
    json_write_count_member(writer, "points_changed", curve->changed_points);
    write_fields(writer, "fields", curve->fields, curve->field_count);
}

static void write_curve(struct json_writer *writer, const struct compared_curve *curve)
{
    json_write_object(writer);
    json_write_string_member(writer, "curve", curve->name);
    json_write_string_member(writer, "only_in", only_in(curve));
    json_write_key(writer, "common_range");
    if (curve->has_range) {
        json_write_pair(writer, curve->range_low, curve->range_high);
    } else {
        json_write_null(writer);
    }
    json_write_number_member(writer, "geomean_ratio", curve->geomean_ratio);
    json_write_object_member(writer, "max_ratio");
    json_write_number_member(writer, "flops", curve->max_ratio_flops);
    json_write_number_member(writer, "ratio", curve->max_ratio);
    json_write_end(writer);
    json_write_array_member(writer, "points");
    for (size_t i = 0; i < curve->point_count; i++)
        write_point(writer, &curve->points[i]);
    json_write_end(writer);
    write_structure(writer, curve);
    json_write_end(writer);
}

static void write_tripped(struct json_writer *writer, const struct compare_gate *gate,
                          const struct compared_curve *curve)
{
    for (size_t i = 0; i < curve->point_count; i++) {
        const struct compared_point *point = &curve->points[i];
        const char *threshold = gate_tripped(gate, point);
        if (!threshold)
            continue;
        json_write_object(writer);
        json_write_string_member(writer, "curve", curve->name);
        json_write_number_member(writer, "flops", point->flops);
        json_write_number_member(writer, "ratio", point->ratio);
        json_write_number_member(writer, "ci_low", point->ci_low);
        json_write_number_member(writer, "ci_high", point->ci_high);
        json_write_string_member(writer, "threshold", threshold);
        json_write_end(writer);
    }
}

static void write_gate(struct json_writer *writer, const struct diff_request *request,
                       const struct comparison *comparison)
{
    const struct compare_gate *gate = &request->gate;
    json_write_key(writer, "gate");
    if (!diff_has_gate(request)) {
        json_write_null(writer);
        return;
    }
    json_write_object(writer);
    json_write_number_member(writer, "worse", gate->worse > 0 ? gate->worse : NAN);
    json_write_number_member(writer, "better", gate->better > 0 ? gate->better : NAN);
    json_write_array_member(writer, "tripped");
    for (size_t i = 0; i < comparison->curve_count; i++)
        write_tripped(writer, gate, &comparison->curves[i]);
    json_write_end(writer);
    json_write_count_member(writer, "untested", gate_count(gate, comparison).untested);
    json_write_end(writer);
}

/* What stands behind the warnings: the sentence, the peaks and the gate. */
static void write_end(struct json_writer *writer, const struct diff_request *request,
                      const struct comparison *comparison)
{
    struct buffer summary = {0};
    summary_of_comparison(comparison, TEXT_UNICODE, &summary);
    json_write_string_member(writer, "summary", buffer_string(&summary));
    buffer_done(&summary);
    json_write_bool_member(writer, "differs", comparison->differs);
    json_write_key(writer, "peaks");
    if (request->options.peak_a > 0) {
        json_write_pair(writer, request->options.peak_a, request->options.peak_b);
    } else {
        json_write_null(writer);
    }
    write_gate(writer, request, comparison);
}

void diff_answer_json(struct cli *cli, const struct diff_request *request,
                      const struct comparison *comparison)
{
    struct json_writer writer = {.out = &cli->out};
    json_write_object(&writer);
    json_write_string_member(&writer, "a", request->a);
    json_write_string_member(&writer, "b", request->b);
    write_fields(&writer, "metadata", comparison->fields, comparison->field_count);
    json_write_array_member(&writer, "curves");
    for (size_t i = 0; i < comparison->curve_count; i++)
        write_curve(&writer, &comparison->curves[i]);
    json_write_end(&writer);
    json_write_array_member(&writer, "warnings");
    for (size_t i = 0; i < comparison->warning_count; i++)
        json_write_string(&writer, comparison->warnings[i]);
    json_write_end(&writer);
    write_end(&writer, request, comparison);
    json_write_end(&writer);
    buffer_append_string(&cli->out, "\n");
}
