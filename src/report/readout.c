/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences about a curve. */
#include "report/readout.h"

#include <math.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"
#include "report/symbol.h"

enum { SPANS_SHOWN = 2, READ_DIGITS = 4 };

static void append_si(struct buffer *out, double value, int digits)
{
    char text[NUMBER_TEXT_MAX];
    number_print_si(value, digits, text);
    buffer_append_string(out, text);
}

static void append_short(struct buffer *out, double value, int digits)
{
    char text[NUMBER_TEXT_MAX];
    number_print_short(value, digits, text);
    buffer_append_string(out, text);
}

static void append_range(const struct readout *readout, double low, double high, struct buffer *out)
{
    append_si(out, low, 3);
    buffer_append_string(out, symbol(SYMBOL_DASH, readout->charset));
    append_si(out, high, 3);
}

double readout_milliseconds(const struct curve *curve, double flops, double peak)
{
    double efficiency = curve_evaluate(curve, flops);
    double milliseconds = flops / (peak * efficiency) * 1e3;
    return efficiency > 0 && isfinite(milliseconds) ? milliseconds : NAN;
}

/* Whether a size reads the same as that of a data point. */
static bool is_on_point(const struct calibration_curve *source, double flops)
{
    size_t nearest = curve_nearest_point(&source->means, flops);
    return number_same(number_round(source->means.flops[nearest], 3), number_round(flops, 3));
}

/* Of a size outside of the range that no point is at: how far the points go beyond that. */
static void append_reach(const struct calibration_curve *source, double flops, struct buffer *out)
{
    struct curve_span span = curve_points_span(&source->means);
    bool low = flops < source->min_flops;
    buffer_append_string(out, low ? "points from " : "points to ");
    append_si(out, low ? span.low : span.high, 3);
}

static void append_lack(const struct calibration_curve *source, const char *place,
                        struct buffer *out)
{
    struct curve_span span = curve_points_span(&source->means);
    buffer_print(out, "no point %s ", place);
    append_si(out, place[0] == 'b' ? span.low : span.high, 3);
}

bool readout_points_there(const struct calibration_curve *source, double flops, struct buffer *out)
{
    const char *among = calibration_place_of_points(source, flops);
    bool inside = calibration_place(source, flops)[0] == 'i';
    size_t before = out->length;
    if (!among)
        return false;
    if (is_on_point(source, flops))
        buffer_append_string(out, inside ? "" : "on a point");
    else if (inside && among[0] != 'i')
        append_lack(source, among, out);
    else if (!inside && among[0] == 'i')
        append_reach(source, flops, out);
    return out->length > before;
}

/* In a brief line, what is said of the points takes the place of the range's ends. */
static void append_place_in_range(const struct readout *readout, double flops, bool brief,
                                  struct buffer *out)
{
    const char *place = calibration_place(readout->source, flops);
    double low = readout->source->min_flops, high = readout->source->max_flops;
    bool none = isnan(low) && isnan(high);
    struct buffer points = {0};
    bool told = readout_points_there(readout->source, flops, &points);
    /* Outside is what a reader must not miss. */
    buffer_print(out, "   %s",
                 none              ? "no range given"
                 : place[0] == 'b' ? "BELOW range"
                 : place[0] == 'a' ? "ABOVE range"
                                   : "in range");
    if (!none && !(told && brief)) {
        buffer_append_string(out, " ");
        append_range(readout, low, high, out);
    }
    if (told)
        buffer_print(out, ", %s", points.bytes);
    buffer_done(&points);
}

static void append_at(const struct readout *readout, double flops, bool brief, struct buffer *out)
{
    append_si(out, flops, 3);
    buffer_print(out, " %s   efficiency ", calibration_unit(readout->source));
    double efficiency = curve_evaluate(&readout->curve, flops);
    append_short(out, efficiency, READ_DIGITS);
    if (efficiency > 1 && brief)
        buffer_append_string(out, " (above 1)");
    if (!isnan(readout->peak)) {
        buffer_append_string(out, "   ");
        append_short(out, readout_milliseconds(&readout->curve, flops, readout->peak), READ_DIGITS);
        buffer_append_string(out, " ms");
    }
    if (!isnan(readout->peak) && !brief) {
        buffer_append_string(out, " at ");
        append_si(out, readout->peak, READ_DIGITS);
        buffer_append_string(out, "/s");
    }
    append_place_in_range(readout, flops, brief, out);
    if (efficiency > 1 && !brief)
        buffer_append_string(out, "   (above 1: the peak is conservative)");
}

/* Whether the line that begins there is longer than it may be. */
static bool is_too_long(const struct readout *readout, const struct buffer *out, size_t begin)
{
    return readout->columns > 0 &&
           text_columns(buffer_string(out) + begin, readout->charset) > readout->columns;
}

void readout_at(const struct readout *readout, double flops, struct buffer *out)
{
    size_t begin = out->length;
    append_at(readout, flops, false, out);
    if (!is_too_long(readout, out, begin))
        return;
    buffer_truncate(out, begin);
    append_at(readout, flops, true, out);
}

void readout_nearest_point(const struct readout *readout, double flops, struct buffer *out)
{
    if (readout->source->means.count == 0) {
        buffer_append_string(out, "no data points");
        return;
    }
    const struct data_point *point =
        &readout->source->points[curve_nearest_point(&readout->source->means, flops)];
    double residual = point->mean - curve_evaluate(&readout->curve, point->flops);
    buffer_append_string(out, "nearest point ");
    append_si(out, point->flops, 3);
    buffer_append_string(out, ": ");
    append_short(out, point->mean, READ_DIGITS);
    if (!isnan(point->std)) {
        buffer_print(out, " %s ", symbol(SYMBOL_PLUS_MINUS, readout->charset));
        append_short(out, point->std, 3);
    }
    if (!isnan(point->observations))
        buffer_print(out, ", n = %.0f", point->observations);
    buffer_print(out, ", %s; residual %s", point_source_name(point->source),
                 residual > 0 ? "+" : "");
    append_short(out, residual, 3);
}

void readout_sources(const size_t counts[POINT_SOURCE_COUNT], struct buffer *out)
{
    const char *separator = "";
    for (int source = 0; source < POINT_SOURCE_COUNT; source++)
        if (counts[source]) {
            buffer_print(out, "%s%s", separator, point_source_name((enum point_source)source));
            separator = "+";
        }
}

static void append_point_counts(const struct calibration_curve *source, bool brief,
                                struct buffer *out)
{
    size_t counts[POINT_SOURCE_COUNT] = {0}, single = 0;
    for (size_t i = 0; i < source->means.count; i++) {
        counts[source->points[i].source]++;
        single += source->points[i].observations == 1;
    }
    buffer_print(out, "%zu point%s", source->means.count, source->means.count == 1 ? "" : "s");
    if (source->means.count && !brief) {
        buffer_append_string(out, " ");
        readout_sources(counts, out);
    }
    if (single)
        buffer_print(out, ", %zu with n = 1", single);
}

/* " (stored: 0.9027)" */
static void append_stored(const struct readout *readout, bool joined, struct buffer *out)
{
    double stored = calibration_known_r_squared(readout->source);
    buffer_append_string(out, " (stored: ");
    if (isnan(stored))
        buffer_append_string(out, "unknown");
    else
        append_short(out, stored, READ_DIGITS);
    if (joined && !isnan(stored) && calibration_points_sum_up(readout->source))
        buffer_append_string(out, ", perhaps of raw observations");
    buffer_append_string(out, ")");
}

/* What the points leave of the curve; nothing where it joins them, as they leave nothing then. */
static void append_residuals(const struct readout *readout,
                             const struct curve_statistics *statistics, bool brief,
                             struct buffer *out)
{
    if (!brief) {
        buffer_append_string(out, "   residual std ");
        append_short(out, statistics->residual_std, 3);
    }
    buffer_append_string(out, brief ? "  residuals up to " : ", largest ");
    append_short(out, statistics->max_residual, 3);
    if (statistics->count && !brief) {
        buffer_append_string(out, " at ");
        append_si(out, readout->source->means.flops[statistics->max_residual_index], 3);
    }
}

static void append_fit(const struct readout *readout, bool brief, struct buffer *out)
{
    struct curve_statistics statistics;
    curve_statistics(&readout->curve, &readout->source->means, &statistics, NULL);
    bool joined = curve_joins_points(&readout->curve, &readout->source->means);
    buffer_print(out, "%s ", symbol(SYMBOL_R_SQUARED, readout->charset));
    append_short(out, statistics.r_squared, READ_DIGITS);
    if (joined)
        buffer_append_string(out, isnan(statistics.r_squared) ? ", a breakpoint on every point"
                                                              : ": a breakpoint on every point");
    append_stored(readout, joined && !brief, out);
    if (!joined)
        append_residuals(readout, &statistics, brief, out);
    buffer_append_string(out, brief ? "  " : "   ");
    append_point_counts(readout->source, brief, out);
}

void readout_fit(const struct readout *readout, struct buffer *out)
{
    size_t begin = out->length;
    append_fit(readout, false, out);
    if (!is_too_long(readout, out, begin))
        return;
    buffer_truncate(out, begin);
    append_fit(readout, true, out);
}

size_t readout_falling_spans(const struct readout *readout, size_t most, struct buffer *out)
{
    size_t count = curve_falling_latency(&readout->curve, NULL, 0);
    struct curve_span *spans = memory_new_array(count, sizeof *spans);
    curve_falling_latency(&readout->curve, spans, count);
    for (size_t i = 0; i < count && i < most; i++) {
        buffer_append_string(out, i ? ", " : "");
        append_range(readout, spans[i].low, spans[i].high, out);
    }
    if (count > most)
        buffer_print(out, " and %zu more", count - most);
    free(spans);
    return count;
}

/* Of a sampled fit there can be one between any two breakpoints. */
bool readout_falling_latency(const struct readout *readout, struct buffer *out)
{
    size_t count = curve_falling_latency(&readout->curve, NULL, 0);
    if (count == 0)
        return false;
    buffer_append_string(out, "Larger is predicted faster ");
    if (count <= SPANS_SHOWN) {
        buffer_append_string(out, "at ");
        readout_falling_spans(readout, SPANS_SHOWN, out);
        return true;
    }
    struct curve_span *spans = memory_new_array(count, sizeof *spans);
    curve_falling_latency(&readout->curve, spans, count);
    buffer_print(out, "in %zu stretches of ", count);
    append_range(readout, spans[0].low, spans[count - 1].high, out);
    free(spans);
    return true;
}

bool readout_undefined(const struct calibration_curve *source, const struct curve *curve,
                       struct buffer *out)
{
    struct curve_statistics now;
    curve_statistics(curve, &source->means, &now, NULL);
    if (!isnan(now.r_squared) && !isnan(now.residual_std) && !isnan(now.max_residual))
        return false;
    buffer_print(out, "%s:%s%s%s undefined for its points, written as 0.0 (unknown)", source->name,
                 isnan(now.r_squared) ? " r_squared" : "",
                 isnan(now.residual_std) ? " residual_std" : "",
                 isnan(now.max_residual) ? " max_residual" : "");
    return true;
}
