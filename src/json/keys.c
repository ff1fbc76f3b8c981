/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding a key that an object has twice. */
#include "json/keys.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRWISE_MAX = 16 }; /* so few keys are compared each with each, more are sorted */

static bool same_key(const char *text, const struct json_key *a, const struct json_key *b)
{
    return a->length == b->length && memcmp(text + a->text, text + b->text, a->length) == 0;
}

/* By length, then bytes, then place: equal keys come to lie side by side, the earlier one first. */
static int compare_keys(const void *left, const void *right, void *context)
{
    const struct json_key *a = left, *b = right;
    const char *text = context;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    int order = memcmp(text + a->text, text + b->text, a->length);
    return order ? order : (a->begin > b->begin) - (a->begin < b->begin);
}

static const struct json_key *find_pairwise(const struct json_key *keys, size_t count,
                                            const char *text, const struct json_key **first)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (same_key(text, &keys[j], &keys[i])) {
                *first = &keys[j];
                return &keys[i];
            }
    return NULL;
}

static const struct json_key *find_sorted(struct json_key *keys, size_t count, const char *text,
                                          const struct json_key **first)
{
    const struct json_key *found = NULL;
    qsort_r(keys, count, sizeof *keys, compare_keys, (void *)text);
    for (size_t i = 1; i < count; i++)
        if (same_key(text, &keys[i - 1], &keys[i]) && (!found || keys[i].begin < found->begin))
            found = &keys[i];
    *first = found ? found - 1 : NULL;
    return found;
}

const struct json_key *json_repeated_key(struct json_key *keys, size_t count, const char *text,
                                         const struct json_key **first)
{
    return count <= PAIRWISE_MAX ? find_pairwise(keys, count, text, first)
                                 : find_sorted(keys, count, text, first);
}
