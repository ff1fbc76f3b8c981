/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that stand in one string, separated by blanks. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Where the word behind the one at place begins; the end of the string where there is none. */
const char *words_next(const char *place);

/* How many there are. */
size_t words_count(const char *words);

/* Whether word is one of them. */
bool words_have(const char *words, const char *word);

/* Ends text before the blanks, and ends of lines, at its end. */
void words_trim_end(char *text);

#endif
