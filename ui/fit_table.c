/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing the table of fits. */
#include "ui/fit_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "report/symbol.h"

const struct fit *fit_table_selected(const struct app *app)
{
    return app->fit.row ? app->fit.laboratory->fits[app->fit.row - 1] : NULL;
}

/* One row of the table; NaN figures read "n/a". */
struct row {
    char name[32];
    double r_squared, residual_std, max_residual, aicc, loo_rmse;
    const char *status;
};

/* What the status column says; a fit that cannot be saved is not held up as the best. */
static const char *fit_verdict(const struct app *app, size_t index)
{
    const struct laboratory *laboratory = app->fit.laboratory;
    const struct fit *fit = laboratory->fits[index];
    if (fit->status == FIT_OK && !laboratory_can_save(laboratory, fit))
        return "not positive";
    if (fit != laboratory->best)
        return fit_status_name(fit->status);
    bool by_aicc =
        fit_best_is_by_aicc((const struct fit *const *)laboratory->fits, laboratory->fit_count);
    return by_aicc ? "best by AICc" : "best by LOO";
}

static struct row row_of_fit(const struct app *app, size_t index)
{
    const struct fit *fit = app->fit.laboratory->fits[index];
    struct row row = {.r_squared = laboratory_r_squared(app->fit.laboratory, fit),
                      .residual_std = fit->statistics.residual_std,
                      .max_residual = fit->statistics.max_residual,
                      .aicc = fit->aicc,
                      .loo_rmse = fit->loo_rmse,
                      .status = fit_verdict(app, index)};
    if (fit->breakpoint_count)
        snprintf(row.name, sizeof row.name, "%s k=%zu", fit_model_name(fit->model),
                 fit->breakpoint_count);
    else
        snprintf(row.name, sizeof row.name, "%s", fit_model_name(fit->model));
    return row;
}

/* The curve as it is now, judged by the same points as the fits. */
static struct row row_of_current(const struct app *app)
{
    struct curve curve = app_curve(app);
    struct curve_statistics statistics;
    bool modified = session_curve_modified(app->file->session, app->curve);
    curve_statistics(&curve, &app->fit.laboratory->points, &statistics, NULL);
    struct row row = {.r_squared = statistics.r_squared,
                      .residual_std = statistics.residual_std,
                      .max_residual = statistics.max_residual,
                      .aicc = NAN,
                      .loo_rmse = NAN,
                      .status = modified ? "edited" : "in the file"};
    snprintf(row.name, sizeof row.name, "%s, recomputed", modified ? "current" : "stored");
    return row;
}

enum {
    NAME_COLUMNS = 22,
    FIGURE_COLUMNS = 9,
    ALL_FIGURES_FROM = 78,
    SENTENCE_ROWS_MAX = 4,
    PARAMETER_ROWS_MAX = 2
};

/* Figures right-aligned from column on; as many as the width has room for. */
static int draw_figures(struct canvas *canvas, struct rect line, enum role role,
                        const char *const figures[5])
{
    int count = line.columns >= ALL_FIGURES_FROM ? 5 : line.columns >= 60 ? 3 : 1;
    int at = line.column + NAME_COLUMNS;
    for (int i = 0; i < count; i++, at += FIGURE_COLUMNS) {
        int width = text_columns(figures[i], canvas->charset);
        canvas_text(canvas, line.row, at + FIGURE_COLUMNS - width, width, role, figures[i]);
    }
    return at + 1;
}

static void draw_row(const struct app *app, struct canvas *canvas, struct rect line, size_t index)
{
    struct row row = index ? row_of_fit(app, index - 1) : row_of_current(app);
    double values[5] = {row.r_squared, row.residual_std, row.max_residual, row.aicc, row.loo_rmse};
    char texts[5][NUMBER_TEXT_MAX];
    const char *figures[5];
    bool selected = index == app->fit.row;
    enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
    for (int i = 0; i < 5; i++) {
        number_print_short(values[i], i == 0 || i == 3 ? 4 : 3, texts[i]);
        figures[i] = texts[i];
    }
    canvas_fill(canvas, line, role);
    /* A column more than its own: the figure beside it leaves that free. */
    canvas_print(canvas, line.row, line.column, NAME_COLUMNS + 1, role, "%s %s",
                 selected ? symbol(SYMBOL_POINTER, canvas->charset) : " ", row.name);
    int at = draw_figures(canvas, line, role, figures);
    canvas_text(canvas, line.row, at, line.column + line.columns - at, role, row.status);
}

static void draw_head(struct canvas *canvas, struct rect line)
{
    const char *heads[5] = {symbol(SYMBOL_R_SQUARED, canvas->charset), "RES STD", "LARGEST", "AICc",
                            "LOO RMSE"};
    canvas_text(canvas, line.row, line.column + 2, -1, ROLE_TITLE, "MODEL");
    int at = draw_figures(canvas, line, ROLE_TITLE, heads);
    canvas_text(canvas, line.row, at, -1, ROLE_TITLE, "STATUS");
}

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

static void append_breakpoints(struct buffer *out, struct curve curve)
{
    for (size_t i = 0; i < curve.count; i++) {
        char size[NUMBER_TEXT_MAX], efficiency[NUMBER_TEXT_MAX];
        number_print_si(curve.breakpoints[i].flops, 3, size);
        number_print_short(curve.breakpoints[i].efficiency, 3, efficiency);
        buffer_print(out, "%s%s:%s", i ? "  " : "", size, efficiency);
    }
}

/* "AICc by breakpoints  2: -30.66  3: -30.24  4: -24.1": how the number was chosen. */
static void append_choices(struct buffer *out, const struct fit *fit)
{
    buffer_append_string(out, "AICc by k ");
    for (size_t i = 0; i < fit->choice_count; i++) {
        char aicc[NUMBER_TEXT_MAX];
        number_print_short(fit->choices[i].aicc, 4, aicc);
        buffer_print(out, "  %zu: %s", fit->choices[i].breakpoints, aicc);
    }
}

static void draw_choices(struct canvas *canvas, struct rect area, int row, const struct fit *fit)
{
    struct buffer text = {0};
    append_choices(&text, fit);
    canvas_text(canvas, area.row + row, area.column + 2, area.columns - 2, ROLE_DIM, text.bytes);
    buffer_done(&text);
}

/* Breakpoints of the selected row, or its parameters. */
static void append_explanation(const struct app *app, const struct fit *fit, struct buffer *out)
{
    if (!fit || fit->breakpoint_count) {
        struct curve knots = app_curve(app);
        if (fit)
            knots = (struct curve){fit->breakpoints, fit->breakpoint_count};
        buffer_append_string(out, "breakpoints  ");
        append_breakpoints(out, knots);
    }
    for (size_t i = 0; fit && i < fit->parameter_count; i++)
        append_parameter(out, fit, i, app->charset);
}

/*
 * Draws those over at most the area's rows, as a canvas of columns breaks them. Returns the rows.
 */
static int draw_parameters(const struct app *app, struct canvas *canvas, struct rect area,
                           const struct fit *fit)
{
    struct buffer text = {0};
    append_explanation(app, fit, &text);
    area.column++;
    area.columns--;
    if (area.rows > PARAMETER_ROWS_MAX)
        area.rows = PARAMETER_ROWS_MAX;
    int rows = app_draw_wrapped(canvas, area, ROLE_TEXT, buffer_string(&text));
    buffer_done(&text);
    return rows;
}

/*
 * Parameters of the selected row, its warnings, and points that their own spread leaves too far
 * off.
 */
static void draw_explanation(const struct app *app, struct canvas *canvas, struct rect area)
{
    struct buffer own = {0};
    const struct fit *fit = fit_table_selected(app);
    int row = draw_parameters(app, canvas, area, fit);
    if (fit && fit->choice_count && row < area.rows)
        draw_choices(canvas, area, row++, fit);
    for (size_t i = 0; fit && i < fit->warning_count && row < area.rows; i++)
        canvas_text(canvas, area.row + row++, area.column + 2, area.columns - 2, ROLE_WARNING,
                    fit->warnings[i]);
    if (fit)
        laboratory_tell_own_outliers(app->fit.laboratory, fit, &own);
    if (own.length > 0 && row < area.rows)
        canvas_text(canvas, area.row + row, area.column + 2, area.columns - 2, ROLE_WARNING,
                    own.bytes);
    buffer_done(&own);
}

/* What to make of it all, over as many lines as it takes. Returns these. */
static int draw_sentence(const struct app *app, struct canvas *canvas, struct rect area)
{
    struct buffer text = {0};
    laboratory_sentence(app->fit.laboratory, &text);
    int rows = app_draw_wrapped(canvas, area, ROLE_TEXT, buffer_string(&text));
    buffer_done(&text);
    return rows;
}

/* Rows of the sentence at this width. */
static int sentence_rows(const struct app *app)
{
    struct canvas scratch;
    canvas_init(&scratch, SENTENCE_ROWS_MAX, app->columns, app->charset);
    int rows = draw_sentence(app, &scratch, canvas_area(&scratch));
    canvas_done(&scratch);
    return rows;
}

/* Parameters, the table over numbers of breakpoints, warnings. */
static int explanation_rows(const struct app *app, const struct fit *fit)
{
    struct canvas scratch;
    canvas_init(&scratch, PARAMETER_ROWS_MAX, app->columns, app->charset);
    int rows = draw_parameters(app, &scratch, canvas_area(&scratch), fit);
    canvas_done(&scratch);
    for (size_t i = 0; fit && i < app->fit.laboratory->points.count; i++)
        if (laboratory_is_own_outlier(app->fit.laboratory, fit, i)) {
            rows++;
            break;
        }
    return fit ? rows + (fit->choice_count > 0) + (int)fit->warning_count : rows;
}

int fit_table_rows(const struct app *app)
{
    int most = 0;
    const struct laboratory *laboratory = app->fit.laboratory;
    for (size_t i = 0; i < laboratory->fit_count; i++) {
        int rows = explanation_rows(app, laboratory->fits[i]);
        most = rows > most ? rows : most;
    }
    return 2 + (int)laboratory->fit_count + most + sentence_rows(app);
}

void fit_table_draw(const struct app *app, struct canvas *canvas, struct rect area)
{
    int rows = 2 + (int)app->fit.laboratory->fit_count;
    if (area.rows < rows)
        return;
    struct rect line = {area.row, area.column, 1, area.columns};
    draw_head(canvas, line);
    for (size_t i = 0; i <= app->fit.laboratory->fit_count; i++) {
        line.row++;
        draw_row(app, canvas, line, i);
    }
    area.row += rows;
    area.rows -= rows;
    /* What the selected fit warns of comes before the sentence, of which one line always stays. */
    int explained = explanation_rows(app, fit_table_selected(app));
    if (explained > area.rows - 1)
        explained = area.rows - 1;
    draw_explanation(app, canvas, (struct rect){area.row, area.column, explained, area.columns});
    if (area.rows > 1)
        draw_sentence(
            app, canvas,
            (struct rect){area.row + explained, area.column, area.rows - explained, area.columns});
}
