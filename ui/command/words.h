/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line as words with blanks between them. A word that holds blanks stands in double quotes, where
 * \" and \\ are a quote and a backslash.
 */
#ifndef UI_COMMAND_WORDS_H
#define UI_COMMAND_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Zeroed there are none. Owns its items. */
struct words {
    char **items;
    size_t count;
};

/* Fills *out, freed by words_done either way. STATUS_REFUSED where a quote does not end a word. */
enum status words_read(const char *line, struct words *out, struct error *error);
void words_done(struct words *words);

/*
 * Where the last word begins, its quote included, which need not end yet; behind a blank: the end.
 * *word is what it says so far, and the caller's to free.
 */
const char *words_last(const char *line, char **word);

/* Whether a word stands in quotes. */
bool words_need_quotes(const char *word);

/*
 * A word in quotes; a folder, which ends in "/", goes on and lacks the last one. The caller frees
 * it.
 */
char *words_quote(const char *word);

#endif
