/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way back to where the user was. */
#include "ui/whereabouts.h"

#include "ui/app.h"

struct whereabouts whereabouts_now(const struct app *app)
{
    struct whereabouts place = {.view = app_view(app)->id, .file = app->file, .curve = app->curve};
    place.breakpoint = app->tune.breakpoint;
    if (place.view == VIEW_COMPARE) {
        place.a = app->compare.a;
        place.b = app->compare.b;
    }
    return place;
}

/* Goes to the curves of the place. False where it had none, or they are gone. */
static bool return_to_curves(struct app *app, const struct whereabouts *place)
{
    const enum view_id without_file = VIEW_BROWSE | VIEW_MATRIX | VIEW_TOUR;
    if (!place->file || (place->view & without_file) || !app_take_file(app, place->file))
        return false;
    if (place->curve < place->file->calibration->curve_count)
        app_take_curve(app, place->curve);
    app_enter(app, &view_curves);
    return true;
}

void whereabouts_return(struct app *app, const struct whereabouts *place)
{
    if (place->view == VIEW_COMPARE) {
        compare_start(app, place->a, place->b);
    } else if (app->view_count == 1 && return_to_curves(app, place) && place->view == VIEW_TUNE) {
        tune_start(app);
        if (place->breakpoint < app_curve(app).count)
            app->tune.breakpoint = place->breakpoint;
    }
}
