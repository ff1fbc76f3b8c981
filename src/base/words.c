/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going along words. */
#include "base/words.h"

#include <string.h>

const char *words_next(const char *place)
{
    place += strcspn(place, " ");
    return place + strspn(place, " ");
}

size_t words_count(const char *words)
{
    size_t count = 0;
    for (const char *at = words; *at; at = words_next(at))
        count++;
    return count;
}

bool words_have(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = words; *at; at = words_next(at))
        if (strcspn(at, " ") == length && memcmp(at, word, length) == 0)
            return true;
    return false;
}

void words_trim_end(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]))
        text[--length] = '\0';
}
