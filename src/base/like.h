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

/* The nearest of the words offered to typed, at most LIKE_TYPED_MAX bytes. Begins with {typed}. */
struct like_search {
    const char *typed;
    const char *word; /* borrowed; NULL while none is near: a third of its letters and one off */
    int distance;     /* of word */
};

/* Takes word where it is nearer than what was offered before; of two as near the first stays. */
void like_offer(struct like_search *search, const char *word);

#endif
