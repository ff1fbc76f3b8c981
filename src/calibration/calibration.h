/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A calibration as C types: what an efficiency_curves.json says, read from its lossless document.
 *
 * Reading is tolerant: a field that is absent or of the wrong type reads as NULL or NaN, and
 * src/check has the rules that say so with its place. Only a document that is no calibration at all
 * (not an object, no object `curves`) is refused. Nothing here changes after reading; what a user
 * changes lives in src/tune.
 *
 * Units: flops in FLOPs, or bytes in bandwidth curves; efficiencies as fractions of peak.
 */
#ifndef CALIBRATION_CALIBRATION_H
#define CALIBRATION_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "curve/curve.h"
#include "json/document.h"

/* Where a data point comes from. */
enum point_source {
    POINT_MEASURED,
    POINT_LEGACY, /* "legacy_hardcoded" */
    POINT_INTERPOLATED,
    POINT_OTHER, /* any other name, or none */
    POINT_SOURCE_COUNT,
};

/* Strings are borrowed from the document; NULL where absent. Numbers are NaN where absent. */
struct data_point {
    double flops; /* finite and > 0 */
    double mean;  /* finite */
    double std, min, max, ci_lower, ci_upper;
    double observations; /* num_observations: independent subgraphs */
    double samples;      /* num_samples: timings, many to a subgraph */
    const char *source_name;
    enum point_source source;
    size_t index; /* its place in data_points */
};

/* One entry of `curves` or `bandwidth_curves`. Owned by its calibration. */
struct calibration_curve {
    char *name;     /* the key; "bandwidth:KEY" in bandwidth_curves */
    bool bandwidth; /* flops are bytes */
    const char *operation_type, *description, *notes;
    double min_flops, max_flops;

    struct data_point *points; /* those with a usable size and mean, in the order of the file */
    struct curve_points means; /* the same points as plain arrays, unweighted */
    uint64_t points_digest;    /* of all that they say (base/digest.h); 0: unknown */
    double low, high;          /* FLOPs that points and breakpoints span; low > high: none */

    const char *curve_type;
    struct breakpoint *breakpoints; /* usable ones by rising FLOPs, no FLOPs twice */
    size_t breakpoint_count;
    double r_squared, residual_std, max_residual; /* as stored; see calibration_statistics_known */
    char *parameters; /* the JSON text of fitted_curve.parameters; NULL where it has none */

    const struct json_value *value; /* the entry's object */
};

/* Owns its document and curves. Strings are borrowed from the document, NULL where absent. */
struct calibration {
    struct json_document *document;
    const char *schema_version, *hardware_id, *hardware_name, *device_type, *precision;
    const char *calibration_date, *calibration_tool_version, *notes;
    struct calibration_curve *curves; /* `curves` first, then `bandwidth_curves` */
    size_t curve_count;
    size_t compute_count; /* how many of them are in `curves` */
};

/* Reads a calibration from the bytes of a file. The caller frees *out. */
enum status calibration_read(const char *bytes, size_t length, struct calibration **out,
                             struct error *error);

/* The same from the file at path. */
enum status calibration_load(const char *path, struct calibration **out, struct error *error);

void calibration_free(struct calibration *calibration);

/*
 * The curve of that name ("conv2d", "bandwidth:generic"); NULL with a message that lists the names.
 */
const struct calibration_curve *calibration_find(const struct calibration *calibration,
                                                 const char *name, struct error *error);

/* The same where the kind is known: a compute curve may be called "bandwidth:x". NULL: none. */
const struct calibration_curve *calibration_find_kind(const struct calibration *calibration,
                                                      const char *name, bool bandwidth);

/* The stored curve as the evaluating functions take it. Borrowed. */
struct curve calibration_stored_curve(const struct calibration_curve *curve);

/* What its sizes count: "FLOPs" or "bytes". */
const char *calibration_unit(const struct calibration_curve *curve);

/*
 * Whether r_squared, residual_std and max_residual say anything: the field writes all three as 0.0
 * for "unknown".
 */
bool calibration_statistics_known(const struct calibration_curve *curve);

/*
 * The stored r_squared; NaN where it says nothing: where the statistics do not, or where it is the
 * 0.0 that stands for "undefined", as all points are at one height.
 */
double calibration_known_r_squared(const struct calibration_curve *curve);

/*
 * Whether any point sums up several observations or timings: the field's aggregator then states
 * statistics over those raw values, not over the points.
 */
bool calibration_points_sum_up(const struct calibration_curve *curve);

/*
 * The sizes that a curve is for: min_flops to max_flops, where the file has both in order; else
 * what its points and breakpoints span. A saved fit is sampled over it. False where there is
 * nothing.
 */
bool calibration_curve_range(const struct calibration_curve *curve, double *low, double *high);

/* The same, widened to all points and breakpoints: what a picture of the curve must show. */
bool calibration_curve_extent(const struct calibration_curve *curve, double *low, double *high);

/* Whether that extent has a size: elsewhere nothing is said of the curve, by points or a range. */
bool calibration_curve_covers(const struct calibration_curve *curve, double flops);

/* Efficiency on the stored curve; NaN where that is not covered, as nobody knows it there. */
double calibration_curve_value(const struct calibration_curve *curve, double flops);

/*
 * "inside", "below" or "above" min_flops..max_flops; a bound that the file has not bounds nothing.
 */
const char *calibration_place(const struct calibration_curve *curve, double flops);

/* The same of the sizes from the first data point to the last; NULL: there are no points. */
const char *calibration_place_of_points(const struct calibration_curve *curve, double flops);

/* Total number of data points. */
size_t calibration_point_count(const struct calibration *calibration);

/* The lowest known stored r_squared, NaN where none is known; *curve (or NULL) has it. */
double calibration_worst_fit(const struct calibration *calibration,
                             const struct calibration_curve **curve);

/* What a point's `source` says. */
enum point_source point_source_of(const char *name, size_t length);

/* "measured", "legacy", "interpolated", "other". */
const char *point_source_name(enum point_source source);

/*
 * What ci_lower and ci_upper mean in this curve: the field uses mean -+ 1.96 std, and mean -+ 1.96
 * std / sqrt(n).
 */
enum interval_sense {
    INTERVAL_UNKNOWN,
    INTERVAL_OF_POPULATION, /* mean -+ 1.96 std: where single observations fall */
    INTERVAL_OF_MEAN,       /* mean -+ 1.96 std / sqrt(n): where the mean lies */
};
enum interval_sense calibration_interval_sense(const struct calibration_curve *curve);

#endif
