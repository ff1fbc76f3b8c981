/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Up to eight calibrations over one another, an operation at a time, or every operation in a small
 * plot of its own with the same axes.
 */
#ifndef UI_VIEW_VIEW_OVERLAY_H
#define UI_VIEW_VIEW_OVERLAY_H

#include "compare/compare.h"
#include "compare/operations.h"
#include "report/scene.h"

struct app;
struct file;

/* The axes that the small plots share: those of the compute curves, of the bandwidth curves. */
struct overlay_windows {
    struct scene_window compute, bandwidth;
    struct scene_options made_for; /* log_y, bars and shape */
};

/* Zeroed it is empty. operations and against are made on entering and freed on leaving. */
struct overlay_state {
    struct file *files[COMPARE_CALIBRATIONS_MAX]; /* in the order in which they were marked */
    size_t count;
    size_t reference; /* the one that the others are compared with */
    struct compare_operation *operations;
    size_t operation_count;
    size_t row; /* of operations */
    /* each against the reference, which itself has NULL */
    struct comparison *against[COMPARE_CALIBRATIONS_MAX];
    double cursor;
    bool shape;
    bool multiples; /* all operations, each in a small plot */
    bool table;     /* the table is shown in the plot's place, as there is no room for both */
    struct overlay_windows windows;
};

/* Shows count files, from 2 to COMPARE_CALIBRATIONS_MAX of them. */
void overlay_start(struct app *app, struct file *const *files, size_t count);

/* The operation in hand. There is one while the view is shown. */
const struct compare_operation *overlay_operation(const struct app *app);

/*
 * The curves of one operation, the reference first, so that it is drawn over the others. Returns
 * their number.
 */
size_t overlay_gather(const struct overlay_state *state, const struct compare_operation *operation,
                      struct scene_curve curves[COMPARE_CALIBRATIONS_MAX]);

/* How its plots are drawn, whichever they are. */
struct scene_options overlay_scene_options(const struct app *app);

#endif
