/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pasted text. */
#include "ui/paste.h"

#include "ui/app.h"

enum { DELETE = 127 };

static bool ends_word(char byte)
{
    return byte == '\r' || byte == '\n' || byte == '\t';
}

static bool is_control(char byte)
{
    return (unsigned char)byte < ' ' || byte == DELETE;
}

/*
 * Appends to line what of the text can stand in one: no controls, and a blank where a line ended
 * between words. behind_text: the line will stand behind other text.
 */
static void make_line(const char *text, size_t length, bool behind_text, struct buffer *line)
{
    bool gap = false;
    for (size_t at = 0; at < length;) {
        size_t whole = text_check_utf8(text + at, length - at), end = at + whole;
        for (; at < end; at++) {
            gap = gap || (ends_word(text[at]) && (behind_text || line->length > 0));
            if (is_control(text[at]))
                continue;
            buffer_append(line, gap ? " " : "", gap);
            buffer_append(line, text + at, 1);
            gap = false;
        }
        at++; /* behind a byte that is not UTF-8 */
    }
}

/*
 * Types a line into the prompt. As with a typed key, the prompt's owner may take the first
 * character for itself.
 */
static void put(struct app *app, const char *line)
{
    const char *rest = line;
    int first = *line ? (int)text_decode(&rest) : 0;
    if (first && app->asked.other && app->asked.other(app, first))
        line = rest;
    bool whole = prompt_insert(&app->prompt, line);
    if (app->asked.change)
        app->asked.change(app, app->prompt.text);
    if (!whole)
        prompt_say_cut(&app->prompt);
}

void paste_take(struct app *app, const char *text, size_t length)
{
    struct buffer line = {0};
    app_begin_input(app);
    app->count = 0;
    app->pointer = (struct pointer_state){0};
    if (app->prompt.active) {
        make_line(text, length, app->prompt.cursor > 0 && !app->prompt.offered, &line);
        put(app, buffer_string(&line));
    } else {
        app_say(app, ROLE_WARNING,
                "Not taken: pasted text goes where something is typed, as behind %s",
                app_key_name(app, ACTION_COMMAND).chars);
    }
    buffer_done(&line);
    app_follow(app);
}
