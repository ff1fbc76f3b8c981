/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame around every view: title, status line, footer. */
#include "ui/draw.h"

#include <string.h>

#include "report/symbol.h"
#include "ui/app.h"
#include "ui/footer.h"

/*
 * Draws the trail "calscope > cpu/i7-12700K > matmul". Without room for all, its end is drawn: that
 * tells more. The program's name, the first bytes of the trail, stays in front unless the screen is
 * narrow.
 */
static void draw_trail(struct canvas *canvas, int row, int room, const char *trail, size_t program)
{
    enum { NARROW = 60 };
    int at = 1;
    if (text_columns(trail, canvas->charset) <= room) {
        canvas_text(canvas, row, 0, room, ROLE_BAR, trail);
        return;
    }
    if (canvas->columns >= NARROW)
        at = canvas_print(canvas, row, 0, room, ROLE_BAR, "%.*s", (int)program, trail);
    canvas_text_end(canvas, row, at, room - at, ROLE_BAR, trail + program);
}

/*
 * Appends the name of a view to the trail. List, curves and comparisons have no name there: the
 * trail says already what they show.
 */
static void append_step(enum view_id view, const char *trail, struct buffer *out)
{
    if (view & (VIEW_BROWSE | VIEW_CURVES | VIEW_COMPARE | VIEW_OVERLAY))
        return;
    if (view == VIEW_CONFLICT)
        append_step(VIEW_SAVE, trail, out);
    buffer_append_string(out, trail);
    action_append_places(view, out);
}

static void draw_title(const struct app *app, struct canvas *canvas, struct rect area)
{
    const char *trail = symbol(SYMBOL_TRAIL, canvas->charset);
    struct buffer left = {0}, right = {0};
    bool help = app_view(app)->id == VIEW_HELP && app->view_count > 1;
    size_t place = app->view_count - (help ? 2 : 1);
    bool figures = app->views[place]->id == VIEW_FIGURES;
    enum view_id view = app->views[place - figures]->id;
    buffer_print(&left, " calscope%s", trail);
    if (view == VIEW_BROWSE || view == VIEW_MATRIX || view == VIEW_TOUR || !app->file)
        buffer_append_string(&left, registry_root(app->registry));
    else if (view == VIEW_COMPARE || view == VIEW_OVERLAY)
        buffer_append_string(&left, "compare");
    else
        buffer_print(&left, "%s%s%s", app->file->id, trail, app_source(app)->name);
    append_step(view, trail, &left);
    if (figures)
        append_step(VIEW_FIGURES, trail, &left);
    if (help)
        append_step(VIEW_HELP, trail, &left);
    if (app_view(app)->title)
        app_view(app)->title(app, &left);
    plot_pane_append_part(app, &right);
    if (files_lack_journal(&app->files))
        buffer_print(&right, "%sno journal", right.length ? ", " : "");
    size_t modified = files_modified_count(&app->files);
    if (modified)
        buffer_print(&right, "%s%zu unsaved", right.length ? ", " : "", modified);
    if (right.length)
        buffer_append_string(&right, " ");
    canvas_fill(canvas, area, ROLE_BAR);
    int tail = text_columns(buffer_string(&right), canvas->charset);
    int room = area.columns - tail - 1;
    draw_trail(canvas, area.row, room, left.bytes, strlen(" calscope") + strlen(trail));
    canvas_text(canvas, area.row, area.columns - tail, tail, ROLE_BAR, buffer_string(&right));
    buffer_done(&left);
    buffer_done(&right);
}

/*
 * How many bytes of text fit into columns: up to the last blank or, of a word without room, as much
 * as has some. Below PIECE_COLUMNS words are not divided, as their beginnings say more than the
 * pieces: a long word counts as fitting, and the canvas cuts it.
 */
static size_t fitting_bytes(const char *text, int columns, enum text_charset charset)
{
    enum { PIECE_COLUMNS = 20 };
    size_t in_sight = columns < 1 ? strlen(text) : (size_t)(columns + 1) * TEXT_CELL_MAX;
    const char *before = text, *at = text, *blank = NULL, *end = text + strnlen(text, in_sight);
    struct text_cell cell;
    for (int used = 0; text_next(&at, end, charset, &cell); before = at, used += cell.columns) {
        if (*before == ' ' && before > text)
            blank = before;
        if (used + cell.columns <= columns)
            continue;
        if (blank)
            return (size_t)(blank - text);
        return columns < PIECE_COLUMNS ? strcspn(text, " ") : (size_t)(before - text);
    }
    return (size_t)(end - text);
}

/*
 * Takes the next line off *text, which then stands behind the blanks that end it; returns its
 * bytes. With one row left the line is all that is left.
 */
static size_t take_line(const char **text, int rows, int columns, enum text_charset charset)
{
    size_t bytes = rows == 1 ? strlen(*text) : fitting_bytes(*text, columns - 2, charset);
    *text += bytes;
    *text += strspn(*text, " ");
    return bytes;
}

int app_wrapped_rows(const char *text, int rows, int columns, enum text_charset charset)
{
    int row = 0;
    for (; *text && row < rows; row++)
        take_line(&text, rows - row, columns, charset);
    return row;
}

/*
 * Shortens a cut line to what makes sense: no blanks at its end, and no fragment of a few letters
 * behind a wide gap.
 */
static size_t sensible_bytes(const char *text, size_t bytes)
{
    enum { FRAGMENT = 8 };
    while (bytes > 0 && text[bytes - 1] == ' ')
        bytes--;
    for (size_t i = bytes; i > 2 && i + FRAGMENT > bytes; i--)
        if (memcmp(text + i - 2, "  ", 2) == 0)
            return sensible_bytes(text, i - 2);
    return bytes;
}

void app_draw_words(struct canvas *canvas, struct rect line, enum role role, const char *text)
{
    size_t bytes = strlen(text);
    if (text_columns(text, canvas->charset) > line.columns)
        bytes = fitting_bytes(text, line.columns - 2, canvas->charset);
    bool whole = text[bytes] == '\0'; /* or a single word, which the canvas cuts */
    if (!whole)
        bytes = sensible_bytes(text, bytes);
    canvas_print(canvas, line.row, line.column, line.columns, role, "%.*s%s", (int)bytes, text,
                 whole                             ? ""
                 : canvas->charset == TEXT_UNICODE ? " \u2026"
                                                   : " ~");
}

int app_draw_wrapped(struct canvas *canvas, struct rect area, enum role role, const char *text)
{
    int row = 0;
    for (; *text && row < area.rows; row++) {
        const char *line = text;
        int bytes = (int)take_line(&text, area.rows - row, area.columns, canvas->charset);
        struct rect place = {area.row + row, area.column + 1, 1, area.columns - 2};
        if (*text)
            canvas_print(canvas, place.row, place.column, place.columns, role, "%.*s", bytes, line);
        else
            app_draw_words(canvas, place, role, line);
    }
    return row;
}

/*
 * Draws text that ends in the given row and begins as many rows above it as it takes. Returns how
 * many rows it has.
 */
static int draw_upwards(struct canvas *canvas, int row, enum role role, const char *text)
{
    int rows = app_wrapped_rows(text, row, canvas->columns, canvas->charset);
    struct rect area = {row - rows + 1, 0, rows, canvas->columns};
    canvas_fill(canvas, area, ROLE_TEXT);
    return app_draw_wrapped(canvas, area, role, text);
}

/* A message wider than its row takes rows above it, too, until the next key. */
static void draw_message(const struct app *app, struct canvas *canvas, struct rect area)
{
    if (text_columns(app->message, canvas->charset) < area.columns)
        canvas_text(canvas, area.row, 1, area.columns - 1, app->message_role, app->message);
    else
        draw_upwards(canvas, area.row, app->message_role, app->message);
}

/*
 * Draws a prompt: the typed text, the label beside it or, without room there, above it, and the
 * note above both.
 */
static void draw_prompt(const struct prompt *prompt, struct canvas *canvas, struct rect area)
{
    bool fits = prompt_label_fits(prompt, area.columns, canvas->charset);
    int row = area.row - 1;
    prompt_draw(prompt, fits, canvas, area);
    if (!fits)
        row -= draw_upwards(canvas, row, ROLE_TITLE, prompt->label);
    draw_upwards(canvas, row, ROLE_WARNING, prompt->note);
}

static void draw_status(const struct app *app, struct canvas *canvas, struct rect area)
{
    if (app->prompt.active) {
        draw_prompt(&app->prompt, canvas, area);
    } else if (app->message[0]) {
        draw_message(app, canvas, area);
    } else if (app_view(app)->hint) {
        struct buffer hint = {0};
        app_view(app)->hint(app, &hint);
        app_draw_words(canvas, (struct rect){area.row, 1, 1, area.columns - 1}, ROLE_DIM,
                       buffer_string(&hint));
        buffer_done(&hint);
    }
}

void app_draw_lines(struct canvas *canvas, struct rect area, struct buffer *lines,
                    const enum role *roles, int count)
{
    for (int i = 0; i < count; i++) {
        if (i < area.rows)
            app_draw_words(canvas,
                           (struct rect){area.row + i, area.column + 1, 1, area.columns - 1},
                           roles[i], buffer_string(&lines[i]));
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

/*
 * Says in the middle of the screen that it is too small; below three rows, only what size is
 * needed.
 */
static void draw_too_small(const struct app *app, struct canvas *canvas)
{
    int row = canvas->rows < 3 ? 0 : (canvas->rows - 3) / 2;
    if (canvas->rows >= 3) {
        canvas_print(canvas, row++, 0, -1, ROLE_WARNING, "Too small: %dx%d", canvas->columns,
                     canvas->rows);
        canvas_print(canvas, row + 1, 0, -1, ROLE_TEXT, "%s quits",
                     app_key_name(app, ACTION_QUIT).chars);
    }
    canvas_print(canvas, row, 0, -1, ROLE_TEXT, "%s%dx%d",
                 canvas->columns < 11   ? ""
                 : canvas->columns < 20 ? "needs "
                                        : "calscope needs ",
                 LAYOUT_COLUMNS_MIN, LAYOUT_ROWS_MIN);
}

void app_draw(const struct app *app, struct canvas *canvas)
{
    const struct view *view = app_view(app);
    struct layout layout = layout_on(app, canvas->rows, canvas->columns);
    if (layout.too_small) {
        draw_too_small(app, canvas);
        return;
    }
    view->draw(app, canvas, &layout);
    search_draw(app, canvas, &layout);
    draw_title(app, canvas, layout.title);
    draw_status(app, canvas, layout.status);
    footer_draw(app, canvas, layout.footer);
}

enum role app_role_at(const struct app *app, int row, int column)
{
    struct canvas canvas;
    canvas_init(&canvas, app->rows, app->columns, app->charset);
    app_draw(app, &canvas);
    const struct cell *cell = canvas_at(&canvas, row, column);
    enum role role = cell && strcmp(cell->text, " ") != 0 ? (enum role)cell->role : ROLE_TEXT;
    canvas_done(&canvas);
    return role;
}
