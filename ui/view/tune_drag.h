/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dragging a breakpoint by mouse. The curve follows on the screen; the session and its journal get
 * one edit when the button is let go.
 */
#ifndef UI_VIEW_TUNE_DRAG_H
#define UI_VIEW_TUNE_DRAG_H

#include "ui/action.h"
#include "ui/pointer.h"
#include "ui/terminal/mouse.h"

struct app;

/* The pointer in the plot, as view.point has it; true while a breakpoint goes along. */
bool tune_drag_point(struct app *app, const struct plot_place *place, enum mouse_kind kind);

/* Puts back what is being dragged, if anything is, and says nothing. */
void tune_drag_end(struct app *app);

/*
 * What any key does to a breakpoint that is being dragged: puts it back. True where the key was
 * Esc, which does no more than that.
 */
bool tune_drag_cancel(struct app *app, enum action action);

#endif
