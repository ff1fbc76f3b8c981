/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tour: what the screen shows and the keys that matter, on one screen of 80x24. */
#include <stdio.h>
#include <string.h>

#include "ui/app.h"

/*
 * A paragraph, or a line of keys and what they do. {action} in the text is the key of that action.
 */
struct line {
    enum role role;
    enum action keys[2]; /* ACTION_NONE: none */
    const char *text;
};

#define PARAGRAPH(role, text)                                                                      \
    {                                                                                              \
        role, {ACTION_NONE, ACTION_NONE}, text                                                     \
    }
#define KEYS(first, second, text)                                                                  \
    {                                                                                              \
        ROLE_TEXT, {ACTION_##first, ACTION_##second}, text                                         \
    }

static const struct line lines[] = {
    PARAGRAPH(ROLE_TITLE, "What the screen shows"),
    PARAGRAPH(ROLE_TEXT,
              "A calibration says what share of its peak a device reaches, by operation and "
              "size: efficiency over FLOPs."),
    PARAGRAPH(ROLE_TEXT, "The list has every calibration of a registry; {open} shows its curves."),
    PARAGRAPH(
        ROLE_TEXT,
        "Lines are what an estimator reads, marks the points behind them (full ones were "
        "measured), bars how sure these are; below the plot stand the figures at the cursor."),
    PARAGRAPH(ROLE_TEXT, ""),
    PARAGRAPH(ROLE_TITLE, "Ten keys that matter"),
    KEYS(DOWN, UP,
         "down and up in every list; {cursor-left} and {cursor-right} walk along a curve"),
    KEYS(OPEN, NONE, "open a calibration; there, move a curve's breakpoints by hand"),
    KEYS(REFIT, NONE, "refit a curve: all models side by side, and which is best"),
    KEYS(MARK, COMPARE, "mark a calibration, then compare another one with it"),
    KEYS(MATRIX, NONE, "the whole registry: what is measured, which devices are alike"),
    KEYS(FILTER, NONE, "show only what contains the words typed"),
    KEYS(UNDO, REDO, "undo and redo; edits survive even a lost terminal"),
    KEYS(SAVE, NONE, "save: the change is shown as a diff first, {write} there writes it"),
    KEYS(HELP, NONE, "every key of the view that you are in"),
    KEYS(BACK, QUIT, "back to where you came from; quit"),
    PARAGRAPH(ROLE_TEXT, ""),
    PARAGRAPH(ROLE_TEXT,
              "No file changes before you save: {save} shows the diff first, :w writes at once."),
};
enum { LINE_COUNT = sizeof lines / sizeof *lines, KEYS_COLUMNS_MIN = 9 };

static void append_key(const struct app *app, enum action action, struct buffer *out)
{
    if (action != ACTION_NONE)
        buffer_print(out, "%s%s", out->length ? " " : "", app_key_name(app, action).chars);
}

static void append_keys(const struct app *app, const struct line *line, struct buffer *out)
{
    append_key(app, line->keys[0], out);
    append_key(app, line->keys[1], out);
}

/* The columns that the keys of all lines stand in, so that what they do begins in one column. */
static int keys_columns(const struct app *app)
{
    int columns = KEYS_COLUMNS_MIN;
    for (size_t i = 0; i < LINE_COUNT; i++) {
        struct buffer keys = {0};
        append_keys(app, &lines[i], &keys);
        columns = (int)keys.length + 3 > columns ? (int)keys.length + 3 : columns;
        buffer_done(&keys);
    }
    return columns;
}

static void append_text(const struct app *app, const char *text, struct buffer *out)
{
    for (const char *open = strchr(text, '{'); open; open = strchr(text, '{')) {
        char name[32];
        const char *close = strchr(open, '}');
        snprintf(name, sizeof name, "%.*s", (int)(close - open - 1), open + 1);
        buffer_append(out, text, (size_t)(open - text));
        buffer_append_string(out, app_key_name(app, action_find(name)->action).chars);
        text = close + 1;
    }
    buffer_append_string(out, text);
}

static int draw_line(const struct app *app, struct canvas *canvas, struct rect area,
                     const struct line *line)
{
    struct buffer keys = {0}, text = {0};
    append_keys(app, line, &keys);
    append_text(app, line->text, &text);
    if (keys.length) {
        int columns = keys_columns(app);
        canvas_text(canvas, area.row, area.column + 2, columns - 1, ROLE_KEY, keys.bytes);
        area.column += columns;
        area.columns -= columns;
    }
    int rows = app_draw_wrapped(canvas, area, line->role, buffer_string(&text));
    buffer_done(&keys);
    buffer_done(&text);
    return rows ? rows : 1;
}

static struct rect area_of(const struct layout *layout)
{
    enum { READABLE_COLUMNS = 100 };
    struct rect area = layout->main;
    if (area.columns > READABLE_COLUMNS)
        area.columns = READABLE_COLUMNS;
    return area;
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct rect area = area_of(layout);
    for (size_t i = app->tour_top; i < LINE_COUNT && area.rows > 0; i++) {
        int rows = draw_line(app, canvas, area, &lines[i]);
        area.row += rows;
        area.rows -= rows;
    }
}

static void hint(const struct app *app, struct buffer *out)
{
    struct key_name back = app_key_name(app, ACTION_BACK);
    if (app->rows < 24 || app->columns < 80)
        buffer_print(out, "%s %s: more of it; %s: to the list",
                     app_key_name(app, ACTION_DOWN).chars, app_key_name(app, ACTION_UP).chars,
                     back.chars);
    else
        buffer_print(out, "%s goes to the list; %s there shows this again", back.chars,
                     keymap_key_name(&app->keymap, VIEW_BROWSE, ACTION_TOUR).chars);
}

/* The first line when the last page is shown. */
static size_t last_top(const struct app *app)
{
    enum { ROWS_MAX = 16 };
    struct layout layout = app_layout(app);
    struct rect area = area_of(&layout), line = {0, 0, ROWS_MAX, area.columns};
    struct canvas scratch;
    size_t top = LINE_COUNT;
    int rows = 0;
    canvas_init(&scratch, ROWS_MAX, area.columns, app->charset);
    while (top > 0) {
        rows += draw_line(app, &scratch, line, &lines[top - 1]);
        if (rows > area.rows)
            break;
        top--;
    }
    canvas_done(&scratch);
    return top < LINE_COUNT ? top : LINE_COUNT - 1;
}

/* The footer names the other key that leads back. */
static bool idle(const struct app *app, enum action action)
{
    (void)app;
    return action == ACTION_TOUR;
}

static bool act(struct app *app, enum action action)
{
    if (action == ACTION_TOUR) {
        app_back(app);
        return true;
    }
    return app_scroll(app, action, &app->tour_top, last_top(app));
}

const struct view view_tour = {
    .id = VIEW_TOUR, .draw = draw, .act = act, .idle = idle, .hint = hint};
