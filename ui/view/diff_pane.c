/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A diff and where its reader is. */
#include "ui/view/diff_pane.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/text_diff.h"
#include "ui/app_move.h"
#include "ui/draw.h"

void diff_pane_set(struct diff_pane *pane, const char *old, size_t old_length, const char *now,
                   size_t length, const char *name)
{
    buffer_truncate(&pane->text, 0);
    text_diff(old, old_length, now, length, name, &pane->text);
    pane->lines = pane->top = 0;
    pane->left = 0;
    pane->says = false;
    for (const char *at = buffer_string(&pane->text); (at = strchr(at, '\n')); at++)
        pane->lines++;
}

void diff_pane_say(struct diff_pane *pane, const char *sentence)
{
    diff_pane_done(pane);
    buffer_append_string(&pane->text, sentence);
    pane->says = true;
}

void diff_pane_done(struct diff_pane *pane)
{
    buffer_done(&pane->text);
    *pane = (struct diff_pane){0};
}

static enum role role_of(const char *line)
{
    switch (line[0]) {
    case '+':
        return ROLE_ADDED;
    case '-':
        return ROLE_REMOVED;
    case '@':
        return ROLE_TITLE;
    default:
        return ROLE_DIM;
    }
}

/* The start of line number wanted (from 0); the end of the text where there are fewer. */
static const char *line_at(const char *text, size_t wanted)
{
    for (; wanted > 0 && *text; wanted--) {
        const char *newline = strchr(text, '\n');
        if (!newline)
            return text + strlen(text);
        text = newline + 1;
    }
    return text;
}

/*
 * Draws a line such as "--- a/cpu/i7/efficiency_curves.json"; of a long path its end, which tells
 * more.
 */
static void draw_name(struct canvas *canvas, struct rect line, const char *text, size_t length)
{
    enum { SIGN_BYTES = 4 };
    char *path = memory_print("%.*s", (int)(length - SIGN_BYTES), text + SIGN_BYTES);
    canvas_print(canvas, line.row, line.column, SIGN_BYTES, role_of(text), "%.4s", text);
    canvas_text_end(canvas, line.row, line.column + SIGN_BYTES, line.columns - SIGN_BYTES,
                    role_of(text), path);
    free(path);
}

static const char *line_before(const char *text, const char *line)
{
    for (line--; line > text && line[-1] != '\n';)
        line--;
    return line;
}

static const char *line_after(const char *line)
{
    line += strcspn(line, "\n");
    return *line ? line + 1 : line;
}

static bool is_change(const char *line)
{
    return *line == '-' || *line == '+';
}

/*
 * What a removed line has become, or an added one has been: where added lines follow removed ones
 * they belong together one by one. NULL: nothing.
 */
static const char *find_partner(const char *text, const char *line)
{
    const char *removed = line;
    while (removed > text && is_change(line_before(text, removed)))
        removed = line_before(text, removed);
    const char *added = removed;
    while (*added == '-')
        added = line_after(added);
    const char *at = *line == '-' ? removed : added, *partner = *line == '-' ? added : removed;
    for (; at < line && is_change(partner); at = line_after(at))
        partner = line_after(partner);
    return at == line && *partner == (*line == '-' ? '+' : '-') ? partner : NULL;
}

/* The bytes of a line up to where the value of its key begins; else of its sign. */
static size_t head_bytes(const char *line, size_t length, int columns)
{
    const char *value = memmem(line, length, "\": ", 3);
    size_t bytes = value ? (size_t)(value + 3 - line) : 1;
    return bytes < (size_t)columns / 2 ? bytes : 1;
}

/*
 * Draws a changed line so that what has changed in it is in sight: an ellipsis stands in place of
 * what goes before that, but for the key. False, with nothing drawn, where all is well without.
 */
static bool draw_change(const struct diff_pane *pane, struct canvas *canvas, struct rect line,
                        const char *text, size_t length)
{
    enum text_charset charset = canvas->charset;
    if (pane->left > 0 || !is_change(text) || (int)length <= line.columns)
        return false;
    const char *partner = find_partner(buffer_string(&pane->text), text);
    if (!partner)
        return false;
    size_t head = head_bytes(text, length, line.columns), other = strcspn(partner, "\n");
    if (other < head || memcmp(text + 1, partner + 1, head - 1) != 0)
        return false;
    int columns = line.columns - (int)head - 1;
    size_t begin = text_begin_at_difference(text + head, length - head, partner + head,
                                            other - head, charset, columns);
    size_t beside = text_begin_at_difference(partner + head, other - head, text + head,
                                             length - head, charset, columns);
    if (begin == 0)
        return false;
    begin = beside > begin ? beside : begin; /* the same stands below the same */
    canvas_print(canvas, line.row, line.column, line.columns, role_of(text), "%.*s%s%.*s",
                 (int)head, text, charset == TEXT_UNICODE ? "\u2026" : "~",
                 (int)(length - head - begin), text + head + begin);
    return true;
}

/* Draws a line of which the first `left` columns are out of sight; its sign stays in sight. */
static void draw_line(struct canvas *canvas, struct rect line, int left, const char *text,
                      size_t length)
{
    canvas_print(canvas, line.row, line.column - left, -1, role_of(text), "%.*s", (int)length,
                 text);
    if (left > 0 && length > 0)
        canvas_print(canvas, line.row, line.column, 1, role_of(text), "%c", *text);
}

void diff_pane_draw(const struct diff_pane *pane, struct canvas *canvas, struct rect area)
{
    enum { NAMES = 2 }; /* lines that every diff begins with */
    const char *at = line_at(buffer_string(&pane->text), pane->top);
    if (pane->says) {
        app_draw_wrapped(canvas, area, ROLE_WARNING, at);
        return;
    }
    for (int row = 0; row < area.rows && *at; row++) {
        struct rect line = {area.row + row, area.column + 1, 1, area.columns - 1};
        size_t length = strcspn(at, "\n");
        if (pane->top + (size_t)row < NAMES && pane->left == 0)
            draw_name(canvas, line, at, length);
        else if (!draw_change(pane, canvas, line, at, length))
            draw_line(canvas, line, pane->left, at, length);
        at += length + (at[length] == '\n');
    }
}

/* Bytes of the longest line, which are its columns or more. */
static size_t longest_line(const struct diff_pane *pane)
{
    size_t longest = 0;
    for (const char *at = buffer_string(&pane->text); *at;) {
        size_t length = strcspn(at, "\n");
        longest = length > longest ? length : longest;
        at += length + (at[length] == '\n');
    }
    return longest;
}

bool diff_pane_pan(struct diff_pane *pane, enum action action)
{
    enum { STEP = 20 };
    if (action == ACTION_PAN_LEFT)
        pane->left -= pane->left > 0 ? STEP : 0;
    else if (action == ACTION_PAN_RIGHT)
        pane->left += (size_t)pane->left + STEP < longest_line(pane) ? STEP : 0;
    else
        return false;
    return true;
}

size_t diff_pane_last_top(const struct diff_pane *pane, int rows)
{
    return rows > 0 && pane->lines > (size_t)rows ? pane->lines - (size_t)rows : 0;
}

void diff_pane_go(struct diff_pane *pane, size_t line, int rows)
{
    app_scroll_to(line, &pane->top, diff_pane_last_top(pane, rows));
}
