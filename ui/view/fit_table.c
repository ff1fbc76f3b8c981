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
    snprintf(row.brief, sizeof row.brief, "%s", modified ? "current" : "stored");
    row.status = modified ? "edited" : "in the file";
    return row;
}

enum {
    NAME_COLUMNS = 22,
    BRIEF_COLUMNS = 16,
    FIGURE_COLUMNS = 9,
    R_SQUARED_COLUMNS = 7, /* where it is the only one: the status has the rest */
    ALL_FIGURES_FROM = 80,
    THREE_FIGURES_FROM = 64,
    SENTENCE_ROWS_MAX = 4,
    SENTENCE_ROWS_KEPT = 2, /* where the remarks would take them */
    PARAMETER_ROWS_MAX = 2,
    REMARKS_MAX = 12,
    REMARK_ROWS_MAX = 2
};

/* Names are short, and R^2 stands alone, so that the status has room. */
static bool is_brief(struct rect line)
{
    return line.columns < THREE_FIGURES_FROM;
}

static int name_columns(struct rect line)
{
    return is_brief(line) ? BRIEF_COLUMNS : NAME_COLUMNS;
}

/* Figures right-aligned from column on; as many as the width has room for. */
static int draw_figures(struct canvas *canvas, struct rect line, enum role role,
                        const struct fit_row *row)
{
    int count = line.columns >= ALL_FIGURES_FROM ? FIT_ROW_FIGURES : is_brief(line) ? 1 : 3;
    int columns = count > 1 ? FIGURE_COLUMNS : R_SQUARED_COLUMNS;
    int at = line.column + name_columns(line);
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
    canvas_text(canvas, line.row, line.column + 2, name_columns(line) - 1, role,
                is_brief(line) ? row->brief : row->name);
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

/* What was written about the fit in a row; NULL for the current curve. */
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

/* How many rows draw_parameters() takes for a row of the table. */
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

/* A line below the parameters. */
struct remark {
    enum role role;
    const char *text;
};

static void add_remark(struct remark remarks[REMARKS_MAX], size_t *count, enum role role,
                       const char *text)
{
    if (*text && *count < REMARKS_MAX)
        remarks[(*count)++] = (struct remark){role, text};
}

/*
 * What is to be said of a row, the gravest first, as the last ones may find no room: what it does
 * to latency and what it warns of, which comes first where it says why the fit is not ok; the
 * points that it misses, the table over numbers of breakpoints.
 */
static size_t list_remarks(const struct app *app, size_t index, struct remark remarks[REMARKS_MAX])
{
    const struct fit_text *text = text_of_row(app, index);
    size_t count = 0;
    if (!text)
        return 0;
    const struct fit *fit = app->fit.laboratory->fits[index - 1];
    if (fit->status == FIT_OK)
        add_remark(remarks, &count, ROLE_WARNING, text->latency);
    for (size_t i = 0; i < fit->warning_count; i++)
        add_remark(remarks, &count, ROLE_WARNING, fit->warnings[i]);
    if (fit->status != FIT_OK)
        add_remark(remarks, &count, ROLE_WARNING, text->latency);
    add_remark(remarks, &count, ROLE_WARNING, text->own_outliers);
    add_remark(remarks, &count, ROLE_DIM, text->choices);
    return count;
}

/* Parameters of the selected row and the remarks on it, as far as there is room. */
static void draw_explanation(const struct app *app, struct canvas *canvas, struct rect area)
{
    struct remark remarks[REMARKS_MAX];
    size_t count = list_remarks(app, app->fit.row, remarks);
    int row = parameter_rows(app, app->fit.row);
    struct rect parameters = {area.row, area.column + 1, row, area.columns - 1};
    if (row > area.rows)
        parameters.rows = area.rows;
    draw_parameters(app, canvas, parameters);
    for (size_t i = 0; i < count && row < area.rows; i++) {
        int left = area.rows - row;
        struct rect lines = {area.row + row, area.column + 1,
                             left < REMARK_ROWS_MAX ? left : REMARK_ROWS_MAX, area.columns - 1};
        row += app_draw_wrapped(canvas, lines, remarks[i].role, remarks[i].text);
    }
}

int fit_table_draw_remarks(const struct app *app, struct canvas *canvas, int row)
{
    enum { ROWS_MAX = 8 };
    struct remark remarks[REMARKS_MAX];
    size_t count = list_remarks(app, app->fit.row, remarks);
    for (size_t i = 0; i < count; i++)
        row += app_draw_wrapped(canvas, (struct rect){row, 1, ROWS_MAX, canvas->columns - 1},
                                remarks[i].role, remarks[i].text);
    return row;
}

static int explanation_rows(const struct app *app, size_t index)
{
    struct remark remarks[REMARKS_MAX];
    size_t count = list_remarks(app, index, remarks);
    int rows = parameter_rows(app, index);
    for (size_t i = 0; i < count; i++)
        rows += app_wrapped_rows(remarks[i].text, REMARK_ROWS_MAX, app->columns - 1, app->charset);
    return rows;
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

const char *fit_table_hidden_latency(const struct app *app)
{
    const struct fit_text *text = text_of_row(app, app->fit.row);
    int room = app_layout(app).detail.rows - 2 - (int)app->fit.laboratory->fit_count - 1;
    bool hidden = room < parameter_rows(app, app->fit.row) + 1;
    return text && hidden ? text->latency : "";
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
    /* What the selected fit warns of comes before the sentence, the first lines of which stay. */
    int kept =
        app_wrapped_rows(app->fit.texts->sentence, SENTENCE_ROWS_KEPT, area.columns, app->charset);
    int explained = explanation_rows(app, app->fit.row);
    if (explained > area.rows - kept)
        explained = area.rows > kept ? area.rows - kept : 0;
    draw_explanation(app, canvas, (struct rect){area.row, area.column, explained, area.columns});
    if (area.rows > 1)
        app_draw_wrapped(
            canvas,
            (struct rect){area.row + explained, area.column, area.rows - explained, area.columns},
            ROLE_TEXT, app->fit.texts->sentence);
}
