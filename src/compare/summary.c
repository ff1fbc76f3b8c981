/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Putting a comparison into words. */
#include "compare/summary.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/buffer.h"
#include "base/number.h"

/* What more and less of something is called. */
struct words {
    const char *more, *less, *as;
};

static const struct words of_points = {"better", "worse", "good"};
static const struct words of_curves = {"higher", "lower", "high"};

/* "8.2 % better", "82 % worse", "5.6 times as good"; ratio is positive. */
static void append_ratio(double ratio, const struct words *words, struct buffer *out)
{
    char text[NUMBER_TEXT_MAX];
    double percent = 100 * fabs(ratio - 1);
    /* Near 100 % less, two digits would round the little that is left to nothing. */
    number_print_short(ratio >= 2 ? ratio : percent, percent > 99 && ratio < 1 ? 4 : 2, text);
    if (ratio >= 2)
        buffer_print(out, "%s times as %s", text, words->as);
    else
        buffer_print(out, "%s %% %s", text, ratio < 1 ? words->less : words->more);
}

static size_t count_verdict(const struct compared_curve *curve, enum compare_verdict verdict)
{
    size_t count = 0;
    for (size_t i = 0; i < curve->point_count; i++)
        count += curve->points[i].verdict == verdict;
    return count;
}

/* The geometric mean of B/A over the points of a verdict; there is one at least. */
static double mean_ratio(const struct compared_curve *curve, enum compare_verdict verdict)
{
    double sum = 0;
    for (size_t i = 0; i < curve->point_count; i++)
        if (curve->points[i].verdict == verdict)
            sum += log(curve->points[i].ratio);
    return exp(sum / (double)count_verdict(curve, verdict));
}

/* So many operations of one side only are named; more are counted. */
enum { NAMED_MAX = 3 };

/* compare/statistics.c knows fewer. */
enum { REASONS_MAX = 8 };

/* Of equally frequent reasons the one at the smallest size. Every point is unclear. */
static const char *main_reason(const struct compared_curve *curve)
{
    const char *reasons[REASONS_MAX] = {NULL};
    size_t counts[REASONS_MAX] = {0}, known = 0, best = 0;
    for (size_t i = 0; i < curve->point_count; i++) {
        size_t at = 0;
        while (at < known && strcmp(reasons[at], curve->points[i].reason) != 0)
            at++;
        assert(at < REASONS_MAX);
        if (at == known)
            reasons[known++] = curve->points[i].reason;
        counts[at]++;
    }
    for (size_t i = 1; i < known; i++)
        best = counts[i] > counts[best] ? i : best;
    return reasons[best];
}

static void append_share(const struct compared_curve *curve, size_t count, struct buffer *out)
{
    buffer_print(out, " at %zu of %zu point%s", count, curve->point_count,
                 curve->point_count == 1 ? "" : "s");
}

/* What a few sure points must not hide. */
static void append_unclear(const struct compared_curve *curve, struct buffer *out)
{
    size_t count = count_verdict(curve, COMPARE_UNCLEAR);
    if (count)
        buffer_print(out, " (%zu unclear)", count);
}

/* Some point is better or worse. */
static void append_differences(const struct compared_curve *curve, size_t better, size_t worse,
                               struct buffer *out)
{
    buffer_append_string(out, "is ");
    if (better) {
        append_ratio(mean_ratio(curve, COMPARE_BETTER), &of_points, out);
        append_share(curve, better, out);
    }
    if (better && worse)
        buffer_append_string(out, " and ");
    if (worse) {
        append_ratio(mean_ratio(curve, COMPARE_WORSE), &of_points, out);
        append_share(curve, worse, out);
    }
    append_unclear(curve, out);
}

/* The curves alone: no points are shared, or they are the same records. */
static void append_curves(const struct compared_curve *curve, const char *points,
                          struct buffer *out)
{
    buffer_append_string(out, points);
    if (isnan(curve->geomean_ratio))
        return;
    buffer_append_string(out, ", its curve ");
    if (curve->geomean_ratio == 1)
        buffer_append_string(out, "as high");
    else
        append_ratio(curve->geomean_ratio, &of_curves, out);
    buffer_append_string(out, " on average");
}

void summary_of_curve(const struct compared_curve *curve, struct buffer *out)
{
    size_t better = count_verdict(curve, COMPARE_BETTER);
    size_t worse = count_verdict(curve, COMPARE_WORSE);
    size_t same = count_verdict(curve, COMPARE_SAME);
    if (!curve->a || !curve->b)
        buffer_print(out, "only in %s", curve->a ? "A" : "B");
    else if (!curve->differs)
        buffer_append_string(out, "equal");
    else if (curve->point_count == 0)
        append_curves(curve, "without shared points", out);
    else if (better || worse)
        append_differences(curve, better, worse, out);
    else if (curve->changed_points == 0)
        append_curves(curve, "with the same points", out);
    else if (same) {
        buffer_append_string(out, "the same");
        append_share(curve, same, out);
        append_unclear(curve, out);
    } else
        buffer_print(out, "unclear (%s)", main_reason(curve));
}

static bool is_only_in(const struct compared_curve *curve, char side)
{
    return side == 'A' ? !curve->b : !curve->a;
}

static size_t count_only_in(const struct comparison *comparison, char side)
{
    size_t count = 0;
    for (size_t i = 0; i < comparison->curve_count; i++)
        count += is_only_in(&comparison->curves[i], side);
    return count;
}

/* Whether an operation is counted with others of its kind instead of named. */
static bool is_counted(const struct comparison *comparison, const struct compared_curve *curve)
{
    if (curve->a && curve->b)
        return !curve->differs;
    return count_only_in(comparison, curve->a ? 'A' : 'B') > NAMED_MAX;
}

static void append_count(size_t count, const char *what, const char **separator, struct buffer *out)
{
    if (count == 0)
        return;
    buffer_print(out, "%s%zu %s", *separator, count, what);
    *separator = ", ";
}

static void append_counts(const struct comparison *comparison, const char **separator,
                          struct buffer *out)
{
    size_t equal = 0, only_a = count_only_in(comparison, 'A');
    size_t only_b = count_only_in(comparison, 'B');
    for (size_t i = 0; i < comparison->curve_count; i++)
        equal += !comparison->curves[i].differs;
    append_count(only_a > NAMED_MAX ? only_a : 0, "only in A", separator, out);
    append_count(only_b > NAMED_MAX ? only_b : 0, "only in B", separator, out);
    append_count(equal, "equal", separator, out);
}

static void append_fields(const struct comparison *comparison, struct buffer *out)
{
    for (size_t i = 0; i < comparison->field_count; i++)
        buffer_print(out, "%s%s", i == 0 ? "; metadata differs in " : ", ",
                     comparison->fields[i].field);
}

void summary_of_comparison(const struct comparison *comparison, enum text_charset charset,
                           struct buffer *out)
{
    const char *separator = ": ";
    buffer_print(out, "%zu operation%s", comparison->curve_count,
                 comparison->curve_count == 1 ? "" : "s");
    for (size_t i = 0; i < comparison->curve_count; i++) {
        const struct compared_curve *curve = &comparison->curves[i];
        if (is_counted(comparison, curve))
            continue;
        buffer_append_string(out, separator);
        separator = ", ";
        text_append(out, curve->name, strlen(curve->name), charset, SUMMARY_NAME_COLUMNS);
        buffer_append_string(out, " ");
        summary_of_curve(curve, out);
    }
    append_counts(comparison, &separator, out);
    append_fields(comparison, out);
}
