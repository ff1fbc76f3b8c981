/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Symbols in sentences and tables, with a spelling for readers that have only ASCII. */
#ifndef REPORT_SYMBOL_H
#define REPORT_SYMBOL_H

#include "base/text.h"

enum symbol {
    SYMBOL_PLUS_MINUS,
    SYMBOL_R_SQUARED,
    SYMBOL_DASH,    /* between the ends of a range */
    SYMBOL_POINTER, /* the line that is selected */
    SYMBOL_MARK,    /* picked for a comparison */
    SYMBOL_TRAIL,   /* between the steps of a path */
    SYMBOL_ARROW,   /* from old to new */
    SYMBOL_UP,      /* sorted, the smallest first */
    SYMBOL_DOWN,    /* sorted, the largest first */
    SYMBOL_COUNT,
};

/* Static text. */
const char *symbol(enum symbol symbol, enum text_charset charset);

#endif
