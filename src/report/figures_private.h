/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of figures as it grows. Private to report/figures*.c. */
#ifndef REPORT_FIGURES_PRIVATE_H
#define REPORT_FIGURES_PRIVATE_H

#include <stdbool.h>

#include "base/number.h"
#include "report/figures.h"

struct figure_list {
    struct figure *figures; /* the caller's, FIGURES_MAX of them */
    size_t count;
};

/* The reason is kept only where there is no value; NULL: none is known. */
struct figure *figure_add(struct figure_list *list, const char *name, double value,
                          const char *formula, const char *reason);

/* What went into the figure, formatted as printf does. */
void figure_say(struct figure *figure, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Adds what a set of residuals alone tells: r_squared (the value and its formula are the caller's),
 * where points have weights the same without them, residual_std and max_residual. none is why there
 * are no residuals; NULL: there are. Returns the first of them.
 */
struct figure *figure_add_residuals(struct figure_list *list, double r_squared, const char *formula,
                                    bool weighted, const struct curve_statistics *statistics,
                                    const char *none);

/* A number as text, for the length of an expression's use: each has an array of its own. */
struct figure_number {
    char chars[NUMBER_TEXT_MAX];
};

/* To four digits, a size with its prefix or a plain number. */
struct figure_number figure_size(double value);
struct figure_number figure_number(double value);

#endif
