/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typing a line. */
#include "ui/prompt.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "ui/term.h"

enum { CONTROL_A = 1, CONTROL_E = 5, CONTROL_U = 21, CONTROL_W = 23, CONTROL_C = 3 };

void prompt_start(struct prompt *prompt, const char *label, const char *text)
{
    *prompt = (struct prompt){.active = true, .label = label};
    snprintf(prompt->text, sizeof prompt->text, "%s", text);
    prompt->length = prompt->cursor = strlen(prompt->text);
}

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

static size_t before(const struct prompt *prompt, size_t at)
{
    while (at > 0 && continues(prompt->text[--at]))
        ;
    return at;
}

static size_t after(const struct prompt *prompt, size_t at)
{
    if (at < prompt->length)
        at++;
    while (at < prompt->length && continues(prompt->text[at]))
        at++;
    return at;
}

static void erase(struct prompt *prompt, size_t from, size_t to)
{
    memmove(prompt->text + from, prompt->text + to, prompt->length - to + 1);
    prompt->length -= to - from;
    prompt->cursor = from;
}

static void erase_word(struct prompt *prompt)
{
    size_t from = prompt->cursor;
    while (from > 0 && prompt->text[from - 1] == ' ')
        from--;
    while (from > 0 && prompt->text[from - 1] != ' ')
        from--;
    erase(prompt, from, prompt->cursor);
}

static size_t encode(unsigned code, char bytes[4])
{
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3f));
    bytes[0] = (char)(lead[length] | code);
    return length;
}

static enum prompt_result insert(struct prompt *prompt, int key)
{
    char bytes[4];
    if (key < ' ' || key == 127 || key >= TERM_KEY_FIRST)
        return PROMPT_IGNORED;
    size_t length = encode((unsigned)key, bytes);
    if (prompt->length + length >= sizeof prompt->text)
        return PROMPT_IGNORED;
    memmove(prompt->text + prompt->cursor + length, prompt->text + prompt->cursor,
            prompt->length - prompt->cursor + 1);
    memcpy(prompt->text + prompt->cursor, bytes, length);
    prompt->length += length;
    prompt->cursor += length;
    return PROMPT_EDITED;
}

enum prompt_result prompt_key(struct prompt *prompt, int key)
{
    switch (key) {
    case TERM_KEY_ENTER:
        prompt->active = false;
        return PROMPT_ACCEPTED;
    case TERM_KEY_ESCAPE:
    case CONTROL_C:
        prompt->active = false;
        return PROMPT_CANCELLED;
    case TERM_KEY_BACKSPACE:
        erase(prompt, before(prompt, prompt->cursor), prompt->cursor);
        return PROMPT_EDITED;
    case TERM_KEY_DELETE:
        erase(prompt, prompt->cursor, after(prompt, prompt->cursor));
        return PROMPT_EDITED;
    case CONTROL_U:
        erase(prompt, 0, prompt->cursor);
        return PROMPT_EDITED;
    case CONTROL_W:
        erase_word(prompt);
        return PROMPT_EDITED;
    case TERM_KEY_LEFT:
        prompt->cursor = before(prompt, prompt->cursor);
        return PROMPT_EDITED;
    case TERM_KEY_RIGHT:
        prompt->cursor = after(prompt, prompt->cursor);
        return PROMPT_EDITED;
    case TERM_KEY_HOME:
    case CONTROL_A:
        prompt->cursor = 0;
        return PROMPT_EDITED;
    case TERM_KEY_END:
    case CONTROL_E:
        prompt->cursor = prompt->length;
        return PROMPT_EDITED;
    default:
        return insert(prompt, key);
    }
}

void prompt_draw(const struct prompt *prompt, struct canvas *canvas, struct rect area)
{
    int at = area.column;
    canvas_fill(canvas, area, ROLE_TEXT);
    at += canvas_text(canvas, area.row, at, area.columns, ROLE_TITLE, prompt->label);
    int room = area.column + area.columns - at - 1;
    /* Text longer than its room scrolls: what stands before the cursor loses its beginning. */
    char head[PROMPT_TEXT_MAX];
    snprintf(head, sizeof head, "%.*s", (int)prompt->cursor, prompt->text);
    size_t from = 0;
    while (head[from] && text_columns(head + from, canvas->charset) > room)
        from = after(prompt, from);
    at += canvas_text(canvas, area.row, at, room, ROLE_TEXT, head + from);
    canvas_text(canvas, area.row, at, area.column + area.columns - at, ROLE_TEXT,
                prompt->text + prompt->cursor);
    canvas_paint(canvas, (struct rect){area.row, at, 1, 1}, ROLE_SELECTED);
}
