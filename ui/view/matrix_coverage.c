/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The matrix's coverage: operations by decades of FLOPs, cells by how many points and from where.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "ui/view/matrix_face.h"

enum { KEY_NO_CURVE = COVERAGE_STATES, KEY_BROKEN, KEY_COUNT };

static const struct matrix_key keys[KEY_COUNT] = {
    [COVERAGE_MEASURED] = {"#", "●", "measured"},
    [COVERAGE_LEGACY] = {"o", "○", "legacy"},
    [COVERAGE_INTERPOLATED] = {"~", "△", "interpolated"},
    [COVERAGE_OTHER] = {"?", "□", "other"},
    [COVERAGE_MIXED] = {"%", "◐", "mixed"},
    [COVERAGE_NONE] = {".", "·", "none"},
    [KEY_NO_CURVE] = {"-", "–", "no curve"},
    [KEY_BROKEN] = {"!", "!", "unreadable"},
};

static const struct matrix_place *place(const struct app *app)
{
    return &app->matrix.places[MATRIX_COVERAGE];
}

/* The legend has the sign for unreadable files only where there are some. */
static size_t key_count(const struct app *app)
{
    const struct survey *survey = &app->matrix.survey;
    for (size_t i = 0; i < survey->count; i++)
        if (survey->devices[i].broken)
            return KEY_COUNT;
    return KEY_BROKEN;
}

static size_t rows(const struct app *app)
{
    return app->matrix.survey.all.count;
}

static size_t columns(const struct app *app)
{
    (void)app;
    return COVERAGE_DECADES;
}

static const char *operation_name(const struct app *app, size_t row)
{
    return app->matrix.survey.all.operations[row].name;
}

static void row_name(const struct app *app, size_t row, struct buffer *out)
{
    buffer_append_string(out, operation_name(app, row));
}

/* A size without the blank before its prefix: "10k". */
static void append_tight(struct buffer *out, double size)
{
    char text[NUMBER_TEXT_MAX];
    number_print_si(size, 3, text);
    for (const char *at = text; *at; at++)
        if (*at != ' ')
            buffer_append(out, at, 1);
}

static void column_name(const struct app *app, size_t column, int room, struct buffer *out)
{
    (void)app;
    (void)room;
    if (column == 0) /* what is smaller than its decade counts there, too */
        buffer_append_string(out, "<");
    append_tight(out, coverage_decade_start(column == 0 ? 1 : column));
}

/* The operation's counts: of all devices, or of one; NULL where that has no such curve. */
static const struct coverage_operation *operation_at(const struct app *app, size_t row)
{
    const struct coverage_operation *operation = &app->matrix.survey.all.operations[row];
    return app->matrix.all ? operation : coverage_find(&matrix_device(app)->coverage, operation);
}

static struct coverage_cell cell_at(const struct app *app, size_t row, size_t column)
{
    const struct coverage_operation *operation = operation_at(app, row);
    return operation ? operation->decades[column] : (struct coverage_cell){0};
}

static void append_count(struct buffer *out, size_t points)
{
    if (points > 999) /* "12k": the sentence has them all */
        append_tight(out, floor((double)points / 1000) * 1000);
    else
        buffer_print(out, "%zu", points);
}

/* " 3 measured, 1 legacy", or " 4 mixed"; the count alone where the words have no room. */
static void append_cell_words(const struct coverage_cell *counts, int room, struct buffer *out)
{
    struct buffer words = {0}, mixed = {0};
    for (size_t i = 0; i < POINT_SOURCE_COUNT; i++)
        if (counts->points[i])
            buffer_print(&words, "%s%zu %s", words.length ? ", " : "", counts->points[i],
                         point_source_name((enum point_source)i));
    append_count(&mixed, coverage_cell_points(counts));
    buffer_print(&mixed, " %s", keys[COVERAGE_MIXED].meaning);
    if (2 + (int)words.length <= room)
        buffer_print(out, " %s", words.bytes);
    else if (coverage_cell_state(counts) == COVERAGE_MIXED && 2 + (int)mixed.length <= room)
        buffer_print(out, " %s", mixed.bytes);
    else
        append_count(out, coverage_cell_points(counts));
    buffer_done(&mixed);
    buffer_done(&words);
}

/* One operation's cell; NULL: there is no such curve. */
static enum role append_cell(const struct coverage_operation *operation, size_t column,
                             enum text_charset charset, int room, struct buffer *out)
{
    struct coverage_cell counts =
        operation ? operation->decades[column] : (struct coverage_cell){0};
    enum coverage_state state = coverage_cell_state(&counts);
    buffer_append_string(out,
                         matrix_sign(&keys[operation ? (size_t)state : KEY_NO_CURVE], charset));
    if (state == COVERAGE_NONE)
        return ROLE_DIM;
    append_cell_words(&counts, room, out);
    return state == COVERAGE_MEASURED ? ROLE_GOOD
           : state == COVERAGE_LEGACY ? ROLE_TEXT
                                      : ROLE_WARNING;
}

/* The sign for a device that cannot be read, the same as in the table of distances. */
static enum role append_broken(enum text_charset charset, struct buffer *out)
{
    buffer_append_string(out, matrix_sign(&keys[KEY_BROKEN], charset));
    return ROLE_ERROR;
}

static enum role cell(const struct app *app, size_t row, size_t column, enum text_charset charset,
                      int room, struct buffer *out)
{
    if (!app->matrix.all && matrix_device(app)->broken)
        return append_broken(charset, out);
    return append_cell(operation_at(app, row), column, charset, room, out);
}

/* --- below the grid: operations from the selected one on, device by device --- */

static size_t device_count(const struct app *app)
{
    return app->matrix.survey.count;
}

static const struct coverage_operation *operation_of(const struct app *app, size_t row,
                                                     size_t device)
{
    return coverage_find(&app->matrix.survey.devices[device].coverage,
                         &app->matrix.survey.all.operations[row]);
}

static void device_name(const struct app *app, size_t device, struct buffer *out)
{
    buffer_append_string(out, app->matrix.survey.devices[device].entry->id);
}

static enum role device_cell(const struct app *app, size_t row, size_t device, size_t column,
                             enum text_charset charset, int room, struct buffer *out)
{
    if (app->matrix.survey.devices[device].broken)
        return append_broken(charset, out);
    return append_cell(operation_of(app, row, device), column, charset, room, out);
}

static bool has_measured(const struct coverage_operation *operation)
{
    for (size_t i = 0; operation && i < COVERAGE_DECADES; i++)
        if (operation->decades[i].points[POINT_MEASURED])
            return true;
    return false;
}

/* The devices on which the selected operation was never measured, as many as one may read. */
static void append_unmeasured(const struct app *app, struct buffer *out)
{
    enum { NAMES_BYTES = 4000 };
    const struct survey *survey = &app->matrix.survey;
    const char *separator = " not measured on ";
    size_t more = 0;
    buffer_print(out, "; %s", operation_name(app, place(app)->row));
    for (size_t i = 0; i < survey->count; i++) {
        if (!survey->devices[i].read || survey->devices[i].broken ||
            has_measured(operation_of(app, place(app)->row, i)))
            continue;
        more += out->length > NAMES_BYTES;
        if (more)
            continue;
        buffer_print(out, "%s%s", separator, survey->devices[i].entry->id);
        separator = ", ";
    }
    if (more)
        buffer_print(out, " and %zu more", more);
    if (*separator == ' ')
        buffer_append_string(out, " measured on all");
}

static void heading(const struct app *app, struct buffer *out)
{
    const struct survey *survey = &app->matrix.survey;
    buffer_append_string(out, "Points by decade: ");
    if (!app->matrix.all) {
        buffer_print(out, "%s (%zu of %zu)", matrix_device(app)->entry->id,
                     app->matrix.places[MATRIX_DISTANCE].row + 1, survey->count);
        return;
    }
    buffer_print(out, "%zu device%s", survey->all.calibrations,
                 survey->all.calibrations == 1 ? "" : "s");
    append_unmeasured(app, out);
}

/* "matmul, 1 M to 10 M FLOPs": the ends of the scale are open. */
static void append_place(const struct app *app, struct buffer *out)
{
    size_t decade = place(app)->column;
    bool first = decade == 0, last = decade == COVERAGE_DECADES - 1;
    bool bandwidth = app->matrix.survey.all.operations[place(app)->row].bandwidth;
    char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    number_print_si(coverage_decade_start(decade), 3, low);
    number_print_si(coverage_decade_start(last ? decade : decade + 1), 3, high);
    buffer_print(out, "%s, ", operation_name(app, place(app)->row));
    if (first)
        buffer_print(out, "below %s", high);
    else if (last)
        buffer_print(out, "from %s", low);
    else
        buffer_print(out, "%s to %s", low, high);
    buffer_append_string(out, bandwidth ? " bytes" : " FLOPs");
}

static void append_sources(const struct coverage_cell *counts, struct buffer *out)
{
    const char *separator = ": ";
    for (size_t i = 0; i < POINT_SOURCE_COUNT; i++) {
        if (!counts->points[i])
            continue;
        buffer_print(out, "%s%zu %s", separator, counts->points[i],
                     point_source_name((enum point_source)i));
        separator = ", ";
    }
}

/* The device that Enter goes to: the one selected, or the first with points here; NULL: none. */
static const struct survey_device *target(const struct app *app)
{
    const struct survey *survey = &app->matrix.survey;
    if (!app->matrix.all)
        return matrix_device(app);
    for (size_t i = 0; i < survey->count; i++) {
        const struct coverage_operation *operation =
            coverage_find(&survey->devices[i].coverage, &survey->all.operations[place(app)->row]);
        if (operation && operation->decades[place(app)->column].calibrations)
            return &survey->devices[i];
    }
    return NULL;
}

static void append_points(const struct app *app, const struct coverage_cell *counts,
                          struct buffer *out)
{
    size_t points = coverage_cell_points(counts);
    if (points == 0) {
        buffer_append_string(out, "no points");
        return;
    }
    buffer_print(out, "%zu point%s", points, points == 1 ? "" : "s");
    if (app->matrix.all)
        buffer_print(out, " of %zu of %zu devices", counts->calibrations,
                     app->matrix.survey.all.calibrations);
    append_sources(counts, out);
    if (app->matrix.all)
        buffer_print(out, ". %s: %s", app_key_name(app, ACTION_GO).chars, target(app)->entry->id);
}

static void sentence(const struct app *app, struct buffer *out)
{
    struct coverage_cell counts = cell_at(app, place(app)->row, place(app)->column);
    const struct survey_device *device = matrix_device(app);
    if (!app->matrix.all && device->broken) {
        buffer_print(out, "%s cannot be read", device->entry->id);
        return;
    }
    append_place(app, out);
    buffer_append_string(out, ": ");
    if (operation_at(app, place(app)->row))
        append_points(app, &counts, out);
    else
        buffer_print(out, "%s has no such curve", device->entry->id);
}

/* Puts the cursor at the first point within the decade; else it stays in the curve's middle. */
static void place_cursor(struct app *app, size_t decade)
{
    const struct calibration_curve *curve = app_source(app);
    for (size_t i = 0; i < curve->means.count; i++)
        if (coverage_decade(curve->points[i].flops) == decade) {
            app->curves.cursor = curve->points[i].flops;
            return;
        }
}

static void go(struct app *app)
{
    const struct survey_device *device = target(app);
    const char *name = operation_name(app, place(app)->row);
    if (!device) {
        app_say(app, ROLE_WARNING, "No device has points there");
        return;
    }
    if (!matrix_open(app, device))
        return;
    for (size_t i = 0; i < app->file->calibration->curve_count; i++)
        if (strcmp(app->file->calibration->curves[i].name, name) == 0) {
            app_take_curve(app, i);
            place_cursor(app, place(app)->column);
            app_enter_curves(app);
            return;
        }
    app_say(app, ROLE_WARNING, "%s has no curve %s", device->entry->id, name);
}

const struct matrix_face_table matrix_coverage = {.name = "coverage",
                                                  .cell_columns = 5,
                                                  .cell_columns_max = 25,
                                                  .names_min = 12,
                                                  .names_max = 36,
                                                  .keys = keys,
                                                  .key_count = key_count,
                                                  .rows = rows,
                                                  .columns = columns,
                                                  .heading = heading,
                                                  .row_name = row_name,
                                                  .column_name = column_name,
                                                  .cell = cell,
                                                  .rows_below = device_count,
                                                  .name_below = device_name,
                                                  .cell_below = device_cell,
                                                  .sentence = sentence,
                                                  .go = go};
