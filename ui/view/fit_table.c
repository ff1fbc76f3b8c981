/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing the table of fits. */
#include "ui/view/fit_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "report/symbol.h"
#include "ui/view/fit_texts.h"

const struct fit *fit_table_selected(const struct app *app)
{
    return app->fit.row ? app->fit.laboratory->fits[app->fit.row - 1] : NULL;
}

/* The curve as it is now, judged by the same points as the fits. */
static struct fit_row row_of_current(const struct app *app)
{
    struct fit_row row = {0};
    struct curve curve = app_curve(app);
    struct curve_statistics statistics;
    bool modified = session_curve_modified(app->file->session, app->curve);
    curve_statistics(&curve, &app->fit.laboratory->points, &statistics, NULL);
    const double figures[FIT_ROW_FIGURES] = {statistics.r_squared, statistics.residual_std,
                                             statistics.max_residual, NAN, NAN};
    fit_row_print(&row, figures);
    snprintf(row.name, sizeof row.name, "%s, recomputed", modified ? "current" : "stored");
    row.status = modified ? "edited" : "in the file";
    return row;
}

enum {
    NAME_COLUMNS = 22,
    FIGURE_COLUMNS = 9,
    R_SQUARED_COLUMNS = 7, /* where it is the only one: the status has the rest */
    ALL_FIGURES_FROM = 78,
    SENTENCE_ROWS_MAX = 4,
    PARAMETER_ROWS_MAX = 2
};

/* Figures right-aligned from column on; as many as the width has room for. */
static int draw_figures(struct canvas *canvas, struct rect line, enum role role,
                        const struct fit_row *row)
{
    int count = line.columns >= ALL_FIGURES_FROM ? FIT_ROW_FIGURES : line.columns >= 60 ? 3 : 1;
    int columns = count > 1 ? FIGURE_COLUMNS : R_SQUARED_COLUMNS, at = line.column + NAME_COLUMNS;
    for (int i = 0; i < count; i++, at += columns) {
        int width = text_columns(row->figures[i], canvas->charset);
        canvas_text(canvas, line.row, at + columns - width, width, role, row->figures[i]);
    }
    return at + 1;
}

static void draw_row(const struct app *app, struct canvas *canvas, struct rect line, size_t index)
{
    struct fit_row current = {0};
    const struct fit_row *row = &current;
    bool selected = index == app->fit.row;
    enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
    if (index == 0)
        current = row_of_current(app);
    else
        row = &app->fit.texts->fits[index - 1].row;
    canvas_fill(canvas, line, role);
    canvas_text(canvas, line.row, line.column, -1, role,
                selected ? symbol(SYMBOL_POINTER, canvas->charset) : " ");
    /* A column more than its own: the figure beside it leaves that free. */
    canvas_text(canvas, line.row, line.column + 2, NAME_COLUMNS - 1, role, row->name);
    int at = draw_figures(canvas, line, role, row);
    canvas_text(canvas, line.row, at, line.column + line.columns - at, role, row->status);
}

static void draw_head(struct canvas *canvas, struct rect line)
{
    struct fit_row heads = {.figures = {"", "RES STD", "LARGEST", "AICc", "LOO RMSE"}};
    strcpy(heads.figures[0], symbol(SYMBOL_R_SQUARED, canvas->charset));
    canvas_text(canvas, line.row, line.column + 2, -1, ROLE_TITLE, "MODEL");
    int at = draw_figures(canvas, line, ROLE_TITLE, &heads);
    canvas_text(canvas, line.row, at, -1, ROLE_TITLE, "STATUS");
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

/* What was written about a row; of the current curve there is nothing. */
static const struct fit_text *text_of_row(const struct app *app, size_t row)
{
    return row ? &app->fit.texts->fits[row - 1] : NULL;
}

/* Breakpoints or parameters of a row, over at most PARAMETER_ROWS_MAX rows. */
static void draw_parameters(const struct app *app, struct canvas *canvas, struct rect area)
{
    struct buffer current = {0};
    const struct fit_text *text = text_of_row(app, app->fit.row);
    if (!text)
        fit_texts_append_breakpoints(&current, app_curve(app));
    app_draw_wrapped(canvas, area, ROLE_TEXT, text ? text->explanation : buffer_string(&current));
    buffer_done(&current);
}

/* How many rows those take on a screen of so many columns. */
static int parameter_rows(const struct app *app, size_t index)
{
    struct buffer current = {0};
    const struct fit_text *text = text_of_row(app, index);
    if (!text)
        fit_texts_append_breakpoints(&current, app_curve(app));
    int rows = app_wrapped_rows(text ? text->explanation : buffer_string(&current),
                                PARAMETER_ROWS_MAX, app->columns - 1, app->charset);
    buffer_done(&current);
    return rows;
}

/*
 * Parameters of the selected row, its warnings, and points that their own spread leaves too far
 * off.
 */
static void draw_explanation(const struct app *app, struct canvas *canvas, struct rect area)
{
    const struct fit *fit = fit_table_selected(app);
    const struct fit_text *text = text_of_row(app, app->fit.row);
    int row = parameter_rows(app, app->fit.row);
    struct rect parameters = {area.row, area.column + 1, row, area.columns - 1};
    if (row > area.rows)
        parameters.rows = area.rows;
    draw_parameters(app, canvas, parameters);
    if (fit && fit->choice_count && row < area.rows)
        draw_choices(canvas, area, row++, fit);
    for (size_t i = 0; fit && i < fit->warning_count && row < area.rows; i++)
        canvas_text(canvas, area.row + row++, area.column + 2, area.columns - 2, ROLE_WARNING,
                    fit->warnings[i]);
    if (text && row < area.rows)
        canvas_text(canvas, area.row + row, area.column + 2, area.columns - 2, ROLE_WARNING,
                    text->own_outliers);
}

/* Parameters of a row, the table over numbers of breakpoints, warnings. */
static int explanation_rows(const struct app *app, size_t index)
{
    const struct fit_text *text = text_of_row(app, index);
    int rows = parameter_rows(app, index);
    if (!text)
        return rows;
    const struct fit *fit = app->fit.laboratory->fits[index - 1];
    return rows + (fit->choice_count > 0) + (int)fit->warning_count + (*text->own_outliers != 0);
}

static void go_to_row(struct app *app, size_t line)
{
    app->fit.row = line;
}

void fit_table_text(const struct app *app, struct search_text *out)
{
    struct fit_row current = row_of_current(app);
    search_add_line(out, "%s %s", current.name, current.status);
    for (size_t i = 0; i < app->fit.texts->count; i++) {
        const struct fit_text *text = &app->fit.texts->fits[i];
        search_add_line(out, "%s %s %s", text->row.name, text->row.status, text->explanation);
    }
    out->at = app->fit.row;
    out->go = go_to_row;
}

int fit_table_rows(const struct app *app)
{
    int most = 0;
    for (size_t i = 1; i <= app->fit.laboratory->fit_count; i++) {
        int rows = explanation_rows(app, i);
        most = rows > most ? rows : most;
    }
    int sentence =
        app_wrapped_rows(app->fit.texts->sentence, SENTENCE_ROWS_MAX, app->columns, app->charset);
    return 2 + (int)app->fit.laboratory->fit_count + most + sentence;
}

int fit_table_row_at(const struct app *app, struct rect area, int row, int column)
{
    int count = (int)app->fit.laboratory->fit_count + 1;
    return pointer_line(area, 1, (int)app->fit.row, count, row, column);
}

void fit_table_draw(const struct app *app, struct canvas *canvas, struct rect area)
{
    int count = (int)app->fit.laboratory->fit_count + 1, rows = 1 + count;
    if (area.rows < 2)
        return;
    struct rect line = {area.row, area.column, 1, area.columns};
    draw_head(canvas, line);
    for (int i = layout_first_line((int)app->fit.row, count, area.rows - 1);
         i < count && line.row + 1 < area.row + area.rows; i++) {
        line.row++;
        draw_row(app, canvas, line, (size_t)i);
    }
    if (area.rows <= rows)
        return;
    area.row += rows;
    area.rows -= rows;
    /* What the selected fit warns of comes before the sentence, of which one line always stays. */
    int explained = explanation_rows(app, app->fit.row);
    if (explained > area.rows - 1)
        explained = area.rows - 1;
    draw_explanation(app, canvas, (struct rect){area.row, area.column, explained, area.columns});
    if (area.rows > 1)
        app_draw_wrapped(
            canvas,
            (struct rect){area.row + explained, area.column, area.rows - explained, area.columns},
            ROLE_TEXT, app->fit.texts->sentence);
}
