/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix: the whole registry in one grid, as coverage or as distances. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/symbol.h"
#include "ui/matrix_face.h"

static const struct matrix_face_table *face_of(const struct app *app)
{
    return app->matrix.face == MATRIX_COVERAGE ? &matrix_coverage : &matrix_distance;
}

static const struct matrix_place *place_of(const struct app *app)
{
    return &app->matrix.places[app->matrix.face];
}

const struct survey_device *matrix_device(const struct app *app)
{
    return &app->matrix.survey.devices[app->matrix.places[MATRIX_DISTANCE].row];
}

const char *matrix_sign(const struct matrix_key *key, enum text_charset charset)
{
    return charset == TEXT_UNICODE ? key->unicode : key->ascii;
}

bool matrix_open(struct app *app, const struct survey_device *device)
{
    const struct registry_entry *entry = device->entry;
    if (!entry->broken)
        return app_open(app, entry->id);
    app_say(app, ROLE_ERROR, "%s: %s", entry->path, entry->message);
    return false;
}

/* --- the layout of the grid --- */

/*
 * Draws the legend from the area's first row, whole entries on each; with a NULL canvas only
 * counts. Returns the rows that it takes.
 */
static int draw_legend(const struct app *app, struct canvas *canvas, struct rect area)
{
    const struct matrix_face_table *face = face_of(app);
    size_t count = face->key_count(app);
    int row = 0, at = 1;
    for (size_t i = 0; i < count; i++) {
        const struct matrix_key *key = &face->keys[i];
        int width = 2 + text_columns(key->meaning, TEXT_ASCII);
        if (at > 1 && at + width > area.columns) {
            row++;
            at = 1;
        }
        if (canvas && row < area.rows)
            canvas_print(canvas, area.row + row, area.column + at, area.columns - at, ROLE_DIM,
                         "%s %s", matrix_sign(key, canvas->charset), key->meaning);
        at += width + 2;
    }
    return row + 1;
}

/* Where everything stands, and which cells are on the screen. */
struct grid {
    struct rect heading, names, body, legend, sentence;
    int name_columns, cell_columns;
    size_t first_row, rows, first_column, columns; /* those shown */
};

static struct rect take_bottom(struct rect *area, int rows)
{
    area->rows -= rows;
    return (struct rect){area->row + area->rows, area->column, rows, area->columns};
}

static struct rect take_top(struct rect *area)
{
    area->row++;
    area->rows--;
    return (struct rect){area->row - 1, area->column, 1, area->columns};
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Chooses the cells that are shown, so that the selected one is among them. */
static void choose_cells(const struct app *app, struct grid *grid)
{
    const struct matrix_face_table *face = face_of(app);
    size_t rows = face->rows(app), columns = face->columns(app);
    int wanted = (int)smaller(columns, 1000) * face->cell_columns, width = grid->body.columns;
    grid->name_columns = layout_clamp(width - wanted, face->names_min, face->names_max);
    if (width - wanted < face->names_min && width >= 60) /* they scroll: names have a fair share */
        grid->name_columns = layout_clamp(width * 3 / 8, face->names_min, face->names_max);
    int room = width - grid->name_columns;
    grid->cell_columns = layout_clamp(room / (int)smaller(columns, 1000), face->cell_columns,
                                      face->cell_columns_max);
    int fit = room / grid->cell_columns;
    fit = fit < 1 ? 1 : fit;
    grid->rows = smaller(rows, (size_t)grid->body.rows);
    grid->columns = smaller(columns, (size_t)fit);
    grid->first_row =
        (size_t)layout_first_line((int)place_of(app)->row, (int)rows, grid->body.rows);
    grid->first_column = (size_t)layout_first_line((int)place_of(app)->column, (int)columns, fit);
}

static struct grid lay_out(const struct app *app, struct rect area)
{
    enum { GRID_ROWS_MIN = 2, HEAD_ROWS = 2 };
    struct grid grid = {0};
    int sentence = area.columns < 60 ? 4 : area.columns < 120 ? 2 : 1;
    int legend = draw_legend(app, NULL, area);
    int spare = area.rows - HEAD_ROWS - GRID_ROWS_MIN;
    grid.heading = take_top(&area);
    grid.names = take_top(&area);
    sentence = layout_clamp(sentence, 1, spare - legend > 2 ? spare - legend : 2);
    grid.sentence = take_bottom(&area, sentence);
    grid.legend = take_bottom(&area, layout_clamp(legend, 0, spare - sentence));
    grid.body = area;
    choose_cells(app, &grid);
    return grid;
}

/* --- drawing --- */

static bool has_cells(const struct app *app)
{
    return app->matrix.survey.started && face_of(app)->rows(app) > 0;
}

/* Text at the right end of a cell, and the pointer right in front of it where it is selected. */
static void draw_right(struct canvas *canvas, struct rect cell, enum role role, bool selected,
                       const char *text)
{
    int room = cell.columns - 1, width = text_columns(text, canvas->charset);
    if (width > room && room > 8) { /* a name: its end tells more */
        canvas_text_end(canvas, cell.row, cell.column + 1, room, role, text);
        return;
    }
    int at = cell.column + 1 + (width < room ? room - width : 0);
    if (selected) {
        canvas_fill(canvas, cell, role);
        canvas_text(canvas, cell.row, at - 1, 1, role, symbol(SYMBOL_POINTER, canvas->charset));
    }
    canvas_text(canvas, cell.row, at, cell.column + cell.columns - at, role, text);
}

static struct rect cell_place(const struct grid *grid, int row, size_t column)
{
    int width = grid->cell_columns;
    int index = (int)(column - grid->first_column);
    return (struct rect){row, grid->body.column + grid->name_columns + index * width, 1, width};
}

/* A column's number, which stays whole, and its name, where there is one, of which the end does. */
static void draw_numbered(struct canvas *canvas, struct rect cell, enum role role, size_t number,
                          const char *name)
{
    int room = cell.columns - 1, digits = snprintf(NULL, 0, *name ? "%zu " : "%zu", number);
    int spare = room - digits - text_columns(name, canvas->charset);
    int at = cell.column + 1 + (spare > 0 ? spare : 0);
    at += canvas_print(canvas, cell.row, at, room, role, *name ? "%zu " : "%zu", number);
    canvas_text_end(canvas, cell.row, at, cell.column + cell.columns - at, role, name);
}

static void draw_column_names(const struct app *app, struct canvas *canvas, const struct grid *grid)
{
    const struct matrix_face_table *face = face_of(app);
    size_t last = grid->first_column + grid->columns;
    if (grid->columns < face->columns(app))
        canvas_print(canvas, grid->names.row, grid->names.column + 1, grid->name_columns - 1,
                     ROLE_DIM, "%zu-%zu of %zu", grid->first_column + 1, last, face->columns(app));
    for (size_t column = grid->first_column; column < last; column++) {
        struct buffer name = {0};
        struct rect cell = cell_place(grid, grid->names.row, column);
        enum role role = column == place_of(app)->column ? ROLE_SELECTED : ROLE_TITLE;
        face->column_name(app, column, grid->cell_columns - 1, &name);
        if (face->numbered)
            draw_numbered(canvas, cell, role, column + 1, buffer_string(&name));
        else
            draw_right(canvas, cell, role, false, buffer_string(&name));
        buffer_done(&name);
    }
}

/* The number of a row and its name. */
static void draw_row_name(const struct app *app, struct canvas *canvas, const struct grid *grid,
                          size_t row, int line)
{
    const struct matrix_face_table *face = face_of(app);
    enum role role = row == place_of(app)->row ? ROLE_SELECTED : ROLE_TEXT;
    int at = grid->body.column + 1, width = snprintf(NULL, 0, "%zu", face->rows(app));
    struct buffer name = {0};
    if (face->numbered)
        at += canvas_print(canvas, line, at, width + 1, role, "%*zu ", width, row + 1);
    face->row_name(app, row, &name);
    canvas_text_end(canvas, line, at, grid->body.column + grid->name_columns - at, role,
                    buffer_string(&name));
    buffer_done(&name);
}

static void draw_row(const struct app *app, struct canvas *canvas, const struct grid *grid,
                     size_t row)
{
    const struct matrix_face_table *face = face_of(app);
    const struct matrix_place *place = place_of(app);
    int line = grid->body.row + (int)(row - grid->first_row);
    struct buffer text = {0};
    draw_row_name(app, canvas, grid, row, line);
    for (size_t i = 0; i < grid->columns; i++) {
        size_t column = grid->first_column + i;
        bool selected = row == place->row && column == place->column;
        struct rect cell = cell_place(grid, line, column);
        buffer_truncate(&text, 0);
        enum role role =
            face->cell(app, row, column, canvas->charset, grid->cell_columns - 1, &text);
        draw_right(canvas, cell, selected ? ROLE_SELECTED : role, selected, buffer_string(&text));
    }
    buffer_done(&text);
}

/* A row of what the selected one is made of. */
static void draw_row_below(const struct app *app, struct canvas *canvas, const struct grid *grid,
                           size_t row, int line)
{
    const struct matrix_face_table *face = face_of(app);
    struct buffer text = {0};
    face->name_below(app, row, &text);
    canvas_text_end(canvas, line, grid->body.column + 1, grid->name_columns - 1, ROLE_TEXT,
                    buffer_string(&text));
    for (size_t i = 0; i < grid->columns; i++) {
        size_t column = grid->first_column + i;
        buffer_truncate(&text, 0);
        enum role role =
            face->cell_below(app, row, column, canvas->charset, grid->cell_columns - 1, &text);
        draw_right(canvas, cell_place(grid, line, column), role, false, buffer_string(&text));
    }
    buffer_done(&text);
}

/* In the rows that the grid leaves, under the name of the selected row. */
static void draw_below(const struct app *app, struct canvas *canvas, const struct grid *grid)
{
    const struct matrix_face_table *face = face_of(app);
    int line = grid->body.row + (int)grid->rows + 1, end = grid->body.row + grid->body.rows;
    size_t count = face->rows_below ? face->rows_below(app) : 0;
    struct buffer name = {0};
    if (count == 0 || end - line < 3)
        return;
    face->row_name(app, place_of(app)->row, &name);
    canvas_print(canvas, line++, grid->body.column + 1, grid->body.columns - 1, ROLE_TITLE,
                 "%s by device", buffer_string(&name));
    buffer_done(&name);
    for (size_t row = 0; row < count && line < end; row++, line++) {
        if (line + 1 == end && row + 1 < count)
            canvas_print(canvas, line, grid->body.column + 1, grid->body.columns - 1, ROLE_DIM,
                         "and %zu more: %s goes through them", count - row,
                         app_key_name(app, ACTION_NEXT_DEVICE).chars);
        else
            draw_row_below(app, canvas, grid, row, line);
    }
}

/* Before there is anything to show. */
static void draw_nothing(const struct app *app, struct canvas *canvas, struct rect area)
{
    const struct survey *survey = &app->matrix.survey;
    size_t found = registry_count(app->registry);
    int row = area.row + area.rows / 3;
    if (!survey->started)
        canvas_print(canvas, row, area.column + 2, area.columns - 2, ROLE_DIM,
                     "Reading the registry: %zu calibration%s so far", found,
                     found == 1 ? "" : "s");
    else if (survey->count == 0)
        canvas_print(canvas, row, area.column + 2, area.columns - 2, ROLE_WARNING, "No %s below %s",
                     REGISTRY_FILE_NAME, registry_root(app->registry));
    else if (survey->read_count < survey->count)
        canvas_text(canvas, row, area.column + 2, area.columns - 2, ROLE_DIM, "Reading...");
    else
        canvas_text(canvas, row, area.column + 2, area.columns - 2, ROLE_WARNING,
                    "No device has a curve that can be read");
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    const struct matrix_face_table *face = face_of(app);
    struct buffer text = {0};
    if (!has_cells(app)) {
        draw_nothing(app, canvas, layout->main);
        return;
    }
    struct grid grid = lay_out(app, layout->main);
    face->heading(app, &text);
    canvas_text(canvas, grid.heading.row, grid.heading.column + 1, grid.heading.columns - 1,
                ROLE_TITLE, buffer_string(&text));
    draw_column_names(app, canvas, &grid);
    for (size_t i = 0; i < grid.rows; i++)
        draw_row(app, canvas, &grid, grid.first_row + i);
    draw_below(app, canvas, &grid);
    draw_legend(app, canvas, grid.legend);
    buffer_truncate(&text, 0);
    face->sentence(app, &text);
    app_draw_wrapped(canvas, grid.sentence, ROLE_TEXT, buffer_string(&text));
    buffer_done(&text);
}

static void title(const struct app *app, struct buffer *out)
{
    const struct survey *survey = &app->matrix.survey;
    buffer_print(out, ": %s", face_of(app)->name);
    if (survey->read_count < survey->count)
        buffer_print(out, ", read %zu of %zu", survey->read_count, survey->count);
}

static void hint(const struct app *app, struct buffer *out)
{
    const struct survey *survey = &app->matrix.survey;
    size_t broken = registry_broken_count(app->registry), count = registry_count(app->registry);
    if (survey->read_count < survey->count)
        buffer_print(out, "read %zu of ", survey->read_count);
    buffer_print(out, "%zu calibration%s", count, count == 1 ? "" : "s");
    if (broken)
        buffer_print(out, ", %zu broken", broken);
    if (files_modified_count(&app->files))
        buffer_append_string(out, ", unsaved changes are not part of this");
    else
        buffer_append_string(out, ", as stored");
}

/* --- work --- */

/* Where the grid stands on the screen as it was last shown; false where it does not. */
static bool grid_on_screen(const struct app *app, struct grid *grid)
{
    struct layout layout = layout_compute(app->rows, app->columns, VIEW_MATRIX, 0);
    if (layout.too_small || !has_cells(app))
        return false;
    *grid = lay_out(app, layout.main);
    return true;
}

/* Finds a cell on the screen that is still to be measured. */
static bool find_pending(const struct app *app, struct matrix_place *found)
{
    struct grid grid;
    const struct matrix_face_table *face = face_of(app);
    if (!face->pending || !grid_on_screen(app, &grid))
        return false;
    for (size_t i = 0; i < grid.rows * grid.columns; i++) {
        *found = (struct matrix_place){grid.first_row + i / grid.columns,
                                       grid.first_column + i % grid.columns};
        if (face->pending(app, found->row, found->column))
            return true;
    }
    return false;
}

static bool work_waits(const struct app *app)
{
    struct matrix_place found;
    const struct survey *survey = &app->matrix.survey;
    return survey->started && (survey->read_count < survey->count || find_pending(app, &found));
}

static size_t within(size_t index, size_t count)
{
    return index < count ? index : count ? count - 1 : 0;
}

/*
 * Operations come in while files are read, and move others down: the selected one stays selected.
 */
static void find_operation(struct matrix_state *state)
{
    const struct coverage *all = &state->survey.all;
    size_t *row = &state->places[MATRIX_COVERAGE].row;
    *row = within(*row, all->count);
    for (size_t i = 0; state->operation && i < all->count; i++)
        if (strcmp(all->operations[i].name, state->operation) == 0)
            *row = i;
}

/* In the first row the user has not gone anywhere: whatever comes first stands there. */
static void keep_operation(struct matrix_state *state)
{
    size_t row = state->places[MATRIX_COVERAGE].row;
    free(state->operation);
    state->operation = row > 0 ? memory_copy_string(state->survey.all.operations[row].name) : NULL;
}

/* What is on the screen comes first. */
static void work(struct app *app)
{
    struct matrix_place found;
    struct survey *survey = &app->matrix.survey;
    if (!app->matrix.all && !matrix_device(app)->read)
        survey_read(survey, app->matrix.places[MATRIX_DISTANCE].row);
    else if (find_pending(app, &found))
        face_of(app)->measure(app, found.row, found.column);
    else
        survey_read_next(survey);
    find_operation(&app->matrix);
}

/* --- keys --- */

/* Begins the survey once the registry is complete, and keeps the selected cells inside. */
static void follow(struct app *app)
{
    struct matrix_state *state = &app->matrix;
    struct matrix_place *place = &state->places[MATRIX_DISTANCE];
    if (!state->survey.started && registry_is_complete(app->registry))
        survey_start(&state->survey, app->registry);
    if (!state->survey.started)
        return;
    find_operation(state);
    place->row = within(place->row, state->survey.count);
    place->column = within(place->column, state->survey.count);
}

void matrix_forget(struct app *app)
{
    survey_done(&app->matrix.survey);
}

void matrix_start(struct app *app, const char *id)
{
    struct matrix_state *state = &app->matrix;
    size_t device = 0, count = registry_count(app->registry);
    while (id && device < count && strcmp(registry_at(app->registry, device)->id, id) != 0)
        device++;
    state->all = true;
    state->face = MATRIX_COVERAGE;
    state->places[MATRIX_DISTANCE] = (struct matrix_place){device, device == 0};
    app_enter(app, &view_matrix);
}

/* As many columns as stand on the screen. */
static size_t page_columns(const struct app *app)
{
    struct grid grid;
    return grid_on_screen(app, &grid) ? grid.columns : 1;
}

static bool move_across(struct app *app, enum action action)
{
    struct matrix_place *place = &app->matrix.places[app->matrix.face];
    size_t last = face_of(app)->columns(app) - 1;
    size_t step =
        action == ACTION_CELL_FAR_LEFT || action == ACTION_CELL_FAR_RIGHT ? page_columns(app) : 1;
    switch (action) {
    case ACTION_CELL_LEFT:
    case ACTION_CELL_FAR_LEFT:
        place->column -= smaller(step, place->column);
        return true;
    case ACTION_CELL_RIGHT:
    case ACTION_CELL_FAR_RIGHT:
        place->column = smaller(place->column + step, last);
        return true;
    case ACTION_CELL_FIRST:
        place->column = 0;
        return true;
    case ACTION_CELL_LAST:
        place->column = last;
        return true;
    default:
        return false;
    }
}

/* From all devices to the selected one, and from there to the next. */
static void change_device(struct app *app, bool forwards)
{
    struct matrix_state *state = &app->matrix;
    size_t *device = &state->places[MATRIX_DISTANCE].row;
    if (state->face == MATRIX_COVERAGE && state->all)
        state->all = false;
    else if (forwards)
        *device += *device + 1 < state->survey.count;
    else
        *device -= *device > 0;
}

static bool act_on_cells(struct app *app, enum action action)
{
    const struct matrix_face_table *face = face_of(app);
    size_t *row = &app->matrix.places[app->matrix.face].row;
    if (app_move(app, action, row, face->rows(app)) || move_across(app, action)) {
        if (face == &matrix_coverage)
            keep_operation(&app->matrix);
        return true;
    }
    if (action != ACTION_GO)
        return false;
    face->go(app);
    return true;
}

/* The distances are of all devices. */
static bool idle(const struct app *app, enum action action)
{
    return app->matrix.face == MATRIX_DISTANCE &&
           (action == ACTION_NEXT_DEVICE || action == ACTION_PREVIOUS_DEVICE ||
            action == ACTION_ALL_DEVICES);
}

static bool act(struct app *app, enum action action)
{
    struct matrix_state *state = &app->matrix;
    bool devices = state->survey.count > 0;
    if (has_cells(app) && act_on_cells(app, action))
        return true;
    switch (action) {
    case ACTION_FACE:
        state->face = (state->face + 1) % MATRIX_FACES;
        return true;
    case ACTION_ALL_DEVICES:
        state->all = !state->all || !devices;
        state->face = MATRIX_COVERAGE;
        return true;
    case ACTION_NEXT_DEVICE:
    case ACTION_PREVIOUS_DEVICE:
        if (devices)
            change_device(app, action == ACTION_NEXT_DEVICE);
        return true;
    default:
        return false;
    }
}

/*
 * Cells are counted along the rows of the whole grid; a row's name stands for its selected column.
 */
static int item_at(const struct app *app, const struct layout *layout, int row, int column)
{
    if (!has_cells(app))
        return -1;
    struct grid grid = lay_out(app, layout->main);
    const struct matrix_face_table *face = face_of(app);
    struct rect shown = grid.body;
    shown.rows = (int)grid.rows;
    shown.columns = grid.name_columns + (int)grid.columns * grid.cell_columns;
    if (!pointer_in(shown, row, column))
        return -1;
    int at = column - shown.column - grid.name_columns;
    size_t cell =
        at < 0 ? place_of(app)->column : grid.first_column + (size_t)(at / grid.cell_columns);
    return (int)((grid.first_row + (size_t)(row - shown.row)) * face->columns(app) + cell);
}

static bool select_item(struct app *app, size_t item)
{
    struct matrix_place *place = &app->matrix.places[app->matrix.face];
    size_t columns = face_of(app)->columns(app);
    struct matrix_place asked = {item / columns, item % columns};
    if (asked.row == place->row && asked.column == place->column)
        return false;
    *place = asked;
    if (face_of(app) == &matrix_coverage)
        keep_operation(&app->matrix);
    return true;
}

static void go_to_row(struct app *app, size_t line)
{
    app->matrix.places[app->matrix.face].row = line;
    if (face_of(app) == &matrix_coverage)
        keep_operation(&app->matrix);
}

/* The names of rows. */
static bool searched(const struct app *app, struct search_text *out)
{
    if (!has_cells(app))
        return false;
    for (size_t row = 0; row < face_of(app)->rows(app); row++) {
        struct buffer name = {0};
        face_of(app)->row_name(app, row, &name);
        search_add_line(out, "%s", buffer_string(&name));
        buffer_done(&name);
    }
    out->at = place_of(app)->row;
    out->go = go_to_row;
    return true;
}

static void leave(struct app *app)
{
    free(app->matrix.operation);
    app->matrix.operation = NULL;
}

const struct view view_matrix = {.id = VIEW_MATRIX,
                                 .draw = draw,
                                 .act = act,
                                 .idle = idle,
                                 .hint = hint,
                                 .leave = leave,
                                 .follow = follow,
                                 .title = title,
                                 .item_at = item_at,
                                 .select = select_item,
                                 .searched = searched,
                                 .work_waits = work_waits,
                                 .work = work};
