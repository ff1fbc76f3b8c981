/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's clock, or the one that the environment sets. */
#include "base/clock.h"

#include <errno.h>
#include <stdlib.h>

time_t clock_date(void)
{
    const char *set = getenv("SOURCE_DATE_EPOCH");
    char *end;
    if (!set || *set < '0' || *set > '9')
        return time(NULL);
    errno = 0;
    long long seconds = strtoll(set, &end, 10);
    return *end || errno ? time(NULL) : (time_t)seconds;
}

struct timespec clock_now(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now;
}

long clock_milliseconds(const struct timespec *from, const struct timespec *to)
{
    return (to->tv_sec - from->tv_sec) * 1000 + (to->tv_nsec - from->tv_nsec) / 1000000;
}

long clock_milliseconds_since(const struct timespec *from)
{
    struct timespec now = clock_now();
    return clock_milliseconds(from, &now);
}
