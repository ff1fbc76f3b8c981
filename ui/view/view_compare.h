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
    size_t row;   /* of the table of operations */
    size_t point; /* of the table of shared points */
    size_t top;   /* the first row shown of the changes, or of the summary */
    double cursor;
    bool shape;
    bool page; /* where there is no room for both, the page shows in the plot's place; a plot
                  alone is always that of the operations, or of the only page */
    enum compare_detail detail;
};

/* Asks for a revision of the file in hand and compares it with what the file holds now. */
void compare_ask_revision(struct app *app);

/* Builds and shows the comparison of app->compare.a and .b. */
void compare_start(struct app *app, struct side a, struct side b);

#endif
