/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving, typing, adding, deleting breakpoints; scaling a curve; taking over another one. */
#include "ui/view/tune_edit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "ui/app.h"
#include "ui/typed_number.h"

#define FINE_DECADES 0.01
#define COARSE_DECADES 0.1
#define FINE_FACTOR 1.01
#define COARSE_FACTOR 1.1

const struct curve_version *tune_current(const struct app *app)
{
    return session_current(app->file->session, app->curve);
}

bool tune_edit_commit(struct app *app, enum status status, struct curve_version *version,
                      const struct error *error, const char *what)
{
    if (status) {
        app_say(app, ROLE_WARNING, "Refused: %s", error->message);
        return false;
    }
    const char *old_type = tune_current(app)->curve_type;
    bool parametric = old_type && strcmp(old_type, "piecewise_linear") != 0;
    if (parametric)
        app_say(app, ROLE_TEXT, "The curve was %s; edited by hand it is piecewise_linear",
                old_type);
    return app_commit(app, version, what);
}

static void nudge(struct app *app, double decades, double factor)
{
    struct curve_version *version = NULL;
    struct error error;
    char what[48];
    snprintf(what, sizeof what, "moved breakpoint %zu", app->tune.breakpoint);
    enum status status =
        edit_nudge(tune_current(app), app->tune.breakpoint, decades, factor, &version, &error);
    if (!status)
        session_settle(app->file->session, app->curve, app->tune.breakpoint, &version);
    tune_edit_commit(app, status, version, &error, what);
}

/* A number as the prompt offers it: six digits, which stand for the value's every digit. */
static void offer(double value, char text[NUMBER_TEXT_MAX])
{
    number_print_repr(number_round(value, EDIT_DIGITS), text);
}

/* Whether a side of SIZE:EFFICIENCY leaves value as it is: it is empty, or as it was offered. */
static bool side_stays(const char *text, size_t length, double value)
{
    char offered[NUMBER_TEXT_MAX];
    offer(value, offered);
    return strspn(text, " ") >= length ||
           (strlen(offered) == length && memcmp(text, offered, length) == 0);
}

static enum status parse_breakpoint(const char *text, struct breakpoint *value, struct error *error)
{
    size_t length = strcspn(text, ":");
    const char *rest = text[length] ? text + length + 1 : "";
    enum status status = STATUS_OK;
    if (strchr(rest, ':'))
        return error_set(error, STATUS_REFUSED, "There is one colon too many");
    if (!side_stays(text, length, value->flops))
        status = typed_number_read("The size", "250M or 1.5e9", text, length, &value->flops, error);
    if (!status && !side_stays(rest, strlen(rest), value->efficiency))
        status = typed_number_read("The efficiency", "0.61", rest, strlen(rest), &value->efficiency,
                                   error);
    return status;
}

static void accept_set(struct app *app, const char *text)
{
    struct curve_version *version = NULL;
    struct error error;
    char what[48];
    struct breakpoint value = tune_current(app)->breakpoints[app->tune.breakpoint];
    if (parse_breakpoint(text, &value, &error)) {
        app_ask_again(app, "%s. SIZE:EFFICIENCY is such as 250M:0.61, or :0.61", error.message);
        return;
    }
    snprintf(what, sizeof what, "set breakpoint %zu", app->tune.breakpoint);
    enum status status = edit_set(tune_current(app), app->tune.breakpoint, value, &version, &error);
    if (status)
        app_ask_again(app, "Refused: %s%s", error.message,
                      strchr(text, ':') ? "" : "; an efficiency alone is typed as :0.61");
    else
        tune_edit_commit(app, status, version, &error, what);
}

static void ask_set(struct app *app)
{
    char flops[NUMBER_TEXT_MAX], efficiency[NUMBER_TEXT_MAX], text[2 * NUMBER_TEXT_MAX + 1];
    const struct breakpoint *value = &tune_current(app)->breakpoints[app->tune.breakpoint];
    offer(value->flops, flops);
    offer(value->efficiency, efficiency);
    snprintf(text, sizeof text, "%s:%s", flops, efficiency);
    app_offer(app, "Size:efficiency ", text, accept_set);
}

static void accept_scale(struct app *app, const char *text)
{
    struct curve_version *version = NULL;
    struct error error;
    double factor;
    if (typed_number_read("The factor", "0.9", text, strlen(text), &factor, &error)) {
        app_ask_again(app, "%s", error.message);
        return;
    }
    enum status status = edit_scale(tune_current(app), factor, &version, &error);
    if (status)
        app_ask_again(app, "Refused: %s", error.message);
    else
        tune_edit_commit(app, status, version, &error, "scaled the curve");
}

/* Halfway to the next breakpoint, or to the one before at the end. */
static void insert(struct app *app)
{
    struct curve_version *version = NULL;
    struct error error;
    size_t i = app->tune.breakpoint, index = 0;
    struct curve curve = app_curve(app);
    double at = curve.breakpoints[i].flops;
    double other = curve.count == 1      ? at * 100 /* a lone one gets a neighbour */
                   : i + 1 < curve.count ? curve.breakpoints[i + 1].flops
                                         : curve.breakpoints[i - 1].flops;
    double flops = number_round(sqrt(at) * sqrt(other), 3);
    struct breakpoint value = {flops, number_round(curve_evaluate(&curve, flops), EDIT_DIGITS)};
    enum status status = edit_insert(tune_current(app), value, &version, &index, &error);
    if (tune_edit_commit(app, status, version, &error, "inserted a breakpoint"))
        app->tune.breakpoint = index;
}

static void delete_selected(struct app *app)
{
    struct curve_version *version = NULL;
    struct error error;
    char what[48];
    snprintf(what, sizeof what, "deleted breakpoint %zu", app->tune.breakpoint);
    enum status status = edit_delete(tune_current(app), app->tune.breakpoint, &version, &error);
    if (tune_edit_commit(app, status, version, &error, what) &&
        app->tune.breakpoint >= tune_current(app)->count)
        app->tune.breakpoint--;
}

static void snap(struct app *app)
{
    struct curve_version *version = NULL;
    struct error error;
    char what[48];
    snprintf(what, sizeof what, "snapped breakpoint %zu", app->tune.breakpoint);
    enum status status = edit_snap(tune_current(app), app->tune.breakpoint, &app_source(app)->means,
                                   &version, &error);
    tune_edit_commit(app, status, version, &error, what);
}

void tune_edit_take_over(struct app *app)
{
    struct error error;
    const struct side *mark = app->marks;
    if (app->mark_count == 0) {
        app_say(app, ROLE_WARNING,
                "First press %s on the calibration, or on the curve, to take over",
                app_key_name(app, ACTION_MARK).chars);
        return;
    }
    const struct calibration_curve *from =
        mark->whole ? calibration_find(mark->file->calibration, app_source(app)->name, &error)
                    : &mark->file->calibration->curves[mark->curve];
    if (!from) {
        app_say(app, ROLE_WARNING, "%s: %s", mark->file->id, error.message);
        return;
    }
    if (from->bandwidth != app_source(app)->bandwidth) {
        app_say(app, ROLE_WARNING, "%s is measured in %s, this curve in %s", from->name,
                from->bandwidth ? "bytes" : "FLOPs", from->bandwidth ? "FLOPs" : "bytes");
        return;
    }
    struct curve curve = file_curve(mark->file, file_index_of(mark->file, from));
    struct curve_version *version = version_new("piecewise_linear", curve.breakpoints, curve.count);
    char *what = memory_print("took over %s of %s", from->name, mark->file->id);
    if (app_commit(app, version, what)) {
        app->tune.breakpoint = 0;
        app_say(app, ROLE_TEXT, "Took over %s of %s; %s undoes", from->name, mark->file->id,
                app_key_name(app, ACTION_UNDO).chars);
    }
    free(what);
}

/* The moves, as one table: action, decades, factor. */
static bool act_move(struct app *app, enum action action)
{
    static const struct {
        enum action action;
        double decades, factor;
    } moves[] = {
        {ACTION_MOVE_LEFT, -FINE_DECADES, 1},       {ACTION_MOVE_RIGHT, FINE_DECADES, 1},
        {ACTION_MOVE_UP, 0, FINE_FACTOR},           {ACTION_MOVE_DOWN, 0, 1 / FINE_FACTOR},
        {ACTION_MOVE_FAR_LEFT, -COARSE_DECADES, 1}, {ACTION_MOVE_FAR_RIGHT, COARSE_DECADES, 1},
        {ACTION_MOVE_FAR_UP, 0, COARSE_FACTOR},     {ACTION_MOVE_FAR_DOWN, 0, 1 / COARSE_FACTOR},
    };
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (moves[i].action == action) {
            nudge(app, moves[i].decades, moves[i].factor);
            return true;
        }
    return false;
}

bool tune_edit_act(struct app *app, enum action action)
{
    size_t count = tune_current(app)->count;
    switch (action) {
    case ACTION_NEXT:
        app->tune.breakpoint = (app->tune.breakpoint + 1) % count;
        return true;
    case ACTION_PREVIOUS:
        app->tune.breakpoint = (app->tune.breakpoint + count - 1) % count;
        return true;
    case ACTION_EXACT:
        ask_set(app);
        return true;
    case ACTION_INSERT:
        insert(app);
        return true;
    case ACTION_DELETE:
        delete_selected(app);
        return true;
    case ACTION_SNAP:
        snap(app);
        return true;
    case ACTION_SCALE:
        app_ask(app, "Multiply all efficiencies by: ", "", accept_scale);
        return true;
    default:
        return act_move(app, action);
    }
}
