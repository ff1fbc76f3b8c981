/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The two faces of the matrix view: each a table of functions that says what stands in its grid.
 * matrix_grid.c lays the grid out and draws it, view_matrix.c goes about in it.
 */
#ifndef UI_VIEW_MATRIX_FACE_H
#define UI_VIEW_MATRIX_FACE_H

#include "ui/app.h"

/* A sign in the grid and what it means. */
struct matrix_key {
    const char *ascii, *unicode; /* one column each */
    const char *meaning;
};

/* One face. Its functions are called only where the survey has devices; go alone writes. */
struct matrix_face_table {
    const char *name;
    int cell_columns;              /* of a cell, with the blank in front of it, at least ... */
    int cell_columns_max;          /* ... and at most, where the screen is wide */
    int names_min, names_max;      /* columns for the names of rows, with a blank behind */
    bool numbered;                 /* rows have their number in front, as columns have */
    const struct matrix_key *keys; /* the legend: the first key_count(app) of them */
    size_t (*key_count)(const struct app *app);
    size_t (*rows)(const struct app *app);
    size_t (*columns)(const struct app *app);
    void (*heading)(const struct app *app, struct buffer *out);
    void (*row_name)(const struct app *app, size_t row, struct buffer *out);
    /* What has room in so many columns, "" if nothing has: words where the screen is wide. */
    void (*column_name)(const struct app *app, size_t column, int room, struct buffer *out);
    enum role (*cell)(const struct app *app, size_t row, size_t column, enum text_charset charset,
                      int room, struct buffer *out);
    /*
     * The parts that a row is made of, in the same columns, shown below the grid: those of the
     * selected row and, where there is room, of those behind it. NULL: rows have no parts.
     */
    size_t (*rows_below)(const struct app *app);
    void (*name_below)(const struct app *app, size_t part, struct buffer *out);
    enum role (*cell_below)(const struct app *app, size_t row, size_t part, size_t column,
                            enum text_charset charset, int room, struct buffer *out);
    void (*sentence)(const struct app *app, struct buffer *out); /* the selected cell in words */
    bool (*pending)(const struct app *app, size_t row,
                    size_t column); /* whether a cell is still to be measured; NULL: none ever is */
    void (*measure)(struct app *app, size_t row, size_t column);
    void (*go)(struct app *app); /* Enter */
};

extern const struct matrix_face_table matrix_coverage, matrix_distance;

/* The face that is shown, and the cell that is selected in it. */
const struct matrix_face_table *matrix_shown_face(const struct app *app);
const struct matrix_place *matrix_selected(const struct app *app);

/* The sign as that charset has it. Static. */
const char *matrix_sign(const struct matrix_key *key, enum text_charset charset);

/* Opens a device's file and puts it in hand. False, with a message, where it cannot be read. */
bool matrix_open(struct app *app, const struct survey_device *device);

/*
 * The selected device: that of the distances' row, which is the one whose coverage is shown, too,
 * unless it is that of all devices.
 */
const struct survey_device *matrix_device(const struct app *app);

#endif
