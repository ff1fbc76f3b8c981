/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a line, out of quotes and into them. */
#include "ui/command/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"

#define BLANKS " \t"

/*
 * Appends the word at *at, which then stands behind it. False: a quote begins it and does not end
 * it.
 */
static bool read_word(const char **at, struct buffer *word)
{
    bool quoted = **at == '"';
    *at += quoted;
    while (**at && !strchr(quoted ? "\"" : BLANKS, **at)) {
        *at += quoted && **at == '\\' && ((*at)[1] == '"' || (*at)[1] == '\\');
        buffer_append(word, *at, 1);
        ++*at;
    }
    if (!quoted)
        return true;
    bool closed = **at == '"';
    *at += closed;
    return closed && (**at == '\0' || strchr(BLANKS, **at));
}

enum status words_read(const char *line, struct words *out, struct error *error)
{
    *out = (struct words){0};
    for (const char *at = line + strspn(line, BLANKS); *at; at += strspn(at, BLANKS)) {
        struct buffer word = {0};
        const char *begin = at;
        bool whole = read_word(&at, &word);
        out->items = memory_resize(out->items, out->count + 1, sizeof *out->items);
        out->items[out->count++] = buffer_take(&word);
        if (!whole)
            return error_set(error, STATUS_REFUSED, "The quote does not end the word: %.200s",
                             begin);
    }
    return STATUS_OK;
}

void words_done(struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->items[i]);
    free(words->items);
    *words = (struct words){0};
}

const char *words_last(const char *line, char **word)
{
    struct buffer text = {0};
    const char *begin = line, *at = line + strspn(line, BLANKS);
    while (*at) {
        begin = at;
        buffer_truncate(&text, 0);
        (void)read_word(&at, &text);
        if (!*at)
            break;
        begin = at += strspn(at, BLANKS);
        buffer_truncate(&text, 0);
    }
    *word = buffer_take(&text);
    return begin;
}

bool words_need_quotes(const char *word)
{
    return *word == '\0' || *word == '"' || strpbrk(word, BLANKS);
}

char *words_quote(const char *word)
{
    struct buffer text = {0};
    size_t length = strlen(word);
    buffer_append_string(&text, "\"");
    for (const char *at = word; *at; at++) {
        if (*at == '"' || *at == '\\')
            buffer_append_string(&text, "\\");
        buffer_append(&text, at, 1);
    }
    if (length == 0 || word[length - 1] != '/')
        buffer_append_string(&text, "\"");
    return buffer_take(&text);
}
