/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions that mean the same in every view that has them. */
#include "ui/app.h"

/*
 * Appends " 2 steps, the last", with the reason where fewer were done than asked for; nothing where
 * one was asked for.
 */
static void append_steps(const struct app *app, bool back, size_t times, size_t done,
                         struct buffer *out)
{
    const char *blocked = session_blocked(app->file->session, back);
    if (times == 1)
        return;
    buffer_print(out, " %zu step%s", done, done == 1 ? "" : "s");
    if (done < times && blocked)
        buffer_print(out, ", no more: %s; the last", blocked);
    else
        buffer_append_string(out, done < times ? ", there are no more; the last" : ", the last");
}

void app_travel(struct app *app, bool back, size_t times)
{
    size_t curve = app->curve, done = 0;
    const char *what = "";
    struct buffer steps = {0};
    struct error error;
    enum status status = STATUS_OK;
    for (; done < times && status == STATUS_OK; done += status != STATUS_REFUSED)
        status = file_travel(app->file, back ? JOURNAL_UNDO : JOURNAL_REDO, &curve, &what, &error);
    if (done == 0) {
        app_say(app, ROLE_TEXT, "%s", error.message);
        return;
    }
    if (curve != app->curve)
        app_take_curve(app, curve);
    append_steps(app, back, times, done, &steps);
    if (status && status != STATUS_REFUSED)
        app_say(app, ROLE_WARNING, "%s", error.message);
    else
        app_say(app, ROLE_TEXT, "%s%s: %s, %s%s", back ? "Undone" : "Redone", buffer_string(&steps),
                app_source(app)->name, what,
                session_modified_count(app->file->session) ? "" : "; the file is as it was saved");
    buffer_done(&steps);
}

static const char *const bars_names[] = {"none", "standard deviation",
                                         "the 95 % interval in the file", "minimum to maximum"};

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
    struct buffer modified = {0};
    files_append_modified(&app->files, &modified);
    if (modified.length == 0 || app_is_confirmed(app, ACTION_QUIT))
        app->quit = app->discard = true;
    else
        app_ask_twice(app, ACTION_QUIT,
                      "Not saved: %s. %s again quits and loses that, any other key stays",
                      modified.bytes, app_key_name(app, ACTION_QUIT).chars);
    buffer_done(&modified);
}

static void next_style(struct app *app)
{
    static const char *const names[] = {
        [PLOT_BRAILLE] = "braille dots", [PLOT_BLOCKS] = "half blocks", [PLOT_ASCII] = "ASCII"};
    if (app->charset == TEXT_ASCII) {
        app_say(app, ROLE_TEXT, "This terminal shows ASCII only");
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
        app_say(app, ROLE_TEXT, "Mouse off: it selects text in the terminal; %s turns it on again",
                app_key_name(app, ACTION_MOUSE).chars);
}

/* Takes an action on how plots are drawn. False: it is no such action. */
static bool act_on_drawing(struct app *app, enum action action)
{
    if (plot_pane_act(app, action))
        return true;
    switch (action) {
    case ACTION_LOG:
        app->log_y = !app->log_y;
        app_say(app, ROLE_TEXT, "Efficiency axis: %s", app->log_y ? "logarithmic" : "linear");
        return true;
    case ACTION_STYLE:
        next_style(app);
        return true;
    case ACTION_BARS:
        app->bars = app->bars == SCENE_BARS_RANGE ? SCENE_BARS_NONE : app->bars + 1;
        app_say(app, ROLE_TEXT, "Error bars: %s", bars_names[app->bars]);
        return true;
    case ACTION_REDRAW:
        app->redraw = true;
        return true;
    default:
        return false;
    }
}

/* Takes an action on the file in hand. False: it is no such action. */
static bool act_on_file(struct app *app, enum action action)
{
    switch (action) {
    case ACTION_PEAK:
        app_ask_peak(app, app->file, app_source(app)->bandwidth);
        return true;
    case ACTION_UNDO:
    case ACTION_REDO:
        app_travel(app, action == ACTION_UNDO, 1);
        return true;
    case ACTION_SAVE:
        enter_save(app);
        return true;
    default:
        return false;
    }
}

/* Actions that mean the same in every view that has them. */
static void act_everywhere(struct app *app, enum action action)
{
    if (act_on_drawing(app, action) || act_on_file(app, action))
        return;
    switch (action) {
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
    case ACTION_FIND_PREVIOUS_HERE:
        search_act(app, action);
        break;
    case ACTION_BACK:
        app_back(app);
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
