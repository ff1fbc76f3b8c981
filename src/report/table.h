/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Aligned text tables. Cells are any bytes; they pass through base/text on their way out, so a
 * table never prints what a terminal would act on, and columns line up whatever the characters'
 * widths.
 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include <stddef.h>

#include "base/text.h"

struct buffer;
struct table;

enum table_align {
    TABLE_LEFT,
    TABLE_RIGHT, /* numbers */
};

/* A column's heading and shape. */
struct table_column {
    const char *title;
    enum table_align align;
    int limit; /* most display columns, wider cells end in an ellipsis; 0: TABLE_LIMIT */
};

enum { TABLE_LIMIT = 60, TABLE_NO_LIMIT = -1 };

/* The columns are borrowed until table_free. */
struct table *table_new(const struct table_column *columns, size_t count);
void table_free(struct table *table);

/* Fills the next cell, row by row from left to right. NULL and "" leave it empty. */
void table_add(struct table *table, const char *text);
void table_print(struct table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Leaves the rest of a row that was begun empty. */
void table_end_row(struct table *table);

/* A number for people at digits significant digits, "n/a" for NaN; a size with an SI prefix. */
void table_add_number(struct table *table, double number, int digits);
void table_add_size(struct table *table, double size);

/* Appends the headings and the rows, each line after indent blanks, without blanks at its end. */
void table_render(const struct table *table, int indent, enum text_charset charset,
                  struct buffer *out);

#endif
