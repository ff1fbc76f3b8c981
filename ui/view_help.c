/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help: what every key does in the view that it was called from, out of the action table. */
#include "ui/app.h"

static enum view_id explained_view(const struct app *app)
{
    return app->view_count > 1 ? app->views[app->view_count - 2]->id : VIEW_BROWSE;
}

static size_t line_count(enum view_id view)
{
    size_t count, lines = 0;
    const struct action_entry *table = action_table(&count);
    for (size_t i = 0; i < count; i++)
        lines += (table[i].views & view) != 0;
    return lines;
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    enum { KEYS_COLUMNS = 18 };
    size_t count, skipped = 0;
    const struct action_entry *table = action_table(&count);
    enum view_id view = explained_view(app);
    struct rect area = layout->main;
    int row = 0;
    for (size_t i = 0; i < count && row < area.rows; i++) {
        if (!(table[i].views & view) || skipped++ < app->help_top)
            continue;
        canvas_text(canvas, area.row + row, 2, KEYS_COLUMNS, ROLE_KEY, table[i].keys);
        canvas_text(canvas, area.row + row, 3 + KEYS_COLUMNS, -1, ROLE_TEXT, table[i].help);
        row++;
    }
}

static void hint(const struct app *app, struct buffer *out)
{
    (void)app;
    buffer_append_string(out,
                         "These keys work in the view that you came from; Esc goes back there");
}

static bool act(struct app *app, enum action action)
{
    size_t lines = line_count(explained_view(app)), rows = (size_t)app->rows - 3;
    return app_move(app, action, &app->help_top, lines > rows ? lines - rows + 1 : 1);
}

const struct view view_help = {.id = VIEW_HELP, .draw = draw, .act = act, .hint = hint};
