/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Digests of numbers and text, so that what was made from many of them can be found again without
 * keeping them. Against accidents (one chance in 2^64), not against malice.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/*
 * Goes on from digest, which is 0 at first. Never 0 itself; tells 0 from -0, and NaNs by their
 * bits.
 */
uint64_t digest_numbers(uint64_t digest, const double *values, size_t count);

/* The same of text. */
uint64_t digest_text(uint64_t digest, const char *text);

#endif
