/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines on what became of one operation. */
#include "report/changes.h"

#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "base/number.h"
#include "report/table.h"

static void tell_breakpoints(const struct compared_curve *curve, enum text_charset charset,
                             size_t limit, struct buffer *out)
{
    for (size_t i = 0; i < curve->change_count && i < limit; i++) {
        structure_describe(&curve->changes[i], out);
        buffer_append_string(out, "\n");
    }
    if (curve->change_count <= limit)
        return;
    buffer_print(out, "and %zu more breakpoints: -c '", curve->change_count - limit);
    text_append(out, curve->name, strlen(curve->name), charset, TABLE_LIMIT);
    buffer_append_string(out, "' shows them\n");
}

/* "points only in A: 10 M, 20 M and 3 more" */
static void tell_sizes(const char *side, const double *sizes, size_t count, size_t limit,
                       struct buffer *out)
{
    if (count == 0)
        return;
    buffer_print(out, "points only in %s: ", side);
    for (size_t i = 0; i < count && i < limit; i++) {
        char size[NUMBER_TEXT_MAX];
        number_print_si(sizes[i], 4, size);
        buffer_print(out, "%s%s", i ? ", " : "", size);
    }
    if (count > limit)
        buffer_print(out, " and %zu more", count - limit);
    buffer_append_string(out, "\n");
}

/* Of a long value what differs from the other side's, not what both begin with. */
static void append_value(struct buffer *out, const char *value, const char *other,
                         enum text_charset charset, int columns)
{
    if (!value)
        buffer_append_string(out, "not stated");
    else
        changes_append_text(value, other, charset, columns, out);
}

void changes_append_text(const char *text, const char *other, enum text_charset charset,
                         int columns, struct buffer *out)
{
    size_t length = strlen(text), begin = 0;
    if (other && columns > 0)
        begin = text_begin_at_difference(text, length, other, strlen(other), charset, columns - 1);
    if (begin > 0)
        buffer_append_string(out, charset == TEXT_ASCII ? "~" : "\u2026");
    text_append(out, text + begin, length - begin, charset, begin ? columns - 1 : columns);
}

static void tell_fields(const struct compared_curve *curve, enum text_charset charset, int columns,
                        struct buffer *out)
{
    for (size_t i = 0; i < curve->field_count; i++) {
        buffer_print(out, "%s: ", curve->fields[i].field);
        append_value(out, curve->fields[i].a, curve->fields[i].b, charset, columns);
        buffer_append_string(out, " in A, ");
        append_value(out, curve->fields[i].b, curve->fields[i].a, charset, columns);
        buffer_append_string(out, " in B\n");
    }
}

/* Continues the list with one end of one side. */
static void tell_lack(char side, const char *place, double end, bool *any, struct buffer *out)
{
    char size[NUMBER_TEXT_MAX];
    number_print_si(end, 3, size);
    buffer_print(out, "%s of %c %s %s", *any ? "," : "no point", side, place, size);
    *any = true;
}

bool changes_append_lacks(const struct compared_curve *curve, struct buffer *out)
{
    const struct calibration_curve *const sides[2] = {curve->a, curve->b};
    bool any = false;
    for (int side = 0; side < 2 && curve->has_range; side++) {
        struct curve_span span = curve_points_span(&sides[side]->means);
        if (sides[side]->means.count == 0)
            continue;
        if (calibration_place_of_points(sides[side], curve->range_low)[0] == 'b')
            tell_lack((char)('A' + side), "below", span.low, &any, out);
        if (calibration_place_of_points(sides[side], curve->range_high)[0] == 'a')
            tell_lack((char)('A' + side), "above", span.high, &any, out);
    }
    return any;
}

static void tell_lacks(const struct compared_curve *curve, struct buffer *out)
{
    struct buffer lacks = {0};
    char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    number_print_si(curve->range_low, 3, low);
    number_print_si(curve->range_high, 3, high);
    if (changes_append_lacks(curve, &lacks))
        buffer_print(out, "mean B/A and area are over %s to %s: %s\n", low, high, lacks.bytes);
    buffer_done(&lacks);
}

void changes_of_curve(const struct compared_curve *curve, enum text_charset charset, size_t limit,
                      struct buffer *out)
{
    if (!curve->a || !curve->b || !curve->differs)
        return;
    tell_breakpoints(curve, charset, limit, out);
    tell_sizes("A", curve->sizes_only_a, curve->only_a_count, limit, out);
    tell_sizes("B", curve->sizes_only_b, curve->only_b_count, limit, out);
    if (curve->changed_points)
        buffer_print(out, "%zu of %zu shared points differ in a figure or in their source\n",
                     curve->changed_points, curve->point_count);
    if (limit == SIZE_MAX)
        tell_lacks(curve, out);
    tell_fields(curve, charset, limit == SIZE_MAX ? -1 : TABLE_LIMIT, out);
}
