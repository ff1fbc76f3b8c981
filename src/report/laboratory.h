/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fit laboratory: the models fitted side by side to the points of one curve, and one sentence
 * on what to believe. Both faces show it.
 */
#ifndef REPORT_LABORATORY_H
#define REPORT_LABORATORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "calibration/calibration.h"
#include "fit/fit.h"

struct buffer;

/* What a point counts for: 1, 1/efficiency_std^2, 1/efficiency_mean^2. */
enum laboratory_weights {
    LABORATORY_UNWEIGHTED,
    LABORATORY_BY_STD,
    LABORATORY_RELATIVE,
    LABORATORY_WEIGHTS,
};

/* "none", "std", "relative". */
const char *laboratory_weights_name(enum laboratory_weights weights);

struct laboratory_options {
    const struct fit_model *model; /* NULL: all */
    const bool *left_out;          /* per point of the curve; NULL: none is */
    enum laboratory_weights weights;
    struct fit_options fit;
};

/* Owns its arrays and fits, and borrows nothing. */
struct laboratory {
    size_t curve_points;             /* of the curve, those left out included */
    size_t single;                   /* of those that take part: with one observation */
    double *flops, *means, *weights; /* of the points that take part; weights NULL: all 1 */
    double *own_errors;              /* of each mean, std / sqrt(num_observations); NaN: unknown */
    double *observations;            /* num_observations of each, 2 or more where that is known */
    size_t known_errors;             /* how many of them are known */
    size_t *places;                  /* of these points among the curve's */
    struct curve_points points;      /* views of these arrays */
    struct laboratory_options made;  /* what it was made with; without what that borrowed */
    struct fit **fits;
    size_t fit_count;
    bool stopped;                   /* its options' keep_going said no: not all fits were made */
    const struct fit *best;         /* one of them (fit_best), or NULL; may not be positive */
    const struct fit *best_savable; /* that, or else the best of those that can be saved, or NULL */
    double low, high; /* the range in which a saved fit is sampled; 0 where there is none */
};

/*
 * Fits. STATUS_REFUSED, with the points named, where some have nothing to be weighed by. The caller
 * frees *out.
 */
enum status laboratory_new(const struct calibration_curve *curve,
                           const struct laboratory_options *options, struct laboratory **out,
                           struct error *error);
void laboratory_free(struct laboratory *laboratory);

/*
 * Whether fitting these points of a curve under these options would give the same again. Never of
 * one that was stopped.
 */
bool laboratory_is_of(const struct laboratory *laboratory, const struct calibration_curve *curve,
                      const struct laboratory_options *options);

/* Whether a fit has breakpoints that can be saved: it is positive over the range. */
bool laboratory_can_save(const struct laboratory *laboratory, const struct fit *fit);

/* Whether a table of fits holds this one up: it is the best that can be saved. */
bool laboratory_holds_up(const struct laboratory *laboratory, const struct fit *fit);

/*
 * What a table of fits says of one: its status, or "not positive" where it is ok and yet cannot be
 * saved.
 */
const char *laboratory_status_name(const struct laboratory *laboratory, const struct fit *fit);

/*
 * R^2 of a fit over the points as they are weighted here, whatever a robust fit left of the
 * weights: so it compares with other models and with the stored curve.
 */
double laboratory_r_squared(const struct laboratory *laboratory, const struct fit *fit);

/*
 * Whether a fit misses a point by more than the point's own spread allows: |residual| over its
 * standard error (std / sqrt(n), n = num_observations, 2 or more, std > 0) against Student's t with
 * n - 1 degrees of freedom, once in 20 curves (Bonferroni over the points so judged). The curve is
 * not known exactly either: where the fit has a confidence band, its standard error there is added,
 * as independent errors add. A model that does not hold misses many points in this sense.
 */
bool laboratory_is_own_outlier(const struct laboratory *laboratory, const struct fit *fit,
                               size_t index);

/* Appends "the point at 500 M is off by 4.1 of its own standard errors"; nothing where none is. */
void laboratory_tell_own_outliers(const struct laboratory *laboratory, const struct fit *fit,
                                  struct buffer *out);

/*
 * Predicted over measured latency at the point that takes part where the two are furthest apart, at
 * *flops: as latency goes as 1 / efficiency, mean / fit. NaN where no point and the fit there are
 * both positive.
 */
double laboratory_latency_ratio(const struct laboratory *laboratory, const struct fit *fit,
                                double *flops);

/*
 * Appends "latency 107 k times too long at 949 k"; false, with nothing appended,
 * where it is nowhere wrong by a factor of 2. Efficiencies far below the largest weigh nothing in a
 * sum of squares, so a fit may be ok, and R^2 high, and this be large.
 */
bool laboratory_tell_latency(const struct laboratory *laboratory, const struct fit *fit,
                             struct buffer *out);

/*
 * The sentence of readout_falling_latency about the breakpoints that a save would write, within
 * that tolerance of the fit; false, with nothing appended, where there is nothing to say.
 */
bool laboratory_tell_falling(const struct laboratory *laboratory, const struct fit *fit,
                             double tolerance, enum text_charset charset, struct buffer *out);

/*
 * Appends what to make of it: "9 points, 1 of a single observation; sigmoid explains 99.4 %, but
 * saturation is not observed; piecewise_linear with 4 breakpoints predicts left-out points best".
 */
void laboratory_sentence(const struct laboratory *laboratory, struct buffer *out);

#endif
