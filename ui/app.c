/* SPDX-License-Identifier: GPL-3.0-or-later */
/* State, actions that work everywhere, and the loop. */
#include "ui/app.h"

#include <assert.h>
#include <langinfo.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "ui/config.h"
#include "ui/term.h"
#include "ui/tour.h"

enum { WORK_SLICE_MS = 8 };

void app_init(struct app *app, const struct app_options *options, struct registry *registry,
              enum text_charset charset)
{
    *app = (struct app){
        .options = options,
        .registry = registry,
        .log_y = true,
        .theme = theme_at(0),
        .bars = SCENE_BARS_STD,
        .mouse = !options->no_mouse,
        .has_mouse = true,
        .rows = 24,
        .columns = 80,
        .curves.cursor = NAN,
        .compare.cursor = NAN,
        .pictures = memory_new_array(1, sizeof *app->pictures),
        .files.journals = options->state_folder,
    };
    app_take_charset(app, charset);
    app_enter(app, &view_browse);
    config_start(app);
    remember_start(app);
}

void app_take_charset(struct app *app, enum text_charset charset)
{
    app->charset = charset;
    app->style = charset == TEXT_UNICODE ? PLOT_BRAILLE : PLOT_ASCII;
}

void app_done(struct app *app)
{
    while (app->view_count > 1)
        app_back(app);
    matrix_forget(app);
    browse_done(&app->browse);
    remember_done(&app->recalled);
    alive_done(app);
    free(app->curves.overlay);
    curves_done(&app->curves);
    files_done(&app->files, app->discard);
    pictures_done(app->pictures);
    free(app->pictures);
    registry_free(app->registry);
    command_line_done(&app->command_line);
    keymap_done(&app->keymap);
    canvas_done(&app->frame);
}

const struct view *app_view(const struct app *app)
{
    return app->views[app->view_count - 1];
}

void app_enter(struct app *app, const struct view *view)
{
    assert(app->view_count < APP_VIEWS_MAX); /* no view can enter itself */
    app->views[app->view_count++] = view;
}

size_t app_find_mark(const struct app *app, const char *path)
{
    size_t i = 0;
    while (i < app->mark_count && strcmp(app->marks[i].file->path, path) != 0)
        i++;
    return i;
}

void app_unmark(struct app *app, const struct file *file)
{
    size_t kept = 0;
    for (size_t i = 0; i < app->mark_count; i++)
        if (app->marks[i].file != file)
            app->marks[kept++] = app->marks[i];
    app->mark_count = kept;
}

void app_back(struct app *app)
{
    const struct view *left = app_view(app);
    if (app->view_count == 1)
        return;
    app->view_count--;
    if (left->leave)
        left->leave(app);
}

struct key_name app_key_name(const struct app *app, enum action action)
{
    return keymap_key_name(&app->keymap, app_view(app)->id, action);
}

void app_say(struct app *app, enum role role, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(app->message, sizeof app->message, format, arguments);
    va_end(arguments);
    app->message_role = role;
}

void app_say_error(struct app *app, const char *file, const struct error *error)
{
    struct buffer text = {0};
    error_describe(error, file, &text);
    app_say(app, ROLE_ERROR, "%s", text.bytes);
    buffer_done(&text);
}

void app_ask(struct app *app, const char *label, const char *text,
             void (*accept)(struct app *app, const char *text))
{
    prompt_start(&app->prompt, label, text);
    app->prompt_accept = accept;
    app->prompt_change = NULL;
    app->prompt_other = NULL;
}

void app_offer(struct app *app, const char *label, const char *text,
               void (*accept)(struct app *app, const char *text))
{
    app_ask(app, label, text, accept);
    prompt_offer(&app->prompt, label, text);
}

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

bool app_move(const struct app *app, enum action action, size_t *selected, size_t count)
{
    size_t page = app->rows > 6 ? (size_t)app->rows / 2 : 3;
    size_t last = count ? count - 1 : 0;
    switch (action) {
    case ACTION_UP:
        *selected -= *selected > 0;
        return true;
    case ACTION_DOWN:
        *selected += *selected < last;
        return true;
    case ACTION_PAGE_UP:
        *selected -= *selected > page ? page : *selected;
        return true;
    case ACTION_PAGE_DOWN:
        *selected = *selected + page < last ? *selected + page : last;
        return true;
    case ACTION_FIRST:
        *selected = 0;
        return true;
    case ACTION_LAST:
        *selected = last;
        return true;
    default:
        return false;
    }
}

bool app_move_cursor(const struct app *app, enum action action, double low, double high, double air,
                     double *cursor)
{
    static const struct {
        enum action action;
        double share;
    } moves[] = {{ACTION_CURSOR_LEFT, -0.01},
                 {ACTION_CURSOR_RIGHT, 0.01},
                 {ACTION_CURSOR_FAR_LEFT, -0.1},
                 {ACTION_CURSOR_FAR_RIGHT, 0.1}};
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (moves[i].action == action) {
            double from = log10(low), to = log10(high), shown_low = low, shown_high = high;
            plot_pane_narrow(app, &shown_low, &shown_high);
            double at = log10(*cursor) + moves[i].share * log10(shown_high / shown_low);
            double beyond = air * (to - from);
            *cursor = pow(10, fmin(fmax(at, from - beyond), to + beyond));
            return true;
        }
    return false;
}

void app_put_cursor(double flops, double low, double high, double air, double *cursor)
{
    double beyond = pow(high / low, air);
    *cursor = fmin(fmax(flops, low / beyond), high * beyond);
}

void app_look_at(struct app *app, double flops, double low, double high, double air, double *cursor)
{
    app_put_cursor(flops, low, high, air, cursor);
    if (*cursor < flops || *cursor > flops)
        app_say(app, ROLE_TEXT, "The curve does not reach there: the cursor is at its end");
}

bool app_commit(struct app *app, struct curve_version *version, const char *what)
{
    struct error error;
    if (version_equal(version, session_current(app->file->session, app->curve))) {
        app_say(app, ROLE_TEXT, "No change: the curve is so already");
        version_free(version);
        return false;
    }
    enum status status = file_commit(app->file, app->curve, version, what, &error);
    if (status)
        app_say(app, ROLE_WARNING, "%s", error.message);
    return status == STATUS_OK || status == STATUS_UNSYNCED;
}

/* Undo or redo; what happened elsewhere in the file is brought into view. */
static void travel(struct app *app, bool back)
{
    size_t curve;
    const char *what;
    struct error error;
    enum status status =
        file_travel(app->file, back ? JOURNAL_UNDO : JOURNAL_REDO, &curve, &what, &error);
    if (status == STATUS_REFUSED) {
        app_say(app, ROLE_TEXT, "%s", error.message);
        return;
    }
    if (curve != app->curve)
        app_take_curve(app, curve);
    if (status)
        app_say(app, ROLE_WARNING, "%s", error.message);
    else
        app_say(app, ROLE_TEXT, "%s: %s, %s%s", back ? "Undone" : "Redone", app_source(app)->name,
                what,
                session_modified_count(app->file->session) ? "" : "; the file is as it was saved");
}

static const char *const bars_names[] = {"none", "standard deviation",
                                         "the 95 % interval in the file", "minimum to maximum"};

double app_peak(const struct app *app, const struct file *file, bool bandwidth)
{
    double typed = file->peak[bandwidth];
    return isnan(typed) && !bandwidth ? app->options->peak : typed;
}

static void accept_peak(struct app *app, const char *text)
{
    double peak = NAN;
    bool bandwidth = app->peak_of_bandwidth;
    struct file *next = app->peak_next;
    app->peak_next = NULL;
    if (!*text || (number_parse_size(text, &peak) && peak > 0)) {
        app->peak_file->peak[bandwidth] = peak;
        if (next)
            app_ask_peak(app, next, bandwidth);
    } else {
        app_say(app, ROLE_WARNING, "A peak is %s a second, such as %s",
                bandwidth ? "bytes" : "operations", bandwidth ? "204.8G" : "15.97T or 2.66e12");
    }
}

void app_ask_peak(struct app *app, struct file *file, bool bandwidth)
{
    app->peak_file = file;
    app->peak_next = NULL;
    app->peak_of_bandwidth = bandwidth;
    snprintf(app->prompt_label, sizeof app->prompt_label, "Peak of %s in %s (%s): ", file->id,
             bandwidth ? "bytes/s" : "FLOP/s", bandwidth ? "204.8G" : "15.97T");
    app_ask(app, app->prompt_label, "", accept_peak);
}

static void enter_save(struct app *app)
{
    if (!app->file || session_modified_count(app->file->session) == 0) {
        app_say(app, ROLE_TEXT, "Nothing to save: no curve of %s differs from the file",
                app->file ? app->file->id : "this calibration");
        return;
    }
    save_start(app);
}

static void quit(struct app *app)
{
    size_t modified = files_modified_count(&app->files);
    if (modified == 0 || app->asked_to_quit) {
        app->quit = app->discard = true;
        return;
    }
    app->asked_to_quit = true;
    app_say(app, ROLE_WARNING,
            "%zu calibration%s changed and not saved. %s again quits, any other key stays",
            modified, modified == 1 ? "" : "s", app_key_name(app, ACTION_QUIT).chars);
}

static void next_style(struct app *app)
{
    static const char *const names[] = {
        [PLOT_BRAILLE] = "braille dots", [PLOT_BLOCKS] = "half blocks", [PLOT_ASCII] = "ASCII"};
    if (app->charset == TEXT_ASCII) {
        app_say(app, ROLE_TEXT, "This terminal shows ASCII alone");
        return;
    }
    app->style = (enum plot_style)((app->style + 1) % PLOT_STYLES);
    app_say(app, ROLE_TEXT, "Plots in %s", names[app->style]);
}

/* The terminal selects text with the mouse only while nobody else asks for it. */
static void toggle_mouse(struct app *app)
{
    if (!app->has_mouse) {
        app_say(app, ROLE_WARNING, "This terminal reports no mouse");
        return;
    }
    app->mouse = !app->mouse;
    if (app->mouse)
        app_say(app, ROLE_TEXT, "Mouse on: click, drag and wheel work here");
    else
        app_say(app, ROLE_TEXT, "Mouse off: it selects the terminal's text; %s takes it back",
                app_key_name(app, ACTION_MOUSE).chars);
}

/* Actions that mean the same in every view that has them. */
static void act_everywhere(struct app *app, enum action action)
{
    if (plot_pane_act(app, action))
        return;
    switch (action) {
    case ACTION_LOG:
        app->log_y = !app->log_y;
        app_say(app, ROLE_TEXT, "Efficiency axis: %s", app->log_y ? "logarithmic" : "linear");
        break;
    case ACTION_STYLE:
        next_style(app);
        break;
    case ACTION_BARS:
        app->bars = app->bars == SCENE_BARS_RANGE ? SCENE_BARS_NONE : app->bars + 1;
        app_say(app, ROLE_TEXT, "Error bars: %s", bars_names[app->bars]);
        break;
    case ACTION_PEAK:
        app_ask_peak(app, app->file, app_source(app)->bandwidth);
        break;
    case ACTION_UNDO:
    case ACTION_REDO:
        travel(app, action == ACTION_UNDO);
        break;
    case ACTION_SAVE:
        enter_save(app);
        break;
    case ACTION_COMMAND:
        command_line_start(app);
        break;
    case ACTION_HELP:
        app->help_top = 0;
        app_enter(app, &view_help);
        break;
    case ACTION_SEARCH:
    case ACTION_FIND_NEXT:
    case ACTION_FIND_NEXT_HERE:
    case ACTION_FIND_PREVIOUS:
        search_act(app, action);
        break;
    case ACTION_BACK:
        app_back(app);
        break;
    case ACTION_REDRAW:
        app->redraw = true;
        break;
    case ACTION_SUSPEND:
        app->suspend = true;
        break;
    case ACTION_EXPLAIN:
    case ACTION_HELP_FIGURES:
        figures_start(app);
        break;
    case ACTION_MOUSE:
        toggle_mouse(app);
        break;
    case ACTION_QUIT:
        quit(app);
        break;
    default:
        break;
    }
}

void app_act(struct app *app, enum action action)
{
    if (action == ACTION_BACK && search_end(app))
        return;
    if (!app_view(app)->act(app, action))
        act_everywhere(app, action);
}

static void prompt_takes(struct app *app, int key)
{
    if (app->prompt_other && app->prompt_other(app, key))
        return;
    enum prompt_result result = prompt_key(&app->prompt, key);
    if (result == PROMPT_ACCEPTED)
        app->prompt_accept(app, app->prompt.text);
    else if (result == PROMPT_EDITED && app->prompt_change)
        app->prompt_change(app, app->prompt.text);
    else if (result == PROMPT_CANCELLED && app->prompt_change)
        app->prompt_change(app, "");
}

static void take_action(struct app *app, int key)
{
    char name[16], help[16];
    enum view_id view = app_view(app)->id;
    enum action action = keymap_action(&app->keymap, view, key);
    if (app->asked_to_quit && action != ACTION_QUIT) {
        app->asked_to_quit = false; /* the key was the answer: stay */
        return;
    }
    if (action != ACTION_NONE) {
        app_act(app, action);
        return;
    }
    action_key_name(key, name);
    keymap_first_key(&app->keymap, view, view == VIEW_HELP ? ACTION_BACK : ACTION_HELP, help);
    if (name[0])
        app_say(app, ROLE_TEXT, "%s does nothing here; %s %s", name, help,
                view == VIEW_HELP ? "leads back" : "shows the keys");
}

void app_follow(struct app *app)
{
    alive_follow(app);
    if (app_view(app)->follow)
        app_view(app)->follow(app);
    plot_pane_follow(app);
}

void app_key(struct app *app, int key)
{
    if (key == TERM_KEY_TERMINATE)
        app->quit = true;
    if (key >= TERM_KEY_NONE && key <= TERM_KEY_TERMINATE)
        return;
    app->message[0] = '\0';
    app->pointer = (struct pointer_state){0};
    if (app->prompt.active)
        prompt_takes(app, key);
    else
        take_action(app, key);
    app_follow(app);
}

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
 * While a fit is made: after a fifth of a second says so in the status line of what stands on the
 * screen, ten times a second at most, as the state in between is not one to draw from.
 */
static bool keep_fitting(struct app *app, const struct fit_model *model)
{
    enum { PATIENCE_MS = 200, FRAME_MS = 100 };
    long elapsed = clock_milliseconds_since(&app->fitting);
    app->stopped = app->stopped || term_escape_waits();
    if (app->stopped || elapsed < PATIENCE_MS || clock_milliseconds_since(&app->told) < FRAME_MS)
        return !app->stopped;
    struct rect status = {app->frame.rows - 2, 0, 1, app->frame.columns};
    canvas_fill(&app->frame, status, ROLE_TEXT);
    canvas_print(&app->frame, status.row, 1, status.columns - 1, ROLE_WARNING,
                 "Fitting %s, %.1f s so far. Esc stops", fit_model_name(model),
                 (double)elapsed / 1000);
    term_show(&app->frame);
    app->told = clock_now();
    return true;
}

/* One file given: there is nothing to browse, so go straight to its curves. */
static void open_single(struct app *app)
{
    if (registry_is_single_file(app->registry) && !registry_at(app->registry, 0)->broken &&
        app_open(app, registry_at(app->registry, 0)->id))
        app_enter_curves(app);
}

void app_start(struct app *app)
{
    tour_start(app);
    recover_announce(app);
    open_single(app);
}

/* A key or what the mouse did; false where that changed nothing. */
static bool take_input(struct app *app, int key)
{
    if (key == TERM_KEY_MOUSE) {
        struct mouse_event event = term_mouse_event();
        return app_mouse(app, &event);
    }
    app_key(app, key);
    return true;
}

static void loop(struct app *app)
{
    enum { FRAME_MS = 80 };
    struct timespec drawn;
    bool listed;        /* the last frame had a list to show */
    bool stale = false; /* what is shown is not how things are */
    app_start(app);
    show(app);
    listed = registry_count(app->registry) > 0;
    drawn = clock_now();
    while (!app->quit) {
        int key = term_read_key(work_waits(app) ? 0 : alive_wait(app));
        if (key == TERM_KEY_READY)
            alive_read(app);
        bool changed = alive_wait(app) == 0;
        if (key == TERM_KEY_READY && !changed)
            continue;
        if (key == TERM_KEY_NONE) {
            work_slice(app);
            /* The list's first rows at once; while it fills, a few frames a second are enough. */
            bool first = !listed && registry_count(app->registry) > 0;
            if (!first && !changed && clock_milliseconds_since(&drawn) < FRAME_MS &&
                work_waits(app))
                continue;
        }
        stale |= take_input(app, key);
        if (changed)
            alive_take(app);
        stale |= changed;
        if (!stale)
            continue;
        /* While keys wait, a few frames a second are enough here too. */
        if (!app->quit && !app->suspend && clock_milliseconds_since(&drawn) < FRAME_MS &&
            term_key_waits())
            continue;
        if (app->suspend)
            term_suspend();
        app->suspend = false;
        show(app);
        stale = false;
        listed = registry_count(app->registry) > 0;
        drawn = clock_now();
    }
}

enum status app_run(const struct app_options *options, struct error *error)
{
    struct registry *registry;
    struct app app;
    bool unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0 && !options->ascii;
    enum status status = registry_open(options->path, &registry, error);
    if (status)
        return status;
    status = term_start(options->color, error);
    if (status) {
        registry_free(registry);
        return status;
    }
    app_init(&app, options, registry, unicode ? TEXT_UNICODE : TEXT_ASCII);
    app.keep_fitting = keep_fitting;
    app.has_mouse = term_has_mouse();
    alive_start(&app);
    term_watch(watch_descriptor(app.alive.watch));
    const char *kept = registry_is_single_file(registry) ? NULL : options->state_folder;
    remember_recall(&app, kept);
    loop(&app);
    term_stop();
    remember_keep(&app, kept);
    app_done(&app);
    term_end_as_told();
    return STATUS_OK;
}
