/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of symbols. */
#include "report/symbol.h"

const char *symbol(enum symbol symbol, enum text_charset charset)
{
    static const char *const spellings[SYMBOL_COUNT][2] = {
        [SYMBOL_PLUS_MINUS] = {"+-", "±"}, [SYMBOL_R_SQUARED] = {"R2", "R²"},
        [SYMBOL_DASH] = {" - ", " – "},    [SYMBOL_POINTER] = {">", "▸"},
        [SYMBOL_MARK] = {"A", "A"},        [SYMBOL_TRAIL] = {" > ", " › "},
        [SYMBOL_ARROW] = {"->", "→"},      [SYMBOL_UP] = {"^", "▴"},
        [SYMBOL_DOWN] = {"v", "▾"},
    };
    return spellings[symbol][charset == TEXT_UNICODE];
}
