/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame around every view: title, status line, footer. */
#include <stdio.h>
#include <string.h>

#include "report/symbol.h"
#include "ui/app.h"

static void draw_title(const struct app *app, struct canvas *canvas, struct rect area)
{
    const char *trail = symbol(SYMBOL_TRAIL, canvas->charset);
    struct buffer left = {0}, right = {0};
    bool help = app_view(app)->id == VIEW_HELP && app->view_count > 1;
    enum view_id view = app->views[app->view_count - (help ? 2 : 1)]->id;
    buffer_print(&left, " calscope%s", trail);
    if (view == VIEW_BROWSE || view == VIEW_MATRIX || view == VIEW_TOUR || !app->file)
        buffer_append_string(&left, registry_root(app->registry));
    else if (view == VIEW_COMPARE || view == VIEW_OVERLAY)
        buffer_append_string(&left, "compare");
    else
        buffer_print(&left, "%s%s%s", app->file->id, trail, app_source(app)->name);
    if (view == VIEW_FIT || view == VIEW_TUNE || view == VIEW_SAVE)
        buffer_print(&left, "%s%s", trail,
                     view == VIEW_FIT    ? "refit"
                     : view == VIEW_TUNE ? "tune"
                                         : "save");
    if (view == VIEW_CONFLICT)
        buffer_print(&left, "%ssave%sconflict", trail, trail);
    if (view == VIEW_RECOVER)
        buffer_print(&left, "%srecover", trail);
    if (view == VIEW_FINDINGS)
        buffer_print(&left, "%scheck", trail);
    if (view == VIEW_MATRIX)
        buffer_print(&left, "%smatrix", trail);
    if (view == VIEW_TOUR)
        buffer_print(&left, "%stour", trail);
    if (help)
        buffer_print(&left, "%shelp", trail);
    if (app_view(app)->title)
        app_view(app)->title(app, &left);
    plot_pane_append_part(app, &right);
    if (files_lack_journal(&app->files))
        buffer_append_string(&right, "no journal, ");
    size_t modified = files_modified_count(&app->files);
    if (modified)
        buffer_print(&right, "%zu unsaved ", modified);
    canvas_fill(canvas, area, ROLE_BAR);
    int tail = text_columns(buffer_string(&right), canvas->charset);
    canvas_text(canvas, area.row, 0, area.columns - tail - 1, ROLE_BAR, left.bytes);
    canvas_text(canvas, area.row, area.columns - tail, tail, ROLE_BAR, buffer_string(&right));
    buffer_done(&left);
    buffer_done(&right);
}

static void draw_status(const struct app *app, struct canvas *canvas, struct rect area)
{
    if (app->prompt.active) {
        prompt_draw(&app->prompt, canvas, area);
    } else if (app->message[0]) {
        canvas_text(canvas, area.row, 1, area.columns - 1, app->message_role, app->message);
    } else if (app_view(app)->hint) {
        struct buffer hint = {0};
        app_view(app)->hint(app, &hint);
        canvas_text(canvas, area.row, 1, area.columns - 1, ROLE_DIM, buffer_string(&hint));
        buffer_done(&hint);
    }
}

/*
 * "Enter open": the first key that holds now and the label; or, where these keys are as by default,
 * what the label says before its colon. Returns the columns, 0 where no key does it.
 */
static int footer_item(const struct app *app, const struct action_entry *entry, char key[24],
                       char label[32])
{
    enum view_id view = app_view(app)->id;
    const char *colon = strchr(entry->label, ':');
    snprintf(key, 24, "%.*s", colon ? (int)(colon - entry->label) : 0, entry->label);
    if (!key[0] || !keymap_is_default(&app->keymap, view, key))
        keymap_first_key(&app->keymap, view, entry->action, key);
    snprintf(label, 32, "%s", colon ? colon + 1 : entry->label);
    return key[0] ? (int)(strlen(key) + 1 + strlen(label) + 2) : 0;
}

static int draw_footer_item(const struct app *app, struct canvas *canvas, int row, int column,
                            const struct action_entry *entry)
{
    char key[24], label[32];
    if (!footer_item(app, entry, key, label))
        return column;
    column += canvas_text(canvas, row, column, -1, ROLE_KEY, key) + 1;
    return column + canvas_text(canvas, row, column, -1, ROLE_DIM, label) + 2;
}

/* Whether the item stands at the right end at any width: those that lead out of trouble. */
static bool is_always_shown(enum action action)
{
    return action == ACTION_BACK || action == ACTION_HELP || action == ACTION_QUIT;
}

static int width_of(const struct app *app, const struct action_entry *entry)
{
    char key[24], label[32];
    return footer_item(app, entry, key, label);
}

/* While something is typed, the keys of the view below mean letters. */
static void draw_prompt_keys(struct canvas *canvas, struct rect area)
{
    static const char *const items[][2] = {
        {"Enter", "take it"}, {"Esc", "leave it"}, {"^U", "clear"}};
    int column = 1;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        column += canvas_text(canvas, area.row, column, -1, ROLE_KEY, items[i][0]) + 1;
        column += canvas_text(canvas, area.row, column, -1, ROLE_DIM, items[i][1]) + 2;
    }
}

static void draw_footer(const struct app *app, struct canvas *canvas, struct rect area)
{
    if (command_line_draw(app, canvas, area))
        return;
    if (app->prompt.active) {
        draw_prompt_keys(canvas, area);
        return;
    }
    size_t count;
    const struct action_entry *table = action_table(&count);
    enum view_id view = app_view(app)->id;
    int right = area.columns - 1, column = 1;
    for (size_t i = 0; i < count; i++)
        if ((table[i].views & view) && is_always_shown(table[i].action))
            right -= width_of(app, &table[i]);
    int tail = right + 2;
    for (size_t i = 0; i < count; i++) {
        if (!(table[i].views & view) || !table[i].label[0])
            continue;
        if (is_always_shown(table[i].action))
            tail = draw_footer_item(app, canvas, area.row, tail, &table[i]);
        else if (column + width_of(app, &table[i]) <= right + 1)
            column = draw_footer_item(app, canvas, area.row, column, &table[i]);
    }
}

/* Bytes of text that fit into columns, broken behind a blank where there is one. */
static size_t fitting_bytes(const char *text, int columns, enum text_charset charset)
{
    size_t length = strlen(text), good = 0;
    for (size_t i = 0; i <= length; i++) {
        if (text[i] != ' ' && text[i] != '\0')
            continue;
        struct buffer part = {0};
        buffer_append(&part, text, i);
        bool fits = text_columns(buffer_string(&part), charset) <= columns;
        buffer_done(&part);
        if (!fits)
            break;
        good = i;
    }
    return good ? good : length; /* a word wider than the area is cut by the canvas */
}

int app_draw_wrapped(struct canvas *canvas, struct rect area, enum role role, const char *text)
{
    int row = 0;
    while (*text && row < area.rows) {
        bool last = row == area.rows - 1;
        size_t bytes = last ? strlen(text) : fitting_bytes(text, area.columns - 2, canvas->charset);
        canvas_print(canvas, area.row + row++, area.column + 1, area.columns - 2, role, "%.*s",
                     (int)bytes, text);
        text += bytes;
        text += strspn(text, " ");
    }
    return row;
}

void app_draw_lines(struct canvas *canvas, struct rect area, struct buffer *lines,
                    const enum role *roles, int count)
{
    for (int i = 0; i < count; i++) {
        if (i < area.rows)
            canvas_text(canvas, area.row + i, area.column + 1, area.columns - 1, roles[i],
                        buffer_string(&lines[i]));
        buffer_done(&lines[i]);
    }
}

static struct layout layout_on(const struct app *app, int rows, int columns)
{
    const struct view *view = app_view(app);
    return layout_compute(rows, columns, view->id, view->detail_rows ? view->detail_rows(app) : 0);
}

struct layout app_layout(const struct app *app)
{
    return layout_on(app, app->rows, app->columns);
}

/* What is wrong with a text that is being typed: on as many rows above it as that takes. */
static void draw_note(const char *note, struct canvas *canvas, struct rect below)
{
    enum { ROWS_MAX = 4 };
    struct canvas rows;
    canvas_init(&rows, ROWS_MAX, below.columns, canvas->charset);
    int count = app_draw_wrapped(&rows, canvas_area(&rows), ROLE_WARNING, note);
    struct rect area = {below.row - count, below.column, count, below.columns};
    canvas_done(&rows);
    canvas_fill(canvas, area, ROLE_TEXT);
    app_draw_wrapped(canvas, area, ROLE_WARNING, note);
}

void app_draw(const struct app *app, struct canvas *canvas)
{
    const struct view *view = app_view(app);
    struct layout layout = layout_on(app, canvas->rows, canvas->columns);
    if (layout.too_small) {
        canvas_print(canvas, canvas->rows / 2, 0, -1, ROLE_TEXT, "calscope needs %dx%d",
                     LAYOUT_COLUMNS_MIN, LAYOUT_ROWS_MIN);
        return;
    }
    view->draw(app, canvas, &layout);
    draw_title(app, canvas, layout.title);
    draw_status(app, canvas, layout.status);
    draw_footer(app, canvas, layout.footer);
    if (app->prompt.active && app->prompt.note[0])
        draw_note(app->prompt.note, canvas, layout.status);
}
