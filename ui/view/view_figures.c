/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of the view below, each explained: value, formula, and what went in. */
#include "report/figures.h"
#include "ui/app.h"
#include "ui/view/compare_details.h"
#include "ui/view/figure_rows.h"
#include "ui/view/overlay_table.h"

static const struct view view_figures;

/* The view whose figures are explained: it stands below this one, and below its help. */
static const struct view *view_below(const struct app *app)
{
    size_t place = app->view_count;
    while (place > 1 &&
           (app->views[place - 1] == &view_figures || app->views[place - 1] == &view_help))
        place--;
    return app->views[place - 1];
}

static size_t find_figures(const struct app *app, struct figure figures[FIGURES_MAX])
{
    const struct compared_curve *pair;
    if (view_below(app) == &view_compare) {
        pair = compare_details_curve(app);
        return pair ? figures_of_pair(pair, app->compare.cursor, app->compare.point, figures) : 0;
    }
    if (view_below(app)->id == VIEW_OVERLAY) {
        struct overlaid_curve curves[COMPARE_CALIBRATIONS_MAX];
        size_t count = overlay_curves(&app->overlay, curves);
        return figures_of_overlay(curves, count, app->overlay.cursor, figures);
    }
    struct curve curve = app_curve(app);
    double flops = app->curves.cursor;
    if (view_below(app) == &view_tune && curve.count > 0)
        flops = curve.breakpoints[app->tune.breakpoint].flops;
    struct readout readout = {app_source(app), curve, app->charset,
                              app_peak(app, app->file, app_source(app)->bandwidth), 0};
    return figures_of_readout(&readout, flops, figures);
}

/*
 * Draws the list on a canvas of the caller's, moved up by top rows. Returns how many rows it has.
 * starts (NULL: not wanted) gets the row at which each figure begins.
 */
static int draw_list(const struct app *app, struct canvas *list, int top, int *starts)
{
    struct figure figures[FIGURES_MAX];
    size_t count = find_figures(app, figures);
    int row = -top;
    for (size_t i = 0; i < count; i++) {
        if (starts)
            starts[i] = row + top;
        row += figure_rows_draw(list, row, &figures[i]);
    }
    if (count == 0)
        canvas_text(list, row++, 2, list->columns - 2, ROLE_DIM, "There are no figures here");
    return row + top;
}

static int count_rows(const struct app *app, int columns, int *starts)
{
    struct canvas list;
    canvas_init(&list, 1, columns, app->charset);
    int rows = draw_list(app, &list, 0, starts);
    canvas_done(&list);
    return rows;
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct canvas list;
    canvas_init(&list, layout->main.rows, layout->main.columns, app->charset);
    draw_list(app, &list, (int)app->figure_top, NULL);
    canvas_copy(canvas, layout->main.row, layout->main.column, &list);
    canvas_done(&list);
}

static void hint(const struct app *app, struct buffer *out)
{
    struct layout layout = app_layout(app);
    int rows = count_rows(app, layout.main.columns, NULL);
    if (rows > layout.main.rows)
        buffer_print(out, "%s %s scroll: %d of %d lines   ", app_key_name(app, ACTION_DOWN).chars,
                     app_key_name(app, ACTION_UP).chars, layout.main.rows, rows);
    buffer_print(out, "Figures as of the cursor or the selected point; %s or %s: back",
                 app_key_name(app, ACTION_EXPLAIN).chars, app_key_name(app, ACTION_BACK).chars);
}

/* The farthest that the list can be scrolled to. */
static size_t last_top(const struct app *app)
{
    struct layout layout = app_layout(app);
    int spare = count_rows(app, layout.main.columns, NULL) - layout.main.rows;
    return spare > 0 ? (size_t)spare : 0;
}

static bool act(struct app *app, enum action action)
{
    if (action == ACTION_EXPLAIN) {
        app_back(app);
        return true;
    }
    return app_scroll(app, action, &app->figure_top, last_top(app));
}

static void go_to_figure(struct app *app, size_t figure)
{
    int starts[FIGURES_MAX] = {0};
    count_rows(app, app_layout(app).main.columns, starts);
    app_scroll_to((size_t)starts[figure], &app->figure_top, last_top(app));
}

/* Fills out with a line for each figure, which has all that is said of it. */
static bool searched(const struct app *app, struct search_text *out)
{
    struct figure figures[FIGURES_MAX];
    int starts[FIGURES_MAX] = {0};
    size_t count = find_figures(app, figures);
    count_rows(app, app_layout(app).main.columns, starts);
    for (size_t i = 0; i < count; i++) {
        search_add_line(out, "%s %s %s %s", figures[i].name, figures[i].formula, figures[i].inputs,
                        figures[i].reason);
        if (starts[i] <= (int)app->figure_top)
            out->at = i;
    }
    out->go = go_to_figure;
    return count > 0;
}

static bool has_figures(const struct view *view)
{
    return view == &view_fit || view == &view_curves || view == &view_tune ||
           view == &view_compare || view->id == VIEW_OVERLAY;
}

bool figures_below_help(const struct app *app)
{
    const struct view *view = app->views[app->view_count - 2];
    return has_figures(view) || view == &view_figures;
}

void figures_start(struct app *app)
{
    app->figure_top = 0;
    bool help = app_view(app) == &view_help;
    const struct view *view = app->views[app->view_count - (help ? 2 : 1)];
    bool has = has_figures(view);
    if (help && (has || view == &view_figures)) /* help makes room: it has been read */
        app_back(app);
    if (view == &view_fit) {
        app->fit.figures = true;
        app->fit.figure_top = 0;
    } else if (has) {
        app_enter(app, &view_figures);
    } else if (view != &view_figures) {
        app_say(app, ROLE_TEXT, "That view has no figures to explain");
    }
}

static const struct view view_figures = {
    .id = VIEW_FIGURES, .draw = draw, .act = act, .hint = hint, .searched = searched};
