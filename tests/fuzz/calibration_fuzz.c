/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a calibration: every command answers or refuses, JSON answers are JSON, nothing that
 * leaves would act on a terminal, what an edit would save can be loaded again, and a listing says
 * what the full reader says.
 */
#include <locale.h>
#include <math.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "calibration/calibration.h"
#include "calibration/listing.h"
#include "calibration/store.h"
#include "cli/cli.h"
#include "fit/fit.h"
#include "fuzz.h"
#include "tune/edit.h"

enum { CURVES_MAX = 8, ARGUMENTS_MAX = 12 };

/* One input as a file that has no name in any folder. */
struct input {
    int file;
    char path[32];
};

static struct input input_new(const uint8_t *bytes, size_t length)
{
    struct input input = {.file = memfd_create("calibration", MFD_CLOEXEC)};
    fuzz_require(input.file >= 0 && write(input.file, bytes, length) == (ssize_t)length,
                 "an input can be kept in memory");
    snprintf(input.path, sizeof input.path, "/proc/self/fd/%d", input.file);
    return input;
}

/* --- the commands --- */

static void require_json_lines(const char *answer)
{
    while (*answer) {
        size_t length = strcspn(answer, "\n");
        struct json_document *document;
        struct error error = {0};
        if (json_document_new(answer, length, &document, &error) != STATUS_OK)
            fuzz_require(false, error.message);
        json_document_free(document);
        answer += length + (answer[length] == '\n');
    }
}

#define RUN(...) run_command((const char *const[]){"calscope", __VA_ARGS__, NULL})

/* Runs a command; with --json second its answer must be JSON. */
static int run_command(const char *const *arguments)
{
    char *argv[ARGUMENTS_MAX + 1] = {NULL}, *copies[ARGUMENTS_MAX] = {NULL};
    int count = 0;
    for (; arguments[count]; count++)
        argv[count] = copies[count] = memory_copy_string(arguments[count]);
    char *answer, *messages;
    size_t answer_length, messages_length;
    FILE *out = open_memstream(&answer, &answer_length);
    FILE *err = open_memstream(&messages, &messages_length);
    int status = cli_run(count, argv, out, err);
    fclose(out);
    fclose(err);
    fuzz_require(status >= 0 && status <= 2, "a command ends with a status of its own");
    fuzz_require(status != 2 || messages_length > 0, "trouble comes with a message");
    fuzz_require_harmless(answer, answer_length);
    fuzz_require_harmless(messages, messages_length);
    if (strcmp(arguments[2], "--json") == 0)
        require_json_lines(answer);
    free(answer);
    free(messages);
    while (count > 0)
        free(copies[--count]);
    return status;
}

static void ask_about_file(const char *path)
{
    RUN("show", "--json", path);
    RUN("show", path);
    RUN("validate", "--json", path);
    RUN("validate", path);
    RUN("validate", "--dry-run", path);
    RUN("validate", "--sarif", path);
    RUN("plot", path, "--size", "60x16");
    RUN("diff", "--json", path, path);
}

static void ask_about_curve(const char *path, const char *name)
{
    RUN("show", path, "-c", name);
    RUN("eval", "--json", path, "-c", name, "1", "1e9", "1e300", "--peak", "2T");
    RUN("fit", "--json", path, "-c", name);
    RUN("tune", path, "-c", name, "--scale", "1.5", "--dry-run");
}

/* --- saving --- */

/* A curve scaled and then composed into the file reads back as what was composed. */
static void save_scaled(const struct calibration *calibration, size_t index)
{
    const struct calibration_curve *curve = &calibration->curves[index];
    struct curve_version *scaled = NULL;
    struct curve_version *version =
        version_new(curve->curve_type, curve->breakpoints, curve->breakpoint_count);
    if (version_check(version, NULL) == STATUS_OK &&
        edit_scale(version, 0.5, &scaled, NULL) == STATUS_OK) {
        struct curve_change change = {.curve = curve,
                                      .curve_type = scaled->curve_type,
                                      .breakpoints = scaled->breakpoints,
                                      .breakpoint_count = scaled->count,
                                      .note = "halved"};
        struct buffer bytes = {0};
        struct calibration *again;
        store_compose(&(struct change_set){calibration, &change, 1}, &bytes);
        fuzz_require(calibration_read(bytes.bytes, bytes.length, &again, NULL) == STATUS_OK,
                     "what is saved can be read");
        struct curve now = calibration_stored_curve(&again->curves[index]);
        struct curve meant = version_curve(scaled);
        fuzz_require(again->curve_count == calibration->curve_count && now.count == meant.count,
                     "what is saved has all curves and breakpoints");
        for (size_t i = 0; i < meant.count; i++)
            fuzz_require(now.breakpoints[i].flops == meant.breakpoints[i].flops &&
                             now.breakpoints[i].efficiency == meant.breakpoints[i].efficiency,
                         "what is saved is what was meant");
        calibration_free(again);
        buffer_done(&bytes);
    }
    version_free(scaled);
    version_free(version);
}

static void examine(const struct calibration *calibration, const char *path)
{
    ask_about_file(path);
    for (size_t i = 0; i < calibration->curve_count && i < CURVES_MAX; i++) {
        ask_about_curve(path, calibration->curves[i].name);
        save_scaled(calibration, i);
    }
}

/* --- listing --- */

static bool same_string(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_entry(const struct registry_entry *a, const struct registry_entry *b)
{
    return same_string(a->hardware_id, b->hardware_id) &&
           same_string(a->hardware_name, b->hardware_name) &&
           same_string(a->device_type, b->device_type) && same_string(a->precision, b->precision) &&
           same_string(a->calibration_date, b->calibration_date) &&
           same_string(a->curve_names, b->curve_names) && a->single_points == b->single_points &&
           a->curves == b->curves && a->bandwidth_curves == b->bandwidth_curves &&
           a->points == b->points && memcmp(a->sources, b->sources, sizeof a->sources) == 0 &&
           (isnan(a->worst_r_squared) ? isnan(b->worst_r_squared)
                                      : a->worst_r_squared == b->worst_r_squared);
}

/* calibration: what the full reader has read; NULL: it has refused. */
static void require_listed_alike(const uint8_t *bytes, size_t length,
                                 const struct calibration *calibration)
{
    struct registry_entry listed = {0}, read = {0};
    char *text = memory_new(length + 1);
    memcpy(text, bytes, length);
    text[length] = '\0';
    bool one_pass = listing_scan(text, length, &listed);
    fuzz_require(!one_pass || calibration, "what is listed can be read");
    if (one_pass) {
        listing_summarise(calibration, &read);
        fuzz_require(same_entry(&listed, &read), "a listing says what the full reader says");
    }
    listing_clear(&listed);
    listing_clear(&read);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct calibration *calibration = NULL;
    setlocale(LC_CTYPE, "C.UTF-8");
    fit_setup();
    enum status status = calibration_read((const char *)bytes, length, &calibration, NULL);
    require_listed_alike(bytes, length, calibration);
    if (status != STATUS_OK)
        return 0;
    struct input input = input_new(bytes, length);
    examine(calibration, input.path);
    close(input.file);
    calibration_free(calibration);
    return 0;
}
