/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What day it is. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <time.h>

/*
 * Seconds since 1970, for dates that are written down: of SOURCE_DATE_EPOCH where the environment
 * sets it to a number, so that what is made twice is the same twice; else of the system.
 */
time_t clock_date(void);

#endif
