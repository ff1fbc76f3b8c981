/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help: what every key does in the view that it was called from, out of the action table. */
#include "ui/app.h"
#include "ui/command/command.h"

static enum view_id explained_view(const struct app *app)
{
    return app->view_count > 1 ? app->views[app->view_count - 2]->id : VIEW_BROWSE;
}

enum { KEYS_COLUMNS = 18, COMMAND_COLUMNS = 25, NARROW_COLUMNS = 14, ROWS_MAX = 8 };

/*
 * Draws a key or a command on the left and what it does behind so many columns, or below where
 * there is no room beside it. Returns the rows that it takes.
 */
static int draw_entry(struct canvas *list, int row, int columns, const char *left, const char *help)
{
    enum { NARROW = 60, INDENT = 4 };
    int width = text_columns(left, list->charset);
    if (list->columns < NARROW)
        columns = NARROW_COLUMNS;
    int at = columns + 2, down = width > columns;
    if (down)
        at = INDENT;
    canvas_text(list, row, 2, -1, ROLE_KEY, left);
    return down + app_draw_wrapped(list,
                                   (struct rect){row + down, at, ROWS_MAX, list->columns - at + 1},
                                   ROLE_TEXT, help);
}

/* The keys, a blank row and a heading, the commands: moved up by top rows. Returns all rows. */
static int draw_list(const struct app *app, struct canvas *list, int top)
{
    size_t count;
    enum view_id view = explained_view(app);
    const struct action_entry *table = action_table(&count);
    int row = -top;
    for (size_t i = 0; i < count; i++) {
        if (!(table[i].views & view))
            continue;
        struct buffer keys = {0};
        keymap_append_keys(&app->keymap, view, table[i].action, &keys);
        row += draw_entry(list, row, KEYS_COLUMNS, buffer_string(&keys), table[i].help);
        buffer_done(&keys);
    }
    row++;
    row += app_draw_wrapped(list, (struct rect){row, 1, ROWS_MAX, list->columns - 1}, ROLE_TITLE,
                            "COMMANDS, and every action by its name; :help NAME says more");
    const struct command_entry *commands = command_table(&count);
    for (size_t i = 0; i < count; i++) {
        struct buffer left = {0};
        buffer_print(&left, ":%s %s", commands[i].name, commands[i].arguments);
        row += draw_entry(list, row, COMMAND_COLUMNS, left.bytes, commands[i].help);
        buffer_done(&left);
    }
    return row + top;
}

static int row_count(const struct app *app, int columns)
{
    struct canvas list;
    canvas_init(&list, 1, columns, app->charset);
    int rows = draw_list(app, &list, 0);
    canvas_done(&list);
    return rows;
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct canvas list;
    canvas_init(&list, layout->main.rows, layout->main.columns, app->charset);
    draw_list(app, &list, (int)app->help_top);
    canvas_copy(canvas, layout->main.row, layout->main.column, &list);
    canvas_done(&list);
}

static void hint(const struct app *app, struct buffer *out)
{
    buffer_print(out, "Keys of where you came from; %s: back",
                 app_key_name(app, ACTION_BACK).chars);
}

/* The first row when the last page is shown. */
static size_t last_top(const struct app *app)
{
    struct layout layout = app_layout(app);
    int spare = row_count(app, layout.main.columns) - layout.main.rows;
    return spare > 0 ? (size_t)spare : 0;
}

/* Keeps out of the footer the key that only leads back, and figures where there are none. */
static bool idle(const struct app *app, enum action action)
{
    return action == ACTION_HELP || (action == ACTION_HELP_FIGURES && !figures_below_help(app));
}

static bool act(struct app *app, enum action action)
{
    if (action == ACTION_HELP) {
        app_back(app);
        return true;
    }
    return app_scroll(app, action, &app->help_top, last_top(app));
}

static void go_to_row(struct app *app, size_t row)
{
    app_scroll_to(row, &app->help_top, last_top(app));
}

static bool searched(const struct app *app, struct search_text *out)
{
    struct canvas list;
    struct layout layout = app_layout(app);
    canvas_init(&list, row_count(app, layout.main.columns), layout.main.columns, app->charset);
    draw_list(app, &list, 0);
    canvas_export_text(&list, false, &out->lines);
    canvas_done(&list);
    out->at = app->help_top;
    out->go = go_to_row;
    return true;
}

const struct view view_help = {
    .id = VIEW_HELP, .draw = draw, .act = act, .idle = idle, .hint = hint, .searched = searched};
