/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Summing up a calibration file in one pass over its bytes, and from a calibration. */
#include "calibration/listing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"
#include "json/scan.h"

/* What is known of `curves`, or of `bandwidth_curves`. */
struct side {
    const char *prefix; /* of their names */
    size_t count;
    double worst;        /* the lowest known r_squared; NaN: none */
    struct buffer names; /* one a line */
};

/* What the pass knows of the curve that it is in. */
struct curve_pass {
    struct json_token mean; /* of its first point */
    size_t points;
    double low, high; /* of the means that are spelled otherwise than the first, and of that one */
    bool differs;     /* they are not all at one height */
    struct calibration_curve stored;
};

/* A pass that is under way. */
struct pass {
    struct json_scan scan;
    struct registry_entry *entry;
    bool has_curves;
    struct side compute, bandwidth;
    struct curve_pass curve;
};

void listing_clear(struct registry_entry *entry)
{
    free(entry->message);
    free(entry->hardware_id);
    free(entry->hardware_name);
    free(entry->device_type);
    free(entry->precision);
    free(entry->calibration_date);
    free(entry->curve_names);
    *entry = (struct registry_entry){.id = entry->id,
                                     .path = entry->path,
                                     .worst_r_squared = NAN,
                                     .kept_edits = entry->kept_edits}; /* no matter of the file's */
}

/* --- from a calibration --- */

/* What its curves are called, and what their points rest on. */
static void summarise_curves(const struct calibration *calibration, struct registry_entry *entry)
{
    struct buffer names = {0};
    for (size_t i = 0; i < calibration->curve_count; i++) {
        const struct calibration_curve *curve = &calibration->curves[i];
        buffer_print(&names, "%s%s", i ? "\n" : "", curve->name);
        for (size_t j = 0; j < curve->means.count; j++) {
            entry->sources[curve->points[j].source]++;
            entry->single_points += curve->points[j].observations == 1;
        }
    }
    if (calibration->curve_count)
        entry->curve_names = buffer_take(&names);
}

void listing_summarise(const struct calibration *calibration, struct registry_entry *entry)
{
    entry->hardware_id = memory_copy_string(calibration->hardware_id);
    entry->hardware_name = memory_copy_string(calibration->hardware_name);
    entry->device_type = memory_copy_string(calibration->device_type);
    entry->precision = memory_copy_string(calibration->precision);
    entry->calibration_date = memory_copy_string(calibration->calibration_date);
    entry->curves = calibration->compute_count;
    entry->bandwidth_curves = calibration->curve_count - calibration->compute_count;
    entry->points = calibration_point_count(calibration);
    entry->worst_r_squared = calibration_worst_fit(calibration, NULL);
    summarise_curves(calibration, entry);
}

/* --- in one pass --- */

static double take_number(struct json_scan *scan)
{
    struct json_token number;
    double value;
    bool read = json_scan_number(scan, &number) && number_parse(number.text, number.length, &value);
    return read ? value : NAN;
}

/*
 * Whether what comes is a number that a double holds as more than 0. Nearly all show it by a digit.
 */
static bool take_positive(struct json_scan *scan)
{
    struct json_token number;
    double value;
    if (!json_scan_number(scan, &number) || number.text[0] == '-')
        return false;
    if (number.text[0] >= '1')
        return !memchr(number.text, '-', number.length) ||
               (number_parse(number.text, number.length, &value) && value > 0);
    return number_parse(number.text, number.length, &value) && value > 0;
}

/* Whether what comes is a number that reads as 1; nearly all that do are written so. */
static bool take_one(struct json_scan *scan)
{
    struct json_token number;
    double value;
    if (!json_scan_number(scan, &number))
        return false;
    if (number.length == 1)
        return number.text[0] == '1';
    return number_parse(number.text, number.length, &value) && value == 1;
}

static enum point_source take_source(struct json_scan *scan)
{
    struct json_token name;
    if (!json_scan_string(scan, &name))
        return POINT_OTHER;
    if (!name.escaped)
        return point_source_of(name.text, name.length);
    char *decoded = json_token_decode(&name);
    enum point_source source = point_source_of(decoded, strlen(decoded));
    free(decoded);
    return source;
}

static void note_height(struct curve_pass *curve, const struct json_token *mean)
{
    double value = NAN;
    number_parse(mean->text, mean->length, &value);
    curve->low = fmin(curve->low, value);
    curve->high = fmax(curve->high, value);
}

/* Numbers are only read until two of them differ. */
static void note_mean(struct curve_pass *curve, const struct json_token *mean)
{
    const struct json_token *first = &curve->mean;
    if (curve->points++ == 0) {
        curve->mean = *mean;
        curve->low = INFINITY;
        curve->high = -INFINITY;
        return;
    }
    if (curve->differs ||
        (mean->length == first->length && memcmp(mean->text, first->text, mean->length) == 0))
        return;
    note_height(curve, first);
    note_height(curve, mean);
    const double ends[] = {curve->low, curve->high};
    curve->differs = !curve_points_are_flat(&(struct curve_points){ends, ends, NULL, 2});
}

static void take_point(struct pass *pass)
{
    struct json_scan *scan = &pass->scan;
    struct json_token key, mean;
    bool has_size = false, has_mean = false, single = false;
    enum point_source source = POINT_OTHER;
    if (!json_scan_enter(scan, JSON_SCAN_OBJECT))
        return;
    while (json_scan_next(scan, &key)) {
        if (json_token_is(&key, "flops"))
            has_size = take_positive(scan);
        else if (json_token_is(&key, "efficiency_mean"))
            has_mean = json_scan_number(scan, &mean);
        else if (json_token_is(&key, "num_observations"))
            single = take_one(scan);
        else if (json_token_is(&key, "source"))
            source = take_source(scan);
        else
            json_scan_skip(scan);
    }
    if (!has_size || !has_mean)
        return;
    note_mean(&pass->curve, &mean);
    pass->entry->points++;
    pass->entry->sources[source]++;
    pass->entry->single_points += single;
}

/* The full reader takes the items of whatever container it finds here. */
static void take_points(struct pass *pass)
{
    struct json_token key;
    if (!json_scan_enter(&pass->scan, JSON_SCAN_ARRAY | JSON_SCAN_OBJECT))
        return;
    while (json_scan_next(&pass->scan, &key))
        take_point(pass);
}

static void take_fitted_curve(struct pass *pass)
{
    struct json_scan *scan = &pass->scan;
    struct json_token key;
    struct calibration_curve *curve = &pass->curve.stored;
    if (!json_scan_enter(scan, JSON_SCAN_OBJECT))
        return;
    while (json_scan_next(scan, &key)) {
        if (json_token_is(&key, "r_squared"))
            curve->r_squared = take_number(scan);
        else if (json_token_is(&key, "residual_std"))
            curve->residual_std = take_number(scan);
        else if (json_token_is(&key, "max_residual"))
            curve->max_residual = take_number(scan);
        else
            json_scan_skip(scan);
    }
}

/* An r_squared of 0.0 over points at one height stands for "undefined". */
static bool knows_r_squared(const struct curve_pass *curve)
{
    bool undefined = curve->stored.r_squared == 0 && !curve->differs;
    return calibration_statistics_known(&curve->stored) && !undefined;
}

static void take_curve(struct pass *pass, double *worst)
{
    struct json_token key;
    struct curve_pass *curve = &pass->curve;
    *curve =
        (struct curve_pass){.stored = {.r_squared = NAN, .residual_std = NAN, .max_residual = NAN}};
    if (!json_scan_enter(&pass->scan, JSON_SCAN_OBJECT))
        return;
    while (json_scan_next(&pass->scan, &key)) {
        if (json_token_is(&key, "data_points"))
            take_points(pass);
        else if (json_token_is(&key, "fitted_curve"))
            take_fitted_curve(pass);
        else
            json_scan_skip(&pass->scan);
    }
    double r_squared = curve->stored.r_squared;
    if (knows_r_squared(curve) && (isnan(*worst) || r_squared < *worst))
        *worst = r_squared;
}

/* False: there is no object of curves. */
static bool take_curves(struct pass *pass, struct side *side)
{
    struct json_token key;
    if (!json_scan_enter(&pass->scan, JSON_SCAN_OBJECT))
        return false;
    for (; json_scan_next(&pass->scan, &key); side->count++) {
        buffer_append_string(&side->names, side->count ? "\n" : "");
        buffer_append_string(&side->names, side->prefix);
        buffer_append(&side->names, key.text, key.length);
        take_curve(pass, &side->worst);
    }
    return true;
}

static void take_string(struct pass *pass, char **out)
{
    struct json_token string;
    if (!json_scan_string(&pass->scan, &string))
        return;
    free(*out); /* a key that comes twice; the pass will fail */
    *out = json_token_decode(&string);
}

static void take_member(struct pass *pass, const struct json_token *key)
{
    struct registry_entry *entry = pass->entry;
    if (json_token_is(key, "hardware_id"))
        take_string(pass, &entry->hardware_id);
    else if (json_token_is(key, "hardware_name"))
        take_string(pass, &entry->hardware_name);
    else if (json_token_is(key, "device_type"))
        take_string(pass, &entry->device_type);
    else if (json_token_is(key, "precision"))
        take_string(pass, &entry->precision);
    else if (json_token_is(key, "calibration_date"))
        take_string(pass, &entry->calibration_date);
    else if (json_token_is(key, "curves"))
        pass->has_curves = take_curves(pass, &pass->compute);
    else if (json_token_is(key, "bandwidth_curves"))
        take_curves(pass, &pass->bandwidth);
    else
        json_scan_skip(&pass->scan);
}

/* Joins both sides in the order of the full reader, whatever comes first in the file. */
static void join_sides(struct pass *pass)
{
    struct registry_entry *entry = pass->entry;
    struct side *compute = &pass->compute, *bandwidth = &pass->bandwidth;
    bool lower = isnan(compute->worst) || bandwidth->worst < compute->worst;
    entry->curves = compute->count;
    entry->bandwidth_curves = bandwidth->count;
    entry->worst_r_squared = lower ? bandwidth->worst : compute->worst;
    if (compute->count && bandwidth->count)
        buffer_append(&compute->names, "\n", 1);
    buffer_append(&compute->names, bandwidth->names.bytes, bandwidth->names.length);
    if (compute->count || bandwidth->count)
        entry->curve_names = memory_copy_string(buffer_string(&compute->names));
}

bool listing_scan(const char *bytes, size_t length, struct registry_entry *entry)
{
    struct pass pass = {.entry = entry,
                        .compute = {.prefix = "", .worst = NAN},
                        .bandwidth = {.prefix = "bandwidth:", .worst = NAN}};
    struct json_token key;
    listing_clear(entry);
    json_scan_begin(&pass.scan, bytes, length);
    if (json_scan_enter(&pass.scan, JSON_SCAN_OBJECT))
        while (json_scan_next(&pass.scan, &key))
            take_member(&pass, &key);
    bool good = json_scan_end(&pass.scan) && pass.has_curves;
    if (good)
        join_sides(&pass);
    else
        listing_clear(entry);
    buffer_done(&pass.compute.names);
    buffer_done(&pass.bandwidth.names);
    return good;
}

enum status listing_read(const char *bytes, size_t length, struct registry_entry *entry,
                         struct error *error)
{
    struct calibration *calibration;
    if (listing_scan(bytes, length, entry))
        return STATUS_OK;
    enum status status = calibration_read(bytes, length, &calibration, error);
    if (status)
        return status;
    listing_summarise(calibration, entry);
    calibration_free(calibration);
    return STATUS_OK;
}
