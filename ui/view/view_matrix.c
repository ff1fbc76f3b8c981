/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix view: its state, its work while no key waits, its keys. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ui/view/matrix_face.h"
#include "ui/view/matrix_grid.h"

const struct matrix_face_table *matrix_shown_face(const struct app *app)
{
    return app->matrix.face == MATRIX_COVERAGE ? &matrix_coverage : &matrix_distance;
}

const struct matrix_place *matrix_selected(const struct app *app)
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

static bool has_cells(const struct app *app)
{
    return app->matrix.survey.started && matrix_shown_face(app)->rows(app) > 0;
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
    if (!has_cells(app)) {
        draw_nothing(app, canvas, layout->main);
        return;
    }
    struct matrix_grid grid = matrix_grid_lay_out(app, layout->main);
    matrix_grid_draw(app, canvas, &grid);
}

static void title(const struct app *app, struct buffer *out)
{
    const struct survey *survey = &app->matrix.survey;
    buffer_print(out, ": %s", matrix_shown_face(app)->name);
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
static bool grid_on_screen(const struct app *app, struct matrix_grid *grid)
{
    struct layout layout = layout_compute(app->rows, app->columns, VIEW_MATRIX, 0);
    if (layout.too_small || !has_cells(app))
        return false;
    *grid = matrix_grid_lay_out(app, layout.main);
    return true;
}

/* Finds a cell on the screen that is still to be measured. */
static bool find_pending(const struct app *app, struct matrix_place *found)
{
    struct matrix_grid grid;
    const struct matrix_face_table *face = matrix_shown_face(app);
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

/* Finds the selected operation again by its name: while files are read others come in above it. */
static void find_operation(struct matrix_state *state)
{
    const struct coverage *all = &state->survey.all;
    size_t *row = &state->places[MATRIX_COVERAGE].row;
    *row = within(*row, all->count);
    for (size_t i = 0; state->operation && i < all->count; i++)
        if (strcmp(all->operations[i].name, state->operation) == 0)
            *row = i;
}

/*
 * Notes the name of the selected operation. In the first row there is none to keep: the user has
 * not moved, and stays with whatever comes first.
 */
static void keep_operation(struct matrix_state *state)
{
    size_t row = state->places[MATRIX_COVERAGE].row;
    free(state->operation);
    state->operation = row > 0 ? memory_copy_string(state->survey.all.operations[row].name) : NULL;
}

/* Reads or measures one thing, first what is on the screen. */
static void work(struct app *app)
{
    struct matrix_place found;
    struct survey *survey = &app->matrix.survey;
    if (!app->matrix.all && !matrix_device(app)->read)
        survey_read(survey, app->matrix.places[MATRIX_DISTANCE].row);
    else if (find_pending(app, &found))
        matrix_shown_face(app)->measure(app, found.row, found.column);
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
    struct matrix_grid grid;
    return grid_on_screen(app, &grid) ? grid.columns : 1;
}

static bool move_across(struct app *app, enum action action)
{
    struct matrix_place *place = &app->matrix.places[app->matrix.face];
    size_t last = matrix_shown_face(app)->columns(app) - 1;
    size_t step =
        action == ACTION_CELL_FAR_LEFT || action == ACTION_CELL_FAR_RIGHT ? page_columns(app) : 1;
    switch (action) {
    case ACTION_CELL_LEFT:
    case ACTION_CELL_FAR_LEFT:
        place->column -= step < place->column ? step : place->column;
        return true;
    case ACTION_CELL_RIGHT:
    case ACTION_CELL_FAR_RIGHT:
        place->column = place->column + step < last ? place->column + step : last;
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
    const struct matrix_face_table *face = matrix_shown_face(app);
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

/* The distances are of all devices: keys that choose one have no effect there. */
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
    struct matrix_grid grid = matrix_grid_lay_out(app, layout->main);
    const struct matrix_face_table *face = matrix_shown_face(app);
    struct rect shown = grid.body;
    shown.rows = (int)grid.rows;
    shown.columns = grid.name_columns + (int)grid.columns * grid.cell_columns;
    if (!pointer_in(shown, row, column))
        return -1;
    int at = column - shown.column - grid.name_columns;
    size_t cell = at < 0 ? matrix_selected(app)->column
                         : grid.first_column + (size_t)(at / grid.cell_columns);
    return (int)((grid.first_row + (size_t)(row - shown.row)) * face->columns(app) + cell);
}

static bool select_item(struct app *app, size_t item)
{
    struct matrix_place *place = &app->matrix.places[app->matrix.face];
    size_t columns = matrix_shown_face(app)->columns(app);
    struct matrix_place asked = {item / columns, item % columns};
    if (asked.row == place->row && asked.column == place->column)
        return false;
    *place = asked;
    if (matrix_shown_face(app) == &matrix_coverage)
        keep_operation(&app->matrix);
    return true;
}

static void go_to_row(struct app *app, size_t line)
{
    app->matrix.places[app->matrix.face].row = line;
    if (matrix_shown_face(app) == &matrix_coverage)
        keep_operation(&app->matrix);
}

/* The names of rows. */
static bool searched(const struct app *app, struct search_text *out)
{
    if (!has_cells(app))
        return false;
    for (size_t row = 0; row < matrix_shown_face(app)->rows(app); row++) {
        struct buffer name = {0};
        matrix_shown_face(app)->row_name(app, row, &name);
        search_add_line(out, "%s", buffer_string(&name));
        buffer_done(&name);
    }
    out->at = matrix_selected(app)->row;
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
