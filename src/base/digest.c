/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Digests of numbers and text: each number or byte is mixed in by a multiplication with 2^64 over
 * the golden ratio.
 */
#include "base/digest.h"

#include <string.h>

static uint64_t stir(uint64_t digest, uint64_t bits)
{
    digest = (digest ^ bits) * 0x9e3779b97f4a7c15u;
    return digest ^ digest >> 29;
}

uint64_t digest_numbers(uint64_t digest, const double *values, size_t count)
{
    digest = stir(digest, count + 1);
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        digest = stir(digest, bits);
    }
    return digest ? digest : 1;
}

uint64_t digest_text(uint64_t digest, const char *text)
{
    digest = stir(digest, strlen(text) + 1);
    for (; *text; text++)
        digest = stir(digest, (unsigned char)*text);
    return digest ? digest : 1;
}
