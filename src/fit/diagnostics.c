/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Regression diagnostics from the weighted Jacobian A (a row a point: root of the weight times the
 * gradient), to first order for models that are not linear: Belsley, Kuh and Welsch, "Regression
 * Diagnostics" (1980); Seber and Wild, "Nonlinear Regression" (1989), 5.
 *
 * A = QR, columns scaled to length 1. (A'A)^-1 = R^-1 R^-T, and the leverage of a point with row a
 * is |R^-T a|^2, so Q is never formed.
 */
#include "fit/diagnostics.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "fit/model.h"

/* Beyond this condition number of the scaled Jacobian its inverse holds no digit worth showing. */
static const double worst_condition = 1e10;
enum { DERIVATIVES_MAX = 2000000 };       /* rows x columns of a Jacobian that is affordable */
static const double outlier_level = 0.05; /* over all points of a fit together */

/* The decomposition of one fit's Jacobian; owned by whoever declares it. */
struct decomposition {
    size_t p;
    double *row;     /* the row in hand, p of them */
    double *lengths; /* of the columns before scaling */
    gsl_matrix *qr;  /* upper p x p: R */
};

static void fill_jacobian(const struct fit *fit, const struct curve_points *points,
                          struct decomposition *decomposition)
{
    for (size_t i = 0; i < points->count; i++) {
        fit->model->gradient(fit, points->flops[i], decomposition->row);
        double weight = fit_root_weight(points, i);
        for (size_t j = 0; j < decomposition->p; j++)
            gsl_matrix_set(decomposition->qr, i, j, weight * decomposition->row[j]);
    }
}

/* The condition number of the upper triangle of qr; infinity where it cannot be told. */
static double condition_of(const gsl_matrix *qr, size_t p)
{
    gsl_matrix *r = gsl_matrix_calloc(p, p), *vectors = gsl_matrix_alloc(p, p);
    gsl_vector *values = gsl_vector_alloc(p);
    for (size_t i = 0; i < p; i++)
        for (size_t j = i; j < p; j++)
            gsl_matrix_set(r, i, j, gsl_matrix_get(qr, i, j));
    bool found = gsl_linalg_SV_decomp_jacobi(r, vectors, values) == GSL_SUCCESS;
    double condition = gsl_vector_get(values, 0) / gsl_vector_get(values, p - 1);
    gsl_matrix_free(r);
    gsl_matrix_free(vectors);
    gsl_vector_free(values);
    return found && !isnan(condition) ? condition : INFINITY;
}

/*
 * Decomposes; returns the condition number, infinity where a column vanishes or the numerics give
 * up.
 */
static double decompose(const struct fit *fit, const struct curve_points *points,
                        struct decomposition *decomposition)
{
    size_t p = decomposition->p;
    fill_jacobian(fit, points, decomposition);
    for (size_t j = 0; j < p; j++) {
        gsl_vector_view column = gsl_matrix_column(decomposition->qr, j);
        decomposition->lengths[j] = gsl_blas_dnrm2(&column.vector);
        if (!(decomposition->lengths[j] > 0) || !isfinite(decomposition->lengths[j]))
            return INFINITY;
        gsl_vector_scale(&column.vector, 1 / decomposition->lengths[j]);
    }
    gsl_vector *tau = gsl_vector_alloc(p);
    bool done = gsl_linalg_QR_decomp(decomposition->qr, tau) == GSL_SUCCESS;
    gsl_vector_free(tau);
    return done ? condition_of(decomposition->qr, p) : INFINITY;
}

/* False where the points do not determine all parameters. */
static bool decompose_well(const struct fit *fit, const struct curve_points *points,
                           struct decomposition *decomposition)
{
    return decompose(fit, points, decomposition) <= worst_condition;
}

/*
 * The row in hand becomes R^-T times itself, with its columns scaled as R's; returns its square.
 * Forward substitution in place: for a row of three, a call of BLAS costs more than its work.
 */
static double solve_row(const struct decomposition *decomposition)
{
    const gsl_matrix *r = decomposition->qr;
    double *row = decomposition->row, square = 0;
    for (size_t j = 0; j < decomposition->p; j++) {
        row[j] /= decomposition->lengths[j];
        for (size_t k = 0; k < j; k++)
            row[j] -= gsl_matrix_get(r, k, j) * row[k];
        row[j] /= gsl_matrix_get(r, j, j);
        square += row[j] * row[j];
    }
    return square;
}

/* (A'A)^-1, row by row: the products of the columns of R^-T. */
static void fill_covariance(struct fit *fit, const struct decomposition *decomposition)
{
    size_t p = decomposition->p;
    double *columns = memory_new_array(p * p, sizeof *columns);
    for (size_t j = 0; j < p; j++) {
        for (size_t i = 0; i < p; i++)
            decomposition->row[i] = i == j;
        solve_row(decomposition);
        for (size_t i = 0; i < p; i++)
            columns[j * p + i] = decomposition->row[i];
    }
    fit->covariance = memory_new_array(p * p, sizeof *fit->covariance);
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++)
            for (size_t k = 0; k < p; k++)
                fit->covariance[i * p + j] += columns[i * p + k] * columns[j * p + k];
    free(columns);
}

/*
 * The residual over what its standard deviation would be, were the point not part of the fit. NaN
 * where nothing is left to tell that by: no degree of freedom, leverage 1, others without error.
 */
static double deleted_residual(const struct fit *fit, double weighted_residual, double leverage)
{
    double n = (double)fit->statistics.count, spare = n - (double)fit->p - 1;
    double kept = 1 - leverage, sse = fit->statistics.ss_res;
    if (!(spare > 0) || !(kept > 1e-12))
        return NAN;
    double rest = sse - weighted_residual * weighted_residual / kept;
    if (!(rest > 1e-12 * sse))
        return NAN;
    return weighted_residual / sqrt(rest / spare * kept);
}

static void fill_deleted_residuals(struct fit *fit, const struct curve_points *points)
{
    if (!(fit->statistics.ss_res > fit_rounding_sse(points)))
        return; /* they would compare one rounding with the others */
    for (size_t i = 0; i < points->count; i++)
        fit->deleted_residuals[i] = deleted_residual(
            fit, fit_root_weight(points, i) * fit->residuals[i], fit->leverages[i]);
}

static void fill_leverages(const struct fit *fit, const struct curve_points *points,
                           const struct decomposition *decomposition, double *leverages)
{
    for (size_t i = 0; i < points->count; i++) {
        fit->model->gradient(fit, points->flops[i], decomposition->row);
        for (size_t j = 0; j < decomposition->p; j++)
            decomposition->row[j] *= fit_root_weight(points, i);
        leverages[i] = fmin(solve_row(decomposition), 1);
    }
}

/* Parameter -+ t x standard error, t of n - p degrees of freedom. */
static void fill_intervals(struct fit *fit)
{
    double freedom = (double)fit->statistics.count - (double)fit->p;
    double t = freedom > 0 ? gsl_cdf_tdist_Pinv(0.975, freedom) : (double)NAN;
    for (size_t j = 0; j < fit->parameter_count; j++) {
        fit->ci_low[j] = fit->parameters[j] - t * fit->std_errors[j];
        fit->ci_high[j] = fit->parameters[j] + t * fit->std_errors[j];
    }
}

static void decomposition_init(struct decomposition *decomposition, size_t count, size_t p)
{
    *decomposition = (struct decomposition){
        .p = p,
        .row = memory_new_array(p, sizeof *decomposition->row),
        .lengths = memory_new_array(p, sizeof *decomposition->lengths),
        .qr = gsl_matrix_alloc(count, p),
    };
}

static void decomposition_done(struct decomposition *decomposition)
{
    gsl_matrix_free(decomposition->qr);
    free(decomposition->lengths);
    free(decomposition->row);
}

static bool is_affordable(const struct fit *fit, const struct curve_points *points)
{
    return points->count <= DERIVATIVES_MAX / fit->p;
}

double fit_condition(const struct fit *fit, const struct curve_points *points)
{
    struct decomposition decomposition;
    decomposition_init(&decomposition, points->count, fit->p);
    double condition = decompose(fit, points, &decomposition);
    decomposition_done(&decomposition);
    return condition;
}

void fit_find_leverages(const struct fit *fit, const struct curve_points *points, double *leverages)
{
    struct decomposition decomposition;
    for (size_t i = 0; i < points->count; i++)
        leverages[i] = NAN;
    if (!is_affordable(fit, points) || points->count < fit->p)
        return;
    decomposition_init(&decomposition, points->count, fit->p);
    if (decompose_well(fit, points, &decomposition))
        fill_leverages(fit, points, &decomposition, leverages);
    decomposition_done(&decomposition);
}

void fit_diagnose(struct fit *fit, const struct curve_points *points)
{
    struct decomposition decomposition;
    double n = (double)points->count, spare = n - (double)fit->p - 1;
    fill_intervals(fit);
    if (spare > 0)
        fit->deleted_limit = gsl_cdf_tdist_Qinv(outlier_level / (2 * n), spare);
    if (!is_affordable(fit, points)) {
        fit_warn(fit, "leverages and bands not computed: too many points");
        return;
    }
    decomposition_init(&decomposition, points->count, fit->p);
    if (decompose_well(fit, points, &decomposition)) {
        fill_covariance(fit, &decomposition);
        fill_leverages(fit, points, &decomposition, fit->leverages);
        fill_deleted_residuals(fit, points);
    }
    decomposition_done(&decomposition);
}

bool fit_is_outlier(const struct fit *fit, size_t index)
{
    const double rejected = 0.01;
    if (fit->robust_weights)
        return fit->robust_weights[index] < rejected;
    return fabs(fit->deleted_residuals[index]) > fit->deleted_limit;
}

bool fit_band(const struct fit *fit, enum fit_band band, double flops, double *low, double *high)
{
    double freedom = (double)fit->statistics.count - (double)fit->p;
    double value = fit_evaluate(fit, flops), variance = band == FIT_BAND_PREDICTION;
    if (!fit->covariance || !(freedom > 0) || isnan(value))
        return false;
    if (band == FIT_BAND_PREDICTION && fit->weighted)
        return false;
    double *row = memory_new_array(fit->p, sizeof *row);
    fit->model->gradient(fit, flops, row);
    for (size_t i = 0; i < fit->p; i++)
        for (size_t j = 0; j < fit->p; j++)
            variance += row[i] * fit->covariance[i * fit->p + j] * row[j];
    free(row);
    double half = gsl_cdf_tdist_Pinv(0.975, freedom) * fit->standard_error * sqrt(variance);
    *low = value - half;
    *high = value + half;
    return isfinite(half);
}
