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

/*
 * Fills *out, which words_done frees, also after an error. STATUS_REFUSED where a quote does not
 * end a word.
 */
enum status words_read(const char *line, struct words *out, struct error *error);
void words_done(struct words *words);

/*
 * Where in line the last word begins, with the quote that it may begin with, and need not end with
 * yet; behind a blank the end of the line. *word is that word so far; the caller frees it.
 */
const char *words_last(const char *line, char **word);

/* Whether a word has to be put in quotes. */
bool words_need_quotes(const char *word);

/*
 * A word in quotes, which the caller frees. That of a folder, which ends in "/", is left open: more
 * will be typed.
 */
char *words_quote(const char *word);

#endif
