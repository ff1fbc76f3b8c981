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
