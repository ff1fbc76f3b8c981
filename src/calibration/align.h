/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which old breakpoint each new one continues: equal ones are matched first (a longest common
 * subsequence), the rest pair up in order inside the gaps. Keeps the diff of an edit small.
 */
#ifndef CALIBRATION_ALIGN_H
#define CALIBRATION_ALIGN_H

#include <stddef.h>
#include <stdint.h>

#include "curve/curve.h"

#define ALIGN_NEW SIZE_MAX

/* kept[i] receives the index in old that now[i] continues, rising with i, or ALIGN_NEW. */
void align_breakpoints(const struct breakpoint *old, size_t old_count, const struct breakpoint *now,
                       size_t count, size_t *kept);

#endif
