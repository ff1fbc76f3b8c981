/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making the refit view's fits, of the points that take part and under the settings in hand. Those
 * made last are found again, so that a point left out and taken back, or a setting tried and
 * dropped, costs no second fit.
 */
#ifndef UI_VIEW_FIT_MAKE_H
#define UI_VIEW_FIT_MAKE_H

#include <stdbool.h>

struct app;

/* For each data point of the curve in hand whether it is left out of the fits. */
bool *fit_left_out(const struct app *app);

/*
 * Fits again, after the points or the settings have changed. False, with a message, where the user
 * has stopped it: fits and settings are then those from before, if there were any.
 */
bool fit_make_again(struct app *app);

/* Writes anew what is said of the fits, after the tolerance has changed. */
void fit_make_tell_again(struct app *app);

/* Frees all fits, the earlier ones too. */
void fit_make_forget(struct app *app);

#endif
