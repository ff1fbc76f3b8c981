/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A filter keeps the entries that somebody means by it, and says which of its terms makes no sense.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/fields.h"
#include "report/filter.h"
#include "report/order.h"

enum { ORIN, DESKTOP, UNKNOWN, BROKEN, ENTRIES };

static const struct registry_entry entries[ENTRIES] = {
    [ORIN] = {.id = (char *)"cuda/orin_15w/fp16",
              .hardware_id = (char *)"jetson-orin",
              .hardware_name = (char *)"Jetson Orin, 15 W",
              .device_type = (char *)"gpu",
              .precision = (char *)"FP16",
              .calibration_date = (char *)"2025-07-01T10:00:00Z",
              .curves = 2,
              .bandwidth_curves = 1,
              .points = 24,
              .worst_r_squared = 0.85,
              .sources = {20, 4, 0, 0},
              .single_points = 3,
              .curve_names = (char *)"conv2d\nmatmul\nbandwidth:generic"},
    [DESKTOP] = {.id = (char *)"cpu/i7-12700K",
                 .hardware_id = (char *)"i7-12700K",
                 .hardware_name = (char *)"Core i7",
                 .device_type = (char *)"cpu",
                 .precision = (char *)"FP32",
                 .calibration_date = (char *)"2025-06-30",
                 .curves = 1,
                 .points = 9,
                 .worst_r_squared = 0.95,
                 .sources = {0, 9, 0, 0},
                 .curve_names = (char *)"matmul"},
    [UNKNOWN] = {.id = (char *)"npu/x", .worst_r_squared = NAN, .points = 20},
    [BROKEN] = {.id = (char *)"gpu/lost",
                .broken = true,
                .message = (char *)"line 3: no value",
                .worst_r_squared = NAN},
};

/* The entries that it holds for, as letters: Orin, Desktop, Unknown, Broken. */
static void assert_keeps(const char *text, const char *expected)
{
    struct filter *filter;
    struct error error;
    char kept[ENTRIES + 1] = "";
    if (filter_parse(text, &filter, &error))
        fail_msg("%s: %zu: %s", text, error.column, error.message);
    for (int i = 0; i < ENTRIES; i++)
        if (filter_holds(filter, &entries[i]))
            kept[strlen(kept)] = "ODUB"[i];
    filter_free(filter);
    if (strcmp(kept, expected) != 0)
        fail_msg("%s keeps %s, not %s", text, kept, expected);
}

static void test_words_are_looked_for_in_what_a_row_shows(void **state)
{
    (void)state;
    assert_keeps("", "ODUB");
    assert_keeps("  ", "ODUB");
    assert_keeps("orin", "O");
    assert_keeps("ORIN fp16", "O");
    assert_keeps("orin fp32", "");
    assert_keeps("measured+legacy", "O");
    assert_keeps("broken", "B");
    assert_keeps("\"no value\"", "B");
    assert_keeps("\"Orin, 15 W\"", "O");
    assert_keeps("i7-12700K", "D");
    assert_keeps("-legacy", "UB");
    assert_keeps("!legacy -broken", "U");
    assert_keeps("-\"Core i7\"", "OUB");
}

static void test_text_fields_contain_are_or_are_not(void **state)
{
    (void)state;
    assert_keeps("precision:fp", "OD");
    assert_keeps("precision=fp16", "O");
    assert_keeps("precision=fp", "");
    assert_keeps("precision!=fp16", "D");   /* unknown ones fulfil no comparison ... */
    assert_keeps("-precision=fp16", "DUB"); /* ... and so its negation */
    assert_keeps("precision=n/a", "UB");
    assert_keeps("precision!=n/a", "OD");
    assert_keeps("PRECISION:FP32", "D");
    assert_keeps("device:\"orin, 15\"", "O");
    assert_keeps("hardware=jetson-orin", "O");
    assert_keeps("id:i7", "D");
    assert_keeps("state:broken", "B");
    assert_keeps("state=ok type:gpu", "O");
}

static void test_a_type_that_no_file_tells_is_that_of_the_folder(void **state)
{
    (void)state;
    assert_keeps("type:gpu", "OB");
    assert_keeps("type=npu", "U");
    assert_keeps("type:cuda", "");
}

static void test_one_of_several_things_is_enough(void **state)
{
    (void)state;
    assert_keeps("source:legacy", "OD");
    assert_keeps("source=measured", "O");
    assert_keeps("curve:conv2d", "O");
    assert_keeps("curve=matmul", "OD");
    assert_keeps("curve=mat", "");
    assert_keeps("curve=bandwidth:generic", "O");
    assert_keeps("curve!=conv2d", "D");
}

static void test_numbers_compare_with_each_operator(void **state)
{
    (void)state;
    assert_keeps("points=20", "U");
    assert_keeps("points:20", "U");
    assert_keeps("points!=20", "OD");
    assert_keeps("points<20", "D");
    assert_keeps("points<=20", "DU");
    assert_keeps("points>20", "O");
    assert_keeps("points>=20", "OU");
    assert_keeps("points>=0.02k", "OU");
    assert_keeps("r2<0.9", "O");
    assert_keeps("r2>-1", "OD");
    assert_keeps("r2=n/a", "UB");
    assert_keeps("r2!=unknown", "OD");
    assert_keeps("-r2<0.9", "DUB");
    assert_keeps("single>0", "O");
    assert_keeps("curves=3 bandwidth=1", "O");
    assert_keeps("legacy>0 measured>0", "O");
    assert_keeps("interpolated=0", "ODU"); /* nobody knows of the broken one */
}

static void test_dates_compare_as_far_as_they_were_typed(void **state)
{
    (void)state;
    assert_keeps("date>2025-06", "O");
    assert_keeps("date>=2025-06", "OD");
    assert_keeps("date<=2025-06", "D");
    assert_keeps("date=2025", "OD");
    assert_keeps("date:2025-06-30", "D");
    assert_keeps("date<2025-07-01", "D");
    assert_keeps("date!=2025-06", "O");
    assert_keeps("date:2025-0", "OD"); /* while it is typed */
    assert_keeps("date:2025-06-3", "D");
    assert_keeps("date:2025-07-01T1", "O");
    assert_keeps("date:2025-07-01T10:00:00Z", "O");
    assert_keeps("state:BRO", "B");
    assert_keeps("source=LEGACY", "OD");
    assert_keeps("date=n/a", "UB");
}

static void assert_wrong(const char *text, size_t column, const char *words)
{
    struct filter *filter;
    struct error error;
    assert_int_equal(filter_parse(text, &filter, &error), STATUS_INVALID);
    assert_null(filter);
    if (error.column != column || !strstr(error.message, words))
        fail_msg("%s: %zu: %s", text, error.column, error.message);
}

static void test_a_wrong_term_is_said_with_its_place(void **state)
{
    (void)state;
    assert_wrong("orin presicion:FP16", 6,
                 "no field `presicion`; there are: id device hardware type");
    assert_wrong(":x", 1, "no field ``");
    assert_wrong("a -colour=red", 4, "no field `colour`");
    assert_wrong("points>many", 8, "points wants a number, not `many`");
    assert_wrong("points>", 8, "points: how many data points");
    assert_wrong("points> 3", 8, "points: how many");
    assert_wrong("precision<FP16", 11, "one of : = != before text");
    assert_wrong("date>June", 6, "a date that there is, like 2025-06");
    assert_wrong("date:2025-13", 6, "a date that there is");
    assert_wrong("date<2025-02-30", 6, "a date that there is");
    assert_wrong("date:2025-06-31", 6, "not `2025-06-31`");
    assert_wrong("date:2025-06-30T25:00", 6, "a date that there is");
    assert_wrong("date:20250630", 6, "a date that there is");
    assert_wrong("state:zz", 7, "state wants one of ok broken kept, not `zz`");
    assert_wrong("state=bro", 7, "not `bro`");
    assert_wrong("-source:guessed", 9, "one of measured legacy interpolated other");
    assert_wrong("r2<n/a", 4, "wants a number");
    assert_wrong("\xc3\xa9\xc3\xa9 -", 4, "turned round");
    assert_wrong("- x", 1, "turned round");
    assert_wrong("x \"no end", 3, "a quote is not closed");
    assert_wrong("\"a\"b", 4, "a blank is missing");
}

static void test_a_hundred_thousand_random_filters_are_read_or_refused(void **state)
{
    static const char *const parts[] = {"points",   "r2", "date", "curve", "precision", ":",
                                        "=",        "!=", "<",    "<=",    ">",         "\"",
                                        " ",        "-",  "!",    "2025-", "n/a",       "1e999",
                                        "\xc3\xa9", "\\", "%s",   "0.5k",  "\xff",      "state",
                                        "ok",       "\n", "\t",   "="};
    uint32_t random = 1;
    size_t held = 0, refused = 0;
    (void)state;
    for (int i = 0; i < 100000; i++) {
        char text[128] = "";
        struct filter *filter;
        struct error error;
        for (int n = (int)(random >> 8) % 9; n >= 0; n--) {
            random = random * 1664525 + 1013904223;
            strcat(text, parts[(random >> 8) % (sizeof parts / sizeof *parts)]);
        }
        if (filter_parse(text, &filter, &error)) {
            assert_in_range(error.column, 1, strlen(text) + 1);
            assert_true(error.message[0]);
            refused++;
            continue;
        }
        for (int j = 0; j < ENTRIES; j++)
            held += filter_holds(filter, &entries[j]);
        filter_free(filter);
    }
    assert_true(held > 1000 && refused > 1000); /* both were tried */
}

/* Sorts all four and says in which order they come. */
static void assert_order(const char *text, const char *expected)
{
    const struct registry_entry *sorted[ENTRIES];
    struct order order;
    struct error error;
    char letters[ENTRIES + 1] = "";
    for (int i = 0; i < ENTRIES; i++)
        sorted[i] = &entries[i];
    if (order_parse(text, &order, &error))
        fail_msg("%s: %s", text, error.message);
    order_sort(&order, sorted, ENTRIES);
    for (int i = 0; i < ENTRIES; i++)
        letters[i] = "ODUB"[sorted[i] - entries];
    if (strcmp(letters, expected) != 0)
        fail_msg("%s sorts %s, not %s", text, letters, expected);
}

static void test_broken_files_come_last_and_what_is_unknown_behind_what_is_known(void **state)
{
    (void)state;
    assert_order("points", "DUOB");
    assert_order("points:asc", "DUOB");
    assert_order("points:desc", "OUDB");
    assert_order("r2", "ODUB");
    assert_order("r2:desc", "DOUB");
    assert_order("precision", "ODUB");
    assert_order("date:desc", "ODUB");
    assert_order("state", "ODUB");      /* three are ok, and stay as they were */
    assert_order("state:desc", "BODU"); /* which is how to look for the broken ones */
    assert_order("id", "DOBU");
    assert_order("id:desc", "UBOD");
}

static void test_an_order_that_is_none_is_refused(void **state)
{
    struct order order;
    struct error error;
    (void)state;
    assert_int_equal(order_parse("size", &order, &error), STATUS_INVALID);
    assert_non_null(strstr(error.message, "no field `size`; there are: id "));
    assert_int_equal(order_parse("points:down", &order, &error), STATUS_INVALID);
    assert_non_null(strstr(error.message, ":asc or :desc, not `:down`"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_are_looked_for_in_what_a_row_shows),
        cmocka_unit_test(test_text_fields_contain_are_or_are_not),
        cmocka_unit_test(test_a_type_that_no_file_tells_is_that_of_the_folder),
        cmocka_unit_test(test_one_of_several_things_is_enough),
        cmocka_unit_test(test_numbers_compare_with_each_operator),
        cmocka_unit_test(test_dates_compare_as_far_as_they_were_typed),
        cmocka_unit_test(test_a_wrong_term_is_said_with_its_place),
        cmocka_unit_test(test_a_hundred_thousand_random_filters_are_read_or_refused),
        cmocka_unit_test(test_broken_files_come_last_and_what_is_unknown_behind_what_is_known),
        cmocka_unit_test(test_an_order_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
