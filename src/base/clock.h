/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What day it is, and how long something takes. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <time.h>

/*
 * Seconds since 1970, for dates that are written down: of SOURCE_DATE_EPOCH where the environment
 * sets it to a number, so that what is made twice is the same twice; else of the system.
 */
time_t clock_date(void);

/* A time that only grows, for how long something takes. */
struct timespec clock_now(void);

/* Milliseconds from one such time to another, or until now. */
long clock_milliseconds(const struct timespec *from, const struct timespec *to);
long clock_milliseconds_since(const struct timespec *from);

#endif
