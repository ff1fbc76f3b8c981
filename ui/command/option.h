/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options: what `:set` and a configuration file change, in one table. */
#ifndef UI_COMMAND_OPTION_H
#define UI_COMMAND_OPTION_H

#include <stddef.h>

#include "base/error.h"

struct app;
struct buffer;

/* An option is one of a few words. */
struct option_entry {
    const char *name;
    const char *help;
    const char *(*value)(size_t index); /* the words; NULL behind the last one */
    size_t (*get)(const struct app *app);
    void (*set)(struct app *app, size_t index);
};

/* All options, *count of them; and the one of that name, NULL where there is none. Static. */
const struct option_entry *option_table(size_t *count);
const struct option_entry *option_find(const char *name);

/*
 * Sets an option to a word; STATUS_REFUSED, with the words that there are, where it is none of
 * them.
 */
enum status option_set(struct app *app, const struct option_entry *option, const char *word,
                       struct error *error);

/* Appends "theme dark". */
void option_append(const struct app *app, const struct option_entry *option, struct buffer *out);

#endif
