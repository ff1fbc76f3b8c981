/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often: a number typed before a key that moves, as in vi. 5j is five rows down, 12G the
 * twelfth line. A digit that is a key of the view is that key, unless a number has begun.
 */
#ifndef UI_COUNT_H
#define UI_COUNT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/action.h"

struct app;

/* Takes a digit of the number, which the status line shows, or Esc, which ends one. */
bool count_takes(struct app *app, int key);

/*
 * Does the action as often as was typed, where it moves something or steps through what was done;
 * else once. The number is gone then.
 */
void count_act(struct app *app, enum action action);

#endif
