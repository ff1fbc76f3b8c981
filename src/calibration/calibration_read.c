/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a calibration from its document. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "calibration/calibration.h"
#include "json/reader.h"

/* A value's bytes as they stand in the file; NULL for none. The caller frees them. */
static char *text_of(const struct json_document *document, const struct json_value *value)
{
    size_t length;
    const char *bytes = json_document_bytes(document, &length);
    if (!value)
        return NULL;
    return memory_print("%.*s", (int)(json_value_end(value) - json_value_begin(value)),
                        bytes + json_value_begin(value));
}

static struct data_point read_point(const struct json_document *document,
                                    const struct json_value *value, size_t index)
{
    const char *source = json_member_string(document, value, "source");
    return (struct data_point){
        .flops = json_member_number(document, value, "flops"),
        .mean = json_member_number(document, value, "efficiency_mean"),
        .std = json_member_number(document, value, "efficiency_std"),
        .min = json_member_number(document, value, "efficiency_min"),
        .max = json_member_number(document, value, "efficiency_max"),
        .ci_lower = json_member_number(document, value, "ci_lower"),
        .ci_upper = json_member_number(document, value, "ci_upper"),
        .observations = json_member_number(document, value, "num_observations"),
        .samples = json_member_number(document, value, "num_samples"),
        .source_name = source,
        .source = source ? point_source_of(source, strlen(source)) : POINT_OTHER,
        .index = index,
    };
}

static uint64_t digest_points(const struct data_point *points, size_t count)
{
    uint64_t digest = 0;
    for (size_t i = 0; i < count; i++) {
        const struct data_point *point = &points[i];
        const double values[] = {point->flops,         point->mean,    point->std,
                                 point->min,           point->max,     point->ci_lower,
                                 point->ci_upper,      point->samples, point->observations,
                                 (double)point->source};
        digest = digest_numbers(digest, values, sizeof values / sizeof *values);
    }
    return digest;
}

static void read_points(const struct json_document *document, struct calibration_curve *curve)
{
    const struct json_value *array = json_member(document, curve->value, "data_points");
    size_t capacity = json_value_count(array);
    curve->points = memory_new_array(capacity, sizeof *curve->points);
    double *flops = memory_new_array(capacity, sizeof *flops);
    double *means = memory_new_array(capacity, sizeof *means);
    size_t count = 0;
    size_t index = 0;
    for (const struct json_value *item = json_value_first(document, array); item;
         item = json_value_next(document, item), index++) {
        struct data_point point = read_point(document, item, index);
        if (!(point.flops > 0) || isnan(point.mean))
            continue;
        flops[count] = point.flops;
        means[count] = point.mean;
        curve->points[count++] = point;
    }
    curve->means = (struct curve_points){.flops = flops, .efficiency = means, .count = count};
    curve->points_digest = digest_points(curve->points, count);
}

/* A breakpoint, and its place in the file. */
struct placed {
    struct breakpoint breakpoint;
    size_t place;
};

static int by_flops(const void *a, const void *b)
{
    const struct placed *p = a, *q = b;
    if (p->breakpoint.flops != q->breakpoint.flops)
        return p->breakpoint.flops < q->breakpoint.flops ? -1 : 1;
    return p->place < q->place ? -1 : 1;
}

static bool read_breakpoint(const struct json_document *document, const struct json_value *pair,
                            struct breakpoint *breakpoint)
{
    return json_number(document, json_item(document, pair, 0), &breakpoint->flops) &&
           json_number(document, json_item(document, pair, 1), &breakpoint->efficiency) &&
           breakpoint->flops > 0;
}

/*
 * Evaluation needs strictly rising sizes. A file that has them in another order is shown as if it
 * were sorted, with the first of equal sizes; src/check reports it.
 */
static void sort_breakpoints(struct calibration_curve *curve)
{
    struct breakpoint *all = curve->breakpoints;
    size_t count = curve->breakpoint_count;
    size_t sorted = 1;
    while (sorted < count && all[sorted - 1].flops < all[sorted].flops)
        sorted++;
    if (sorted >= count)
        return;
    struct placed *placed = memory_new_array(count, sizeof *placed);
    for (size_t i = 0; i < count; i++)
        placed[i] = (struct placed){all[i], i};
    qsort(placed, count, sizeof *placed, by_flops);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || placed[i].breakpoint.flops > all[kept - 1].flops)
            all[kept++] = placed[i].breakpoint;
    curve->breakpoint_count = kept;
    free(placed);
}

static void read_fitted_curve(const struct json_document *document, struct calibration_curve *curve)
{
    const struct json_value *fitted = json_member(document, curve->value, "fitted_curve");
    const struct json_value *array = json_member(document, fitted, "breakpoints");
    curve->curve_type = json_member_string(document, fitted, "curve_type");
    curve->r_squared = json_member_number(document, fitted, "r_squared");
    curve->residual_std = json_member_number(document, fitted, "residual_std");
    curve->max_residual = json_member_number(document, fitted, "max_residual");
    curve->parameters = text_of(document, json_member(document, fitted, "parameters"));
    curve->breakpoints = memory_new_array(json_value_count(array), sizeof *curve->breakpoints);
    for (const struct json_value *item = json_value_first(document, array); item;
         item = json_value_next(document, item))
        if (read_breakpoint(document, item, &curve->breakpoints[curve->breakpoint_count]))
            curve->breakpoint_count++;
    sort_breakpoints(curve);
}

/* What points and breakpoints span; an empty range (low > high) where there are none. */
static void find_span(struct calibration_curve *curve)
{
    size_t last = curve->breakpoint_count - 1;
    curve->low = curve->breakpoint_count ? curve->breakpoints[0].flops : (double)INFINITY;
    curve->high = curve->breakpoint_count ? curve->breakpoints[last].flops : 0;
    for (size_t i = 0; i < curve->means.count; i++) {
        double flops = curve->means.flops[i];
        curve->low = flops < curve->low ? flops : curve->low;
        curve->high = flops > curve->high ? flops : curve->high;
    }
}

static void read_curve(const struct json_document *document, const struct json_value *value,
                       bool bandwidth, struct calibration_curve *curve)
{
    const char *key = json_key(document, value);
    *curve = (struct calibration_curve){
        .name = bandwidth ? memory_print("bandwidth:%s", key) : memory_copy_string(key),
        .bandwidth = bandwidth,
        .operation_type = json_member_string(document, value, "operation_type"),
        .description = json_member_string(document, value, "description"),
        .notes = json_member_string(document, value, "notes"),
        .min_flops = json_member_number(document, value, "min_flops"),
        .max_flops = json_member_number(document, value, "max_flops"),
        .value = value,
    };
    read_points(document, curve);
    read_fitted_curve(document, curve);
    find_span(curve);
}

static void read_curves(struct calibration *calibration, const struct json_value *object,
                        bool bandwidth)
{
    for (const struct json_value *value = json_value_first(calibration->document, object); value;
         value = json_value_next(calibration->document, value))
        read_curve(calibration->document, value, bandwidth,
                   &calibration->curves[calibration->curve_count++]);
}

static enum status check_shape(const struct json_document *document, struct error *error)
{
    const struct json_value *root = json_document_root(document);
    const struct json_value *curves = json_member(document, root, "curves");
    const struct json_value *wrong = curves ? curves : root;
    if (curves && json_value_type(curves) == JSON_OBJECT)
        return STATUS_OK;
    if (json_value_type(root) != JSON_OBJECT)
        error_set(error, STATUS_INVALID, "a calibration is an object, this is %s",
                  json_type_name(json_value_type(root)));
    else if (!curves)
        error_set(error, STATUS_INVALID,
                  "not a calibration: the required object `curves` is missing");
    else
        error_set(error, STATUS_INVALID, "`curves` must be an object of operation types, not %s",
                  json_type_name(json_value_type(curves)));
    json_error_place(document, wrong, error);
    return STATUS_INVALID;
}

static struct calibration *read_document(struct json_document *document)
{
    const struct json_value *root = json_document_root(document);
    const struct json_value *compute = json_member(document, root, "curves");
    const struct json_value *bandwidth = json_member(document, root, "bandwidth_curves");
    if (bandwidth && json_value_type(bandwidth) != JSON_OBJECT)
        bandwidth = NULL;
    struct calibration *calibration = memory_new(sizeof *calibration);
    *calibration = (struct calibration){
        .document = document,
        .schema_version = json_member_string(document, root, "schema_version"),
        .hardware_id = json_member_string(document, root, "hardware_id"),
        .hardware_name = json_member_string(document, root, "hardware_name"),
        .device_type = json_member_string(document, root, "device_type"),
        .precision = json_member_string(document, root, "precision"),
        .calibration_date = json_member_string(document, root, "calibration_date"),
        .calibration_tool_version = json_member_string(document, root, "calibration_tool_version"),
        .notes = json_member_string(document, root, "notes"),
        .compute_count = json_value_count(compute),
    };
    calibration->curves = memory_new_array(json_value_count(compute) + json_value_count(bandwidth),
                                           sizeof *calibration->curves);
    read_curves(calibration, compute, false);
    read_curves(calibration, bandwidth, true);
    return calibration;
}

enum status calibration_read(const char *bytes, size_t length, struct calibration **out,
                             struct error *error)
{
    struct json_document *document;
    enum status status = json_document_new(bytes, length, &document, error);
    if (status)
        return status;
    status = check_shape(document, error);
    if (status) {
        json_document_free(document);
        return status;
    }
    *out = read_document(document);
    return STATUS_OK;
}

enum status calibration_load(const char *path, struct calibration **out, struct error *error)
{
    struct buffer bytes = {0};
    enum status status = file_read(path, JSON_BYTES_MAX, &bytes, error);
    if (!status)
        status = calibration_read(buffer_string(&bytes), bytes.length, out, error);
    buffer_done(&bytes);
    return status;
}

void calibration_free(struct calibration *calibration)
{
    if (!calibration)
        return;
    for (size_t i = 0; i < calibration->curve_count; i++) {
        struct calibration_curve *curve = &calibration->curves[i];
        free(curve->name);
        free(curve->points);
        free((double *)curve->means.flops);
        free((double *)curve->means.efficiency);
        free(curve->breakpoints);
        free(curve->parameters);
    }
    free(calibration->curves);
    json_document_free(calibration->document);
    free(calibration);
}
