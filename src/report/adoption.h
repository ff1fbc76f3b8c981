/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A fit as the next version of a curve: breakpoints sampled from it, and on request the model's own
 * curve_type and parameters with them. Both faces save fits through it, so they write the same.
 */
#ifndef REPORT_ADOPTION_H
#define REPORT_ADOPTION_H

#include <stdbool.h>

#include "fit/fit.h"
#include "tune/edit.h"

struct buffer;
struct calibration_curve;
struct laboratory;

/* How a fit is written. */
struct adoption {
    struct fit_sampling sampling;
    bool as_model; /* curve_type is the model's, with its parameters; else piecewise_linear */
};

/*
 * NULL where the fit cannot be sampled, with *bad_flops as fit_sample leaves it. The caller frees
 * the version. With as_model the fit is ok: its parameters are numbers.
 */
struct curve_version *adoption_version(const struct fit *fit, const struct adoption *adoption,
                                       double *bad_flops);

/*
 * Appends "fitted without 2 of 9 points (1 M, 31.6 M)"; false, with nothing appended, where all
 * points of the laboratory's curve took part.
 */
bool adoption_tell_left_out(const struct laboratory *laboratory,
                            const struct calibration_curve *curve, struct buffer *out);

/* "saved as sigmoid: the field's loader drops an operation of that curve_type ..." */
void adoption_warn_of_readers(const char *curve_type, struct buffer *out);

#endif
