/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A listing says of every file what the full reader says of it. CALSCOPE_TEST_DATA may name a
 * folder of more files to hold it against.
 */
#include <ftw.h>
#include <malloc.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "calibration/listing.h"
#include "json/edit.h"
#include "json/reader.h"

enum { VALUES_MAX = 1024, ENTRY_BYTES_MAX = 4096, OPEN_FOLDERS_MAX = 16 };

/* --- holding one against the other --- */

/* All that an entry says. */
static char *describe(const struct registry_entry *entry)
{
    struct buffer text = {0};
    const char *const strings[] = {entry->hardware_id, entry->hardware_name,    entry->device_type,
                                   entry->precision,   entry->calibration_date, entry->curve_names};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        buffer_print(&text, "<%s>%s ", strings[i] ? strings[i] : "", strings[i] ? "" : "absent");
    buffer_print(&text, "%zu+%zu curves, %zu points, %zu single, worst %.17g, sources",
                 entry->curves, entry->bandwidth_curves, entry->points, entry->single_points,
                 entry->worst_r_squared);
    for (size_t i = 0; i < POINT_SOURCE_COUNT; i++)
        buffer_print(&text, " %zu", entry->sources[i]);
    return buffer_take(&text);
}

static char *describe_error(const struct error *error)
{
    struct buffer text = {0};
    error_describe(error, NULL, &text);
    return buffer_take(&text);
}

/* What the full reader says; the caller frees it. */
static char *read_in_full(const char *bytes, size_t length)
{
    struct calibration *calibration;
    struct registry_entry entry = {.worst_r_squared = NAN};
    struct error error = {0};
    if (calibration_read(bytes, length, &calibration, &error))
        return describe_error(&error);
    listing_summarise(calibration, &entry);
    char *said = describe(&entry);
    listing_clear(&entry);
    calibration_free(calibration);
    return said;
}

/* Asserts that both say the same; whether one pass was enough. */
static bool assert_listed_as_read(const char *name, const char *bytes, size_t length)
{
    struct registry_entry entry = {.worst_r_squared = NAN};
    struct error error = {0};
    char *block = memory_new(length + 1); /* a sanitizer sees a byte read too many */
    memcpy(block, bytes, length);
    block[length] = '\0';
    char *expected = read_in_full(block, length);
    bool listed = listing_read(block, length, &entry, &error) == STATUS_OK;
    char *said = listed ? describe(&entry) : describe_error(&error);
    if (strcmp(said, expected) != 0)
        fail_msg("%s:\n%s\nthe listing says %s\nthe full reader %s", name, block, said, expected);
    bool one_pass = listing_scan(block, length, &entry);
    if (one_pass) {
        free(said);
        said = describe(&entry);
        assert_string_equal(said, expected);
    }
    listing_clear(&entry);
    free(said);
    free(expected);
    free(block);
    return one_pass;
}

/* --- files --- */

static size_t files_seen;

/* The next of a sequence of numbers, below limit. */
static size_t roll(size_t limit)
{
    static uint64_t dice = 1;
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((dice >> 33) % limit);
}

static void break_bytes(const char *path, const struct buffer *bytes)
{
    static const char *const odd[] = {"\"", "\\",    "{",   "}",       "[",   "]",        ",",
                                      ":",  "\xFF",  "1e9", "\\u0000", "//",  "\\uD800",  "-",
                                      "0",  "1e999", "\v",  "true",    "nul", "\"a\": 1,"};
    for (int i = 0; i < 60 && bytes->length > 0; i++) {
        struct buffer broken = {0};
        size_t at = roll(bytes->length), gone = roll(4);
        gone = gone > bytes->length - at ? bytes->length - at : gone;
        buffer_append(&broken, bytes->bytes, at);
        if (i % 6 != 0) {
            buffer_append_string(&broken, odd[roll(sizeof odd / sizeof *odd)]);
            buffer_append(&broken, bytes->bytes + at + gone, bytes->length - at - gone);
        }
        assert_listed_as_read(path, buffer_string(&broken), broken.length);
        buffer_done(&broken);
    }
}

static size_t collect(const struct json_document *document, const struct json_value *value,
                      const struct json_value **values, size_t count)
{
    if (count < VALUES_MAX)
        values[count++] = value;
    for (const struct json_value *child = json_value_first(document, value); child;
         child = json_value_next(document, child))
        count = collect(document, child, values, count);
    return count;
}

/* Exchanges values of the file for others, so that it stays JSON. One pass must do. */
static void exchange_values(const char *path, const struct json_document *document)
{
    static const char *const odd[] = {"0",
                                      "-1",
                                      "-0.0",
                                      "1e-400",
                                      "1e-3",
                                      "1e308",
                                      "null",
                                      "true",
                                      "\"measured\"",
                                      "{}",
                                      "[]",
                                      "[[1, 2]]",
                                      "0.5",
                                      "\"\\u00e9\\n\"",
                                      "0e5",
                                      "\"x\\u0000\"",
                                      "\"legacy_\\u0068ardcoded\"",
                                      "[{\"flops\": 1}]"};
    const struct json_value *values[VALUES_MAX];
    size_t count = collect(document, json_document_root(document), values, 0);
    for (int i = 0; i < 60 && count > 1; i++) {
        struct buffer text = {0};
        struct json_edits *edits = json_edits_new(document);
        const struct json_value *value = values[1 + roll(count - 1)];
        if (i % 8 == 0 && json_key(document, value))
            json_edits_remove_member(edits, value);
        else
            json_edits_replace(edits, value, odd[roll(sizeof odd / sizeof *odd)]);
        json_edits_apply(edits, &text);
        json_edits_free(edits);
        assert_listed_as_read(path, buffer_string(&text), text.length);
        buffer_done(&text);
    }
}

static int take_file(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)place;
    const char *dot = strrchr(path, '.');
    if (kind != FTW_F || !dot || strcmp(dot, ".json") != 0)
        return 0;
    struct buffer bytes = {0};
    struct calibration *calibration;
    assert_int_equal(file_read(path, JSON_BYTES_MAX, &bytes, NULL), STATUS_OK);
    bool one_pass = assert_listed_as_read(path, buffer_string(&bytes), bytes.length);
    break_bytes(path, &bytes);
    bool good =
        calibration_read(buffer_string(&bytes), bytes.length, &calibration, NULL) == STATUS_OK;
    bool plain_keys = !strstr(path, "/hostile_strings."); /* the others have no escapes in keys */
    if (one_pass != (good && plain_keys))
        fail_msg("%s is %s, and one pass was %s", path, good ? "good" : "broken",
                 one_pass ? "enough" : "not enough");
    if (good) {
        exchange_values(path, calibration->document);
        calibration_free(calibration);
    }
    buffer_done(&bytes);
    files_seen++;
    return 0;
}

static void take_folder(const char *folder)
{
    assert_int_equal(nftw(folder, take_file, OPEN_FOLDERS_MAX, FTW_PHYS), 0);
}

static void test_a_listing_says_what_the_full_reader_says_of_every_file(void **state)
{
    (void)state;
    const char *more = getenv("CALSCOPE_TEST_DATA");
    take_folder(FIXTURES);
    take_folder(SOURCE_DIR "/hardware_registry");
    if (more)
        take_folder(more);
    assert_true(files_seen > 10);
}

/* --- what no file has --- */

#define POINT "'flops': 1e6, 'efficiency_mean': 0.5"

/* Lists a text in which ' stands for a double quote. */
static bool one_pass_does(const char *text)
{
    char *bytes = memory_copy_string(text);
    for (char *at = bytes; (at = strchr(at, '\'')); at++)
        *at = '"';
    bool one_pass = assert_listed_as_read("a text", bytes, strlen(bytes));
    free(bytes);
    return one_pass;
}

static void test_odd_calibrations_are_listed_as_the_full_reader_reads_them(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{'curves': {}}",
        "{'curves': {}, 'bandwidth_curves': []}",
        "{'curves': {}, 'bandwidth_curves': {'a': {}, 'b': 1}}",
        "{'curves': {'': {}, 'b': []}, 'bandwidth_curves': {'': {}}}",
        "{'curves': {'a': 1, 'b': [], 'c': null}}",
        "{'hardware_id': 5, 'precision': null, 'device_type': ['cpu'], 'curves': {}}",
        "{'hardware_id': '', 'hardware_name': '\\ud83d\\ude00 \\u0000 \\\\ \\/\\b\\f\\r\\t',"
        " 'curves': {}}",
        "{'curves': {'a': {'data_points': {'x': {" POINT "}, 'y': 1}}}}",
        "{'curves': {'a': {'data_points': [{" POINT ", 'source': 'measured'},"
        " {" POINT ", 'source': 'meas\\u0075red'}, {" POINT ", 'source': 1}]}}}",
        "{'curves': {'a': {'data_points': [{" POINT ", 'num_observations': 1.0},"
        " {" POINT ", 'num_observations': 0.1e1}, {" POINT ", 'num_observations': 1},"
        " {" POINT ", 'num_observations': 11}, {" POINT ", 'num_observations': '1'}]}}}",
        "{'curves': {'a': {'data_points': [{'flops': 0}, {'flops': -1}, [1, 2], 3]}}}",
        "{'curves': {'a': {'data_points': [{'flops': 1e-400, 'efficiency_mean': 1},"
        " {'flops': 0.0e9, 'efficiency_mean': 1}, {'flops': 4e-324, 'efficiency_mean': 1},"
        " {'flops': 2, 'efficiency_mean': '1'}, {'flops': 2, 'efficiency_mean': -1}]}}}",
        "{'bandwidth_curves': {'m': {'fitted_curve': {'r_squared': -0.0, 'residual_std': 1}}},"
        " 'curves': {'a': {'fitted_curve': {'r_squared': 0.0, 'residual_std': 1}}}}",
        "{'curves': {'a': {'fitted_curve': {'r_squared': 0.0, 'residual_std': 0.0,"
        " 'max_residual': 0.0}}, 'b': {'fitted_curve': {'r_squared': 0.5}},"
        " 'c': {'fitted_curve': {'r_squared': null, 'residual_std': 0.1}}},"
        " 'bandwidth_curves': {'m': {'fitted_curve': {'r_squared': 0.25}}}}",
        "{'curves': {'a': {'fitted_curve': [1]}, 'b': {'fitted_curve': {}}}}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!one_pass_does(texts[i]))
            fail_msg("one pass was not enough for %s", texts[i]);
}

/* 0.0 is written where R^2 is undefined, whatever the other statistics are. */
static void test_an_r_squared_of_points_at_one_height_is_not_known(void **state)
{
    static const struct {
        const char *first, *second;
        double worst;
    } cases[] = {{"0.5", "0.5", NAN}, {"0.5", "5e-1", NAN}, {"0.5", "0.6", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct registry_entry entry = {.worst_r_squared = NAN};
        char *text = memory_print(
            "{\"curves\": {\"a\": {\"fitted_curve\": {\"curve_type\": \"piecewise_linear\", "
            "\"breakpoints\": [[1e6, 0.5]], \"r_squared\": 0.0, \"residual_std\": 0.1, "
            "\"max_residual\": 0.2}, \"data_points\": [{\"flops\": 1e6, \"efficiency_mean\": %s}, "
            "{\"flops\": 2e6, \"efficiency_mean\": %s}]}}}",
            cases[i].first, cases[i].second);
        assert_true(listing_scan(text, strlen(text), &entry));
        assert_true(entry.worst_r_squared == cases[i].worst ||
                    (isnan(entry.worst_r_squared) && isnan(cases[i].worst)));
        assert_listed_as_read("R^2 of 0", text, strlen(text));
        listing_clear(&entry);
        free(text);
    }
}

static void test_what_one_pass_cannot_tell_is_left_to_the_full_reader(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "[]",
        "{}",
        "{'curves': []}",
        "{'curves': null}",
        "{'curves': {}, 'curves': {}}",
        "{'curves': {'a': {}, 'a': {}}}",
        "{'hardware_id': 'a', 'hardware_id': 'b', 'curves': {}}",
        "{'c\\u0075rves': {}}",
        "{'curves': {'\\u0061': {'data_points': [{" POINT "}]}}}",
        "{'curves': {'a': {'data_points': [{'flops': 1e999}]}}}",
        "\xEF\xBB\xBF{'curves': {}}",
        "{'curves': {}} {}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (one_pass_does(texts[i]))
            fail_msg("one pass was enough for %s", texts[i]);
}

/* --- memory --- */

static void write_device(const char *root, int number, const struct buffer *bytes)
{
    char *command = memory_print("mkdir -p '%s/cpu/device_%04d'", root, number);
    char *path = memory_print("%s/cpu/device_%04d/" REGISTRY_FILE_NAME, root, number);
    assert_int_equal(system(command), 0);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes->bytes, 1, bytes->length, file), bytes->length);
    assert_int_equal(fclose(file), 0);
    free(path);
    free(command);
}

static void test_a_listed_file_keeps_at_most_4_kb(void **state)
{
    (void)state;
    enum { FILES = 50 };
    char root[] = "/tmp/calscope-test-XXXXXX";
    struct buffer bytes = {0};
    struct registry *registry;
    assert_non_null(mkdtemp(root));
    assert_int_equal(file_read(FIXTURES "/registry/cpu/example_desktop/fp32/" REGISTRY_FILE_NAME,
                               JSON_BYTES_MAX, &bytes, NULL),
                     STATUS_OK);
    assert_true(bytes.length > ENTRY_BYTES_MAX);
    for (int i = 0; i < FILES; i++)
        write_device(root, i, &bytes);
    assert_int_equal(registry_open(root, &registry, NULL), STATUS_OK);
    registry_step(registry); /* the root, then cpu, then the first file: what comes once is there */
    registry_step(registry);
    registry_step(registry);
    size_t before = mallinfo2().uordblks, count = registry_count(registry);
    registry_scan(registry);
    size_t each = (mallinfo2().uordblks - before) / (FILES - count);
    assert_int_equal(registry_count(registry), FILES);
    print_message("a listed file keeps %zu bytes\n", each);
    assert_true(each <= ENTRY_BYTES_MAX);
    registry_free(registry);
    buffer_done(&bytes);
    char *command = memory_print("rm -r '%s'", root);
    assert_int_equal(system(command), 0);
    free(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_listing_says_what_the_full_reader_says_of_every_file),
        cmocka_unit_test(test_odd_calibrations_are_listed_as_the_full_reader_reads_them),
        cmocka_unit_test(test_an_r_squared_of_points_at_one_height_is_not_known),
        cmocka_unit_test(test_what_one_pass_cannot_tell_is_left_to_the_full_reader),
        cmocka_unit_test(test_a_listed_file_keeps_at_most_4_kb),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
