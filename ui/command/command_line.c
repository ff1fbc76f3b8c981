/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typing a command. */
#include "ui/command/command_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/words.h"
#include "ui/app.h"
#include "ui/command/command.h"
#include "ui/terminal/term.h"

enum { CONTROL_N = 14, CONTROL_P = 16 };

static void stop_completing(struct command_line *line)
{
    completion_done(&line->completion);
    line->completing = false;
}

/*
 * Opens the prompt on a refused line again, to be corrected. Why it was refused is kept as a
 * message, for when the line is gone.
 */
static void ask_again(struct app *app, const char *typed, const char *why)
{
    app->message[0] = '\0';
    messages_add(&app->messages, why);
    command_line_start(app);
    prompt_set_text(&app->prompt, typed);
    app_ask_again(app, "%s", why);
}

static void accept(struct app *app, const char *text)
{
    struct error error;
    char *typed = memory_copy_string(text); /* the command may open the same prompt */
    words_trim_end(typed);                  /* completion leaves a blank */
    stop_completing(&app->command_line);
    history_add(&app->command_line.history, typed);
    app->command_line.refused = command_run(app, typed, &error) != STATUS_OK;
    if (app->command_line.refused)
        ask_again(app, typed, error.message);
    free(typed);
}

/*
 * Puts a word, and end behind it, in place of the word that is completed; what stands behind the
 * cursor stays.
 */
static void put_word(struct app *app, const char *word, size_t length, const char *end)
{
    const struct command_line *line = &app->command_line;
    struct prompt *prompt = &app->prompt;
    struct buffer text = {0};
    char *behind = memory_copy_string(prompt->text + prompt->cursor);
    buffer_append(&text, prompt->text, line->completion.from);
    buffer_append(&text, word, length);
    buffer_append_string(&text, end);
    size_t cursor = text.length;
    buffer_append_string(&text, behind);
    if (text.length < sizeof prompt->text) {
        prompt_set_text(prompt, text.bytes);
        prompt->cursor = cursor;
    }
    free(behind);
    buffer_done(&text);
}

/*
 * Finds the words that complete the line. Puts in the only one or the beginning that all share or,
 * where that adds nothing, the first of them; backwards: the last.
 */
static void begin_completing(struct app *app, bool forwards)
{
    struct command_line *line = &app->command_line;
    struct completion *completion = &line->completion;
    const struct prompt *prompt = &app->prompt;
    snprintf(line->typed, sizeof line->typed, "%.*s", (int)prompt->cursor, prompt->text);
    stop_completing(line);
    completion_find(app, line->typed, completion);
    if (completion->count == 0)
        return;
    const char *first = completion->words[0];
    size_t common = completion_common(completion), length = strlen(line->typed) - completion->from;
    bool begins = strncmp(first, line->typed + completion->from, length) == 0;
    if (completion->count == 1) {
        put_word(app, first, common, common && first[common - 1] == '/' ? "" : " ");
        stop_completing(line);
        return;
    }
    line->completing = true;
    line->chosen = completion->count;
    if (begins && common > length)
        put_word(app, first, common, "");
    else
        line->chosen = forwards ? 0 : completion->count - 1;
    if (line->chosen < completion->count)
        put_word(app, completion->words[line->chosen], strlen(completion->words[line->chosen]), "");
}

/*
 * Puts in the next word, or backwards the one before; between the last and the first what was
 * typed.
 */
static void complete(struct app *app, bool forwards)
{
    struct command_line *line = &app->command_line;
    size_t places = line->completion.count + 1;
    if (!line->completing) {
        begin_completing(app, forwards);
        return;
    }
    line->chosen = (line->chosen + (forwards ? 1 : places - 1)) % places;
    const char *word = line->chosen < line->completion.count ? line->completion.words[line->chosen]
                                                             : line->typed + line->completion.from;
    put_word(app, word, strlen(word), "");
}

/*
 * Puts in the line before (Up) or after (Down) in the history that begins with what was typed;
 * behind the last one what was typed.
 */
static void travel(struct app *app, bool backwards)
{
    struct command_line *line = &app->command_line;
    const struct history *history = &line->history;
    if (line->place == history->count)
        memcpy(line->typed, app->prompt.text, sizeof line->typed);
    size_t place = history_search(history, line->place, backwards, line->typed, app->prompt.text);
    if (place == history->count && backwards)
        return; /* there is no earlier one: stay */
    line->place = place;
    prompt_set_text(&app->prompt, place < history->count ? history->lines[place] : line->typed);
}

/* The command that is being typed; NULL before its name is whole. */
static const struct command_entry *typed_command(const struct prompt *prompt)
{
    const char *name = prompt->text + strspn(prompt->text, " :");
    char *copy = memory_print("%.*s", (int)strcspn(name, " !"), name);
    const struct command_entry *entry = command_find(copy);
    free(copy);
    return entry;
}

/*
 * A `:` behind a line that was refused, from fingers that take it to be gone, begins another one;
 * not where the command takes a `:` itself.
 */
static bool begins_anew(const struct app *app, int key)
{
    const struct prompt *prompt = &app->prompt;
    const struct command_entry *entry = typed_command(prompt);
    return key == ':' && prompt->note[0] && prompt->cursor == prompt->length &&
           !(entry && strchr(entry->arguments, ':'));
}

/* Takes the keys that only a `:` line has; false: any other. */
static bool take_key(struct app *app, int key)
{
    struct command_line *line = &app->command_line;
    if (key == TERM_KEY_TAB || key == TERM_KEY_SHIFT_TAB) {
        line->place = line->history.count;
        complete(app, key == TERM_KEY_TAB);
        app->prompt.note[0] = '\0'; /* it was about the line before this key; so below */
        return true;
    }
    stop_completing(line);
    if (key == TERM_KEY_UP || key == CONTROL_P || key == TERM_KEY_DOWN || key == CONTROL_N) {
        travel(app, key == TERM_KEY_UP || key == CONTROL_P);
        app->prompt.note[0] = '\0';
        return true;
    }
    line->place = line->history.count;
    if (begins_anew(app, key)) {
        command_line_start(app);
        return true;
    }
    if (key == TERM_KEY_BACKSPACE && app->prompt.length == 0) {
        app->prompt.active = false; /* nothing is left of the line */
        return true;
    }
    return false;
}

void command_line_start(struct app *app)
{
    struct command_line *line = &app->command_line;
    if (!line->history_read)
        history_load(&line->history, app->options->state_folder);
    line->history_read = true;
    line->place = line->history.count;
    app_ask(app, ":", "", accept);
    app->asked.other = take_key;
}

/* The first word to draw, so that the chosen one is in sight. */
static size_t first_shown(const struct command_line *line, const struct canvas *canvas, int columns)
{
    size_t first = line->chosen < line->completion.count ? line->chosen : 0;
    int room = columns - 2;
    while (first > 0) {
        room -= text_columns(line->completion.words[first], canvas->charset) + 2;
        int width = text_columns(line->completion.words[first - 1], canvas->charset) + 2;
        if (room < width)
            break;
        first--;
    }
    return first;
}

static void draw_words(const struct command_line *line, struct canvas *canvas, struct rect area)
{
    const struct completion *completion = &line->completion;
    int column = area.column + 1, end = area.column + area.columns;
    for (size_t i = first_shown(line, canvas, area.columns); i < completion->count; i++) {
        if (column >= end - 1)
            break;
        column += canvas_text(canvas, area.row, column, end - column,
                              i == line->chosen ? ROLE_SELECTED : ROLE_TEXT, completion->words[i]);
        column += 2;
    }
}

bool command_line_draw(const struct app *app, struct canvas *canvas, struct rect area)
{
    if (!app->prompt.active || app->asked.other != take_key)
        return false;
    const struct command_entry *entry = typed_command(&app->prompt);
    if (app->command_line.completing)
        draw_words(&app->command_line, canvas, area);
    else if (entry)
        canvas_print(canvas, area.row, area.column + 1, area.columns - 1, ROLE_DIM, "%s%s%s   %s",
                     entry->name, entry->arguments[0] ? " " : "", entry->arguments, entry->help);
    else
        canvas_text(canvas, area.row, area.column + 1, area.columns - 1, ROLE_DIM,
                    "Enter do it   Tab complete   Up earlier ones   Esc leave it");
    return true;
}

void command_line_done(struct command_line *line)
{
    history_done(&line->history);
    completion_done(&line->completion);
}
