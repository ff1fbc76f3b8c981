/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns changed curves into edits of the document, and replaces the file. */
#include "calibration/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "calibration/align.h"
#include "json/edit.h"
#include "json/lay_out.h"

struct writer {
    const struct json_document *document;
    struct json_edits *edits;
};

static void replace_number(struct writer *writer, const struct json_value *value, double number)
{
    double old;
    if (json_number(writer->document, value, &old) && old == number)
        return;
    char text[NUMBER_TEXT_MAX];
    number_print_repr(number, text);
    json_edits_replace(writer->edits, value, text);
}

/* Sets a member of an object, adding it where it is missing. */
static void set_member(struct writer *writer, const struct json_value *object, const char *key,
                       const char *lexeme)
{
    const struct json_value *value = json_member(writer->document, object, key);
    if (value)
        json_edits_replace(writer->edits, value, lexeme);
    else
        json_edits_add_member(writer->edits, object, key, lexeme);
}

static void set_number(struct writer *writer, const struct json_value *object, const char *key,
                       double number)
{
    const struct json_value *value = json_member(writer->document, object, key);
    if (value) {
        replace_number(writer, value, number);
        return;
    }
    char text[NUMBER_TEXT_MAX];
    number_print_repr(number, text);
    json_edits_add_member(writer->edits, object, key, text);
}

static void set_string(struct writer *writer, const struct json_value *object, const char *key,
                       const char *string)
{
    const char *old = json_member_string(writer->document, object, key);
    if (old && strcmp(old, string) == 0)
        return;
    struct buffer quoted = {0};
    json_quote(string, &quoted);
    set_member(writer, object, key, quoted.bytes);
    buffer_done(&quoted);
}

/* The file's breakpoints in its own order; what is no pair of numbers reads as NaN. */
static struct breakpoint *file_breakpoints(const struct json_document *document,
                                           const struct json_value *array)
{
    struct breakpoint *all = memory_new_array(json_value_count(array), sizeof *all);
    size_t i = 0;
    for (const struct json_value *item = json_value_first(document, array); item;
         item = json_value_next(document, item), i++) {
        all[i] = (struct breakpoint){NAN, NAN};
        json_number(document, json_item(document, item, 0), &all[i].flops);
        json_number(document, json_item(document, item, 1), &all[i].efficiency);
    }
    return all;
}

/* An old item that stays gets its changed lexemes; one that is no pair is written anew. */
static bool update_pair(struct writer *writer, const struct json_value *pair,
                        const struct breakpoint *breakpoint)
{
    const struct json_value *flops = json_item(writer->document, pair, 0);
    const struct json_value *efficiency = json_item(writer->document, pair, 1);
    if (!flops || !efficiency || json_value_count(pair) != 2)
        return false;
    replace_number(writer, flops, breakpoint->flops);
    replace_number(writer, efficiency, breakpoint->efficiency);
    return true;
}

struct new_pair {
    char flops[NUMBER_TEXT_MAX], efficiency[NUMBER_TEXT_MAX];
    const char *lexemes[2];
};

static void spell_pair(struct new_pair *pair, const struct breakpoint *breakpoint)
{
    number_print_repr(breakpoint->flops, pair->flops);
    number_print_repr(breakpoint->efficiency, pair->efficiency);
    pair->lexemes[0] = pair->flops;
    pair->lexemes[1] = pair->efficiency;
}

static void write_array(struct writer *writer, const struct json_value *array,
                        const struct curve_change *change)
{
    size_t old_count = json_value_count(array), count = change->breakpoint_count;
    struct breakpoint *old = file_breakpoints(writer->document, array);
    size_t *kept = memory_new_array(count, sizeof *kept);
    align_breakpoints(old, old_count, change->breakpoints, count, kept);

    const struct json_value **items = memory_new_array(old_count, sizeof *items);
    size_t i = 0;
    for (const struct json_value *item = json_value_first(writer->document, array); item;
         item = json_value_next(writer->document, item))
        items[i++] = item;

    struct json_slot *slots = memory_new_array(count, sizeof *slots);
    struct new_pair *pairs = memory_new_array(count, sizeof *pairs);
    for (i = 0; i < count; i++) {
        if (kept[i] != ALIGN_NEW && update_pair(writer, items[kept[i]], &change->breakpoints[i])) {
            slots[i].keep = items[kept[i]];
            continue;
        }
        spell_pair(&pairs[i], &change->breakpoints[i]);
        slots[i] = (struct json_slot){.lexemes = pairs[i].lexemes, .lexeme_count = 2};
    }
    json_edits_arrange(writer->edits, array, slots, count);
    free(pairs);
    free(slots);
    free(items);
    free(kept);
    free(old);
}

static void append_pairs(const struct curve_change *change, struct buffer *out)
{
    buffer_append_string(out, "[");
    for (size_t i = 0; i < change->breakpoint_count; i++) {
        struct new_pair pair;
        spell_pair(&pair, &change->breakpoints[i]);
        buffer_print(out, "%s[%s, %s]", i ? ", " : "", pair.flops, pair.efficiency);
    }
    buffer_append_string(out, "]");
}

static void write_breakpoints(struct writer *writer, const struct json_value *fitted,
                              const struct curve_change *change)
{
    const struct json_value *array = json_member(writer->document, fitted, "breakpoints");
    if (array && json_value_type(array) == JSON_ARRAY && json_value_count(array) > 0) {
        write_array(writer, array, change);
        return;
    }
    struct buffer lexeme = {0};
    append_pairs(change, &lexeme);
    set_member(writer, fitted, "breakpoints", lexeme.bytes);
    buffer_done(&lexeme);
}

static void write_parameters(struct writer *writer, const struct json_value *fitted,
                             const struct curve_change *change)
{
    const struct json_value *old = json_member(writer->document, fitted, "parameters");
    if (!change->parameters && old)
        json_edits_remove_member(writer->edits, old);
    else if (change->parameters && !text_same(change->parameters, change->curve->parameters))
        set_member(writer, fitted, "parameters", change->parameters);
}

static double known(double figure)
{
    return isfinite(figure) ? figure : 0.0;
}

static double known_of(double stated, double computed)
{
    return known(isnan(stated) ? computed : stated);
}

static void write_statistics(struct writer *writer, const struct json_value *fitted,
                             const struct curve_change *change)
{
    struct curve curve = {change->breakpoints, change->breakpoint_count};
    struct curve_statistics computed;
    curve_statistics(&curve, &change->curve->means, &computed, NULL);
    const struct curve_statistics *stated = change->stated ? change->stated : &computed;
    set_number(writer, fitted, "r_squared", known_of(stated->r_squared, computed.r_squared));
    set_number(writer, fitted, "residual_std",
               known_of(stated->residual_std, computed.residual_std));
    set_number(writer, fitted, "max_residual",
               known_of(stated->max_residual, computed.max_residual));
}

/* Behind the notes that are there, of which every byte stays. */
static void write_note(struct writer *writer, const struct curve_change *change)
{
    if (!change->note)
        return;
    const char *old = change->curve->notes;
    if (!old || !*old) {
        set_string(writer, change->curve->value, "notes", change->note);
        return;
    }
    const struct json_value *notes = json_member(writer->document, change->curve->value, "notes");
    size_t begin = json_value_begin(notes), length;
    struct buffer lexeme = {0}, quoted = {0};
    buffer_append(&lexeme, json_document_bytes(writer->document, &length) + begin,
                  json_value_end(notes) - begin - strlen("\""));
    json_quote(change->note, &quoted);
    buffer_print(&lexeme, " %s", quoted.bytes + strlen("\""));
    json_edits_replace(writer->edits, notes, lexeme.bytes);
    buffer_done(&quoted);
    buffer_done(&lexeme);
}

static bool changes_nothing(const struct curve_change *change)
{
    struct curve now = {change->breakpoints, change->breakpoint_count};
    struct curve stored = calibration_stored_curve(change->curve);
    return curve_equal(&now, &stored) && text_same(change->parameters, change->curve->parameters) &&
           text_same(change->curve_type, change->curve->curve_type);
}

/* Over lines where the object is, so that a reviewer can read it. */
static void set_laid_out(struct writer *writer, const struct json_value *object, const char *key,
                         const char *lexeme)
{
    struct json_style style;
    struct buffer laid_out = {0};
    bool has_lines = json_style_of(writer->document, object, &style);
    if (has_lines)
        json_lay_out(lexeme, &style, &laid_out);
    set_member(writer, object, key, has_lines ? laid_out.bytes : lexeme);
    buffer_done(&laid_out);
}

/* A curve that had no fitted_curve at all gets one in one piece. */
static void add_fitted_curve(struct writer *writer, const struct curve_change *change)
{
    struct curve curve = {change->breakpoints, change->breakpoint_count};
    struct curve_statistics statistics;
    curve_statistics(&curve, &change->curve->means, &statistics, NULL);
    const char *names[] = {"r_squared", "residual_std", "max_residual"};
    double figures[] = {statistics.r_squared, statistics.residual_std, statistics.max_residual};
    struct buffer lexeme = {0};
    buffer_print(&lexeme, "{\"curve_type\": \"%s\", \"breakpoints\": ", change->curve_type);
    append_pairs(change, &lexeme);
    for (size_t i = 0; i < 3; i++) {
        char number[NUMBER_TEXT_MAX];
        number_print_repr(known(figures[i]), number);
        buffer_print(&lexeme, ", \"%s\": %s", names[i], number);
    }
    if (change->parameters)
        buffer_print(&lexeme, ", \"parameters\": %s", change->parameters);
    buffer_append_string(&lexeme, "}");
    set_laid_out(writer, change->curve->value, "fitted_curve", lexeme.bytes);
    buffer_done(&lexeme);
}

static void write_change(struct writer *writer, const struct curve_change *change)
{
    if (changes_nothing(change))
        return;
    const struct json_value *fitted =
        json_member(writer->document, change->curve->value, "fitted_curve");
    if (fitted && json_value_type(fitted) == JSON_OBJECT) {
        set_string(writer, fitted, "curve_type", change->curve_type);
        write_breakpoints(writer, fitted, change);
        write_parameters(writer, fitted, change);
        write_statistics(writer, fitted, change);
    } else {
        add_fitted_curve(writer, change);
    }
    write_note(writer, change);
}

void store_compose(const struct change_set *changes, struct buffer *out)
{
    struct json_document *document = changes->calibration->document;
    struct writer writer = {document, json_edits_new(document)};
    for (size_t i = 0; i < changes->count; i++)
        write_change(&writer, &changes->items[i]);
    json_edits_apply(writer.edits, out);
    json_edits_free(writer.edits);
}

/* expected: the bytes that the file must still hold; NULL: there must be none. */
static enum status write_composed(const char *path, const struct buffer *bytes,
                                  const char *expected, size_t expected_length,
                                  struct calibration **loaded, struct error *error)
{
    struct calibration *written = NULL;
    enum status status = calibration_read(bytes->bytes, bytes->length, &written, error);
    if (!status)
        status = expected ? file_replace(path, expected, expected_length, bytes->bytes,
                                         bytes->length, error)
                          : file_create(path, bytes->bytes, bytes->length, error);
    if (loaded && (status == STATUS_OK || status == STATUS_UNSYNCED))
        *loaded = written;
    else
        calibration_free(written);
    return status;
}

enum status store_replace(const char *path, const struct calibration *calibration,
                          const struct buffer *bytes, struct calibration **loaded,
                          struct error *error)
{
    size_t old_length;
    const char *old = json_document_bytes(calibration->document, &old_length);
    if (bytes->length != old_length || memcmp(bytes->bytes, old, old_length) != 0)
        return write_composed(path, bytes, old, old_length, loaded, error);
    return loaded ? calibration_read(bytes->bytes, bytes->length, loaded, error) : STATUS_OK;
}

enum status store_save(const char *path, const struct change_set *changes,
                       struct calibration **loaded, struct error *error)
{
    struct buffer bytes = {0};
    store_compose(changes, &bytes);
    enum status status = store_replace(path, changes->calibration, &bytes, loaded, error);
    buffer_done(&bytes);
    return status;
}

enum status store_overwrite(const char *path, const struct change_set *changes,
                            const struct buffer *seen, struct calibration **loaded,
                            struct error *error)
{
    struct buffer bytes = {0};
    store_compose(changes, &bytes);
    enum status status = write_composed(path, &bytes, seen ? buffer_string(seen) : NULL,
                                        seen ? seen->length : 0, loaded, error);
    if (!seen && status == STATUS_REFUSED && access(path, F_OK) == 0)
        status = error_set(error, STATUS_CHANGED, "there is a file again");
    buffer_done(&bytes);
    return status;
}

enum status store_copy(const char *path, const struct change_set *changes, struct error *error)
{
    struct buffer bytes = {0};
    store_compose(changes, &bytes);
    enum status status = write_composed(path, &bytes, NULL, 0, NULL, error);
    buffer_done(&bytes);
    return status;
}

char *store_dated_note(const char *text)
{
    time_t now = clock_date();
    struct tm local;
    char date[16] = "";
    if (localtime_r(&now, &local))
        strftime(date, sizeof date, "%Y-%m-%d", &local);
    return memory_print("[%s] %s", date, text);
}
