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

/*
 * Puts a file in hand that has just been loaded, or loaded anew, with one of its curves, of which
 * it must have some. No other curve is drawn with that one.
 */
void app_take_loaded(struct app *app, struct file *file, size_t curve);

/* Opens the file of a registry entry and puts it in hand. False, with a message, where it cannot.
 */
bool app_open(struct app *app, const char *id);

/*
 * Shows the curves of the file in hand, and first the edits that an earlier session left, if any.
 */
void app_enter_curves(struct app *app);

/*
 * Puts a curve of the file in hand, with the cursor in its middle; and the name of a curve by its
 * index, NULL behind the last.
 */
void app_take_curve(struct app *app, size_t curve);
const char *app_curve_name(const struct app *app, size_t index);

/* The curve in hand: as it was loaded, and as the edits so far have left it. */
const struct calibration_curve *app_source(const struct app *app);
struct curve app_curve(const struct app *app);

/*
 * Makes version, which is taken over, the current one of the curve in hand; what says for undo what
 * was done ("moved breakpoint 2"). False, with a message, where it is refused or changes nothing.
 */
bool app_commit(struct app *app, struct curve_version *version, const char *what);

/*
 * After the first edit of the file in hand: warns where a save of it would be refused, and says
 * why.
 */
void app_warn_unwritable(struct app *app);

/*
 * The theoretical peak of a file's device in FLOP/s, or in bytes/s for bandwidth; NaN: not known.
 */
double app_peak(const struct app *app, const struct file *file, bool bandwidth);

/* Asks for the peak of a file's compute or bandwidth curves. */
void app_ask_peak(struct app *app, struct file *file, bool bandwidth);

#endif
