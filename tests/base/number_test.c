/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers: what is read, and that what is written reads back and is as short as Python's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <stdio.h>

#include "base/number.h"

#include "../share.h"

static uint64_t random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static double random_finite(uint64_t *state)
{
    double value;
    do {
        uint64_t bits = random_next(state);
        memcpy(&value, &bits, sizeof value);
    } while (!isfinite(value));
    return value;
}

static void test_every_legal_spelling_of_a_number_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } table[] = {
        {"0", 0},
        {"-0", -0.0},
        {"7", 7},
        {"-12", -12},
        {"0.5", 0.5},
        {"1e5", 1e5},
        {"1E+5", 1e5},
        {"1e-5", 1e-5},
        {"-1.25e2", -125},
        {"0e0", 0},
        {"0.0", 0},
        {"1e-400", 0},
        {"4.9e-324", 5e-324},
        {"1e308", 1e308},
        {"123456789012345678901234567890", 1.2345678901234568e29},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        double value = 99;
        assert_true(number_parse(table[i].text, strlen(table[i].text), &value));
        assert_true(value == table[i].value && signbit(value) == signbit(table[i].value));
    }
    double value;
    assert_true(number_parse("12345", 2, &value)); /* no NUL is needed behind it */
    assert_true(value == 12);
}

static void test_what_is_no_json_number_is_refused(void **state)
{
    (void)state;
    static const char *const table[] = {
        "",     "-",    "+1",   "01",  "-01",   ".5",  "5.",       "1e",   "1e+",   "0x10",
        "1 ",   " 1",   "1,5",  "inf", "nan",   "NaN", "Infinity", "-inf", "1e400", "-1e400",
        "1.e5", "1..2", "1e5.", "--1", "1_000", "1f",  "1e1e1",    "0b1",  "00",    "1-",
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        double value = 99;
        if (number_parse(table[i], strlen(table[i]), &value))
            fail_msg("%s was read as a number", table[i]);
        assert_true(value == 99);
    }
}

static void test_a_number_of_many_digits_is_read(void **state)
{
    (void)state;
    char text[5000] = "0.";
    memset(text + 2, '1', 4000);
    double value;
    assert_true(number_parse(text, strlen(text), &value));
    assert_true(value == 1.0 / 9);
}

static void test_sizes_are_read_as_people_type_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } table[] = {
        {"250M", 250e6}, {"1.5 G", 1.5e9}, {"3e9", 3e9},  {".5", 0.5},     {"+2", 2},
        {"+.5k", 500},   {"1k", 1e3},      {"1K", 1e3},   {"2g", 2e9},     {"1T", 1e12},
        {"1P", 1e15},    {"0", 0},         {"3e2k", 3e5}, {"0.3M", 0.3e6}, {"1.1 G", 1.1e9},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        double value = -1;
        assert_true(number_parse_size(table[i].text, &value));
        assert_true(value == table[i].value);
    }
    static const char *const refused[] = {
        "",    "k",   "-1",  "1m",     "5 m", "1  k", "1 ", " 1", "nan", "inf", "1e400", "1e300P x",
        "+-1", "1kk", "0x1", "1e308P", "5.",  "++1",  "+",  ".",  "1,5", "-0",  "1E",    "\xC2\xB5",
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        double value;
        if (number_parse_size(refused[i], &value))
            fail_msg("\"%s\" was read as a size", refused[i]);
    }
}

static void test_numbers_are_written_as_python_writes_them(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } table[] = {
        {0, "0.0"},
        {-0.0, "-0.0"},
        {0.1, "0.1"},
        {0.15, "0.15"},
        {-1.5, "-1.5"},
        {1e6, "1000000.0"},
        {123456789.0, "123456789.0"},
        {1e15, "1000000000000000.0"},
        {9999999999999998.0, "9999999999999998.0"},
        {1e16, "1e+16"},
        {1.5e16, "1.5e+16"},
        {1e22, "1e+22"},
        {1e100, "1e+100"},
        {1e-4, "0.0001"},
        {0.00012345, "0.00012345"},
        {1e-5, "1e-05"},
        {1.5e-7, "1.5e-07"},
        {5e-324, "5e-324"},
        {2.5e-323, "2.5e-323"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {2.0 / 3, "0.6666666666666666"},
        {2251799813685248.5, "2251799813685248.5"},
        {9007199254740993.0, "9007199254740992.0"},
        {0x1p-1017, "7.120236347223045e-307"}, /* next to a power of two */
        {5.684341886080802e-14, "5.684341886080802e-14"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char text[NUMBER_TEXT_MAX];
        number_print_repr(table[i].value, text);
        assert_string_equal(text, table[i].text);
    }
}

static void test_any_number_written_reads_back_as_itself(void **state)
{
    (void)state;
    uint64_t random = 88172645463325252u;
    int cases = test_rounds(100000, 10000);
    for (int i = 0; i < cases; i++) {
        double value = random_finite(&random), again = 0;
        char text[NUMBER_TEXT_MAX];
        number_print_repr(value, text);
        assert_true(number_parse(text, strlen(text), &again));
        assert_true(again == value);
        /* and no shorter spelling would do */
        char shorter[NUMBER_TEXT_MAX];
        int digits = 0;
        for (const char *at = text; *at && *at != 'e'; at++)
            digits += *at >= '0' && *at <= '9';
        if (strchr(text, 'e') && digits > 1) {
            snprintf(shorter, sizeof shorter, "%.*e", digits - 2, value);
            assert_true(strtod(shorter, NULL) != value || strstr(text, ".0e"));
        }
    }
    print_message("%d random doubles written and read back\n", cases);
}

static void test_people_read_large_numbers_with_prefixes(void **state)
{
    (void)state;
    static const struct {
        double value;
        int digits;
        const char *text;
    } table[] = {
        {1e7, 3, "10 M"},
        {1.25e9, 3, "1.25 G"},
        {316227.766, 3, "316 k"},
        {500, 3, "500"},
        {0, 3, "0"},
        {-0.0, 3, "0"},
        {999.9, 3, "1 k"},
        {999999, 3, "1 M"},
        {1234, 2, "1.2 k"},
        {567, 2, "570"},
        {-2.5e6, 3, "-2.5 M"},
        {0.5, 3, "0.5"},
        {1e15, 3, "1 P"},
        {2e18, 3, "2 E"},
        {999.4e18, 3, "999 E"},
        {1e21, 3, "1e21"},
        {1.25e22, 3, "1.25e22"},
        {NAN, 3, "n/a"},
        {INFINITY, 3, "inf"},
        {1e12, 1, "1 T"},
        {8.1e-5, 2, "8.1e-05"},
        {1e6, 40, "1 M"},
        {1999, 0, "2 k"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char text[NUMBER_TEXT_MAX];
        number_print_si(table[i].value, table[i].digits, text);
        assert_string_equal(text, table[i].text);
    }
}

static void test_people_read_fractions_without_exponents(void **state)
{
    (void)state;
    static const struct {
        double value;
        int digits;
        const char *text;
    } table[] = {
        {0.73, 3, "0.73"},        {5.6, 3, "5.6"},          {8.1e-5, 3, "8.1e-05"},
        {NAN, 3, "n/a"},          {0.0001, 3, "0.0001"},    {0.00012345, 3, "0.000123"},
        {999999, 3, "1000000"},   {1e6, 3, "1000000"},      {1.2e6, 3, "1.2e+06"},
        {123456, 6, "123456"},    {123456, 2, "120000"},    {-0.0, 3, "0"},
        {0.1 + 0.2, 6, "0.3"},    {-1.0 / 3, 4, "-0.3333"}, {-INFINITY, 3, "-inf"},
        {9.9999e-5, 3, "0.0001"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char text[NUMBER_TEXT_MAX];
        number_print_short(table[i].value, table[i].digits, text);
        assert_string_equal(text, table[i].text);
    }
}

static void test_rounding_keeps_values_short_in_the_file(void **state)
{
    (void)state;
    assert_true(number_round(0.15149999, 6) == 0.1515);
    assert_true(number_round(0.1 + 0.2, 6) == 0.3);
    assert_true(number_round(123456789, 3) == 123000000);
    assert_true(number_round(-2.0 / 3, 2) == -0.67);
    assert_true(number_round(0, 6) == 0);
    assert_true(isnan(number_round(NAN, 6)));
    assert_true(isinf(number_round(INFINITY, 6)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_legal_spelling_of_a_number_is_read),
        cmocka_unit_test(test_what_is_no_json_number_is_refused),
        cmocka_unit_test(test_a_number_of_many_digits_is_read),
        cmocka_unit_test(test_sizes_are_read_as_people_type_them),
        cmocka_unit_test(test_numbers_are_written_as_python_writes_them),
        cmocka_unit_test(test_any_number_written_reads_back_as_itself),
        cmocka_unit_test(test_people_read_large_numbers_with_prefixes),
        cmocka_unit_test(test_people_read_fractions_without_exponents),
        cmocka_unit_test(test_rounding_keeps_values_short_in_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
