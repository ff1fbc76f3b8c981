/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adopting fits: as breakpoints, or as the model's own curve_type after a word on readers. */
#include "ui/view/fit_adopt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "compare/range.h"
#include "report/adoption.h"
#include "report/symbol.h"
#include "ui/view/fit_make.h"
#include "ui/view/fit_table.h"

/* The version of the curve that a fit makes. NULL, with a message, where no file could hold it. */
static struct curve_version *make_version(struct app *app, const struct fit *fit, bool as_model)
{
    struct adoption adoption = {.sampling.tolerance = app->fit.tolerance, .as_model = as_model};
    double bad = NAN;
    if (!calibration_curve_range(app_source(app), &adoption.sampling.low,
                                 &adoption.sampling.high)) {
        app_say(app, ROLE_WARNING,
                "Not adopted: the curve has neither points nor a range of sizes");
        return NULL;
    }
    struct curve_version *version = adoption_version(fit, &adoption, &bad);
    if (!version) {
        char size[NUMBER_TEXT_MAX];
        number_print_si(bad, 3, size);
        const char *name = fit_model_name(fit->model);
        if (isnan(bad))
            app_say(app, ROLE_WARNING, "%s has no parameters to adopt", name);
        else if (app->fit.positive)
            app_say(app, ROLE_WARNING, "Not adopted: %s is not positive at %s", name, size);
        else
            app_say(app, ROLE_WARNING,
                    "Not adopted: %s is not positive at %s; %s holds fits positive", name, size,
                    app_key_name(app, ACTION_POSITIVE).chars);
    }
    return version;
}

static void say_adopted(struct app *app, const struct fit *fit, size_t count, bool as_model)
{
    const char *without = session_current(app->file->session, app->curve)->without;
    const char *comma = without ? ", " : "";
    without = without ? without : "";
    bool doubtful = fit->status != FIT_OK;
    const char *name = fit_model_name(fit->model);
    struct key_name undo = app_key_name(app, ACTION_UNDO), save = app_key_name(app, ACTION_SAVE);
    if (as_model)
        app_say(app, ROLE_WARNING,
                "Adopted as %s with %zu breakpoints%s%s: not for every reader; %s undoes, %s saves",
                name, count, comma, without, undo.chars, save.chars);
    else
        app_say(app, doubtful ? ROLE_WARNING : ROLE_GOOD,
                "Adopted %s%s as %zu breakpoints%s%s; %s undoes, %s saves", name,
                doubtful ? " although it is not ok" : "", count, comma, without, undo.chars,
                save.chars);
}

/* "most at 256: 8.103e-05 -> 1.261e-06, 1/64.3"; nothing where the two do not compare. */
static void append_change(const struct app *app, const struct curve_version *version,
                          struct buffer *out)
{
    struct curve before = app_curve(app), after = version_curve(version);
    struct compare_range change = {.max_ratio = NAN};
    double low, high;
    char size[NUMBER_TEXT_MAX], from[NUMBER_TEXT_MAX], to[NUMBER_TEXT_MAX], by[NUMBER_TEXT_MAX];
    if (calibration_curve_range(app_source(app), &low, &high))
        compare_range(&before, &after, low, high, &change);
    if (isnan(change.max_ratio))
        return;
    bool less = change.max_ratio < 1;
    number_print_si(change.max_ratio_flops, 3, size);
    number_print_short(curve_evaluate(&before, change.max_ratio_flops), 3, from);
    number_print_short(curve_evaluate(&after, change.max_ratio_flops), 3, to);
    number_print_short(less ? 1 / change.max_ratio : change.max_ratio, 3, by);
    buffer_print(out, ", and changes most at %s: %s %s %s, %s%s", size, from,
                 symbol(SYMBOL_ARROW, app->charset), to, less ? "1/" : "x", by);
}

/* A fit that is not ok looks like another once it is breakpoints, so this asks once. */
static bool is_meant(struct app *app, const struct fit *fit, const struct curve_version *version)
{
    if (fit->status == FIT_OK || app_is_confirmed(app, ACTION_ADOPT))
        return true;
    struct buffer change = {0};
    append_change(app, version, &change);
    app_ask_twice(app, ACTION_ADOPT, "%s is %s%s. %s again adopts it", fit_model_name(fit->model),
                  fit_status_name(fit->status), buffer_string(&change),
                  app_key_name(app, ACTION_ADOPT).chars);
    buffer_done(&change);
    return false;
}

static void adopt(struct app *app, const struct fit *fit, bool as_model)
{
    struct curve_version *version = make_version(app, fit, as_model);
    if (!version)
        return;
    if (!is_meant(app, fit, version)) {
        version_free(version);
        return;
    }
    size_t count = version->count;
    struct buffer without = {0};
    if (adoption_tell_left_out(app->fit.laboratory, app_source(app), &without))
        version->without = buffer_take(&without);
    char *what =
        memory_print("adopted %s%s", fit_model_name(fit->model), as_model ? " as curve_type" : "");
    if (app_commit(app, version, what)) {
        say_adopted(app, fit, count, as_model);
        app->tune.breakpoint = 0;
        app_back(app);
    }
    free(what);
}

void fit_adopt(struct app *app)
{
    const struct fit *fit = fit_table_selected(app);
    if (fit)
        adopt(app, fit, false);
    else
        app_back(app);
}

/* Reads a tolerance, "0.5" or "0.5 %". False, and asked again, where it is none. */
static bool take_tolerance(struct app *app, const char *text)
{
    double percent;
    size_t length = strcspn(text, " %");
    if (!number_parse(text, length, &percent) || !(percent > 0) || !(percent <= 50)) {
        app_ask_again(app, "A tolerance is a percentage above 0, and up to 50, such as 1 or 0.2");
        return false;
    }
    app->fit.tolerance = percent / 100;
    fit_make_tell_again(app);
    return true;
}

static void ask_for_tolerance(struct app *app, const char *label,
                              void (*accept)(struct app *app, const char *text))
{
    char percent[NUMBER_TEXT_MAX];
    number_print_short(100 * app->fit.tolerance, 6, percent);
    app_offer(app, label, percent, accept);
}

static void accept_tolerance(struct app *app, const char *text)
{
    if (take_tolerance(app, text))
        app_say(app, ROLE_TEXT, "Breakpoints of an adopted fit stay within %g %% of the model",
                100 * app->fit.tolerance);
}

void fit_ask_tolerance(struct app *app)
{
    ask_for_tolerance(
        app, "Breakpoints of an adopted fit stay within, in % of the model: ", accept_tolerance);
}

static void accept_as_model(struct app *app, const char *text)
{
    if (take_tolerance(app, text))
        adopt(app, fit_table_selected(app), true);
}

void fit_ask_as_model(struct app *app)
{
    const struct fit *fit = fit_table_selected(app);
    const char *name = fit ? fit_model_name(fit->model) : "";
    if (!fit || fit->breakpoint_count) {
        app_say(app, ROLE_TEXT, "Every reader knows piecewise_linear: %s adopts it as it is",
                app_key_name(app, ACTION_ADOPT).chars);
    } else if (fit->status != FIT_OK) {
        app_say(app, ROLE_WARNING,
                "Not as its own curve_type: %s is %s. %s takes its breakpoints alone", name,
                fit_status_name(fit->status), app_key_name(app, ACTION_ADOPT).chars);
    } else {
        buffer_truncate(&app->asked.label, 0);
        buffer_print(&app->asked.label,
                     "The field's loader DROPS a %s curve. Adopt within %%: ", name);
        ask_for_tolerance(app, app->asked.label.bytes, accept_as_model);
    }
}
