/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving, adding and deleting breakpoints of the curve in hand, by key and by mouse. */
#ifndef UI_VIEW_VIEW_TUNE_H
#define UI_VIEW_VIEW_TUNE_H

#include <stdbool.h>
#include <stddef.h>

#include "report/scene.h"
#include "tune/session.h"

struct app;

/* A breakpoint that is being dragged. The session has nothing of it before the button is let go. */
struct tune_drag {
    bool going_on;
    int row, column;               /* where it began */
    struct scene_window axes;      /* those of the plot, which stay as they are meanwhile */
    struct curve_version *version; /* the curve as it would be; NULL: nothing moved yet */
};

struct tune_state {
    size_t breakpoint;
    struct tune_drag drag;
};

/* Tunes the curve in hand, starting at the breakpoint nearest to the cursor. */
void tune_start(struct app *app);

#endif
