/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tour: what the screen shows and the keys that matter, on one screen of 80x24. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ui/app.h"

/* A paragraph, or a line of keys and what they do. */
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
    PARAGRAPH(ROLE_TEXT, "The list has every calibration of a registry; Enter shows its curves."),
    PARAGRAPH(ROLE_TEXT,
              "Lines are what an estimator reads, marks what was measured, bars how sure "
              "that is; below the plot stand the figures at the cursor."),
    PARAGRAPH(ROLE_TEXT, ""),
    PARAGRAPH(ROLE_TITLE, "Ten keys that matter"),
    KEYS(DOWN, UP, "down and up in every list; h and l walk along a curve"),
    KEYS(OPEN, NONE, "open a calibration; there, move a curve's breakpoints by hand"),
    KEYS(REFIT, NONE, "refit a curve: all models side by side, and which is best"),
    KEYS(MARK, COMPARE, "mark a calibration, then compare another one with it"),
    KEYS(MATRIX, NONE, "the whole registry: what is measured, which devices are alike"),
    KEYS(FILTER, NONE, "show only what contains the words typed"),
    KEYS(UNDO, REDO, "undo and redo; edits survive even a lost terminal"),
    KEYS(SAVE, NONE, "save: the change is shown as a diff first, Enter there writes it"),
    KEYS(HELP, NONE, "every key of the view that you are in"),
    KEYS(BACK, QUIT, "back to where you came from; quit"),
    PARAGRAPH(ROLE_TEXT, ""),
    PARAGRAPH(ROLE_TEXT, "No file changes before you save and confirm the diff."),
};
enum { LINE_COUNT = sizeof lines / sizeof *lines, KEYS_COLUMNS = 9 };

static void append_key(enum action action, struct buffer *out)
{
    size_t count;
    const struct action_entry *table = action_table(&count);
    for (size_t i = 0; i < count; i++)
        if (table[i].action == action)
            buffer_print(out, "%s%.*s", out->length ? " " : "", (int)strcspn(table[i].keys, " "),
                         table[i].keys);
}

static int draw_line(struct canvas *canvas, struct rect area, const struct line *line)
{
    struct buffer keys = {0};
    append_key(line->keys[0], &keys);
    append_key(line->keys[1], &keys);
    if (keys.length) {
        canvas_text(canvas, area.row, area.column + 2, KEYS_COLUMNS - 1, ROLE_KEY, keys.bytes);
        area.column += KEYS_COLUMNS;
        area.columns -= KEYS_COLUMNS;
    }
    buffer_done(&keys);
    int rows = app_draw_wrapped(canvas, area, line->role, line->text);
    return rows ? rows : 1;
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    enum { READABLE_COLUMNS = 100 };
    struct rect area = layout->main;
    if (area.columns > READABLE_COLUMNS)
        area.columns = READABLE_COLUMNS;
    for (size_t i = app->tour_top; i < LINE_COUNT && area.rows > 0; i++) {
        int rows = draw_line(canvas, area, &lines[i]);
        area.row += rows;
        area.rows -= rows;
    }
}

static void hint(const struct app *app, struct buffer *out)
{
    buffer_append_string(out, app->rows < 24 || app->columns < 80
                                  ? "j k: more of it; Esc: to the list"
                                  : "Esc goes to the list; T there shows this again");
}

static bool act(struct app *app, enum action action)
{
    return app_move(app, action, &app->tour_top, LINE_COUNT);
}

const struct view view_tour = {.id = VIEW_TOUR, .draw = draw, .act = act, .hint = hint};
