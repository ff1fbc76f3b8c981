/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding a pattern in lines, and on the canvas. */
#include "ui/search.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "ui/app.h"

void search_add_line(struct search_text *text, const char *format, ...)
{
    size_t from = text->lines.length;
    va_list arguments;
    va_start(arguments, format);
    buffer_print_list(&text->lines, format, arguments);
    va_end(arguments);
    for (size_t i = from; i < text->lines.length; i++)
        if (text->lines.bytes[i] == '\n')
            text->lines.bytes[i] = ' ';
    buffer_append(&text->lines, "\n", 1);
}

static bool has_capital(const char *text)
{
    while (*text && !isupper((unsigned char)*text))
        text++;
    return *text != '\0';
}

/* Where pattern begins in text, NULL where it does not occur; a capital in it makes it exact. */
static const char *occurrence(const char *text, const char *pattern)
{
    return has_capital(pattern) ? strstr(text, pattern) : strcasestr(text, pattern);
}

/* Whether the line of that length has the pattern. */
static bool line_has(const char *line, size_t length, const char *pattern, struct buffer *scratch)
{
    buffer_truncate(scratch, 0);
    buffer_append(scratch, line, length);
    return occurrence(scratch->bytes, pattern) != NULL;
}

/* How far a line is behind `from` in the direction of the search, of count lines. */
static size_t distance(size_t line, size_t from, size_t count, bool back)
{
    return back ? (from + count - line) % count : (line + count - from) % count;
}

static size_t count_lines(const char *lines)
{
    size_t count = 0;
    for (const char *at = lines; (at = strchr(at, '\n')); at++)
        count++;
    return count;
}

bool search_find(const char *lines, const struct search_query *query, size_t *line, bool *round)
{
    struct buffer scratch = {0};
    size_t count = count_lines(lines), best = 0, number = 0;
    size_t from = count ? query->from % count : 0;
    bool found = false;
    for (const char *at = lines; number < count; number++) {
        size_t length = strcspn(at, "\n"), far = distance(number, from, count, query->back);
        if (far == 0 && !query->inclusive)
            far = count;
        if ((!found || far < best) && line_has(at, length, query->pattern, &scratch)) {
            found = true;
            best = far;
            *line = number;
        }
        at += length + 1;
    }
    buffer_done(&scratch);
    *round = found && best > 0 && (query->back ? *line >= from : *line <= from);
    return found;
}

/*
 * Fills *text with what can be searched in the view in front; false: there is nothing. Where the
 * last line found is still the user's place it is text->at: on a last page it need not be the first
 * line shown.
 */
static bool text_of(const struct app *app, struct search_text *text)
{
    *text = (struct search_text){0};
    if (!app_view(app)->searched || !app_view(app)->searched(app, text))
        return false;
    bool there = app->search.shown && app->search.view == app_view(app)->id;
    if (there && text->at == app->search.at)
        text->at = app->search.found;
    return true;
}

/* Notes the line that was gone to, and the line that the view says it is at since then. */
static void remember(struct app *app, size_t line)
{
    struct search_text text = {0};
    app_view(app)->searched(app, &text);
    app->search.at = text.at;
    app->search.found = line;
    buffer_done(&text.lines);
}

/*
 * Says where the pattern was found, if that was past an end, or if nothing has moved on the screen.
 */
static void say_found(struct app *app, const struct search_text *text, bool round, bool back,
                      bool still)
{
    if (round)
        app_say(app, ROLE_TEXT, "Found `%s` past the %s", app->search.pattern,
                back ? "beginning, from the end" : "end, from the beginning");
    else if (still)
        app_say(app, ROLE_TEXT, "Found `%s` in line %zu of %zu", app->search.pattern,
                app->search.found + 1, count_lines(buffer_string(&text->lines)));
}

/* Goes to the next line with the pattern; a message says what the screen does not show. */
static void find(struct app *app, size_t from, bool back, bool inclusive)
{
    struct search_text text;
    size_t line = 0, at = app->search.at;
    bool round = false, again = app->search.shown && app->search.view == app_view(app)->id;
    if (!text_of(app, &text))
        return;
    app->search.shown = true;
    app->search.view = app_view(app)->id;
    const struct search_query query = {app->search.pattern, from, back, inclusive};
    if (!search_find(buffer_string(&text.lines), &query, &line, &round)) {
        app_say(app, ROLE_WARNING, "`%s` is not found here", app->search.pattern);
    } else {
        text.go(app, line);
        remember(app, line);
        say_found(app, &text, round, back, again && app->search.at == at);
    }
    buffer_done(&text.lines);
}

/* Back to the line on which the search began, unless a reload has taken it away since. */
static void go_back(struct app *app)
{
    struct search_text text;
    if (!text_of(app, &text))
        return;
    if (app->search.from < count_lines(buffer_string(&text.lines)))
        text.go(app, app->search.from);
    buffer_done(&text.lines);
}

/* Called on each key that changes the pattern, and with "" on Esc. */
static void change(struct app *app, const char *pattern)
{
    go_back(app);
    app->search.shown = false;
    if (!*pattern)
        return;
    memmove(app->search.pattern, pattern, strlen(pattern) + 1);
    find(app, app->search.from, false, true);
}

/* Called on Enter. An empty pattern looks for the last one once more. */
static void accept(struct app *app, const char *pattern)
{
    if (*pattern)
        change(app, pattern);
    else if (app->search.pattern[0])
        find(app, app->search.from, false, false);
}

void search_act(struct app *app, enum action action)
{
    struct search_text text;
    if (!text_of(app, &text)) {
        app_say(app, ROLE_TEXT, "There is no text to search on this page");
        return;
    }
    buffer_done(&text.lines);
    if (action == ACTION_SEARCH) {
        app->search.from = text.at;
        app_ask(app, "Search: ", "", accept);
        app->asked.change = change;
    } else if (!app->search.pattern[0]) {
        app_say(app, ROLE_TEXT, "No search yet: %s begins one",
                app_key_name(app, ACTION_SEARCH).chars);
    } else {
        find(app, text.at, action == ACTION_FIND_PREVIOUS || action == ACTION_FIND_PREVIOUS_HERE,
             false);
    }
}

bool search_end(struct app *app)
{
    bool ended = app->search.shown && app->search.view == app_view(app)->id;
    app->search.shown = false;
    return ended;
}

/* Paints the occurrences in one row of the area. */
static void draw_row(struct canvas *canvas, struct rect row, const char *pattern)
{
    struct buffer text = {0}, columns = {0}; /* the row, and of each byte the column */
    for (int column = row.column; column < row.column + row.columns; column++) {
        const struct cell *cell = canvas_at(canvas, row.row, column);
        size_t length = cell ? strlen(cell->text) : 0;
        buffer_append_string(&text, cell ? cell->text : "");
        for (size_t i = 0; i < length; i++)
            buffer_append(&columns, &column, sizeof column);
    }
    const char *at = buffer_string(&text);
    for (; columns.bytes && (at = occurrence(at, pattern)); at++) {
        const int *column = (const int *)(const void *)columns.bytes + (at - text.bytes);
        const int *last = column + strlen(pattern) - 1;
        canvas_paint(canvas, (struct rect){row.row, *column, 1, *last - *column + 1}, ROLE_MATCH);
    }
    buffer_done(&columns);
    buffer_done(&text);
}

static void draw_area(struct canvas *canvas, struct rect area, const char *pattern)
{
    for (int i = 0; i < area.rows; i++)
        draw_row(canvas, (struct rect){area.row + i, area.column, 1, area.columns}, pattern);
}

void search_draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    const struct search_state *search = &app->search;
    if (!search->shown || search->view != app_view(app)->id)
        return;
    bool list = search->view == VIEW_CURVES || search->view == VIEW_OVERLAY;
    if (list)
        draw_area(canvas, layout->side, search->pattern);
    if (list && !(search->view == VIEW_OVERLAY && app->overlay.multiples))
        return;                       /* beside the list stands a plot */
    if (search->view != VIEW_COMPARE) /* there the text stands below the plot alone */
        draw_area(canvas, layout->main, search->pattern);
    draw_area(canvas, layout->detail, search->pattern);
}
