/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of a run, as many as are kept. */
#include "ui/messages.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void messages_add(struct messages *messages, const char *text)
{
    size_t *count = &messages->count;
    if (!*text || (*count > 0 && strcmp(messages->items[*count - 1], text) == 0))
        return;
    if (*count == MESSAGES_MAX) {
        free(messages->items[0]);
        memmove(&messages->items[0], &messages->items[1], --*count * sizeof *messages->items);
    }
    messages->items[(*count)++] = memory_copy_string(text);
}

void messages_done(struct messages *messages)
{
    for (size_t i = 0; i < messages->count; i++)
        free(messages->items[i]);
    messages->count = 0;
}
