/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making the browser's lines. */
#include "ui/view/browse.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum status browse_take_filter(struct browse_state *browse, const char *text, struct error *error)
{
    struct filter *terms;
    enum status status = filter_parse(text, &terms, error);
    if (status)
        return status;
    filter_free(browse->terms);
    browse->terms = terms;
    memmove(browse->filter, text, strlen(text) + 1);
    browse->stale = true;
    return STATUS_OK;
}

void browse_take_order(struct browse_state *browse, struct order order)
{
    browse->order = order;
    browse->stale = true;
}

bool browse_has_headings(const struct browse_state *browse)
{
    return !browse->order.field || strcmp(browse->order.field->name, "id") == 0;
}

static bool same_heading(const char *a, const char *b)
{
    size_t length = strcspn(a, "/");
    return length == strcspn(b, "/") && strncmp(a, b, length) == 0;
}

/* One more line, and its heading where it is the first below one. */
static void add_entry(struct browse_state *browse, const struct registry_entry *entry,
                      const struct registry_entry *before)
{
    bool below = browse_has_headings(browse) && strchr(entry->id, '/') != NULL;
    if (below && (!before || !same_heading(before->id, entry->id)))
        browse->lines[browse->line_count++] = (struct browse_line){entry, true};
    if (browse->selected_id && strcmp(entry->id, browse->selected_id) == 0)
        browse->selected = browse->count;
    browse->line_of[browse->count++] = browse->line_count;
    browse->lines[browse->line_count++] = (struct browse_line){entry, false};
}

void browse_make(struct browse_state *browse, const struct registry *registry)
{
    size_t total = registry_count(registry), shown = 0;
    if (!browse->stale && browse->total == total)
        return;
    const struct registry_entry **entries = memory_new_array(total, sizeof *entries);
    for (size_t i = 0; i < total; i++)
        if (filter_holds(browse->terms, registry_at(registry, i)))
            entries[shown++] = registry_at(registry, i);
    order_sort(&browse->order, entries, shown);
    browse->lines = memory_resize(browse->lines, 2 * total, sizeof *browse->lines);
    browse->line_of = memory_resize(browse->line_of, total, sizeof *browse->line_of);
    browse->line_count = browse->count = browse->selected = 0;
    browse->total = total;
    browse->stale = false;
    for (size_t i = 0; i < shown; i++)
        add_entry(browse, entries[i], i ? entries[i - 1] : NULL);
    free(entries);
}

void browse_forget(struct browse_state *browse)
{
    free(browse->lines);
    free(browse->line_of);
    browse->lines = NULL;
    browse->line_of = NULL;
    browse->line_count = browse->count = browse->total = 0;
    browse->preview = NULL;
    free(browse->found);
    browse->found = NULL;
    previews_forget(&browse->previews);
}

const struct registry_entry *browse_selected(const struct browse_state *browse)
{
    return browse->count ? browse->lines[browse->line_of[browse->selected]].entry : NULL;
}

void browse_select(struct browse_state *browse, size_t place)
{
    browse->selected = place;
    char *id = memory_copy_string(browse_selected(browse)->id);
    free(browse->selected_id);
    browse->selected_id = id;
}

void browse_done(struct browse_state *browse)
{
    browse_forget(browse);
    filter_free(browse->terms);
    free(browse->selected_id);
}
