/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing comma-separated values. */
#include "report/csv.h"

#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/number.h"

static bool wants_quotes(const struct buffer *cell)
{
    const char *text = buffer_string(cell);
    return strpbrk(text, ",\"") || text[0] == ' ' ||
           (cell->length > 0 && text[cell->length - 1] == ' ');
}

static void append_quoted(struct buffer *out, const struct buffer *cell)
{
    buffer_append_string(out, "\"");
    for (size_t i = 0; i < cell->length; i++) {
        if (cell->bytes[i] == '"')
            buffer_append_string(out, "\"");
        buffer_append(out, &cell->bytes[i], 1);
    }
    buffer_append_string(out, "\"");
}

static void begin_cell(struct csv *csv)
{
    if (csv->in_row)
        buffer_append_string(csv->out, ",");
    csv->in_row = true;
}

void csv_add(struct csv *csv, const char *text)
{
    struct buffer cell = {0};
    begin_cell(csv);
    if (text && *text && strchr("=+-@", *text))
        buffer_append_string(&cell, "'");
    if (text)
        text_append(&cell, text, strlen(text), csv->charset, -1);
    if (wants_quotes(&cell))
        append_quoted(csv->out, &cell);
    else
        buffer_append_string(csv->out, buffer_string(&cell));
    buffer_done(&cell);
}

void csv_add_number(struct csv *csv, double number)
{
    char text[NUMBER_TEXT_MAX] = "";
    if (isfinite(number))
        number_print_repr(number, text);
    begin_cell(csv);
    buffer_append_string(csv->out, text);
}

void csv_add_count(struct csv *csv, size_t count)
{
    begin_cell(csv);
    buffer_print(csv->out, "%zu", count);
}

void csv_add_row(struct csv *csv, const char *const *cells)
{
    for (; *cells; cells++)
        csv_add(csv, *cells);
    csv_end_row(csv);
}

void csv_end_row(struct csv *csv)
{
    buffer_append_string(csv->out, "\n");
    csv->in_row = false;
}
