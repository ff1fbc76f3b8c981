/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting and ending libgit2, with memory that is never NULL. */
#ifndef CALIBRATION_LIBGIT_H
#define CALIBRATION_LIBGIT_H

#include <stdbool.h>

/* False where libgit2 cannot start; else the caller calls libgit_end when done with it. */
bool libgit_begin(void);
void libgit_end(void);

#endif
