/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of this run, the oldest first, each on as many rows as it takes. */
#include "ui/app.h"

enum { ROWS_MAX = 6 };

/* The first message of the last page. */
static size_t last_top(const struct app *app)
{
    const struct messages *messages = &app->messages;
    struct layout layout = app_layout(app);
    size_t top = messages->count;
    int rows = 0;
    while (top > 0 &&
           (rows += app_wrapped_rows(messages->items[top - 1], ROWS_MAX, layout.main.columns,
                                     app->charset)) <= layout.main.rows)
        top--;
    return top < messages->count ? top : messages->count - (messages->count > 0);
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    const struct messages *messages = &app->messages;
    struct canvas list;
    int row = 0;
    canvas_init(&list, layout->main.rows, layout->main.columns, app->charset);
    for (size_t i = app->message_top; i < messages->count && row < layout->main.rows; i++)
        row += app_draw_wrapped(&list, (struct rect){row, 0, ROWS_MAX, list.columns}, ROLE_TEXT,
                                messages->items[i]);
    if (messages->count == 0)
        canvas_text(&list, 0, 1, -1, ROLE_DIM, "No messages yet");
    canvas_copy(canvas, layout->main.row, layout->main.column, &list);
    canvas_done(&list);
}

static void hint(const struct app *app, struct buffer *out)
{
    buffer_print(out, "%zu message%s of this run, the newest at the end; %s: back",
                 app->messages.count, app->messages.count == 1 ? "" : "s",
                 app_key_name(app, ACTION_BACK).chars);
}

static bool act(struct app *app, enum action action)
{
    return app_scroll(app, action, &app->message_top, last_top(app));
}

static void go_to_line(struct app *app, size_t line)
{
    app_scroll_to(line, &app->message_top, last_top(app));
}

static bool searched(const struct app *app, struct search_text *out)
{
    for (size_t i = 0; i < app->messages.count; i++)
        search_add_line(out, "%s", app->messages.items[i]);
    out->at = app->message_top;
    out->go = go_to_line;
    return true;
}

static const struct view view_messages = {
    .id = VIEW_MESSAGES, .draw = draw, .act = act, .hint = hint, .searched = searched};

/* Help that was called from the messages makes room for them, or the two would pile up for ever. */
void messages_start(struct app *app)
{
    if (app_view(app) == &view_help && app->views[app->view_count - 2] == &view_messages)
        app_back(app);
    if (app_view(app) != &view_messages)
        app_enter(app, &view_messages);
    app->message_top = last_top(app);
}
