/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fits in hand, made or found again, and the way back where making them was stopped. */
#include "ui/view/fit_make.h"

#include <string.h>

#include "base/clock.h"
#include "ui/app.h"
#include "ui/view/fit_pages.h"
#include "ui/view/fit_texts.h"

bool *fit_left_out(const struct app *app)
{
    return app->file->left_out[app->curve];
}

static void free_made(struct fit_made *made)
{
    laboratory_free(made->laboratory);
    fit_texts_free(made->texts);
    *made = (struct fit_made){0};
}

static void tell_again(const struct app *app, const struct laboratory *laboratory,
                       struct fit_texts **texts)
{
    if (!laboratory)
        return;
    fit_texts_free(*texts);
    *texts = fit_texts_new(laboratory, app->fit.tolerance, app->charset);
}

void fit_make_tell_again(struct app *app)
{
    tell_again(app, app->fit.laboratory, &app->fit.texts);
    for (size_t i = 0; i < FITS_EARLIER; i++)
        tell_again(app, app->fit.earlier[i].laboratory, &app->fit.earlier[i].texts);
}

void fit_make_forget(struct app *app)
{
    struct fit_made now = {app->fit.laboratory, app->fit.texts};
    fit_pages_forget(app);
    free_made(&now);
    for (size_t i = 0; i < FITS_EARLIER; i++)
        free_made(&app->fit.earlier[i]);
    app->fit.laboratory = NULL;
    app->fit.texts = NULL;
}

static bool keep_going(void *context, const struct fit_model *model)
{
    struct app *app = context;
    return app->fitting.keep_going(app, model);
}

static struct laboratory_options options_now(const struct app *app)
{
    return (struct laboratory_options){
        .left_out = fit_left_out(app), .weights = app->fit.weights, .fit = fit_pages_options(app)};
}

/* Makes the fits. Weights that the points do not have are dropped, and a message says so. */
static struct fit_made make(struct app *app)
{
    struct error error;
    struct laboratory *laboratory;
    struct laboratory_options options = options_now(app);
    options.fit.keep_going = app->fitting.keep_going ? keep_going : NULL;
    options.fit.context = app;
    app->fitting.stopped = false;
    app->fitting.since = clock_now();
    app->fitting.told = app->fitting.since;
    if (laboratory_new(app_source(app), &options, &laboratory, &error)) {
        app_say(app, ROLE_WARNING, "Fitted without weights. Refused: %s", error.message);
        app->fit.weights = options.weights = LABORATORY_UNWEIGHTED;
        laboratory_new(app_source(app), &options, &laboratory, NULL);
    }
    return (struct fit_made){laboratory,
                             fit_texts_new(laboratory, app->fit.tolerance, app->charset)};
}

/*
 * Takes the fits that would now be made out of the earlier ones, where they are among these; else
 * zeros.
 */
static struct fit_made find(struct app *app)
{
    struct fit_made *earlier = app->fit.earlier, found;
    struct laboratory_options options = options_now(app);
    for (size_t i = 0; i < FITS_EARLIER && earlier[i].laboratory; i++) {
        if (!laboratory_is_of(earlier[i].laboratory, app_source(app), &options))
            continue;
        found = earlier[i];
        memmove(earlier + i, earlier + i + 1, (FITS_EARLIER - 1 - i) * sizeof *earlier);
        earlier[FITS_EARLIER - 1] = (struct fit_made){0};
        return found;
    }
    return (struct fit_made){0};
}

/* The fits in hand become the first of the earlier ones. */
static void set_aside(struct app *app)
{
    struct fit_made *earlier = app->fit.earlier;
    fit_pages_forget(app);
    if (!app->fit.laboratory)
        return;
    free_made(&earlier[FITS_EARLIER - 1]);
    memmove(earlier + 1, earlier, (FITS_EARLIER - 1) * sizeof *earlier);
    earlier[0] = (struct fit_made){app->fit.laboratory, app->fit.texts};
}

/* Back to what the fits on the screen were made with. */
static void restore_settings(struct app *app)
{
    const struct laboratory *laboratory = app->fit.laboratory;
    const struct fit_options *made = &laboratory->made.fit;
    app->fit.breakpoints = made->breakpoints;
    app->fit.robust = made->robust;
    app->fit.floor = made->floor;
    app->fit.monotone = made->monotone;
    app->fit.positive = made->positive;
    app->fit.weights = laboratory->made.weights;
    for (size_t i = 0; i < app_source(app)->means.count; i++)
        fit_left_out(app)[i] = true;
    for (size_t i = 0; i < laboratory->points.count; i++)
        fit_left_out(app)[laboratory->places[i]] = false;
}

bool fit_make_again(struct app *app)
{
    struct fit_made now = find(app);
    if (!now.laboratory)
        now = make(app);
    bool stopped = now.laboratory->stopped;
    if (stopped && app->fit.laboratory) {
        free_made(&now);
        restore_settings(app);
        app_say(app, ROLE_WARNING, "Stopped: these are the fits from before");
        return false;
    }
    set_aside(app);
    app->fit.curve = app->curve;
    app->fit.laboratory = now.laboratory;
    app->fit.texts = now.texts;
    if (stopped)
        app_say(app, ROLE_WARNING, "Stopped: the fits are not complete");
    return !stopped;
}
