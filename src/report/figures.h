/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The figures that a screen shows, explained: each with its formula in words, the numbers that went
 * in, and where it is undefined the reason. Those of a fit are defined in fit/fit.h, and have the
 * names of the JSON answer.
 */
#ifndef REPORT_FIGURES_H
#define REPORT_FIGURES_H

#include <stddef.h>

#include "compare/compare.h"
#include "report/laboratory.h"
#include "report/readout.h"

enum { FIGURES_MAX = 16, FIGURE_NAME_MAX = 32, FIGURE_TEXT_MAX = 1000 };
enum { FIGURE_SPANS_MAX = 40 }; /* so many stretches of sizes have room in a text */

/* One figure. formula is a constant. */
struct figure {
    char name[FIGURE_NAME_MAX];
    double value;                 /* NaN: undefined */
    const char *formula;          /* "square root of SS_res / (n - p)"; may be "" */
    char inputs[FIGURE_TEXT_MAX]; /* "SS_res 0.0146, SS_tot 1.98, n = 9"; may be "" */
    char reason[FIGURE_TEXT_MAX]; /* why there is no value; "" where there is one */
};

/* All fill figures and return their number. */

/* The fit is one of the laboratory's. */
size_t figures_of_fit(const struct laboratory *laboratory, const struct fit *fit,
                      struct figure figures[FIGURES_MAX]);

/* Those of a curve that was not fitted here, judged by the laboratory's points. */
size_t figures_of_curve(const struct laboratory *laboratory, const struct curve *curve,
                        struct figure figures[FIGURES_MAX]);

/* What a curve says at a size (FLOPs; NaN: none), and how it stands to its own points. */
size_t figures_of_readout(const struct readout *readout, double flops,
                          struct figure figures[FIGURES_MAX]);

/*
 * Two curves at a size (FLOPs; NaN: none), over what both cover, and at one shared point, whose
 * index may be beyond the last. None where one side lacks the curve.
 */
size_t figures_of_pair(const struct compared_curve *pair, double flops, size_t point,
                       struct figure figures[FIGURES_MAX]);

/* One of several curves of an operation, beside the one that all are compared with. */
struct overlaid_curve {
    const struct compared_curve *pair; /* a: the one compared with, b: this; NULL: cannot be */
    char letter, reference;            /* what the screen calls them */
};

/* How each of them stands to the reference at a size (FLOPs; NaN: none), and over what both cover.
 */
size_t figures_of_overlay(const struct overlaid_curve *curves, size_t count, double flops,
                          struct figure figures[FIGURES_MAX]);

#endif
