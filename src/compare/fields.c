/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing what two sides say in words. */
#include "compare/fields.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

/* A list that grows. */
struct list {
    struct compared_field *items;
    size_t count;
};

static void add(struct list *fields, const char *field, const char *a, const char *b)
{
    if (text_same(a, b))
        return;
    fields->items = memory_resize(fields->items, fields->count + 1, sizeof *fields->items);
    fields->items[fields->count++] =
        (struct compared_field){field, memory_copy_string(a), memory_copy_string(b)};
}

/* NULL for what is not there. */
static const char *spell(double number, char text[NUMBER_TEXT_MAX])
{
    if (!isfinite(number))
        return NULL;
    number_print_repr(number, text);
    return text;
}

static void add_number(struct list *fields, const char *field, double a, double b)
{
    char text_a[NUMBER_TEXT_MAX], text_b[NUMBER_TEXT_MAX];
    add(fields, field, spell(a, text_a), spell(b, text_b));
}

/* "6 measured, 3 legacy"; the caller frees it. NULL without points. */
static char *sources_of(const struct calibration_curve *curve)
{
    struct buffer text = {0};
    size_t counts[POINT_SOURCE_COUNT] = {0};
    if (curve->means.count == 0)
        return NULL;
    for (size_t i = 0; i < curve->means.count; i++)
        counts[curve->points[i].source]++;
    for (int i = 0; i < POINT_SOURCE_COUNT; i++)
        if (counts[i])
            buffer_print(&text, "%s%zu %s", text.length ? ", " : "", counts[i],
                         point_source_name((enum point_source)i));
    return buffer_take(&text);
}

static const char *sense_of(const struct calibration_curve *curve)
{
    static const char *const words[] = {
        [INTERVAL_UNKNOWN] = NULL,
        [INTERVAL_OF_POPULATION] = "population",
        [INTERVAL_OF_MEAN] = "mean",
    };
    return words[calibration_interval_sense(curve)];
}

size_t fields_of_calibrations(const struct calibration *a, const struct calibration *b,
                              struct compared_field **fields)
{
    struct list list = {0};
    add(&list, "schema_version", a->schema_version, b->schema_version);
    add(&list, "hardware_id", a->hardware_id, b->hardware_id);
    add(&list, "hardware_name", a->hardware_name, b->hardware_name);
    add(&list, "device_type", a->device_type, b->device_type);
    add(&list, "precision", a->precision, b->precision);
    add(&list, "calibration_date", a->calibration_date, b->calibration_date);
    add(&list, "calibration_tool_version", a->calibration_tool_version,
        b->calibration_tool_version);
    add(&list, "notes", a->notes, b->notes);
    *fields = list.items;
    return list.count;
}

size_t fields_of_curves(const struct calibration_curve *a, const struct calibration_curve *b,
                        struct compared_field **fields)
{
    struct list list = {0};
    /* Two curves of one file differ in their operation: that is what was asked for. */
    if (text_same(a->name, b->name))
        add(&list, "operation_type", a->operation_type, b->operation_type);
    add(&list, "description", a->description, b->description);
    add_number(&list, "min_flops", a->min_flops, b->min_flops);
    add_number(&list, "max_flops", a->max_flops, b->max_flops);
    add(&list, "curve_type", a->curve_type, b->curve_type);
    add(&list, "parameters", a->parameters, b->parameters);
    add_number(&list, "r_squared", a->r_squared, b->r_squared);
    add_number(&list, "residual_std", a->residual_std, b->residual_std);
    add_number(&list, "max_residual", a->max_residual, b->max_residual);
    char *sources_a = sources_of(a), *sources_b = sources_of(b);
    add(&list, "sources", sources_a, sources_b);
    free(sources_a);
    free(sources_b);
    add(&list, "interval_sense", sense_of(a), sense_of(b));
    add(&list, "notes", a->notes, b->notes);
    *fields = list.items;
    return list.count;
}

void fields_free(struct compared_field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(fields[i].a);
        free(fields[i].b);
    }
    free(fields);
}
