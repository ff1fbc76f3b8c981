/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing the list of figures. */
#include "ui/view/fit_figures.h"

#include "report/figures.h"
#include "ui/view/figure_rows.h"
#include "ui/view/fit_table.h"

enum { HEAD_ROWS = 2, WORDS_ROWS_MAX = 8 };

static size_t find_figures(const struct app *app, struct figure figures[FIGURES_MAX])
{
    const struct fit *fit = fit_table_selected(app);
    struct curve curve = app_curve(app);
    return fit ? figures_of_fit(app->fit.laboratory, fit, figures)
               : figures_of_curve(app->fit.laboratory, &curve, figures);
}

/*
 * What is remarked on the fit and what to make of it all, in full, from row on. Returns the row
 * behind.
 */
static int draw_words(const struct app *app, struct canvas *list, int row)
{
    struct buffer sentence = {0};
    laboratory_sentence(app->fit.laboratory, &sentence);
    row = fit_table_draw_remarks(app, list, row);
    row += app_draw_wrapped(list, (struct rect){row, 1, WORDS_ROWS_MAX, list->columns - 1},
                            ROLE_TEXT, buffer_string(&sentence));
    buffer_done(&sentence);
    return row;
}

/* The list on a canvas of the caller's, moved up by top rows. Returns all its rows. */
static int draw_list(const struct app *app, struct canvas *list, int top)
{
    struct figure figures[FIGURES_MAX];
    size_t count = find_figures(app, figures);
    int row = -top;
    for (size_t i = 0; i < count; i++)
        row += figure_rows_draw(list, row, &figures[i]);
    return draw_words(app, list, row + 1) + top;
}

static struct rect body_of(const struct layout *layout)
{
    struct rect body = layout->main;
    body.rows += layout->detail.rows;
    return body;
}

/* The first row to show of the one asked for, so that the last page is full; and all rows. */
static int top_of(const struct app *app, int asked, int shown, int columns, int *rows)
{
    struct canvas list;
    canvas_init(&list, 1, columns, app->charset);
    *rows = draw_list(app, &list, 0);
    canvas_done(&list);
    int last = *rows > shown ? *rows - shown : 0;
    return asked < 0 ? 0 : asked > last ? last : asked;
}

static int rows_shown(const struct app *app)
{
    struct layout layout = layout_compute(app->rows, app->columns, VIEW_FIT, fit_table_rows(app));
    return body_of(&layout).rows - HEAD_ROWS;
}

void fit_figures_scroll(struct app *app, bool down)
{
    int rows, shown = rows_shown(app);
    int asked = (int)app->fit.figure_top + (down ? shown - 1 : 1 - shown);
    app->fit.figure_top = (size_t)top_of(app, asked, shown, app->columns, &rows);
}

static void draw_head(const struct app *app, struct canvas *canvas, struct rect line)
{
    const struct fit *fit = fit_table_selected(app);
    size_t points = app->fit.laboratory->points.count;
    if (fit)
        canvas_print(canvas, line.row, line.column + 1, line.columns - 1, ROLE_TITLE,
                     "%s: %s; n = %zu points, p = %zu parameters", fit_model_name(fit->model),
                     laboratory_status_name(app->fit.laboratory, fit), points, fit->p);
    else
        canvas_print(canvas, line.row, line.column + 1, line.columns - 1, ROLE_TITLE,
                     "The current curve, judged by n = %zu points", points);
}

/* Under the head: which lines are shown, the first, the last, of how many. */
static void draw_place(const struct app *app, struct canvas *canvas, struct rect body,
                       const int lines[3])
{
    struct buffer words = {0};
    buffer_print(&words, "lines %d to %d of %d; %s and %s show the others", lines[0], lines[1],
                 lines[2], app_key_name(app, ACTION_PAGE_UP).chars,
                 app_key_name(app, ACTION_PAGE_DOWN).chars);
    app_draw_words(canvas, (struct rect){body.row + 1, body.column + 1, 1, body.columns - 1},
                   ROLE_DIM, words.bytes);
    buffer_done(&words);
}

void fit_figures_draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct rect body = body_of(layout);
    struct canvas list;
    int rows, shown = body.rows - HEAD_ROWS;
    int top = top_of(app, (int)app->fit.figure_top, shown, body.columns, &rows);
    draw_head(app, canvas, body);
    if (rows > shown)
        draw_place(app, canvas, body, (const int[]){top + 1, top + shown, rows});
    canvas_init(&list, shown, body.columns, app->charset);
    draw_list(app, &list, top);
    canvas_copy(canvas, body.row + HEAD_ROWS, body.column, &list);
    canvas_done(&list);
}

static void go_to_row(struct app *app, size_t row)
{
    int rows;
    app->fit.figure_top = (size_t)top_of(app, (int)row, rows_shown(app), app->columns, &rows);
}

void fit_figures_text(const struct app *app, struct search_text *out)
{
    struct canvas list;
    int rows;
    top_of(app, 0, 1, app->columns, &rows);
    canvas_init(&list, rows, app->columns, app->charset);
    draw_list(app, &list, 0);
    canvas_export_text(&list, false, &out->lines);
    canvas_done(&list);
    out->at = app->fit.figure_top;
    out->go = go_to_row;
}
