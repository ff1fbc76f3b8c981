/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two calibrations, or two curves, beside one another. */
#ifndef UI_VIEW_VIEW_COMPARE_H
#define UI_VIEW_VIEW_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "compare/compare.h"

struct app;
struct file;

/* One side of a comparison. */
struct side {
    struct file *file; /* NULL: nothing is marked */
    bool whole;        /* the whole calibration, else one curve */
    size_t curve;
};

enum compare_detail {
    COMPARE_OPERATIONS,
    COMPARE_POINTS,
    COMPARE_CHANGES,
    COMPARE_SUMMARY,
    COMPARE_DETAILS,
};

struct compare_state {
    struct side a, b;
    struct comparison *comparison;
    size_t row;    /* of the table of operations */
    size_t point;  /* of the table of shared points */
    size_t top;    /* the first row shown of the changes, or of the summary */
    double cursor; /* FLOPs; NaN: none */
    bool shape;    /* curves are drawn over their maxima */
    /*
     * Where there is no room for plot and page: whether the page is shown. A plot that is shown
     * alone is that of the operations, or of the only page.
     */
    bool page;
    enum compare_detail detail;
};

/* Asks for a revision of the file in hand and compares it with what the file holds now. */
void compare_ask_revision(struct app *app);

/*
 * Compares a with b and shows that. Where they are the same, or in different units, says so
 * instead.
 */
void compare_start(struct app *app, struct side a, struct side b);

#endif
