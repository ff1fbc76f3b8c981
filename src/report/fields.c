/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of fields. What a broken file does not tell is not known. */
#include "report/fields.h"

#include <math.h>
#include <string.h>

/* One more line, where there is something to say. */
static void add(struct buffer *out, const char *text)
{
    if (!text)
        return;
    if (out->length)
        buffer_append(out, "\n", 1);
    buffer_append_string(out, text);
}

static void text_id(const struct registry_entry *entry, struct buffer *out)
{
    add(out, entry->id);
}

static void text_device(const struct registry_entry *entry, struct buffer *out)
{
    add(out, entry->id);
    add(out, entry->hardware_id);
    add(out, entry->hardware_name);
}

static void text_hardware(const struct registry_entry *entry, struct buffer *out)
{
    add(out, entry->hardware_id);
}

/* What the file says; of one that says nothing the folder that it lies in. */
static void text_type(const struct registry_entry *entry, struct buffer *out)
{
    size_t folder = strcspn(entry->id, "/");
    if (entry->device_type)
        add(out, entry->device_type);
    else if (entry->id[folder])
        buffer_append(out, entry->id, folder);
}

static void text_precision(const struct registry_entry *entry, struct buffer *out)
{
    add(out, entry->precision);
}

static void text_source(const struct registry_entry *entry, struct buffer *out)
{
    for (int i = 0; i < POINT_SOURCE_COUNT; i++)
        if (entry->sources[i])
            add(out, point_source_name((enum point_source)i));
}

static void text_curve(const struct registry_entry *entry, struct buffer *out)
{
    add(out, entry->curve_names);
}

static void text_state(const struct registry_entry *entry, struct buffer *out)
{
    add(out, entry->broken ? "broken" : "ok");
    if (entry->kept_edits)
        add(out, "kept");
}

static void text_date(const struct registry_entry *entry, struct buffer *out)
{
    add(out, entry->calibration_date);
}

static double count_of(const struct registry_entry *entry, size_t count)
{
    return entry->broken ? NAN : (double)count;
}

static double number_curves(const struct registry_entry *entry)
{
    return count_of(entry, entry->curves + entry->bandwidth_curves);
}

static double number_bandwidth(const struct registry_entry *entry)
{
    return count_of(entry, entry->bandwidth_curves);
}

static double number_points(const struct registry_entry *entry)
{
    return count_of(entry, entry->points);
}

static double number_single(const struct registry_entry *entry)
{
    return count_of(entry, entry->single_points);
}

static double number_measured(const struct registry_entry *entry)
{
    return count_of(entry, entry->sources[POINT_MEASURED]);
}

static double number_legacy(const struct registry_entry *entry)
{
    return count_of(entry, entry->sources[POINT_LEGACY]);
}

static double number_interpolated(const struct registry_entry *entry)
{
    return count_of(entry, entry->sources[POINT_INTERPOLATED]);
}

static double number_r2(const struct registry_entry *entry)
{
    return entry->worst_r_squared;
}

static const struct field fields[] = {
    {"id", FIELD_TEXT, "the place in the registry: cpu/i7-12700K", text_id, NULL, NULL},
    {"device", FIELD_TEXT, "id, hardware_id or hardware_name", text_device, NULL, NULL},
    {"hardware", FIELD_TEXT, "hardware_id", text_hardware, NULL, NULL},
    {"type", FIELD_TEXT, "device_type", text_type, NULL, NULL},
    {"precision", FIELD_TEXT, "FP32, FP16, BF16 ...", text_precision, NULL, NULL},
    {"source", FIELD_TEXT, "where points come from: measured, legacy, interpolated, other",
     text_source, NULL, "measured legacy interpolated other"},
    {"curve", FIELD_TEXT, "a curve that it has: conv2d, bandwidth:generic", text_curve, NULL, NULL},
    {"state", FIELD_TEXT, "ok or broken; kept: a killed session left unsaved edits", text_state,
     NULL, "ok broken kept"},
    {"date", FIELD_DATE, "of the calibration, as far as typed: 2025, 2025-06, 2025-06-30",
     text_date, NULL, NULL},
    {"curves", FIELD_NUMBER, "how many curves, those over bytes too", NULL, number_curves, NULL},
    {"bandwidth", FIELD_NUMBER, "how many curves over bytes", NULL, number_bandwidth, NULL},
    {"points", FIELD_NUMBER, "how many data points", NULL, number_points, NULL},
    {"single", FIELD_NUMBER, "how many of them from a single observation", NULL, number_single,
     NULL},
    {"measured", FIELD_NUMBER, "how many of them were measured", NULL, number_measured, NULL},
    {"legacy", FIELD_NUMBER, "how many of them are legacy", NULL, number_legacy, NULL},
    {"interpolated", FIELD_NUMBER, "how many of them are interpolated", NULL, number_interpolated,
     NULL},
    {"r2", FIELD_NUMBER, "the lowest stored r_squared that says anything", NULL, number_r2, NULL},
};

const struct field *fields_table(size_t *count)
{
    *count = sizeof fields / sizeof *fields;
    return fields;
}

const struct field *field_find(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strlen(fields[i].name) == length && strncasecmp(fields[i].name, name, length) == 0)
            return &fields[i];
    return NULL;
}

void fields_names(struct buffer *out)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        buffer_print(out, "%s%s", i ? " " : "", fields[i].name);
}
