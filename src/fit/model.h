/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a curve model is to fit.c: a table of functions. Private to this folder. */
#ifndef FIT_MODEL_H
#define FIT_MODEL_H

#include "fit/fit.h"

struct fit_model {
    const char *name;
    /* free parameters for n points under these options */
    size_t (*parameter_count)(const struct curve_points *points, const struct fit_options *options);
    /* fills parameters, std_errors, breakpoints, status; fit.c does guards and statistics */
    void (*run)(struct fit *fit, const struct curve_points *points,
                const struct fit_options *options);
    double (*evaluate)(const struct fit *fit, double flops);
};

extern const struct fit_model fit_piecewise_linear;
extern const struct fit_model fit_log_linear;
extern const struct fit_model fit_sigmoid;

void fit_warn(struct fit *fit, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
