/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curves of one file in one plot: what the view remembers. */
#ifndef UI_VIEW_VIEW_CURVES_H
#define UI_VIEW_VIEW_CURVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* Sentences on a curve as a whole, kept until what they depend on has changed. */
struct curve_sentences {
    uint64_t digest; /* of what they depend on */
    struct buffer fit, falling;
};

struct curves_state {
    bool
        *overlay; /* for each curve of the file in hand: drawn also while another one is selected */
    double cursor;                     /* FLOPs; NaN: none yet */
    struct curve_sentences *sentences; /* by curve, as far as one was looked at */
    size_t sentences_count;
};

/* Frees the sentences. */
void curves_done(struct curves_state *curves);

#endif
