/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The browser's list as a table: its columns, its headings, its rows. */
#include "ui/view/browse_table.h"

#include <string.h>

#include "base/number.h"
#include "report/readout.h"
#include "report/symbol.h"
#include "ui/app.h"

/* A column of the list. */
struct column {
    const char *head;
    int width;
    int needs; /* list width from which it is shown */
    bool right;
    const char *field; /* by which it is sorted */
    void (*text)(const struct registry_entry *entry, struct buffer *out);
};

static void put(struct buffer *out, const char *text)
{
    buffer_append_string(out, text ? text : "-");
}

static void column_precision(const struct registry_entry *entry, struct buffer *out)
{
    put(out, entry->precision);
}

static void column_date(const struct registry_entry *entry, struct buffer *out)
{
    put(out, entry->calibration_date);
    if (out->length > 10)
        buffer_truncate(out, 10);
}

static void column_curves(const struct registry_entry *entry, struct buffer *out)
{
    buffer_print(out, "%zu", entry->curves);
    if (entry->bandwidth_curves)
        buffer_print(out, "+%zu", entry->bandwidth_curves);
}

static void column_points(const struct registry_entry *entry, struct buffer *out)
{
    buffer_print(out, "%zu", entry->points);
}

static void column_worst(const struct registry_entry *entry, struct buffer *out)
{
    char text[NUMBER_TEXT_MAX];
    number_print_short(entry->worst_r_squared, 3, text);
    buffer_append_string(out, text);
}

/* Of several sources only that they are: a list that is cut would pass for its first one. */
static void column_source(const struct registry_entry *entry, struct buffer *out)
{
    size_t kinds = 0;
    for (int source = 0; source < POINT_SOURCE_COUNT; source++)
        kinds += entry->sources[source] > 0;
    if (kinds > 1)
        buffer_append_string(out, "mixed");
    else
        readout_sources(entry->sources, out);
}

static void column_hardware(const struct registry_entry *entry, struct buffer *out)
{
    put(out, entry->hardware_name);
}

static const struct column columns[] = {
    {"PREC", 4, 36, false, "precision", column_precision},
    {"DATE", 10, 48, false, "date", column_date},
    {"CURVES", 6, 66, true, "curves", column_curves},
    {"PTS", 4, 66, true, "points", column_points},
    {"WORST R2", 8, 66, true, "r2", column_worst},
    {"SOURCE", 8, 74, false, "source", column_source},
    {"HARDWARE", 32, 122, false, "device", column_hardware},
};
/* The name comes before these columns, and the state behind them. */
static const struct column name_column = {.head = "DEVICE", .field = "id"};
static const struct column state_column = {.head = "STATE", .field = "state"};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns, STATE_COLUMNS = 7 };

/* Columns left for the name when the others have theirs. */
static int name_columns(int width)
{
    int left = width - STATE_COLUMNS - 1;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (width >= columns[i].needs)
            left -= columns[i].width + 1;
    return left;
}

static void draw_cell(struct canvas *canvas, int row, int at, const struct column *column,
                      enum role role, const char *text)
{
    int width = text_columns(text, canvas->charset);
    int indent = column->right && width < column->width ? column->width - width : 0;
    canvas_text(canvas, row, at + indent, column->width - indent, role, text);
}

/*
 * Draws a heading and, if the list is sorted by it, an arrow in the blank behind it, so that
 * nothing moves.
 */
static void draw_heading(const struct app *app, struct canvas *canvas, int row, int at,
                         const struct column *column)
{
    const struct order *order = &app->browse.order;
    int width = (int)strlen(column->head);
    int indent = column->right ? column->width - width : 0;
    canvas_text(canvas, row, at + indent, width, ROLE_TITLE, column->head);
    if (strcmp(order->field ? order->field->name : "id", column->field) == 0)
        canvas_text(canvas, row, at + indent + width, 1, ROLE_TITLE,
                    symbol(order->descending ? SYMBOL_DOWN : SYMBOL_UP, canvas->charset));
}

static void draw_head(const struct app *app, struct canvas *canvas, struct rect area)
{
    int at = area.column + name_columns(area.columns) + 1;
    draw_heading(app, canvas, area.row, area.column + 1, &name_column);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (area.columns < columns[i].needs)
            continue;
        draw_heading(app, canvas, area.row, at, &columns[i]);
        at += columns[i].width + 1;
    }
    draw_heading(app, canvas, area.row, at, &state_column);
}

/* The columns that the list has on this screen, from left to right. Returns how many. */
static size_t shown_columns(const struct app *app, const struct column *shown[COLUMN_COUNT + 2])
{
    struct layout layout = layout_compute(app->rows, app->columns, VIEW_BROWSE, 0);
    size_t count = 0;
    shown[count++] = &name_column;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (layout.main.columns >= columns[i].needs)
            shown[count++] = &columns[i];
    shown[count++] = &state_column;
    return count;
}

const struct field *browse_table_field(const struct app *app, const struct field *field, bool next)
{
    const struct column *shown[COLUMN_COUNT + 2];
    size_t count = shown_columns(app, shown), place = 0;
    const char *name = field ? field->name : name_column.field;
    for (size_t i = 0; i < count; i++)
        if (strcmp(shown[i]->field, name) == 0)
            place = i;
    if (next)
        place = place + 1 < count ? place + 1 : 0;
    else
        place = (place > 0 ? place : count) - 1;
    name = shown[place]->field;
    return field_find(name, strlen(name));
}

static const char *state_of(const struct app *app, const struct registry_entry *entry,
                            enum role *role)
{
    if (files_has_unsaved(&app->files, entry->path)) {
        *role = ROLE_WARNING;
        return "unsaved";
    }
    if (entry->broken) {
        *role = ROLE_ERROR;
        return "broken";
    }
    if (entry->kept_edits) {
        *role = ROLE_WARNING;
        return "kept";
    }
    *role = ROLE_GOOD;
    return "ok";
}

/* The part of an id below its first component: what stands under a heading. */
static const char *name_below_heading(const char *id)
{
    const char *slash = strchr(id, '/');
    return slash ? slash + 1 : id;
}

/* Draws an entry's name, under a heading without that; ids and paths differ at their ends. */
static void draw_name(const struct app *app, struct canvas *canvas, struct rect area,
                      enum role role, const struct registry_entry *entry)
{
    bool below = browse_has_headings(&app->browse) && !browse_is_elsewhere(&app->browse, entry);
    canvas_text_end(canvas, area.row, area.column, area.columns, role,
                    below ? name_below_heading(entry->id) : entry->id);
}

static void draw_entry(const struct app *app, struct canvas *canvas, struct rect line,
                       const struct registry_entry *entry, bool selected)
{
    enum role state_role, role = selected ? ROLE_SELECTED : ROLE_TEXT;
    const char *state = state_of(app, entry, &state_role);
    int names = name_columns(line.columns), at = line.column + names + 1;
    size_t mark = marks_find(app, entry->path);
    canvas_fill(canvas, line, role);
    if (mark < app->mark_count)
        canvas_print(canvas, line.row, line.column, 1, selected ? role : ROLE_MARKED, "%c",
                     'A' + (int)mark);
    else if (selected)
        canvas_text(canvas, line.row, line.column, 1, role,
                    symbol(SYMBOL_POINTER, canvas->charset));
    draw_name(app, canvas, (struct rect){line.row, line.column + 2, 1, names - 2}, role, entry);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (line.columns < columns[i].needs)
            continue;
        struct buffer text = {0};
        columns[i].text(entry, &text);
        if (!entry->broken)
            draw_cell(canvas, line.row, at, &columns[i], role, buffer_string(&text));
        buffer_done(&text);
        at += columns[i].width + 1;
    }
    if (entry->broken) /* the reason takes the place of the figures */
        canvas_text(canvas, line.row, line.column + names + 1, at - line.column - names - 2,
                    selected ? role : ROLE_ERROR, entry->message);
    canvas_text(canvas, line.row, at, STATE_COLUMNS, selected ? role : state_role, state);
}

void browse_table_draw(const struct app *app, struct canvas *canvas, struct rect area)
{
    const struct browse_state *browse = &app->browse;
    size_t selected = browse->line_of[browse->selected];
    int rows = area.rows - 1;
    int first = layout_first_line((int)selected, (int)browse->line_count, rows);
    draw_head(app, canvas, area);
    for (int i = 0; i < rows && (size_t)(first + i) < browse->line_count; i++) {
        const struct browse_line *line = &browse->lines[first + i];
        struct rect place = {area.row + 1 + i, area.column, 1, area.columns};
        if (line->heading && browse_is_elsewhere(browse, line->entry))
            canvas_text(canvas, place.row, place.column + 1, area.columns - 1, ROLE_TITLE,
                        "elsewhere");
        else if (line->heading)
            canvas_print(canvas, place.row, place.column + 1, area.columns - 1, ROLE_TITLE, "%.*s",
                         (int)strcspn(line->entry->id, "/"), line->entry->id);
        else
            draw_entry(app, canvas, place, line->entry, (size_t)(first + i) == selected);
    }
}
