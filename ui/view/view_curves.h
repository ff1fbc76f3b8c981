/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curves of one file in one plot: what the view remembers. */
#ifndef UI_VIEW_VIEW_CURVES_H
#define UI_VIEW_VIEW_CURVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* What is said of a curve as a whole, and the digest of what that depends on. */
struct said {
    uint64_t of;
    struct buffer fit, falling;
};

struct curves_state {
    bool *overlay;     /* per curve of the file in hand: drawn although not selected */
    double cursor;     /* FLOPs; NaN: none yet */
    struct said *said; /* of each curve that was looked at; saids of them */
    size_t saids;
};

/* Frees what was said of curves. */
void curves_done(struct curves_state *curves);

#endif
