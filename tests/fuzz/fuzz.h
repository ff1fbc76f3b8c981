/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every fuzz target is: one function that takes any bytes and stops the program where
 * something does not hold. libFuzzer calls it with what it invents, replay.c with the corpus.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Stops where something that must hold does not; the fuzzer keeps the input that led there. */
static inline void fuzz_require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* What is to be shown holds no byte that a terminal would act on, but line ends. */
static inline void fuzz_require_harmless(const char *text, size_t length)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text, *end = at + length;
    fuzz_require(text_check_utf8(text, length) == length, "what is shown is UTF-8");
    for (utf8proc_int32_t code; at < end; at += utf8proc_iterate(at, end - at, &code)) {
        utf8proc_iterate(at, end - at, &code);
        fuzz_require(code == '\n' || text_role(code) != TEXT_FORBIDDEN,
                     "what is shown is harmless");
    }
}

#endif
