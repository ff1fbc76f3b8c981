/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laying out a table: widths first, then lines. */
#include "report/table.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"

enum { COLUMN_GAP = 2, SIZE_DIGITS = 4 };

struct table {
    const struct table_column *columns;
    size_t column_count;
    char **cells; /* row by row */
    size_t cell_count, capacity;
};

struct table *table_new(const struct table_column *columns, size_t count)
{
    assert(count > 0);
    struct table *table = memory_new_array(1, sizeof *table);
    table->columns = columns;
    table->column_count = count;
    return table;
}

void table_free(struct table *table)
{
    if (!table)
        return;
    for (size_t i = 0; i < table->cell_count; i++)
        free(table->cells[i]);
    free(table->cells);
    free(table);
}

/* Takes text. */
static void take_cell(struct table *table, char *text)
{
    if (table->cell_count == table->capacity)
        table->cells = memory_grow(table->cells, &table->capacity, sizeof *table->cells);
    table->cells[table->cell_count++] = text;
}

void table_add(struct table *table, const char *text)
{
    take_cell(table, memory_copy_string(text ? text : ""));
}

void table_print(struct table *table, const char *format, ...)
{
    struct buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_print_list(&text, format, arguments);
    va_end(arguments);
    take_cell(table, buffer_take(&text));
}

void table_end_row(struct table *table)
{
    while (table->cell_count % table->column_count != 0)
        table_add(table, NULL);
}

void table_add_number(struct table *table, double number, int digits)
{
    char text[NUMBER_TEXT_MAX];
    number_print_short(number, digits, text);
    table_add(table, text);
}

void table_add_size(struct table *table, double size)
{
    char text[NUMBER_TEXT_MAX];
    number_print_si(size, SIZE_DIGITS, text);
    table_add(table, text);
}

static int limit_of(const struct table_column *column)
{
    return column->limit ? column->limit : TABLE_LIMIT;
}

/* Appends a cell as it may be shown and returns its columns. */
static int append_cell(const struct table_column *column, const char *text,
                       enum text_charset charset, struct buffer *out)
{
    int limit = limit_of(column);
    return text_append(out, text, strlen(text), charset, limit == TABLE_NO_LIMIT ? -1 : limit);
}

static int cell_width(const struct table_column *column, const char *text,
                      enum text_charset charset)
{
    struct buffer scratch = {0};
    int width = append_cell(column, text, charset, &scratch);
    buffer_done(&scratch);
    return width;
}

static int *measure(const struct table *table, enum text_charset charset)
{
    int *widths = memory_new_array(table->column_count, sizeof *widths);
    for (size_t i = 0; i < table->column_count; i++)
        widths[i] = cell_width(&table->columns[i], table->columns[i].title, charset);
    size_t column = 0;
    for (size_t i = 0; i < table->cell_count; i++) {
        int width = cell_width(&table->columns[column], table->cells[i], charset);
        widths[column] = width > widths[column] ? width : widths[column];
        column = column + 1 < table->column_count ? column + 1 : 0;
    }
    return widths;
}

static void append_aligned(const struct table_column *column, const char *text, int width,
                           enum text_charset charset, struct buffer *out)
{
    struct buffer cell = {0};
    int used = append_cell(column, text, charset, &cell);
    size_t padding = (size_t)(width > used ? width - used : 0);
    if (column->align == TABLE_RIGHT)
        buffer_append_repeated(out, ' ', padding);
    buffer_append(out, cell.bytes, cell.length);
    if (column->align == TABLE_LEFT)
        buffer_append_repeated(out, ' ', padding);
    buffer_done(&cell);
}

static void end_line(struct buffer *out)
{
    while (out->length > 0 && out->bytes[out->length - 1] == ' ')
        buffer_truncate(out, out->length - 1);
    buffer_append_string(out, "\n");
}

void table_render(const struct table *table, int indent, enum text_charset charset,
                  struct buffer *out)
{
    int *widths = measure(table, charset);
    size_t columns = table->column_count, column = 0;
    for (size_t i = 0; i < columns + table->cell_count; i++) {
        const char *text = i < columns ? table->columns[i].title : table->cells[i - columns];
        buffer_append_repeated(out, ' ', (size_t)(column == 0 ? indent : COLUMN_GAP));
        append_aligned(&table->columns[column], text, widths[column], charset, out);
        if (++column < columns)
            continue;
        end_line(out);
        column = 0;
    }
    free(widths);
}
