/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables for other programs: cells quoted as RFC 4180 has it, one line a record. Lines end in LF,
 * as the tools expect that read them here.
 *
 *     struct csv csv = {.out = &text};
 *     csv_add(&csv, "curve");
 *     csv_add_number(&csv, 1e6);
 *     csv_end_row(&csv);
 *
 * Cells with a comma, a quote or blanks at an end are quoted. An answer may go to a terminal, so
 * cells pass through base/text like all others: controls and line ends never reach it.
 *
 * A spreadsheet takes a cell that begins with = + - or @ for a formula, also in quotes, and a
 * calibration may come from anywhere: text that begins so gets an apostrophe before it, which
 * spreadsheets take for "this is text". Numbers stay as they are; JSON has such text unchanged.
 */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct buffer;

/* Zeroed but for out and charset, it is ready. out is borrowed. */
struct csv {
    struct buffer *out;
    enum text_charset charset;
    bool in_row;
};

/* Adds a cell; NULL is an empty one. */
void csv_add(struct csv *csv, const char *text);

/* Adds a row of cells, NULL-terminated: the headings. */
void csv_add_row(struct csv *csv, const char *const *cells);

/* Adds a whole number. */
void csv_add_count(struct csv *csv, size_t count);

/* Adds a number in its shortest exact form; an empty cell for what is not finite. */
void csv_add_number(struct csv *csv, double number);

/* Ends the line, also one without cells. */
void csv_end_row(struct csv *csv);

#endif
