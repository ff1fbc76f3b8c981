/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid of cells: writing into it, clipped, without ever leaving half of a wide character. */
#include "plot/canvas.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"

static const struct cell blank = {" ", ROLE_TEXT};

static struct cell *cell_at(const struct canvas *canvas, int row, int column)
{
    if (row < 0 || row >= canvas->rows || column < 0 || column >= canvas->columns)
        return NULL;
    return &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
}

static struct rect clip(const struct canvas *canvas, struct rect area)
{
    int top = area.row > 0 ? area.row : 0;
    int left = area.column > 0 ? area.column : 0;
    int bottom = area.row + area.rows < canvas->rows ? area.row + area.rows : canvas->rows;
    int right =
        area.column + area.columns < canvas->columns ? area.column + area.columns : canvas->columns;
    return (struct rect){top, left, bottom > top ? bottom - top : 0,
                         right > left ? right - left : 0};
}

void canvas_init(struct canvas *canvas, int rows, int columns, enum text_charset charset)
{
    *canvas = (struct canvas){0};
    canvas_reset(canvas, rows, columns, charset);
}

/* Makes cells blank: the first one, then as many again as are blank already, in large copies. */
static void blank_cells(struct cell *cells, size_t count)
{
    if (count > 0)
        cells[0] = blank;
    for (size_t done = 1; done < count; done *= 2)
        memcpy(&cells[done], cells, (done < count - done ? done : count - done) * sizeof *cells);
}

void canvas_reset(struct canvas *canvas, int rows, int columns, enum text_charset charset)
{
    size_t before = (size_t)canvas->rows * (size_t)canvas->columns;
    size_t count = (size_t)(rows > 0 ? rows : 0) * (size_t)(columns > 0 ? columns : 0);
    if (!canvas->cells || count != before)
        canvas->cells = memory_resize(canvas->cells, count, sizeof *canvas->cells);
    canvas->rows = count ? rows : 0;
    canvas->columns = count ? columns : 0;
    canvas->charset = charset;
    blank_cells(canvas->cells, count);
}

void canvas_done(struct canvas *canvas)
{
    free(canvas->cells);
    *canvas = (struct canvas){0};
}

struct rect canvas_area(const struct canvas *canvas)
{
    return (struct rect){0, 0, canvas->rows, canvas->columns};
}

const struct cell *canvas_at(const struct canvas *canvas, int row, int column)
{
    return cell_at(canvas, row, column);
}

/* All bytes behind the text are 0, so that cells are equal where their bytes are. */
static void set_text(struct cell *cell, const char *text)
{
    size_t length = strnlen(text, TEXT_CELL_MAX - 1);
    memset(cell->text, 0, sizeof cell->text);
    memcpy(cell->text, text, length);
}

/*
 * To be called before a cell changes: blanks the other half of a wide character that the cell is
 * half of.
 */
static void cut_wide_around(struct canvas *canvas, int row, int column)
{
    struct cell *here = cell_at(canvas, row, column);
    struct cell *left = cell_at(canvas, row, column - 1);
    struct cell *right = cell_at(canvas, row, column + 1);
    if (here && left && here->text[0] == '\0')
        set_text(left, " ");
    if (here && right && right->text[0] == '\0')
        set_text(right, " ");
}

static void set_cell(struct canvas *canvas, int row, int column, enum role role, const char *text)
{
    struct cell *cell = cell_at(canvas, row, column);
    if (!cell)
        return;
    cut_wide_around(canvas, row, column);
    set_text(cell, text);
    cell->role = (unsigned char)role;
}

void canvas_put(struct canvas *canvas, int row, int column, enum role role, const char *glyph)
{
    bool foreign = canvas->charset == TEXT_ASCII && (unsigned char)glyph[0] >= 0x80;
    set_cell(canvas, row, column, role, foreign ? "?" : glyph);
}

void canvas_fill(struct canvas *canvas, struct rect area, enum role role)
{
    const struct cell filled = {" ", (unsigned char)role};
    struct rect inside = clip(canvas, area);
    for (int row = inside.row; inside.columns > 0 && row < inside.row + inside.rows; row++) {
        struct cell *cells = cell_at(canvas, row, inside.column);
        cut_wide_around(canvas, row, inside.column);
        cut_wide_around(canvas, row, inside.column + inside.columns - 1);
        for (int i = 0; i < inside.columns; i++)
            cells[i] = filled;
    }
}

void canvas_paint(struct canvas *canvas, struct rect area, enum role role)
{
    struct rect inside = clip(canvas, area);
    for (int row = inside.row; row < inside.row + inside.rows; row++)
        for (int column = inside.column; column < inside.column + inside.columns; column++)
            cell_at(canvas, row, column)->role = (unsigned char)role;
}

/* Blanks the halves of wide characters whose other halves were clipped away. */
static void mend_clipped(struct cell *first, struct cell *last, bool last_is_half)
{
    if (first->text[0] == '\0')
        set_text(first, " ");
    if (last_is_half)
        set_text(last, " ");
}

void canvas_copy(struct canvas *canvas, int row, int column, const struct canvas *from)
{
    struct rect inside = clip(canvas, (struct rect){row, column, from->rows, from->columns});
    for (int r = inside.row; inside.columns > 0 && r < inside.row + inside.rows; r++) {
        int end = inside.column + inside.columns;
        struct cell *cells = cell_at(canvas, r, inside.column);
        const struct cell *behind = cell_at(from, r - row, end - column);
        cut_wide_around(canvas, r, inside.column);
        cut_wide_around(canvas, r, end - 1);
        memcpy(cells, cell_at(from, r - row, inside.column - column),
               (size_t)inside.columns * sizeof *cells);
        mend_clipped(cells, cells + inside.columns - 1, behind && behind->text[0] == '\0');
    }
}

static bool fits(const char *text, const char *end, enum text_charset charset, int room)
{
    if (end - text <= room) /* no cell has more columns than bytes */
        return true;
    struct text_cell cell;
    int used = 0;
    while (text_next(&text, end, charset, &cell)) {
        used += cell.columns;
        if (used > room)
            return false;
    }
    return true;
}

static void set_text_cell(struct canvas *canvas, int row, int column, enum role role,
                          const struct text_cell *cell)
{
    if (cell->columns == 1) {
        set_cell(canvas, row, column, role, cell->bytes);
        return;
    }
    bool whole = column >= 0 && column + 1 < canvas->columns;
    set_cell(canvas, row, column, role, " ");
    set_cell(canvas, row, column + 1, role, " ");
    if (!whole)
        return;
    set_cell(canvas, row, column, role, cell->bytes);
    cell_at(canvas, row, column + 1)->text[0] = '\0';
}

int canvas_text(struct canvas *canvas, int row, int column, int columns, enum role role,
                const char *text)
{
    int room = canvas->columns - column;
    if (columns >= 0 && columns < room)
        room = columns;
    if (row < 0 || row >= canvas->rows || room <= 0)
        return 0;
    const char *end = text + strlen(text);
    bool cut = !fits(text, end, canvas->charset, room);
    int written = 0;
    struct text_cell cell;
    while (text_next(&text, end, canvas->charset, &cell)) {
        if (written + cell.columns > (cut ? room - 1 : room))
            break;
        set_text_cell(canvas, row, column + written, role, &cell);
        written += cell.columns;
    }
    if (cut)
        set_cell(canvas, row, column + written++, role,
                 canvas->charset == TEXT_UNICODE ? "…" : "~");
    return written;
}

int canvas_text_end(struct canvas *canvas, int row, int column, int columns, enum role role,
                    const char *text)
{
    const char *end = text + strlen(text);
    struct text_cell cell;
    int over = text_columns(text, canvas->charset) - columns, cut = over > 0 && columns > 0;
    if (cut) {
        for (over++; over > 0 && text_next(&text, end, canvas->charset, &cell);)
            over -= cell.columns;
        canvas_put(canvas, row, column, role, canvas->charset == TEXT_UNICODE ? "\u2026" : "~");
    }
    return cut + canvas_text(canvas, row, column + cut, columns - cut, role, text);
}

int canvas_print(struct canvas *canvas, int row, int column, int columns, enum role role,
                 const char *format, ...)
{
    struct buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_print_list(&text, format, arguments);
    va_end(arguments);
    int written = canvas_text(canvas, row, column, columns, role, buffer_string(&text));
    buffer_done(&text);
    return written;
}
