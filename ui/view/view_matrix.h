/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole registry as a grid: what each device covers, how far devices lie apart. */
#ifndef UI_VIEW_VIEW_MATRIX_H
#define UI_VIEW_VIEW_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/view/survey.h"

struct app;

enum matrix_face { MATRIX_COVERAGE, MATRIX_DISTANCE, MATRIX_FACES };

/* The selected cell of a face. */
struct matrix_place {
    size_t row, column;
};

struct matrix_state {
    struct survey survey; /* kept until the registry changes */
    enum matrix_face face;
    char *operation; /* the name in the coverage's selected row; NULL: the first row */
    bool all;        /* the coverage is of all devices, not of the one in the distances' row */
    struct matrix_place places[MATRIX_FACES];
};

/* Shows the matrix of the registry, on the device of that id (or NULL). */
void matrix_start(struct app *app, const char *id);

/* Forgets what was read of the registry: it may have changed. */
void matrix_forget(struct app *app);

#endif
