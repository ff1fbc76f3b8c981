/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of figures, and those that every list has. */
#include "report/figures_private.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

struct figure *figure_add(struct figure_list *list, const char *name, double value,
                          const char *formula, const char *reason)
{
    assert(list->count < FIGURES_MAX);
    struct figure *figure = &list->figures[list->count++];
    *figure = (struct figure){.value = value, .formula = formula};
    snprintf(figure->name, sizeof figure->name, "%s", name);
    if (isnan(value) && reason)
        snprintf(figure->reason, sizeof figure->reason, "%s", reason);
    return figure;
}

void figure_say(struct figure *figure, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(figure->inputs, sizeof figure->inputs, format, arguments);
    va_end(arguments);
}

struct figure *figure_add_residuals(struct figure_list *list, double r_squared, const char *formula,
                                    bool weighted, const struct curve_statistics *statistics,
                                    const char *none)
{
    const char *flat = none ? none : "SS_tot is 0: all points have the same efficiency";
    struct figure *first = figure_add(list, "r_squared", r_squared, formula, flat);
    if (weighted)
        figure_add(list, "r_squared_unweighted", statistics->r_squared_unweighted,
                   "the same with every point counting alike", flat);
    figure_add(list, "residual_std", statistics->residual_std,
               "standard deviation of the residuals, n - 1",
               none ? none : "a single point has no spread");
    figure_add(list, "max_residual", statistics->max_residual, "the largest |residual|",
               none ? none : "there is no point");
    return first;
}

struct figure_number figure_size(double value)
{
    struct figure_number text = {""};
    number_print_si(value, 4, text.chars);
    return text;
}

struct figure_number figure_number(double value)
{
    struct figure_number text = {""};
    number_print_short(value, 4, text.chars);
    return text;
}
