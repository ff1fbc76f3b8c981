/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The refit view: every model fitted to the curve in hand, side by side. */
#ifndef UI_VIEW_VIEW_FIT_H
#define UI_VIEW_VIEW_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "fit/fit.h"
#include "fit/influence.h"
#include "report/laboratory.h"
#include "report/scene.h"

struct app;

/* What the refit view draws; all but the first are about the selected row alone. */
enum fit_page { FIT_PAGE_RESIDUALS, FIT_PAGE_QUANTILES, FIT_PAGE_INFLUENCE, FIT_PAGES };

struct fit_texts;

/* Fits, and what is said of them. */
struct fit_made {
    struct laboratory *laboratory;
    struct fit_texts *texts;
};

enum { FITS_EARLIER = 3 };

struct fit_state {
    struct laboratory *laboratory;         /* NULL: none made yet */
    struct fit_texts *texts;               /* what is said about its fits */
    struct fit_made earlier[FITS_EARLIER]; /* the one before these first; zeroed: none */
    size_t curve;                          /* index of the curve that it was made for */
    size_t row;                            /* 0: the current curve, 1.. : fits */
    size_t point;                          /* selected data point */
    size_t breakpoints;                    /* of the piecewise model; 0: chosen by AICc */
    enum laboratory_weights weights;
    bool robust, floor, monotone, positive;
    double tolerance; /* relative, of the breakpoints of a fit that is adopted */
    enum scene_band band;
    enum fit_page page;
    struct fit_influence *influence; /* of the points on influence_of; NULL: not asked for */
    const struct fit *influence_of;  /* one of the laboratory's */
    bool figures;      /* the list of figures with their reasons stands over the plot */
    size_t figure_top; /* its first line shown */
};

/* Fits the curve in hand and shows the fits. */
void fit_start(struct app *app);

#endif
