/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers before keys. */
#include "ui/count.h"

#include "ui/app.h"
#include "ui/terminal/term.h"

enum { COUNT_MAX = 99999, REPEATS_MAX = 999 };

/* Actions that a number repeats. */
static const enum action repeated[] = {
    ACTION_UP,
    ACTION_DOWN,
    ACTION_PAGE_UP,
    ACTION_PAGE_DOWN,
    ACTION_ROW_NEXT,
    ACTION_ROW_PREVIOUS,
    ACTION_FIND_NEXT,
    ACTION_FIND_NEXT_HERE,
    ACTION_FIND_PREVIOUS,
    ACTION_FIND_PREVIOUS_HERE,
    ACTION_CURSOR_LEFT,
    ACTION_CURSOR_RIGHT,
    ACTION_CURSOR_FAR_LEFT,
    ACTION_CURSOR_FAR_RIGHT,
    ACTION_POINT_LEFT,
    ACTION_POINT_RIGHT,
    ACTION_CELL_LEFT,
    ACTION_CELL_RIGHT,
    ACTION_CELL_FAR_LEFT,
    ACTION_CELL_FAR_RIGHT,
    ACTION_NEXT_DEVICE,
    ACTION_PREVIOUS_DEVICE,
    ACTION_NEXT,
    ACTION_PREVIOUS,
    ACTION_PAN_LEFT,
    ACTION_PAN_RIGHT,
    ACTION_ZOOM_IN,
    ACTION_ZOOM_OUT,
    ACTION_MOVE_LEFT,
    ACTION_MOVE_RIGHT,
    ACTION_MOVE_UP,
    ACTION_MOVE_DOWN,
    ACTION_MOVE_FAR_LEFT,
    ACTION_MOVE_FAR_RIGHT,
    ACTION_MOVE_FAR_UP,
    ACTION_MOVE_FAR_DOWN,
};

static bool is_repeated(enum action action)
{
    for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++)
        if (repeated[i] == action)
            return true;
    return false;
}

static bool is_digit_here(const struct app *app, int key)
{
    if (key < '0' || key > '9')
        return false;
    return app->count > 0 ||
           (key != '0' && keymap_action(&app->keymap, app_view(app)->id, key) == ACTION_NONE);
}

bool count_takes(struct app *app, int key)
{
    if (is_digit_here(app, key)) {
        size_t count = app->count * 10 + (size_t)(key - '0');
        app->count = count < COUNT_MAX ? count : COUNT_MAX;
        app_say(app, ROLE_TEXT, "%zu times the next key that moves; Esc forgets it", app->count);
        return true;
    }
    bool forgotten = app->count > 0 && key == TERM_KEY_ESCAPE;
    if (forgotten)
        app->count = 0;
    return forgotten;
}

/* Goes to a line by its number, from 1, which is the first line for once. */
static void go_to_line(struct app *app, size_t line)
{
    app->first_line = line - 1;
    app_act(app, ACTION_FIRST);
    app->first_line = 0;
}

void count_act(struct app *app, enum action action)
{
    size_t count = app->count;
    const struct view *view = app_view(app);
    app->count = 0;
    if (count && action == ACTION_LAST) {
        go_to_line(app, count);
        return;
    }
    if (count > 1 && (action == ACTION_UNDO || action == ACTION_REDO) &&
        (action_of(action)->views & view->id)) {
        app_travel(app, action == ACTION_UNDO, count);
        return;
    }
    count = count < REPEATS_MAX ? count : REPEATS_MAX;
    app_act(app, action);
    for (size_t i = 1; i < count && is_repeated(action) && app_view(app) == view; i++)
        app_act(app, action);
    if (count > 1 && !is_repeated(action) && !app->message[0] && !app->prompt.active)
        app_say(app, ROLE_TEXT, "This key takes no number: it did once what it does");
}
