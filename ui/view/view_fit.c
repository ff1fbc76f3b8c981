/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fit laboratory: all models side by side over the points that take part. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "report/readout.h"
#include "report/symbol.h"
#include "ui/app.h"
#include "ui/view/fit_adopt.h"
#include "ui/view/fit_figures.h"
#include "ui/view/fit_make.h"
#include "ui/view/fit_pages.h"
#include "ui/view/fit_table.h"

/* The row of the fit that Enter should adopt: the best that can be saved, else the first. */
static size_t row_to_adopt(const struct laboratory *laboratory)
{
    size_t row = 1;
    for (size_t i = laboratory->fit_count; i-- > 0;)
        if (laboratory->fits[i]->status == FIT_OK &&
            laboratory_can_save(laboratory, laboratory->fits[i]))
            row = 1 + i;
    for (size_t i = 0; i < laboratory->fit_count; i++)
        if (laboratory_holds_up(laboratory, laboratory->fits[i]))
            row = 1 + i;
    return row;
}

static void fit_afresh(struct app *app)
{
    fit_make_forget(app);
    app->fit = (struct fit_state){.tolerance = 0.01};
    fit_make_again(app);
    app->fit.row = row_to_adopt(app->fit.laboratory);
}

void fit_start(struct app *app)
{
    fit_afresh(app);
    app_enter(app, &view_fit);
}

/* Fits anew where undo has put another curve in hand. */
static void follow(struct app *app)
{
    if (app->fit.curve != app->curve)
        fit_afresh(app);
    fit_pages_follow(app);
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    if (app->fit.figures) {
        fit_figures_draw(app, canvas, layout);
        return;
    }
    plot_pane_draw(app, canvas, layout);
    if (app->fit.page == FIT_PAGE_INFLUENCE)
        fit_pages_draw_points(app, canvas, layout->detail);
    else
        fit_table_draw(app, canvas, layout->detail);
}

/* What the selected point does to the selected fit. */
static void append_influence(const struct app *app, struct buffer *out)
{
    const struct fit *fit = fit_table_selected(app);
    const struct laboratory *laboratory = app->fit.laboratory;
    for (size_t i = 0; fit && i < laboratory->points.count; i++) {
        char said[NUMBER_TEXT_MAX], leverage[NUMBER_TEXT_MAX];
        if (laboratory->places[i] != app->fit.point)
            continue;
        const char *outlier = fit_is_outlier(fit, i) ? " (OUTLIER)" : "";
        number_print_short(fit->leverages[i], 2, leverage);
        if (fit->robust_weights) {
            bool none = fit->robust_weights[i] < 1e-6;
            number_print_short(none ? 0 : fit->robust_weights[i], 2, said);
            buffer_print(out, "; robust weight %s%s, leverage %s", said, outlier, leverage);
        } else {
            number_print_short(fit->deleted_residuals[i], 3, said);
            buffer_print(out, "; deleted residual %s%s, leverage %s", said, outlier, leverage);
        }
    }
}

enum { NARROW = 60 }; /* columns, below which the status line has room for one thing */

static void hint(const struct app *app, struct buffer *out)
{
    const struct calibration_curve *source = app_source(app);
    size_t out_count = 0;
    char size[NUMBER_TEXT_MAX], mean[NUMBER_TEXT_MAX];
    if (app->fit.figures) {
        buffer_print(out, "%s %s: another fit; %s or %s: back to the plot",
                     app_key_name(app, ACTION_DOWN).chars, app_key_name(app, ACTION_UP).chars,
                     app_key_name(app, ACTION_FIGURES).chars, app_key_name(app, ACTION_BACK).chars);
        return;
    }
    if (source->means.count == 0) {
        buffer_append_string(out, "This curve has no data points to fit");
        return;
    }
    for (size_t i = 0; i < source->means.count; i++)
        out_count += fit_left_out(app)[i];
    const char *latency = fit_table_hidden_latency(app);
    if (*latency && app->columns < NARROW) {
        buffer_append(out, latency, strcspn(latency, ";"));
        return;
    }
    buffer_print(out, "%s%s", latency, *latency ? "; " : "");
    const struct data_point *point = &source->points[app->fit.point];
    number_print_si(point->flops, 3, size);
    number_print_short(point->mean, 4, mean);
    buffer_print(out, "point %zu at %s, %s, %s%s", point->index, size, mean,
                 point_source_name(point->source),
                 fit_left_out(app)[app->fit.point] ? ", left out" : "");
    if (app->fit.page == FIT_PAGE_INFLUENCE)
        fit_pages_append_shift(app, out);
    else
        append_influence(app, out);
    if (out_count)
        buffer_print(out, "   %zu of %zu points left out", out_count, source->means.count);
}

/* What the fits are made with, where that is not the plain least squares of every point. */
static void title(const struct app *app, struct buffer *out)
{
    const struct fit_state *state = &app->fit;
    const char *const settings[] = {
        state->weights ? "weights" : NULL,
        state->weights ? laboratory_weights_name(state->weights) : NULL,
        state->robust ? "robust" : NULL,
        state->floor ? "floor" : NULL,
        state->monotone ? "non-decreasing" : NULL,
        state->positive ? "positive" : NULL,
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (settings[i])
            buffer_print(out, "  %s", settings[i]);
}

static void accept_source(struct app *app, const char *text)
{
    const struct calibration_curve *source = app_source(app);
    size_t matched = 0, out_before = 0;
    for (size_t i = 0; i < source->means.count; i++)
        if (strncmp(text, point_source_name(source->points[i].source), strlen(text)) == 0) {
            matched++;
            out_before += fit_left_out(app)[i];
        }
    if (!*text || matched == 0) {
        app_ask_again(app, "No point comes from \"%.200s\"", text);
        return;
    }
    for (size_t i = 0; i < source->means.count; i++)
        if (strncmp(text, point_source_name(source->points[i].source), strlen(text)) == 0)
            fit_left_out(app)[i] = out_before < matched;
    if (!fit_make_again(app))
        return;
    app_say(app, ROLE_TEXT, "%zu points %s", matched,
            out_before < matched ? "left out" : "taken back");
}

static void ask_source(struct app *app)
{
    size_t counts[POINT_SOURCE_COUNT] = {0};
    struct buffer names = {0};
    for (size_t i = 0; i < app_source(app)->means.count; i++)
        counts[app_source(app)->points[i].source]++;
    readout_sources(counts, &names);
    app_ask(app, "Leave out or take back all points of source: ",
            strchr(buffer_string(&names), '+') ? "" : buffer_string(&names), accept_source);
    buffer_done(&names);
}

static void toggle_point(struct app *app)
{
    if (app_source(app)->means.count == 0)
        return;
    fit_left_out(app)[app->fit.point] = !fit_left_out(app)[app->fit.point];
    fit_make_again(app);
}

/* The table's row of the model that has breakpoints to choose. */
static size_t piecewise_row(const struct app *app)
{
    size_t row = 1;
    while (app->fit.laboratory->fits[row - 1]->model != fit_model_find("piecewise_linear"))
        row++;
    return row;
}

/* Changes the number of breakpoints in the piecewise fit, from that which the table shows. */
static void change_breakpoints(struct app *app, int by)
{
    size_t piecewise = piecewise_row(app) - 1,
           fitted = app->fit.laboratory->fits[0]->statistics.count;
    size_t now = app->fit.breakpoints;
    if (now == 0)
        now = app->fit.laboratory->fits[piecewise]->breakpoint_count;
    if (now < 2)
        now = 2;
    if ((by < 0 && now <= 2) || (by > 0 && now >= FIT_BREAKPOINTS_MAX)) {
        app_say(app, ROLE_TEXT, "%d breakpoints are the %s that a piecewise_linear fit takes",
                by < 0 ? 2 : FIT_BREAKPOINTS_MAX, by < 0 ? "fewest" : "most");
        return;
    }
    size_t wanted = by < 0 ? now - 1 : now + 1;
    if (by > 0 && 2 * wanted - 2 > fitted) {
        app_say(app, ROLE_WARNING,
                "%zu breakpoints have %zu parameters, more than there are points", wanted,
                2 * wanted - 2);
        return;
    }
    app->fit.breakpoints = wanted;
    app->fit.row = piecewise + 1;
    fit_make_again(app);
}

static void next_weights(struct app *app)
{
    static const char *const words[] = {
        "every point counts the same", "1/std\u00b2: points that vary less count more",
        "1/mean\u00b2: relative errors count; far too low is 100 % off, however long its latency"};
    app->fit.weights = (enum laboratory_weights)((app->fit.weights + 1) % LABORATORY_WEIGHTS);
    enum laboratory_weights asked = app->fit.weights;
    if (fit_make_again(app) && app->fit.weights == asked)
        app_say(app, ROLE_TEXT, "Weights %s: %s", laboratory_weights_name(asked), words[asked]);
}

static void toggle_robust(struct app *app)
{
    app->fit.robust = !app->fit.robust;
    if (!fit_make_again(app))
        return;
    if (app->fit.robust)
        app_say(app, ROLE_TEXT, "Robust: %s %s show what is left of each point's weight",
                app_key_name(app, ACTION_POINT_LEFT).chars,
                app_key_name(app, ACTION_POINT_RIGHT).chars);
    else
        app_say(app, ROLE_TEXT, "Least squares: every point has its say");
}

/*
 * Gives the sigmoid a fourth parameter, or takes it away. It is worth that only where the
 * efficiency of small operations levels off above 0.
 */
static void toggle_floor(struct app *app)
{
    app->fit.floor = !app->fit.floor;
    if (!fit_make_again(app))
        return;
    app_say(app, ROLE_TEXT,
            app->fit.floor ? "Sigmoid with a free floor: one parameter more, a higher AICc to beat"
                           : "Sigmoid with a floor of 0");
}

/* Says what holding the fits to something has cost the selected one. */
static void toggle_constraint(struct app *app, bool *constraint, const char *on, const char *off)
{
    *constraint = !*constraint;
    if (!fit_make_again(app))
        return;
    const struct fit *fit = fit_table_selected(app);
    if (!*constraint)
        app_say(app, ROLE_TEXT, "%s", off);
    else if (fit && fit_constraint_is_active(fit) && fit->warning_count)
        app_say(app, ROLE_TEXT, "%s", fit->warnings[0]);
    else
        app_say(app, ROLE_TEXT, "%s: nothing stands in the way of the selected fit", on);
}

/* Why the selected fit shows no band of the kind asked for; NULL where it shows it. */
static const char *lack_of_band(const struct fit *fit, enum scene_band band)
{
    if (fit && fit->robust_weights)
        return "has no band: nothing says how far a robust fit is known";
    if (fit && fit_constraint_is_active(fit))
        return "has no band: it is held to a constraint, and not at its own optimum";
    if (!fit || !fit->covariance)
        return "has no band: the points do not determine it";
    if (isnan(fit->standard_error))
        return "has no band: as many parameters as points leave nothing to tell the scatter from";
    if (band == SCENE_BAND_PREDICTION && fit->weighted)
        return "has no prediction band: nothing says what a new point would weigh";
    return NULL;
}

static void next_band(struct app *app)
{
    static const char *const words[] = {
        "No band", "Confidence band: at each size the curve is in it with 95 % confidence",
        "Prediction band: 95 % of new points at a size would be in it"};
    app->fit.band = (enum scene_band)((app->fit.band + 1) % SCENE_BANDS);
    const struct fit *fit = fit_table_selected(app);
    const char *lack = app->fit.band ? lack_of_band(fit, app->fit.band) : NULL;
    if (lack)
        app_say(app, ROLE_WARNING, "%s %s", fit ? fit_model_name(fit->model) : "The stored curve",
                lack);
    else
        app_say(app, ROLE_TEXT, "%s", words[app->fit.band]);
}

/* What the list of figures takes for itself: the pages of a list, and the way out of it. */
static bool act_on_figures(struct app *app, enum action action)
{
    switch (action) {
    case ACTION_PAGE_UP:
    case ACTION_PAGE_DOWN:
        fit_figures_scroll(app, action == ACTION_PAGE_DOWN);
        return true;
    case ACTION_BACK:
        app->fit.figures = false;
        return true;
    default:
        return false;
    }
}

/* What the fits are made with, and of which points. */
static bool act_on_settings(struct app *app, enum action action)
{
    switch (action) {
    case ACTION_LEAVE_OUT:
        toggle_point(app);
        return true;
    case ACTION_LEAVE_OUT_SOURCE:
        ask_source(app);
        return true;
    case ACTION_MORE:
        change_breakpoints(app, +1);
        return true;
    case ACTION_FEWER:
        change_breakpoints(app, -1);
        return true;
    case ACTION_AUTO:
        app->fit.breakpoints = 0;
        fit_make_again(app);
        return true;
    case ACTION_WEIGHTS:
        next_weights(app);
        return true;
    case ACTION_ROBUST:
        toggle_robust(app);
        return true;
    case ACTION_FLOOR:
        toggle_floor(app);
        return true;
    case ACTION_MONOTONE:
        toggle_constraint(app, &app->fit.monotone, "Non-decreasing", "The fits may fall again");
        return true;
    case ACTION_POSITIVE:
        toggle_constraint(app, &app->fit.positive, "Positive", "The fits may cross zero again");
        return true;
    default:
        return false;
    }
}

/* Selects the data point nearest to a size. */
static void look_at(struct app *app, double flops)
{
    const struct calibration_curve *source = app_source(app);
    for (size_t i = 0; i < source->means.count; i++)
        if (fabs(log10(source->points[i].flops / flops)) <
            fabs(log10(source->points[app->fit.point].flops / flops)))
            app->fit.point = i;
}

static bool act(struct app *app, enum action action)
{
    if (app->fit.figures && act_on_figures(app, action))
        return true;
    if (app_move(app, action, &app->fit.row, fit_model_count() + 1) || act_on_settings(app, action))
        return true;
    switch (action) {
    case ACTION_FIT_PAGE:
        fit_pages_next(app);
        return true;
    case ACTION_FIGURES:
        app->fit.figures = !app->fit.figures;
        app->fit.figure_top = 0;
        return true;
    case ACTION_POINT_LEFT:
        app->fit.point -= app->fit.point > 0;
        return true;
    case ACTION_POINT_RIGHT:
        app->fit.point += app->fit.point + 1 < app_source(app)->means.count;
        return true;
    case ACTION_BAND:
        next_band(app);
        return true;
    case ACTION_AS_MODEL:
        fit_ask_as_model(app);
        return true;
    case ACTION_TOLERANCE:
        fit_ask_tolerance(app);
        return true;
    case ACTION_ADOPT:
        fit_adopt(app);
        return true;
    default:
        return false;
    }
}

/* The table's rows below its head; on the page of influence there are points instead. */
static int item_at(const struct app *app, const struct layout *layout, int row, int column)
{
    if (app->fit.figures || app->fit.page == FIT_PAGE_INFLUENCE)
        return -1;
    return fit_table_row_at(app, layout->detail, row, column);
}

static bool select_item(struct app *app, size_t item)
{
    bool other = app->fit.row != item;
    app->fit.row = item;
    return other;
}

/* The data point nearest to the pointer; residuals stand in the columns of their points. */
static bool point(struct app *app, const struct plot_place *place, enum mouse_kind kind)
{
    const struct curve_points *means = &app_source(app)->means;
    int nearest = -1;
    if (kind != MOUSE_PRESS)
        return false;
    if (place->panel == 0)
        nearest = pointer_nearest(place, means->flops, means->efficiency, means->count);
    for (size_t i = 0; place->panel > 0 && i < means->count; i++)
        if (abs(plot_frame_column(&place->frame, means->flops[i]) - place->column) <= 1)
            nearest = (int)i;
    if (nearest >= 0)
        app->fit.point = (size_t)nearest;
    return false;
}

static bool searched(const struct app *app, struct search_text *out)
{
    if (app->fit.figures)
        fit_figures_text(app, out);
    else
        fit_table_text(app, out);
    return true;
}

const struct view view_fit = {.searched = searched,
                              .id = VIEW_FIT,
                              .draw = draw,
                              .act = act,
                              .hint = hint,
                              .title = title,
                              .leave = fit_make_forget,
                              .plot = fit_pages_plot,
                              .item_at = item_at,
                              .select = select_item,
                              .point = point,
                              .detail_rows = fit_table_rows,
                              .follow = follow,
                              .curve_name = app_curve_name,
                              .take_curve = app_take_curve,
                              .look_at = look_at};
