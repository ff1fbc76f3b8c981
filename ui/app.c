/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state, the way from view to view, and what a key does. */
#include "ui/app.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ui/command/config.h"
#include "ui/terminal/term.h"

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
    app->mouse = app->mouse && !options->no_mouse; /* the command line has the last word */
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
    messages_done(&app->messages);
    disk_changes_done(app);
    free(app->curves.overlay);
    curves_done(&app->curves);
    files_done(&app->files, app->discard);
    pictures_done(app->pictures);
    free(app->pictures);
    registry_free(app->registry);
    buffer_done(&app->asked.label);
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

void app_back(struct app *app)
{
    const struct view *left = app_view(app);
    if (app->view_count == 1)
        return;
    app->view_count--;
    if (left->leave)
        left->leave(app);
}

/* Takes the keys that act even while a prompt is open: those that suspend the program or redraw. */
static bool acts_while_typing(struct app *app, int key)
{
    enum action action = keymap_action(&app->keymap, app_view(app)->id, key);
    bool acts = key < ' ' && (action == ACTION_SUSPEND || action == ACTION_REDRAW);
    if (acts)
        app_act(app, action);
    return acts;
}

/* Tells whoever presses a key that means nothing in a prompt, such as F1, how to leave it. */
static void say_key_is_idle(struct prompt *prompt, int key)
{
    char name[16];
    action_key_name(key, name);
    if (name[0] && !prompt->note[0])
        snprintf(prompt->note, sizeof prompt->note,
                 "%s does nothing while typing: Enter takes the line, Esc leaves it", name);
}

static void prompt_takes(struct app *app, int key)
{
    if (acts_while_typing(app, key))
        return;
    if (app->asked.other && app->asked.other(app, key))
        return;
    enum prompt_result result = prompt_key(&app->prompt, key);
    if (result == PROMPT_ACCEPTED)
        app->asked.accept(app, app->prompt.text);
    else if (result == PROMPT_EDITED && app->asked.change)
        app->asked.change(app, app->prompt.text);
    else if (result == PROMPT_CANCELLED && app->asked.change)
        app->asked.change(app, "");
    else if (result == PROMPT_IGNORED)
        say_key_is_idle(&app->prompt, key);
}

static void take_action(struct app *app, int key)
{
    char name[16], help[16];
    enum view_id view = app_view(app)->id;
    enum action action = keymap_action(&app->keymap, view, key);
    if (app_is_confirmed(app, ACTION_QUIT) && action != ACTION_QUIT)
        return; /* the key was the answer: stay */
    if (count_takes(app, key))
        return;
    if (action != ACTION_NONE) {
        count_act(app, action);
        return;
    }
    app->count = 0;
    action_key_name(key, name);
    keymap_first_key(&app->keymap, view, view == VIEW_HELP ? ACTION_BACK : ACTION_HELP, help);
    if (name[0])
        app_say(app, ROLE_TEXT, "%s does nothing here; %s %s", name, help,
                view == VIEW_HELP ? "leads back" : "shows the keys");
}

void app_follow(struct app *app)
{
    app_warn_unwritable(app);
    disk_changes_follow(app);
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
    app_begin_input(app);
    app->pointer = (struct pointer_state){0};
    if (app->prompt.active)
        prompt_takes(app, key);
    else
        take_action(app, key);
    app_follow(app);
}
