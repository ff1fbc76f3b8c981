/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help: what every key does in the view that it was called from, out of the action table. */
#include "ui/app.h"
#include "ui/command.h"

static enum view_id explained_view(const struct app *app)
{
    return app->view_count > 1 ? app->views[app->view_count - 2]->id : VIEW_BROWSE;
}

enum { KEYS_COLUMNS = 18, COMMAND_COLUMNS = 25, HEADING_ROWS = 2 };

static size_t key_count(enum view_id view)
{
    size_t count, lines = 0;
    const struct action_entry *table = action_table(&count);
    for (size_t i = 0; i < count; i++)
        lines += (table[i].views & view) != 0;
    return lines;
}

/* The keys, a blank line and a heading, the commands. */
static size_t line_count(enum view_id view)
{
    size_t count;
    command_table(&count);
    return key_count(view) + HEADING_ROWS + count;
}

static int draw_keys(const struct app *app, struct canvas *canvas, struct rect area)
{
    size_t count, skipped = 0;
    const struct action_entry *table = action_table(&count);
    int row = 0;
    for (size_t i = 0; i < count && row < area.rows; i++) {
        if (!(table[i].views & explained_view(app)) || skipped++ < app->help_top)
            continue;
        struct buffer keys = {0};
        keymap_append_keys(&app->keymap, explained_view(app), table[i].action, &keys);
        canvas_text(canvas, area.row + row, 2, KEYS_COLUMNS, ROLE_KEY, buffer_string(&keys));
        buffer_done(&keys);
        canvas_text(canvas, area.row + row, 3 + KEYS_COLUMNS, -1, ROLE_TEXT, table[i].help);
        row++;
    }
    return row;
}

static void draw_command(struct canvas *canvas, int row, const struct command_entry *entry)
{
    canvas_print(canvas, row, 2, COMMAND_COLUMNS, ROLE_KEY, ":%s %s", entry->name,
                 entry->arguments);
    canvas_text(canvas, row, 3 + COMMAND_COLUMNS, -1, ROLE_TEXT, entry->help);
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct rect area = layout->main;
    size_t count, keys = key_count(explained_view(app));
    const struct command_entry *commands = command_table(&count);
    int row = draw_keys(app, canvas, area);
    size_t first = app->help_top > keys ? app->help_top - keys : 0; /* of what stands below */
    for (size_t i = first; i < HEADING_ROWS + count && row < area.rows; i++, row++) {
        if (i >= HEADING_ROWS)
            draw_command(canvas, area.row + row, &commands[i - HEADING_ROWS]);
        else if (i + 1 == HEADING_ROWS)
            canvas_text(canvas, area.row + row, 2, -1, ROLE_TITLE,
                        "COMMANDS, and every action by its name; :help NAME says more");
    }
}

static void hint(const struct app *app, struct buffer *out)
{
    buffer_print(out, "These keys work in the view that you came from; %s goes back there",
                 app_key_name(app, ACTION_BACK).chars);
}

static bool act(struct app *app, enum action action)
{
    size_t lines = line_count(explained_view(app)), rows = (size_t)app->rows - 3;
    return app_move(app, action, &app->help_top, lines > rows ? lines - rows + 1 : 1);
}

static void go_to_line(struct app *app, size_t line)
{
    size_t lines = line_count(explained_view(app)), rows = (size_t)app->rows - 3;
    size_t last = lines > rows ? lines - rows : 0;
    app->help_top = line < last ? line : last;
}

/* The lines as draw() shows them. */
static bool searched(const struct app *app, struct search_text *out)
{
    size_t count;
    enum view_id view = explained_view(app);
    const struct action_entry *table = action_table(&count);
    for (size_t i = 0; i < count; i++)
        if (table[i].views & view) {
            keymap_append_keys(&app->keymap, view, table[i].action, &out->lines);
            buffer_print(&out->lines, " %s\n", table[i].help);
        }
    buffer_append_repeated(&out->lines, '\n', HEADING_ROWS);
    const struct command_entry *commands = command_table(&count);
    for (size_t i = 0; i < count; i++)
        buffer_print(&out->lines, ":%s %s %s\n", commands[i].name, commands[i].arguments,
                     commands[i].help);
    out->at = app->help_top;
    out->go = go_to_line;
    return true;
}

const struct view view_help = {
    .id = VIEW_HELP, .draw = draw, .act = act, .hint = hint, .searched = searched};
