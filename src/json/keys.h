/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of one object, and whether one of them comes twice: private to the readers. */
#ifndef JSON_KEYS_H
#define JSON_KEYS_H

#include <stddef.h>

/* A key of an object that is still open. */
struct json_key {
    size_t text; /* offset of its decoded bytes in a text that is given with it */
    size_t length;
    size_t begin; /* offset of its token in the input */
};

/*
 * Of the keys that repeat an earlier one that which comes first in the input, *first being what it
 * repeats; NULL where all differ. May sort keys.
 */
const struct json_key *json_repeated_key(struct json_key *keys, size_t count, const char *text,
                                         const struct json_key **first);

#endif
