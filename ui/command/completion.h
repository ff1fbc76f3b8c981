/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What could stand where the cursor of a `:` line is. */
#ifndef UI_COMMAND_COMPLETION_H
#define UI_COMMAND_COMPLETION_H

#include <stddef.h>

struct app;

/* Zeroed it is empty. Owns its words, which are in order and each once. */
struct completion {
    size_t from; /* offset in the line of the word that they complete */
    char **words;
    size_t count;
};

/*
 * Adds words that could stand in place of word, behind the arguments in before. Those that do not
 * fit the word may be among them: they are dropped afterwards.
 */
typedef void command_complete(const struct app *app, const char *before, const char *word,
                              struct completion *out);

/* Adds a word, copied; completion_find puts them in order, each once. */
void completion_add(struct completion *completion, const char *word);

/* Files and folders that continue a path; folders end in "/". */
void completion_add_paths(struct completion *completion, const char *path);

/*
 * Fills *out, freed by completion_done, for a line that ends at the cursor: with what begins with
 * the word there or, where nothing does, with what contains it.
 */
void completion_find(const struct app *app, const char *line, struct completion *out);

/* The bytes that all words have in common from their beginning. */
size_t completion_common(const struct completion *completion);

void completion_done(struct completion *completion);

#endif
