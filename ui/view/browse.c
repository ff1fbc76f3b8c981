/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making the browser's lines. */
#include "ui/view/browse.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "calibration/listing.h"

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

bool browse_is_elsewhere(const struct browse_state *browse, const struct registry_entry *entry)
{
    for (size_t i = 0; i < browse->elsewhere_count; i++)
        if (entry == &browse->elsewhere[i])
            return true;
    return false;
}

static void drop_lines(struct browse_state *browse)
{
    for (size_t i = 0; i < browse->elsewhere_count; i++) {
        listing_clear(&browse->elsewhere[i]);
        free(browse->elsewhere[i].id);
        free(browse->elsewhere[i].path);
    }
    free(browse->elsewhere);
    free(browse->lines);
    free(browse->line_of);
    browse->elsewhere = NULL;
    browse->lines = NULL;
    browse->line_of = NULL;
    browse->line_count = browse->count = browse->total = browse->elsewhere_count = 0;
    browse->stale = true;
}

void browse_take_elsewhere(struct browse_state *browse, struct registry_entry *entries,
                           size_t count)
{
    drop_lines(browse);
    browse->elsewhere = entries;
    browse->elsewhere_count = count;
}

static bool same_heading(const struct browse_state *browse, const struct registry_entry *a,
                         const struct registry_entry *b)
{
    size_t length = strcspn(a->id, "/");
    if (browse_is_elsewhere(browse, a) || browse_is_elsewhere(browse, b))
        return browse_is_elsewhere(browse, a) && browse_is_elsewhere(browse, b);
    return length == strcspn(b->id, "/") && strncmp(a->id, b->id, length) == 0;
}

/* Adds an entry's line, with its heading in front where it is the first below that. */
static void add_entry(struct browse_state *browse, const struct registry_entry *entry,
                      const struct registry_entry *before)
{
    bool below = browse_has_headings(browse) &&
                 (strchr(entry->id, '/') || browse_is_elsewhere(browse, entry));
    if (below && (!before || !same_heading(browse, before, entry)))
        browse->lines[browse->line_count++] = (struct browse_line){entry, true};
    if (browse->selected_id && strcmp(entry->id, browse->selected_id) == 0)
        browse->selected = browse->count;
    browse->line_of[browse->count++] = browse->line_count;
    browse->lines[browse->line_count++] = (struct browse_line){entry, false};
}

void browse_make(struct browse_state *browse, const struct registry *registry)
{
    size_t registered = registry_count(registry), shown = 0;
    size_t total = registered + browse->elsewhere_count;
    if (!browse->stale && browse->total == total)
        return;
    const struct registry_entry **entries = memory_new_array(total, sizeof *entries);
    for (size_t i = 0; i < registered; i++)
        if (filter_holds(browse->terms, registry_at(registry, i)))
            entries[shown++] = registry_at(registry, i);
    size_t apart = browse_has_headings(browse) ? shown : 0;
    order_sort(&browse->order, entries, apart);
    for (size_t i = 0; i < browse->elsewhere_count; i++)
        if (filter_holds(browse->terms, &browse->elsewhere[i]))
            entries[shown++] = &browse->elsewhere[i];
    order_sort(&browse->order, entries + apart, shown - apart);
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
    drop_lines(browse);
    browse->preview = NULL;
    free(browse->found);
    browse->found = NULL;
    previews_forget(&browse->previews);
}

const struct registry_entry *browse_selected(const struct browse_state *browse)
{
    return browse->count ? browse->lines[browse->line_of[browse->selected]].entry : NULL;
}

static void keep_id(struct browse_state *browse, const char *id)
{
    char *copy = memory_copy_string(id);
    free(browse->selected_id);
    browse->selected_id = copy;
}

void browse_select(struct browse_state *browse, size_t place)
{
    browse->selected = place;
    keep_id(browse, browse_selected(browse)->id);
}

void browse_select_id(struct browse_state *browse, const char *id)
{
    keep_id(browse, id);
    browse->stale = true;
}

void browse_done(struct browse_state *browse)
{
    browse_forget(browse);
    filter_free(browse->terms);
    free(browse->selected_id);
}
