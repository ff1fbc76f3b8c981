/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file and the curve in hand. */
#include "ui/app_hand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "ui/app.h"
#include "ui/typed_number.h"

const struct calibration_curve *app_source(const struct app *app)
{
    return &app->file->calibration->curves[app->curve];
}

struct curve app_curve(const struct app *app)
{
    return file_curve(app->file, app->curve);
}

void app_take_curve(struct app *app, size_t curve)
{
    double low, high;
    app->curve = curve;
    app->tune.breakpoint = 0;
    app->curves.cursor = NAN;
    plot_pane_reset(app);
    if (calibration_curve_extent(app_source(app), &low, &high))
        app->curves.cursor = number_round(sqrt(low) * sqrt(high), 3);
}

const char *app_curve_name(const struct app *app, size_t index)
{
    const struct calibration *calibration = app->file->calibration;
    return index < calibration->curve_count ? calibration->curves[index].name : NULL;
}

void app_take_loaded(struct app *app, struct file *file, size_t curve)
{
    free(app->curves.overlay);
    app->curves.overlay =
        memory_new_array(file->calibration->curve_count, sizeof *app->curves.overlay);
    app->file = file;
    app_take_curve(app, curve);
}

bool app_take_file(struct app *app, struct file *file)
{
    if (file->calibration->curve_count == 0) {
        app_say(app, ROLE_WARNING, "%s holds no curves", file->id);
        return false;
    }
    if (app->file != file)
        app_take_loaded(app, file, remember_curve(app, file));
    return true;
}

bool app_open(struct app *app, const char *id)
{
    struct error error;
    struct file *file;
    const struct registry_entry *entry = registry_find(app->registry, id);
    if (!entry) { /* perhaps one that lies elsewhere, and was opened by its path */
        file = files_find_id(&app->files, id);
        return file && app_take_file(app, file);
    }
    if (files_open(&app->files, entry->id, entry->path, &file, &error)) {
        app_say_error(app, entry->path, &error);
        return false;
    }
    return app_take_file(app, file);
}

void app_enter_curves(struct app *app)
{
    app_enter(app, &view_curves);
    recover_offer(app);
}

bool app_commit(struct app *app, struct curve_version *version, const char *what)
{
    struct error error;
    if (version_equal(version, session_current(app->file->session, app->curve))) {
        app_say(app, ROLE_TEXT, "No change: the curve has these values already");
        version_free(version);
        return false;
    }
    enum status status = file_commit(app->file, app->curve, version, what, &error);
    if (status)
        app_say(app, ROLE_WARNING, "%s", error.message);
    return status == STATUS_OK || status == STATUS_UNSYNCED;
}

void app_warn_unwritable(struct app *app)
{
    struct error error;
    struct file *file = app->file;
    if (!file || file->unwritable_told || session_modified_count(file->session) == 0)
        return;
    file->unwritable_told = true;
    if (file_check_replaceable(file->path, &error))
        app_say(app, ROLE_WARNING, "A save would be refused: %.300s. :w PATH writes a copy",
                error.message);
}

double app_peak(const struct app *app, const struct file *file, bool bandwidth)
{
    double typed = file->peak[bandwidth];
    return isnan(typed) && !bandwidth ? app->options->peak : typed;
}

static void accept_peak(struct app *app, const char *text)
{
    double peak = NAN;
    struct error error;
    bool bandwidth = app->peak.of_bandwidth;
    struct file *next = app->peak.next;
    if (*text && typed_number_read("The peak", bandwidth ? "204.8G" : "15.97T or 2.66e12", text,
                                   strlen(text), &peak, &error)) {
        app_ask_again(app, "%s. It counts %s a second", error.message,
                      bandwidth ? "bytes" : "operations");
        return;
    }
    if (!*text)
        app_say(app, ROLE_TEXT,
                isnan(app->peak.file->peak[bandwidth])
                    ? "Nothing typed: no peak of %s set"
                    : "Nothing typed: the peak of %s is no longer set",
                app->peak.file->id);
    app->peak.next = NULL;
    app->peak.file->peak[bandwidth] = peak;
    if (next)
        app_ask_peak(app, next, bandwidth);
}

void app_ask_peak(struct app *app, struct file *file, bool bandwidth)
{
    app->peak.file = file;
    app->peak.next = NULL;
    app->peak.of_bandwidth = bandwidth;
    buffer_truncate(&app->asked.label, 0);
    buffer_print(&app->asked.label, "Peak of %s in %s, such as %s: ", file->id,
                 bandwidth ? "bytes/s" : "FLOP/s", bandwidth ? "204.8G" : "15.97T");
    app_ask(app, app->asked.label.bytes, "", accept_peak);
}
