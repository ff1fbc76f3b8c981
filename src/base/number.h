/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers <-> text, three ways: as JSON spells them, as files written by Python's repr spell them,
 * and as people read them. Doubles throughout; the decimal point is always a point, whatever the
 * locale, because the program never sets LC_NUMERIC.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

enum { NUMBER_TEXT_MAX = 40 }; /* room for any result below, with its NUL */

/*
 * Reads all of text as one JSON number (RFC 8259, section 6). False where it is none or is beyond a
 * double's range; underflow to 0 is accepted. text needs no NUL.
 */
bool number_parse(const char *text, size_t length, double *value);

/*
 * Reads a size as people type it: a JSON number with an optional SI suffix k M G T P (case matters
 * only for m, which is refused) and an optional blank before it: "250M", "1.5 G", "3e9", ".5",
 * "+2". False where it is none, is negative, or is not finite.
 */
bool number_parse_size(const char *text, double *value);

/*
 * The shortest spelling that reads back as value, as Python's repr writes it: 0.15, 1000000.0,
 * 1e-05, 1e+16. value must be finite.
 */
void number_print_repr(double value, char text[NUMBER_TEXT_MAX]);

/*
 * For people: digits significant digits with an SI prefix and a blank, "10 M", "1.25 G", "316 k",
 * "500"; no trailing zeros. Without a value (NaN) "n/a". Prefixes from k to E, beyond that 1e21.
 */
void number_print_si(double value, int digits, char text[NUMBER_TEXT_MAX]);

/*
 * For people: digits significant digits without a prefix, never in exponent form between 1e-4 and
 * 1e6: "0.73", "5.6", "8.1e-05", "n/a" for NaN. No trailing zeros.
 */
void number_print_short(double value, int digits, char text[NUMBER_TEXT_MAX]);

/*
 * value rounded to digits significant decimal digits (0.15149999 -> 0.1515 at 6). Keeps values that
 * a person set short in the file.
 */
double number_round(double value, int digits);

/* The order of two doubles, none of them NaN, as qsort wants it. */
int number_compare(const void *a, const void *b);

/* Whether they are the same number, or both none. */
bool number_same(double a, double b);

#endif
