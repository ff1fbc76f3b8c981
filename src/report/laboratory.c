/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fitting one curve of a calibration: choosing points, weighing them, running the models. */
#include "report/laboratory.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"

const char *laboratory_weights_name(enum laboratory_weights weights)
{
    static const char *const names[] = {"none", "std", "relative"};
    return names[weights];
}

/* NaN where the point has nothing to weigh it by. */
static double weight_of(const struct data_point *point, enum laboratory_weights weights)
{
    double scale = weights == LABORATORY_BY_STD ? point->std : point->mean;
    double weight = 1 / (scale * scale);
    return isfinite(weight) && weight > 0 ? weight : NAN;
}

/*
 * Notes of how many independent observations a mean is, and its standard error by them, if known.
 */
static void take_own_error(struct laboratory *laboratory, const struct data_point *point, size_t at)
{
    bool known = point->std > 0 && isfinite(point->std) && point->observations >= 2;
    laboratory->observations[at] = point->observations;
    laboratory->own_errors[at] = known ? point->std / sqrt(point->observations) : (double)NAN;
    laboratory->known_errors += known;
}

static void select_points(struct laboratory *laboratory, const struct calibration_curve *curve,
                          const struct laboratory_options *options)
{
    size_t all = curve->means.count, count = 0;
    laboratory->curve_points = all;
    laboratory->flops = memory_new_array(all, sizeof *laboratory->flops);
    laboratory->means = memory_new_array(all, sizeof *laboratory->means);
    laboratory->places = memory_new_array(all, sizeof *laboratory->places);
    laboratory->own_errors = memory_new_array(all, sizeof *laboratory->own_errors);
    laboratory->observations = memory_new_array(all, sizeof *laboratory->observations);
    if (options->weights != LABORATORY_UNWEIGHTED)
        laboratory->weights = memory_new_array(all, sizeof *laboratory->weights);
    for (size_t i = 0; i < all; i++) {
        const struct data_point *point = &curve->points[i];
        if (options->left_out && options->left_out[i])
            continue;
        laboratory->flops[count] = point->flops;
        laboratory->means[count] = point->mean;
        laboratory->places[count] = i;
        if (laboratory->weights)
            laboratory->weights[count] = weight_of(point, options->weights);
        take_own_error(laboratory, point, count);
        laboratory->single += point->observations == 1;
        count++;
    }
    laboratory->points =
        (struct curve_points){laboratory->flops, laboratory->means, laboratory->weights, count};
}

/* Names the points that the weights cannot be made from. */
static enum status check_weights(const struct laboratory *laboratory,
                                 enum laboratory_weights weights, struct error *error)
{
    struct buffer names = {0};
    enum status status = STATUS_OK;
    for (size_t i = 0; laboratory->weights && i < laboratory->points.count; i++) {
        char size[NUMBER_TEXT_MAX];
        if (!isnan(laboratory->weights[i]))
            continue;
        number_print_si(laboratory->flops[i], 4, size);
        buffer_print(&names, "%s%s", names.length ? ", " : "", size);
    }
    if (names.length > 0)
        status = error_set(error, STATUS_REFUSED, "weights %s: %s missing or zero at %s",
                           laboratory_weights_name(weights),
                           weights == LABORATORY_BY_STD ? "efficiency_std" : "efficiency_mean",
                           names.bytes);
    buffer_done(&names);
    return status;
}

/* The model at a place of the tables; NULL where it is not asked for. */
static const struct fit_model *model_wanted(const struct laboratory_options *options, size_t i)
{
    const struct fit_model *model = fit_model_at(i);
    return !options->model || options->model == model ? model : NULL;
}

/* The best by definition, and where that cannot be saved the best of those that can. */
static void choose_best(struct laboratory *laboratory)
{
    size_t count = laboratory->fit_count;
    const struct fit **savable = memory_new_array(count, sizeof(struct fit *));
    laboratory->best = fit_best((const struct fit *const *)laboratory->fits, count);
    for (size_t i = 0; i < count; i++) {
        bool can = laboratory_can_save(laboratory, laboratory->fits[i]);
        savable[i] = can ? laboratory->fits[i] : NULL;
    }
    bool is_savable = laboratory->best && laboratory_can_save(laboratory, laboratory->best);
    laboratory->best_savable = is_savable ? laboratory->best : fit_best(savable, count);
    free(savable);
}

/*
 * The line is made first, as it costs nothing: it is there when the others are stopped. Then the
 * fits move together in the order of the tables.
 */
static void run_models(struct laboratory *laboratory, const struct laboratory_options *options)
{
    struct fit_options asked = options->fit;
    asked.low = laboratory->low; /* where a fit is saved it has to be positive, too */
    asked.high = laboratory->high;
    size_t count = fit_model_count();
    struct fit **fits = memory_new_array(count, sizeof(struct fit *));
    for (int others = 0; others < 2; others++)
        for (size_t i = 0; i < count; i++) {
            const struct fit_model *model = model_wanted(options, i);
            if (model && (model != fit_model_find("log_linear")) == others)
                fits[i] = fit_run(model, &laboratory->points, &asked);
        }
    for (size_t i = 0; i < count; i++)
        if (fits[i])
            fits[laboratory->fit_count++] = fits[i];
    laboratory->fits = fits;
    laboratory->stopped = options->fit.keep_going &&
                          !options->fit.keep_going(options->fit.context, fit_model_at(count - 1));
    choose_best(laboratory);
}

enum status laboratory_new(const struct calibration_curve *curve,
                           const struct laboratory_options *options, struct laboratory **out,
                           struct error *error)
{
    struct laboratory *laboratory = memory_new_array(1, sizeof *laboratory);
    laboratory->made = *options;
    laboratory->made.left_out = NULL;
    laboratory->made.fit.keep_going = NULL;
    laboratory->made.fit.context = NULL;
    select_points(laboratory, curve, options);
    enum status status = check_weights(laboratory, options->weights, error);
    if (status) {
        laboratory_free(laboratory);
        return status;
    }
    calibration_curve_range(curve, &laboratory->low, &laboratory->high);
    run_models(laboratory, options);
    *out = laboratory;
    return STATUS_OK;
}

static void forget_points(struct laboratory *laboratory)
{
    free(laboratory->flops);
    free(laboratory->means);
    free(laboratory->weights);
    free(laboratory->places);
    free(laboratory->own_errors);
    free(laboratory->observations);
}

void laboratory_free(struct laboratory *laboratory)
{
    if (!laboratory)
        return;
    for (size_t i = 0; i < laboratory->fit_count; i++)
        fit_free(laboratory->fits[i]);
    free(laboratory->fits);
    forget_points(laboratory);
    free(laboratory);
}

static bool options_are_same(const struct laboratory_options *a, const struct laboratory_options *b)
{
    return a->model == b->model && a->weights == b->weights &&
           a->fit.breakpoints == b->fit.breakpoints && a->fit.floor == b->fit.floor &&
           a->fit.one_left_out == b->fit.one_left_out && a->fit.robust == b->fit.robust &&
           a->fit.monotone == b->fit.monotone && a->fit.positive == b->fit.positive;
}

/* Every digit, and undefined in the same places. */
static bool are_same(const double *a, const double *b, size_t count)
{
    return (!a && !b) || (a && b && memcmp(a, b, count * sizeof *a) == 0);
}

bool laboratory_is_of(const struct laboratory *laboratory, const struct calibration_curve *curve,
                      const struct laboratory_options *options)
{
    struct laboratory other = {0};
    double low, high;
    if (laboratory->stopped || !options_are_same(&laboratory->made, options))
        return false;
    select_points(&other, curve, options);
    calibration_curve_range(curve, &low, &high);
    size_t count = other.points.count;
    bool same = laboratory->curve_points == other.curve_points &&
                laboratory->points.count == count && laboratory->low == low &&
                laboratory->high == high &&
                memcmp(laboratory->places, other.places, count * sizeof *other.places) == 0 &&
                are_same(laboratory->flops, other.flops, count) &&
                are_same(laboratory->means, other.means, count) &&
                are_same(laboratory->weights, other.weights, count) &&
                are_same(laboratory->own_errors, other.own_errors, count) &&
                are_same(laboratory->observations, other.observations, count);
    forget_points(&other);
    return same;
}

bool laboratory_can_save(const struct laboratory *laboratory, const struct fit *fit)
{
    return fit_can_sample(fit, laboratory->low, laboratory->high);
}

bool laboratory_holds_up(const struct laboratory *laboratory, const struct fit *fit)
{
    return fit == laboratory->best_savable;
}

const char *laboratory_status_name(const struct laboratory *laboratory, const struct fit *fit)
{
    bool negative = fit->status == FIT_OK && !laboratory_can_save(laboratory, fit);
    return negative ? "not positive" : fit_status_name(fit->status);
}

double laboratory_r_squared(const struct laboratory *laboratory, const struct fit *fit)
{
    struct curve_statistics statistics;
    curve_statistics_of_residuals(&laboratory->points, fit->residuals, &statistics);
    return statistics.r_squared;
}

/* The standard error of the curve itself at a size; 0 where nothing tells. */
static double error_of_curve(const struct fit *fit, double flops)
{
    double low, high, freedom = (double)fit->statistics.count - (double)fit->p;
    if (!fit_band(fit, FIT_BAND_CONFIDENCE, flops, &low, &high))
        return 0;
    return (high - low) / 2 / gsl_cdf_tdist_Pinv(0.975, freedom);
}

bool laboratory_is_own_outlier(const struct laboratory *laboratory, const struct fit *fit,
                               size_t index)
{
    const double level = 0.05; /* over all points of a curve together */
    double own = laboratory->own_errors[index], residual = fabs(fit->residuals[index]);
    if (!(residual > own))
        return false;
    double error = hypot(own, error_of_curve(fit, laboratory->flops[index]));
    double beyond = 2 * gsl_cdf_tdist_Q(residual / error, laboratory->observations[index] - 1);
    return beyond * (double)laboratory->known_errors < level;
}

void laboratory_tell_own_outliers(const struct laboratory *laboratory, const struct fit *fit,
                                  struct buffer *out)
{
    size_t count = 0, furthest = 0;
    double most = 0;
    for (size_t i = 0; i < laboratory->points.count; i++) {
        double distance = fabs(fit->residuals[i]) / laboratory->own_errors[i];
        if (!laboratory_is_own_outlier(laboratory, fit, i))
            continue;
        count++;
        if (distance > most) {
            most = distance;
            furthest = i;
        }
    }
    if (count == 0)
        return;
    char size[NUMBER_TEXT_MAX], off[NUMBER_TEXT_MAX];
    number_print_si(laboratory->flops[furthest], 3, size);
    number_print_short(most, 2, off);
    if (count > 1)
        buffer_print(out, "%zu points are off by more than their own spread allows; ", count);
    buffer_print(out, "the point at %s is off by %s of its own standard errors", size, off);
}
