/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading ISO 8601 dates digit by digit. */
#include "base/date.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Takes exactly count digits as a number in [low, high]. */
static bool take_number(const char **at, int count, int low, int high, int *number)
{
    *number = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        *number = *number * 10 + (**at - '0');
    }
    return *number >= low && *number <= high;
}

static bool take(const char **at, char wanted)
{
    if (**at != wanted)
        return false;
    ++*at;
    return true;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool take_day(const char **at)
{
    int year, month, day;
    return take_number(at, 4, 0, 9999, &year) && take(at, '-') &&
           take_number(at, 2, 1, 12, &month) && take(at, '-') &&
           take_number(at, 2, 1, days_of(year, month), &day);
}

static bool take_fraction(const char **at)
{
    const char *first = *at;
    while (**at >= '0' && **at <= '9')
        ++*at;
    return *at > first;
}

static bool take_time(const char **at)
{
    int number;
    if (!take_number(at, 2, 0, 24, &number) || !take(at, ':') ||
        !take_number(at, 2, 0, 59, &number))
        return false;
    if (!take(at, ':'))
        return true;
    return take_number(at, 2, 0, 60, &number) && (!take(at, '.') || take_fraction(at));
}

static bool take_zone(const char **at)
{
    int number;
    if (take(at, 'Z'))
        return true;
    if (!take(at, '+') && !take(at, '-'))
        return **at == '\0';
    if (!take_number(at, 2, 0, 23, &number))
        return false;
    take(at, ':');
    return take_number(at, 2, 0, 59, &number);
}

bool date_begins(const char *text)
{
    /* What is left out may be these: of the two, one goes with any month and day that there is. */
    static const char *const rest[] = {"0000-11-11T11:11:11", "0000-10-10T00:00:00"};
    size_t length = strlen(text), whole = strlen(rest[0]);
    if (length < 4)
        return false;
    for (size_t i = 0; length < whole && i < 2; i++) {
        char completed[32];
        snprintf(completed, sizeof completed, "%s%s", text, rest[i] + length);
        if (date_is_iso8601(completed))
            return true;
    }
    char second[32];
    snprintf(second, sizeof second, "%.*s", (int)whole, text);
    return length >= whole && date_is_iso8601(second) &&
           strspn(text + whole, "0123456789-:.Z+") == length - whole;
}

bool date_is_iso8601(const char *text)
{
    const char *at = text;
    if (!take_day(&at))
        return false;
    if (*at == '\0')
        return true;
    return (take(&at, 'T') || take(&at, ' ')) && take_time(&at) && take_zone(&at) && *at == '\0';
}
