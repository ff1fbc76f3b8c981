/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simple questions about a calibration and its curves. */
#include "calibration/calibration.h"

#include <math.h>
#include <string.h>

#include "base/buffer.h"

enum point_source point_source_of(const char *name, size_t length)
{
    static const struct {
        const char *name;
        size_t length;
    } known[] = {
        [POINT_MEASURED] = {"measured", 8},
        [POINT_LEGACY] = {"legacy_hardcoded", 16},
        [POINT_INTERPOLATED] = {"interpolated", 12},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (length == known[i].length && memcmp(name, known[i].name, length) == 0)
            return (enum point_source)i;
    return POINT_OTHER;
}

const char *point_source_name(enum point_source source)
{
    static const char *const names[POINT_SOURCE_COUNT] = {"measured", "legacy", "interpolated",
                                                          "other"};
    return names[source];
}

static void append_names(const struct calibration *calibration, struct buffer *out)
{
    for (size_t i = 0; i < calibration->curve_count; i++)
        buffer_print(out, "%s%s", i ? ", " : "", calibration->curves[i].name);
}

const struct calibration_curve *calibration_find(const struct calibration *calibration,
                                                 const char *name, struct error *error)
{
    /* From behind, where the bandwidth curves are: a compute curve may be called "bandwidth:x". */
    for (size_t i = calibration->curve_count; i-- > 0;)
        if (strcmp(calibration->curves[i].name, name) == 0)
            return &calibration->curves[i];
    struct buffer names = {0};
    append_names(calibration, &names);
    if (names.length)
        error_set(error, STATUS_REFUSED, "there is no curve `%s`; the file has %s", name,
                  names.bytes);
    else
        error_set(error, STATUS_REFUSED, "there is no curve `%s`; the file has none", name);
    buffer_done(&names);
    return NULL;
}

const struct calibration_curve *calibration_find_kind(const struct calibration *calibration,
                                                      const char *name, bool bandwidth)
{
    for (size_t i = 0; i < calibration->curve_count; i++)
        if (calibration->curves[i].bandwidth == bandwidth &&
            strcmp(calibration->curves[i].name, name) == 0)
            return &calibration->curves[i];
    return NULL;
}

struct curve calibration_stored_curve(const struct calibration_curve *curve)
{
    return (struct curve){curve->breakpoints, curve->breakpoint_count};
}

const char *calibration_unit(const struct calibration_curve *curve)
{
    return curve->bandwidth ? "bytes" : "FLOPs";
}

bool calibration_statistics_known(const struct calibration_curve *curve)
{
    if (isnan(curve->r_squared) && isnan(curve->residual_std) && isnan(curve->max_residual))
        return false;
    return curve->r_squared != 0 || curve->residual_std != 0 || curve->max_residual != 0;
}

double calibration_known_r_squared(const struct calibration_curve *curve)
{
    bool undefined = curve->r_squared == 0 && curve_points_are_flat(&curve->means);
    return calibration_statistics_known(curve) && !undefined ? curve->r_squared : (double)NAN;
}

bool calibration_points_sum_up(const struct calibration_curve *curve)
{
    for (size_t i = 0; i < curve->means.count; i++)
        if (curve->points[i].observations > 1 || curve->points[i].samples > 1)
            return true;
    return false;
}

bool calibration_curve_range(const struct calibration_curve *curve, double *low, double *high)
{
    if (curve->min_flops > 0 && curve->max_flops > curve->min_flops) {
        *low = curve->min_flops;
        *high = curve->max_flops;
        return true;
    }
    *low = curve->low;
    *high = curve->high;
    return *low <= *high;
}

bool calibration_curve_extent(const struct calibration_curve *curve, double *low, double *high)
{
    *low = curve->low;
    *high = curve->high;
    if (curve->min_flops > 0)
        *low = fmin(*low, curve->min_flops);
    if (curve->max_flops > 0)
        *high = fmax(*high, curve->max_flops);
    return *low <= *high;
}

/* Sizes this close to an end are at it: a cursor comes there by way of its logarithm. */
static const double rounding = 1e-9;

bool calibration_curve_covers(const struct calibration_curve *curve, double flops)
{
    double low, high;
    return calibration_curve_extent(curve, &low, &high) && low * (1 - rounding) <= flops &&
           flops <= high * (1 + rounding);
}

double calibration_curve_value(const struct calibration_curve *curve, double flops)
{
    struct curve stored = calibration_stored_curve(curve);
    return calibration_curve_covers(curve, flops) ? curve_evaluate(&stored, flops) : (double)NAN;
}

const char *calibration_place(const struct calibration_curve *curve, double flops)
{
    return flops < curve->min_flops ? "below" : flops > curve->max_flops ? "above" : "inside";
}

const char *calibration_place_of_points(const struct calibration_curve *curve, double flops)
{
    struct curve_span span = curve_points_span(&curve->means);
    if (curve->means.count == 0)
        return NULL;
    return flops < span.low * (1 - rounding)    ? "below"
           : flops > span.high * (1 + rounding) ? "above"
                                                : "inside";
}

size_t calibration_point_count(const struct calibration *calibration)
{
    size_t count = 0;
    for (size_t i = 0; i < calibration->curve_count; i++)
        count += calibration->curves[i].means.count;
    return count;
}

double calibration_worst_fit(const struct calibration *calibration,
                             const struct calibration_curve **curve)
{
    double worst = NAN;
    for (size_t i = 0; i < calibration->curve_count; i++) {
        const struct calibration_curve *candidate = &calibration->curves[i];
        double r_squared = calibration_known_r_squared(candidate);
        if (isnan(r_squared) || !(isnan(worst) || r_squared < worst))
            continue;
        worst = r_squared;
        if (curve)
            *curve = candidate;
    }
    return worst;
}

/* Whether ci_lower and ci_upper are mean -+ reach, to the few digits that writers keep. */
static bool interval_has_reach(const struct data_point *point, double reach)
{
    double low = fmax(point->mean - reach, 0);
    double tolerance = 0.02 * reach;
    return (fabs(point->ci_lower - low) <= tolerance ||
            fabs(point->ci_lower - (point->mean - reach)) <= tolerance) &&
           fabs(point->ci_upper - (point->mean + reach)) <= tolerance;
}

static enum interval_sense point_interval_sense(const struct data_point *point)
{
    double n = isnan(point->samples) ? point->observations : point->samples;
    if (!(point->std > 0))
        return INTERVAL_UNKNOWN;
    if (interval_has_reach(point, 1.96 * point->std))
        return INTERVAL_OF_POPULATION;
    return n > 1 && interval_has_reach(point, 1.96 * point->std / sqrt(n)) ? INTERVAL_OF_MEAN
                                                                           : INTERVAL_UNKNOWN;
}

enum interval_sense calibration_interval_sense(const struct calibration_curve *curve)
{
    size_t votes[3] = {0};
    for (size_t i = 0; i < curve->means.count; i++)
        votes[point_interval_sense(&curve->points[i])]++;
    if (votes[INTERVAL_OF_POPULATION] * 2 > curve->means.count)
        return INTERVAL_OF_POPULATION;
    return votes[INTERVAL_OF_MEAN] * 2 > curve->means.count ? INTERVAL_OF_MEAN : INTERVAL_UNKNOWN;
}
