/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The figures that a screen shows, explained: name, value, formula, and the numbers that went in.
 * Those of a fit are in report/figures.h.
 */
#ifndef REPORT_EXPLAIN_H
#define REPORT_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "compare/compare.h"
#include "report/readout.h"

enum { EXPLAINED_MAX = 16, EXPLAINED_TEXT_MAX = 200 };

/* One figure. name and formula are constants. */
struct explained {
    const char *name;
    double value; /* NaN: undefined */
    const char *formula;
    char inputs[EXPLAINED_TEXT_MAX]; /* "SS_res 0.0146, SS_tot 1.98, n = 9" */
    const char *reason; /* why there is no value, as a constant; NULL where there is one */
};

/* What a curve says at a size, and how it stands to its points. Returns the number of items. */
size_t explain_curve(const struct readout *readout, double flops,
                     struct explained items[EXPLAINED_MAX]);

/*
 * Two curves at a size (NaN: none), over what both cover, and at one shared point, whose index may
 * be beyond the last.
 */
size_t explain_pair(const struct compared_curve *pair, double flops, size_t point,
                    struct explained items[EXPLAINED_MAX]);

#endif
