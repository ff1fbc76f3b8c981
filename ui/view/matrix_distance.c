/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix's distances: devices by devices, cells by how far their curves are apart. */
#include <math.h>

#include "base/number.h"
#include "ui/view/matrix_face.h"

enum { KEY_SAME, KEY_NOTHING, KEY_FACTOR, KEY_BROKEN, KEY_ITSELF, KEY_PENDING, KEY_COUNT };

static const struct matrix_key keys[KEY_COUNT] = {
    [KEY_SAME] = {"=", "=", "same file"},  [KEY_NOTHING] = {".", "·", "nothing shared"},
    [KEY_FACTOR] = {"x", "×", "a factor"}, [KEY_BROKEN] = {"!", "!", "unreadable"},
    [KEY_ITSELF] = {"-", "–", "itself"},   [KEY_PENDING] = {"?", "…", "unread"},
};

static const struct matrix_place *place(const struct app *app)
{
    return &app->matrix.places[MATRIX_DISTANCE];
}

static size_t key_count(const struct app *app)
{
    (void)app;
    return KEY_COUNT;
}

static size_t devices(const struct app *app)
{
    return app->matrix.survey.count;
}

static const struct registry_entry *entry_at(const struct app *app, size_t device)
{
    return app->matrix.survey.devices[device].entry;
}

static void row_name(const struct app *app, size_t row, struct buffer *out)
{
    buffer_append_string(out, entry_at(app, row)->id);
}

enum { WORDS_COLUMNS = 20 }; /* from here a cell has words */

static void column_name(const struct app *app, size_t column, int room, struct buffer *out)
{
    if (room >= WORDS_COLUMNS)
        buffer_append_string(out, entry_at(app, column)->id);
}

/* At most five columns: "<0.1", "2.3", "430" per cent; "x12", "x12k" from 1000 % on. */
static void append_distance(double nepers, enum text_charset charset, struct buffer *out)
{
    double percent = distance_percent(nepers), factor = exp(nepers);
    const char *times = matrix_sign(&keys[KEY_FACTOR], charset);
    if (percent == 0)
        buffer_append_string(out, "0");
    else if (percent < 0.05)
        buffer_append_string(out, "<0.1");
    else if (percent < 9.95)
        buffer_print(out, "%.1f", percent);
    else if (percent < 999.5)
        buffer_print(out, "%.0f", percent);
    else if (factor < 9999.5)
        buffer_print(out, "%s%.0f", times, factor);
    else if (factor < 999.5e3)
        buffer_print(out, "%s%.0fk", times, factor / 1e3);
    else
        buffer_print(out, ">%s1M", times);
}

static enum role cell(const struct app *app, size_t row, size_t column, enum text_charset charset,
                      int room, struct buffer *out)
{
    static const struct {
        size_t key;
        enum role role;
    } signs[] = {[SURVEY_PENDING] = {KEY_PENDING, ROLE_DIM},
                 [SURVEY_SAME] = {KEY_SAME, ROLE_GOOD},
                 [SURVEY_NOTHING] = {KEY_NOTHING, ROLE_DIM},
                 [SURVEY_BROKEN] = {KEY_BROKEN, ROLE_ERROR},
                 [SURVEY_ITSELF] = {KEY_ITSELF, ROLE_DIM}};
    struct survey_pair pair = survey_pair(&app->matrix.survey, row, column);
    if (pair.relation == SURVEY_APART) {
        append_distance(pair.nepers, charset, out);
        if (room >= WORDS_COLUMNS)
            buffer_print(out, "%s, %u operation%s",
                         distance_percent(pair.nepers) < 999.5 ? " %" : "", pair.operations,
                         pair.operations == 1 ? "" : "s");
        return ROLE_TEXT;
    }
    const struct matrix_key *key = &keys[signs[pair.relation].key];
    buffer_append_string(out, matrix_sign(key, charset));
    if (room >= WORDS_COLUMNS)
        buffer_print(out, " %s", key->meaning);
    return signs[pair.relation].role;
}

static void heading(const struct app *app, struct buffer *out)
{
    buffer_print(out, "Distance in %%. Column %zu: %s", place(app)->column + 1,
                 entry_at(app, place(app)->column)->id);
}

static void append_apart(const struct survey_pair *pair, struct buffer *out)
{
    double percent = distance_percent(pair->nepers);
    const char *s = pair->operations == 1 ? "" : "s";
    char text[NUMBER_TEXT_MAX];
    if (percent == 0)
        buffer_append_string(out, "other files, but the same curves");
    else if (percent < 999.5) {
        number_print_short(percent, 3, text);
        buffer_print(out, "typically %s %% apart", text);
    } else {
        number_print_si(exp((double)pair->nepers), 3, text);
        buffer_print(out, "typically a factor of %s apart", text);
    }
    buffer_print(out, " (%u operation%s)", pair->operations, s);
}

static void sentence(const struct app *app, struct buffer *out)
{
    static const char *const words[] = {
        [SURVEY_PENDING] = "not read yet",
        [SURVEY_SAME] = "the same file, byte for byte",
        [SURVEY_NOTHING] = "no operation in common over a common range",
    };
    size_t row = place(app)->row, column = place(app)->column;
    struct survey_pair pair = survey_pair(&app->matrix.survey, row, column);
    const struct survey_device *a = &app->matrix.survey.devices[row];
    if (pair.relation == SURVEY_ITSELF) {
        buffer_print(out, "%s and itself", a->entry->id);
        return;
    }
    if (pair.relation == SURVEY_BROKEN) {
        buffer_print(out, "%s cannot be read", entry_at(app, a->broken ? row : column)->id);
        return;
    }
    buffer_print(out, "%s and %s: ", a->entry->id, entry_at(app, column)->id);
    if (pair.relation == SURVEY_APART)
        append_apart(&pair, out);
    else
        buffer_append_string(out, words[pair.relation]);
}

static bool pending(const struct app *app, size_t row, size_t column)
{
    return survey_pair(&app->matrix.survey, row, column).relation == SURVEY_PENDING;
}

static void measure(struct app *app, size_t row, size_t column)
{
    survey_measure(&app->matrix.survey, row, column);
}

/* Rows are side A, columns side B. */
static void go(struct app *app)
{
    size_t row = place(app)->row, column = place(app)->column;
    if (!matrix_open(app, &app->matrix.survey.devices[row]))
        return;
    struct side a = {.file = app->file, .whole = true};
    if (matrix_open(app, &app->matrix.survey.devices[column]))
        compare_start(app, a, (struct side){.file = app->file, .whole = true});
}

const struct matrix_face_table matrix_distance = {.name = "distance",
                                                  .cell_columns = 6,
                                                  .cell_columns_max = 40,
                                                  .names_min = 16,
                                                  .names_max = 48,
                                                  .numbered = true,
                                                  .keys = keys,
                                                  .key_count = key_count,
                                                  .rows = devices,
                                                  .columns = devices,
                                                  .heading = heading,
                                                  .row_name = row_name,
                                                  .column_name = column_name,
                                                  .cell = cell,
                                                  .sentence = sentence,
                                                  .pending = pending,
                                                  .measure = measure,
                                                  .go = go};
