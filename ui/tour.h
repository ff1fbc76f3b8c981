/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who is new here: the tour is offered until it was seen or a calibration was saved. That is
 * remembered by an empty file beside the journals; where there is no place for one, nothing is
 * offered.
 */
#ifndef UI_TOUR_H
#define UI_TOUR_H

#include <stdbool.h>

struct app;

/* Whether the tour is to be offered, as it was when the program began. */
bool tour_is_new(const struct app *app);

void tour_start(struct app *app); /* reads whether it was seen before */
void tour_seen(struct app *app);  /* offers it no more; that this cannot be kept is no failure */

#endif
