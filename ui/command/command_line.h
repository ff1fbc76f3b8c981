/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The `:` line: a prompt with completion and history, whose text is run as a command. */
#ifndef UI_COMMAND_COMMAND_LINE_H
#define UI_COMMAND_COMMAND_LINE_H

#include <stdbool.h>

#include "plot/canvas.h"
#include "ui/command/completion.h"
#include "ui/command/history.h"
#include "ui/prompt.h"

struct app;

/* Zeroed before the first use. The history is read when the first line begins. */
struct command_line {
    struct history history;
    bool history_read;
    size_t place; /* index in the history of the line shown; its count: none of it */
    char typed
        [PROMPT_TEXT_MAX]; /* what stood there before history, or a completion, took its place */
    struct completion completion;
    bool completing; /* the words are on the screen */
    size_t chosen;   /* index of the word in the line; their count: none */
    bool refused; /* the last line that was done: the prompt stands open on it, with the reason */
};

/* Asks for a command. */
void command_line_start(struct app *app);

/*
 * Draws the words to choose from, or what the typed command is for. False: no `:` line is being
 * typed.
 */
bool command_line_draw(const struct app *app, struct canvas *canvas, struct rect area);

void command_line_done(struct command_line *line);

#endif
