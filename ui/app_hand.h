/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file and the curve that the user has in hand: taking them, and what may be done to them. */
#ifndef UI_APP_HAND_H
#define UI_APP_HAND_H

#include <stdbool.h>
#include <stddef.h>

#include "calibration/calibration.h"
#include "curve/curve.h"
#include "ui/files.h"

struct app;

/* Puts an opened file in hand. False, with a message, where it holds no curves. */
bool app_take_file(struct app *app, struct file *file);

/* Puts a file that was just loaded, and holds curves, in hand at one of them; none lies over it. */
void app_take_loaded(struct app *app, struct file *file, size_t curve);

/* Opens the file of a registry entry and puts it in hand. False, with a message, where it cannot.
 */
bool app_open(struct app *app, const char *id);

/*
 * Shows the curves of the file in hand, and first the edits that an earlier session left, if any.
 */
void app_enter_curves(struct app *app);

/*
 * Puts a curve in hand and looks at its middle; and the names of those there are, NULL behind them.
 */
void app_take_curve(struct app *app, size_t curve);
const char *app_curve_name(const struct app *app, size_t index);

/* The curve in hand: as loaded, and as it is now. */
const struct calibration_curve *app_source(const struct app *app);
struct curve app_curve(const struct app *app);

/* Commits a version of the curve in hand; false, said, where it is refused or is what is there. */
bool app_commit(struct app *app, struct curve_version *version, const char *what);

/* With the first edit of the file in hand: says where a save of it would be refused, and why. */
void app_warn_unwritable(struct app *app);

/* The peak that a curve of a file is read against; NaN: none is known. */
double app_peak(const struct app *app, const struct file *file, bool bandwidth);

/* Asks for the peak of a file's compute or bandwidth curves. */
void app_ask_peak(struct app *app, struct file *file, bool bandwidth);

#endif
