/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far what somebody typed is from a word that there is. */
#ifndef BASE_LIKE_H
#define BASE_LIKE_H

enum { LIKE_TYPED_MAX = 100 }; /* bytes of typed */

/*
 * Letters to insert, delete or replace (Levenshtein) to make word of typed, which has at most
 * LIKE_TYPED_MAX bytes; without regard to the case of ASCII letters.
 */
int like_distance(const char *typed, const char *word);

#endif
