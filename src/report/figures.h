/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The figures of a fit, each with its formula in words and, where it is undefined, with the reason.
 * The definitions are those of fit/fit.h; the names those of the JSON answer.
 */
#ifndef REPORT_FIGURES_H
#define REPORT_FIGURES_H

#include <stddef.h>

#include "report/laboratory.h"

enum { FIGURES_MAX = 16, FIGURE_REASON_MAX = 200 };

/* One figure. name and formula are constants or the model's own. */
struct figure {
    const char *name;
    double value;                   /* NaN: undefined */
    const char *formula;            /* "square root of SS_res / (n - p)" */
    char reason[FIGURE_REASON_MAX]; /* why there is no value; "" where there is one */
};

/* Fills figures; returns their number. The fit is one of the laboratory's. */
size_t figures_of_fit(const struct laboratory *laboratory, const struct fit *fit,
                      struct figure figures[FIGURES_MAX]);

/* Those of a curve that was not fitted here, judged by the laboratory's points. */
size_t figures_of_curve(const struct laboratory *laboratory, const struct curve *curve,
                        struct figure figures[FIGURES_MAX]);

#endif
