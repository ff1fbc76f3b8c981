/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules of validate find in the file in hand: what the view remembers. */
#ifndef UI_VIEW_VIEW_FINDINGS_H
#define UI_VIEW_VIEW_FINDINGS_H

#include <stddef.h>

#include "check/check.h"

struct findings_state {
    struct findings findings;
    size_t selected;
};

#endif
