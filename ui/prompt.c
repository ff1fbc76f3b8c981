/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typing a line. */
#include "ui/prompt.h"

#include <stdio.h>
#include <string.h>

#include "ui/terminal/term.h"

enum {
    CONTROL_A = 1,
    CONTROL_C = 3,
    CONTROL_E = 5,
    CONTROL_K = 11,
    CONTROL_U = 21,
    CONTROL_W = 23
};

void prompt_set_text(struct prompt *prompt, const char *text)
{
    size_t length = strlen(text);
    prompt->cut = length >= sizeof prompt->text;
    if (prompt->cut)
        length = text_check_utf8(text, sizeof prompt->text - 1);
    memcpy(prompt->text, text, length);
    prompt->text[length] = '\0';
    prompt->length = prompt->cursor = length;
    prompt->offered = false;
}

void prompt_start(struct prompt *prompt, const char *label, const char *text)
{
    *prompt = (struct prompt){.active = true, .label = label};
    prompt_set_text(prompt, text);
}

void prompt_offer(struct prompt *prompt, const char *label, const char *text)
{
    prompt_start(prompt, label, text);
    prompt->offered = *text != '\0';
}

/*
 * The offset behind the display cell at offset at; a character and its combining marks are one
 * cell.
 */
static size_t after(const struct prompt *prompt, size_t at)
{
    const char *next = prompt->text + at;
    struct text_cell cell;
    text_next(&next, prompt->text + prompt->length, TEXT_UNICODE, &cell);
    return (size_t)(next - prompt->text);
}

static size_t before(const struct prompt *prompt, size_t at)
{
    size_t from = 0;
    for (size_t next = 0; next < at; next = after(prompt, next))
        from = next;
    return from;
}

static void erase(struct prompt *prompt, size_t from, size_t to)
{
    memmove(prompt->text + from, prompt->text + to, prompt->length - to + 1);
    prompt->length -= to - from;
    prompt->cursor = from;
    prompt->cut = prompt->cut && prompt->length > 0;
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

static void encode(unsigned code, char bytes[4])
{
    if (code < 0x80) {
        bytes[0] = (char)code;
        return;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3f));
    bytes[0] = (char)(lead[length] | code);
}

void prompt_say_cut(struct prompt *prompt)
{
    snprintf(prompt->note, sizeof prompt->note,
             "Too long: cut at %d bytes, the rest was lost: not taken. ^U begins anew",
             PROMPT_TEXT_MAX - 1);
}

/* Text that was cut stays refused until the line is begun anew: half of a path is another path. */
bool prompt_insert(struct prompt *prompt, const char *text)
{
    if (prompt->offered && *text)
        erase(prompt, 0, prompt->length);
    prompt->offered = false;
    size_t length = strlen(text), room = sizeof prompt->text - 1 - prompt->length;
    bool whole = length <= room;
    if (!whole)
        length = text_check_utf8(text, room);
    memmove(prompt->text + prompt->cursor + length, prompt->text + prompt->cursor,
            prompt->length - prompt->cursor + 1);
    memcpy(prompt->text + prompt->cursor, text, length);
    prompt->length += length;
    prompt->cursor += length;
    prompt->cut = prompt->cut || !whole;
    return whole;
}

static enum prompt_result insert(struct prompt *prompt, int key)
{
    char bytes[5] = "";
    if (key < ' ' || key == 127 || key >= TERM_KEY_FIRST)
        return PROMPT_IGNORED;
    encode((unsigned)key, bytes);
    if (prompt_insert(prompt, bytes))
        return PROMPT_EDITED;
    prompt_say_cut(prompt);
    return PROMPT_IGNORED;
}

static enum prompt_result take_key(struct prompt *prompt, int key)
{
    switch (key) {
    case TERM_KEY_ENTER:
        if (prompt->cut) {
            prompt_say_cut(prompt);
            return PROMPT_IGNORED;
        }
        prompt->active = false;
        return PROMPT_ACCEPTED;
    case TERM_KEY_ESCAPE:
    case CONTROL_C:
        prompt->active = false;
        return PROMPT_CANCELLED;
    case TERM_KEY_BACKSPACE:
        erase(prompt, prompt->offered ? 0 : before(prompt, prompt->cursor), prompt->cursor);
        return PROMPT_EDITED;
    case TERM_KEY_DELETE:
        erase(prompt, prompt->cursor, after(prompt, prompt->cursor));
        return PROMPT_EDITED;
    case CONTROL_U:
        erase(prompt, 0, prompt->cursor);
        return PROMPT_EDITED;
    case CONTROL_K:
        erase(prompt, prompt->cursor, prompt->length);
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

enum prompt_result prompt_key(struct prompt *prompt, int key)
{
    size_t length = prompt->length;
    enum prompt_result result = take_key(prompt, key);
    if (result != PROMPT_IGNORED)
        prompt->offered = false;
    if (prompt->length != length && !prompt->cut)
        prompt->note[0] = '\0'; /* it was about the text before this key */
    return result;
}

void prompt_refuse(struct prompt *prompt, const char *why)
{
    prompt->active = true;
    snprintf(prompt->note, sizeof prompt->note, "%s", why);
}

bool prompt_label_fits(const struct prompt *prompt, int columns, enum text_charset charset)
{
    enum { TEXT_COLUMNS = 24 }; /* what is typed is worth more than a question that was read */
    return columns - text_columns(prompt->label, charset) >= TEXT_COLUMNS;
}

/*
 * Text longer than its room scrolls: an ellipsis stands for what is out of sight on either side,
 * and a quarter of the room is kept for what follows the cursor, so that one can see into what one
 * moves.
 */
static void draw_text(const struct prompt *prompt, struct canvas *canvas, struct rect area)
{
    const char *tail = prompt->text + prompt->cursor;
    int behind = text_columns(tail, canvas->charset), room = area.columns - 1;
    int before = room - (behind < room / 4 ? behind : room / 4);
    char head[PROMPT_TEXT_MAX];
    snprintf(head, sizeof head, "%.*s", (int)prompt->cursor, prompt->text);
    int at = area.column + canvas_text_end(canvas, area.row, area.column, before > 0 ? before : 0,
                                           prompt->offered ? ROLE_SELECTED : ROLE_TEXT, head);
    canvas_text(canvas, area.row, at, area.column + area.columns - at, ROLE_TEXT, tail);
    const struct cell *right = canvas_at(canvas, area.row, at + 1);
    bool wide = right && !right->text[0];
    canvas_paint(canvas, (struct rect){area.row, at, 1, 1 + wide}, ROLE_SELECTED);
}

void prompt_draw(const struct prompt *prompt, bool labelled, struct canvas *canvas,
                 struct rect area)
{
    canvas_fill(canvas, area, ROLE_TEXT);
    int used = labelled ? canvas_text(canvas, area.row, area.column, area.columns, ROLE_TITLE,
                                      prompt->label)
                        : 1;
    area.column += used;
    area.columns = area.columns > used ? area.columns - used : 0;
    draw_text(prompt, canvas, area);
}
