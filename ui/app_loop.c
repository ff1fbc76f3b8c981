/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The main loop: takes keys and changes on disk, works in between, draws where something has
 * changed.
 */
#include "ui/app.h"

#include <langinfo.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "ui/terminal/term.h"
#include "ui/tour.h"

enum { WORK_SLICE_MS = 8 };

static bool work_waits(const struct app *app)
{
    const struct view *view = app_view(app);
    return !registry_is_complete(app->registry) || (view->work_waits && view->work_waits(app));
}

/* The scan comes first; a view works on a registry that is complete. */
bool app_work(struct app *app)
{
    if (!work_waits(app))
        return false;
    if (!registry_is_complete(app->registry))
        registry_step(app->registry);
    else
        app_view(app)->work(app);
    return true;
}

/* A slice of work, short enough that a key never waits for it. */
static void work_slice(struct app *app)
{
    struct timespec start = clock_now();
    while (app_work(app) && clock_milliseconds_since(&start) < WORK_SLICE_MS)
        ;
    app_follow(app);
}

static void show(struct app *app)
{
    term_size(&app->rows, &app->columns);
    canvas_reset(&app->frame, app->rows, app->columns, app->charset);
    app_draw(app, &app->frame);
    term_set_theme(app->theme);
    if (app->redraw)
        term_redraw();
    app->redraw = false;
    term_report_mouse(app->mouse && app->has_mouse);
    term_show(&app->frame);
}

/*
 * Called between the steps of a fit; false stops it. Once a fit takes longer than PATIENCE_MS its
 * progress is written over the status line of the last frame: no other could be drawn, as the state
 * is that of a fit half made.
 */
static bool keep_fitting(struct app *app, const struct fit_model *model)
{
    enum { PATIENCE_MS = 200, FRAME_MS = 100 };
    long elapsed = clock_milliseconds_since(&app->fitting.since);
    app->fitting.stopped = app->fitting.stopped || term_escape_waits();
    if (app->fitting.stopped || elapsed < PATIENCE_MS ||
        clock_milliseconds_since(&app->fitting.told) < FRAME_MS)
        return !app->fitting.stopped;
    struct rect status = {app->frame.rows - 2, 0, 1, app->frame.columns};
    canvas_fill(&app->frame, status, ROLE_TEXT);
    canvas_print(&app->frame, status.row, 1, status.columns - 1, ROLE_WARNING,
                 "Fitting %s, %.1f s so far. Esc stops", fit_model_name(model),
                 (double)elapsed / 1000);
    term_show(&app->frame);
    app->fitting.told = clock_now();
    return true;
}

/* One file given, or one device's folder: there is nothing to browse, so go straight to its curves.
 */
static void open_single(struct app *app)
{
    if (registry_is_device(registry_root(app->registry)))
        registry_scan(app->registry); /* of that one file */
    else if (!registry_is_single_file(app->registry))
        return;
    if (registry_count(app->registry) == 1 && !registry_at(app->registry, 0)->broken &&
        app_open(app, registry_at(app->registry, 0)->id))
        app_enter_curves(app);
}

void app_start(struct app *app)
{
    tour_start(app);
    recover_announce(app);
    open_single(app);
}

/* A key, what was pasted or what the mouse did; false where that changed nothing. */
static bool take_input(struct app *app, int key)
{
    if (key == TERM_KEY_MOUSE) {
        struct mouse_event event = term_mouse_event();
        return app_mouse(app, &event);
    }
    if (key == TERM_KEY_PASTE) {
        size_t length;
        const char *text = term_pasted(&length);
        paste_take(app, text, length);
        return true;
    }
    app_key(app, key);
    return true;
}

/* The last frame that was drawn. While keys and work keep coming, one every FRAME_MS is enough. */
struct frames {
    struct timespec drawn; /* when */
    bool listed;           /* the browser's list had rows then */
    bool stale;            /* something has changed since */
};

static bool has_list(const struct app *app)
{
    return registry_count(app->registry) > 0;
}

static void draw_frame(struct frames *frames, struct app *app)
{
    if (app->suspend)
        term_suspend();
    app->suspend = false;
    show(app);
    *frames = (struct frames){.drawn = clock_now(), .listed = has_list(app)};
}

static bool is_fresh(const struct frames *frames)
{
    enum { FRAME_MS = 80 };
    return clock_milliseconds_since(&frames->drawn) < FRAME_MS;
}

/*
 * Whether drawing can wait: more keys have come, and the last frame is fresh. What is left on the
 * screen by quitting or stopping is always drawn.
 */
static bool can_wait(const struct frames *frames, const struct app *app)
{
    return !app->quit && !app->suspend && is_fresh(frames) && term_key_waits();
}

/* Works for a slice, as no key waits. False where the outcome need not be drawn yet. */
static bool work_and_look(const struct frames *frames, struct app *app)
{
    work_slice(app);
    bool first = !frames->listed && has_list(app); /* these are shown at once */
    return first || !is_fresh(frames) || !work_waits(app);
}

static void loop(struct app *app)
{
    struct frames frames;
    app_start(app);
    draw_frame(&frames, app);
    while (!app->quit) {
        int key = term_read_key(work_waits(app) ? 0 : disk_changes_wait(app));
        if (key == TERM_KEY_READY)
            disk_changes_read(app);
        bool changed = disk_changes_wait(app) == 0;
        if (key == TERM_KEY_READY && !changed)
            continue;
        if (key == TERM_KEY_NONE && !work_and_look(&frames, app) && !changed)
            continue;
        frames.stale |= take_input(app, key);
        if (changed)
            disk_changes_take(app);
        frames.stale |= changed;
        if (frames.stale && !can_wait(&frames, app))
            draw_frame(&frames, app);
    }
}

enum status app_run(const struct app_options *options, const char **about, struct error *error)
{
    struct registry *registry;
    struct app app;
    bool unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0 && !options->ascii;
    enum status status = registry_open(options->path, &registry, error);
    *about = options->path;
    if (status)
        return status;
    *about = NULL;
    status = term_start(options->color, error);
    if (status) {
        registry_free(registry);
        return status;
    }
    app_init(&app, options, registry, unicode ? TEXT_UNICODE : TEXT_ASCII);
    app.fitting.keep_going = keep_fitting;
    app.has_mouse = term_has_mouse();
    disk_changes_start(&app);
    term_watch(watch_descriptor(app.disk_changes.watch));
    const char *kept = registry_is_single_file(registry) ? NULL : options->state_folder;
    remember_recall(&app, kept);
    loop(&app);
    term_stop();
    remember_keep(&app, kept);
    app_done(&app);
    term_end_as_told();
    return STATUS_OK;
}
