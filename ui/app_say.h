/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the explorer says to the user, in the status line, and asks in a prompt. */
#ifndef UI_APP_SAY_H
#define UI_APP_SAY_H

#include <stdbool.h>

#include "base/error.h"
#include "plot/canvas.h"
#include "ui/action.h"
#include "ui/keymap.h"

struct app;

/*
 * Puts a line into the status line, until the next key; formatted as printf does. A line in
 * ROLE_TEXT is of the moment, as the screen shows it or soon does; others are kept for `:messages`.
 */
void app_say(struct app *app, enum role role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Takes the line off the screen, and keeps it for `:messages` where it is worth that. */
void app_end_message(struct app *app);

/*
 * Asks in the status line whether an action is meant that loses something. Its key once more, with
 * nothing in between, says yes: then app_is_confirmed() holds while that key is taken.
 */
void app_ask_twice(struct app *app, enum action action, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool app_is_confirmed(const struct app *app, enum action action);

/*
 * To be called before a key, an event of the mouse or a paste is taken: it ends the message, and
 * answers the question, if there is one.
 */
void app_begin_input(struct app *app);

/*
 * Says in the status line what went wrong with a file. file NULL: the message names it, or it is
 * about no file.
 */
void app_say_error(struct app *app, const char *file, const struct error *error);

/* How a sentence names an action's key: keymap_key_name() for the view in front. */
struct key_name app_key_name(const struct app *app, enum action action);

/*
 * Opens a prompt with a label, which is borrowed while it is open, and a text to be edited. Enter
 * ends it and calls accept with the text.
 */
void app_ask(struct app *app, const char *label, const char *text,
             void (*accept)(struct app *app, const char *text));

/*
 * To be called by accept where the text cannot be taken: the prompt stays open on it, with the
 * reason above it. Where a command brought the text (`:peak abc`) the command tells the reason.
 */
void app_ask_again(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same as app_ask, but the first character typed replaces the text. */
void app_offer(struct app *app, const char *label, const char *text,
               void (*accept)(struct app *app, const char *text));

#endif
