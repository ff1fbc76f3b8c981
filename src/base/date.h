/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether text is a date and time as ISO 8601 spells it. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>

/*
 * YYYY-MM-DD, alone or followed by "T" (or a blank) and hh:mm, hh:mm:ss, hh:mm:ss.fraction, each
 * with an optional zone Z, +hh:mm or +hhmm. The day exists in its month.
 */
bool date_is_iso8601(const char *text);

/* Whether it is the beginning of such a date: a year at least, as in 2025, 2025-0, 2025-06-3. */
bool date_begins(const char *text);

#endif
