/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether text is a date and time as ISO 8601 spells it. Private to this folder. */
#ifndef CHECK_DATE_H
#define CHECK_DATE_H

#include <stdbool.h>

/*
 * YYYY-MM-DD, alone or followed by "T" (or a blank) and hh:mm, hh:mm:ss, hh:mm:ss.fraction, each
 * with an optional zone Z, +hh:mm or +hhmm. The day exists in its month.
 */
bool date_is_iso8601(const char *text);

#endif
