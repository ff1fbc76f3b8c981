/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A number typed before a key says how often the key moves, as in vi. 5j is five rows down, 12G the
 * twelfth line. A digit that is a key of the view is that key, unless a number has begun.
 */
#ifndef UI_COUNT_H
#define UI_COUNT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/action.h"

struct app;

/*
 * Takes a digit of the number, which the status line shows, or the Esc that drops it. False: the
 * key is neither.
 */
bool count_takes(struct app *app, int key);

/*
 * Does the action as often as was typed where it moves something, undoes or redoes; else once. The
 * number is used up.
 */
void count_act(struct app *app, enum action action);

#endif
