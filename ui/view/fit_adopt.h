/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the refit view to the curve: taking the selected fit as the next version. */
#ifndef UI_VIEW_FIT_ADOPT_H
#define UI_VIEW_FIT_ADOPT_H

#include "ui/app.h"

/* Takes the selected fit as breakpoints that every reader knows; says how, or why not. */
void fit_adopt(struct app *app);

/*
 * Says what readers do with the model's own curve_type, and takes the fit so once that is accepted.
 */
void fit_ask_as_model(struct app *app);

/* Asks how close the breakpoints of an adopted fit stay to the model. */
void fit_ask_tolerance(struct app *app);

#endif
