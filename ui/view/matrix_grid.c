/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laying the matrix' grid out and drawing it: names, cells, legend, the sentence below. */
#include <limits.h>
#include <stdio.h>

#include "report/symbol.h"
#include "ui/view/matrix_face.h"
#include "ui/view/matrix_grid.h"

/*
 * Draws the legend from the area's first row, whole entries on each; with a NULL canvas only
 * counts. Returns the rows that it takes.
 */
static int draw_legend(const struct app *app, struct canvas *canvas, struct rect area)
{
    const struct matrix_face_table *face = matrix_shown_face(app);
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

static struct rect take_bottom(struct rect *area, int rows)
{
    area->rows -= rows;
    return (struct rect){area->row + area->rows, area->column, rows, area->columns};
}

static struct rect take_top(struct rect *area, int rows)
{
    area->row += rows;
    area->rows -= rows;
    return (struct rect){area->row - rows, area->column, rows, area->columns};
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* What the longest name of a row takes, with its number and the blanks around it. */
static int longest_name(const struct app *app, const struct matrix_face_table *face, size_t rows)
{
    int number = face->numbered ? snprintf(NULL, 0, "%zu ", rows) : 0, longest = 0;
    for (size_t row = 0; row < rows; row++) {
        struct buffer name = {0};
        face->row_name(app, row, &name);
        int columns = 1 + number + text_columns(buffer_string(&name), app->charset) + 1;
        longest = columns > longest ? columns : longest;
        buffer_done(&name);
    }
    return longest;
}

/* Chooses the cells that are shown, so that the selected one is among them. */
static void choose_cells(const struct app *app, struct matrix_grid *grid)
{
    const struct matrix_face_table *face = matrix_shown_face(app);
    size_t rows = face->rows(app), columns = face->columns(app);
    int wanted = (int)smaller(columns, 1000) * face->cell_columns, width = grid->body.columns;
    grid->name_columns = layout_clamp(width - wanted, face->names_min, face->names_max);
    if (width - wanted < face->names_min && width >= 60) /* they scroll: names have a fair share */
        grid->name_columns = layout_clamp(width * 3 / 8, face->names_min, face->names_max);
    else if (!face->rows_below && width - wanted > face->names_min) /* cells have the rest */
        grid->name_columns =
            layout_clamp(longest_name(app, face, rows), face->names_min, grid->name_columns);
    int room = width - grid->name_columns;
    grid->cell_columns = layout_clamp(room / (int)smaller(columns, 1000), face->cell_columns,
                                      face->cell_columns_max);
    int fit = room / grid->cell_columns;
    fit = fit < 1 ? 1 : fit;
    grid->rows = smaller(rows, (size_t)grid->body.rows);
    grid->columns = smaller(columns, (size_t)fit);
    grid->first_row =
        (size_t)layout_first_line((int)matrix_selected(app)->row, (int)rows, grid->body.rows);
    grid->first_column =
        (size_t)layout_first_line((int)matrix_selected(app)->column, (int)columns, fit);
}

/*
 * The rows of the heading: more than one where others would stay empty, or on a high screen.
 * around: the rows of all that is neither heading nor grid.
 */
static int heading_rows(const struct app *app, struct rect area, int around)
{
    enum { HIGH = 40, SHARE = 12 };
    const struct matrix_face_table *face = matrix_shown_face(app);
    size_t below = face->rows_below ? face->rows_below(app) + 2 : 0;
    size_t used = face->rows(app) + below + (size_t)around;
    int most = area.rows >= HIGH ? area.rows / SHARE : 1;
    struct buffer text = {0};
    if (used < (size_t)area.rows && 1 + area.rows - (int)used > most)
        most = 1 + area.rows - (int)used;
    if (most == 1)
        return 1;
    face->heading(app, &text);
    int rows = app_wrapped_rows(buffer_string(&text), most, area.columns, app->charset);
    buffer_done(&text);
    return layout_clamp(rows, 1, most);
}

struct matrix_grid matrix_grid_lay_out(const struct app *app, struct rect area)
{
    enum { GRID_ROWS_MIN = 2, HEAD_ROWS = 2 };
    struct matrix_grid grid = {0};
    int sentence = area.columns < 60 ? 4 : area.columns < 120 ? 2 : 1;
    int legend = draw_legend(app, NULL, area);
    int spare = area.rows - HEAD_ROWS - GRID_ROWS_MIN;
    sentence = layout_clamp(sentence, 1, spare - legend > 2 ? spare - legend : 2);
    grid.heading = take_top(&area, heading_rows(app, area, HEAD_ROWS + legend + sentence));
    grid.names = take_top(&area, 1);
    grid.sentence = take_bottom(&area, sentence);
    grid.legend = take_bottom(&area, layout_clamp(legend, 0, spare - sentence));
    grid.body = area;
    choose_cells(app, &grid);
    return grid;
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

static struct rect cell_place(const struct matrix_grid *grid, int row, size_t column)
{
    int width = grid->cell_columns;
    int index = (int)(column - grid->first_column);
    return (struct rect){row, grid->body.column + grid->name_columns + index * width, 1, width};
}

/*
 * Draws a column's number, always whole, and behind it its name, if there is one, of which the end
 * stays.
 */
static void draw_numbered(struct canvas *canvas, struct rect cell, enum role role, size_t number,
                          const char *name)
{
    int room = cell.columns - 1, digits = snprintf(NULL, 0, *name ? "%zu " : "%zu", number);
    int spare = room - digits - text_columns(name, canvas->charset);
    int at = cell.column + 1 + (spare > 0 ? spare : 0);
    at += canvas_print(canvas, cell.row, at, room, role, *name ? "%zu " : "%zu", number);
    canvas_text_end(canvas, cell.row, at, cell.column + cell.columns - at, role, name);
}

static void draw_column_names(const struct app *app, struct canvas *canvas,
                              const struct matrix_grid *grid)
{
    const struct matrix_face_table *face = matrix_shown_face(app);
    size_t last = grid->first_column + grid->columns;
    if (grid->columns < face->columns(app))
        canvas_print(canvas, grid->names.row, grid->names.column + 1, grid->name_columns - 1,
                     ROLE_DIM, "%zu-%zu of %zu", grid->first_column + 1, last, face->columns(app));
    for (size_t column = grid->first_column; column < last; column++) {
        struct buffer name = {0};
        struct rect cell = cell_place(grid, grid->names.row, column);
        enum role role = column == matrix_selected(app)->column ? ROLE_SELECTED : ROLE_TITLE;
        face->column_name(app, column, grid->cell_columns - 1, &name);
        if (face->numbered)
            draw_numbered(canvas, cell, role, column + 1, buffer_string(&name));
        else
            draw_right(canvas, cell, role, false, buffer_string(&name));
        buffer_done(&name);
    }
}

/* Draws the name of a row, with its number in front where rows are numbered. */
static void draw_row_name(const struct app *app, struct canvas *canvas,
                          const struct matrix_grid *grid, size_t row, int line)
{
    const struct matrix_face_table *face = matrix_shown_face(app);
    enum role role = row == matrix_selected(app)->row ? ROLE_SELECTED : ROLE_TEXT;
    int at = grid->body.column + 1, width = snprintf(NULL, 0, "%zu", face->rows(app));
    struct buffer name = {0};
    if (face->numbered)
        at += canvas_print(canvas, line, at, width + 1, role, "%*zu ", width, row + 1);
    face->row_name(app, row, &name);
    canvas_text_end(canvas, line, at, grid->body.column + grid->name_columns - at, role,
                    buffer_string(&name));
    buffer_done(&name);
}

static void draw_row(const struct app *app, struct canvas *canvas, const struct matrix_grid *grid,
                     size_t row)
{
    const struct matrix_face_table *face = matrix_shown_face(app);
    const struct matrix_place *place = matrix_selected(app);
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

/* Draws one of the parts that a row is made of. */
static void draw_part(const struct app *app, struct canvas *canvas, const struct matrix_grid *grid,
                      size_t row, size_t part, int line)
{
    const struct matrix_face_table *face = matrix_shown_face(app);
    struct buffer text = {0};
    face->name_below(app, part, &text);
    canvas_text_end(canvas, line, grid->body.column + 1, grid->name_columns - 1, ROLE_TEXT,
                    buffer_string(&text));
    for (size_t i = 0; i < grid->columns; i++) {
        size_t column = grid->first_column + i;
        buffer_truncate(&text, 0);
        enum role role = face->cell_below(app, row, part, column, canvas->charset,
                                          grid->cell_columns - 1, &text);
        draw_right(canvas, cell_place(grid, line, column), role, false, buffer_string(&text));
    }
    buffer_done(&text);
}

/*
 * Draws the parts that a row is made of, under its name, from a line on; returns the line behind.
 */
static int draw_parts(const struct app *app, struct canvas *canvas, const struct matrix_grid *grid,
                      size_t row, int line)
{
    const struct matrix_face_table *face = matrix_shown_face(app);
    int end = grid->body.row + grid->body.rows;
    size_t count = face->rows_below(app);
    struct buffer name = {0};
    face->row_name(app, row, &name);
    canvas_print(canvas, line++, grid->body.column + 1, grid->body.columns - 1, ROLE_TITLE,
                 "%s by device", buffer_string(&name));
    buffer_done(&name);
    for (size_t part = 0; part < count && line < end; part++, line++) {
        if (line + 1 == end && part + 1 < count)
            canvas_print(canvas, line, grid->body.column + 1, grid->body.columns - 1, ROLE_DIM,
                         "and %zu more: %s goes through them", count - part,
                         app_key_name(app, ACTION_NEXT_DEVICE).chars);
        else
            draw_part(app, canvas, grid, row, part, line);
    }
    return line;
}

/*
 * Draws in the rows that the grid leaves the parts of the selected row, as far as there is room,
 * and of the rows behind it (round at the end) those that find room whole.
 */
static void draw_below(const struct app *app, struct canvas *canvas, const struct matrix_grid *grid)
{
    const struct matrix_face_table *face = matrix_shown_face(app);
    int line = grid->body.row + (int)grid->rows + 1, end = grid->body.row + grid->body.rows;
    size_t count = face->rows_below ? face->rows_below(app) : 0, rows = face->rows(app);
    if (count == 0 || end - line < 3)
        return;
    for (size_t i = 0; i < rows && (i == 0 || end - line > (int)smaller(count, INT_MAX - 1)); i++)
        line = draw_parts(app, canvas, grid, (matrix_selected(app)->row + i) % rows, line) + 1;
}

void matrix_grid_draw(const struct app *app, struct canvas *canvas, const struct matrix_grid *grid)
{
    const struct matrix_face_table *face = matrix_shown_face(app);
    struct buffer text = {0};
    face->heading(app, &text);
    if (grid->heading.rows > 1)
        app_draw_wrapped(canvas, grid->heading, ROLE_TITLE, buffer_string(&text));
    else
        canvas_text(canvas, grid->heading.row, grid->heading.column + 1, grid->heading.columns - 1,
                    ROLE_TITLE, buffer_string(&text));
    draw_column_names(app, canvas, grid);
    for (size_t i = 0; i < grid->rows; i++)
        draw_row(app, canvas, grid, grid->first_row + i);
    draw_below(app, canvas, grid);
    draw_legend(app, canvas, grid->legend);
    buffer_truncate(&text, 0);
    face->sentence(app, &text);
    app_draw_wrapped(canvas, grid->sentence, ROLE_TEXT, buffer_string(&text));
    buffer_done(&text);
}
