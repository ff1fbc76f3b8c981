/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distance of two words, a row of the table at a time. */
#include "base/like.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static int least(int a, int b)
{
    return a < b ? a : b;
}

static bool is_same_letter(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

int like_distance(const char *typed, const char *word)
{
    int row[LIKE_TYPED_MAX + 1];
    int columns = (int)strlen(typed);
    for (int i = 0; i <= columns; i++)
        row[i] = i;
    for (int j = 1; word[j - 1]; j++) {
        int diagonal = row[0];
        row[0] = j;
        for (int i = 1; i <= columns; i++) {
            int change = diagonal + !is_same_letter(typed[i - 1], word[j - 1]);
            diagonal = row[i];
            row[i] = least(change, least(row[i], row[i - 1]) + 1);
        }
    }
    return row[columns];
}

void like_offer(struct like_search *search, const char *word)
{
    int distance = like_distance(search->typed, word);
    int most = search->word ? search->distance - 1 : 1 + (int)strlen(search->typed) / 3;
    if (distance > most)
        return;
    search->word = word;
    search->distance = distance;
}
