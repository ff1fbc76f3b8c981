/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words about the fits of a laboratory. */
#include "ui/view/fit_texts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"
#include "report/symbol.h"

/* "midpoint 9.241 +- 0.2 (1.74 G)": what is in log10 of a size is given as a size too. */
static void append_parameter(struct buffer *out, const struct fit *fit, size_t index,
                             enum text_charset charset)
{
    char number[NUMBER_TEXT_MAX];
    double value = fit->parameters[index], std_error = fit->std_errors[index];
    number_print_short(value, 4, number);
    buffer_print(out, "%s%s %s", index ? "  " : "", fit->parameter_names[index], number);
    if (!isnan(std_error)) {
        number_print_short(std_error, 2, number);
        buffer_print(out, " %s %s", symbol(SYMBOL_PLUS_MINUS, charset), number);
    }
    if (strcmp(fit->parameter_names[index], "midpoint") == 0 && !isnan(value)) {
        number_print_si(pow(10, value), 3, number);
        buffer_print(out, " (%s)", number);
    }
}

void fit_texts_append_breakpoints(struct buffer *out, struct curve curve)
{
    buffer_append_string(out, "breakpoints");
    for (size_t i = 0; i < curve.count; i++) {
        char size[NUMBER_TEXT_MAX], efficiency[NUMBER_TEXT_MAX];
        number_print_si(curve.breakpoints[i].flops, 3, size);
        number_print_short(curve.breakpoints[i].efficiency, 3, efficiency);
        buffer_print(out, "  %s:%s", size, efficiency);
    }
}

void fit_row_print(struct fit_row *row, const double figures[FIT_ROW_FIGURES])
{
    static const int digits[FIT_ROW_FIGURES] = {4, 3, 3, 4, 3};
    for (int i = 0; i < FIT_ROW_FIGURES; i++)
        number_print_short(figures[i], digits[i], row->figures[i]);
}

/* What the status column says. */
static const char *verdict(const struct laboratory *laboratory, const struct fit *fit)
{
    if (!laboratory_holds_up(laboratory, fit))
        return laboratory_status_name(laboratory, fit);
    if (fit != laboratory->best)
        return "best to save";
    bool by_aicc =
        fit_best_is_by_aicc((const struct fit *const *)laboratory->fits, laboratory->fit_count);
    return by_aicc ? "best by AICc" : "best by LOO";
}

static struct fit_row row_of(const struct laboratory *laboratory, const struct fit *fit)
{
    struct fit_row row = {.status = verdict(laboratory, fit)};
    const double figures[FIT_ROW_FIGURES] = {
        laboratory_r_squared(laboratory, fit), fit->statistics.residual_std,
        fit->statistics.max_residual, fit->aicc, fit->loo_rmse};
    fit_row_print(&row, figures);
    const char *name = fit_model_name(fit->model);
    snprintf(row.name, sizeof row.name, "%s", name);
    snprintf(row.brief, sizeof row.brief, "%.15s", name);
    if (fit->breakpoint_count) {
        snprintf(row.name, sizeof row.name, "%s k=%zu", name, fit->breakpoint_count);
        snprintf(row.brief, sizeof row.brief, "piecewise k=%zu", fit->breakpoint_count % 100);
    }
    return row;
}

/* "AICc by k  2: -30.66  3: -30.24  4: -24.1": how the number was chosen. */
static void append_choices(struct buffer *out, const struct fit *fit)
{
    if (fit->choice_count)
        buffer_append_string(out, "AICc by k ");
    for (size_t i = 0; i < fit->choice_count; i++) {
        char aicc[NUMBER_TEXT_MAX];
        number_print_short(fit->choices[i].aicc, 4, aicc);
        buffer_print(out, "  %zu: %s", fit->choices[i].breakpoints, aicc);
    }
}

static void append_latency(const struct laboratory *laboratory, const struct fit *fit,
                           double tolerance, enum text_charset charset, struct buffer *out)
{
    struct buffer falling = {0};
    laboratory_tell_latency(laboratory, fit, out);
    if (laboratory_tell_falling(laboratory, fit, tolerance, charset, &falling))
        buffer_print(out, "%s%s", out->length ? "; " : "", falling.bytes);
    buffer_done(&falling);
}

static struct fit_text text_of(const struct laboratory *laboratory, const struct fit *fit,
                               double tolerance, enum text_charset charset)
{
    struct buffer explanation = {0}, latency = {0}, own = {0}, choices = {0};
    if (fit->breakpoint_count)
        fit_texts_append_breakpoints(&explanation,
                                     (struct curve){fit->breakpoints, fit->breakpoint_count});
    for (size_t i = 0; i < fit->parameter_count; i++)
        append_parameter(&explanation, fit, i, charset);
    append_latency(laboratory, fit, tolerance, charset, &latency);
    laboratory_tell_own_outliers(laboratory, fit, &own);
    append_choices(&choices, fit);
    return (struct fit_text){row_of(laboratory, fit), buffer_take(&explanation),
                             buffer_take(&latency), buffer_take(&own), buffer_take(&choices)};
}

struct fit_texts *fit_texts_new(const struct laboratory *laboratory, double tolerance,
                                enum text_charset charset)
{
    struct fit_texts *texts = memory_new_array(1, sizeof *texts);
    struct buffer sentence = {0};
    laboratory_sentence(laboratory, &sentence);
    texts->sentence = buffer_take(&sentence);
    texts->count = laboratory->fit_count;
    texts->fits = memory_new_array(texts->count, sizeof *texts->fits);
    for (size_t i = 0; i < texts->count; i++)
        texts->fits[i] = text_of(laboratory, laboratory->fits[i], tolerance, charset);
    return texts;
}

void fit_texts_free(struct fit_texts *texts)
{
    if (!texts)
        return;
    for (size_t i = 0; i < texts->count; i++) {
        free(texts->fits[i].explanation);
        free(texts->fits[i].latency);
        free(texts->fits[i].own_outliers);
        free(texts->fits[i].choices);
    }
    free(texts->fits);
    free(texts->sentence);
    free(texts);
}
