/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers <-> text: the JSON grammar, Python's repr, and the forms for people. */
#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum {
    DIGITS_MAX = 17,      /* enough for any double to read back */
    DIGITS_EXACT = 15,    /* any decimal of so many digits survives a double unharmed */
    REPR_FIXED_FROM = -4, /* repr writes decimal exponents from here... */
    REPR_FIXED_BELOW = 16 /* ...to below here without an exponent */
};

static const double smallest_normal = 2.2250738585072014e-308;

/* Number text taken apart: 0.00125 is digits "125", exponent -3 (of the first digit). */
struct decimal {
    bool negative;
    char digits[DIGITS_MAX + 1]; /* without trailing zeros, at least one */
    int count;
    int exponent;
};

/* --- reading --- */

static const char *skip_digits(const char *at, const char *end)
{
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at;
}

/* The end of one or more digits at at, NULL where there is none. */
static const char *need_digits(const char *at, const char *end)
{
    const char *after = skip_digits(at, end);
    return after > at ? after : NULL;
}

static const char *skip_exponent(const char *at, const char *end)
{
    if (at == end || (*at != 'e' && *at != 'E'))
        return at;
    at++;
    if (at < end && (*at == '+' || *at == '-'))
        at++;
    return need_digits(at, end);
}

static bool is_json_number(const char *at, const char *end)
{
    if (at < end && *at == '-')
        at++;
    if (at < end && *at == '0')
        at++;
    else
        at = need_digits(at, end);
    if (at && at < end && *at == '.')
        at = need_digits(at + 1, end);
    if (at)
        at = skip_exponent(at, end);
    return at == end;
}

bool number_parse(const char *text, size_t length, double *value)
{
    if (length == 0 || !is_json_number(text, text + length))
        return false;
    char small[64]; /* strtod wants a NUL behind the number; nearly all fit here */
    char *copy = length < sizeof small ? small : memory_new(length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    double result = strtod(copy, NULL);
    if (copy != small)
        free(copy);
    if (!isfinite(result))
        return false;
    *value = result;
    return true;
}

/* The power of ten that an SI suffix stands for; 0: no suffix that is understood. */
static int suffix_exponent(char suffix)
{
    switch (suffix) {
    case 'k':
    case 'K':
        return 3;
    case 'M': /* m would be milli: too easily mistaken to guess */
        return 6;
    case 'g':
    case 'G':
        return 9;
    case 't':
    case 'T':
        return 12;
    case 'p':
    case 'P':
        return 15;
    default:
        return 0;
    }
}

/*
 * The suffix becomes an exponent in the text, so that "0.3M" is exactly what 0.3e6 reads as; only
 * "3e2k", which has one already, is multiplied.
 */
static bool parse_scaled(const char *text, size_t length, int exponent, double *value)
{
    bool has_exponent = memchr(text, 'e', length) || memchr(text, 'E', length);
    double factor = has_exponent ? pow(10, exponent) : 1;
    bool leading_point = length > 0 && text[0] == '.';
    char *spelled = memory_print("%s%.*s", leading_point ? "0" : "", (int)length, text);
    if (!has_exponent) {
        char *longer = memory_print("%se%d", spelled, exponent);
        free(spelled);
        spelled = longer;
    }
    double result = 0;
    bool good = number_parse(spelled, strlen(spelled), &result) && isfinite(result * factor);
    free(spelled);
    if (good)
        *value = result * factor;
    return good;
}

bool number_parse_size(const char *text, double *value)
{
    enum { LENGTH_MAX = 400 };
    size_t length = strlen(text);
    if (length == 0 || length > LENGTH_MAX || text[0] == '-')
        return false;
    if (text[0] == '+') {
        text++;
        length--;
        if (text[0] == '-')
            return false;
    }
    int exponent = length ? suffix_exponent(text[length - 1]) : 0;
    if (exponent)
        length--;
    if (exponent && length && text[length - 1] == ' ')
        length--;
    return parse_scaled(text, length, exponent, value);
}

/* --- writing --- */

/* value, finite, correctly rounded to digits significant digits. */
static struct decimal decimal_from(double value, int digits)
{
    char text[NUMBER_TEXT_MAX];
    snprintf(text, sizeof text, "%.*e", digits - 1, value);
    struct decimal decimal = {.negative = text[0] == '-'};
    const char *at = text + decimal.negative;
    for (; *at && *at != 'e'; at++)
        if (*at != '.' && decimal.count < DIGITS_MAX)
            decimal.digits[decimal.count++] = *at;
    decimal.exponent = *at ? atoi(at + 1) : 0;
    while (decimal.count > 1 && decimal.digits[decimal.count - 1] == '0')
        decimal.count--;
    decimal.digits[decimal.count] = '\0';
    return decimal;
}

/* "-0.00125", "1500": digits only where there is no fraction. */
static void print_fixed(const struct decimal *decimal, char text[NUMBER_TEXT_MAX])
{
    char *at = text;
    if (decimal->negative)
        *at++ = '-';
    if (decimal->exponent < 0) {
        at = stpcpy(at, "0.");
        for (int i = -1; i > decimal->exponent; i--)
            *at++ = '0';
    }
    for (int i = 0; i < decimal->count; i++) {
        if (i > 0 && i == decimal->exponent + 1)
            *at++ = '.';
        *at++ = decimal->digits[i];
    }
    for (int i = decimal->count; i <= decimal->exponent; i++)
        *at++ = '0';
    *at = '\0';
}

/* "1.25e+16", "8.1e-05": a sign and two digits at least, as C and Python write it. */
static void print_exponent(const struct decimal *decimal, char text[NUMBER_TEXT_MAX])
{
    struct decimal mantissa = *decimal;
    mantissa.exponent = 0;
    print_fixed(&mantissa, text);
    size_t length = strlen(text);
    snprintf(text + length, NUMBER_TEXT_MAX - length, "e%+03d", decimal->exponent);
}

static bool reads_back(const struct decimal *decimal, double value)
{
    char text[NUMBER_TEXT_MAX];
    print_exponent(decimal, text);
    return strtod(text, NULL) == value;
}

/*
 * The decimal just above in size. Next to a power of two the doubles lie twice as dense below as
 * above, so the nearest 16 digits may fail to read back where the next ones up do not.
 */
static void decimal_step_up(struct decimal *decimal, int digits)
{
    while (decimal->count < digits)
        decimal->digits[decimal->count++] = '0';
    decimal->digits[digits] = '\0';
    for (int i = digits - 1; i >= 0 && decimal->digits[i]++ == '9'; i--)
        decimal->digits[i] = '0'; /* never runs off the front: no power of two is all nines */
}

/* The shortest digits that read back as value, and of these the nearest to it. */
static struct decimal decimal_shortest(double value)
{
    /*
     * Below 16 digits the trailing zeros of 15 tell the shortest; subnormals have fewer to trust.
     */
    bool few = fabs(value) < smallest_normal;
    struct decimal decimal = {0};
    for (int digits = few ? 1 : DIGITS_EXACT; digits <= DIGITS_MAX; digits++) {
        decimal = decimal_from(value, digits);
        if (reads_back(&decimal, value))
            break;
        if (digits == DIGITS_EXACT + 1) {
            decimal_step_up(&decimal, digits);
            if (reads_back(&decimal, value))
                break;
        }
    }
    return decimal;
}

void number_print_repr(double value, char text[NUMBER_TEXT_MAX])
{
    struct decimal decimal = decimal_shortest(value);
    if (decimal.exponent < REPR_FIXED_FROM || decimal.exponent >= REPR_FIXED_BELOW) {
        print_exponent(&decimal, text);
        return;
    }
    print_fixed(&decimal, text);
    if (!strchr(text, '.'))
        strcat(text, ".0"); /* at most 18 characters so far */
}

static int clamp_digits(int digits)
{
    return digits < 1 ? 1 : digits > DIGITS_MAX ? DIGITS_MAX : digits;
}

/* Prints what has no digits: NaN and the infinities. */
static bool print_special(double value, char text[NUMBER_TEXT_MAX])
{
    if (isfinite(value))
        return false;
    strcpy(text, isnan(value) ? "n/a" : value > 0 ? "inf" : "-inf");
    return true;
}

void number_print_si(double value, int digits, char text[NUMBER_TEXT_MAX])
{
    static const char prefixes[] = {'k', 'M', 'G', 'T', 'P', 'E'};
    const int largest = (int)sizeof prefixes;
    if (print_special(value, text))
        return;
    struct decimal decimal = decimal_from(value, clamp_digits(digits));
    int prefix = decimal.exponent / 3;
    if (prefix > largest) {
        int exponent = decimal.exponent;
        decimal.exponent = 0;
        print_fixed(&decimal, text);
        size_t length = strlen(text);
        snprintf(text + length, NUMBER_TEXT_MAX - length, "e%d", exponent);
    } else if (prefix > 0) {
        decimal.exponent -= 3 * prefix;
        print_fixed(&decimal, text);
        size_t length = strlen(text);
        snprintf(text + length, NUMBER_TEXT_MAX - length, " %c", prefixes[prefix - 1]);
    } else {
        number_print_short(value, digits, text);
    }
}

void number_print_short(double value, int digits, char text[NUMBER_TEXT_MAX])
{
    if (print_special(value, text))
        return;
    /* A person has no use for -0. */
    struct decimal decimal = decimal_from(value == 0 ? 0 : value, clamp_digits(digits));
    bool is_million = decimal.exponent == 6 && strcmp(decimal.digits, "1") == 0;
    if (decimal.exponent >= -4 && (decimal.exponent < 6 || is_million))
        print_fixed(&decimal, text);
    else
        print_exponent(&decimal, text);
}

double number_round(double value, int digits)
{
    if (!isfinite(value))
        return value;
    char text[NUMBER_TEXT_MAX];
    snprintf(text, sizeof text, "%.*e", clamp_digits(digits) - 1, value);
    return strtod(text, NULL);
}

bool number_same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

int number_compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}
